"""Accuracy is counted as docs/accuracy.md says, by kind of fact and by rule."""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.background import Background
from kg.errors import UsageError
from kg.evaluate import LEAST_JUDGED, Report, Row, evaluate, gold_files
from kg.extract import extract
from kg.model import Facts
from kg.read import read
from kg.resources import lexicon_dir
from kg.triples import RULES, measured_precision

TEXT = """云岫区政协优秀提案

1月8日上午，在区政协二届五次会议第一次全体会议上，优秀提案受到表彰。

序号\t提案者\t案由
1\t教育界别\t关于优化学前教育资源布局的建议
2\t宓承舟\t关于加快老旧小区加装电梯的建议

“希望多办老年食堂，让老人吃上热饭。”松溪街道工作人员温如海说。
"""
GOLD: dict[str, Any] = {
    "id": "yunxiu",
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "people": [
        {"name": "宓承舟", "role": None, "org": None, "sector": None},
        {"name": "温如海", "role": "工作人员", "org": "松溪街道", "sector": None},
    ],
    "sectors": ["教育界别"],
    "organizations": ["区政协"],
    "places": ["松溪街道"],
    "places_also": ["云岫区"],
    "proposals": [
        {"title": "关于优化学前教育资源布局的建议", "proposers": ["教育界别"], "proposerKind": "界别", "cap": [6]},
        {
            "title": "关于加快老旧小区加装电梯的建议",
            "proposers": ["宓承舟"],
            "proposerKind": "委员个人",
            "cap": [14],
            "cap_also": [13],
        },
    ],
    "sessions": [{"name": "区政协二届五次会议"}, {"name": "区政协二届五次会议第一次全体会议", "date": None}],
    "statements": [{"who": "温如海", "cap": [13], "capacity": "干部/工作人员"}],
}


@cache
def background() -> Background:
    return Background.of([lexicon_dir()])


@cache
def stated(folder: Path) -> Facts:
    path = folder / "云岫.txt"
    path.write_text(TEXT, encoding="utf-8")
    return extract(read(path), background())


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return stated(tmp_path_factory.mktemp("texts"))


def report(folder: Path, facts: list[Facts], **changed: Any) -> Report:
    path = folder / "云岫.json"
    path.write_text(json.dumps(GOLD | changed, ensure_ascii=False), encoding="utf-8")
    return evaluate([path], facts, background().lexicon)


def test_what_is_all_right_has_the_whole_figure(tmp_path: Path, facts: Facts) -> None:
    rows = report(tmp_path, [facts]).rows
    wanted = [
        "people",
        "people: role",
        "people: organisation",
        "sectors",
        "organizations",
        "places",
        "proposals: title",
    ]
    wanted += ["proposals: proposer", "proposals: proposer's kind", "sessions", "statements: speaker"]
    assert {name: rows[name].f1 for name in wanted} == dict.fromkeys(wanted, 1.0)


def test_what_the_gold_has_beside_it_was_missed(tmp_path: Path, facts: Facts) -> None:
    more = [*GOLD["people"], {"name": "晏知秋", "role": "记者", "org": None}]
    rows = report(tmp_path, [facts], people=more).rows
    assert (rows["people"].recall, rows["people"].precision) == (2 / 3, 1.0)
    assert rows["people"].missed == ("yunxiu: 晏知秋",)
    assert rows["people: role"].missed == ("yunxiu: 晏知秋 记者",)


def test_what_the_gold_has_not_is_wrong_unless_it_says_either_way(tmp_path: Path, facts: Facts) -> None:
    alone = [{"name": "温如海", "role": None, "org": None}]
    rows = report(tmp_path, [facts], people=alone, places=[], sessions=[]).rows
    assert rows["people"].wrong == ("yunxiu: 宓承舟",)
    assert rows["places"].wrong == ("yunxiu: 松溪街道",)
    assert len(rows["sessions"].wrong) == 2
    either = report(tmp_path, [facts], people=alone, places=[], places_also=["松溪街道"]).rows
    assert either["places"].wrong == ()


def test_a_proposal_is_known_by_a_title_read_a_little_differently(tmp_path: Path, facts: Facts) -> None:
    first, second = GOLD["proposals"]
    misread = first | {"title": "关于优化学前教育资原布局的建议"}
    other = first | {"title": "关于加强校园安全的建议"}
    assert report(tmp_path, [facts], proposals=[misread, second]).rows["proposals: title"].f1 == 1.0
    assert report(tmp_path, [facts], proposals=[other, second]).rows["proposals: title"].f1 == 0.5


def test_a_text_that_was_not_read_counts_as_missed_and_is_named(tmp_path: Path) -> None:
    unread = report(tmp_path, [])
    assert unread.missing == ("云岫.json",)
    assert unread.rows["people"].recall == 0.0
    assert unread.rules == {}


def test_a_rule_is_judged_by_those_of_its_facts_that_the_gold_can_judge(tmp_path: Path, facts: Facts) -> None:
    first, second = GOLD["proposals"]
    wrong = report(tmp_path, [facts], proposals=[first | {"proposers": ["经济界别"]}, second])
    assert wrong.rules["proposer.cell"] == (2, 1)
    silent = report(tmp_path, [facts], proposals=[first | {"proposers": []}, second])
    assert silent.rules["proposer.cell"] == (1, 1)


def test_a_rule_with_few_judged_facts_has_no_figure() -> None:
    few = Report(1, (), {}, {"a.rule": (LEAST_JUDGED - 1, 1), "b.rule": (LEAST_JUDGED, 4)})
    assert few.rules_csv() == f"rule,judged,precision\nb.rule,{LEAST_JUDGED},0.8000\n"


@pytest.mark.parametrize("content", ["{", "[]", '{"id": "x"}', b"\xff\xfe"])
def test_a_gold_file_that_can_not_be_understood_is_named(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "坏.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError, match=r"^坏\.json: "):
        evaluate([path], [], background().lexicon)


def test_gold_files_are_a_folders_or_the_one_named(tmp_path: Path) -> None:
    (tmp_path / "乙.json").write_text("{}", encoding="utf-8")
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    assert gold_files(tmp_path) == gold_files(tmp_path / "乙.json") == [tmp_path / "乙.json"]
    with pytest.raises(UsageError, match="no gold file"):
        gold_files(tmp_path / "无")


@given(st.integers(0, 50), st.lists(st.text(max_size=3), max_size=20), st.lists(st.text(max_size=3), max_size=20))
def test_figures_lie_between_none_and_all(right: int, missed: list[str], wrong: list[str]) -> None:
    row = Row(right, tuple(missed), tuple(wrong))
    for figure in (row.precision, row.recall, row.f1):
        assert figure is None or 0.0 <= figure <= 1.0
    if row.precision and row.recall and row.f1:
        assert row.f1 == pytest.approx(2 * row.precision * row.recall / (row.precision + row.recall))


def test_the_measured_figures_are_of_rules_that_exist() -> None:
    with RULES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows, "kg/rules.csv is empty"
    assert list(rows[0]) == ["rule", "judged", "precision"]
    assert all(int(row["judged"]) >= LEAST_JUDGED and 0.0 <= float(row["precision"]) <= 1.0 for row in rows)
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(RULES).parent.rglob("*.py"))
    unknown = [
        rule for rule in measured_precision() if f'"{rule}"' not in source and not rule.startswith("proposer-kind.")
    ]
    assert not unknown
