"""How many records a graph and each of its nodes rest on, and what of it may be measured at all."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from kg.network.counts import LEAST_OF_AN_END, LEAST_RECORDS, Counts
from kg.network.facts import End

if TYPE_CHECKING:
    import networkx as nx


class Support(NamedTuple):
    """What the figures of one frame rest on."""

    records: int
    """How many records the frame has."""
    of_each: Mapping[End, int]
    """How many of them count for each end, and are on each theme."""


class Measurable(NamedTuple):
    """The part of a graph that may be measured, in one form whatever the order of what was handed in."""

    nodes: tuple[End, ...]
    """Sorted."""
    graph: nx.Graph
    """Undirected; its nodes are the places in `nodes`, the `weight` of an edge is a Fraction above 0."""
    left_out: tuple[End, ...]
    """The nodes with fewer than 3 records, sorted."""


def support_of(counts: Counts) -> Support:
    """The support of one frame's ends and themes."""
    return Support(
        counts.records,
        {
            **dict(zip(counts.ends, counts.of_end.tolist(), strict=True)),
            **dict(zip(counts.themes, counts.of_theme.tolist(), strict=True)),
        },
    )


def measurable(graph: nx.Graph, support: Support) -> Measurable | None:
    """The nodes with at least 3 records, and the ties between them; None where the frame has fewer than 30.

    A tie of strength 0 is none. A node that `support` doesn't name has no records.

    Args:
        graph: undirected; an edge's `weight` is its strength.
        support: of the frame that the graph was made from.

    Raises:
        ValueError: a strength is negative, or the graph is directed.

    >>> import networkx as nx
    >>> a, b, c = (End("sector", name, name) for name in "abc")
    >>> graph = nx.Graph([(c, a, {"weight": 2}), (a, b, {"weight": 1})])
    >>> measurable(graph, Support(29, {a: 9, b: 9, c: 9}))
    >>> part = measurable(graph, Support(30, {c: 3, b: 2, a: 9}))
    >>> [end.label for end in part.nodes], list(part.graph.edges(data="weight")), part.left_out[0].label
    (['a', 'c'], [(0, 1, Fraction(2, 1))], 'b')

    """
    import networkx as nx

    if graph.is_directed():
        raise ValueError("the graph is directed; these measures are of undirected ones")
    if support.records < LEAST_RECORDS:
        return None
    nodes = tuple(sorted(node for node in graph if support.of_each.get(node, 0) >= LEAST_OF_AN_END))
    places = {node: place for place, node in enumerate(nodes)}
    edges = {}
    for one, other, weight in graph.edges(data="weight"):
        if weight < 0:
            raise ValueError(f"a strength is negative: {weight}")
        if one in places and other in places and weight > 0:
            edges[min(places[one], places[other]), max(places[one], places[other])] = Fraction(weight)
    part = nx.Graph()
    part.add_nodes_from(range(len(nodes)))
    part.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(edges.items()))
    return Measurable(nodes, part, tuple(sorted(set(graph).difference(nodes))))
