"""Connections between sectors and themes: records → NetworkX graphs → ties that know their records.

What is counted are records: proposals, consultation cases, statements, items of work plans. Each kind is a channel.
A record is counted in its frame, which is its channel, the committee whose work it is, and the kind of list that it
stands in (all accepted, excellent …): no measure mixes two frames. docs/connections.md says what an edge means, and
when not to trust it.

The choices are functions from records to records (`main_only`, `by_type`, `as_sectors`), the graphs are functions of
records (`sector_theme`, `person_theme`, `theme_theme` …), the measures of counts and graphs (`specialisation_of`,
`communities_of`, `betweenness` …) or of plain rows (`agendas`, `cross_table`); none of them asks the store anything.
docs/measures.md says what each tells.
"""

from kg.network.agenda import (
    Agenda,
    Attention,
    Change,
    Congruence,
    Diversity,
    YearOnYear,
    agenda_of,
    agendas,
    congruence,
    diversity,
    year_on_year,
)
from kg.network.association import attention, contribution, lift, log_odds, ppmi
from kg.network.backbone import Validated, validated, validated_themes
from kg.network.brokerage import betweenness, bridges
from kg.network.communities import GROUP, GROUP_SAID, Communities, communities_of
from kg.network.counts import (
    LEAST_OF_AN_END,
    LEAST_RECORDS,
    Counts,
    Incidence,
    behind,
    counted,
    counts_of,
    incidence_of,
    incidences,
    rolled_up,
)
from kg.network.coverage import Coverage, coverage_of, notes
from kg.network.crosstabs import NO_DATA, UNSTATED, CrossTable, cross_table
from kg.network.facts import End, Facts
from kg.network.gaps import (
    NO_PROPOSAL,
    NO_PROPOSAL_OR_CASE,
    SOURCES,
    Gap,
    Gaps,
    Presence,
    RaisedByOne,
    concerns,
    gaps_of,
    plan_items,
    raised_by_one,
    theme_presence,
    themes_above,
)
from kg.network.graphs import person_theme, place_theme, sector_sector, sector_theme, theme_theme
from kg.network.measures import Figures, figures
from kg.network.paths import Path, Step, Words, no_tie, why
from kg.network.published import (
    FIGURES,
    HEADINGS,
    as_objects,
    connection_quads,
    connections_csv,
    figures_of,
    table,
)
from kg.network.records import (
    CHANNELS,
    KINDS,
    Frame,
    Record,
    as_sectors,
    by_frame,
    by_type,
    main_only,
    read_records,
    shares,
)
from kg.network.significance import over_represented, q_values
from kg.network.specialisation import Specialisation, attention_overlap, specialisation_of
from kg.network.support import Support, measurable, support_of
from kg.network.ties import LEVELS, Analysis, Tie, analysis_of, connections, select

__all__ = [
    "CHANNELS",
    "FIGURES",
    "GROUP",
    "GROUP_SAID",
    "HEADINGS",
    "KINDS",
    "LEAST_OF_AN_END",
    "LEAST_RECORDS",
    "LEVELS",
    "NO_DATA",
    "NO_PROPOSAL",
    "NO_PROPOSAL_OR_CASE",
    "SOURCES",
    "UNSTATED",
    "Agenda",
    "Analysis",
    "Attention",
    "Change",
    "Communities",
    "Congruence",
    "Counts",
    "Coverage",
    "CrossTable",
    "Diversity",
    "End",
    "Facts",
    "Figures",
    "Frame",
    "Gap",
    "Gaps",
    "Incidence",
    "Path",
    "Presence",
    "RaisedByOne",
    "Record",
    "Specialisation",
    "Step",
    "Support",
    "Tie",
    "Validated",
    "Words",
    "YearOnYear",
    "agenda_of",
    "agendas",
    "analysis_of",
    "as_objects",
    "as_sectors",
    "attention",
    "attention_overlap",
    "behind",
    "betweenness",
    "bridges",
    "by_frame",
    "by_type",
    "communities_of",
    "concerns",
    "congruence",
    "connection_quads",
    "connections",
    "connections_csv",
    "contribution",
    "counted",
    "counts_of",
    "coverage_of",
    "cross_table",
    "diversity",
    "figures",
    "figures_of",
    "gaps_of",
    "incidence_of",
    "incidences",
    "lift",
    "log_odds",
    "main_only",
    "measurable",
    "no_tie",
    "notes",
    "over_represented",
    "person_theme",
    "place_theme",
    "plan_items",
    "ppmi",
    "q_values",
    "raised_by_one",
    "read_records",
    "rolled_up",
    "sector_sector",
    "sector_theme",
    "select",
    "shares",
    "specialisation_of",
    "support_of",
    "table",
    "theme_presence",
    "theme_theme",
    "themes_above",
    "validated",
    "validated_themes",
    "why",
    "year_on_year",
]
