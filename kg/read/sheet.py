"""A worksheet's filled cells → lines: what workbooks of every format share.

The lines of text above, between and below a sheet's tables are lines, and a table's rows are rows. A cell that is
merged downwards says what it says in each row that it covers. An empty row ends no table that goes on below it in the
same columns; what is of another shape is a table of its own. Where no title stands above a sheet's table, the sheet's
own name does, unless a program gave it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from openpyxl.utils.cell import get_column_letter

from kg.errors import Unreadable
from kg.limits import Limits
from kg.read.lines import StoredText, one_line

_NAME_OF_PROGRAM = re.compile(
    r"(?:Sheet|工作表|表格?|Table|Feuille|Tabelle)\s*\d*|MySheet|export|result", re.IGNORECASE
)
CELLS_PER_ROW = 40
"""The cells that a sheet may have for each row of the limit: a ledger's columns, with room."""
COLUMNS = 16_384
"""That a sheet has, in any program."""
_SLACK = 2
"""How many times the characters of the limit the cells may hold as they are written: blanks at their ends go."""
_MERGED_GAP = 20
"""Empty rows one after the other, inside a merged cell, that still part nothing."""
_LONGEST_NUMBER = 16

_Cells = Mapping[int, str]
"""A row's filled cells by their columns."""


@dataclass(slots=True)
class Missing:
    """Cells that have no words to be read: how many, and the first."""

    count: int = 0
    place: str = ""
    """`B5`."""
    shown: str = ""
    """What the first shows instead."""

    def add(self, row: int, column: int, shown: str = "", cells: int = 1) -> None:
        """Count the cell in a row and a column, both from 0, and more like it beside it."""
        if not self.count:
            self.place, self.shown = f"{_letters(column)}{row + 1}", shown
        self.count += cells


@dataclass(slots=True)
class Sheet:
    """A worksheet as a person sees it."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    """Row → column → words of the filled cells, both from 0."""
    shown: bool = True
    hidden_rows: set[int] = field(default_factory=set)
    """Those with filled cells."""
    errors: Missing = field(default_factory=Missing)
    unsaved: Missing = field(default_factory=Missing)
    """Formulas whose results were not saved with them."""
    _merged: dict[int, dict[int, int]] = field(default_factory=dict)
    """Column → the first row of a merged cell with words → its last."""
    _hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def merge_down(self, top: int, left: int, bottom: int) -> None:
        """Say that a cell, which is read already, reaches down to a row."""
        if bottom > top and self.rows.get(top, {}).get(left):
            self._merged.setdefault(left, {})[top] = bottom

    def hide_columns(self, first: int, last: int) -> None:
        """Say that columns are hidden."""
        if len(self._hidden_columns) < COLUMNS:
            self._hidden_columns.append((max(first, 0), min(last, COLUMNS - 1)))

    @property
    def hidden_columns(self) -> int:
        """How many of the columns with filled cells are hidden."""
        hidden = {column for first, last in self._hidden_columns for column in range(first, last + 1)}
        return len(hidden & {column for cells in self.rows.values() for column in cells}) if hidden else 0

    @property
    def merged(self) -> Iterator[tuple[int, int, int]]:
        """First row, column, last row of each cell that reaches down; where two overlap, the upper ends above."""
        for column, cells in self._merged.items():
            tops = sorted(cells)
            for top, following in pairwise([*tops, max(cells.values()) + 1]):
                yield top, column, min(cells[top], max(following, top + 1) - 1)


class Counter:
    """Counts what the sheets of one file hold, so that reading stops at the limits."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._rows = self._cells = self._characters = self._tabs = 0

    def row(self, cells: Mapping[int, str]) -> None:
        """One more filled row; raises Unreadable beyond the limits."""
        self._rows += 1
        self.cells(cells.values())

    def cells(self, words: Collection[str]) -> None:
        """More filled cells; raises Unreadable beyond the limits."""
        self._cells += len(words)
        self._characters += sum(map(len, words))
        if self._rows > self._limits.rows or self._cells > CELLS_PER_ROW * self._limits.rows:
            hint = "split the file, or raise limits.rows in kg.toml"
            raise Unreadable(f"more than {self._limits.rows:,} rows", where=self._name, hint=hint)
        if self._characters > _SLACK * self._limits.characters:
            raise too_many_characters(self._name, self._limits)

    def line(self, last: int) -> None:
        """One more row that leads as far as a column, from 0; raises Unreadable beyond the limits."""
        self._tabs += last
        if self._tabs > self._limits.characters:
            raise Unreadable(
                f"its rows lead as far as column {_letters(last)}, and nearly all of it is empty",
                where=self._name,
                hint="clear or move what stands far right, or raise limits.characters in kg.toml",
            )


def too_many_characters(name: str, limits: Limits) -> Unreadable:
    """The error for a file whose words are more than may come out of one."""
    what = f"more than {limits.characters:,} characters of text"
    return Unreadable(what, where=name, hint="split the file, or raise limits.characters in kg.toml")


def _letters(column: int) -> str:
    """What a column, counted from 0, is called; its number where no sheet has so many."""
    return get_column_letter(column + 1) if column < COLUMNS else f"{column + 1:,}"


def lines_of(sheets: Sequence[Sheet], name: str, limits: Limits) -> tuple[StoredText, list[str]]:
    """The text of a workbook's sheets, one after the other, and what the reader should be told of them.

    Raises Unreadable where no cell is filled, and beyond the limits.
    """
    text, counter = StoredText(name, limits), Counter(name, limits)
    if not any(sheet.rows for sheet in sheets):
        raise _nothing(sheets, name)
    for sheet in sheets:
        _cover(sheet, counter)
        _write(sheet, text, counter)
    return text, _notes(sheets)


def _nothing(sheets: Sequence[Sheet], name: str) -> Unreadable:
    if any(sheet.unsaved.count for sheet in sheets):
        what, hint = "its formulas were saved without their results", "open it in Excel or WPS and save it again"
        return Unreadable(what, where=name, hint=hint)
    return Unreadable("no cell is filled", where=name, hint="put the table in or take the file away")


def _notes(sheets: Sequence[Sheet]) -> list[str]:
    notes = [f"the hidden sheet {sheet.name} was read too" for sheet in sheets if sheet.rows and not sheet.shown]
    notes += [note for sheet in sheets if (note := _hidden_parts(sheet))]
    errors = [(sheet.name, sheet.errors) for sheet in sheets if sheet.errors.count]
    unsaved = [(sheet.name, sheet.unsaved) for sheet in sheets if sheet.unsaved.count]
    if errors:
        notes.append(_left_out("cell with an error", "cells with an error", errors))
    if unsaved:
        notes.append(
            _left_out("formula saved without its result", "formulas saved without their results", unsaved)
            + "; open the file in Excel or WPS and save it again"
        )
    return notes


def _hidden_parts(sheet: Sheet) -> str:
    rows, columns = len(sheet.hidden_rows), sheet.hidden_columns
    parts = [
        _counted(count, f"hidden {what}", f"hidden {what}s") for count, what in ((rows, "row"), (columns, "column"))
    ]
    of = f" of the sheet {sheet.name}" if sheet.name else ""
    told = " and ".join(filter(None, parts))
    return f"{told}{of} {'was' if rows + columns == 1 else 'were'} read too" if told else ""


def _left_out(one: str, many: str, found: Sequence[tuple[str, Missing]]) -> str:
    count = sum(missing.count for _, missing in found)
    name, first = found[0]
    where = f"{name}!{first.place}" if name else first.place
    what = f"{one_line(first.shown)} at {where}" if first.shown else f"at {where}"
    return f"{_counted(count, one, many)} {'was' if count == 1 else 'were'} left out, the first {what}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}" if count else ""


def _cover(sheet: Sheet, counter: Counter) -> set[int]:
    """What is merged downwards stands in every row that has words of its own. These rows, but for a cell's first."""
    filled = sorted(sheet.rows)
    covered: set[int] = set()
    for top, left, bottom in sheet.merged:
        words = sheet.rows[top][left]
        for at in filled[bisect_right(filled, top) : bisect_right(filled, bottom)]:
            covered.add(at)
            if left not in sheet.rows[at]:
                sheet.rows[at][left] = words
                counter.cells((words,))
    return covered


def _write(sheet: Sheet, text: StoredText, counter: Counter) -> None:
    stretches = _stretches(sheet, _cover(sheet, counter))
    if stretches and len(stretches[0][1][0]) > 1 and not _NAME_OF_PROGRAM.fullmatch(sheet.name.strip()):
        text.line(sheet.name, kind="heading", sheet=sheet.name)
    tables = _Tables()
    for first, rows in stretches:
        for cells in rows:
            counter.line(max(cells, default=0))
        closed = [[cells.get(column, "") for column in range(max(cells, default=-1) + 1)] for cells in rows]
        text.table(closed, first=first + 1, sheet=sheet.name, table=tables.number(rows))


def _stretches(sheet: Sheet, covered: Collection[int]) -> list[tuple[int, list[_Cells]]]:
    """The sheet's rows from one empty row to the next: the first one's place and their filled cells.

    An empty row inside a cell that is merged downwards parts nothing.
    """
    found: list[tuple[int, list[_Cells]]] = []
    before = -2
    for at in sorted(sheet.rows):
        filled = {column: words for column, words in sheet.rows[at].items() if one_line(words)}
        if not filled:
            continue
        gap = at - before - 1
        if gap and not (at in covered and gap <= _MERGED_GAP):
            found.append((at, [filled]))
        else:
            found[-1][1].extend([*[{}] * gap, filled])
        before = at
    return found


class _Tables:
    """Tells a sheet's tables apart that nothing but an empty row parts."""

    def __init__(self) -> None:
        self._number = 1
        self._above: _Shape | None = None
        """Of the table whose last row stands right above."""

    def number(self, rows: Sequence[_Cells]) -> int | None:
        """Which table of its sheet the next rows are of; None for the first.

        Rows that lines stand above count on: those who read the text see these lines too.
        """
        wide = [i for i, cells in enumerate(rows) if len(cells) > 1]
        if not wide:
            self._above = None
        else:
            body = [cells for cells in rows[wide[0] : wide[-1] + 1] if len(cells) > 1]
            goes_on = self._above is not None and wide[0] == 0 and self._above.goes_on(body)
            self._number += self._above is not None and wide[0] == 0 and not goes_on
            shape = self._above if self._above and goes_on else _Shape(body[0])
            shape.add(body)
            self._above = shape if wide[-1] == len(rows) - 1 else None
        return self._number if self._number > 1 else None


class _Shape:
    """What makes rows one table: the columns that they fill, and in which of them they count or number."""

    def __init__(self, header: _Cells) -> None:
        self._header = header
        self._columns: set[int] = set()
        self._numbered: set[int] = set()
        self._worded: set[int] = set()
        self._rows = 0

    def add(self, rows: Sequence[_Cells]) -> None:
        """Take in rows of the table, the first of all with its header."""
        for cells in rows:
            self._columns |= cells.keys()
            if cells is not self._header:
                self._rows += 1
                for column, words in cells.items():
                    (self._numbered if _is_numbered(words) else self._worded).add(column)

    def goes_on(self, rows: Sequence[_Cells]) -> bool:
        """Whether a person would take rows below an empty row for more rows of the table.

        They are none where most of them lead beyond its columns, where their first says words in every column that
        holds numbers so far (a header, of another list), or where nothing is numbered and they fill but a few columns.
        """
        first = rows[0]
        if not self._rows or first == self._header:
            return True
        left, right = min(self._columns), max(self._columns)
        if 2 * sum(min(cells) < left or max(cells) > right for cells in rows) > len(rows):
            return False
        if told := [first[column] for column in self._numbered - self._worded if column in first]:
            return any(map(_is_numbered, told))
        return 2 * len({column for cells in rows for column in cells}) >= len(self._columns)


def _is_numbered(words: str) -> bool:
    return len(words) <= _LONGEST_NUMBER and any(map(str.isdecimal, words))
