"""The graph that may be shown: the same facts, with the people hidden who are not public.

A build leaves it beside the whole store, for whatever leaves the machine: services, exports, files for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ahocorasick_rs import BytesAhoCorasick
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store, parse, serialize

from kg.lexicon import Lexicon
from kg.masked.citizens import Private, private
from kg.masked.terms import PublicTerms
from kg.masked.texts import MaskedText, masked_text
from kg.store import PUBLIC, read_only
from kg.vocab import expand

_BATCH: Final = 20_000


def write(folder: Path, lexicon: Lexicon, names: str = "masked") -> int:
    """Write the masked store of a generation beside its whole one; how many people are hidden in it.

    Where nobody is to be hidden, or `names` is `full`, it is the same store by hard links. Otherwise it is loaded
    afresh: what is removed from a copy stays in the copy's files.

    Raises OSError where the disk refuses.
    """
    store = read_only(folder)
    hidden = None if names == "full" else private(store, lexicon)
    if hidden is None:
        store.backup(str(folder / PUBLIC))
        return 0
    lines = folder / f"{PUBLIC}.nq"
    with (folder / "graph.nq").open("rb") as whole, lines.open("wb") as file:
        file.writelines(public_lines(whole, store, hidden, lexicon))
    Store(str(folder / PUBLIC)).bulk_load(path=str(lines), format=RdfFormat.N_QUADS)
    lines.unlink()
    return len(hidden.shown)


def _texts(store: Store, hidden: Private, lexicon: Lexicon) -> dict[str, MaskedText]:
    """The texts that name somebody who is hidden, masked, by their documents' IRIs."""
    named: dict[str, list[tuple[int, int, str]]] = {}
    for m in hidden.mentions:
        named.setdefault(m.document, []).append((m.begin, m.end, hidden.shown[m.entity]))
    found = {}
    for quad in store.quads_for_pattern(None, expand("nif:isString"), None, DefaultGraph()):
        assert isinstance(quad.subject, NamedNode)  # a graph of ours has no blank nodes
        assert isinstance(quad.object, Literal)
        document = quad.subject.value
        if text := masked_text(quad.object.value, named.get(document, ()), hidden.hiding, lexicon.confusions):
            found[document] = text
    return dict(sorted(found.items()))


def public_lines(whole: Iterable[bytes], store: Store, hidden: Private, lexicon: Lexicon) -> Iterator[bytes]:
    """The lines of N-Quads of a store's quads that stay as they are, and what stands for the others."""
    terms = PublicTerms(store, hidden, _texts(store, hidden, lexicon))
    suspicious = BytesAhoCorasick(sorted({word.encode() for word in terms.words()}))
    batch: list[bytes] = []
    for line in whole:
        if not suspicious.find_matches_as_indexes(line):
            yield line
            continue
        batch.append(line)
        if len(batch) == _BATCH:
            yield _masked(batch, terms)
            batch = []
    yield _masked(batch, terms)
    yield serialize(terms.further(), format=RdfFormat.N_QUADS) or b""


def _masked(lines: list[bytes], terms: PublicTerms) -> bytes:
    quads = (new for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS) for new in terms.quads(quad))
    return serialize(quads, format=RdfFormat.N_QUADS) or b""
