"""An entity's card: what the graph says of it, each fact with its words and where they stand."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg import vocab
from kg.errors import NotFound
from kg.resolve import normalised
from kg.vocab import PREFIXES

_ENTITIES = """
SELECT DISTINCT ?entity ?class ?label WHERE {
  ?entity a ?class ; skos:prefLabel|skos:altLabel ?label . FILTER(LANG(?label) = "zh")
  FILTER(STRSTARTS(STR(?class), STR(zx:)) && ?class NOT IN (zx:Connection, zx:Mention, zx:Assertion))
}"""
_FACTS = """
SELECT DISTINCT ?subject ?predicate ?object ?evidence ?reading ?rule WHERE {
  GRAPH ?graph {
    { ?assertion rdf:subject ?asked } UNION { ?assertion rdf:object ?asked }
    ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
               zx:evidence ?evidence ; zx:reading ?reading ; zx:rule ?rule
  }
  FILTER(?predicate != zx:speaker && ?predicate != dcterms:title && ?predicate != skos:prefLabel)
}"""
_STATEMENTS = """
SELECT DISTINCT ?statement ?kind ?capacity ?evidence ?reading ?rule
       (GROUP_CONCAT(DISTINCT ?label; separator="、") AS ?themes) WHERE {
  { SELECT ?statement ?label WHERE {
      ?statement zx:speaker ?asked . OPTIONAL { ?statement zx:theme/skos:prefLabel ?label FILTER(LANG(?label) = "zh") }
    } ORDER BY ?label }
  OPTIONAL { ?statement zx:statementKind/skos:prefLabel ?kind FILTER(LANG(?kind) = "zh") }
  OPTIONAL { ?statement zx:capacity/skos:prefLabel ?capacity FILTER(LANG(?capacity) = "zh") }
  GRAPH ?graph { ?assertion rdf:subject ?statement ; rdf:predicate zx:quote ;
                            zx:evidence ?evidence ; zx:reading ?reading ; zx:rule ?rule }
} GROUP BY ?statement ?kind ?capacity ?evidence ?reading ?rule"""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact with its words."""

    subject: str
    """Who or what it is said of: empty where that is the card's entity."""
    predicate: str
    value: str
    words: str
    """The sentence, row or clause that states it, as read."""
    where: str
    """`document:line`."""
    rule: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything of one entity."""

    iri: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    lines: tuple[Line, ...]


def cards(store: Store, name: str) -> list[Card]:
    """The cards of every entity that bears the name or alias.

    Raises NotFound with the nearest names.
    """
    names: dict[str, set[tuple[str, str]]] = {}
    found_names = store.query(_ENTITIES, prefixes=PREFIXES)
    assert isinstance(found_names, QuerySolutions)
    for row in found_names:
        entity, kind, label = (row[key] for key in ("entity", "class", "label"))
        names.setdefault(normalised(label.value), set()).add((entity.value, kind.value))
    found = sorted(names.get(normalised(name), ()))
    if not found:
        near = difflib.get_close_matches(normalised(name), names, n=5, cutoff=0.5)
        near += [n for n in sorted(names) if normalised(name) in n and n not in near][: 5 - len(near)]
        hint = f"the nearest: {'、'.join(near)}" if near else "kg query people, kg query proposals … list what there is"
        raise NotFound(f"nothing here is called {name}", hint=hint)
    return [_card(store, NamedNode(iri), NamedNode(kind)) for iri, kind in found]


def _card(store: Store, entity: NamedNode, kind: NamedNode) -> Card:
    labels = Labels(store)
    lines = {
        Line(
            subject="" if row["subject"] == entity else labels.of(row["subject"]),
            predicate=labels.of(row["predicate"]),
            value=labels.of(row["object"]),
            words=labels.words(row["evidence"].value, row["reading"].value),
            where=labels.where(row["evidence"].value),
            rule=row["rule"].value,
        )
        for row in _ask(store, _FACTS, entity)
    }
    ordered = sorted(lines, key=lambda line: (line.subject != "", line.predicate, line.where, line.value, line.rule))
    name, *others = labels.all(entity)
    statements = _statements(store, entity, labels)
    return Card(entity.value, name, labels.of(kind), tuple(others), (*ordered, *statements))


def _statements(store: Store, entity: NamedNode, labels: Labels) -> list[Line]:
    """What a person said: a line each, with its kind, capacity and themes."""
    lines = []
    for row in _ask(store, _STATEMENTS, entity):
        about = [row[key].value for key in ("kind", "capacity", "themes") if row[key] is not None and row[key].value]
        where = labels.where(row["evidence"].value)
        lines.append(Line("", "发言", " · ".join(about), row["reading"].value, where, row["rule"].value))
    return sorted(lines, key=lambda line: (line.where, line.words))


def _ask(store: Store, text: str, entity: NamedNode) -> QuerySolutions:
    """The rows of a query with the entity in the place of `?asked`."""
    found = store.query(text.replace("?asked", str(entity)), prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return found


class Labels:
    """What things are called, and the lines where spans stand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._texts: dict[str, str] = {}

    def of(self, term: NamedNode | Literal) -> str:
        """The Chinese name or label of a thing, what an unnamed one consists of, or a value as it is."""
        if isinstance(term, Literal):
            return {"true": "是", "false": "否"}.get(term.value, term.value)
        for predicate in ("skos:prefLabel", "rdfs:label"):
            for quad in self.store.quads_for_pattern(term, vocab.expand(predicate), None, None):
                if isinstance(quad.object, Literal) and quad.object.language == "zh":
                    return quad.object.value
        return self._unnamed(term)

    def _unnamed(self, term: NamedNode) -> str:
        """A post by its role and body, a statement by its words."""
        parts = [
            quad.object
            for predicate in ("org:organization", self._post_of(term), "zx:quote")
            for quad in self.store.quads_for_pattern(term, vocab.expand(predicate), None, None)
        ]
        named = list(dict.fromkeys(self.of(part) for part in parts if isinstance(part, NamedNode | Literal)))
        return " ".join(named) or vocab.compact(term.value)

    def _post_of(self, term: NamedNode) -> str:
        """The property that says what a post is called beside its body."""
        bare = next(self.store.quads_for_pattern(term, vocab.expand("zx:post"), None, None), None)
        return "zx:post" if bare else "zx:role"

    def all(self, entity: NamedNode) -> list[str]:
        """The preferred name and then the others."""
        others = {
            quad.object.value
            for quad in self.store.quads_for_pattern(entity, vocab.expand("skos:altLabel"), None, None)
            if isinstance(quad.object, Literal)
        }
        return [self.of(entity), *sorted(others)]

    def where(self, span: str) -> str:
        """`document:line` of a span, or `document:第3页第2栏` where its source is laid out."""
        found = vocab.offsets(span)
        if found is None:
            return vocab.compact(span)
        document, start, _ = found
        place = self._said(span, "zx:locator") or self._text(document).count("\n", 0, start) + 1
        return f"{document.rpartition('/')[2]}:{place}"

    def words(self, span: str, reading: str) -> str:
        """The words of a span as read; out of a table's row each cell with the name of its column."""
        found, columns = vocab.offsets(span), self._said(span, "zx:columns")
        if found is None or not columns:
            return reading
        document, start, end = found
        return with_columns(columns.split("\t"), self._text(document)[start:end].split("\t")) or reading

    def _said(self, span: str, predicate: str) -> str:
        quads = self.store.quads_for_pattern(NamedNode(span), vocab.expand(predicate), None, None)
        return next((q.object.value for q in quads if isinstance(q.object, Literal)), "")

    def _text(self, document: str) -> str:
        if document not in self._texts:
            quads = self.store.quads_for_pattern(NamedNode(document), vocab.expand("nif:isString"), None, None)
            self._texts[document] = next((q.object.value for q in quads if isinstance(q.object, Literal)), "")
        return self._texts[document]


def with_columns(columns: Sequence[str], cells: Sequence[str]) -> str:
    """A row's filled cells, each with the name of its column; empty where the two don't fit.

    >>> with_columns(["案由", "提案者", "界别"], ["修一座桥", "林知远", ""])
    '案由：修一座桥　提案者：林知远'
    """
    if len(columns) != len(cells):
        return ""
    named = ((name, " ".join(cell.split())) for name, cell in zip(columns, cells, strict=True))
    return "　".join(f"{name}：{cell}" if name else cell for name, cell in named if cell)
