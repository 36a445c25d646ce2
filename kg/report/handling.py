"""二、办理: who handles the proposals, what was answered, what the proposers think, and which are key ones.

Bodies stand in the order of a Chinese list and are never ranked; satisfaction is counted over all and for no body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.ledger import ROLES, Row, gb_order
from kg.report.parts import NO_DATA, Bars, Cell, Figure, Heading, Part, Run, Table, Text, day, sentence
from kg.report.scope import Frame, Scope
from kg.report.tally import UNSAID, breakdown, tabled, unsaid

TITLE: Final = "二、办理"

_FEEDBACK: Final = ("满意", "基本满意", "不满意")
_LONGEST: Final = 12
"""An outcome of more characters is told by what it means."""
_OTHER_WORDS: Final = "其他表述"
_MOST_KEY: Final = 30
"""Key proposals that a table lists; of more, the figure opens all."""


def section(scope: Scope) -> Iterator[Part]:
    """Handlers, replies, feedback, key proposals."""
    for title, told in (
        ("（一）承办单位", _handlers),
        ("（二）答复与办理结果", _replies),
        ("（三）提案者反馈", _feedback),
        ("（四）重点提案与督办", _key),
    ):
        yield Heading(2, title)
        for frame, heading in scope.headed():
            yield from heading
            yield from told(frame)


def _handlers(frame: Frame) -> Iterator[Part]:
    handled = [row for row in frame.rows if row.handlers]
    if not handled:
        yield sentence(frame.named, "的承办单位：", NO_DATA, "。")
        return
    without = [row for row in frame.rows if not row.handlers]
    bodies = sorted({(h.label, h.iri) for row in handled for h in row.handlers}, key=lambda b: (gb_order(b[0]), b[1]))
    yield sentence(
        *(frame.named, "中，有承办单位记载的", frame.count(handled, "有承办单位记载"), "件，无记载的"),
        *(frame.count(without, "无承办单位记载"), "件", merged(frame, without), f"；涉及承办单位{len(bodies)}个。"),
    )
    roles = [role for role in ROLES.values() if any(h.role == role for row in handled for h in row.handlers)]
    rows: list[tuple[Cell, ...]] = []
    for label, iri in bodies:
        each: list[Run] = []
        for role in roles:
            mine = [row for row in handled if any(h.iri == iri and h.role == role for h in row.handlers)]
            each.append(frame.count(mine, f"{label}（{role}）"))
        rows.append(((label,), *((number,) for number in each)))
    head = ("承办单位", *(f"{role}（件）" for role in roles))
    yield Table(f"承办单位：{frame.name}", head, tuple(rows), frozenset(range(1, len(head))))
    yield Text(
        ("按单位名称音序排列，不是排名。一件提案由几个单位办理的，各计一次，所以各项之和可能大于件数。",), "note"
    )


def merged(frame: Frame, rows: Sequence[Row]) -> Cell:
    """`（含并案3件，随主案办理）`, where some of the rows were merged into others."""
    found = [row for row in rows if row.merged_into or "并案" in row.statuses]
    return ("（含并案", frame.count(found, "并案"), "件，随主案办理）") if found else ()


def outcomes(row: Row) -> tuple[str, ...]:
    """What replies say came of it: the words as written where they are short, else what they mean."""
    said = {_outcome(reply.as_written, reply.outcome) for reply in row.replies}
    return tuple(sorted(said - {""}))


def _outcome(as_written: str, meaning: str) -> str:
    if as_written and len(as_written) <= _LONGEST:
        return as_written
    return meaning or (_OTHER_WORDS if as_written else "")


def _replies(frame: Frame) -> Iterator[Part]:
    answered = [row for row in frame.rows if row.replies]
    if not answered:
        yield sentence(frame.named, "的答复与办理结果：", NO_DATA, "。")
        return
    without = [row for row in frame.rows if not row.replies]
    yield sentence(
        *(frame.named, "中，有答复记载的", frame.count(answered, "有答复记载"), "件，无答复记载的"),
        *(frame.count(without, "无答复记载"), "件", merged(frame, without), _dated(answered), "。"),
    )
    parts = breakdown(answered, outcomes)
    if not parts.said:
        yield sentence("有答复的提案，办理结果：", NO_DATA, "。")
        return
    yield Bars("办理结果", "件", tuple((label, len(rows)) for label, rows in parts.parts))
    yield tabled("办理结果（有答复的提案）", "办理结果（照原文）", frame.name, parts)
    yield Text(
        ("办理结果照材料原文；A、B、C等类别的含义由各地自定，不能跨地区比较。无答复记载不等于没有答复。",), "note"
    )


def _dated(rows: Sequence[Row]) -> str:
    days = sorted(reply.date for row in rows for reply in row.replies if len(reply.date) == 10)
    if not days:
        return ""
    first, last = (day(iso) for iso in (days[0], days[-1]))
    return f"；写明日期的答复在{first}至{last}之间" if first != last else f"；答复日期为{first}"


def _feedback(frame: Frame) -> Iterator[Part]:
    answered = [row for row in frame.rows if row.replies]
    parts = breakdown(answered, lambda row: tuple(sorted({r.feedback for r in row.replies} - {""})), _FEEDBACK)
    if not parts.said:
        yield sentence(frame.named, "的提案者意见：", NO_DATA, "。" if answered else "（没有答复记载）。")
        return
    known = [row for label, rows in parts.parts if label != UNSAID for row in rows]
    yield sentence(
        *(frame.named, "中有答复的", frame.count(answered, "有答复记载"), "件，写明提案者意见的"),
        *(frame.count(known, "写明提案者意见"), "件", unsaid(frame, parts, "意见"), "。只作总数统计，不按单位分列。"),
    )
    yield tabled("提案者意见（有答复的提案）", "提案者意见", frame.name, parts)


def _key(frame: Frame) -> Iterator[Part]:
    key = [row for row in frame.rows if row.key or row.supervisors]
    if not key:
        yield sentence(frame.named, "的重点提案与督办：", NO_DATA, "（材料没有写明）。")
        return
    supervised = [row for row in key if row.supervisors]
    yield sentence(
        *(frame.named, "中，写明为重点提案或有督办安排的", frame.count(key, "重点提案或有督办安排")),
        *("件，其中写明督办者的", frame.count(supervised, "写明督办者"), "件。"),
        f"下表列前{_MOST_KEY}件，全部可由件数点开。" if len(key) > _MOST_KEY else "",
    )
    numbered = any(row.number for row in key)
    rows = [
        (
            *(((row.number or NO_DATA,),) if numbered else ()),
            (Figure(row.title, row.title, (row.iri,)),),
            ("、".join(who.label for who in row.proposers) or NO_DATA,),
            ("、".join(who.label for who in row.supervisors) or NO_DATA,),
            ("、".join(h.label for h in row.handlers if h.role == row.handlers[0].role) or NO_DATA,),
        )
        for row in key[:_MOST_KEY]
    ]
    head = (*(("编号",) if numbered else ()), "案由", "提案者", "督办者", "主办（承办）单位")
    whole = frozenset({0}) if numbered else frozenset[int]()
    yield Table(f"重点提案与督办：{frame.name}", head, tuple(rows), whole=whole)
