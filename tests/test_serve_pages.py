"""A thing of the graph has a page at its own address, for people and for programs; the editor works offline."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from service import Service, built, serving

from kg import vocab
from kg.serve.addresses import address, thing
from kg.serve.formats import chosen
from kg.vocab import PREFIXES, expand

TURTLE, JSON_LD, N_TRIPLES = "text/turtle", "application/ld+json", "application/n-triples"
SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"


@pytest.fixture(scope="module")
def service(seed_build: Path) -> Iterator[Service]:
    with serving(seed_build, "--workers", "2") as running:
        yield running


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.address, trust_env=False, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def store(seed_build: Path) -> Store:
    return Store.read_only(str(seed_build / "public"))


def things(store: Store, kind: str) -> list[NamedNode]:
    subjects = (quad.subject for quad in store.quads_for_pattern(None, expand("rdf:type"), expand(kind), None))
    return sorted({subject for subject in subjects if isinstance(subject, NamedNode)}, key=str)


def title(store: Store, proposal: NamedNode) -> str:
    return next(
        quad.object.value
        for quad in store.quads_for_pattern(proposal, expand("dcterms:title"), None, None)
        if isinstance(quad.object, Literal)
    )


# Addresses.

segments = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(lambda s: s.split())


@settings(deadline=None)
@given(key=st.lists(segments, min_size=1, max_size=3))
def test_every_entity_is_found_at_the_path_of_its_iri(key: list[str]) -> None:
    iri = vocab.entity("Person", *key)
    sent = httpx.URL(f"http://localhost{address(iri.value)}").raw_path.decode()
    assert thing(sent) == iri


@settings(deadline=None)
@given(name=segments)
def test_every_document_is_found_at_the_path_of_its_iri(name: str) -> None:
    iri = vocab.document(name)
    assert thing(httpx.URL(f"http://localhost{address(iri.value)}").raw_path.decode()) == iri


@pytest.mark.parametrize(
    "path", ["/id", "/id/", "/id/person", "/id/person/", "/id/nobody/x", "/doc/a/b", "/etc/passwd", "//"]
)
def test_other_paths_are_no_things(path: str) -> None:
    assert thing(path) is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_header_of_preferences_gets_something_that_is_offered_or_nothing(header: str) -> None:
    assert chosen(header, [TURTLE, JSON_LD]) in {TURTLE, JSON_LD, None}


# A thing, for programs.


@pytest.mark.parametrize(
    "kind", ["zx:Proposal", "zx:Sector", "zx:Person", "zx:Task", "zx:Session", "zx:Theme", "zx:Document"]
)
def test_a_thing_is_given_in_rdf_with_all_that_is_said_of_it(client: httpx.Client, store: Store, kind: str) -> None:
    iri = things(store, kind)[0]
    expected = {(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(iri, None, None, None)}
    answer = client.get(address(iri.value), headers={"Accept": TURTLE})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    given_ = {(q.subject, q.predicate, q.object) for q in parse(answer.content, format=RdfFormat.TURTLE)}
    assert {fact for fact in given_ if fact[0] == iri} == expected
    assert {fact[2] for fact in given_ if fact[0] != iri} <= {iri}


@pytest.mark.parametrize(
    ("accept", "given_"),
    [
        (TURTLE, TURTLE),
        (JSON_LD, JSON_LD),
        (N_TRIPLES, N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("", "text/html"),
        (f"{JSON_LD}, text/html;q=0.5", JSON_LD),
    ],
)
def test_the_client_chooses_the_form(client: httpx.Client, store: Store, accept: str, given_: str) -> None:
    answer = client.get(address(things(store, "zx:Proposal")[0].value), headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == given_
    assert "accept" in answer.headers["vary"].lower()


def test_all_forms_say_the_same(client: httpx.Client, store: Store) -> None:
    path = address(things(store, "zx:Proposal")[0].value)
    forms = {"turtle": RdfFormat.TURTLE, "json-ld": RdfFormat.JSON_LD, "n-triples": RdfFormat.N_TRIPLES}
    answers = {form: client.get(path, params={"form": name}).content for name, form in forms.items()}
    said = [set(map(str, parse(data, format=form))) for form, data in answers.items()]
    assert said[0]
    assert said[0] == said[1] == said[2]


def test_what_the_graph_does_not_have_is_not_found(client: httpx.Client) -> None:
    for path in ("/id/person/山南区/无此人", "/doc/none", "/concept/none", "/id/person"):
        answer = client.get(path)
        assert (answer.status_code, answer.text.count("\n")) == (404, 1)


def test_no_citizens_name_is_served(client: httpx.Client, seed_build: Path, store: Store) -> None:
    label = expand("skos:prefLabel")
    whole = Store.read_only(str(seed_build / "store"))
    people = {person: whole.quads_for_pattern(person, label, None, None) for person in things(whole, "zx:Person")}
    shown = set(things(store, "zx:Person"))
    hidden = {person: next(labels).object for person, labels in people.items() if person not in shown}
    assert hidden
    for person, name in hidden.items():
        assert isinstance(name, Literal)
        assert client.get(address(person.value)).status_code == 404
        query = f"SELECT * WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(CONTAINS(CONCAT(STR(?s), STR(?o)), {name})) }}"
        answer = client.post("/sparql", data={"query": query.replace("@zh", "")}, headers={"Accept": "text/csv"})
        assert answer.text == "g,s,p,o\r\n" or sorted(answer.text) == sorted("g,o,p,s\r\n")
        assert name.value not in client.get("/").text


# What the service says of itself.


def test_the_service_is_described_to_programs_and_the_editor_shown_to_browsers(client: httpx.Client) -> None:
    described = set(parse(client.get("/sparql", headers={"Accept": TURTLE}).content, format=RdfFormat.TURTLE))
    endpoint = NamedNode(f"{str(client.base_url).rstrip('/')}/sparql")
    assert (endpoint, NamedNode(f"{SD}endpoint"), endpoint) in {(t.subject, t.predicate, t.object) for t in described}
    named = {t.object.value for t in described if t.predicate.value == f"{SD}name" and isinstance(t.object, NamedNode)}
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert named == set(answer.text.split("\r\n")[1:-1])
    assert client.get("/sparql", headers={"Accept": "text/html"}).headers["content-type"].startswith("text/html")
    assert client.get("/sparql").headers["content-type"].startswith(TURTLE)


def test_the_dataset_is_described_with_true_figures(client: httpx.Client) -> None:
    described = list(parse(client.get("/.well-known/void").content, format=RdfFormat.TURTLE))
    figures = [t.object for t in described if t.predicate.value == f"{VOID}triples"]
    counting = {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"}
    answer = client.get("/sparql", params=counting, headers={"Accept": "text/csv"})
    assert figures == [Literal(int(answer.text.split("\r\n")[1]))]


# Against other sites.


def test_a_name_that_is_not_this_machines_is_not_served(client: httpx.Client) -> None:
    """A site may point its own name at 127.0.0.1 and read the answers as its own."""
    for host in ("rebound.example", "127.0.0.1.rebound.example", "127.0.0.1:80@rebound.example", 'localhost:"><x', ""):
        assert client.get("/.well-known/void", headers={"Host": host}).status_code in {400, 421}
    for host in ("localhost:1", "127.0.0.1", "[::1]:8350"):
        assert client.get("/", headers={"Host": host}).status_code == 200


def test_another_sites_page_may_not_ask_but_be_a_link_here(client: httpx.Client) -> None:
    ask = {"params": {"query": "ASK {}"}}
    cross = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert client.get("/sparql", headers=cross | {"Sec-Fetch-Mode": "cors"}, **ask).status_code == 403
    assert client.get("/sparql", headers=cross | {"Sec-Fetch-Mode": "navigate"}, **ask).status_code == 200
    answer = client.get("/sparql", headers={"Origin": "https://elsewhere.example"}, **ask)
    assert "access-control-allow-origin" not in answer.headers


def test_a_site_that_was_named_may_ask(seed_build: Path) -> None:
    site = "https://elsewhere.example"
    with serving(seed_build, "--workers", "1", "--cors", site, "--host-name", "graph.example") as service:
        headers = {"Host": "graph.example", "Origin": site, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
        answer = httpx.get(service.sparql(), params={"query": "ASK {}"}, headers=headers, trust_env=False)
        assert answer.headers["access-control-allow-origin"] == site
        other = headers | {"Origin": "https://another.example"}
        answer = httpx.get(service.sparql(), params={"query": "ASK {}"}, headers=other, trust_env=False)
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/sparql", "/static/editor.js", "/id/none/x", "/nothing"])
def test_every_answer_forbids_frames_and_guessing(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/vendor/..%2f..%2fapp.py", "/graph.nq"]
)
def test_no_other_file_is_given(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


# For people, in a browser that may ask nobody else.


@pytest.fixture
def tab(browser: Browser, service: Service) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN")
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not [url for url in asked if not url.startswith((service.address, "data:", "blob:"))]
    assert not wrong


def test_the_front_page_is_the_page_of_the_build(tab: Page, service: Service) -> None:
    tab.goto(service.address)
    assert "知识图谱" in tab.title()
    tab.wait_for_selector("canvas, svg, main")


def test_a_fact_leads_to_its_words_in_the_text(tab: Page, service: Service, store: Store) -> None:
    proposal = things(store, "zx:Proposal")[0]
    tab.goto(f"{service.address}{address(proposal.value)}")
    assert tab.inner_text("h1").startswith(title(store, proposal))
    place = tab.locator(".place a").first
    found = re.fullmatch(r"(.*)#char=(\d+),(\d+)", unquote(place.get_attribute("href") or ""))
    assert found
    place.click()
    marked = tab.locator("mark")
    marked.wait_for()
    document = next(q for q in store.quads_for_pattern(None, expand("nif:isString"), None, None))
    assert isinstance(document.object, Literal)
    assert marked.text_content() == document.object.value[int(found[2]) : int(found[3])]


def test_a_query_is_written_with_help_run_and_its_answer_leads_to_pages(tab: Page, service: Service) -> None:
    tab.goto(service.sparql())
    tab.click(".tabPanel.active .yasqe_queryButton")
    link = tab.locator(".yasr a.iri").first
    link.wait_for()
    link.hover()
    assert (link.get_attribute("href") or "").startswith("/id/proposal/")
    tab.evaluate(
        """() => { const editor = yasgui.getTab().getYasqe();
                   editor.setValue("PREFIX zx: <https://w3id.org/zhengxie/ontology#>\\nSELECT * WHERE { ?s zx:leadH");
                   editor.setCursor({ line: 1, ch: 27 }); editor.focus(); }"""
    )
    tab.keyboard.press("Control+Space")
    hint = tab.locator(".CodeMirror-hint")
    hint.first.wait_for()
    assert hint.all_text_contents() == ["zx:leadHandler"]


def test_a_saved_question_is_at_hand(tab: Page, service: Service) -> None:
    tab.goto(service.sparql())
    tab.select_option("#questions", "sector-themes")
    tab.click(".tabPanel.active .yasqe_queryButton")
    tab.locator(".tabPanel.active .yasr td").first.wait_for()
    assert "sector" in tab.inner_text(".tabPanel.active .yasr thead")


def test_words_of_a_text_stay_words_on_a_page(tmp_path: Path, browser: Browser) -> None:
    graph = vocab.facts_graph("hostile")
    proposal = vocab.entity("Proposal", "山南区", "x")
    hostile = "</title><script>window.hurt = 1</script><img src=x onerror='window.hurt = 1'>"
    quads = [
        Quad(proposal, expand("rdf:type"), expand("zx:Proposal"), graph),
        Quad(proposal, expand("dcterms:title"), Literal(hostile, language="zh"), graph),
        Quad(proposal, expand("zx:number"), Literal(hostile), graph),
        Quad(proposal, expand("dcterms:source"), NamedNode("javascript:hurt=1"), graph),
    ]
    with serving(built(tmp_path / "build", quads), "--workers", "1") as service:
        page = browser.new_page()
        page.goto(f"{service.address}{address(proposal.value)}")
        assert page.inner_text("h1").startswith(hostile)
        assert page.evaluate("window.hurt") is None
        assert page.locator("a[href^=javascript]").count() == 0
        page.close()


def test_the_editor_is_given_the_whole_vocabulary(client: httpx.Client) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html"}).text
    found = re.search(r'<script id="vocabulary" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    given_ = json.loads(found[1])
    assert given_["prefixes"] == PREFIXES
    assert expand("zx:Proposal").value in given_["classes"]
    assert {expand("zx:proposer").value, PREFIXES["dcterms"] + "title"} <= set(given_["properties"])
