"""What an exported folder says of itself: VoID and DCAT, the licence, the versions, and checksums."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store, Triple, serialize

from kg.triples import RULES
from kg.vocab import PREFIXES, expand

NAME: Final = "dataset.ttl"
CHECKSUMS: Final = "SHA256SUMS"
_HERE: Final = "https://w3id.org/zhengxie/release/"
"""Stands for the folder while the description is made; in the file its addresses are relative."""
_MORE: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
_NO_LICENCE: Final = "No licence is stated. The rights in the texts stay with their publishers and authors."
_MEDIA_TYPES: Final = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DUMPS: Final = {"ttl", "trig", "nq", "jsonld"}


def describe(store: Store, folder: Path, files: Sequence[str], generation: Path, licence: str = "") -> list[str]:
    """Write `dataset.ttl` and `SHA256SUMS` beside the exported files.

    Args:
        store: the graph that was exported.
        folder: where the files are.
        files: their names within it.
        generation: the folder of the generation that the store belongs to: its manifest names the lexicon.
        licence: the IRI of the licence under which whoever exports gives the data away; empty for none.

    """
    told = [*_dataset(store, generation, licence), *_counts(store), *_distributions(folder, files)]
    ordered = sorted(set(told), key=str)
    written = serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES | _MORE) or b""
    (folder / NAME).write_bytes(written.replace(f"<{_HERE}".encode(), b"<"))
    lines = [f"{_sha256(folder / name)}  {name}\n" for name in sorted([*files, NAME])]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return [NAME, CHECKSUMS]


def versions(generation: Path) -> dict[str, str]:
    """The versions of the program, its rules and its lexicon; of tables that is a hash of their bytes."""
    manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
    tables = "".join(f"{name} {digest}\n" for name, digest in sorted(manifest["data"].items()))
    return {
        "kg": str(manifest["kg"]),
        "rules": _sha256(RULES)[:16],
        "lexicon": hashlib.sha256(tables.encode()).hexdigest()[:16],
    }


def _dataset(store: Store, generation: Path, licence: str) -> Iterator[Triple]:
    for kind in ("void:Dataset", "dcat:Dataset"):
        yield _is("", "rdf:type", _term(kind))
    yield _is("", "dcterms:title", Literal("政协文本知识图谱", language="zh"))
    yield _is("", "dcterms:title", Literal("A knowledge graph of CPPCC texts", language="en"))
    yield _is("", "dcterms:language", Literal("zh"))
    yield _is("", "dcterms:conformsTo", NamedNode(PREFIXES["zx"].rstrip("#")))
    if licence:
        yield _is("", "dcterms:license", NamedNode(licence))
    else:
        yield _is("", "dcterms:rights", Literal(_NO_LICENCE, language="en"))
    known = versions(generation)
    told = ", ".join(f"{what} {version}" for what, version in known.items())
    yield _is("", "dcat:version", Literal(known["kg"]))
    yield _is("", "dcterms:provenance", Literal(f"extracted by rules, with the words of every fact: {told}"))
    for prefix, namespace in sorted(PREFIXES.items()):
        if prefix not in {"rdf", "xsd"}:
            yield _is("", "void:vocabulary", NamedNode(namespace))


def _counts(store: Store) -> Iterator[Triple]:
    kinds: Counter[str] = Counter()
    predicates: Counter[str] = Counter()
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        predicates[quad.predicate.value] += 1
        if quad.predicate == expand("rdf:type") and isinstance(quad.object, NamedNode):
            kinds[quad.object.value] += 1
    yield _is("", "void:triples", Literal(predicates.total()))
    for number, (kind, count) in enumerate(sorted(kinds.items())):
        part = f"#class-{number}"
        yield _is("", "void:classPartition", NamedNode(_HERE + part))
        yield _is(part, "void:class", NamedNode(kind))
        yield _is(part, "void:entities", Literal(count))
    for number, (predicate, count) in enumerate(sorted(predicates.items())):
        part = f"#property-{number}"
        yield _is("", "void:propertyPartition", NamedNode(_HERE + part))
        yield _is(part, "void:property", NamedNode(predicate))
        yield _is(part, "void:triples", Literal(count))


def _distributions(folder: Path, files: Iterable[str]) -> Iterator[Triple]:
    for name in files:
        ending = name.rpartition(".")[2]
        checksum = f"{name}#sha256"
        yield _is("", "dcat:distribution", NamedNode(_HERE + name))
        if ending in _DUMPS:
            yield _is("", "void:dataDump", NamedNode(_HERE + name))
        yield _is(name, "rdf:type", _term("dcat:Distribution"))
        yield _is(name, "dcat:downloadURL", NamedNode(_HERE + name))
        yield _is(
            name, "dcat:mediaType", NamedNode(f"https://www.iana.org/assignments/media-types/{_MEDIA_TYPES[ending]}")
        )
        yield _is(name, "dcat:byteSize", Literal((folder / name).stat().st_size))
        yield _is(name, "spdx:checksum", NamedNode(_HERE + checksum))
        yield _is(checksum, "rdf:type", _term("spdx:Checksum"))
        yield _is(checksum, "spdx:algorithm", _term("spdx:checksumAlgorithm_sha256"))
        yield _is(checksum, "spdx:checksumValue", Literal(_sha256(folder / name)))


def _is(subject: str, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(_HERE + subject), _term(predicate), value)


def _term(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode((PREFIXES | _MORE)[prefix] + name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
