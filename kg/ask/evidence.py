"""The sentences behind an answer: for each row those facts that hold between the things in its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.card import Labels
from kg.vocab import expand

MOST = 3
"""How many quotations an answer has; `kg show` has the others."""

_FACTS_OF_A_THING = 500
"""How many facts of one thing are looked through: what a whole committee is part of proves no row."""
_BETWEEN = "、"
"""What the saved questions put between several names in one cell."""

_SUBJECT, _OBJECT, _EVIDENCE, _READING = map(expand, ("rdf:subject", "rdf:object", "zx:evidence", "zx:reading"))
_NAMING = tuple(map(expand, ("skos:prefLabel", "dcterms:title", "zx:quote")))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that state something in an answer."""

    words: str
    """As read."""
    where: str
    """`document:line`."""


def quotations(store: Store, rows: Sequence[Sequence[str]]) -> list[Quotation]:
    """At most `MOST` sentences behind the rows, in the rows' order, each of another place.

    Of each row the fact is taken whose sentence states most of what stands in its cells.
    """
    labels = Labels(store)
    found: dict[str, Quotation] = {}
    for row in rows:
        if len(found) == MOST:
            break
        for span, reading in _stated(store, row):
            if span not in found:
                found[span] = Quotation(labels.words(span, reading), labels.where(span))
                break
    return list(found.values())


def _stated(store: Store, row: Sequence[str]) -> list[tuple[str, str]]:
    """The spans, each with its reading, whose facts hold between two things of a row; the fullest first."""
    cells = list(dict.fromkeys(part for cell in row for part in (cell, *cell.split(_BETWEEN)) if part))
    ends = {end for cell in cells for end in (Literal(cell, language="zh"), Literal(cell), *_bearers(store, cell))}
    counts: dict[tuple[str, str], int] = {}
    for thing in ends:
        for quad in islice(store.quads_for_pattern(None, _SUBJECT, thing, None), _FACTS_OF_A_THING):
            said = {q.predicate: q.object for q in store.quads_for_pattern(quad.subject, None, None, quad.graph_name)}
            span, reading = said.get(_EVIDENCE), said.get(_READING)
            if said.get(_OBJECT) in ends and isinstance(span, NamedNode) and isinstance(reading, Literal):
                place = (span.value, reading.value)
                counts[place] = counts.get(place, 0) + 1
    return sorted(counts, key=lambda place: (-counts[place], place))


def _bearers(store: Store, cell: str) -> Iterator[NamedNode]:
    """What bears a cell's words as its name, or is a statement in these words."""
    for predicate in _NAMING:
        for quad in store.quads_for_pattern(None, predicate, Literal(cell, language="zh"), DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject
