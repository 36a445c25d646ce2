"""Excel workbooks (.xlsx, .xlsm): every sheet's cells as a person sees them; old ones (.xls, .et) by LibreOffice.

Hidden sheets, rows and columns are read too: a ledger that somebody filtered is still the ledger. Formulas are read by
the results that were saved with them. Comments, drawings and text boxes are left out.

The sheets are listened to (`xml_stream`), since openpyxl builds a tree of each row, and what it hands on has a cell for
every column up to the last: a small file can so be made to fill any memory. Here an empty cell leaves nothing behind.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from kg.limits import Limits
from kg.model import Reading
from kg.read.archive import another_format, damaged, macros, open_package, real_ending
from kg.read.cell_words import iso_moment
from kg.read.old_office import convert
from kg.read.sheet import COLUMNS, Counter, Sheet, lines_of
from kg.read.workbook_parts import SPREADSHEET, Words, Workbook, Worksheet, is_true, unescaped, workbook
from kg.read.xml_stream import Begin, Listening

_ENDINGS = (".xlsx", ".xlsm")
_ROWS = 1_048_576
"""That a sheet of Excel has."""
_DIGITS = "0123456789"


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a workbook.

    Raises Unreadable for what is none (and says what it is), a damaged or locked one, one without a filled cell, and
    beyond the limits; for an old one where LibreOffice is not installed.
    """
    ending = real_ending(data)
    if ending == ".xls":
        data = convert(data, name, limits, ending, ".xlsx")
    elif ending not in _ENDINGS:
        raise another_format(ending, name, _ENDINGS)
    package = open_package(data, name, limits, _ENDINGS)
    book, counter = workbook(package, name, limits), Counter(name, limits)
    sheets = [_Cells(worksheet, book, counter, name, limits).of(package) for worksheet in book.sheets]
    text, notes = lines_of(sheets, name, limits)
    return text.reading(notes=(*macros(package), *book.notes, *notes))


class _Cells:
    """Listens to a worksheet and keeps the filled cells."""

    def __init__(self, worksheet: Worksheet, book: Workbook, counter: Counter, name: str, limits: Limits) -> None:
        self._sheet = Sheet(worksheet.title, shown=worksheet.shown)
        self._worksheet, self._book, self._counter, self._name = worksheet, book, counter, name
        self._words = Words(name, limits)
        self._at = -1
        self._row: dict[int, str] = {}
        self._row_hidden = False
        self._cell: dict[str, str] = {}
        self._address, self._beyond = "", 0
        """The last address that was written in the row, and how many cells came after it that have none."""
        self._has_formula = self._has_words = False

    def of(self, package: zipfile.ZipFile) -> Sheet:
        """The sheet. Raises Unreadable where its part is missing or no XML, and beyond the limits."""
        begin: dict[str, Begin] = {
            **self._words.begin,
            "x:col": self._begin_column,
            "x:row": self._begin_row,
            "x:c": self._begin_cell,
            "x:f": self._formula,
            "x:mergeCell": self._merged,
        }
        end: dict[str, Callable[[], None]] = {
            **self._words.end,
            "x:c": self._end_cell,
            "x:row": self._end_row,
        }
        Listening(self._name, SPREADSHEET, begin, end, self._words.hear).to(package, self._worksheet.part)
        return self._sheet

    def _begin_column(self, said: dict[str, str]) -> None:
        if is_true(said.get("hidden")):
            self._sheet.hide_columns(_place(said.get("min", "")), _place(said.get("max", "")))

    def _begin_row(self, said: dict[str, str]) -> None:
        place = _place(said["r"]) if "r" in said else -1
        self._at = place if place >= 0 else self._at + 1
        self._row, self._row_hidden = {}, "hidden" in said and is_true(said["hidden"])
        self._address, self._beyond = "", 0

    def _begin_cell(self, said: dict[str, str]) -> None:
        self._cell = said
        if "r" in said:
            self._address, self._beyond = said["r"], 0
        else:
            self._beyond += 1
        self._has_formula = False

    def _formula(self, _: object) -> None:
        self._has_formula = True

    def _end_cell(self) -> None:
        words = self._words.take()
        if words:
            said = self._shown(words)
        elif self._has_formula and self._cell.get("t") != "str":  # its result is no empty string
            self._sheet.unsaved.add(self._at, self._column())
            return
        else:
            return
        if said:
            self._row[self._column()] = said

    def _shown(self, words: str) -> str:
        """What the cell shows; empty for an error, which is counted."""
        kind = self._cell.get("t", "n")
        if kind == "n":
            return self._book.formats.shown(words, self._cell.get("s", "0"))
        if kind == "s":
            return self._shared(words)
        if kind == "e":
            self._sheet.errors.add(self._at, self._column(), words)
            return ""
        if kind == "b":
            return str(is_true(words.strip())).upper()
        return iso_moment(words) if kind == "d" else unescaped(words)

    def _shared(self, words: str) -> str:
        try:
            at = int(words)
            return self._book.strings[at] if at >= 0 else ""
        except (ValueError, IndexError) as e:
            raise damaged(self._name) from e

    def _column(self) -> int:
        """The cell's column, from 0. Raises Unreadable for one that Excel does not have."""
        try:
            column = _index(self._address.rstrip(_DIGITS)) + self._beyond
        except ValueError as e:
            raise damaged(self._name) from e
        if column >= COLUMNS or self._at >= _ROWS:
            raise damaged(self._name)
        return column

    def _end_row(self) -> None:
        if self._row:
            self._counter.row(self._row)
            self._sheet.rows.setdefault(self._at, {}).update(self._row)
            if self._row_hidden:
                self._sheet.hidden_rows.add(self._at)

    def _merged(self, said: dict[str, str]) -> None:
        try:
            left, top, _, bottom = range_boundaries(said.get("ref", ""))
        except ValueError:  # no stretch of cells: nothing is merged
            return
        if left and top and bottom:
            self._sheet.merge_down(top - 1, left - 1, bottom - 1)


def _place(said: str) -> int:
    """A row's or column's number as a place from 0; -1 for what is none."""
    return int(said) - 1 if said.isdecimal() and len(said) < len(str(10 * _ROWS)) else -1


@cache
def _index(letters: str) -> int:
    """A column's letters as a place from 0; for none, the place before the first."""
    return column_index_from_string(letters) - 1 if letters else -1
