"""One query of the SPARQL protocol on an open store: its answer as bytes, in the form that the client likes best."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    serialize,
)

from kg.serve.counted_rows import CountedRows
from kg.serve.formats import GRAPHS, ROWS, chosen
from kg.serve.refusals import Refused, TooManyRows
from kg.serve.screening import is_update, screen
from kg.vocab import PREFIXES

_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation of the SPARQL 1.1 protocol."""

    text: str
    accept: str = ""
    """The header `Accept`."""
    default_graphs: tuple[str, ...] = ()
    """`default-graph-uri`; where a request gives any graph, its graphs take the place of those behind FROM."""
    named_graphs: tuple[str, ...] = ()
    """`named-graph-uri`."""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer."""

    media_type: str
    data: bytes


def answer(store: Store, asked: Asked, most: int) -> Written:
    """Ask the store; the prefixes of `kg.vocab.PREFIXES` need not be declared.

    Args:
        store: what is asked, opened to read only.
        asked: what is asked, and how it shall be answered.
        most: how many rows, or triples, an answer may have.

    Raises:
        Refused: the query can't be understood, does what it may not do, or none of the formats is wanted.
        TooManyRows: there are more than `most`.
        MemoryError: the process may take no more.

    """
    found = _query(store, asked)
    if isinstance(found, QueryTriples):
        kind = _liked(asked.accept, tuple(GRAPHS))
        triples = sorted(_counted(found, most), key=str)
        return Written(kind, serialize(triples, format=GRAPHS[kind], prefixes=PREFIXES) or b"")
    kind = _liked(asked.accept, tuple(ROWS))
    return Written(kind, _rows(found, ROWS[kind], most))


def _query(store: Store, asked: Asked) -> QuerySolutions | QueryBoolean | QueryTriples:
    given = (*asked.default_graphs, *asked.named_graphs)
    screen(asked.text, store, given)  # before Oxigraph sees it: it sorts, and calls servers, while it parses
    try:
        return store.query(
            asked.text,
            prefixes=PREFIXES,
            default_graph=[NamedNode(iri) for iri in asked.default_graphs] if given else None,
            named_graphs=[NamedNode(iri) for iri in asked.named_graphs] if given else None,
        )
    except SyntaxError as error:
        raise _misunderstood(asked.text, str(error)) from error
    except OSError as error:
        raise Refused(500, f"the query can't be answered: {error}") from error


def _misunderstood(text: str, said: str) -> Refused:
    """An update, or a mistake and where it stands."""
    if is_update(text):
        return Refused(403, "an update would change the graph, and it is read-only here", hint="ask with SELECT")
    if not (found := _SYNTAX_ERROR.fullmatch(said)):
        return Refused(400, f"the query can't be understood: {said}")
    line, column, expected = found.groups()
    if "Prefix not found" in expected:
        expected = "an unknown prefix"
    elif "[_]" in expected:  # Oxigraph's word for any character
        expected = "this can't stand here"
    if len(expected) > _LONGEST:
        expected = f"{expected[:_LONGEST].rpartition(', ')[0]} …"
    return Refused(400, f"the query's syntax is off at line {line}, column {column}: {expected}")


def _liked(accept: str, offered: tuple[str, ...]) -> str:
    kind = chosen(accept, offered)
    if kind is None:
        raise Refused(406, f"this answer is not written as {accept}", hint=f"it is written as {', '.join(offered)}")
    return kind


def _counted(triples: QueryTriples, most: int) -> set[Triple]:
    """The distinct triples: a CONSTRUCT gives one as often as it finds it."""
    found: set[Triple] = set()
    for triple in triples:
        found.add(triple)
        if len(found) > most:
            raise TooManyRows(most)
    return found


def _rows(found: QuerySolutions | QueryBoolean, form: QueryResultsFormat, most: int) -> bytes:
    if isinstance(found, QueryBoolean):
        return found.serialize(format=form) or b""
    counted = CountedRows(form, most)
    found.serialize(counted, format=form)
    return counted.getvalue()
