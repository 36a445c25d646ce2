"""Tables as characters (.csv, .tsv): the mark between cells is the one that parts most lines alike."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter as Tally

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read.encoding import decode
from kg.read.sheet import Counter, Sheet, lines_of

_MARKS = ",\t;|，"
_SAID = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)
_FORMULA = re.compile(r'="([^"]*)"')
"""`="001"`: how a program keeps Excel from taking a number apart."""
_LOOKED_AT = 200
_LONGEST_CELL = 100_000


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a table; one of a single column is a text, a line a paragraph.

    Raises Unreadable as `decode` does, for a quotation mark that is never closed, where no cell is filled, and beyond
    the limits.
    """
    text, notes = decode(data, name)
    said = _SAID.match(text)
    mark = said[1] if said else _mark(text)
    sheet, counter = Sheet(""), Counter(name, limits)
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text[said.end() :] if said else text, newline=""), delimiter=mark, strict=True)
    try:
        for at, row in enumerate(rows):
            words = {i: told for i, cell in enumerate(row) if (told := _FORMULA.sub(r"\1", cell).strip())}
            if words:
                sheet.rows[at] = words
                counter.row(words)
    except csv.Error as e:
        raise Unreadable(
            f"line {rows.line_num}: a quotation mark is not closed, or stands where none may",
            where=name,
            hint='write "" for a mark inside a cell, or save it as .xlsx',
        ) from e
    return lines_of([sheet], name, limits)[0].reading(notes=notes)


def _mark(text: str) -> str:
    """What parts the cells: the mark that stands outside quotes equally often in the most of the first lines."""
    lines = [re.sub(r'"(?:[^"]|"")*"', "", line) for line in text[: 400 * _LOOKED_AT].splitlines()[:_LOOKED_AT]]
    alike = {mark: _alike([line.count(mark) for line in lines if line.strip()]) for mark in _MARKS}
    return max(alike, key=lambda mark: (alike[mark], -_MARKS.index(mark)))


def _alike(counts: list[int]) -> int:
    return max(Tally(n for n in counts if n).values(), default=0)
