"""The gazetteer: divisions by name and code, which lies in which, and which of several a text means.

Its divisions are real ones, since that is what it is about.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer
from kg.lexicon import load
from kg.resources import gazetteer_dir, lexicon_dir

GAZETTEER = Gazetteer(load(lexicon_dir()))
TOWNS = (gazetteer_dir() / "towns.csv").read_text(encoding="utf-8").split("\n")
CODES = (*GAZETTEER.divisions, *(line.partition(",")[0] for line in TOWNS[1:-1]))


def test_the_table_of_towns_is_in_order_and_holds_names_only() -> None:
    assert TOWNS[0] == "id,name"
    assert TOWNS[-1] == ""
    rows = [line.split(",") for line in TOWNS[1:-1]]
    assert [code for code, _ in rows] == sorted({code for code, _ in rows})
    assert all(re.fullmatch("[0-9]{9}", code) and re.fullmatch("[\u3400-\u9fff]{2,}", name) for code, name in rows)


def test_no_two_divisions_have_one_key() -> None:
    assert len({GAZETTEER.key(code) for code in CODES}) == len(CODES)


@given(st.sampled_from(CODES))
def test_every_division_lies_in_a_province(code: str) -> None:
    *_, province = GAZETTEER.chain(code)
    assert province == f"{code[:2]}0000"


@given(st.sampled_from(CODES))
def test_a_town_is_found_in_the_division_that_it_lies_in(code: str) -> None:
    if code not in GAZETTEER.divisions and GAZETTEER.above(code) in CODES:
        assert GAZETTEER.name(code) in GAZETTEER.towns(code[:6])


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("三明", "三明市"),
        ("海西州", "海西蒙古族藏族自治州"),
        ("鄂温克旗", "鄂温克族自治旗"),
        ("克孜勒苏", "克孜勒苏柯尔克孜自治州"),
        ("朝阳", "朝阳"),
    ],
)
def test_a_short_form_stands_for_the_one_division_that_has_it(short: str, full: str) -> None:
    assert GAZETTEER.short_forms[short] == full


@pytest.mark.parametrize(
    ("name", "home", "told", "code"),
    [
        ("浙江省", "", {}, "330000"),
        ("下沙街道", "330114", {}, "330114001"),
        ("下沙街道", "330100", {}, "330114001"),
        ("下沙街道", "", {}, None),
        ("下沙街道", "110105", {}, None),
        ("城关镇", "", {}, None),
        ("朝阳区", "", {}, None),
        ("朝阳区", "110108", {}, "110105"),
        ("朝阳区", "110108", {"朝阳区": ["长春市"]}, "220104"),
        ("云岫街道", "330114", {}, None),
    ],
)
def test_a_name_has_a_code_where_home_or_text_leave_one(name: str, home: str, told: dict, code: str | None) -> None:
    assert GAZETTEER.codes([name, "长春市"], home, told).get(name) == code


def test_a_street_of_a_district_that_the_text_names_is_that_district_s() -> None:
    assert GAZETTEER.codes(["钱塘区", "下沙街道"], "", {})["下沙街道"] == "330114001"
