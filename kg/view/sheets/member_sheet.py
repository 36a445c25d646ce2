"""One person: seat and posts, what they proposed and said, for what they were honoured; on a page to print."""

from __future__ import annotations

from collections.abc import Iterator

from kg.view.sections import Section
from kg.view.sheets import record_tables
from kg.view.sheets.conflicts import conflicts
from kg.view.sheets.material import Material, facts_section

_IN_TABLES = frozenset({("zx:proposer", "Proposal"), ("zx:speaker", "Statement")})
"""The property and the kind of what is told in tables."""


def member_sheet(material: Material, iri: str) -> Iterator[Section]:
    """The sections of a person's sheet."""
    facts = [fact for fact in material.card(iri).facts if (fact.prop, fact.kind) not in _IN_TABLES]
    proposed = material.who_name(iri, "Proposal", "zx:proposer", "zx:firstProposer")
    spoken = material.who_name(iri, "Statement", "zx:speaker")
    yield facts_section("基本情况", facts)
    yield record_tables.proposals(material, "提出的提案", proposed)
    yield record_tables.statements(material, "发言", spoken, speakers=False)
    yield record_tables.themes(material, "关注的议题", {"提案": proposed, "发言": spoken})
    yield conflicts(material, iri)
