"""A built graph into a server, a graph at a time, so that what was killed goes on where it stopped.

What has arrived is recorded in a named graph of the server itself, `STATE`: of each graph the hash of what it is to
hold, and the parts of it that are there. So the next upload, from this machine or another, sends only what is missing
or has changed, and takes away what is no longer in the graph. Everything else on the server is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, serialize

from kg.errors import NothingBuilt, UsageError
from kg.remote_store import RemoteStore
from kg.vocab import BASE, expand

STATE: Final = f"{BASE}graph/uploaded"
PART: Final = 50_000
"""Triples that are sent at once, about 10 MB."""

_DEFAULT: Final = f"{BASE}graph/default"
"""What the record calls the default graph."""
_RECORD: Final = expand("dcterms:identifier")
_PENDING: Final = "pending 0"
"""Says that a graph is ours though none of it may have arrived."""


class _Graph(NamedTuple):
    """A graph that is to be there."""

    iri: str
    """Empty for the default graph."""
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload did."""

    graphs: int
    """How many graphs were written."""
    there: int
    """How many were there already."""
    removed: int
    triples: int
    """How many were sent."""


def upload(
    store: Store, remote: RemoteStore, *, part: int = PART, told: Callable[[str, int], None] = lambda _, __: None
) -> Uploaded:
    """Write a store's named graphs, then its default graph.

    Args:
        store: the graph.
        remote: the server; its default graph must be empty, or an earlier upload's.
        part: how many triples are sent at once.
        told: is told each graph (empty for the default one) and the number of each part that has arrived.

    Raises:
        UsageError: the server's default graph holds something that no upload put there.
        NothingBuilt: the server does not answer, refuses to write, or holds something else in the end.

    """
    recorded, sizes = _recorded(remote), _sizes(remote)
    if not recorded and sizes.get("", 0):
        raise UsageError(
            f"its default graph holds {sizes['']:,} triples that are not ours, and would be lost",
            where=remote.url,
            hint="name an empty dataset",
        )
    wanted = list(_wanted(store))
    parts = {g: _arrived(g, recorded.get(g.iri, set()), sizes, part) for g in wanted}
    gone = sorted(recorded.keys() - {g.iri for g in wanted})
    for iri in gone:
        remote.delete(iri)
    missing = [g for g in wanted if parts[g] * part < g.size]
    if missing or gone:  # what was true of a graph that is about to change must not be recorded any longer
        known = [(g.iri, f"{g.digest} {number * part}") for g in wanted for number in range(1, parts[g] + 1)]
        remote.put(STATE, _record([*known, *((g.iri, _PENDING) for g in missing)]))
    sent = sum(_send(store, remote, graph, parts[graph], part, told) for graph in missing)
    if missing or gone:
        _check(remote, wanted)
    return Uploaded(len(missing), len(wanted) - len(missing), len(gone), sent)


def _wanted(store: Store) -> Iterator[_Graph]:
    named = sorted(g.value for g in store.named_graphs() if isinstance(g, NamedNode))
    for iri in (*named, ""):
        size, digest = 0, hashlib.sha256()
        for triples in _parts(store, iri, PART):
            size += len(triples)
            digest.update(_lines(triples))
        yield _Graph(iri, size, digest.hexdigest())


def _parts(store: Store, iri: str, part: int) -> Iterator[list[Triple]]:
    """A graph's triples in the store's own order, which depends on them alone."""
    graph = NamedNode(iri) if iri else DefaultGraph()
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
    while some := list(islice(triples, part)):
        yield some


def _lines(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _arrived(graph: _Graph, records: set[str], sizes: Mapping[str, int], part: int) -> int:
    """How many parts of a graph are there; none where the server holds fewer triples than it was sent."""
    parts = 0
    while f"{graph.digest} {(parts + 1) * part}" in records:
        parts += 1
    there = sizes.get(graph.iri, 0)
    whole = parts * part >= graph.size
    fits = there == graph.size if whole else there >= parts * part
    return parts if fits else 0


def _record(entries: Iterable[tuple[str, str]]) -> bytes:
    return _lines(Triple(NamedNode(iri or _DEFAULT), _RECORD, Literal(told)) for iri, told in entries)


def _recorded(remote: RemoteStore) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for iri, told in _rows(remote, f"SELECT ?g ?t WHERE {{ GRAPH <{STATE}> {{ ?g {_RECORD} ?t }} }}"):
        found.setdefault("" if iri == _DEFAULT else iri, set()).add(told)
    return found


def _sizes(remote: RemoteStore) -> dict[str, int]:
    named = _rows(remote, "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    default = _rows(remote, 'SELECT ("" AS ?g) (COUNT(*) AS ?n) WHERE { ?s ?p ?o }')
    return {iri: int(n) for rows in (named, default) for iri, n in rows}


def _rows(remote: RemoteStore, query: str) -> list[tuple[str, str]]:
    found = remote.query(query)
    assert isinstance(found, QuerySolutions)  # a SELECT has solutions
    return [(str(getattr(a, "value", "")), str(getattr(b, "value", ""))) for a, b in found]


def _send(
    store: Store, remote: RemoteStore, graph: _Graph, arrived: int, part: int, told: Callable[[str, int], None]
) -> int:
    sent = 0
    for number, triples in enumerate(_parts(store, graph.iri, part), start=1):
        if number <= arrived:
            continue
        (remote.put if number == 1 else remote.post)(graph.iri, _lines(triples))
        remote.post(STATE, _record([(graph.iri, f"{graph.digest} {number * part}")]))
        sent += len(triples)
        told(graph.iri, number)
    return sent


def _check(remote: RemoteStore, wanted: Iterable[_Graph]) -> None:
    sizes = _sizes(remote)
    for graph in wanted:
        there = sizes.get(graph.iri, 0)
        if there != graph.size:
            union = not graph.iri and there > graph.size
            raise NothingBuilt(
                f"{graph.iri or 'the default graph'} holds {there:,} triples there, not {graph.size:,}",
                where=remote.url,
                hint="the server's default graph must not be the union of the named ones"
                if union
                else "somebody else writes there, or the server counts otherwise; run it again",
            )
