"""Which ends and ties hold a graph together: betweenness and bridges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kg.network.facts import End
from kg.network.support import Support, measurable

if TYPE_CHECKING:
    import networkx as nx

_FINEST: Final = 10**15
"""Lengths are whole multiples of one over this at the finest."""


def betweenness(graph: nx.Graph, support: Support) -> dict[End, float] | None:
    """How often an end lies on the strongest paths between others, so that their themes meet through its own.

    Σ over the pairs s, t of σ(s, t | v) / σ(s, t), over the (n − 1)(n − 2)/2 pairs that don't hold v, where σ counts
    the shortest paths, and those through v; from 0 to 1 (Freeman 1977, A set of measures of centrality based on
    betweenness; Brandes 2001, A faster algorithm for betweenness centrality). Weights are strengths, so a tie is as
    long as 1 / weight (Newman 2001, Scientific collaboration networks II). Where two paths are equally long matters:
    lengths are compared as whole numbers, which for counts and shares is exact; strengths with many decimals, such as
    cosines, to 15 places.

    It says nothing of influence, and is no rank: of two ends of unequal size the one with more records nearly always
    has more. Don't trust it where nearly all are tied, or where one record more would make another tie.

    Returns:
        None where the frame has too few records (see `measurable`); else a value of each end that has enough of them,
        in order; the others have none.

    Raises:
        ValueError: a strength is negative, or the graph is directed.

    >>> import networkx as nx
    >>> a, b, c, d = ends = [End("sector", name, name) for name in "abcd"]
    >>> weights = [(a, b, 2), (b, c, 2), (a, c, 1), (c, d, 1)]  # a to c: ½ + ½ through b, as short as the direct 1
    >>> graph = nx.Graph([(one, other, {"weight": weight}) for one, other, weight in weights])
    >>> found = betweenness(graph, Support(30, dict.fromkeys(ends, 5)))
    >>> [round(found[end], 6) for end in ends]  # b: half of a–c and of a–d; c: a–d and b–d; each of 3 pairs
    [0.0, 0.333333, 0.666667, 0.0]

    """
    import networkx as nx

    part = measurable(graph, support)
    if part is None:
        return None
    ties = list(part.graph.edges(data="weight"))
    lengths = _lengths([weight for _, _, weight in ties])
    long = nx.Graph()
    long.add_nodes_from(part.graph)
    long.add_weighted_edges_from(
        ((one, other, length) for (one, other, _), length in zip(ties, lengths, strict=True)), weight="length"
    )
    found = nx.betweenness_centrality(long, weight="length", backend="networkx")
    return {end: float(found[place]) for place, end in enumerate(part.nodes)}


def bridges(graph: nx.Graph, support: Support) -> tuple[tuple[End, End], ...] | None:
    """The ties without which the graph would fall into more parts than it has, whatever their strength.

    A tie is a bridge where it lies on no cycle (Tarjan 1974, A note on finding the bridges of a graph). One bridge is
    one tie that nothing else doubles: where it rests on few records, look at these before saying anything.

    Returns:
        None where the frame has too few records (see `measurable`); else pairs of ends, in order.

    Raises:
        ValueError: a strength is negative, or the graph is directed.

    >>> import networkx as nx
    >>> a, b, c, d = ends = [End("sector", name, name) for name in "abcd"]
    >>> graph = nx.Graph([(d, c), (b, c), (a, b), (a, c)])
    >>> nx.set_edge_attributes(graph, 1, "weight")
    >>> [(one.label, other.label) for one, other in bridges(graph, Support(30, dict.fromkeys(ends, 5)))]
    [('c', 'd')]

    """
    import networkx as nx

    part = measurable(graph, support)
    if part is None:
        return None
    found = sorted((min(pair), max(pair)) for pair in nx.bridges(part.graph, backend="networkx"))
    return tuple((part.nodes[one], part.nodes[other]) for one, other in found)


def _lengths(weights: Sequence[Fraction]) -> list[int]:
    """1 / weight of each, times one number for all that makes them whole where there is one below the finest.

    >>> _lengths([Fraction(1), Fraction(2), Fraction(3, 2)])  # times 6
    [6, 3, 4]

    """
    common = math.lcm(*(weight.numerator for weight in weights))
    return [round(min(common, _FINEST) / weight) for weight in weights]
