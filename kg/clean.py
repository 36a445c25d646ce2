"""Undo what the page did to the text, and keep the way back: every cleaned character knows its raw offset.

A newspaper's text reaches us with a blank where a line ended (`履职尽 责`, inside names too) and with a blank where a
title has two halves (`一流营商环境 激发青年`). Between Chinese characters the first kind goes and the second stays. A
blank is the end of a line where it stands in running text, where a dictionary word spans it, or where the line would be
full; only inside quotes, 《》, cells and headings can it be one that the writer set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from kg.lexicon import Confusion
from kg.model import Document, Passage

HAN = "㐀-䶿一-鿿〇"
_WIDE = re.compile(rf"[{HAN}　-〿＀-￯“”‘’…—·,.:;!?()《》\"'●]")
_LATIN = re.compile(r"[A-Za-z]")
_BLANK = re.compile(r"[ \u00a0\u3000]+")
_QUOTED = re.compile(r'《[^《》]*(?:《[^《》]*》[^《》]*)*(?:》|$)|"[^",，。;；!?！？]*"|“[^”,，。;；!?！？]*”')
"""A title, or a slogan without punctuation of its own: where a blank may be the writer's."""
_PUNCTUATION = frozenset(",.:;!?()、。，；：！？（）《》“”…")
_SHORTEST_LINE = 0.85  # of the width: a line is short by at most what may not begin the next one

Crosses = Callable[[str, int], bool]
"""Whether a dictionary word spans a place of a text: `crosses("构建无缝社区", 3)`."""


def lines(document: Document) -> list[Passage]:
    """The document's lines without the blanks at their ends, empty ones left out."""
    found: list[Passage] = []
    for match in re.finditer(r"[^\r\n]+", document.raw):
        text = match.group()
        start = match.start() + len(text) - len(text.lstrip(" \u00a0\u3000\ufeff"))
        text = text.strip(" \u00a0\u3000\ufeff")
        if text.strip():
            found.append(Passage(text, tuple(range(start, start + len(text)))))
    return found


def strip(passage: Passage) -> Passage:
    """The passage without the white space at its ends."""
    start = len(passage.text) - len(passage.text.lstrip())
    return passage.slice(start, max(start, len(passage.text.rstrip())))


def join(passages: Iterable[Passage]) -> Passage:
    """Several passages as one, in their order."""
    parts = tuple(passages)
    return Passage("".join(p.text for p in parts), tuple(at for p in parts for at in p.at))


def row(cells: Sequence[Passage]) -> Passage:
    """A table's row as one passage: its filled cells parted by blanks, which stand for the tabs between them."""
    parts: list[Passage] = []
    for cell in (c for c in cells if c.text):
        if parts:
            parts.append(Passage(" ", (cell.at[0] - 1,)))
        parts.append(cell)
    return join(parts)


def without(passage: Passage, blanks: Iterable[tuple[int, int]]) -> Passage:
    """The passage without the given stretches."""
    kept: list[Passage] = []
    start = 0
    for begin, end in blanks:
        kept.append(passage.slice(start, begin))
        start = end
    return join([*kept, passage.slice(start, len(passage.text))])


def repair(passage: Passage, confusions: Sequence[Confusion]) -> Passage:
    """The passage with each word that character recognition broke put right; lengths and so offsets stay."""
    text = passage.text
    for row in confusions:
        if row.id in text:
            text = text.replace(row.id, row.printed)
    return Passage(text, passage.at)


def columns(text: str) -> float:
    """How many Chinese characters wide the text is set: letters, digits and blanks take half a place."""
    return sum(0.5 if c.isascii() and c not in "\"'" else 1.0 for c in text)


def prose(passage: Passage, crosses: Crosses, *, width: float | None = None) -> Passage:
    """Running text or a list's item with its line ends joined; the blanks that a title's writer set stay.

    `width` is the line's width in characters where the list around tells it.

    >>> text = '落实"平安 你我他"制 度'
    >>> prose(Passage(text, tuple(range(len(text)))), lambda t, i: False).text
    '落实"平安 你我他"制度'
    """
    quoted = [m.span() for m in _QUOTED.finditer(passage.text)]
    sure, unsure, drop = [], [], []
    for begin, end in _chinese_blanks(passage.text):
        inside = any(a < begin < b for a, b in quoted)
        if not inside:
            sure.append((begin, end))
        elif _beside_punctuation(passage.text, begin, end):
            drop.append((begin, end))
        elif _crossed(passage.text, begin, end, crosses):
            sure.append((begin, end))
        else:
            unsure.append((begin, end))
    ends = _full_lines(passage.text, sure, unsure, width or line_width(passage.text, sure))
    return without(passage, sorted({*sure, *ends, *drop}))


def title(passage: Passage, crosses: Crosses) -> Passage:
    """A heading's or a cell's text: blanks go where a word spans them or beside punctuation, and stay elsewhere."""
    drop = [
        (b, e)
        for b, e in _chinese_blanks(passage.text)
        if _beside_punctuation(passage.text, b, e) or _crossed(passage.text, b, e, crosses)
    ]
    return without(passage, drop)


def item_width(items: Sequence[Passage], crosses: Crosses) -> float | None:
    """The width of a list's lines: the longest first line among the items whose line end is certain."""
    widths = [
        columns(item.text[:begin])
        for item in items
        for begin, end in _chinese_blanks(item.text)[-1:]
        if _crossed(item.text, begin, end, crosses)
    ]
    return max(widths, default=None)


def line_width(text: str, sure: Sequence[tuple[int, int]]) -> float | None:
    """The width of a paragraph's lines from its certain line ends: the longest line that is not two."""
    edges = [0, *(b for b, _ in sure)]
    gaps = sorted(columns(text[a:b].strip()) for a, b in pairwise(edges))
    if len(gaps) < 2:
        return None
    middle = gaps[len(gaps) // 2]
    return max(g for g in gaps if g <= 1.3 * middle)


def _chinese_blanks(text: str) -> list[tuple[int, int]]:
    """The blanks between two characters of Chinese text (not between two Latin words)."""
    found = []
    for match in _BLANK.finditer(text):
        begin, end = match.span()
        if begin and end < len(text) and not (_LATIN.match(text[begin - 1]) and _LATIN.match(text[end])):
            found.append((begin, end))
    return found


def _beside_punctuation(text: str, begin: int, end: int) -> bool:
    return text[begin - 1] in _PUNCTUATION or text[end] in _PUNCTUATION


def _crossed(text: str, begin: int, end: int, crosses: Crosses) -> bool:
    before, after = text[max(0, begin - 12) : begin], text[end : end + 12]
    return bool(_WIDE.match(text[begin - 1]) and _WIDE.match(text[end])) and crosses(before + after, len(before))


def _full_lines(
    text: str, sure: Sequence[tuple[int, int]], unsure: Sequence[tuple[int, int]], width: float | None
) -> list[tuple[int, int]]:
    """Those of the unsure blanks at which a line of the width would be full: on each line the last that fits."""
    if not width or not unsure:
        return []
    ends, start = [], 0
    stops = sorted([*sure, *unsure])
    while columns(text[start:]) > width + 1:
        fitting = [s for s in stops if s[0] > start and columns(text[start : s[0]]) <= width + 1]
        full = [s for s in fitting if columns(text[start : s[0]]) >= _SHORTEST_LINE * width]
        chosen = next((s for s in reversed(full) if s in sure), full[-1] if full else None)
        if chosen is None:
            chosen = next((s for s in sure if s[0] > start), None)
        if chosen is None:
            break
        if chosen in unsure:
            ends.append(chosen)
        start = chosen[1]
    return ends
