"""OpenDocument tables (.ods): each cell by the words that it shows, so a number keeps its zeros and a date its form."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import ZipFile

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read.archive import damaged, open_package
from kg.read.sheet import Counter, Sheet, lines_of

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE = f"{_OASIS}table:1.0}}", f"{_OASIS}text:1.0}}", f"{_OASIS}office:1.0}}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_FARTHEST = 2_000
"""Columns: repeated empty cells lead no farther."""


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of an OpenDocument table; raises Unreadable as for an Excel workbook."""
    package = open_package(data, name, limits, (".ods",))
    try:
        sheets = list(_sheets(package, name, limits))
    except (ParseError, KeyError, ValueError) as e:
        raise damaged(name) from e
    text, notes = lines_of(sheets, name, limits)
    return text.reading(notes=notes)


def _sheets(package: ZipFile, name: str, limits: Limits) -> Iterator[Sheet]:
    counter = Counter(name, limits)
    if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("protected by a password", where=name, hint="save it without one")
    sheet, at = Sheet(""), 0
    with package.open("content.xml") as xml:
        for event, element in iterparse(xml, ("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                sheet, at = Sheet(element.get(f"{_TABLE}name", "")), 0
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                at = _row(element, sheet, at, counter)
                element.clear()
            elif event == "end" and element.tag == f"{_TABLE}table":
                yield sheet
                element.clear()


def _row(element: Element, sheet: Sheet, at: int, counter: Counter) -> int:
    """Take a row, as often as it is repeated; the place of the next."""
    repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
    words, column = {}, 0
    for cell in (c for c in element if c.tag in _CELLS):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        said = "" if cell.tag.endswith("covered-table-cell") else _words(cell)
        if said:
            words.update(dict.fromkeys(range(column, min(column + times, _FARTHEST)), said))
            down, across = (int(cell.get(f"{_TABLE}number-{side}-spanned", "1")) for side in ("rows", "columns"))
            if down > 1 or across > 1:
                sheet.merged.append((at, column, at + down - 1, column + across - 1))
        column += times
    for i in range(repeated if words else 0):
        counter.row(len(words))
        sheet.rows[at + i] = dict(words)
    return at + repeated


def _words(cell: Element) -> str:
    """A cell's paragraphs, without the annotation that may hang on it."""
    return "\n".join(_text(part) for part in cell if part.tag == f"{_TEXT}p")


def _text(part: Element) -> str:
    words = part.text or ""
    for inner in part:
        if inner.tag == f"{_TEXT}s":
            words += " " * min(int(inner.get(f"{_TEXT}c", "1")), 100)
        elif inner.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            words += "\n"
        elif inner.tag not in {f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note"}:
            words += _text(inner)
        words += inner.tail or ""
    return words
