"""The search box in a real browser: names, other wordings, numbers, pinyin; with the keys, and with an input method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_graphs import of_a_ledger
from page_graph import page_quads, store_of
from playwright.sync_api import Page, expect

from kg.view.graph_page import page_data, render
from kg.view.pinyin import readings

Open = Callable[..., Page]


def first(page: Page, words: str) -> str:
    """The name that a question finds first."""
    page.fill("#search", words)
    return page.locator("#found [role=option] bdi").first.inner_text()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("适老化", "养老服务"),
        ("民盟区支部", "民盟青屏区支部"),
        ("激发 青年", "关于优化营商环境 激发青年创业活力的建议"),
        ("青年 营商", "关于优化营商环境 激发青年创业活力的建议"),
        ("ＰＡＲＫ", ""),
        ("yshj", "营商环境"),
        ("yingshanghuanjing", "营商环境"),
        ("ying shang huan jing", "营商环境"),
        ("yingshhj", "营商环境"),
        ("guchangan", "顾长安"),
        ("GCA", "顾长安"),
        ("laodonggx", "劳动关系"),
        ("xczx", ""),
    ],
)
def test_it_finds_by_names_wordings_words_and_pinyin(open_page: Open, words: str, name: str) -> None:
    page = open_page()
    if not name:
        page.fill("#search", words)
        expect(page.locator("#found")).to_contain_text("没有找到")
        return
    assert first(page, words) == name
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{name} · 青屏区政协 · 履职知识图谱")


def test_a_character_of_several_readings_is_found_by_each() -> None:
    assert set(readings(["银行长"])["行"].split()) >= {"hang", "xing"}
    assert readings(["abc、1"]) == {}


def test_a_proposal_is_found_by_its_number(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "ledger.html"
    data = page_data(of_a_ledger(40))
    path.write_text(render(data), encoding="utf-8")
    card, cells = data.ledger.rows[7]
    number = cells[data.ledger.columns.index("编号")]
    page = open_page(path)
    for words in (number, f"第{number}号"):
        assert first(page, words) == data.cards[card].name
        expect(page.locator("#found [role=option]").first).to_contain_text(f"编号 {number}")


def test_the_arrow_keys_choose_and_enter_opens(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("议事厅")
    second = page.locator("#found [role=option]").nth(1)
    name = second.locator("bdi").inner_text()
    page.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "hit-1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # from the first to the last
    expect(page.locator("#found [role=option]").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{name} · 青屏区政协 · 履职知识图谱")


def test_enter_belongs_to_the_input_method_while_it_composes(open_page: Open) -> None:
    page = open_page()
    page.focus("#search")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "ying'shang", "selectionStart": 10, "selectionEnd": 10})
    expect(page.locator("#found [role=option] bdi").first).to_have_text("营商环境")
    page.evaluate(
        """() => document.getElementById("search").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true }))"""
    )
    expect(page.locator("#screen-overview")).to_be_visible()
    session.send("Input.insertText", {"text": "营商"})
    expect(page.locator("#search")).to_have_value("营商")
    expect(page.locator("#found [role=option] bdi").first).to_have_text("营商环境")


def test_it_says_when_there_is_nothing(open_page: Open) -> None:
    page = open_page()
    page.fill("#search", "没有这个名字")
    expect(page.locator("#found")).to_contain_text("没有找到")
    page.keyboard.press("Enter")
    expect(page.locator("#screen-overview")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()


def test_it_finds_among_twenty_thousand(open_page: Open, tmp_path: Path) -> None:
    """It types as a person does; what is at the end of the data is found as well."""
    data = page_data(store_of(page_quads()))
    model = next(card for card in data.cards if card.kind == "Proposal")
    more = tuple(
        replace(model, iri=f"https://w3id.org/zhengxie/id/proposal/n{n}", name=f"关于办好第{n}所夜校的建议", facts=())
        for n in range(20_000)
    )
    path = tmp_path / "many.html"
    path.write_text(render(replace(data, cards=(*data.cards, *more))), encoding="utf-8")
    page = open_page(path)
    page.focus("#search")
    page.keyboard.type("第19999所")
    expect(page.locator("#found [role=option]")).to_have_count(1)
    page.fill("#search", "yexiao")
    expect(page.locator("#found")).to_contain_text("还有 19986 项")


@pytest.mark.parametrize("width", [1366, 390])
def test_what_is_found_stands_in_the_window(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 768})
    page.fill("#search", "建议")
    box = page.locator("#found").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
