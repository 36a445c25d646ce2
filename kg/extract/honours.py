"""Honours: which list is commended, for which year, where it was decided and where conferred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.background import Background
from kg.case_lists import CaseRecord, case_records
from kg.clean import HAN
from kg.docket import Entry, entries
from kg.list_kinds import list_kind
from kg.meetings.numbered import Meeting, meetings
from kg.model import Article, Concept, Fact, Mention, Node, Year
from kg.names import Names
from kg.sentences import Clause, sentences, whole
from kg.tables import is_mark

_PRAISED = rf"(?:优秀|精品|十佳|最佳|典型|先进|示范)[{HAN}]{{0,4}}?"
_HONOUR = re.compile(rf"(?:协商|议事)?{_PRAISED}(?P<of>提案|案例)")
_JOINED = re.compile(rf"{_PRAISED}(?:提案|案例)[和与及、][{HAN}、]{{0,20}}?(?P<of>提案|案例)")
"""`一批优秀提案和协商案例`: the word of praise holds for both."""
_COMMENDED = re.compile(r"表彰|表扬|颁奖|授予|评为|评选")
_GOES_ON = re.compile(r"评选|评定|颁奖|表彰|授奖")
_OPENS = re.compile(r"(?:会议|大会|会上)[^,，]{0,4}(?:对|为|向|，|,|表彰|通报)")
_DECIDED = re.compile(r"审议|研究|讨论|决定|评为|评选")
_YEAR = re.compile(r"(?<![\d—–~至-])((?:19|20)\d\d)年度")
_EXCELLENT = r"(?P<label>(?:优秀|精品|十佳|最佳)提案)(?![候工办选情督者委审征率承人单])"
_COUNTED = r"[\d一二两三四五六七八九十百]+[件个篇份项]"
_CAME_TO = re.compile(
    r"(?:[》、,，和与及\s]|《[^《》]*》|[（(][^（）()]*[)）]|[^。；;《》]{2,24}?(?:提出|提交|撰写)的)*"
    rf"[^。；;《》]{{0,12}}?(?:评为|评选为|表彰为|获评|荣获|获得|入选|{_COUNTED}提案为)[^。；;，,《》和及、]{{0,24}}{_EXCELLENT}"
)
_COUNTED_AMONG = re.compile(
    rf"(?:[》、和与及\s]|《[^《》]*》)*等(?:(?:19|20)\d\d年度)?{_COUNTED}[^。；;，,《》、]{{0,10}}{_EXCELLENT}"
)
_AWARDED = re.compile(rf"{_EXCELLENT}的?(?:分别|依次)?(?:是|为|有|包括)?[:：]")
_HEARD = re.compile("上?(?:获悉|了解到|传出)")
_OF_DIVISION = re.compile(rf"[{HAN}]{{0,12}}[省市区县州旗][{HAN}]{{0,12}}政协|政协[{HAN}]{{0,10}}[省市区县州旗]")
_NOT_YET = re.compile(r"拟|推荐为|争取|力争|有望|候选|未能?(?:被|获)|参评")
_COMMENDED_TOLD = re.compile(r"表彰|表扬|颁奖|授予|评|获|入选")
_YEAR_SAID = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年")
_YEAR_ALONE = re.compile(r"(?P<y>(?:19|20)\d\d)(?:年度?)?")
_PRAISE = re.compile(r"(?P<praise>优秀|精品|十佳|最佳|好)")
_OWN_HONOUR = re.compile(
    r"(?:被?评为|获评?|荣获)?(?:(?:19|20)\d\d年度?)?(?P<level>[区县市省]级?)?(?:优秀|精品|十佳|最佳|好)(?:提案)?(?:奖)?"
)
"""A cell that names the honour itself."""
_OF_LEVEL = re.compile(r"(?:被?评为|获评?|荣获)?(?:(?:19|20)\d\d年度?)?[区县市省全]")
_OTHER_LISTS = {"重点", "全部立案"}
_COUNT = re.compile(r"等(?P<n>\d+)[件个份][^,，。;；]{0,8}?(?P<of>提案|案例)")


@dataclass(frozen=True, slots=True)
class Commendation:
    """What one article says of one honour, gathered from its sentences."""

    label: Clause
    year: tuple[int, Clause] | None
    decided: tuple[Meeting, Clause] | None
    conferred: tuple[Meeting, Clause] | None
    count: int | None
    """How many the text says are honoured."""


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """The honours of what the article lists, where a sentence commends it, else of the proposals that it tells of.

    A column of honours says its own (`是否优秀提案`).
    """
    told = [c for block in article.blocks for cell in block.cells for s in sentences(cell) for c in _statements(s)]
    found = [e for e in entries(article, names, background) if e.form == "提案"]
    proposals = [e for e in found if e.listed]
    cases = [r for r in case_records(article, background.lexicon.initiative_suffixes) if r.listed]
    given: set[str] = set()
    for of, mine in (("提案", proposals), ("案例", cases)):
        commendation = _commendation(told, of, names)
        honoured = _honoured(mine, commendation.count, article.document.about.list_kind) if commendation else ()
        if commendation and honoured:
            given.add(of)
            yield from _honour(commendation, honoured, article)
    if "提案" not in given:  # else what the text says of one of them is said of the list
        yield from _told([e for e in found if not e.listed], article, names)
    for entry in proposals:
        yield from _of_column(entry, article)


def _of_column(entry: Entry, article: Article) -> Iterator[Fact]:
    """The honour that a column gives: by a mark below its name, or by the cell's own words (`2031年度优秀提案`)."""
    said = next((clause for _, clause in entry.said("honour")), None)
    remark = next(
        (c for _, noted in entry.said("remark") for c in _notes(noted) if _OWN_HONOUR.fullmatch(c.text)), None
    )
    words = said or remark
    if words is None:
        return
    head = next((whole(passage) for role, passage in entry.heads if role == "honour"), words)
    own = _OWN_HONOUR.fullmatch(words.text)
    year = _YEAR_ALONE.fullmatch(words.text)
    if own is None and year is None and not is_mark(words.text):
        return
    label = words if own else head
    told = year or _YEAR_SAID.search(label.text)
    of = words if year else label
    name = _PRAISE.search(label.text)
    honour, facts = _node(
        Commendation(label, (int(told["y"]), of) if told else None, None, None, None),
        None if _OF_LEVEL.match(label.text) else article.committee,
        called=f"{(own and own['level']) or ''}{name['praise'] if name else '优秀'}提案",
    )
    yield from facts
    yield entry.evidence.fact(entry.mention(), "zx:honour", honour, "honour.column")


def _notes(words: Clause) -> Iterator[Clause]:
    """The several notes of a cell."""
    for part in re.finditer(r"[^、，,；;。\s]+", words.text):
        yield Clause(words.passage, words.start + part.start(), words.start + part.end())


def _told(found: Sequence[Entry], article: Article, names: Names) -> Iterator[Fact]:
    """The honours of proposals that running text tells of.

    `获优秀提案的有：…` goes on about the honour whose year a sentence before gives.
    """
    years: list[tuple[int, Clause]] = []
    for entry in found:
        label = _praised(entry)
        if label is None:
            continue
        own = [(int(m[1]), entry.evidence) for m in _YEAR.finditer(entry.evidence.text)]
        announced = label.start < entry.title.start
        years = own or years
        yield from _honour_told(entry, label, own or (years if announced else []), article, names)


def _praised(entry: Entry) -> Clause | None:
    """The words for the honour where a sentence says that the proposal it tells of has it."""
    text, start = entry.evidence.text, entry.evidence.start
    after = entry.title.end - start
    praised = _CAME_TO.match(text, after) or _COUNTED_AMONG.match(text, after)
    if praised is None and (announced := _AWARDED.search(text, 0, entry.title.start - start)):
        praised = announced
    said = re.sub("《[^《》]*》", "", text)
    if praised is None or _NOT_YET.search(said) or not _COMMENDED_TOLD.search(said):
        return None
    return Clause(entry.evidence.passage, *(start + at for at in praised.span("label")))


def _honour_told(
    entry: Entry, label: Clause, years: Sequence[tuple[int, Clause]], article: Article, names: Names
) -> Iterator[Fact]:
    """The honour of one proposal, with its year where only one is said."""
    said = entry.evidence
    held = [m for m in _within(meetings(said.passage, names), said) if _held_in(m, said)]
    commendation = Commendation(
        label,
        year=years[0] if len({year for year, _ in years}) == 1 else None,
        decided=None,
        conferred=(held[0], said) if len(held) == 1 else None,
        count=None,
    )
    honour, facts = _node(commendation, _giver(said, article, names))
    yield from facts
    yield said.fact(entry.mention(), "zx:honour", honour, "honour.told")


def _giver(said: Clause, article: Article, names: Names) -> str | None:
    """The committee that the sentence names; else the article's, where no other is named and it is before this."""
    first, last = said.passage.at[said.start], said.passage.at[said.end - 1]
    named = list(_committees(article, names))
    here = {name for name, at in named if first <= at <= last}
    if here:
        return here.pop() if len(here) == 1 else None
    only = {name for name, _ in named} == {article.committee}
    return article.committee if only and any(at < first for _, at in named) else None


def _committees(article: Article, names: Names) -> Iterator[tuple[str, int]]:
    """The committees that an article names, also by their meetings (`县九届政协常委会会议`), and where."""
    mine = article.committee or ""
    for cell in (cell for block in article.blocks for cell in block.cells):
        for name in names.of(cell, "Organization"):
            if name.full.endswith("政协"):
                yield name.full, cell.at[name.start]
        for held in meetings(cell, names):
            written = cell.text[max(0, held.clause.start - 1) : held.clause.end]  # `某县|九届政协常委会会议`
            if _OF_DIVISION.match(written):
                yield mine if held.name.startswith(mine) else held.name, cell.at[held.clause.start]


def _honoured(
    listed: Sequence[Entry] | Sequence[CaseRecord], count: int | None, said: str
) -> Sequence[Entry | CaseRecord]:
    """What is honoured of all that is listed: as many as the text says, else all but lists of another kind.

    `said` is the kind of list that the text's sidecar gives.
    """
    lists: dict[int, list[Entry | CaseRecord]] = {}
    for record in listed:
        above = record.above if isinstance(record, Entry) else ()
        lists.setdefault(above[0].at[0] if above else -1, []).append(record)
    fitting = [
        r for r in listed if not isinstance(r, Entry) or (list_kind(r, said) or ("优秀",))[0] not in _OTHER_LISTS
    ]
    if count is None:
        return fitting
    return next((one for one in (listed, fitting, *lists.values()) if len(one) == count), ())


def _statements(sentence: Clause) -> Iterator[Clause]:
    """What a sentence says one after another, parted by semicolons: each part may honour at a meeting of its own."""
    for part in re.finditer(r"[^；;]+[；;]?", sentence.text):
        yield Clause(sentence.passage, sentence.start + part.start(), sentence.start + part.end())


def _commendation(told: Sequence[Clause], of: str, names: Names) -> Commendation | None:
    """What the sentences say of the honour for what `of` names; None where none commends it."""
    saying = list(_saying(told, of))
    named = [(clause, m) for clause in saying for m in _HONOUR.finditer(clause.text) if m["of"] == of]
    if not named:
        return None
    clause, match = named[0]
    years = [(int(m[1]), c) for c in saying for m in _YEAR.finditer(c.text)]
    counts = [int(m["n"]) for c in saying for m in _COUNT.finditer(c.text) if m["of"] == of]
    held = [(meeting, c) for c in saying for meeting in _within(meetings(c.passage, names), c)]
    conferred = [(m, c) for m, c in held if _held_in(m, c)]
    decided = [(m, c) for m, c in held if not _held_in(m, c) and _decided_by(m, c)]
    conferred += [(m, c) for c in saying if _OPENS.match(c.text) for m in _just_before(c, names)]
    return Commendation(
        label=Clause(clause.passage, clause.start + match.start(), clause.start + match.end()),
        year=years[0] if years else None,
        decided=decided[0] if decided else None,
        conferred=conferred[0] if conferred else None,
        count=counts[-1] if counts else None,
    )


def _saying(told: Sequence[Clause], of: str) -> Iterator[Clause]:
    """The sentences that commend what `of` names, and those after one of them that go on about the commendation."""
    before: Clause | None = None
    for clause in told:
        named = any(m["of"] == of for form in (_HONOUR, _JOINED) for m in form.finditer(clause.text))
        follows = before is not None and before.passage is clause.passage and before.end == clause.start
        goes_on = follows and _GOES_ON.search(clause.text) and not re.search("提案|案例", clause.text)
        if (named and _COMMENDED.search(clause.text)) or goes_on:
            yield clause
            before = clause
        else:
            before = None


def _just_before(clause: Clause, names: Names) -> list[Meeting]:
    """The meeting of the sentence before, where a sentence begins with `会议对…予以表扬`."""
    return [m for m in meetings(clause.passage, names) if m.clause.end <= clause.start][-1:]


def _within(found: Sequence[Meeting], clause: Clause) -> list[Meeting]:
    return [m for m in found if clause.start <= m.clause.start and m.clause.end <= clause.end]


def _held_in(meeting: Meeting, clause: Clause) -> bool:
    """`在…会议上,…受到表彰`: given there, and not only heard of there (`从…会议上获悉`)."""
    if _HEARD.match(clause.passage.text, meeting.clause.end):
        return False
    before = clause.passage.text[max(clause.start, meeting.clause.start - 1) : meeting.clause.start]
    return before == "在" or clause.passage.text.startswith("上", meeting.clause.end)


def _decided_by(meeting: Meeting, clause: Clause) -> bool:
    """`经…会议审议通过`: decided there."""
    before = clause.passage.text[max(clause.start, meeting.clause.start - 1) : meeting.clause.start]
    after = clause.passage.text[meeting.clause.end : meeting.clause.end + 6]
    return before == "经" or bool(_DECIDED.search(after))


def _honour(
    commendation: Commendation, listed: Sequence[Entry | CaseRecord], article: Article
) -> Iterator[Mention | Fact]:
    honour, facts = _node(commendation, article.committee)
    yield from facts
    for record in listed:
        yield record.evidence.fact(record.mention(), "zx:honour", honour, "honour.list")
        yield record.evidence.fact(record.mention(), "zx:listKind", Concept("listKind", "优秀"), "honour.list")


def _node(commendation: Commendation, giver: str | None, called: str = "") -> tuple[Node, list[Fact]]:
    """An honour and what is said of it; `called` is its name where its words are not (`是否优秀`)."""
    label = commendation.label
    year = str(commendation.year[0]) if commendation.year else ""
    called = called or label.text
    name = f"{year}年度{called}" if year else called
    honour = Node("Honour", label.span, (giver or "", name))
    facts = [label.fact(honour, "skos:prefLabel", name, "honour.sentence")]
    if commendation.year:
        facts.append(commendation.year[1].fact(honour, "zx:forYear", Year(commendation.year[0]), "honour.year"))
    if giver:
        by = Mention("Organization", giver, label.span, "")
        facts.append(label.fact(honour, "zx:giver", by, "honour.sentence"))
    for predicate, held in (("zx:decidedAt", commendation.decided), ("zx:conferredAt", commendation.conferred)):
        if held:
            meeting, clause = held
            rule = "honour.decided" if predicate == "zx:decidedAt" else "honour.conferred"
            facts.append(clause.fact(honour, predicate, meeting.clause.mention("Session", meeting.name), rule))
    return honour, facts
