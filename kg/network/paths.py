"""Why there is a tie: the records behind it, and the sentences that say so."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg import vocab
from kg.errors import NotFound
from kg.network.facts import End, name, named, texts
from kg.network.ties import Tie, connections

_LINKS: Final = (
    "zx:proposer",
    "zx:host",
    "zx:capacity",
    "zx:place",
    "zx:committee",
    "zx:mainTheme",
    "zx:theme",
    "zx:sector",
    "zx:party",
    "skos:broader",
)
"""The properties that lead from a record to the ends that it counts for."""


class Words(NamedTuple):
    """Where a text states a fact."""

    reading: str
    """The words, repaired. They may name private citizens: whoever shows them masks those."""
    place: str
    """The IRI of the span; `vocab.offsets` reads it."""


class Step(NamedTuple):
    """One fact on the way from a record to an end."""

    subject: str
    relation: str
    """The property's Chinese label."""
    object: str
    words: tuple[Words, ...]
    """Empty where the thesaurus says it, and no text."""


class Path(NamedTuple):
    """A record behind a tie, and the facts that lead from it to both ends."""

    tie: Tie
    """The tie to a theme that the record makes: of 议题相近 one of those that it was derived from."""
    record: str
    """Its IRI."""
    title: str
    """Its title; of a statement its words, which may name private citizens."""
    steps: tuple[Step, ...]


def why(store: Store, a: str, b: str) -> list[Path]:
    """The records and sentences behind the ties of two ends, in the order of the ties; none where there is no tie.

    Args:
        store: with the evidence graphs.
        a: an end's IRI or name, else another name of it, else how its name begins, else a part of it.
        b: the same of the other end.

    Raises:
        NotFound: no end of any tie is called so; the hint gives the nearest names.

    """
    ties = connections(store)
    first, second = _ends_called(store, ties, a), _ends_called(store, ties, b)
    by_iri = {tie.iri.value: tie for tie in ties}
    paths: dict[tuple[str, str, str], Path] = {}
    for tie in ties:
        if any(x in first and y in second for x, y in ((tie.start, tie.end), (tie.end, tie.start))):
            for part, record in _behind(tie, by_iri):
                key = (record, part.start.iri, part.end.iri)  # told by single themes, it is not told again by top ones
                if key not in paths:
                    paths[key] = Path(part, record, name(store, record), tuple(_steps(store, *key)))
    return list(paths.values())


def no_tie(store: Store, a: str, b: str) -> str:
    """What to say where `why` finds nothing, in Chinese: that there is no tie, and what each of the two is tied to.

    Raises:
        NotFound: as `why` does.

    """
    ties = [tie for tie in connections(store) if tie.level == "theme"]
    said = [f"已录入材料中，“{a}”与“{b}”之间没有直接的关联。"]
    for asked in (a, b):
        ends = _ends_called(store, connections(store), asked)
        near = {end.label for tie in ties for end in (tie.start, tie.end) if {tie.start, tie.end} & ends} - {
            end.label for end in ends
        }
        if near:
            said.append(f"与“{asked}”有关联的是：{'、'.join(sorted(near))}。")
    return "".join(said)


def _behind(tie: Tie, by_iri: Mapping[str, Tie]) -> Iterator[tuple[Tie, str]]:
    """The records of a tie, each with the tie that it makes."""
    for source in tie.sources:
        if source in by_iri:
            yield from _behind(by_iri[source], by_iri)
        else:
            yield tie, source


def _steps(store: Store, record: str, *goals: str) -> Iterator[Step]:
    for goal in goals:
        for subject, link, there in _way(store, record, goal):
            relation = next(iter(texts(store, named(link).value, "rdfs:label")), link)
            yield Step(name(store, subject), relation, name(store, there), _words(store, subject, link, there))


def _way(store: Store, record: str, goal: str) -> list[tuple[str, str, str]]:
    """The facts of the shortest way from a record to an end."""
    came: dict[str, tuple[str, str, str]] = {}
    queue = [record]
    for here in queue:
        if here == goal:
            break
        for link in _LINKS:
            for there in _linked(store, here, link):
                if there not in came and there != record:
                    came[there] = (here, link, there)
                    queue.append(there)
    way: list[tuple[str, str, str]] = []
    while goal in came:
        way.insert(0, came[goal])
        goal = came[goal][0]
    return way


def _linked(store: Store, here: str, link: str) -> list[str]:
    person = vocab.expand("zx:Person").value
    if link == "zx:party" and person in _objects(store, here, "rdf:type"):
        return []  # a member's party proposes nothing by that
    return _objects(store, here, link)


def _objects(store: Store, subject: str, predicate: str) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(subject), named(predicate), None, DefaultGraph())
    return sorted(q.object.value for q in quads if isinstance(q.object, NamedNode))


def _words(store: Store, subject: str, predicate: str, value: str) -> tuple[Words, ...]:
    """The sentences that state a fact, the shortest first."""
    found = set()
    about = store.quads_for_pattern(None, vocab.expand("rdf:subject"), NamedNode(subject), None)
    for assertion in {q.subject for q in about if isinstance(q.subject, NamedNode)}:
        parts = {q.predicate: q.object for q in store.quads_for_pattern(assertion, None, None, None)}
        stated = (parts.get(vocab.expand("rdf:predicate")), parts.get(vocab.expand("rdf:object")))
        reading, place = (parts.get(vocab.expand(part)) for part in ("zx:reading", "zx:evidence"))
        if stated == (named(predicate), NamedNode(value)) and isinstance(place, NamedNode):
            found.add(Words(reading.value if isinstance(reading, Literal) else "", place.value))
    return tuple(sorted(found, key=lambda words: (len(words.reading), words)))


def _ends_called(store: Store, ties: Iterable[Tie], asked: str) -> set[End]:
    ends = {end for tie in ties for end in (tie.start, tie.end)}
    tests: tuple[Callable[[End], bool], ...] = (
        lambda end: asked in (end.iri, end.label),
        lambda end: asked in texts(store, end.iri, "skos:altLabel"),
        lambda end: bool(asked) and end.label.startswith(asked),
        lambda end: bool(asked) and asked in end.label,
    )
    for test in tests:
        if found := set(filter(test, ends)):
            return found
    near = difflib.get_close_matches(asked, sorted({end.label for end in ends}), n=3, cutoff=0.3)
    hint = f"the nearest: {', '.join(near)}" if near else "kg connections lists them all"
    raise NotFound(f"no connection has an end called {asked}", hint=hint)
