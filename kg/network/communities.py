"""Groups of ends whose themes lie close together (议题相近的界别), and how far to believe them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final

from kg.network.facts import End
from kg.network.support import Support, measurable

if TYPE_CHECKING:
    import networkx as nx

RUNS: Final = 25
"""How often the groups are sought, each time from another seed."""
GROUP: Final = "议题相近的界别"
"""What a group is called."""
GROUP_SAID: Final = (
    "“议题相近的界别”由算法按所提议题的相近程度归并，只表示关注的议题相近，不表示立场一致，也不表示有组织上的联系。"
)
"""To be printed below groups."""

_PLACES: Final = 12
"""Modularities that agree to so many places are equal: the rest is floating point."""

Partition = tuple[int, ...]
"""The group of each node, groups numbered in the order in which they turn up: one partition, one tuple."""


@dataclass(frozen=True, slots=True)
class Communities:
    """The best partition that was found, and how much of it is chance."""

    groups: tuple[tuple[End, ...], ...]
    """The largest first, then by their first end; an end that fits nowhere is a group of its own."""
    modularity: float
    """Of these groups, from −½ to below 1."""
    stability: float
    """Mean adjusted Rand index of the runs, two by two: 1 where all agree, about 0 where no more than by chance."""
    consensus: Mapping[End, float]
    """How far the runs gave an end the same group as here: mean Jaccard index, above 0 and at most 1."""
    runs: int
    best: int
    """How many of the runs ended in exactly these groups."""
    left_out: tuple[End, ...]
    """Those with fewer than 3 records, which are in no group: to be named below the groups."""


def communities_of(graph: nx.Graph, support: Support, runs: int = RUNS) -> Communities | None:
    """Which ends lie closer to each other, by their themes, than their strengths alone would bring them.

    Modularity, Q = Σ over the groups of (w/W − (s/2W)²), where W is the weight of all ties, w that of the ties within
    the group and s the sum of its ends' strengths, is maximised by Louvain's method from `runs` seeds (Newman & Girvan
    2004, Finding and evaluating community structure in networks; Blondel, Guillaume, Lambiotte & Lefebvre 2008, Fast
    unfolding of communities in large networks). A group that falls into unconnected parts, which Louvain can leave
    (Traag, Waltman & van Eck 2019, From Louvain to Leiden), is split into them; that only raises Q. Of the partitions
    found the one with the largest Q is taken, then that with the fewest groups, then the first in order.

    How far to believe it: `stability` is the mean adjusted Rand index over all pairs of runs (Hubert & Arabie 1985,
    Comparing partitions). It is corrected for chance, which normalised mutual information is not: that one grows with
    the number of groups (Vinh, Epps & Bailey 2010, Information theoretic measures for clusterings comparison).
    `consensus` does for one end what Hennig 2007 (Cluster-wise assessment of cluster stability) does for a cluster.

    One group of all that are tied says that no groups were found. Don't trust groups where `stability` is below about
    0.8 (a rule of thumb), nor an end's where its `consensus` is below 0.75 (Hennig's limit for a cluster); nor Q by
    itself, for random graphs have a high one too (Guimerà, Sales-Pardo & Amaral 2004), and small groups within large
    graphs are overlooked (Fortunato & Barthélemy 2007). In a projection in which nearly all are tied, keep the ties
    that are more than chance first. Groups of a two-sided graph need another null model (Barber 2007): hand in
    projections.

    Returns:
        None where the frame has too few records (see `measurable`), or where nothing that may be measured is tied.

    Raises:
        ValueError: a strength is negative, or the graph is directed.

    >>> import networkx as nx
    >>> ends = [End("sector", name, name) for name in "abcdef"]
    >>> pairs = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]  # two triangles, joined by one tie
    >>> graph = nx.Graph([(ends[i], ends[j], {"weight": 1}) for i, j in pairs])
    >>> found = communities_of(graph, Support(30, dict.fromkeys(ends, 5)))
    >>> [[end.label for end in group] for group in found.groups]
    [['a', 'b', 'c'], ['d', 'e', 'f']]
    >>> round(found.modularity, 6), found.stability  # 2 · (3/7 − (7/14)²)
    (0.357143, 1.0)

    """
    import networkx as nx

    part = measurable(graph, support)
    if part is None or not part.graph.size():
        return None
    floats = nx.Graph()
    floats.add_nodes_from(part.graph)
    floats.add_weighted_edges_from((one, other, float(w)) for one, other, w in part.graph.edges(data="weight"))
    found = Counter(_louvain(floats, seed) for seed in range(runs))
    quality = {partition: _modularity(floats, partition) for partition in found}
    best = min(found, key=lambda partition: (-round(quality[partition], _PLACES), max(partition), partition))
    groups = [tuple(part.nodes[node] for node in sorted(group)) for group in _groups(best)]
    return Communities(
        tuple(sorted(groups, key=lambda group: (-len(group), group))),
        modularity=round(quality[best], _PLACES) + 0.0,  # no -0.0
        stability=_stability(found),
        consensus=dict(zip(part.nodes, _consensus(best, found), strict=True)),
        runs=runs,
        best=found[best],
        left_out=part.left_out,
    )


def adjusted_rand(one: Partition, other: Partition) -> float:
    """How far two partitions of the same nodes put the same pairs together, corrected for chance.

    (a − bc/t) / ((b + c)/2 − bc/t), where of the t pairs of nodes b are together in the one, c in the other and a in
    both. 1 where they are the same, 0 on average where they have nothing to do with each other; it can be below.
    (Hubert & Arabie 1985, Comparing partitions.)

    >>> adjusted_rand((0, 0, 1, 1), (0, 0, 1, 2))  # a = c = 1, b = 2, t = 6: (1 − 1/3) / (3/2 − 1/3)
    0.5714285714285714

    """

    def pairs(labels: Iterable[object]) -> int:
        return sum(comb(size, 2) for size in Counter(labels).values())

    together, in_one, in_other = pairs(zip(one, other, strict=True)), pairs(one), pairs(other)
    every = comb(len(one), 2)
    least_chance = (in_one + in_other) * every - 2 * in_one * in_other
    return 2 * (together * every - in_one * in_other) / least_chance if least_chance else 1.0


def _louvain(graph: nx.Graph, seed: int) -> Partition:
    """One run. The backend is named so that no setting of NetworkX's sends it elsewhere."""
    import networkx as nx

    labels = [0] * len(graph)
    number = 0
    for group in nx.community.louvain_communities(graph, seed=seed, backend="networkx"):
        for connected in nx.connected_components(graph.subgraph(group)):
            for node in connected:
                labels[node] = number
            number += 1
    order = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    return tuple(order[label] for label in labels)


def _groups(partition: Partition) -> list[set[int]]:
    groups: list[set[int]] = [set() for _ in range(max(partition) + 1)]
    for node, label in enumerate(partition):
        groups[label].add(node)
    return groups


def _modularity(graph: nx.Graph, partition: Partition) -> float:
    import networkx as nx

    return float(nx.community.modularity(graph, _groups(partition), backend="networkx"))


def _stability(found: Mapping[Partition, int]) -> float:
    """The mean over all pairs of runs; of one run alone, 1."""
    runs = sum(found.values())
    agreed = sum(comb(times, 2) for times in found.values()) + sum(
        found[one] * found[other] * adjusted_rand(one, other) for one, other in combinations(sorted(found), 2)
    )
    return agreed / comb(runs, 2) if runs > 1 else 1.0


def _consensus(best: Partition, found: Mapping[Partition, int]) -> list[float]:
    """For each node the mean Jaccard index of its group in a run and in the best partition."""
    runs = sum(found.values())
    total = [0.0] * len(best)
    size = Counter(best)
    for partition, times in sorted(found.items()):
        sizes, both = Counter(partition), Counter(zip(best, partition, strict=True))
        for node, (label, other) in enumerate(zip(best, partition, strict=True)):
            shared = both[label, other]
            total[node] += times * shared / (size[label] + sizes[other] - shared)
    return [value / runs for value in total]
