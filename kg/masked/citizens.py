"""Whom a store names who is not public: read from it by a few look-ups, so that a graph without them costs little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.lexicon import Lexicon
from kg.privacy import (
    CITIZEN,
    PUBLIC_BY,
    Hiding,
    Standing,
    body_endings,
    capacities,
    citizens,
    longer_names,
    shown_body,
)
from kg.vocab import PREFIXES, concept, expand

Term = NamedNode | Literal

_DEFAULT = DefaultGraph()
_NAMES = ("skos:prefLabel", "skos:altLabel", "foaf:name")


class Named(NamedTuple):
    """A place that names something: a stretch of a document's stored text."""

    document: str
    begin: int
    end: int
    entity: str


@dataclass(frozen=True)
class Private:
    """The citizens of a graph, and all that belongs to them alone."""

    shown: dict[str, str]
    """Citizen → what is shown instead of the name."""
    wordings: dict[str, frozenset[str]]
    """Citizen → how the texts write the name, without blanks."""
    hiding: Hiding
    mentions: tuple[Named, ...]
    """Where the citizens are named, in reading order."""
    nodes: dict[str, tuple[str, str]]
    """A citizen's post or statement → whose it is, and its class."""
    bodies: dict[str, str]
    """A body or place that the citizens' posts name, and every school → what is shown in their sentences."""


def private(store: Store, lexicon: Lexicon) -> Private | None:
    """Whom the store names in no public capacity; None where there is nobody."""
    shown = citizens({p: _standing(store, p) for p in sorted(_maybe_citizens(store, lexicon))}, lexicon)
    if not shown:
        return None
    mentions = tuple(sorted(m for iri in shown for m in mentions_of(store, iri)))
    wordings = {iri: _wordings(store, iri) for iri in shown}
    people = {w: shown[iri] for iri in shown for w in sorted(wordings[iri]) if len(w) > 1}
    public = _public_names(store, shown)
    nodes = _nodes(store, shown)
    endings = body_endings(lexicon)
    bodies = {iri: shown_body(_name(store, iri), endings) for iri in sorted(_bodies(store, nodes, endings))}
    return Private(
        shown=shown,
        wordings=wordings,
        hiding=Hiding(
            people,
            {w: bodies[iri] for iri in bodies for w in sorted(_wordings(store, iri))},
            frozenset(people.keys() & public),
            longer_names(people, public),
        ),
        mentions=mentions,
        nodes=nodes,
        bodies=bodies,
    )


def values(store: Store, subject: str, predicate: str) -> list[Term]:
    """The values of a property in the default graph, sorted."""
    found = store.quads_for_pattern(NamedNode(subject), expand(predicate), None, _DEFAULT)
    return sorted((q.object for q in found if isinstance(q.object, Term)), key=str)


def kind_of(store: Store, iri: str) -> str:
    """The local name of a thing's class in our ontology."""
    zx = PREFIXES["zx"]
    return next((t.value.removeprefix(zx) for t in values(store, iri, "rdf:type") if t.value.startswith(zx)), "")


def described(store: Store, node: NamedNode) -> dict[str, Term]:
    """What the evidence says of a mention or an assertion: property → value."""
    found = store.quads_for_pattern(node, None, None, None)
    return {
        q.predicate.value: q.object
        for q in found
        if not isinstance(q.graph_name, DefaultGraph) and isinstance(q.object, Term)
    }


def mentions_of(store: Store, iri: str) -> Iterator[Named]:
    """Where something is named."""
    for quad in store.quads_for_pattern(None, expand("itsrdf:taIdentRef"), NamedNode(iri), None):
        assert isinstance(quad.subject, NamedNode)  # a graph of ours has no blank nodes
        if place := place_of(described(store, quad.subject)):
            yield Named(*place, iri)


def place_of(mention: dict[str, Term]) -> tuple[str, int, int] | None:
    """The document and the stretch of a described mention; None for what is no mention."""
    document, begin, end = (
        mention.get(expand(p).value) for p in ("nif:referenceContext", "nif:beginIndex", "nif:endIndex")
    )
    return (document.value, int(begin.value), int(end.value)) if document and begin and end else None


def _maybe_citizens(store: Store, lexicon: Lexicon) -> set[str]:
    """Whoever speaks as one of the public, or has a role of theirs."""
    posts = {post.id: post.capacity for post in lexicon.posts}
    spoken = _subjects(store, "zx:capacity", concept("capacity", CITIZEN))
    held = {
        quad.subject.value
        for predicate in ("zx:post", "zx:role")
        for quad in store.quads_for_pattern(None, expand(predicate), None, _DEFAULT)
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and CITIZEN in capacities(quad.object.value, posts)
    }
    return {p.value for s in spoken for p in values(store, s, "zx:speaker") if isinstance(p, NamedNode)} | {
        p for post in held for p in _subjects(store, "zx:affiliation", NamedNode(post))
    }


def _standing(store: Store, person: str) -> Standing:
    posts = [p.value for p in values(store, person, "zx:affiliation")]
    spoken = {
        label
        for statement in _subjects(store, "zx:speaker", NamedNode(person))
        for capacity in values(store, statement, "zx:capacity")
        for label in _texts(store, capacity.value, "skos:prefLabel")
    }
    acts = any(_subjects(store, predicate, NamedNode(person)) for predicate in PUBLIC_BY)
    return Standing(
        _name(store, person),
        tuple(sorted({r for p in posts for r in _texts(store, p, "zx:post") or _texts(store, p, "zx:role")})),
        frozenset(spoken),
        acts or bool(values(store, person, "zx:sector")),
    )


def _public_names(store: Store, shown: Iterable[str]) -> set[str]:
    """The names of the other people, without blanks."""
    people = _subjects(store, "rdf:type", expand("zx:Person")) - set(shown)
    return {_bare(name) for person in people for predicate in _NAMES for name in _texts(store, person, predicate)}


def _nodes(store: Store, shown: Iterable[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for person in shown:
        own = [p.value for p in values(store, person, "zx:affiliation")]
        for node in (*own, *sorted(_subjects(store, "zx:speaker", NamedNode(person)))):
            found.setdefault(node, (person, kind_of(store, node)))
    return found


def _bodies(store: Store, nodes: Iterable[str], endings: tuple[str, ...]) -> set[str]:
    named = {b.value for n in nodes for p in ("org:organization", "zx:place") for b in values(store, n, p)}
    schools = {
        body for body in _subjects(store, "rdf:type", expand("zx:Organization")) if _name(store, body).endswith(endings)
    }
    return named | schools


def _wordings(store: Store, iri: str) -> frozenset[str]:
    """How a thing is written: its names, and in the texts, as they stand there and as they are read."""
    written = {name for predicate in _NAMES for name in _texts(store, iri, predicate)}
    for quad in store.quads_for_pattern(None, expand("itsrdf:taIdentRef"), NamedNode(iri), None):
        assert isinstance(quad.subject, NamedNode)  # a graph of ours has no blank nodes
        mention = described(store, quad.subject)
        written |= {mention[p].value for c in ("nif:anchorOf", "zx:reading") if (p := expand(c).value) in mention}
    return frozenset(filter(None, map(_bare, written)))


def _name(store: Store, iri: str) -> str:
    return next(iter(_texts(store, iri, "skos:prefLabel")), "")


def _texts(store: Store, iri: str, predicate: str) -> list[str]:
    """The literals that are in no other language than Chinese."""
    return [
        v.value
        for v in values(store, iri, predicate)
        if isinstance(v, Literal) and (v.language is None or v.language.startswith("zh"))
    ]


def _subjects(store: Store, predicate: str, value: NamedNode) -> set[str]:
    found = store.quads_for_pattern(None, expand(predicate), value, _DEFAULT)
    return {q.subject.value for q in found if isinstance(q.subject, NamedNode)}


def _bare(wording: str) -> str:
    return "".join(wording.split())
