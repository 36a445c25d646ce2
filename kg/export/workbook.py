"""The graph as one Excel workbook: a sheet each class, headed in Chinese."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.class_tables import Cell, Table, tables

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as ExcelCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_NO_CLOCK: Final = datetime(1980, 1, 1)
_MOST_ROWS: Final = 1_048_575
"""What a sheet holds below its header."""
_FORMULA: Final = ("=", "+", "-", "@")
_WIDE, _NARROW = 44, 14
_MODIFIED: Final = re.compile(rb"(<dcterms:modified [^>]*>)[^<]*(</dcterms:modified>)")


def workbook(store: Store, folder: Path) -> list[str]:
    """`tables.xlsx`. Every text is a text, never a formula; rows that no sheet can hold are counted in its last row."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _NO_CLOCK
    book.properties.creator = "zhengxie-kg"
    for table in tables(store):
        _sheet(book, table)
    (folder / "tables.xlsx").write_bytes(_undated(book))
    return ["tables.xlsx"]


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = "B2" if table.key else "A2"
    for number, column in enumerate(table.columns):
        letter = _letter(number)
        sheet.column_dimensions[letter].width = _WIDE if column.name in {"name", "title", "words", "quote"} else _NARROW
    sheet.append([_cell(sheet, column.title, bold=True) for column in table.columns])
    rest = len(table.rows) - _MOST_ROWS
    for row in table.rows[: _MOST_ROWS - 1] if rest > 0 else table.rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    if rest > 0:
        sheet.append([_cell(sheet, f"……另有 {rest + 1} 行，见 CSV 表")])


def _cell(sheet: WriteOnlyWorksheet, value: Cell, *, bold: bool = False) -> ExcelCell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, ("是" if value else "否") if isinstance(value, bool) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)  # it stays a text when somebody edits the cell
    if bold:
        cell.font = Font(bold=True)
    return cell


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number + 1)


def _undated(book: Workbook) -> bytes:
    """The file's bytes without the clock, which openpyxl writes into the properties and on the package's members."""
    saved, out = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            member = zipfile.ZipInfo(name, _NO_CLOCK.timetuple()[:6])
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            written.writestr(member, _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", read.read(name)))
    return out.getvalue()
