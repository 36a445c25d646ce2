"""People of one name in several texts: one where the texts agree on something, two where they clash, else undecided."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer
from kg.identity import Decision, Settled, settle
from kg.lexicon import load
from kg.model import Document, Fact, Facts, Mention, Node, Span
from kg.resolve import resolve
from kg.resources import lexicon_dir

LEXICON = load(lexicon_dir())
GAZETTEER = Gazetteer(LEXICON)
NOWHERE = Span(0, 1)
PERSON = Mention("Person", "柳知微", NOWHERE, "柳知微")
Held = tuple[str, str]
"""A post and its body, which may be empty."""


def held(role: str, body: str = "") -> list[Fact]:
    post = Node("Affiliation", NOWHERE, (PERSON.name, role, body))
    facts = [Fact(PERSON, "zx:affiliation", post, NOWHERE, "r"), Fact(post, "zx:role", role, NOWHERE, "r")]
    where = Mention("Organization", body, NOWHERE, body)
    return [*facts, Fact(post, "org:organization", where, NOWHERE, "r")] if body else facts


def seated(seat: str) -> list[Fact]:
    return [Fact(PERSON, "zx:sector", Mention("Sector", seat, NOWHERE, seat), NOWHERE, "r")]


def proposing() -> list[Fact]:
    return [Fact(Mention("Proposal", "题", NOWHERE, "题"), "zx:proposer", PERSON, NOWHERE, "r")]


def text(name: str, facts: list[Fact], home: str = "山南区") -> Facts:
    committee = None if home == "cn" else f"{home}政协"
    return Facts(Document(name, f"{name}.txt", "山", "0" * 64), home, committee, "", (PERSON,), tuple(facts))


def settled(*texts: Facts) -> Settled:
    return settle([resolve(facts, LEXICON, GAZETTEER) for facts in texts], LEXICON)


def people(found: Settled) -> list[tuple[str, ...]]:
    return [r.of(PERSON).key for r in found.resolutions]


def verdicts(found: Settled) -> list[str]:
    return [d.verdict for d in found.decisions]


def test_a_proposer_and_a_member_of_the_same_committee_are_one() -> None:
    found = settled(text("a", proposing()), text("b", held("委员")), text("c", held("常委", "山南区政协")))
    assert people(found) == [("山南区", "柳知微")] * 3
    assert found.decisions == (Decision("柳知微", "one", (("a", "b", "c"),), (("山南区", "柳知微"),), "山南区政协"),)


def test_one_body_joins_two_texts_of_different_districts() -> None:
    found = settled(
        text("a", held("校长", "浙江育英大学"), home="山南区"), text("b", held("院长", "浙江育英大学"), home="水北区")
    )
    assert len(set(people(found))) == 1
    assert verdicts(found) == ["one"]


def test_a_third_text_can_join_two_that_share_nothing() -> None:
    found = settled(
        text("a", held("校长", "育英小学")),
        text("b", [*held("校长", "育英小学"), *held("委员", "山南区政协")]),
        text("c", held("委员", "山南区政协")),
    )
    assert len(set(people(found))) == 1


def test_two_bodies_with_nothing_in_common_are_of_two_people_and_the_member_keeps_the_plain_key() -> None:
    found = settled(
        text("a", held("校长", "育英小学")), text("b", [*held("院长", "山南医院"), *held("委员", "山南区政协")])
    )
    assert people(found) == [("山南区", "柳知微", "育英小学"), ("山南区", "柳知微")]
    assert verdicts(found) == ["two"]


def test_a_member_and_a_headmaster_may_be_one_so_nobody_decides() -> None:
    found = settled(text("a", held("校长", "育英小学")), text("b", held("委员")))
    assert len(set(people(found))) == 2
    assert verdicts(found) == ["undecided"]


def test_a_name_of_whose_bearer_nothing_is_said_is_never_merged() -> None:
    found = settled(text("a", held("委员")), text("b", []), text("c", []))
    assert people(found) == [("山南区", "柳知微"), ("山南区", "柳知微~b"), ("山南区", "柳知微~c")]
    assert verdicts(found) == ["undecided", "undecided"]


def test_namesakes_in_two_seats_of_one_committee_are_two() -> None:
    found = settled(text("a", seated("教育界")), text("b", seated("经济界")), text("c", seated("经济界")))
    first, second, third = people(found)
    assert first != second == third
    assert sorted(verdicts(found)) == ["one", "two"]


def test_the_same_post_in_one_division_is_one_person_but_a_citizens_calling_is_not() -> None:
    assert verdicts(settled(text("a", held("记者")), text("b", held("记者")))) == ["one"]
    assert len(set(people(settled(text("a", held("市民")), text("b", held("市民")))))) == 2


def test_reporters_of_texts_without_a_home_are_not_one_by_their_calling() -> None:
    found = settled(text("a", held("记者"), home="cn"), text("b", held("记者"), home="cn"))
    assert "one" not in verdicts(found)


def test_people_of_two_districts_are_two_and_nobody_is_asked() -> None:
    found = settled(text("a", held("委员"), home="山南区"), text("b", held("委员"), home="水北区"))
    assert people(found) == [("山南区", "柳知微"), ("水北区", "柳知微")]
    assert found.decisions == ()


def test_schools_of_one_name_in_two_districts_make_no_person_one() -> None:
    national = held("主席", "全国政协")
    found = settled(
        text("a", held("校长", "育英小学"), home="山南区"),
        text("b", [*held("校长", "育英小学"), *held("国家主席")], home="山南区"),
        text("c", [*held("校长", "育英小学"), *held("国家主席")], home="水北区"),
        text("d", national, home="水北区"),
    )
    merged: dict[tuple[str, ...], list[str]] = {}
    for resolution in found.resolutions:
        merged.setdefault(resolution.of(PERSON).key, []).append(resolution.facts.document.id)
    told = {d.keys[0]: list(d.texts[0]) for d in found.decisions if d.verdict == "one"}
    assert {key: names for key, names in merged.items() if len(names) > 1} == told


def test_the_list_puts_first_what_waits_for_a_person() -> None:
    found = settled(text("a", held("委员")), text("b", held("委员")), text("c", held("校长", "育英小学")))
    rows = list(csv.DictReader(io.StringIO(found.csv())))
    assert [r["verdict"] for r in rows] == ["undecided", "one"]
    assert (rows[0]["texts of one"], rows[0]["texts of other"]) == ("a|b", "c")
    assert rows[0]["why"] == "山南区政协 | 育英小学"


SAYINGS = st.lists(
    st.sampled_from(
        [
            *(held("委员"), held("记者"), held("校长", "育英小学"), held("院长", "山南医院"), held("市民"), []),
            *(seated("教育界"), seated("经济界"), proposing(), held("主席", "全国政协")),
        ]
    ),
    max_size=2,
)
TEXTS = st.lists(st.tuples(SAYINGS, st.sampled_from(["山南区", "水北区", "cn"])), min_size=1, max_size=6)


@given(TEXTS, st.randoms())
def test_neither_the_order_of_texts_nor_chance_decides_who_is_who(
    said: list[tuple[list[list[Fact]], str]], random: object
) -> None:
    texts = [text(f"t{i}", [f for facts in each for f in facts], home) for i, (each, home) in enumerate(said)]
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    one, other = settled(*texts), settled(*shuffled)
    assert one.decisions == other.decisions
    by_text = [{r.facts.document.id: r.of(PERSON).key for r in found.resolutions} for found in (one, other)]
    assert by_text[0] == by_text[1]


@given(TEXTS)
def test_every_text_of_a_person_is_named_once_and_no_merge_is_silent(
    said: list[tuple[list[list[Fact]], str]],
) -> None:
    texts = [text(f"t{i}", [f for facts in each for f in facts], home) for i, (each, home) in enumerate(said)]
    found = settled(*texts)
    merged: dict[tuple[str, ...], list[str]] = {}
    for resolution in found.resolutions:
        merged.setdefault(resolution.of(PERSON).key, []).append(resolution.facts.document.id)
    told = {d.keys[0]: list(d.texts[0]) for d in found.decisions if d.verdict == "one"}
    assert {key: names for key, names in merged.items() if len(names) > 1} == told
