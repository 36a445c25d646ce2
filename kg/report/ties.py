"""附二: which sectors and parties take up which themes, counted in one frame at a time, with method and caveats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Final

from kg import network
from kg.ledger import gb_order
from kg.network.counts import LEAST_OF_AN_END, LEAST_RECORDS
from kg.network.facts import End
from kg.network.records import Record
from kg.report.parts import Cell, Heading, Part, Table, Text, count, sentence
from kg.report.scope import Frame, Scope

if TYPE_CHECKING:
    import networkx as nx

TITLE: Final = "附二　界别与议题的关联"

_KINDS: Final = {"sector": "界别", "party": "党派"}
"""The ends that are shown, each kind measured apart."""
_MOST: Final = 20
_MOST_PAIRS: Final = 10
"""Ties to themes, and pairs of sectors, that a table of figures lists."""


def section(scope: Scope) -> Iterator[Part]:
    """A coloured table of sectors and top themes for each frame, the strongest ties, and how both were counted."""
    records = [r for r in network.read_records(scope.store) if r.frame.channel == "proposals"]
    tops = network.Facts(scope.store).tops()
    for frame, heading in scope.headed():
        yield from heading
        own = {row.iri for row in frame.rows}
        yield from _of_frame(frame, [r for r in records if r.iri in own and r.frame.list_kind == frame.list_kind], tops)
    yield Heading(2, "方法与局限")
    yield from (Text((words,), "note") for words in _METHOD)


_METHOD: Final = (
    "一件提案算在谁名下：界别自己的提案归界别；委员的提案归其界别席位（材料写明的）；党派组织的提案归党派。"
    "联名提案由提案者平均分摊（表中“强度”），在着色表中各计一次。",
    "议题由主题词表在案由中识别，一件提案涉及几个议题的各计一次；大类是议题在主题词表中的最上位。",
    "提升度是实际强度与按边际推算的强度之比，1为相当。q值是单侧超几何检验的p值按Benjamini–Hochberg法作多重比较校正的结果，"
    "小于0.05的可视为不只是偶然，但不表示因果，也不说明原因。"
    f"少于{LEAST_RECORDS}件的范围不推算，少于{LEAST_OF_AN_END}件的一端只列件数。",
    "相似度是议题分布的余弦相似度，介于0和1之间；“议题相近”只表示关注的议题相同，不表示立场一致。",
    "界别之间、党派之间分别计算，不混在一起；不同届次、不同政协、不同名单分别统计，不相加，不比较。",
)


def _of_frame(frame: Frame, records: Sequence[Record], tops: Mapping[str, End]) -> Iterator[Part]:
    coverage = network.coverage_of(records)
    if coverage:
        yield sentence(coverage[0].sentence)
    joint = _joint(records, tops)
    if not joint:
        yield sentence("可归界别或党派、又有议题的提案：没有，不列关联。")
        return
    yield _heat_map(frame, joint)
    incidence = network.incidence_of(records)
    for kind, name in _KINDS.items():
        counts = network.counted(incidence, (kind,)) if incidence else None
        if incidence and counts:
            yield _strongest(frame, incidence, counts, name)
            yield from _similar(frame, network.sector_theme(records, (kind,)), name)


def _joint(records: Sequence[Record], tops: Mapping[str, End]) -> dict[tuple[End, End], list[str]]:
    """(sector or party, top theme) → the records that join them."""
    joint: dict[tuple[End, End], list[str]] = {}
    for record in records:
        ends = {end for agent in record.agents for end in agent if end.kind in _KINDS}
        for end, theme in product(ends, {tops.get(theme.iri, theme) for theme in record.themes}):
            joint.setdefault((end, theme), []).append(record.iri)
    return joint


def _heat_map(frame: Frame, joint: Mapping[tuple[End, End], Sequence[str]]) -> Table:
    """Sectors and parties by top themes: how many records join them, darker where there are more."""
    ends = sorted({end for end, _ in joint}, key=lambda e: (list(_KINDS).index(e.kind), gb_order(e.label), e.iri))
    themes = sorted({theme for _, theme in joint}, key=lambda t: (gb_order(t.label), t.iri))
    most = max(len(found) for found in joint.values())
    rows: list[tuple[Cell, ...]] = []
    shades: dict[tuple[int, int], int] = {}
    for i, end in enumerate(ends):
        cells: list[Cell] = [(end.label,)]
        for j, theme in enumerate(themes, start=1):
            found = joint.get((end, theme), [])
            cells.append((count(found, f"{frame.name}：{end.label}—{theme.label}"),) if found else ("",))
            if found:
                shades[i, j] = 1 + (4 * (len(found) - 1)) // max(1, most - 1) if most > 1 else 1
        rows.append(tuple(cells))
    head = ("界别或党派", *(theme.label for theme in themes))
    numeric = frozenset(range(1, len(head)))
    return Table(
        f"界别、党派与议题大类（件）：{frame.name}", head, tuple(rows), numeric, shades=shades, upright=len(head) > 4
    )


def _strongest(frame: Frame, incidence: network.Incidence, counts: network.Counts, name: str) -> Table:
    """The ties of many records; with lift and q where there are enough records to infer from."""
    sources, figures = network.behind(incidence, counts), network.figures(counts)
    many = sorted(
        figures,
        key=lambda at: (-len(sources[at]), gb_order(counts.ends[at[0]].label), gb_order(counts.themes[at[1]].label)),
    )
    rows: list[tuple[Cell, ...]] = []
    for i, j in many[:_MOST]:
        end, theme, found = counts.ends[i], counts.themes[j], figures[i, j]
        number = count(sources[i, j], f"{frame.name}：{end.label}—{theme.label}")
        rows.append(
            (
                *((end.label,), (theme.label,), (number,), (_figure(counts.weights[i, j]),)),
                *((_figure(found.lift),), (_figure(found.q, 3),)),
            )
        )
    head = (name, "具体议题", "件数", "强度", "提升度", "q值")
    width = len(head) if counts.enough else 4
    title = f"{name}与具体议题" + (f"（件数较多的{len(rows)}条）" if len(many) > _MOST else "")
    return Table(f"{title}：{frame.name}", head[:width], tuple(row[:width] for row in rows), frozenset(range(2, width)))


def _similar(frame: Frame, graph: nx.Graph, name: str) -> Iterator[Part]:
    pairs = []
    for one, other, edge in network.sector_sector(graph).edges(data=True):
        first, second = sorted((one, other), key=lambda e: (gb_order(e.label), e.iri))
        pairs.append((-len(edge["shared"]), -edge["weight"], gb_order(first.label), first, second, edge))
    if not pairs:
        yield sentence(f"没有两个{name}的提案涉及同一个具体议题。", kind="note")
        return
    rows = tuple(
        (
            (first.label,),
            (second.label,),
            (str(len(edge["shared"])),),
            ("、".join(theme.label for theme in edge["shared"][:6]) + ("等" if len(edge["shared"]) > 6 else ""),),
            (_figure(edge["weight"]),),
        )
        for _, _, _, first, second, edge in sorted(pairs, key=lambda pair: pair[:3])[:_MOST_PAIRS]
    )
    title = f"议题相近的{name}" + (f"（共同议题较多的{len(rows)}对）" if len(pairs) > _MOST_PAIRS else "")
    head = (name, name, "共同议题数", "共同议题", "相似度")
    yield Table(f"{title}：{frame.name}", head, rows, frozenset({2, 4}), whole=frozenset({0, 1}))


def _figure(value: Fraction | Decimal | float | None, places: int = 2) -> str:
    """Rounded; a dash where there is none.

    >>> _figure(Fraction(1, 3)), _figure(Decimal("2.000000")), _figure(None), _figure(0.00001, 3)
    ('0.33', '2', '—', '<0.001')
    """
    if value is None:
        return "—"
    rounded = round(Decimal(f"{float(value):.12g}"), places)
    return f"{rounded.normalize():f}" if rounded or not value else f"<{Decimal(1).scaleb(-places)}"
