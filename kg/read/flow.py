"""Lines on pages → paragraphs: what belongs together over lines, columns and pages, whatever found the lines.

A paragraph ends where its line was ended on purpose: where what follows would have had room in it; where the next line
is set in, is of another size or stands apart; where a list's mark begins it. It goes on in the next column, or on the
next page, where its last line is full and no sentence ends there, or where its kind is set in and the next line is
not.

What repeats at the top or the foot of pages (a newspaper's name, the document's title) is kept once: at the top where
it stands first, at the foot after everything else. Page numbers are left out.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from kg.read.glyphs import Box, is_wide, joint
from kg.read.layout import MARKER, Line, Table

_HEADING = 1.18
"""How much larger than the text the letters of a heading are at least."""
_HEADING_LENGTH = 60
_SAME_SIZE = 0.08
_INDENT = 1.2
"""How far a paragraph's first line is set in at least, in the size of its letters; it is two letters in Chinese."""
_FAR_IN = 4
"""How far in a line stands that is set to the right edge, as a signature is."""
_APART = 0.45
"""How much more white than usual parts two paragraphs, in the size of their letters."""
_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)》\"']*$")
_BULLET = re.compile(r"[●•▪◦◆■▲★○◇△□·➢✓]")
_NUMBER = re.compile(r"[-—–~·\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–~·\s]*", re.ASCII)
_SAME_EDGE = 4.0
_EDGE_LINES = 3
"""How many lines that end below one another show where a page's text ends at the right."""
_PADDING = 5.0
_MARGIN = 0.12
"""How much of a page's height, at its top and its foot, may hold what repeats."""


@dataclass(frozen=True)
class Page:
    """A page's lines and tables in reading order."""

    number: int
    """From 1."""
    width: float
    height: float
    parts: tuple[Line | Table, ...]

    @cached_property
    def columns(self) -> int:
        """How many columns lie beside one another."""
        return max((part.column for part in self.parts), default=1)


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, with the page that each stands on."""

    lines: list[tuple[Page, Line]]
    heading: bool = False

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1][1]

    def stretches(self) -> list[tuple[Page, list[Line], str]]:
        """What of it stands together in one column of a page, with its text as it goes on from what is before it."""
        found: list[tuple[Page, list[Line], str]] = []
        before: Line | None = None
        for page, line in self.lines:
            text = (_joint(before, line, self.heading) if before else "") + line.text
            if found and found[-1][0] is page and found[-1][1][-1].column == line.column:
                found[-1] = (page, [*found[-1][1], line], _hyphenated(found[-1][2], text))
            else:
                found.append((page, [line], text))
            before = line
        return found


@dataclass(slots=True)
class Ledger:
    """A table, over as many pages as it goes on."""

    rows: list[tuple[Page, Table, int, tuple[str, ...]]] = field(default_factory=list)
    """Page, the page's table, the row in it, the cells."""


def paragraphs(pages: Sequence[Page]) -> list[Paragraph | Ledger]:
    """The document's paragraphs and tables in order."""
    kept, footers = without_furniture(pages)
    kept = _with_margins(kept)
    body = _body_size(kept)
    found: list[Paragraph | Ledger] = []
    for page in kept:
        white = _usual_white(page)
        before: Line | Table | None = None
        for part in page.parts:
            if isinstance(part, Table):
                _add_table(found, page, part)
            else:
                _add_line(found, page, part, before if isinstance(before, Line) else None, body, white)
            before = part
    return [*found, *(Paragraph([(page, line)]) for page, line in footers)]


def _hyphenated(before: str, after: str) -> str:
    """Two halves of a Latin word that was parted at the line's end are one."""
    parted = re.search(r"[a-z]-$", before) and re.match(r"[a-z]", after)
    return before[:-1] + after if parted else before + after


# -- paragraphs


def _with_margins(pages: Sequence[Page]) -> list[Page]:
    """Lines on pages of one column with the edges of the text in the whole document: a page may hold short ones only.

    Where no lines tell where the right edge is, it stands as far from the paper's as the left one does.
    """
    edges: dict[int, tuple[float, float]] = {}
    for width in {round(page.width) for page in pages if page.columns == 1}:
        alike = [page for page in pages if page.columns == 1 and round(page.width) == width]
        lines = [part for page in alike for part in page.parts if isinstance(part, Line)]
        boxes = [line.box for line in lines]
        boxes += [_inset(part.box) for page in alike for part in page.parts if isinstance(part, Table)]
        left = min((box.left for box in boxes), default=0.0)
        right = max((box.right for box in boxes), default=width)
        at_edge = sum(line.box.right > right - line.size for line in lines)
        if at_edge < _EDGE_LINES or right - left < width / 2:
            right = max(right, width - left)
        edges[width] = left, right
    return [_widened(page, edges[round(page.width)]) if page.columns == 1 else page for page in pages]


def _inset(table: Box) -> Box:
    """A table's words: its lines stand a little out into the margins."""
    return table._replace(left=table.left + _PADDING, right=max(table.right - _PADDING, table.left))


def _widened(page: Page, edges: tuple[float, float]) -> Page:
    lines = [part for part in page.parts if isinstance(part, Line)]
    left = min((line.edges[0] for line in lines), default=0.0) + 0.1
    right = max((line.edges[1] for line in lines), default=0.0) - 0.1

    def wide(part: Line | Table) -> Line | Table:
        if isinstance(part, Table):
            return part
        a, b = part.edges
        return replace(part, edges=(edges[0] if a <= left else a, edges[1] if b >= right else b))

    return replace(page, parts=tuple(map(wide, page.parts)))


def _body_size(pages: Sequence[Page]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for part in page.parts:
            if isinstance(part, Line):
                sizes[round(part.size * 2) / 2] += len(part.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=10.0)


def _usual_white(page: Page) -> dict[float, float]:
    """The white between two lines of a paragraph, by the size of the letters."""
    found: dict[float, list[float]] = {}
    for a, b in pairwise(page.parts):
        if isinstance(a, Line) and isinstance(b, Line) and a.column == b.column and b.box.top > a.box.top:
            found.setdefault(round(b.size), []).append(b.box.top - a.box.bottom)
    return {size: statistics.quantiles(white, n=3)[0] if len(white) > 1 else white[0] for size, white in found.items()}


def _add_line(
    found: list[Paragraph | Ledger], page: Page, line: Line, before: Line | None, body: float, white: dict[float, float]
) -> None:
    heading = line.size >= _HEADING * body and len(line.text) <= _HEADING_LENGTH
    last = found[-1] if found else None
    if isinstance(last, Paragraph):
        beside = before is last.last and before.column == line.column and line.box.top > before.box.top
        if _goes_on(last, line, heading, white.get(round(line.size), 0.0) if beside else None):
            last.lines.append((page, line))
            return
    found.append(Paragraph([(page, line)], heading))


def _goes_on(paragraph: Paragraph, line: Line, heading: bool, white: float | None) -> bool:
    """Whether a line belongs to the paragraph before it; `white` is the usual one, None over a column's end."""
    last = paragraph.last
    if abs(last.size - line.size) > _SAME_SIZE * last.size or paragraph.heading != heading:
        return False
    if white is not None and line.box.top - last.box.bottom > max(white, 0.0) + _APART * line.size:
        return False
    mark = MARKER.match(line.text)
    if mark and (_BULLET.match(line.text) or _ENDS.search(last.text) or not is_full(last, line)):
        return False
    if heading:
        return white is not None and not mark
    if white is None:
        ended = _ENDS.search(last.text) and not _set_in(paragraph.lines[0][1])
        return is_full(last, line) and not ended and not _set_in(line) and not mark
    return is_full(last, line) and not _begins(paragraph, line)


def is_full(line: Line, after: Line) -> bool:
    """Whether what comes after had no room in a line, so that the line was not ended on purpose."""
    left, right = line.box.left - line.edges[0], line.edges[1] - line.box.right
    centred = left > line.size and abs(left - right) < line.size
    flush = left > _FAR_IN * line.size and abs(line.box.left - after.box.left) > 0.1 * line.size
    room = right + left if centred or flush else right
    return room < after.first + (0.0 if is_wide(line.text[-1]) else 0.2 * line.size) + 0.1 * line.size


def _set_in(line: Line) -> bool:
    return line.box.left - line.edges[0] > _INDENT * line.size


def _begins(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line is set in as a paragraph's first is, and not as all lines of a quotation or a list's item are."""
    if not _set_in(line):
        return False
    lines = [each for _, each in paragraph.lines]
    if len(lines) > 1 and lines[-2].column == line.column:
        return line.box.left > lines[-1].box.left + 0.5 * line.size
    if MARKER.match(lines[0].text) and line.box.left > lines[0].box.left + 0.3 * line.size:
        return False
    return line.box.left > lines[0].box.left + 0.5 * line.size or bool(_ENDS.search(lines[-1].text))


def _joint(before: Line, after: Line, heading: bool) -> str:
    if before.blank or (heading and not is_full(before, after)):
        return " "
    return joint(before.text, after.text)


# -- tables


def _add_table(found: list[Paragraph | Ledger], page: Page, table: Table) -> None:
    last = found[-1] if found else None
    rows = [(page, table, i, cells) for i, cells in enumerate(table.rows)]
    if not isinstance(last, Ledger) or not _follows(last, page, table):
        found.append(Ledger(rows))
        return
    if len(rows) > 1 and rows[0][3] == last.rows[0][3]:
        rows = rows[1:]
    cut_off = rows[0][3]
    if not cut_off[0] and not all(cut_off[1:]):
        page_before, table_before, at, cells = last.rows[-1]
        whole = tuple(a + (joint(a, b) if a and b else "") + b for a, b in zip(cells, cut_off, strict=True))
        last.rows[-1] = (page_before, table_before, at, whole)
        rows = rows[1:]
    last.rows += rows


def _follows(ledger: Ledger, page: Page, table: Table) -> bool:
    """Whether a table goes on with its columns on the next page, or in the next column of the page."""
    before, last = ledger.rows[-1][0], ledger.rows[-1][1]
    if (before is page and last.column == table.column) or len(last.edges) != len(table.edges):
        return False
    moved = [a - b for a, b in zip(last.edges, table.edges, strict=True)]
    return max(moved) - min(moved) < _SAME_EDGE


# -- page headers and footers


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[tuple[Page, Line]]]:
    """The pages without what repeats on them and without their numbers, and what repeats at their feet, once."""
    seen = Counter(key for page in pages for key in {_key(page, line) for line in _at_edges(page)})
    numbers = _numbered(pages)
    kept: list[Page] = []
    footers: list[tuple[Page, Line]] = []
    known: set[tuple[bool, int, str]] = set()
    for page in pages:
        edge = set(_at_edges(page))
        parts: list[Line | Table] = []
        for part in page.parts:
            if not isinstance(part, Line) or part not in edge:
                parts.append(part)
                continue
            key = _key(page, part)
            if (page.number, part) in numbers:
                continue
            if seen[key] < 2:
                parts.append(part)
            elif key not in known and key[0]:
                footers.append((page, part))
            elif key not in known:
                parts.append(part)
            known.add(key)
        kept.append(replace(page, parts=tuple(parts)))
    return kept, footers


def _at_edges(page: Page) -> list[Line]:
    """The lines in a page's margins: no other line, and no table, stands farther out."""
    lines = [part for part in page.parts if isinstance(part, Line)]
    tables = [part.box for part in page.parts if isinstance(part, Table)]
    top = min((box.top for box in tables), default=page.height)
    bottom = max((box.bottom for box in tables), default=0.0)
    high, low = _MARGIN * page.height, (1 - _MARGIN) * page.height
    return [
        line
        for line in lines
        if (line.box.bottom < high and line.box.top < top) or (line.box.top > low and line.box.bottom > bottom)
    ]


def _key(page: Page, line: Line) -> tuple[bool, int, str]:
    """At the foot or the top, how far down, and the words without their numbers."""
    words = re.sub(r"\d+", "#", re.sub(r"\s", "", line.text))
    return line.box.top > page.height / 2, round(line.box.top / 6), words


def _numbered(pages: Sequence[Page]) -> set[tuple[int, Line]]:
    """The lines that are page numbers: decorated (`- 3 -`, `第3页`), or numbers that count with the pages."""
    found: set[tuple[int, Line]] = set()
    bare: dict[tuple[bool, int], list[tuple[int, Line]]] = {}
    for page in pages:
        for line in _at_edges(page):
            number = _NUMBER.fullmatch(line.text.strip())
            if number and not line.text.strip().isdigit():
                found.add((page.number, line))
            elif number:
                key = (line.box.top > page.height / 2, int(number[1]) - page.number)
                bare.setdefault(key, []).append((page.number, line))
    for (_, offset), lines in bare.items():
        if len(lines) > 1 or (offset == 0 and len(pages) == 1):
            found.update(lines)
    return found
