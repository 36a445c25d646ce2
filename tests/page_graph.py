"""A committee's newspaper page as a graph, by hand: invented people and places, every fact with its words.

What the tests of the page read. It follows the contract as a build does, so it needs no build.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import vocab

HOME = "青屏区"
COMMITTEE = "青屏区政协"

TEXT = (Path(__file__).parent / "page_text.txt").read_text(encoding="utf-8")

CITIZENS = ("程巧云", "薛奶奶", "欧阳若兰")
"""Whom the page must not name."""

SECTORS = ("文化艺术界别", "经济界别", "工会界别", "工商联界别", "无党派人士界别", "农业界别")

PROPOSALS = (
    ("文化艺术界别", '关于建设"云上书屋"推进全民阅读的建议', "界别", ("reading", "culture"), "文化建设"),
    ("经济界别", "关于加大先进制造业招商引资力度的建议", "界别", ("investment", "manufacturing"), "经济建设"),
    ("顾长安", "关于优化营商环境 激发青年创业活力的建议", "委员个人", ("business", "youth"), "经济建设"),
    ("工会界别", "关于构建和谐劳动关系 保障新就业形态劳动者权益的建议", "界别", ("labour",), "社会建设"),
    (
        "工商联界别",
        "关于搭建民营企业融资服务平台,助力中小企业高质量发展的建议",
        "界别",
        ("private", "finance"),
        "经济建设",
    ),
    ("民盟青屏区支部", "关于完善职业教育产教融合机制的建议", "党派", ("vocational", "education"), "社会建设"),
    ("无党派人士界别", "关于加强清溪湿地公园生态修复的建议", "界别", ("wetland",), "生态文明建设"),
    ("农业界别", "关于推动茶产业园区建设的建议", "界别", ("farming",), "经济建设"),
    ("骆千秋", "关于规范老旧小区地名标志的建议", "委员个人", ("placenames", "renewal"), "政治建设"),
    ("溪畔委员工作室", '关于进一步完善"租购并举",促进区域职住平衡的建议', "委员工作室", ("housing",), "社会建设"),
)

CASES = (
    ("柳浦街道议事厅", '家门口的"小修小补" 议出便民大幸福', ("community",)),
    ("石湾街道议事厅", "盘活闲置楼宇 引来产业活水", ("investment", "renewal")),
    ("东岚街道议事厅", '从"两张皮"到"一条心" 推进安置小区共治', ("community", "housing")),
    ("南岚街道议事厅", "新就业群体议事制 议出工友新家园", ("labour",)),
    ("和苑社区协商驿站", "唱响营商协奏曲 携手茶农奔共富", ("business", "farming")),
    ("前溪社区协商驿站", '"一老一小"齐上阵 协商文化润万家', ("elderly", "consultation")),
)

TASKS = (
    ("推进产城融合发展", "全会联组会议协商", ("planning",)),
    ("打造先进制造业集聚区", "专题协商", ("manufacturing",)),
    ("培育茶叶区域 公共品牌", "专题协商", ("farming",)),
    ("建设15分钟健身圈", "专题协商", ("sport",)),
    ("老旧厂房更新利用", "课题研究", ("renewal",)),
    ("湿地生态补偿", "课题研究", ("wetland",)),
    ("校园食品安全", "协商式监督", ("food", "education")),
    ("公共停车改革", "协商式监督", ("transport",)),
)

STATEMENTS = (
    (
        "沈文文",
        "党支部书记",
        "柳浦街道银杏社区",
        "干部/工作人员",
        "我希望相关部门加大对社区环境改造的投入",
        ("community",),
    ),
    ("程巧云", "学生家长", "青屏实验小学", "群众", "她建议相关部门在教育方面进行多元化尝试", ("education",)),
    (
        "薛奶奶",
        "居民",
        "石湾街道柳岸社区",
        "群众",
        "薛奶奶希望社区医院能够提供更多的慢性病诊疗服务",
        ("health", "elderly"),
    ),
    ("翁晓棠", "工作人员", "东岚街道", "干部/工作人员", "我希望辖区企业进一步加强安全生产管理", ("safety",)),
    (
        "宁致和",
        "主任",
        "石湾街道社区卫生服务中心",
        "干部/工作人员",
        "希望代表委员们提出更多医疗保障方面的建议",
        ("health",),
    ),
    ("欧阳若兰", "学生", "江南理工大学", "群众", "希望接下来能有更多的阅读好去处", ("reading",)),
)

THEMES = {
    "reading": ("全民阅读", "culture"),
    "culture": ("公共文化服务", ""),
    "investment": ("招商引资", "industry"),
    "manufacturing": ("先进制造业", "industry"),
    "industry": ("产业与企业", ""),
    "business": ("营商环境", "industry"),
    "youth": ("青年创业", ""),
    "labour": ("劳动关系", ""),
    "private": ("民营经济", "industry"),
    "finance": ("金融服务", ""),
    "vocational": ("职业教育", "education"),
    "education": ("教育", ""),
    "wetland": ("湿地保护", ""),
    "farming": ("现代农业", ""),
    "placenames": ("地名管理", ""),
    "renewal": ("城市更新", ""),
    "housing": ("住房保障", ""),
    "community": ("基层治理", ""),
    "elderly": ("养老服务", ""),
    "consultation": ("协商文化", ""),
    "planning": ("产城融合", ""),
    "sport": ("全民健身", ""),
    "food": ("食品安全", ""),
    "transport": ("交通停车", ""),
    "health": ("医疗卫生", ""),
    "safety": ("安全生产", ""),
}


@dataclass
class PageGraph:
    """The quads of one document, gathered fact by fact."""

    id: str
    text: str
    quads: list[Quad] = field(default_factory=list)

    def thing(self, kind: str, name: str, *other: str, key: str = "", title: bool = False) -> NamedNode:
        """A named entity with its preferred name and the others."""
        node = vocab.entity(kind, HOME, key or name)
        self._state(node, "rdf:type", vocab.expand(f"zx:{kind}"))
        self._state(node, "skos:prefLabel", Literal(name, language="zh"))
        if kind == "Person":
            self._state(node, "foaf:name", Literal(name, language="zh"))
        if title:
            self._state(node, "dcterms:title", Literal(name, language="zh"))
        for alias in other:
            self._state(node, "skos:altLabel", Literal(alias, language="zh"))
        return node

    def unnamed(self, kind: str, *parts: str) -> NamedNode:
        """What has no name of its own."""
        node = vocab.unnamed(kind, self.id, *parts)
        self._state(node, "rdf:type", vocab.expand(f"zx:{kind}"))
        return node

    def mention(self, node: NamedNode, words: str, within: str = "") -> None:
        """The first place where `words` stand, inside the sentence `within`; blanks of line ends may part them."""
        start, end = self._find(words, *self.sentence(within or words))
        at = vocab.entity("Mention", self.id, f"{start}-{end}")
        graph = vocab.evidence_graph(self.id)
        values = [
            ("rdf:type", vocab.expand("zx:Mention")),
            ("nif:referenceContext", vocab.document(self.id)),
            ("nif:beginIndex", Literal(start)),
            ("nif:endIndex", Literal(end)),
            ("nif:anchorOf", Literal(self.text[start:end])),
            ("itsrdf:taIdentRef", node),
        ]
        if self.text[start:end] != words:
            values.append(("zx:reading", Literal(words)))
        self.quads += [Quad(at, vocab.expand(p), o, graph) for p, o in values]

    def fact(
        self, subject: NamedNode, predicate: str, value: NamedNode | Literal, words: str, rule: str = "by-hand"
    ) -> None:
        """A fact whose evidence is the sentence or row in which `words` stand."""
        start, end = self.sentence(words)
        self._state(subject, predicate, value)
        evidence = vocab.span(self.id, start, end)
        node = vocab.assertion(subject, vocab.expand(predicate), value, evidence, rule)
        graph = vocab.evidence_graph(self.id)
        reading = re.sub(r"(?<=[一-鿿]) (?=[一-鿿]，?)", "", self.text[start:end])
        values = [
            ("rdf:type", vocab.expand("zx:Assertion")),
            ("rdf:subject", subject),
            ("rdf:predicate", vocab.expand(predicate)),
            ("rdf:object", value),
            ("zx:evidence", evidence),
            ("zx:rule", Literal(rule)),
        ]
        # A row's blanks part a title's halves and are kept, as a build keeps them.
        if "\t" not in self.text[start:end] and "《" not in self.text[start:end]:
            values.append(("zx:reading", Literal(reading)))
        self.quads += [Quad(node, vocab.expand(p), o, graph) for p, o in values]

    def describe(self, title: str) -> None:
        """The document's own description."""
        node = vocab.document(self.id)
        self._state(node, "rdf:type", vocab.expand("zx:Document"))
        self._state(node, "dcterms:source", Literal(f"{self.id}.txt"))
        self._state(node, "dcterms:title", Literal(title, language="zh"))
        self._state(node, "nif:isString", Literal(self.text))
        self._state(node, "zx:sha256", Literal(hashlib.sha256(self.text.encode()).hexdigest()))

    def sentence(self, words: str) -> tuple[int, int]:
        """The sentence or line around `words`."""
        start, end = self._find(words, 0, len(self.text))
        while start and self.text[start - 1] not in "。\n":
            start -= 1
        if self.text[start - 1 : start + 1] == '。"' and self.text[:start].count('"') % 2:
            start += 1  # the closing quotation mark belongs to the sentence before
        while end < len(self.text) and self.text[end - 1] not in "。" and self.text[end] not in "\n":
            end += 1
        if self.text[end : end + 1] == '"' and self.text[end - 1] == "。":
            end += 1
        return start, end

    def _find(self, words: str, start: int, end: int) -> tuple[int, int]:
        pattern = re.compile(r"[ \n]?".join(re.escape(c) for c in words if c != " "))
        found = pattern.search(self.text, start, end)
        assert found, f"{words} stands nowhere in {self.id}"
        return found.span()

    def _state(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        self.quads.append(Quad(subject, vocab.expand(predicate), value, vocab.facts_graph(self.id)))


def year(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(vocab.PREFIXES["xsd"] + "gYear"))


def day(value: str) -> Literal:
    return Literal(value, datatype=NamedNode(vocab.PREFIXES["xsd"] + "date"))


def theme(id_: str) -> NamedNode:
    return vocab.entity("Theme", id_)


def thesaurus() -> list[Quad]:
    """The themes, in their own graph."""
    quads = []
    for id_, (name, broader) in THEMES.items():
        triples = [
            ("rdf:type", vocab.expand("zx:Theme")),
            ("rdf:type", vocab.expand("skos:Concept")),
            ("skos:prefLabel", Literal(name, language="zh")),
            ("skos:prefLabel", Literal(id_, language="en")),
            ("skos:inScheme", vocab.concept_scheme("theme")),
        ]
        if broader:
            triples.append(("skos:broader", theme(broader)))
        quads += [Quad(theme(id_), vocab.expand(p), o, vocab.GRAPHS["thesaurus"]) for p, o in triples]
    aliases = {"elderly": "适老化", "community": "社区治理"}
    for id_, alias in aliases.items():
        quads.append(
            Quad(theme(id_), vocab.expand("skos:altLabel"), Literal(alias, language="zh"), vocab.GRAPHS["thesaurus"])
        )
    return quads


def _session(page: PageGraph) -> tuple[NamedNode, NamedNode]:
    sentence = "3月6日上午"
    session = page.thing("Session", "青屏区政协二届三次会议", "区政协二届三次会议")
    sitting = page.thing("Session", "青屏区政协二届三次会议第一次全体会议")
    chairs = page.thing("Session", "青屏区政协二届十八次主席会议")
    page.fact(sitting, "dcterms:isPartOf", session, sentence)
    page.fact(sitting, "schema:startDate", day("2031-03-06"), sentence)
    page.fact(chairs, "zx:meetingKind", vocab.concept("meetingKind", "主席会议"), "二届十八次主席会议")
    page.mention(session, "区政协二届三次会议", sentence)
    return sitting, chairs


def _proposals(page: PageGraph, committee: NamedNode, honour: NamedNode) -> None:
    for position, (who, title, kind, themes, category) in enumerate(PROPOSALS, start=1):
        proposal = page.thing("Proposal", title, title=True)
        agent_kind = "Sector" if who in SECTORS else "Person" if kind == "委员个人" else "Organization"
        others = {"民盟青屏区支部": ("民盟区支部",), "经济界别": ("经济界",)}.get(who, ())
        agent = page.thing(agent_kind, who, *others)
        row = f"{position}\t{who}"
        page.mention(agent, who, row)
        page.mention(proposal, title, row)
        page.fact(proposal, "zx:proposer", agent, row, "honour-list")
        page.fact(proposal, "zx:firstProposer", agent, row, "honour-list")
        page.fact(proposal, "zx:proposerKind", vocab.concept("proposerKind", kind), row, "honour-list")
        page.fact(proposal, "zx:listPosition", Literal(position), row, "honour-list")
        page.fact(proposal, "zx:form", vocab.concept("form", "提案"), row, "honour-list")
        page.fact(proposal, "zx:category", vocab.concept("category", category), row, "theme-words")
        page.fact(proposal, "zx:honour", honour, row, "honour-list")
        page.fact(proposal, "zx:listKind", vocab.concept("listKind", "优秀"), "2030年度区政协优秀提案", "honour-list")
        page.fact(proposal, "zx:committee", committee, "2030年度区政协优秀提案", "honour-list")
        if agent_kind == "Sector":
            page.fact(agent, "zx:committee", committee, row, "honour-list")
        page.fact(proposal, "zx:mainTheme", theme(themes[0]), row, "theme-words")
        for id_ in themes:
            page.fact(proposal, "zx:theme", theme(id_), row, "theme-words")


def _cases(page: PageGraph, committee: NamedNode, honour: NamedNode) -> None:
    mechanism = page.thing("Initiative", "议事厅")
    for host_name, title, themes in CASES:
        row = f"{host_name}:"
        case = page.thing("ConsultationCase", title, title=True)
        host = page.thing("Organization", host_name)
        page.mention(host, host_name, row)
        page.mention(case, title, row)
        page.fact(case, "zx:host", host, row, "cases")
        page.fact(case, "zx:honour", honour, row, "cases")
        page.fact(case, "zx:committee", committee, row, "cases")
        if host_name.endswith("议事厅"):
            page.fact(host, "zx:mechanism", mechanism, row, "cases")
        page.fact(case, "zx:mainTheme", theme(themes[0]), row, "theme-words")
        for id_ in themes:
            page.fact(case, "zx:theme", theme(id_), row, "theme-words")


def _tasks(page: PageGraph, committee: NamedNode) -> None:
    main = {}
    for title in ("聚焦中心发力,以更大作为服务中心大局", "凝聚发展合力,以更宽视野团结各方力量"):
        main[title] = page.thing("Task", title, title=True)
        page.fact(main[title], "zx:taskKind", vocab.concept("taskKind", "主要任务"), title, "work-plan")
        page.mention(main[title], title)
    centre = main["聚焦中心发力,以更大作为服务中心大局"]
    for words, kind, themes in TASKS:
        task = page.thing("Task", words.replace(" ", ""), title=True)
        page.mention(task, words.replace(" ", ""), words)
        page.fact(task, "zx:taskKind", vocab.concept("taskKind", kind), words, "work-plan")
        page.fact(task, "dcterms:isPartOf", centre, words, "work-plan")
        page.fact(task, "zx:forYear", year(2031), words, "work-plan")
        page.fact(task, "zx:committee", committee, words, "work-plan")
        for id_ in themes:
            page.fact(task, "zx:theme", theme(id_), words, "theme-words")


def _statements(page: PageGraph) -> None:
    for who, role, body, capacity, quote, themes in STATEMENTS:
        person = page.thing("Person", who)
        organization = page.thing("Organization", body)
        post = page.unnamed("Affiliation", who, role)
        statement = page.unnamed("Statement", who, quote)
        page.mention(person, who)
        page.mention(organization, body)
        page.fact(person, "zx:affiliation", post, who, "posts")
        page.fact(post, "zx:role", Literal(role, language="zh"), who, "posts")
        page.fact(post, "org:organization", organization, who, "posts")
        page.fact(statement, "zx:speaker", person, quote, "statements")
        page.fact(statement, "zx:quote", Literal(quote, language="zh"), quote, "statements")
        page.fact(statement, "zx:capacity", vocab.concept("capacity", capacity), quote, "statements")
        page.fact(statement, "zx:statementKind", vocab.concept("statementKind", "期盼"), quote, "statements")
        for id_ in themes:
            page.fact(statement, "zx:theme", theme(id_), quote, "theme-words")


def _bystanders(page: PageGraph) -> None:
    for who, role in (("纪晓舟", "记者"), ("温如玉", "制图"), ("丁一凡", "记者"), ("方致远", "总书记")):
        person = page.thing("Person", who)
        post = page.unnamed("Affiliation", who, role)
        page.mention(person, who)
        page.fact(person, "zx:affiliation", post, who, "by-line")
        page.fact(post, "zx:role", Literal(role, language="zh"), who, "by-line")


def page_quads() -> list[Quad]:
    """The whole page: six sectors, ten proposals, six cases, ten tasks, six statements."""
    page = PageGraph("qingping-2031", TEXT)
    page.describe("2031年,区政协工作如何推进?")
    committee = page.thing("Organization", COMMITTEE, "区政协")
    page.quads.append(
        Quad(vocab.document(page.id), vocab.expand("zx:committee"), committee, vocab.facts_graph(page.id))
    )
    page.mention(committee, "区政协", "2031年,区政协工作如何推进?")
    sitting, chairs = _session(page)
    honours = []
    for name, words in (("2030年度优秀提案", "10件提案被评为优秀提案"), ("2030年度协商精品案例", "6件协商案例被评为")):
        honour = page.thing("Honour", name)
        page.fact(honour, "zx:forYear", year(2030), words, "honours")
        page.fact(honour, "zx:decidedAt", chairs, words, "honours")
        page.fact(honour, "zx:conferredAt", sitting, "3月6日上午", "honours")
        page.fact(honour, "zx:giver", committee, words, "honours")
        honours.append(honour)
    _proposals(page, committee, honours[0])
    _cases(page, committee, honours[1])
    _tasks(page, committee)
    _statements(page)
    _bystanders(page)
    brand = page.thing("Initiative", "溪畔夜话")
    page.fact(brand, "zx:initiativeKind", vocab.concept("initiativeKind", "品牌"), "溪畔夜话", "initiatives")
    page.mention(brand, "溪畔夜话")
    return [*page.quads, *thesaurus(), *vocab.ontology_quads()]


def store_of(quads: list[Quad]) -> Store:
    """A store in memory that holds the quads as a build does: the default graph without the evidence."""
    store = Store()
    store.bulk_extend(quads)
    store.bulk_extend(
        Quad(q.subject, q.predicate, q.object)
        for q in quads
        if isinstance(q.graph_name, NamedNode) and not q.graph_name.value.endswith("#evidence")
    )
    return store
