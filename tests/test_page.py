"""The page as a whole in a real browser, without a network: its screens and addresses, its language, its safety."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from page_graph import CITIZENS
from playwright.sync_api import Page, expect
from test_view import HOSTILE, hostile_store

from kg.view.graph_page import page_data, render

Open = Callable[..., Page]
HAN = re.compile("[一-鿿]")
SCREENS = ("#/", "#/ledger", "#/graph", "#theme/business")


def test_it_opens_on_the_overview_and_leads_to_each_screen(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("h1")).to_have_text("青屏区政协 · 履职知识图谱")
    expect(page.locator("#screen-overview")).to_be_visible()
    for words, screen, title in (
        ("提案台账", "ledger", "提案台账 · 青屏区政协 · 履职知识图谱"),
        ("关系图", "graph", "关系图 · 青屏区政协 · 履职知识图谱"),
        ("总览", "overview", "青屏区政协 · 履职知识图谱"),
    ):
        page.get_by_role("navigation").get_by_role("link", name=words).click()
        expect(page.locator(f"#screen-{screen}")).to_be_visible()
        expect(page.locator(".screen:visible")).to_have_count(1)
        expect(page.locator("nav [aria-current=page]")).to_have_text(words)
        expect(page).to_have_title(title)


def test_the_browsers_back_button_leads_back(open_page: Open) -> None:
    page = open_page()
    page.click("[data-screen=ledger]")
    page.get_by_role("link", name="关于推动茶产业园区建设的建议").click()
    expect(page.locator("#screen-sheet")).to_contain_text("关于推动茶产业园区建设的建议")
    page.go_back()
    expect(page.locator("#screen-ledger")).to_be_visible()
    page.go_back()
    expect(page.locator("#screen-overview")).to_be_visible()


def test_an_entitys_address_opens_it(open_page: Open) -> None:
    page = open_page()
    page.fill("#search", "营商环境")
    page.keyboard.press("Enter")
    expect(page).to_have_title("营商环境 · 青屏区政协 · 履职知识图谱")
    again = open_page(address=page.evaluate("location.hash"))
    expect(again).to_have_title("营商环境 · 青屏区政协 · 履职知识图谱")
    expect(again.locator("#screen-sheet")).to_contain_text("营商环境")


@pytest.mark.parametrize(
    "address", ["#nothing/of/the/kind", "#/nowhere", "#%E0%A4%A", "#?lang=fr", "#/ledger?sort=没有的列"]
)
def test_an_address_that_names_nothing_breaks_nothing(open_page: Open, address: str) -> None:
    page = open_page(address=address)
    expect(page.locator(".screen:visible")).to_have_count(1)


def test_the_language_is_switched_and_stays_in_the_address(open_page: Open) -> None:
    page = open_page(address="#/ledger?sort=提案者")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("navigation")).to_contain_text("Overview")
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.get_by_role("columnheader", name="Proposer", exact=True)).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="关于推动茶产业园区建设的建议").click()
    assert "lang=en" in page.evaluate("location.hash")
    again = open_page(address=page.evaluate("location.hash"))
    expect(again.get_by_role("navigation")).to_contain_text("Overview")
    again.get_by_role("button", name="中文").click()
    expect(again.get_by_role("navigation")).to_contain_text("总览")


def test_nothing_of_the_frame_stays_chinese_in_english(open_page: Open) -> None:
    """Only names and titles, which no table translates, may be Chinese."""
    page = open_page(address="#/?lang=en")
    for locator in (
        page.locator("h2"),
        page.locator(".note"),
        page.locator("button.plain:not(#language)"),
        page.locator("nav a"),
    ):
        for words in locator.all_inner_texts():
            assert not HAN.search(words) or "2030年度" in words or "青屏区" in words, words
    for name in ("placeholder", "aria-label"):
        assert not HAN.search(page.locator("#search").get_attribute(name) or "")


@pytest.mark.parametrize("address", SCREENS)
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (390, 844)])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int, height: int, address: str) -> None:
    page = open_page(viewport={"width": width, "height": height}, address=address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#screens").evaluate("screens => screens.scrollWidth - screens.clientWidth") <= 0


@pytest.mark.parametrize("address", SCREENS)
def test_every_screen_prints(open_page: Open, address: str) -> None:
    page = open_page(address=address)
    page.emulate_media(media="print")
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()
    assert page.pdf()[:4] == b"%PDF"


def test_citizens_stay_masked_on_every_screen(open_page: Open) -> None:
    page = open_page()
    for address in SCREENS:
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_timeout(50)
        assert not any(name in page.inner_text("body") for name in CITIZENS)
    for shown in ("程某", "薛某", "欧阳某"):
        page.fill("#search", shown)
        expect(page.locator("#found [role=option]").first).to_contain_text(shown)
        page.keyboard.press("Enter")
        expect(page.locator("#screen-sheet")).to_contain_text(shown)
        assert not any(name in page.inner_text("body") for name in CITIZENS)


def test_a_texts_words_do_nothing(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render(page_data(hostile_store())), encoding="utf-8")
    page = open_page(path)
    expect(page.locator("h1")).to_contain_text("<img src=x")
    for summary in page.locator(".index summary").all():
        summary.click()
    for words in HOSTILE:
        expect(page.locator(".index li", has_text=words[:40]).first).to_be_attached()
    for address in ("#/ledger", "#/graph"):
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    for words in HOSTILE:
        page.fill("#search", words[:200])
        page.keyboard.press("Enter")
        page.wait_for_timeout(30)
    assert page.evaluate("document.title") != "hit"
    assert page.locator("main img, main script, #panel img, #panel script").count() == 0


def test_a_right_to_left_mark_in_a_name_turns_nothing_else(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render(page_data(hostile_store())), encoding="utf-8")
    page = open_page(path, address="#/ledger")
    row = page.locator("tbody tr", has_text="🏞️")
    cells = [cell.bounding_box() for cell in row.locator("td").all()]
    places = [box["x"] for box in cells if box]
    assert places == sorted(places)


def test_the_page_is_the_same_whatever_the_locale(tmp_path: Path, seed_build: Path) -> None:
    """Written by a process whose locale knows no Chinese, it is still UTF-8, to the byte."""
    build = tmp_path / "build"
    shutil.copytree(seed_build, build, symlinks=True)
    before = (build / "graph.html").read_bytes()
    (build / "graph.html").resolve().unlink()
    foreign = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-m", "kg", "view", "--build", str(build)], check=True, env=foreign)
    assert (build / "graph.html").read_bytes() == before
