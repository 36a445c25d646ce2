"""The numbered questions, answered by hand on an invented graph that has something to say to each of them."""

from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse
from rdflib import Dataset

from kg import query, saved_examples, vocab
from kg.generations import new_generation
from kg.store import dataset, in_memory, write_graph

INVENTED = Path(__file__).parent / "questions" / "invented.trig"
HERE = "青屏区政协"
SECOND, THIRD = f"{HERE}二届二次会议", f"{HERE}二届三次会议"
ALL, BOTH = "全部立案", "优秀、全部立案"
UNTOLD = "已录入材料中"

ANSWERS: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {
    ("proposals-of-sector", (("sector", "教育"), ("session", "二届三次"))): [
        f"教育界|{THIRD}|2031001||关于保障校园安全的建议|教育界|校园安全|{ALL}|{HERE}",
        f"教育界|{THIRD}|2031002||关于学校周边停车的建议|骆千秋|停车|{ALL}|{HERE}",
    ],
    ("sectors-on-theme", (("theme", "教育"),)): [f"教育界|{ALL}|3|{HERE}", f"中国民主同盟|{ALL}|1|{HERE}"],
    ("shared-themes", (("sector", "经济"), ("other", "教育"))): [f"停车|经济界|2|教育界|1|{ALL}|{HERE}"],
    ("similar-sectors", ()): [
        f"中国民主同盟|教育界|2|教育、职业教育|{ALL}|{HERE}",
        f"教育界|经济界|2|交通、停车|{ALL}|{HERE}",
    ],
    ("themes-of-one-sector", ()): [
        f"经济界|交通|2|优秀|{HERE}",
        f"经济界|停车|2|优秀|{HERE}",
        f"农业界|农业|1|{ALL}|{HERE}",
        f"教育界|校园安全|2|{ALL}|{HERE}",
    ],
    ("honoured-proposals", (("year", "2031"),)): [
        f"2031|2031年度优秀提案||关于智慧停车收费的建议|顾长安|委员个人|{BOTH}|{HERE}"
    ],
    ("proposals-by-kind", ()): [
        f"{HERE}|优秀|委员个人|2|2|100.0%",
        f"{HERE}|{ALL}|委员个人|3|6|50.0%",
        f"{HERE}|{ALL}|界别|2|6|33.3%",
        f"{HERE}|{ALL}|党派|1|6|16.7%",
    ],
    ("repeatedly-honoured", ()): [
        "顾长安|2030、2031|2030年度优秀提案、2031年度优秀提案|关于增加停车位的建议；关于智慧停车收费的建议"
    ],
    ("handling", (("proposal", "2030001"),)): [
        f"2030001|关于增加停车位的建议|提案|立案|区交通局|区城管局|陆明哲|2030-06-20|A类||{HERE}"
    ],
    ("handling", (("proposal", "校园"),)): [
        f"2031001|关于保障校园安全的建议|提案||区教育局|||2031-05|已解决|已解决|{HERE}"
    ],
    ("handlers-on-area", (("area", "教育"),)): [f"区教育局|{ALL}|3|2|{HERE}"],
    ("unanswered-proposals", ()): [
        f"{THIRD}|2031002||关于学校周边停车的建议|{ALL}|{UNTOLD}暂无答复的记录|{HERE}",
        f"{THIRD}|2031003||关于智慧停车收费的建议|{BOTH}|{UNTOLD}暂无承办单位和答复的记录|{HERE}",
        f"{SECOND}|2030002||关于发展职业教育的建议|{ALL}|{UNTOLD}暂无答复的记录|{HERE}",
    ],
    ("speaks-for", (("body", "民盟"),)): ["民盟青屏区委|骆千秋|委员|建议|要把职业学校办好|职业教育"],
    ("statements-of", (("person", "小满"),)): [
        "方小满|群众|期盼|希望停车方便些|交通、停车||page.txt",
        "方小满|群众|期盼|希望多几处老年食堂|养老|银杏社区|page.txt",
    ],
    ("concerns-without-proposal", ()): [f"养老|方小满|期盼|希望多几处老年食堂|银杏社区|{UNTOLD}暂无对应提案"],
    ("planned-and-proposed", (("year", "2031"),)): [
        f"2031|停车|停车治理|2|优秀|{HERE}",
        f"2031|停车|停车治理|3|{ALL}|{HERE}",
    ],
    ("tasks-without-answer", ()): [f"2031|居家养老|课题研究|养老|{UNTOLD}暂无对应提案和协商案例|{HERE}"],
    ("cases-of-place", (("place", "柳浦"),)): [
        f"柳浦街道|小区停车怎么办|柳浦街道议事厅|议事厅|停车|{HERE}",
        f"银杏社区|邻里共治|银杏社区协商驿站||基层治理|{HERE}",
    ],
    ("cases-and-proposals", (("theme", "交通"), ("place", "柳浦"))): [
        f"柳浦街道|停车|小区停车怎么办|柳浦街道议事厅|关于增加停车位的建议|顾长安|{BOTH}",
        f"柳浦街道|停车|小区停车怎么办|柳浦街道议事厅|关于学校周边停车的建议|骆千秋|{ALL}",
    ],
    ("letters-acted-on", ()): [f"反映路灯不亮的信息|苏若溪|区城管局|转办|||{HERE}"],
    ("conveners", (("sector", "经济"),)): [f"经济界|顾长安|召集人|2|{HERE}", f"经济界|苏若溪|副召集人|2|{HERE}"],
    ("sector-members", (("sector", "教育"),)): [
        f"教育界|程望舒||2|{HERE}",
        f"教育界|骆千秋|青屏中学校长；青屏区政协委员|2|{HERE}",
    ],
    ("post-holders", (("post", "主席"), ("body", "政协"), ("date", "2030"))): [
        f"主席|{HERE}|陆明哲|2026-12|2030-01-08|沈文澜|2030-01-12",
        f"主席|{HERE}|沈文澜|2030-01-12|||",
    ],
    ("post-holders", (("post", "主席"), ("date", "2029-05-01"))): [
        f"主席|{HERE}|陆明哲|2026-12|2030-01-08|沈文澜|2030-01-12"
    ],
    ("post-holders", (("post", "主席"), ("date", "2030-01-10"))): [],
    ("silent-members", ()): [f"教育界|程望舒|2|2|{UNTOLD}暂未出现，不表示没有履职|list.txt|{HERE}"],
    ("theme-shift", (("theme", "交通"),)): [
        f"交通|{SECOND}|1|1|100.0%|优秀|{HERE}",
        f"交通|{THIRD}|1|1|100.0%|优秀|{HERE}",
        f"交通|{SECOND}|1|2|50.0%|{ALL}|{HERE}",
        f"交通|{THIRD}|2|4|50.0%|{ALL}|{HERE}",
    ],
    ("provenance", (("name", "顾长安"),)): [
        "关于智慧停车收费的建议|提案者|顾长安|1|list.txt 第4行|2031003 关于智慧停车收费的建议 顾长安|proposer.cell",
        "顾长安|界别|经济界|2|list.txt 第2行；page.txt 第1版|"
        "经济界（3人） 顾长安 苏若溪；经济界委员顾长安说。|member.seat、member.told",
    ],
}
"""Question and parameters → the rows, worked out by hand from the graph: what researchers ask."""
OVERVIEWS: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {
    ("sector-themes", (("theme", "停车"),)): [
        f"经济界||停车|优秀|2|关于增加停车位的建议；关于智慧停车收费的建议|{HERE}",
        f"教育界||停车|{ALL}|1|关于学校周边停车的建议|{HERE}",
        f"经济界||停车|{ALL}|2|关于增加停车位的建议；关于智慧停车收费的建议|{HERE}",
    ],
    ("proposals-by-proposer", (("kind", "委员个人"),)): [
        "顾长安|委员个人|优秀|2",
        f"顾长安|委员个人|{ALL}|2",
        f"骆千秋|委员个人|{ALL}|1",
    ],
    ("themes", (("theme", "停车"),)): [f"停车||{ALL}|3|0|0|0", "停车||优秀|2|0|0|0", "停车|||0|1|1|1"],
    ("agenda", ()): [
        f"交通||{ALL}|3|0|0|0",
        "交通||优秀|2|0|0|0",
        f"农业||{ALL}|1|0|0|0",
        f"教育||{ALL}|2|0|0|0",
    ],
    ("gaps", ()): [
        f"养老||1|0|{UNTOLD}暂无对应提案和协商案例|",
        f"养老||0|1|{UNTOLD}暂无对应提案和协商案例|{HERE}",
    ],
    ("people", (("name", "顾长安"),)): [f"顾长安|召集人|{HERE}|优秀2件、{ALL}2件|0"],
    ("organizations", (("name", "教育"),)): ["区教育局|单位|||0件|0", f"教育界|界别|||{ALL}1件|0"],
}
"""The same of what gives an overview of all texts: what it counts of proposals stands under one list kind too."""
NAMES = sorted({name for name, _ in ANSWERS})


def invented() -> list[Quad]:
    return [*parse(path=str(INVENTED), format=RdfFormat.TRIG), *vocab.ontology_quads()]


@pytest.fixture(scope="module")
def graph() -> Store:
    return in_memory(invented())


@pytest.fixture(scope="module")
def in_rdflib(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    out = tmp_path_factory.mktemp("invented")
    with new_generation(out) as folder:
        write_graph(folder, invented())
    return dataset(out)


def rows(graph: Store, name: str, /, **params: str) -> list[str]:
    one = query.question(name)
    return ["|".join(row) for row in query.ask(graph, one.text, params, one.columns).rows()]


@pytest.mark.parametrize(
    ("asked", "answer"), (ANSWERS | OVERVIEWS).items(), ids=lambda v: v[0] if isinstance(v, tuple) else ""
)
def test_the_answer_is_the_one_worked_out_by_hand(
    graph: Store, asked: tuple[str, tuple[tuple[str, str], ...]], answer: list[str]
) -> None:
    name, params = asked
    assert rows(graph, name, **dict(params)) == answer


def test_all_twenty_five_questions_are_answered() -> None:
    assert len(NAMES) == 25


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning:rdflib")  # rdflib 7.6 calls what it deprecates
@pytest.mark.parametrize("name", sorted({*NAMES, *(name for name, _ in OVERVIEWS)}))
def test_another_engine_gives_the_same_rows(graph: Store, in_rdflib: Dataset, name: str) -> None:
    text = query.question(name).text
    ours = [tuple(term and term.value for term in row) for row in query.ask(graph, text).terms()]
    theirs = [tuple(None if term is None else str(term) for term in row) for row in in_rdflib.query(text)]
    assert ours == theirs


def test_a_proposal_in_two_lists_is_counted_once_in_each(graph: Store) -> None:
    counted = rows(graph, "sectors-on-theme", theme="停车")
    assert f"经济界|优秀|2|{HERE}" in counted
    assert f"经济界|{ALL}|2|{HERE}" in counted


@pytest.mark.parametrize("name", ["shared-themes", "similar-sectors", "sector-themes", "themes-of-one-sector"])
def test_a_party_is_asked_for_by_its_short_name_too(name: str) -> None:
    told = """
        @prefix id: <https://w3id.org/zhengxie/id/> . @prefix zx: <https://w3id.org/zhengxie/ontology#> .
        id:p7 a zx:Proposal ; zx:proposer id:民盟区委 ; zx:theme id:t-养老 .
    """
    graph = in_memory([*invented(), *parse(told, format=RdfFormat.TRIG)])
    with_full_name = rows(graph, name, sector="中国民主同盟")
    assert with_full_name
    assert rows(graph, name, sector="民盟") == with_full_name


def test_a_seat_in_another_committee_is_no_second_sector() -> None:
    told = """
        @prefix id: <https://w3id.org/zhengxie/id/> . @prefix zx: <https://w3id.org/zhengxie/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        id:工会界 a zx:Sector ; skos:prefLabel "工会界"@zh ; zx:committee id:柳河区政协 .
        id:顾长安 zx:sector id:工会界 .
    """
    graph = in_memory([*invented(), *parse(told, format=RdfFormat.TRIG)])
    for name in ("themes-of-one-sector", "similar-sectors", "sectors-on-theme", "sector-themes"):
        assert rows(graph, name) == rows(in_memory(invented()), name)


def test_a_letter_is_no_proposal(graph: Store) -> None:
    assert "养老" not in " ".join(rows(graph, "themes-of-one-sector"))
    assert not any("信息" in row for row in rows(graph, "unanswered-proposals"))


@pytest.mark.parametrize(("committee", "gap"), [("柳河区政协", True), (HERE, False)])
def test_another_committees_proposal_answers_no_wish_and_no_plan(committee: str, gap: bool) -> None:
    told = f"""
        @prefix id: <https://w3id.org/zhengxie/id/> . @prefix zx: <https://w3id.org/zhengxie/ontology#> .
        <https://w3id.org/zhengxie/doc/page#facts> {{
            <https://w3id.org/zhengxie/doc/page> zx:committee id:{HERE} .
            id:p7 a zx:Proposal ; zx:committee id:{committee} ; zx:theme id:t-养老 .
        }}
    """
    store = in_memory([*invented(), *parse(told, format=RdfFormat.TRIG)])
    assert bool(rows(store, "concerns-without-proposal")) is gap
    assert bool(rows(store, "tasks-without-answer")) is gap
    assert bool(rows(store, "gaps")) is gap


def test_of_a_list_whose_count_is_another_nobody_is_called_silent(graph: Store) -> None:
    assert rows(graph, "silent-members", sector="经济界") == []


def test_the_questions_stand_in_the_graph_as_other_tools_look_for_them() -> None:
    store = in_memory(list(saved_examples.example_quads()))
    listed = """
        PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?comment ?text WHERE { ?one a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select ?text }
    """
    found = {row[0].value: row[1].value for row in query.ask(store, listed).terms() if row[0] and row[1]}
    assert found == {comment: one.text for one in query.saved() for comment in (one.question, one.english)}
    for text in found.values():
        store.query(text)  # it declares all its prefixes
