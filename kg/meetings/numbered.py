"""The forms in which texts name a committee's meetings: `区政协一届四次会议第一次全体会议` and its like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.clean import HAN
from kg.model import NATION, Name, Passage
from kg.names import Names
from kg.numerals import NUMERAL, value, written
from kg.sentences import Clause, around

_WIDENED = r"(?:\(扩大\)|（扩大）|扩大)?"
_KIND = (
    rf"(?P<kind>(?:常务委员会|常委会|常委|主席){_WIDENED}会议(?!程)|(?:全体)?(?:委员)?会议|全会"
    r"|常委会(?![委组成员会]))"
)
_SITTING = (
    rf"(?P<sitting>第{NUMERAL}{{1,3}}次(?:全体|大会)?会议|[开闭]幕(?:大会|会议|会|式)|预备会议"
    rf"|大会发言会议|(?:第{NUMERAL}次)?联组会议?|小组会议"
    rf"|主席团(?:常务主席)?会议(?:第{NUMERAL}{{1,3}}次会议)?(?![主成]))?"
)
_NUMBER = rf"第?(?P<ordinal>{NUMERAL}{{1,4}})次"
_TERM = rf"(?P<term>{NUMERAL}{{1,3}})届"
_STANDING = r"(?P<standing>常委会|常务委员会)?"
_PCC = r"(?:中国人民政治协商会议|人民政协|政协)"
_FORMS = (
    # 区政协一届四次会议 · 区政协一届三十二次主席会议 · 市政协五届常委会第十八次会议
    re.compile(rf"(?P<who>[{HAN}]{{0,8}}政协)第?{_TERM}(?P<inner>委员会)?{_STANDING}{_NUMBER}{_KIND}{_SITTING}"),
    # 政协第十四届全国委员会第三次会议 · 政协第五届某市委员会常务委员会第十八次会议
    re.compile(rf"{_PCC}第?{_TERM}(?P<of>全国|[{HAN}]{{2,16}}?)委员会{_STANDING}{_NUMBER}{_KIND}{_SITTING}"),
    # 政协某区第一届委员会第四次会议 · 政协某区委员会一届四次会议
    re.compile(
        rf"{_PCC}(?P<of>[{HAN}]{{2,16}}?)(?:第?{_TERM}委员会|委员会第?{_TERM.replace('term', 'later')}(?:委员会)?)"
        rf"{_STANDING}{_NUMBER}{_KIND}{_SITTING}"
    ),
    # 政协某区三届四次会议
    re.compile(rf"{_PCC}(?P<of>[{HAN}]{{1,15}}?[省市区县旗州盟])第?{_TERM}{_STANDING}{_NUMBER}{_KIND}{_SITTING}"),
    # 十四届全国政协第三次会议
    re.compile(rf"第?{_TERM}(?P<who>[{HAN}]{{0,8}}?政协)(?:委员会)?{_STANDING}{_NUMBER}{_KIND}{_SITTING}"),
)
_HELD = re.compile(rf"(?:召开|举行|主持召开)了?第?{_TERM}(?:委员会)?{_STANDING}{_NUMBER}{_KIND}{_SITTING}")
"""`区政协召开二届二十六次主席会议`: whose it is stands before the verb."""
_NO_TERM = re.compile(
    rf"(?P<who>[{HAN}]{{0,8}}政协)?第(?P<ordinal>{NUMERAL}{{1,3}})次(?P<kind>(?:常务委员会|常委会|主席){_WIDENED}会议)"
)
"""`第三次主席会议`: of the present term."""
_ABOVE = re.compile(rf"(?:[{HAN}]{{2,8}}?(?:省|自治区|自治州|市|州))+?(?=[{HAN}]{{2,8}}[市区县旗州盟]$)")
_OF_TERM = re.compile(rf"政协第{NUMERAL}{{1,3}}届(?P<of>[{HAN}]{{2,16}}?)委员会")
_NO_DIVISION = re.compile("[在了于]|召开|举行|举办")
"""What shows that words between 政协 and a term are no division: `政协在某地召开了七届…`."""
_OTHERS = re.compile("人大|人民代表|妇联|工商联|文联|总工会|作协")
_ENDINGS = {"全体会议": "会议", "主席会议": "主席会议", "常务委员会会议": "常委会会议"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a passage names it."""

    clause: Clause
    committee: str
    """The body whose meeting it is (`云岫区政协`); empty where none is told."""
    term: int | None
    ordinal: int | None
    kind: str
    """A concept of `meetingKind`."""
    parent: str
    """The name of the whole meeting in one form, whatever form the text has."""
    sitting: str
    """`第一次全体会议`, or empty for the whole meeting."""
    whole: Clause
    """The words for the whole meeting, of which a sitting is a part; the same as `clause` where there is no sitting."""

    @property
    def name(self) -> str:
        """The meeting's name in one form."""
        return self.parent + self.sitting

    @property
    def of_committee(self) -> bool:
        """Whether it is a meeting of a 政协."""
        return self.committee.endswith("政协")


def meetings(passage: Passage, names: Names) -> list[Meeting]:
    """Every meeting that a passage names with its term and ordinal, in order."""
    found: list[Meeting] = []
    for form in (*_FORMS, _HELD):
        for match in form.finditer(passage.text):
            meeting = _meeting(match, passage, names)
            if meeting and not overlaps(meeting.clause, found):
                found.append(meeting)
    return sorted(found, key=lambda m: m.clause.start)


def plenary(clause: Clause, committee: str, term: int, ordinal: int) -> Meeting:
    """A committee's plenary session that words name by its numbers alone (`三届二次会议`)."""
    kind = "全体会议"
    return Meeting(clause, committee, term, ordinal, kind, _name(committee, term, ordinal, kind), "", clause)


def without_term(passage: Passage, names: Names, told: Iterable[Meeting]) -> list[Meeting]:
    """The meetings that a passage names by their ordinal alone (`第三次主席会议`), as one of those told in full.

    A text that numbers such a meeting means its committee's present term: the term of the one meeting told in full that
    has its number, else of the only term that the committee's meetings in the text have. Else the term is unknown.
    """
    full = list(told)
    found: list[Meeting] = []
    for match in _NO_TERM.finditer(passage.text):
        who = _whose(match, passage, names) if match["who"] else _own(match, passage, names)
        if who is not None:
            start, committee = who
            kind, ordinal = _kind(match["kind"]), value(match["ordinal"])
            same = {m.term for m in full if (m.committee, m.kind, m.ordinal) == (committee, kind, ordinal)}
            terms = same or {m.term for m in full if m.committee == committee}
            term = terms.pop() if len(terms) == 1 else None
            clause = Clause(passage, start, match.end())
            found.append(
                Meeting(clause, committee, term, ordinal, kind, _name(committee, term, ordinal, kind), "", clause)
            )
    return found


def committee_at(end: int, passage: Passage, names: Names) -> Name | None:
    """The committee whose name ends at a place, also where a longer body's begins with it: 区政协|二届常委会."""
    bodies = [n for n in names.of(passage, "Organization") if n.start < end <= n.end]
    if not bodies or bodies[0].end == end:
        return bodies[0] if bodies else None
    inside, after = passage.text[bodies[0].start : end], passage.text[end : bodies[0].end]
    of_term = _OF_TERM.match(bodies[0].full)
    full = f"{of_term['of']}政协" if of_term else bodies[0].full.removesuffix(after)
    return Name("Organization", bodies[0].start, end, inside, full) if full.endswith("政协") else None


def overlaps(clause: Clause, found: Iterable[Meeting]) -> bool:
    """Whether words of one passage are also words of a meeting that was found there."""
    return any(m.clause.start < clause.end and clause.start < m.clause.end for m in found)


def _meeting(match: re.Match[str], passage: Passage, names: Names) -> Meeting | None:
    who = _whose(match, passage, names)
    if who is None:
        return None
    start, committee = who
    groups = match.groupdict()
    sitting = groups["sitting"] or ""
    kind = "常务委员会会议" if groups["standing"] else _kind(groups["kind"])
    term, ordinal = value(groups["term"] or groups.get("later") or ""), value(groups["ordinal"])
    return Meeting(
        Clause(passage, start, match.end()),
        committee,
        term,
        ordinal,
        kind,
        _name(committee, term, ordinal, kind),
        sitting,
        Clause(passage, start, match.end() - len(sitting)),
    )


def _name(committee: str, term: int | None, ordinal: int, kind: str) -> str:
    number = f"{written(term)}届{written(ordinal)}次" if term else f"第{written(ordinal)}次"
    return committee + number + _ENDINGS[kind]


def _kind(written_as: str) -> str:
    if written_as.startswith("主席"):
        return "主席会议"
    return "常务委员会会议" if written_as.startswith("常") else "全体会议"


def _whose(match: re.Match[str], passage: Passage, names: Names) -> tuple[int, str] | None:
    """Where the name begins, and the committee in its short full form (`钱塘区政协`)."""
    groups = match.groupdict()
    if of := groups.get("of"):
        return None if _NO_DIVISION.search(of) else (match.start(), f"{_own_name(of)}政协")
    if "who" not in groups:
        return _before_the_verb(match, passage, names)
    named = committee_at(match.end("who"), passage, names)
    if named is not None:
        leads = "term" in groups and match.start("term") < match.start("who")  # 十四届全国政协
        return (match.start() if leads else named.start), named.full
    if names.committee and names.home != NATION and match["who"] == "政协":
        return match.start(), names.committee
    return None


_WHERE = rf"(?P<of>全国|[{HAN}]{{2,10}}?)"
_COMMITTEES = (
    # 政协第十四届全国委员会 · 中国人民政治协商会议第五届某市委员会
    re.compile(rf"(?:中国人民政治协商会议|政协)第{_TERM}{_WHERE}委员会"),
    # 政协某区第一届委员会
    re.compile(rf"(?:中国人民政治协商会议|政协){_WHERE}第?{_TERM}委员会"),
    # 某县政协第十一届委员会 · 十届某县政协
    re.compile(rf"{_WHERE}政协第?{_TERM}委员会"),
    re.compile(rf"第?{_TERM}{_WHERE}政协"),
)


def committees(text: str) -> list[tuple[int, int, str, int]]:
    """Where a text names a committee of a term in full: start, end, the short full form (`钱塘区政协`), the term.

    >>> committees("政协钱塘区第一届委员会委员名单")
    [(0, 11, '钱塘区政协', 1)]
    """
    found = [(*m.span(), f"{m['of']}政协", value(m["term"])) for form in _COMMITTEES for m in form.finditer(text)]
    return sorted(found)


def _own_name(division: str) -> str:
    """A division's own name without those above it: 云岫省山南市临湖区 is 临湖区."""
    above = _ABOVE.match(division)
    return division[above.end() :] if above else division


def _before_the_verb(match: re.Match[str], passage: Passage, names: Names) -> tuple[int, str] | None:
    """The committee that the sentence names last before `召开`, where no other body stands between."""
    sentence = around(passage, match.start(), match.end())
    before = [n for n in names.of(passage, "Organization") if sentence.start <= n.start and n.end <= match.start()]
    if (
        not before
        or not before[-1].text.endswith("政协")
        or _OTHERS.search(passage.text, before[-1].end, match.start())
    ):
        return None
    verb = re.compile(r"(?:主持)?(?:召开|举行)了?").match(passage.text, match.start())
    return (verb.end() if verb else match.start()), before[-1].full


def _own(match: re.Match[str], passage: Passage, names: Names) -> tuple[int, str] | None:
    """The text's own committee, where the words before the ordinal speak of no other body's meeting."""
    before = passage.text[max(0, match.start() - 12) : match.start()]
    if names.committee is None or _OTHERS.search(before) or re.search(r"[届会]$", before):
        return None
    return match.start(), names.committee
