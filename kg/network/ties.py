"""From records to ties that know what they rest on, how strong they are and how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode, Store

from kg import vocab
from kg.errors import UsageError
from kg.network.backbone import LEVEL, Validated, validated, validated_themes
from kg.network.counts import (
    Counts,
    Incidence,
    Sources,
    attribution,
    behind,
    counted_for,
    incidences,
    rolled_up,
    together,
)
from kg.network.facts import End, Facts, uncollected
from kg.network.graphs import decimal, sector_sector, two_sided
from kg.network.measures import Figures, figures
from kg.network.records import (
    GROUPS,
    KINDS,
    PEOPLE,
    Frame,
    Record,
    as_sectors,
    by_type,
    frame_order,
    records_of,
    sectors_of_parties,
)

if TYPE_CHECKING:
    import networkx as nx

LEVELS: Final = {"theme": "具体议题", "top": "议题大类"}
"""Themes as the records have them, or rolled up to the top of the thesaurus → how people read it."""
CHANNEL_NAMES: Final = {"proposals": "提案", "cases": "协商案例", "statements": "发言与诉求", "tasks": "工作计划"}
UNITS: Final = {"proposals": "件", "cases": "个", "statements": "条", "tasks": "项"}
"""Channel → its records' measure word."""

ABOUT: Final = {"proposals": "提案涉及", "cases": "协商涉及", "statements": "谈及", "tasks": "工作安排涉及"}
FOUND_IN: Final = {"proposals": "见于提案", "cases": "见于协商", "statements": "见于发言", "tasks": "见于工作安排"}
SIMILAR: Final = "议题相近"
TOGETHER: Final = "同时涉及"


@dataclass(frozen=True, slots=True)
class Tie:
    """A connection of two ends, with what it was computed from."""

    start: End
    end: End
    frame: Frame
    level: str
    """One of `LEVELS`."""
    weight: Decimal
    """To a theme: how many records, by shares. Of two themes: how many records name both. Else the cosine."""
    sources: tuple[str, ...]
    """IRIs: of the records; of 议题相近, of the ties to the themes that both have."""
    shared: tuple[End, ...] = ()
    """Of 议题相近: the themes that both have."""
    figures: Figures | None = None
    """To a theme: how strong and how sure; see docs/measures.md."""
    validated: Validated | None = None
    """Of two of a kind: whether it is more than chance. None where too few records are there to tell."""

    @property
    def relation(self) -> str:
        """What it says of its start, in Chinese."""
        themes = (self.start.kind == "theme", self.end.kind == "theme")
        if not any(themes):
            return SIMILAR
        if all(themes):
            return TOGETHER
        return (ABOUT if themes[1] else FOUND_IN)[self.frame.channel]

    @property
    def more_than_chance(self) -> bool | None:
        """Whether there is more between the two than chance would give (q below 0.05); None where none can tell."""
        judged = self.validated.q if self.validated else self.figures.q if self.figures else None
        return None if judged is None else judged < LEVEL

    @property
    def iri(self) -> NamedNode:
        """Minted from its ends, whichever comes first, its frame and level."""
        return _iri(self.start, self.end, self.frame, self.level)


class Analysis(NamedTuple):
    """The ties of some records, and the tables of counts that they were computed from, for measures beside the ties."""

    ties: tuple[Tie, ...]
    """In a fixed order."""
    tables: Mapping[tuple[Frame, tuple[str, ...], str], Counts]
    """By frame, the kinds of ends, one of `GROUPS`, and the level of themes, one of `LEVELS`."""


def connections(
    graph: Store | Facts,
    *,
    by: str = "sector",
    counting: str = "fractional",
    parties: str = "apart",
    people: bool = False,
) -> tuple[Tie, ...]:
    """Every tie of a graph, in a fixed order: ends to themes, sectors and parties to each other, themes to each other.

    Each is counted by single themes and, apart, by top themes.

    Args:
        graph: what its default graph states.
        by: `sector`, or `type` to count the national types in place of a committee's own sectors.
        counting: `fractional` or `whole`; see `shares`.
        parties: `apart`, or `sectors` to count a party's proposals for the sector that it has in the committee.
        people: whether single people are tied to themes too.

    Raises:
        UsageError: another word for `by`, `counting` or `parties`.

    """
    facts = graph if isinstance(graph, Facts) else Facts(graph)
    return analysis_of(facts, records_of(facts), by=by, counting=counting, parties=parties, people=people).ties


@uncollected()
def analysis_of(
    facts: Facts,
    records: Iterable[Record],
    *,
    by: str = "sector",
    counting: str = "fractional",
    parties: str = "apart",
    people: bool = False,
) -> Analysis:
    """The same of records that have been read already, with the counts: for whoever goes on from both.

    Args:
        facts: what the records were read from; of it are taken the themes above others and the types of sectors.
        records: as `read_records` gives them.
        by: see `connections`, as for the others.
        counting: `fractional` or `whole`.
        parties: `apart` or `sectors`.
        people: whether single people are tied to themes too.

    Raises:
        UsageError: another word for `by`, `counting` or `parties`.

    """
    rows = records
    if _is(parties, "apart", "sectors", "parties are counted") == "sectors":
        rows = as_sectors(rows, sectors_of_parties(facts))
    if _is(by, "sector", "type", "sectors are counted by") == "type":
        types = {s: [facts.end("sector-type", t) for t in found] for s, found in facts["zx:sectorType"].items()}
        rows = by_type(rows, types)
    tops = facts.tops()
    ties: list[Tie] = []
    tables: dict[tuple[Frame, tuple[str, ...], str], Counts] = {}
    for of_themes in incidences(rows):
        levels = {"theme": of_themes, "top": rolled_up(of_themes, tops)}
        frame = of_themes.frame
        for kinds in (*GROUPS[frame.channel], *(PEOPLE.get(frame.channel, ()) if people else ())):
            if attributed := attribution(of_themes, kinds, counting):
                for level, incidence in levels.items():
                    counts = tables[frame, kinds, level] = counted_for(incidence, attributed)
                    ties += _of_ends(incidence, counts, kinds, level)
        for level, incidence in levels.items():
            ties += _of_pairs(incidence, level)
    return Analysis(tuple(sorted(ties, key=_order)), tables)


def _is(said: str, usual: str, other: str, what: str) -> str:
    if said not in (usual, other):
        raise UsageError(f"{what} {usual} or {other}, not {said!r}", hint=f"leave it out for {usual}")
    return said


def select(
    ties: Iterable[Tie], from_kind: str | None = None, to_kind: str | None = None, level: str | None = None
) -> list[Tie]:
    """The ties between two kinds of ends, turned so that `from_kind` comes first; None leaves it open.

    Args:
        ties: what `connections` gives.
        from_kind: one of `KINDS`, by its English or its Chinese name; several with commas between (`sector,party`).
        to_kind: the same.
        level: one of `LEVELS`, by its English or its Chinese name.

    Raises:
        UsageError: there is no such kind or level.

    """
    asked = (_known(from_kind, KINDS, "kind of end"), _known(to_kind, KINDS, "kind of end"))
    wanted = _known(level, LEVELS, "level of themes")
    found = []
    for tie in ties:
        if tie.level not in wanted:
            continue
        if _fits((tie.start, tie.end), asked):
            found.append(tie)
        elif _fits((tie.end, tie.start), asked):
            found.append(replace(tie, start=tie.end, end=tie.start))
    return sorted(found, key=_order)


def _of_ends(incidence: Incidence, counts: Counts, kinds: Sequence[str], level: str) -> Iterator[Tie]:
    """The ties of ends to themes; of sectors and parties also to each other."""
    sources = behind(incidence, counts)
    ties = {(tie.start, tie.end): tie for tie in _to_themes(counts, sources, level)}
    yield from ties.values()
    if {"sector", "party"} & {*kinds}:
        judged = {(counts.ends[i], counts.ends[j]): found for (i, j), found in validated(incidence, counts).items()}
        yield from _similarities(two_sided(counts, sources), ties, judged, incidence.frame, level)


def _of_pairs(incidence: Incidence, level: str) -> Iterator[Tie]:
    """The ties of themes to each other."""
    known = validated_themes(incidence)
    for (i, j), records in together(incidence).items():
        start, end = sorted((incidence.themes[i], incidence.themes[j]), key=_end_order)
        yield Tie(start, end, incidence.frame, level, decimal(len(records)), records, validated=known.get((i, j)))


def _to_themes(counts: Counts, sources: Sources, level: str) -> Iterator[Tie]:
    known = figures(counts)
    for (i, j), weight in counts.weights.items():
        pair = (counts.ends[i], counts.themes[j])
        yield Tie(*pair, counts.frame, level, decimal(weight), sources[i, j], figures=known[i, j])


def _similarities(
    graph: nx.Graph,
    ties: Mapping[tuple[End, End], Tie],
    judged: Mapping[tuple[End, End], Validated],
    frame: Frame,
    level: str,
) -> Iterator[Tie]:
    iris = {pair: tie.iri.value for pair, tie in ties.items()}
    for one, other, edge in sector_sector(graph).edges(data=True):
        start, end = sorted((one, other), key=_end_order)
        sources = tuple(sorted(iris[e, theme] for e in (start, end) for theme in edge["shared"]))
        known = judged.get((min(one, other), max(one, other)))
        yield Tie(start, end, frame, level, edge["weight"], sources, tuple(edge["shared"]), validated=known)


def _iri(start: End, end: End, frame: Frame, level: str) -> NamedNode:
    first, second = sorted((start, end), key=_end_order)
    committee = frame.committee.iri if frame.committee else ""
    key = (first.kind, first.iri, second.kind, second.iri, committee, frame.list_kind, level)
    return vocab.entity("Connection", frame.channel, vocab.digest(*key))


def _end_order(end: End) -> tuple[int, str]:
    return (list(KINDS).index(end.kind), end.iri)


def _order(tie: Tie) -> tuple[object, ...]:
    """By frame and level; ties to themes, then of sectors, then of themes; the strongest first, then by name."""
    kinds = (tie.start.kind == "theme") + (tie.end.kind == "theme")
    return (
        *(frame_order(tie.frame), list(LEVELS).index(tie.level), (1, 0, 2)[kinds]),
        *(list(KINDS).index(tie.start.kind), -len(tie.shared), -tie.weight),
        *(tie.start.label, tie.end.label, tie.start.iri, tie.end.iri),
    )


def _fits(ends: tuple[End, End], kinds: tuple[set[str], set[str]]) -> bool:
    return all(end.kind in asked for end, asked in zip(ends, kinds, strict=True))


def _known(asked: str | None, words: Mapping[str, str], what: str) -> set[str]:
    """The kinds or levels asked for, which may have been given in Chinese; all where nothing is."""
    if asked is None:
        return set(words)
    by_name = {name: word for word, chinese in words.items() for name in (word, chinese)}
    names = asked.replace("，", ",").split(",")
    for name in names:
        if name.strip() not in by_name:
            raise UsageError(f"there is no {what} {name.strip()!r}", hint=f"there are {', '.join(words)}")
    return {by_name[name.strip()] for name in names}
