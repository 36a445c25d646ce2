"""The page before any browser opens it: who is masked, what each card tells, where things stand, the same bytes."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path

import ledger_graphs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_graph import CITIZENS, HOME, PageGraph, page_quads, store_of
from pyoxigraph import Literal, Quad, Store

from kg import resources, triples, vocab
from kg.view import PAGES
from kg.view.cards import Card
from kg.view.graph_page import PageData, page_data, render
from kg.view.linebreaks import broken, width_of
from kg.view.wording import rule_names
from kg.words import Words

VENDOR = Path(__file__).parent.parent / "kg" / "view" / "vendor"
EVERY_FORM = r"(?:[\s ]|&nbsp;|\\u0020)*"


@pytest.fixture(scope="module")
def store() -> Store:
    return store_of(page_quads())


@pytest.fixture(scope="module")
def data(store: Store) -> PageData:
    return page_data(store)


@pytest.fixture(scope="module")
def html(data: PageData) -> str:
    return render(data)


def card(data: PageData, name: str) -> Card:
    found = [c for c in data.cards if c.name == name]
    assert len(found) == 1, f"{len(found)} cards are called {name}"
    return found[0]


def fact(data: PageData, name: str, label: str) -> list[str]:
    return [v.text for f in card(data, name).facts if f.label == label for v in f.values]


def cited(data: PageData, name: str, label: str) -> list[str]:
    """The sentences that state a fact, each in its context with the stated words in brackets."""
    numbers = [q for f in card(data, name).facts if f.label == label for v in f.values for q in v.quotations]
    return [f"{q.before}[{q.words}]{q.after}" for q in (data.quotations[n] for n in dict.fromkeys(numbers))]


# --- who is not public ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CITIZENS)
def test_a_citizens_name_is_nowhere_in_the_file(html: str, name: str) -> None:
    escaped = "".join(f"\\u{ord(c):04x}" for c in name)
    assert not re.search(EVERY_FORM.join(name), html)
    assert escaped not in html.lower()


def test_a_citizens_age_school_and_home_are_nowhere_in_the_file(html: str) -> None:
    for private in ("74岁", "青屏实验小学", "江南理工大学", "柳岸社区"):
        assert private not in html


def test_a_citizen_is_shown_by_surname_and_role(data: PageData) -> None:
    names = {c.name for c in data.cards if c.kind == "Person"}
    assert {"程某（学生家长）", "薛某（居民）", "欧阳某（学生）"} <= names
    assert cited(data, "薛某（居民）", "身份") == [
        "[家住某处的居民薛某（居民）今年某岁,每天除了带孙子玩,还会和合唱团的朋友们一起练习声乐。]"
        "薛某（居民）希望社区医院能够提供更多的慢性病诊疗服务。"
    ]


def test_a_cadre_keeps_the_name_that_the_text_gives(data: PageData) -> None:
    assert fact(data, "沈文文", "任职") == ["柳浦街道银杏社区 党支部书记"]
    assert cited(data, "沈文文", "任职") == [
        '"我希望相关部门加大对社区环境改造的投入,出台更多惠民政策。"'
        "[柳浦街道银杏社区党支部书记沈文文认为,社区要做到精准对接居民需求。]"
    ]


def test_full_names_are_shown_where_they_are_asked_for(store: Store) -> None:
    names = {c.name for c in page_data(store, names="full").cards}
    assert set(CITIZENS) <= names


def test_a_member_who_shares_a_citizens_name_keeps_it() -> None:
    quads = page_quads()
    page = PageGraph("minutes", "委员程巧云提交提案。\n")
    page.describe("纪要")
    member = page.thing("Person", "程巧云", key="程巧云2")
    proposal = page.thing("Proposal", "关于办好夜校的建议", title=True)
    page.mention(member, "程巧云")
    page.fact(proposal, "zx:proposer", member, "程巧云")
    shown = page_data(store_of([*quads, *page.quads]))
    assert fact(shown, "关于办好夜校的建议", "提案者") == ["程巧云"]
    assert "程某（学生家长）" in {c.name for c in shown.cards}
    newspaper = next(d.iri for d in shown.documents if d.file == "qingping-2031.txt")
    spoken = " ".join(q.before + q.words + q.after for q in shown.quotations if q.document == newspaper)
    assert "程巧云" not in spoken


# --- what a card tells ------------------------------------------------------------------------------------------------


def test_a_proposal_tells_its_facts_in_chinese_with_their_words(data: PageData) -> None:
    title = "关于优化营商环境 激发青年创业活力的建议"
    assert fact(data, title, "提案者") == ["顾长安"]
    assert fact(data, title, "主要议题") == ["营商环境"]
    assert fact(data, title, "议题") == ["青年创业"]
    assert fact(data, title, "提案者类型") == ["委员个人"]
    assert fact(data, title, "获得表彰") == ["2030年度优秀提案"]
    assert cited(data, title, "提案者") == ["[3 · 顾长安 · 关于优化营商环境 激发青年创业活力的建议]"]


def test_a_fact_reads_from_its_other_end_too(data: PageData) -> None:
    assert fact(data, "顾长安", "提出的提案") == ["关于优化营商环境 激发青年创业活力的建议"]
    assert fact(data, "营商环境", "有关提案") == ["关于优化营商环境 激发青年创业活力的建议"]
    assert fact(data, "营商环境", "有关协商案例") == ["唱响营商协奏曲 携手茶农奔共富"]
    assert len(fact(data, "2030年度优秀提案", "受表彰的提案")) == 10


def test_dates_and_years_are_written_as_chinese_readers_write_them(data: PageData) -> None:
    assert fact(data, "青屏区政协二届三次会议第一次全体会议", "开始日期") == ["2031年3月6日"]
    assert fact(data, "2030年度优秀提案", "年度") == ["2030年"]


def test_a_sentence_is_read_without_the_blanks_of_line_ends(data: PageData) -> None:
    (sentence,) = cited(data, "方致远", "任职")
    assert "服务中心大局上交出" in sentence
    assert data.quotations[card(data, "方致远").facts[0].values[0].quotations[0]].line == 6


def test_whoever_only_signs_or_stands_in_a_formula_is_searchable_and_not_drawn(data: PageData) -> None:
    drawn = {data.cards[spot.card].name for spot in data.picture.spots}
    for name in ("方致远", "纪晓舟", "丁一凡"):
        assert card(data, name)
        assert name not in drawn


def test_an_empty_graph_makes_a_page() -> None:
    data = page_data(store_of(list(vocab.ontology_quads())))
    assert data.title == "政协履职知识图谱"
    assert "</html>" in render(data)


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_same_graph_makes_the_same_bytes(html: str) -> None:
    assert render(page_data(store_of(page_quads()[::-1]))) == html


def test_every_page_of_the_registry_is_written(tmp_path: Path, data: PageData, html: str) -> None:
    for name, write in PAGES.items():
        write(data, tmp_path / name)
    assert (tmp_path / "graph.html").read_bytes() == html.encode("utf-8")


def test_nothing_in_the_file_is_loaded_from_elsewhere(html: str) -> None:
    outside_scripts = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!data:|#)""", outside_scripts)
    assert not re.findall(r"@import|url\(", outside_scripts)
    assert "<script src" not in html


def test_no_two_scripts_of_the_page_give_one_name_to_two_things() -> None:
    """They are joined into one; there a second function of a name would silently stand for the first."""
    scripts = sorted((VENDOR.parent / "static").glob("*.js"))
    declared = r"^(?:async )?(?:function\*?|const|let|class) +(\w+)"
    names = [name for s in scripts for name in re.findall(declared, s.read_text(encoding="utf-8"), re.MULTILINE)]
    assert sorted(names) == sorted(set(names))


def test_what_the_scripts_say_has_its_english_words(data: PageData) -> None:
    scripts = sorted((VENDOR.parent / "static").glob("*.js"))
    said = {key for s in scripts for key in re.findall(r'\bsay\(\s*"([^"]+)"', s.read_text(encoding="utf-8"))}
    assert sorted(said - set(data.english)) == []


def test_every_rule_says_in_chinese_what_it_reads() -> None:
    named = rule_names()
    measured = set(triples.measured_precision())
    families = {rule.partition(".")[0] for rule in (*named, *measured)}
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(resources.PACKAGE.rglob("*.py")))
    stated = {rule for rule in re.findall(r'"([a-z-]+\.[a-z-]+)"', code) if rule.partition(".")[0] in families}
    assert sorted((measured | stated) - {*named}) == []


HOSTILE = (
    "关于</script><script>document.title='hit'</script>的建议",
    "<img src=x onerror=\"document.title='hit'\">",
    "{{ 7 * 7 }} {% raw %}",
    "a\"b'c`d\\e",
    "行\u2028分\u2029隔",
    "<!-- <script>",
    "关于🏞️公园\u202e倒写\u2066的建议",
    "长" * 10_000,
)


def test_a_texts_words_stay_words(tmp_path: Path) -> None:
    html = render(page_data(hostile_store()))
    assert "document.title='hit'</script>" not in html
    assert "<img" not in html
    embedded = re.search(r'<script type="application/json" id="known-data">(.*?)</script>', html, re.DOTALL)
    assert embedded
    names = {name for _, name, _ in json.loads(embedded[1])["index"]}
    assert set(HOSTILE) <= names


def hostile_store() -> Store:
    """A graph whose titles, names and text try to be something else than words."""
    page = PageGraph(
        "hostile", "\n".join(name.replace("\u2028", "").replace("\u2029", "") for name in HOSTILE) + "\n甲某\n"
    )
    page.describe(HOSTILE[0])
    proposer = page.thing("Person", HOSTILE[1])
    for number, name in enumerate(HOSTILE):
        proposal = page.thing("Proposal", name, title=True, key=f"p{number}")
        page.fact(proposal, "zx:proposer", proposer, "甲某")
    page.quads.append(
        Quad(
            vocab.document(page.id),
            vocab.expand("zx:committee"),
            page.thing("Organization", HOSTILE[1], key=f"{HOME}政协"),
            vocab.facts_graph(page.id),
        )
    )
    page.fact(proposer, "skos:altLabel", Literal(HOSTILE[2], language="zh"), "甲某")
    return store_of([*page.quads, *vocab.ontology_quads()])


def test_the_bundle_is_the_one_that_pyvis_carries() -> None:
    spec = importlib.util.find_spec("pyvis")
    assert spec and spec.origin
    carried = Path(spec.origin).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    here = hashlib.sha256((VENDOR / "vis-network.min.js").read_bytes()).hexdigest()
    assert here == hashlib.sha256(carried.read_bytes()).hexdigest()
    assert here in (VENDOR / "rebuild.sh").read_text(encoding="utf-8")


# --- the lines of a title ---------------------------------------------------------------------------------------------


@given(st.text(alphabet="建设云上书屋推进全民阅读，、“”《》 A1", max_size=60), st.integers(4, 18), st.integers(1, 3))
def test_lines_fit_and_lose_nothing_that_fits(text: str, ems: int, most: int) -> None:
    lines = broken(text, ems, most, lambda _: [])
    assert 1 <= len(lines) <= most
    assert all(width_of(line) <= ems for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_line_ends_between_words_and_not_before_a_comma() -> None:
    cut = Words.load().cut
    assert broken("希望社区医院提供更多慢性病诊疗服务", 9, 2, cut) == ("希望社区医院提供", "更多慢性病诊疗服务")
    lines = broken("搭建民营企业融资服务平台,助力中小企业高质量发展", 16, 2, cut)
    assert lines == ("搭建民营企业融资服务平台，", "助力中小企业高质量发展")


def test_how_to_reach_somebody_is_not_shown() -> None:
    """A ledger's columns of telephones and addresses stay in the graph, and out of what is sent on."""
    header = ["编号", "案由", "提案者", "联系电话", "通讯地址"]
    row = ["1", "关于加强学校周边停车管理的建议", "林知远", "13800000000", "青屏区湖滨路7号"]
    store = ledger_graphs.store_of([ledger_graphs.document([("Sheet1", [header, row])])])
    page = render(page_data(store))
    assert "关于加强学校周边停车管理的建议" in page
    assert "13800000000" not in page
    assert "湖滨路7号" not in page
