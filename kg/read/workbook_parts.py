"""What the sheets of an Excel workbook lean on: their order and names, the strings that they share, the number formats.

Nothing but what the words need is read of it, so that a slip in a style, a theme or an extension costs no cell.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.errors import Unreadable
from kg.limits import Limits
from kg.read.cell_words import Formats
from kg.read.lines import one_line
from kg.read.sheet import CELLS_PER_ROW, too_many_characters
from kg.read.xml_stream import Begin, Listening

SPREADSHEET = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
}
"""The namespaces of ISO 29500 Transitional and Strict."""
_PACKAGE = {"http://schemas.openxmlformats.org/package/2006/relationships": "p"}
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_USUAL_PART = "xl/workbook.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_STYLES = 65_536
_LONGEST_FORMAT = 1_000
_MOST_RELATED = 10_000
_SLACK = 4
"""How many times the characters of the limit the shared strings may hold: blanks, and what no cell shows any more."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Where a worksheet lies."""

    title: str
    part: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook lean on."""

    sheets: Sequence[Worksheet]
    """In the order of their tabs, without the sheets that hold a chart, a dialog or macros."""
    strings: Sequence[str]
    formats: Formats
    notes: tuple[str, ...] = ()


class Words:
    """The words between the tags that hold some, put together: runs are one text, a phonetic guide is none of it."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._pieces: list[str] = []
        self._length = self._phonetic = 0
        self._taking = False
        self.begin: dict[str, Begin] = {"x:t": self._open, "x:v": self._open, "x:rPh": self._guide}
        self.end: dict[str, Callable[[], None]] = {"x:t": self._close, "x:v": self._close, "x:rPh": self._guided}

    def hear(self, text: str) -> None:
        """Take characters. Raises Unreadable beyond the limit."""
        if self._taking:
            self._pieces.append(text)
            self._length += len(text)
            if self._length > self._limits.characters:
                raise too_many_characters(self._name, self._limits)

    def take(self) -> str:
        """What was put together since the last time."""
        if not self._pieces:
            return ""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return text

    def _open(self, _: object) -> None:
        self._taking = not self._phonetic

    def _close(self) -> None:
        self._taking = False

    def _guide(self, _: object) -> None:
        self._phonetic += 1

    def _guided(self) -> None:
        self._phonetic -= 1


def unescaped(text: str) -> str:
    r"""A string without the escapes that OOXML has for characters that XML has not.

    >>> unescaped("一行_x000D_\n又一行"), unescaped("_x005F_x000D_")
    ('一行\r\n又一行', '_x000D_')
    """
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def workbook(package: zipfile.ZipFile, name: str, limits: Limits) -> Workbook:
    """Read what the sheets lean on. Raises Unreadable where parts are missing or no XML, and beyond the limits."""
    main = next((part for kind, part in _related(package, "", name).values() if kind == "officeDocument"), _USUAL_PART)
    related = _related(package, main, name)
    listed = _Listed(related)
    listening = Listening(name, SPREADSHEET, {"x:sheet": listed.sheet, "x:workbookPr": listed.properties}, {}, _ignored)
    listening.to(package, main)
    strings = next((part for kind, part in related.values() if kind == "sharedStrings"), "")
    styles = next((part for kind, part in related.values() if kind == "styles"), "")
    formats, whole = _formats(package, styles, name, since_1904=listed.since_1904)
    return Workbook(
        list(listed.sheets.values()),
        _strings(package, strings, name, limits) if strings in package.NameToInfo else (),
        formats,
        () if whole else ("its number formats are damaged: dates and percentages may be read as plain numbers",),
    )


def _related(package: zipfile.ZipFile, part: str, name: str) -> dict[str, tuple[str, str]]:
    """What a part relates to inside the package: id → kind (`worksheet`, `styles`) and part."""
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    found: dict[str, tuple[str, str]] = {}

    def relation(attributes: dict[str, str]) -> None:
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
        if attributes.get("TargetMode") != "External" and len(found) < _MOST_RELATED:
            found[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], target

    if path in package.NameToInfo:
        Listening(name, _PACKAGE, {"p:Relationship": relation}, {}, _ignored).to(package, path)
    return found


def _ignored(_: str) -> None:
    """Listens to no characters."""


@dataclass(slots=True)
class _Listed:
    """What the main part says."""

    related: dict[str, tuple[str, str]]
    sheets: dict[str, Worksheet] = field(default_factory=dict)
    """By part, so that none is read twice."""
    since_1904: bool = False

    def sheet(self, attributes: dict[str, str]) -> None:
        kind, part = self.related.get(next((attributes[key] for key in _IDS if key in attributes), ""), ("", ""))
        if kind == "worksheet":
            title, shown = one_line(attributes.get("name", "")), attributes.get("state", "visible") == "visible"
            self.sheets.setdefault(part, Worksheet(title, part, shown))

    def properties(self, attributes: dict[str, str]) -> None:
        self.since_1904 = is_true(attributes.get("date1904"))


def is_true(said: str | None) -> bool:
    """An attribute of XML Schema's type boolean."""
    return said in {"1", "true", "on"}


def _strings(package: zipfile.ZipFile, part: str, name: str, limits: Limits) -> list[str]:
    found: list[str] = []
    words = Words(name, limits)
    room = _SLACK * limits.characters

    def end() -> None:
        nonlocal room
        found.append(unescaped(words.take()))
        room -= len(found[-1])
        if room < 0 or len(found) > CELLS_PER_ROW * limits.rows:
            raise too_many_characters(name, limits)

    Listening(name, SPREADSHEET, words.begin, {**words.end, "x:si": end}, words.hear).to(package, part)
    return found


def _formats(package: zipfile.ZipFile, part: str, name: str, *, since_1904: bool) -> tuple[Formats, bool]:
    """The number formats, as far as they can be made out of the styles, and whether these could be read whole."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    in_cells = False

    def code(attributes: dict[str, str]) -> None:
        if len(codes) < _MOST_STYLES:
            codes[_natural(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:_LONGEST_FORMAT]

    def begin(_: object) -> None:
        nonlocal in_cells
        in_cells = True

    def end() -> None:
        nonlocal in_cells
        in_cells = False

    def style(attributes: dict[str, str]) -> None:
        if in_cells and len(styles) < _MOST_STYLES:
            styles.append(_natural(attributes.get("numFmtId")))

    told: dict[str, Begin] = {"x:numFmt": code, "x:cellXfs": begin, "x:xf": style}
    whole = True
    try:
        if part:
            Listening(name, SPREADSHEET, told, {"x:cellXfs": end}, _ignored).to(package, part)
    except Unreadable:  # formats are worth less than the cells
        whole = False
    return Formats(styles, codes, since_1904=since_1904), whole


def _natural(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < len("4294967296") else 0
