"""Decisions on posts: who was appointed, elected or added to a body, who was removed or resigned, and on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.affiliations import affiliation
from kg.background import Background
from kg.model import Article, Fact, Mention, Name, Passage
from kg.names import Names
from kg.sentences import Clause, around

_APPOINTS = re.compile(r"(?<!拟)(?<!提名)(?<!建议)(?:任命|聘任|聘请|选举|补选|增选|推选|推举|增补)[:：]?$")
_AS = re.compile(r"(?:同志|委员)?(?:等\d*[名位]?(?:同志|人|委员)?)?(?:分别)?为(?P<posts>[^，,。；;：:]{2,60})")
_REMOVES = re.compile(r"(?<!拟)(?<!建议)(?:免去|撤销|罢免|免除|接受)[:：]?$")
_FROM = re.compile(
    r"(?:同志|委员)?(?:等\d*[名位]?(?:同志|人)?)?(?:因[^，,。；;]{1,16}?(?=提出|辞))?(?:提出的?|关于)?(?:辞去|的|辞)?(?:其)?"
    r"(?P<posts>[^，,。；;：:]{2,60}?)(?:等?职务|的(?:请求|申请|辞呈)|(?=[，,。；;]|$))"
)
_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """The posts that a decision gives people, each from its day on, and those that it takes from them."""
    for block in article.blocks:
        for cell in block.cells if block.kind not in {"row", "byline"} else ():
            for people in background.posts.lists(cell, names):
                yield from _decided(people, cell, names, background)


def _decided(
    people: Sequence[Name], passage: Passage, names: Names, background: Background
) -> Iterator[Mention | Fact]:
    """What is decided of the people of one list: `任命甲、乙为某某局局长`, `免去甲的某某局局长职务`."""
    text = passage.text
    before = text[: people[0].start]
    joins, leaves = _APPOINTS.search(before), _REMOVES.search(before)
    told = (_AS if joins else _FROM).match(text, people[-1].end) if joins or leaves else None
    if told is None:
        return
    evidence = around(passage, people[0].start, told.end())
    day = _day(evidence.text)
    rule = "post.appointed" if joins else "post.removed"
    holdings, _ = background.posts.every(*told.span("posts"), passage, names)
    for person in people:
        mention = Clause(passage, person.start, person.end).mention("Person", person.full)
        for holding in holdings:
            start, end = (day, None) if joins else (None, day)
            yield from affiliation(mention, holding, evidence, rule, names, start=start, end=end)


def _day(text: str) -> date | None:
    """The only day that a sentence names in full."""
    days = set(_DAY.findall(text))
    if len(days) != 1:
        return None
    try:
        return date(*map(int, days.pop()))
    except ValueError:  # `2月30日`
        return None
