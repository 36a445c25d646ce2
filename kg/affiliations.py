"""The facts of a person's post: as written, its bare word, whose it is, and from when to when it was held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kg.clean import HAN
from kg.model import Fact, Mention, Month, Node, Object, Year
from kg.names import Names
from kg.posts import Holding
from kg.sentences import Clause

Day = Year | Month | date
"""A time as precise as a text gives it."""
_DAYS = ("schema:startDate", "schema:endDate")
_DIVISION = re.compile(rf"^[{HAN}]{{1,5}}?(?:[省市区县州旗镇乡]|街道)")
_GRASS_ROOTS = ("街道", "社区", "村", "镇", "乡")
"""Places that are named for the bodies that run them."""


def affiliation(
    person: Mention,
    holding: Holding,
    evidence: Clause,
    rule: str,
    names: Names,
    *,
    start: Day | None = None,
    end: Day | None = None,
) -> Iterator[Mention | Fact]:
    """The facts of a person's post: as written, its bare word, whose it is, and from when to when it was held."""
    of = _whose(holding, names)
    post = Node("Affiliation", holding.role.span, (person.name, holding.word, of.name if of else ""))
    yield evidence.fact(person, "zx:affiliation", post, rule)
    yield evidence.fact(post, "zx:role", holding.written.text, rule)
    yield evidence.fact(post, "zx:post", holding.word, rule)
    if of:
        yield of
        yield evidence.fact(post, "zx:place" if of.kind == "Place" else "org:organization", of, rule)
    for predicate, day in (("schema:startDate", start), ("schema:endDate", end)):
        if day:
            yield evidence.fact(post, predicate, day, rule)


def settled(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of a text, each post with one role and one time.

    Of a role written in several ways (`委员`, `区政协委员`) the fullest stays; a post of several times has no date.
    """
    listed = list(facts)
    roles: dict[tuple[str, ...], str] = {}
    days: dict[tuple[str, ...], set[Object]] = defaultdict(set)
    for fact in listed:
        if isinstance(fact.subject, Node) and fact.predicate == "zx:role":
            roles[fact.subject.parts] = max(roles.get(fact.subject.parts, ""), str(fact.object), key=len)
        elif isinstance(fact.subject, Node) and fact.predicate in _DAYS:
            days[(*fact.subject.parts, fact.predicate)].add(fact.object)
    several = {post[:-1] for post, told in days.items() if len(told) > 1}

    def stays(fact: Fact) -> bool:
        if not isinstance(fact.subject, Node) or fact.subject.kind != "Affiliation":
            return True
        post = fact.subject.parts
        return not (
            (fact.predicate == "zx:role" and fact.object != roles[post])
            or (fact.predicate in _DAYS and post in several)
        )

    return tuple(f for f in listed if stays(f))


def _whose(holding: Holding, names: Names) -> Mention | None:
    """The body or the place of a post, by its full name where the text has one (`区政协`)."""
    body = holding.body
    if body is None:
        return None
    place = next((n for n in reversed(names.of(body.passage, "Place")) if n.end == body.end), None)
    if place and not place.text.endswith(_GRASS_ROOTS):
        return Clause(body.passage, place.start, place.end).mention("Place", place.full)
    last = next((n for n in reversed(names.of(body.passage, "Organization")) if n.end == body.end), None)
    says_where = last and (last.start == body.start or (last.start > body.start and _DIVISION.match(last.full)))
    return body.mention("Organization", last.full if last and says_where else holding.body_name)
