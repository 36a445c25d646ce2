"""Where a text quotes: the quotations of a run of paragraphs, those that go on from one paragraph into the next too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PAIRS = {"“": "”", "「": "」"}
_MARK = re.compile(f"[{''.join(_PAIRS)}{''.join(_PAIRS.values())}]")
_STRAIGHT = re.compile(r'"[^"]*"')
_SPOKEN = re.compile(r"[,，。!！?？;；]")
_LEAST_SPOKEN = 10
_ASIDE = re.compile(r"《[^《》]*》|（[^（）]*）|\([^()]*\)|『[^『』]*』")
_MOST_PARAGRAPHS = 8
"""Paragraphs that a quotation may run over; one that is open longer was never closed."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: `text[start:end]` with the marks, `text[begin:close]` without."""

    start: int
    begin: int
    close: int
    end: int
    spoken: bool
    """Whether it is speech by its form: after a mark or at the start, with clauses; a slogan or a term is none."""
    carried: bool = False
    """Whether it began in the paragraph before."""


def quotations(texts: Sequence[str]) -> list[list[Quotation]]:
    """The quotations of each of the paragraphs, outermost only, in order.

    >>> [[q.spoken for q in found] for found in quotations(["甲说：“先修路。", "“再种树。”他笑了。"])]
    [[True], [True]]
    """
    found: list[list[Quotation]] = []
    until = -1
    for i, text in enumerate(texts):
        carried = i <= until
        opened = _opened(text, carried)
        if not carried and opened is not None:
            until = _closed_in(texts, i)
        found.append(_of(text, carried, runs_on=i < until))
    return found


def masked(text: str, quoted: Sequence[Quotation]) -> str:
    """The text with what stands in quotation marks, in brackets and in 《》 blotted out, so that offsets hold."""
    marks = list(text)
    for q in quoted:
        marks[q.begin : q.close] = "\0" * (q.close - q.begin)
    return _ASIDE.sub(lambda m: m[0][0] + "\0" * (len(m[0]) - 2) + m[0][-1], "".join(marks))


def _of(text: str, carried: bool, runs_on: bool) -> list[Quotation]:
    found: list[Quotation] = []
    depth, start = (1, 0) if carried else (0, 0)
    for at, mark in ((m.start(), m.group()) for m in _MARK.finditer(text)):
        if mark in _PAIRS:
            # A paragraph inside a quotation opens with the mark again.
            depth, start = (depth, start) if depth == 1 and at == 0 else (depth + 1, start if depth else at)
        elif depth:
            depth -= 1
            if not depth:
                found.append(_quotation(text, start, at, at + 1, carried and start == 0))
    if depth and runs_on:
        found.append(_quotation(text, start, len(text), len(text), carried and start == 0))
    taken = [(q.start, q.end) for q in found]
    straight = [m.span() for m in _STRAIGHT.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken)]
    found += [_quotation(text, a, b - 1, b, False) for a, b in straight]
    return sorted(found, key=lambda q: q.start)


def _quotation(text: str, start: int, close: int, end: int, carried: bool) -> Quotation:
    begin = start if carried and text[start : start + 1] not in _PAIRS else start + 1
    introduced = carried or start == 0 or text[start - 1] in ':：,，。！？!?"”'
    whole = end == len(text) == close  # it runs on into the next paragraph
    clauses = close - begin >= _LEAST_SPOKEN and bool(_SPOKEN.search(text[begin:close]))
    return Quotation(start, begin, close, end, (introduced and clauses) or carried or (whole and introduced), carried)


def _opened(text: str, carried: bool) -> int | None:
    """Where the quotation begins that is still open at the paragraph's end."""
    open_at = [0] if carried else []
    for at, mark in ((m.start(), m.group()) for m in _MARK.finditer(text)):
        if mark in _PAIRS and not (carried and at == 0):
            open_at.append(at)
        elif mark not in _PAIRS and open_at:
            open_at.pop()
    return open_at[0] if open_at else None


def _closed_in(texts: Sequence[str], opened: int) -> int:
    """The paragraph in which a quotation ends that paragraph `opened` leaves open; `opened` where there is none."""
    for i in range(opened + 1, min(len(texts), opened + _MOST_PARAGRAPHS)):
        if _opened(texts[i], True) is None:
            return i
    return opened
