"""The page in a real browser, without a network: what the staff see and do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from page_graph import CITIZENS, page_quads, store_of
from playwright.sync_api import Browser, Page, ViewportSize, expect
from test_view import HOSTILE, hostile_store

from kg.view.graph_page import page_data, render

DESK: ViewportSize = {"width": 1366, "height": 768}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_text(render(page_data(store_of(page_quads()))), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser: Browser, file: Path) -> Iterator[Open]:
    """Opens a page offline; at the end nothing may have been asked for and nothing gone wrong."""
    troubles: list[str] = []
    contexts = []

    def opened(path: Path = file, viewport: ViewportSize = DESK, address: str = "") -> Page:
        context = browser.new_context(offline=True, viewport=viewport, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: troubles.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda r: troubles.append(r.url[:200]) if not r.url.startswith(("file:", "data:")) else None)
        page.goto(path.as_uri() + address)
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles


def search(page: Page, words: str) -> None:
    page.fill("#search", words)
    page.keyboard.press("Enter")


def drawn_at(page: Page, name: str) -> dict[str, float] | None:
    """Where a name stands in the window, or None while it is not drawn."""
    place: dict[str, float] | None = page.evaluate("name => document.getElementById('network').placeOf(name)", name)
    return place


def click_on(page: Page, name: str) -> None:
    place = drawn_at(page, name)
    assert place is not None, f"{name} is not drawn"
    page.mouse.click(place["x"], place["y"])


def ink(page: Page) -> int:
    """How many pixels of the picture are not paper."""
    count: int = page.evaluate(
        """() => {
            const canvas = document.querySelector("#network canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            let inked = 0;
            for (let i = 3; i < data.length; i += 4) inked += data[i] > 40;
            return inked;
        }"""
    )
    return count


def test_it_draws_without_a_network(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("h1")).to_have_text("青屏区政协 · 履职知识图谱")
    assert ink(page) > 20_000
    assert drawn_at(page, "经济界别")


def test_a_click_shows_the_facts_and_the_sentence_that_states_them(open_page: Open) -> None:
    page = open_page()
    click_on(page, "关于推动茶产业园区建设的建议")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("关于推动茶产业园区建设的建议")
    expect(panel.locator(".fact", has_text="提案者").first).to_contain_text("农业界别")
    expect(panel.locator(".quote mark").first).to_have_text("8 · 农业界别 · 关于推动茶产业园区建设的建议")
    expect(panel.locator(".quote cite").first).to_contain_text("qingping-2031.txt 第28行")


def test_a_sentence_stands_in_its_context_as_it_is_read(open_page: Open) -> None:
    page = open_page()
    search(page, "沈文文")
    quote = page.locator(".quote blockquote", has=page.locator("u", has_text="沈文文"))
    expect(quote.locator("mark")).to_have_text("柳浦街道银杏社区党支部书记沈文文认为,社区要做到精准对接居民需求。")
    expect(quote).to_contain_text("出台更多惠民政策。")


def test_values_lead_on_and_the_browsers_back_button_leads_back(open_page: Open) -> None:
    page = open_page()
    search(page, "经济界别")
    page.locator(".fact a", has_text="关于加大先进制造业招商引资力度的建议").click()
    expect(page.locator("#panel h2")).to_have_text("关于加大先进制造业招商引资力度的建议")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("经济界别")


def test_an_address_opens_what_it_names(open_page: Open) -> None:
    page = open_page()
    search(page, "营商环境")
    address = page.evaluate("location.hash")
    again = open_page(address=address)
    expect(again.locator("#panel h2")).to_have_text("营商环境")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("适老化", "养老服务"),
        ("民盟区支部", "民盟青屏区支部"),
        ("激发 青年", "关于优化营商环境 激发青年创业活力的建议"),
    ],
)
def test_search_finds_by_other_wordings_and_by_parts(open_page: Open, words: str, name: str) -> None:
    page = open_page()
    page.fill("#search", words)
    expect(page.locator("#found [role=option]").first).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(name)
    expect(page.locator("#panel-body")).to_be_focused()


def test_the_arrow_keys_choose_among_what_was_found(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("议事厅")
    second = page.locator("#found [role=option]").nth(1)
    name = second.locator("span").nth(1).inner_text()
    page.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(name)


def test_search_says_when_there_is_nothing(open_page: Open) -> None:
    page = open_page()
    page.fill("#search", "没有这个名字")
    expect(page.locator("#found")).to_contain_text("没有找到")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_hidden()


def test_the_legend_counts_and_hides_a_kind(open_page: Open) -> None:
    page = open_page()
    sectors = page.locator(".kind[data-kind=Sector]")
    expect(sectors).to_contain_text("界别6")
    assert drawn_at(page, "工会界别")
    sectors.click()
    expect(sectors).to_have_attribute("aria-pressed", "false")
    assert drawn_at(page, "工会界别") is None
    assert drawn_at(page, "顾长安")
    sectors.click()
    assert drawn_at(page, "工会界别")


def test_plans_and_voices_are_switched_on_by_the_legend(open_page: Open) -> None:
    page = open_page()
    assert drawn_at(page, "校园食品安全") is None
    page.click(".kind[data-kind=Task]")
    assert drawn_at(page, "校园食品安全")
    assert drawn_at(page, "翁晓棠") is None
    page.click(".kind[data-kind=Statement]")
    assert drawn_at(page, "翁晓棠")


def test_without_the_proposals_who_proposed_is_tied_to_the_themes(open_page: Open) -> None:
    page = open_page()
    page.click(".kind[data-kind=Proposal]")
    assert drawn_at(page, "关于推动茶产业园区建设的建议") is None
    assert drawn_at(page, "农业界别")
    page.click(".kind[data-kind=Sector]")
    assert drawn_at(page, "农业界别") is None


def test_what_is_switched_off_can_be_shown_from_its_card(open_page: Open) -> None:
    page = open_page()
    search(page, "校园食品安全")
    page.get_by_role("button", name="在图中显示").click()
    assert drawn_at(page, "校园食品安全")
    expect(page.locator(".kind[data-kind=Task]")).to_have_attribute("aria-pressed", "true")


def test_whoever_is_not_drawn_can_be_searched_for(open_page: Open) -> None:
    page = open_page()
    search(page, "方致远")
    expect(page.locator("#panel h2")).to_have_text("方致远")
    expect(page.locator(".quote mark").first).to_contain_text("方致远总书记")
    expect(page.get_by_role("button", name="在图中显示")).to_have_count(0)


def test_citizens_stay_masked_in_every_panel(open_page: Open) -> None:
    page = open_page()
    for shown in ("程某", "薛某", "欧阳某"):
        search(page, shown)
        expect(page.locator("#panel h2")).to_contain_text(shown)
        assert not any(name in page.inner_text("body") for name in CITIZENS)


def test_guide_and_index_lead_to_everything(open_page: Open) -> None:
    page = open_page()
    page.click("#home")
    expect(page.locator("#panel")).to_contain_text("凡例")
    page.locator(".index summary", has_text="会议").click()
    page.locator(".index a", has_text="二届十八次主席会议").click()
    expect(page.locator("#panel h2")).to_have_text("青屏区政协二届十八次主席会议")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_a_texts_words_do_nothing(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render(page_data(hostile_store())), encoding="utf-8")
    page = open_page(path)
    for name in HOSTILE:
        search(page, name)
        page.wait_for_timeout(50)
    page.click("#home")
    for summary in page.locator(".index summary").all():
        summary.click()
    assert "hit" not in page.title().split(" · ")[-1]
    assert page.locator("#panel img, #panel script").count() == 0
    expect(page.locator(".index")).to_contain_text(HOSTILE[1])
    expect(page.locator("h1")).to_contain_text("<img src=x")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (390, 844)])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int, height: int) -> None:
    page = open_page(viewport={"width": width, "height": height})
    search(page, "2030年度优秀提案")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    panel = page.locator("#panel").bounding_box()
    assert panel and panel["x"] + panel["width"] <= width


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_the_whole_first_picture_is_in_view(open_page: Open, width: int, height: int) -> None:
    page = open_page(viewport={"width": width, "height": height})
    stage = page.locator("#stage").bounding_box()
    assert stage
    for name in ("无党派人士界别", "关于优化营商环境 激发青年创业活力的建议", "湿地保护", "柳浦街道议事厅"):
        place = drawn_at(page, name)
        assert place
        assert stage["x"] < place["x"] < stage["x"] + stage["width"]
        assert stage["y"] < place["y"] < stage["y"] + stage["height"]


def test_it_prints_the_picture_and_the_open_card(open_page: Open) -> None:
    page = open_page()
    search(page, "营商环境")
    page.emulate_media(media="print")
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator("#panel h2")).to_be_visible()
    assert page.pdf()[:4] == b"%PDF"
