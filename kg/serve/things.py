"""A thing's page: what the graph says of it, each fact with its words, and what points at it; as HTML and as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.card import Labels
from kg.serve.addresses import address
from kg.serve.refusals import TooManyRows
from kg.vocab import PREFIXES, compact, expand

SHOWN = 200
"""How many things that point here, and how many mentions, a page shows."""
_OF_THE_PAGE_ITSELF = frozenset(["rdf:type", "skos:prefLabel", "skos:altLabel", "foaf:name", "nif:isString"])
"""Properties whose values stand elsewhere on the page."""
_NAMES = ("skos:prefLabel", "dcterms:title", "dcterms:source")


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and where they lead; nowhere where `href` is empty."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: a property, its value, and the words that state it, each with its place."""

    predicate: str
    value: Link
    evidence: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What a thing's page shows."""

    iri: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    lines: tuple[Line, ...]
    incoming: tuple[tuple[str, tuple[Link, ...]], ...]
    """Property → the things that point here by it."""
    mentions: tuple[Link, ...]
    cut: bool
    """Whether there is more of one of them than is shown."""
    text: str
    """A document's text as stored; else empty."""


def known(store: Store, thing: NamedNode) -> bool:
    """Whether the graph says anything of it."""
    return next(store.quads_for_pattern(thing, None, None, None), None) is not None


def rdf(store: Store, thing: NamedNode, form: RdfFormat, most: int) -> bytes:
    """What the default graph says of the thing, and what points at it there.

    Raises:
        TooManyRows: it is more than `most` triples.

    """
    quads = list(islice(_around(store, thing), most + 1))
    if len(quads) > most:
        raise TooManyRows(most)
    return serialize(sorted({_triple(quad) for quad in quads}, key=str), format=form, prefixes=PREFIXES) or b""


def page(store: Store, thing: NamedNode) -> Page:
    """What is shown of a thing to people."""
    labels = Labels(store)
    said = list(store.quads_for_pattern(thing, None, None, DefaultGraph()))
    evidence = _evidence(store, thing, labels)
    incoming = list(islice(store.quads_for_pattern(None, None, thing, DefaultGraph()), SHOWN + 1))
    mentions = list(islice(store.quads_for_pattern(None, expand("itsrdf:taIdentRef"), thing, None), SHOWN + 1))
    return Page(
        iri=thing.value,
        name=_name(said, labels, thing),
        kind="、".join(labels.of(kind) for kind in _values(said, "rdf:type") if compact(kind.value).startswith("zx:")),
        aliases=tuple(sorted({alias.value for alias in _values(said, "skos:altLabel")})),
        lines=tuple(_lines(said, evidence, labels)),
        incoming=tuple(_grouped(incoming[:SHOWN], labels)),
        mentions=tuple(_spans(mentions[:SHOWN], labels)),
        cut=max(len(incoming), len(mentions)) > SHOWN,
        text=next((text.value for text in _values(said, "nif:isString")), ""),
    )


def _around(store: Store, thing: NamedNode) -> Iterator[Quad]:
    yield from store.quads_for_pattern(thing, None, None, DefaultGraph())
    yield from store.quads_for_pattern(None, None, thing, DefaultGraph())


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _values(quads: list[Quad], curie: str) -> list[NamedNode | Literal]:
    wanted = expand(curie)
    found = (quad.object for quad in quads if quad.predicate == wanted)
    return [value for value in found if isinstance(value, NamedNode | Literal)]


def _name(said: list[Quad], labels: Labels, thing: NamedNode) -> str:
    for curie in _NAMES:
        for value in _values(said, curie):
            if isinstance(value, Literal) and value.language in {None, "zh"}:
                return value.value
    return labels.of(thing)


def _evidence(store: Store, thing: NamedNode, labels: Labels) -> dict[Triple, list[tuple[str, Link]]]:
    """Fact → the words that state it, with their place."""
    found: dict[Triple, list[tuple[str, Link]]] = {}
    for quad in store.quads_for_pattern(None, expand("rdf:subject"), thing, None):
        parts = {part.predicate: part.object for part in store.quads_for_pattern(quad.subject, None, None, None)}
        predicate, value = parts[expand("rdf:predicate")], parts[expand("rdf:object")]
        span, reading = parts[expand("zx:evidence")], parts[expand("zx:reading")]
        assert isinstance(predicate, NamedNode)
        assert isinstance(span, NamedNode)
        assert isinstance(reading, Literal)
        words = (labels.words(span.value, reading.value), _place(span.value, labels))
        found.setdefault(Triple(thing, predicate, value), []).append(words)
    return found


def _place(span: str, labels: Labels) -> Link:
    return Link(labels.where(span), address(span))


def _lines(said: list[Quad], evidence: dict[Triple, list[tuple[str, Link]]], labels: Labels) -> Iterator[Line]:
    left_out = {expand(curie) for curie in _OF_THE_PAGE_ITSELF}
    shown = [quad for quad in said if quad.predicate not in left_out]
    for quad in sorted(shown, key=lambda quad: (labels.of(quad.predicate), str(quad.object))):
        words = sorted(set(evidence.get(_triple(quad), [])), key=lambda one: (one[1].words, one[0]))
        yield Line(labels.of(quad.predicate), _link(quad.object, labels), tuple(words))


def _link(term: object, labels: Labels) -> Link:
    assert isinstance(term, NamedNode | Literal)
    return Link(labels.of(term), address(term.value) if isinstance(term, NamedNode) else "")


def _grouped(quads: list[Quad], labels: Labels) -> Iterator[tuple[str, tuple[Link, ...]]]:
    by_label: dict[str, list[Link]] = {}
    for quad in quads:
        by_label.setdefault(labels.of(quad.predicate), []).append(_link(quad.subject, labels))
    for label in sorted(by_label):
        yield label, tuple(sorted(by_label[label], key=lambda link: (link.words, link.href)))


def _spans(quads: list[Quad], labels: Labels) -> list[Link]:
    places = {_place(quad.subject.value, labels) for quad in quads if isinstance(quad.subject, NamedNode)}
    return sorted((place for place in places if place.href), key=lambda place: (place.words, place.href))
