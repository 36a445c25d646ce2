"""The forms in which texts name a committee's meetings: `区政协一届四次会议第一次全体会议` and its like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.clean import HAN
from kg.model import NATION, Passage
from kg.names import Names
from kg.numerals import NUMERAL, value, written
from kg.sentences import Clause

_KIND = r"(?P<kind>常委会|常务委员会|主席|全体|)(?:\(扩大\)|（扩大）)?"
_SITTING = rf"(?P<sitting>第{NUMERAL}+次(?:全体|大会)?会议|开幕会|闭幕会|预备会议|大会发言会议)?"
_NUMBER = rf"第?(?P<ordinal>{NUMERAL}+)次"
_TERM = rf"(?P<term>{NUMERAL}+)届"
_FORMS = (
    # 区政协一届四次会议 · 区政协一届三十二次主席会议 · 市政协五届常委会第十八次会议
    re.compile(
        rf"(?P<who>[{HAN}]{{0,8}}政协)第?{_TERM}(?P<inner>委员会)?(?P<standing>常委会|常务委员会)?{_NUMBER}{_KIND}会议{_SITTING}"
    ),
    # 政协第十四届全国委员会第三次会议 · 政协第五届某市委员会常务委员会第十八次会议
    re.compile(
        rf"(?:中国人民政治协商会议|政协)第{_TERM}(?P<of>全国|[{HAN}]{{2,8}}?)委员会"
        rf"(?P<standing>常务委员会)?{_NUMBER}{_KIND}(?:会议){_SITTING}"
    ),
    # 政协某区第一届委员会第四次会议
    re.compile(
        rf"(?:中国人民政治协商会议|政协)(?P<of>[{HAN}]{{2,8}}?)第?{_TERM}委员会"
        rf"(?P<standing>常务委员会)?{_NUMBER}{_KIND}(?:会议){_SITTING}"
    ),
    # 政协某区三届四次会议
    re.compile(
        rf"(?:中国人民政治协商会议|政协)(?P<of>[{HAN}]{{1,7}}?[省市区县旗州盟])第?{_TERM}"
        rf"(?P<standing>常委会|常务委员会)?{_NUMBER}{_KIND}会议{_SITTING}"
    ),
)
_KINDS = {
    "": "全体会议",
    "全体": "全体会议",
    "主席": "主席会议",
    "常委会": "常务委员会会议",
    "常务委员会": "常务委员会会议",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a passage names it."""

    clause: Clause
    committee: str
    term: int
    ordinal: int
    kind: str
    """A concept of `meetingKind`."""
    sitting: str
    """`第一次全体会议`, or empty for the whole meeting."""
    whole: Clause
    """The words for the whole meeting, of which a sitting is a part; the same as `clause` where there is no sitting."""

    @property
    def name(self) -> str:
        """The meeting's name in one form, whatever form the text has."""
        return self.parent + self.sitting

    @property
    def parent(self) -> str:
        """The name of the whole meeting."""
        kind = {"全体会议": "会议", "主席会议": "主席会议", "常务委员会会议": "常委会会议"}[self.kind]
        return f"{self.committee}{written(self.term)}届{written(self.ordinal)}次{kind}"


def meetings(passage: Passage, names: Names) -> list[Meeting]:
    """Every meeting that a passage names with its term and ordinal, in order."""
    found: list[Meeting] = []
    for form in _FORMS:
        for match in form.finditer(passage.text):
            meeting = _meeting(match, passage, names)
            overlapping = meeting and any(
                m.clause.start < meeting.clause.end and meeting.clause.start < m.clause.end for m in found
            )
            if meeting and not overlapping:
                found.append(meeting)
    return sorted(found, key=lambda m: m.clause.start)


def _meeting(match: re.Match[str], passage: Passage, names: Names) -> Meeting | None:
    who = _whose(match, passage, names)
    if who is None:
        return None
    start, committee = who
    sitting = match["sitting"] or ""
    kind = _KINDS[match["standing"] or match["kind"]]
    end_of_whole = match.end() - len(sitting)
    return Meeting(
        Clause(passage, start, match.end()),
        committee,
        value(match["term"]),
        value(match["ordinal"]),
        kind,
        sitting,
        Clause(passage, start, end_of_whole),
    )


def _whose(match: re.Match[str], passage: Passage, names: Names) -> tuple[int, str] | None:
    """Where the name begins, and the committee in its short full form (`钱塘区政协`)."""
    groups = match.groupdict()
    if of := groups.get("of"):
        return match.start(), f"{of}政协"
    end = match.end("who")
    named = next((n for n in names.of(passage, "Organization") if n.end == end), None)
    if named is not None:
        return named.start, named.full
    if names.committee and names.home != NATION and match["who"] == "政协":
        return match.start(), names.committee
    return None


_WHERE = rf"(?P<of>全国|[{HAN}]{{2,10}}?)"
_COMMITTEES = (
    # 政协第十四届全国委员会 · 中国人民政治协商会议第五届某市委员会
    re.compile(rf"(?:中国人民政治协商会议|政协)第{_TERM}{_WHERE}委员会"),
    # 政协某区第一届委员会
    re.compile(rf"(?:中国人民政治协商会议|政协){_WHERE}第?{_TERM}委员会"),
    # 某县政协第十一届委员会
    re.compile(rf"{_WHERE}政协第?{_TERM}委员会"),
)


def committees(text: str) -> list[tuple[int, int, str, int]]:
    """Where a text names a committee of a term in full: start, end, the short full form (`钱塘区政协`), the term.

    >>> committees("政协钱塘区第一届委员会委员名单")
    [(0, 11, '钱塘区政协', 1)]
    """
    found = [(*m.span(), f"{m['of']}政协", value(m["term"])) for form in _COMMITTEES for m in form.finditer(text)]
    return sorted(found)
