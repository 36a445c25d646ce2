"""The graph as tables: one for each class, with the columns that the shapes name; one of links, one of evidence.

What a table holds is meant for people and for programs that know no RDF. A link is told by the name of the thing that
it leads to, and by IRI in the table of links. Several values of one cell are parted by `|`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from kg import vocab
from kg.resources import ontology_dir
from kg.vocab import PREFIXES, compact, expand

Cell = str | int | float | bool | None

APART: Final = "|"
"""Parts the values of one cell; inside a value it becomes a full-width one."""

_SH = "http://www.w3.org/ns/shacl#"
_XSD = PREFIXES["xsd"]
_KINDS = {"decimal": "number", "integer": "integer", "boolean": "boolean", "gYear": "year"}
"""XML Schema's type → a column's; of several the first that a property's values may have."""
_EVIDENCE = {"Mention", "Assertion"}
_TOO_LONG = {"nif:isString"}
_NAMED_BY = ("skos:prefLabel", "dcterms:title", "zx:role", "zx:quote")
_QUOTE_LENGTH = 40


class Column(NamedTuple):
    """A column of a table."""

    name: str
    """The property's local name, or that of a part of evidence."""
    title: str
    """In Chinese."""
    english: str
    kind: str
    """`string`, `integer`, `number`, `boolean` or `year`."""
    several: bool = False
    """Whether a cell may hold several values; it is a string then."""
    property: str = ""
    """The compact IRI; empty for what is no property."""


@dataclass(frozen=True)
class Table:
    """Rows of one kind of thing."""

    name: str
    title: str
    """In Chinese."""
    english: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]

    @property
    def key(self) -> str:
        """The column that tells the rows apart; empty where none does."""
        return "id" if self.columns[0].name == "id" else ""


def tables(store: Store) -> Iterator[Table]:
    """The tables of a graph, those of classes without a row left out."""
    names = _names(store)
    for kind in table_kinds():
        made = class_table(store, kind, names)
        if made.rows:
            yield made
    yield _links(store)
    yield _evidence(store, names)


@cache
def table_kinds() -> tuple[str, ...]:
    """The local names of the classes that have a table, in the ontology's order."""
    kinds = (node.value.removeprefix(PREFIXES["zx"]) for node in vocab.classes())
    return tuple(kind for kind in kinds if kind not in _EVIDENCE)


def class_table(store: Store, kind: str, names: Mapping[str, str] | None = None) -> Table:
    """The table of one class.

    Args:
        store: the graph.
        kind: the class's local name, as `table_kinds` has it.
        names: what things are called by their IRIs; read from the store where not given.

    """
    called = _names(store) if names is None else names
    columns = _columns(kind)
    found: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    for subject, predicate, value in _rows(store, f"SELECT ?s ?p ?o WHERE {{ ?s a zx:{kind} ; ?p ?o }}"):
        assert predicate is not None and subject is not None and value is not None  # the pattern binds all three
        found.setdefault(subject.value, {}).setdefault(compact(predicate.value), []).append(value)
    rows = [
        (
            iri,
            _printable(called.get(iri, "")) or None,
            *(_cell(c, found[iri].get(c.property, ()), called) for c in columns[2:]),
        )
        for iri in sorted(found)
    ]
    zh, en = _labels()[PREFIXES["zx"] + kind]
    return Table(_file_name(kind), zh, en, columns, rows)


@cache
def _columns(kind: str) -> tuple[Column, ...]:
    """A class's columns: its IRI and name, then what its shape names, in the shape's order."""
    shapes = _shapes()
    shape = next(s for s, said in shapes.items() if PREFIXES["zx"] + kind in said.get("targetClass", ()))
    columns = {c.name: c for c in (Column("id", "标识", "IRI", "string"), Column("name", "名称", "name", "string"))}
    for part in shapes[shape].get("property", ()):
        said = shapes[part]
        curie = compact(said["path"][0])
        if curie in _TOO_LONG or curie == "skos:prefLabel":
            continue
        several = said.get("maxCount") != ["1"]
        zh, en = _labels().get(said["path"][0], (curie, curie))
        name = curie.partition(":")[2]
        columns.setdefault(name, Column(name, zh, en, "string" if several else _kind(curie), several, curie))
    return tuple(columns.values())


@cache
def _kind(curie: str) -> str:
    """The type of a property's values, as the ontology has it."""
    said = vocab.ontology_quads()
    term, ranges = vocab.expand(curie), expand("schema:rangeIncludes")
    types = {_value(q.object).removeprefix(_XSD) for q in said if q.subject == term and q.predicate == ranges}
    return next((kind for type_, kind in _KINDS.items() if type_ in types), "string")


@cache
def _shapes() -> dict[str, dict[str, list[str]]]:
    """Shape → local name of a SHACL property → its values, in the file's order."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in parse(path=str(ontology_dir() / "shapes.ttl"), format=RdfFormat.TURTLE):
        if triple.predicate.value.startswith(_SH):
            said = found.setdefault(_value(triple.subject), {})
            said.setdefault(triple.predicate.value.removeprefix(_SH), []).append(_value(triple.object))
    return found


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """What the ontology calls a term in Chinese and in English."""
    found: dict[str, dict[str, str]] = {}
    for quad in vocab.ontology_quads():
        if quad.predicate == expand("rdfs:label") and isinstance(quad.object, Literal) and quad.object.language:
            found.setdefault(_value(quad.subject), {})[quad.object.language] = quad.object.value
    return {iri: (said["zh"], said["en"]) for iri, said in found.items()}


def _names(store: Store) -> dict[str, str]:
    """What things are called: by name or title; a post by its role, a statement by its first words."""
    names: dict[str, str] = {}
    for curie in _NAMED_BY:
        for quad in store.quads_for_pattern(None, expand(curie), None, DefaultGraph()):
            if isinstance(quad.object, Literal) and quad.object.language in {"zh", None}:
                text = quad.object.value
                short = f"{text[:_QUOTE_LENGTH]}…" if curie == "zx:quote" and len(text) > _QUOTE_LENGTH else text
                names.setdefault(_value(quad.subject), short)
    return names


def _cell(column: Column, values: Iterable[NamedNode | Literal], names: Mapping[str, str]) -> Cell:
    told = sorted({_told(value, names) for value in values})
    if not told:
        return None
    if column.kind != "string":
        return _typed(column.kind, told[0])
    return APART.join(text.replace(APART, "｜") for text in told) if column.several else told[0]


def _told(value: NamedNode | Literal, names: Mapping[str, str]) -> str:
    """A value as people read it: a link by what it leads to."""
    if isinstance(value, Literal):
        return _printable(value.value)
    return _printable(names.get(value.value) or _labels().get(value.value, (compact(value.value),))[0])


def _typed(kind: str, text: str) -> Cell:
    if kind == "boolean":
        return text == "true"
    return float(text) if kind == "number" else int(text)


def _links(store: Store) -> Table:
    columns = (
        Column("subject", "主体", "subject", "string"),
        Column("property", "关系", "property", "string"),
        Column("object", "客体", "object", "string"),
    )
    query = """SELECT ?s ?p ?o WHERE { ?s a ?kind ; ?p ?o .
      FILTER(isIRI(?o) && ?p != rdf:type && STRSTARTS(STR(?kind), STR(zx:))) }"""
    found = {(_value(s), compact(_value(p)), _value(o)) for s, p, o in _rows(store, query)}
    return Table("links", "关系", "links", columns, sorted(found))


def _evidence(store: Store, names: Mapping[str, str]) -> Table:
    """Each fact that a text states, with the words and the place."""
    columns = (
        Column("subject", "主体", "subject", "string"),
        Column("property", "属性", "property", "string"),
        Column("value", "值", "value: an IRI or a literal", "string"),
        Column("value_name", "值的名称", "what the value is called", "string"),
        Column("document", "文本", "document", "string"),
        Column("begin", "起", "first character, from 0", "integer"),
        Column("end", "止", "the character after the last", "integer"),
        Column("words", "原文", "the words as stored", "string"),
        Column("place", "位置", "where the source is laid out", "string"),
        Column("rule", "规则", "rule", "string"),
        Column("confidence", "可信度", "measured precision of the rule", "number"),
    )
    texts = {_value(d): _value(t) for d, t in _rows(store, "SELECT ?d ?t WHERE { ?d nif:isString ?t }")}
    query = """SELECT ?s ?p ?o ?at ?rule ?confidence ?place WHERE { GRAPH ?g {
      ?a a zx:Assertion ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zx:evidence ?at ; zx:rule ?rule .
      OPTIONAL { ?a zx:confidence ?confidence } OPTIONAL { ?at zx:locator ?place } } }"""
    rows = []
    for s, p, o, at, rule, confidence, place in _rows(store, query):
        document, begin, end = vocab.offsets(_value(at)) or ("", 0, 0)
        said = (_value(s), compact(_value(p)), _printable(_value(o)), _printable(names.get(_value(o), "")) or None)
        words = _printable(texts.get(document, "")[begin:end])
        sure = float(confidence.value) if confidence else None
        rows.append((*said, document, begin, end, words, place.value if place else None, _value(rule), sure))
    return Table("evidence", "出处", "evidence", columns, sorted(rows, key=_order))


def _order(row: tuple[Cell, ...]) -> tuple[tuple[bool, str], ...]:
    return tuple((cell is None, f"{cell:012d}" if isinstance(cell, int) else str(cell)) for cell in row)


def _rows(store: Store, query: str) -> Iterator[tuple[NamedNode | Literal | None, ...]]:
    answer = store.query(query, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)  # a SELECT has solutions
    for solution in answer:
        yield tuple(solution)


def _printable(text: str) -> str:
    """A text that any spreadsheet and any XML takes: control characters but line ends and tabs become blanks."""
    return "".join(c if c >= " " or c in "\n\t" else " " for c in text if c not in "\ufffe\uffff").replace("\x7f", " ")


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def _file_name(kind: str) -> str:
    """`ConsultationCase` → `consultation_case`."""
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(kind))
