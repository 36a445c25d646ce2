"""A worksheet's filled cells → lines: what workbooks of every format share.

Rows that an empty row parts stand apart, so that the lines of text above, between and below a sheet's tables are lines,
and a table's rows are rows. A cell that is merged downwards says what it says in each row that it covers. Where no
title stands above a sheet's table, the sheet's own name does, unless a program gave it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.errors import Unreadable
from kg.limits import Limits
from kg.read.lines import StoredText, one_line

_NAME_OF_PROGRAM = re.compile(
    r"(?:Sheet|工作表|表格?|Table|Feuille|Tabelle)\s*\d*|MySheet|export|result", re.IGNORECASE
)
CELLS_PER_ROW = 40
"""The cells that a sheet may have for each row of the limit: a ledger's columns, with room."""


@dataclass(slots=True)
class Sheet:
    """A worksheet as a person sees it."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    """Row → column → words of the filled cells, both from 0."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column of each merged stretch."""
    shown: bool = True


class Counter:
    """Counts what the sheets of one file hold, so that reading stops at the limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._rows = self._cells = 0

    def row(self, cells: int) -> None:
        """One more filled row; raises Unreadable beyond the limits."""
        self._rows += 1
        self._cells += cells
        if self._rows > self._limits.rows or self._cells > CELLS_PER_ROW * self._limits.rows:
            raise Unreadable(
                f"more than {self._limits.rows:,} rows",
                where=self._name,
                hint="split the file, or raise limits.rows in kg.toml",
            )


def lines_of(sheets: Sequence[Sheet], name: str, limits: Limits) -> tuple[StoredText, list[str]]:
    """The text of a workbook's sheets, one after the other, and what the reader should be told of them.

    Raises Unreadable where no cell is filled, and beyond the limits.
    """
    text = StoredText(name, limits)
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable("no cell is filled", where=name, hint="put the table in or take the file away")
    for sheet in sheets:
        _cover(sheet)
        _write(sheet, text)
    hidden = [sheet.name for sheet in sheets if sheet.rows and not sheet.shown]
    return text, [f"the hidden sheet {title} was read too" for title in hidden]


def _cover(sheet: Sheet) -> None:
    """What is merged downwards stands in every row that has words of its own."""
    for top, left, bottom, _ in sheet.merged:
        words = sheet.rows.get(top, {}).get(left)
        for at in range(top + 1, bottom + 1) if words else ():
            if at in sheet.rows:
                sheet.rows[at].setdefault(left, words or "")
            elif bottom - top > len(sheet.rows):
                break


def _write(sheet: Sheet, text: StoredText) -> None:
    stretches = _stretches(sheet)
    if stretches and not _has_title(stretches[0][1]) and not _NAME_OF_PROGRAM.fullmatch(sheet.name.strip()):
        text.line(sheet.name, kind="heading", sheet=sheet.name)
    for first, rows in stretches:
        text.table(rows, first=first + 1, sheet=sheet.name)


def _stretches(sheet: Sheet) -> list[tuple[int, list[list[str]]]]:
    """The sheet's rows from one empty row to the next: the first one's place and their cells."""
    found: list[tuple[int, list[list[str]]]] = []
    before = -2
    for at in sorted(sheet.rows):
        filled = {column: words for column, words in sheet.rows[at].items() if one_line(words)}
        if not filled:
            continue
        cells = [filled.get(column, "") for column in range(max(filled) + 1)]
        if at == before + 1:
            found[-1][1].append(cells)
        else:
            found.append((at, [cells]))
        before = at
    return found


def _has_title(rows: Sequence[Sequence[str]]) -> bool:
    return sum(map(bool, rows[0])) == 1
