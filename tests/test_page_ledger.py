"""The ledger in a real browser: its columns, sorting, filters, addresses, and what is taken along from it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ledgers
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_graphs import of_a_ledger
from page_graph import PageGraph, page_quads, store_of
from playwright.sync_api import Page, expect
from pyoxigraph import QuerySolutions, Store

from kg import vocab
from kg.ledger import Row, read_ledger
from kg.lexicon import load
from kg.resources import lexicon_dir
from kg.view.cards import Deck, deal
from kg.view.gather import gather
from kg.view.graph_page import PageData, page_data, render
from kg.view.ledger_table import ledger_table
from kg.view.masking import Masks

Open = Callable[..., Page]
COUNT = 150


@pytest.fixture(scope="module")
def store() -> Store:
    return of_a_ledger(COUNT)


@pytest.fixture(scope="module")
def data(store: Store) -> PageData:
    return page_data(store)


@pytest.fixture(scope="module")
def file(data: PageData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "graph.html"
    path.write_text(render(data), encoding="utf-8")
    return path


def column(page: Page, name: str) -> list[str]:
    """What stands in a column of the rows in view."""
    heads = [words.strip("↕↑↓ \n") for words in page.locator(".ledger-table th").all_inner_texts()]
    return page.locator(f".ledger-table tbody tr[data-row] td:nth-child({heads.index(name) + 1})").all_inner_texts()


def shown(page: Page) -> int:
    """How many rows the page says that it shows."""
    found = re.search(r"显示(\d+)件|共(\d+)件", page.locator(".ledger-count").inner_text())
    assert found
    return int(found[1] or found[2])


def typed(page: Page, name: str, words: str) -> None:
    page.get_by_label(f"按“{name}”筛选").fill(words)
    page.wait_for_timeout(200)


def test_a_row_says_all_that_texts_say_of_a_proposal(open_page: Open, file: Path) -> None:
    page = open_page(file, address="#/ledger")
    expect(page.locator(".ledger-count")).to_contain_text(f"共{COUNT}件")
    first = ledgers.proposals(COUNT)[0]
    row = page.locator("tbody tr[data-row='0']")
    for words in (first.number, first.title, first.category, "三届二次会议"):
        expect(row).to_contain_text(words)
    assert column(page, "主办/会办")[0].startswith("主办：")


def test_a_column_that_no_text_fills_is_absent_and_told_once(open_page: Open) -> None:
    page = open_page(address="#/ledger")
    heads = "".join(page.locator(".ledger-table th").all_inner_texts())
    assert "案由" in heads
    assert "编号" not in heads
    expect(page.locator(".ledger-note")).to_have_text("无数据（已录入材料没有记载）：编号、主办/会办、结果、届次。")
    expect(page.locator(".ledger-count")).to_contain_text("均为优秀提案")


def test_it_is_sorted_by_any_column_both_ways_and_back(open_page: Open, file: Path) -> None:
    page = open_page(file, address="#/ledger?案由=停车")
    as_listed = column(page, "编号")
    button = page.get_by_role("button", name="编号", exact=True)
    button.click()
    up = column(page, "编号")
    told = [number for number in up if number]
    assert told == sorted(told, key=int)
    expect(page.get_by_role("columnheader", name="编号")).to_have_attribute("aria-sort", "ascending")
    button.click()
    assert [number for number in column(page, "编号") if number] == told[::-1]
    button.click()
    assert column(page, "编号") == as_listed


def test_what_no_text_says_comes_last_either_way(open_page: Open, file: Path) -> None:
    for order in ("结果", "-结果"):
        page = open_page(file, address=f"#/ledger?sort={order}")
        assert column(page, "结果")[0]
        page.locator(".ledger-scroll").evaluate("box => { box.scrollTop = box.scrollHeight; }")
        page.wait_for_timeout(100)
        assert not column(page, "结果")[-1]


def test_any_column_and_the_whole_can_be_filtered(open_page: Open, file: Path) -> None:
    page = open_page(file, address="#/ledger")
    wanted = [p for p in ledgers.proposals(COUNT) if "停车" in p.title]
    typed(page, "案由", "停车")
    assert shown(page) == len(wanted)
    assert set(column(page, "案由")) == {p.title for p in wanted}
    typed(page, "案由", "")
    page.get_by_label("在台账中查找").fill("停车 经济建设")
    page.wait_for_timeout(200)
    assert shown(page) == sum(p.category == "经济建设" for p in wanted)
    again = open_page(file, address=page.evaluate("location.hash"))
    assert shown(again) == shown(page)
    expect(again.get_by_label("在台账中查找")).to_have_value("停车 经济建设")


def test_the_legend_counts_and_filters_and_the_address_brings_it_back(open_page: Open, file: Path) -> None:
    page = open_page(file, address="#/ledger")
    page.locator(".facet summary", has_text="分类").click()
    choice = page.locator(".choice", has_text="文化建设")
    wanted = sum(p.category == "文化建设" for p in ledgers.proposals(COUNT))
    expect(choice.locator(".count")).to_have_text(str(wanted))
    choice.locator("input").check()
    assert shown(page) == wanted
    assert set(column(page, "分类")) == {"文化建设"}
    expect(page.locator(".facet[open]")).to_have_count(1)
    page.locator(".choice", has_text="经济建设").locator("input").check()
    assert shown(page) == wanted + sum(p.category == "经济建设" for p in ledgers.proposals(COUNT))
    again = open_page(file, address=page.evaluate("location.hash"))
    assert shown(again) == shown(page)
    again.get_by_role("button", name="取消筛选：经济建设").click()
    assert shown(again) == wanted
    again.go_back()
    assert shown(again) == shown(page)


def test_the_counts_of_a_filter_heed_the_other_filters(open_page: Open, file: Path) -> None:
    page = open_page(file, address="#/ledger?category=文化建设")
    page.locator(".facet summary", has_text="界别/党派").click()
    numbers = [int(words) for words in page.locator(".facet[open] .count").all_inner_texts()]
    page.locator(".facet[open] input").first.check()
    assert shown(page) == numbers[0]


def test_twenty_thousand_rows_are_scrolled_to_the_end(open_page: Open, data: PageData, tmp_path: Path) -> None:
    rows = tuple(data.ledger.rows[n % COUNT] for n in range(20_000))
    path = tmp_path / "many.html"
    path.write_text(render(replace(data, ledger=replace(data.ledger, rows=rows))), encoding="utf-8")
    page = open_page(path, address="#/ledger")
    assert shown(page) == 20_000
    page.locator(".ledger-scroll").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    expect(page.locator("tbody tr[data-row='19999']")).to_be_in_viewport()
    assert page.locator("tbody tr[data-row]").count() < 120
    expect(page.locator(".ledger-table")).to_have_attribute("aria-rowcount", "20002")
    page.locator("tbody tr[data-row='19999'] a").click()
    expect(page.locator("#screen-sheet")).to_be_visible()


def test_what_is_shown_is_copied_as_a_table(open_page: Open, file: Path) -> None:
    page = open_page(file, address="#/ledger?category=文化建设")
    page.context.grant_permissions(["clipboard-read"])
    page.get_by_role("button", name="复制").click()
    expect(page.locator("#told")).to_have_text("已复制")
    words: str = page.evaluate("navigator.clipboard.readText()")
    rows = [line.split("\t") for line in words.splitlines()]
    assert len(rows) == shown(page) + 1
    assert rows[0][:3] == ["编号", "案由", "提案者"]
    html: str = page.evaluate(
        "navigator.clipboard.read().then((items) => items[0].getType('text/html')).then((blob) => blob.text())"
    )
    assert html.count("<tr>") == len(rows)


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_csv_opens_in_excel_with_all_its_rows(open_page: Open, file: Path, tmp_path: Path) -> None:
    page = open_page(file, address="#/ledger?category=文化建设")
    path = saved(page, "CSV", tmp_path)
    assert path.name == "提案台账.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == shown(page) + 1
    assert {row[rows[0].index("分类")] for row in rows[1:]} == {"文化建设"}


def test_a_workbook_opens_with_all_its_rows(open_page: Open, file: Path, tmp_path: Path) -> None:
    page = open_page(file, address="#/ledger")
    path = saved(page, "Excel", tmp_path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.title == "提案台账"
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == COUNT + 1
    titles = {row[rows[0].index("案由")] for row in rows[1:]}
    assert titles == {p.title for p in ledgers.proposals(COUNT)}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions


NASTY = (
    "=1+1",
    "+cmd",
    "-2",
    "@SUM(A1)",
    "<b>&amp;</b>",
    'q"q',
    "行\u2028分",
    "😀\u202e倒",
    "\u0001\ufffe",
    "长" * 10_000,
)


def test_no_cell_becomes_a_formula_or_breaks_the_file(open_page: Open, data: PageData, tmp_path: Path) -> None:
    rows = tuple((data.ledger.rows[0][0], (words, *data.ledger.rows[0][1][1:])) for words in NASTY)
    path = tmp_path / "nasty.html"
    path.write_text(render(replace(data, ledger=replace(data.ledger, rows=rows))), encoding="utf-8")
    page = open_page(path, address="#/ledger")
    sheet = openpyxl.load_workbook(saved(page, "Excel", tmp_path)).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"][1:]] == [words.replace("\u0001\ufffe", "") for words in NASTY]
    assert all(cell.data_type in {"s", "n", "inlineStr"} for row in sheet.iter_rows() for cell in row)
    text = saved(page, "CSV", tmp_path).read_text(encoding="utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert cells[:4] == ["'=1+1", "'+cmd", "-2", "'@SUM(A1)"]
    assert cells[4:] == list(NASTY[4:])


@pytest.mark.parametrize(
    "address",
    [
        "",
        "?category=文化建设&category=经济建设",
        "?honour=2031年度优秀提案",
        "?sector=经济界",
        "?案由=停车",
        "?text=ledger.xlsx",
    ],
)
def test_the_question_behind_the_view_gives_the_same_rows(
    open_page: Open, file: Path, store: Store, address: str
) -> None:
    page = open_page(file, address=f"#/ledger{address}")
    page.get_by_role("button", name="SPARQL").click()
    answer = store.query(page.locator("dialog pre").inner_text())
    assert isinstance(answer, QuerySolutions)
    assert len({row["proposal"].value for row in answer}) == shown(page)


def test_all_rows_that_are_shown_are_printed(open_page: Open, file: Path, tmp_path: Path) -> None:
    page = open_page(file, address="#/ledger")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("tbody tr[data-row]").count() == COUNT
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("tbody tr[data-row]").count() < COUNT


def test_what_is_only_handled_like_a_proposal_stands_in_no_row(open_page: Open, tmp_path: Path) -> None:
    page = PageGraph("more", "建议案一件：关于办好夜校的建议案。\n")
    page.describe("建议案")
    other = page.thing("Proposal", "关于办好夜校的建议案", title=True)
    page.fact(other, "zx:form", vocab.concept("form", "建议案"), "建议案一件")
    path = tmp_path / "more.html"
    path.write_text(render(page_data(store_of([*page_quads(), *page.quads]))), encoding="utf-8")
    opened = open_page(path, address="#/ledger")
    assert shown(opened) == 10
    expect(opened.locator(".ledger-note")).to_contain_text("按提案办理而不是提案的1件不列")


@pytest.fixture(scope="module")
def deck(store: Store) -> tuple[Deck, tuple[Row, ...]]:
    return deal(gather(store), Masks(), load(lexicon_dir())), read_ledger(store)


@given(chosen=st.sets(st.integers(0, COUNT - 1)))
def test_whatever_rows_there_are_each_column_says_something(
    deck: tuple[Deck, tuple[Row, ...]], chosen: set[int]
) -> None:
    made, rows = deck
    table = ledger_table(made, [row for n, row in enumerate(rows) if n in chosen])
    assert len(table.rows) == len(chosen)
    assert not set(table.columns) & set(table.absent)
    for n, _ in enumerate(table.columns):
        assert any(cells[n] for _, cells in table.rows)


def test_names_are_sorted_as_a_chinese_list_is(open_page: Open) -> None:
    page = open_page(address="#/ledger?sort=提案者")
    names = column(page, "提案者")
    assert names.index("顾长安") < names.index("骆千秋") < names.index("民盟青屏区支部") < names.index("溪畔委员工作室")
