"""What the sheets of a graph are made of, read once: its cards, its proposals as rows, and which records name what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.ledger import Row as Proposal
from kg.view.cards import Card, Deck, Fact, name_of
from kg.view.sections import Cell, Row, Section, Value

_DATED = ("zx:forYear", "dcterms:date", "schema:startDate")
_DATED_BY = ("zx:submittedTo", "zx:honour", "dcterms:isPartOf")
"""Properties to what a record takes its year from, where none of its own tells it."""


@dataclass(frozen=True, slots=True)
class Near:
    """A proposal that is of one matter with another, or near it."""

    iri: str
    repeats: bool
    """Whether the two are of one matter."""
    shared: tuple[str, ...]
    """The words of the matter that both titles have."""
    own: tuple[str, ...]
    """The words of the matter that only the near one's title has."""


@dataclass(slots=True)
class Material:
    """A graph's cards and proposals, and what is asked of them again and again."""

    deck: Deck
    proposals: Mapping[str, Proposal]
    """By IRI, in the ledger's order."""
    near: Mapping[str, Sequence[Near]]
    """Proposal → those near it."""
    once: Mapping[str, frozenset[str]]
    """Class → its properties of which a thing has one value."""
    rows: dict[str, Row] = field(default_factory=dict)
    """Proposal → its row in every table of proposals, once it was made."""
    _named_by: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _order: dict[str, int] = field(default_factory=dict)
    _counted: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._order = {iri: place for place, iri in enumerate(self.proposals)}
        for row in self.proposals.values():
            for end in row.counts_for:
                self._counted.setdefault(end.iri, []).append(row.iri)
        named: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for subject in self.deck.index:
            for prop, terms in self.deck.records.values[subject].items():
                for term in terms:
                    if isinstance(term, NamedNode):
                        named[prop, term.value].append(subject)
        self._named_by = dict(named)

    def who_name(self, iri: str, kind: str, *props: str) -> list[str]:
        """The things of a class that name this one by any of the properties, each once, in the order of the cards."""
        found = {s for p in props for s in self._named_by.get((p, iri), ()) if self.deck.records.kinds[s] == kind}
        return sorted(found, key=lambda subject: self.deck.index[subject])

    def in_order(self, iris: Iterable[str]) -> list[Proposal]:
        """The proposals of some IRIs, each once, in the ledger's order."""
        return [self.proposals[iri] for iri in sorted(set(iris) & self._order.keys(), key=self._order.__getitem__)]

    def counted_for(self, iri: str) -> Sequence[str]:
        """The proposals that count for a sector or a party: its own, and its members'."""
        return self._counted.get(iri, ())

    def link(self, iri: str, *props: str, of: str = "", words: str = "") -> Value:
        """A thing as a value: its name, its card, and what states that `of` has it as a value of the properties."""
        deck = self.deck
        quotations = deck.stated(*((of, prop, NamedNode(iri)) for prop in props)) if of else ()
        return Value(words or name_of(deck.records, deck.masks, iri), deck.index.get(iri), quotations)

    def links(self, subject: str, *props: str) -> Cell:
        """The values of properties, each once, as links."""
        found = dict.fromkeys(iri for prop in props for iri in self.deck.records.links(subject, prop))
        return tuple(value for iri in found if (value := self.link(iri, *props, of=subject)).text)

    def words(self, subject: str, prop: str) -> Cell:
        """The literals of a property, masked, with what states them."""
        deck = self.deck
        literals = [o for o in deck.records.all(subject, prop) if isinstance(o, Literal)]
        return tuple(Value(deck.masks.text(o.value), None, deck.stated((subject, prop, o))) for o in literals)

    def title(self, iri: str) -> Value:
        """A record's name, with what states its title or names it."""
        deck = self.deck
        titles = [(iri, p, o) for p in ("dcterms:title", "zx:quote") for o in deck.records.all(iri, p)]
        stated = deck.stated(*titles)
        if not stated:
            places = [deck.texts[at.document].sentence(at) for at, _ in deck.records.mentions.get(iri, [])[:1]]
            stated = tuple(deck.quote(place) for place in places) or self._first_words(iri)
        return Value(name_of(deck.records, deck.masks, iri), deck.index.get(iri), stated)

    def _first_words(self, iri: str) -> tuple[int, ...]:
        """Of a thing that no text names, the first words that state anything of it."""
        records = self.deck.records
        for prop, terms in records.values[iri].items():
            for term in terms:
                if records.proofs.get((iri, prop, str(term))):
                    return self.deck.stated((iri, prop, term))
        return ()

    def years(self, iri: str) -> tuple[str, ...]:
        """The years that texts give of a record: its own, else those of its meeting, its honour or its plan."""
        if iri in self.proposals:
            return tuple(map(str, self.proposals[iri].years))
        records = self.deck.records
        own = {date[:4] for prop in _DATED for date in records.texts(iri, prop)}
        if not own:
            own = {
                date[:4]
                for prop in _DATED_BY
                for thing in records.links(iri, prop)
                for dated in _DATED
                for date in records.texts(thing, dated)
            }
        return tuple(sorted(year for year in own if year.isdecimal()))

    def spoken(self, statement: str) -> tuple[str, ...]:
        """The years of the texts that a statement stands in."""
        records = self.deck.records
        dates = {
            records.sources[place.document].date[:4]
            for quote in records.all(statement, "zx:quote")
            for place in records.evidence.get((statement, "zx:quote", str(quote)), [])
        }
        return tuple(sorted(dates - {""}))

    def card(self, iri: str) -> Card:
        """The card of a thing that has one."""
        return self.deck.cards[self.deck.index[iri]]


def facts_section(title: str, facts: Iterable[Fact]) -> Section:
    """Facts as rows of a label and its values."""
    return Section(title, "facts", (), tuple(((Value(fact.label),), fact.values) for fact in facts))
