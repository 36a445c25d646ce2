"""The same page from whatever file the office has it in: the same proposals, cases and honours, each with its place."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from office_files import FILES, as_html
from playwright.sync_api import Browser
from pyoxigraph import QuerySolutions

from kg.build import build
from kg.card import cards
from kg.settings import Settings
from kg.store import open_store
from kg.vocab import PREFIXES

PROPOSALS = """
SELECT ?title ?proposer ?position ?honour ?year ?session WHERE {
  ?p a zx:Proposal ; dcterms:title ?title ; zx:proposer/skos:prefLabel ?proposer ; zx:listPosition ?position ;
     zx:honour ?h . ?h skos:prefLabel ?honour ; zx:forYear ?year ; zx:conferredAt/skos:prefLabel ?session }"""
CASES = """
SELECT ?title ?host ?honour WHERE {
  ?c a zx:ConsultationCase ; dcterms:title ?title ; zx:host/skos:prefLabel ?host ; zx:honour/skos:prefLabel ?honour }"""
PLACES = "SELECT ?where WHERE { GRAPH ?g { ?assertion rdf:predicate zx:proposer ; zx:evidence/zx:locator ?where } }"


def told(path: Path, out: Path) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """What a build of one file says of proposals and of cases."""
    summary = build([path], out, Settings(None))
    assert not summary.left_out
    return ask(out, PROPOSALS), ask(out, CASES)


def ask(out: Path, query: str) -> set[tuple[str, ...]]:
    found = open_store(out).query(query, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return {tuple(value.value for value in row) for row in found}


@pytest.fixture(scope="session")
def from_text(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    folder = tmp_path_factory.mktemp("text")
    path = folder / "页.txt"
    path.write_bytes(FILES["页.txt"]())
    proposals, cases = told(path, folder / "build")
    assert (len(proposals), len(cases)) == (10, 6)
    return proposals, cases


@pytest.mark.parametrize("name", [name for name in FILES if name != "页.txt"])
def test_the_page_says_the_same_in_every_format(name: str, from_text: object, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    assert told(path, tmp_path / "build") == from_text


def test_the_page_says_the_same_as_a_two_column_pdf(browser: Browser, from_text: object, tmp_path: Path) -> None:
    path = tmp_path / "页.pdf"
    tab = browser.new_page()
    tab.set_content(as_html().decode())
    path.write_bytes(tab.pdf(prefer_css_page_size=True))
    tab.close()
    assert told(path, tmp_path / "build") == from_text
    places = {place for (place,) in ask(tmp_path / "build", PLACES)}
    assert places
    assert all("页第" in place and "栏" in place for place in places)


LEDGER = """\
提案编号,案由,提案者,承办单位,
,,,主办,会办
山0101,关于修缮老城区步行桥的建议,林知远,区住建局,区财政局
山0102,关于增设夜间公交线路的建议,教育界,区交通局,
"""


def test_words_of_a_table_come_with_their_columns_and_their_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "2031年立案"
    book.active.append(["山南区政协三届二次会议提案办理情况一览表"])
    for line in LEDGER.splitlines():
        book.active.append(line.split(","))
    book.active.merge_cells("D2:E2")
    for column in "ABC":
        book.active.merge_cells(f"{column}2:{column}3")
    book.save(tmp_path / "台账.xlsx")
    build([tmp_path], tmp_path / "build", Settings(None))
    (card,) = cards(open_store(tmp_path / "build"), "关于修缮老城区步行桥的建议")
    words = "提案编号：山0101　案由：关于修缮老城区步行桥的建议　提案者：林知远　主办：区住建局　会办：区财政局"
    assert {(line.words, line.where) for line in card.lines if "主办" in line.predicate} == {
        (words, "台账:工作表“2031年立案”第4行")
    }
    page = (tmp_path / "build" / "graph.html").read_text(encoding="utf-8")
    assert words in page
    assert "工作表“2031年立案”第4行" in page


def test_a_table_of_a_word_file_counts_its_rows(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("政协山南区第三届委员会2031年度优秀提案名单")
    table = document.add_table(0, 3)
    for line in ("序号,案由,提案者", "1,关于修缮老城区步行桥的建议,林知远", "2,关于增设夜间公交线路的建议,教育界"):
        for cell, text in zip(table.add_row().cells, line.split(","), strict=True):
            cell.text = text
    document.save(tmp_path / "名单.docx")
    build([tmp_path], tmp_path / "build", Settings(None))
    (card,) = cards(open_store(tmp_path / "build"), "林知远")
    assert {(line.words, line.where) for line in card.lines if "提案者" in line.predicate} == {
        ("序号：1　案由：关于修缮老城区步行桥的建议　提案者：林知远", "名单:表1第2行")
    }


def test_what_a_sidecar_says_is_in_the_graph_and_has_the_last_word(tmp_path: Path) -> None:
    (tmp_path / "名单.txt").write_text(
        "重点提案\n序号\t案由\t提案者\n1\t关于修缮老城区步行桥的建议\t林知远\n", encoding="utf-8"
    )
    (tmp_path / "名单.toml").write_text(
        'committee = "山南区政协"\ndate = 2031-02\npublisher = "山南日报"\nlist_kind = "节选"\n', encoding="utf-8"
    )
    build([tmp_path], tmp_path / "build", Settings(None))
    said = """SELECT ?committee ?date ?publisher ?kind WHERE {
      ?p a zx:Proposal ; zx:committee/skos:prefLabel ?committee ; zx:listKind/skos:prefLabel ?kind .
      ?d a zx:Document ; zx:committee/skos:prefLabel ?committee ; dcterms:date ?date ; dcterms:publisher ?publisher
      FILTER(LANG(?kind) = "zh") }"""
    assert ask(tmp_path / "build", said) == {("山南区政协", "2031-02", "山南日报", "节选")}


def test_every_format_of_one_page_is_one_document(tmp_path: Path) -> None:
    for name, made in FILES.items():
        (tmp_path / name).write_bytes(made())
    summary = build([tmp_path], tmp_path / "build", Settings(None))
    assert summary.documents == 1
    sources = "SELECT ?source WHERE { ?d a zx:Document ; dcterms:source ?source }"
    assert {name for (name,) in ask(tmp_path / "build", sources)} == set(FILES)
    assert summary.counts["Proposal"] == 10
