"""Which mentions are one entity: by name and home, never by order, clock or other texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer
from kg.lexicon import load
from kg.model import NATION, Document, Fact, Facts, Mention, Node, Span
from kg.resolve import Resolution, normalised, resolve
from kg.resources import lexicon_dir

LEXICON = load(lexicon_dir())
GAZETTEER = Gazetteer(LEXICON)
NOWHERE = Span(0, 1)


def mention(kind: str, name: str, reading: str | None = None) -> Mention:
    return Mention(kind, name, NOWHERE, name if reading is None else reading)


def of(
    *mentions: Mention, home: str = "山南区", text: str = "a", facts: tuple[Fact, ...] = (), code: str = ""
) -> Resolution:
    document = Document(text, f"{text}.txt", "山", "0" * 64)
    stated = Facts(document, home, "山南区政协", "", tuple(mentions), facts, home_code=code)
    return resolve(stated, LEXICON, GAZETTEER)


def post(person: Mention, role: str) -> Fact:
    return Fact(person, "zx:affiliation", Node("Affiliation", NOWHERE, (person.name, role, "")), NOWHERE, "post", "")


def key(resolution: Resolution, one: Mention) -> tuple[str, ...]:
    return resolution.of(one).key


def test_a_short_form_and_the_full_name_are_one_entity_with_the_short_form_as_alias() -> None:
    full, short = mention("Organization", "山南区政协"), mention("Organization", "山南区政协", "区政协")
    found = of(full, short)
    assert found.of(full) is found.of(short)
    assert (found.of(full).name, found.of(full).aliases) == ("山南区政协", ("区政协",))


@pytest.mark.parametrize("name", ["区政协", "市教育局", "自治区党委", "团县委"])
def test_a_body_of_a_level_in_texts_without_a_home_is_of_each_text_alone(name: str) -> None:
    body = mention("Organization", name)
    assert key(of(body, home=NATION, text="a"), body) != key(of(body, home=NATION, text="b"), body)


@pytest.mark.parametrize("name", ["新华通讯社", "教育部", "镇江市教育局"])
def test_a_body_that_says_itself_whose_it_is_is_one_in_all_texts(name: str) -> None:
    body = mention("Organization", name)
    assert key(of(body, home="山南区", text="a"), body) == key(of(body, home=NATION, text="b"), body)


def test_people_of_one_name_in_two_districts_are_two() -> None:
    one = mention("Person", "柳知微")
    assert key(of(one, home="山南区"), one) != key(of(one, home="水北区"), one)


def test_a_citizen_is_never_merged_across_texts() -> None:
    one = mention("Person", "柳知微")
    citizen = (post(one, "市民"),)
    assert key(of(one, text="a", facts=citizen), one) != key(of(one, text="b", facts=citizen), one)


def test_a_citizen_who_also_holds_a_post_is_a_public_person() -> None:
    one = mention("Person", "柳知微")
    both = (post(one, "市民"), post(one, "党支部书记"))
    assert key(of(one, text="a", facts=both), one) == key(of(one, text="b", facts=both), one)


def test_a_national_leader_is_at_home_in_the_nation_whatever_the_text() -> None:
    one = mention("Person", "柳知微")
    assert key(of(one, facts=(post(one, "全国政协主席"),)), one)[0] == "cn"


def test_a_body_whose_name_says_where_it_is_has_one_key_in_all_texts() -> None:
    university, party = mention("Organization", "浙江某某大学"), mention("Organization", "中国民主同盟")
    for one in (university, party):
        assert key(of(one, home="山南区"), one) == key(of(one, home="水北区"), one)
    school = mention("Organization", "育英小学")
    assert key(of(school, home="山南区"), school) != key(of(school, home="水北区"), school)


def test_a_street_is_one_in_texts_of_its_district_and_of_its_city() -> None:
    street, district = mention("Place", "下沙街道"), mention("Place", "钱塘区")
    own = of(street, home="钱塘区", code="330114")
    city = of(street, district, home="杭州市", code="330100")
    assert key(own, street) == key(city, street) == ("钱塘区", "下沙街道")
    assert own.of(street).code == "330114001"


def test_a_town_that_may_lie_anywhere_is_of_no_other_text() -> None:
    town = mention("Place", "城关镇")
    assert key(of(town, home="cn", text="a"), town) != key(of(town, home="cn", text="b"), town)
    assert not of(town, home="cn").of(town).code


def test_people_of_one_name_in_two_districts_of_one_name_are_two() -> None:
    one = mention("Person", "柳知微")
    facts = (post(one, "副主席"),)
    keys = {key(of(one, home="朝阳区", facts=facts, code=code), one) for code in ("110105", "220104")}
    assert {home for home, _ in keys} == {"北京市朝阳区", "长春市朝阳区"}


def test_a_title_told_without_its_blank_is_the_listed_one_and_keeps_the_blank() -> None:
    listed, told = mention("Proposal", "关于甲事 促进乙事的建议"), mention("Proposal", "关于甲事促进乙事的建议")
    found = of(listed, told)
    assert found.of(told).name == "关于甲事 促进乙事的建议"


@given(
    st.lists(st.sampled_from(["柳知微", "山南区政协", "育英小学", "柳 知微", "“夜校”协会"]), min_size=1), st.randoms()
)
def test_the_order_of_mentions_changes_nothing(names: list[str], random: object) -> None:
    mentions = [mention("Organization", name) for name in names]
    shuffled = list(mentions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert of(*mentions).entities == of(*shuffled).entities


@given(st.text())
def test_folding_a_name_twice_changes_nothing_more(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


def test_a_sector_of_a_committee_that_no_text_tells_is_of_no_other_text() -> None:
    seat = mention("Sector", "教育界")
    one, other = (Facts(Document(t, t, "山", "0" * 64), "cn", None, "", (seat,)) for t in "ab")
    keys = {key(resolve(facts, LEXICON, GAZETTEER), seat) for facts in (one, other)}
    assert keys == {("cn", "教育界~a"), ("cn", "教育界~b")}


def test_a_division_bears_its_full_name_whatever_the_text_calls_it() -> None:
    short, full = mention("Place", "钱塘"), mention("Place", "钱塘区")
    found = of(full, short, home="钱塘区")
    assert found.of(full).name == "钱塘区"
