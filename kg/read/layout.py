"""The lines, columns and tables of a page from where its characters stand: pure geometry, whatever found them.

A page is cut as Nagy and Seth's recursive XY-cut does (G. Nagy, S. Seth, "Hierarchical representation of optically
scanned documents", ICPR 1984): a stretch of it is parted into columns where white corridors run all through it, each
column is cut again, and the columns are read from the left. Corridors are sought in runs of neighbouring bands, as a
newspaper page has several articles one below another, each with columns of its own: a headline that lies across a
corridor, a rule that crosses it, or a text that is set in other columns ends the run.

Corridors between narrow columns are those of a table without ruling lines: its rows are kept together.

Lengths are points. y runs downward from the page's upper left corner.
"""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.read.glyphs import Box, Glyph, around, is_wide, once, rows, text_of, unparted, written

_CORRIDOR = 0.8
"""How wide the white between two columns is at least, in the size of their letters."""
_NARROWEST = 6.0
"""How wide a column of running text is at least; narrower ones are a table's."""
_LEAST_FILL = 0.4
"""How much of a column's width its lines fill on average; less is a table's."""
_LEAST_LINES = 3
_PIECE = 0.15
"""A gap that parts a line into pieces, which may stand in different columns."""
_NARROW = 0.15
"""The same between a table's columns, where one may end at its right edge and the next begin at its left."""
_ROWS = 5
"""In how many rows such a narrow corridor has to be."""
_TITLE = 1.3
"""How much larger than the text the letters of a title over columns are."""
_TITLE_CORRIDOR = 1.2
"""How wide the white between two titles is at least, in the size of their letters: they have blanks inside."""
_DEEPEST = 12
_MOST_BANDS = 2000
"""Lines below one another: where there are more, it is no page, and no columns are sought."""
_NEAR = 8
"""How many bands away a corridor shows that a line lies across it."""
MARKER = re.compile(
    r"(?:[●•▪◦◆■▲★○◇△□·➢✓]|\d{1,3}[.．、)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}[条章节])\s*"
)
"""What a list's item or a numbered heading begins with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text inside one column."""

    text: str
    box: Box
    size: float
    """Of most of its letters."""
    column: int
    """From 1 at the left."""
    edges: tuple[float, float]
    """Left and right edge of the column, as far as no picture stands in it."""
    first: float
    """The width of what can't be parted at its beginning: a letter with its punctuation, a word."""
    blank: bool
    """Whether a blank stands at its end."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows on one page, all with as many cells as it has columns."""

    rows: tuple[tuple[str, ...], ...]
    boxes: tuple[Box, ...]
    """Of its rows."""
    edges: tuple[float, ...]
    """Where its columns begin, and the right edge."""
    column: int

    @property
    def box(self) -> Box:
        """Around all rows."""
        return around(self.boxes)


@dataclass(frozen=True, slots=True)
class Atom:
    """What is not cut: a piece of a line, a table with ruling lines, or a rule."""

    box: Box
    glyphs: tuple[Glyph, ...] = ()
    whole: Line | Table | None = None
    """A table, or text that runs downward."""

    @property
    def is_rule(self) -> bool:
        """Whether it only parts what stands above and below."""
        return not self.glyphs and self.whole is None


def atoms(glyphs: Sequence[Glyph]) -> list[Atom]:
    """The characters gathered into pieces of lines."""
    found = []
    for row in map(once, rows(glyphs)):
        piece = [row[0]]
        for glyph in row[1:]:
            if glyph.box.left - piece[-1].box.right > _PIECE * max(glyph.size, piece[-1].size):
                found.append(_atom(piece))
                piece = []
            piece.append(glyph)
        found.append(_atom(piece))
    return found


def downward(glyphs: Sequence[Glyph]) -> tuple[list[Atom], list[Glyph]]:
    """Text that runs downward, its lines from the right to the left, and the other characters.

    The characters are in the order in which they are drawn.
    """
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _is_under(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    blocks: list[list[list[Glyph]]] = []
    for run in runs:
        if len(run) < _LEAST_LINES:
            continue
        if blocks and _is_left(blocks[-1][-1], run):
            blocks[-1].append(run)
        else:
            blocks.append([run])
    rest = [glyph for run in runs if len(run) < _LEAST_LINES for glyph in run]
    return [_downward(block) for block in blocks], rest


def _is_under(above: Glyph, below: Glyph) -> bool:
    size = above.size
    step = below.box.bottom - above.box.bottom
    level = abs(above.box.left - below.box.left) < 0.3 * size and abs(size - below.size) < 0.1 * size
    return level and 0.7 * size < step < 1.9 * size and is_wide(above.text) and is_wide(below.text)


def _is_left(right: Sequence[Glyph], left: Sequence[Glyph]) -> bool:
    size = right[0].size
    step = right[0].box.left - left[0].box.left
    return 0.8 * size < step < 2.5 * size and abs(right[0].box.top - left[0].box.top) < size


def _downward(block: Sequence[Sequence[Glyph]]) -> Atom:
    box = around(glyph.box for run in block for glyph in run)
    text = ""
    for run in block:
        text += "".join(glyph.text for glyph in run)
        if run is not block[-1] and box.bottom - run[-1].box.bottom > run[-1].size:
            text += " "
    size = block[0][0].size
    return Atom(box, (), Line(text, box, size, 1, (box.left, box.right + 10 * size), size, blank=False))


def column_count(found: Sequence[Line | Table]) -> int:
    """How many columns a page has."""
    return max((part.column for part in found), default=1)


def read(pieces: Sequence[Atom], pictures: Sequence[Box] = ()) -> list[Line | Table]:
    """The page's lines and tables in the order in which they are read."""
    solid = [atom.box for atom in pieces if atom.glyphs] or [atom.box for atom in pieces if atom.whole]
    if not solid:
        return []
    page = around(solid)
    found, _ = _cut(list(pieces), page.left, page.right, 1, tuple(pictures), 0)
    return found


def _atom(piece: Sequence[Glyph]) -> Atom:
    return Atom(around(glyph.box for glyph in piece), tuple(piece))


# -- cutting


@dataclass(frozen=True, slots=True)
class _Band:
    """Pieces that no white parts from one another, going down."""

    atoms: tuple[Atom, ...]
    box: Box
    """Around its letters; of one that holds only rules, around these."""
    white: tuple[tuple[float, float], ...]
    """Where no letter stands from its region's left to its right edge."""
    is_rule: bool
    corridors: tuple[tuple[float, float], ...]
    """White with letters on both sides."""
    across: bool = False
    """Whether it stands by itself between columns: a headline over them."""
    anew: bool = False
    """Whether the headlines of articles that stand side by side begin here."""


def _cut(
    pieces: list[Atom], left: float, right: float, column: int, pictures: tuple[Box, ...], depth: int
) -> tuple[list[Line | Table], int]:
    """What stands in a stretch of the page in order, and how many columns lie beside one another in it."""
    em = _em(pieces)
    bands = _judged(_bands(pieces, left, right, em), em)
    found: list[Line | Table] = []
    plain: list[Atom] = []
    most = 1
    at = 0

    def settle() -> None:
        if plain:
            found.extend(_column(plain, left, right, column, pictures))
            plain.clear()

    while at < len(bands):
        run = _run(bands, at, em) if depth < _DEEPEST and len(bands) < _MOST_BANDS else None
        if run is None:
            plain.extend(bands[at].atoms)
            at += 1
            continue
        settle()
        end, gaps, is_table = run
        inside = [atom for band in bands[at:end] for atom in band.atoms]
        if is_table:
            found.append(_aligned(inside, gaps, left, right, column))
        else:
            beside, most_here = _columns(inside, gaps, left, right, column, pictures, depth)
            found.extend(beside)
            most = max(most, most_here)
        at = end
    settle()
    return found, most


def _columns(
    pieces: Sequence[Atom],
    gaps: Sequence[tuple[float, float]],
    left: float,
    right: float,
    column: int,
    pictures: tuple[Box, ...],
    depth: int,
) -> tuple[list[Line | Table], int]:
    found: list[Line | Table] = []
    count = 0
    for part in _parted([atom for atom in pieces if not atom.is_rule], gaps):
        if part:
            box = around(atom.box for atom in part)
            rules = [a for a in pieces if a.is_rule and box.left - 2 < (a.box.left + a.box.right) / 2 < box.right + 2]
            inside, wide = _cut([*part, *rules], box.left, box.right, column + count, pictures, depth + 1)
            found += inside
            count += wide
    return found, count


def _em(pieces: Iterable[Atom]) -> float:
    """The size of most letters."""
    sizes = [glyph.size for atom in pieces for glyph in atom.glyphs]
    return statistics.median(sizes) if sizes else 10.0


def _bands(pieces: Sequence[Atom], left: float, right: float, em: float) -> list[_Band]:
    bands: list[list[Atom]] = []
    bottom = 0.0
    for atom in sorted(pieces, key=lambda a: (a.box.top, a.box.left)):
        if not bands or atom.box.top > bottom - 0.05 * em:
            bands.append([])
            bottom = atom.box.bottom
        bands[-1].append(atom)
        bottom = max(bottom, atom.box.bottom)
    return [_band(band, left, right, em) for band in bands]


def _band(pieces: Sequence[Atom], left: float, right: float, em: float) -> _Band:
    solid = [atom.box for atom in pieces if not atom.is_rule]
    box = around(solid or [atom.box for atom in pieces])
    white = tuple(_white(pieces, left, right, em))
    return _Band(tuple(pieces), box, white, not solid, tuple(_inside(white, box.left, box.right)))


def _judged(bands: Sequence[_Band], em: float) -> list[_Band]:
    """The bands, each with how it stands to those beside it."""
    return [
        replace(band, across=_lies_across(bands, i, em), anew=_begins_anew(bands, i, em))
        for i, band in enumerate(bands)
    ]


def _white(pieces: Iterable[Atom], left: float, right: float, em: float) -> Iterator[tuple[float, float]]:
    at, before = left - 2 * em, 0.0
    for atom in sorted((atom for atom in pieces if not atom.is_rule), key=lambda a: a.box.left):
        size = atom.glyphs[0].size if atom.glyphs else em
        least = _CORRIDOR * em if min(size, before) < _TITLE * em else _TITLE_CORRIDOR * min(size, before)
        if atom.box.left - at >= least:
            yield at, atom.box.left
        if atom.box.right > at:
            at, before = atom.box.right, size
    yield at, right + 2 * em


_Run = tuple[int, list[tuple[float, float]], bool]


def _run(bands: Sequence[_Band], at: int, em: float) -> _Run | None:
    """How far the bands from `at` on are set in columns, where these are parted, and whether they are a table's."""
    for rules_end_it in (False, True):
        end, gaps = _common(bands, at, em, rules_end_it)
        inside = [atom for band in bands[at:end] for atom in band.atoms if not atom.is_rule]
        gaps = _beside_downward(inside, _without_markers(inside, gaps))
        if not gaps:
            continue
        parts = _parted(inside, gaps)
        if not rules_end_it and _is_aligned(bands[at:end], gaps, parts, em):
            return end, gaps, True
        if rules_end_it and all(_is_column(part, em) for part in parts) and _side_by_side(parts):
            return end, gaps, False
    return None


def _common(bands: Sequence[_Band], at: int, em: float, rules_end_it: bool) -> tuple[int, list[tuple[float, float]]]:
    """The longest run of bands with a corridor through all, and these corridors."""
    if bands[at].across or bands[at].is_rule:
        return at, []
    white = list(bands[at].corridors if bands[at].anew and at else bands[at].white)
    left, right, end = bands[at].box.left, bands[at].box.right, at
    for i in range(at, len(bands)):
        band = bands[i]
        inner = _inside(white, left, right)
        if rules_end_it and any(atom.is_rule and _crosses(atom.box, inner, em) for atom in band.atoms):
            break
        if band.is_rule:
            continue
        narrower = _shared(white, band.white, em)
        wider = min(left, band.box.left), max(right, band.box.right)
        # A band that closes every corridor with letters on both sides ends the run as well.
        if (i > at and (band.across or band.anew)) or not narrower or (inner and not _inside(narrower, *wider)):
            break
        white, (left, right), end = narrower, wider, i + 1
    end = _without_tail(bands, at, end, em)
    return end, _inner(white, bands[at:end])


def _crosses(rule: Box, corridors: Sequence[tuple[float, float]], em: float) -> bool:
    return any(rule.left < a + em / 2 and rule.right > b - em / 2 for a, b in corridors)


def _shared(
    some: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]], em: float
) -> list[tuple[float, float]]:
    both = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return [(a, b) for a, b in both if b - a >= _CORRIDOR * em]


def _inside(white: Iterable[tuple[float, float]], left: float, right: float) -> list[tuple[float, float]]:
    """The white between two edges."""
    return [gap for gap in white if gap[0] >= left and gap[1] <= right]


def _inner(white: Sequence[tuple[float, float]], bands: Sequence[_Band]) -> list[tuple[float, float]]:
    """The white with letters on both sides in these bands."""
    boxes = [band.box for band in bands if not band.is_rule]
    return _inside(white, min(box.left for box in boxes), max(box.right for box in boxes)) if boxes else []


def _lies_across(bands: Sequence[_Band], at: int, em: float) -> bool:
    """Whether a band is one unbroken line over or under a corridor that those beside it leave open: a headline."""
    band = bands[at]
    if band.is_rule or band.corridors:
        return False
    return _is_title(bands, at, em) or _ends_columns(bands, at, em)


def _begins_anew(bands: Sequence[_Band], at: int, em: float) -> bool:
    """Whether headlines of articles that stand side by side end the columns above them."""
    band = bands[at]
    return bool(band.corridors) and _least_size(band) >= _TITLE * em and _ends_columns(bands, at, em)


def _ends_columns(bands: Sequence[_Band], at: int, em: float) -> bool:
    beside = (bands[at + 1 : at + 1 + _NEAR], bands[max(at - _NEAR, 0) : at][::-1])
    return any(_closes(bands[at], some, em) for some in beside)


def _is_title(bands: Sequence[_Band], at: int, em: float) -> bool:
    """Whether a line in large letters, or its by-line, stands over columns, though it be no wider than one of them."""
    band = bands[at]
    if band.corridors or not any(other.corridors for other in bands[at + 1 : at + 1 + _NEAR]):
        return False
    left, right = band.white[0][0] + 2 * em, band.white[-1][1] - 2 * em
    if abs((band.box.left + band.box.right) / 2 - (left + right) / 2) > em:
        return False
    return _least_size(band) >= _TITLE * em or (at > 0 and _is_title(bands, at - 1, em))


def _least_size(band: _Band) -> float:
    return min((glyph.size for atom in band.atoms for glyph in atom.glyphs), default=0.0)


def _closes(band: _Band, beside: Sequence[_Band], em: float) -> bool:
    """Whether a band closes a corridor that those beside it, nearest first, leave open."""
    white: Sequence[tuple[float, float]] = beside[0].white if beside else ()
    for i, other in enumerate(beside):
        white = _shared(white, other.white, em)
        if any(not _shared([gap], band.white, em) for gap in _inner(white, beside[: i + 1])):
            return True
    return False


def _without_tail(bands: Sequence[_Band], at: int, end: int, em: float) -> int:
    """A run's end without lines that stand apart below it, on one side only: what comes after the columns."""
    last = max((i for i in range(at, end) if bands[i].corridors), default=at)
    while end > last + 1 and bands[end - 1].is_rule:
        end -= 1
    for i in range(last + 1, end):
        if bands[i].box.top - bands[i - 1].box.bottom > 1.5 * em or _em(bands[i].atoms) > 1.15 * em:
            return i
    return end


def _parted(pieces: Iterable[Atom], gaps: Sequence[tuple[float, float]]) -> list[list[Atom]]:
    """The pieces between the corridors, from the left."""
    parts: list[list[Atom]] = [[] for _ in range(len(gaps) + 1)]
    ends = sorted(b - 0.01 for _, b in gaps)
    for atom in pieces:
        parts[bisect_right(ends, atom.box.left)].append(atom)
    return parts


def _without_markers(pieces: Sequence[Atom], gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without the white between a list's marks and its text."""
    kept: list[tuple[float, float]] = []
    for i, part in enumerate(_parted(pieces, gaps)[:-1]):
        texts = ["".join(g.text for g in atom.glyphs) for atom in part]
        if not all(MARKER.fullmatch(text) for text in texts):
            kept.append(gaps[i])
    return kept


def _stacked(part: Sequence[Atom]) -> list[Box]:
    """The boxes of a column's lines and of its tables' rows."""
    tables = [atom.whole.boxes for atom in part if isinstance(atom.whole, Table)]
    rows: list[list[Box]] = []
    for atom in sorted((a for a in part if not isinstance(a.whole, Table)), key=lambda a: a.box.bottom):
        if rows and max(box.overlap(atom.box) for box in rows[-1]) > 0.5:
            rows[-1].append(atom.box)
        else:
            rows.append([atom.box])
    return [*map(around, rows), *(box for boxes in tables for box in boxes)]


def _is_column(part: Sequence[Atom], em: float) -> bool:
    if not part:
        return False
    if _is_downward(part):
        return True
    box = around(atom.box for atom in part)
    rows = _stacked(part)
    filled = sum(row.width for row in rows) / (len(rows) * box.width)
    return box.width >= _NARROWEST * em and filled >= _LEAST_FILL


def _beside_downward(pieces: Sequence[Atom], gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Only the white beside text that runs downward, where there is such: what is beside it is cut by itself."""
    aside = {i for i, part in enumerate(_parted(pieces, gaps)) if part and _is_downward(part)}
    return [gap for i, gap in enumerate(gaps) if not aside or i in aside or i + 1 in aside]


def _is_downward(part: Sequence[Atom]) -> bool:
    return all(isinstance(atom.whole, Line) for atom in part)


def _side_by_side(parts: Sequence[Sequence[Atom]]) -> bool:
    """Whether neighbouring columns stand beside one another for some lines."""
    for some, others in pairwise(parts):
        if _is_downward(some) or _is_downward(others):
            continue
        a, b = around(atom.box for atom in some), around(atom.box for atom in others)
        top, bottom = max(a.top, b.top), min(a.bottom, b.bottom)
        counts = [
            sum(top - 1 <= row.top and row.bottom <= bottom + 1 for row in _stacked(part)) for part in (some, others)
        ]
        if min(counts) < _LEAST_LINES - 1 or max(counts) < _LEAST_LINES:
            return False
    return True


# -- tables without ruling lines


def _is_aligned(
    bands: Sequence[_Band], gaps: Sequence[tuple[float, float]], parts: Sequence[Sequence[Atom]], em: float
) -> bool:
    filled = [sum(map(bool, _parted([a for a in band.atoms if not a.is_rule], gaps))) for band in bands]
    several = sum(count > 1 for count in filled)
    if any(atom.whole for part in parts for atom in part):
        return False
    if several < _LEAST_LINES or several * 3 < sum(map(bool, filled)) or not filled[0] > 1:
        return False
    return not all(_is_column(part, em) for part in parts)


def _aligned(
    pieces: Sequence[Atom], gaps: Sequence[tuple[float, float]], left: float, right: float, column: int
) -> Table:
    text = [atom for atom in pieces if not atom.is_rule]
    em = _em(text)
    bands = [list(band.atoms) for band in _bands(text, left, right, em)]
    gaps = _own_columns(bands, [*gaps, *_narrow(bands, gaps, em)])
    edges = [left, *((a + b) / 2 for a, b in gaps), right]
    wide = [around(a.box for a in part).width if part else 0.0 for part in _parted(text, gaps)]
    rows, boxes = [], []
    for group in _row_groups(bands, gaps):
        cells = _parted(group, gaps)
        rows.append(tuple(_cell(cell, width) for cell, width in zip(cells, wide, strict=True)))
        boxes.append(around(atom.box for atom in group))
    return Table(tuple(rows), tuple(boxes), tuple(edges), column)


def _narrow(
    bands: Sequence[Sequence[Atom]], gaps: Sequence[tuple[float, float]], em: float
) -> list[tuple[float, float]]:
    """Narrow white that runs down through a column of many rows, most with letters on both sides."""
    found = []
    for i in range(len(gaps) + 1):
        lines = [line for band in bands if (line := _parted(band, gaps)[i])]
        if len(lines) < _ROWS:
            continue
        spans = sorted((atom.box.left, atom.box.right) for line in lines for atom in line)
        at = spans[0][1]
        for a, b in spans:
            if a - at >= _NARROW * em:
                both = sum(any(x.box.right <= a for x in line) and any(x.box.left >= a for x in line) for line in lines)
                found += [(at, a)] if both * 2 > len(lines) else []
            at = max(at, b)
    return found


def _own_columns(bands: Sequence[Sequence[Atom]], gaps: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without white that parts no columns: no row fills both (a header left of its numbers), or only by letters."""
    kept = sorted(gaps)
    i = 0
    while i < len(kept):
        rows = [_parted(band, kept) for band in bands]
        if any(row[i] and row[i + 1] for row in rows) and not all(
            _is_letter(row[i]) and _is_letter(row[i + 1]) for row in rows
        ):
            i += 1
        else:
            del kept[i]
    return kept


def _is_letter(cell: Sequence[Atom]) -> bool:
    """Whether it is half of a name of two letters that is set with a blank between them."""
    return sum(len(atom.glyphs) for atom in cell) < 2


def _cell(cell: Sequence[Atom], width: float) -> str:
    return text_of([glyph for atom in cell for glyph in atom.glyphs], width)


def _row_groups(bands: Sequence[list[Atom]], gaps: Sequence[tuple[float, float]]) -> list[list[Atom]]:
    """The lines of each row: parted where the white is wider than within rows, else where the first cell is filled."""
    boxes = [around(atom.box for atom in band) for band in bands]
    white = [b.top - a.bottom for a, b in pairwise(boxes)]
    starts = [bool(_parted(band, gaps)[0]) for band in bands]
    least, most = min(white, default=0.0), max(white, default=0.0)
    by_white = _grouped(bands, [True, *(gap > (least + most) / 2 for gap in white)])
    firsts = [sum(bool(_parted(line, gaps)[0]) for line in group) for group in by_white]
    if most - least > 2 and all(count == 1 for count in firsts):
        return [[atom for line in group for atom in line] for group in by_white]
    return [[atom for line in group for atom in line] for group in _grouped(bands, [True, *starts[1:]])]


def _grouped(bands: Sequence[list[Atom]], begins: Sequence[bool]) -> list[list[list[Atom]]]:
    groups: list[list[list[Atom]]] = []
    for band, begin in zip(bands, begins, strict=True):
        if begin or not groups:
            groups.append([])
        groups[-1].append(band)
    return groups


# -- one column


def _column(
    pieces: Sequence[Atom], left: float, right: float, column: int, pictures: Sequence[Box]
) -> list[Line | Table]:
    whole = [replace(atom.whole, column=column) for atom in pieces if atom.whole]
    lines = [_line(row, left, right, column, pictures) for row in rows([g for atom in pieces for g in atom.glyphs])]
    return sorted([*lines, *whole], key=lambda part: (part.box.top, part.box.left))


def _line(row: Sequence[Glyph], left: float, right: float, column: int, pictures: Sequence[Box]) -> Line:
    box = around(glyph.box for glyph in row)
    for picture in pictures:
        if picture.top < box.bottom and picture.bottom > box.top and picture.right > left and picture.left < right:
            if picture.left >= box.right - 2:
                right = min(right, picture.left)
            elif picture.right <= box.left + 2:
                left = max(left, picture.right)
    size = statistics.median_low([glyph.size for glyph in row])
    return Line(
        written(row), box, size, column, (min(left, box.left), max(right, box.right)), unparted(row), row[-1].blank
    )
