"""A report before it is any file: its sections, the words behind it, and the numbers by which they refer to these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.report.evidence import Evidence
from kg.report.parts import Figure, Part, Section, figures

NAME = "提案工作情况报告"


@dataclass(frozen=True)
class Report:
    """All that a report says, citizens masked."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    """The first has no heading: what the report is about."""
    evidence: Evidence
    left_out: tuple[str, ...] = ()
    """Sentences on proposals of the graph that it does not count; it says them too."""

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that opens records, each once, in the order in which they stand."""
        parts: list[Part] = [part for section in self.sections for part in section.parts]
        return tuple(dict.fromkeys(figures(parts)))

    @cached_property
    def numbers(self) -> dict[Figure, int]:
        """A figure → its number, from 1."""
        return {figure: number for number, figure in enumerate(self.figures, start=1)}

    @cached_property
    def entries(self) -> dict[str, int]:
        """A record's IRI → the number of its entry among the words, from 1."""
        return {entry.iri: number for number, entry in enumerate(self.evidence.entries, start=1)}

    @property
    def date(self) -> str:
        """The latest date of the texts, as precise as known; empty where none is known."""
        return max((source.date for source in self.evidence.sources), default="")
