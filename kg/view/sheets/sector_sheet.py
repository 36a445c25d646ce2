"""One sector or other body that proposes: its members, what it and they proposed, what it handles and holds."""

from __future__ import annotations

from collections.abc import Iterator

from kg.view.cards import name_of
from kg.view.sections import Note, Section, Value
from kg.view.sheets import record_tables
from kg.view.sheets.conflicts import conflicts
from kg.view.sheets.material import Material, facts_section

_HANDLES = ("zx:leadHandler", "zx:coHandler", "zx:separateHandler", "zx:handler")
_MEMBERS = ("zx:sector", "zx:party")
_IN_TABLES = frozenset(
    {
        ("zx:proposer", "Proposal"), ("zx:host", "ConsultationCase"), ("zx:onBehalfOf", "Statement"),
        *((prop, "Person") for prop in _MEMBERS), *((prop, "Proposal") for prop in _HANDLES),
    }
)  # fmt: skip
"""The property and the kind of what is told in tables."""


def sector_sheet(material: Material, iri: str) -> Iterator[Section]:
    """The sections of the sheet of a sector or another body."""
    facts = [fact for fact in material.card(iri).facts if (fact.prop, fact.kind) not in _IN_TABLES]
    members = material.who_name(iri, "Person", *_MEMBERS)
    own = material.who_name(iri, "Proposal", "zx:proposer", "zx:firstProposer")
    by_members = [proposal for proposal in material.counted_for(iri) if proposal not in set(own)]
    spoken = [s for member in members for s in material.who_name(member, "Statement", "zx:speaker")]
    spoken += [s for s in material.who_name(iri, "Statement", "zx:onBehalfOf") if s not in spoken]
    yield facts_section("基本情况", facts)
    yield record_tables.proposals(material, "提出的提案", own)
    yield record_tables.proposals(
        material, "所属委员提出的提案", by_members, Note("提案者的席位或党派由文本写明的，才列入。")
    )
    handled = material.who_name(iri, "Proposal", *_HANDLES)
    yield record_tables.proposals(material, "承办的提案", handled, Note("主办、会办、分办合列。"))
    yield record_tables.cases(material, "主办的协商案例", material.who_name(iri, "ConsultationCase", "zx:host"))
    yield _members(material, iri, members)
    yield record_tables.statements(material, "所属人员的发言", spoken)
    yield record_tables.themes(material, "关注的议题", {"提案": [*own, *by_members], "发言": spoken})
    yield conflicts(material, iri)


def _members(material: Material, iri: str, members: list[str]) -> Section:
    """Who sits for it or belongs to it, by name, with their posts."""
    deck = material.deck
    rows = tuple(
        (
            (Value(name_of(deck.records, deck.masks, member), deck.index[member], _belongs(material, member, iri)),),
            tuple(v for fact in material.card(member).facts if fact.prop == "zx:affiliation" for v in fact.values),
            record_tables.count(material, material.who_name(member, "Proposal", "zx:proposer", "zx:firstProposer")),
        )
        for member in members
    )
    notes = (Note("共{n}人", {"n": len(rows)}),) if rows else ()
    return Section("所属人员", "table", ("姓名", "任职", "提案"), rows, notes)


def _belongs(material: Material, member: str, iri: str) -> tuple[int, ...]:
    return material.link(iri, *_MEMBERS, of=member).quotations
