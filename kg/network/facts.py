"""What a graph states, as far as records are made of it: property by property, from a store or from quads.

A store gives each property when it is first asked for. Of quads, one pass takes all of them: a build has them at hand,
and out of `graph.nq` a million proposals are read ten times faster than term by term out of a store on a disk.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg import vocab
from kg.errors import KgError

_LINKS: Final = (
    *("rdf:type", "skos:broader", "zx:form", "zx:listKind", "zx:committee", "zx:theme", "zx:mainTheme", "zx:proposer"),
    *("zx:sector", "zx:sectorType", "zx:party", "zx:host", "zx:place", "zx:capacity"),
    *("zx:statementKind", "zx:taskKind", "zx:realises", "zx:submittedTo", "zx:reply", "zx:outcome"),
)
"""The properties that are taken from quads."""
_NAMES: Final = ("skos:prefLabel", "dcterms:title", "zx:quote")
"""Where a thing's name stands, the best first."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for cyclic garbage while millions of objects without a cycle are made: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class End(NamedTuple):
    """What may stand at one end of a tie."""

    kind: str
    """One of `KINDS`."""
    iri: str
    label: str


class Facts:
    """Subject → objects of each property that records are made of, read once; and the names of ends."""

    def __init__(self, store: Store | None) -> None:
        """What a store's default graph states; None for `of`."""
        self._store = store
        self._links: dict[str, dict[str, tuple[str, ...]]] = {}
        self._documents: dict[str, str] = {}
        self._ends: dict[tuple[str, str], End] = {}

    @classmethod
    @uncollected()
    def of(cls, quads: Iterable[Quad]) -> Facts:
        """What the quads state, those of evidence left out; a fact that several graphs state counts once."""
        facts = cls(None)
        links: dict[str, dict[str, tuple[str, ...]]] = {named(curie).value: {} for curie in _LINKS}
        label, statement = named(_NAMES[0]).value, named("zx:Statement").value
        same: dict[str, str] = {}  # one string an IRI, however often it is named
        alone: dict[str, tuple[str, ...]] = {}  # and one tuple of it, for most properties have one value
        iri = ""
        for subject, predicate, thing, where in quads:
            found_of = links.get(predicate.value)
            if not isinstance(subject, NamedNode):
                continue
            if found_of is None:
                if predicate.value == label:
                    _call(facts._names, subject, thing)
                continue
            graph = where.value if isinstance(where, NamedNode) else ""  # that of the default graph
            if not isinstance(thing, NamedNode) or graph.endswith("#evidence"):
                continue
            if (there := subject.value) != iri:
                iri = same.setdefault(there, there)
            value = thing.value
            if (it := alone.get(value)) is None:
                it = alone[value] = (same.setdefault(value, value),)
            if (found := found_of.setdefault(iri, it)) is not it and value not in found:
                found_of[iri] = tuple(sorted((*found, value)))
            if graph and value == statement:
                facts._documents[iri] = graph.removesuffix("#facts")
        facts._links = {curie: links[named(curie).value] for curie in _LINKS}
        return facts

    def __getitem__(self, predicate: str) -> Mapping[str, tuple[str, ...]]:
        if predicate not in self._links:
            if self._store is None:
                raise KgError(f"{predicate} is not among the properties that are read from quads")
            found: dict[str, list[str]] = defaultdict(list)
            for quad in self._store.quads_for_pattern(None, named(predicate), None, DefaultGraph()):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                    found[quad.subject.value].append(quad.object.value)
            self._links[predicate] = {subject: tuple(sorted(values)) for subject, values in found.items()}
        return self._links[predicate]

    def of_thing(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The IRIs that a thing has of a property, sorted."""
        return self[predicate].get(subject, ())

    def end(self, kind: str, iri: str) -> End:
        """The end of that IRI with its name."""
        if (kind, iri) not in self._ends:
            self._ends[kind, iri] = End(kind, iri, self.name(iri))
        return self._ends[kind, iri]

    def name(self, iri: str) -> str:
        """A thing's Chinese name; the end of its IRI where it has none."""
        if found := self._names.get(iri):
            return found
        return name(self._store, iri) if self._store is not None else iri.rpartition("/")[2]

    def instances(self, kind: str) -> list[str]:
        """The IRIs of a class, sorted."""
        return self._by_kind.get(named(kind).value, [])

    def above(self, theme: str) -> list[End]:
        """The themes above one, the nearest first (the tree gives a theme one parent)."""
        above: list[str] = []
        while (parents := self.of_thing(theme, "skos:broader")) and parents[0] not in above:
            theme = parents[0]
            above.append(theme)
        return [self.end("theme", iri) for iri in above]

    def tops(self) -> dict[str, End]:
        """A theme's IRI → its top theme; without those that are on top."""
        return {theme: above[-1] for theme in self["skos:broader"] if (above := self.above(theme))}

    def committee_of_statement(self, statement: str) -> tuple[str, ...]:
        """The committee that a statement's document is about, for a statement itself belongs to none."""
        document = self._document_of.get(statement)
        return self.of_thing(document, "zx:committee") if document else ()

    @cached_property
    def parties(self) -> frozenset[str]:
        """The IRIs of what somebody or some body belongs to as its party."""
        return frozenset(party for found in self["zx:party"].values() for party in found)

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if self._store is not None:
            for quad in self._store.quads_for_pattern(None, named(_NAMES[0]), None, DefaultGraph()):
                _call(found, quad.subject, quad.object)
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject, kinds in self["rdf:type"].items():
            for kind in kinds:
                found[kind].append(subject)
        return {kind: sorted(subjects) for kind, subjects in found.items()}

    @cached_property
    def _document_of(self) -> Mapping[str, str]:
        if self._store is None:
            return self._documents
        quads = self._store.quads_for_pattern(None, vocab.expand("rdf:type"), vocab.expand("zx:Statement"), None)
        return {
            quad.subject.value: quad.graph_name.value.removesuffix("#facts")
            for quad in quads
            if isinstance(quad.graph_name, NamedNode) and isinstance(quad.subject, NamedNode)
        }


def _call(names: dict[str, str], thing: object, label: object) -> None:
    """Take down a Chinese name; of several the first in order."""
    if isinstance(thing, NamedNode) and isinstance(label, Literal) and label.language == "zh":
        names[thing.value] = min(label.value, names.get(thing.value, label.value))


def named(curie: str) -> NamedNode:
    """A property to read: one that no text has given yet, such as a member's zx:sector, need not be declared for it."""
    prefix, _, local = curie.partition(":")
    return NamedNode(vocab.PREFIXES[prefix] + local)


def texts(store: Store, subject: str, predicate: str) -> list[str]:
    """The Chinese literals that a thing has of a property, sorted."""
    quads = store.quads_for_pattern(NamedNode(subject), named(predicate), None, DefaultGraph())
    return sorted(q.object.value for q in quads if isinstance(q.object, Literal) and q.object.language == "zh")


def name(store: Store, iri: str) -> str:
    """A thing's Chinese name; a statement's words; the end of its IRI where it has neither."""
    for predicate in _NAMES:
        if found := texts(store, iri, predicate):
            return found[0]
    return iri.rpartition("/")[2]
