"""The same article in two files is one document; what differs in a name, a number or a row stays apart."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import duplicates, query, traditional
from kg.background import Background
from kg.build import Summary, build
from kg.extract import extract
from kg.model import Description, Document, Fact, Facts, Mention, Region, Span, Year
from kg.settings import Settings
from kg.store import open_store

NEWS = """\
山南区政协召开优秀提案表彰会

■记者 时远航

本报讯 2月3日上午，在区政协二届一次会议第一次全体会议上，2031年度区政协优秀提案受到表彰。\
经区政协一届四十次主席会议审议通过，以下12件提案被评为优秀提案。

区政协委员柳知微说，要多听街坊邻居的话，把每一件小事都办到老百姓的心坎上去。\
参加会议的有林知远、柳知微、陆一鸣和各街道的负责同志，大家围绕社区夜校和公交接驳谈了许多办法。

临水街道的居民说："我希望社区多办几所夜校，让下班的人有地方学习。"街道的工作人员当场记下了大家的意见，并且说很快会有答复。
"""
LEDGER = "山南区政协2031年度提案办理台账\n\n序号\t案由\t提案者\t承办单位\n" + "".join(
    f"{i}\t关于{what}的建议\t{who}\t区{office}局\n"
    for i, (what, who, office) in enumerate(
        (
            ("多办社区夜校", "柳知微", "教育"),
            ("改善公交接驳", "林知远", "交通"),
            ("增设社区食堂", "陆一鸣", "民政"),
            ("保护古树名木", "时远航", "园林"),
            ("整治背街小巷", "滑静怡", "城管"),
            ("推进垃圾分类", "邬思远", "城管"),
        ),
        1,
    )
)
TRADITIONAL = "山南區政協召開會議，聽取關於加強社區養老服務的建議。區政協委員陸一鳴說，要關心獨居老人，為他們辦實事。"
NEUTRAL = Settings(None)


@cache
def background() -> Background:
    return Background.of(NEUTRAL.lexicons)


@cache
def facts(text: str, source: str = "a.txt") -> Facts:
    (digest,) = {f"{hash((text, source)) & 0xFFFFFFFF:08x}" * 8}
    return extract(Document(source.rpartition(".")[0], source, text, digest), background())


def files(*texts: str) -> list[Facts]:
    return [facts(text, f"{name}.txt") for name, text in zip("abcdefghij", texts, strict=False)]


def unread(name: str, text: str) -> Facts:
    """A text of which nothing was understood."""
    return Facts(Document(name, f"{name}.txt", text, name * 64), "cn", None, name)


def sources(made: duplicates.Distinct) -> list[list[str]]:
    return [[f.document.source, *(copy.source for copy in f.document.also)] for f in made.facts]


SAME = {
    "marks and widths": NEWS.replace("，", ",").replace("2031", "２０３１").replace('"', "“"),
    "lines broken anew": NEWS.replace("区政协委员", "区政协\n委员").replace("夜校", "夜 校"),
    "another turn of phrase": NEWS.replace("当场记下了大家的意见", "马上记下了大家的想法"),
    "a by-line less": NEWS.replace("■记者 时远航\n\n", ""),
}


@pytest.mark.parametrize("other", SAME.values(), ids=SAME)
def test_the_same_article_is_one_document_with_two_sources(other: str) -> None:
    made = duplicates.distinct(files(NEWS, other))
    assert sources(made) == [["a.txt", "b.txt"]]
    assert made.notes == ("b.txt: the same article as a.txt; read as one document",)


def test_a_text_in_traditional_characters_is_the_one_in_simplified_ones() -> None:
    text = TRADITIONAL * 2
    assert traditional.simplified(text) != text
    assert len(sources(duplicates.distinct(files(text, traditional.simplified(text))))) == 1


TWO = {
    "a name": NEWS.replace("柳知微", "柳知薇"),
    "a name that no rule needs": NEWS.replace("陆一鸣", "王二宝"),
    "a name from elsewhere in the text": NEWS.replace("林知远、柳知微、", "时远航、柳知微、"),
    "a year": NEWS.replace("2031", "2032"),
    "a number": NEWS.replace("12件", "13件"),
    "a number that lost a digit": NEWS.replace("12件", "2件"),
    "a session": NEWS.replace("二届一次会议", "二届二次会议"),
    "a district": NEWS.replace("山南区", "水北区"),
    "a clause": NEWS.replace("12件", "13件").replace("区政协委员柳知微说，", ""),
    "a sentence instead of a by-line": NEWS.replace("■记者 时远航", "") + "会后大家还一起去看了新修的小公园和运动场。",
}


@pytest.mark.parametrize("other", TWO.values(), ids=TWO)
def test_what_each_alone_says_keeps_them_two_and_is_noted(other: str) -> None:
    made = duplicates.distinct(files(NEWS, other))
    assert sources(made) == [["a.txt"], ["b.txt"]]
    assert [note.partition(" but ")[0] for note in made.notes] == ["a.txt and b.txt are nearly the same text"]
    assert made.notes[0].endswith(": both are kept")


def test_a_note_says_in_how_many_facts_two_texts_differ() -> None:
    revised = LEDGER.replace("柳知微", "时远航")
    (note,) = duplicates.distinct(files(LEDGER, revised)).notes
    assert note == "a.txt and b.txt are nearly the same text but differ in 1 fact: both are kept"
    (note,) = duplicates.distinct([unread("a", NEWS), unread("b", NEWS.replace("12件", "13件"))]).notes
    assert (
        note == "a.txt and b.txt are nearly the same text but differ in their words (“过以下13件提案被”): both are kept"
    )


def test_a_value_in_another_column_keeps_two_ledgers_of_the_same_words() -> None:
    one = LEDGER.replace("承办单位", "主办单位\t会办单位").replace("局\n", "局\t\n")
    other = one.replace("区教育局\t", "\t区教育局")
    (note,) = duplicates.distinct(files(one, other)).notes
    assert note == "a.txt and b.txt hold the same words but differ in 1 fact: both are kept"
    assert len(duplicates.distinct([unread("a", one), unread("b", other)]).facts) == 2


def test_three_texts_on_one_form_are_one_note() -> None:
    texts = [LEDGER.replace("2031", year) for year in ("2029", "2030", "2031", "2032")]
    made = duplicates.distinct(files(*texts))
    assert len(made.facts) == 4
    assert made.notes == (
        "a.txt, b.txt, c.txt and 1 more are nearly the same text but differ in what they say: all are kept",
    )


def test_a_chain_of_texts_joins_only_what_the_one_kept_makes_needless_itself() -> None:
    def text(*parts: int) -> str:
        return "\n".join(f"第{p}段写的是{chr(0x4E00 + 97 * p) * 40}的事情。" for p in parts)

    chain = [text(1, 2, 3, 4, 5, 6), text(1, 2, 3, 4, 5), text(1, 2, 3, 4)]
    unread_chain = [unread(name, each) for name, each in zip("cab", chain, strict=True)]
    assert sources(duplicates.distinct(unread_chain)) == [["b.txt"], ["c.txt", "a.txt"]]
    assert duplicates.distinct(unread_chain[::-1]) == duplicates.distinct(unread_chain)


@pytest.mark.parametrize("understood", [True, False], ids=["understood", "nothing understood"])
@pytest.mark.parametrize(
    "other",
    [
        LEDGER.replace("2031", "2032"),
        LEDGER.replace("陆一鸣", "柳如茵").replace("滑静怡", "王二宝").replace("邬思远", "白小川"),
        LEDGER.replace("陆一鸣", "滑静逸").replace("滑静怡", "陆一鸣").replace("滑静逸", "滑静怡"),
        LEDGER.replace("多办社区夜校", "少办社区夜校"),
    ],
    ids=["another year", "three names", "two names exchanged", "a title"],
)
def test_ledgers_on_one_form_stay_two(other: str, understood: bool) -> None:
    # What the rules overlook is told by the letters.
    texts = files(LEDGER, other) if understood else [unread("a", LEDGER), unread("b", other)]
    assert len(duplicates.distinct(texts).facts) == 2


def test_an_article_of_a_page_is_not_the_page() -> None:
    page = NEWS + "\n" + LEDGER
    made = duplicates.distinct(files(NEWS, page))
    assert (len(made.facts), made.notes) == (2, ())


def test_texts_that_state_nothing_and_are_of_other_words_stay_two() -> None:
    made = duplicates.distinct(files("今天天气很好。", "明天要下大雨了。", "！！！", "？？？", "好", "坏"))
    assert (len(made.facts), made.notes) == (6, ())


def test_of_equal_texts_the_file_that_gives_more_is_kept_and_then_the_first_by_name() -> None:
    one, two, three = files(NEWS, NEWS + " ", NEWS + "\n")
    laid_out = dataclasses.replace(two.document, regions=(Region(Span(0, 9), "heading", page=1),))
    made = duplicates.distinct([three, one, dataclasses.replace(two, document=laid_out)])
    assert sources(made) == [["b.txt", "a.txt", "c.txt"]]
    assert sources(duplicates.distinct([three, two, one])) == [["a.txt", "b.txt", "c.txt"]]


def test_what_is_known_beside_the_text_of_any_of_the_files_is_kept() -> None:
    one, two = files(NEWS, NEWS + " ")
    dated = dataclasses.replace(two.document, about=Description(date=Year(2031), url="https://example.org/"))
    titled = dataclasses.replace(one.document, about=Description(publisher="山南日报", date=Year(2030)))
    (made,) = duplicates.distinct(
        [dataclasses.replace(one, document=titled), dataclasses.replace(two, document=dated)]
    ).facts
    assert made.document.about == Description(date=Year(2030), publisher="山南日报", url="https://example.org/")
    (document,) = duplicates.same_bytes([dated, dataclasses.replace(dated, source="c.txt", about=Description())])
    assert (document.source, document.about, document.also[0].source) == ("b.txt", dated.about, "c.txt")


def test_the_one_that_states_most_is_kept() -> None:
    less = NEWS.replace("区政协委员柳知微说，", "")
    assert sources(duplicates.distinct(files(less, NEWS))) == [["b.txt", "a.txt"]]


# ---- Promises for any texts: parts of these, changed here and there --------------------------------------------------


def said(stated: Facts) -> set[tuple[object, ...]]:
    """What a text's facts and names say, counted here without the module's help."""

    def thing(it: object) -> object:
        if isinstance(it, Mention):
            return ("mention", it.kind, duplicates.letters(it.name))
        return (it.kind, *map(duplicates.letters, it.parts)) if hasattr(it, "parts") else duplicates.letters(str(it))

    def fact(f: Fact) -> tuple[object, ...]:
        return (thing(f.subject), f.predicate, thing(f.object))

    return {*map(fact, stated.facts)} | {("named", thing(m)) for m in stated.mentions}


VARIANTS = (NEWS, LEDGER, *SAME.values(), *TWO.values(), LEDGER.replace("柳知微", "时远航"), NEWS[:200], TRADITIONAL)
SEVERAL = st.lists(st.sampled_from(VARIANTS), min_size=1, max_size=7)


@settings(max_examples=40, deadline=None)
@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(texts: list[str], chance: random.Random) -> None:
    stated = files(*texts)
    mixed = chance.sample(stated, len(stated))
    assert duplicates.distinct(mixed) == duplicates.distinct(stated)


@settings(max_examples=40, deadline=None)
@given(SEVERAL)
def test_nothing_that_any_file_says_is_lost_and_every_file_is_told_of(texts: list[str]) -> None:
    stated = files(*texts)
    made = duplicates.distinct(stated)
    # A post understood without its body, for a line's end in the middle of it, is told where it has one.
    lost = set().union(*map(said, stated)) - set().union(*map(said, made.facts))
    assert {fact for fact in lost if "委员" not in str(fact)} == set()
    assert {fact[1] for fact in lost} <= {"zx:affiliation", "zx:post", "zx:role"}
    assert sorted(name for names in sources(made) for name in names) == sorted(f.document.source for f in stated)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(VARIANTS), st.integers(2, 5))
def test_a_text_is_its_own_duplicate(text: str, times: int) -> None:
    assert len(duplicates.distinct(files(*[text] * times)).facts) == 1


@settings(max_examples=40, deadline=None)
@given(SEVERAL)
def test_what_is_one_document_each_once_stays_as_it_is(texts: list[str]) -> None:
    made = duplicates.distinct(files(*texts)).facts
    assert duplicates.distinct(made).facts == made


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(LEDGER) - 1), st.sampled_from("甲乙龘7三局"))
def test_no_letter_of_a_list_may_differ_though_nothing_of_it_was_understood(at: int, letter: str) -> None:
    changed = LEDGER[:at] + letter * LEDGER[at].isalnum() + LEDGER[at + LEDGER[at].isalnum() :]
    assert len(duplicates.distinct([unread("a", LEDGER), unread("b", changed)]).facts) == 1 + (changed != LEDGER)


# ---- In a build ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """One article in four files: two stems, two wordings of its marks, and twice the same bytes."""
    folder = tmp_path_factory.mktemp("copies")
    for name, text in (("a/page", NEWS), ("b/page", SAME["marks and widths"]), ("丙", NEWS), ("c/page", NEWS)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder / "out", build([folder], folder / "out", NEUTRAL)


def test_a_build_tells_which_files_it_read_as_one_document(built: tuple[Path, Summary]) -> None:
    _, summary = built
    assert summary.documents == 1
    assert "丙.txt: the same article as page.txt; read as one document" in summary.notes
    assert summary.findings == ()


def test_every_file_is_in_the_manifest_under_the_plain_stem_as_id(built: tuple[Path, Summary]) -> None:
    inputs = json.loads((built[0] / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (NEWS, SAME["marks and widths"])]
    assert {(one["id"], one["source"], one["sha256"]) for one in inputs} == {
        ("page", "page.txt", digests[0]),
        ("page", "page.txt", digests[1]),
        ("page", "丙.txt", digests[0]),
    }


def test_a_document_has_every_source_and_the_hash_of_the_text_that_is_stored(built: tuple[Path, Summary]) -> None:
    rows = open_store(built[0]).query(
        "PREFIX d: <http://purl.org/dc/terms/> PREFIX zx: <https://w3id.org/zhengxie/ontology#> "
        "PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> "
        "SELECT ?s ?hash ?text WHERE { ?doc d:source ?s ; zx:sha256 ?hash ; nif:isString ?text }"
    )
    found = [(row["s"].value, row["hash"].value, row["text"].value) for row in rows]
    assert sorted(name for name, _, _ in found) == ["page.txt", "丙.txt"]
    assert all(hashlib.sha256(text.encode()).hexdigest() == digest for _, digest, text in found)


def test_the_questions_name_all_files_of_a_document_in_one_row(built: tuple[Path, Summary]) -> None:
    assert [row[0] for row in query.run(built[0], "documents").rows()] == ["page.txt、丙.txt"]
    evidence = list(map(tuple, query.run(built[0], "evidence").rows()))
    assert {row[4] for row in evidence} == {"page.txt、丙.txt"}
    assert len({row[:3] + row[5:] for row in evidence}) == len(evidence)
