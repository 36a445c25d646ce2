"""Sectors in running text: seats that take part or are sat on, who sits on one, and a committee's own scheme."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.background import Background
from kg.clean import HAN
from kg.model import NATION, Article, Fact, Mention, Object, Passage
from kg.names import Names
from kg.sectors import NATIONAL_COMMITTEE, Part, Scheme, Seat, said_of, scheme_of, term_of
from kg.sentences import Clause, around

_OF_COMMITTEE = r"(?:的|组的)?(?:全国|[省市区县旗州])?(?:政协)?"
_MEMBERS = re.compile(rf"(?:别)?{_OF_COMMITTEE}(?:委员(?!会)|常委(?!会))")
_MEETING = re.compile(r"(?:别)?(?:政协)?(?:的)?(?:委员)?(?:联组|小组|分组|讨论组|联席|组(?![织成建长]))")
_SEATS = re.compile(r"别|(?:活动组|委员工作室|召集人|协商)|等[^，,。；;、]{0,6}界别")
_SPEAKS = re.compile(r"(?:别)?(?:提出|发言|作[了题大发交]|建议|在[^，,。]{0,12}(?:发言|提出|建议))")
_FOR = re.compile(r"(?:代表|来自)$")
_EDGE = re.compile(
    rf"(?:^|[^{HAN}]|[的和与、了在对向为由于到从及是有以让请]|政协|届|参加|来自|代表|出席|看望|走访|组织|引导|邀请)$"
)
"""What a name of a sector may stand behind: no part of a longer word (`高等|教育界`)."""


_SCHEME = re.compile(r"个界别|界别(?:设置|包括|分别|为|有|是)")
_ENUMERATED = re.compile(rf"[{HAN}（）()]{{2,24}}(?:、[{HAN}（）()]{{2,24}}){{4,}}")
_LEAST_OF_SCHEME = 5
_MAY_SEAT = re.compile("界|委员[小联]组")
_SAYS_WHOSE = re.compile(r"(?:委员|常委)?(?:代表|[（(])|(?:委员|常委)?(?:是|来自)")
"""What stands between a member and the seat: speaking for it, or sitting on it."""
_OF = re.compile(r"别?的?")
_A_MEMBER = re.compile(r"委员(?!会)|常委")
_DELEGATE = re.compile("代表")
_ROW = r"[、，,和与及\s]+"
_NO_PARTY = re.compile(
    rf"(?:(?:工商联|民主党派中央|主席[{HAN}·]{{2,5}}|负责人|负责同志)(?:[{HAN}]{{0,8}}?{_ROW}){{1,2}}|向各民主党派{_ROW}|(?=无党派(?:人士)?代表))"
    r"(?P<who>无党派(?:爱国|民主|代表)?人士)(?!界|在内)"
)
"""The people of no party where they take part: with the parties' heads or the people's organisations, greeted, or by
those who stand for them; in what is said of the parties' part in the state they are named as well."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A seat where a text names it."""

    clause: Clause
    seat: Seat
    end: int
    """Where the row of seats ends that it stands in."""
    alone: bool


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every sector that running text names as one, and who sits there."""
    scheme = scheme_of(background.lexicon.sector_types)
    for block in article.blocks:
        for cell in block.cells if block.kind != "row" else ():
            seats = [*_named(cell, article, names, scheme), *_of_scheme(cell, scheme)]
            for named in seats:
                evidence = around(cell, named.clause.start, named.clause.end)
                sector = named.clause.mention("Sector", named.seat.name)
                yield sector
                yield from said_of(sector, named.seat, evidence, article.committee, term_of(article))
                yield from _seated(named, sector, evidence, names)


def of_one_term(facts: Sequence[Fact]) -> list[Fact]:
    """A text's facts: a sector of one name is one in a text, and where it speaks of two terms it is of none."""
    terms: dict[str, set[Object]] = defaultdict(set)
    for fact in facts:
        if fact.rule == "sector.term" and isinstance(fact.subject, Mention):
            terms[fact.subject.name].add(fact.object)
    torn = {name for name, said in terms.items() if len(said) > 1}
    return [
        f for f in facts if f.rule != "sector.term" or not isinstance(f.subject, Mention) or f.subject.name not in torn
    ]


# -- seats


def _named(passage: Passage, article: Article, names: Names, scheme: Scheme) -> Iterator[_Named]:
    """The seats that a passage names, and the people of no party where they take part."""
    for start, end, parts in scheme.rows(passage.text) if _MAY_SEAT.search(passage.text) else ():
        if not _is_named(passage, start, end, names):
            continue
        if _apart(passage, end, parts, article, scheme):
            for part in parts:
                clause = Clause(passage, part.start, part.end)
                yield _Named(clause, scheme.seat(clause.text), end, alone=len(parts) == 1)
        else:
            yield _Named(Clause(passage, start, end), scheme.seat(passage.text[start:end]), end, alone=True)
    for match in _NO_PARTY.finditer(passage.text):
        yield _Named(Clause(passage, *match.span("who")), scheme.seat("无党派人士"), match.end("who"), alone=True)


def _is_named(passage: Passage, start: int, end: int, names: Names) -> bool:
    """Whether walks of life are named as seats, and not the people of a walk of life (`教育界人士`)."""
    text = passage.text
    if not (_EDGE.search(text[:start]) or any(tag.start == start for tag in names.words(passage))):
        return False
    if any(form.match(text, end) for form in (_MEMBERS, _MEETING, _SEATS)) or _member_behind(passage, end, names):
        return True
    return bool(_FOR.search(text[:start]) and _SPEAKS.match(text, end))


def _apart(passage: Passage, end: int, parts: Sequence[Part], article: Article, scheme: Scheme) -> bool:
    """Whether the parts of a row are seats of their own, and not one that combines them.

    So it is in the national committee, whose scheme is known, where each has its own 界, where several meet, and where
    one is a party or a people's organisation, which have seats of their own everywhere.
    """
    national = article.committee == NATIONAL_COMMITTEE or (article.committee is None and article.home == NATION)
    if len(parts) < 2 or national or any(part.has_head for part in parts[:-1]) or _MEETING.match(passage.text, end):
        return True
    return any(scheme.is_organisation(passage.text[part.start : part.end]) for part in parts)


def _member_behind(passage: Passage, end: int, names: Names) -> int | None:
    """Where the name begins of a member who stands behind a seat: `来自教育界的某某委员`."""
    start = _OF.match(passage.text, end)
    at = start.end() if start else end
    people = (n for n in names.of(passage, "Person") if n.start == at)
    return next((n.start for n in people if _A_MEMBER.match(passage.text, n.end)), None)


def _seated(named: _Named, sector: Mention, evidence: Clause, names: Names) -> Iterator[Fact]:
    """Who sits on a seat: `教育界委员甲、乙`, `教育界的甲委员`, `甲委员代表教育界发言`, `甲（教育界委员）`."""
    passage, text = named.clause.passage, named.clause.passage.text
    if not named.alone:
        return
    behind = _MEMBERS.match(text, named.end) or _DELEGATE.match(text, named.end)
    at = behind.end() if behind else _member_behind(passage, named.end, names)
    for person in names.of(passage, "Person"):
        between = text[person.end : named.clause.start] if person.end < named.clause.start else ""
        if person.start == at or _SAYS_WHOSE.fullmatch(between):
            mention = Clause(passage, person.start, person.end).mention("Person", person.full)
            yield evidence.fact(mention, "zx:sector", sector, "seat.beside-name")
        if person.start == at:
            at = person.end + (text[person.end : person.end + 1] == "、")


# -- a committee's own scheme


def _of_scheme(passage: Passage, scheme: Scheme) -> Iterator[_Named]:
    """The seats that a committee is said to have: `设28个界别：中共、民革、…`, `由中共、民革…等28个界别组成`."""
    if not _SCHEME.search(passage.text):
        return
    for run in _ENUMERATED.finditer(passage.text):
        items = list(_items(passage, *run.span(), scheme))
        known = [item for item in items if scheme.types(item.text)]
        if len(known) < _LEAST_OF_SCHEME or len(known) * 3 < len(items) * 2:
            continue
        for clause in _joined(items, scheme):
            yield _Named(clause, scheme.seat(clause.text), clause.end, alone=False)


def _items(passage: Passage, start: int, end: int, scheme: Scheme) -> Iterator[Clause]:
    """The items of a row, the words before the first and after the last left out where these are not in the scheme."""
    edges = [start, *(m.end() for m in re.finditer("、", passage.text[:end]) if m.start() > start), end + 1]
    for begin, stop in pairwise(edges):
        text = passage.text[begin : stop - 1]
        cut = next((n for n in range(len(text)) if begin == start and scheme.types(text[n:])), 0)
        tail = next((n for n in range(len(text), cut, -1) if stop > end and scheme.types(text[cut:n])), len(text))
        yield Clause(passage, begin + cut, begin + tail)


def _joined(items: Sequence[Clause], scheme: Scheme) -> Iterator[Clause]:
    """The seats of a row's items: where walks of life bear their 界, those before one that do not share it."""
    headed = sum(item.text.endswith("界") for item in items) > 1
    begin: int | None = None
    for item in items:
        begin = item.start if begin is None else begin
        whole_name = item.text.endswith(("界", "人士")) or scheme.is_organisation(item.text)
        if whole_name or not headed:
            yield Clause(item.passage, begin, item.end)
            begin = None
