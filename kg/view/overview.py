"""The overview: each committee's figures with what they count, its sectors by category, and what has no proposal yet.

No figure mixes two committees, two meetings or two kinds of list, and every figure knows its records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from kg import network
from kg.ledger import Row, gb_order
from kg.occasions import PROPOSAL, by_list, by_time, list_name, list_said
from kg.view.cards import Deck
from kg.view.categories import CATEGORIES

UNSAID: Final = "未注明"
DISPUTED: Final = "记载不一"
_NO_COMMITTEE: Final = "（未注明政协）"
_KINDS: Final = {"sector": "界别", "party": "党派"}
_OTHERS: Final = "其他提案者"
_CITIZEN: Final = "群众"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the page with figures in them, which it says in its language: `其中{n}个两边都有`."""

    text: str
    values: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts and the frame in which it holds."""

    label: str
    unit: str
    frame: Words
    cards: tuple[int, ...]
    """What is counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of who proposes what."""

    label: str
    group: str
    """`界别`, `党派` or `其他提案者`."""
    card: int | None
    cells: tuple[tuple[int, ...], ...]
    """For each column the proposals."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The proposals of one meeting or year that stand in one kind of list."""

    name: str
    figure: Figure
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    computed: int
    """Of how many of them no text writes the category, so that it is that of the main theme."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme of concerns or plans on which the texts read have no proposal."""

    theme: str
    card: int | None
    records: tuple[int, ...]
    """The statements, or the items of the plan, that name it."""
    cases: tuple[int, ...]
    """The consultation cases that there are on it."""


@dataclass(frozen=True, slots=True)
class Committee:
    """All that the overview tells of one committee's work."""

    name: str
    lists: tuple[Lists, ...]
    figures: tuple[Figure, ...]
    gaps: Mapping[str, tuple[Gap, ...]]
    """A key of `network.SOURCES` → its gaps, by the theme's name."""
    asked: Mapping[str, int]
    """The same → how many of its records there are."""
    themeless: Mapping[str, int]
    """The same → how many of them are on no theme, of which nothing can be said."""


def overview(store: Store, made: Deck, rows: Sequence[Row]) -> tuple[Committee, ...]:
    """What the overview tells, a committee each: that of the most proposals first, the others by name.

    Args:
        store: the graph.
        made: its cards; a record that has none is not counted.
        rows: its proposals, as the ledger has them.

    """
    return _Reading(store, made, rows).committees()


class _Reading:
    """A graph's records by committee, read once."""

    def __init__(self, store: Store, made: Deck, rows: Sequence[Row]) -> None:
        self.made = made
        self.rows = [row for row in rows if row.form in ("", PROPOSAL) and row.iri in made.index]
        self.facts = network.Facts(store)
        self.records = network.read_records(store)
        self.gaps = network.gaps_of(store)
        self.concerns, self.plans = frozenset(network.concerns(self.facts)), frozenset(network.plan_items(self.facts))

    def committees(self) -> tuple[Committee, ...]:
        proposals: defaultdict[network.End | None, list[Row]] = defaultdict(list)
        for row in self.rows:
            proposals[row.committee].append(row)
        there = {*proposals, *(record.frame.committee for record in self.records)}
        by_name = sorted(there, key=lambda c: (-len(proposals.get(c, ())), gb_order(c.label if c else _NO_COMMITTEE)))
        ordered = [*by_name[:1], *sorted(by_name[1:], key=lambda c: gb_order(c.label if c else _NO_COMMITTEE))]
        found = (self._committee(committee, proposals.get(committee, [])) for committee in ordered)
        return tuple(committee for committee in found if committee.figures or committee.lists)

    def _committee(self, committee: network.End | None, rows: Sequence[Row]) -> Committee:
        own = [record for record in self.records if record.frame.committee == committee]
        iris = {record.iri for record in own}
        asked = {"concerns": self.concerns & iris, "plans": self.plans & iris}
        return Committee(
            self.made.masks.text(committee.label) if committee else _NO_COMMITTEE,
            tuple(self._lists(committee, rows)),
            tuple(figure for figure in self._figures(committee, rows, own, asked) if figure.cards),
            {source: tuple(self._gaps(source, committee)) for source in network.SOURCES},
            {source: len(iris) for source, iris in asked.items()},
            {source: len(asked[source] & set(self.gaps.without_theme[source])) for source in network.SOURCES},
        )

    # -- proposals ----------------------------------------------------------------------------------------------------
    def _lists(self, committee: network.End | None, rows: Sequence[Row]) -> Iterator[Lists]:
        for time, of_time in by_time(rows, committee).items():
            for kind, found in by_list(of_time):
                said = Words(list_said(kind), {})
                figure = Figure(time.label or "届次未注明", "件", said, self._cards(row.iri for row in found))
                columns, lines = self._crossed(found)
                computed = sum(row.category_computed for row in found)
                yield Lists(list_name(time.label, kind), figure, columns, lines, computed)

    def _crossed(self, rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[Line, ...]]:
        """Who proposes by what it is about: a proposal of several sectors stands in the line of each of them."""
        cells: defaultdict[tuple[str, str, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            for whose in _whose(row):
                cells[whose][category_of(row)].append(row.iri)
        used = {column for found in cells.values() for column in found}
        others = sorted(used - {*CATEGORIES, DISPUTED, UNSAID}, key=gb_order)
        columns = (*CATEGORIES, *others, *(c for c in (DISPUTED, UNSAID) if c in used))
        groups = [*_KINDS.values(), _OTHERS]
        lines = (
            Line(
                self.made.masks.text(label),
                group,
                self.made.index.get(iri),
                tuple(self._cards(cells[group, label, iri][column]) for column in columns),
            )
            for group, label, iri in sorted(cells, key=lambda whose: (groups.index(whose[0]), gb_order(whose[1])))
        )
        return columns, tuple(lines)

    # -- other figures ------------------------------------------------------------------------------------------------
    def _figures(
        self,
        committee: network.End | None,
        rows: Sequence[Row],
        own: Sequence[network.Record],
        asked: Mapping[str, Iterable[str]],
    ) -> Iterator[Figure]:
        channels = {channel: [r for r in own if r.frame.channel == channel] for channel in network.CHANNELS}
        cases = [record.iri for record in channels["cases"]]
        yield Figure("协商案例", "个", self._honours(cases), self._cards(cases))
        themes, shared = self._themes(channels)
        yield Figure(
            "议题", "个", Words("其中{n}个提案与协商案例都有", {"n": len(shared)}) if shared else _none(), themes
        )
        sectors = self._sectors(committee)
        by_sectors = sum(any(end.kind == "sector" for end in row.counts_for) for row in rows)
        frame = Words("{n}件提案可归到界别", {"n": by_sectors}) if by_sectors else _none()
        yield Figure("界别", "个", frame, self._cards(sectors))
        members = [p for p, seats in self.facts["zx:sector"].items() if set(seats) & set(sectors)]
        yield Figure("委员", "位", Words("材料写明界别席位的", {}), self._cards(members))
        yield Figure("群众关切", "条", Words("群众的期盼和建议", {}), self._cards(asked["concerns"]))
        yield Figure("工作计划", "项", self._years(asked["plans"]), self._cards(asked["plans"]))
        spoken = [record.iri for record in channels["statements"]]
        citizens = sum(
            any(end.label == _CITIZEN for agent in r.agents for end in agent) for r in channels["statements"]
        )
        yield Figure(
            "发言", "条", Words("其中{n}条来自群众", {"n": citizens}) if citizens else _none(), self._cards(spoken)
        )

    def _honours(self, iris: Sequence[str]) -> Words:
        """`均为2030年度优秀协商案例`, or how many of them were honoured."""
        honoured = [iri for iri in iris if self.facts.of_thing(iri, "zx:honour")]
        names = {self.facts.name(h) for iri in honoured for h in self.facts.of_thing(iri, "zx:honour")}
        if not honoured:
            return _none()
        if len(honoured) == len(iris) and len(names) == 1:
            return Words("均为{what}", {"what": self.made.masks.text(names.pop())})
        return Words("其中{n}个受表彰", {"n": len(honoured)})

    def _themes(self, channels: Mapping[str, Sequence[network.Record]]) -> tuple[tuple[int, ...], set[str]]:
        of = {
            channel: {theme.iri for record in found for theme in record.themes} for channel, found in channels.items()
        }
        return self._cards(set().union(*of.values())), of["proposals"] & of["cases"]

    def _sectors(self, committee: network.End | None) -> list[str]:
        if committee is None:
            return [s for s in self.facts.instances("zx:Sector") if not self.facts.of_thing(s, "zx:committee")]
        return [s for s in self.facts.instances("zx:Sector") if committee.iri in self.facts.of_thing(s, "zx:committee")]

    def _years(self, tasks: Iterable[str]) -> Words:
        years = sorted({year[:4] for iri in tasks for year in self.made.records.texts(iri, "zx:forYear")})
        return Words("{years}年", {"years": "、".join(years)}) if 0 < len(years) <= 3 else _none()

    # -- gaps ---------------------------------------------------------------------------------------------------------
    def _gaps(self, source: str, committee: network.End | None) -> Iterator[Gap]:
        found = [gap for gap in self.gaps.found if gap.source == source and gap.committee == committee]
        for gap in sorted(found, key=lambda gap: (gb_order(gap.theme.label), gap.theme.iri)):
            theme = self.made.index.get(gap.theme.iri)
            yield Gap(gap.theme.label, theme, self._cards(gap.records), self._cards(gap.cases))

    def _cards(self, iris: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self.made.index[iri] for iri in iris if iri in self.made.index}))


def category_of(row: Row) -> str:
    """The category by which a proposal is counted."""
    return UNSAID if not row.categories else row.categories[0] if len(row.categories) == 1 else DISPUTED


def _whose(row: Row) -> list[tuple[str, str, str]]:
    """The group, name and IRI of the lines in which a proposal stands: its sectors and parties, else what proposes."""
    ends = [(_KINDS[end.kind], end.label, end.iri) for end in row.counts_for]
    kinds = "、".join(row.kinds)
    return ends or [(_OTHERS, kinds or UNSAID, "")]


def _none() -> Words:
    return Words("", {})
