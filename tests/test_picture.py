"""What the picture is drawn from, before a browser draws it: its order, its lines, and what they say."""

from __future__ import annotations

import random
from collections import Counter
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_graph import PageGraph, page_quads, store_of
from pyoxigraph import Literal

from kg import vocab
from kg.view.graph_page import PageData, page_data
from kg.view.picture import ABOUT, BEHIND, BROADER, COUNTS_FOR, SEAT, edges, nodes
from kg.view.picture_order import ordered


@pytest.fixture(scope="module")
def data() -> PageData:
    return page_data(store_of(page_quads()))


def lines_of(data: PageData, role: int) -> set[tuple[str, str]]:
    """The names of both ends of the lines that have a role."""
    names = [data.cards[spot.card].name for spot in data.picture.spots]
    return {(names[line.start], names[line.end]) for line in data.picture.lines if line.role & role}


def test_a_proposal_leads_to_its_proposer_its_themes_and_whom_it_counts_for(data: PageData) -> None:
    title = "关于搭建民营企业融资服务平台,助力中小企业高质量发展的建议"
    assert (title, "工商联界别") in lines_of(data, BEHIND) & lines_of(data, COUNTS_FOR)
    assert {(title, "民营经济"), (title, "金融服务")} <= lines_of(data, ABOUT)
    assert ("关于优化营商环境 激发青年创业活力的建议", "顾长安") in lines_of(data, BEHIND) - lines_of(data, COUNTS_FOR)


def test_a_case_leads_to_its_host_and_a_theme_to_the_one_above(data: PageData) -> None:
    assert ("盘活闲置楼宇 引来产业活水", "石湾街道议事厅") in lines_of(data, BEHIND)
    assert ("营商环境", "产业与企业") in lines_of(data, BROADER)


def test_a_members_proposal_counts_for_the_seat_that_a_text_gives() -> None:
    page = PageGraph("roster", "教育界 林知远\n林知远提交提案。\n")
    page.describe("名单")
    sector, member = page.thing("Sector", "教育界"), page.thing("Person", "林知远")
    silent = page.thing("Person", "周可安")
    page.fact(silent, "zx:sector", sector, "教育界 林知远")
    page.fact(member, "zx:sector", sector, "教育界 林知远")
    proposal = page.thing("Proposal", "关于办好夜校的建议", title=True)
    page.fact(proposal, "zx:proposer", member, "林知远提交提案")
    drawn = page_data(store_of([*page.quads, *vocab.ontology_quads()]))
    assert lines_of(drawn, COUNTS_FOR) == {("关于办好夜校的建议", "教育界")}
    assert lines_of(drawn, SEAT) == {("林知远", "教育界"), ("周可安", "教育界")}


def test_what_is_only_handled_like_a_proposal_is_not_drawn_among_them() -> None:
    page = PageGraph("mixed", "提案一件，社情民意信息一条。\n")
    page.describe("目录")
    for title, form in (("关于办好夜校的建议", "提案"), ("关于修好路灯的情况反映", "社情民意信息")):
        thing = page.thing("Proposal", title, title=True)
        page.fact(thing, "zx:form", vocab.concept("form", form), "提案一件")
        page.fact(thing, "zx:proposer", page.thing("Person", "林知远"), "提案一件")
    drawn = page_data(store_of([*page.quads, *vocab.ontology_quads()]))
    assert {line[0] for line in lines_of(drawn, BEHIND)} == {"关于办好夜校的建议"}


def test_statements_know_in_what_capacity_they_were_made(data: PageData) -> None:
    said = Counter(spot.capacity for spot in data.picture.spots if spot.kind == "Statement")
    assert said == {"群众": 3, "干部/工作人员": 3}


def test_titles_are_drawn_without_what_all_titles_share(data: PageData) -> None:
    lines = {"".join(spot.lines) for spot in data.picture.spots if spot.kind == "Proposal"}
    assert "推动茶产业园区建设" in lines


def test_themes_of_one_category_stand_together_in_the_usual_order() -> None:
    page = PageGraph("themes", "名单\n")
    page.describe("名单")
    body = page.thing("Organization", "青屏区政协")
    wanted = ["经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设"] * 3
    for number, category in enumerate(random.Random(7).sample(wanted, len(wanted))):
        theme = page.thing("Theme", f"议题{number}")
        page.fact(theme, "zx:category", vocab.concept("category", category), "名单")
        proposal = page.thing("Proposal", f"关于第{number}事的建议", title=True)
        page.fact(proposal, "zx:proposer", body, "名单")
        page.fact(proposal, "zx:theme", theme, "名单")
        page.fact(proposal, "zx:number", Literal(str(number)), "名单")
    picture = page_data(store_of([*page.quads, *vocab.ontology_quads()])).picture
    themes = sorted((spot for spot in picture.spots if spot.column == 2), key=lambda spot: spot.order)
    assert [category for category, _ in groupby(spot.category for spot in themes)] == [0, 1, 2, 3, 4]


def test_pyvis_is_given_every_spot_and_line_by_number(data: PageData) -> None:
    assert [node["id"] for node in nodes(data.picture)] == list(range(len(data.picture.spots)))
    assert all(0 <= edge["from"] < len(data.picture.spots) > edge["to"] for edge in edges(data.picture))


COLUMNS = st.lists(st.integers(0, 4), min_size=1, max_size=40)


@given(COLUMNS, st.randoms(use_true_random=False))
def test_every_column_has_an_order_that_no_order_of_lines_changes(columns: list[int], chance: random.Random) -> None:
    every = range(len(columns))
    lines = [(chance.choice(every), chance.choice(every)) for _ in columns]
    groups = [chance.choice((0, 1, 2)) if column == 2 else None for column in columns]
    ranks = ordered(columns, groups, lines)
    for column in set(columns):
        here = [i for i in every if columns[i] == column]
        assert sorted(ranks[i] for i in here) == list(range(len(here)))
        grouped = [groups[i] or 0 for i in sorted(here, key=lambda i: ranks[i])]
        assert grouped == sorted(grouped)
    chance.shuffle(lines)
    assert ordered(columns, groups, lines) == ranks


def test_what_needs_not_cross_does_not() -> None:
    chance = random.Random(3)
    ends = list(range(10))
    chance.shuffle(ends)
    columns = [0] * 10 + [2] * 10
    ranks = ordered(columns, [None] * 20, [(i, 10 + end) for i, end in enumerate(ends)])
    assert [ranks[i] for i in range(10)] == [ranks[10 + end] for end in ends]
