"""Word files (.docx, .docm): the text as Word prints it, a line a paragraph and a line a table's row.

**In the text**: the numbers and bullets that Word computes; inserted text; the contents of content controls, links and
form fields; of ruby, the characters and not their readings. A text box follows the paragraph that it hangs on; a table
inside a table's cell follows that table. A table of a single column is a frame: what stands in it are paragraphs. Line
breaks inside a paragraph end a line where the paragraph uses them so, and are blanks elsewhere.

**Left out**: headers, footers, page numbers, pictures, and fields of the date on which it is printed, as no words of
the text; deleted and hidden text, comments, footnotes, tables of contents and embedded files, each with a note.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kg.limits import Limits
from kg.model import Reading
from kg.read.archive import macros, open_package
from kg.read.lines import StoredText
from kg.read.word_numbering import BULLET, Numbering
from kg.read.word_styles import Styles
from kg.read.word_xml import (
    all_of,
    attribute,
    body,
    children,
    find,
    is_on,
    keeps_blanks,
    main_part,
    number,
    related_parts,
    tree,
)

_PAGE = "\f"
_BREAK = re.compile(r"[\n\f]")
_SPACE = re.compile(r"[\t\n\r\f\v]+")
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:br": "\n",
}
_MARK = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、.．]|\s)|[①-⑳⑴-⒛●•■◆▲★○◇△☆《]|第[一二三四五六七八九十\d]{1,3}[章节条])"
)
"""How an entry of a list begins."""
_CLOSED = re.compile(r"[。！？；：!?;:…》][”’」』）)]*\s*$")
"""How a line ends that goes on nowhere."""
_CLOSE_TO_TEXT = "、）)"
"""A list's number that ends so stands close to the text; after any other comes a blank."""
_PRIVATE = range(0xF020, 0xF100)
"""Where Word puts the characters of a symbol font."""
_GLYPHS = {
    ("wingdings", 0x6C): "●",
    ("wingdings", 0x6E): "■",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x75): "◆",
    ("wingdings", 0xA7): "▪",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xAB): "★",
    ("wingdings", 0xFC): "√",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x52): "☑",
    ("symbol", 0xB7): "●",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB1): "±",
    ("symbol", 0xA3): "≤",
    ("symbol", 0xB3): "≥",
}
_CHANGING = {"DATE", "TIME", "FILENAME", "PAGE", "NUMPAGES", "SECTIONPAGES"}
"""Fields that say when and where a text is printed, and nothing of the text."""
_DELETED = {"w:del", "w:moveFrom"}
_WIDEST_TABLE = 64
"""Columns that Word allows in a table, almost (63)."""

_TRACKED = "its tracked changes were read as if accepted"
_HIDDEN = "its hidden text was left out"
_CONTENTS = "its table of contents was left out"
_EMBEDDED = "a file embedded in it was left out"
_NOTES = {
    "comments": "its comments were left out",
    "footnotes": "its footnotes were left out",
    "endnotes": "its endnotes were left out",
}
_SEPARATORS = 2
"""The footnotes that every part of footnotes has: the lines that part them from the text."""


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a Word file.

    Raises Unreadable as `kg.read.archive.open_package` and `StoredText` do, and for XML that is damaged or nested
    deeper than any real document.
    """
    with open_package(data, name, limits, (".docx",)) as package:
        main = main_part(package, name)
        related = related_parts(package, main, name)
        document = _Document(
            StoredText(name, limits),
            Styles(tree(package, related.get("styles"), name)),
            Numbering(tree(package, related.get("numbering"), name)),
        )
        document.add(body(package, main, name))
        document.end()
        notes = [*sorted(document.notes), *_left_out(package, related, name), *macros(package)]
    return document.text.reading(notes=notes)


def _left_out(package: zipfile.ZipFile, related: dict[str, str], name: str) -> Iterator[str]:
    for kind, note in _NOTES.items():
        found = sum(attribute(entry, "type") in {None, "normal"} for entry in tree(package, related.get(kind), name))
        if found:
            yield note


@dataclass(slots=True)
class _Field:
    """What Word fills in: an instruction, then what it filled in the last time."""

    instruction: str = ""
    is_filled: bool = False

    @property
    def is_printed(self) -> bool:
        return self.is_filled and not _changes(self.instruction)


@dataclass(slots=True)
class _Inline:
    """What stands in a paragraph: its text, with tabs, breaks and page breaks, and the text boxes that hang on it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    """Those that are open, outermost first."""

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as it is printed."""

    label: str
    """The number or bullet that Word computes, with the blank after it."""
    text: str
    kind: str
    level: tuple[int, int] | None
    """The list that it belongs to and the level in it."""
    centred: bool
    boxes: Sequence[Element]

    def lines(self) -> list[str]:
        """The text parted where its breaks end lines, the label before the first."""
        parts = [part.strip(" ") for part in _BREAK.split(self.text)]
        breaks = _BREAK.findall(self.text)
        listed = len([part for part in parts if part]) > 2 and "。" not in self.text
        lines = [self.label + parts[0]]
        for sign, before, after in zip(breaks, parts, parts[1:], strict=False):
            if sign == _PAGE or (not self._is_title() and (listed or _ends_line(before, after))):
                lines.append(after)
            else:
                lines[-1] = f"{lines[-1]} {after}"
        return lines

    def _is_title(self) -> bool:
        return self.centred or self.kind == "heading"


def _ends_line(before: str, after: str) -> bool:
    return bool(_CLOSED.search(before) or _MARK.match(after) or ("\t" in before and "\t" in after))


class _Document:
    """A document on its way from paragraphs and tables to lines."""

    def __init__(self, text: StoredText, styles: Styles, numbering: Numbering) -> None:
        self.text = text
        self.notes: set[str] = set()
        self._styles, self._numbering = styles, numbering
        self._tables = 0
        self._carried = _Inline()
        """A paragraph whose end was deleted: it belongs to the next one."""
        self._pending: tuple[_Paragraph, bool] | None = None
        """The last paragraph, and whether the one before it is of the same list: the next tells what it is."""

    def add(self, elements: Iterable[Element]) -> None:
        """Add what stands in a body, a text box, a frame: paragraphs and tables."""
        for element in children(elements):
            if element.tag == "w:p":
                self._add_paragraph(element)
            elif element.tag == "w:tbl":
                self._add_table(element)
            else:
                self._note(element)

    def end(self) -> None:
        """Add what waits for its successor."""
        self._flush(None)
        self.text.line(self._carried.text)

    def _add_paragraph(self, element: Element) -> None:
        paragraph = self._paragraph(element)
        if paragraph is None:
            return
        if paragraph.text.strip():
            self._flush(paragraph)
        self.add(child for box in paragraph.boxes for child in box)

    def _flush(self, following: _Paragraph | None) -> None:
        """Add the pending paragraph: an item where a neighbour is of the same list; alone, it may be a heading."""
        goes_on = False
        if self._pending is not None:
            paragraph, has_before = self._pending
            goes_on = bool(following and paragraph.level and following.level == paragraph.level)
            is_item = paragraph.label.startswith(BULLET) or goes_on or has_before
            kind = paragraph.kind or ("item" if is_item and paragraph.level else "")
            for line in paragraph.lines():
                self.text.line(line, kind=kind, tabs=True)
        self._pending = (following, goes_on) if following else None

    def _paragraph(self, element: Element) -> _Paragraph | None:
        """The paragraph, its number counted; None where its end was deleted or its style is a table of contents'."""
        properties = find(element, "w:pPr")
        properties = Element("") if properties is None else properties
        style = attribute(find(properties, "w:pStyle"))
        kind = self._styles.kind(style, number(find(properties, "w:outlineLvl")))
        inline, self._carried = self._carried, _Inline()
        self._gather(element, inline, self._styles.is_hidden(style))
        text = inline.text
        if kind == "contents":
            self.notes.add(_CONTENTS)
            return None
        if find(properties, "w:rPr", "w:del") is not None:
            self.notes.add(_TRACKED)
            self._carried = inline
            return None
        if is_on(find(properties, "w:rPr", "w:vanish")) and not text.strip():
            return None
        label, level = self._label(properties, style)
        if label and "\t" in text:
            label += "\t"
        elif label and label[-1] not in _CLOSE_TO_TEXT:
            label += " "
        centred = attribute(find(properties, "w:jc")) == "center"
        return _Paragraph(label, text, kind, level, centred, inline.boxes)

    def _label(self, properties: Element, style: str | None) -> tuple[str, tuple[int, int] | None]:
        """What Word prints before a paragraph, and the list and level; None where it belongs to no list."""
        list_number, level = (
            number(find(properties, "w:numPr", "w:numId")),
            number(find(properties, "w:numPr", "w:ilvl")),
        )
        by_style, level_by_style, styles = self._styles.numbering(style)
        if list_number is None:
            list_number = by_style
            if by_style and level is None:
                level = self._numbering.level_of(by_style, styles)
        if not list_number:  # 0 takes a paragraph out of its style's list
            return "", None
        level = next((found for found in (level, level_by_style) if found is not None), 0)
        return self._numbering.next(list_number, level), (list_number, level)

    def _gather(self, element: Element, inline: _Inline, hidden: bool) -> None:
        """What stands in a paragraph or a link, run by run."""
        for child in children(element):
            if child.tag == "w:r":
                self._gather_run(child, inline, hidden)
            elif child.tag == "w:fldSimple":
                if not _changes(attribute(child, "instr") or ""):
                    self._gather(child, inline, hidden)
            elif child.tag in {"m:oMath", "m:oMathPara"}:
                inline.parts += [text.text or "" for text in child.iter("m:t")]
            else:
                self._note(child)

    def _gather_run(self, run: Element, inline: _Inline, hidden: bool) -> None:
        own = find(run, "w:rPr", "w:vanish")
        style = attribute(find(run, "w:rPr", "w:rStyle"))
        hidden = is_on(own) if own is not None else self._styles.is_hidden(style) if style else hidden
        if hidden and find(run, "w:t") is not None:
            self.notes.add(_HIDDEN)
        for child in children(run):
            if child.tag in {"w:drawing", "w:pict", "w:object"}:
                inline.boxes += _boxes(child)
            elif child.tag in {"w:fldChar", "w:instrText"}:
                _advance(inline.fields, child)
            elif not all(filled.is_printed for filled in inline.fields):
                continue
            elif child.tag == "w:ruby" and not hidden:
                for base in all_of(child, "w:rubyBase"):
                    self._gather(base, inline, hidden)
            elif not hidden:
                inline.parts.append(_characters(child))

    def _add_table(self, table: Element) -> None:
        """Add the table's rows, then those of the tables inside it; a frame's contents as if there were no table."""
        rows = [[cell for cell in children(row) if cell.tag == "w:tc"] for row in self._rows(table)]
        if all(len(cells) == 1 for cells in rows):
            self.add(child for cells in rows for cell in cells for child in cell)
            return
        self._flush(None)
        self._tables += 1
        here, inner = self._tables, list[Element]()
        self.text.table(self._cells(table, inner), table=here)
        self.add(inner)

    def _rows(self, table: Element) -> Iterator[Element]:
        for row in children(table):
            if row.tag == "w:tr" and find(row, "w:trPr", "w:del") is None:
                yield row
            elif row.tag == "w:tr":
                self.notes.add(_TRACKED)

    def _cells(self, table: Element, inner: list[Element]) -> list[list[str]]:
        """The texts of a table's cells: a merged cell's in each of its rows, but only in the first of its columns."""
        rows: list[list[str]] = []
        for row in self._rows(table):
            above = rows[-1] if rows else []
            cells = [""] * min(number(find(row, "w:trPr", "w:gridBefore")) or 0, _WIDEST_TABLE)
            for cell in children(row):
                if cell.tag != "w:tc" or len(cells) > _WIDEST_TABLE:
                    continue
                if _continues(find(cell, "w:tcPr", "w:vMerge")) and len(cells) < len(above):
                    text = above[len(cells)]
                elif _continues(find(cell, "w:tcPr", "w:hMerge")):
                    text = ""
                else:
                    text = self._cell(cell, inner)
                width = min(number(find(cell, "w:tcPr", "w:gridSpan")) or 1, _WIDEST_TABLE)
                cells += [text, *[""] * (width - 1)]
            rows.append(cells)
        return rows

    def _cell(self, cell: Element, inner: list[Element]) -> str:
        """A cell's paragraphs and text boxes, joined by blanks; tables in it are added to `inner`."""
        parts: list[str] = []
        for child in children(cell):
            if child.tag == "w:tbl":
                inner.append(child)
            elif child.tag == "w:p":
                paragraph = self._paragraph(child)
                if paragraph is not None:
                    parts.append((paragraph.label + paragraph.text).strip(" "))
                    parts += [self._cell(box, inner) for box in paragraph.boxes]
        parts.append(self._carried.text)
        self._carried = _Inline()
        return " ".join(filter(None, parts))

    def _note(self, element: Element) -> None:
        if element.tag in _DELETED:
            self.notes.add(_TRACKED)
        elif element.tag == "w:altChunk":
            self.notes.add(_EMBEDDED)


def _changes(instruction: str) -> bool:
    """Whether a field is filled in anew each time that it is printed."""
    return (instruction.split() or [""])[0].upper() in _CHANGING


def _advance(fields: list[_Field], element: Element) -> None:
    """Follow where a field begins, is filled in, and ends. One that began in an earlier paragraph is not known."""
    sign = attribute(element, "fldCharType")
    if sign == "begin":
        fields.append(_Field())
    elif fields and sign == "separate":
        fields[-1].is_filled = True
    elif fields and sign == "end":
        fields.pop()
    elif fields and element.tag == "w:instrText":
        fields[-1].instruction += element.text or ""


def _continues(merge: Element | None) -> bool:
    """Whether a cell is the continuation of a merged one."""
    return merge is not None and attribute(merge) in {None, "continue"}


def _characters(element: Element) -> str:
    """The characters of a run's child: text, a tab, a break, a symbol."""
    if element.tag == "w:t":
        text = _SPACE.sub(" ", element.text or "")
        return text if keeps_blanks(element) else text.strip(" ")
    if element.tag == "w:br" and attribute(element, "type") in {"page", "column"}:
        return _PAGE
    if element.tag == "w:sym":
        return _symbol(element)
    return _SIGNS.get(element.tag, "")


def _symbol(element: Element) -> str:
    """A character given by its code in a font: of a symbol font, those that have a like in Unicode."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    if code in _PRIVATE or code < 0x100:
        return _GLYPHS.get(((attribute(element, "font") or "").lower(), code & 0xFF), "")
    return chr(code) if code < 0x110000 else ""


def _boxes(drawing: Element) -> list[Element]:
    """The contents of the text boxes of a drawing, outermost ones."""
    found: list[Element] = []
    for child in children(drawing):
        found += [child] if child.tag == "w:txbxContent" else _boxes(child)
    return found
