"""The words behind what the page tells, in a real browser: passages, repairs, rules, citations, reports of mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from handled_graph import MEMBER, PROPOSAL, handled_store
from playwright.sync_api import Page, expect
from test_page_cards import find, section

from kg.view.graph_page import render
from kg.view.page_data import page_data

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def handled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("handled") / "graph.html"
    path.write_text(render(page_data(handled_store())), encoding="utf-8")
    return path


def open_words(page: Page, fact: str) -> None:
    page.locator("#screen-sheet tr, #screen-sheet .fact", has_text=fact).first.locator(".ref").first.click()


def copied(page: Page, button: str) -> str:
    """What a button puts on the clipboard."""
    page.evaluate(
        """() => { const set = DataTransfer.prototype.setData;
            DataTransfer.prototype.setData = function (type, words) {
              if (type === "text/plain") window.copied = words;
              return set.call(this, type, words); }; }"""
    )
    page.get_by_role("button", name=button).last.click()
    words: str = page.evaluate("window.copied")
    return words


def test_a_fact_opens_its_sentence_marked_in_its_paragraph(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    open_words(page, "会办")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("会办：区财政局")
    expect(panel.locator("mark")).to_have_text("我局已深入调研,并会同区财政局办理。")
    expect(panel.locator("blockquote")).to_contain_text("收悉")
    expect(panel.locator("cite")).to_have_text("关于第12号提案的答复 · letter.txt · 2031年9月8日 第2行")


def test_a_repaired_word_is_dotted_and_tells_the_scans_letters(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    open_words(page, "会办")
    word = page.locator("#panel .repaired")
    expect(word).to_have_text("入")
    assert "dotted" in word.evaluate("e => getComputedStyle(e).borderBottomStyle")
    shown = "e => getComputedStyle(e, '::after').visibility + getComputedStyle(e, '::after').content"
    assert word.evaluate(shown).startswith("hidden")
    word.hover()
    assert word.evaluate(shown) == 'visible"原件作“人”"'
    page.mouse.move(0, 0)
    word.focus()
    assert word.evaluate(shown).startswith("visible")
    expect(word).to_have_attribute("aria-label", "入（原件作“人”）")


def test_details_tell_the_rule_and_whether_a_person_checked(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    open_words(page, "会办")
    panel = page.locator("#panel")
    expect(panel.locator(".read")).to_have_text("自动提取")
    panel.locator("summary", has_text="详情").click()
    expect(panel.locator("details")).to_contain_text("承办单位一栏或答复中的承办单位 handling.handler")
    find(page, MEMBER)
    open_words(page, "教育界")
    expect(panel.locator(".checked")).to_have_text("已核对")


def test_a_citation_is_copied_with_its_place(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    open_words(page, "会办")
    assert copied(page, "复制引文") == (
        "“我局已深入调研,并会同区财政局办理。”（《关于第12号提案的答复》，2031年9月8日，letter.txt 第2行）"
    )


def test_a_mistake_is_reported_in_one_line(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    open_words(page, "会办")
    page.get_by_role("button", name="报告错误").click()
    line = copied(page, "复制")
    assert line.split("\t") == [
        PROPOSAL, "会办", "区财政局", "letter.txt", "第2行", "我局已深入调研,并会同区财政局办理。", "handling.handler"
    ]  # fmt: skip
    assert "\n" not in line
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#panel")).to_be_visible()


def test_texts_that_disagree_stand_side_by_side(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    rows = section(page, "各文本说法不一").locator("tbody tr")
    expect(rows).to_have_text(["提案编号12立案提案原文", "提案编号21委员为停车难建言原文"])
    rows.nth(1).get_by_role("button", name="原文").click()
    expect(page.locator("#panel mark")).to_contain_text("第21号提案")


def test_a_row_of_a_table_opens_its_words_and_a_number_those_it_counts(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, "交通停车")
    section(page, "提案方").get_by_role("button", name="2").click()
    expect(page.locator("#panel .quote")).to_have_count(2)
    section(page, "提案").locator("tbody tr").nth(1).get_by_role("button", name="原文").click()
    assert page.locator("#panel .quote").count() >= 4


def test_escape_closes_the_drawer_and_the_keyboard_is_where_it_was(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    ref = page.locator("#screen-sheet .ref").first
    ref.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-body")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(ref).to_be_focused()


def test_a_figure_opens_its_records_each_with_its_words(open_page: Open) -> None:
    page = open_page()
    page.locator("#screen-overview .figures button, #screen-overview button.opens").first.click()
    panel = page.locator("#panel")
    expect(panel.locator(".records > li").first.locator("mark")).not_to_be_empty()
    panel.locator(".records a").first.click()
    expect(page.locator("#screen-sheet")).to_be_visible()
    expect(panel).to_be_hidden()


def test_nothing_of_a_masked_citizen_shows_in_the_whole_paragraph(open_page: Open) -> None:
    page = open_page()
    page.fill("#search", "薛某")
    page.keyboard.press("Enter")
    page.locator("#screen-sheet .ref").first.click()
    words = page.inner_text("#panel")
    assert "薛某（居民）" in words
    for private in ("薛奶奶", "74岁", "柳岸社区"):
        assert private not in words
