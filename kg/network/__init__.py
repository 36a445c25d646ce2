"""Connections between sectors and themes: records → NetworkX graphs → ties that know their records.

What is counted are records: proposals, consultation cases, statements, items of work plans. Each kind is a channel.
A record is counted in its frame, which is its channel, the committee whose work it is, and the kind of list that it
stands in (all accepted, excellent …): no measure mixes two frames. docs/connections.md says what an edge means, and
when not to trust it.

The choices are functions from records to records (`main_only`, `by_type`, `as_sectors`), the graphs are functions of
records (`sector_theme`, `person_theme`, `theme_theme` …), the measures of counts; none of them asks the store anything.
"""

from kg.network.counts import LEAST_OF_AN_END, LEAST_RECORDS, Counts, counted, counts_of, incidences, rolled_up
from kg.network.coverage import Coverage, Presence, coverage_of, notes, theme_presence, themes_above
from kg.network.facts import End, Facts
from kg.network.graphs import lifts, person_theme, place_theme, sector_sector, sector_theme, theme_theme
from kg.network.paths import Path, Step, Words, no_tie, why
from kg.network.records import CHANNELS, KINDS, Frame, Record, as_sectors, by_type, main_only, read_records, shares
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
    "LEAST_OF_AN_END",
    "LEAST_RECORDS",
    "LEVELS",
    "Counts",
    "Coverage",
    "End",
    "Facts",
    "Frame",
    "Path",
    "Presence",
    "Record",
    "Step",
    "Tie",
    "Words",
    "as_objects",
    "as_sectors",
    "by_type",
    "connection_quads",
    "connections",
    "connections_csv",
    "counted",
    "counts_of",
    "coverage_of",
    "incidences",
    "lifts",
    "main_only",
    "no_tie",
    "notes",
    "person_theme",
    "place_theme",
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
