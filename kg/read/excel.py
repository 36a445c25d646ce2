"""Excel workbooks (.xlsx, .xlsm): every sheet's cells as a person sees them; old ones (.xls, .et) by LibreOffice.

Hidden sheets, rows and columns are read too: a ledger that somebody filtered is still the ledger. Formulas are read by
the results that were saved with them. Comments, drawings and text boxes are left out.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol
from xml.etree.ElementTree import ParseError, iterparse

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from kg.limits import Limits
from kg.model import Reading
from kg.read.archive import another_format, damaged, macros, open_package, real_ending
from kg.read.old_office import convert
from kg.read.sheet import Counter, Sheet, lines_of

_ENDINGS = (".xlsx", ".xlsm")
_BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError),
    *(AttributeError, EOFError, OverflowError, SyntaxError, OSError, NotImplementedError),
)
"""What openpyxl raises over a file whose parts do not fit together."""
_PADDED = re.compile(r"0+")
_PERCENT = re.compile(r"0(?:\.(?P<digits>0+))?%")
_YEAR, _MONTH, _DAY = re.compile("y", re.I), re.compile("m", re.I), re.compile("d", re.I)


class _Cell(Protocol):
    """What openpyxl's kinds of cells have in common."""

    @property
    def value(self) -> object:
        """What it holds."""

    @property
    def number_format(self) -> str:
        """How it is shown."""

    @property
    def data_type(self) -> str:
        """`e` for an error."""


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
    try:
        sheets = list(_sheets(data, package, name, limits))
    except _BROKEN as e:
        raise damaged(name) from e
    text, notes = lines_of(sheets, name, limits)
    return text.reading(notes=(*macros(package), *notes))


def _sheets(data: bytes, package: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[Sheet]:
    counter = Counter(name, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl leaves out: no words
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        found = Sheet(sheet.title, shown=sheet.sheet_state == "visible")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if isinstance(sheet, ReadOnlyWorksheet):
                sheet.reset_dimensions()  # what a sheet claims to span may be a million empty rows of as many columns
            for at, row in enumerate(sheet.iter_rows(min_row=1, min_col=1)):
                words = {i: said for i, cell in enumerate(row) if cell.value is not None and (said := _words(cell))}
                if words:
                    found.rows[at] = words
                    counter.row(len(words))
        found.merged = list(_merged(package, getattr(sheet, "_worksheet_path", "")))  # it has no public name
        yield found
    book.close()


def _merged(package: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, int, int]]:
    with package.open(part.lstrip("/")) as xml:
        for _, element in iterparse(xml):
            if element.tag.endswith("}mergeCell"):
                edges = [edge for edge in range_boundaries(element.get("ref", "")) if edge]
                if len(edges) == 4:
                    yield edges[1] - 1, edges[0] - 1, edges[3] - 1, edges[2] - 1
            if element.tag.endswith("}row"):
                element.clear()


def _words(cell: _Cell) -> str:
    """What a cell shows; empty for an error."""
    value, shown = cell.value, (cell.number_format or "").partition(";")[0]
    if cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number(value, shown)
    if isinstance(value, datetime | date | time | timedelta):
        return moment(value, shown)
    return str(value)


def number(value: int | float, shown: str = "") -> str:
    """A number as it is shown: no exponent, no useless zeros; padded (`0000`) or in per cent where its format says so.

    >>> number(20310001.0), number(7, "0000"), number(0.985, "0.0%"), number(1e-7)
    ('20310001', '0007', '98.5%', '0.0000001')
    """
    if percent := _PERCENT.fullmatch(shown):
        return f"{100 * value:.{len(percent['digits'] or '')}f}%"
    if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
        return ""
    if float(value).is_integer():
        whole = f"{int(value)}"
        return whole.zfill(len(shown)) if _PADDED.fullmatch(shown) and value >= 0 else whole
    return format(Decimal(f"{value:.15g}"), "f")


def moment(value: datetime | date | time | timedelta, shown: str = "") -> str:
    """A date as `2031-03-01`, or as far as its format shows it (`2031-03`), with the time of day where it has one.

    >>> moment(datetime(2031, 3, 1)), moment(datetime(2031, 3, 1), 'yyyy"年"m"月"'), moment(datetime(2031, 3, 1, 9, 30))
    ('2031-03-01', '2031年3月', '2031-03-01 09:30')
    """
    if isinstance(value, time | timedelta):
        return str(value).removesuffix(":00")
    if not shown or _DAY.search(shown) or not (_YEAR.search(shown) and _MONTH.search(shown)):
        day = f"{value.year:04}-{value.month:02}-{value.day:02}"
        clock = f" {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else ""
        return day + clock
    return f"{value.year}年{value.month}月"
