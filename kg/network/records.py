"""From the store to records: what is counted, whom it counts for, and in which frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from pyoxigraph import Store

from kg import vocab
from kg.errors import UsageError
from kg.network.facts import End, Facts, uncollected

CHANNELS: Final = {
    "proposals": "zx:Proposal",
    "cases": "zx:ConsultationCase",
    "statements": "zx:Statement",
    "tasks": "zx:Task",
}
"""Channel → the class of its records, in the order in which they are shown."""
KINDS: Final = {
    "sector": "界别",
    "sector-type": "全国界别",
    "party": "党派",
    "person": "提案人",
    "host": "主办单位",
    "place": "地点",
    "capacity": "发言身份",
    "committee": "政协",
    "theme": "议题",
}
"""What may stand at an end of a tie → how people read it."""
GROUPS: Final = {
    "proposals": (("sector", "sector-type"), ("party",), ("place",)),
    "cases": (("host",), ("place",)),
    "statements": (("capacity",), ("place",)),
    "tasks": (("committee",),),
}
"""Channel → the kinds of ends that stand opposite the themes, a graph a group: what a party proposes is counted apart
from what sectors do."""
PEOPLE: Final = {"proposals": (("person",),)}
"""The same for single people: only where asked for, for whoever looks at one person wants the proposals themselves."""
OWNERS: Final = {
    "proposals": ("sector", "party"),
    "cases": ("host",),
    "statements": ("capacity",),
    "tasks": ("committee",),
}
"""Channel → the kinds of ends that say whose a record is."""
_NONE: Final[tuple[str, ...]] = ()
_StandsFor = Callable[[str, End | None], tuple[End, ...]]
UNKNOWN: Final = "未知"
"""The kind of list where no text says it."""


class Frame(NamedTuple):
    """What records are counted together with: those of one channel, one committee and one kind of list."""

    channel: str
    committee: End | None
    list_kind: str
    """A value of zx:listKind by its label."""


@dataclass(frozen=True, slots=True)
class Record:
    """A proposal, case, statement or task, as far as it is counted in one frame."""

    iri: str
    frame: Frame
    agents: tuple[tuple[End, ...], ...]
    """For each of those who stand behind it (of a joint proposal all of them) the ends that they count for; of a member
    whose seat no text tells, none."""
    themes: tuple[End, ...]
    main: End | None


@uncollected()
def read_records(graph: Store | Facts) -> tuple[Record, ...]:
    """What a graph has to count, to be read once and handed on; see `records_of`."""
    return tuple(records_of(graph if isinstance(graph, Facts) else Facts(graph)))


def main_only(rows: Iterable[Record]) -> tuple[Record, ...]:
    """The records with their main theme alone, so that the shares of the themes add up to one."""
    return tuple(replace(row, themes=(row.main,) if row.main else ()) for row in rows)


def by_type(rows: Iterable[Record], types: Mapping[str, Sequence[End]]) -> tuple[Record, ...]:
    """The records with each sector replaced by its national types, so that committees can be compared.

    A combined sector counts for each of its types by an equal fraction; a sector without a type counts for none.

    Args:
        rows: the records.
        types: a sector's IRI → its types, of kind `sector-type`.

    """

    def typed(agent: tuple[End, ...]) -> tuple[End, ...]:
        return tuple(t for e in agent for t in (types.get(e.iri, ()) if e.kind == "sector" else (e,)))

    return tuple(replace(row, agents=tuple(map(typed, row.agents))) for row in rows)


def as_sectors(rows: Iterable[Record], sectors: Mapping[tuple[str, str], End]) -> tuple[Record, ...]:
    """The records with each party replaced by the 界别 that it has in the committee, for whoever wants them as one.

    Args:
        rows: the records.
        sectors: a committee's and a party's IRI → that sector, as `sectors_of_parties` gives them; a party that has
            none in a committee counts for none.

    """

    def seated(agent: tuple[End, ...], committee: End | None) -> tuple[End, ...]:
        found = (
            (sectors.get((committee.iri, e.iri)) if committee else None) if e.kind == "party" else e for e in agent
        )
        return tuple(end for end in found if end)

    return tuple(replace(row, agents=tuple(seated(a, row.frame.committee) for a in row.agents)) for row in rows)


def sectors_of_parties(facts: Facts) -> dict[tuple[str, str], End]:
    """A committee's and a party's IRI → the sector of that committee whose one national type bears the party's name.

    Where a committee has two of them (of two terms), the party has none.
    """
    parties = {facts.name(party): party for party in facts.parties}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sector in facts.instances("zx:Sector"):
        types, committees = facts.of_thing(sector, "zx:sectorType"), facts.of_thing(sector, "zx:committee")
        party = parties.get(facts.name(types[0])) if len(types) == 1 else None
        if party and committees:
            found[committees[0], party].add(sector)
    return {key: facts.end("sector", sector) for key, (sector, *others) in found.items() if not others}


def shares(row: Record, kinds: Sequence[str], counting: str = "fractional") -> dict[End, Fraction]:
    """How much of a record counts for each end of these kinds.

    Fractional counting gives each of n proposers 1/n, and each of the k ends that one stands for 1/(nk); with those
    who count for none it adds up to one. Whole counting gives each end one. (Perianes-Rodriguez, Waltman & van Eck
    2016, Constructing bibliometric networks: a comparison between full and fractional counting.)

    Raises:
        UsageError: another word for `counting` than `fractional` or `whole`.

    >>> sector = End("sector", "…/文艺界", "文艺界")
    >>> joint = Record("…/甲", Frame("proposals", None, "优秀"), ((sector,), ()), (), None)  # with a member of no seat
    >>> shares(joint, ["sector"])[sector], shares(joint, ["sector"], "whole")[sector]
    (Fraction(1, 2), Fraction(1, 1))

    """
    found: dict[End, Fraction] = defaultdict(Fraction)
    for end, divisor in portions(row.agents, kinds, counting):
        found[end] += Fraction(1, divisor)
    return dict(found)


def portions(
    agents: Sequence[Sequence[End]], kinds: Sequence[str], counting: str = "fractional"
) -> list[tuple[End, int]]:
    """The ends of these kinds that a record counts for, each with the divisor of its share; see `shares`.

    An end that several of those behind it stand for comes once for each; where counting is whole, once.
    """
    if counting == "whole":
        return [(end, 1) for end in {end for agent in agents for end in agent if end.kind in kinds}]
    if counting != "fractional":
        raise UsageError(f"there is no counting {counting!r}", hint="it is fractional or whole")
    found = []
    for agent in agents:
        ends = [end for end in agent if end.kind in kinds]
        found += [(end, len(agents) * len(ends)) for end in ends]
    return found


def by_frame(rows: Iterable[Record]) -> dict[Frame, list[Record]]:
    """The records of each frame."""
    frames: dict[Frame, list[Record]] = {}
    for row in rows:
        frames.setdefault(row.frame, []).append(row)
    return frames


def frame_order(frame: Frame) -> tuple[str, str, int, str]:
    """By committee, then by channel."""
    committee = frame.committee or End("committee", "", "")
    return (committee.label, committee.iri, list(CHANNELS).index(frame.channel), frame.list_kind)


def records_of(facts: Facts) -> Iterator[Record]:
    """What a graph has to count, in a fixed order; a record that stands in lists of two kinds comes once in each.

    A proposal counts for a sector that proposes it; a member's for the seat, where a text gives one in that committee;
    that of a party or its body for the party, and for no sector. Of what is handled like a proposal only 提案 count.
    """
    proposal = vocab.concept("form", "提案").value
    frame = cache(Frame)
    forms, committees, list_kinds, about, mains = (
        facts[curie] for curie in ("zx:form", "zx:committee", "zx:listKind", "zx:theme", "zx:mainTheme")
    )

    @cache
    def stands_for(who: str, committee: End | None) -> tuple[End, ...]:
        return tuple(ends_of(facts, who, committee))

    @cache
    def themes_of(iris: tuple[str, ...]) -> tuple[End, ...]:
        return tuple(sorted({facts.end("theme", theme) for theme in iris}))

    for channel, kind in CHANNELS.items():
        for iri in facts.instances(kind):
            if channel == "proposals" and proposal not in forms.get(iri, (proposal,)):
                continue
            whose = committees.get(iri) or facts.committee_of_statement(iri)
            committee = facts.end("committee", whose[0]) if whose else None
            main = mains.get(iri, _NONE)
            themes = themes_of((*about.get(iri, _NONE), *main))
            agents = tuple(_agents(facts, channel, iri, committee, stands_for))
            for list_kind in list_kinds.get(iri, (UNKNOWN,)):
                counted_in = frame(channel, committee, list_kind.rpartition("/")[2])
                yield Record(iri, counted_in, agents, themes, facts.end("theme", main[0]) if main else None)


def _agents(
    facts: Facts,
    channel: str,
    iri: str,
    committee: End | None,
    stands_for: Callable[[str, End | None], tuple[End, ...]],
) -> Iterator[tuple[End, ...]]:
    where = facts.of_thing(iri, "zx:place")
    places = tuple([facts.end("place", place) for place in where]) if where else ()
    if channel == "proposals":
        proposers = facts.of_thing(iri, "zx:proposer")
        for who in proposers:
            yield stands_for(who, committee) + places
        if places and not proposers:
            yield places
    elif channel == "cases":
        for host in facts.of_thing(iri, "zx:host"):
            of_host = (facts.end("place", place) for place in facts.of_thing(host, "zx:place"))
            yield (facts.end("host", host), *(places or of_host))
    elif channel == "statements":
        yield (*(facts.end("capacity", c) for c in facts.of_thing(iri, "zx:capacity")), *places)
    elif committee:
        yield (committee,)


def ends_of(facts: Facts, proposer: str, committee: End | None) -> Iterator[End]:
    """What the proposals of a proposer (an IRI) count for: its sector or party; of a member, himself and the seat."""
    kinds = {kind.rpartition("#")[2] for kind in facts.of_thing(proposer, "rdf:type")}
    if "Sector" in kinds:
        yield facts.end("sector", proposer)
    elif "Person" in kinds:  # whose party proposes nothing by that
        yield facts.end("person", proposer)
        for seat in facts.of_thing(proposer, "zx:sector"):
            if committee is None or facts.of_thing(seat, "zx:committee") in ((), (committee.iri,)):
                yield facts.end("sector", seat)
    else:
        itself = (proposer,) if proposer in facts.parties else ()
        yield from (facts.end("party", party) for party in facts.of_thing(proposer, "zx:party") or itself)
