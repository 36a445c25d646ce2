"""From graphs to ties that know what they rest on, and from ties to quads, CSV, JSON and a table."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import vocab
from kg.errors import UsageError
from kg.network.graphs import decimal, lifts, sector_sector, sector_theme, theme_theme
from kg.network.records import (
    GROUPS,
    KINDS,
    End,
    Facts,
    Frame,
    Record,
    by_frame,
    by_type,
    frame_order,
    records_of,
    rolled_up,
)

if TYPE_CHECKING:
    import networkx as nx

LEAST_RECORDS: Final = 30
"""A frame with fewer records is only listed: nothing is inferred from it."""
LEAST_OF_AN_END: Final = 3
"""An end (a sector, a party …) with fewer records in its frame has no lift."""
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


def connections(store: Store, *, by: str = "sector", counting: str = "fractional") -> tuple[Tie, ...]:
    """Every tie of a graph, in a fixed order: ends to themes, sectors and parties to each other, themes to each other.

    Each is counted by single themes and, apart, by top themes.

    Args:
        store: its default graph holds the facts.
        by: `sector`, or `type` to count the national types in place of a committee's own sectors.
        counting: `fractional` or `whole`; see `shares`.

    Raises:
        UsageError: another word for `by` or `counting`.

    """
    facts = Facts(store)
    rows = tuple(records_of(facts))
    if by == "type":
        types = {s: [facts.end("sector-type", t) for t in found] for s, found in facts["zx:sectorType"].items()}
        rows = by_type(rows, types)
    elif by != "sector":
        raise UsageError(f"sectors can't be counted by {by!r}", hint="it is sector or type")
    tops = {theme: above[-1] for theme in facts["skos:broader"] if (above := facts.above(theme))}
    ties = [
        tie
        for level, at_level in (("theme", rows), ("top", rolled_up(rows, tops)))
        for frame, group in by_frame(at_level).items()
        for tie in _of_frame(group, frame, level, counting)
    ]
    return tuple(sorted(ties, key=_order))


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


def _of_frame(rows: Sequence[Record], frame: Frame, level: str, counting: str) -> Iterator[Tie]:
    """All ties of one frame."""
    enough = len(rows) >= LEAST_RECORDS
    for kinds in GROUPS[frame.channel]:
        graph = sector_theme(rows, kinds, counting)
        yield from _to_themes(graph, frame, level, enough=enough)
        if "sector" in kinds:
            yield from _similarities(sector_sector(graph), frame, level)
    for one, other, edge in theme_theme(rows).edges(data=True):
        start, end = sorted((one, other), key=_end_order)
        yield Tie(start, end, frame, level, decimal(edge["weight"]), tuple(sorted(edge["records"])))


def _to_themes(graph: nx.Graph, frame: Frame, level: str, *, enough: bool) -> Iterator[Tie]:
    above_chance = lifts(graph) if enough else {}
    made: dict[End, set[str]] = defaultdict(set)
    for one, other, iris in graph.edges(data="records"):
        made[one].update(iris)
        made[other].update(iris)
    for one, other, edge in graph.edges(data=True):
        end, theme = sorted((one, other), key=lambda node: graph.nodes[node]["bipartite"])
        lift = above_chance.get((end, theme)) if len(made[end]) >= LEAST_OF_AN_END else None
        yield Tie(
            *(end, theme, frame, level, decimal(edge["weight"]), tuple(sorted(edge["records"]))),
            lift=None if lift is None else decimal(lift),
        )


def _similarities(graph: nx.Graph, frame: Frame, level: str) -> Iterator[Tie]:
    for one, other, edge in graph.edges(data=True):
        start, end = sorted((one, other), key=_end_order)
        sources = sorted(_iri(e, theme, frame, level).value for e in (start, end) for theme in edge["shared"])
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
