"""What a page is made of: headings, paragraphs, items, rows and by-lines, gathered into articles."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.blocks import blocks, sections
from kg.lexicon import load
from kg.model import Block, Document
from kg.resources import lexicon_dir
from kg.words import Words

CONFUSIONS = load(lexicon_dir()).confusions


@cache
def words() -> Words:
    return Words.load()


def page(raw: str) -> list[Block]:
    return blocks(Document("页", "页.txt", raw, "0" * 64), words().crosses, CONFUSIONS)


def texts(found: list[Block], kind: str) -> list[str]:
    return [b.passage.text for b in found if b.kind == kind]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("2025年,区政协怎么干?", "heading"),
        ("(一)坚持党建领航,把稳方向", "heading"),
        ("区政协认真履行职能,为发展贡献力量。", "paragraph"),
        ("■文字整理 记者 陆一鸣 制图 卓芷宁", "byline"),
        ("本报记者 门书白", "byline"),
        ("- ●突出政治引领", "item"),
        ("1\t教育界别\t关于优化学前教育资源布局的建议", "row"),
    ],
)
def test_a_line_is_told_by_its_form(line: str, kind: str) -> None:
    assert [b.kind for b in page(line)] == [kind]


def test_two_items_on_one_line_are_two() -> None:
    found = page("- 一、松溪街道议事厅:《夜市烟火更有序》 二、桐岭街道议事厅:《停车有了好去处》\n")
    assert [(b.number, b.passage.text) for b in found] == [
        (1, "松溪街道议事厅:《夜市烟火更有序》"),
        (2, "桐岭街道议事厅:《停车有了好去处》"),
    ]


def test_the_end_of_an_item_that_ran_over_goes_back_to_it() -> None:
    found = page("- ●突出建言资政,服务高质量\n- 发展 ●突出为民履职,增进福祉\n")
    assert texts(found, "item") == ["突出建言资政,服务高质量发展", "突出为民履职,增进福祉"]


def test_two_whole_items_on_one_line_stay_apart_from_the_one_above() -> None:
    found = page("- ●突出政治引领\n- ●突出建言资政 ●突出为民履职\n")
    assert texts(found, "item") == ["突出政治引领", "突出建言资政", "突出为民履职"]


def test_an_item_that_the_page_cut_off_says_so() -> None:
    (item,) = page("- 四、枫林街道议事厅:《老年食堂里的协商 让夕阳\n")
    assert item.truncated


def test_a_paragraph_cut_by_a_column_is_one() -> None:
    before = "坚持党的全面领导,落实学习制度,把握正确方向。开展庆祝活动,加强宣传平台建设,广泛凝聚共识,巩固政"
    (found,) = page(f"{before}\n\n协舆论阵地,传播好声音。\n")
    assert found.passage.text == f"{before}协舆论阵地,传播好声音。"


def test_a_heading_that_shares_its_line_with_the_paragraph_is_its_own_block() -> None:
    found = page("(三)广泛凝聚共识,汇聚各方力量 坚持大团结大联合,深化协商共建机制。\n")
    assert [(b.kind, b.number) for b in found] == [("heading", 3), ("paragraph", None)]


def test_rows_know_their_columns_and_a_letter_spaced_header_is_closed_up() -> None:
    found = page("序号\t提案者\t案 由\n1\t教育界别\t关于加强校园安全的建议\n")
    assert [b.header for b in found] == [("序号", "提案者", "案由")] * 2
    assert [c.text for c in found[1].cells] == ["1", "教育界别", "关于加强校园安全的建议"]


def test_a_block_stands_under_its_headings() -> None:
    found = page("2025年主要任务\n\n(一)坚持党建领航,把稳方向\n\n落实学习制度,确保步调一致。\n")
    assert [p.text for p in found[-1].under] == ["2025年主要任务", "(一)坚持党建领航,把稳方向"]


def test_a_page_is_parted_into_articles() -> None:
    raw = (
        "2025年,区政协怎么干?\n\n■记者 陆一鸣\n\n区政协认真履行职能。\n\n"
        "区政协表彰优秀提案\n\n2月2日上午,区政协召开会议。\n\n"
        "市民盼什么?\n\n■记者 芦雨桐\n\n市民说了心里话。\n"
    )
    heads = [s.headline.text if s.headline else "" for s in sections(page(raw))]
    assert heads == ["2025年,区政协怎么干?", "区政协表彰优秀提案", "市民盼什么?"]


@settings(deadline=None)  # the first example reads the dictionary
@given(
    st.lists(
        st.sampled_from(["标题一", "■记者 陆一鸣", "正文有句号。", "- ●条目", "甲\t乙", "(一)小标题"]), max_size=12
    )
)
def test_articles_hold_every_block_once_and_in_order(parts: list[str]) -> None:
    found = page("\n\n".join(parts))
    assert [b for s in sections(found) for b in s.blocks] == found
