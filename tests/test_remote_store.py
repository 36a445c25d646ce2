"""A graph in a real SPARQL server, started here on the loopback: written, killed, written on, asked."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from page_graph import PageGraph, page_quads
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg import query
from kg.errors import KgError, NoGraph, NothingBuilt, UsageError
from kg.remote_store import RemoteStore
from kg.store import in_memory, open_store
from kg.upload import STATE, Uploaded, upload

OXIGRAPH = str(Path(sys.executable).parent / "oxigraph")
PARTS = 500


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path, port: int | None = None, *options: str) -> Iterator[str]:
    """An Oxigraph server that keeps what it holds in a folder; its URL."""
    port = port or free_port()
    command = [OXIGRAPH, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@pytest.fixture(scope="module")
def graph() -> Store:
    """Two texts: the page, and a short one."""
    page = PageGraph("minutes", "委员顾长安提交提案。\n")
    page.describe("纪要")
    page.mention(page.thing("Person", "顾长安"), "顾长安")
    return in_memory([*page_quads(), *page.quads])


@pytest.fixture(scope="module")
def filled(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that holds the graph; its URL. Nothing changes it."""
    with server(tmp_path_factory.mktemp("filled")) as url:
        put(graph, url)
        yield url


def put(graph: Store, url: str, told: Callable[[str, int], None] = lambda _, __: None) -> Uploaded:
    """Upload a graph over a connection of its own."""
    with RemoteStore(url) as remote:
        return upload(graph, remote, part=PARTS, told=told)


def held(url: str) -> set[str]:
    """What a server holds but for the record, as another client reads it."""
    asked = urllib.request.Request(f"{url}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(asked) as answer:
        quads = parse(answer.read(), format=RdfFormat.N_QUADS)
        return {str(q) for q in quads if q.graph_name != NamedNode(STATE)}


def quads_of(store: Store) -> set[str]:
    return {str(quad) for quad in store}


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_server_holds_every_graph_and_the_default_one(filled: str, graph: Store) -> None:
    assert held(filled) == quads_of(graph)


def test_what_is_there_is_not_sent_again(filled: str, graph: Store) -> None:
    parts: list[tuple[str, int]] = []
    done = put(graph, filled, told=lambda g, n: parts.append((g, n)))
    assert not parts
    assert (done.graphs, done.removed, done.triples) == (0, 0, 0)
    assert done.there == 1 + len(list(graph.named_graphs()))


class Cut(Exception):
    """The upload is cut off."""


@pytest.mark.parametrize("after", [1, 2, 5, 9])
def test_an_upload_that_is_cut_goes_on_where_it_stopped(tmp_path: Path, graph: Store, after: int) -> None:
    parts: list[tuple[str, int]] = []

    def told(iri: str, number: int) -> None:
        parts.append((iri, number))
        if len(parts) == after:
            raise Cut

    with server(tmp_path) as url:
        with pytest.raises(Cut):
            put(graph, url, told=told)
        put(graph, url, told=told)
        assert held(url) == quads_of(graph)
    assert len(parts) == len(set(parts)), "no part is sent twice"


def test_a_server_that_dies_is_told_in_one_line_and_the_upload_goes_on(tmp_path: Path, graph: Store) -> None:
    port = free_port()
    parts: list[tuple[str, int]] = []

    def told(iri: str, number: int) -> None:
        parts.append((iri, number))
        if len(parts) == 3:
            stack.close()

    with ExitStack() as stack, pytest.raises(NothingBuilt, match="does not answer") as raised:
        put(graph, stack.enter_context(server(tmp_path, port)), told)
    assert "\n" not in str(raised.value)
    assert "goes on where it stopped" in str(raised.value)
    with server(tmp_path, port) as url:
        put(graph, url, lambda iri, number: parts.append((iri, number)))
        assert held(url) == quads_of(graph)


def test_only_what_has_changed_is_sent_and_what_is_gone_is_removed(tmp_path: Path, graph: Store) -> None:
    sent: list[str] = []
    with server(tmp_path) as url:
        put(graph, url)
        smaller = in_memory(page_quads())
        done = put(smaller, url, told=lambda g, _: sent.append(g))
        assert set(sent) == {""}, "the other graphs are as they were"
        assert done.removed == 2
        assert held(url) == quads_of(smaller)


def test_what_others_have_there_is_left_alone(tmp_path: Path, graph: Store) -> None:
    theirs = "<urn:a> <urn:b> <urn:c>"
    with server(tmp_path) as url:
        with RemoteStore(url) as remote:
            remote.put("urn:theirs", f"{theirs} .\n".encode())
        put(graph, url)
        put(in_memory(page_quads()), url)
        assert f"{theirs} <urn:theirs>" in held(url)


def test_a_default_graph_of_others_is_not_overwritten(tmp_path: Path, graph: Store) -> None:
    with server(tmp_path) as url:
        with RemoteStore(url) as remote:
            remote.put("", b"<urn:a> <urn:b> <urn:c> .\n")
        with pytest.raises(UsageError, match="1 triples that are not ours"):
            put(graph, url)
        assert held(url) == {"<urn:a> <urn:b> <urn:c>"}


def test_what_somebody_deleted_there_is_sent_again(tmp_path: Path, graph: Store) -> None:
    with server(tmp_path) as url:
        put(graph, url)
        with RemoteStore(url) as remote:
            remote.delete("https://w3id.org/zhengxie/doc/minutes#facts")
        assert put(graph, url).graphs == 1
        assert held(url) == quads_of(graph)


def test_a_default_graph_that_is_a_union_is_told(tmp_path: Path, graph: Store) -> None:
    with server(tmp_path, None, "--union-default-graph") as url, pytest.raises(NothingBuilt, match="union"):
        put(graph, url)


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [question.name for question in query.saved()])
def test_a_saved_question_has_the_same_answer_there(filled: str, graph: Store, name: str) -> None:
    with RemoteStore(filled) as remote:
        assert query.ask_by_name(remote, name).to_csv() == query.ask_by_name(graph, name).to_csv()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?p ?theme WHERE { ?p a zx:Proposal ; zx:theme ?theme } ORDER BY ?p ?theme",
        "ASK { ?p a zx:Proposal }",
        "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p dcterms:title ?t }",
    ],
)
def test_rows_read_as_those_of_a_build(filled: str, graph: Store, text: str) -> None:
    with RemoteStore(filled) as remote:
        there, here = (list(query.ask_by_name(store, text).rows()) for store in (remote, graph))
    assert there == here
    assert here


def test_a_query_that_is_off_is_told_before_it_is_sent(filled: str) -> None:
    with RemoteStore(filled) as remote:
        with pytest.raises(UsageError, match="line 1, column 16"):
            query.ask_by_name(remote, "SELECT WHERE { ?s ?p ?o }")
        with pytest.raises(UsageError, match="read-only"):
            query.ask_by_name(remote, "CLEAR ALL")


# --- servers that are none --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "error"),
    [("ftp://127.0.0.1", UsageError), ("127.0.0.1:7878", UsageError), ("http://127.0.0.1:x", UsageError)],
)
def test_what_is_no_url_is_told(url: str, error: type[KgError]) -> None:
    with pytest.raises(error, match="for instance http"):
        RemoteStore(url)


def test_where_nobody_answers_the_password_is_not_told() -> None:
    with pytest.raises(NoGraph, match="does not answer") as raised:
        RemoteStore(f"http://somebody:s3cret@127.0.0.1:{free_port()}")
    assert "s3cret" not in str(raised.value)
    assert "somebody" not in str(raised.value)


@contextmanager
def web_server(status: int) -> Iterator[tuple[str, list[str]]]:
    """A web server that speaks no SPARQL; its URL, and the names and passwords that it was sent."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.headers.get("Authorization", ""))
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{web.server_port}", seen
    finally:
        web.shutdown()
        web.server_close()


@pytest.mark.parametrize(
    ("status", "told"), [(404, "no SPARQL server"), (200, "no SPARQL server"), (401, "password"), (302, "elsewhere")]
)
def test_a_server_that_speaks_no_sparql_is_told(status: int, told: str) -> None:
    with web_server(status) as (address, seen):
        with pytest.raises(NoGraph, match=told) as raised:
            RemoteStore(f"http://some%40body:s3%2Fcret@{address}/data")
        assert "cret" not in str(raised.value)
        assert seen[0] == f"Basic {b64encode(b'some@body:s3/cret').decode()}"


# --- the commands -----------------------------------------------------------------------------------------------------


def kg(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")


def test_a_build_is_written_there_with_citizens_masked_and_asked_there(tmp_path: Path) -> None:
    text = tmp_path / "访谈.txt"
    text.write_text("民生访谈\n\n居民乔小满说:“希望多一盏路灯。”\n", encoding="utf-8")
    with server(tmp_path / "server") as url:
        built = kg("build", str(text), "--out", str(tmp_path / "build"), "--store", f"{url}/")
        assert built.returncode == 0, built.stderr
        assert f"{url}: " in built.stderr
        assert held(url) == quads_of(open_store(tmp_path / "build", "masked"))
        asked = kg("query", "SELECT ?n { ?p foaf:name ?n }", "--store", url, "--format", "csv")
        assert asked.stdout.split() == ["n", "乔某（居民）"]
    gone = kg("build", str(text), "--out", str(tmp_path / "build"), "--store", url.replace("//", "//me:s3cret@"))
    assert gone.returncode == 4
    assert gone.stderr.count("\n") == 1
    assert "s3cret" not in gone.stderr
