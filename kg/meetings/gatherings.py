"""Meetings that texts name by their kind: `"某某"专题协商会`, `十四届全国政协第四次双周协商座谈会`, `新年茶话会`.

Such a name is also what plans, rules and reviews call the kind itself (`全年召开双周协商座谈会17次`), so a meeting is
only taken where the text tells that one was held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.clean import HAN
from kg.lexicon import Lexicon, Term
from kg.meetings.numbered import Meeting, committee_at, overlaps
from kg.model import Name, Passage
from kg.names import Names
from kg.numerals import NUMERAL, value, written
from kg.sentences import Clause, around
from kg.wordlist import either

_NUMBERED = (
    rf"(?:第?(?P<term>{NUMERAL}{{1,3}})届)?(?P<who>[{HAN}]{{0,8}}?政协)?(?P<year>\d{{4}}年度?)?"
    rf"第(?P<ordinal>{NUMERAL}{{1,3}})次"
)
_QUOTED = r'["“](?P<topic>[^"“”]{4,60})["”]'
_FIGURES = "一二三四五六七八九十两数多\\d"
_TOLD = r"召开|举行|举办|出席|参加|主持"
_PLAIN = (
    rf"(?:(?<=召开)|(?<=举行)|(?<=举办)|(?<=出席)|(?<=参加)|(?<=报讯)|(?<=[了。，,：:）)\s])|^)(?:关于)?"
    rf"(?P<topic>(?:(?!{_TOLD}|政协|听取|围绕|本报|[{_FIGURES}][次场])[{HAN}、‘’·A-Za-z0-9]){{6,40}}?)的?"
)
_DAY = r"(?:(?:\d{1,2}月)?\d{1,2}日(?:[上中下]午)?|近日|日前|昨[天日](?:[上下]午)?|今[天日](?:[上下]午)?)"
_WHERE = r"(?:在[^,，。；;]{1,16}?)"
_HELD_BEHIND = re.compile(rf"(?:于|将于)?{_DAY}?{_WHERE}?(?:隆重|顺利)?(?:召开|举行|举办|开幕|闭幕)")
_HELD_BEFORE = re.compile(r"(?:召开|举行|举办)了?(?:关于)?$")
_ATTENDED = re.compile(r"(?:出席|参加|主持)了?$")
_IN_TIME = re.compile(rf"{_DAY}|{_WHERE}(?:召开|举行|举办)")
_REPORTED = re.compile(r"(?:侧记|特写|纪实|综述|掠影|召开|举行|举办|在)|$")
"""What a headline says behind the name of the meeting that it is about."""
_ONLY_KIND = re.compile(
    r"等|[、和与及]|\d+余?[次场]|[一二三四五六七八九十]+[次场]"
    r"|(?:工作|筹备|活动|实施)?(?:规则|规程|制度|机制|办法|计划|方案|安排|工作|形式|平台|品牌|程序|成果|议题)"
)
"""What follows a kind where a text speaks of the kind and not of one meeting."""
PLANNED = (
    r"(?<![主重首必摘纪概简扼])要(?![点闻素求])|将(?!军)|拟|计划|定期|每[年月季周]|适时|先后|多次|累计|各类|全年|年内"
)
"""Words of a sentence that plans meetings or counts them, and tells of none."""
_INTENDED = re.compile(
    rf"{PLANNED}|探索|创[新设立]|坚持|做好|办好|用好|(?<![第\d])\d+余?[次场]|(?<![第一二三四五六七八九十])[一二三四五六七八九十两数多]+[次场]"
)
BRAND = re.compile(r"商量|协商|议事|恳谈|会客|圆桌|委员|直通|面对面|[·•]")
"""What stands in quotation marks before a kind and is no topic: `“有事好商量”协商会`."""
_ITS_NUMBER = re.compile(rf"(?:[{HAN}]{{0,6}}第一[个次]|\d{{4}}年度?|首[次届场])")
_ACTS = re.compile(
    rf"(?:(?:机关)?(?:{_DAY}|{_WHERE}|组织|联合|牵头|主办|围绕|聚焦|紧扣|针对|就|以|专门|精心|隆重|召开|举行|举办))"
)
"""What follows a body that holds a meeting: it does something; `全国政协主席` is somebody's post."""
_UNIT = re.compile(rf"[{HAN}]{{2,14}}?(?:委员会|专委会|委|办公室|联络组|活动组|联络委)(?={_ACTS.pattern})")
"""A committee's own unit: 区政协提案委."""
_OTHER_HOSTS = re.compile(r"人大|政府|法院|检察院|[局厅部署]$|公司|大学|学院|学会|协会")
_WITH_A_TOPIC = frozenset({"协商会", "专题协商会", "调研协商座谈会", "远程协商会", "议政性常委会会议"})
"""Kinds that a topic without quotation marks may stand before: 教育界别协商会 has none."""
_OF_SOMEONE = frozenset({"界别协商会", "对口协商会", "提案办理协商会"})
_WHOSE = re.compile(rf"(?<=召开|举行|举办)[{HAN}、]{{1,8}}$")
"""`召开教育界别协商会`: whose seats consult, or with which office."""
_NOT_ALONE = frozenset({"协商会", "党组会议"})
"""Kinds that name a meeting only with its topic or with whose it is."""
_OF_A_COMMITTEE = frozenset({"主席会议", "常委会会议"})
"""Kinds that other bodies have too."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting named by its kind."""

    meeting: Meeting
    called: str
    """The kind by its row in the lexicon (`双周协商座谈会`)."""
    topic: Clause | None
    """What it is about, where its name says so."""
    host: Name | None
    """Who holds it, where the sentence tells."""


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The kinds of the lexicon, by their wordings, and the patterns made of them."""

    row: dict[str, str]
    of: dict[str, str]
    numbered: re.Pattern[str]
    quoted: re.Pattern[str]
    plain: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=4)
def _kinds(terms: tuple[Term, ...]) -> _Kinds:
    rows = [(word, term.id, term.kind) for term in terms for word in (term.id, *term.aliases)]
    called = rf"(?P<called>{either(word for word, _, _ in rows)})(?![议员])"
    return _Kinds(
        {word: row for word, row, _ in rows},
        {word: kind for word, _, kind in rows},
        re.compile(_NUMBERED + called),
        re.compile(_QUOTED + called),
        re.compile(_PLAIN + called),
        re.compile(rf"(?:(?<!\d)\d{{4}}年度?)?{called}"),
    )


def gatherings(passage: Passage, names: Names, lexicon: Lexicon, *, heading: bool) -> list[Gathering]:
    """The meetings that a passage names by their kind and tells as held, in order."""
    kinds = _kinds(lexicon.meeting_kinds)
    if not kinds.bare.search(passage.text):
        return []
    found: list[Gathering] = []
    for form in (kinds.numbered, kinds.quoted, kinds.plain, kinds.bare):
        for match in form.finditer(passage.text):
            gathering = _Reading(match, passage, names, kinds, heading).gathering()
            if gathering and not overlaps(gathering.meeting.clause, [g.meeting for g in found]):
                found.append(gathering)
    return sorted(found, key=lambda g: g.meeting.clause.start)


def settled(found: Sequence[Gathering]) -> list[Gathering]:
    """The same meetings, one name each: a text that names one in full and then by its kind means that one."""
    return [_in_full(g, found) for g in found]


def _in_full(gathering: Gathering, found: Sequence[Gathering]) -> Gathering:
    mine = gathering.meeting
    if mine.ordinal or gathering.topic:
        return gathering
    alike = [g for g in found if g.called == gathering.called]
    ranks = (
        [g for g in alike if g.meeting.ordinal or g.topic],
        [g for g in alike if re.search(r"\d{4}年", g.meeting.parent)],
        [g for g in alike if g.host],
    )
    full = {g.meeting.parent: g for g in next((rank for rank in ranks if rank), [])}
    if len(full) != 1:
        return gathering
    (named,) = full.values()
    return replace(gathering, meeting=replace(named.meeting, clause=mine.clause, whole=mine.whole))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One place where a kind is named, and what stands around it."""

    match: re.Match[str]
    passage: Passage
    names: Names
    kinds: _Kinds
    heading: bool

    def gathering(self) -> Gathering | None:
        """The meeting, where one is told as held."""
        text, begin, end = self.passage.text, self.match.start(), self.match.end()
        sentence = around(self.passage, begin, end)
        before = text[sentence.start : begin]
        row = self.kinds.row[self.match["called"]]
        groups = self.match.groupdict()
        topic = Clause(self.passage, *self.match.span("topic")) if groups.get("topic") else None
        if topic is not None and BRAND.search(topic.text):
            return None
        if _in_title(text, begin) or _ONLY_KIND.match(text, end) or self._cannot_have(topic, row):
            return None
        host = self._host(sentence)
        if groups.get("ordinal"):
            return self._numbered(host) if groups["who"] or self._held(before) else None
        if _INTENDED.search(before) or not self._is_sure(row, topic, host):
            return None
        told = self._held(before) if topic else self._held_now(before, host)
        return self._named(row, topic, host) if told else None

    def _cannot_have(self, topic: Clause | None, row: str) -> bool:
        """Whether what stands before the kind, without quotation marks, is no topic but words of a longer kind."""
        if topic is None or self.match.group()[0] in '"“':
            return False
        whole = self.match.group()
        longest = max((word for word in self.kinds.row if whole.endswith(word)), key=len)
        return row not in _WITH_A_TOPIC or longest != self.match["called"]

    def _is_sure(self, row: str, topic: Clause | None, host: Name | None) -> bool:
        """Whether the kind names one meeting with what stands beside it."""
        if row in _OF_A_COMMITTEE:
            return host is not None and "政协" in host.full
        return row not in _NOT_ALONE or topic is not None or host is not None

    def _held(self, before: str) -> bool:
        text, end = self.passage.text, self.match.end()
        return bool(_HELD_BEFORE.search(before) or _HELD_BEHIND.match(text, end) or _ATTENDED.search(before))

    def _held_now(self, before: str, host: Name | None) -> bool:
        """Of a bare kind, which reviews and rules name too: a headline tells of it, or it has its day or its place."""
        text, begin, end = self.passage.text, self.match.start(), self.match.end()
        if self.heading:
            named = host is not None and (host.end == begin or _ITS_NUMBER.fullmatch(text, host.end, begin))
            return host is not None and bool((named and _REPORTED.match(text, end)) or _HELD_BEFORE.search(before))
        if self.kinds.row[self.match["called"]] in _OF_SOMEONE:
            before = _WHOSE.sub("", before)
        in_time = _IN_TIME.search(before) or _IN_TIME.match(text, end)
        return bool(in_time and (_HELD_BEFORE.search(before) or _HELD_BEHIND.match(text, end)))

    def _host(self, sentence: Clause) -> Name | None:
        """The body that the sentence says holds it: the last one before it that does something."""
        text, begin = self.passage.text, self.match.start()
        inside = [n for n in self.names.of(self.passage, "Organization") if sentence.start <= n.start]
        bodies = [_with_unit(n, text) for n in inside if n.end <= begin]
        acting = [n for n in bodies if n.end == begin or _ACTS.match(text, n.end) or _ITS_NUMBER.match(text, n.end)]
        chosen = next((n for n in reversed(acting) if "政协" in n.full), acting[-1] if acting else None)
        return None if chosen is None or _OTHER_HOSTS.search(chosen.full) else chosen

    def _numbered(self, host: Name | None) -> Gathering | None:
        match = self.match
        committee, start = self.names.committee or "", match.start()
        if match["who"]:
            named = committee_at(match.end("who"), self.passage, self.names)
            if named is None and match["who"] != "政协":
                return None
            committee = named.full if named else committee
            start = named.start if named and not match["term"] else start
        elif host is not None and host.full.endswith("政协"):
            committee = host.full
        term, ordinal = value(match["term"] or "") or None, value(match["ordinal"])
        number = f"{written(term)}届" if term else (match["year"] or "")
        name = f"{committee}{number}第{written(ordinal)}次{match['called']}"
        return self._made(start, committee, name, term=term, ordinal=ordinal)

    def _named(self, row: str, topic: Clause | None, host: Name | None) -> Gathering:
        text, begin = self.passage.text, self.match.start()
        if host is not None and _ITS_NUMBER.fullmatch(text, host.end, begin):
            begin = host.start
            name = host.full + text[host.end : self.match.end()]
        else:
            name = (host.full if host else "") + text[begin : self.match.end()]
        committee = host.full if host and host.full.endswith("政协") else ""
        if not committee and (host is None or "政协" in host.full):
            committee = self.names.committee or ""
        made = self._made(begin, committee, name)
        return replace(made, topic=topic, host=host)

    def _made(
        self, start: int, committee: str, name: str, *, term: int | None = None, ordinal: int | None = None
    ) -> Gathering:
        clause = Clause(self.passage, start, self.match.end())
        called = self.match["called"]
        meeting = Meeting(clause, committee, term, ordinal, self.kinds.of[called], name, "", clause)
        return Gathering(meeting, self.kinds.row[called], None, None)


def _with_unit(body: Name, text: str) -> Name:
    unit = _UNIT.match(text, body.end) if body.text.endswith("政协") and not _ACTS.match(text, body.end) else None
    if unit is None:
        return body
    return Name(body.kind, body.start, unit.end(), text[body.start : unit.end()], body.full + unit.group())


def _in_title(text: str, at: int) -> bool:
    return text.count("《", 0, at) > text.count("》", 0, at)
