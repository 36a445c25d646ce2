"""Connections between sectors and themes: records → NetworkX graphs → ties that know their records.

What is counted are records: proposals, consultation cases, statements, items of work plans. Each kind is a channel.
A record is counted in its frame, which is its channel, the committee whose work it is, and the kind of list that it
stands in (all accepted, excellent …): no measure mixes two frames. docs/connections.md says what an edge means, and
when not to trust it.

The choices are functions from records to records (`rolled_up`, `main_only`, `by_type`), the measures functions from
records to graphs (`sector_theme`, `sector_sector`, `theme_theme`, `lifts`); neither asks the store anything.
"""

from kg.network.counts import Counts, counts_of
from kg.network.coverage import Coverage, Presence, coverage_of, notes, theme_presence, themes_above
from kg.network.graphs import lifts, sector_sector, sector_theme, theme_theme
from kg.network.paths import Path, Step, Words, no_tie, why
from kg.network.records import CHANNELS, KINDS, End, Frame, Record, by_type, main_only, read_records, rolled_up, shares
from kg.network.ties import (
    HEADINGS,
    LEVELS,
    Tie,
    as_objects,
    connection_quads,
    connections,
    connections_csv,
    select,
    table,
)

__all__ = [
    "CHANNELS",
    "HEADINGS",
    "KINDS",
    "LEVELS",
    "Counts",
    "Coverage",
    "End",
    "Frame",
    "Path",
    "Presence",
    "Record",
    "Step",
    "Tie",
    "Words",
    "as_objects",
    "by_type",
    "connection_quads",
    "connections",
    "connections_csv",
    "counts_of",
    "coverage_of",
    "lifts",
    "main_only",
    "no_tie",
    "notes",
    "read_records",
    "rolled_up",
    "sector_sector",
    "sector_theme",
    "select",
    "shares",
    "table",
    "theme_presence",
    "theme_theme",
    "themes_above",
    "why",
]
