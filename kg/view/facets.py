"""By what the records of a graph can be filtered: sector or party, category, year, honour, text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.ledger import Row, gb_order
from kg.view.cards import Deck, name_of
from kg.view.categories import CATEGORIES

RECORDS: Final = ("Proposal", "ConsultationCase", "Task", "Statement")
"""The kinds of what is counted and filtered; sectors, people and themes stand beside them."""
_KEY: Final = "重点提案"
_DATED: Final = ("zx:forYear", "dcterms:date", "schema:startDate")
_DATED_BY: Final = ("zx:submittedTo", "zx:honour")
"""Properties to what a record takes its years from."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to filter by."""

    name: str
    """Of the address's parameter."""
    label: str
    values: tuple[str, ...]
    of: tuple[tuple[int, ...], ...]
    """For each record the numbers of its values."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The records by number of card, and what they can be filtered by; what no record has a value of is left out."""

    records: tuple[int, ...]
    facets: tuple[Facet, ...]


def facets(made: Deck, rows: Sequence[Row]) -> Facets:
    """What the records of a graph can be filtered by.

    Args:
        made: its cards.
        rows: its proposals, as the ledger has them.

    """
    ledger = {row.iri: row for row in rows}
    iris = [iri for kind in RECORDS for iri in made.records.of_kind(kind) if iri in made.index]
    committees = _Committees(ledger.values())
    texts = _texts(made)
    found = (
        _facet("sector", "界别/党派", [committees.ends(ledger.get(iri)) for iri in iris]),
        _facet("category", "分类", [_categories(made, iri) for iri in iris], CATEGORIES),
        _facet("year", "年度", [_years(made, iri) for iri in iris]),
        _facet("honour", "表彰", [_honours(made, iri) for iri in iris]),
        _facet("text", "来源文本", [sorted(texts.get(iri, ())) for iri in iris]),
    )
    return Facets(tuple(made.index[iri] for iri in iris), tuple(facet for facet in found if facet.values))


class _Committees:
    """Sectors and parties by name, with their committee where several have one of the same name."""

    def __init__(self, rows: Iterable[Row]) -> None:
        named: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            for end in row.counts_for:
                named[end.label].add(end.iri)
        self._shared = {label for label, iris in named.items() if len(iris) > 1}

    def ends(self, row: Row | None) -> list[str]:
        if row is None:
            return []
        committee = f"（{row.committee.label}）" if row.committee else ""
        return [e.label + (committee if e.label in self._shared else "") for e in row.counts_for]


def _facet(name: str, label: str, values: Sequence[Sequence[str]], order: Sequence[str] = ()) -> Facet:
    first = {value: n for n, value in enumerate(order)}
    listed = sorted({v for found in values for v in found}, key=lambda v: (first.get(v, len(first)), gb_order(v)))
    number = {value: n for n, value in enumerate(listed)}
    return Facet(name, label, tuple(listed), tuple(tuple(number[v] for v in dict.fromkeys(found)) for found in values))


def _categories(made: Deck, iri: str) -> list[str]:
    return [name_of(made.records, made.masks, c) for c in made.records.links(iri, "zx:category")]


def _years(made: Deck, iri: str) -> list[str]:
    things = [iri, *(thing for p in _DATED_BY for thing in made.records.links(iri, p))]
    dates = [date for thing in things for p in _DATED for date in made.records.texts(thing, p)]
    return sorted({date[:4] for date in dates if date[:4].isdecimal()})


def _honours(made: Deck, iri: str) -> list[str]:
    honours = [name_of(made.records, made.masks, h) for h in made.records.links(iri, "zx:honour")]
    key = "true" in made.records.texts(iri, "zx:keyProposal")
    return [*([_KEY] if key else []), *honours]


def _texts(made: Deck) -> dict[str, set[str]]:
    """Record → the titles of the texts that state something of it."""
    names = {iri: made.masks.text(s.title or s.name) for iri, s in made.records.sources.items()}
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    for iri, name in names.items():
        if name in twice:
            names[iri] = f"{name}（{made.masks.text(made.records.sources[iri].name)}）"
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (subject, _, _), places in made.records.evidence.items():
        found[subject].update(names[place.document] for place in places)
    return found
