"""附二: which sectors and parties take up which themes, counted in one frame at a time, with method and caveats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from kg import network
from kg.ledger import gb_order
from kg.network.backbone import LEVEL
from kg.network.counts import LEAST_OF_AN_END, LEAST_RECORDS
from kg.network.facts import End
from kg.network.records import Record
from kg.report.closeness import chance, closeness
from kg.report.parts import Cell, Heading, Part, Table, Text, count, sentence
from kg.report.rounding import rounded
from kg.report.scope import Frame, Scope

TITLE: Final = "附二　界别与议题的关联"

_KINDS: Final = {"sector": "界别", "party": "党派"}
"""The ends that are shown, each kind measured apart."""
_MOST: Final = 20
_MOST_ALONE: Final = 10
"""Ties to themes that the table of figures lists, and themes that one sector or party alone raised."""


def section(scope: Scope) -> Iterator[Part]:
    """For each frame a coloured table of sectors and top themes, ties, likeness and concentration; then the method."""
    records = [r for r in scope.records if r.frame.channel == "proposals"]
    above = network.themes_above(scope.facts)
    tops = {theme: path[-1] for theme, path in above.items() if path}
    for frame, heading in scope.headed():
        yield from heading
        own = {row.iri for row in frame.rows}
        mine = [r for r in records if r.iri in own and r.frame.list_kind == frame.list_kind]
        yield from _of_frame(frame, mine, tops, above)
    yield Heading(2, "方法与局限")
    yield from (Text((words,), "note") for words in _METHOD)


_METHOD: Final = (
    "一件提案算在谁名下：界别自己的提案归界别；委员的提案归其界别席位（材料写明的）；党派组织的提案归党派。"
    "联名提案由提案者平均分摊（表中“强度”），在着色表中各计一次。",
    "议题由主题词表在案由中识别，一件提案涉及几个议题的各计一次；大类是议题在主题词表中的最上位。",
    "提升度是实际强度与按边际推算的强度之比，1为相当。q值是单侧超几何检验的p值按Benjamini–Hochberg法作多重比较校正的结果，"
    "小于0.05的可视为不只是偶然，但不表示因果，也不说明原因。"
    f"少于{LEAST_RECORDS}件的范围不推算，少于{LEAST_OF_AN_END}件的一端只列件数。",
    "占比是一端全部强度中在该议题上的部分，介于0和1之间。“超出偶然”指q值小于0.05，用★标出；“—”指件数太少，不能判断。",
    "相似度是议题分布的余弦相似度，介于0和1之间；“议题相近”只表示关注的议题相同，不表示立场一致。"
    "一对是否超出偶然用置换检验，议题大家都关注、联名提出的都不算相近，所以相似度高的不一定超出偶然。",
    "集中度（HHI）是占比的平方和，越接近1越集中在少数议题；标准化后从0到1。"
    "d′从0（与大家的议题分布相同）到1（议题与别人不同），是Blüthgen等2006年提出的专门化指标。",
    "分组用Louvain方法计算多次，各次结果的一致程度（稳定度）不低于0.8才列出。",
    "界别之间、党派之间分别计算，不混在一起；不同届次、不同政协、不同名单分别统计，不相加，不比较。",
)


def _of_frame(
    frame: Frame, records: Sequence[Record], tops: Mapping[str, End], above: Mapping[str, Sequence[End]]
) -> Iterator[Part]:
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
            yield from _strongest(frame, incidence, counts, name)
            yield from closeness(name, frame.name, incidence, counts)
            yield from _specialised(frame, counts, name, joint)
    yield from _raised_by_one(frame, records, above)


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


def _strongest(frame: Frame, incidence: network.Incidence, counts: network.Counts, name: str) -> Iterator[Part]:
    """The ties that are more than chance and those of many records; only counts where nothing may be inferred."""
    sources, figures = network.behind(incidence, counts), network.figures(counts)
    more = {at: None if found.q is None else found.q < LEVEL for at, found in figures.items()}
    first = sorted(
        figures,
        key=lambda at: (
            *(not more[at], -len(sources[at])),
            *(gb_order(counts.ends[at[0]].label), gb_order(counts.themes[at[1]].label)),
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    for i, j in first[:_MOST]:
        end, theme, found = counts.ends[i], counts.themes[j], figures[i, j]
        number = count(sources[i, j], f"{frame.name}：{end.label}—{theme.label}")
        rows.append(
            (
                *((end.label,), (theme.label,), (number,), (rounded(counts.weights[i, j]),)),
                *((rounded(found.share),), (rounded(found.lift),), (rounded(found.q, 3),), (chance(more[i, j]),)),
            )
        )
    head = (name, "具体议题", "件数", "强度", "占比", "提升度", "q值", "超出偶然")
    width = len(head) if counts.enough else 4
    if counts.enough:
        yield sentence(f"{name}与具体议题的关联{len(figures)}条，其中超出偶然的{sum(map(bool, more.values()))}条。")
    else:
        yield sentence(
            f"可归{name}、又有议题的提案{counts.records}件，少于{LEAST_RECORDS}件，"
            "只列件数；不推算提升度、集中度和议题相近程度，也不分组。"
        )
    order = "超出偶然的在前，其次件数较多的" if any(more.values()) else "件数较多的"
    title = f"{name}与具体议题" + (f"（{order}，共列{len(rows)}条）" if len(first) > _MOST else "")
    numeric = frozenset(range(2, min(width, 7)))
    yield Table(f"{title}：{frame.name}", head[:width], tuple(row[:width] for row in rows), numeric)


def _specialised(
    frame: Frame, counts: network.Counts, name: str, joint: Mapping[tuple[End, End], Sequence[str]]
) -> Iterator[Part]:
    """How far each end keeps to few themes, and to others than the rest do; in the order of names."""
    found = dict(zip(counts.ends, network.specialisation_of(counts), strict=True))
    rows: list[tuple[Cell, ...]] = []
    for end in sorted(found, key=lambda e: (gb_order(e.label), e.iri)):
        if (one := found[end]) is None:
            continue
        iris = [iri for (of, _), records in joint.items() if of == end for iri in records]
        number = count(sorted(iris), f"{frame.name}：{end.label}（有议题的提案）")
        rows.append(
            (
                *((end.label,), (number,), (rounded(one.concentration),)),
                *((rounded(one.normalised),), (rounded(one.d_prime),)),
            )
        )
    if not rows:
        return
    head = (name, "件数", "集中度（HHI）", "标准化集中度", "专门化（d′）")
    yield Table(f"各{name}的议题集中度：{frame.name}", head, tuple(rows), frozenset(range(1, len(head))))
    few = len(found) - len(rows)
    yield sentence(
        f"按名称音序排列，不是排名，没有高低好坏之分。件数越少，集中度和d′偶然偏高的可能越大，不宜互相比较。"
        f"{f'另有{few}个{name}少于{LEAST_OF_AN_END}件，不列。' if few else ''}",
        kind="note",
    )


def _raised_by_one(frame: Frame, records: Sequence[Record], above: Mapping[str, Sequence[End]]) -> Iterator[Part]:
    """Themes of some proposals that are all of one sector or party; a theme above that says the same is left out."""
    if len(frame.rows) < LEAST_RECORDS:
        yield sentence(f"提案少于{LEAST_RECORDS}件，几乎每个议题都只由一个界别或党派提出，不列。", kind="note")
        return
    found = network.raised_by_one(records, above)
    said = {(top, one.records) for one in found for top in above.get(one.theme.iri, ())}
    told = [one for one in found if len(one.records) >= LEAST_OF_AN_END and (one.theme, one.records) not in said]
    if not told:
        yield sentence(f"没有{LEAST_OF_AN_END}件以上提案的议题只由一个界别或党派提出。")
        return
    told.sort(key=lambda one: (-len(one.records), gb_order(one.theme.label), one.theme.iri))
    shown = told[:_MOST_ALONE]
    yield sentence(
        f"有{LEAST_OF_AN_END}件以上提案、只由一个界别或党派提出的议题{len(told)}个",
        f"，下面列件数较多的{len(shown)}个" if len(told) > len(shown) else "",
        "（只说提案由谁提出，不表示别人不关注）：",
    )
    for one in shown:
        what = f"{frame.name}：{one.theme.label}（由{one.end.label}提出）"
        yield sentence(one.sentence, "，见", count(one.records, what), "件原文。")
