"""An invented graph of about as many things as told: what the page's benchmark and its pictures are made of.

Sectors have favourite themes, so that a picture of it has something to say; titles, people and places are made up.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from itertools import count

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import triples, vocab
from kg.lexicon import Lexicon, ThemeRow, load
from kg.resources import lexicon_dir

_DOCUMENT = "invented-ledger"
_COMMITTEE = "云岭区政协"
_SECTORS = (
    "经济界",
    "农业界",
    "教育界",
    "科学技术界",
    "医药卫生界",
    "文化艺术界",
    "社会科学界",
    "体育界",
    "新闻出版界",
    "工会界",
    "妇联界",
    "青联界",
    "工商联界",
    "科协界",
    "侨联界",
    "台胞台属界",
    "民族界",
    "宗教界",
    "特邀人士界",
    "无党派人士界",
    "社会福利和社会保障界",
    "环境资源界",
    "对外友好界",
    "对台侨务界",
    "共青团界",
)
_PARTIES = ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟")
_SURNAMES = "林邱晏柏苏顾沈陆程叶唐韩许梁宋"
_GIVEN = "知雁松若思云静怀明书远回涛溪齐舟姝瑾哲瑶"
_VERBS = ("加强", "推进", "完善", "优化", "规范", "提升", "加快", "改进", "支持", "重视")
_PLACES = (
    "老旧小区",
    "城郊结合部",
    "沿江地带",
    "中心城区",
    "农村地区",
    "产业园区",
    "学校周边",
    "商业街区",
    "背街小巷",
    "山区乡村",
)


def graph(things: int, seed: int = 2031) -> Store:
    """A store of about so many entities: three in four are proposals, one in eight a member."""
    chance = random.Random(seed)
    lexicon = load(lexicon_dir())
    said = _Said()
    themes = [row for row in lexicon.themes if row.broader]
    chance.shuffle(themes)
    themes = themes[: max(12, min(300, things // 12))]
    sectors = [said.thing("Sector", name) for name in _SECTORS]
    parties = [said.thing("Organization", name) for name in _PARTIES]
    tastes = [chance.sample(range(len(themes)), 6) for _ in sectors + parties]
    members = []
    for n in range(max(4, things // 8)):
        name = f"{chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}{chance.choice(_GIVEN)}"
        sector = chance.randrange(len(sectors))
        member = said.thing("Person", name, key=f"{name}{n}")
        said.fact(member, "zx:sector", sectors[sector], f"{name}，{_SECTORS[sector]}")
        members.append((member, sector))
    for n in range(things - len(said.known) - len(themes) - things // 40):
        row = f"{n + 1:05}"
        whose, own = _proposers(chance, members, sectors, parties)
        about = [_theme(chance, themes, tastes[own]) for _ in range(1 if chance.random() < 0.7 else 2)]
        title = f"关于{chance.choice(_VERBS)}{chance.choice(_PLACES)}{about[0].name}工作（{row}）的建议"
        proposal = said.thing("Proposal", title, title=True)
        row = f"{row}\t{title}"
        said.fact(proposal, "zx:number", Literal(f"2031{n + 1:05}"), row)
        said.fact(proposal, "zx:form", vocab.concept("form", "提案"), row)
        said.fact(proposal, "zx:committee", said.committee, row)
        said.fact(proposal, "zx:listKind", vocab.concept("listKind", "全部立案"), row)
        said.fact(proposal, "zx:category", vocab.concept("category", about[0].wuwei), row)
        for who in whose:
            said.fact(proposal, "zx:proposer", who, row)
        said.fact(proposal, "zx:mainTheme", vocab.entity("Theme", about[0].id), row)
        for theme in about:
            said.fact(proposal, "zx:theme", vocab.entity("Theme", theme.id), row)
    for n in range(things // 80):
        about = _theme(chance, themes, tastes[n % len(tastes)])
        case = said.thing("ConsultationCase", f"议一议{about.name}的那些事（{n + 1}）", title=True)
        row = f"案例{n + 1}"
        said.fact(case, "zx:host", said.thing("Organization", f"第{n + 1}社区议事厅"), row)
        said.fact(case, "zx:theme", vocab.entity("Theme", about.id), row)
    return said.store(lexicon)


def _proposers(
    chance: random.Random,
    members: list[tuple[NamedNode, int]],
    sectors: list[NamedNode],
    parties: list[NamedNode],
) -> tuple[list[NamedNode], int]:
    """Who proposes, and whose tastes that follows."""
    kind = chance.random()
    if kind < 0.15:
        own = min(int(len(sectors) * chance.random() ** 1.5), len(sectors) - 1)
        return [sectors[own]], own
    if kind < 0.25:
        party = chance.randrange(len(parties))
        return [parties[party]], len(sectors) + party
    first, own = chance.choice(members)
    return [first, *({chance.choice(members)[0]} - {first} if kind > 0.9 else ())], own


def _theme(chance: random.Random, themes: list[ThemeRow], taste: list[int]) -> ThemeRow:
    """Half of the time a favourite, else any, the first ones more often."""
    number = chance.choice(taste) if chance.random() < 0.5 else int(len(themes) * chance.random() ** 2)
    return themes[number]


class _Said:
    """The quads, and the text that states them: a line for each row that a fact is read from."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self.known: set[NamedNode] = set()
        self._lines: dict[str, tuple[int, int]] = {}
        self._length = 0
        self._numbers = count()
        self.committee = self.thing("Organization", _COMMITTEE)

    def thing(self, kind: str, name: str, key: str = "", title: bool = False) -> NamedNode:
        node = vocab.entity(kind, "云岭区", key or name)
        self.known.add(node)
        self._state(node, "rdf:type", vocab.expand(f"zx:{kind}"))
        self._state(node, "skos:prefLabel", Literal(name, language="zh"))
        if title:
            self._state(node, "dcterms:title", Literal(name, language="zh"))
        if kind == "Person":
            self._state(node, "foaf:name", Literal(name, language="zh"))
        return node

    def fact(self, subject: NamedNode, predicate: str, value: NamedNode | Literal, line: str) -> None:
        if line not in self._lines:
            self._lines[line] = (self._length, self._length + len(line))
            self._length += len(line) + 1
        self._state(subject, predicate, value)
        evidence = vocab.span(_DOCUMENT, *self._lines[line])
        node = vocab.assertion(subject, vocab.expand(predicate), value, evidence, "invented")
        for p, o in (
            ("rdf:type", vocab.expand("zx:Assertion")),
            ("rdf:subject", subject),
            ("rdf:predicate", vocab.expand(predicate)),
            ("rdf:object", value),
            ("zx:evidence", evidence),
            ("zx:rule", Literal("invented")),
        ):
            self.quads.append(Quad(node, vocab.expand(p), o, vocab.evidence_graph(_DOCUMENT)))

    def store(self, lexicon: Lexicon) -> Store:
        text = "".join(f"{line}\n" for line in self._lines)
        document = vocab.document(_DOCUMENT)
        self._state(document, "rdf:type", vocab.expand("zx:Document"))
        self._state(document, "dcterms:source", Literal(f"{_DOCUMENT}.txt"))
        self._state(document, "dcterms:title", Literal("提案台账（虚构）", language="zh"))
        self._state(document, "nif:isString", Literal(text))
        self._state(document, "zx:sha256", Literal(hashlib.sha256(text.encode()).hexdigest()))
        self._state(document, "zx:committee", self.committee)
        store = Store()
        stated = [*self.quads, *self._thesaurus(lexicon), *vocab.ontology_quads()]
        store.bulk_extend(stated)
        store.bulk_extend(
            Quad(q.subject, q.predicate, q.object)
            for q in stated
            if isinstance(q.graph_name, NamedNode) and not q.graph_name.value.endswith("#evidence")
        )
        return store

    def _thesaurus(self, lexicon: Lexicon) -> Iterator[Quad]:
        yield from triples.thesaurus_quads(lexicon)

    def _state(self, node: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        self.quads.append(Quad(node, vocab.expand(predicate), value, vocab.facts_graph(_DOCUMENT)))
