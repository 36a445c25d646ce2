"""What PDFium tells of a page: its letters, rules and pictures, and how the page is shown.

Fonts name shapes, not characters: radicals, presentation forms and the bullets of symbol fonts become what is read.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw as pdfium

from kg.errors import Unreadable
from kg.limits import Limits
from kg.read.glyphs import Box, Glyph, is_wide

MISSING = "〓"
"""What stands for a letter that its font does not name."""
_MOST_OBJECTS = 50_000
_MOST_PICTURES = 100
_DEEPEST_FORM = 5
_THICK = 3.0
_SLANT = 0.05
_FARTHEST = 100_000.0
_SMALLEST = 0.5

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


@dataclass(frozen=True, slots=True)
class Letter:
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
class Sheet:
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

    def turn(self, letter: Letter) -> str:
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

    def glyph(self, letter: Letter, turn: str) -> Glyph:
        """The letter on the turned page."""
        x, y = self.place(*letter.at)
        at = self.turned(Box(x, y, x, y), turn)
        right = self.turned(self.box(*letter.box), turn).right
        if is_wide(letter.text):
            right = max(right, at.left + letter.size)
        right = min(max(right, at.left + 0.1 * letter.size), at.left + 3 * letter.size)
        box = Box(at.left, at.top - 0.88 * letter.size, right, at.top + 0.12 * letter.size)
        return Glyph(letter.text, box, letter.size, letter.blank)


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page beside letters, as shown."""

    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    shapes: int = 0


def sheet_of(page: pypdfium2.PdfPage) -> Sheet:
    """How a page is shown."""
    left, bottom, right, top = page.get_cropbox()
    return Sheet(left, bottom, max(right, left + 1), max(top, bottom + 1), page.get_rotation() // 90 % 4)


def letters_of(text: pypdfium2.PdfTextPage, most: int, name: str, limits: Limits) -> list[Letter]:
    """The characters that the page itself sets, in its own order; blanks only as what follows a letter."""
    count = text.count_chars()
    if count > 2 * most + 1000:  # PDFium's count has blanks and line ends too
        hint = "split the file, or raise limits.characters in kg.toml"
        raise Unreadable(f"more than {limits.characters:,} characters of text", where=name, hint=hint)
    letters: list[Letter] = []
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
        words = character(code, pdfium.FPDFText_HasUnicodeMapError(text.raw, i) == 1)
        letter = _placed(text, i, words) if words else None
        if letter and words.strip():
            letters.append(letter)
        elif letter and letters and _follows(letters[-1], letter):
            letters[-1] = replace(letters[-1], blank=True)
    return letters


def _placed(text: pypdfium2.PdfTextPage, i: int, words: str) -> Letter | None:
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
    return Letter(words, (x.value, y.value), box, (matrix.a / length, matrix.b / length), size, blank=False)


def _follows(letter: Letter, blank: Letter) -> bool:
    """Whether a blank stands beside a letter: programs draw those of another font apart."""
    across, down = blank.at[0] - letter.at[0], blank.at[1] - letter.at[1]
    along = across * letter.along[0] + down * letter.along[1]
    beside = abs(across * letter.along[1] - down * letter.along[0])
    return 0 < along < 2 * letter.size and beside < 0.3 * letter.size


def character(code: int, unmapped: bool) -> str:
    """The ordinary characters for one of a PDF: its radicals and presentation forms are how fonts name their shapes.

    >>> character(0x2F24, False), character(0x2ED3, False), character(0xFB01, False), character(0xF06C, False)
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


def drawn_on(page: pypdfium2.PdfPage, sheet: Sheet) -> Drawn:
    """The straight lines and the pictures of a page."""
    drawn = Drawn()
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
