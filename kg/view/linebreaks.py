"""Lines of Chinese text for a picture: balanced, and broken where a typesetter would."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import accumulate, pairwise, takewhile
from typing import Final

_NOT_FIRST: Final = frozenset("，。、；：！？,.;:!?）)》〉」』”’%℃…—～·")
_NOT_LAST: Final = frozenset("（(《〈「『“‘")
_GOOD_AFTER: Final = frozenset("，。、；：！？,;:!?”》")
_HALF: Final = 0.55
"""The width of letters, digits and blanks in ems."""
_WRITTEN: Final = -12.0  # what a break gains at a blank that the writer set between a title's halves
_STRAY: Final = 60.0  # what a break inside a word or a quotation costs, in square ems of unevenness
_LOOSE: Final = 14.0  # between two words of a phrase
_SOFT: Final = 6.0  # beside a particle
_PARTICLES_BEFORE_BREAK: Final = frozenset("的地得了等")
_PARTICLES_AFTER_BREAK: Final = frozenset("和与及或对在向为从把将让以")
Cut = Callable[[str], Iterable[tuple[str, int, int]]]
"""Words of a text with their start and end, as `kg.words.Words.cut` gives them."""

_FULL_WIDTH: Final = str.maketrans({",": "，", ";": "；", "!": "！", "?": "？"})


def width_of(text: str) -> float:
    """The width in ems: letters, digits and blanks are about half as wide as a Chinese character.

    >>> width_of("建设15分钟健身圈")
    8.1
    """
    return round(sum(_HALF if c.isascii() else 1.0 for c in text), 2)


def broken(text: str, ems: float, most: int, cut: Cut) -> tuple[str, ...]:
    """The text in at most `most` lines of at most `ems`, even and broken between words; what does not fit ends in `…`.

    >>> broken("优化营商环境 激发青年创业活力", 9, 2, lambda text: [])
    ('优化营商环境', '激发青年创业活力')
    """
    words = curly(" ".join(text.split()).translate(_FULL_WIDTH))
    if width_of(words) > ems * most:
        words = _cut(words, ems * most - 1.5) + "…"
    if 0 < width_of(words) <= ems:
        return (words,)
    inside = {i for _, start, end in cut(words) for i in range(start + 1, end)}
    while words.strip():
        for count in range(1, most + 1):
            if lines := _balanced(words, ems, count, inside):
                return lines
        words = words.rstrip("…")[:-1] + "…"
    return ("",)


def curly(text: str) -> str:
    """Straight double quotes as a pair of Chinese ones.

    >>> curly('建设"云上书屋"')
    '建设“云上书屋”'
    """
    parts = text.split('"')
    return "".join(part + ("" if i == len(parts) - 1 else "“”"[i % 2]) for i, part in enumerate(parts))


def _cut(text: str, ems: float) -> str:
    """As much from the start as fits."""
    widths = accumulate(_HALF if c.isascii() else 1.0 for c in text)
    return text[: sum(1 for _ in takewhile(lambda width: round(width, 2) <= ems, widths))]


def _balanced(text: str, ems: float, count: int, inside: set[int]) -> tuple[str, ...] | None:
    """The best break into exactly `count` lines, or None where none fits."""
    reach = [0.0, *accumulate(_HALF if c.isascii() else 1.0 for c in text)]  # ems up to each character
    if reach[-1] > ems * count + _HALF * (count - 1):
        return None
    target = width_of(text) / count
    costs = {at: _break_cost(text, at, inside) for at in range(1, len(text)) if _may_break(text, at)}

    def width(start: int, end: int) -> float:
        """Without the blank at either end."""
        blanks = (text[start] == " ") + (text[end - 1] == " ")
        return round(reach[end] - reach[start] - blanks * _HALF, 2)

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 1:
            last = width(start, len(text))
            return ((last - target) ** 2, ()) if 0 < last <= ems else None
        found: tuple[float, tuple[int, ...]] | None = None
        for at in range(start + 1, len(text)):
            line = width(start, at)
            if line > ems:
                break
            if line <= 0 or at not in costs or (rest := best(at, left - 1)) is None:
                continue
            cost = (line - target) ** 2 + costs[at] + rest[0]
            if found is None or cost < found[0]:
                found = (cost, (at, *rest[1]))
        return found

    result = best(0, count)
    return tuple(text[a:b].strip() for a, b in pairwise((0, *result[1], len(text)))) if result else None


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    inside_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return after not in _NOT_FIRST and before not in _NOT_LAST and before != " " and not inside_word


def _break_cost(text: str, at: int, inside: set[int]) -> float:
    quoted = text.count("“", 0, at) > text.count("”", 0, at) or text.count("《", 0, at) > text.count("》", 0, at)
    if at in inside or quoted:
        return _STRAY
    if text[at] == " ":
        return _WRITTEN
    if text[at - 1] in _GOOD_AFTER or text[at] in "“《":
        return 0.0
    soft = text[at - 1] in _PARTICLES_BEFORE_BREAK or text[at] in _PARTICLES_AFTER_BREAK
    return _SOFT if soft else _LOOSE
