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

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw as pdfium

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading, Region, Span
from kg.read import flow, grids, layout
from kg.read.archive import another_format, real_ending
from kg.read.layout import Box, Glyph
from kg.read.lines import StoredText

MISSING = "〓"
"""What stands for a letter that its font does not name."""
_MOST_MISSING = 0.1
_FEW_LETTERS = 30
_PICTURE = 0.6
"""How much of its page the picture of a scan covers."""
_DRAWN = 50
"""Drawn shapes on a page without letters: letters turned into outlines."""
_MOST_OBJECTS = 50_000
_MOST_PICTURES = 100
_DEEPEST_FORM = 5
_THICK = 3.0
_SLANT = 0.05
_FARTHEST = 100_000.0
_SMALLEST = 0.5
_ADVICE = "save the text as .txt or .docx, or run OCR (ocrmypdf) over the file"

_FORMS = [(0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F), (0xFB00, 0xFB06)]
"""Radicals, compatibility ideographs, ligatures: normalised (NFKC). Full-width letters and digits stay as they are."""
_UPRIGHT = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
        "，、。：；！？〖〗…：—（）｛｝〔〕【】《》〈〉「」『』",
        strict=True,
    )
)
_BULLETS = {
    **dict.fromkeys("\uf06c\uf0b7\uf09f\uf0a7\uf06e\uf075\uf0d8\uf076\uf0fc\uf0a8\uf071\uf0b2", "●"),
    **_UPRIGHT,
}
"""The bullets of Symbol and Wingdings, as Word exports them; what stands upright in vertical text."""

# CJK Radicals Supplement → characters, by Unicode's EquivalentUnifiedIdeograph.txt: fonts name the radical where its
# shape is the character's, and normalisation leaves these alone.
_RADICALS = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺴⺶⺹⺺⺻"
        "⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂刀刂卜小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒冗羊耂肀聿"
        "肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)


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
    turns: dict[int, tuple[_Sheet, str]] = field(default_factory=dict)
    """How each page is shown, and which way its main text runs then."""

    def region(self, page: flow.Page, boxes: Iterable[Box], column: int, kind: str) -> Region:
        """Where something stands, its box as the page is shown."""
        sheet, turn = self.turns[page.number]
        left, top, right, bottom = sheet.back(layout.around(boxes), turn)
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
            letters = _letters(text, limits.characters - found.letters, name, limits)
        finally:
            text.close()
        sheet = _sheet(page)
        drawn = _drawn(page, sheet)
    except pypdfium2.PdfiumError:
        found.damaged.append(index + 1)
        return None
    finally:
        page.close()
    return _laid_out(letters, sheet, drawn, index + 1, found)


def _laid_out(letters: list[_Letter], sheet: _Sheet, drawn: _Drawn, number: int, found: _Found) -> flow.Page | None:
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
    by_turn: dict[str, list[_Letter]] = {}
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


def _parts(glyphs: list[Glyph], sheet: _Sheet, drawn: _Drawn, turn: str, main: str) -> list[layout.Line | layout.Table]:
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


# -- what PDFium tells of a page


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character in the units and directions of the file: y runs upward, and the page may be turned when shown."""

    text: str
    at: tuple[float, float]
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""
    along: tuple[float, float]
    """The direction in which its line runs."""
    size: float
    blank: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a page is shown: what of it, and turned by how many quarters."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    def size(self, turn: str = "right") -> tuple[float, float]:
        """Width and height as shown, and then turned so that text running that way is upright."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if (self.quarters % 2) != (turn in {"up", "down"}) else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as shown: from the upper left corner, y downward."""
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.quarters]

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the file as shown."""
        (a, b), (c, d) = self.place(left, bottom), self.place(right, top)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

    def turn(self, letter: _Letter) -> str:
        """Where a letter's line runs as the page is shown: right, left, up, down, or slanted."""
        (a, b), (c, d) = self.place(0, 0), self.place(*letter.along)
        x, y = c - a, d - b
        if abs(y) <= _SLANT:
            return "right" if x > 0 else "left"
        if abs(x) <= _SLANT:
            return "down" if y > 0 else "up"
        return "slanted"

    def turned(self, box: Box, turn: str) -> Box:
        """A shown rectangle on the page turned so that text running that way is upright."""
        width, height = self.size()
        if turn == "down":
            return Box(box.top, width - box.right, box.bottom, width - box.left)
        if turn == "up":
            return Box(height - box.bottom, box.left, height - box.top, box.right)
        if turn == "left":
            return Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
        return box

    def back(self, box: Box, turn: str) -> Box:
        """The shown rectangle that `turned` turned."""
        width, height = self.size()
        if turn == "down":
            return Box(width - box.bottom, box.left, width - box.top, box.right)
        if turn == "up":
            return Box(box.top, height - box.right, box.bottom, height - box.left)
        return self.turned(box, turn)

    def glyph(self, letter: _Letter, turn: str) -> Glyph:
        """The letter on the turned page."""
        x, y = self.place(*letter.at)
        at = self.turned(Box(x, y, x, y), turn)
        right = self.turned(self.box(*letter.box), turn).right
        if layout.is_wide(letter.text):
            right = max(right, at.left + letter.size)
        right = min(max(right, at.left + 0.1 * letter.size), at.left + 3 * letter.size)
        box = Box(at.left, at.top - 0.88 * letter.size, right, at.top + 0.12 * letter.size)
        return Glyph(letter.text, box, letter.size, letter.blank)


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a page beside letters, as shown."""

    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    shapes: int = 0


def _sheet(page: pypdfium2.PdfPage) -> _Sheet:
    left, bottom, right, top = page.get_cropbox()
    return _Sheet(left, bottom, max(right, left + 1), max(top, bottom + 1), page.get_rotation() // 90 % 4)


def _letters(text: pypdfium2.PdfTextPage, most: int, name: str, limits: Limits) -> list[_Letter]:
    """The characters that the page itself sets, in its own order; blanks only as what follows a letter."""
    count = text.count_chars()
    if count > 2 * most + 1000:  # PDFium's count has blanks and line ends too
        hint = "split the file, or raise limits.characters in kg.toml"
        raise Unreadable(f"more than {limits.characters:,} characters of text", where=name, hint=hint)
    letters: list[_Letter] = []
    high = 0
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(text.raw, i)
        if pdfium.FPDFText_IsGenerated(text.raw, i) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        words = _character(code, pdfium.FPDFText_HasUnicodeMapError(text.raw, i) == 1)
        letter = _placed(text, i, words) if words else None
        if letter and words.strip():
            letters.append(letter)
        elif letter and letters and _follows(letters[-1], letter):
            letters[-1] = replace(letters[-1], blank=True)
    return letters


def _placed(text: pypdfium2.PdfTextPage, i: int, words: str) -> _Letter | None:
    """The i-th character; None for one without a size or far off the page."""
    matrix, rect = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetMatrix(text.raw, i, matrix)
    pdfium.FPDFText_GetLooseCharBox(text.raw, i, rect)
    pdfium.FPDFText_GetCharOrigin(text.raw, i, x, y)
    size = pdfium.FPDFText_GetFontSize(text.raw, i) * math.hypot(matrix.c, matrix.d)
    length = math.hypot(matrix.a, matrix.b)
    box = (rect.left, rect.bottom, rect.right, rect.top)
    where = (x.value, y.value, *box, size, length)
    if not all(map(math.isfinite, where)) or max(map(abs, where)) > _FARTHEST or size < _SMALLEST or not length:
        return None
    return _Letter(words, (x.value, y.value), box, (matrix.a / length, matrix.b / length), size, blank=False)


def _follows(letter: _Letter, blank: _Letter) -> bool:
    """Whether a blank stands beside a letter: programs draw those of another font apart."""
    across, down = blank.at[0] - letter.at[0], blank.at[1] - letter.at[1]
    along = across * letter.along[0] + down * letter.along[1]
    beside = abs(across * letter.along[1] - down * letter.along[0])
    return 0 < along < 2 * letter.size and beside < 0.3 * letter.size


def _character(code: int, unmapped: bool) -> str:
    """The ordinary characters for one of a PDF: its radicals and presentation forms are how fonts name their shapes.

    >>> _character(0x2F24, False), _character(0x2ED3, False), _character(0xFB01, False), _character(0xF06C, False)
    ('大', '长', 'fi', '●')
    """
    letter = chr(code)
    if letter in _BULLETS:
        return _BULLETS[letter]
    if code in {0x02, 0xAD}:  # how PDFium tells a hyphen at a line's end
        return "-"
    category = unicodedata.category(letter)
    if unmapped or code == 0xFFFD or category in {"Co", "Cn", "Cs"}:
        return MISSING
    if category in {"Cc", "Cf"}:
        return " " if letter in "\t\n\r" else ""
    if letter in _RADICALS:
        return _RADICALS[letter]
    if any(first <= code <= last for first, last in _FORMS):
        return unicodedata.normalize("NFKC", letter)
    return " " if letter.isspace() and letter != "\u3000" else letter


def _drawn(page: pypdfium2.PdfPage, sheet: _Sheet) -> _Drawn:
    drawn = _Drawn()
    for kind, thing, move in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append(sheet.box(*_bounds([move(x, y) for x, y in _UNIT])))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawn.shapes += 1
            drawn.rules += [sheet.box(*rule) for rule in _rules(thing, move)]
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            drawn.shapes += 1
    drawn.pictures = sorted(drawn.pictures, key=lambda box: -box.width * box.height)[:_MOST_PICTURES]
    return drawn


_Move = Callable[[float, float], tuple[float, float]]


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, pdfium.FPDF_PAGEOBJECT, _Move]]:
    """The page's pictures and shapes, those in its forms too, each with how to move its points onto the page."""
    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    for i in range(count):
        thing = pdfium.FPDFPage_GetObject(page.raw, i)
        yield from _unpacked(thing, _still, 0)


def _unpacked(
    thing: pdfium.FPDF_PAGEOBJECT, move: _Move, depth: int
) -> Iterator[tuple[int, pdfium.FPDF_PAGEOBJECT, _Move]]:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        return
    inner = _moved(thing, move)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield kind, thing, inner
    elif depth < _DEEPEST_FORM:
        for i in range(min(pdfium.FPDFFormObj_CountObjects(thing), _MOST_OBJECTS)):
            yield from _unpacked(pdfium.FPDFFormObj_GetObject(thing, i), inner, depth + 1)


def _still(x: float, y: float) -> tuple[float, float]:
    return x, y


def _moved(thing: pdfium.FPDF_PAGEOBJECT, outer: _Move) -> _Move:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return outer
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    return lambda x, y: outer(a * x + c * y + e, b * x + d * y + f)


def _bounds(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


_UNIT = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
"""The corners of a picture before it is moved onto its page."""


def _rules(path: pdfium.FPDF_PAGEOBJECT, move: _Move) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines, level or upright, that a shape shows: strokes, and thin filled bars."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    for points in _outlines(path, move):
        left, bottom, right, top = _bounds(points)
        if min(right - left, top - bottom) <= _THICK:
            if (stroke.value or fill.value) and max(right - left, top - bottom) > _THICK:
                yield left, bottom, right, top
        elif stroke.value:
            yield from (_bounds([p, q]) for p, q in pairwise(points) if min(abs(p[0] - q[0]), abs(p[1] - q[1])) < 0.5)


def _outlines(path: pdfium.FPDF_PAGEOBJECT, move: _Move) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a shape, those that are closed with the first again at the end."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(move(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points
