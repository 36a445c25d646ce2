"""The one place that makes IRIs: terms from the ontology, entities, documents, spans and named graphs.

What the ontology does not declare can't be named: `expand` and `concept` refuse it, so that a misspelt property never
reaches the graph. Characters that an IRI may not hold (RFC 3987) are percent-encoded in `entity` and `document` alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import KgError
from kg.resources import ontology_dir

BASE: Final = "https://w3id.org/zhengxie/"
"""The default base of entities and documents (`kg.toml` may set another); the vocabulary always has this one."""

PREFIXES: Final[dict[str, str]] = {
    "zx": BASE + "ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of the contract → their IRIs."""

GRAPHS: Final[dict[str, NamedNode]] = {
    name: NamedNode(f"{BASE}graph/{name}")
    for name in ("ontology", "thesaurus", "gazetteer", "questions", "corrections", "connections")
}
"""The named graphs that belong to no document. They keep the default base, so that saved questions may name them."""

_CONCEPTS: Final = BASE + "concept/"
_SCHEME_FILLED_BY_THE_LEXICON: Final = "sectorType"
_SCHEME_OF_SCHEMA_ORG: Final = {"planned": "schema:PotentialActionStatus", "done": "schema:CompletedActionStatus"}
_SEGMENT: Final = re.compile(
    r"[A-Za-z0-9\-._~!$&()*+,;=:@\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF"
    + "".join(f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0xE0000, 0x10000))
    + "]"
)
"""What a path segment may hold (RFC 3987, ipchar without the apostrophe). It goes by ranges, not by what this Python's
Unicode tables know, so that a rare character of a name gives the same IRI under every version."""
_LOOKS_LIKE_NOTHING: Final = frozenset({"Cf", "Zl", "Zp", "Zs"})
"""Bidi marks, zero-width joiners, separators: with them two IRIs would look the same."""


class UnknownTerm(KgError):
    """A term that no known vocabulary declares: a defect of the rule that names it."""


@cache
def ontology_quads() -> tuple[Quad, ...]:
    """The vocabulary as quads of its named graph, in the file's order; it holds no blank node."""
    triples = parse(path=str(ontology_dir() / "zhengxie.ttl"), format=RdfFormat.TURTLE)
    return tuple(Quad(t.subject, t.predicate, t.object, GRAPHS["ontology"]) for t in triples)


@cache
def _declared() -> frozenset[str]:
    """Every IRI that the ontology gives a type."""
    rdf_type = PREFIXES["rdf"] + "type"
    return frozenset(
        q.subject.value for q in ontology_quads() if q.predicate.value == rdf_type and isinstance(q.subject, NamedNode)
    )


@cache
def classes() -> tuple[NamedNode, ...]:
    """The classes of the ontology, in its order."""
    owl_class = NamedNode(PREFIXES["owl"] + "Class")
    return tuple(q.subject for q in ontology_quads() if q.object == owl_class and isinstance(q.subject, NamedNode))


@cache
def _kinds() -> frozenset[str]:
    return frozenset(node.value.removeprefix(PREFIXES["zx"]) for node in classes())


@cache
def expand(curie: str) -> NamedNode:
    """The IRI of a compact one; a `zx:` term must be declared in the ontology.

    >>> expand("zx:proposer").value
    'https://w3id.org/zhengxie/ontology#proposer'
    >>> expand("zx:proposr")
    Traceback (most recent call last):
    kg.vocab.UnknownTerm: the ontology has no term zx:proposr; declare it in ontology/zhengxie.ttl, with a shape
    """
    prefix, colon, name = curie.partition(":")
    if not colon or prefix not in PREFIXES or not name:
        raise UnknownTerm(f"{curie} is no compact IRI of a known prefix", hint=f"known are {', '.join(PREFIXES)}")
    iri = PREFIXES[prefix] + name
    if prefix == "zx" and iri not in _declared():
        raise UnknownTerm(f"the ontology has no term {curie}", hint="declare it in ontology/zhengxie.ttl, with a shape")
    return NamedNode(iri)


def compact(iri: str) -> str:
    """The compact form of an IRI of a known prefix; any other IRI unchanged.

    >>> compact("http://purl.org/dc/terms/title")
    'dcterms:title'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@cache
def concept(scheme: str, label: str) -> NamedNode:
    """A value of a controlled list, whose scheme is the local name of the property that uses it.

    Its IRI holds the label as it is, with a hyphen for a slash: `干部/工作人员` is `…/capacity/干部-工作人员`, and its
    skos:prefLabel keeps the slash. The ontology must declare it. Only the members of `sectorType` come from the
    lexicon: they are named by the id of their row; and `actionStatus` is schema.org's, `planned` or `done`.

    >>> concept("capacity", "干部/工作人员").value
    'https://w3id.org/zhengxie/concept/capacity/干部-工作人员'
    >>> concept("actionStatus", "planned").value
    'https://schema.org/PotentialActionStatus'
    """
    if scheme == "actionStatus" and label in _SCHEME_OF_SCHEMA_ORG:
        return expand(_SCHEME_OF_SCHEMA_ORG[label])
    if scheme == _SCHEME_FILLED_BY_THE_LEXICON:
        return NamedNode(f"{_CONCEPTS}{scheme}/{_key_part(label)}")
    iri = f"{_CONCEPTS}{scheme}/{label.replace('/', '-')}"
    if iri not in _declared():
        raise UnknownTerm(
            f"the list {scheme} has no value {label!r}",
            hint="declare it in ontology/zhengxie.ttl, or use one that it has",
        )
    return NamedNode(iri)


def concept_scheme(scheme: str) -> NamedNode:
    """A controlled list as a whole; also `theme`, which the themes of the thesaurus are in."""
    iri = _CONCEPTS + scheme
    if iri not in _declared():
        raise UnknownTerm(f"the ontology has no list {scheme}", hint="declare it in ontology/zhengxie.ttl")
    return NamedNode(iri)


def entity(kind: str, *key: str, base: str = BASE) -> NamedNode:
    """The IRI of an entity of a class, from the parts of its key, the home division first.

    Of each part NFC is taken and white space removed; two keys that differ otherwise have different IRIs.

    >>> entity("Person", "山南区", "王 小明").value
    'https://w3id.org/zhengxie/id/person/山南区/王小明'
    >>> entity("Proposal", "山南区", '关于"夜校"的建议').value
    'https://w3id.org/zhengxie/id/proposal/山南区/关于%22夜校%22的建议'
    """
    if kind not in _kinds():
        raise UnknownTerm(f"the ontology has no class {kind}", hint="declare it in ontology/zhengxie.ttl")
    if not key:
        raise ValueError(f"an entity of kind {kind} needs a key")
    return NamedNode(f"{base}id/{kind.lower()}/{'/'.join(map(_key_part, key))}")


def unnamed(kind: str, document_id: str, *parts: str, base: str = BASE) -> NamedNode:
    """The IRI of what has no name (a post, a statement, an honour): its kind, its text and a hash of its parts.

    >>> unnamed("Statement", "山南-2031", "王小明", "希望多办夜校").value
    'https://w3id.org/zhengxie/id/statement/山南-2031/5a057a4a1fdeb662'
    """
    return entity(kind, document_id, digest(*parts), base=base)


def assertion(
    subject: NamedNode,
    predicate: NamedNode,
    object_: NamedNode | Literal,
    evidence: NamedNode,
    rule: str,
    *,
    base: str = BASE,
) -> NamedNode:
    """The IRI of an assertion: a hash of subject, predicate, object, evidence span and rule."""
    return entity("Assertion", digest(*map(str, (subject, predicate, object_, evidence)), rule), base=base)


def digest(*parts: str) -> str:
    """64 bits of the SHA-256 of the parts as 16 hexadecimal digits; the parts' borders count."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def document(document_id: str, *, base: str = BASE) -> NamedNode:
    """The IRI of a document; its id is the file's stem, in which blanks are kept apart (percent-encoded).

    >>> document("山南 2031").value
    'https://w3id.org/zhengxie/doc/山南%202031'
    """
    return NamedNode(f"{base}doc/{_escape(unicodedata.normalize('NFC', document_id))}")


def span(document_id: str, start: int, end: int, *, base: str = BASE) -> NamedNode:
    """The IRI of a stretch of a document (after RFC 5147), half-open, in code points.

    >>> span("山南-2031", 3, 6).value
    'https://w3id.org/zhengxie/doc/山南-2031#char=3,6'
    """
    if not 0 <= start < end:
        raise ValueError(f"no span of {document_id}: {start}, {end}")
    return NamedNode(f"{document(document_id, base=base).value}#char={start},{end}")


_SPAN: Final = re.compile(r"#char=([0-9]+),([0-9]+)\Z")


def offsets(iri: str) -> tuple[str, int, int] | None:
    """A span's document IRI, start and end; None for what is no span.

    >>> offsets("https://w3id.org/zhengxie/doc/a#char=3,6")
    ('https://w3id.org/zhengxie/doc/a', 3, 6)
    """
    found = _SPAN.search(iri)
    return (iri[: found.start()], int(found[1]), int(found[2])) if found else None


def saved_question(name: str) -> NamedNode:
    """The IRI of a saved question, which is no entity of any text.

    >>> saved_question("speaks-for").value
    'https://w3id.org/zhengxie/query/speaks-for'
    """
    return NamedNode(f"{BASE}query/{name}")


def facts_graph(document_id: str, *, base: str = BASE) -> NamedNode:
    """The named graph of what a document states, with the document's own description."""
    return NamedNode(document(document_id, base=base).value + "#facts")


def evidence_graph(document_id: str, *, base: str = BASE) -> NamedNode:
    """The named graph of a document's mentions and assertions."""
    return NamedNode(document(document_id, base=base).value + "#evidence")


def _key_part(text: str) -> str:
    folded = unicodedata.normalize("NFC", "".join(text.split()))
    return _escape(folded)


def _escape(text: str) -> str:
    """Percent-encode what an IRI's path segment can't hold; `.` and `..` alone would be steps in a path."""
    if text in {".", ".."}:
        return text.replace(".", "%2E")
    return "".join(c if _allowed(c) else _percent(c) for c in text)


@cache
def _allowed(char: str) -> bool:
    return bool(_SEGMENT.fullmatch(char)) and unicodedata.category(char) not in _LOOKS_LIKE_NOTHING


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
