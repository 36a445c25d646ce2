"""The numbers that Word computes for its lists and prints before a paragraph: `一、`, `（二）`, `1.1`, `●`.

They stand in no paragraph; they follow from the order of the paragraphs and the lists' definitions (ISO/IEC 29500-1,
17.9).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kg.read.word_xml import all_of, attribute, children, find, is_on, number

BULLET = "●"
"""Stands for every bullet: what Word draws is mostly a glyph of a symbol font, which is no character."""
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    """With `%1` for the number of the first level, `%2` for that of the second …"""
    restarts_below: int | None = None
    """Begins anew after a paragraph of a level above this one (from 0), and never for 0; None: of any above."""
    arabic: bool = False
    """Whether the numbers of the levels above are written 1, 2, 3 here, whatever their own form."""
    style: str | None = None


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: Element) -> None:
        """`root` is the part `numbering.xml`."""
        self._definitions: dict[int, dict[int, _Level]] = {}
        self._style_links: dict[str, int] = {}
        """Style of a list → the definition that holds its levels."""
        links: dict[int, str] = {}
        for element in all_of(root, "w:abstractNum"):
            key = number(element, "abstractNumId")
            if key is None:
                continue
            self._definitions[key] = _levels(element)
            if linked := attribute(find(element, "w:numStyleLink")):
                links[key] = linked
            if styled := attribute(find(element, "w:styleLink")):
                self._style_links[styled] = key
        self._lists: dict[int, tuple[int, dict[int, _Level], dict[int, int]]] = {}
        for element in all_of(root, "w:num"):
            self._add_list(element, links)
        self._counted: dict[int, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def level_of(self, list_number: int, styles: Sequence[str]) -> int | None:
        """The level of a list that is meant for paragraphs of one of the styles; None where there is none."""
        _, levels, _ = self._lists.get(list_number, (0, {}, {}))
        return next((i for style in styles for i, level in levels.items() if level.style == style), None)

    def next(self, list_number: int, level: int) -> str:
        """What stands before the list's next paragraph of a level.

        "" where the document defines no such list.
        """
        if list_number not in self._lists or not 0 <= level < _LEVELS:
            return ""
        definition, levels, overrides = self._lists[list_number]
        counted = self._counted.setdefault(definition, {})
        self._count(counted, levels, level, overrides.get(level) if (list_number, level) not in self._begun else None)
        self._begun.add((list_number, level))
        here = levels.get(level, _Level())
        if here.form == "bullet":
            return BULLET
        return _PLACE.sub(lambda m: _written(int(m[1]) - 1, here, levels, counted), here.text)

    @staticmethod
    def _count(counted: dict[int, int], levels: dict[int, _Level], level: int, override: int | None) -> None:
        start = levels.get(level, _Level()).start
        if override is not None:
            counted[level] = override
        else:
            counted[level] = counted[level] + 1 if level in counted else start
        for below in [i for i in counted if i > level]:
            restarts = levels.get(below, _Level()).restarts_below
            if restarts is None or level < restarts:
                del counted[below]

    def _add_list(self, element: Element, links: dict[int, str]) -> None:
        key, definition = number(element, "numId"), number(find(element, "w:abstractNumId"))
        if key is None or definition is None:
            return
        definition = self._style_links.get(links.get(definition, ""), definition)
        levels = dict(self._definitions.get(definition, {}))
        overrides: dict[int, int] = {}
        for override in all_of(element, "w:lvlOverride"):
            level = number(override, "ilvl")
            if level is None:
                continue
            own = find(override, "w:lvl")
            if own is not None:
                levels[level] = _level(own)
            start = number(find(override, "w:startOverride"))
            if start is not None:
                overrides[level] = start
        self._lists[key] = definition, levels, overrides


def _levels(definition: Element) -> dict[int, _Level]:
    found = {number(element, "ilvl"): _level(element) for element in all_of(definition, "w:lvl")}
    return {key: level for key, level in found.items() if key is not None}


def _level(element: Element) -> _Level:
    parts = {child.tag: child for child in children(element)}
    start = number(parts.get("w:start"))
    return _Level(
        start=1 if start is None else start,
        form="bullet" if "w:lvlPicBulletId" in parts else attribute(parts.get("w:numFmt")) or "decimal",
        text=attribute(parts.get("w:lvlText")) or "",
        restarts_below=number(parts.get("w:lvlRestart")),
        arabic=is_on(parts.get("w:isLgl")),
        style=attribute(parts.get("w:pStyle")),
    )


def _written(place: int, here: _Level, levels: dict[int, _Level], counted: dict[int, int]) -> str:
    level = levels.get(place, _Level())
    form = "decimal" if here.arabic else level.form
    return written(counted.get(place, level.start), form)


def written(value: int, form: str) -> str:
    """A number in a form that ISO/IEC 29500-1, 17.18.59 names; in Arabic digits where Chinese texts lack it.

    >>> [written(12, form) for form in ("chineseCounting", "decimalEnclosedCircle", "upperRoman", "ideographDigital")]
    ['十二', '⑫', 'XII', '一二']
    """
    if form in {"none", "bullet"}:
        return ""
    write = _FORMS.get(form)
    return write(value) if write and value > 0 else str(value)


def _row(signs: str) -> Callable[[int], str]:
    """A sign a number, as far as there are signs."""
    return lambda value: signs[value - 1] if value <= len(signs) else str(value)


def _digits(signs: str) -> Callable[[int], str]:
    return lambda value: "".join(signs[int(digit)] for digit in str(value))


def _letters(first: str) -> Callable[[int], str]:
    """From a to z, then aa, bb …"""
    return lambda value: chr(ord(first) + (value - 1) % 26) * min((value - 1) // 26 + 1, 10)


def _counting(digits: str, units: str, one_ten: bool) -> Callable[[int], str]:
    """二十三, 一百零五; `one_ten` where ten is written 一十 and not 十."""

    def write(value: int) -> str:
        if value > 9999:
            return str(value)
        out, gap = "", False
        for unit, digit in zip(reversed(units[: len(str(value))]), map(int, str(value)), strict=True):
            if digit:
                out += (digits[0] if gap else "") + digits[digit] + unit.strip()
            gap = bool(out) and not digit
        return out.removeprefix(digits[1]) if 10 <= value < 20 and not one_ten else out

    return write


def _below_hundred(value: int) -> str:
    """What Word calls counting: 九十九, then 一〇〇."""
    return _thousands(value) if value < 100 else _digits("〇一二三四五六七八九")(value)


def _roman(value: int) -> str:
    if value > 3999:
        return str(value)
    out = ""
    for worth, sign in _ROMAN:
        out += sign * (value // worth)
        value %= worth
    return out


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_thousands = _counting("零一二三四五六七八九", " 十百千", one_ten=False)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _row(_CIRCLED),
    "decimalEnclosedCircleChinese": _row(_CIRCLED),
    "decimalEnclosedParen": _row("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _row("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographEnclosedCircle": _row("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _row("子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperRoman": _roman,
    "chineseCounting": _below_hundred,
    "taiwaneseCounting": _below_hundred,
    "japaneseCounting": _thousands,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "taiwaneseDigital": _digits("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "chineseLegalSimplified": _counting("零壹贰叁肆伍陆柒捌玖", " 拾佰仟", one_ten=True),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", " 拾佰仟", one_ten=True),
}
