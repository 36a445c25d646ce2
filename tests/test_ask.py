"""A question in words is answered as it was meant, or it is said which questions could be answered: never wrongly."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.ask.evidence import quotations
from kg.ask.reading import Vocabulary, folded, read
from kg.ask.suggest import suggestions
from kg.ask.templates import SLOT, Templates
from kg.ask.understand import Asker
from kg.build import build
from kg.errors import UsageError
from kg.lexicon import Lexicon, load
from kg.lint import lint
from kg.query import ask, question, saved
from kg.resources import lexicon_dir
from kg.settings import Settings
from kg.store import in_memory, open_store

HERE = Path(__file__).parent / "ask"
SETS = ("phrasings", "held-out", *(f"held-out-{i}" for i in range(2, 9)))
Asked = tuple[str, dict[str, str]] | None


def questions(name: str) -> list[tuple[str, Asked]]:
    """A set's questions, each with the saved question and the parameters that it means; None where none answers it."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["question"], _meant(row)) for row in csv.DictReader(file)]


def _meant(row: dict[str, str]) -> Asked:
    params = dict(pair.split("=", 1) for pair in row["params"].split("|") if pair)
    return (row["saved"], params) if row["saved"] else None


@cache
def lexicon() -> Lexicon:
    return load(lexicon_dir())


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of a committee that was made up."""
    out = tmp_path_factory.mktemp("ask") / "build"
    build([HERE / "texts"], out, Settings(None))
    return out


@pytest.fixture(scope="session")
def asker(graph: Path) -> Asker:
    return Asker(open_store(graph), lexicon())


def understood(asker: Asker, words: str) -> Asked:
    asked = asker.understand(words).asked
    return (asked.question, dict(asked.params)) if asked else None


def kg_ask(graph: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "ask", *arguments, "--build", str(graph)]
    environment = os.environ | {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)


# -- what is right, and never wrong -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", (*SETS, "axes"))
def test_questions_are_understood_or_not_answered(asker: Asker, name: str) -> None:
    answers = [(words, meant, understood(asker, words)) for words, meant in questions(name)]
    wrong = [(words, got) for words, meant, got in answers if got is not None and got != meant]
    assert not wrong, "a wrong answer is worse than none"
    right = [words for words, meant, got in answers if got == meant]
    assert len(right) >= 0.9 * len(answers), sorted({words for words, _, _ in answers} - set(right))


def test_there_are_enough_questions_and_a_third_of_them_was_held_out() -> None:
    sets = {name: questions(name) for name in SETS}
    everything = [each for name in SETS for each in sets[name]]
    assert len({folded(words) for words, _ in everything}) == len(everything)
    assert sum(meant is not None for _, meant in everything) >= 80
    assert sum(meant is None for _, meant in everything) >= 25
    assert 3 * sum(len(sets[name]) for name in SETS if name != "phrasings") >= len(everything)


def test_the_questions_reach_nearly_every_saved_question() -> None:
    asked = {meant[0] for name in SETS for _, meant in questions(name) if meant}
    assert len(asked) >= 0.8 * len(saved())


SAME = {
    "a courtesy at the beginning": ("能不能帮我看一下，哪些界别关注养老", "哪些界别关注养老"),
    "a courtesy at the end": ("经济界的提案可以吗，谢谢", "经济界的提案"),
    "a measure word": ("经济界提了几批提案", "经济界提了几件提案"),
    "a measure word of its own": ("哪家单位承办的教育提案最多", "哪个单位承办的教育提案最多"),
    "a noun behind a name of its kind": ("经济界这个界别提了哪些提案", "经济界提了哪些提案"),
    "方面 behind a theme": ("青溪街道在养老方面有哪些案例", "青溪街道有哪些养老案例"),
    "a title behind a name": ("周既明局长说过什么", "周既明说过什么"),
    "a title before a name": ("委员林知远提过哪些提案", "林知远提过哪些提案"),
    "a title with its body": ("山南区教育局局长周既明说过什么", "周既明说过什么"),
    "a preposition before a theme": ("针对养老提过建议的有哪些界别", "养老提过建议的有哪些界别"),
    "来自 before a name": ("来自经济界的提案有哪些", "经济界的提案有哪些"),
    "blanks, as in a search": ("教育 提案 承办单位", "教育提案的承办单位"),
    "a blank that would make another word": ("经济界 没有提案 委员", "经济界没有提案的委员"),
    "只 before a sector": ("哪些议题仅农业界关注", "哪些议题只有农业界关注"),
    "没有 that asks whether": ("《关于发展数字经济的建议》落实了没有", "《关于发展数字经济的建议》落实了吗"),
    "没有 after 有": ("柳浦街道有什么协商案例没有", "柳浦街道有什么协商案例吗"),
    "a body without its place": ("教育局局长是谁", "山南区教育局局长是谁"),
    "a clause that asks on": ("哪些界别关注养老，各提了几件？", "哪些界别关注养老？"),
    "two that ask on": ("谁代表民建山南区支部发言，说了什么，在哪里说的？", "谁代表民建山南区支部发言？"),
    "a clause that wants something noted": ("协商案例都有哪些，主办单位请一并注明", "协商案例都有哪些"),
    "two clauses on what is missing": ("教育界哪些委员没有提过提案、也没有发过言？", "教育界哪些委员没有提案和发言？"),
    "a party in short, with its branches": ("谁代表民建发言", "谁代表中国民主建国会发言"),
    "什么 behind a verb": ("工会界的提案都聚焦什么", "工会界的提案聚焦哪些议题"),
    "a year without 年": ("2030 优秀提案", "2030年优秀提案"),
    "a session in short": ("三届二次 经济界 提案", "三届二次会议经济界提案"),
    "those who sit in a sector": ("经济界别组的召集人是谁", "经济界的召集人是谁"),
}


@pytest.mark.parametrize("case", SAME)
def test_two_ways_to_ask_are_one_question(asker: Asker, case: str) -> None:
    one, other = SAME[case]
    assert understood(asker, one) == understood(asker, other) is not None


NOT_THE_SAME = {
    "a courtesy in the middle": "哪些界别能关注养老",
    "a noun behind a name of another kind": "养老单位提过哪些提案",
    "a preposition before a person": "关于林知远有哪些说法",
    "只 before a verb": "经济界仅关注哪些议题",
    "没有 at the end that does not ask whether": "经济界提案没有",
    "a further clause on what the answer does not tell": "哪些界别关注养老，哪个最积极？",
    "a further clause that restricts": "经济界的提案有哪些，哪些没有答复？",
    "a clause on what there is": "哪些委员发过言但没提过提案？",
    "有 before what there is": "有发言没有提案的委员",
    "a title that asks": "林知远委员是哪个界别的",
    "what it is": "什么是提案",
    "议案, which is no 提案": "有哪些议案",
}


@pytest.mark.parametrize("case", NOT_THE_SAME)
def test_what_looks_like_a_redundant_word_and_is_none_is_not_passed_over(asker: Asker, case: str) -> None:
    assert understood(asker, NOT_THE_SAME[case]) is None


def test_a_clause_on_what_is_missing_lends_its_noun_only_where_it_has_one(asker: Asker) -> None:
    assert understood(asker, "群众的诉求中没有提案的有哪些") == ("concerns-without-proposal", {})
    assert understood(asker, "没有答复的提案有哪些") == ("unanswered-proposals", {})
    assert understood(asker, "哪些群众没有提案") is None


@cache
def dictionary() -> list[str]:
    """Words of jieba's dictionary, the more frequent ones, of two characters or more."""
    from kg.words import Words

    words = Words.load()
    return sorted(word for word in words._tokenizer.FREQ if len(word) > 1 and words.common(word))


TEXTS = "".join(path.read_text(encoding="utf-8") for path in sorted((HERE / "texts").iterdir()))
ANSWERED = [words for words, meant in questions("phrasings") if meant and "《" not in words]


@settings(max_examples=150, deadline=None)
@given(words=st.sampled_from(ANSWERED), more=st.sampled_from(dictionary()), data=st.data())
def test_a_word_more_that_nobody_knows_is_never_passed_over(
    asker: Asker, words: str, more: str, data: st.DataObject
) -> None:
    assume(more not in TEXTS)
    assume(any(not piece.known for piece in asker.understand(more).pieces))
    at = data.draw(st.integers(0, len(words)))
    assert understood(asker, f"{words[:at]}，{more}，{words[at:]}") is None


@given(text=st.text(alphabet="经济界关注哪些议题没有提案的《》“”2031年三届二次会议天气 ？", min_size=1, max_size=40))
def test_the_pieces_of_a_question_are_all_of_it(text: str) -> None:
    pieces = read(folded(text), Vocabulary.of(lexicon()), lambda _: ())
    assert "".join(piece.text for piece in pieces) == folded(text)


@pytest.mark.parametrize("words", ["", " ", "哪" * 201])
def test_a_question_that_is_empty_or_endless_is_refused(asker: Asker, words: str) -> None:
    with pytest.raises(UsageError, match="1 to 200 characters"):
        asker.understand(words)


def test_where_nothing_was_built_from_texts_nothing_is_understood_and_nothing_fails() -> None:
    store = in_memory([])
    reading = Asker(store, lexicon()).understand("林知远提过哪些提案？")
    assert reading.asked is None
    assert suggestions(store, lexicon(), reading)


# -- the forms --------------------------------------------------------------------------------------------------------
def test_every_saved_question_can_be_asked_in_words() -> None:
    assert {row.id for row in lexicon().question_forms} == {one.name for one in saved()}


@pytest.mark.parametrize("form", Templates(lexicon()).listing(), ids=lambda form: str(form["question"]))
def test_a_form_to_fill_in_asks_its_question_with_parameters_that_it_has(form: dict[str, object]) -> None:
    one, params = question(str(form["question"])), form["params"]
    assert isinstance(params, dict)
    assert set(params) <= {param.name for param in one.params}
    assert {slot[0] for slot in SLOT.finditer(str(form["form"]))} == set(filter(SLOT.fullmatch, params.values()))
    assert list(ask(in_memory([]), one.text, params, one.columns).rows()) == []


WORDS = "id,kind,aliases\n关注,词,\n界别,名,\n的,虚,\n哪些,问,\n"
FORMS = "id,asks,forms,examples,decoys,also\n"
BROKEN = {
    "no such word": (WORDS, "a,界别,theme=议题+关心,关注〔议题〕,,\n", "关心, which is no id in question-words.csv"),
    "no such slot": (WORDS, "a,界别,theme=题目+关注,关注〔议题〕,,\n", "takes 题目"),
    "no form": (WORDS, "a,界别,theme=议题++关注,关注〔议题〕,,\n", "has the part ''"),
    "asks for a verb": (WORDS, "a,关注,theme=议题+关注,关注〔议题〕,,\n", "asks is 关注"),
    "no example": (WORDS, "a,界别,theme=议题+关注,,,\n", "a has no example"),
    "example not understood": (WORDS, "a,界别,theme=议题+关注,爱〔议题〕,,\n", "the example 爱〔议题〕 asks nothing"),
    "two for one": (
        WORDS,
        "a,界别,theme=议题+关注,关注〔议题〕,,\nb,界别,name=议题+关注,〔议题〕的关注,,\n",
        "the example 关注〔议题〕 asks nothing",
    ),
    "decoy taken": (WORDS, "a,界别,theme=议题+关注,关注〔议题〕,哪些界别关注〔议题〕,\n", "is taken for a"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_row_that_is_wrong_is_told_with_its_line(tmp_path: Path, case: str) -> None:
    words, forms, told = BROKEN[case]
    (tmp_path / "question-words.csv").write_text("\n".join(sorted_rows(words)), encoding="utf-8")
    (tmp_path / "question-forms.csv").write_text(FORMS + forms, encoding="utf-8")
    findings = [str(found) for found in lint(tmp_path)]
    assert any(found.startswith("question-forms.csv:2:") and told in found for found in findings), findings


def sorted_rows(table: str) -> list[str]:
    head, *rows = table.splitlines()
    return [head, *sorted(rows), ""]


# -- the answer -------------------------------------------------------------------------------------------------------
def test_the_answer_stands_with_its_sparql_and_its_sentence(graph: Path) -> None:
    done = kg_ask(graph, "哪些界别关注数字经济？")
    assert done.returncode == 0, done.stderr
    assert "kg query sectors-on-theme --param theme=数字经济" in done.stderr
    assert 'VALUES ?theme_asked { "数字经济" }' in done.stderr
    assert "经济界" in done.stdout
    assert "关于发展数字经济的建议" in done.stdout.partition("依据")[2]
    assert "山南-2031:8" in done.stdout


def test_json_has_the_question_its_parameters_the_rows_and_the_evidence(graph: Path) -> None:
    done = kg_ask(graph, "教育方面的提案由哪些部门办理", "--format", "json")
    answer = json.loads(done.stdout)
    assert (answer["question"], answer["params"]) == ("handlers-on-area", {"area": "教育"})
    assert [row["handler"] for row in answer["rows"]] == ["山南区教育局"]
    assert "山南区教育局" in answer["evidence"][0]["words"]
    assert "SELECT" in answer["sparql"]


def test_csv_is_what_the_saved_question_gives(graph: Path) -> None:
    one = question("proposals-of-sector")
    expected = ask(open_store(graph), one.text, {"sector": "教育界"}, one.columns).to_csv().splitlines()
    assert kg_ask(graph, "教育界的提案有哪些？", "--format", "csv").stdout.splitlines() == expected
    assert len(expected) > 1


def test_that_nothing_is_recorded_is_said_in_words(graph: Path) -> None:
    done = kg_ask(graph, "体育界关注哪些议题？")
    assert done.returncode == 0
    assert "已录入材料中没有" in done.stderr
    assert "体育界" in done.stderr


def test_who_is_not_understood_is_told_why_and_what_can_be_asked(graph: Path) -> None:
    done = kg_ask(graph, "营商环境的天气怎么样？")
    assert (done.returncode, done.stdout) == (6, "")
    assert "“天气”" in done.stderr.splitlines()[-1]
    assert "营商环境" in done.stderr.partition("能回答的相近问题")[2]


def test_how_each_word_was_read_is_explained_when_asked(graph: Path) -> None:
    told = kg_ask(graph, "哪些界别关注养老服务？", "--explain").stderr
    assert "养老服务  议题＝养老" in told
    assert "关注  词：关注" in told


def test_an_answer_is_no_turtle(graph: Path) -> None:
    done = kg_ask(graph, "有哪些提案？", "--format", "turtle")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("words", [words for words, meant in questions("phrasings") if meant is None])
def test_every_question_that_is_suggested_is_understood(graph: Path, asker: Asker, words: str) -> None:
    near = suggestions(open_store(graph), lexicon(), asker.understand(words))
    assert near
    for each in near:
        assert asker.understand(each.text).asked == each.asked, each.text


def test_a_word_that_nobody_knows_leaves_the_question_itself_to_be_chosen(graph: Path, asker: Asker) -> None:
    store = open_store(graph)
    asked = [(words, meant) for name in SETS for words, meant in questions(name) if meant]
    itself, with_names = [], []
    for words, meant in asked:
        reading = asker.understand(f"咕噜{words}")
        assert reading.asked is None
        near = [(each.asked.question, dict(each.asked.params)) for each in suggestions(store, lexicon(), reading)]
        itself.append(meant[0] in [name for name, _ in near])
        with_names.append(meant in near)
    assert sum(itself) >= 0.98 * len(asked), [words for (words, _), one in zip(asked, itself, strict=True) if not one]
    assert sum(with_names) >= 0.9 * len(asked)


def test_the_evidence_of_an_answer_holds_what_was_asked_for(graph: Path) -> None:
    """经济界 has two proposals: for the question on one theme the other one proves nothing."""
    store = open_store(graph)
    (one,) = quotations(store, [["经济界", "未知", "1", "山南区政协"]], ["营商环境"])
    assert "关于优化营商环境的建议" in one.words
    assert quotations(store, [["经济界", "未知", "1", "山南区政协"]], ["职业教育"]) == []


def test_names_that_are_not_public_are_neither_known_nor_shown_where_they_are_masked(graph: Path) -> None:
    assert "薛奶奶" in kg_ask(graph, "群众有哪些期盼？").stdout
    masked = kg_ask(graph, "群众有哪些期盼？", "--names", "masked")
    assert "社区食堂" in masked.stdout
    assert "薛奶奶" not in masked.stdout + masked.stderr
    assert kg_ask(graph, "薛奶奶说过什么？", "--names", "masked").returncode == 6
