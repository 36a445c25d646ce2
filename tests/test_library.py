"""The graph as programs and notebooks have it; the examples of docs/library.md are run."""

from __future__ import annotations

import doctest
import sys
from datetime import date
from pathlib import Path

import pytest
from page_graph import page_quads

import kg
from kg.errors import NoGraph, NotFound, UsageError
from kg.generations import new_generation
from kg.library import Graph
from kg.store import write_graph
from kg.vocab import entity

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    out = tmp_path_factory.mktemp("page") / "build"
    with new_generation(out) as folder:
        write_graph(folder, page_quads())
    return kg.open(out)


def test_the_examples_of_the_page_are_what_happens(seed_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(seed_build.parent)
    failed, tried = doctest.testfile(str(DOCS / "library.md"), module_relative=False, encoding="utf-8")
    assert tried
    assert not failed


def test_a_saved_question_gives_rows_with_its_columns(graph: Graph) -> None:
    [row] = graph.query("who-proposed", name="顾长安")
    assert row.title == "关于优化营商环境 激发青年创业活力的建议"
    assert {"who-proposed", "proposals"} <= {question.name for question in graph.questions()}


def test_values_are_those_of_python(graph: Graph) -> None:
    [row] = graph.query(
        """SELECT ?s ?day ?year ?none WHERE { ?s schema:startDate ?day ; a zx:Session .
           ?h zx:forYear ?year . OPTIONAL { ?s zx:ordinal ?none } } LIMIT 1"""
    )
    assert row.s == entity("Session", "青屏区", "青屏区政协二届三次会议第一次全体会议").value
    assert (row.day, row.year, row.none) == (date(2031, 3, 6), 2030, None)
    assert graph.query("ASK { ?p a zx:Proposal }")[0].answer is True


def test_a_frame_of_a_class_has_a_row_for_each_thing(graph: Graph) -> None:
    frame = graph.frame("Proposal")
    assert frame.index.name == "id"
    row = frame.loc[entity("Proposal", "青屏区", "关于优化营商环境 激发青年创业活力的建议").value]
    assert (row["proposer"], row["theme"]) == ("顾长安", "营商环境|青年创业")
    assert len(frame) == graph.query("SELECT (COUNT(?p) AS ?n) { ?p a zx:Proposal }")[0].n


def test_a_frame_of_a_question_has_its_rows(graph: Graph) -> None:
    frame = graph.frame("who-proposed", name="顾长安")
    assert [tuple(row) for row in frame.itertuples(index=False)] == [
        tuple(r) for r in graph.query("who-proposed", name="顾长安")
    ]


def test_without_pandas_a_frame_says_what_to_install(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pip install pandas"):
        graph.frame("Proposal")


def test_the_network_of_facts_joins_proposers_and_themes(graph: Graph) -> None:
    facts = graph.networkx()
    proposal = entity("Proposal", "青屏区", "关于优化营商环境 激发青年创业活力的建议").value
    out = {(key, facts.nodes[end]["label"]) for _, end, key in facts.out_edges(proposal, keys=True)}
    assert {("zx:proposer", "顾长安"), ("zx:mainTheme", "营商环境"), ("zx:honour", "2030年度优秀提案")} <= out
    used = {facts.nodes[node]["label"] for node in facts if facts.nodes[node]["kind"] == "Theme"}
    assert {"产业与企业", "营商环境"} <= used


def test_the_network_of_ties_has_their_figures(seed_build: Path) -> None:
    graph = kg.open(seed_build)
    ties = graph.networkx("ties")
    assert ties.number_of_edges() == graph.query("SELECT (COUNT(?c) AS ?n) { ?c a zx:Connection }")[0].n
    assert all(weight > 0 for *_, weight in ties.edges(data="weight"))


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning:rdflib")  # rdflib 7.6 calls what it deprecates
@pytest.mark.parametrize("names", ["full", "masked"])
def test_rdflib_has_the_same_quads(seed_build: Path, names: str) -> None:
    graph = kg.open(seed_build, names)
    dataset = graph.dataset()
    assert len(dataset.default_graph) == graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].n
    assert dict(dataset.namespaces())["zx"]
    name = "李某（市民）"
    assert bool([o for o in dataset.default_graph.objects() if str(o) == name]) == (names == "masked")


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        (lambda g: g.query("no-such-question"), NotFound, "no saved question"),
        (lambda g: g.query("SELECT ?x"), UsageError, "syntax"),
        (lambda g: g.query("proposals", colour="red"), UsageError, "no parameter colour"),
        (lambda g: g.frame("Proposals"), NotFound, "no class Proposals"),
        (lambda g: g.networkx("themes"), UsageError, "facts or ties"),
        (lambda g: kg.open(g.build, "some"), UsageError, "full or masked"),
        (lambda g: kg.open(g.build / "elsewhere"), NoGraph, "run kg build"),
    ],
)
def test_an_error_is_one_line(graph: Graph, call, error: type, told: str) -> None:
    with pytest.raises(error, match=told) as raised:
        call(graph)
    assert "\n" not in str(raised.value)
