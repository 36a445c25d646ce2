"""Characters where they stand → the words of a line: in which order, and where a blank was, told by the gaps alone.

Lengths are points. y runs downward from the page's upper left corner.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_BLANK = 0.17
"""A gap that was a blank."""
_MIXED_BLANK = 0.3
"""The same between a Chinese and a Latin letter or digit, which programs set a little apart by themselves."""
_WIDE = 1.4
_WIDE_LETTER = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[^\u0000-\uffff]"
)
_OPENING = "《〈“‘（(「『【〔["
_QUOTES = "\"'“”‘’"
_CLOSING = "》〉”’）)」』】〕]。，、；：！？,.;:!?…—"


class Box(NamedTuple):
    """A rectangle in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In points."""
        return self.bottom - self.top

    def overlap(self, other: Box) -> float:
        """How much of the height of the lower of the two they share, from 0 to 1."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared / max(min(self.height, other.height), 0.01)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands: its box is as high as its size, whatever its shape."""

    text: str
    box: Box
    size: float
    blank: bool = False
    """Whether a blank follows it, in its line or at its end."""


def text_of(glyphs: Sequence[Glyph], width: float) -> str:
    """What stands in a cell `width` points wide: lines joined, with a blank where one was broken on purpose."""
    found = rows(glyphs)
    text = ""
    for before, row in pairwise([[], *found]):
        if text:
            text += _between(before, row, width, text)
        text += written(row)
    return text


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters line by line, each from the left."""
    found: list[list[Glyph]] = []
    tall: list[Box] = []
    for glyph in sorted(glyphs, key=lambda g: (g.box.bottom, g.box.left)):
        near = next(
            (i for i in range(len(found) - 1, max(len(found) - 4, -1), -1) if tall[i].overlap(glyph.box) > 0.5), -1
        )
        if near < 0:
            found.append([glyph])
            tall.append(glyph.box)
        else:
            found[near].append(glyph)
            if glyph.box.height > tall[near].height:
                tall[near] = glyph.box
    return [sorted(row, key=lambda g: (g.box.left, g.text)) for row in found]


def drawn_once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters without those that are drawn twice, line by line."""
    return [glyph for row in rows(glyphs) for glyph in once(row)]


def once(row: Sequence[Glyph]) -> list[Glyph]:
    """A line's characters; one that is drawn twice (as bold) stands once."""
    kept = list(row[:1])
    for glyph in row[1:]:
        same = glyph.text == kept[-1].text and glyph.box.left - kept[-1].box.left < 0.2 * glyph.size
        if not same:
            kept.append(glyph)
    return kept


def written(row: Sequence[Glyph]) -> str:
    """A line's text, with blanks where gaps tell of them. A line set wide to fill its column has gaps everywhere."""
    gaps = [b.box.left - a.box.right for a, b in pairwise(row)]
    usual = max(statistics.median(gaps), 0.0) if len(gaps) > 4 else 0.0
    text = row[0].text
    for (a, b), gap in zip(pairwise(row), gaps, strict=True):
        size = max(a.size, b.size)
        if gap - usual > _WIDE * size:
            text += "  "
        elif gap - usual > _least_blank(a, b) or a.blank:
            text += " "
        text += b.text
    return text


def _least_blank(a: Glyph, b: Glyph) -> float:
    mixed = is_wide(a.text) != is_wide(b.text) and a.text.isalnum() and b.text.isalnum()
    return (_MIXED_BLANK if mixed else _BLANK) * max(a.size, b.size)


def is_wide(letter: str) -> bool:
    """Whether it is a Chinese character or a full-width mark, between which no blank stands."""
    return bool(_WIDE_LETTER.match(letter))


def joint(before: str, after: str) -> str:
    """What joins the two halves of a text that a line's end parted: a blank between Latin words, else nothing."""
    return "" if is_wide(before[-1:]) or is_wide(after[:1]) or before.endswith(("-", "/")) else " "


def _between(before: Sequence[Glyph], row: Sequence[Glyph], width: float, text: str) -> str:
    room = width - around(g.box for g in before).width
    if before[-1].blank or room > unparted(row) + before[-1].size * 0.6:
        return " "
    return joint(text, row[0].text)


def unparted(row: Sequence[Glyph]) -> float:
    """The width of what can't be parted at a line's beginning."""
    at = 0
    while at < len(row) - 1 and _inseparable(row[at], row[at + 1]):
        at += 1
    return row[at].box.right - row[0].box.left


def _inseparable(a: Glyph, b: Glyph) -> bool:
    """Whether no line may end between two characters."""
    if a.text in _OPENING or b.text in _CLOSING or a.text in _QUOTES or b.text in _QUOTES:
        return not a.blank
    return not is_wide(a.text) and not is_wide(b.text) and not _gap(a, b)


def _gap(a: Glyph, b: Glyph) -> bool:
    return a.blank or b.box.left - a.box.right > _least_blank(a, b)
