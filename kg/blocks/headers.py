"""The lines of a table that name its columns, one or two, below what may stand above them."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import zip_longest

from kg.model import Block, Span

_DEEPEST = 5
"""The line of a table, from its top, that may still be its header: who filled it in and when may stand above."""
_SAID = re.compile("[：:].")
"""`填报单位：某局`: what is told above a table, and no column's name."""


def headers_of(found: Sequence[Block]) -> list[Block]:
    """The blocks with each table's rows knowing the names of their columns; these rows themselves bear their own words.

    A header of two lines is known by its form: the upper line's cells span columns (those right of them are empty, and
    filled below) or go down through both lines; then a column is called by the lower line's word.
    """
    read: list[Block] = []
    for table in _tables(found):
        read += _with_header(table) if table[0].kind == "row" else table
    return read


def columns_of(spans: Collection[Span], found: Sequence[Block]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """For each span inside a row below a header: the names of the columns that it reaches over, in the text's order."""
    rows = [b for b in found if b.kind == "row" and b.header and b.header != _closed(b)]
    starts = [row.span.start for row in rows]
    named: list[tuple[Span, tuple[str, ...]]] = []
    for span in sorted(spans):
        at = bisect.bisect_right(starts, span.start) - 1
        if at >= 0 and span.end <= rows[at].span.end:
            cells = [
                i for i, c in enumerate(rows[at].cells) if c.text and c.at[0] < span.end and c.at[-1] >= span.start
            ]
            named.append((span, rows[at].header[cells[0] : cells[-1] + 1] if cells else ()))
    return tuple((span, names) for span, names in named if names)


def _closed(row: Block) -> tuple[str, ...]:
    """The words of a row's cells without their blanks."""
    return tuple(re.sub(r"\s", "", c.text) for c in row.cells)


def _tables(found: Sequence[Block]) -> list[list[Block]]:
    """The blocks parted into the rows of one table each, and what stands between tables."""
    parts: list[list[Block]] = []
    for block in found:
        last = parts[-1][-1] if parts else None
        if last and last.kind == "row" and block.kind == "row" and last.whole == block.whole:
            parts[-1].append(block)
        else:
            parts.append([block])
    return parts


def _with_header(rows: Sequence[Block]) -> list[Block]:
    closed = [_closed(row) for row in rows]
    at = next((i for i, cells in enumerate(closed[:_DEEPEST]) if not any(map(_SAID.search, cells))), 0)
    header, below = closed[at], at + 1
    if below < len(closed) and _is_lower_line(header, closed[below]):
        header = tuple(low or high for low, high in zip_longest(closed[below], header, fillvalue=""))
        below += 1
    return [
        replace(row, header=cells if i < below or cells == closed[at] else header)
        for i, (row, cells) in enumerate(zip(rows, closed, strict=True))
    ]


def _is_lower_line(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row is the second line of a header.

    >>> _is_lower_line(("案由", "承办单位", ""), ("案由", "主办", "会办"))
    True
    >>> _is_lower_line(("案由", "承办单位"), ("修一座桥", "某局"))
    False
    """
    columns = list(zip_longest(upper, lower, fillvalue=""))
    spanned = [not above for above, _ in columns]
    for i, (above, below) in enumerate(columns):
        wide = bool(above) and i + 1 < len(columns) and spanned[i + 1]
        if wide or spanned[i]:
            if not below or (wide and below == above):
                return False
        elif below not in {above, ""}:
            return False
    return bool(upper) and bool(upper[0]) and any(spanned)
