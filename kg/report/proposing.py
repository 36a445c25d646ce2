"""一、提出与立案: how many were received and accepted, who proposed them, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.ledger import Row, gb_order
from kg.occasions import ALL
from kg.report.parts import NO_DATA, Bars, Cell, Heading, Part, Table, Text, count, listed, sentence
from kg.report.scope import Frame, Occasion, Scope
from kg.report.tally import DISPUTED, UNSAID, Breakdown, breakdown, tabled, unsaid

TITLE: Final = "一、提出与立案"

CATEGORIES: Final = ("经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设")
_REVIEWS: Final = ("立案", "并案", "不予立案", "撤案", "转办")
_REFUSED: Final = frozenset({"不予立案", "撤案", "转办"})
_LATER: Final = "交办"
"""Said beside how it was received: an accepted proposal is handed out to be handled."""
_KINDS: Final = ("委员个人", "委员联名", "党派", "人民团体", "界别", "委员小组", "专门委员会", "委员工作室")
_SINGLE: Final = frozenset({"委员个人", "委员联名"})


def section(scope: Scope) -> Iterator[Part]:
    """How many, by whom, about what."""
    yield Heading(2, "（一）收到与审查立案")
    yield from _review(scope.occasions)
    yield Heading(2, "（二）提案者")
    for frame, heading in scope.headed():
        yield from heading
        yield from _proposers(frame)
    yield Heading(2, "（三）内容分类")
    for frame, heading in scope.headed():
        yield from heading
        yield from _categories(frame)


# -- received and accepted --------------------------------------------------------------------------------------------
def review(row: Row) -> tuple[str, ...]:
    """How it was received: by its status, else by the list in which it stands; what came later has the last word.

    A proposal that was accepted and then merged or withdrawn counts as merged or withdrawn.
    """
    said = set(row.statuses) - {_LATER}
    if not said and (ALL in row.list_kinds or row.statuses):
        said = {"立案"}
    if len(said) > 1:
        said.discard("立案")
    return tuple(sorted(said))


def _review(occasions: Sequence[Occasion]) -> Iterator[Part]:
    for occasion in occasions:
        yield from _reviewed(occasion)
    told = [(o, breakdown(o.reviewed, review, _REVIEWS)) for o in occasions if o.reviewed]
    if len(told) > 1:
        yield _side_by_side(told)
    elif told:
        yield tabled("审查立案情况", "审查结果", told[0][0].name, told[0][1])


def _reviewed(occasion: Occasion) -> Iterator[Part]:
    for frame in occasion.frames:
        yield sentence(frame.introduced, "。", _since(frame))
    if not occasion.reviewed:
        yield sentence("收到、立案、并案、不予立案、转办各多少件：", NO_DATA, "（已录入材料没有写明审查立案情况）。")
        return
    parts = breakdown(occasion.reviewed, review, _REVIEWS)
    labels = {label for label, _ in parts.parts}
    listed_here = count((row.iri for row in occasion.reviewed), f"{occasion.name}：列入审查的提案")
    received: Cell = (
        ("收到提案", listed_here, "件")
        if labels & _REFUSED
        else ("收到提案多少件：", NO_DATA, "（材料只列立案的提案）")
    )
    handed = [row for row in occasion.reviewed if _LATER in row.statuses]
    yield sentence(
        f"{occasion.name}",
        received,
        "。按材料所记，",
        listed((label, count((r.iri for r in rows), f"{occasion.name}：{label}")) for label, rows in parts.parts),
        ("；其中写明交办", count((r.iri for r in handed), f"{occasion.name}：交办"), "件") if handed else (),
        "。",
    )
    if outside := occasion.outside:
        number = count((row.iri for row in outside), f"{occasion.name}：未列入立案名单")
        yield sentence("其中未列入立案名单的", number, "件只计入本项，以下各项都不含。", kind="note")


def _since(frame: Frame) -> str:
    sessions = {session.label for row in frame.rows for session in row.since}
    if frame.rows[0].sessions or not sessions:
        return ""
    return f"提交会议未注明，材料只写明在{'、'.join(sorted(sessions, key=gb_order))}以来提出。"


def _side_by_side(told: Sequence[tuple[Occasion, Breakdown]]) -> Table:
    """A line a meeting: put beside one another, never added up."""
    labels = [label for label in _REVIEWS if any(label in dict(parts.parts) for _, parts in told)]
    labels += sorted({label for _, parts in told for label, _ in parts.parts} - set(labels))
    rows = []
    for occasion, parts in told:
        found = dict(parts.parts)
        cells = [count((r.iri for r in found.get(label, ())), f"{occasion.name}：{label}") for label in labels]
        whole = count((r.iri for r in occasion.reviewed), f"{occasion.name}：列入审查的提案")
        rows.append(((occasion.name,), *((cell,) for cell in cells), (whole,)))
    head = ("会议", *labels, "合计")
    return Table("审查立案情况（件）", head, tuple(rows), frozenset(range(1, len(head))))


# -- by whom ----------------------------------------------------------------------------------------------------------
def _proposers(frame: Frame) -> Iterator[Part]:
    kinds = breakdown(frame.rows, lambda row: row.kinds, _KINDS)
    if not kinds.said:
        yield sentence(frame.named, "的提案者类型：", NO_DATA, "。")
        return
    disputed = dict(kinds.parts).get(DISPUTED, ())
    single = [row for label, rows in kinds.parts if label in _SINGLE for row in rows]
    bodies = [row for label, rows in kinds.parts if label not in {*_SINGLE, DISPUTED, UNSAID} for row in rows]
    yield sentence(
        *(frame.named, "中，委员提案", frame.count(single, "委员提案"), "件，集体提案"),
        *(frame.count(bodies, "集体提案"), "件"),
        ("，提案者类型记载不一", frame.count(disputed, "提案者类型记载不一"), "件") if disputed else (),
        *(unsaid(frame, kinds, "提案者类型"), "。"),
    )
    yield tabled("提案者类型", "提案者类型", frame.name, kinds)
    yield from _people(frame)


def _people(frame: Frame) -> Iterator[Part]:
    people = {who.iri for row in frame.rows for who in row.proposers if who.kind == "Person"}
    by_members = [row for row in frame.rows if any(who.kind == "Person" for who in row.proposers)]
    if people:
        yield sentence(
            f"参与提出提案的委员共{len(people)}人（同一人只计一次），涉及提案",
            frame.count(by_members, "委员参与提出的提案"),
            "件。",
        )
    ends = sorted({end for row in frame.rows for end in row.counts_for}, key=lambda e: (e.kind, gb_order(e.label)))
    for kind, name in (("sector", "界别"), ("party", "党派")):
        found = [end for end in ends if end.kind == kind]
        if found:
            each = [(e.label, frame.count([r for r in frame.rows if e in r.counts_for], e.label)) for e in found]
            rows = [row for row in frame.rows if any(end.kind == kind for end in row.counts_for)]
            number = frame.count(rows, f"可归到{name}")
            yield sentence(f"可归到{name}的提案", number, f"件，涉及{name}{len(found)}个：", listed(each), "。")
    if ends:
        yield Text(
            (
                "界别按委员的界别席位和界别自己的提案统计，党派只统计党派组织的提案；一件提案涉及几个，各计一次，"
                "所以各项之和可能大于件数。按名称音序排列。",
            ),
            "note",
        )


# -- about what -------------------------------------------------------------------------------------------------------
def _categories(frame: Frame) -> Iterator[Part]:
    parts = breakdown(frame.rows, lambda row: row.categories, CATEGORIES, whole=True)
    if not parts.said:
        yield sentence(frame.named, "的五位一体分类：", NO_DATA, "。")
        return
    computed = [row for row in frame.rows if row.category_computed]
    written = [row for row in frame.rows if row.categories and not row.category_computed]
    yield sentence(
        frame.named,
        "按五位一体分，",
        listed((label, frame.count(rows, label)) for label, rows in parts.parts if label != UNSAID),
        unsaid(frame, parts, "类别"),
        "。",
    )
    yield Bars("五位一体分类", "件", tuple((label, len(rows)) for label, rows in parts.parts))
    yield tabled("五位一体分类", "类别", frame.name, parts)
    yield sentence(
        *("类别由材料写明的", frame.count(written, "类别由材料写明"), "件，由主要议题推算的"),
        *(frame.count(computed, "类别由主要议题推算"), "件。"),
        kind="note",
    )
