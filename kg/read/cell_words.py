"""A number and its number format → the words that a cell shows: dates, times, per cent, padded numbers.

What a date's format leaves out of the day is read too (`3月1日` has a year): it is in the cell. Sources: ECMA-376,
part 1, 18.8.30 (formats, and those that Chinese programs know by number alone), 18.17.4 (how days are counted).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.styles.numbers import BUILTIN_FORMATS, STRIP_RE, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

ERROR = re.compile(r"#(?:DIV/0!|REF!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}")
"""What a cell shows whose formula failed."""

_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_HALF_DAY = '上午/下午h"时"mm"分"'
_CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), _HALF_DAY),
    **dict.fromkeys((35, 56), f'{_HALF_DAY}ss"秒"'),
}
"""The formats that a Chinese Excel knows by their numbers; a file names no code for them."""
_PADDED = re.compile(r"0+")
_PERCENT = re.compile(r"0(?:\.(?P<digits>0+))?%")
_YEAR, _MONTH, _DAY, _WEEKDAY = (re.compile(letters, re.I) for letters in ("[ye]", "m", "d", "a{3,4}"))
_DIGITS = 10
"""More than any count has."""


class Formats:
    """The number formats of a workbook's cells, by the number of the cell's style; no format for a style unheard of."""

    def __init__(self, styles: Sequence[int], codes: Mapping[int, str], *, since_1904: bool = False) -> None:
        """`styles` gives the number format of each style, `codes` those formats that the workbook spells out."""
        self._styles, self._codes = styles, codes
        self._epoch = MAC_EPOCH if since_1904 else WINDOWS_EPOCH
        self._known: dict[str, tuple[str, bool]] = {}

    def shown(self, value: str, style: str) -> str:
        """What a cell shows that holds a number; `value` and `style` are as the file writes them.

        >>> Formats([31], {}).shown("47908", "0"), Formats([], {}).shown("47908", "0")
        ('2031-03-01', '47908')
        """
        code, dated = self._known.get(style) or self._format(style)
        try:
            exact = float(value) if set(".eE") & set(value) else int(value)
            return self._moment(exact, code) if dated else number(exact, code.partition(";")[0])
        except (ValueError, OverflowError):  # no number, though the cell says so: its words are all there is
            return value

    def _format(self, style: str) -> tuple[str, bool]:
        """The code of a style's format, and whether it is a date's."""
        at = int(style) if style.isdecimal() and len(style) < _DIGITS else len(self._styles)
        if at >= len(self._styles):
            return "", False
        format_id = self._styles[at]
        code = self._codes.get(format_id) or BUILTIN_FORMATS.get(format_id) or _CHINESE.get(format_id, "")
        self._known[str(at)] = code, is_date(code)
        return self._known[str(at)]

    def _moment(self, value: int | float, code: str) -> str:
        try:
            found = from_excel(value, self._epoch, timedelta=is_timedelta_format(code))
        except (OverflowError, ValueError):  # no day of the calendar: a number that got a date's format
            return number(value)
        return moment(found, code) if found is not None else ""


def is_date(code: str) -> bool:
    """Whether a number format shows a date or a time.

    >>> is_date('[$-804]yyyy"年"m"月"'), is_date("[$-804]aaaa;@"), is_date('0.0"d"')
    (True, True, False)
    """
    bare = STRIP_RE.sub("", code.partition(";")[0])
    return is_date_format(code) or bool(_WEEKDAY.search(bare))


def iso_moment(text: str) -> str:
    """A date that a file writes as ISO 8601 has it, as other dates are shown; what is none, as it stands.

    >>> iso_moment("2031-03-01T09:30:00"), iso_moment("三月")
    ('2031-03-01 09:30', '三月')
    """
    try:
        return moment(time.fromisoformat(text) if text[2:3] == ":" else datetime.fromisoformat(text))
    except ValueError:
        return text


def number(value: int | float, shown: str = "") -> str:
    """A number as it is shown: no exponent, no useless zeros; padded (`0000`) or in per cent where its format says so.

    >>> number(20310001.0), number(7, "0000"), number(0.985, "0.0%"), number(1e-7)
    ('20310001', '0007', '98.5%', '0.0000001')
    """
    if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
        return ""
    if percent := _PERCENT.fullmatch(shown):
        return f"{100 * value:.{len(percent['digits'] or '')}f}%"
    if isinstance(value, int) or value.is_integer():
        whole = f"{int(value)}"
        return whole.zfill(len(shown)) if _PADDED.fullmatch(shown) and value >= 0 else whole
    return format(Decimal(f"{value:.15g}"), "f")


def moment(value: datetime | date | time | timedelta, shown: str = "") -> str:
    """A date as `2031-03-01`, or as far as its format shows it (`2031-03`), with the time of day where it has one.

    >>> moment(datetime(2031, 3, 1)), moment(datetime(2031, 3, 1), 'yyyy"年"m"月"'), moment(datetime(2031, 3, 1, 9, 30))
    ('2031-03-01', '2031年3月', '2031-03-01 09:30')
    >>> moment(timedelta(hours=26, minutes=5)), moment(time(9, 30))
    ('26:05', '09:30')
    """
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    bare = STRIP_RE.sub("", shown)
    if _DAY.search(bare) or not (_YEAR.search(bare) and _MONTH.search(bare)):
        day = f"{value.year:04}-{value.month:02}-{value.day:02}"
        clock = f" {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else ""
        return day + clock
    return f"{value.year}年{value.month}月"
