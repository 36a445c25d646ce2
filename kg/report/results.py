"""三、成效举例: proposals of which a reply tells what came of them, each with its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.ledger import Row
from kg.report.parts import NO_DATA, Figure, Part, Quote, Run, Text, day, sentence
from kg.report.scope import Frame, Scope

TITLE: Final = "三、成效举例"

_MOST: Final = 6
"""Examples of one frame: the writer chooses among them."""


def section(scope: Scope) -> Iterator[Part]:
    """A few of each frame: key and honoured ones first, then as the list has them."""
    for frame, heading in scope.headed():
        yield from heading
        yield from _examples(frame)


def _examples(frame: Frame) -> Iterator[Part]:
    told = [row for row in frame.rows if any(reply.as_written for reply in row.replies)]
    if not told:
        yield sentence(frame.named, "中，答复写明办理结果的：", NO_DATA, "。")
        yield Text(("（此处由撰稿人补写成效。）",), "blank")
        return
    chosen = sorted(told, key=lambda row: (not row.key, not row.honours))[:_MOST]
    yield sentence(
        *(frame.named, "中，答复写明办理结果的", frame.count(told, "答复写明办理结果"), f"件，下面举{len(chosen)}件"),
        "（重点提案和受表彰的在前，其余按名单次序；由撰稿人取舍和补写）。" if len(told) > len(chosen) else "。",
    )
    for number, row in enumerate(chosen, start=1):
        yield sentence(f"（{number}）", *_told(row))
        yield from (Quote(reply.iri) for reply in row.replies if reply.as_written)


def _told(row: Row) -> Iterator[Run]:
    """The proposal, who handled it, and what came of it; what its proposer thinks of it is told of none alone."""
    yield Figure(f"《{row.title}》", f"《{row.title}》", (row.iri,))
    known = [f"第{row.number}号" if row.number else "", "、".join(who.label for who in row.proposers)]
    if any(known):
        yield f"（{'，'.join(filter(None, known))}）"
    leads = [handler for handler in row.handlers if handler.role == row.handlers[0].role]
    yield f"，{'、'.join(handler.label for handler in leads)}{leads[0].role}" if leads else ""
    for reply in row.replies:
        if reply.as_written:
            yield f"，办理结果：{reply.as_written}{f'（{day(reply.date)}答复）' if reply.date else ''}"
    yield "。"
