"""The words behind a report's figures: the sentences, rows and cells that state each record, and where they stand.

A row's cells that tell how to reach somebody (telephone, address) are left out, and citizens are masked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from kg.column_names import column_names
from kg.lexicon import Lexicon
from kg.privacy import without_numbers
from kg.view.gather import Place, Records, gather
from kg.view.masking import Masks, masks
from kg.view.quotations import Text

_OF_THE_LIST: Final = frozenset({"zx:listKind", "zx:submittedSince", "zx:submittedTo"})
"""What words say of a whole list: told once with the source, not with each record, unless they stand in its own row."""
_COMPUTED: Final = frozenset({"zx:theme", "zx:mainTheme"})
_OF_A_REPLY: Final = frozenset({"zx:outcomeAsWritten", "dcterms:date"})
_LONGEST_NAME: Final = 60
_LONGEST: Final = 400
"""Characters of one quotation; a longer one is cut, and says so."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source."""

    source: int
    """Which of the sources, from 0."""
    where: str
    """`第3页`, `工作表“提案”第5行`, `第12行`."""
    words: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text that the report rests on."""

    title: str
    file: str
    date: str
    """As precise as known; empty where no text says."""
    of_lists: tuple[tuple[str, str, int], ...]
    """What its words say of whole lists: where, the words, and of how many records."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the report with its words."""

    iri: str
    name: str
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of every record that a report names, in the order in which it lists them."""

    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]
    quotes: dict[str, tuple[Quoted, ...]]
    """Of each thing, by its IRI, that a sentence quotes."""


class Witness:
    """A graph's evidence, read once; asked for the words of one thing after the other."""

    def __init__(self, store: Store, lexicon: Lexicon, names: str = "masked") -> None:
        self.records: Records = gather(store)
        self.masks = Masks() if names == "full" else masks(self.records, lexicon)
        columns = column_names(lexicon.table_columns)
        self._texts = {iri: Text(source, columns=columns) for iri, source in self.records.sources.items()}
        self._iris = tuple(self.records.sources)
        self._numbers = {iri: number for number, iri in enumerate(self._iris)}
        self._places: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
        for (subject, predicate, _), places in self.records.evidence.items():
            self._places[subject] += [(predicate, place) for place in places]

    def evidence(self, named: Sequence[tuple[str, str]], quoted: Iterable[str]) -> Evidence:
        """The words of some records.

        Args:
            named: IRI and name of each record that a figure counts; a name that is empty is looked up.
            quoted: IRIs of what sentences quote, such as replies.

        """
        entries = tuple(
            Entry(iri, _short(self.masks.text(name or self.name(iri))), self._quotes(iri)) for iri, name in named
        )
        quotes = {iri: self._quotes(iri, _OF_A_REPLY) for iri in quoted}
        used = {q.source for found in (*(e.quotes for e in entries), *quotes.values()) for q in found}
        order = sorted(used)
        renumbered = {old: new for new, old in enumerate(order)}
        lists = self._lists([iri for iri, _ in named])
        return Evidence(
            sources=tuple(self._source(number, lists) for number in order),
            entries=tuple(Entry(e.iri, e.name, _renumbered(e.quotes, renumbered)) for e in entries),
            quotes={iri: _renumbered(found, renumbered) for iri, found in quotes.items()},
        )

    def name(self, iri: str) -> str:
        """What a thing is called, or said."""
        for predicate in ("dcterms:title", "zx:quote", "skos:prefLabel"):
            if found := self.records.texts(iri, predicate):
                return found[0]
        return iri.rpartition("/")[2]

    def _quotes(self, iri: str, only: frozenset[str] = frozenset()) -> tuple[Quoted, ...]:
        """The words of a record, or `only` those of some properties: the longest stretches, each once."""
        found = {
            place
            for predicate, place in self._places.get(iri, [])
            if (predicate in only if only else predicate not in _COMPUTED | _OF_THE_LIST)
        }
        return tuple(self._quoted(place) for place in sorted(p for p in found if not _inside(p, found)))

    def _quoted(self, place: Place) -> Quoted:
        quotation = self._texts[place.document].quote(place, self.records, self.masks)
        return Quoted(self._numbers[place.document], quotation.where, presentable(quotation.words))

    def _lists(self, iris: Sequence[str]) -> dict[Place, int]:
        """Words that say something of whole lists → of how many of the records."""
        counts: defaultdict[Place, set[str]] = defaultdict(set)
        for iri in iris:
            own = {p for predicate, p in self._places.get(iri, []) if predicate not in _OF_THE_LIST}
            for predicate, place in self._places.get(iri, []):
                if predicate in _OF_THE_LIST and place not in own and not _inside(place, own):
                    counts[place].add(iri)
        return {place: len(found) for place, found in sorted(counts.items())}

    def _source(self, number: int, lists: dict[Place, int]) -> Source:
        iri = self._iris[number]
        source = self.records.sources[iri]
        told = []
        for place, records in lists.items():
            if place.document == iri:
                quoted = self._quoted(place)
                told.append((quoted.where, quoted.words, records))
        dates = self.records.texts(iri, "dcterms:date")
        return Source(self.masks.text(source.title), self.masks.text(source.name), max(dates, default=""), tuple(told))


def presentable(words: str) -> str:
    """Words without telephone numbers and the like, and not too long."""
    told = without_numbers(words)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}……"


def _short(name: str) -> str:
    """A name, or the beginning of what was said."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}……"


def _inside(place: Place, others: Iterable[Place]) -> bool:
    """Whether a stretch lies within another, longer one."""
    return any(
        other.document == place.document
        and other.begin <= place.begin
        and place.end <= other.end
        and (other.begin, other.end) != (place.begin, place.end)
        for other in others
    )


def _renumbered(quotes: Iterable[Quoted], numbers: dict[int, int]) -> tuple[Quoted, ...]:
    return tuple(Quoted(numbers[q.source], q.where, q.words) for q in quotes)
