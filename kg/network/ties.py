"""From graphs to ties that know what they rest on, and from ties to quads, CSV, JSON and a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import vocab
from kg.errors import UsageError
from kg.network.counts import (
    LEAST_OF_AN_END,
    Counts,
    Incidence,
    Sources,
    behind,
    counted,
    incidences,
    rolled_up,
    together,
)
from kg.network.facts import End, Facts
from kg.network.graphs import decimal, lifts, sector_sector, two_sided
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
HEADINGS: Final = ("一端", "关系", "另一端", "数量", "共同议题", "相似度", "渠道", "统计范围", "议题层级")
"""The columns of `table`."""
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
    lift: Decimal | None = None
    """None below the minima."""

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
    def iri(self) -> NamedNode:
        """Minted from its ends, whichever comes first, its frame and level."""
        return _iri(self.start, self.end, self.frame, self.level)


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
    rows: Iterable[Record] = records_of(facts)
    if _is(parties, "apart", "sectors", "parties are counted") == "sectors":
        rows = as_sectors(rows, sectors_of_parties(facts))
    if _is(by, "sector", "type", "sectors are counted by") == "type":
        types = {s: [facts.end("sector-type", t) for t in found] for s, found in facts["zx:sectorType"].items()}
        rows = by_type(rows, types)
    tops = facts.tops()
    ties = [
        tie
        for of_themes in incidences(rows)
        for level, incidence in (("theme", of_themes), ("top", rolled_up(of_themes, tops)))
        for tie in _of_frame(incidence, level, counting, people=people)
    ]
    return tuple(sorted(ties, key=_order))


def _is(said: str, usual: str, other: str, what: str) -> str:
    if said not in (usual, other):
        raise UsageError(f"{what} {usual} or {other}, not {said!r}", hint=f"leave it out for {usual}")
    return said


def connection_quads(ties: Iterable[Tie]) -> list[Quad]:
    """The ties as quads of the connections graph, each with what it was derived from (prov:wasDerivedFrom)."""
    graph = vocab.GRAPHS["connections"]
    return [
        Quad(iri, vocab.expand(predicate), value, graph)
        for tie in ties
        for iri in (tie.iri,)
        for predicate, value in _properties(tie)
    ]


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


def table(ties: Iterable[Tie]) -> list[list[str]]:
    """The ties as people read them, a row each; the columns are `HEADINGS`."""
    return [
        [
            tie.start.label,
            tie.relation,
            tie.end.label,
            f"{len(tie.shared)}个" if tie.shared else f"{_figure(tie.weight)}{UNITS[tie.frame.channel]}",
            "、".join(theme.label for theme in tie.shared),
            _figure(tie.weight) if tie.shared else "",
            CHANNEL_NAMES[tie.frame.channel],
            tie.frame.list_kind,
            LEVELS[tie.level],
        ]
        for tie in ties
    ]


def as_objects(ties: Iterable[Tie]) -> list[dict[str, object]]:
    """The ties as plain objects for JSON: names, IRIs and figures."""
    return [
        {
            "iri": tie.iri.value,
            "from": tie.start._asdict(),
            "to": tie.end._asdict(),
            "relation": tie.relation,
            "channel": tie.frame.channel,
            "committee": tie.frame.committee.label if tie.frame.committee else None,
            "frame": tie.frame.list_kind,
            "level": tie.level,
            "weight": float(tie.weight),
            "shared": [theme._asdict() for theme in tie.shared],
            "lift": None if tie.lift is None else float(tie.lift),
            "derived_from": list(tie.sources),
        }
        for tie in ties
    ]


def connections_csv(ties: Iterable[Tie]) -> str:
    """The ties as CSV with Chinese headings; IRIs come last. The same ties give the same bytes.

    强度 is a tie's weight as in the graph; 依据数 the number of records, or of ties, that it was derived from.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    shown = [*HEADINGS[:3], "强度", "共同议题", "提升度", "依据数", *HEADINGS[6:]]
    rows.writerow([*shown, "政协", "一端类型", "另一端类型", "一端 IRI", "另一端 IRI", "关联 IRI"])
    for tie in ties:
        rows.writerow(
            [
                *(tie.start.label, tie.relation, tie.end.label),
                *(_figure(tie.weight), "、".join(theme.label for theme in tie.shared)),
                *("" if tie.lift is None else _figure(tie.lift), len(tie.sources)),
                *(CHANNEL_NAMES[tie.frame.channel], tie.frame.list_kind, LEVELS[tie.level]),
                tie.frame.committee.label if tie.frame.committee else "",
                *(KINDS[tie.start.kind], KINDS[tie.end.kind]),
                *(tie.start.iri, tie.end.iri, tie.iri.value),
            ]
        )
    return out.getvalue()


def _of_frame(incidence: Incidence, level: str, counting: str, *, people: bool) -> Iterator[Tie]:
    """All ties of one frame."""
    frame = incidence.frame
    for kinds in (*GROUPS[frame.channel], *(PEOPLE.get(frame.channel, ()) if people else ())):
        counts = counted(incidence, kinds, counting)
        if counts is None:
            continue
        sources = behind(incidence, counts)
        graph = two_sided(counts, sources)
        ties = {(tie.start, tie.end): tie for tie in _to_themes(counts, sources, graph, level)}
        yield from ties.values()
        if {"sector", "party"} & {*kinds}:
            yield from _similarities(graph, ties, frame, level)
    for (i, j), records in together(incidence)[1].items():
        start, end = sorted((incidence.themes[i], incidence.themes[j]), key=_end_order)
        yield Tie(start, end, frame, level, decimal(len(records)), records)


def _to_themes(counts: Counts, sources: Sources, graph: nx.Graph, level: str) -> Iterator[Tie]:
    above_chance = lifts(graph) if counts.enough else {}
    for (i, j), weight in counts.weights.items():
        end, theme = counts.ends[i], counts.themes[j]
        lift = above_chance.get((end, theme)) if counts.of_end[i] >= LEAST_OF_AN_END else None
        yield Tie(
            *(end, theme, counts.frame, level, decimal(weight), sources[i, j]),
            lift=None if lift is None else decimal(lift),
        )


def _similarities(graph: nx.Graph, ties: Mapping[tuple[End, End], Tie], frame: Frame, level: str) -> Iterator[Tie]:
    iris = {pair: tie.iri.value for pair, tie in ties.items()}
    for one, other, edge in sector_sector(graph).edges(data=True):
        start, end = sorted((one, other), key=_end_order)
        sources = sorted(iris[e, theme] for e in (start, end) for theme in edge["shared"])
        yield Tie(start, end, frame, level, edge["weight"], tuple(sources), shared=tuple(edge["shared"]))


def _properties(tie: Tie) -> Iterator[tuple[str, NamedNode | Literal]]:
    yield "rdf:type", vocab.expand("zx:Connection")
    yield "zx:from", NamedNode(tie.start.iri)
    yield "zx:to", NamedNode(tie.end.iri)
    yield "zx:channel", vocab.concept("channel", tie.frame.channel)
    yield "zx:frame", vocab.concept("listKind", tie.frame.list_kind)
    yield "zx:themeLevel", vocab.concept("themeLevel", LEVELS[tie.level])
    yield "zx:weight", _literal(tie.weight)
    if tie.frame.committee:
        yield "zx:committee", NamedNode(tie.frame.committee.iri)
    if tie.shared:
        yield "zx:sharedThemes", Literal(len(tie.shared))
    if tie.lift is not None:
        yield "zx:lift", _literal(tie.lift)
    for source in tie.sources:
        yield "prov:wasDerivedFrom", NamedNode(source)


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


def _literal(value: Decimal) -> Literal:
    return Literal(f"{value.normalize():f}", datatype=vocab.expand("xsd:decimal"))


def _figure(value: Decimal) -> str:
    """At most three places, as people read it.

    >>> _figure(Decimal("20.000000")), _figure(Decimal("0.333333"))
    ('20', '0.333')

    """
    return f"{round(value, 3).normalize():f}"
