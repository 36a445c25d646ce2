"""The graph's proposals as rows: one frozen row a proposal, with all that is counted, filtered and listed of it.

The store is read once for each property and never asked about a single proposal, so that a hundred thousand of them
are seconds. Where texts disagree, a row keeps what each of them says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.network.facts import End, Facts, named, uncollected
from kg.network.records import OWNERS, UNKNOWN, ends_of

ROLES: Final = {
    "zx:leadHandler": "主办",
    "zx:coHandler": "会办",
    "zx:separateHandler": "分办",
    "zx:handler": "承办",
}
"""Property → what a body is to the proposal that it handles; the last where no text says in what part."""
_AS_WRITTEN: Final = "category.as-written"
"""The rule that reads a category; what another rule states was computed from the main theme."""


class Named(NamedTuple):
    """A thing that a row names."""

    iri: str
    label: str


class Session(NamedTuple):
    """A meeting that proposals are submitted to."""

    iri: str
    label: str
    year: int | None
    """The year of its date, where a text gives one."""
    term: int | None = None
    ordinal: int | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """By term and number, those without first; then by name."""
        return (self.term or 0, self.ordinal or 0, gb_order(self.label), self.iri)


class Proposer(NamedTuple):
    """One of those who propose it."""

    iri: str
    label: str
    kind: str
    """`Person`, `Sector` or `Organization`."""
    counts_for: tuple[End, ...]
    """The sector or party that it counts for; of a member whose seat no text tells, none."""


class Handler(NamedTuple):
    """A body that handles it."""

    iri: str
    label: str
    role: str
    """A value of `ROLES`."""


class Honour(NamedTuple):
    """A commendation that it received."""

    iri: str
    label: str
    year: int | None


class Reply(NamedTuple):
    """An answer to it."""

    iri: str
    date: str
    """ISO 8601: a day, a month or a year; empty where no text says."""
    as_written: str
    outcome: str
    """A concept's label; empty where no words say what a letter or a phrase means."""
    feedback: str


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal, or what is handled like one. A tuple is sorted by name unless said; empty is what no text says."""

    iri: str
    title: str
    number: str
    """The official number; several joined by 、."""
    position: int | None
    """Its first place in a list."""
    committee: End | None
    sessions: tuple[Session, ...]
    """The meetings that it was submitted to: several where texts disagree, or two proposals have one title."""
    since: tuple[Session, ...]
    """The meetings that it was submitted after."""
    form: str
    list_kinds: tuple[str, ...]
    """What the lists are lists of in which it stands: 全部立案, 优秀 …; 未知 where no list says."""
    proposers: tuple[Proposer, ...]
    """The first of joint proposers first."""
    first: Proposer | None
    """The first of joint proposers, where a text says who that is."""
    kinds: tuple[str, ...]
    """The kind of proposer; several where texts disagree."""
    categories: tuple[str, ...]
    """Its place among 五位一体; several where texts disagree."""
    category_computed: bool
    """Whether no text writes the category: then it is that of the main theme."""
    main_theme: End | None
    themes: tuple[End, ...]
    statuses: tuple[str, ...]
    merged_into: tuple[Named, ...]
    key: bool
    handlers: tuple[Handler, ...]
    """By role in the order of `ROLES`, then by name; a body has its most exact role."""
    supervisors: tuple[Named, ...]
    replies: tuple[Reply, ...]
    """By date."""
    honours: tuple[Honour, ...]

    @property
    def counts_for(self) -> tuple[End, ...]:
        """The sectors and parties that it counts for, each once."""
        return tuple(sorted({end for who in self.proposers for end in who.counts_for}))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the meetings that it was submitted to and of its honours, where texts give them."""
        dated = (*(s.year for s in self.sessions), *(h.year for h in self.honours))
        return tuple(sorted({year for year in dated if year is not None}))


@uncollected()
def read_ledger(store: Store) -> tuple[Row, ...]:
    """Every proposal of a graph: by committee, meeting, number, place in its list and title.

    Args:
        store: its default graph holds the facts; from its evidence is read which categories texts write.

    """
    source = _Source(store)
    return tuple(sorted((source.row(iri) for iri in source.facts.instances("zx:Proposal")), key=_order))


def gb_order(label: str) -> tuple[bytes, str]:
    """A key that sorts names as a Chinese list does: by GB/T 2312, whose common characters stand in pinyin order.

    >>> sorted(["区水利局", "区财政局", "区科技局"], key=gb_order)
    ['区财政局', '区科技局', '区水利局']
    """
    return label.encode("gb18030", "replace"), label


class _Source:
    """A store's properties, each read once; and the rows that are made of them."""

    def __init__(self, store: Store) -> None:
        self.store, self.facts = store, Facts(store)
        self._literals: dict[str, Mapping[str, list[str]]] = {}
        self._sessions_read: dict[str, Session] = {}
        self._counts: dict[tuple[str, End | None], tuple[End, ...]] = {}
        self._written = _subjects_of(store, _AS_WRITTEN)

    def row(self, iri: str) -> Row:
        committees = self.facts.of_thing(iri, "zx:committee")
        committee = self.facts.end("committee", committees[0]) if committees else None
        proposers, first = self._proposers(iri, committee)
        categories = self._concepts(iri, "zx:category")
        mains = self.facts.of_thing(iri, "zx:mainTheme")
        return Row(
            iri,
            title=next(iter(self._texts(iri, "dcterms:title")), "") or self.facts.name(iri),
            number="、".join(self._texts(iri, "zx:number")),
            position=min(map(int, self._texts(iri, "zx:listPosition")), default=None),
            committee=committee,
            sessions=self._sessions(iri, "zx:submittedTo"),
            since=self._sessions(iri, "zx:submittedSince"),
            form=next(iter(self._concepts(iri, "zx:form")), ""),
            list_kinds=self._concepts(iri, "zx:listKind") or (UNKNOWN,),
            proposers=proposers,
            first=first,
            kinds=self._concepts(iri, "zx:proposerKind"),
            categories=categories,
            category_computed=bool(categories) and iri not in self._written,
            main_theme=self.facts.end("theme", mains[0]) if mains else None,
            themes=tuple(sorted(self.facts.end("theme", t) for t in {*self.facts.of_thing(iri, "zx:theme"), *mains})),
            statuses=self._concepts(iri, "zx:status"),
            merged_into=self._named(iri, "zx:mergedInto"),
            key="true" in self._texts(iri, "zx:keyProposal"),
            handlers=self._handlers(iri),
            supervisors=self._named(iri, "zx:supervisor"),
            replies=self._replies(iri),
            honours=self._honours(iri),
        )

    def _proposers(self, iri: str, committee: End | None) -> tuple[tuple[Proposer, ...], Proposer | None]:
        firsts = self.facts.of_thing(iri, "zx:firstProposer")
        everyone = {*self.facts.of_thing(iri, "zx:proposer"), *firsts}
        made = {who: self._proposer(who, committee) for who in everyone}
        ordered = sorted(made.values(), key=lambda who: (who.iri not in firsts, gb_order(who.label), who.iri))
        return tuple(ordered), made[firsts[0]] if len(firsts) == 1 else None

    def _proposer(self, who: str, committee: End | None) -> Proposer:
        kinds = {kind.rpartition("#")[2] for kind in self.facts.of_thing(who, "rdf:type")}
        kind = next((k for k in ("Person", "Sector") if k in kinds), "Organization")
        if (who, committee) not in self._counts:
            ends = ends_of(self.facts, who, committee)
            self._counts[who, committee] = tuple(sorted(end for end in ends if end.kind in OWNERS["proposals"]))
        return Proposer(who, self.facts.name(who), kind, self._counts[who, committee])

    def _handlers(self, iri: str) -> tuple[Handler, ...]:
        roles: dict[str, str] = {}
        for predicate, role in ROLES.items():
            for body in self.facts.of_thing(iri, predicate):
                roles.setdefault(body, role)
        order = list(ROLES.values())
        found = [Handler(body, self.facts.name(body), role) for body, role in roles.items()]
        return tuple(sorted(found, key=lambda h: (order.index(h.role), gb_order(h.label), h.iri)))

    def _replies(self, iri: str) -> tuple[Reply, ...]:
        found = map(self._reply, self.facts.of_thing(iri, "zx:reply"))
        return tuple(sorted(found, key=lambda reply: (reply.date, reply.iri)))

    def _reply(self, iri: str) -> Reply:
        return Reply(
            iri,
            date=next(iter(self._texts(iri, "dcterms:date")), ""),
            as_written="；".join(self._texts(iri, "zx:outcomeAsWritten")),
            outcome="、".join(self._concepts(iri, "zx:outcome")),
            feedback="、".join(self._concepts(iri, "zx:feedback")),
        )

    def _honours(self, iri: str) -> tuple[Honour, ...]:
        found = map(self._honour, self.facts.of_thing(iri, "zx:honour"))
        return tuple(sorted(found, key=lambda honour: (honour.label, honour.iri)))

    def _honour(self, iri: str) -> Honour:
        return Honour(iri, self.facts.name(iri), _year(self._texts(iri, "zx:forYear")))

    def _sessions(self, iri: str, predicate: str) -> tuple[Session, ...]:
        return tuple(sorted(map(self._session, self.facts.of_thing(iri, predicate)), key=lambda session: session.order))

    def _session(self, iri: str) -> Session:
        if iri not in self._sessions_read:
            dates = [*self._texts(iri, "schema:startDate"), *self._texts(iri, "dcterms:date")]
            term, ordinal = (self._number(iri, predicate) for predicate in ("zx:term", "zx:ordinal"))
            self._sessions_read[iri] = Session(iri, self.facts.name(iri), _year(dates), term, ordinal)
        return self._sessions_read[iri]

    def _number(self, iri: str, predicate: str) -> int | None:
        """The only number that a thing has of a property; None where there is none, or texts disagree."""
        found = {int(text) for text in self._texts(iri, predicate)}
        return found.pop() if len(found) == 1 else None

    def _named(self, iri: str, predicate: str) -> tuple[Named, ...]:
        found = [Named(thing, self.facts.name(thing)) for thing in self.facts.of_thing(iri, predicate)]
        return tuple(sorted(found, key=lambda thing: (gb_order(thing.label), thing.iri)))

    def _concepts(self, iri: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(map(self.facts.name, self.facts.of_thing(iri, predicate))))

    def _texts(self, iri: str, predicate: str) -> list[str]:
        if predicate not in self._literals:
            self._literals[predicate] = _literals(self.store, predicate)
        return self._literals[predicate].get(iri, [])


def _subjects_of(store: Store, rule: str) -> set[str]:
    """The IRIs of what a rule states something of."""
    assertions = [quad.subject for quad in store.quads_for_pattern(None, named("zx:rule"), Literal(rule), None)]
    subject = named("rdf:subject")
    stated = (quad.object for each in assertions for quad in store.quads_for_pattern(each, subject, None, None))
    return {thing.value for thing in stated if isinstance(thing, NamedNode)}


def _literals(store: Store, predicate: str) -> dict[str, list[str]]:
    """Subject → its literals of a property, sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, named(predicate), None, DefaultGraph()):
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
            found[quad.subject.value].append(quad.object.value)
    return {subject: sorted(values) for subject, values in found.items()}


def _year(dates: Iterable[str]) -> int | None:
    """The first of the years that dates begin with.

    >>> _year(["2031-02", "2030-12-31"]), _year([])
    (2030, None)
    """
    return min((int(date[:4]) for date in dates if date[:4].isdecimal()), default=None)


def _order(row: Row) -> tuple[object, ...]:
    return (
        (gb_order(row.committee.label), row.committee.iri) if row.committee else (gb_order(""), ""),
        tuple(session.order for session in row.sessions),
        (row.number == "", len(row.number), row.number),
        row.position or 0,
        gb_order(row.title),
        row.iri,
    )
