"""What a query may not do here: call another server, or have graphs fetched.

Oxigraph parses a query but shows nobody what it found, so rdflib's parser reads it too. That takes about 50 ms; a text
without the letters of a keyword can't hold it, and is not read twice. (Oxigraph takes no keyword written with escapes.)
Where the two see different texts, a keyword could hide from one of them; so what they are known to read differently is
made plain first, and what rdflib can't read is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from pyoxigraph import NamedNode, Store

from kg.serve.refusals import NoGraphHere, Refused
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

_KEYWORDS: Final = ("service", "from")
_LINE_END: Final = re.compile(r"\r\n?")
"""Ends a comment for Oxigraph, and not for rdflib."""
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\n])")
"""One character inside a string, an IRI or a name; rdflib resolves it beforehand, so that it could end a string."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a query asks beyond its patterns."""

    service: bool
    graphs: tuple[str, ...]
    """The IRIs behind FROM and FROM NAMED."""


def screen(text: str, store: Store, graphs: Iterable[str]) -> None:
    """Refuse a query that would call a server, or a graph, of its own or of the request, that is not here.

    Args:
        text: a query that Oxigraph takes.
        store: what is asked.
        graphs: the IRIs that the request names.

    Raises:
        Refused: it has SERVICE; or NoGraphHere: the store lacks the graph.

    """
    found = _found(text) if any(word in text.lower() for word in _KEYWORDS) else _Found(False, ())
    if found.service:
        raise Refused(403, "SERVICE would call another server, and the graph is asked offline")
    for iri in (*graphs, *found.graphs):
        if not _has(store, iri):
            raise NoGraphHere(iri)


def is_update(text: str) -> bool:
    """Whether a text that is no query is a SPARQL update."""
    from rdflib.plugins.sparql.parser import parseUpdate  # 350 ms that few processes need

    try:
        parsed = parseUpdate(text)
    except Exception:  # noqa: BLE001 - the parser raises what it meets; whatever it is, this is no update
        return False
    return bool(parsed.request)


@lru_cache(maxsize=256)
def _found(text: str) -> _Found:
    from rdflib.plugins.sparql.parser import parseQuery  # 350 ms that few processes need

    try:
        prologue, query = parseQuery(_plain(text))
    except Exception as error:  # the parser raises what it meets
        raise _unreadable(error) from error
    return _Found(
        service=any(getattr(part, "name", "") == "ServiceGraphPattern" for part in _parts(query)),
        graphs=tuple(_graphs(prologue, query)),
    )


def _plain(text: str) -> str:
    r"""The text with nothing in it that the two parsers read differently; the values in it don't matter here.

    >>> _plain('"a\\u0022" # b')
    '"ax" # b'
    """
    return _ESCAPE.sub("x", _LINE_END.sub("\n", text))


def _unreadable(error: Exception) -> Refused:
    """What holds a keyword's letters must be read: a mistake, or what only Oxigraph's parser takes."""
    line, column = getattr(error, "lineno", 0), getattr(error, "col", 0)
    where = f" at line {line}, column {column}" if line else ""
    return Refused(
        400,
        f"the query's syntax is off{where}, and whether it has SERVICE or FROM can't be told",
        hint="mend it, or write it without extensions of SPARQL 1.1",
    )


def _parts(part: object) -> Iterator[object]:
    """A part of rdflib's parse and all within it."""
    yield part
    if isinstance(part, dict):
        for inner in part.values():
            yield from _parts(inner)
    elif isinstance(part, Iterable) and not isinstance(part, str):
        for inner in part:
            yield from _parts(inner)


def _graphs(prologue: Iterable[CompValue], query: CompValue) -> Iterator[str]:
    """The IRIs of the dataset clauses, prefixes and base resolved."""
    prefixes, base = dict(PREFIXES), ""
    for declared in prologue:
        if declared.name == "PrefixDecl":
            prefixes[declared.prefix or ""] = urljoin(base, declared.iri)
        else:
            base = urljoin(base, declared.iri)
    for clause in query.datasetClause or ():
        name = clause.default or clause.named
        if isinstance(name, str):
            yield urljoin(base, name)
        else:
            yield prefixes.get(name.prefix or "", "") + (name.localname or "")


def _has(store: Store, iri: str) -> bool:
    try:
        return store.contains_named_graph(NamedNode(iri))
    except ValueError:
        return False
