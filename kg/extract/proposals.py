"""Proposals: titles with who proposes them, the proposer's kind, the place in the list and the official number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.background import Background
from kg.listing import Record, records
from kg.meetings import Meeting, meetings
from kg.model import Article, Concept, Fact, Mention
from kg.names import Names
from kg.sectors import party_of, said_of, sector_in, term_of
from kg.sentences import Clause, sentences
from kg.wordlist import suffix_kind

_STUDIO = re.compile(r"(?:委员|界别|党派)[^,，、]{0,6}工作室$|委员之家$")
_COMMITTEE = re.compile(r"(?:专门委员会|专委会|提案委|委员会|[文经社科教农民法侨]\w{0,6}委)$")
_GROUP = re.compile(r"(?:小组|活动组|联组|界别组|第[一二三四五六七八九十\d]+组)$")
_AND_OTHERS = re.compile(r"等\s*[\d一二三四五六七八九十]*\s*(?:人|名委员|位委员|委员)?$")
_BETWEEN = re.compile(r"[、,，;；/\s]+")
_KIND_OF_BODY: dict[str, str | None] = {"党组织": None, "群团": "人民团体"}


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every proposal that the article lists or tells of by its title."""
    for record in records(article, background.lexicon.table_columns):
        if record.kind == "Proposal":
            yield from _proposal(record, article, names, background)


def _proposal(record: Record, article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    proposal, row = record.mention(), record.evidence
    rule = "proposal.table" if record.listed else "proposal.told"
    yield proposal
    yield record.title.fact(proposal, "dcterms:title", record.title.text, rule)
    yield row.fact(proposal, "zx:form", Concept("form", "提案"), rule)
    if article.committee:
        yield row.fact(proposal, "zx:committee", _committee(article.committee, record.title), rule)
    if not record.listed:
        return
    for meeting, sentence in _since(article, names):
        said = meeting.clause.mention("Session", meeting.name)
        yield sentence.fact(proposal, "zx:submittedSince", said, "proposal.since")
    if record.position and record.position.text.isdecimal():
        yield row.fact(proposal, "zx:listPosition", int(record.position.text), rule)
    if record.number:
        yield row.fact(proposal, "zx:number", record.number.text, rule)
    if record.agent:
        yield from _proposers(proposal, record.agent, row, article, background)
    yield from background.index(proposal, record.title.text, row)


def _since(article: Article, names: Names) -> Iterator[tuple[Meeting, Clause]]:
    """`…会议以来,…提出了许多提案`: the article's proposals were submitted after that meeting."""
    for block in article.blocks:
        for sentence in sentences(block.passage) if block.kind == "paragraph" else ():
            for meeting in meetings(block.passage, names):
                inside = sentence.start <= meeting.clause.start < sentence.end
                after = block.passage.text.startswith("以来", meeting.clause.end)
                if inside and after and "提案" in sentence.text:
                    yield meeting, sentence


def _committee(name: str, at: Clause) -> Mention:
    """The committee as what the article is about: it need not be named on this very line."""
    return Mention("Organization", name, at.span, "")


def _proposers(
    proposal: Mention, cell: Clause, row: Clause, article: Article, background: Background
) -> Iterator[Mention | Fact]:
    parts = _parts(cell)
    agents = [agent for part in parts for agent in _agent(part, background)]
    kinds = {kind for _, kind in agents if kind}
    joint = len(agents) > 1 or bool(_AND_OTHERS.search(cell.text))
    kind = "委员联名" if kinds == {"委员个人"} and joint else kinds.pop() if len(kinds) == 1 else None
    for mention, _ in agents:
        yield mention
        yield row.fact(proposal, "zx:proposer", mention, "proposer.cell")
    if joint and agents:
        yield row.fact(proposal, "zx:firstProposer", agents[0][0], "proposer.cell")
    if kind:
        yield row.fact(proposal, "zx:proposerKind", Concept("proposerKind", kind), f"proposer-kind.{_RULES[kind]}")
    for part in parts:
        yield from _membership(part, row, article, background)


def _membership(part: Clause, row: Clause, article: Article, background: Background) -> Iterator[Mention | Fact]:
    """What a proposer's own name says of it: a seat's walks of life and term, the party that a body is of."""
    if seat := sector_in(part.text, background.lexicon.sector_types):
        sector = part.mention("Sector", seat.name)
        yield from said_of(sector, seat, row, article.committee, term_of(article))
    elif found := party_of(part.text, background.lexicon.parties):
        party, length = found
        named = Clause(part.passage, part.start, part.start + length).mention("Organization", party.name)
        yield named
        yield row.fact(part.mention("Organization"), "zx:party", named, "party.body")


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
"""Proposer's kind → the name of the recogniser that decides it by the cell's form."""


def _parts(cell: Clause) -> list[Clause]:
    """The several proposers of one cell; a name that holds 、 itself (`经济、农业界`) stays whole."""
    text = _AND_OTHERS.sub("", cell.text)
    if text.endswith(("界", "界别", "界委员")):
        return [Clause(cell.passage, cell.start, cell.start + len(text))]
    parts, start = [], 0
    for between in [*_BETWEEN.finditer(text), None]:
        end = between.start() if between else len(text)
        if end > start:
            parts.append(Clause(cell.passage, cell.start + start, cell.start + end))
        start = between.end() if between else end
    return parts


def _agent(part: Clause, background: Background) -> Iterator[tuple[Mention, str | None]]:
    """One proposer and its kind, by form: a seat, a party's body, a studio, a group, a body, a person."""
    text, lexicon = part.text, background.lexicon
    if sector := sector_in(text, lexicon.sector_types):
        yield part.mention("Sector", sector.name), "界别"
    elif party_of(text, lexicon.parties):
        yield part.mention("Organization"), "党派"
    elif _STUDIO.search(text):
        yield part.mention("Organization"), "委员工作室"
    elif _GROUP.search(text):
        yield part.mention("Organization"), "委员小组"
    elif _COMMITTEE.search(text) and len(text) > 4:
        yield part.mention("Organization"), "专门委员会"
    elif suffix := suffix_kind(text, lexicon.body_suffixes):
        yield part.mention("Organization"), _KIND_OF_BODY.get(suffix)
    elif background.forms.people.is_whole_name(text.removesuffix("委员")) or _rare_name(text, background):
        person = Clause(part.passage, part.start, part.start + len(text.removesuffix("委员")))
        yield person.mention("Person"), "委员个人"


def _rare_name(text: str, background: Background) -> bool:
    """Two or three characters of a proposer's cell that are nothing else and no word: a name of an unlisted surname."""
    return 2 <= len(text) <= 3 and background.forms.people.may_sign(text) and not background.words.known(text)
