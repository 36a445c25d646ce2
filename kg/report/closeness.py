"""Of 附二: which sectors or parties take up like themes, and in what groups, told only where it is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kg import network
from kg.ledger import gb_order
from kg.network.facts import End
from kg.network.graphs import two_sided
from kg.report.parts import Cell, Part, Table, sentence
from kg.report.rounding import rounded

if TYPE_CHECKING:
    import networkx as nx

_MOST_PAIRS: Final = 10
"""Pairs that the table lists."""
_MOST_THEMES: Final = 6
"""Common themes that a pair or a group names."""
_STABLE: Final = 0.8
"""Groups of a lower stability are not shown; see `network.communities_of`."""
_CONSENSUS: Final = 0.75
"""An end of a lower one is named as not certain."""
_Pair = tuple[End, End, dict[str, Any], network.Validated | None]


def closeness(name: str, frame: str, incidence: network.Incidence, counts: network.Counts) -> Iterator[Part]:
    """The pairs with themes in common, and the groups that those make which are more than chance.

    Nothing where the frame has too few records to infer from.

    Args:
        name: what the ends are called: `界别`.
        frame: the name of the frame.
        incidence: its records.
        counts: of these, for the ends.

    """
    if not counts.enough:
        return
    graph = network.sector_sector(two_sided(counts, network.behind(incidence, counts)))
    judged = {(counts.ends[i], counts.ends[j]): v for (i, j), v in network.validated(incidence, counts).items()}
    pairs = sorted(_pairs(graph, judged), key=_order)
    if not pairs:
        yield sentence(f"没有两个{name}的提案涉及同一个具体议题。", kind="note")
        return
    kept = [pair for pair in pairs if pair[3] and pair[3].kept]
    yield sentence(
        f"有共同具体议题的{name}{len(pairs)}对，其中议题相近程度超出偶然的{len(kept)}对。",
        "" if kept else "共同的议题可能只是大家都关注的议题；不作分组。",
    )
    yield _table(name, frame, pairs)
    if kept:
        yield from _groups(name, frame, graph.edge_subgraph([pair[:2] for pair in kept]).copy(), counts)


def _pairs(graph: nx.Graph, judged: Mapping[tuple[End, End], network.Validated]) -> Iterator[_Pair]:
    for one, other, edge in graph.edges(data=True):
        first, second = sorted((one, other), key=_name)
        yield first, second, edge, judged.get((min(one, other), max(one, other)))


def _name(end: End) -> tuple[object, ...]:
    return (gb_order(end.label), end.iri)


def _order(pair: _Pair) -> tuple[object, ...]:
    """Those that are more than chance first, then those with many common themes."""
    first, second, edge, found = pair
    return (not (found and found.kept), -len(edge["shared"]), -edge["weight"], _name(first), _name(second))


def _table(name: str, frame: str, pairs: Sequence[_Pair]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            *((first.label,), (second.label,), (str(len(edge["shared"])),), (_themes(edge["shared"]),)),
            *(
                (rounded(edge["weight"]),),
                (rounded(found.q if found else None, 3),),
                (chance(found.kept if found else None),),
            ),
        )
        for first, second, edge, found in pairs[:_MOST_PAIRS]
    ]
    order = "超出偶然的在前，其次共同议题较多的" if pairs[0][3] and pairs[0][3].kept else "共同议题较多的"
    title = f"议题相近的{name}" + (f"（{order}，共列{len(rows)}对）" if len(pairs) > _MOST_PAIRS else "")
    head = (name, name, "共同议题数", "共同议题", "相似度", "q值", "超出偶然")
    return Table(f"{title}：{frame}", head, tuple(rows), frozenset({2, 4, 5}), whole=frozenset({0, 1, 4, 5, 6}))


def chance(more: bool | None) -> str:
    """Whether something is more than chance, as a cell says it; a dash where it can't be told.

    >>> chance(True), chance(False), chance(None)
    ('★是', '否', '—')
    """
    return "—" if more is None else "★是" if more else "否"


def _themes(themes: Sequence[End]) -> str:
    return "、".join(theme.label for theme in themes[:_MOST_THEMES]) + ("等" if len(themes) > _MOST_THEMES else "")


# -- groups -----------------------------------------------------------------------------------------------------------
def _groups(name: str, frame: str, graph: nx.Graph, counts: network.Counts) -> Iterator[Part]:
    """The groups of ends that are tied by more than chance, and what stands between them."""
    support = network.support_of(counts)
    found = network.communities_of(graph, support)
    if found is None:
        return
    if found.stability < _STABLE:
        yield sentence(
            f"按超出偶然的关联分组，各次结果不一致（稳定度{rounded(found.stability)}，低于{_STABLE}），"
            "不列分组，也不推算谁在组与组之间。"
        )
        return
    groups = [group for group in found.groups if len(group) > 1]
    yield sentence(
        f"只按超出偶然的关联，可归并出议题相近的{name}{len(groups)}组（{found.runs}次计算的稳定度"
        f"{rounded(found.stability)}，模块度{rounded(found.modularity)}）。",
        f"未列入的{name}没有超出偶然的关联。" if sum(map(len, groups)) < len(counts.ends) else "",
    )
    yield _grouped(name, frame, groups, graph, found.consensus)
    yield sentence(network.GROUP_SAID.replace(network.GROUP, f"议题相近的{name}"), kind="note")
    if len(groups) == 1:
        yield sentence("只有一组，不推算谁在组与组之间。")
    else:
        yield from _between(name, graph, support)


def _grouped(
    name: str, frame: str, groups: Sequence[Sequence[End]], graph: nx.Graph, consensus: Mapping[End, float]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for members in sorted((sorted(group, key=_name) for group in groups), key=lambda group: _name(group[0])):
        edges = [edge for _, _, edge in graph.subgraph(members).edges(data=True)]
        common = sorted(set.intersection(*(set(edge["shared"]) for edge in edges)), key=_name)
        unsure = [end.label for end in members if consensus[end] < _CONSENSUS]
        rows.append(
            (
                ("、".join(end.label for end in members),),
                (_themes(common) or "没有各对都有的",),
                ("、".join(unsure) or "无",),
            )
        )
    head = (f"{name}（按音序）", "组内各对都有的议题", "归组不稳的")
    return Table(f"议题相近的{name}分组：{frame}", head, tuple(rows))


def _between(name: str, graph: nx.Graph, support: network.Support) -> Iterator[Part]:
    """Whose themes join the others', and the ties that nothing else doubles; in the order of names."""
    found = network.betweenness(graph, support) or {}
    between = [(end, value) for end, value in sorted(found.items(), key=lambda item: _name(item[0])) if value > 0]
    single = network.bridges(graph, support) or ()
    if between:
        told = "、".join(f"{end.label}（{rounded(value)}）" for end, value in between)
        yield sentence(f"处在其他{name}之间的（居间度，按音序，不是排名，不表示影响力）：{told}。")
    if single:
        pairs = sorted((sorted(pair, key=_name) for pair in single), key=lambda pair: [_name(end) for end in pair])
        told = "、".join(f"{one.label}—{other.label}" for one, other in pairs)
        yield sentence(f"只靠这一条超出偶然的关联相连的（桥）：{told}。")
