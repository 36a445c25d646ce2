"""Consultation cases: the topic, the body that held it, and the mechanism that this body is an instance of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.background import Background
from kg.clean import HAN
from kg.listing import Record, records
from kg.model import Article, Fact, Mention
from kg.names import Names
from kg.sentences import Clause

_DIVISION = re.compile(rf"^(?:[{HAN}]{{1,6}}?(?:省|市|区|县|街道|镇|乡|社区|村))+")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every case that the article lists or tells of by its title."""
    for record in records(article, background.lexicon.table_columns):
        if record.kind == "ConsultationCase":
            yield from _case(record, article, background)


def _case(record: Record, article: Article, background: Background) -> Iterator[Mention | Fact]:
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
    if record.listed and record.agent:
        yield from _host(case, record.agent, evidence, background)
    if record.listed:
        yield from background.index(case, record.title.text, evidence)


def _host(case: Mention, agent: Clause, evidence: Clause, background: Background) -> Iterator[Mention | Fact]:
    host = agent.mention("Organization")
    yield host
    yield evidence.fact(case, "zx:host", host, "case.host")
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
