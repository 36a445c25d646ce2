"""OpenDocument tables (.ods): each cell by the words that it shows, so a number keeps its zeros and a date its form."""

from __future__ import annotations

from collections.abc import Callable
from zipfile import ZipFile

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read.archive import damaged, open_package
from kg.read.cell_words import ERROR
from kg.read.lines import one_line
from kg.read.sheet import COLUMNS, Counter, Missing, Sheet, lines_of, too_many_characters
from kg.read.xml_stream import Begin, Listening

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {f"{_OASIS}{prefix}:1.0": prefix for prefix in ("table", "text", "office", "style")}
_TABLE, _TEXT, _STYLE = (f"{_OASIS}{prefix}:1.0}}" for prefix in ("table", "text", "style"))
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_FORMULA = f"{_TABLE}formula"
_VALUE_TYPE = f"{_OASIS}office:1.0}}value-type"
_ROWS_REPEATED, _COLUMNS_REPEATED = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_ASIDE = ("office:annotation", "text:ruby-text", "text:note")
"""What stands inside a cell or its words and is none of them."""
_SHEET_DEPTH = 4
"""Where a sheet stands: `document-content/body/spreadsheet/table`; a deeper one is a picture's, or a link's copy."""
_MOST_SHEETS = _MOST_HIDDEN_STYLES = 10_000
_LONGEST_GAP = 100
_DIGITS = 10


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of an OpenDocument table; raises Unreadable as for an Excel workbook."""
    package = open_package(data, name, limits, (".ods",))
    if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("protected by a password", where=name, hint="save it without one")
    text, notes = lines_of(_Document(name, limits).sheets(package), name, limits)
    return text.reading(notes=notes)


class _Words:
    """The paragraphs of a cell, put together without what hangs on it."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._pieces: list[str] = []
        self._is_open = False
        self._length = self._aside = 0

    def begin_paragraph(self) -> None:
        self._is_open = True
        if self._pieces:
            self.hear("\n")

    def end_paragraph(self) -> None:
        self._is_open = False

    def begin_aside(self, _: object) -> None:
        self._aside += 1

    def end_aside(self) -> None:
        self._aside -= 1

    def hear(self, text: str) -> None:
        """Take characters. Raises Unreadable beyond the limit."""
        if self._is_open and not self._aside:
            self._pieces.append(text)
            self._length += len(text)
            if self._length > self._limits.characters:
                raise too_many_characters(self._name, self._limits)

    def blanks(self, said: dict[str, str]) -> None:
        self.hear(" " * min(_times(said, f"{_TEXT}c"), _LONGEST_GAP))

    def line_break(self, _: object) -> None:
        self.hear("\n")

    def take(self) -> str:
        """What was put together since the last time."""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return text


class _Document:
    """Listens to a document and keeps the filled cells of its sheets."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._words, self._counter = _Words(name, limits), Counter(name, limits)
        self._sheets: list[Sheet] = []
        self._sheet: Sheet | None = None
        """The one that is being told of."""
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._row: dict[str, str] = {}
        self._cell: dict[str, str] = {}
        self._filled: dict[int, str] = {}
        self._spans: list[tuple[int, int]] = []
        """Columns of cells that are merged downwards, and over how many rows."""
        self._is_calculated = False
        self._columns = self._at = self._column = self._cell_depth = 0
        self._xml = Listening(name, _NAMESPACES, self._begin(), self._end(), self._words.hear)

    def sheets(self, package: ZipFile) -> list[Sheet]:
        """Its sheets. Raises Unreadable where the document is missing or no XML, and beyond the limits.

        LibreOffice writes a result that is an empty text as none: where any formula has its result, all have.
        """
        self._xml.to(package, "content.xml")
        for sheet in self._sheets if self._is_calculated else ():
            sheet.unsaved = Missing()
        return self._sheets

    def _begin(self) -> dict[str, Begin]:
        return {
            "style:style": self._begin_style,
            "style:table-properties": self._table_properties,
            "table:table": self._begin_table,
            "table:table-column": self._table_column,
            "table:table-row": self._begin_row,
            "table:table-cell": self._begin_cell,
            "table:covered-table-cell": self._begin_cell,
            "text:p": self._begin_paragraph,
            "text:s": self._words.blanks,
            "text:tab": self._words.line_break,
            "text:line-break": self._words.line_break,
            **dict.fromkeys(_ASIDE, self._words.begin_aside),
        }

    def _end(self) -> dict[str, Callable[[], None]]:
        return {
            "table:table": self._end_table,
            "table:table-row": self._end_row,
            "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_covered,
            "text:p": self._end_paragraph,
            **dict.fromkeys(_ASIDE, self._words.end_aside),
        }

    def _begin_style(self, said: dict[str, str]) -> None:
        self._style = said.get(f"{_STYLE}name", "")

    def _table_properties(self, said: dict[str, str]) -> None:
        if said.get(f"{_TABLE}display") == "false" and len(self._hidden_styles) < _MOST_HIDDEN_STYLES:
            self._hidden_styles.add(self._style)

    def _begin_table(self, said: dict[str, str]) -> None:
        if self._xml.depth != _SHEET_DEPTH:
            return
        shown = said.get(f"{_TABLE}style-name") not in self._hidden_styles
        self._sheet = Sheet(one_line(said.get(f"{_TABLE}name", "")), shown=shown)
        self._sheets.append(self._sheet)
        self._at = self._columns = 0
        if len(self._sheets) > _MOST_SHEETS:
            raise damaged(self._name)

    def _end_table(self) -> None:
        if self._xml.depth == _SHEET_DEPTH:
            self._sheet = None

    def _table_column(self, said: dict[str, str]) -> None:
        first, self._columns = self._columns, self._columns + _times(said, _COLUMNS_REPEATED)
        if self._sheet and _is_hidden(said):
            self._sheet.hide_columns(first, self._columns - 1)

    def _begin_row(self, said: dict[str, str]) -> None:
        self._row, self._filled, self._spans, self._column = said, {}, [], 0

    def _end_row(self) -> None:
        """Take the row, as often as it is repeated."""
        repeated = _times(self._row, _ROWS_REPEATED)
        if self._filled and self._sheet:
            for at in range(self._at, self._at + repeated):
                self._counter.row(self._filled)
                self._sheet.rows[at] = dict(self._filled)
                if _is_hidden(self._row):
                    self._sheet.hidden_rows.add(at)
            for column, down in self._spans:
                self._sheet.merge_down(self._at, column, self._at + down - 1)
        self._at += repeated

    def _begin_cell(self, said: dict[str, str]) -> None:
        self._cell, self._cell_depth = said, self._xml.depth

    def _end_cell(self) -> None:
        said, words = self._cell, self._words.take()
        times = _times(said, _COLUMNS_REPEATED) if _COLUMNS_REPEATED in said else 1
        if self._sheet and (words or _FORMULA in said) and self._column < COLUMNS:
            cells = times * _times(self._row, _ROWS_REPEATED)
            self._is_calculated |= _FORMULA in said and (bool(words) or _VALUE_TYPE in said)
            if said.get(_CALC_TYPE) == "error" or ERROR.fullmatch(words):
                self._sheet.errors.add(self._at, self._column, words, cells)
            elif words:
                self._filled.update(dict.fromkeys(range(self._column, min(self._column + times, COLUMNS)), words))
                if (down := _times(said, f"{_TABLE}number-rows-spanned")) > 1:
                    self._spans.append((self._column, down))
            elif _VALUE_TYPE not in said:
                self._sheet.unsaved.add(self._at, self._column, "", cells)
        self._column += times

    def _end_covered(self) -> None:
        """A cell that a merged one hides: what it may hold is not seen."""
        self._words.take()
        self._column += _times(self._cell, _COLUMNS_REPEATED)

    def _begin_paragraph(self, _: object) -> None:
        if self._xml.depth == self._cell_depth + 1:
            self._words.begin_paragraph()

    def _end_paragraph(self) -> None:
        if self._xml.depth == self._cell_depth + 1:
            self._words.end_paragraph()


def _times(said: dict[str, str], attribute: str) -> int:
    """How often something is repeated; once where an attribute is missing or no count."""
    count = said.get(attribute, "1")
    return max(int(count), 1) if count.isdecimal() and len(count) < _DIGITS else 1


def _is_hidden(said: dict[str, str]) -> bool:
    return said.get(f"{_TABLE}visibility") in {"collapse", "filter"}
