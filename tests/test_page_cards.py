"""The sheets in a real browser: a proposal, a member, a sector, a theme, each on its own page and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from handled_graph import AGAIN, MEMBER, NEAR, PROPOSAL, handled_store
from page_graph import CITIZENS
from playwright.sync_api import Locator, Page, expect
from test_page_access import faults

from kg.view.graph_page import render
from kg.view.page_data import page_data

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def handled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("handled") / "graph.html"
    path.write_text(render(page_data(handled_store())), encoding="utf-8")
    return path


def find(page: Page, words: str) -> None:
    page.fill("#search", words)
    page.keyboard.press("Enter")
    expect(page.locator("#screen-sheet h2")).to_have_text(words)


def section(page: Page, title: str) -> Locator:
    return page.locator("#screen-sheet .section", has=page.get_by_role("heading", name=title, exact=True))


def test_a_proposals_course_runs_from_the_meeting_to_the_feedback(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    steps = [
        " ".join(row.replace("\u2060", " ").split())
        for row in section(page, "办理经过").locator("tbody tr").all_inner_texts()
    ]
    assert steps == [
        "收到 提交会议 青屏区政协二届三次会议 1",
        "立案 办理状态 立案 1",
        "交办 主办 区城管局 2",
        "会办 区财政局 3",
        "答复 办理结果原文 已经解决 4 2031年9月8日 4",
        "办理结果 已解决 4",
        "反馈 提案者反馈 满意 5",
    ]


def test_a_step_that_no_text_tells_is_not_said_to_be_undone(open_page: Open) -> None:
    page = open_page()
    find(page, "关于推动茶产业园区建设的建议")
    course = section(page, "办理经过")
    expect(course.locator(".untold")).to_have_count(5)
    expect(course.locator(".untold").first).to_have_text("无记载")
    assert "未" not in course.inner_text()


def test_similar_proposals_say_why(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, PROPOSAL)
    rows = section(page, "相近的提案").locator("tbody tr")
    expect(rows.nth(0)).to_contain_text("同一事项")
    expect(rows.nth(0)).to_contain_text(AGAIN)
    expect(rows.nth(0)).to_contain_text("都有“老旧小区停车”")
    expect(rows.nth(1)).to_contain_text("相近")
    rows.nth(1).get_by_role("link", name=NEAR).click()
    expect(page.locator("#screen-sheet h2")).to_have_text(NEAR)


def test_a_members_sheet_lists_seat_proposals_and_themes_with_their_frames(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, MEMBER)
    expect(section(page, "基本情况")).to_contain_text("教育界")
    proposals = section(page, "提出的提案")
    expect(proposals.locator(".note")).to_have_text("共3件；其中2件见于“全部立案”名单")
    expect(proposals.locator("tbody tr")).to_have_count(3)
    expect(section(page, "关注的议题")).to_contain_text("交通停车")
    expect(page.locator(".of-kind .checked")).to_have_text("已核对")


def test_a_sectors_sheet_tells_its_members_and_what_they_proposed(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, "教育界")
    expect(section(page, "所属人员").get_by_role("link", name=MEMBER)).to_be_visible()
    expect(section(page, "所属委员提出的提案").locator("tbody tr")).to_have_count(3)


def test_a_themes_sheet_tells_years_proposers_plans_and_answers(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, "交通停车")
    expect(section(page, "历年")).to_contain_text("年份无记载")
    expect(section(page, "提案").locator(".note")).to_contain_text("其中1件有答复记载")
    expect(section(page, "提案方").locator("tbody tr")).to_have_text(["教育界2"])
    expect(section(page, "工作计划与任务")).to_contain_text("公共停车改革")


def test_a_column_that_no_row_fills_is_not_there(open_page: Open) -> None:
    page = open_page()
    find(page, "2030年度优秀提案")
    heads = section(page, "受表彰的提案").locator("th").all_inner_texts()
    assert heads[:3] == ["案由", "提案者", "主要议题"]


def test_a_long_list_folds_on_the_screen_and_runs_on_in_print(open_page: Open, tmp_path: Path) -> None:
    page = open_page(many(tmp_path))
    find(page, "教育界别")
    rows = section(page, "提出的提案").locator("tbody tr")
    expect(rows).to_have_count(40)
    expect(rows.locator("visible=true")).to_have_count(12)
    page.emulate_media(media="print")
    expect(rows.locator("visible=true")).to_have_count(40)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="展开其余28条").click()
    expect(rows.locator("visible=true")).to_have_count(40)


def many(folder: Path) -> Path:
    """The page of a sector with forty proposals."""
    from page_graph import PageGraph, store_of

    from kg import vocab

    graph = PageGraph("many", "会议名单\n")
    graph.describe("名单")
    sector = graph.thing("Sector", "教育界别")
    for number in range(40):
        proposal = graph.thing("Proposal", f"关于办好第{number}所夜校的建议", title=True)
        graph.fact(proposal, "zx:proposer", sector, "会议名单")
    path = folder / "many.html"
    path.write_text(render(page_data(store_of([*graph.quads, *vocab.ontology_quads()]))), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", [MEMBER, "教育界"])
def test_a_members_and_a_sectors_sheet_fit_on_one_page_of_a4(open_page: Open, handled: Path, name: str) -> None:
    page = open_page(handled)
    find(page, name)
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf or b"/MediaBox [0 0 595" in pdf


def test_a_table_is_saved_for_excel_under_the_sheets_name(open_page: Open, handled: Path) -> None:
    page = open_page(handled)
    find(page, MEMBER)
    with page.expect_download() as download:
        section(page, "提出的提案").get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename == f"{MEMBER} 提出的提案.xlsx"


def test_names_of_citizens_stay_masked(open_page: Open) -> None:
    page = open_page()
    for kind in ("程某", "薛某", "欧阳某"):
        page.fill("#search", kind)
        page.keyboard.press("Enter")
        expect(page.locator("#screen-sheet h2")).to_contain_text(kind)
        assert not any(name in page.inner_text("body") for name in CITIZENS)


def test_in_english_the_frame_is_english_and_names_stay(open_page: Open, handled: Path) -> None:
    page = open_page(handled, address="#/?lang=en")
    find(page, PROPOSAL)
    expect(page.locator("#screen-sheet h3").first).to_have_text("Course")
    for words in page.locator(
        "#screen-sheet h3, #screen-sheet th, #screen-sheet dt, #screen-sheet .note"
    ).all_inner_texts():
        assert words.isascii(), words
    expect(page.locator(".course")).to_contain_text("satisfied")


@pytest.mark.parametrize("name", [PROPOSAL, MEMBER, "教育界", "交通停车"])
@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing_on_a_sheet_and_its_drawer(open_page: Open, handled: Path, name: str, width: int) -> None:
    page = open_page(handled, viewport={"width": width, "height": 768})
    find(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    page.locator("#screen-sheet .ref, #screen-sheet button.opens, #screen-sheet button.small").last.click()
    expect(page.locator("#panel")).to_be_visible()
    assert faults(page) == []


def test_a_theme_without_proposals_says_so_beside_its_plans(open_page: Open) -> None:
    page = open_page()
    find(page, "食品安全")
    expect(section(page, "工作计划与任务").locator(".note")).to_have_text("共1项；已录入材料中暂无对应提案和协商案例")
    find(page, "现代农业")
    expect(section(page, "工作计划与任务").locator(".note")).to_have_text("共1项")
