"""The picture in a real browser: what it shows first, how it unfolds, by mouse and by keyboard, and its copies."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import TypedDict

import pytest
from page_graph import PageGraph, page_quads, store_of
from playwright.sync_api import Page, expect
from pyoxigraph import QuerySolutions
from test_view import HOSTILE, hostile_store

from kg import vocab
from kg.view.graph_page import page_data, render

Open = Callable[..., Page]
SVG = "{http://www.w3.org/2000/svg}"


class Drawn(TypedDict):
    """A node where it stands in the window."""

    name: str
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float


def drawn(page: Page) -> dict[str, Drawn]:
    """What is drawn, by name, once what was opened beside it has taken its room."""
    settled = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    nodes: list[Drawn] = page.evaluate(f"{settled}.then(() => document.getElementById('network').drawnNow())")
    return {node["name"]: node for node in nodes}


def click_on(page: Page, name: str) -> None:
    node = drawn(page)[name]
    page.mouse.click(node["x"], node["y"])


def expect_path(page: Page, *steps: str) -> None:
    """What leads from the whole to what is shown."""
    expect(page.locator(".crumb")).to_have_text(["全图", *steps])


def many_store(proposals: int = 70) -> bytes:
    """One sector that proposes so many times on one theme, as a page."""
    page = PageGraph("many", "会议名单\n")
    page.describe("名单")
    sector, theme = page.thing("Sector", "教育界别"), page.thing("Theme", "终身教育")
    for number in range(proposals):
        proposal = page.thing("Proposal", f"关于办好第{number}所夜校的建议", title=True)
        page.fact(proposal, "zx:proposer", sector, "会议名单")
        page.fact(proposal, "zx:theme", theme, "会议名单")
    return render(page_data(store_of([*page.quads, *vocab.ontology_quads()]))).encode()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "graph.html"
    path.write_bytes(many_store())
    return path


# -- what it shows first -----------------------------------------------------------------------------------------------


def test_it_opens_on_those_who_propose_beside_the_themes(open_page: Open) -> None:
    page = open_page(address="#/graph")
    shown = drawn(page)
    assert {"经济界别", "顾长安", "民盟青屏区支部", "营商环境", "湿地保护"} <= set(shown)
    assert not any(name.startswith("关于") for name in shown)
    assert max(shown[n]["x"] for n in ("经济界别", "顾长安")) < min(shown[n]["x"] for n in ("营商环境", "湿地保护"))
    expect(page.locator(".picture-says")).to_contain_text("10件提案")
    expect(page.locator(".picture-key")).to_contain_text("生态文明建设")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("address", ["#/graph", "#/graph?list=1", "#/graph?at=theme/investment"])
def test_it_is_all_in_view_and_no_words_overlap(open_page: Open, width: int, height: int, address: str) -> None:
    page = open_page(address=address, viewport={"width": width, "height": height})
    stage = page.locator("#network").bounding_box()
    nodes = list(drawn(page).values())
    assert stage and nodes
    for node in nodes:
        assert stage["x"] <= node["left"] and node["right"] <= stage["x"] + stage["width"], node
        assert stage["y"] <= node["top"] and node["bottom"] <= stage["y"] + stage["height"], node
    for a, b in combinations(nodes, 2):
        apart = a["right"] < b["left"] or b["right"] < a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
        assert apart, (a, b)


def test_ink_is_on_the_canvas(open_page: Open) -> None:
    page = open_page(address="#/graph")
    inked = page.evaluate(
        """() => {
            const canvas = document.querySelector("#network canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            let count = 0;
            for (let i = 3; i < data.length; i += 4) count += data[i] > 40;
            return count;
        }"""
    )
    assert inked > 10_000


def test_other_kinds_of_record_are_drawn_when_they_are_asked_for(open_page: Open) -> None:
    page = open_page(address="#/graph")
    page.locator(".channel", has_text="协商案例").click()
    assert "石湾街道议事厅" in drawn(page)
    assert "经济界别" not in drawn(page)
    page.locator(".channel", has_text="发言").click()
    assert "群众" in drawn(page)  # never by single people: that would rank them
    assert "沈文文" not in drawn(page)


def test_a_filter_narrows_it(open_page: Open) -> None:
    page = open_page(address="#/graph")
    page.locator(".picture-filters summary", has_text="分类").click()
    page.locator(".picture-filters label", has_text="生态文明建设").click()
    assert set(drawn(page)) == {"无党派人士界别", "湿地保护"}
    assert "category=" in page.url
    page.go_back()
    expect(page.locator(".picture-says")).to_contain_text("10件提案")
    assert "经济界别" in drawn(page)


def test_without_anything_to_draw_it_says_so(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(render(page_data(store_of(list(vocab.ontology_quads())))), encoding="utf-8")
    page = open_page(path, address="#/graph")
    expect(page.locator(".stage .none")).to_be_visible()


# -- how it unfolds ----------------------------------------------------------------------------------------------------


def test_a_click_unfolds_a_proposer_and_opens_the_words(open_page: Open) -> None:
    page = open_page(address="#/graph")
    click_on(page, "经济界别")
    expect_path(page, "经济界别")
    assert "关于加大先进制造业招商引资力度的建议" in drawn(page)
    expect(page.locator("#panel h2").first).to_have_text("经济界别")
    click_on(page, "关于加大先进制造业招商引资力度的建议")
    expect(page.locator("#panel h2").first).to_have_text("关于加大先进制造业招商引资力度的建议")
    expect_path(page, "经济界别")


def test_a_theme_unfolds_to_its_proposals_people_and_cases(open_page: Open) -> None:
    page = open_page(address="#/graph")
    click_on(page, "招商引资")
    shown = set(drawn(page))
    assert {"经济界别", "关于加大先进制造业招商引资力度的建议", "盘活闲置楼宇 引来产业活水", "石湾街道议事厅"} <= shown


def test_one_comes_back_by_step_by_crumb_and_by_the_browser(open_page: Open) -> None:
    page = open_page(address="#/graph")
    first = set(drawn(page))
    click_on(page, "招商引资")
    click_on(page, "经济界别")
    expect_path(page, "招商引资", "经济界别")
    page.get_by_role("button", name="返回").click()
    expect_path(page, "招商引资")
    page.locator(".crumbs").get_by_role("button", name="全图").click()
    assert set(drawn(page)) == first
    page.go_back()
    expect_path(page, "招商引资")


def test_an_address_restores_the_picture(open_page: Open) -> None:
    page = open_page(address="#/graph")
    click_on(page, "招商引资")
    again = open_page(address=page.evaluate("location.hash"))
    assert set(drawn(again)) == set(drawn(page))


def test_a_tie_opens_the_records_that_it_stands_for(open_page: Open) -> None:
    page = open_page(address="#/graph")
    shown = drawn(page)
    one, other = shown["经济界别"], shown["招商引资"]
    page.mouse.click((one["x"] + other["x"]) / 2, (one["y"] + other["y"]) / 2)
    expect(page.locator("#panel h2").first).to_have_text("经济界别 — 招商引资")
    expect(page.locator("#panel")).to_contain_text("关于加大先进制造业招商引资力度的建议")


def test_many_records_stay_ties_until_they_are_asked_for(open_page: Open, many: Path) -> None:
    page = open_page(many, address="#/graph")
    click_on(page, "教育界别")
    assert set(drawn(page)) == {"教育界别", "终身教育"}
    page.get_by_role("button", name="逐件画出").click()
    expect(page.locator(".picture-says")).to_contain_text("先画60件，另有10件未画")
    assert len(drawn(page)) == 62
    page.get_by_role("button", name="再画10件").click()
    assert len(drawn(page)) == 72


def test_never_more_than_five_thousand_are_drawn(open_page: Open, many: Path, tmp_path: Path) -> None:
    html = many.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="network-data">(.*?)</script>', html, re.DOTALL)
    assert found
    network = json.loads(found[1])
    record = next(node for node in network["nodes"] if node["column"] == 1)
    themes = [edge for edge in network["edges"] if edge["from"] == record["id"]]
    for number in range(len(network["nodes"]), 6000):
        network["nodes"].append({**record, "id": number, "order": number})
        network["edges"] += [{**edge, "from": number} for edge in themes]
    path = tmp_path / "graph.html"
    text = json.dumps(network, ensure_ascii=False)
    path.write_text(html[: found.start(1)] + text + html[found.end(1) :], encoding="utf-8")
    page = open_page(path, address="#/graph?list=1&most=9999")
    count: int = page.evaluate("document.getElementById('network').drawnNow().length")
    assert 4900 < count <= 5000
    expect(page.locator(".picture-says")).to_contain_text("一次最多画5000项")


def test_it_moves_with_the_mouse_and_comes_back_whole(open_page: Open) -> None:
    page = open_page(address="#/graph")
    before = drawn(page)["营商环境"]
    page.mouse.move(600, 300)
    page.mouse.down()
    page.mouse.move(560, 340, steps=4)
    page.mouse.move(520, 360, steps=4)
    page.mouse.up()
    after = drawn(page)["营商环境"]
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (-80, 60)
    page.get_by_role("button", name="显示全图").click()
    assert round(drawn(page)["营商环境"]["x"]) == round(before["x"])


# -- by keyboard and without seeing it ---------------------------------------------------------------------------------


def test_the_keyboard_goes_from_node_to_node_opens_and_comes_back(open_page: Open) -> None:
    page = open_page(address="#/graph")
    page.focus("#network")
    page.keyboard.press("ArrowDown")
    first = page.inner_text("[aria-live]:not(#panel-body):not([hidden])").split("，")[0]
    page.keyboard.press("ArrowDown")
    said = page.locator(".unseen[aria-live]").inner_text()
    name = said.split("，")[0]
    assert first != name
    assert name in drawn(page)
    assert "相连" in said
    page.keyboard.press("Enter")
    expect_path(page, name)
    page.focus("#network")
    page.keyboard.press("Backspace")
    expect_path(page)


def test_the_table_says_what_the_picture_shows(open_page: Open) -> None:
    page = open_page(address="#/graph")
    page.click(".picture-table summary")
    rows = page.locator(".picture-rows tbody tr")
    expect(rows).not_to_have_count(0)
    names = rows.locator("th").all_inner_texts()
    assert set(names) == set(drawn(page))
    row = page.locator(".picture-rows tbody tr", has=page.get_by_role("rowheader", name="经济界别", exact=True))
    assert "招商引资 1" in row.inner_text()
    row.get_by_role("button", name="经济界别", exact=True).click()
    expect_path(page, "经济界别")


# -- copies ------------------------------------------------------------------------------------------------------------


def test_the_svg_holds_what_is_shown(open_page: Open, tmp_path: Path) -> None:
    page = open_page(address="#/graph?list=1")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载矢量图 SVG").click()
    assert download.value.suggested_filename.endswith(".svg")
    path = tmp_path / "picture.svg"
    download.value.save_as(path)
    words = [text.text for text in ET.parse(path).iter(f"{SVG}text")]
    assert {"经济界别", "营商环境", "石湾街道议事厅", "推动茶产业园区建设"} <= set(words)


def test_the_png_is_a_picture_of_twice_its_size(open_page: Open) -> None:
    page = open_page(address="#/graph")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载图片 PNG").click()
    head = Path(download.value.path()).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(head[16:20], "big") > 1600


def test_a_texts_words_stay_words_in_the_svg(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render(page_data(hostile_store())), encoding="utf-8")
    page = open_page(path, address="#/graph?list=1")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载矢量图 SVG").click()
    tree = ET.parse(download.value.path())
    assert {element.tag for element in tree.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "rect", "path", "circle", "polygon", "text")
    }
    assert any(HOSTILE[1][:4] in (text.text or "") for text in tree.iter(f"{SVG}text"))


@pytest.mark.parametrize("address", ["#/graph", "#/graph?category=经济建设", "#/graph?of=ConsultationCase"])
def test_its_question_in_sparql_has_the_ties_as_its_answer(open_page: Open, address: str) -> None:
    page = open_page(address=address)
    page.locator(".picture-copies").get_by_role("button", name="SPARQL").click()
    sparql = page.inner_text("dialog pre")
    page.locator("dialog").get_by_role("button", name="关闭").click()
    page.click(".picture-table summary")
    expect(page.locator(".picture-rows tbody tr")).not_to_have_count(0)
    ties = {
        (row.locator("th").inner_text(), *tie.rsplit(" ", 1))
        for row in page.locator(".picture-rows tbody tr").all()
        if "议题" not in row.locator("td").first.inner_text()
        for tie in row.locator("td").last.locator("button").all_inner_texts()
    }
    answer = store_of(page_quads()).query(sparql)
    assert isinstance(answer, QuerySolutions)
    assert {tuple(value.value for value in row) for row in answer} == ties
