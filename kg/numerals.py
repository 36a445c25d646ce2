"""Chinese numerals up to 999, as terms and ordinals are written."""

from __future__ import annotations

NUMERAL = "[〇零一二三四五六七八九十百0-9０-９]"
"""A character of a numeral, for patterns."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def value(text: str) -> int:
    """The number that a numeral writes, in Chinese or Arabic figures; 0 for what is none.

    >>> value("三十二"), value("一百零五"), value("14"), value("二〇")
    (32, 105, 14, 20)
    """
    if text.isdecimal():
        return int(text)
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text) or "0")
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = 100 * _DIGITS.get(hundreds, 1) if hundred else 0
    total += 10 * (_DIGITS.get(tens.strip("零〇"), 1)) if ten else 0
    return total + _DIGITS.get(ones.strip("零〇"), 0)


def written(number: int) -> str:
    """A number below 1000 in Chinese figures.

    >>> written(1), written(10), written(32), written(105), written(110)
    ('一', '十', '三十二', '一百零五', '一百一十')
    """
    figures = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    if hundreds:
        between = "" if rest > 19 or not rest else "零" if rest < 10 else "一"
        return f"{figures[hundreds]}百{between}{written(rest) if rest else ''}"
    tens, ones = divmod(number, 10)
    if not tens:
        return figures[ones]
    return ("" if tens == 1 else figures[tens]) + "十" + (figures[ones] if ones else "")
