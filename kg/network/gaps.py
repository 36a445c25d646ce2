"""What the texts that were read have no proposal on, and what one sector alone raised; said with care.

A gap says that none was read, which is not to say that there is none; it is worded so, and names its records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pyoxigraph import Store

from kg import vocab
from kg.network.facts import End, Facts
from kg.network.records import CHANNELS, KINDS, OWNERS, Frame, Record, by_frame, frame_order, read_records

NO_PROPOSAL: Final = "已录入材料中暂无对应提案"
NO_PROPOSAL_OR_CASE: Final = "已录入材料中暂无对应提案和协商案例"
SOURCES: Final = {"concerns": "群众关切", "plans": "工作计划"}
"""Where a gap was seen → how people read it."""

_CITIZENS: Final = "群众"
_CONCERNS: Final = ("期盼", "建议")
_REVIEW: Final = "工作回顾"


@dataclass(frozen=True, slots=True)
class Presence:
    """Where a theme, or one below it, turns up in the texts of one committee."""

    theme: End
    committee: End | None
    records: Mapping[str, tuple[str, ...]]
    """Channel → the IRIs of its records."""

    @property
    def gap(self) -> str:
        """What to say where no proposal is on the theme; else empty."""
        if self.records["proposals"]:
            return ""
        return NO_PROPOSAL if self.records["cases"] else NO_PROPOSAL_OR_CASE


def theme_presence(rows: Iterable[Record], above: Mapping[str, Iterable[End]]) -> tuple[Presence, ...]:
    """Which theme turns up in which channels, so that concerns and plans without a proposal can be told.

    It tells whether, not how much: lists of several kinds are put together for it.

    Args:
        rows: the records.
        above: a theme's IRI → the themes above it, as `themes_above` gives them.

    """
    found: dict[tuple[End | None, End], dict[str, set[str]]] = {}
    reached = _Reached(above)
    for row in rows:
        for theme in reached[row.themes]:
            channels = found.setdefault((row.frame.committee, theme), {channel: set() for channel in CHANNELS})
            channels[row.frame.channel].add(row.iri)
    turned_up = [
        Presence(theme, committee, {channel: tuple(sorted(iris)) for channel, iris in channels.items()})
        for (committee, theme), channels in found.items()
    ]
    return tuple(sorted(turned_up, key=lambda p: (p.committee.iri if p.committee else "", p.theme.label, p.theme.iri)))


def themes_above(graph: Store | Facts) -> dict[str, list[End]]:
    """A theme's IRI → the themes above it, the nearest first."""
    facts = graph if isinstance(graph, Facts) else Facts(graph)
    return {theme: facts.above(theme) for theme in facts["skos:broader"]}


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme of citizens' concerns, or of the plan, on which the texts read have no proposal."""

    source: str
    """One of `SOURCES`."""
    theme: End
    committee: End | None
    records: tuple[str, ...]
    """The IRIs of the statements, or of the items of the plan, that name the theme."""
    cases: tuple[str, ...]
    """The IRIs of the consultation cases that there are on it or on a theme below it."""

    @property
    def sentence(self) -> str:
        """What to say, in Chinese.

        >>> theme = End("theme", "…/夜校", "夜校")
        >>> print(Gap("concerns", theme, None, ("…/1",), cases=("…/2",)).sentence)
        群众关切：已录入材料中暂无对应提案

        """
        return f"{SOURCES[self.source]}：{NO_PROPOSAL if self.cases else NO_PROPOSAL_OR_CASE}"


class Gaps(NamedTuple):
    """The gaps, and what could not be looked at."""

    found: tuple[Gap, ...]
    without_theme: Mapping[str, tuple[str, ...]]
    """Source → the IRIs of its records on no theme of the thesaurus, of which nothing can be said."""


class RaisedByOne(NamedTuple):
    """A theme on which the proposals of a frame come from one sector, or one party, and from nobody else."""

    frame: Frame
    theme: End
    end: End
    records: tuple[str, ...]
    """The IRIs of its proposals on the theme or one below it."""
    of_frame: int
    """How many proposals the frame has: among ten nearly every theme is raised by one."""

    @property
    def sentence(self) -> str:
        """What to say, in Chinese.

        >>> frame, theme = Frame("proposals", None, "优秀"), End("theme", "…", "夜校")
        >>> print(RaisedByOne(frame, theme, End("sector", "…", "教育界"), ("…/1", "…/2"), 40).sentence)
        “夜校”：已录入的40件提案中有2件，均由1个界别（教育界）提出

        """
        return (
            f"“{self.theme.label}”：已录入的{self.of_frame}件提案中有{len(self.records)}件，"
            f"均由1个{KINDS[self.end.kind]}（{self.end.label}）提出"
        )


def gaps_of(graph: Store | Facts, rows: Iterable[Record] | None = None) -> Gaps:
    """On which themes citizens' concerns, and items of the plan, have no proposal in the texts that were read.

    A concern is a statement of a member of the public (群众) that is a wish or a suggestion (期盼, 建议). Of a plan
    every item counts but those of a review (工作回顾) and those that a meeting or a case realised. A proposal on the
    theme itself or on one below it fills a gap, whatever list it stands in; one on a wider theme doesn't. Where no text
    says whose a statement, or a proposal, is, any committee's may fit.

    Don't read it as neglect: the texts are a choice, and so are the words that themes are known by.

    Args:
        graph: its default graph holds the facts.
        rows: the graph's records, where they have been read already.

    """
    facts = graph if isinstance(graph, Facts) else Facts(graph)
    records = read_records(facts) if rows is None else tuple(rows)
    found: dict[tuple[str, End | None, End], set[str]] = defaultdict(set)
    without: dict[str, tuple[str, ...]] = {}
    for source, iris in (("concerns", frozenset(concerns(facts))), ("plans", frozenset(plan_items(facts)))):
        asked = [row for row in records if row.iri in iris]
        without[source] = tuple(sorted({row.iri for row in asked if not row.themes}))
        for row in asked:
            for theme in row.themes:
                found[source, row.frame.committee, theme].add(row.iri)
    unanswered = _unanswered(found, _Answers(records, themes_above(facts)))
    return Gaps(tuple(sorted(unanswered, key=_order)), without)


def raised_by_one(rows: Iterable[Record], above: Mapping[str, Iterable[End]]) -> tuple[RaisedByOne, ...]:
    """Which themes one sector, or one party, alone put forward proposals on, frame by frame.

    A theme is left out as soon as one of its proposals is also of somebody who counts for no sector and no party: a
    studio, or a member whose seat no text tells. Proposals on a theme count for those above it too.

    Args:
        rows: the records; those of other channels than proposals are passed over.
        above: a theme's IRI → the themes above it, as `themes_above` gives them.

    """
    found = []
    for frame, group in sorted(by_frame(rows).items(), key=lambda item: frame_order(item[0])):
        if frame.channel != "proposals":
            continue
        many, reached = len({row.iri for row in group}), _Reached(above)
        ends = _only_ones(group, reached)
        of_theme: dict[End, set[str]] = {theme: set() for theme, end in ends.items() if end}
        for row in group:
            for theme in of_theme.keys() & reached[row.themes]:
                of_theme[theme].add(row.iri)
        for theme, iris in sorted(of_theme.items(), key=lambda item: (item[0].label, item[0].iri)):
            if end := ends[theme]:
                found.append(RaisedByOne(frame, theme, end, tuple(sorted(iris)), many))
    return tuple(found)


def _only_ones(rows: Iterable[Record], reached: _Reached) -> dict[End, End | None]:
    """Theme → the sector or party that all its proposals are of; None where there are others beside it."""
    found: dict[End, End | None] = {}
    for row in rows:
        end = _the_only_one(row)
        for theme in reached[row.themes]:
            if found.setdefault(theme, end) != end:
                found[theme] = None
    return found


def _the_only_one(row: Record) -> End | None:
    """The sector or party that a proposal is of, where there is just one and nobody beside it."""
    theirs = [[end for end in agent if end.kind in OWNERS["proposals"]] for agent in row.agents]
    ends = {end for agent in theirs for end in agent}
    return ends.pop() if len(ends) == 1 and all(theirs) else None


class _Reached(dict[tuple[End, ...], frozenset[End]]):
    """A record's themes → these and all above them; found once for each set, for many records have the same."""

    def __init__(self, above: Mapping[str, Iterable[End]]) -> None:
        super().__init__()
        self._above = above

    def __missing__(self, themes: tuple[End, ...]) -> frozenset[End]:
        self[themes] = frozenset(one for own in themes for one in (own, *self._above.get(own.iri, ())))
        return self[themes]


class _Answers:
    """Which themes have a proposal, and which cases are on them, themes below included; committee by committee."""

    def __init__(self, rows: Iterable[Record], above: Mapping[str, Iterable[End]]) -> None:
        self._proposed: dict[End, set[End | None]] = defaultdict(set)
        self._cases: dict[End, dict[End | None, set[str]]] = defaultdict(lambda: defaultdict(set))
        reached, seen = _Reached(above), set()
        for row in rows:
            whose = row.frame.committee
            if row.frame.channel == "proposals" and (whose, row.themes) not in seen:
                seen.add((whose, row.themes))
                for theme in reached[row.themes]:
                    self._proposed[theme].add(whose)
            elif row.frame.channel == "cases":
                for theme in reached[row.themes]:
                    self._cases[theme][whose].add(row.iri)

    def proposed(self, theme: End, committee: End | None) -> bool:
        """Whether a proposal that may be of the committee is on the theme."""
        return any(_fit(committee, other) for other in self._proposed[theme])

    def cases(self, theme: End, committee: End | None) -> set[str]:
        """The IRIs of the cases on the theme that may be of the committee."""
        return {iri for other, iris in self._cases[theme].items() if _fit(committee, other) for iri in iris}


def _fit(one: End | None, other: End | None) -> bool:
    return one is None or other is None or one == other


def concerns(facts: Facts) -> Iterator[str]:
    """The IRIs of what members of the public (群众) wish for or suggest (期盼, 建议)."""
    citizens = vocab.concept("capacity", _CITIZENS).value
    kinds = {vocab.concept("statementKind", kind).value for kind in _CONCERNS}
    for iri in facts.instances("zx:Statement"):
        said_by, kind = facts.of_thing(iri, "zx:capacity"), facts.of_thing(iri, "zx:statementKind")
        if citizens in said_by and kinds.intersection(kind):
            yield iri


def plan_items(facts: Facts) -> Iterator[str]:
    """The IRIs of what is planned: no item of a review (工作回顾), and none that a meeting or a case realised."""
    review = vocab.concept("taskKind", _REVIEW).value
    realised = {task for tasks in facts["zx:realises"].values() for task in tasks}
    for iri in facts.instances("zx:Task"):
        if iri not in realised and review not in facts.of_thing(iri, "zx:taskKind"):
            yield iri


def _unanswered(found: Mapping[tuple[str, End | None, End], set[str]], answers: _Answers) -> Iterator[Gap]:
    for (source, committee, theme), iris in found.items():
        if not answers.proposed(theme, committee):
            cases = answers.cases(theme, committee)
            yield Gap(source, theme, committee, tuple(sorted(iris)), tuple(sorted(cases)))


def _order(gap: Gap) -> tuple[object, ...]:
    """By committee, by source, by name: never by how many."""
    committee = gap.committee or End("committee", "", "")
    return (committee.label, committee.iri, list(SOURCES).index(gap.source), gap.theme.label, gap.theme.iri)
