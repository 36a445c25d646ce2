"""PDF that holds text (exported by an office program, printed by a browser, set as a newspaper), read by PDFium.

PDFium gives each character with its place, the ruling lines and the pictures. `layout` makes lines and columns of
these, `grids` tables, `flow` paragraphs over columns and pages, and says what becomes of page headers and numbers. A
paragraph, a heading, a list's item is a line of the stored text, with a region for each column of a page that it
stands in; a table's row is a line with tabs.

A heading is what letters clearly larger than the document's text say; else the kind is left open. What the file says
of itself (title, author, date) is not taken: programs fill it in from templates and from the day of printing.

Left out: page numbers, repetitions of page headers and footers, letters set at a slant over the page (a watermark,
noted), comments and form fields. A letter that its font does not name is written `〓`, the printers' mark for a letter
that is missing, and noted; a page on which they are many is left out and named, as is a page that is a picture.

PDFium is not safe to call from two threads at once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2
from pypdfium2 import raw as pdfium

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading, Region, Span
from kg.read import flow, grids, layout
from kg.read.archive import another_format, real_ending
from kg.read.glyphs import Box, Glyph, around
from kg.read.lines import StoredText
from kg.read.pdfium import MISSING, Drawn, Letter, Sheet, drawn_on, letters_of, sheet_of

_MOST_MISSING = 0.1
_FEW_LETTERS = 30
_PICTURE = 0.6
"""How much of its page the picture of a scan covers."""
_DRAWN = 50
"""Drawn shapes on a page without letters: letters turned into outlines."""
_ADVICE = "save the text as .txt or .docx, or run OCR (ocrmypdf) over the file"


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a PDF with the page, the column and the box (in points) of each line.

    Raises Unreadable for a file that is no PDF or damaged, wants a password, has more pages than `limits.pages`, is a
    scan, or has letters that its fonts do not name.
    """
    document = _open(data, name)
    try:
        count = len(document)
        if not count:
            raise Unreadable("a PDF without pages", where=name, hint="export it again")
        if count > limits.pages:
            hint = "split the file, or raise limits.pages in kg.toml"
            raise Unreadable(f"{count:,} pages, more than {limits.pages:,}", where=name, hint=hint)
        found = _Found()
        pages = [page for i in range(count) if (page := _page(document, i, found, name, limits))]
    finally:
        document.close()
    if not pages:
        raise _nothing(found, count, name)
    if b"%%EOF" not in data[-2048:]:
        found.notes.append("the file's end is missing: some of it may be lost")
    return _stored(pages, found, name, limits)


@dataclass(slots=True)
class _Found:
    """What the summary's reader should know of the pages."""

    pictures: list[int] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    missing: int = 0
    letters: int = 0
    slanted: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    turns: dict[int, tuple[Sheet, str]] = field(default_factory=dict)
    """How each page is shown, and which way its main text runs then."""

    def region(self, page: flow.Page, boxes: Iterable[Box], column: int, kind: str) -> Region:
        """Where something stands, its box as the page is shown."""
        sheet, turn = self.turns[page.number]
        left, top, right, bottom = sheet.back(around(boxes), turn)
        box = (math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        return Region(Span(0, 0), kind, page.number, column if page.columns > 1 else None, box)

    def all_notes(self) -> list[str]:
        notes = list(self.notes)
        if self.pictures:
            notes.append(f"{_pages(self.pictures)} without a text layer: a picture, not read")
        if self.nameless:
            notes.append(f"{_pages(self.nameless)} left out: the font does not say which letters it shows")
        if self.damaged:
            notes.append(f"{_pages(self.damaged)} damaged: not read")
        if self.missing:
            notes.append(f"{self.missing} letters that their font does not name are written {MISSING}")
        notes += [f"left out, set at a slant over the page: {text}" for text in sorted(self.slanted)[:3]]
        return notes


def _pages(numbers: Sequence[int]) -> str:
    """`page 3`, `pages 3, 5–7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    listed = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    if b"%PDF-" not in data[:1024]:
        raise another_format(real_ending(data), name, (".pdf",))
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        if e.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            hint = "save it without a password"
            raise Unreadable("protected by a password", where=name, hint=hint) from e
        raise Unreadable("a damaged or incomplete PDF", where=name, hint="fetch or export it again") from e


def _nothing(found: _Found, count: int, name: str) -> Unreadable:
    if found.nameless:
        what = "its fonts do not say which letters they show, so that no text can be taken out"
        return Unreadable(what, where=name, hint=_ADVICE)
    if found.pictures:
        pages = "1 page" if count == 1 else f"{count:,} pages"
        return Unreadable(f"a scan: {pages} without a text layer", where=name, hint=_ADVICE)
    if found.damaged:
        return Unreadable("a damaged PDF: no page can be read", where=name, hint="fetch or export it again")
    return Unreadable("a PDF without text", where=name, hint="put the text in or take the file away")


# -- pages


def _page(document: pypdfium2.PdfDocument, index: int, found: _Found, name: str, limits: Limits) -> flow.Page | None:
    """A page's lines and tables; None for one that holds no text, whose number `found` then knows."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        found.damaged.append(index + 1)
        return None
    try:
        text = page.get_textpage()
        try:
            letters = letters_of(text, limits.characters - found.letters, name, limits)
        finally:
            text.close()
        sheet = sheet_of(page)
        drawn = drawn_on(page, sheet)
    except pypdfium2.PdfiumError:
        found.damaged.append(index + 1)
        return None
    finally:
        page.close()
    return _laid_out(letters, sheet, drawn, index + 1, found)


def _laid_out(letters: list[Letter], sheet: Sheet, drawn: Drawn, number: int, found: _Found) -> flow.Page | None:
    found.letters += len(letters)
    covered = max((box.width * box.height for box in drawn.pictures), default=0.0)
    width, height = sheet.size()
    scanned = covered > _PICTURE * width * height
    if len(letters) < _FEW_LETTERS and (scanned or (not letters and (drawn.pictures or drawn.shapes > _DRAWN))):
        found.pictures.append(number)
    missing = sum(letter.text == MISSING for letter in letters)
    if missing > _MOST_MISSING * len(letters):
        found.nameless.append(number)
        return None
    found.missing += missing
    by_turn: dict[str, list[Letter]] = {}
    for letter in letters:
        by_turn.setdefault(sheet.turn(letter), []).append(letter)
    if slanted := by_turn.pop("slanted", None):
        found.slanted["".join(letter.text for letter in slanted)[:40]] += 1
    if not by_turn:
        return None
    main = max(by_turn, key=lambda turn: (len(by_turn[turn]), turn == "right"))
    parts: list[layout.Line | layout.Table] = []
    for turn in [main, *sorted(by_turn.keys() - {main})]:
        parts += _parts([sheet.glyph(letter, turn) for letter in by_turn[turn]], sheet, drawn, turn, main)
    found.turns[number] = (sheet, main)
    return flow.Page(number, *sheet.size(main), tuple(parts))


def _parts(glyphs: list[Glyph], sheet: Sheet, drawn: Drawn, turn: str, main: str) -> list[layout.Line | layout.Table]:
    """What stands upright when the page is turned, with boxes as they are on the page turned for its main text."""
    if turn != main:
        lines = layout.read(layout.atoms(glyphs))
        turned = (line for line in lines if isinstance(line, layout.Line))
        return [replace(line, box=sheet.turned(sheet.back(line.box, turn), main)) for line in turned]
    rules, pictures = ([sheet.turned(box, turn) for box in boxes] for boxes in (drawn.rules, drawn.pictures))
    tables, rest, flat = grids.tables(glyphs, rules)
    vertical, rest = layout.downward(rest)
    return layout.read([*tables, *vertical, *layout.atoms(rest), *map(layout.Atom, flat)], pictures)


def _stored(pages: Sequence[flow.Page], found: _Found, name: str, limits: Limits) -> Reading:
    text = StoredText(name, limits)
    tables = 0
    for part in flow.paragraphs(pages):
        if isinstance(part, flow.Paragraph):
            kind = "heading" if part.heading else ""
            text.stretches(
                [
                    (words, found.region(page, [line.box for line in lines], lines[0].column, kind))
                    for page, lines, words in part.stretches()
                ]
            )
        else:
            tables += 1
            for number, (where, cells) in enumerate(_rows(part, found), start=1):
                text.row(cells, replace(where, table=tables, row=number))
    return text.reading(notes=found.all_notes())


def _rows(ledger: flow.Ledger, found: _Found) -> Iterator[tuple[Region, Sequence[str]]]:
    """A table's rows. Above and below those with several cells stand its title and notes, which are lines."""
    several = [i for i, (_, _, _, cells) in enumerate(ledger.rows) if sum(map(bool, cells)) > 1]
    for i, (page, table, at, cells) in enumerate(ledger.rows):
        is_row = bool(several) and several[0] <= i <= several[-1]
        where = found.region(page, [table.boxes[at]], table.column, "row" if is_row else "")
        yield where, cells if is_row else [cell for cell in cells if cell]
