"""Was this proposed before, and how was it answered: what is called a repeat is one, and its answer is the texts'."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import load
from kg.matters import TitleReader
from kg.repeats import NEAR, Hit, Titles
from kg.resources import lexicon_dir
from kg.themes import ThemeMatcher
from kg.words import Words

with (Path(__file__).parent / "repeats" / "pairs.csv").open(encoding="utf-8", newline="") as _file:
    PAIRS = list(csv.DictReader(_file))
TITLES = sorted({row[side] for row in PAIRS for side in ("one", "other")})


@cache
def parts() -> tuple[TitleReader, ThemeMatcher, Words]:
    lexicon = load(lexicon_dir())
    return TitleReader(lexicon.title_words), ThemeMatcher(lexicon), Words.load()


def made(titles: list[str]) -> Titles:
    reader, themes, words = parts()
    return Titles(titles, reader, themes.themes_of, words.known)


def beside(one: str, other: str) -> Hit:
    return next(hit for hit in made([other]).near(one, 0.0))


def repeats(one: str, other: str) -> bool:
    return beside(one, other).comparison.repeats


# -- the labelled pairs -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("split", ["tune", "held"])
def test_what_is_called_a_repeat_is_one_and_most_of_what_is_near_is_shown(split: str) -> None:
    rows = [row for row in PAIRS if row["split"] == split]
    titles = sorted({row[side] for row in rows for side in ("one", "other")})
    ready = made(titles)
    called, shown = [], []
    for row in rows:
        hits = {titles[hit.index]: hit for hit in ready.near(row["one"])}
        hit = hits.get(row["other"])
        called += [row["label"]] if hit and hit.comparison.repeats else []
        shown += [row["label"]] if hit else []
    same, other = (sum(row["label"] == label for row in rows) for label in ("same", "other"))
    assert called.count("same") / len(called) >= 0.98
    assert called.count("same") / same >= 0.7
    assert 1 - shown.count("other") / len(shown) >= 0.9
    assert (len(shown) - shown.count("other")) / (len(rows) - other) >= 0.75


def test_among_all_titles_no_two_repeat_each_other_that_are_labelled_otherwise() -> None:
    same = nx.Graph((row["one"], row["other"]) for row in PAIRS if row["label"] == "same")
    otherwise = {frozenset((row["one"], row["other"])) for row in PAIRS if row["label"] != "same"}
    found = [(TITLES[i], TITLES[j]) for i, j, _, _ in made(TITLES).repeats()]
    assert not [pair for pair in found if frozenset(pair) in otherwise]
    linked = [pair for pair in found if all(map(same.has_node, pair)) and nx.has_path(same, *pair)]
    assert len(linked) > 100


def test_all_repeats_are_those_that_each_title_finds() -> None:
    ready = made(TITLES)
    one_by_one = {
        frozenset((i, hit.index))
        for i, title in enumerate(TITLES)
        for hit in ready.near(title)
        if hit.comparison.repeats and hit.index != i
    }
    assert {frozenset((i, j)) for i, j, _, _ in ready.repeats()} == one_by_one


# -- what makes a repeat ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于加强校园周边夜市管理的建议", "关于进一步规范校园周边夜市监管的提案"),
        ("关于做好2030年防汛工作的建议", "关于做好2031年防汛工作的建议"),
        ("关于建设二十分钟健身圈的建议", "关于建设20分钟健身圈的建议"),
        ("關於發展鄉村民宿旅遊的建議", "关于发展乡村民宿旅游的建议"),
        ("关于开设老年人电脑课堂的建议", "关于开设老年人电恼课堂的建议"),
        ("关于发展乡村民宿的建议", "关于发展乡村民宿，助力共同富裕的建议"),
        ("第27号 《关于增设街角花坛的建议》（重点提案）", "关于增设街角花坛的建议"),
    ],
)
def test_a_matter_in_other_words_is_a_repeat(one: str, other: str) -> None:
    assert repeats(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于延长27路公交线路的建议", "关于延长29路公交线路的建议"),
        ("关于改善松柏路交通拥堵的建议", "关于改善梧桐路交通拥堵的建议"),
        ("关于加强初中生安全教育的建议", "关于加强高中生安全教育的建议"),
        ("关于发展直播带货的建议", "关于加强直播带货监管的建议"),
        ("关于保护古桥老街的建议", "关于开发古桥老街的建议"),
        ("关于加强养老服务的建议", "关于加强山区养老服务的建议"),
        ("关于优化人才公寓布局的建议", "关于优化公交站点布局的建议"),
    ],
)
def test_another_matter_in_the_same_form_is_none(one: str, other: str) -> None:
    assert not repeats(one, other)


def test_a_hit_tells_which_words_both_have_and_which_only_one() -> None:
    words = beside("关于加强老旧小区加装电梯的建议", "关于加强老旧小区停车管理的建议").comparison
    assert (words.shared, words.missing, words.added) == (("老旧小区",), ("加装电梯",), ("停车",))


def test_other_words_of_one_theme_are_near() -> None:
    hits = made(["关于维护网约配送员权益的建议", "关于加强老旧小区停车管理的建议"]).near("关于关爱外卖骑手的建议")
    assert [hit.index for hit in hits] == [0]


def test_a_title_of_form_words_alone_is_like_itself() -> None:
    assert beside("关于进一步加强工作的建议", "关于进一步加强工作的建议").likeness == 1


# -- what holds for all titles ----------------------------------------------------------------------------------------
titles_of_any_sort = st.sampled_from(TITLES) | st.text(
    alphabet="关于加强老旧小区电梯的建议2031年、，—《》 x", min_size=1
)


@given(st.lists(titles_of_any_sort, min_size=1, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_nearness_is_symmetric_and_no_order_of_the_titles_changes_it(titles: list[str], chance: object) -> None:
    shuffled = sorted(titles, key=lambda _: chance.random())  # type: ignore[attr-defined]
    ready, other = made(titles), made(shuffled)
    found = {
        (title, titles[hit.index]): (hit.likeness, hit.comparison.repeats)
        for title in titles
        for hit in ready.near(title, 0.0)
    }
    assert all(0 <= likeness <= 1 for likeness, _ in found.values())
    assert all(found[b, a] == found[a, b] for a, b in found)
    again = {
        (title, shuffled[hit.index]): (hit.likeness, hit.comparison.repeats)
        for title in titles
        for hit in other.near(title, 0.0)
    }
    assert again == found


@given(st.lists(st.sampled_from(TITLES), min_size=1, max_size=8, unique=True))
def test_a_title_is_most_like_itself_and_repeats_stand_first(titles: list[str]) -> None:
    ready = made(titles)
    for i, title in enumerate(titles):
        hits = ready.near(title)
        assert next(hit for hit in hits if hit.index == i).likeness == max(hit.likeness for hit in hits) == 1
        order = [(not hit.comparison.repeats, -hit.likeness) for hit in hits]
        assert all(one <= other for one, other in pairwise(order))
        assert all(hit.likeness >= NEAR for hit in hits)


def test_all_at_once_finds_what_each_title_finds() -> None:
    ready = made(TITLES)
    for i, hits in ready.nearest(len(TITLES)):
        alone = [hit for hit in ready.near(TITLES[i]) if hit.index != i]
        assert {h.index: (h.likeness, h.comparison) for h in hits} == {
            h.index: (h.likeness, h.comparison) for h in alone
        }
    for i, few in ready.nearest(3):
        best = sorted((hit.likeness for hit in ready.near(TITLES[i]) if hit.index != i), reverse=True)[:3]
        assert sorted((hit.likeness for hit in few), reverse=True) == best


# -- the command, on a graph of invented texts ------------------------------------------------------------------------
LEDGER = """政协山南区第三届委员会第{ordinal}次会议提案立案情况一览表
序号|提案编号|届次|案由|提案者|审查结果|主办单位|会办单位|办理结果|答复日期|满意度
""".replace("|", "\t")
FIRST = """1|20310001|三届二次会议|关于加强老旧小区加装电梯的建议|林知远|立案|区城建局|区财政局|已解决|2031-06-15|
2|20310002|三届二次会议|关于发展夜间经济的建议|顾长风|立案|区商务局||列入计划|2031-07-01|基本满意
3|20310003|三届二次会议|关于保护古桥老街的建议|叶青禾|立案|区文旅局||已解决|2031-05-08|满意
""".replace("|", "\t")
SECOND = """1|20320001|三届三次会议|关于推进山南区老旧小区加装电梯工作的建议|叶青禾|立案|||||
2|20320002|三届三次会议|关于老旧小区停车难的建议|林知远|立案|区公安局||列入计划|2032-06-30|满意
3|20320003|三届三次会议|关于保护古桥老街的建议|林知远|立案|区住建局||留作参考|2032-04-18|不满意
""".replace("|", "\t")


def kg(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "山南-2031.txt").write_text(LEDGER.format(ordinal="二") + FIRST, encoding="utf-8")
    (folder / "山南-2032.txt").write_text(LEDGER.format(ordinal="三") + SECOND, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(texts: Path) -> Path:
    from kg.build import build
    from kg.settings import Settings

    build([texts], texts / "build", Settings(None))
    return texts / "build"


def rows(*arguments: str | Path) -> list[dict[str, str]]:
    done = kg("similar", *arguments, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_a_title_that_was_proposed_before_comes_with_its_answer(graph: Path) -> None:
    first, second, *others = rows("关于破解老旧小区加装电梯难题的提案", "--build", graph)
    assert [first["verdict"], second["verdict"]] == ["重复", "重复"]
    assert {row["verdict"] for row in others} <= {"相近"}
    answered = next(row for row in (first, second) if row["year"] == "2031")
    for name, value in {
        "title": "关于加强老旧小区加装电梯的建议",
        "committee": "山南区政协",
        "session": "山南区政协三届二次会议",
        "proposers": "林知远",
        "lead": "山南区城建局",
        "handlers": "山南区财政局",
        "outcome": "已解决",
        "replied": "2031-06-15",
        "lists": "全部立案",
        "shared": "老旧小区加装电梯",
    }.items():
        assert answered[name] == value
    assert answered["places"].startswith("山南-2031:3")


def test_the_district_of_all_proposals_says_nothing_in_a_title(graph: Path) -> None:
    titles = [
        row["title"] for row in rows("关于加强老旧小区加装电梯的建议", "--build", graph) if row["verdict"] == "重复"
    ]
    assert "关于推进山南区老旧小区加装电梯工作的建议" in titles


def test_people_read_what_no_text_says_as_missing_and_the_words_that_both_have(graph: Path) -> None:
    shown = kg("similar", "关于老旧小区加装电梯的建议", "--build", graph).stdout
    block = next(b for b in shown.split("\n\n") if "推进山南区" in b)
    assert "办理结果：无数据" in block and "答复日期：无数据" in block
    assert "共同的词：老旧小区加装电梯" in block
    assert "出处：山南-2032:3" in block


def test_each_value_knows_where_it_stands(graph: Path) -> None:
    found = json.loads(kg("similar", "关于发展夜间经济的建议", "--build", graph, "--format", "json").stdout)
    assert found[0]["likeness"] == 1
    assert found[0]["feedback"] == "基本满意"
    assert found[0]["sources"]["outcome"] == found[0]["sources"]["lead"] == ["山南-2031:4"]


def test_the_same_title_at_two_sessions_was_answered_twice(graph: Path) -> None:
    found = rows("关于保护古桥老街的建议", "--build", graph)[:2]
    assert [(row["year"], row["lead"], row["outcome"]) for row in found] == [
        ("2031", "山南区文旅局", "已解决"),
        ("2032", "山南区住建局", "留作参考"),
    ]


def test_all_repeats_of_a_graph_name_the_earlier_one_first(graph: Path) -> None:
    found = rows("--all", "--build", graph)
    assert {(row["earlier_title"], row["later_title"]) for row in found} == {
        ("关于加强老旧小区加装电梯的建议", "关于推进山南区老旧小区加装电梯工作的建议"),
        ("关于保护古桥老街的建议", "关于保护古桥老街的建议"),
    }
    assert {(row["earlier_session"][-4:], row["later_session"][-4:], row["ordered"]) for row in found} == {
        ("二次会议", "三次会议", "yes")
    }
    shown = kg("similar", "--all", "--build", graph).stdout
    assert shown.index("先：关于加强老旧小区") < shown.index("后：关于推进山南区老旧小区")


def test_a_file_is_asked_title_by_title(graph: Path, texts: Path, tmp_path: Path) -> None:
    asked = [row["asked"] for row in rows(texts / "山南-2032.txt", "--build", graph, "--limit", "1")]
    assert list(dict.fromkeys(asked)) == [line.split("\t")[3] for line in SECOND.splitlines()]
    letter = tmp_path / "建议.txt"
    letter.write_text(
        "关于发展夜间经济的建议\n\n夜市越来越少，居民晚上无处可去，商户的生意也淡了。\n", encoding="utf-8"
    )
    assert rows(letter, "--build", graph)[0]["outcome"] == "列入计划"


def test_what_is_left_out_by_the_limit_is_told(graph: Path) -> None:
    done = kg("similar", "关于老旧小区加装电梯的建议", "--build", graph, "--limit", "1")
    assert "the first 1 are printed" in done.stderr


def test_nothing_similar_is_said_and_is_no_failure(graph: Path) -> None:
    done = kg("similar", "关于观测流星雨的建议", "--build", graph)
    assert (done.returncode, done.stdout) == (0, "")
    assert "no proposal here is similar to 关于观测流星雨的建议" in done.stderr


def test_the_same_bytes_each_time(graph: Path) -> None:
    for asked in (["关于老旧小区加装电梯的建议"], ["--all"]):
        printed = {
            kg("similar", *asked, "--build", graph, "--format", "json", PYTHONHASHSEED=seed).stdout
            for seed in ("1", "2")
        }
        assert len(printed) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["", "--build", "BUILD"], 2, "the title is empty"),
        (["elevators 2031", "--build", "BUILD"], 2, "no Chinese character"),
        (["名单.docx", "--build", "BUILD"], 6, "no such file"),
        (["空白.txt", "--build", "BUILD"], 6, "no such file"),
        (["关于加装电梯的建议", "--all", "--build", "BUILD"], 2, "either a title"),
        (["--build", "BUILD"], 2, "either a title"),
        (["关于加装电梯的建议", "--format", "turtle", "--build", "BUILD"], 2, "--format json"),
        (["关于加装电梯的建议", "--build", "nowhere"], 4, "run kg build"),
        (["关于" + "加装电梯" * 100, "--build", "nowhere"], 4, "run kg build"),
    ],
)
def test_an_error_is_one_line_with_its_exit_code(graph: Path, arguments: list[str], code: int, words: str) -> None:
    done = kg("similar", *(str(graph) if each == "BUILD" else each for each in arguments))
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr and done.stderr.count("\n") == 1


def test_a_file_without_a_title_is_named(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "一段话.txt").write_text(
        "昨天下午，天气转晴，街上的人多了起来，孩子们在广场上放风筝。\n" * 3, encoding="utf-8"
    )
    done = kg("similar", tmp_path / "一段话.txt", "--build", graph)
    assert done.returncode == 2
    assert "一段话.txt: no title was found in it" in done.stderr


def test_a_citizen_in_a_title_is_not_named_in_full(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        "山南区政协三届二次会议提案目录\n\n1.关于帮助程巧云奶奶解决出行困难的建议（提案者：林知远）\n\n"
        "居民程巧云说：“希望楼道里装上扶手，老人上下楼方便些。”\n",
        encoding="utf-8",
    )
    out = tmp_path / "build"
    assert kg("-q", "build", tmp_path / "page.txt", "--out", out).returncode == 0
    asked = "关于帮助老人解决出行困难的建议"
    for form in ("table", "csv", "json"):
        shown = kg("similar", asked, "--build", out, "--format", form).stdout
        assert "程某" in shown
        assert "程巧云" not in shown
