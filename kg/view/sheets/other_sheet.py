"""Whatever has no sheet of its own: its facts, and a meeting's proposals in a table."""

from __future__ import annotations

from collections.abc import Iterator

from kg.view.sections import Section
from kg.view.sheets import record_tables
from kg.view.sheets.conflicts import conflicts
from kg.view.sheets.material import Material, facts_section

_PROPOSALS = ("zx:submittedTo", "zx:submittedSince", "zx:honour")
_IN_TABLES = frozenset((prop, "Proposal") for prop in _PROPOSALS)


def other_sheet(material: Material, iri: str) -> Iterator[Section]:
    """The sections of a meeting, an honour, a case, a task, a statement, a place or a brand."""
    yield facts_section("基本情况", [f for f in material.card(iri).facts if (f.prop, f.kind) not in _IN_TABLES])
    for title, prop in zip(("提交的提案", "此后提交的提案", "受表彰的提案"), _PROPOSALS, strict=True):
        yield record_tables.proposals(material, title, material.who_name(iri, "Proposal", prop))
    yield conflicts(material, iri)
