"""Members: whom a committee's lists name, with the seat, the post and what a table's columns say."""

from __future__ import annotations

from collections.abc import Iterator

from kg.background import Background
from kg.model import Article, Fact, Mention, Node, Object
from kg.names import Names
from kg.rosters import Listed, Roster, rosters
from kg.sectors import said_of
from kg.sentences import Clause


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Everybody whom a list of the committee names."""
    for roster in rosters(article, names, background):
        for listed in roster.members:
            yield from _member(listed, roster, names)


def notes(article: Article, names: Names, background: Background) -> list[str]:
    """The headings whose count is not that of the names below them."""
    return [note for roster in rosters(article, names, background) for note in roster.notes]


def _member(listed: Listed, roster: Roster, names: Names) -> Iterator[Mention | Fact]:
    person = listed.person.mention("Person")
    yield person

    def states(subject: Mention | Node, predicate: str, value: Object, rule: str) -> Fact:
        return Fact(subject, predicate, value, listed.evidence, rule, listed.reading)

    if listed.seat and not roster.leaves:
        head, seat = listed.seat
        sector = head.mention("Sector", seat.name)
        yield sector
        yield from said_of(sector, seat, head, roster.committee, roster.term)
        yield states(person, "zx:sector", sector, "member.seat")
    for words, party in listed.parties:
        named = words.mention("Organization", party.name)
        yield named
        yield states(person, "zx:party", named, "member.party")
    for role in listed.roles if roster.decided or not roster.leaves else ():
        post = Node("Affiliation", role.span, (person.name, role.text, roster.committee or ""))
        yield states(person, "zx:affiliation", post, "member.post")
        yield states(post, "zx:role", role.text, "member.post")
        if roster.committee:
            committee = Mention("Organization", roster.committee, role.span, "")
            yield states(post, "org:organization", committee, "member.post")
        if roster.decided and (roster.leaves or roster.joins):
            edge = "schema:endDate" if roster.leaves else "schema:startDate"
            yield states(post, edge, roster.decided, "member.post")
    for holding in listed.holdings:
        body = holding.body
        post = Node("Affiliation", holding.role.span, (person.name, holding.role.text, body.text if body else ""))
        yield states(person, "zx:affiliation", post, "member.post")
        yield states(post, "zx:role", holding.role.text, "member.post")
        if body:
            organisation = body.mention("Organization", _full_name(body, names))
            yield organisation
            yield states(post, "org:organization", organisation, "member.post")


def _full_name(body: Clause, names: Names) -> str:
    """The body's full name where the text names it as one (`区教育局`)."""
    same = (n.full for n in names.of(body.passage, "Organization") if (n.start, n.end) == (body.start, body.end))
    return next(same, body.text)
