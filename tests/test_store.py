"""The same quads give the same bytes, in whatever order they come; questions are answered alike in rdflib."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import KgError, NoGraph, NothingBuilt
from kg.generations import generations, new_generation
from kg.store import dataset, in_memory, open_store, write_graph

FACTS, EVIDENCE = NamedNode("https://example.org/doc/甲#facts"), NamedNode("https://example.org/doc/甲#evidence")
OTHER = NamedNode("https://example.org/doc/乙#facts")
NAME, OF = NamedNode("http://xmlns.com/foaf/0.1/name"), NamedNode("https://example.org/of")
LI, ZHAO = (
    NamedNode("https://example.org/id/person/松原区/李明"),
    NamedNode("https://example.org/id/person/松原区/赵雷"),
)

QUADS = [
    Quad(LI, NAME, Literal("李明", language="zh"), FACTS),
    Quad(LI, NAME, Literal("李明", language="zh"), OTHER),
    Quad(LI, OF, ZHAO, OTHER),
    Quad(ZHAO, NAME, Literal('赵雷，人称"_:b0"\n', language="zh"), FACTS),
    Quad(ZHAO, NAME, Literal("words", language="en"), EVIDENCE),
    Quad(LI, OF, Literal("2023", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")), FACTS),
]

TERMS = [NamedNode(f"https://example.org/{name}") for name in ("a", "ab", "a/b", "《题》")]
quad = st.builds(
    Quad,
    st.sampled_from(TERMS),
    st.sampled_from(TERMS),
    st.one_of(st.sampled_from(TERMS), st.builds(Literal, st.text(st.characters(codec="utf-8")))),
    st.sampled_from([FACTS, OTHER, EVIDENCE]),
)


def written(folder: Path, quads: list[Quad]) -> bytes:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write_graph(folder, quads)
    return (folder / "graph.nq").read_bytes()


def build(out: Path, quads: list[Quad]) -> None:
    with new_generation(out) as folder:
        write_graph(folder, quads)


def test_the_default_graph_holds_each_fact_once_and_no_evidence(tmp_path: Path) -> None:
    data = written(tmp_path / "a", QUADS).decode()
    lines = [line for line in data.split("\n") if line.endswith("<https://example.org/doc/甲#evidence> .")]
    assert len(lines) == 1
    default = [line for line in data.split("\n") if line and "/doc/" not in line]
    assert len(default) == 4
    assert not any("words" in line for line in default)


def test_the_graphs_stand_in_order_and_their_lines_are_sorted(tmp_path: Path) -> None:
    lines = written(tmp_path / "a", QUADS).decode().splitlines()
    graphs = [line.partition("/doc/")[2] for line in lines]
    assert graphs == sorted(graphs)
    for graph in set(graphs):
        part = [line.encode() for line, of in zip(lines, graphs, strict=True) if of == graph]
        assert part == sorted(part)


def test_the_counts_are_those_of_the_graphs(tmp_path: Path) -> None:
    assert write_graph(tmp_path, iter(QUADS)) == {"": 4, EVIDENCE.value: 1, FACTS.value: 3, OTHER.value: 2}


@given(st.lists(quad, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_order_and_repetition_change_no_byte(tmp_path: Path, quads: list[Quad], chance: random.Random) -> None:
    once = written(tmp_path / "a", quads)
    again = [*quads, *quads[:3]]
    chance.shuffle(again)
    assert written(tmp_path / "b", again) == once
    read = list(parse(once, format=RdfFormat.N_QUADS))
    assert len(set(read)) == len(read), "no line stands twice"
    assert {q for q in read if q.graph_name in (FACTS, OTHER, EVIDENCE)} == set(quads)


def test_the_store_holds_the_same_quads_as_the_file(tmp_path: Path) -> None:
    build(tmp_path, QUADS)
    store = open_store(tmp_path)
    assert set(store) == set(parse(path=str(tmp_path / "graph.nq"), format=RdfFormat.N_QUADS))
    assert set(store) == set(in_memory(QUADS)), "what a build computes on is what it writes"


@pytest.mark.parametrize(
    "wrong",
    [
        Quad(BlankNode("x"), NAME, Literal("甲"), FACTS),
        Quad(LI, OF, BlankNode("x"), FACTS),
        Quad(LI, OF, ZHAO, BlankNode("x")),
        Quad(LI, OF, ZHAO),
    ],
)
def test_blank_nodes_and_quads_of_no_named_graph_are_refused(tmp_path: Path, wrong: Quad) -> None:
    with pytest.raises(KgError, match=r"blank node|no named graph"):
        write_graph(tmp_path, [*QUADS, wrong])


def test_an_empty_graph_is_a_graph(tmp_path: Path) -> None:
    build(tmp_path, [])
    assert (tmp_path / "graph.nq").read_bytes() == b""
    assert len(open_store(tmp_path)) == 0


def test_a_reader_keeps_its_store_after_a_switch_and_after_pruning(tmp_path: Path) -> None:
    build(tmp_path, QUADS)
    reader = open_store(tmp_path)
    first = generations(tmp_path)
    for _ in range(6):
        build(tmp_path, QUADS[:1])
    assert first[0] not in generations(tmp_path)
    assert not first[0].exists()
    answer = reader.query("SELECT ?of WHERE { ?person <https://example.org/of> ?of }")
    assert len(list(answer)) == 2
    assert len(open_store(tmp_path)) == 2


def test_several_readers_open_the_store_at_once(tmp_path: Path) -> None:
    build(tmp_path, QUADS)
    readers = [open_store(tmp_path) for _ in range(3)]
    assert {len(reader) for reader in readers} == {10}


def test_no_graph_or_a_broken_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoGraph, match="there is no graph in"):
        open_store(tmp_path)
    with pytest.raises(NoGraph, match="there is no graph in"):
        dataset(tmp_path)
    with new_generation(tmp_path) as folder:
        (folder / "store").mkdir()
    with pytest.raises(NoGraph, match="the store can't be opened"):
        open_store(tmp_path)


QUESTIONS = [
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s <http://xmlns.com/foaf/0.1/name> ?o } GROUP BY ?s ORDER BY ?s",
    "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT ?o WHERE { ?s ?p ?o } ORDER BY STR(?o)",
]


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning:rdflib")  # rdflib 7.6 calls what it deprecates
@pytest.mark.parametrize("question", QUESTIONS)
def test_rdflib_answers_as_oxigraph_does_without_a_union_switch(tmp_path: Path, question: str) -> None:
    build(tmp_path, QUADS)
    ours = [tuple(term.value for term in row) for row in open_store(tmp_path).query(question)]
    theirs = [tuple(str(term) for term in row) for row in dataset(tmp_path).query(question)]
    assert ours == theirs
    assert ours


def test_a_full_disk_is_told_when_the_store_meets_it(tmp_path: Path) -> None:
    """On a file system of 3 MB that the graph's file fits in and its store does not."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can make a small disk")
    try:
        build(tmp_path, QUADS)
        many = [Quad(NamedNode(f"https://example.org/{i}"), OF, Literal(f"{i} " * 250), FACTS) for i in range(900)]
        with pytest.raises(NothingBuilt, match="the disk is full"):
            build(tmp_path, many)
        assert len(open_store(tmp_path)) == 10
        assert len(generations(tmp_path)) == 1
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)
