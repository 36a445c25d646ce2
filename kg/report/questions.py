"""四、问题与建议: left to the writer, with the facts at hand that a question may start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from kg import network
from kg.ledger import gb_order
from kg.network.facts import End
from kg.report.parts import NO_DATA, Cell, Heading, Part, Table, Text, count, sentence
from kg.report.scope import Frame, Scope

TITLE: Final = "四、问题与建议"

_ELSEWHERE: Final = {"statements": "发言与诉求（条）", "cases": "协商案例（个）", "tasks": "工作计划（项）"}
_ASKED: Final = {"concerns": ("群众的期盼和建议", "条"), "plans": ("工作计划的安排", "项")}
"""Where a gap was seen → what is told of it, and its measure word."""
_MOST: Final = 40
"""Themes that a table lists."""


def section(scope: Scope) -> Iterator[Part]:
    """What is left to be written, and what there is to write it from."""
    yield Text(("（此处由撰稿人补写问题与建议。下面只列可供参考的事实，不作评价。）",), "blank")
    yield Heading(2, "（一）记载不全的提案")
    for frame, heading in scope.headed():
        yield from heading
        yield _without(frame)
    yield Heading(2, "（二）有反映、有安排而暂无对应提案的议题")
    yield from _gaps(scope)
    yield Text(("（落款单位）",), "signature")
    yield Text(("（成文日期）",), "signature")


def _without(frame: Frame) -> Text:
    """What no text says of proposals that are handled on their own."""
    rows = [row for row in frame.rows if not (row.merged_into or "并案" in row.statuses)]
    return sentence(
        *(frame.named, "中，" if len(rows) == len(frame.rows) else "中，不计并案的，"),
        *("没有记载承办单位的", frame.count([r for r in rows if not r.handlers], "没有记载承办单位"), "件，"),
        *("没有记载答复的", frame.count([r for r in rows if not r.replies], "没有记载答复"), "件，"),
        *("没有归入议题的", frame.count([r for r in rows if not r.themes], "没有归入议题"), "件。"),
        "没有记载，是指已录入材料中没有，不等于没有办理、没有答复。",
    )


def _gaps(scope: Scope) -> Iterator[Part]:
    """Themes of concerns, plans and other texts of the committee on which the texts read have no proposal."""
    own = {r.iri: r for r in scope.records if r.frame.channel in _ELSEWHERE and r.frame.committee == scope.committee}
    if not own:
        yield sentence("发言与诉求、协商案例、工作计划：", NO_DATA, "（没有录入这几类材料）。")
        return
    gaps = network.gaps_of(scope.facts, scope.records)
    found = [gap for gap in gaps.found if gap.committee == scope.committee]
    others = _others(scope, own.values(), {gap.theme for gap in found})
    if not found and not others:
        yield sentence("已录入材料中，发言与诉求、协商案例、工作计划涉及的议题都有对应提案。")
    else:
        yield sentence(
            "下面列有反映、有安排而暂无对应提案的议题。说的是已录入材料中暂无，不等于没有提案，也不等于没有重视；"
            "各类名单合在一起看有没有，不比多少。"
        )
    for source in _ASKED:
        yield from _asked_for(source, [gap for gap in found if gap.source == source])
    yield from _elsewhere(others)
    for source, (name, unit) in _ASKED.items():
        without = [iri for iri in gaps.without_theme[source] if iri in own]
        if without:
            number = count(without, f"{name}：没有归入议题")
            yield sentence(f"{name}中没有归入议题的", number, f"{unit}，看不出有没有对应提案。", kind="note")


def _asked_for(source: str, found: Sequence[network.Gap]) -> Iterator[Part]:
    """The themes of one source, each with the words of its records and the cases that there are on it."""
    if not found:
        return
    name, unit = _ASKED[source]
    yield sentence(
        f"{name}涉及而暂无对应提案的议题{len(found)}个",
        f"，下表列所涉材料最多的{_MOST}个。" if len(found) > _MOST else "。",
    )
    most = sorted(found, key=lambda gap: (-len(gap.records), gb_order(gap.theme.label), gap.theme.iri))[:_MOST]
    rows = tuple(
        (
            (gap.theme.label,),
            (count(gap.records, f"{gap.theme.label}：{name}"),),
            (count(gap.cases, f"{gap.theme.label}：协商案例") if gap.cases else "—",),
        )
        for gap in most
    )
    head = ("议题", f"{name}（{unit}）", "协商案例（个）")
    yield Table(f"{network.SOURCES[source]}：{network.NO_PROPOSAL}的议题", head, rows, frozenset({1, 2}))


def _others(scope: Scope, own: Iterable[network.Record], told: Set[End]) -> list[network.Presence]:
    """What else cases and statements name: by members, by bodies, in reviews."""
    themes = {theme for row in own for theme in row.themes} - told
    return [
        presence
        for presence in network.theme_presence(scope.records, network.themes_above(scope.facts))
        if presence.gap and presence.theme in themes and presence.committee == scope.committee
    ]


def _elsewhere(found: Sequence[network.Presence]) -> Iterator[Part]:
    if not found:
        return
    yield sentence(
        f"其他发言、协商案例和工作回顾涉及而暂无对应提案的议题{len(found)}个",
        f"，下表列所涉材料最多的{_MOST}个。" if len(found) > _MOST else "。",
    )
    most = sorted(found, key=lambda p: (-sum(len(p.records[c]) for c in _ELSEWHERE), gb_order(p.theme.label)))[:_MOST]
    for gap in dict.fromkeys(presence.gap for presence in most):
        yield _table(gap, [presence for presence in most if presence.gap == gap])


def _table(gap: str, found: Sequence[network.Presence]) -> Table:
    channels = [channel for channel in _ELSEWHERE if any(presence.records[channel] for presence in found)]
    rows = tuple(
        ((presence.theme.label,), *(_number(presence, channel, presence.theme) for channel in channels))
        for presence in found
    )
    head = ("议题", *(_ELSEWHERE[channel] for channel in channels))
    return Table(f"其他：{gap}的议题", head, rows, frozenset(range(1, len(head))))


def _number(presence: network.Presence, channel: str, theme: End) -> Cell:
    iris = presence.records[channel]
    return (count(iris, f"{theme.label}：{_ELSEWHERE[channel].partition('（')[0]}") if iris else "—",)
