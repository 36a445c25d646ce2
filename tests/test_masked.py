"""The graph that may be shown: nobody who is not public is in it by name, and everything else is as it was."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_graph import CITIZENS, PageGraph, page_quads
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from typer.testing import CliRunner

from kg import masked, vocab
from kg.cli import app
from kg.lexicon import load
from kg.masked.citizens import private
from kg.privacy import Hiding, evened
from kg.resources import lexicon_dir
from kg.store import in_memory, open_store, read_only, write_graph
from kg.validate import validate

LEXICON = load(lexicon_dir())
ZX = vocab.PREFIXES["zx"]
PRIVATE = ("青屏实验小学", "江南理工大学", "柳岸社区", "74岁")


def stores(quads: list[Quad], folder: Path, names: str = "masked") -> tuple[Store, Store]:
    """The whole store of a generation and its masked one."""
    write_graph(folder, quads)
    masked.write(folder, LEXICON, names)
    return read_only(folder), Store.read_only(str(folder / "public"))


def dump(store: Store) -> str:
    return (store.dump(format=RdfFormat.N_QUADS) or b"").decode()


def objects(store: Store, predicate: str) -> dict[str, str]:
    """Subject → its value."""
    found = store.quads_for_pattern(None, vocab.expand(predicate), None, None)
    return {q.subject.value: q.object.value for q in found}


def kinds(store: Store) -> Counter[str]:
    found = store.quads_for_pattern(None, vocab.expand("rdf:type"), None, None)
    return Counter(q.object.value.removeprefix(ZX) for q in found if q.object.value.startswith(ZX))


def offsets_hold(store: Store) -> bool:
    """Whether each mention's words are those of the stored text at its offsets."""
    texts = objects(store, "nif:isString")
    documents, begins, ends = (objects(store, f"nif:{p}") for p in ("referenceContext", "beginIndex", "endIndex"))
    words = objects(store, "nif:anchorOf")
    assert words
    return all(texts[documents[m]][int(begins[m]) : int(ends[m])] == words[m] for m in words)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    return stores(page_quads(), tmp_path_factory.mktemp("page"))


def test_no_citizens_name_age_school_or_home_is_left(page: tuple[Store, Store]) -> None:
    whole, public = map(dump, page)
    for words in (*CITIZENS, *PRIVATE):
        assert words in whole
        assert words not in public


def test_no_file_of_the_masked_store_holds_a_name(tmp_path: Path) -> None:
    """What is deleted from a store stays in its files: a copy with differences would give the names away."""
    stores(page_quads(), tmp_path)
    files = b"".join(path.read_bytes() for path in (tmp_path / "public").iterdir())
    assert not [name for name in CITIZENS if name.encode() in files]
    assert not list(tmp_path.glob("public.*"))


def test_a_citizen_is_called_by_surname_and_role(page: tuple[Store, Store]) -> None:
    _, public = page
    names = {value for iri, value in objects(public, "foaf:name").items() if "/某~" in iri}
    assert names == {"程某（学生家长）", "薛某（居民）", "欧阳某（学生）"}


def test_offsets_hold_in_a_text_that_is_as_long_as_before(page: tuple[Store, Store]) -> None:
    whole, public = page
    (before,), (after,) = (objects(s, "nif:isString").values() for s in page)
    assert len(before) == len(after)
    assert [i for i, c in enumerate(before) if c.isspace()] == [i for i, c in enumerate(after) if c.isspace()]
    assert "家住某某某某某某某某的居民薛某某今年某某岁,每天" in after
    assert offsets_hold(public)
    assert offsets_hold(whole)


def test_what_does_not_tell_of_a_citizen_stays_as_it_is(page: tuple[Store, Store]) -> None:
    whole, public = ({q for q in s if "/proposal/" in str(q.subject) or "/graph/" in str(q.graph_name)} for s in page)
    assert whole == public


def test_as_many_things_of_each_kind_are_told_of(page: tuple[Store, Store]) -> None:
    whole, public = map(kinds, page)
    stand_ins = {"Organization", "Place"}  # a street that is public too, and `某处` near the citizen
    assert {k: n for k, n in whole.items() if k not in stand_ins} == {
        k: n for k, n in public.items() if k not in stand_ins
    }


def test_every_fact_of_the_masked_graph_still_has_its_words(seed_build: Path) -> None:
    assert not validate(open_store(seed_build, "masked"))


def test_the_assertions_tell_of_facts_that_are_there(page: tuple[Store, Store]) -> None:
    _, public = page
    subjects, predicates = objects(public, "rdf:subject"), objects(public, "rdf:predicate")
    values = {q.subject.value: q.object for q in public.quads_for_pattern(None, vocab.expand("rdf:object"), None)}
    for assertion, subject in subjects.items():
        fact = NamedNode(subject), NamedNode(predicates[assertion]), values[assertion]
        assert list(public.quads_for_pattern(*fact, None)), fact


def test_the_same_texts_give_the_same_masked_graph(tmp_path: Path) -> None:
    dumps = []
    for name, quads in (("a", page_quads()), ("b", page_quads()[::-1])):
        (tmp_path / name).mkdir()
        dumps.append(sorted(dump(stores(quads, tmp_path / name)[1]).splitlines()))
    assert dumps[0] == dumps[1]


def test_full_names_are_kept_where_the_settings_say_so(tmp_path: Path) -> None:
    whole, public = stores(page_quads(), tmp_path, names="full")
    assert set(whole) == set(public)


def test_a_graph_without_citizens_is_the_same_store(tmp_path: Path) -> None:
    page = PageGraph("minutes", "委员顾长安提交提案。\n")
    page.describe("纪要")
    page.mention(page.thing("Person", "顾长安"), "顾长安")
    whole, public = stores(page.quads, tmp_path)
    assert set(whole) == set(public)
    assert any(path.stat().st_nlink > 1 for path in (tmp_path / "public").iterdir())


def spoken(page: PageGraph, name: str, role: str, words: str, capacity: str = "群众", quote: str = "") -> NamedNode:
    """A person with a role who speaks in the sentence `words`."""
    person = page.thing("Person", name, key=f"{name}~{page.id}")
    post, statement = page.unnamed("Affiliation", name, role), page.unnamed("Statement", name, words)
    page.mention(person, name, words)
    page.fact(person, "zx:affiliation", post, words)
    page.fact(post, "zx:role", Literal(role, language="zh"), words)
    page.fact(statement, "zx:speaker", person, words)
    page.fact(statement, "zx:quote", Literal(quote or words, language="zh"), words)
    page.fact(statement, "zx:capacity", vocab.concept("capacity", capacity), words)
    return person


def test_a_public_namesake_keeps_the_name_and_the_citizen_does_not(tmp_path: Path) -> None:
    spoken_by = PageGraph("interview", "居民顾长安说,希望多一盏路灯。\n")
    spoken_by.describe("访谈")
    spoken(spoken_by, "顾长安", "居民", "居民顾长安说,希望多一盏路灯。")
    _, public = stores([*page_quads(), *spoken_by.quads], tmp_path)
    names = Counter(objects(public, "foaf:name").values())
    assert (names["顾长安"], names["顾某（居民）"]) == (1, 1)
    assert objects(public, "nif:isString")["https://w3id.org/zhengxie/doc/interview"].startswith("居民顾某某说")


def test_a_longer_public_name_that_holds_a_citizens_stays_whole(tmp_path: Path) -> None:
    page = PageGraph("talk", "居民明珠说路灯太暗。委员李明珠提交了提案。\n")
    page.describe("记录")
    spoken(page, "明珠", "居民", "居民明珠说路灯太暗。")
    member = page.thing("Person", "李明珠")
    page.mention(member, "李明珠")
    page.fact(page.thing("Proposal", "关于路灯的建议", title=True), "zx:proposer", member, "委员李明珠提交了提案。")
    _, public = stores([*page.quads, *vocab.ontology_quads()], tmp_path)
    assert next(iter(objects(public, "nif:isString").values())) == "居民明某说路灯太暗。委员李明珠提交了提案。\n"
    assert "李明珠" in objects(public, "skos:prefLabel").values()


def test_names_in_the_names_of_files_bodies_and_titles_are_masked(tmp_path: Path) -> None:
    text = "居民乔小满说,希望多一盏路灯。《关于学习乔小满精神的建议》由乔小满工作室提出。\n"
    page = PageGraph("采访乔小满", text)
    page.describe("采访乔小满")
    spoken(page, "乔小满", "居民", "居民乔小满说,希望多一盏路灯。")
    studio = page.thing("Organization", "乔小满工作室")
    proposal = page.thing("Proposal", "关于学习乔小满精神的建议", title=True)
    page.mention(studio, "乔小满工作室")
    page.mention(proposal, "关于学习乔小满精神的建议")
    page.fact(proposal, "zx:proposer", studio, "乔小满工作室")
    other = PageGraph("采访乔小蔓", "居民乔小蔓说,路灯太亮。\n")
    other.describe("采访")
    spoken(other, "乔小蔓", "居民", "居民乔小蔓说,路灯太亮。")
    whole, public = stores([*page.quads, *other.quads, *vocab.ontology_quads()], tmp_path)
    assert not [name for name in ("乔小满", "乔小蔓") if name in dump(public)]
    assert kinds(public) == kinds(whole)
    assert offsets_hold(public)


def test_a_name_that_a_lines_end_parts_is_masked_too(tmp_path: Path) -> None:
    page = PageGraph("lines", "家住苇塘村的居民乔小\n满说,希望多一盏路灯。后来乔 小满又说,他今年六十\n一岁。\n")
    page.describe("记录")
    person = page.thing("Person", "乔小满", key="乔小满~lines")
    page.mention(person, "乔小满")
    post = page.unnamed("Affiliation", "乔小满")
    page.fact(person, "zx:affiliation", post, "居民乔小")
    page.fact(post, "zx:role", Literal("居民", language="zh"), "居民乔小")
    _, public = stores([*page.quads, *vocab.ontology_quads()], tmp_path)
    (text,) = objects(public, "nif:isString").values()
    assert text == "家住某某某的居民乔某\n某说,希望多一盏路灯。后来乔 某某又说,他今年某某\n某岁。\n"


NAMES = st.text(alphabet="乔骆翁柏蓝宁晏苏小满若兰千秋晚晴知夏", min_size=2, max_size=4).filter(
    lambda name: name[0] in "乔骆翁柏蓝宁晏苏"
)
ROLES = st.sampled_from(["居民", "市民", "学生", "学生家长", "村民"])
WORDS = st.text(alphabet="希望多一盏路灯和书屋，修好桥", min_size=1, max_size=12)
PARTS = st.lists(st.sampled_from(["", "家住苇塘街道", "今年61岁的", "青屏实验小学", " ", "\n"]), min_size=3, max_size=3)


CAPACITIES = [q for q in vocab.ontology_quads() if "/capacity/" in str(q.subject)]


def in_public(quads: list[Quad]) -> tuple[Store, Store]:
    """The whole and the masked graph, in memory."""
    whole, public = in_memory(quads), Store()
    hidden = private(whole, LEXICON)
    assert hidden
    lines = dump(whole).encode().splitlines(keepends=True)
    public.load(b"".join(masked.public_lines(lines, whole, hidden, LEXICON)), format=RdfFormat.N_QUADS)
    return whole, public


@settings(deadline=None)
@given(
    st.lists(st.tuples(NAMES, ROLES, WORDS, PARTS), min_size=1, max_size=4, unique_by=lambda one: one[0]), st.booleans()
)
def test_no_byte_of_a_citizens_name_is_left(people: list[tuple[str, str, str, list[str]]], apart: bool) -> None:
    quads = [*CAPACITIES]
    for number, (name, role, words, (first, second, third)) in enumerate(people):
        parted = f"{name[0]} {name[1:]}" if apart else name
        text = f"{first}{role}{parted}{second}说：{words}。\n{name}{third}又说了一遍。\n"
        page = PageGraph(f"talk-{number}", text)
        page.describe(f"访问{name}")
        person = page.thing("Person", name, key=f"{name}~{page.id}")
        page.mention(person, name)
        post, statement = page.unnamed("Affiliation", name), page.unnamed("Statement", name, words)
        page.fact(person, "zx:affiliation", post, words)
        page.fact(post, "zx:role", Literal(role, language="zh"), words)
        page.fact(statement, "zx:speaker", person, words)
        page.fact(statement, "zx:quote", Literal(f"{words}，{name}说", language="zh"), words)
        quads += page.quads
    whole, public = in_public(quads)
    told = dump(public)
    assert not [name for name, *_ in people if name in told]
    assert kinds(whole) == kinds(public)
    assert offsets_hold(public)
    lengths = [sorted(len(t) for t in objects(s, "nif:isString").values()) for s in (whole, public)]
    assert lengths[0] == lengths[1]


@settings(deadline=None)
@given(st.text(alphabet="乔小满 住在苇塘家的居民61岁，。", max_size=30))
def test_a_masked_text_holds_no_name_and_as_many_characters(text: str) -> None:
    hiding = Hiding({"乔小满": "乔某（居民）"}, {"苇塘": "某处"})
    assert "乔小满" not in "".join(hiding.text(text).split())
    for start, end, shown in hiding.stretches(text, sentence=True):
        assert len(evened(text[start:end], shown)) == end - start


def test_a_question_is_asked_of_the_masked_graph_where_one_says_so(seed_build: Path) -> None:
    asked = ["query", "SELECT ?n { ?p foaf:name ?n }", "--build", str(seed_build), "--format", "csv"]
    full = CliRunner().invoke(app, asked).stdout
    shown = CliRunner().invoke(app, [*asked, "--names", "masked"]).stdout
    assert "（市民）" not in full
    assert "李某（市民）" in shown
    assert len(full.splitlines()) == len(shown.splitlines())
