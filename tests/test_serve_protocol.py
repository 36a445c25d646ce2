"""The endpoint keeps to the SPARQL 1.1 protocol, as its tests by the W3C ask, and real clients understand it."""

import csv
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from service import Service, built, numbered, serving
from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLExceptions, SPARQLWrapper
from SPARQLWrapper import XML as SPARQL_XML

from kg.serve.refusals import Refused
from kg.serve.screening import screen

ONE, TWO = "http://example.org/one", "http://example.org/two"
"""Two named graphs, of 1 triple and of 2."""
ALL = "SELECT * WHERE { ?s ?p ?o }"
NAMED = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    build = built(tmp_path_factory.mktemp("protocol") / "build", numbered(ONE, 1) + numbered(TWO, 2))
    with serving(build, "--workers", "2", "--row-limit", "50") as running:
        yield running


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.address, trust_env=False, timeout=30) as client:
        yield client


def rows(answer: httpx.Response) -> list[dict[str, dict[str, str]]]:
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]["bindings"]


def count(answer: httpx.Response) -> int:
    return len(rows(answer))


# What is asked, in each of the three ways.


def test_a_query_comes_by_get(client: httpx.Client) -> None:
    assert count(client.get("/sparql", params={"query": ALL})) == 3


def test_a_query_comes_by_post_of_a_form(client: httpx.Client) -> None:
    assert count(client.post("/sparql", data={"query": ALL})) == 3


def test_a_query_comes_by_post_as_it_is(client: httpx.Client) -> None:
    assert count(client.post("/sparql", content=ALL, headers=DIRECT)) == 3


def test_a_posted_query_may_name_its_charset(client: httpx.Client) -> None:
    kind = {"Content-Type": "application/sparql-query; charset=UTF-8"}
    answer = client.post("/sparql", content='SELECT ("区" AS ?x) WHERE {}', headers=kind)
    assert rows(answer) == [{"x": {"type": "literal", "value": "区"}}]


def test_the_default_graph_is_each_triple_once(client: httpx.Client) -> None:
    assert count(client.get("/sparql", params={"query": ALL})) == 3
    assert count(client.get("/sparql", params={"query": NAMED})) == 3


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("query", "dataset", "expected"),
    [
        (ALL, {"default-graph-uri": [ONE]}, 1),
        (ALL, {"default-graph-uri": [ONE, TWO]}, 3),
        (ALL, {"named-graph-uri": [ONE]}, 0),
        (NAMED, {"named-graph-uri": [TWO]}, 2),
        (NAMED, {"named-graph-uri": [ONE, TWO]}, 3),
        (NAMED, {"default-graph-uri": [ONE]}, 0),
        (NAMED, {"default-graph-uri": [TWO], "named-graph-uri": [ONE]}, 1),
        (f"SELECT * FROM <{ONE}> WHERE {{ ?s ?p ?o }}", {}, 1),
        (f"SELECT * FROM NAMED <{TWO}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}", {}, 2),
        ("PREFIX e: <http://example.org/> SELECT * FROM e:two WHERE { ?s ?p ?o }", {}, 2),
        ("BASE <http://example.org/> SELECT * FROM <two> WHERE { ?s ?p ?o }", {}, 2),
        (f"SELECT * FROM <{TWO}> WHERE {{ ?s ?p ?o }}", {"default-graph-uri": [ONE]}, 1),
    ],
)
def test_the_graphs_of_the_request_come_before_those_of_the_query(
    client: httpx.Client, way: str, query: str, dataset: dict[str, list[str]], expected: int
) -> None:
    if way == "get":
        answer = client.get("/sparql", params={"query": query, **dataset})
    elif way == "form":
        answer = client.post("/sparql", data={"query": query, **dataset})
    else:
        answer = client.post("/sparql", params=dataset, content=query, headers=DIRECT)
    assert count(answer) == expected


# How it is answered.


@pytest.mark.parametrize("query", [ALL, "ASK {}"])
@pytest.mark.parametrize(
    "kind",
    ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_rows_come_in_every_format_of_results(client: httpx.Client, query: str, kind: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": kind})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.content


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{TWO}/1>"])
@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD, RdfFormat.RDF_XML])
def test_triples_come_in_every_format_of_graphs(client: httpx.Client, query: str, form: RdfFormat) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": form.media_type})
    assert answer.headers["content-type"].partition(";")[0] == form.media_type
    assert len(list(parse(answer.content, format=form))) == (3 if query.startswith("CONSTRUCT") else 1)


@pytest.mark.parametrize(
    ("query", "accept", "given"),
    [
        (ALL, "*/*", "application/sparql-results+json"),
        (ALL, "", "application/sparql-results+json"),
        (ALL, "text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (ALL, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (ALL, "text/turtle, text/*;q=0.3", "text/csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv, */*;q=0.1", "text/turtle"),
    ],
)
def test_the_client_chooses_the_format(client: httpx.Client, query: str, accept: str, given: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == given


def test_a_format_that_is_not_written_is_refused(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": ALL}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.text


# What is no operation of the protocol.


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "PUT", "params": {"query": "ASK {}"}}, 405),
        ({"method": "DELETE"}, 405),
        ({"method": "GET", "params": {"query": ["ASK {}", "SELECT * {}"]}}, 400),
        ({"method": "POST", "data": {"query": ["ASK {}", "SELECT * {}"]}}, 400),
        ({"method": "POST", "params": {"query": "ASK {}"}, "content": "ASK {}", "headers": DIRECT}, 400),
        ({"method": "POST", "content": "query=ASK%20%7B%7D", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"method": "POST", "content": b"query=ASK%20%7B%7D"}, 415),
        ({"method": "POST", "content": b"ASK {}"}, 415),
        ({"method": "POST", "content": "ASK {}".encode("utf-16"), "headers": DIRECT}, 400),
        (
            {
                "method": "POST",
                "content": "ASK {}",
                "headers": {"Content-Type": f"{DIRECT['Content-Type']}; charset=GBK"},
            },
            415,
        ),
        ({"method": "POST", "headers": FORM}, 400),
        ({"method": "GET", "params": {"query": "SELECT WHERE ASK"}}, 400),
        ({"method": "GET", "params": {"query": ""}}, 400),
        ({"method": "GET", "params": {"update": "CLEAR ALL"}}, 403),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403),
        ({"method": "POST", "content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ({"method": "POST", "content": "ASK {}" + " " * 1_000_001, "headers": DIRECT}, 413),
    ],
)
def test_what_is_no_query_is_refused_in_one_line(
    client: httpx.Client, request_: dict[str, object], status: int
) -> None:
    answer = client.request(url="/sparql", **request_)
    assert answer.status_code == status, answer.text
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_body_that_does_not_say_its_length_has_an_end_too(client: httpx.Client) -> None:
    answer = client.post("/sparql", content=(b" " * 100_000 for _ in range(20)), headers=DIRECT)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <urn:a> <urn:b> 1 }", "LOAD <http://example.org/>", "DROP ALL", "DELETE WHERE { ?s ?p ?o }"],
)
def test_an_update_is_refused_and_changes_nothing(client: httpx.Client, update: str) -> None:
    answer = client.get("/sparql", params={"query": update})
    assert answer.status_code == 403
    assert "read-only" in answer.text
    assert count(client.get("/sparql", params={"query": ALL})) == 3


@pytest.fixture(scope="module")
def other_server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the requests that reached it."""
    reached: list[str] = []

    class Told(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reached.append(self.path)
            self.send_error(404)

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Told) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", reached
        server.shutdown()


CALLS = (
    "SELECT * WHERE { SERVICE <THERE> { ?s ?p ?o } }",
    "SELECT * WHERE { ?a ?b ?c FILTER EXISTS { service silent <THERE> { ?s ?p ?o } } }",
    "SELECT * WHERE { { SELECT * { SERVICE ?x { ?s ?p ?o } VALUES ?x { <THERE> } } ORDER BY ?s } }",
    "ASK { # a comment\nSERVICE#<\n<THERE> { ?s ?p ?o } }",
    "ASK { # a comment\rSERVICE <THERE> { ?s ?p ?o } \n }",
    'ASK { BIND("\\u0022 #" AS ?x) SERVICE <THERE> { ?s ?p ?o } \n }',
    'ASK { BIND("\\u0022 #" AS ?x) SERVICE <THERE> { ?s ?p ?o } # ")\n }',
    'ASK { BIND("\\\\" AS ?x) SERVICE <THERE> { ?s ?p ?o } # " AS ?y)\n }',
    "ASK { BIND('''\"#''' AS ?x) SERVICE <THERE> { ?s ?p ?o } \n }",
    "PREFIX s: <THERE#> ASK { ?a s:b#c\n ?d SERVICE <THERE> { ?s ?p ?o } }",
)


@pytest.mark.parametrize("query", CALLS)
def test_no_other_server_is_called(client: httpx.Client, other_server: tuple[str, list[str]], query: str) -> None:
    there, reached = other_server
    answer = client.post("/sparql", data={"query": query.replace("THERE", there)})
    assert answer.status_code in {400, 403}
    assert "SERVICE" in answer.text
    assert not reached


@given(before=st.text("\"'\\#\r\n<>{}.?a u0", max_size=12), after=st.text("\"'\\#\r\n<>{}.?a u0", max_size=8))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_a_query_that_oxigraph_takes_never_hides_a_service(before: str, after: str) -> None:
    """Whatever stands around it: either it is refused, or Oxigraph finds no server to call in it either."""
    query = f"ASK {{ {before} SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} {after} }}"
    with suppress(SyntaxError):
        try:
            Store().query(query)
        except OSError:  # it tried
            with pytest.raises(Refused):
                screen(query, Store(), ())


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?service WHERE { BIND("SERVICE <http://example.org/>" AS ?service) }',
        "SELECT * WHERE { ?from <http://example.org/service> ?load } # FROM, LOAD, DROP",
        "PREFIX service: <http://example.org/> SELECT * WHERE { ?s service:from ?o }",
    ],
)
def test_a_word_alone_is_no_reason_to_refuse(client: httpx.Client, query: str) -> None:
    assert client.get("/sparql", params={"query": query}).status_code == 200


@pytest.mark.parametrize(
    ("query", "dataset"),
    [
        ("SELECT * FROM <http://example.org/elsewhere> WHERE { ?s ?p ?o }", {}),
        ("SELECT * FROM NAMED <http://example.org/elsewhere> WHERE { ?s ?p ?o }", {}),
        (ALL, {"default-graph-uri": "http://example.org/elsewhere"}),
        (ALL, {"named-graph-uri": "no IRI at all"}),
    ],
)
def test_a_graph_that_is_not_here_is_not_fetched(client: httpx.Client, query: str, dataset: dict[str, str]) -> None:
    answer = client.get("/sparql", params={"query": query, **dataset})
    assert answer.status_code == 400
    assert "there is no graph" in answer.text


@pytest.mark.parametrize("query", ["SELECT *\nWHERE { ?s ?p }", "SELECT *\nFROM { ?s ?p }"])
def test_a_mistake_is_told_with_its_place(client: httpx.Client, query: str) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 400
    assert "at line 2, column " in answer.text


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "text/tab-separated-values", "application/xml"])
def test_an_answer_has_all_its_rows_or_is_refused(client: httpx.Client, accept: str) -> None:
    values = " ".join(map(str, range(51)))
    answer = client.get(
        "/sparql", params={"query": f"SELECT ?n {{ VALUES ?n {{ {values} }} }}"}, headers={"Accept": accept}
    )
    assert answer.status_code == 422
    assert "more than 50 rows" in answer.text
    answer = client.get(
        "/sparql", params={"query": f"SELECT ?n {{ VALUES ?n {{ {values} }} }} LIMIT 50"}, headers={"Accept": accept}
    )
    assert answer.status_code == 200


def test_the_prefixes_of_the_vocabulary_need_no_declaration(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?s a zx:Proposal }"}).json() == {"head": {}, "boolean": False}


# Real clients.


def test_rdflib_asks_it_as_a_store(service: Service) -> None:
    graph = rdflib.Graph(SPARQLStore(service.sparql()))
    assert len(list(graph.query(ALL))) == 3
    assert len(list(graph.triples((rdflib.URIRef(f"{TWO}/1"), None, None)))) == 1
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert len(graph.query("CONSTRUCT WHERE { ?s ?p ?o }").graph or ()) == 3
    named = rdflib.Graph(SPARQLStore(service.sparql(), context_aware=True), identifier=rdflib.URIRef(TWO))
    assert len(list(named.query(ALL))) == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("posted", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_asks_it(service: Service, method: str, posted: str) -> None:
    wrapper = SPARQLWrapper(service.sparql())
    wrapper.setMethod(method)
    wrapper.setRequestMethod(posted)
    wrapper.addDefaultGraph(TWO)
    wrapper.setQuery(ALL)
    wrapper.setReturnFormat(JSON)
    found = wrapper.queryAndConvert()
    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == 2
    wrapper.setReturnFormat(SPARQL_XML)
    document = ElementTree.fromstring(wrapper.queryAndConvert().toxml())
    assert len(document.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 2
    wrapper.setReturnFormat(CSV)
    assert len(list(csv.DictReader(io.StringIO(wrapper.queryAndConvert().decode())))) == 2
    wrapper.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    wrapper.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=wrapper.queryAndConvert(), format="turtle")) == 2


def test_sparqlwrapper_hears_of_a_mistake(service: Service) -> None:
    wrapper = SPARQLWrapper(service.sparql())
    wrapper.setQuery("SELECT * WHERE {")
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="syntax is off at line 1"):
        wrapper.query()
