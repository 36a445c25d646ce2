"""Tables with ruling lines: which cells the lines of a page enclose, and what stands in them.

The lines of a grid that touch are gathered, and the stretches between them are cells where a line parts them, merged
ones where none does (the "lattice" way of Tabula and pdfplumber, after A. Nurminen, "Algorithmic extraction of data in
tables in PDF documents", 2013).

Lengths are points. y runs downward from the page's upper left corner.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.read.glyphs import Box, Glyph, around, drawn_once, text_of
from kg.read.layout import Atom, Table

_NEAR = 2.5
"""How far lines that meet may stand apart."""
_THICK = 3.0
_PADDING = 6.0
_MOST_LINES = 1000
_LONG_CELL = 250
"""Characters in a cell on average: where it is more, the lines part a page's articles."""

_SHORT_CELL = 40
"""The same for a single row, which is one that a page's or a column's end left alone."""


class _Segment(NamedTuple):
    """A line: where it stands across, and from where to where it runs."""

    at: float
    start: float
    end: float


class Grid(NamedTuple):
    """Where the lines of a table run."""

    across: tuple[_Segment, ...]
    down: tuple[_Segment, ...]


def tables(glyphs: Sequence[Glyph], rules: Sequence[Box]) -> tuple[list[Atom], list[Glyph], list[Box]]:
    """The tables that the rules draw, the characters outside of them, and the rules that run across beside them."""
    found: list[Atom] = []
    rest = list(glyphs)
    for grid in _grids(rules):
        table, inside = _table(grid, rest)
        if table is not None:
            found.append(Atom(_around(grid), (), table))
            rest = [glyph for glyph in rest if id(glyph) not in inside]
    flat = [r for r in rules if r.height <= _THICK < r.width and not any(_within(r, atom.box) for atom in found)]
    return found, rest, flat


def _within(rule: Box, box: Box) -> bool:
    return box.left - _NEAR <= rule.left <= box.right and box.top - _NEAR <= rule.top <= box.bottom + _NEAR


def _around(grid: Grid) -> Box:
    """A grid's edges: a table that a page's or a column's end cuts may lack its first or last line."""
    return Box(
        min(s.start for s in grid.across),
        min(*(s.at for s in grid.across), *(s.start for s in grid.down)),
        max(s.end for s in grid.across),
        max(*(s.at for s in grid.across), *(s.end for s in grid.down)),
    )


def _grids(rules: Sequence[Box]) -> list[Grid]:
    """The rules that touch one another, gathered; from the top."""
    across = _merged(
        [_Segment((r.top + r.bottom) / 2, r.left, r.right) for r in rules if r.height <= _THICK <= r.width]
    )
    down = _merged([_Segment((r.left + r.right) / 2, r.top, r.bottom) for r in rules if r.width <= _THICK <= r.height])
    if not down or not across or len(across) + len(down) > _MOST_LINES:
        return []
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, v in enumerate(down):
        for i, h in enumerate(across):
            if _meets(h, v):
                parent[root(len(across) + j)] = root(i)
    groups: dict[int, tuple[list[_Segment], list[_Segment]]] = {}
    for i, segment in enumerate([*across, *down]):
        groups.setdefault(root(i), ([], []))[i >= len(across)].append(segment)
    found = [Grid(tuple(h), tuple(v)) for h, v in groups.values() if h and v]
    return sorted(found, key=lambda grid: _around(grid)[1::-1])


def _meets(h: _Segment, v: _Segment) -> bool:
    return h.start - _NEAR <= v.at <= h.end + _NEAR and v.start - _NEAR <= h.at <= v.end + _NEAR


def _merged(segments: Sequence[_Segment]) -> list[_Segment]:
    """Lines drawn cell by cell as one."""
    merged: list[_Segment] = []
    places = _places([s.at for s in segments])
    for s in sorted(s._replace(at=_nearest(places, s.at)) for s in segments):
        if merged and merged[-1].at == s.at and s.start <= merged[-1].end + _NEAR:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, s.end))
        else:
            merged.append(s)
    return merged


def _places(values: Sequence[float]) -> list[float]:
    """Values that stand near to one another as one."""
    places: list[float] = []
    last = float("-inf")
    for value in sorted(values):
        if value - last > _NEAR:
            places.append(value)
        last = value
    return places


def _nearest(places: Sequence[float], value: float) -> float:
    return places[max(bisect_right(places, value + 0.001) - 1, 0)]


def _table(grid: Grid, glyphs: Sequence[Glyph]) -> tuple[Table | None, set[int]]:
    """The table that a grid draws with the identities of the characters in it; none for a frame or a page's rules."""
    whole = _around(grid)
    xs = _places([*(s.at for s in grid.down), whole.left, whole.right])
    ys = _places([*(s.at for s in grid.across), whole.top, whole.bottom])
    if len(xs) < 3 or len(ys) < 2:
        return None, set()
    cells: dict[tuple[int, int], list[Glyph]] = {}
    owner = _owners(grid, xs, ys)
    for glyph in glyphs:
        x, y = (glyph.box.left + glyph.box.right) / 2, (glyph.box.top + glyph.box.bottom) / 2
        if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
            cells.setdefault(owner[bisect_right(ys, y) - 1, bisect_right(xs, x) - 1], []).append(glyph)
    rows, columns = ({place[i] for place in cells} for i in (0, 1))
    inside = [glyph for cell in cells.values() for glyph in cell]
    most = (_LONG_CELL if len(rows) > 1 else _SHORT_CELL) * len(cells)
    alone = len(rows) < 2 and len(grid.down) < (2 if len(columns) > 1 else 4)
    if not inside or len(inside) > most or alone or len(rows) > 1 > len(columns) - 1:
        return None, set()
    return _filled(cells, owner, xs, ys), {id(glyph) for glyph in inside}


def _filled(
    cells: dict[tuple[int, int], list[Glyph]],
    owner: dict[tuple[int, int], tuple[int, int]],
    xs: Sequence[float],
    ys: Sequence[float],
) -> Table:
    """The cells' texts: a cell over several rows is in each of them, one over several columns in the first."""
    ends = {first: place[1] + 1 for place, first in owner.items()}
    texts = {
        place: text_of(drawn_once(cell), _inner_width(xs[place[1]], xs[ends[place]], cell))
        for place, cell in cells.items()
    }
    rows, boxes = [], []
    for i, (top, bottom) in enumerate(pairwise(ys)):
        places = [owner[i, j] for j in range(len(xs) - 1)]
        rows.append(tuple(texts.get(place, "") if place[1] == j else "" for j, place in enumerate(places)))
        boxes.append(Box(xs[0], top, xs[-1], bottom))
    return Table(tuple(rows), tuple(boxes), tuple(xs), 1)


def _inner_width(left: float, right: float, cell: Sequence[Glyph]) -> float:
    """The width of a cell without the white at its edges, which is about as wide at both."""
    box = around(glyph.box for glyph in cell)
    return right - left - 2 * max(min(box.left - left, right - box.right, _PADDING), 0.0)


def _owners(grid: Grid, xs: Sequence[float], ys: Sequence[float]) -> dict[tuple[int, int], tuple[int, int]]:
    """Each stretch of the grid (row, column) → the first stretch of the cell that it belongs to."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for i, (top, bottom) in enumerate(pairwise(ys)):
        left_walls = {_index(xs, s.at) for s in grid.down if s.start <= (top + bottom) / 2 <= s.end}
        lids = [s for s in grid.across if _index(ys, s.at) == i]
        for j, (left, right) in enumerate(pairwise(xs)):
            owner[i, j] = (i, j)
            if j and j not in left_walls:
                owner[i, j] = owner[i, j - 1]
            elif i and not any(s.start <= (left + right) / 2 <= s.end for s in lids):
                owner[i, j] = owner[i - 1, j]
    return owner


def _index(places: Sequence[float], value: float) -> int:
    return bisect_right(places, value + _NEAR) - 1
