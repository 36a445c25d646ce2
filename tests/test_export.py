"""The exported files, read back by the programs that people read them with."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import openpyxl
import pandas
import pytest
import rdflib
from page_graph import CITIZENS, PageGraph, page_quads
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import DCTERMS, RDF, Namespace, URIRef
from typer.testing import CliRunner

from kg import vocab
from kg.cli import app
from kg.export import FORMATS
from kg.store import in_memory, open_store

VOID, DCAT = Namespace("http://rdfs.org/ns/void#"), Namespace("http://www.w3.org/ns/dcat#")
FORMULAS = ("=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)")


@pytest.fixture(scope="module")
def store() -> Store:
    """The page, and titles that a spreadsheet would take for formulas, or can't hold."""
    page = PageGraph("titles", "".join(f"{title}\n" for title in FORMULAS) + "上\x0b下|左右\n")
    page.describe("案由")
    for title in (*FORMULAS, "上\x0b下|左右"):
        proposal = page.thing("Proposal", title, title=True)
        page.mention(proposal, title)
        page.fact(proposal, "zx:form", vocab.concept("form", "提案"), title)
        page.fact(proposal, "zx:number", Literal(title), title)
    source = Quad(
        vocab.document(page.id), vocab.expand("dcterms:source"), Literal("甲|乙.txt"), vocab.facts_graph(page.id)
    )
    return in_memory([*page_quads(), *page.quads, source])


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export")
    for write in FORMATS.values():
        assert all((out / name).is_file() for name in write(store, out))
    return out


@pytest.fixture(scope="module")
def released(seed_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("released") / "export"
    licence = "https://creativecommons.org/licenses/by/4.0/"
    done = CliRunner().invoke(app, ["export", "--build", str(seed_build), "--out", str(out), "--licence", licence])
    assert done.exit_code == 0, done.output
    assert sorted(done.stdout.split()) == sorted(str(path) for path in out.rglob("*") if path.is_file())
    return out


# --- RDF --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [("graph.trig", RdfFormat.TRIG), ("graph.nq", RdfFormat.N_QUADS), ("graph.jsonld", RdfFormat.JSON_LD)],
)
def test_every_quad_comes_back_from_a_dataset(store: Store, folder: Path, name: str, form: RdfFormat) -> None:
    assert set(parse(path=str(folder / name), format=form)) == set(store)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib 7.6 calls what it deprecates
@pytest.mark.parametrize(
    ("name", "form"), [("graph.trig", "trig"), ("graph.nq", "nquads"), ("graph.jsonld", "json-ld")]
)
def test_rdflib_reads_the_datasets(store: Store, folder: Path, name: str, form: str) -> None:
    read = rdflib.Dataset()
    read.parse(folder / name, format=form)
    sizes = Counter(q.graph_name.value if isinstance(q.graph_name, NamedNode) else "" for q in store)
    found = {str(g.identifier): len(g) for g in read.graphs() if len(g)}
    assert {k: n for k, n in found.items() if k in sizes} == {k: n for k, n in sizes.items() if k}
    assert len(read.default_graph) == sizes[""]


def test_turtle_holds_the_default_graph(store: Store, folder: Path) -> None:
    read = rdflib.Graph().parse(folder / "graph.ttl")
    assert len(read) == sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    assert "@prefix zx: <https://w3id.org/zhengxie/ontology#> ." in text


# --- networks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "read"), [("network.graphml", nx.read_graphml), ("network.gexf", nx.read_gexf)])
def test_networkx_reads_the_network(folder: Path, name: str, read) -> None:
    graph = read(folder / name)
    proposal = vocab.entity("Proposal", "青屏区", "关于优化营商环境 激发青年创业活力的建议").value
    person = vocab.entity("Person", "青屏区", "顾长安").value
    assert graph.nodes[proposal]["kind"] == "Proposal"
    assert graph.nodes[person]["label"] == "顾长安"
    assert "zx:proposer" in {about["property"] for about in graph.get_edge_data(proposal, person).values()}
    assert not [node for node, degree in graph.degree() if not degree]


def test_a_post_is_an_edge_from_the_person_to_the_body(folder: Path) -> None:
    graph = nx.read_graphml(folder / "network.graphml")
    person, body = (
        vocab.entity(k, "青屏区", n).value for k, n in (("Person", "沈文文"), ("Organization", "柳浦街道银杏社区"))
    )
    assert [about["role"] for about in graph.get_edge_data(person, body).values()] == ["党支部书记"]


# --- tables -----------------------------------------------------------------------------------------------------------


def package(folder: Path) -> dict:
    return json.loads((folder / "tables" / "datapackage.json").read_text(encoding="utf-8"))


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_data_package_says_what_each_table_is(folder: Path) -> None:
    readers = {
        "string": str,
        "integer": int,
        "year": int,
        "number": float,
        "boolean": {"true": 1, "false": 0}.__getitem__,
    }
    for resource in package(folder)["resources"]:
        data = (folder / "tables" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
        fields = resource["schema"]["fields"]
        told = rows(folder, resource["name"])
        assert list(told[0]) == [field["name"] for field in fields]
        for row in told:
            for field in fields:
                assert not row[field["name"]] or readers[field["type"]](row[field["name"]]) is not None
        for key in resource["schema"].get("primaryKey", []):
            assert len({row[key] for row in told}) == len(told)


def test_a_row_tells_a_proposal_as_people_read_it(folder: Path) -> None:
    frame = pandas.read_csv(folder / "tables" / "proposal.csv").set_index("title")
    row = frame.loc["关于优化营商环境 激发青年创业活力的建议"]
    told = ("proposer", "form", "mainTheme", "theme", "honour")
    assert [row[c] for c in told] == ["顾长安", "提案", "营商环境", "营商环境|青年创业", "2030年度优秀提案"]


def test_a_link_leads_to_a_row_by_its_iri(folder: Path) -> None:
    proposers = {row["object"] for row in rows(folder, "links") if row["property"] == "zx:proposer"}
    known = {row["id"] for name in ("person", "sector", "organization") for row in rows(folder, name)}
    assert proposers
    assert proposers <= known


def test_evidence_has_the_words_and_where_they_stand(store: Store, folder: Path) -> None:
    texts = {q.subject.value: q.object.value for q in store.quads_for_pattern(None, vocab.expand("nif:isString"), None)}
    told = [row for row in rows(folder, "evidence") if "titles" not in row["document"]]
    assert told
    for row in told:
        words = texts[row["document"]][int(row["begin"]) : int(row["end"])]
        assert row["words"].removeprefix("'") == words


def test_no_cell_is_run_as_a_formula(folder: Path) -> None:
    told = {row["title"] for row in rows(folder, "proposal")}
    assert {f"'{title}" for title in FORMULAS} <= told
    assert not [cell for row in rows(folder, "proposal") for cell in row.values() if cell[:1] in set("=+-@\t\r")]
    sheet = openpyxl.load_workbook(folder / "tables.xlsx")["提案"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    for title in FORMULAS:
        assert cells[title].data_type == "s"
        assert cells[title].quotePrefix


def test_what_no_spreadsheet_takes_is_a_blank_and_what_parts_values_stays_apart(folder: Path) -> None:
    assert {"上 下|左右"} <= {row["title"] for row in rows(folder, "proposal")}
    assert "titles.txt|甲｜乙.txt" in {row["source"] for row in rows(folder, "document")}


def test_the_workbook_has_a_sheet_for_each_table_with_its_numbers(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "tables.xlsx", read_only=True)
    assert book.sheetnames == [resource["title"] for resource in package(folder)["resources"]]
    for resource in package(folder)["resources"]:
        assert len(list(book[resource["title"]].iter_rows())) == 1 + len(rows(folder, resource["name"]))
    head, *evidence = book["出处"].iter_rows(values_only=True)
    assert {type(row[head.index("起")]) for row in evidence} == {int}


# --- the folder -------------------------------------------------------------------------------------------------------


def test_the_checksums_are_those_of_the_files(released: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=released, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    listed = {line.split("  ")[1] for line in (released / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert listed == {str(p.relative_to(released)) for p in released.rglob("*") if p.is_file()} - {"SHA256SUMS"}


def test_the_description_tells_licence_versions_size_and_files(released: Path) -> None:
    base = "https://example.org/release/"
    told = rdflib.Graph().parse(released / "dataset.ttl", publicID=base)
    whole = URIRef(base)
    assert (whole, RDF.type, VOID.Dataset) in told
    assert told.value(whole, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert all(word in str(told.value(whole, DCTERMS.provenance)) for word in ("kg ", "rules ", "lexicon "))
    turtle = rdflib.Graph().parse(released / "graph.ttl")
    assert told.value(whole, VOID.triples).toPython() == len(turtle)
    files = {str(o).removeprefix(base) for o in told.objects(whole, DCAT.distribution)}
    assert {"graph.ttl", "network.gexf", "tables/proposal.csv", "tables.xlsx"} <= files
    assert all((released / name).is_file() for name in files)


def test_without_a_licence_the_description_claims_none(seed_build: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", "turtle", "--build", str(seed_build), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"graph.ttl", "dataset.ttl", "SHA256SUMS"}
    told = rdflib.Graph().parse(tmp_path / "out" / "dataset.ttl")
    assert not list(told.objects(None, DCTERMS.license))
    assert "No licence" in str(next(told.objects(None, DCTERMS.rights)))


def test_nobody_who_is_not_public_is_in_any_file(seed_build: Path, released: Path) -> None:
    whole, public = open_store(seed_build), open_store(seed_build, "masked")
    name = vocab.expand("foaf:name")
    hidden = {q.object.value for q in whole.quads_for_pattern(None, name, None)}
    hidden -= {q.object.value for q in public.quads_for_pattern(None, name, None)}
    assert hidden
    for path in released.rglob("*.*"):
        data = path.read_bytes()
        if path.suffix == ".xlsx":
            cells = [c for s in openpyxl.load_workbook(path).worksheets for row in s.values for c in row]
            data = "\n".join(map(str, cells)).encode()
        assert not [who for who in hidden if who.encode() in data], path.name


def test_full_names_are_told_where_they_are_asked_for(seed_build: Path, tmp_path: Path) -> None:
    asked = ["export", "csv", "--build", str(seed_build), "--out", str(tmp_path / "out"), "--names", "full"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert "（市民）" not in (tmp_path / "out" / "tables" / "person.csv").read_text(encoding="utf-8")


def test_the_same_graph_gives_the_same_bytes(seed_build: Path, released: Path, tmp_path: Path) -> None:
    """In another process, whose hashes are other ones."""
    out = tmp_path / "again"
    licence = "https://creativecommons.org/licenses/by/4.0/"
    command = [sys.executable, "-m", "kg", "-q", "export", "--build", str(seed_build), "--out", str(out)]
    subprocess.run([*command, "--licence", licence], check=True, capture_output=True)
    for path in sorted(p for p in released.rglob("*") if p.is_file()):
        assert (out / path.relative_to(released)).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "xml"], "turtle, trig"),
        (["export", "--licence", "CC BY"], "no IRI"),
        (["export", "--out", "."], "no export of ours"),
    ],
)
def test_a_call_that_is_off_is_told_in_one_line(
    seed_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("不要删", encoding="utf-8")
    command = [sys.executable, "-m", "kg", *words, "--build", str(seed_build)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "mine.txt").is_file()


def test_an_earlier_export_is_replaced_as_a_whole(seed_build: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for form in ("turtle", "nquads"):
        done = CliRunner().invoke(app, ["export", form, "--build", str(seed_build), "--out", str(out)])
        assert done.exit_code == 0
    assert {p.name for p in out.iterdir()} == {"graph.nq", "dataset.ttl", "SHA256SUMS"}
    assert not list(tmp_path.glob("*.unfinished"))


def test_the_fixture_would_give_a_citizen_away(store: Store) -> None:
    assert any(who in str(q) for q in store for who in CITIZENS)
