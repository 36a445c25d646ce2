"""Meetings of a committee: term, ordinal, kind, the session that a sitting is part of, and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.background import Background
from kg.meetings import Meeting, meetings
from kg.model import Article, Concept, Fact, Mention
from kg.names import Names
from kg.sentences import Clause, around

_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_SECOND_HALF = 7
_WORK_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度")
_UNTIL_SESSION = re.compile(r"[上下]?午?(?:至\d{1,2}日)?[,，]?(?:在[^,，。]{0,12}?[,，]?)?$")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every meeting that is named with its term and ordinal."""
    for block in article.blocks:
        for cell in block.cells:
            for meeting in meetings(cell, names):
                yield from _session(meeting, article)


def _session(meeting: Meeting, article: Article) -> Iterator[Mention | Fact]:
    rule = "session.sitting" if meeting.sitting else "session.name"
    session = meeting.clause.mention("Session", meeting.name)
    yield session
    whole = meeting.whole.mention("Session", meeting.parent)
    evidence = around(meeting.clause.passage, meeting.clause.start, meeting.clause.end)
    if meeting.sitting:
        yield whole
        yield evidence.fact(session, "dcterms:isPartOf", whole, rule)
        yield evidence.fact(session, "zx:meetingKind", Concept("meetingKind", "大会全体会议"), rule)
    yield evidence.fact(whole, "zx:meetingKind", Concept("meetingKind", meeting.kind), "session.name")
    yield evidence.fact(whole, "zx:ordinal", meeting.ordinal, "session.name")
    committee = Mention("Organization", meeting.committee, meeting.clause.span, "")
    for part in dict.fromkeys([whole, session]):
        yield evidence.fact(part, "zx:committee", committee, "session.name")
        yield evidence.fact(part, "zx:term", meeting.term, "session.name")
    if when := _date(meeting.clause, evidence, article):
        yield evidence.fact(session, "dcterms:date", when, "session.date")


def _date(clause: Clause, evidence: Clause, article: Article) -> date | None:
    """The day that stands right before the meeting (`2月2日上午,在…会议上`); without a year it is of the page's."""
    before = evidence.text[: clause.start - evidence.start]
    for match in _DATE.finditer(before):
        year = int(match["year"]) if match["year"] else _year_of(int(match["month"]), article)
        if year and _UNTIL_SESSION.fullmatch(before, match.end()):
            try:
                return date(year, int(match["month"]), int(match["day"]))
            except ValueError:  # `2月30日`: a slip of the text, not a date
                return None
    return None


def _year_of(month: int, article: Article) -> int | None:
    """The page's year; for a day of its second half the year that the article's own work is of.

    A page that plans the year ahead tells of last December's meeting, which honours that year's work (`2024年度`).
    """
    if article.year is None or month < _SECOND_HALF:
        return article.year
    told = {int(m[1]) for block in article.blocks for cell in block.cells for m in _WORK_YEAR.finditer(cell.text)}
    return told.pop() if len(told) == 1 and told <= {article.year, article.year - 1} else None
