"""Questions are answered read-only, alike on every server; whoever asks wrongly is told in one line what to do."""

import csv
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from golden_answers import GOLDEN, answer
from hypothesis import given, settings
from hypothesis import strategies as st
from page_graph import page_quads
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Dataset

from kg import query
from kg.errors import NoGraph, NotFound, UsageError
from kg.generations import new_generation
from kg.store import dataset, in_memory, write_graph
from kg.vocab import PREFIXES, expand

ROOT = Path(__file__).parent.parent
NAMES = [one.name for one in query.saved()]
NOT_ON_THE_PAGE = {
    *(
        "cases-and-proposals",
        "cases-of-place",
        "connections",
        "conveners",
        "handlers-on-area",
        "letters-acted-on",
        "repeatedly-honoured",
    ),
    *("sector-members", "shared-themes", "silent-members", "speaks-for"),
}
"""What a newspaper page says nothing about; tests/test_questions.py asks it of a graph that does."""


def built(out: Path, quads: list[Quad]) -> Path:
    with new_generation(out) as folder:
        write_graph(folder, quads)
    return out


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("empty"), [])


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("page"), page_quads())


@pytest.fixture(scope="session")
def in_rdflib(page: Path) -> Dataset:
    return dataset(page)


def rows(build: Path, question: str, /, **params: str) -> list[list[str]]:
    return list(query.run(build, question, params).rows())


# The saved questions: what each of them keeps to.


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_question_says_in_chinese_and_english_what_it_asks(name: str) -> None:
    one = query.question(name)
    assert re.fullmatch(r"[a-z0-9-]+", name)
    assert re.search(r"[一-鿿].*？$", one.question)
    assert re.fullmatch(r"[ -~]+\?", one.english)


def test_a_proposal_of_no_theme_is_one_row_like_every_other(tmp_path: Path, page: Path) -> None:
    about = {expand("zx:theme"), expand("zx:mainTheme")}
    without = built(tmp_path / "build", [q for q in page_quads() if q.predicate not in about])
    titles = [row[1] for row in rows(page, "proposals")]
    assert titles
    assert sorted(row[1] for row in rows(without, "proposals")) == sorted(titles)


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_question_answers_nothing_when_there_is_nothing(empty: Path, name: str) -> None:
    result = query.run(empty, name)
    assert list(result.columns) == list(query.question(name).columns), "every column has its heading, in order"
    assert list(result.rows()) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_question_states_its_parameters_and_their_defaults(name: str) -> None:
    one = query.question(name)
    blocks = dict(re.findall(r"VALUES \?(\w+)_asked \{ (.*?) \}", one.text))
    assert {p.name: p.default for p in one.params} == {
        asked: "all" if value == "UNDEF" else value.strip('"') for asked, value in blocks.items()
    }
    for param in one.params:
        assert re.search("“.+?”", param.meaning), f"{param.name} gives no example"
        assert " / " in param.meaning
    assert len(re.findall("^# (param|column) ", one.text, re.MULTILINE)) == len(one.params) + len(one.columns)


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_question_is_in_a_settled_order_and_uses_known_terms(name: str) -> None:
    text = query.question(name).text
    assert "ORDER BY" in text.rpartition("}")[2]
    body = re.sub(r'"[^"]*"|<[^>]*>|#.*', "", text)
    for prefix, local in re.findall(r"\b([a-z]+):([A-Za-z]+)\b", body):
        assert expand(f"{prefix}:{local}")
    for prefix, iri in re.findall(r"PREFIX (\w+): <(.+?)>", text):
        assert PREFIXES[prefix] == iri
        assert f"{prefix}:" in text.replace(f"PREFIX {prefix}:", "")


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning:rdflib")  # rdflib 7.6 calls what it deprecates
@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_ON_THE_PAGE])
def test_a_saved_question_gives_the_same_rows_in_rdflib(page: Path, in_rdflib: Dataset, name: str) -> None:
    ours = [tuple(term and term.value for term in row) for row in query.run(page, name).terms()]
    theirs = [
        tuple(None if term is None else str(term) for term in row) for row in in_rdflib.query(query.question(name).text)
    ]
    assert ours == theirs
    assert ours, "the page has something to say to every one of these"


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_that_fits_nothing_gives_no_rows(page: Path, name: str) -> None:
    for param in query.question(name).params:
        assert rows(page, name, **{param.name: "没有这样的值"}) == [] or (name, param.name) == ("agenda", "form")


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_parameter_asks_for_all(page: Path, name: str) -> None:
    params = query.question(name).params
    asked = rows(page, name, **{param.name: "" for param in params})
    assert len(asked) >= len(rows(page, name))


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_on_the_shipped_text_are_the_golden_ones(seed_build: Path, name: str) -> None:
    assert answer(seed_build, name) == (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")


def test_there_is_no_golden_answer_without_a_question() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.csv")) == NAMES


# What staff and researchers learn from them.


def test_who_proposed_what(page: Path) -> None:
    assert rows(page, "who-proposed", name="顾") == [
        ["顾长安", "委员个人", "关于优化营商环境 激发青年创业活力的建议", "营商环境", ""]
    ]
    assert rows(page, "who-proposed", name="民盟区支部")[0][0] == "民盟青屏区支部", "by another name too"


def test_a_theme_holds_what_its_narrower_themes_hold(page: Path) -> None:
    titles = [row[1] for row in rows(page, "proposals", theme="产业与企业")]
    assert len(titles) == 3
    assert "关于加大先进制造业招商引资力度的建议" in titles
    assert {row[2] for row in rows(page, "theme-records", theme="教育") if row[0] == "发言"} == {"程巧云"}


def test_what_people_wish_for_is_asked_of_the_public_unless_said(page: Path) -> None:
    assert {row[0] for row in rows(page, "concerns")} == {"程巧云", "薛奶奶", "欧阳若兰"}
    assert len(rows(page, "concerns", capacity="")) == 6


def test_a_gap_is_a_theme_that_no_proposal_or_case_takes_up(page: Path) -> None:
    named = {row[0]: row[4] for row in rows(page, "gaps")}
    assert named["安全生产"] == "已录入材料中暂无对应提案和协商案例"
    assert "全民阅读" not in named
    assert "教育" not in named, "a proposal on vocational education answers it"


def test_a_joint_proposal_names_the_first_proposer_first_and_counts_once() -> None:
    quads = [q for q in page_quads() if q.predicate != expand("zx:firstProposer")]
    proposal = next(q.subject for q in quads if q.object == expand("zx:Proposal"))
    person, sector = (
        next(q.subject for q in quads if q.object == Literal(name, language="zh"))
        for name in ("骆千秋", "文化艺术界别")
    )
    facts = next(q.graph_name for q in quads if q.subject == proposal)
    quads += [
        Quad(proposal, expand("zx:proposer"), person, facts),
        Quad(proposal, expand("zx:firstProposer"), person, facts),
    ]
    store = in_memory(quads)
    text = query.question("proposals").text
    found = [row[2] for row in query.ask(store, text).rows()]
    assert len(found) == 10
    assert "骆千秋、文化艺术界别" in found
    assert sector != person


def test_the_evidence_is_the_words_of_the_stored_text(page: Path) -> None:
    found = rows(page, "evidence", name="溪畔夜话")
    assert [row[3] for row in found] == ['深化"溪畔夜话"品牌建设,加强与各党派团体的联系合作。']
    subject, relation, value, words, document, begin, end, rule, _ = found[0]
    assert (subject, relation, value, document, rule) == (
        "溪畔夜话",
        "活动品牌类型",
        "品牌",
        "qingping-2031.txt",
        "initiatives",
    )
    assert int(end) - int(begin) == len(words)


# Parameters.


@given(st.text(st.characters(codec="utf-8"), min_size=1))
@settings(deadline=None)
def test_a_value_reaches_the_query_as_it_is_and_changes_nothing_else(value: str) -> None:
    store = Store()
    store.add(Quad(NamedNode("https://example.org/a"), NamedNode("https://example.org/p"), Literal(value)))
    text = "SELECT ?o ?x_asked WHERE { VALUES ?x_asked { UNDEF } ?s ?p ?o FILTER(?o = ?x_asked) }"
    if value.startswith("<") and value.endswith(">"):
        return
    found = list(query.ask(store, text, {"x": value}).terms())
    assert found == [(Literal(value), Literal(value))]


def test_one_value_is_never_taken_for_another_parameters_block() -> None:
    text = "SELECT ?a_asked ?b_asked WHERE { VALUES ?a_asked { UNDEF } VALUES ?b_asked { UNDEF } }"
    tricky = 'VALUES ?b_asked { "x" } } #'
    found = list(query.ask(Store(), text, {"a": tricky, "b": "y"}).terms())
    assert found == [(Literal(tricky), Literal("y"))]


def test_an_iri_is_given_in_angle_brackets(page: Path) -> None:
    text = "SELECT ?who WHERE { VALUES ?kind_asked { UNDEF } ?who a ?kind_asked }"
    result = query.run(page, text, {"kind": f"<{PREFIXES['zx']}Sector>"})
    assert sorted(row[0] for row in result.rows())[0] == "农业界别"


def test_wrong_parameters_are_told(page: Path) -> None:
    with pytest.raises(UsageError, match="the query has no parameter them; it has form, kind, theme"):
        query.run(page, "proposals", {"them": "教育"})
    with pytest.raises(UsageError, match=r"no parameter x; it would be VALUES \?x_asked \{ UNDEF \}"):
        query.run(page, "ASK {}", {"x": "y"})
    with pytest.raises(UsageError, match="the value of theme can't stand in a query"):
        query.run(page, "proposals", {"theme": "<no iri>"})
    with pytest.raises(UsageError, match="the value of theme can't stand in a query"):
        query.run(page, "proposals", {"theme": "\udcff"})


# Asking wrongly.


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <http://example.org/#>\n# remove all\ndelete where { ?s ?p ?o }",
        "BASE <http://example.org/> PREFIX : <x> CLEAR ALL",
        "DROP GRAPH <http://example.org/g>",
        "WITH <http://example.org/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused(page: Path, update: str) -> None:
    with pytest.raises(UsageError, match="would change the graph, and it is read-only") as caught:
        query.run(page, update)
    assert caught.value.exit_code == 2


def test_another_server_is_never_called(page: Path) -> None:
    with pytest.raises(UsageError, match="offline"):
        query.run(page, "SELECT * WHERE { service <http://example.org/sparql> { ?s ?p ?o } }")
    with pytest.raises(UsageError, match="offline"):  # a carriage return ends a comment too
        query.run(page, "SELECT * WHERE { # told\rSERVICE <http://example.org/sparql> { ?s ?p ?o } }")
    harmless = 'SELECT ?service ("SERVICE" AS ?x) WHERE { ?service a <http://example.org/SERVICE> } # SERVICE'
    assert list(query.run(page, harmless).rows()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?x WHERE {\n  ?x foo:bar ?y }", "line 2, column 13: an unknown prefix"),
        ("SELECT ?x WHERE { ?x ?y", "line 1, column 24"),
        ("what is this", "kg query --list names the saved questions"),
    ],
)
def test_a_syntax_error_is_told_in_one_line_with_its_place(page: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=r"syntax is off at line \d+, column \d+") as caught:
        query.run(page, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_an_unknown_question_is_told_with_the_nearest(page: Path) -> None:
    with pytest.raises(NotFound, match="no saved question sector-theme; the nearest: sector-themes") as caught:
        query.run(page, "sector-theme")
    assert caught.value.exit_code == 6


def test_no_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoGraph):
        query.run(tmp_path, "proposals")


# What an answer looks like.


def test_a_table_shows_labels_where_people_read_and_iris_where_programs_do(page: Path) -> None:
    text = "SELECT ?class ?none ?property WHERE { VALUES (?class ?property) { (zx:Sector skos:narrower) } }"
    assert list(query.run(page, text).rows()) == [["界别", "", "skos:narrower"]]
    assert query.run(page, text).to_csv() == (
        f"class,none,property\r\n{PREFIXES['zx']}Sector,,{PREFIXES['skos']}narrower\r\n"
    )
    binding = json.loads(query.run(page, text).to_json())["results"]["bindings"][0]
    assert binding["class"] == {"type": "uri", "value": f"{PREFIXES['zx']}Sector"}


def test_the_columns_of_a_saved_question_have_chinese_headings(page: Path) -> None:
    result = query.run(page, "cases")
    assert result.columns[:2] == ["title", "host"]
    assert result.titles[:2] == ["案例", "主办单位"]


def test_yes_or_no(page: Path) -> None:
    ask = "ASK { ?x a zx:Proposal }"
    assert list(query.run(page, ask).rows()) == [["true"]]
    assert query.run(page, ask).to_csv() == "answer\r\ntrue\r\n"
    assert json.loads(query.run(page, ask).to_json())["boolean"] is True


def test_triples_are_turtle_json_ld_or_rows(page: Path) -> None:
    construct = "CONSTRUCT { ?x a zx:Sector } WHERE { ?x a zx:Sector }"
    turtle = query.run(page, construct).to_turtle()
    assert len(list(parse(turtle, format=RdfFormat.TURTLE))) == 6
    assert turtle.startswith("@prefix")
    assert len(list(parse(query.run(page, construct).to_json(), format=RdfFormat.JSON_LD))) == 6
    table = list(csv.reader(query.run(page, construct).to_csv().splitlines()))
    assert table[0] == ["subject", "predicate", "object"]
    assert len(table) == 7
    assert ["农业界别", "rdf:type", "界别"] in rows(page, construct)


def test_rows_are_not_turtle(page: Path) -> None:
    with pytest.raises(UsageError, match="CONSTRUCT or DESCRIBE"):
        query.run(page, "proposals").to_turtle()


def test_the_list_needs_no_graph_and_no_heavy_library() -> None:
    code = (
        "import json, sys; from kg import query; print(json.dumps(query.listing()));"
        "assert not {'rdflib', 'jieba', 'networkx', 'pyshacl'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    listed = json.loads(done.stdout)
    assert [one["name"] for one in listed] == NAMES
    assert all(set(one) >= {"name", "question", "params"} for one in listed)


def test_the_questions_page_is_current() -> None:
    spec = importlib.util.spec_from_file_location("make_questions_page", ROOT / "docs" / "make_questions_page.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page(), "run python docs/make_questions_page.py"
