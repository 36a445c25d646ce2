"""Days as texts write them: with their year or by the article's, single or from one day to another.

A day is only taken where the text itself tells its year: on the spot, by the article's own year, or by the day on
which the article says that it was written (`新华社…2031年3月12日电`, `发布时间:2031-03-12`), which also tells what
`昨日` and `12日` are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import Article, Month
from kg.sentences import Clause

_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年)"
_MONTH = r"1[0-2]|0?[1-9]"
_NUMBER = r"3[01]|[12]\d|0?[1-9]"
_HALF = r"(?:凌晨|早上|清晨|上午|中午|下午|傍晚|晚上?)?"
_DAY = re.compile(
    rf"{_YEAR}?(?<!\d)(?P<month>{_MONTH})月(?P<day>{_NUMBER})"
    rf"(?:日{_HALF}(?!至|到|—|-|~|～)|日?{_HALF}(?:至|到|—+|-|~|～)(?:(?P<to_month>{_MONTH})月)?(?P<to_day>{_NUMBER})日{_HALF})"
)
"""`3月12日`, `2031年1月10日至13日`."""
_MONTH_ONLY = re.compile(rf"{_YEAR}(?P<month>{_MONTH})月(?:[上中下]旬|底|初)?(?!\d)")
_DAY_ONLY = re.compile(rf"(?<![\d月至到—~～-])(?P<day>{_NUMBER})日(?!电|讯|至|到|—|-|~|～){_HALF}")
_SAID = re.compile(rf"(?P<said>今天|今日|昨天|昨日){_HALF}")
_ISO = rf"(?P<year>(?:19|20)\d\d)[-/年.](?P<month>{_MONTH})[-/月.](?P<day>{_NUMBER})"
_ISSUED = (
    re.compile(
        rf"[^\s\d,，。]{{1,6}}[社网报台][^\d,，。]{{0,8}}{_YEAR}?(?P<month>{_MONTH})月(?P<day>{_NUMBER})日[^\d,，。]{{0,4}}?[电讯]"
    ),
    re.compile(rf"(?:发布时间|发布日期|时间|日期|来源)[:：]\D{{0,20}}{_ISO}"),
    re.compile(rf"^[^\d。,，]{{0,12}}{_ISO}日?(?:\s*\d{{1,2}}:\d\d(?::\d\d)?)?[^\d。,，]{{0,12}}$"),
)
"""How an article says on which day it was written: a dateline, a label, a line of its own."""
_NEW_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:的)?(?:新年|元旦|新春|春节)")
"""`共庆2031年新年`: the days around it are of that year, or of the end of the one before."""
_BEFORE = re.compile(r"[,，]?(?:在[^,，。；;]{0,16}?[,，]?)?(?:[^,，。；;《》]{0,24}?(?:召开|举行|举办|进行)[了的]?)?")
_AFTER = re.compile(r"(?:已|将|定)?(?:于|在)?")
_HELD = re.compile(r"[,，]?(?:在[^,，。；;]{1,16}?)?(?:隆重|胜利|正式|顺利)?(?P<verb>召开|举行|举办|开幕|闭幕|结束)")
_SITTING = re.compile(r"[^,，。；;]{0,10}?(?:举行|召开)(?:第[^次]{1,3}次)?(?:全体会议|大会|联组|分组|小组)")
"""`某会1日下午举行全体会议`: the day of that sitting."""
_WORK_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度")
_SECOND_HALF = 7


@dataclass(frozen=True, slots=True)
class Dated:
    """A time as a text tells it: half-open, in the text's characters."""

    start: int
    end: int
    first: date | Month
    last: date | None = None
    """The last day, where the text names two."""


def narrow(text: str) -> str:
    """A text with full-width figures made narrow; as long as before.

    >>> narrow("１９９７年")
    '1997年'
    """
    return text.translate(_NARROW)


@dataclass(frozen=True, slots=True)
class Held:
    """When something that a sentence names was held."""

    dated: Dated
    part: str
    """`start` or `end` where the text dates its opening or its close alone, else empty."""


class Calendar:
    """What an article tells of its days."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._texts = [narrow(cell.text) for block in article.blocks for cell in block.cells]
        self._new_years = {int(m[1]) for text in self._texts for m in _NEW_YEAR.finditer(text)}
        self.issued: date | None = None
        self.issued = self._issued()

    def dated(self, text: str) -> list[Dated]:
        """Every time in a text of the article that is sure, in order."""
        readers = ((_DAY, self._day), (_MONTH_ONLY, _month), (_DAY_ONLY, self._day_only), (_SAID, self._said))
        found = [dated for form, read in readers for m in form.finditer(narrow(text)) for dated in _sound(read, m)]
        return sorted(found, key=lambda d: d.start)

    def of(self, clause: Clause, sentence: Clause) -> Held | None:
        """When that was held which a sentence of the article names: by the time right before its name or behind it.

        `3月12日,区政协召开某会` and `某会于3月12日在某地召开`; the day of something else further off is not taken.
        """
        text = narrow(sentence.text)
        start, end = clause.start - sentence.start, clause.end - sentence.start
        if _SITTING.match(text, end):
            return None
        for dated in self.dated(text):
            behind = dated.start >= end and _AFTER.fullmatch(text, end, dated.start)
            verb = _HELD.match(text, dated.end if behind else end)
            if (behind and verb) or (dated.end <= start and _BEFORE.fullmatch(text, dated.end, start)):
                return Held(dated, _part(text[end:]))
        return None

    def _day(self, match: re.Match[str]) -> Dated | None:
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else self._year_of(month)
        if year is None:
            return None
        last = date(year, int(match["to_month"] or month), int(match["to_day"])) if match["to_day"] else None
        first = date(year, month, day)
        return Dated(*match.span(), first, last) if last is None or first < last else None

    def _day_only(self, match: re.Match[str]) -> Dated | None:
        """A day without its month: the last such day up to the day on which the article was written."""
        if self.issued is None:
            return None
        day = int(match["day"])
        month = self.issued if day <= self.issued.day else self.issued.replace(day=1) - timedelta(days=1)
        return Dated(*match.span(), month.replace(day=day))

    def _said(self, match: re.Match[str]) -> Dated | None:
        if self.issued is None:
            return None
        return Dated(*match.span(), self.issued - timedelta(days=match["said"].startswith("昨")))

    def _year_of(self, month: int) -> int | None:
        """The article's year; for a day of its second half the year that the article's own work is of.

        A page that plans the year ahead tells of last December's meeting, which honours that year's work (`2024年度`).
        """
        if self.issued is not None:
            return self.issued.year if month <= self.issued.month else None
        year = self._article.year
        if self._new_years and max(self._new_years) == min(self._new_years) and month in {11, 12, 1, 2}:
            turn = min(self._new_years)
            if year in {None, turn, turn - 1}:
                return turn - (month > 2)
        if year is None or month < _SECOND_HALF:
            return year
        told = {int(m[1]) for text in self._texts for m in _WORK_YEAR.finditer(text)}
        return told.pop() if len(told) == 1 and told <= {year, year - 1} else None

    def _issued(self) -> date | None:
        """The day on which the article says that it was written, with a year of its own or the article's."""
        for text in self._texts:
            for match in (m for form in _ISSUED for m in form.finditer(text)):
                year = int(match["year"]) if match["year"] else self._year_of(int(match["month"]))
                if year is not None:
                    return _date_or_none(year, int(match["month"]), int(match["day"]))
        return None


def _part(after: str) -> str:
    """Which part of the meeting the words behind its name date."""
    opens, closes = "开幕" in after, "闭幕" in after
    return "" if opens == closes else "start" if opens else "end"


def _month(match: re.Match[str]) -> Dated:
    return Dated(*match.span(), Month(int(match["year"]), int(match["month"])))


def _sound(read: Callable[[re.Match[str]], Dated | None], match: re.Match[str]) -> list[Dated]:
    """What a match tells, but for a slip of the text that is no day (`2月30日`)."""
    try:
        dated = read(match)
    except ValueError:
        return []
    return [dated] if dated else []


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
