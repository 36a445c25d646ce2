"""Consultation cases: the topic, the body that held it, and the mechanism that this body is an instance of.

Cases stand in lists by their title, or prose tells of a consultation and its topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.background import Background
from kg.case_lists import CaseRecord, case_records
from kg.clean import HAN
from kg.consultations import Consultation, Host, consultations, places_of
from kg.dates import Calendar
from kg.meetings import events
from kg.model import Article, Concept, Fact, Mention
from kg.names import Names
from kg.sentences import Clause

_DIVISION = re.compile(rf"^(?:[{HAN}]{{1,6}}?(?:省|市|区|县|街道|镇|乡|社区|村))+")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every case that the article lists or tells of by its title, and every consultation that it tells of."""
    for record in case_records(article, background.lexicon.initiative_suffixes):
        yield from _case(record, article, background)
    calendar = Calendar(article)
    for told in consultations(article, names, background.lexicon, events(article, names, background.lexicon)):
        yield from _held(told, article, names, background, calendar)
        yield from background.index(told.topic.mention("ConsultationCase"), told.topic.text, told.evidence)


def _held(
    told: Consultation, article: Article, names: Names, background: Background, calendar: Calendar
) -> Iterator[Mention | Fact]:
    """A consultation that prose tells of."""
    case, evidence = told.topic.mention("ConsultationCase"), told.evidence
    yield case
    yield told.topic.fact(case, "dcterms:title", told.topic.text, "case.held")
    committee = told.event.meeting.committee if told.event and told.event.meeting.of_committee else article.committee
    if committee:
        yield evidence.fact(case, "zx:committee", Mention("Organization", committee, case.span, ""), "case.held")
    if told.form:
        yield evidence.fact(case, "zx:consultationForm", Concept("consultationForm", told.form), "case.held")
    if told.host:
        yield from _held_by(case, told.host, evidence, background)
    when = calendar.of(_dated(told), evidence)
    if when and when.dated.last is None:
        yield evidence.fact(case, "dcterms:date", when.dated.first, "case.held")
    for place in places_of(told.evidence, names):
        yield place
        yield evidence.fact(case, "zx:place", place, "case.held")


def _held_by(case: Mention, host: Host, evidence: Clause, background: Background) -> Iterator[Mention | Fact]:
    yield host.mention()
    yield evidence.fact(case, "zx:host", host.mention(), "case.held-host")
    if host.named and "政协" not in host.name:
        yield from _instance(host.clause, evidence, background)


def _dated(told: Consultation) -> Clause:
    """The words that a day would stand beside: the meeting's, else the host's."""
    if told.event:
        return told.event.meeting.clause
    return told.host.clause if told.host and told.host.named else told.topic


def _case(record: CaseRecord, article: Article, background: Background) -> Iterator[Mention | Fact]:
    case, evidence = record.mention(), record.evidence
    rule = "case.list" if record.listed else "case.told"
    yield case
    yield record.title.fact(case, "dcterms:title", record.title.text, rule)
    if article.committee:
        yield evidence.fact(case, "zx:committee", Mention("Organization", article.committee, case.span, ""), rule)
    if record.order:
        yield evidence.fact(case, "zx:listPosition", record.order, rule)
    if record.truncated:
        yield record.title.fact(case, "zx:truncated", True, rule)
    if record.listed and record.host:
        yield from _host(case, record.host, evidence, background)
    if record.listed:
        yield from background.index(case, record.title.text, evidence)


def _host(case: Mention, agent: Clause, evidence: Clause, background: Background) -> Iterator[Mention | Fact]:
    host = agent.mention("Organization")
    yield host
    yield evidence.fact(case, "zx:host", host, "case.host")
    yield from _instance(agent, evidence, background)


def _instance(agent: Clause, evidence: Clause, background: Background) -> Iterator[Mention | Fact]:
    """Where a host is at home, and the mechanism that it is an instance of: 某街道民生议事堂."""
    host = agent.mention("Organization")
    division = _DIVISION.match(agent.text)
    if not division:
        return
    places = list(re.finditer(rf"[{HAN}]{{1,6}}?(?:省|市|区|县|街道|镇|乡|社区|村)", division.group()))
    if places:
        place = Clause(agent.passage, agent.start + places[-1].start(), agent.start + places[-1].end())
        yield place.mention("Place")
        yield evidence.fact(host, "zx:place", place.mention("Place"), "case.host-place")
    own = Clause(agent.passage, agent.start + division.end(), agent.end)
    suffixes = [s for s in background.lexicon.initiative_suffixes if own.text.endswith(s.id)]
    if len(own.text) >= 3 and suffixes:
        mechanism = own.mention("Initiative")
        yield mechanism
        yield evidence.fact(host, "zx:mechanism", mechanism, "case.mechanism")
