"""From the store to records: what is counted, whom it counts for, and in which frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg import vocab
from kg.errors import UsageError

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
    "host": "主办单位",
    "place": "地点",
    "capacity": "发言身份",
    "committee": "政协",
    "theme": "议题",
}
"""What may stand at an end of a tie → how people read it."""
GROUPS: Final = {
    "proposals": (("sector", "sector-type", "party"),),
    "cases": (("host",), ("place",)),
    "statements": (("capacity",), ("place",)),
    "tasks": (("committee",),),
}
"""Channel → the kinds of ends that stand opposite the themes, a graph a group. The first says whose a record is."""
UNKNOWN: Final = "未知"
"""The kind of list where no text says it."""


class End(NamedTuple):
    """What may stand at one end of a tie."""

    kind: str
    """One of `KINDS`."""
    iri: str
    label: str


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


def read_records(store: Store) -> tuple[Record, ...]:
    """What a graph has to count, in a fixed order; a record that stands in lists of two kinds comes once in each.

    A proposal counts for a sector that proposes it; a member's for the seat, where a text gives one in that committee;
    that of a party or its body for the party, and for no sector. Of what is handled like a proposal only 提案 count.
    """
    return tuple(records_of(Facts(store)))


def rolled_up(rows: Iterable[Record], tops: Mapping[str, End]) -> tuple[Record, ...]:
    """The records with each theme replaced by its top theme; two themes under one top count once.

    Args:
        rows: the records.
        tops: a theme's IRI → its top theme; a theme that is not in it stays.

    """

    def top(theme: End) -> End:
        return tops.get(theme.iri, theme)

    return tuple(
        replace(row, themes=tuple(sorted({top(t) for t in row.themes})), main=top(row.main) if row.main else None)
        for row in rows
    )


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
    for end, divisor in portions(row, kinds, counting):
        found[end] += Fraction(1, divisor)
    return dict(found)


def portions(row: Record, kinds: Sequence[str], counting: str = "fractional") -> list[tuple[End, int]]:
    """The ends of these kinds that a record counts for, each with the divisor of its share; see `shares`.

    An end that several proposers stand for comes once for each; where counting is whole, once.
    """
    if counting == "whole":
        return [(end, 1) for end in {e for agent in row.agents for e in agent if e.kind in kinds}]
    if counting != "fractional":
        raise UsageError(f"there is no counting {counting!r}", hint="it is fractional or whole")
    found = []
    for agent in row.agents:
        ends = [end for end in agent if end.kind in kinds]
        found += [(end, len(row.agents) * len(ends)) for end in ends]
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


class Facts:
    """Subject → objects of each property that records are made of, read once; and the names of ends."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[str, dict[str, list[str]]] = {}
        self._ends: dict[tuple[str, str], End] = {}

    def __getitem__(self, predicate: str) -> Mapping[str, list[str]]:
        if predicate not in self._read:
            found: dict[str, list[str]] = defaultdict(list)
            for quad in self.store.quads_for_pattern(None, named(predicate), None, DefaultGraph()):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                    found[quad.subject.value].append(quad.object.value)
            self._read[predicate] = {subject: sorted(values) for subject, values in found.items()}
        return self._read[predicate]

    def of(self, subject: str, predicate: str) -> list[str]:
        """The IRIs that a thing has of a property, sorted."""
        return self[predicate].get(subject, [])

    def end(self, kind: str, iri: str) -> End:
        """The end of that IRI with its name."""
        if (kind, iri) not in self._ends:
            self._ends[kind, iri] = End(kind, iri, name(self.store, iri))
        return self._ends[kind, iri]

    def instances(self, kind: str) -> list[str]:
        """The IRIs of a class, sorted."""
        quads = self.store.quads_for_pattern(None, vocab.expand("rdf:type"), vocab.expand(kind), DefaultGraph())
        return sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))

    def above(self, theme: str) -> list[End]:
        """The themes above one, the nearest first (the tree gives a theme one parent)."""
        above: list[str] = []
        while (parents := self.of(theme, "skos:broader")) and parents[0] not in above:
            theme = parents[0]
            above.append(theme)
        return [self.end("theme", iri) for iri in above]


def named(curie: str) -> NamedNode:
    """A property to read: one that no text has given yet, such as a member's zx:sector, need not be declared for it."""
    prefix, _, local = curie.partition(":")
    return NamedNode(vocab.PREFIXES[prefix] + local)


def texts(store: Store, subject: str, predicate: str) -> list[str]:
    """The Chinese literals that a thing has of a property, sorted."""
    quads = store.quads_for_pattern(NamedNode(subject), named(predicate), None, DefaultGraph())
    return sorted(q.object.value for q in quads if isinstance(q.object, Literal) and q.object.language == "zh")


def name(store: Store, iri: str) -> str:
    """A thing's Chinese name; a statement's words; the end of its IRI where it has neither."""
    for predicate in ("skos:prefLabel", "dcterms:title", "zx:quote"):
        if found := texts(store, iri, predicate):
            return found[0]
    return iri.rpartition("/")[2]


def records_of(facts: Facts) -> Iterator[Record]:
    """See `read_records`."""
    proposal = vocab.concept("form", "提案").value
    documents = _committees_of_statements(facts)
    for channel, kind in CHANNELS.items():
        for iri in facts.instances(kind):
            if channel == "proposals" and proposal not in (facts.of(iri, "zx:form") or [proposal]):
                continue
            committees = facts.of(iri, "zx:committee") or documents.get(iri, [])
            committee = facts.end("committee", committees[0]) if committees else None
            themes = {*facts.of(iri, "zx:theme"), *facts.of(iri, "zx:mainTheme")}
            main = [facts.end("theme", theme) for theme in facts.of(iri, "zx:mainTheme")]
            for list_kind in facts.of(iri, "zx:listKind") or [UNKNOWN]:
                yield Record(
                    iri,
                    Frame(channel, committee, list_kind.rpartition("/")[2]),
                    tuple(_agents(facts, channel, iri, committee)),
                    tuple(sorted(facts.end("theme", theme) for theme in themes)),
                    main[0] if main else None,
                )


def _agents(facts: Facts, channel: str, iri: str, committee: End | None) -> Iterator[tuple[End, ...]]:
    places = facts.of(iri, "zx:place")
    if channel == "proposals":
        yield from (tuple(_stands_for(facts, who, committee)) for who in facts.of(iri, "zx:proposer"))
    elif channel == "cases":
        for host in facts.of(iri, "zx:host"):
            where = places or facts.of(host, "zx:place")
            yield (facts.end("host", host), *(facts.end("place", place) for place in where))
    elif channel == "statements":
        capacities = (facts.end("capacity", capacity) for capacity in facts.of(iri, "zx:capacity"))
        yield (*capacities, *(facts.end("place", place) for place in places))
    elif committee:
        yield (committee,)


def _stands_for(facts: Facts, proposer: str, committee: End | None) -> Iterator[End]:
    """The sector or party that a proposer's proposal counts for."""
    kinds = {kind.rpartition("#")[2] for kind in facts.of(proposer, "rdf:type")}
    if "Sector" in kinds:
        yield facts.end("sector", proposer)
    elif "Person" in kinds:  # whose party proposes nothing by that
        for seat in facts.of(proposer, "zx:sector"):
            if committee is None or facts.of(seat, "zx:committee") in ([], [committee.iri]):
                yield facts.end("sector", seat)
    else:
        is_party = facts.store.quads_for_pattern(None, named("zx:party"), NamedNode(proposer), DefaultGraph())
        itself = [proposer] if next(is_party, None) else []
        yield from (facts.end("party", party) for party in facts.of(proposer, "zx:party") or itself)


def _committees_of_statements(facts: Facts) -> dict[str, list[str]]:
    """A statement's IRI → the committee that its document is about, for a statement itself belongs to none."""
    found: dict[str, list[str]] = {}
    for quad in facts.store.quads_for_pattern(None, vocab.expand("rdf:type"), vocab.expand("zx:Statement"), None):
        if isinstance(quad.graph_name, NamedNode) and isinstance(quad.subject, NamedNode):
            document = quad.graph_name.value.removesuffix("#facts")
            found[quad.subject.value] = facts.of(document, "zx:committee")
    return found
