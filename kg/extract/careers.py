"""Biographies: the posts that somebody is told to have held, one after the other, with the dates that the text gives.

The person stands at the head (`某某，男，…`), often lines above the posts. A segment between two commas is read by its
form: a time, a verb of office, the body that it is held at, and the posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.affiliations import Day, affiliation
from kg.background import Background
from kg.clean import HAN
from kg.model import Article, Block, Fact, Mention, Month, Name, Passage, Year
from kg.names import Names
from kg.posts import Holding, Posts
from kg.sentences import Clause, sentences

_PROFILE = re.compile(
    r"[男女][，,。）)\s]|[一-鿿]{1,4}族[，,。]|(?:19|20)\d\d年[^，,。]{0,8}(?:生|参加工作)|国籍|学历|学位|党员|籍贯"
)
"""What a biography says of a person."""
_NEAR = 60
_DATE = r"(?:19|20)\d\d(?:年(?:\d{1,2}月?(?:\d{1,2}日)?)?|[./]\d{1,2})?"
_PART = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年?[./]?(?P<month>\d{1,2})月?(?:(?P<day>\d{1,2})日)?)?")
_TIME = re.compile(
    rf"(?:自|从)?(?P<start>{_DATE})(?:[至到]|[-—－~～–]+)?(?P<end>{_DATE}|今)?(?P<since>起|以来|以后|后|间|期间|开始)*(?:至今)?"
)
_SERVES = (
    r"(?:曾任|历任|现任|先后担任过?|先后任|先后兼任|兼任|担任过?|出任|就任|调任|转任|升任|改任|接任|继任|续任|连任|新任|"
    r"(?<![主责信上胜前离卸赴委常放重连])任(?![务何期意免命职教用由性人])|当选为?|选为|推选为|选举为|任命为|聘任?为|聘请为|受聘为|现为|曾为)"
)
_VERB = re.compile(rf"不再(?:担任|兼任|任)|{_SERVES}")
_IS = re.compile(r"为(?!了)|系(?!统)|是")
_SEVERAL = re.compile("历任|先后|曾任|曾先后")
"""Verbs of several posts, of which no one had all of the time."""
_AT = re.compile(rf"在(?P<body>[{HAN}（）()\d]{{4,40}})$")
_EMPLOYED = re.compile(
    rf"(?:任职于|就职于|供职于|工作于|加入|进入|在)(?P<body>[{HAN}（）()\d]{{4,40}}?)(?:工作|任职|就职|供职)?$"
)
_OTHERS = re.compile(r"(?:等(?:多项|各项)?(?:社会)?(?:职务|职|荣誉职务)?|一?职务?|至今)$")
_AND = re.compile(r"^(?:并|及|和|以及|同时|还)*")
_SEGMENT = re.compile(r"[^，,;；。:：]+")
_LONGEST_LEAD = 30
_SHORT = 12
_CITIZEN = "群众"
_DEGREES = ("博士", "硕士", "学士")
_LONG_ROW = 3


_HEADS = re.compile(r"^(?:同志|先生|女士)?(?:的?(?:个人)?(?:简历|简介|简况)|(?<=[生士])[，,：:])")
"""What a biography's heading says behind the name."""
_ADDRESS = re.compile(r"(?:同志|先生|女士)?")


@dataclass(frozen=True, slots=True)
class _Person:
    """Whose posts are told, and where the person is named."""

    name: Name
    passage: Passage
    biography: bool
    """Whether the text is a biography: there a post needs no verb."""

    @property
    def mention(self) -> Mention:
        return Clause(self.passage, self.name.start, self.name.end).mention("Person", self.name.full)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two commas of a sentence: a time, a verb, and from `start` on the posts."""

    start: int
    end: int
    time: re.Match[str] | None
    verb: str
    """Empty where there is none."""
    at: Clause | None
    """The body in `在某某局任科长`."""
    told: bool
    """Whether the words before the posts are a time and a verb alone, or stand in a row that began with them."""


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every post that a biography tells of its person, and that a sentence gives its only one with a verb of office."""
    head: _Person | None = None
    for i, block in enumerate(article.blocks):
        begun = _head(block, article.blocks[i + 1 : i + 2], names)
        prose = block.kind not in {"row", "byline"}
        ends = not prose or (block.kind == "heading" and not _VERB.search(block.passage.text))
        head = begun if begun or ends else head
        for sentence in sentences(block.passage) if prose else ():
            if person := _subject(sentence, head, names):
                yield from _of_sentence(sentence, person, names, background)


def _head(block: Block, following: Sequence[Block], names: Names) -> _Person | None:
    """The person whom a block's first word names, where it goes on as a biography does, or the next block."""
    passage = block.passage
    first = next(iter(names.of(passage, "Person")), None)
    if first is None or first.start > 0 or block.kind in {"row", "byline"}:
        return None
    rest = passage.text[first.end :]
    if len(rest) <= _SHORT and following:
        rest += following[0].passage.text
    address = _ADDRESS.match(rest)
    behind = address.end() if address else 0
    profile = rest[behind : behind + 1] in {",", "，", ":", "：", "（", "(", " "} and _PROFILE.search(rest[:_NEAR])
    begins = profile or rest.startswith("汉族") or _HEADS.match(rest)
    return _Person(first, passage, biography=True) if begins else None


def _subject(sentence: Clause, head: _Person | None, names: Names) -> _Person | None:
    """Whose posts a sentence tells: those of the biography's person, or of the only one whom it names."""
    inside = [p for p in names.of(sentence.passage, "Person") if sentence.start <= p.start < sentence.end]
    named = {p.full for p in inside}
    if head and named <= {head.name.full}:
        return head
    return _Person(inside[0], sentence.passage, biography=False) if len(named) == 1 else None


def _of_sentence(sentence: Clause, person: _Person, names: Names, background: Background) -> Iterator[Mention | Fact]:
    for segment in _segments(sentence, person):
        words = Clause(sentence.passage, segment.start, segment.end)
        if membership := list(background.membership.stated(person.mention, words, sentence)):
            yield from membership
            continue
        holdings = _held(segment, sentence.passage, names, background.posts)
        start, end = _days(segment)
        for holding in holdings:
            yield from affiliation(person.mention, holding, sentence, "post.career", names, start=start, end=end)
            yield from background.membership.of_post(person.mention, holding, sentence)


def _segments(sentence: Clause, person: _Person) -> Iterator[_Segment]:
    """The segments of a sentence that may tell posts: those with a verb of office and, in a biography, all others."""
    passage, text = sentence.passage, sentence.passage.text
    carried: re.Match[str] | None = None
    employer: Clause | None = None
    row = False
    for match in _SEGMENT.finditer(text, sentence.start, sentence.end):
        time = _TIME.match(text, *match.span())
        begin = time.end() if time else match.start()
        if time and begin == match.end():
            carried = time
            continue
        verb = _VERB.search(text, begin, match.end()) or (_IS.match(text, begin, match.end()) if time else None)
        behind_name = person.biography or (verb is not None and person.name.end <= verb.start())
        if verb and behind_name and verb.start() - begin <= _LONGEST_LEAD:
            if row or person.biography:  # `某县政协委员现任某公司经理`: a mark is missing before the verb
                yield _Segment(begin, verb.start(), time, "", None, told=False)
            at = _named(_AT, passage, begin, verb.start()) or employer
            yield _Segment(verb.end(), match.end(), time or carried, text[begin : verb.end()], at, told=True)
            row = True
        elif row or person.biography:
            yield _Segment(begin, match.end(), time, "", None, told=row)
        employer = _named(_EMPLOYED, passage, begin, match.end()) or employer
        carried = None


def _named(form: re.Pattern[str], passage: Passage, begin: int, end: int) -> Clause | None:
    """The body that a form names in a stretch of text."""
    match = form.search(passage.text[begin:end])
    return Clause(passage, begin + match.start("body"), begin + match.end("body")) if match else None


def _held(segment: _Segment, passage: Passage, names: Names, posts: Posts) -> list[Holding]:
    """The posts of a segment; without a verb it must be posts and nothing else."""
    text = passage.text
    lead = _AND.match(text, segment.start, segment.end)
    start = lead.end() if lead else segment.start
    others = _OTHERS.search(text, start, segment.end)
    end = others.start() if others else segment.end
    found, parts = posts.every(start, end, passage, names, loose=bool(segment.verb))
    found = [h for h in found if not h.role.text.endswith(_DEGREES)]
    if not segment.verb:
        whole = len(found) == parts or (parts >= _LONG_ROW and len(found) * 2 > parts)
        citizens = any(h.post.capacity == _CITIZEN for h in found)
        return found if (whole or segment.told) and not citizens else []
    body = posts.body(segment.at, names) if segment.at else None
    return [replace(h, body=body) if h.body is None and body else h for h in found]


def _days(segment: _Segment) -> tuple[Day | None, Day | None]:
    """From when to when a post was held; nothing where several were held in that time, one after the other."""
    time = segment.time
    if time is None or _SEVERAL.search(segment.verb):
        return None, None
    start, end = _day(time["start"]), _day(time["end"] or "")
    return (None, start) if "不再" in segment.verb else (start, end)


def _day(text: str) -> Day | None:
    """The day, month or year of a date; None for none and for one that no calendar has."""
    match = _PART.match(text)
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    if not month or month > 12:
        return Year(year)
    try:
        return date(year, month, day) if day else Month(year, month)
    except ValueError:  # `2月30日`
        return Month(year, month)
