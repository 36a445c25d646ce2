"""Proposals: titles with who proposes them, the proposer's kind, the place in the list and the official number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.docket import Entry, entries, session_in
from kg.docket.agents import Agent
from kg.meetings.numbered import Meeting, meetings
from kg.model import Article, Concept, Fact, Mention, Span
from kg.names import Names
from kg.sectors import Seat, party_of, said_of, sector_in, term_of
from kg.sentences import Clause, sentences, whole

_HONOURED = re.compile(r"优秀|表彰|表扬|好提案|十佳|精品")
_CATEGORIES = {
    "经济": "经济建设",
    "政治": "政治建设",
    "文化": "文化建设",
    "社会": "社会建设",
    "生态文明": "生态文明建设",
    "生态": "生态文明建设",
    "其他": "其他",
    "其它": "其他",
}
_CATEGORY = re.compile(rf"(?P<of>{'|'.join(_CATEGORIES)})(?:建设)?(?:方面|领域)?类?(?:的)?(?:提案)?")
_RULES = {
    "委员个人": "person",
    "委员联名": "joint",
    "党派": "party",
    "人民团体": "people-s-organisation",
    "界别": "sector",
    "委员小组": "group",
    "专门委员会": "committee",
    "委员工作室": "studio",
}
"""Proposer's kind → the name of the recogniser that decides it by the proposer's form."""


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every proposal that the article lists, answers or tells of by its title."""
    found = entries(article, names, background)
    since = list(_since(article, names)) if found else []
    told: set[str] = set()
    for entry in found:
        yield from _proposal(entry, article, background)
        yield from _submitted(entry, since, names, told)


def _rule(entry: Entry) -> str:
    if entry.letter:
        return "proposal.answered"
    return "proposal.table" if entry.listed else "proposal.told"


def _proposal(entry: Entry, article: Article, background: Background) -> Iterator[Mention | Fact]:
    proposal, words, rule = entry.mention(), entry.evidence, _rule(entry)
    yield proposal
    yield entry.title.fact(proposal, "dcterms:title", entry.title.text, rule)
    yield words.fact(proposal, "zx:form", Concept("form", entry.form), rule)
    if article.committee and entry.form != "人大代表建议":
        yield words.fact(proposal, "zx:committee", _committee(article.committee, entry.title), rule)
    if entry.position:
        yield words.fact(proposal, "zx:listPosition", entry.position, rule)
    if entry.number:
        yield entry.number.fact(proposal, "zx:number", "".join(entry.number.text.split()), "proposal.number")
    yield from _proposers(entry, article, background)
    category = category_of(entry)
    for fact in background.index(proposal, entry.title.text, words):
        if category is None or fact.predicate != "zx:category":  # as written wins
            yield fact
    if category:
        label, said = category
        yield said.fact(proposal, "zx:category", Concept("category", label), "category.as-written")


def category_of(entry: Entry) -> tuple[str, Clause] | None:
    """The category (五位一体) that a column, or the heading of a list's part, says, and the words.

    A word that another scheme may share (`社会`, beside `科教文卫`) counts where all the words of its column are of the
    五位一体.
    """
    if entry.category is None:
        return None
    found = _CATEGORY.fullmatch(entry.category.text)
    return (_CATEGORIES[found["of"]], entry.category) if found else None


# -- when -------------------------------------------------------------------------------------------------------------
def _submitted(
    entry: Entry, since: Sequence[tuple[Meeting, Clause]], names: Names, told: set[str]
) -> Iterator[Mention | Fact]:
    """The meeting that it was submitted to, where a text says so; for a list of honours only that it was since one.

    `told` are the meetings of which was said what their numbers say.
    """
    proposal = entry.mention()
    if of := entry.submitted_to or _of_list(entry, names):
        meeting, words = of
        session = meeting.clause.mention("Session", meeting.name)
        yield words.fact(proposal, "zx:submittedTo", session, "proposal.session")
        if meeting.name not in told and "政协" not in meeting.clause.text:
            yield from _numbered(meeting, session)
        told.add(meeting.name)
    elif entry.listed:
        for meeting, sentence in since:
            said = meeting.clause.mention("Session", meeting.name)
            yield sentence.fact(proposal, "zx:submittedSince", said, "proposal.since")


def _numbered(meeting: Meeting, session: Mention) -> Iterator[Mention | Fact]:
    """What its numbers say of a meeting that no text names in full."""
    words = meeting.clause
    yield session
    yield words.fact(session, "zx:meetingKind", Concept("meetingKind", meeting.kind), "proposal.session")
    yield words.fact(session, "zx:committee", _committee(meeting.committee, words), "proposal.session")
    for predicate, number in (("zx:term", meeting.term), ("zx:ordinal", meeting.ordinal)):
        if number:
            yield words.fact(session, predicate, number, "proposal.session")


def _of_list(entry: Entry, names: Names) -> tuple[Meeting, Clause] | None:
    """The meeting in the list's own heading (`区政协三届三次会议提案目录`), where the list honours nothing."""
    headings = [p for p in entry.above if "提案" in p.text][:2] if entry.listed else []
    for passage in headings:
        if _HONOURED.search(passage.text) or "。" in passage.text:
            continue
        found = meetings(passage, names)
        meeting = found[0] if found else session_in(whole(passage), names, alone=False)
        if meeting:
            return meeting, whole(passage)
    return None


def _since(article: Article, names: Names) -> Iterator[tuple[Meeting, Clause]]:
    """`…会议以来,…提出了许多提案`: the article's proposals were submitted after that meeting."""
    for block in article.blocks:
        for sentence in sentences(block.passage) if block.kind == "paragraph" else ():
            for meeting in meetings(block.passage, names):
                inside = sentence.start <= meeting.clause.start < sentence.end
                after = block.passage.text.startswith("以来", meeting.clause.end)
                if inside and after and "提案" in sentence.text:
                    yield meeting, sentence


# -- who --------------------------------------------------------------------------------------------------------------
def _proposers(entry: Entry, article: Article, background: Background) -> Iterator[Mention | Fact]:
    proposal, words, who = entry.mention(), entry.evidence, entry.agents
    rule = "proposer.cell" if entry.listed else "proposer.told"
    for agent in who.named:
        yield agent.mention
        yield words.fact(proposal, "zx:proposer", agent.mention, rule)
    if who.named and (who.joint or entry.led):
        yield words.fact(proposal, "zx:firstProposer", who.named[0].mention, rule)
    if who.kind and entry.form == "提案":
        kind = Concept("proposerKind", who.kind)
        yield words.fact(proposal, "zx:proposerKind", kind, f"proposer-kind.{_RULES[who.kind]}")
    for agent in who.named:
        yield from _membership(agent, entry, article, background)
    yield from _seats(entry, article, background)
    yield from _parties(entry, background)


def _beside(entry: Entry, role: str) -> list[tuple[Mention, Clause]]:
    """The people whom a column names and the words in the column beside that are theirs: as many as there are people.

    The words of a column of `甲、乙` are parted as the names are; one word for two people is nobody's for certain.
    """
    own = entry.own or entry.agents
    people = [agent.mention for agent in own.named if agent.mention.kind == "Person"]
    said = [clause for _, clause in entry.said(role)]
    if len(people) != len(own.named) or own.others or not own.whole or len(said) != 1:
        return []
    words = said[0]
    parts = [words]
    if len(people) > 1:
        found = [m.span() for m in re.finditer(r"[^、,，;；/\s]+", words.text)]
        parts = [Clause(words.passage, words.start + start, words.start + end) for start, end in found]
    return list(zip(people, parts, strict=True)) if len(people) == len(parts) else []


def _seats(entry: Entry, article: Article, background: Background) -> Iterator[Mention | Fact]:
    """The seats of the members who propose, where a column beside their names gives them."""
    for person, words in _beside(entry, "seat"):
        name = words.text if words.text.endswith(("界", "界别")) else f"{words.text}界"
        seat = sector_in(name, background.lexicon.sector_types)
        if seat and seat.types:
            sector = words.mention("Sector", seat.name)
            yield sector
            yield entry.evidence.fact(person, "zx:sector", sector, "proposer.seat")
            yield from said_of(sector, seat, words, article.committee, _term(entry, article))


def _parties(entry: Entry, background: Background) -> Iterator[Mention | Fact]:
    """The democratic parties of the members who propose, where a column beside their names gives them."""
    for person, words in _beside(entry, "party"):
        found = list(background.members.parties(words))
        if len(found) == 1:
            where, party = found[0]
            named = where.mention("Organization", party.name)
            yield named
            yield entry.evidence.fact(person, "zx:party", named, "proposer.party")


def _term(entry: Entry, article: Article) -> tuple[int, Span, str] | None:
    """The term of a seat that proposes: the text's, else that of the meeting which the row names."""
    if entry.submitted_to is None or article.term:
        return term_of(article)
    meeting, words = entry.submitted_to
    of_committee = meeting.committee == article.committee and meeting.term
    return (meeting.term, words.span, words.text) if of_committee and meeting.term else None


def _membership(agent: Agent, entry: Entry, article: Article, background: Background) -> Iterator[Mention | Fact]:
    """What a proposer's own name says of it: a seat's walks of life and term, the party that a body is of."""
    part, words = agent.clause, entry.evidence
    if agent.mention.kind == "Sector":
        seat = sector_in(part.text, background.lexicon.sector_types) or Seat(agent.mention.name, ())
        yield from said_of(agent.mention, seat, words, article.committee, _term(entry, article))
    elif agent.mention.kind == "Organization" and (found := party_of(part.text, background.lexicon.parties)):
        party, length = found
        named = Clause(part.passage, part.start, part.start + length).mention("Organization", party.name)
        yield named
        yield words.fact(agent.mention, "zx:party", named, "party.body")


def _committee(name: str, at: Clause) -> Mention:
    """The committee as what the article is about: it need not be named on this very line."""
    return Mention("Organization", name, at.span, "")
