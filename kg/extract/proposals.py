"""Proposals: titles with who proposes them, the proposer's kind, the place in the list and the official number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.docket import Entry, entries
from kg.docket.agents import Agent
from kg.meetings.numbered import Meeting, meetings
from kg.model import Article, Concept, Fact, Mention
from kg.names import Names
from kg.sectors import Seat, party_of, said_of, sector_in, term_of
from kg.sentences import Clause, sentences

_HONOURED = re.compile(r"优秀|表彰|表扬|好提案|十佳|精品")
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
    for entry in found:
        yield from _proposal(entry, article, background)
        yield from _submitted(entry, since, names)


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
    yield from background.index(proposal, entry.title.text, words)


# -- when -------------------------------------------------------------------------------------------------------------
def _submitted(entry: Entry, since: Sequence[tuple[Meeting, Clause]], names: Names) -> Iterator[Mention | Fact]:
    """The meeting that it was submitted to, where a text says so; for a list of honours only that it was since one."""
    proposal = entry.mention()
    if told := entry.submitted_to or _of_list(entry, names):
        meeting, words = told
        yield words.fact(
            proposal, "zx:submittedTo", meeting.clause.mention("Session", meeting.name), "proposal.session"
        )
    elif entry.listed:
        for meeting, sentence in since:
            said = meeting.clause.mention("Session", meeting.name)
            yield sentence.fact(proposal, "zx:submittedSince", said, "proposal.since")


def _of_list(entry: Entry, names: Names) -> tuple[Meeting, Clause] | None:
    """The meeting in the list's own heading (`区政协三届三次会议提案目录`), where the list honours nothing."""
    for passage in entry.above[:2] if entry.listed else ():
        found = meetings(passage, names) if "提案" in passage.text else []
        if found and not _HONOURED.search(passage.text) and "。" not in passage.text:
            return found[0], Clause(passage, 0, len(passage.text))
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
    if who.joint and who.named:
        yield words.fact(proposal, "zx:firstProposer", who.named[0].mention, rule)
    if who.kind and entry.form == "提案":
        kind = Concept("proposerKind", who.kind)
        yield words.fact(proposal, "zx:proposerKind", kind, f"proposer-kind.{_RULES[who.kind]}")
    for agent in who.named:
        yield from _membership(agent, words, article, background)
    yield from _seat(entry, article, background)


def _seat(entry: Entry, article: Article, background: Background) -> Iterator[Mention | Fact]:
    """The seat of a member, where a column beside the only proposer's name gives it."""
    seats = [clause for _, clause in entry.said("seat")]
    people = [agent.mention for agent in entry.agents.named if agent.mention.kind == "Person"]
    if len(seats) != 1 or len(people) != len(entry.agents.named) or len(people) != 1 or entry.agents.others:
        return
    words = seats[0]
    name = words.text if words.text.endswith(("界", "界别")) else f"{words.text}界"
    seat = sector_in(name, background.lexicon.sector_types)
    if seat and seat.types:
        sector = words.mention("Sector", seat.name)
        yield sector
        yield entry.evidence.fact(people[0], "zx:sector", sector, "proposer.seat")
        yield from said_of(sector, seat, words, article.committee, term_of(article))


def _membership(agent: Agent, words: Clause, article: Article, background: Background) -> Iterator[Mention | Fact]:
    """What a proposer's own name says of it: a seat's walks of life and term, the party that a body is of."""
    part = agent.clause
    if agent.mention.kind == "Sector":
        seat = sector_in(part.text, background.lexicon.sector_types) or Seat(agent.mention.name, ())
        yield from said_of(agent.mention, seat, words, article.committee, term_of(article))
    elif agent.mention.kind == "Organization" and (found := party_of(part.text, background.lexicon.parties)):
        party, length = found
        named = Clause(part.passage, part.start, part.start + length).mention("Organization", party.name)
        yield named
        yield words.fact(agent.mention, "zx:party", named, "party.body")


def _committee(name: str, at: Clause) -> Mention:
    """The committee as what the article is about: it need not be named on this very line."""
    return Mention("Organization", name, at.span, "")
