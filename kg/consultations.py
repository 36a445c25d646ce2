"""Consultations that an article tells of in prose: on which topic, who held them, in which form.

`某区政协召开"某某"专题协商会`, `常委会会议以"某某"为议题协商议政`, `某街道议事堂围绕"某某"议题开展协商`.
What is called for or planned (`要围绕某某协商议政`) and what a review counts is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.clean import HAN
from kg.lexicon import Lexicon, Suffix, Term
from kg.meetings import Event
from kg.meetings.gatherings import BRAND, PLANNED
from kg.meetings.numbered import Meeting
from kg.model import Article, Mention
from kg.names import Names
from kg.numerals import NUMERAL, written
from kg.sentences import Clause, sentences
from kg.wordlist import either

_QUOTED = r'["“](?P<quoted>[^"“”]{4,60})["”]'
_PLAIN = r"(?P<plain>[^\"“”《》,，。；;：:]{6,40}?)"
_CALLED = r"(?:等?(?:这一|的)?(?:协商)?(?:主题|议题|课题|题目|问题|内容|话题)?)?"
_ADVERBS = r"(?:深入|积极|广泛|充分|认真|现场|共同|集中)*"
_TO = r"(?:开展|进行|组织|举行|召开|举办|组织召开|组织开展)"
_INTENDED = re.compile(
    rf"{PLANNED}|每次|应当?(?![邀用急])|须|需要|建议|希望|表示|强调|指出|提出|要求|认为"
    r"|推动|坚持|继续|持续|着力|更好|准备|安排|审议|研究|决定"
)
_UNDER_A_PLAN = re.compile(r"任务|要点|计划|安排|部署|思路|打算|建议|展望|下一步")
_COUNTED = re.compile(
    r"(?:会议?|活动)?(?:\d+余?|[一二三四五六七八九十两数多]+)[次场个件]|(?:会议?)?(?:等|、)|[^,，。；;]{0,4}(?:机制|制度|平台|工作)"
)
_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|\d{1,2}日|近日|日前|昨[天日]|今[天日]")
_OUTSIDE = re.compile(r"成果|名单|人选|方案|草案|文件|报告|意见|情况|工作$|^(?:此|该|这)|有关|相关")
_DONE = re.compile(r"召开|举行|举办|了|一[场次]")
_TOPIC_OF_IT = re.compile(r"^协商(?:主题|议题|课题)|一[场次]")
"""`围绕某某这一协商议题`, `以某某为主题的一场协商`: so told, one was held, whoever held it."""
_STANDING = re.compile(rf"^.*?(?:常务委员会|常委会)(?=第?{NUMERAL}{{1,3}}次)")
_IN_A_PLACE = re.compile(r"[^,，。；;]{0,12}?(?:召开|举行|举办|开幕|闭幕|开展)")


@dataclass(frozen=True, slots=True)
class Host:
    """Who held a consultation."""

    clause: Clause
    """Where the text tells."""
    name: str
    """The full name."""
    named: bool = True
    """Whether the words there are its name, and not that of its meeting."""

    def mention(self) -> Mention:
        """The host as a body."""
        return Mention("Organization", self.name, self.clause.span, self.clause.text if self.named else "")


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation that was held."""

    topic: Clause
    evidence: Clause
    form: str
    """A concept of `consultationForm`, or empty."""
    event: Event | None
    """The meeting at which it was held, where the sentence names one."""
    host: Host | None


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of consultation by their wordings, and the patterns made of them."""

    of: dict[str, str]
    topics: tuple[re.Pattern[str], ...]
    mechanism: re.Pattern[str]


@lru_cache(maxsize=4)
def _forms(terms: tuple[Term, ...], kinds: tuple[Term, ...], suffixes: tuple[Suffix, ...]) -> _Forms:
    of = {word: term.id for term in terms for word in (term.id, *term.aliases)}
    named = either((*of, *(word for term in kinds for word in (term.id, *term.aliases))))
    mechanisms = [s.id for s in suffixes if s.kind == "平台" and len(s.id) > 2]
    how = rf"(?P<how>{_ADVERBS}(?:{_TO}了?[{HAN}]{{0,6}}?(?:{named}|协商)|协商议政|协商建言|(?:作|进行)大会发言))"
    return _Forms(
        of,
        (
            re.compile(rf"(?:围绕|聚焦|紧扣|针对|就)(?:{_QUOTED}|{_PLAIN}){_CALLED}[,，]?{how}"),
            re.compile(rf"{_TO}了?{_QUOTED}(?:主题)?(?P<how>(?:{named}|协商)(?:活动|会)?)"),
            re.compile(rf"(?:围绕|聚焦|就){_QUOTED}(?:这[一个])?(?P<how>协商(?:主题|议题|课题))"),
            re.compile(
                rf"以{_QUOTED}为(?:主题|议题|题|课题|协商主题|协商议题)[,，]?(?P<how>[^,，。；;]{{0,16}}?(?:{named}|协商))"
            ),
        ),
        re.compile(rf"(?:^|[,，。；;：:\s]|(?<=日)|(?<=[上下]午))(?P<host>[{HAN}]{{2,16}}?(?:{either(mechanisms)}))$"),
    )


def consultations(article: Article, names: Names, lexicon: Lexicon, told: Sequence[Event]) -> list[Consultation]:
    """The consultations of an article, in order; `told` are its meetings."""
    forms = _forms(lexicon.consultation_forms, lexicon.meeting_kinds, lexicon.initiative_suffixes)
    found: list[Consultation] = []
    for block in article.blocks:
        planned = any(_UNDER_A_PLAN.search(h.text) for h in block.under)
        if block.kind != "row" and not planned and block.passage.text:
            for sentence in sentences(block.passage):
                here = [e for e in told if _inside(e, sentence)]
                found += (*_by_name(here, sentence, forms), *_by_topic(here, sentence, article, names, forms))
    return list({(c.topic.text, c.evidence.span): c for c in found}.values())


def places_of(sentence: Clause, names: Names) -> list[Mention]:
    """Where a sentence says that something was held: `在某街道召开`."""
    text, passage = sentence.passage.text, sentence.passage
    return [
        Clause(passage, n.start, n.end).mention("Place", n.full)
        for n in names.of(passage, "Place")
        if sentence.start < n.start < sentence.end and text[n.start - 1] == "在" and _IN_A_PLACE.match(text, n.end)
    ][:1]


def _inside(event: Event, sentence: Clause) -> bool:
    clause = event.meeting.clause
    return clause.passage is sentence.passage and sentence.start <= clause.start < sentence.end


def _by_name(here: Sequence[Event], sentence: Clause, forms: _Forms) -> Iterator[Consultation]:
    """The meetings that bear their topic in their name."""
    for event in here:
        if event.topic is not None:
            yield Consultation(event.topic, sentence, forms.of.get(event.called, ""), event, _host(event))


def _by_topic(
    here: Sequence[Event], sentence: Clause, article: Article, names: Names, forms: _Forms
) -> Iterator[Consultation]:
    """The topics that the sentence says were consulted on."""
    for match in (m for form in forms.topics for m in form.finditer(sentence.text)):
        kind = "quoted" if match["quoted"] else "plain"
        start, end = (sentence.start + at for at in match.span(kind))
        topic = Clause(sentence.passage, start, end)
        event = _at(here, sentence, match)
        host = _host(event) if event else _acting(match, sentence, names, forms)
        if host is None and event is None and article.committee and _opens(match, sentence.text):
            host = Host(topic, article.committee, named=False)
        if _was_held(match, event, host, sentence):
            yield Consultation(topic, sentence, _form(match["how"], event, forms), event, host)


def _opens(match: re.Match[str], text: str) -> bool:
    """Whether a sentence begins so, without a subject (`围绕"某某"召开专题协商会`): its report's committee did it."""
    return match.start() == 0 and bool(match["quoted"]) and bool(re.search("召开|举行|举办", match["how"]))


def _at(here: Sequence[Event], sentence: Clause, match: re.Match[str]) -> Event | None:
    """The meeting at which it was: the last one before the topic, or the one that the verb behind it calls."""
    starts = [(e.meeting.clause.start - sentence.start, e) for e in here if e.meeting.of_committee or e.called]
    called = [e for start, e in starts if match.start() <= start < match.end()]
    before = [e for start, e in starts if start < match.start()]
    return called[0] if called else before[-1] if before else None


def _was_held(match: re.Match[str], event: Event | None, host: Host | None, sentence: Clause) -> bool:
    """Whether the sentence tells that it took place, and not that it should or how often such things did."""
    text = sentence.text
    begin = max(0, event.meeting.clause.end - sentence.start) if event else 0
    before = text[begin : match.start()] if begin <= match.start() else text[: match.start()]
    if _INTENDED.search(before) or _COUNTED.match(text, match.end()):
        return False
    if (match["quoted"] and BRAND.search(match["quoted"])) or _OUTSIDE.search(match.groupdict().get("plain") or ""):
        return False
    if event is not None:
        return "大会发言" not in match["how"] or event.meeting.kind == "常务委员会会议"
    done = bool(match["quoted"]) and bool(_DONE.search(match.group()))
    return _TOPIC_OF_IT.search(match["how"]) is not None or (host is not None and (done or bool(_DAY.search(before))))


def _acting(match: re.Match[str], sentence: Clause, names: Names, forms: _Forms) -> Host | None:
    """Who holds it where no meeting is named: the body, or the neighbourhood's council chamber, right before `围绕`."""
    text, passage = sentence.text, sentence.passage
    if own := forms.mechanism.search(text[: match.start()]):
        clause = Clause(passage, *(sentence.start + at for at in own.span("host")))
        return Host(clause, clause.text)
    bodies = [n for n in names.of(passage, "Organization") if sentence.start <= n.start and "政协" in n.full]
    near = [n for n in bodies if n.end == sentence.start + match.start()]
    return Host(Clause(passage, near[-1].start, near[-1].end), near[-1].full) if near else None


def _host(event: Event) -> Host | None:
    """Who held a meeting: the standing committee its own, a committee the others that it numbers."""
    meeting, clause = event.meeting, event.meeting.clause
    if event.host is not None:
        return Host(Clause(clause.passage, event.host.start, event.host.end), event.host.full)
    if meeting.kind == "常务委员会会议" and meeting.ordinal:
        return _standing(meeting)
    return Host(clause, meeting.committee, named=False) if meeting.of_committee and meeting.ordinal else None


def _standing(meeting: Meeting) -> Host:
    division, clause = meeting.committee.removesuffix("政协"), meeting.clause
    name = (
        f"政协第{written(meeting.term)}届{division}委员会常务委员会"
        if meeting.term and len(division) > 1
        else f"{meeting.committee}{_of_term(meeting)}常委会"
    )
    words = _STANDING.match(clause.text)
    if words is None:
        return Host(clause, name, named=False)
    return Host(Clause(clause.passage, clause.start, clause.start + words.end()), name)


def _of_term(meeting: Meeting) -> str:
    return f"{written(meeting.term)}届" if meeting.term else ""


def _form(how: str, event: Event | None, forms: _Forms) -> str:
    if event is not None and event.called in forms.of:
        return forms.of[event.called]
    if event is not None and event.meeting.kind == "常务委员会会议":
        return forms.of.get("专题议政性常委会会议", "")
    said = [word for word in forms.of if word in how]
    return forms.of[max(said, key=len)] if said else ""
