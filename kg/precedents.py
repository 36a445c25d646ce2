"""What became of a proposal: when it was made and by whom, who handled it and how it was answered, by the graph.

The same title at several sessions is one proposal of the graph, made several times: each time is a precedent of its
own, by the texts that name its session. Every value knows where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from kg import vocab
from kg.card import Labels

FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "form": ("形式", ("zx:form",)),
    "committee": ("所属政协", ("zx:committee",)),
    "session": ("届次", ("zx:submittedTo",)),
    "number": ("提案编号", ("zx:number",)),
    "proposers": ("提案者", ("zx:firstProposer", "zx:proposer")),
    "lists": ("名单类型", ("zx:listKind",)),
    "status": ("办理状态", ("zx:status",)),
    "lead": ("主办单位", ("zx:leadHandler",)),
    "handlers": ("其他承办单位", ("zx:handler", "zx:coHandler", "zx:separateHandler")),
    "outcome": ("办理结果", ("zx:outcomeAsWritten",)),
    "feedback": ("提案者反馈", ("zx:feedback",)),
    "replied": ("答复日期", ("dcterms:date",)),
}
"""Field → its Chinese heading, and the properties of the proposal or of its reply that give it, the first one first."""
_TITLES = """
SELECT ?proposal ?title WHERE { ?proposal a zx:Proposal ; dcterms:title ?title }"""


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the place where a text says it."""

    value: str
    where: str
    """`document:line`."""
    evidence: str
    """The span's IRI."""


@dataclass(frozen=True)
class Precedent:
    """One time that a proposal was made."""

    proposal: str
    """Its IRI."""
    title: str
    fields: Mapping[str, tuple[Said, ...]]
    """Of `FIELDS` those that texts give."""
    year: str
    """That of its session, else of its reply, else of a text that names it; empty where none has a date."""
    meeting: tuple[str, int, int] | None
    """The committee whose session it was made at, with term and ordinal, where all are known."""
    stands: tuple[Said, ...] = field(default=())
    """Where its title stands."""

    def text(self, name: str) -> str:
        """The values of a field, each once; empty where no text gives any."""
        return "、".join(dict.fromkeys(said.value for said in self.fields.get(name, ())))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Every place that says something of it, those of its title first."""
        others = sorted(said.where for values in self.fields.values() for said in values)
        return tuple(dict.fromkeys([*(said.where for said in self.stands), *others]))


def titles(store: Store) -> list[tuple[str, str]]:
    """Every proposal's IRI and title, by title."""
    found = store.query(_TITLES, prefixes=vocab.PREFIXES)
    assert isinstance(found, QuerySolutions)
    listed = ((row["proposal"].value, row["title"].value) for row in found)
    return sorted(listed, key=lambda each: (each[1], each[0]))


def made_again(store: Store) -> list[str]:
    """The proposals that texts say were submitted to several sessions, sorted."""
    query = "SELECT ?p WHERE { ?p zx:submittedTo ?s } GROUP BY ?p HAVING (COUNT(DISTINCT ?s) > 1) ORDER BY ?p"
    found = store.query(query, prefixes=vocab.PREFIXES)
    assert isinstance(found, QuerySolutions)
    return [row["p"].value for row in found]


def before(one: Precedent, other: Precedent) -> bool | None:
    """Whether one was made before the other; None where the texts don't tell."""
    if one.meeting and other.meeting and one.meeting[0] == other.meeting[0] and one.meeting != other.meeting:
        return one.meeting < other.meeting
    if one.year and other.year and one.year != other.year:
        return one.year < other.year
    return None


@dataclass(frozen=True, slots=True)
class _Fact:
    predicate: str
    object: NamedNode | Literal
    evidence: str
    document: str


class Precedents:
    """Reads the precedents of proposals out of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels = Labels(store)
        self._read: dict[str, tuple[Precedent, ...]] = {}

    def of(self, proposal: str, title: str) -> tuple[Precedent, ...]:
        """Every time that a proposal was made, the earliest first as far as the texts tell."""
        if proposal not in self._read:
            self._read[proposal] = self._precedents(proposal, title)
        return self._read[proposal]

    def _precedents(self, proposal: str, title: str) -> tuple[Precedent, ...]:
        facts = sorted(
            self._facts(NamedNode(proposal)), key=lambda f: (f.document, f.predicate, str(f.object), f.evidence)
        )
        made = [self._precedent(proposal, title, group) for group in _by_session(facts)]
        if len({p.meeting and p.meeting[0] for p in made}) == 1:  # sessions of one committee
            return tuple(sorted(made, key=lambda p: (p.meeting or ("", 0, 0), p.year)))
        return tuple(sorted(made, key=lambda p: (p.year or "9999", p.text("session"))))

    def _precedent(self, proposal: str, title: str, facts: Sequence[_Fact]) -> Precedent:
        sessions = {f.object for f in facts if f.predicate == "zx:submittedTo" and isinstance(f.object, NamedNode)}
        found = {name: self._said(facts, predicates) for name, (_, predicates) in FIELDS.items()}
        session = next(iter(sessions)) if len(sessions) == 1 else None
        dated = [
            *(self._value(s, "schema:startDate") for s in sorted(sessions, key=str)),
            *(said.value for said in found["replied"]),
            *(self._value(NamedNode(f.document), "dcterms:date") for f in facts),
        ]
        return Precedent(
            proposal,
            title,
            {name: said for name, said in found.items() if said},
            next((date[:4] for date in dated if date), ""),
            self._meeting(session) if session else None,
            self._said(facts, ("dcterms:title",)),
        )

    def _said(self, facts: Sequence[_Fact], predicates: Sequence[str]) -> tuple[Said, ...]:
        """The values of some properties, those of the first property first."""
        found: dict[Said, None] = {}
        for predicate in predicates:
            for fact in facts:
                if fact.predicate == predicate:
                    where = self._labels.where(fact.evidence)
                    found[Said(self._labels.of(fact.object), where, fact.evidence)] = None
        return tuple(found)

    def _facts(self, subject: NamedNode) -> Iterator[_Fact]:
        """What texts say of a proposal and of the replies to it."""
        for quad in self._store.quads_for_pattern(None, vocab.expand("rdf:subject"), subject, None):
            assert isinstance(quad.subject, NamedNode)
            predicate, value, evidence = (
                self._object(quad.subject, name) for name in ("rdf:predicate", "rdf:object", "zx:evidence")
            )
            if not isinstance(predicate, NamedNode) or not isinstance(evidence, NamedNode) or value is None:
                continue
            document = (vocab.offsets(evidence.value) or (evidence.value, 0, 0))[0]
            yield _Fact(vocab.compact(predicate.value), value, evidence.value, document)
            if predicate == vocab.expand("zx:reply") and isinstance(value, NamedNode):
                yield from self._facts(value)

    def _object(self, subject: NamedNode, predicate: str) -> NamedNode | Literal | None:
        for quad in self._store.quads_for_pattern(subject, vocab.expand(predicate), None, None):
            if isinstance(quad.object, NamedNode | Literal):
                return quad.object
        return None

    def _meeting(self, session: NamedNode) -> tuple[str, int, int] | None:
        committee, term, ordinal = (self._value(session, p) for p in ("zx:committee", "zx:term", "zx:ordinal"))
        return (committee, int(term), int(ordinal)) if committee and term and ordinal else None

    def _value(self, subject: NamedNode, predicate: str) -> str:
        quads = self._store.quads_for_pattern(subject, vocab.expand(predicate), None, DefaultGraph())
        return min((quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)), default="")


def _by_session(facts: Sequence[_Fact]) -> Iterable[list[_Fact]]:
    """The facts of each time: those of the texts that name the same session.

    A text that names none speaks of the only one that others name; of which of several it can't be told.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.predicate == "zx:submittedTo":
            named[fact.document].add(str(fact.object))
    sessions = {frozenset(found) for found in named.values()}
    alone = next(iter(sessions)) if len(sessions) == 1 else frozenset[str]()
    groups: dict[frozenset[str], list[_Fact]] = defaultdict(list)
    for fact in facts:
        groups[frozenset(named.get(fact.document, alone))].append(fact)
    return groups.values() or [[]]
