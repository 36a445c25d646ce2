"""The same page from whatever file the office has it in: the same proposals, cases and honours, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_files import FILES, as_html
from playwright.sync_api import Browser
from pyoxigraph import QuerySolutions

from kg.build import build
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
