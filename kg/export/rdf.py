"""The graph as RDF: one file a syntax, the same bytes from the same quads."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, serialize

from kg.vocab import PREFIXES


def turtle(store: Store, folder: Path) -> list[str]:
    """`graph.ttl`: the default graph, which holds every fact once and no evidence."""
    triples = sorted({q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())}, key=str)
    return _written(triples, folder / "graph.ttl", RdfFormat.TURTLE)


def trig(store: Store, folder: Path) -> list[str]:
    """`graph.trig`: every graph, the evidence of each text too."""
    return _written(_quads(store), folder / "graph.trig", RdfFormat.TRIG)


def nquads(store: Store, folder: Path) -> list[str]:
    """`graph.nq`: every graph, a line each quad."""
    return _written(_quads(store), folder / "graph.nq", RdfFormat.N_QUADS)


def json_ld(store: Store, folder: Path) -> list[str]:
    """`graph.jsonld`: every graph, as one JSON document."""
    return _written(_quads(store), folder / "graph.jsonld", RdfFormat.JSON_LD)


def _quads(store: Store) -> list[Quad]:
    """All quads, the default graph first, then the named ones in the order of their IRIs."""
    return sorted(store, key=lambda q: ("" if isinstance(q.graph_name, DefaultGraph) else str(q.graph_name), str(q)))


def _written(told: list[Quad] | list[Triple], path: Path, form: RdfFormat) -> list[str]:
    with path.open("wb") as file:
        serialize(told, file, form, prefixes=PREFIXES)  # N-Quads has no prefixes and leaves them out
    return [path.name]
