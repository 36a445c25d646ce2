"""Proposals told in running text: `某某委员提交的《…》`, `民革某区委会提出的关于…的建议，被列为1号提案`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from kg.background import Background
from kg.clean import HAN
from kg.docket import agents
from kg.docket.agents import Agents
from kg.docket.entry import OFFICIAL, Entry
from kg.docket.labels import labels
from kg.docket.titles import DEPUTY, LETTER, PROPOSAL, RECOMMENDATION, SPEECH, Told, told
from kg.meetings.numbered import Meeting, meetings
from kg.model import Article, Name, Passage
from kg.names import Names
from kg.sentences import Clause, around

_SPOKEN_OF = re.compile("提案|建议|社情民意|发言")
_COUNT = r"(?:[一两]?[份件项个则篇]|[一两\d]+[份件项个则篇])?"
_PROPOSING = re.compile(
    r"(?:提出|提交|递交|报送|撰写|起草|带来|呈交|反映|提报|作)(?:了|过|的)?" + _COUNT + r"(?:题为|名为|的|了)?$"
)
_OF = re.compile(r"(?:的|在)?" + _COUNT + r"(?:题为|名为|的)?$")
_CALLED = re.compile(
    rf"(?:(?:{OFFICIAL})?(?:重点|优秀|联名|集体|组织|个人|党派|界别)?提案|社情民意信息|信息|(?:大会|书面|口头)?发言|建议案)\s*[:：]?$"
)
_BEHIND_NAME = re.compile(agents.BEHIND_NAMES)
_ADJUNCT = re.compile(
    r"(?:[,，]|曾|已|又|还|也|再次|首次|率先|积极|及时|今年|去年|前年|当年|近年来|近日|日前|此前|随后|准备|将|拟"
    r"|联名|联合|共同|牵头|领衔|集体|书面|一起|向(?:大会|全国政协|[省市区县]政协)"
    r"|(?:在|于|(?:19|20)\d\d年)[^，,。；;]{1,30}?(?:上|中|里|期间|时|前夕|前|后|内)"
    r"|(?:围绕|针对|结合|根据|聚焦|就|为|通过|经过)[^。；;]{2,50}?(?=[,，]|$))*"
)
_GOES_ON = re.compile(r"[,，、]?(?:并|还|又|同时|也|及|以及|和|再次)*")
_ELSEWHERE = re.compile(
    r"股东|董事会|理事国|安理会|联合国|议会|国会|参议院|众议院|职代会|职工代表|业主|村民代表|学生会"
)
"""Whose proposals are none of a committee's."""
_REPORTS = re.compile(r"(?:记者|通讯员|作者)[\s:：]*$")
_PRONOUN = re.compile(r"(?:[,，。]|^|[上中间时会年后前])\s*(?:他|她|自己)[^。；;，,他她]{0,12}$")
_PASSIVE = re.compile(
    r"(?:[（(][^（）()]*[)）])?[,，]?(?:是|由|是由)(?P<who>[^，,。；;：:]{2,40}?)"
    r"(?:在[^，,。；;]{2,30}?上)?(?:联名|联合|共同|牵头|领衔)?(?:提出|提交|撰写)"
)
_LISTED_AS = re.compile(r"列为[^，,。；;]{0,6}?(?P<n>第?[\d一二三四五六七八九十]{1,6}号)(?:重点)?提案")
_NUMBERED = re.compile(rf"(?:编号|案号|提案号)(?:为|是|[:：])?\s*(?P<n>{OFFICIAL})")
_NUMBER_BEHIND = re.compile(
    rf"的?\s*[（(](?:重点|提案|编号|提案号|案号)*[:：]?\s*(?P<n>{OFFICIAL})(?:重点)?(?:提案)?[)）]"
)
_NUMBER_AHEAD = re.compile(rf"(?P<n>{OFFICIAL})(?:重点)?提案\s*[:：]?$")
_MEMBER_BEHIND = re.compile(rf"(?<=[{HAN}]{{2}})(?:(?:等\d*[名位]?)?委员|等\d+人)")
"""What stands behind the name of a member whom the tagger may not have seen."""
_BECAME = re.compile(
    r"(?:[》、,，和与及\s]|《[^《》]*》|[^。；;《》]{2,24}?(?:提出|提交|撰写)的)*[^。；;《》]{0,12}?"
    r"(?:评为|评选为|获评|荣获|获得|列[为入]|入选|确定为)[^。；;《》和及、]{0,24}提案(?![工办选情督者委审征质落])"
)
_OTHER_WORK = re.compile(r"报告|论文|信息|发言|案例|征文|课题|文章|作品|议案")
_ANNOUNCED = re.compile(r"提案(?:者)?的?(?:分别|依次)?(?:是|为|有|包括)?[:：]")
_BESIDE = re.compile(r"[、和与及\s]*")
"""What stands between titles that the same people propose: `甲提交的《…》、《…》`."""
_BY_MEMBERS = re.compile(r"委员们?(?:共同|联名)?(?:提出|提交|撰写)的[^。；;]*$")
_COMMENDED = re.compile(r"表彰|表扬|通报|评为|评选")
_HELD = ("上", "期间", "大会上")


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words around a title say of who proposes it."""

    agents: Agents = field(default_factory=Agents)
    proposing: bool = False
    """Whether they say that somebody proposed it."""


def find(article: Article, names: Names, background: Background, taken: Collection[int]) -> Iterator[Entry]:
    """Every proposal that running text tells of by its title, except in the passages that begin at `taken`."""
    reader = _Reader(article, names, background)
    for block in article.blocks:
        passage = block.passage
        if block.kind != "row" and _SPOKEN_OF.search(passage.text) and passage.at[0] not in taken:
            yield from reader.passage(passage)


class _Reader:
    """Reads the passages of one article."""

    def __init__(self, article: Article, names: Names, background: Background) -> None:
        self.article, self.names, self.background = article, names, background
        self.of_proposals = any("提案" in c.text for b in article.blocks for c in b.cells)

    def passage(self, passage: Passage) -> Iterator[Entry]:
        start, before = 0, _Said()
        titles = list(told(passage))
        for title, after in zip_longest(titles, titles[1:]):
            evidence = around(passage, title.start, title.end)
            beside = start > evidence.start and _BESIDE.fullmatch(passage.text, start, title.start)
            said = before if beside else self._who(title, max(start, evidence.start), before)
            form = self._form(title, said, evidence)
            if form:
                end = after.start if after else len(passage.text)
                labelled = self._labelled(title, end)
                yield Entry(
                    title.title,
                    evidence,
                    form=form,
                    agents=self._named(labelled) or said.agents,
                    number=_number(title, min(end, evidence.end)),
                    course=labelled,
                    submitted_to=self._submitted(title, evidence) if said.proposing else None,
                )
            start, before = title.end, said

    # -- is it one? ---------------------------------------------------------------------------------------------------
    def _form(self, title: Told, said: _Said, evidence: Clause) -> str | None:
        """What it is in law; None for what is no proposal."""
        around_it = evidence.text.replace(title.title.text, "")
        if _ELSEWHERE.search(around_it):
            return None
        if title.form in {LETTER, SPEECH, RECOMMENDATION}:
            return None if title.bare and not said.proposing else title.form
        if title.form == PROPOSAL:
            told_of = (
                said.proposing or said.agents.named or _LISTED_AS.search(evidence.text, title.end - evidence.start)
            )
            return PROPOSAL if told_of or not title.bare else None
        if not title.bare and self._shown(title, said, evidence):
            return PROPOSAL
        if not title.recommends or not title.title.text.endswith("建议") or not said.agents.named:
            return None
        if self._by_deputies(said.agents):
            return DEPUTY if said.proposing else None
        near = around_it if title.bare else title.title.passage.text
        member = self.of_proposals and said.proposing and not title.bare
        return PROPOSAL if "提案" in near or member else None

    def _shown(self, title: Told, said: _Said, evidence: Clause) -> bool:
        """Whether the sentence shows that it is a proposal: by what became of it, or by what it announces."""
        if (said.proposing or title.recommends) and self._became(title):
            return not self._by_deputies(said.agents)
        ahead = evidence.text[: title.start - evidence.start]
        by_members = "提案" in ahead and _BY_MEMBERS.search(ahead)
        return title.recommends and bool(by_members or _ANNOUNCED.search(ahead))

    def _became(self, title: Told) -> bool:
        """Whether the sentence goes on to say that what was proposed became a proposal of note."""
        text = title.title.passage.text
        became = _BECAME.match(text, title.end)
        beside = text[max(0, title.start - 12) : title.start] + text[title.end : became.end() if became else title.end]
        return bool(became) and not _OTHER_WORK.search(re.sub("《[^《》]*》", "", beside))

    def _by_deputies(self, who: Agents) -> bool:
        """Whether the article calls any of them a deputy of a people's congress."""
        people = [re.escape(a.mention.name) for a in who.named if a.mention.kind == "Person"]
        if not people:
            return False
        any_of = "|".join(people)
        form = re.compile(
            rf"人大代表[^，。；！？]{{0,24}}(?:{any_of})|(?:{any_of})(?:等\d*[名位]?)?代表(?=[，。、的在就提])"
        )
        return any(form.search(c.text) for b in self.article.blocks for c in b.cells)

    # -- who proposes it? ---------------------------------------------------------------------------------------------
    def _who(self, title: Told, start: int, before: _Said) -> _Said:
        """Those who propose it by the words between `start` and the title, or by those right behind the title.

        Where the sentence goes on about those of the title before (`，并提交…`), it is they.
        """
        passage = title.title.passage
        end = len(passage.text[: title.start].rstrip())
        called = _CALLED.search(passage.text, start, end)
        stops = [called.start(), end] if called else [end]
        for stop in stops:
            if verb := _PROPOSING.search(passage.text, start, stop):
                same = bool(start) and _GOES_ON.fullmatch(passage.text, start, verb.start())
                return _Said(before.agents if same else self._subject(passage, start, verb.start()), True)
        for stop in stops:
            of = _OF.search(passage.text, start, stop)
            found = agents.before(passage, of.start() if of else stop, self.names, self.background)
            if found.named and found.named[0].clause.start >= start:
                return _Said(found)
        return self._behind(title)

    def _behind(self, title: Told) -> _Said:
        passage = title.title.passage
        if passive := _PASSIVE.match(passage.text, title.end):
            ends = [passive.end("who"), *self._ends(passage, passive.start("who"), passive.end("who"))]
            for end in ends:
                found = agents.before(passage, end, self.names, self.background)
                if found.named and found.named[0].clause.start >= passive.start("who"):
                    return _Said(found, True)
        sentence = around(passage, title.start, title.end)
        for label in re.finditer("提案[人者](?:、|代表)?", passage.text[: sentence.end]):
            for name in self.names.of(passage, "Person"):
                if title.end <= label.start() and name.start == label.end():
                    clause = Clause(passage, name.start, name.end)
                    return _Said(Agents((agents.Agent(clause, clause.mention("Person", name.full), "委员个人"),)))
        return _Said()

    def _subject(self, passage: Passage, start: int, verb: int) -> Agents:
        """The nearest before a verb of proposing with nothing but adjuncts between, else the sentence's only person."""
        for end in self._ends(passage, start, verb):
            if _ADJUNCT.fullmatch(passage.text, end, verb):
                found = agents.before(passage, end, self.names, self.background)
                if found.named and found.named[0].clause.start >= start:
                    return found
        return self._only_person(passage, start, verb)

    def _ends(self, passage: Passage, start: int, stop: int) -> list[int]:
        """Where names and seats end with what belongs to them (`等3位委员`), the nearest first."""
        named = [n.end for n in self.names.of(passage) if start <= n.start and n.end <= stop and n.kind != "Place"]
        named += [m.end() for m in re.finditer("界(?:别)?", passage.text[:stop]) if m.start() >= start]
        named += [m.start() for m in _MEMBER_BEHIND.finditer(passage.text[:stop])]
        behind = [
            m.end() for end in sorted(set(named), reverse=True) if (m := _BEHIND_NAME.match(passage.text, end, stop))
        ]
        return [end for end in behind if end > start]

    def _only_person(self, passage: Passage, start: int, verb: int) -> Agents:
        """The one person whom the sentence names before, where its last clause has no other subject, or a pronoun's."""
        people = [n for n in self._people(passage) if start <= n.start < verb]
        clause = max(start, *(passage.text.rfind(mark, start, verb) + 1 for mark in ",，：:；;"))
        pronoun = _PRONOUN.search(passage.text, start, verb)
        own = any(n.start >= clause for n in people) or pronoun or _ADJUNCT.fullmatch(passage.text, clause, verb)
        if not people and pronoun:
            earlier = [n for n in self._people(passage) if n.start < start]
            last = around(passage, earlier[-1].start, earlier[-1].end) if earlier else None
            people = [n for n in earlier if last and n.start >= last.start]
        if not own or len({n.full for n in people}) != 1:
            return Agents()
        named = Clause(passage, people[-1].start, people[-1].end)
        return Agents((agents.Agent(named, named.mention("Person", people[-1].full), "委员个人"),))

    def _people(self, passage: Passage) -> list[Name]:
        """The people of a passage other than those who report."""
        return [n for n in self.names.of(passage, "Person") if not _REPORTS.search(passage.text[: n.start])]

    # -- what else is said of it? -------------------------------------------------------------------------------------
    def _labelled(self, title: Told, end: int) -> tuple[tuple[str, Clause], ...]:
        passage = title.title.passage
        found = labels(passage, self.background.lexicon.table_columns)
        return tuple((la.role, la.value) for la in found if title.end <= la.start < end)

    def _named(self, labelled: Iterable[tuple[str, Clause]]) -> Agents | None:
        """Those whom a label gives as proposers (`提案人：…`)."""
        value = next((clause for role, clause in labelled if role == "proposer"), None)
        if value is None:
            return None
        return agents.in_cell(value.passage.slice(value.start, value.end), self.background)

    def _submitted(self, title: Told, evidence: Clause) -> tuple[Meeting, Clause] | None:
        """`在…会议上提交`: the meeting of the same sentence, where it honours nothing."""
        passage = title.title.passage
        if _COMMENDED.search(evidence.text):
            return None
        held = [
            m
            for m in meetings(passage, self.names)
            if evidence.start <= m.clause.start < evidence.end
            and passage.text.startswith(_HELD, m.clause.end)
            and re.search(r"提出|提交|递交", passage.text[m.clause.end : evidence.end])
        ]
        return (held[0], evidence) if len(held) == 1 else None


def _number(title: Told, end: int) -> Clause | None:
    """The official number beside a title."""
    passage = title.title.passage
    behind = _NUMBER_BEHIND.match(passage.text, title.end)
    ahead = _NUMBER_AHEAD.search(passage.text, max(0, title.start - 20), title.start)
    said = _LISTED_AS.search(passage.text, title.end, end) or _NUMBERED.search(passage.text, title.end, end)
    found = behind or ahead or said
    return Clause(passage, *found.span("n")) if found else None
