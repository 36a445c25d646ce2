"""The graph as NetworkX graphs: the facts between things, and the computed ties between them.

A node is an IRI with its `kind` and its `label`; what its class's table has in its cells are its other attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.class_tables import Cell, Table, tables
from kg.vocab import compact

if TYPE_CHECKING:
    import networkx as nx

_NO_NODES: Final = frozenset({"affiliation", "connection", "document", "evidence", "links"})
_NO_ATTRIBUTES: Final = frozenset({"id", "name", "from", "to", "wasDerivedFrom"})


def facts(store: Store) -> nx.MultiDiGraph:
    """Things and the facts between them.

    An edge's key and its attribute `property` is the property's compact IRI. A post is an edge from a person to a body,
    `zx:affiliation`, with its `role`. What no fact ties to anything, and themes that nothing is about, are left out.
    """
    import networkx as nx

    made = {table.name: table for table in tables(store)}
    graph = nx.MultiDiGraph()
    for table in made.values():
        if table.name not in _NO_NODES:
            for row in table.rows:
                label = row[1] or compact(str(row[0]))
                about = {"kind": table.english, "kind_zh": table.title, "label": label}
                graph.add_node(row[0], **about, **_attributes(table, row))
    links = [(str(s), str(p), str(o)) for s, p, o in made["links"].rows]
    bodies = {s: o for s, p, o in links if p == "org:organization"}
    roles = {row[0]: row[1] for row in made["affiliation"].rows} if "affiliation" in made else {}
    for subject, predicate, value in links:
        role, end = roles.get(value), bodies.get(value, value)
        if subject in graph and end in graph:
            post = {"role": role} if role else {}
            graph.add_edge(
                subject, end, key=" ".join([predicate, *map(str, post.values())]), property=predicate, **post
            )
    graph.remove_nodes_from(_idle_themes(graph))
    graph.remove_nodes_from([node for node, degree in graph.degree() if not degree])
    return graph


def ties(store: Store) -> nx.MultiGraph:
    """The computed ties: an edge's key is the tie's IRI, its attributes are the figures, the `channel` and `frame`."""
    import networkx as nx

    made = {table.name: table for table in tables(store)}
    graph = nx.MultiGraph()
    if "connection" not in made:
        return graph
    ends = {(s, p): str(o) for s, p, o in made["links"].rows if p in {"zx:from", "zx:to"}}
    things = {row[0]: {"kind": t.english, "label": row[1]} for t in made.values() if t.key for row in t.rows}
    for row in made["connection"].rows:
        start, end = ends[row[0], "zx:from"], ends[row[0], "zx:to"]
        graph.add_nodes_from((node, things.get(node, {"label": compact(node)})) for node in (start, end))
        graph.add_edge(start, end, key=row[0], **_attributes(made["connection"], row))
    return graph


def _idle_themes(graph: nx.MultiDiGraph) -> list[str]:
    """The themes that nothing is about, nor anything below them."""
    kinds: Mapping[str, str] = dict(graph.nodes(data="kind"))
    open_ = [end for start, end in graph.edges() if kinds[end] == "Theme" != kinds[start]]
    used: set[str] = set()
    while open_:
        theme = open_.pop()
        if theme not in used:
            used.add(theme)
            open_ += [above for _, above, key in graph.out_edges(theme, keys=True) if key == "skos:broader"]
    return [node for node in graph if kinds[node] == "Theme" and node not in used]


def _attributes(table: Table, row: tuple[Cell, ...]) -> dict[str, Cell]:
    """A row's cells by their columns' names, those without a value and those told as edges left out."""
    pairs = zip(table.columns, row, strict=True)
    return {c.name: cell for c, cell in pairs if cell is not None and c.name not in _NO_ATTRIBUTES}
