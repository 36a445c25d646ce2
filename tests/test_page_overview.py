"""The overview in a real browser: figures with their frames, as the review has them, and what they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ledger_graphs import of_a_ledger
from page_graph import PageGraph, page_quads, store_of
from playwright.sync_api import Page, expect
from pyoxigraph import QuerySolutions, Store

from kg import vocab
from kg.ledger import read_ledger
from kg.lexicon import load
from kg.network import NO_PROPOSAL, gaps_of
from kg.report import report
from kg.report.parts import Figure, Table
from kg.report.scope import scope_of
from kg.resources import lexicon_dir
from kg.view.graph_page import PageData, page_data, render

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def ledger() -> Store:
    return of_a_ledger(150)


@pytest.fixture(scope="module")
def ledger_data(ledger: Store) -> PageData:
    return page_data(ledger)


@pytest.fixture(scope="module")
def ledger_file(ledger_data: PageData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("overview") / "graph.html"
    path.write_text(render(ledger_data), encoding="utf-8")
    return path


def tile(page: Page, label: str) -> str:
    words = page.locator(".figure", has=page.locator(".figure-label", has_text=label)).first.inner_text()
    return re.sub(r"\s+", " ", words)


def test_each_figure_stands_with_what_it_counts(open_page: Open) -> None:
    page = open_page()
    assert tile(page, "提案") == "提案 10件 2030年度 · 均为优秀提案"
    assert tile(page, "协商案例") == "协商案例 6个 均为2030年度协商精品案例"
    assert tile(page, "群众关切") == "群众关切 3条 群众的期盼和建议"
    assert tile(page, "发言").endswith("6条 其中3条来自群众")


def test_a_figure_opens_the_records_that_it_counts(open_page: Open) -> None:
    page = open_page()
    page.locator(".figure", has_text="协商案例").first.locator("button").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("唱响营商协奏曲 携手茶农奔共富")
    assert panel.get_by_role("link").count() >= 6


def test_a_cell_of_the_table_opens_its_proposals(open_page: Open) -> None:
    page = open_page()
    row = page.locator(".heat tbody tr", has=page.get_by_role("link", name="农业界别"))
    row.get_by_role("button").first.click()
    expect(page.locator("#panel")).to_contain_text("关于推动茶产业园区建设的建议")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_the_columns_are_the_five_always_and_lines_add_up_to_the_whole(open_page: Open) -> None:
    page = open_page()
    head = page.locator(".heat thead th").all_inner_texts()
    assert head == ["提案者", "经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设", "合计"]
    foot = [int(words) for words in page.locator(".heat tfoot td").all_inner_texts()]
    assert sum(foot[:-1]) == foot[-1] == 10
    for line in page.locator(".heat tbody tr:not(.group)").all():
        *cells, total = [int(words) for words in line.locator("td").all_inner_texts()]
        assert sum(cells) == total


def test_lines_stand_in_the_order_of_names_and_are_not_ranked(ledger_data: PageData) -> None:
    (committee,) = ledger_data.overview
    (listed,) = committee.lists
    sectors = [line.label for line in listed.lines if line.group == "界别"]
    assert sectors == sorted(sectors, key=lambda label: label.encode("gb18030"))


def numbers_of(store: Store, caption: str) -> dict[str, int]:
    """The lines of a table of the review: label → number."""
    written = report(store, load(lexicon_dir()))
    tables = [p for s in written.sections for p in s.parts if isinstance(p, Table) and p.caption.startswith(caption)]
    found = {}
    for row in tables[0].rows:
        (label,), (number, *_) = row[0], row[1]
        found[str(label)] = len(number.of) if isinstance(number, Figure) else int(number)
    return found


def test_the_figures_are_those_of_the_review(ledger: Store, ledger_data: PageData) -> None:
    (committee,) = ledger_data.overview
    (listed,) = committee.lists
    (frame,) = scope_of(ledger, read_ledger(ledger)).frames
    assert listed.name == frame.name
    assert len(listed.figure.cards) == len(frame.rows)
    by_category = {
        column: {n for line in listed.lines for n in line.cells[i]} for i, column in enumerate(listed.columns)
    }
    told = numbers_of(ledger, "五位一体分类")
    assert {column: len(found) for column, found in by_category.items()} == {c: told[c] for c in by_category}
    assert told["合计"] == len(listed.figure.cards)


def test_what_has_no_proposal_is_said_with_care_and_with_its_records(open_page: Open) -> None:
    store = store_of(page_quads())
    page = open_page()
    for source, name in (("concerns", "群众关切"), ("plans", "工作计划")):
        section = page.locator(f".gap-{source}")
        expect(section.get_by_role("heading")).to_have_text(f"{name}：{NO_PROPOSAL}")
        wanted = sorted(gap.theme.label for gap in gaps_of(store).found if gap.source == source)
        assert sorted(section.locator("tbody th").all_inner_texts()) == wanted
    section = page.locator(".gap-concerns")
    section.locator("tr", has_text="养老服务").get_by_role("button").first.click()
    expect(page.locator("#panel")).to_contain_text("薛某（居民）")
    expect(page.locator(".gaps")).to_contain_text("不等于没有提案")


def test_two_committees_are_never_put_together(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "two.html"
    path.write_text(render(page_data(two_committees())), encoding="utf-8")
    page = open_page(path)
    assert tile(page, "提案").startswith("提案 10件")
    page.get_by_label("政协：").select_option("东岚区政协")
    assert tile(page, "提案") == "提案 1件 届次未注明 · 材料未注明是全部还是部分"
    again = open_page(path, address=page.evaluate("location.hash"))
    assert tile(again, "提案").startswith("提案 1件")


def two_committees() -> Store:
    page = PageGraph("other", "东岚区政协提案一件：关于办好夜校的建议。\n")
    page.describe("东岚区政协提案")
    committee = page.thing("Organization", "东岚区政协")
    proposal = page.thing("Proposal", "关于办好夜校的建议", title=True)
    page.fact(proposal, "zx:committee", committee, "东岚区政协")
    return store_of([*page_quads(), *page.quads])


def test_a_graph_without_proposals_says_so(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(render(page_data(store_of(list(vocab.ontology_quads())))), encoding="utf-8")
    page = open_page(path)
    expect(page.locator("#screen-overview")).to_contain_text("没有读到提案")
    page.click("[data-screen=ledger]")
    expect(page.locator("#screen-ledger")).to_contain_text("无数据")


def test_the_graph_is_one_click_away(open_page: Open) -> None:
    page = open_page()
    page.locator("main").get_by_role("link", name="看关系图").click()
    expect(page.locator("#screen-graph")).to_be_visible()


def test_the_question_behind_the_table_gives_its_numbers(open_page: Open, ledger: Store, ledger_file: Path) -> None:
    page = open_page(ledger_file)
    page.locator(".who").get_by_role("button", name="SPARQL").click()
    answer = ledger.query(page.locator("dialog pre").inner_text())
    assert isinstance(answer, QuerySolutions)
    asked = {
        (row["end"].value, row["category"].value): int(row["proposals"].value)
        for row in answer
        if row["list"] and row["list"].value == "全部立案"
    }
    assert asked == shown_numbers(page)


def shown_numbers(page: Page) -> dict[tuple[str, str], int]:
    """(sector or party, category) → the number in the table, where it is not nought."""
    columns = page.locator(".heat thead th").all_inner_texts()[1:-1]
    return {(name, column): n for name, cells in lines(page) for column, n in zip(columns, cells, strict=True) if n}


def lines(page: Page) -> Iterator[tuple[str, list[int]]]:
    for line in page.locator(".heat tbody tr", has=page.locator("th a")).all():
        cells = [int(words) for words in line.locator("td").all_inner_texts()]
        yield line.locator("th").inner_text(), cells[:-1]
