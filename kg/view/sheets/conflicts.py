"""Where texts tell different values of what has one: side by side, each with its words, for a person to decide."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

from kg import vocab
from kg.resources import ontology_dir
from kg.view.sections import Note, Row, Section, Value, said
from kg.view.sheets.material import Material

_OURS: Final = frozenset({"zx:mainTheme", "skos:prefLabel", "dcterms:title", "foaf:name", "zx:reading"})
"""What is computed or named by us: no text says it."""


def said_once() -> dict[str, frozenset[str]]:
    """Class → the properties of which the shapes allow one value, by their compact names."""
    quads = list(parse(path=ontology_dir() / "shapes.ttl", format=RdfFormat.TURTLE))
    sh = "http://www.w3.org/ns/shacl#"
    paths = {
        q.subject: q.object.value for q in quads if q.predicate.value == f"{sh}path" and isinstance(q.object, NamedNode)
    }
    once = {q.subject for q in quads if q.predicate.value == f"{sh}maxCount" and q.object.value == "1"}
    classes = {q.subject: q.object.value for q in quads if q.predicate.value == f"{sh}targetClass"}
    found: dict[str, set[str]] = {}
    for q in quads:
        if q.predicate.value == f"{sh}property" and q.subject in classes and q.object in once and q.object in paths:
            found.setdefault(classes[q.subject].rpartition("#")[2], set()).add(vocab.compact(paths[q.object]))
    return {kind: frozenset(props) - _OURS for kind, props in found.items()}


def conflicts(material: Material, iri: str) -> Section:
    """The values of which there should be one, each with the texts that tell it; empty where texts agree."""
    deck = material.deck
    once = material.once.get(deck.records.kinds[iri], frozenset())
    rows: list[Row] = []
    for fact in material.card(iri).facts:
        if fact.kind or fact.prop not in once or len(fact.values) < 2:
            continue
        rows += [(said(fact.label), (value,), _texts(material, value)) for value in fact.values]
    notes = [Note("这些事项应只有一个值，而文本说法不同；请以原件为准。")] if rows else []
    if rows and len(deck.records.links(iri, "zx:submittedTo")) > 1:
        notes.append(Note("它提交过几次会议，不同的值可能各属一次。"))
    return Section("各文本说法不一", "table", ("事项", "说法", "出自"), tuple(rows), tuple(notes))


def _texts(material: Material, value: Value) -> tuple[Value, ...]:
    sources = material.deck.records.sources
    documents = dict.fromkeys(material.deck.quotations[q].document for q in value.quotations)
    names = (sources[iri].title or sources[iri].name for iri in documents)
    return tuple(Value(material.deck.masks.text(name)) for name in names)
