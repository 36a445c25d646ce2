"""SPARQL over the graph, read-only. A saved question is one file, `kg/queries/NAME.rq`:

    # 有哪些提案？                                       the question in Chinese
    # Which proposals are there?                         and in English
    # param kind: 提案者类型 / the kind (default all)     what may be asked for
    # column title: 案由                                  how a column is headed where people read it
    SELECT ?title WHERE { VALUES ?kind_asked { UNDEF } … }

A parameter NAME is the block `VALUES ?NAME_asked { … }`: what stands in it is the default, UNDEF being all. A value
takes its place as one RDF term that pyoxigraph writes, so no value can change the query; and a file asks its question
as it is on any other server. (pyoxigraph's own substitutions reach only the variables that a query selects.)
Oxigraph has no time limit for a query, and how fast it answers is up to how one asks (0.5, on 24 million quads):

- What is counted over all proposals stands property by property in selects of their own, `{ SELECT ?a ?b WHERE {
  ?a zx:p ?b } }`: these are scanned and joined by hash, a tenth of the time of as many look-ups.
- What is looked up stands the other way round: first, in one select, which things it is about, then their properties,
  each in an OPTIONAL. That select ends in `LIMIT 1000000`, which cuts nothing off that people would read: without it
  Oxigraph guesses that the select finds more things than there are, and joins the properties of all things with it.
- Of two joined selects it goes through the one that it takes for the larger, in that one's order. Where rows are to be
  sorted, a select that is already sorted goes through a join with one that ends in `LIMIT 1000000000`, which cuts
  nothing off either: then the rows come sorted to the `ORDER BY` that asks for it, and it has nothing to move.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import NotFound, UsageError
from kg.resources import PACKAGE
from kg.store import open_store
from kg.vocab import PREFIXES, compact, expand

QUERIES = PACKAGE / "queries"
"""The folder of the saved questions."""

_NAME = re.compile(r"[a-z0-9-]+")
_PARAM = re.compile(r"param ([a-z_]+): (.+) \(default (.+)\)")
_COLUMN = re.compile(r"column ([a-z_]+): (.+)")
_VALUES = re.compile(r"(?P<before>VALUES\s+\?(?P<name>\w+)_asked\s*)\{[^{}]*\}")
_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NOISE = re.compile(
    r"""'''.*?'''|\"{3}.*?\"{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|\#[^\n\r]*""", re.DOTALL
)
"""What is neither keyword nor variable: strings, IRIs, comments."""
_FIRST_WORD = re.compile(r"(?:\s*(?:PREFIX\s+\S*:|BASE))*\s*(\w*)", re.IGNORECASE)
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_SERVICE = re.compile(r"(?<![\w:?$-])SERVICE(?![\w:-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Param:
    """What a saved question may be asked with."""

    name: str
    meaning: str
    """In Chinese and in English."""
    default: str
    """The value where none is given; `all` leaves it open."""


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question."""

    name: str
    question: str
    """In Chinese."""
    english: str
    params: tuple[Param, ...]
    columns: Mapping[str, str]
    """A column's name → its heading in Chinese."""
    text: str
    """The SPARQL, comments included."""


@cache
def saved() -> tuple[Question, ...]:
    """The saved questions in the order of their names; needs no graph."""
    return tuple(_read(path) for path in sorted(QUERIES.glob("*.rq"), key=lambda path: path.stem))


def listing() -> list[dict[str, object]]:
    """The saved questions as `kg query --list --format json` gives them."""
    return [
        {
            "name": one.name,
            "question": one.question,
            "english": one.english,
            "params": [{"name": p.name, "meaning": p.meaning, "default": p.default} for p in one.params],
            "sparql": one.text,
        }
        for one in saved()
    ]


def question(name: str) -> Question:
    """The saved question of that name.

    Raises:
        NotFound: there is none; the hint names the nearest.

    """
    by_name = {one.name: one for one in saved()}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.4)
    hint = f"the nearest: {', '.join(near)}" if near else "kg query --list names them all"
    raise NotFound(f"there is no saved question {name}", hint=hint)


class Asked(Protocol):
    """A store that can be asked: an embedded one, or `kg.remote_store.RemoteStore`."""

    def query(
        self, query: str, *, prefixes: dict[str, str] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """What a query finds; SyntaxError where its syntax is off."""

    def quads_for_pattern(
        self, subject: NamedNode, predicate: NamedNode, object_: None, graph: None, /
    ) -> Iterator[Quad]:
        """The quads that have a subject and a property."""


def run(build: Path, name_or_text: str, params: Mapping[str, str] | None = None, names: str = "full") -> Result:
    """Ask the current graph in `build` a saved question by its name (`[a-z0-9-]+`), or anything in SPARQL.

    Args:
        build: the build folder.
        name_or_text: a name, or SPARQL; see `ask`.
        params: see `ask`.
        names: `full`, or `masked` to ask the graph in which people who are not public are hidden.

    Raises:
        NoGraph: nothing was built in `build`.
        NotFound: no saved question has that name.
        UsageError: as `ask` does.

    """
    return ask_by_name(open_store(build, names), name_or_text, params)


def ask_by_name(store: Asked, name_or_text: str, params: Mapping[str, str] | None = None) -> Result:
    """Ask an open store a saved question by its name (`[a-z0-9-]+`), or anything in SPARQL.

    Raises NotFound where no saved question has that name, UsageError as `ask` does.
    """
    name = name_or_text.strip()
    if not _NAME.fullmatch(name):
        return ask(store, name_or_text, params)
    asked = question(name)
    return ask(store, asked.text, params, asked.columns)


def ask(
    store: Asked, text: str, params: Mapping[str, str] | None = None, headings: Mapping[str, str] | None = None
) -> Result:
    """Ask an open store.

    Args:
        store: where to ask.
        text: SPARQL; the prefixes of `kg.vocab.PREFIXES` need not be declared.
        params: for each block `VALUES ?NAME_asked { … }` by NAME: a string, or an IRI in `<>`, or the empty string,
            which asks for all.
        headings: a column's name → what people read above it.

    Raises:
        UsageError: the syntax is off, a parameter is unknown, or the text would change the graph or call a server.

    """
    _refuse_what_is_no_question(text)
    try:
        found = store.query(filled(text, params or {}), prefixes=PREFIXES)
    except SyntaxError as error:
        hint = "" if "{" in text else "kg query --list names the saved questions"
        raise UsageError(_syntax_message(str(error)), hint=hint) from error
    return Result(store, found, headings or {})


def filled(text: str, params: Mapping[str, str]) -> str:
    """The query with its parameters' values in place of the defaults, as it is run.

    Raises UsageError for a parameter that it does not have, or a value that can't stand in a query.
    """
    known = sorted({found["name"] for found in _VALUES.finditer(text)})
    for name in params:
        if name not in known:
            hint = (
                f"it has {', '.join(known)}" if known else f"it would be VALUES ?{name}_asked {{ UNDEF }} in the query"
            )
            raise UsageError(f"the query has no parameter {name}", hint=hint)
    terms = {name: _term(name, value) for name, value in params.items()}
    return _VALUES.sub(
        lambda found: f"{found['before']}{{ {terms[found['name']]} }}" if found["name"] in terms else found[0], text
    )


@dataclass(frozen=True, slots=True)
class Result:
    """What was found. It is a cursor, so that a long answer need not fit into memory: read it once, in one form."""

    store: Asked
    found: QuerySolutions | QueryBoolean | QueryTriples
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The names of the columns: what is selected, the `answer` of an ASK, the parts of a triple."""
        if isinstance(self.found, QuerySolutions):
            return [variable.value for variable in self.found.variables]
        return ["answer"] if isinstance(self.found, QueryBoolean) else ["subject", "predicate", "object"]

    @property
    def titles(self) -> list[str]:
        """The columns as people read them: those of a saved question in Chinese."""
        return [self.headings.get(column, column) for column in self.columns]

    def rows(self) -> Iterator[list[str]]:
        """The rows as people read them: an IRI by its label, or else shortened; empty where there is no value."""
        labels: dict[NamedNode, str] = {}
        for row in self.terms():
            yield [_shown(self.store, term, labels) for term in row]

    def terms(self) -> Iterator[tuple[NamedNode | Literal | None, ...]]:
        """The rows as RDF terms; None where there is no value. Triples come sorted."""
        if isinstance(self.found, QueryBoolean):
            yield (Literal(bool(self.found)),)
        elif isinstance(self.found, QueryTriples):
            yield from (cast("tuple[NamedNode, NamedNode, NamedNode | Literal]", tuple(t)) for t in self._triples())
        else:
            yield from (tuple(row) for row in self.found)

    def to_csv(self) -> str:
        """Plain values with a header, IRIs in full (SPARQL 1.1 Query Results CSV)."""
        if isinstance(self.found, QuerySolutions):
            return _text(self.found.serialize(format=QueryResultsFormat.CSV))
        table = io.StringIO(newline="")
        csv.writer(table).writerows([self.columns, *([term.value for term in row if term] for row in self.terms())])
        return table.getvalue()

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON; of a CONSTRUCT or DESCRIBE, JSON-LD."""
        if isinstance(self.found, QueryTriples):
            return _text(serialize(self._triples(), format=RdfFormat.JSON_LD, prefixes=PREFIXES))
        return _text(self.found.serialize(format=QueryResultsFormat.JSON))

    def to_turtle(self) -> str:
        """Turtle, of a CONSTRUCT or DESCRIBE.

        Raises:
            UsageError: the query was a SELECT or an ASK.

        """
        if not isinstance(self.found, QueryTriples):
            raise UsageError("Turtle holds triples, and this query finds none", hint="ask with CONSTRUCT or DESCRIBE")
        return _text(serialize(self._triples(), format=RdfFormat.TURTLE, prefixes=PREFIXES))

    def _triples(self) -> list[Triple]:
        assert isinstance(self.found, QueryTriples)
        return sorted(set(self.found), key=str)


def _read(path: Path) -> Question:
    """A question's file: its first two comments are the question, the others its parameters and columns."""
    text = path.read_text(encoding="utf-8")
    comments = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ")]
    chinese, english, *rest = comments
    return Question(
        name=path.stem,
        question=chinese,
        english=english,
        params=tuple(Param(*found.groups()) for line in rest if (found := _PARAM.fullmatch(line))),
        columns={found[1]: found[2] for line in rest if (found := _COLUMN.fullmatch(line))},
        text=text,
    )


def _term(name: str, value: str) -> str:
    """A parameter's value as SPARQL writes it: one term, whatever the value holds."""
    if not value:
        return "UNDEF"
    try:
        if value.startswith("<") and value.endswith(">"):
            return str(NamedNode(value[1:-1]))
        return str(Literal(value))
    except ValueError as error:  # UnicodeEncodeError too
        raise UsageError(f"the value of {name} can't stand in a query: {error}") from error


def _refuse_what_is_no_question(text: str) -> None:
    bare = _NOISE.sub(" ", text)
    first = _FIRST_WORD.match(bare)
    if first and first[1].upper() in _UPDATES:
        raise UsageError(f"{first[1].upper()} would change the graph, and it is read-only", hint="ask with SELECT")
    if _SERVICE.search(bare):
        raise UsageError("SERVICE would call another server, and the graph is asked offline")


def _syntax_message(said: str) -> str:
    """Oxigraph's message as one readable line: where, and what was expected there."""
    if not (found := _SYNTAX_ERROR.fullmatch(said)):
        return f"the query can't be understood: {said}"
    line, column, expected = found.groups()
    if "Prefix not found" in expected:
        expected = "an unknown prefix"
    elif "[_]" in expected:  # any character: nothing useful
        expected = "this can't stand here"
    short = expected if len(expected) < 120 else f"{expected[:120].rpartition(', ')[0]} …"
    return f"the query's syntax is off at line {line}, column {column}: {short}"


def _shown(store: Asked, term: NamedNode | Literal | None, labels: dict[NamedNode, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return labels.setdefault(term, labels.get(term) or _label(store, term))
    return term.value


def _label(store: Asked, iri: NamedNode) -> str:
    """Its Chinese name or label, or else its compact form."""
    for curie in ("skos:prefLabel", "rdfs:label"):
        for quad in store.quads_for_pattern(iri, expand(curie), None, None):
            if isinstance(quad.object, Literal) and quad.object.language == "zh":
                return quad.object.value
    return compact(iri.value)


def _text(data: bytes | None) -> str:
    text = (data or b"").decode()
    return text if text.endswith("\n") else f"{text}\n"
