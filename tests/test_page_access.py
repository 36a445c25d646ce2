"""The page for those who use no mouse or see it otherwise: axe finds nothing, and the keys reach everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
SCREENS = ("#/", "#/?lang=en", "#/ledger", "#/ledger?category=经济建设", "#/graph", "#theme/business")


def faults(page: Page) -> list[str]:
    """What axe finds by WCAG 2.1 A and AA and by good practice, contrast too; each with where it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => {
            const { violations } = await axe.run(document, { resultTypes: ["violations"] });
            const places = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ");
            return violations.map(({ impact, id, nodes }) => `${impact} ${id}: ${places(nodes)}`);
        }"""
    )
    return [str(fault) for fault in found]


@pytest.mark.parametrize("address", SCREENS)
@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing(open_page: Open, address: str, width: int) -> None:
    page = open_page(address=address, viewport={"width": width, "height": 768})
    assert faults(page) == []


def test_axe_finds_nothing_in_what_unfolds(open_page: Open) -> None:
    page = open_page(address="#/ledger")
    page.locator(".facet summary").first.click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.fill("#search", "议事厅")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="SPARQL").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.click("[data-screen=overview]")
    page.locator(".figure button").first.click()
    expect(page.locator("#panel")).to_be_visible()
    assert faults(page) == []


def focused(page: Page) -> str:
    words: str = page.evaluate(
        "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').trim()"
    )
    return words


def test_the_tab_key_reaches_everything_and_shows_where_it_is(open_page: Open) -> None:
    page = open_page()
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width != "0px", f"nothing shows that {reached[-1]} has the focus"
    assert reached[0] == "跳到搜索"
    assert {"总览", "提案台账", "关系图", "搜索", "English"} <= set(reached)
    assert any(words.startswith("提案\n10件") for words in reached)


def test_the_first_key_can_skip_to_the_search(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#search")).to_be_focused()


def test_the_ledger_is_walked_with_the_arrow_keys(open_page: Open) -> None:
    page = open_page(address="#/ledger")
    page.locator("tbody a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    third = page.locator("tbody tr[data-row='2'] a")
    expect(third).to_be_focused()
    title = third.inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{title} · 青屏区政协 · 履职知识图谱")


def test_a_filter_is_set_and_left_with_the_keys(open_page: Open) -> None:
    page = open_page(address="#/ledger")
    page.locator(".facet summary", has_text="分类").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".ledger-count")).to_contain_text("显示")
    assert page.evaluate("document.activeElement.type") == "checkbox", "the choice keeps the focus"
    page.keyboard.press("Escape")
    expect(page.locator(".facet[open]")).to_have_count(0)
    assert focused(page).startswith("分类")


def test_a_drawer_takes_the_focus_and_gives_it_back(open_page: Open) -> None:
    page = open_page()
    button = page.locator(".heat tbody button").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(button).to_be_focused()
