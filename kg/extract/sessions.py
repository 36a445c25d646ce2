"""Meetings of a committee or a party: term, ordinal, kind, the session that a sitting is part of, and dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.consultations import places_of
from kg.dates import Calendar, Dated
from kg.meetings import Event, events
from kg.model import Article, Concept, Fact, Mention, Month
from kg.names import Names
from kg.sentences import Clause, around, sentences

_TODAY = re.compile("今[天日]")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every meeting that is named with its number, and those without one that are told as held."""
    calendar, found = Calendar(article), events(article, names, background.lexicon)
    forms = {w: t.id for t in background.lexicon.consultation_forms for w in (t.id, *t.aliases)}
    dates = [fact for event in found for fact in _dates(event, calendar)]
    for event in found:
        yield from _session(event, article)
        if event.called in forms:
            form = Concept("consultationForm", forms[event.called])
            yield _evidence(event).fact(_mention(event), "zx:consultationForm", form, "session.kind")
    yield from _places(found, names)
    yield from _first_of_each(dates) if dates else _of_the_day(article, found, calendar)


def _mention(event: Event) -> Mention:
    return event.meeting.clause.mention("Session", event.meeting.name)


def _evidence(event: Event) -> Clause:
    clause = event.meeting.clause
    return around(clause.passage, clause.start, clause.end)


def _rule(event: Event) -> str:
    if event.called:
        return "session.kind"
    return "session.name" if event.meeting.of_committee else "session.party"


def _session(event: Event, article: Article) -> Iterator[Mention | Fact]:
    meeting, session, evidence, rule = event.meeting, _mention(event), _evidence(event), _rule(event)
    yield session
    whole = meeting.whole.mention("Session", meeting.parent)
    if meeting.sitting:
        yield whole
        yield evidence.fact(session, "dcterms:isPartOf", whole, "session.sitting")
        kind = Concept("meetingKind", "大会全体会议")
        yield evidence.fact(session, "zx:meetingKind", kind, "session.sitting")
    yield evidence.fact(whole, "zx:meetingKind", Concept("meetingKind", meeting.kind), rule)
    if meeting.ordinal:
        yield evidence.fact(whole, "zx:ordinal", meeting.ordinal, rule)
    for part in dict.fromkeys([whole, session]):
        if meeting.of_committee:
            committee = Mention("Organization", meeting.committee, meeting.clause.span, "")
            yield evidence.fact(part, "zx:committee", committee, rule)
        if meeting.term:
            yield evidence.fact(part, "zx:term", meeting.term, rule)


def _places(found: Sequence[Event], names: Names) -> Iterator[Mention | Fact]:
    """Where a meeting was held, where its sentence tells of no other: `某会在某街道召开`."""
    alone = Counter(_evidence(event).span for event in found)
    for event in found:
        evidence = _evidence(event)
        for place in places_of(evidence, names) if alone[evidence.span] == 1 else ():
            yield place
            yield evidence.fact(_mention(event), "zx:place", place, "session.place")


def _dates(event: Event, calendar: Calendar) -> Iterator[Fact]:
    """When it was held, where the sentence dates it; of a meeting of several days its opening or its close alone."""
    evidence = _evidence(event)
    held = calendar.of(event.meeting.clause, evidence)
    if held is None:
        return
    session, dated = _mention(event), held.dated
    if dated.last is not None:
        yield evidence.fact(session, "schema:startDate", dated.first, "session.date")
        yield evidence.fact(session, "schema:endDate", dated.last, "session.date")
    else:
        part = held.part if not event.meeting.sitting and not event.called else ""
        predicate = {"start": "schema:startDate", "end": "schema:endDate"}.get(part, "dcterms:date")
        yield evidence.fact(session, predicate, dated.first, "session.date")


def _first_of_each(dates: Sequence[Fact]) -> Iterator[Fact]:
    """One date of each kind a session: the nearest, of those the first; a text that gives two tells of two sittings."""
    exact = sorted(dates, key=lambda f: isinstance(f.object, Month))
    chosen: dict[tuple[str, str], Fact] = {}
    for fact in exact:
        if isinstance(fact.subject, Mention):
            chosen.setdefault((fact.subject.name, fact.predicate), fact)
    for (name, predicate), fact in chosen.items():
        if predicate != "dcterms:date" or (name, "schema:startDate") not in chosen:
            yield fact


def _of_the_day(article: Article, found: Sequence[Event], calendar: Calendar) -> Iterator[Fact]:
    """The day of a report of the day: it tells of `今天`, is about one meeting, and has one full date.

    The date must begin a sentence, as the day of what is told does; that of a law or an anniversary stands further in.
    """
    told = {e.meeting.name for e in found}
    about = [e for e in found if e.heading]
    cells = [cell for block in article.blocks for cell in block.cells if cell.text]
    if len(told) != 1 or not about or not any(_TODAY.search(cell.text) for cell in cells):
        return
    days = [(dated, clause) for cell in cells for clause in sentences(cell) for dated in _full(clause, calendar)]
    if len({dated.first for dated, _ in days}) == 1 and days[0][0].start == 0:
        yield days[0][1].fact(_mention(about[0]), "dcterms:date", days[0][0].first, "session.date")


def _full(clause: Clause, calendar: Calendar) -> list[Dated]:
    """The dates of a sentence that have their year on the spot."""
    return [d for d in calendar.dated(clause.text) if re.match(r"\d{4}年\d{1,2}月\d{1,2}日", clause.text[d.start :])]
