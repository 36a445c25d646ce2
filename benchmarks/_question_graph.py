"""An invented graph of many proposals in the contract's full shape, evidence included, as lines of N-Quads.

Ten committees with two terms of five sessions each; 30 sectors a committee and term, 20,000 members, 500 bodies that
handle proposals, the themes of the thesaurus. A text holds the proposals of one session, and what else it tells: a
consultation case, a social-opinion letter and a task for every 20 proposals, a statement for every five.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from kg import triples, vocab
from kg.lexicon import load
from kg.resources import lexicon_dir

DISTRICTS = tuple(f"{name}{kind}" for name in ("山南", "青屏", "柳河", "望江", "石湾") for kind in ("区", "县"))
_TERMS, _SESSIONS, _SECTORS, _HANDLERS, _STREETS = 2, 5, 30, 50, 20
_VERBS = ("加强", "推进", "完善", "优化", "规范", "提升", "加快", "改进", "支持", "重视")
_SURNAMES = "林邱晏柏苏顾沈陆程叶唐韩许梁宋"
_GIVEN = "知远雁回松涛若溪思齐云舟静姝怀瑾明哲书瑶"
_KINDS = ("委员个人", "委员个人", "委员个人", "委员联名", "界别")
_OUTCOMES = (("已解决", "已解决"), ("列入计划", "计划解决"), ("A类", ""), ("B类", ""))


def zh(text: str) -> Literal:
    """A Chinese text."""
    return Literal(text, language="zh")


def typed(text: str, datatype: str) -> Literal:
    """A literal of a datatype of XML Schema."""
    return Literal(text, datatype=NamedNode(vocab.PREFIXES["xsd"] + datatype))


@dataclass
class _Text:
    """The quads of one text, gathered line by line."""

    id: str
    raw: list[str] = field(default_factory=list)
    length: int = 0
    quads: list[Quad] = field(default_factory=list)
    span: NamedNode = field(init=False)

    def __post_init__(self) -> None:
        self.document, self.stated = vocab.document(self.id), vocab.facts_graph(self.id)
        self.evidence = vocab.evidence_graph(self.id)

    def line(self, words: str) -> None:
        """The next line; the facts that follow rest on it."""
        self.raw.append(words + "\n")
        self.span = vocab.span(self.id, self.length, self.length + len(words))
        self.at = self.length
        self.length += len(words) + 1
        self.quads.append(Quad(self.span, vocab.expand("zx:locator"), Literal(f"第{len(self.raw)}行"), self.evidence))

    def name(self, thing: NamedNode, kind: str, label: str) -> None:
        """A thing's type and name, and its mention in the line."""
        for predicate, value in (("rdf:type", vocab.expand(f"zx:{kind}")), ("skos:prefLabel", zh(label))):
            self.state(thing, predicate, value)
        mention = vocab.span(self.id, self.at, self.at + len(label))
        said = (
            ("rdf:type", vocab.expand("zx:Mention")),
            ("nif:referenceContext", self.document),
            ("nif:beginIndex", Literal(self.at)),
            ("nif:endIndex", Literal(self.at + len(label))),
            ("nif:anchorOf", Literal(label)),
            ("itsrdf:taIdentRef", thing),
        )
        self.quads += [Quad(mention, vocab.expand(p), o, self.evidence) for p, o in said]

    def state(self, thing: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        """A fact that needs no assertion."""
        self.quads.append(Quad(thing, vocab.expand(predicate), value, self.stated))

    def fact(self, thing: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        """A fact with its assertion."""
        self.state(thing, predicate, value)
        node = vocab.assertion(thing, vocab.expand(predicate), value, self.span, "benchmark")
        said = (
            ("rdf:type", vocab.expand("zx:Assertion")),
            ("rdf:subject", thing),
            ("rdf:predicate", vocab.expand(predicate)),
            ("rdf:object", value),
            ("zx:evidence", self.span),
            ("zx:rule", Literal("benchmark")),
            ("zx:reading", Literal(self.raw[-1].strip())),
            ("zx:confidence", typed("0.95", "decimal")),
        )
        self.quads += [Quad(node, vocab.expand(p), o, self.evidence) for p, o in said]

    def ends(self) -> Iterator[Quad]:
        """All quads, with the document's own description."""
        self.state(self.document, "rdf:type", vocab.expand("zx:Document"))
        self.state(self.document, "nif:isString", Literal("".join(self.raw)))
        self.state(self.document, "dcterms:source", Literal(f"{self.id}.xlsx"))
        self.state(self.document, "dcterms:title", zh(f"{self.id}提案目录"))
        yield from self.quads


@dataclass(frozen=True)
class _District:
    """What the texts of one district speak of."""

    name: str
    committee: NamedNode
    handlers: Sequence[NamedNode]
    streets: Sequence[NamedNode]
    people: Sequence[tuple[NamedNode, str, int]]
    """Each member with the name and the number of the seat."""


def quads(proposals: int) -> Iterator[Quad]:
    """The quads of all named graphs; the same ones each time."""
    chance = random.Random(2031)
    lexicon = load(lexicon_dir())
    themes = [(vocab.entity("Theme", row.id), row.name) for row in lexicon.themes if row.broader]
    yield from vocab.ontology_quads()
    yield from triples.thesaurus_quads(lexicon)
    each = max(1, proposals // (len(DISTRICTS) * _TERMS * _SESSIONS))
    for district in DISTRICTS:
        text = _Text(f"{district}名单")
        place = _district(district, text, chance)
        yield from text.ends()
        for term in range(1, _TERMS + 1):
            for ordinal in range(1, _SESSIONS + 1):
                yield from _session(place, term, ordinal, each, themes, chance)


def _district(name: str, text: _Text, chance: random.Random) -> _District:
    text.line(f"{name}政协委员名单")
    committee = vocab.entity("Organization", name, f"{name}政协")
    text.name(committee, "Organization", f"{name}政协")
    handlers = [vocab.entity("Organization", name, f"{name}第{n}局") for n in range(_HANDLERS)]
    for n, handler in enumerate(handlers):
        text.name(handler, "Organization", f"{name}第{n}局")
    streets = [vocab.entity("Place", name, f"第{n}街道") for n in range(_STREETS)]
    for n, street in enumerate(streets):
        text.name(street, "Place", f"第{n}街道")
    for term in range(1, _TERMS + 1):
        for n in range(_SECTORS):
            text.line(f"第{term}届 第{n}界别")
            sector = _sector(name, term, n)
            text.name(sector, "Sector", f"第{n}界别")
            text.fact(sector, "zx:committee", committee)
            text.fact(sector, "zx:term", Literal(term))
    people = [_member(name, n, text, committee, chance) for n in range(2000)]
    return _District(name, committee, handlers, streets, people)


def _sector(district: str, term: int, n: int) -> NamedNode:
    return vocab.entity("Sector", f"{district}政协", str(term), f"第{n}界别")


def _member(
    district: str, n: int, text: _Text, committee: NamedNode, chance: random.Random
) -> tuple[NamedNode, str, int]:
    name = _SURNAMES[n % 15] + _GIVEN[n // 15 % 20] + _GIVEN[n // 300 % 20]
    person, seat = vocab.entity("Person", district, name), n % _SECTORS
    post = vocab.unnamed("Affiliation", text.id, name)
    text.line(f"{name} 第{seat}界别委员")
    text.name(person, "Person", name)
    text.state(person, "foaf:name", zh(name))
    for term in range(1, _TERMS + 1):
        text.fact(person, "zx:sector", _sector(district, term, seat))
    text.state(post, "rdf:type", vocab.expand("zx:Affiliation"))
    text.fact(person, "zx:affiliation", post)
    text.fact(post, "zx:role", zh("召集人" if n < _SECTORS else "委员"))
    text.fact(post, "zx:post", zh("召集人" if n < _SECTORS else "委员"))
    text.fact(post, "org:organization", committee)
    text.fact(post, "schema:startDate", typed(f"{2022 + chance.randrange(10)}-01-15", "date"))
    return person, name, seat


def _session(
    place: _District,
    term: int,
    ordinal: int,
    count: int,
    themes: Sequence[tuple[NamedNode, str]],
    chance: random.Random,
) -> Iterator[Quad]:
    year = 2017 + term * 5 + ordinal
    label = f"{place.name}政协{'一二三四五'[term - 1]}届{'一二三四五'[ordinal - 1]}次会议"
    text = _Text(f"{place.name}-{year}")
    text.line(label)
    meeting, honour = vocab.entity("Session", place.name, label), vocab.unnamed("Honour", text.id, str(year))
    text.name(meeting, "Session", label)
    text.fact(meeting, "schema:startDate", typed(f"{year}-02-10", "date"))
    text.fact(meeting, "zx:committee", place.committee)
    text.fact(meeting, "zx:term", Literal(term))
    text.fact(meeting, "zx:ordinal", Literal(ordinal))
    text.name(honour, "Honour", f"{year}年度优秀提案")
    text.fact(honour, "zx:forYear", typed(str(year), "gYear"))
    scene = _Scene(place, term, year, meeting, honour, themes, text, chance)
    for n in range(count):
        scene.proposal(n)
        if n % 20 == 0:
            scene.case(n)
            scene.letter(n)
            scene.task(n)
        if n % 5 == 0:
            scene.statement(n)
    yield from text.ends()


@dataclass(frozen=True)
class _Scene:
    """One session of a committee, and what its text tells."""

    place: _District
    term: int
    year: int
    meeting: NamedNode
    honour: NamedNode
    themes: Sequence[tuple[NamedNode, str]]
    text: _Text
    chance: random.Random

    def proposal(self, n: int) -> None:
        """All that a ledger tells of a proposal."""
        thing, kind = self._titled("Proposal", n, "提案"), self.chance.choice(_KINDS)
        tell = self.text.fact
        for who in self._proposers(kind):
            tell(thing, "zx:proposer", who)
        tell(thing, "zx:proposerKind", vocab.concept("proposerKind", kind))
        tell(thing, "zx:listKind", vocab.concept("listKind", "全部立案"))
        tell(thing, "zx:number", Literal(f"{self.year}{n:04}"))
        tell(thing, "zx:listPosition", Literal(n + 1))
        tell(thing, "zx:submittedTo", self.meeting)
        tell(thing, "zx:status", vocab.concept("status", "立案"))
        if self.chance.random() < 0.1:
            tell(thing, "zx:honour", self.honour)
        if self.chance.random() < 0.95:
            tell(thing, "zx:leadHandler", self.chance.choice(self.place.handlers))
            for handler in self.chance.sample(self.place.handlers, self.chance.choice((0, 0, 1, 2))):
                tell(thing, "zx:coHandler", handler)
            if self.chance.random() < 0.05:
                tell(thing, "zx:supervisor", self.chance.choice(self.place.people)[0])
            if self.chance.random() < 0.9:
                self._reply(thing, n)

    def letter(self, n: int) -> None:
        """A social-opinion letter; two thirds of them led to action."""
        thing = self._titled("Proposal", n, "社情民意信息")
        self.text.fact(thing, "zx:proposer", self.chance.choice(self.place.people)[0])
        if self.chance.random() < 0.67:
            self.text.fact(thing, "zx:handler", self.chance.choice(self.place.handlers))

    def case(self, n: int) -> None:
        """A consultation case of a street."""
        street = self.chance.randrange(_STREETS)
        label = f"第{street}街道议事厅"
        host = vocab.entity("Organization", self.place.name, label)
        thing = self._titled("ConsultationCase", n, "案例")
        self.text.name(host, "Organization", label)
        self.text.fact(host, "zx:place", self.place.streets[street])
        self.text.fact(thing, "zx:host", host)
        self.text.fact(thing, "zx:place", self.place.streets[street])

    def task(self, n: int) -> None:
        """An item of the year's plan."""
        thing = self._titled("Task", n, "任务")
        self.text.fact(thing, "zx:forYear", typed(str(self.year), "gYear"))
        self.text.fact(thing, "zx:taskKind", vocab.concept("taskKind", "专题协商"))
        self.text.fact(thing, "schema:actionStatus", vocab.concept("actionStatus", "planned"))

    def statement(self, n: int) -> None:
        """What a member or one of the public said."""
        person, name, _ = self.chance.choice(self.place.people)
        theme, about = self.chance.choice(self.themes)
        words = f"希望做好{about}（{self.year}年第{n}次）"
        thing = vocab.unnamed("Statement", self.text.id, name, words)
        self.text.line(f"{name}说：“{words}。”")
        self.text.state(thing, "rdf:type", vocab.expand("zx:Statement"))
        self.text.fact(thing, "zx:speaker", person)
        self.text.fact(thing, "zx:quote", zh(words))
        self.text.fact(thing, "zx:capacity", vocab.concept("capacity", self.chance.choice(("群众", "委员"))))
        self.text.fact(thing, "zx:statementKind", vocab.concept("statementKind", self.chance.choice(("期盼", "建议"))))
        self._about(thing, [theme])
        if self.chance.random() < 0.2:
            self.text.fact(thing, "zx:onBehalfOf", self.chance.choice(self.place.handlers))

    def _titled(self, kind: str, n: int, form: str) -> NamedNode:
        about = self.chance.sample(self.themes, self.chance.choice((1, 1, 2)))
        words = "与".join(name for _, name in about)
        title = f"关于{self.chance.choice(_VERBS)}{words}的建议（{self.year}年第{n}件{form}）"
        thing = vocab.entity(kind, self.place.name, title)
        self.text.line(f"{n}\t{title}")
        self.text.name(thing, kind, title)
        self.text.state(thing, "dcterms:title", zh(title))
        self.text.fact(thing, "zx:committee", self.place.committee)
        if kind == "Proposal":
            self.text.fact(thing, "zx:form", vocab.concept("form", form))
            if self.chance.random() < 0.3:
                self.text.fact(thing, "zx:place", self.chance.choice(self.place.streets))
        self._about(thing, [theme for theme, _ in about])
        return thing

    def _about(self, thing: NamedNode, about: Sequence[NamedNode]) -> None:
        for theme in about:
            self.text.fact(thing, "zx:theme", theme)
        self.text.fact(thing, "zx:mainTheme", about[0])
        self.text.fact(thing, "zx:category", vocab.concept("category", "社会建设"))

    def _proposers(self, kind: str) -> Iterator[NamedNode]:
        if kind == "界别":
            yield _sector(self.place.name, self.term, self.chance.randrange(_SECTORS))
            return
        chosen = self.chance.sample(self.place.people, 3 if kind == "委员联名" else 1)
        yield from (person for person, _, _ in chosen)

    def _reply(self, proposal: NamedNode, n: int) -> None:
        written, outcome = self.chance.choice(_OUTCOMES)
        reply = vocab.unnamed("Reply", self.text.id, str(n))
        self.text.state(reply, "rdf:type", vocab.expand("zx:Reply"))
        self.text.fact(proposal, "zx:reply", reply)
        self.text.fact(reply, "zx:outcomeAsWritten", Literal(written))
        if outcome:
            self.text.fact(reply, "zx:outcome", vocab.concept("outcome", outcome))
        self.text.fact(reply, "dcterms:date", typed(f"{self.year}-{1 + n % 12:02}-20", "date"))


def write_store(folder: str, proposals: int) -> int:
    """Write the graph as a store into an empty folder, its default graph as a build computes it; how many quads."""
    store, count, pending = Store(folder), 0, []
    for quad in quads(proposals):
        pending.append(quad)
        if len(pending) >= 1_000_000:
            count += _load(store, pending)
            pending = []
    count += _load(store, pending)
    store.optimize()
    return count


def _load(store: Store, pending: Sequence[Quad]) -> int:
    stated = [Quad(q.subject, q.predicate, q.object) for q in pending if not str(q.graph_name).endswith("#evidence>")]
    data = serialize([*stated, *pending], format=RdfFormat.N_QUADS) or b""
    store.bulk_load(data, format=RdfFormat.N_QUADS)
    return len(stated) + len(pending)
