"""The graph on disk: quads → `graph.nq` and the Oxigraph store of the same quads, and back.

The default graph holds each distinct triple of all named graphs but the evidence, once; so a COUNT is right, and is
the same in Oxigraph, in rdflib and on any server, with no union switch.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from kg.errors import KgError, NoGraph
from kg.generations import current

if TYPE_CHECKING:
    from rdflib import Dataset

EVIDENCE = "#evidence"
"""How the IRI of a graph ends whose triples stay out of the default graph."""
WHOLE, PUBLIC = "store", "public"
"""The folders of a generation's stores: the whole graph, and the one in which citizens are masked."""


def write_graph(folder: Path, quads: Iterable[Quad]) -> dict[str, int]:
    """Write `graph.nq` and `store/` into `folder`; the bytes depend on the set of quads alone, not on their order.

    In `graph.nq` the default graph stands first, then the named graphs in the order of their IRIs, the lines sorted
    inside each (by code point, as `LC_ALL=C sort` does).

    Args:
        folder: an empty folder, such as a new generation.
        quads: of named graphs only: the default graph is computed from them. The same quad may come twice.

    Returns:
        The number of triples of each graph by its IRI, and of the default graph by `""`.

    Raises:
        KgError: a quad holds a blank node or stands in no named graph.
        OSError: the disk refuses.

    """
    graphs = _lines_by_graph(quads)
    default: set[bytes] = set()
    for iri, lines in graphs.items():
        if not iri.endswith(EVIDENCE):
            tail = len(f" <{iri}> .".encode())
            default.update(line[:-tail] + b" ." for line in lines)
    counts = {"": len(default)} | {iri: len(graphs[iri]) for iri in sorted(graphs)}
    with (folder / "graph.nq").open("wb") as file:
        for lines in (default, *(graphs[iri] for iri in sorted(graphs))):
            file.writelines(line + b"\n" for line in sorted(lines))
    # An in-place load that is killed leaves nothing: the folder must be new. The store is closed when it goes.
    Store(str(folder / WHOLE)).bulk_load(path=str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    return counts


def in_memory(quads: Iterable[Quad]) -> Store:
    """A store of the quads with the same default graph as `write_graph` computes, to ask before anything is written."""
    found = list(quads)
    memory = Store()
    memory.bulk_extend(found)
    memory.bulk_extend(
        Quad(q.subject, q.predicate, q.object, DefaultGraph())
        for q in found
        if isinstance(q.graph_name, NamedNode) and not q.graph_name.value.endswith(EVIDENCE)
    )
    return memory


def read_only(generation: Path, which: str = WHOLE) -> Store:
    """A store of one generation's folder, to read only: the `WHOLE` one or the `PUBLIC` one."""
    return Store.read_only(str(generation / which))


def open_store(build: Path, names: str = "full") -> Store:
    """The store of the current generation, read-only; it keeps answering when a newer generation replaces it.

    Args:
        build: the build folder.
        names: `full`, or `masked` for the graph in which people who are not public are hidden.

    Raises:
        NoGraph: nothing was built in `build`, or its store is broken.

    """
    folder = current(build) / (PUBLIC if names == "masked" else WHOLE)
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise NoGraph(f"the store can't be opened ({error})", where=str(folder), hint="run kg build") from error


def dataset(build: Path, names: str = "full") -> Dataset:
    """The same quads as an rdflib Dataset in memory, for those who live in rdflib (about 10 s for 250,000 quads).

    `names` is as for `open_store`.

    Raises:
        NoGraph: nothing was built in `build`.

    """
    from rdflib import Dataset  # 150 ms that only this call needs

    loaded = Dataset(default_union=False)
    if names == "masked":
        loaded.parse(data=open_store(build, names).dump(format=RdfFormat.N_QUADS), format="nquads")
        return loaded
    with (current(build) / "graph.nq").open("rb") as file:
        loaded.parse(file, format="nquads")
    return loaded


def _lines_by_graph(quads: Iterable[Quad]) -> dict[str, set[bytes]]:
    """The N-Quads lines of each named graph, without their line ends."""
    by_graph: dict[str, list[Quad]] = {}
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, DefaultGraph | BlankNode):
            raise KgError(f"a quad stands in no named graph: {quad}")
        by_graph.setdefault(graph.value, []).append(quad)
    return {iri: _lines(found) for iri, found in by_graph.items()}


def _lines(quads: list[Quad]) -> set[bytes]:
    data = serialize(quads, format=RdfFormat.N_QUADS) or b""
    if b"_:" in data:  # rare, and mostly inside a literal
        _refuse_blank_nodes(quads)
    return set(data.split(b"\n")) - {b""}


def _refuse_blank_nodes(quads: list[Quad]) -> None:
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise KgError(f"a blank node, which has no name that lasts: {quad}")
