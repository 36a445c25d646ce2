"""The file that answers, in a real browser without a network: as the command line does, and whatever is in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from page_graph import page_quads, store_of
from playwright.sync_api import Browser, Page, expect
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import lab, query, vocab

Open = Callable[..., Page]
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def graph() -> Store:
    return store_of(page_quads())


@pytest.fixture(scope="module")
def file(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lab") / "lab.html"
    lab.write(graph, path)
    return path


@pytest.fixture
def open_lab(open_page: Open, file: Path) -> Open:
    """Opens the file as pages are opened: offline, and nothing may be asked for or go wrong."""
    return lambda path=file, address="": open_page(path, address=address)


def ask(page: Page) -> None:
    before = page.evaluate("document.body.dataset.answered ?? '0'")
    page.click("#run")
    page.wait_for_function("before => (document.body.dataset.answered ?? '0') !== before", arg=before)


def cells(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.evaluate(
        "() => [...document.querySelectorAll('#answer tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
    )
    return rows


def write(page: Page, text: str) -> None:
    """A query of one's own, put into the editor as a person does."""
    page.evaluate("location.hash = '#own'")
    expect(page.locator("#question-zh")).to_have_text("自己写查询")
    page.click("#editor .CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def saved(page: Page) -> str:
    with page.expect_download() as download:
        page.click("#save")
    return Path(download.value.path()).read_bytes().decode("utf-8-sig")


def test_every_saved_question_answers_as_on_the_command_line(open_lab: Open, graph: Store) -> None:
    page = open_lab()
    for one in query.saved():
        page.evaluate("name => { location.hash = `#${name}`; }", one.name)
        expect(page.locator("#question-zh")).to_have_text(one.question)
        ask(page)
        asked = query.ask(graph, one.text, {}, one.columns)
        heads = page.locator("#answer th").all_text_contents()
        assert heads == asked.titles, one.name
        assert cells(page) == list(islice(asked.rows(), 500)), one.name
        assert saved(page) == query.ask(graph, one.text).to_csv().removesuffix("\n") + "\n", one.name


def test_a_form_asks_what_its_values_say(open_lab: Open, graph: Store) -> None:
    """A value with quotes and braces is a value, and changes no query."""
    one = query.question("who-proposed")
    page = open_lab(address="#who-proposed")
    for value in ("经济界别", '"} ?x ?y ?z { "', "<urn:nobody>"):
        page.fill("#param-name", value)
        ask(page)
        assert cells(page) == list(query.ask(graph, one.text, {"name": value}).rows()), value
    page.fill("#param-name", "")
    ask(page)
    assert cells(page) == list(query.ask(graph, one.text).rows())


def test_what_never_ends_is_stopped_and_the_next_question_is_answered(open_lab: Open) -> None:
    page = open_lab()
    write(page, ENDLESS)
    page.click("#run")
    page.wait_for_selector("#stop:enabled")
    page.click("#stop")
    expect(page.locator("#answer .error")).to_contain_text("已停止")
    write(page, "ASK { ?s a zx:Proposal }")
    ask(page)
    assert cells(page) == [["true"]]


def test_a_slip_is_told_with_its_place_and_nothing_can_be_changed(open_lab: Open) -> None:
    page = open_lab()
    write(page, "SELECT ?s WHERE { ?s ?p }")
    ask(page)
    expect(page.locator("#answer .error")).to_contain_text("第 1 行第 26 列")
    for text in ("DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"):
        write(page, text)
        ask(page)
        expect(page.locator("#answer .error")).to_be_visible()
    write(page, "SELECT (COUNT(*) AS ?n) WHERE { ?s a zx:Proposal }")
    ask(page)
    assert cells(page) == [["10"]]


def test_a_construct_is_shown_and_saved_as_triples(open_lab: Open, graph: Store) -> None:
    text = "CONSTRUCT { ?s a zx:Sector } WHERE { ?s a zx:Sector }"
    page = open_lab()
    write(page, text)
    ask(page)
    expected = [f"{s} {p} {o} ." for s, p, o in query.ask(graph, text).terms()]
    assert [row[0] for row in cells(page)] == expected
    assert saved(page).splitlines() == expected


def test_hostile_words_are_words(open_lab: Open, tmp_path: Path) -> None:
    words = ["</script><script>alert(1)</script>", "<!--", "\u202e反", "😀", 'a"b\\', "\r\n\t", "=1+1", "长" * 10_000]
    place = NamedNode("https://example.org/g#facts")
    thing = NamedNode("https://example.org/thing")
    quads = [Quad(thing, vocab.expand("rdfs:comment"), Literal(word), place) for word in words]
    path = tmp_path / "lab.html"
    lab.write(store_of([*page_quads(), *quads]), path)
    page = open_lab(path)
    write(page, "SELECT ?word WHERE { <https://example.org/thing> rdfs:comment ?word } ORDER BY ?word")
    ask(page)
    assert sorted(row[0] for row in cells(page)) == sorted(words)


def test_long_answers_come_a_page_at_a_time(open_lab: Open) -> None:
    page = open_lab()
    write(page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 1200")
    ask(page)
    expect(page.locator("#meta")).to_contain_text("1200 行")
    rows = page.locator("#answer tbody tr")
    for count in (500, 1000, 1200):
        expect(rows).to_have_count(count)
        if count < 1200:
            page.click("#answer .more")
    expect(page.locator("#answer .more")).to_be_hidden()


def test_the_same_graph_gives_the_same_bytes_in_whatever_order_it_comes() -> None:
    quads = page_quads()
    assert lab.render(lab.lab_data(store_of(quads))) == lab.render(lab.lab_data(store_of(quads[::-1])))


def test_a_graph_too_large_for_one_file_says_so(
    open_lab: Open, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab, "MOST_QUADS", 100)
    path = tmp_path / "lab.html"
    lab.write(store_of(page_quads()), path)
    page = browser.new_page()
    page.goto(path.as_uri())
    expect(page.locator("main")).to_contain_text("超过一个文件能流畅查询的 100 条")
    expect(page.locator("main")).to_contain_text("kg serve")
    page.close()
    assert path.stat().st_size < 50_000
