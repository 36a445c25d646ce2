"""The sentences behind an answer: for each row those of the record that ties together what stands in its cells.

A row of sectors and counts names no proposal. The record that proves it is the one that has most of the row's cells,
and every name that was asked for: the proposal of that sector on that theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from kg.card import Labels
from kg.vocab import PREFIXES, expand

MOST = 3
"""How many quotations an answer has; `kg show` has the others."""

_LOOKED_THROUGH = 200
"""How many rows and how many facts of a record are looked through for them."""
_BETWEEN = re.compile("[、；]")
"""What the saved questions put between several names in one cell."""
_SUBJECT, _OBJECT, _EVIDENCE, _READING = map(expand, ("rdf:subject", "rdf:object", "zx:evidence", "zx:reading"))
_NAMING = tuple(map(expand, ("skos:prefLabel", "dcterms:title", "zx:quote")))
_COMMITTEE = expand("zx:committee")

_NARROWER = "SELECT DISTINCT ?theme WHERE { ?theme skos:broader* ?above }"
_RECORDS = """
SELECT DISTINCT ?record ?cell WHERE {
  VALUES (?end ?cell) { %s }
  { ?record ?property ?end . FILTER(?property NOT IN (rdf:type, skos:prefLabel, skos:altLabel, skos:broader)) }
  UNION { ?end zx:affiliation ?record }
  FILTER NOT EXISTS { ?record a zx:Connection }
}"""

_Ends = Mapping[NamedNode | Literal, str]
"""What a record may have → the cell or the value asked for that it stands for."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that state something in an answer."""

    words: str
    """As read."""
    where: str
    """`document:line`."""


def quotations(store: Store, rows: Sequence[Sequence[str]], asked: Sequence[str] = ()) -> list[Quotation]:
    """At most `MOST` sentences behind the rows, in their order, each of another place.

    Args:
        store: the graph.
        rows: the answer's cells.
        asked: what was asked for, as the parameters' values: a record must have each of those that name a thing.

    """
    labels = Labels(store)
    wanted: dict[NamedNode | Literal, str] = {thing: value for value in asked for thing in _with_narrower(store, value)}
    found: dict[str, Quotation] = {}
    for row in islice(rows, _LOOKED_THROUGH):
        if len(found) == MOST:
            break
        for span, reading in _stated(store, row, wanted):
            if span not in found:
                found[span] = Quotation(labels.words(span, reading), labels.where(span))
                break
    return list(found.values())


def _stated(store: Store, row: Sequence[str], wanted: _Ends) -> list[tuple[str, str]]:
    """The spans of the record that proves a row, each with its reading, those first that state most of it."""
    ends: dict[NamedNode | Literal, str] = {**_ends(store, row), **wanted}
    records = _records(store, ends, frozenset(wanted.values()))
    stated = (_spans(store, record, ends) for record in records[:_LOOKED_THROUGH])
    return next((spans for spans in stated if spans), [])


def _spans(store: Store, record: NamedNode, ends: _Ends) -> list[tuple[str, str]]:
    counts: dict[tuple[str, str], int] = {}
    for quad in islice(store.quads_for_pattern(None, _SUBJECT, record, None), _LOOKED_THROUGH):
        about = store.quads_for_pattern(quad.subject, None, None, quad.graph_name)
        said = {each.predicate: each.object for each in about}
        span, reading = said.get(_EVIDENCE), said.get(_READING)
        if said.get(_OBJECT) in ends and isinstance(span, NamedNode) and isinstance(reading, Literal):
            counts[span.value, reading.value] = counts.get((span.value, reading.value), 0) + 1
    return sorted(counts, key=lambda place: (-counts[place], place))


def _ends(store: Store, row: Sequence[str]) -> dict[NamedNode | Literal, str]:
    """What stands in the cells: things by their names, and values; whole committees prove nothing."""
    ends: dict[NamedNode | Literal, str] = {}
    for cell in row:
        for part in dict.fromkeys((cell, *_BETWEEN.split(cell))):
            if part:
                ends |= dict.fromkeys([*_bearers(store, part), Literal(part), Literal(part, language="zh")], cell)
    return {end: cell for end, cell in ends.items() if not _is_committee(store, end)}


def _is_committee(store: Store, end: NamedNode | Literal) -> bool:
    return any(store.quads_for_pattern(None, _COMMITTEE, end, DefaultGraph()))


def _records(store: Store, ends: _Ends, asked: frozenset[str]) -> list[NamedNode]:
    """The records that have all that was asked for and two of the cells at least, those first that have most."""
    has: dict[NamedNode, set[str]] = {}
    values = " ".join(f"({end} {Literal(cell)})" for end, cell in ends.items())
    found = store.query(_RECORDS % values, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    for row in found:
        record = row["record"]
        own = {ends[record]} if record in ends else set()
        has.setdefault(record, own).add(row["cell"].value)
    complete = [record for record, cells in has.items() if asked <= cells and len(cells) > 1]
    return sorted(complete, key=lambda record: (-len(has[record]), record.value))


def _with_narrower(store: Store, name: str) -> Iterator[NamedNode]:
    """What bears a name; of a theme also those below it."""
    for thing in _bearers(store, name):
        found = store.query(_NARROWER.replace("?above", str(thing)), prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        yield from (row["theme"] for row in found)


def _bearers(store: Store, words: str) -> Iterator[NamedNode]:
    """What has the words as its name, or is a statement in these words."""
    for predicate in _NAMING:
        for quad in store.quads_for_pattern(None, predicate, Literal(words, language="zh"), DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject
