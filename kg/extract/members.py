"""Members: whom a committee's lists name, with the seat, the post and what a table's columns say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.background import Background
from kg.member_cells import BLANKS
from kg.model import Article, Fact, Mention, Node, Object
from kg.names import Names
from kg.rosters import Listed, Roster, rosters
from kg.sectors import Seat, said_of
from kg.sentences import Clause


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Everybody whom a list of the committee names."""
    for roster in rosters(article, background):
        for head, seat in roster.seats:
            yield from _sector(head, seat, roster)
        for listed in roster.members:
            yield from _member(listed, roster, names)


def notes(article: Article, background: Background) -> list[str]:
    """The headings whose count is not that of the names below them."""
    return [note for roster in rosters(article, background) for note in roster.notes]


def _sector(head: Clause, seat: Seat, roster: Roster) -> Iterator[Mention | Fact]:
    sector = head.mention("Sector", seat.name)
    yield sector
    yield from said_of(sector, seat, head, roster.committee, roster.term)


def _member(listed: Listed, roster: Roster, names: Names) -> Iterator[Mention | Fact]:
    person = listed.person.mention("Person", BLANKS.sub("", listed.person.text))
    yield person

    def states(subject: Mention | Node, predicate: str, value: Object, rule: str) -> Fact:
        return Fact(subject, predicate, value, listed.evidence, rule, listed.reading)

    if listed.seat and not roster.leaves:
        head, seat = listed.seat
        yield from _sector(head, seat, roster)
        yield states(person, "zx:sector", head.mention("Sector", seat.name), "member.seat")
    for words, party in listed.parties:
        named = words.mention("Organization", party.name)
        yield named
        yield states(person, "zx:party", named, "member.party")
    for role in listed.roles if roster.decided or not roster.leaves else ():
        body = Mention("Organization", roster.body, role.span, "") if roster.body else None
        post = Node("Affiliation", role.span, (person.name, role.text, roster.body or ""))
        yield from _affiliation(post, role.text, role.text, body, states, person)
        if roster.decided and (roster.leaves or roster.joins):
            edge = "schema:endDate" if roster.leaves else "schema:startDate"
            yield states(post, edge, roster.decided, "member.post")
    for office in listed.offices:
        body = office.body.mention("Organization", _full_name(office.body, names)) if office.body else None
        post = Node("Affiliation", office.post.span, (person.name, office.post.text, body.name if body else ""))
        if body:
            yield body
        yield from _affiliation(post, office.written.text, office.post.text, body, states, person)


def _affiliation(
    post: Node, role: str, word: str, body: Mention | None, states: Callable[..., Fact], person: Mention
) -> Iterator[Fact]:
    yield states(person, "zx:affiliation", post, "member.post")
    yield states(post, "zx:role", role, "member.post")
    yield states(post, "zx:post", word, "member.post")
    if body:
        yield states(post, "org:organization", body, "member.post")


def _full_name(body: Clause, names: Names) -> str:
    """The body's full name where the text names it as one (`区教育局`)."""
    same = (n.full for n in names.of(body.passage, "Organization") if (n.start, n.end) == (body.start, body.end))
    return next(same, body.text)
