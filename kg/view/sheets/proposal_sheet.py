"""One proposal: its course as far as texts tell it, who and what, and which others are like it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal

from kg.ledger import Row as Proposal
from kg.occasions import ALL, PROPOSAL
from kg.view.cards import literal_text
from kg.view.sections import UNTOLD, Cell, Row, Section, Value, said
from kg.view.sheets.conflicts import conflicts
from kg.view.sheets.material import Material, facts_section
from kg.view.sheets.similar import similar

_IN_COURSE: Final = frozenset(
    {
        "zx:submittedTo", "zx:submittedSince", "zx:status", "zx:mergedInto", "zx:handler", "zx:leadHandler",
        "zx:coHandler", "zx:separateHandler", "zx:supervisor", "zx:reply",
    }
)  # fmt: skip
"""The properties that the course tells."""
_FILED: Final = ("立案", "不予立案", "并案", "撤案")
_ASSIGNED: Final = ("交办", "转办")
_HANDLERS: Final = {
    "主办": ("zx:leadHandler",),
    "会办": ("zx:coHandler",),
    "分办": ("zx:separateHandler",),
    "承办": ("zx:handler",),
}


def proposal_sheet(material: Material, iri: str) -> Iterator[Section]:
    """The sections of a proposal's sheet."""
    course = tuple(_course(material, iri))
    row = material.proposals.get(iri)
    if row is None or row.form in ("", PROPOSAL) or any(what != said(UNTOLD) for _, _, what, _ in course):
        yield Section("办理经过", "course", ("环节", "事项", "内容", "时间"), course)
    facts = [fact for fact in material.card(iri).facts if fact.kind or fact.prop not in _IN_COURSE]
    yield facts_section("基本情况", facts)
    yield conflicts(material, iri)
    yield similar(material, iri)


def _course(material: Material, iri: str) -> Iterator[Row]:
    """Step by step: a step of which no text tells says so, and never that it was not taken."""
    row = material.proposals.get(iri)
    steps = {
        "收到": list(_received(material, iri)),
        "立案": list(_filed(material, iri, row)),
        "交办": list(_assigned(material, iri)),
        "答复": list(_answered(material, iri)),
        "反馈": list(_feedback(material, iri)),
    }
    for step, told in steps.items():
        for item, what, when in told or [((), said(UNTOLD), ())]:
            yield said(step), item, what, when


_Told = tuple[Cell, Cell, Cell]
"""An item, what was done, and when."""


def _received(material: Material, iri: str) -> Iterator[_Told]:
    for prop, item in (("zx:submittedTo", "提交会议"), ("zx:submittedSince", "提交不早于")):
        for session in material.deck.records.links(iri, prop):
            when = _dates(material, session, "schema:startDate") or _dates(material, session, "dcterms:date")
            yield said(item), (material.link(session, prop, of=iri),), when


def _filed(material: Material, iri: str, row: Proposal | None) -> Iterator[_Told]:
    statuses = [v for v in material.links(iri, "zx:status") if v.text in _FILED]
    for status in statuses:
        yield said("办理状态"), (status,), ()
    if not statuses and row and ALL in row.list_kinds:
        for value in material.links(iri, "zx:listKind"):
            if value.text == ALL:
                yield said("列入名单"), (value,), ()
    if into := material.links(iri, "zx:mergedInto"):
        yield said("并入"), into, ()


def _assigned(material: Material, iri: str) -> Iterator[_Told]:
    for status in material.links(iri, "zx:status"):
        if status.text in _ASSIGNED:
            yield said("办理状态"), (status,), ()
    told: set[str] = set()
    for role, props in _HANDLERS.items():
        bodies = [b for prop in props for b in material.deck.records.links(iri, prop) if b not in told]
        told.update(bodies)
        if bodies:
            yield said(role), tuple(material.link(body, *props, "zx:handler", of=iri) for body in bodies), ()
    if supervisors := material.links(iri, "zx:supervisor"):
        yield said("督办"), supervisors, ()


def _answered(material: Material, iri: str) -> Iterator[_Told]:
    for reply in material.deck.records.links(iri, "zx:reply"):
        when = _dates(material, reply, "dcterms:date")
        written, means = material.words(reply, "zx:outcomeAsWritten"), material.links(reply, "zx:outcome")
        if written and {v.text for v in means} != {v.text for v in written}:
            yield said("办理结果原文"), written, when
            when = ()
        if means or not written:
            yield said("办理结果"), means or said(UNTOLD), when


def _feedback(material: Material, iri: str) -> Iterator[_Told]:
    for reply in material.deck.records.links(iri, "zx:reply"):
        if feedback := material.links(reply, "zx:feedback"):
            yield said("提案者反馈"), feedback, ()


def _dates(material: Material, subject: str, prop: str) -> Cell:
    return tuple(
        Value(literal_text(date), None, material.deck.stated((subject, prop, date)))
        for date in material.deck.records.all(subject, prop)
        if isinstance(date, Literal)
    )
