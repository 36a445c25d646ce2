"""From records to NetworkX graphs and their measures; none asks the store anything.

Weights are exact fractions, so that no figure depends on the order of the records. NetworkX is imported where it is
used: a fifth of a second that a command without connections need not spend.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kg.network.counts import Counts, Sources, behind, counted, incidence_of, together
from kg.network.records import GROUPS, Record

if TYPE_CHECKING:
    import networkx as nx

_PLACES: Final = Decimal("0.000001")


def sector_theme(
    rows: Iterable[Record], kinds: Sequence[str] = GROUPS["proposals"][0], counting: str = "fractional"
) -> nx.Graph:
    """The two-sided graph of one frame: sectors, or ends of other kinds, on one side, themes on the other.

    One edge means:

    - sector or party – theme: it put forward a proposal on the theme;
    - host – theme: a case that it held was on the theme;
    - capacity – theme: somebody spoke of it in that capacity;
    - committee – theme: its plan or review has an item on it.

    An edge's `weight` is the sum of `shares` over the `records` (IRIs) that make it. A record with several themes
    counts for each of them in full; `main_only` counts it once. The nodes are `End`; `bipartite` is 0, of a theme 1.

    Raises:
        ValueError: the records are of several frames.

    >>> from kg.network.facts import End
    >>> from kg.network.records import Frame
    >>> sector, theme = End("sector", "…/文艺界", "文艺界"), End("theme", "…/夜校", "夜校")
    >>> row = Record("…/甲", Frame("proposals", None, "优秀"), ((sector,),), (theme,), theme)
    >>> sector_theme([row]).edges[sector, theme]
    {'weight': Fraction(1, 1), 'records': ['…/甲']}

    """
    incidence = incidence_of(rows)
    counts = counted(incidence, kinds, counting) if incidence else None
    if incidence and counts:
        return two_sided(counts, behind(incidence, counts))
    import networkx as nx

    return nx.Graph()


def person_theme(rows: Iterable[Record], counting: str = "fractional") -> nx.Graph:
    """The two-sided graph of one frame's proposals: an edge means that the person put forward one on the theme.

    See `sector_theme`; who proposes for a sector or a body is no person here.
    """
    return sector_theme(rows, ("person",), counting)


def place_theme(rows: Iterable[Record], counting: str = "fractional") -> nx.Graph:
    """The two-sided graph of one frame: an edge means that a record on the theme is about, or was held at, the place.

    See `sector_theme`; of a case without a place of its own that of its host is taken.
    """
    return sector_theme(rows, ("place",), counting)


def two_sided(counts: Counts, sources: Sources) -> nx.Graph:
    """The graph of a table of counts: its ends on one side, its themes on the other; see `sector_theme`."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(counts.ends, bipartite=0)
    graph.add_nodes_from(counts.themes, bipartite=1)
    for (i, j), weight in counts.weights.items():
        graph.add_edge(counts.ends[i], counts.themes[j], weight=weight, records=list(sources[i, j]))
    return graph


def sector_sector(graph: nx.Graph) -> nx.Graph:
    """The near side of a two-sided graph, two ends joined where they have themes in common: 议题相近.

    An edge's `shared` are the themes that both have; their number is the weight of the one-mode projection (Newman
    2001, Scientific collaboration networks II, of authors and papers). Its `weight` is the cosine of the two ends' rows
    of weights, Σ a·b / √(Σ a² · Σ b²), above 0 and at most 1 (Salton & McGill 1983, Introduction to Modern Information
    Retrieval). It tells that they take up the same themes, and nothing on whether they agree.

    >>> import networkx as nx
    >>> from kg.network.facts import End
    >>> a, b = End("sector", "a", "甲界"), End("sector", "b", "乙界")
    >>> x, y = End("theme", "x", "夜校"), End("theme", "y", "路灯")
    >>> graph = nx.Graph([(a, x, {"weight": 1}), (a, y, {"weight": 1}), (b, x, {"weight": 1})])
    >>> nx.set_node_attributes(graph, {a: 0, b: 0, x: 1, y: 1}, "bipartite")
    >>> edge = sector_sector(graph).edges[a, b]
    >>> edge["weight"], [theme.label for theme in edge["shared"]]  # 1 / √(2 · 1)
    (Decimal('0.707107'), ['夜校'])

    """
    import networkx as nx

    ends = [node for node, side in graph.nodes(data="bipartite") if side == 0]
    weights = {end: {theme: float(edge["weight"]) for theme, edge in graph[end].items()} for end in ends}
    lengths = {end: math.sqrt(math.fsum(w * w for w in row.values())) for end, row in weights.items()}
    projected = nx.bipartite.weighted_projected_graph(graph, ends) if ends else nx.Graph()  # it refuses an empty graph
    for one, other, edge in projected.edges(data=True):
        edge["shared"] = sorted(set(graph[one]) & set(graph[other]))
        product = math.fsum(weights[one][theme] * weights[other][theme] for theme in edge["shared"])
        edge["weight"] = decimal(product / (lengths[one] * lengths[other]))
    return projected


def theme_theme(rows: Iterable[Record]) -> nx.Graph:
    """The themes of one frame, joined where a record names both.

    An edge's `weight` is the number of its `records` (IRIs): the co-word count (Callon, Courtial, Turner & Bauin 1983,
    From translations to problematic networks). Who proposed them is no matter here, so it is a whole number.

    Raises:
        ValueError: the records are of several frames.

    >>> from kg.network.facts import End
    >>> from kg.network.records import Frame
    >>> x, y = End("theme", "x", "夜校"), End("theme", "y", "路灯")
    >>> row = Record("…/甲", Frame("cases", None, "未知"), (), (x, y), x)
    >>> theme_theme([row]).edges[x, y]
    {'weight': Fraction(1, 1), 'records': ['…/甲']}

    """
    import networkx as nx

    graph = nx.Graph()
    incidence = incidence_of(rows)
    if incidence:
        for (i, j), records in together(incidence).items():
            one, other = incidence.themes[i], incidence.themes[j]
            graph.add_edge(one, other, weight=Fraction(len(records)), records=list(records))
    return graph


def decimal(value: Fraction | float) -> Decimal:
    """A figure with six places, as it is published."""
    exact = Fraction(value)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES)
