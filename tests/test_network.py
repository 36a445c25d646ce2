"""What a tie says, by hand and against a second implementation; and that what can't be said isn't."""

import csv
import io
import math
import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import network, vocab
from kg.errors import NotFound, UsageError
from kg.network import End, Frame, Record
from kg.store import in_memory
from kg.validate import validate

PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in vocab.PREFIXES.items())
THESAURUS = """
<theme/education> a zx:Theme ; skos:prefLabel "教育"@zh ; zx:capCode 6 .
<theme/night> a zx:Theme ; skos:prefLabel "夜校"@zh ; skos:altLabel "夜间课堂"@zh ; skos:broader <theme/education> .
<theme/canteen> a zx:Theme ; skos:prefLabel "校园食堂"@zh ; skos:broader <theme/education> .
<theme/roads> a zx:Theme ; skos:prefLabel "道路"@zh ; zx:capCode 10 .
<theme/lamps> a zx:Theme ; skos:prefLabel "路灯"@zh ; skos:broader <theme/roads> .
"""
BODIES = """
<organization/山南区政协> a zx:Organization ; skos:prefLabel "山南区政协"@zh .
<organization/河西区政协> a zx:Organization ; skos:prefLabel "河西区政协"@zh .
<sector/教育界> a zx:Sector ; skos:prefLabel "教育界"@zh ; skos:altLabel "教育界别"@zh ; zx:term 1 ;
    zx:committee <organization/山南区政协> .
<sector/文体和新闻界> a zx:Sector ; skos:prefLabel "文体和新闻界"@zh ; zx:term 1 ;
    zx:committee <organization/山南区政协> ;
    zx:sectorType <../concept/sectorType/press>, <../concept/sectorType/sports>, <../concept/sectorType/culture-arts> .
<sector/农业界> a zx:Sector ; skos:prefLabel "农业界"@zh ; zx:committee <organization/河西区政协> ; zx:term 1 .
<organization/民林> a zx:Organization ; skos:prefLabel "民林党"@zh ; skos:altLabel "民林"@zh .
<organization/民林山南支部> a zx:Organization ; skos:prefLabel "民林山南区支部"@zh ; zx:party <organization/民林> .
<organization/工作室> a zx:Organization ; skos:prefLabel "溪畔委员工作室"@zh .
<person/王小明> a zx:Person ; skos:prefLabel "王小明"@zh ; foaf:name "王小明"@zh ; zx:party <organization/民林> .
"""


def store_of(facts: str, document: str = "山南-2031", about: str = "山南区政协"):
    """A graph of one text that states the facts, with a sentence as evidence for each."""
    base = vocab.BASE + "id/"
    source = f"<../doc/{document}> a zx:Document ; zx:committee <organization/{about}> ."
    triples = list(parse(PREFIXES + BODIES + source + facts, format=RdfFormat.TURTLE, base_iri=base))
    stated, evidence = vocab.facts_graph(document), vocab.evidence_graph(document)
    quads = [q for t in triples for q in parse(f"{t} .", format=RdfFormat.N_TRIPLES)]
    lines = [f"{q.subject} {q.predicate} {q.object} {stated} ." for q in quads]
    for number, quad in enumerate(quads):
        assertion = vocab.entity("Assertion", str(number))
        words = f'"{quad.subject.value.rpartition("/")[2]}的原文"'
        for predicate, value in (
            ("rdf:subject", str(quad.subject)),
            ("rdf:predicate", str(quad.predicate)),
            ("rdf:object", str(quad.object)),
            ("zx:reading", words),
            ("zx:evidence", str(vocab.span(document, number, number + 1))),
        ):
            lines.append(f"{assertion} {vocab.expand(predicate)} {value} {evidence} .")
    thesaurus = parse(PREFIXES + THESAURUS, format=RdfFormat.TURTLE, base_iri=base)
    lines += [f"{t.subject} {t.predicate} {t.object} {vocab.GRAPHS['thesaurus']} ." for t in thesaurus]
    return in_memory([*parse("\n".join(lines), format=RdfFormat.N_QUADS), *vocab.ontology_quads()])


def proposal(name: str, by: str, themes: str, kind: str = "优秀", committee: str = "山南区政协") -> str:
    proposers = ", ".join(f"<{who}>" for who in by.split())
    listed = ", ".join(f"<theme/{theme}>" for theme in themes.split())
    return f"""<proposal/{name}> a zx:Proposal ; skos:prefLabel "{name}"@zh ; zx:form <../concept/form/提案> ;
        zx:proposer {proposers} ; zx:theme {listed} ; zx:mainTheme <theme/{themes.split()[0]}> ;
        zx:listKind <../concept/listKind/{kind}> ; zx:committee <organization/{committee}> .\n"""


def shown(ties) -> list[str]:
    """Ties as `界别 关系 议题 强度`."""
    return [f"{t.start.label} {t.relation} {t.end.label} {t.weight.normalize():f}" for t in ties]


def ties_of(facts: str, **choices):
    return network.connections(store_of(facts), **choices)


def to_themes(facts: str, **choices) -> list[str]:
    ties = [t for t in ties_of(facts, **choices) if t.level == "theme" and t.relation == "提案涉及"]
    return shown(ties)


# ---- Whom a proposal counts for ------------------------------------------------------------------


def test_a_sector_a_party_and_their_themes():
    facts = proposal("甲", "sector/教育界", "night canteen") + proposal("乙", "organization/民林山南支部", "night")
    assert to_themes(facts) == ["教育界 提案涉及 夜校 1", "教育界 提案涉及 校园食堂 1", "民林党 提案涉及 夜校 1"]


def test_a_party_that_proposes_itself_counts_for_itself():
    assert to_themes(proposal("甲", "organization/民林", "night")) == ["民林党 提案涉及 夜校 1"]


def test_a_members_party_and_a_studio_propose_nothing_by_that():
    assert to_themes(proposal("甲", "person/王小明", "night") + proposal("乙", "organization/工作室", "night")) == []


def test_a_members_proposal_counts_for_the_seat_in_that_committee_alone():
    seats = "<person/王小明> zx:sector <sector/教育界>, <sector/农业界> ."
    assert to_themes(seats + proposal("甲", "person/王小明", "night")) == ["教育界 提案涉及 夜校 1"]


def test_a_joint_proposal_is_shared_and_a_switch_counts_it_whole():
    facts = proposal("甲", "sector/教育界 sector/文体和新闻界 person/王小明", "night")
    assert to_themes(facts) == ["教育界 提案涉及 夜校 0.333333", "文体和新闻界 提案涉及 夜校 0.333333"]
    assert to_themes(facts, counting="whole") == ["教育界 提案涉及 夜校 1", "文体和新闻界 提案涉及 夜校 1"]


def test_a_partys_proposal_counts_for_its_sector_by_a_switch_alone():
    seat = """<sector/民林> a zx:Sector ; skos:prefLabel "民林"@zh ; zx:term 1 ;
        zx:committee <organization/山南区政协> ; zx:sectorType <../concept/sectorType/民林> .
        <../concept/sectorType/民林> skos:prefLabel "民林党"@zh ."""
    facts = seat + proposal("甲", "organization/民林山南支部", "night") + proposal("乙", "sector/民林", "canteen")
    assert to_themes(facts) == ["民林 提案涉及 校园食堂 1", "民林党 提案涉及 夜校 1"]
    assert to_themes(facts, parties="sectors") == ["民林 提案涉及 夜校 1", "民林 提案涉及 校园食堂 1"]
    without = proposal("甲", "organization/民林山南支部", "night")
    assert to_themes(without, parties="sectors") == [], "a committee without that sector"


def test_single_people_are_tied_to_themes_where_asked():
    facts = proposal("甲", "person/王小明 sector/教育界", "night")
    assert to_themes(facts) == ["教育界 提案涉及 夜校 0.5"]
    assert to_themes(facts, people=True) == ["教育界 提案涉及 夜校 0.5", "王小明 提案涉及 夜校 0.5"]
    rows = network.read_records(store_of(facts))
    assert [(a.label, b.label) for a, b in network.person_theme(rows).edges] == [("王小明", "夜校")]


def test_a_proposal_is_tied_to_the_place_that_it_is_about():
    place = """<place/柳浦街道> a zx:Place ; skos:prefLabel "柳浦街道"@zh .
        <proposal/甲> zx:place <place/柳浦街道> . <proposal/乙> zx:place <place/柳浦街道> ."""
    facts = place + proposal("甲", "sector/教育界", "night") + proposal("乙", "person/王小明", "night")
    assert to_themes(facts) == ["教育界 提案涉及 夜校 1", "柳浦街道 提案涉及 夜校 2"]


def test_a_combined_sector_is_itself_or_counts_for_its_types_by_fractions():
    facts = proposal("甲", "sector/文体和新闻界", "night")
    assert to_themes(facts) == ["文体和新闻界 提案涉及 夜校 1"]
    types = ["culture-arts", "press", "sports"]
    assert to_themes(facts, by="type") == [f"{name} 提案涉及 夜校 0.333333" for name in types]


def test_what_is_handled_like_a_proposal_is_none():
    other = proposal("甲", "sector/教育界", "night").replace("form/提案", "form/社情民意信息")
    assert to_themes(other) == []


@pytest.mark.parametrize("choice", [{"by": "person"}, {"counting": "half"}, {"parties": "camps"}])
def test_an_unknown_choice_is_told(choice):
    with pytest.raises(UsageError):
        ties_of(proposal("甲", "sector/教育界", "night"), **choice)


# ---- Frames --------------------------------------------------------------------------------------


def test_lists_of_two_kinds_are_never_put_together():
    facts = proposal("甲", "sector/教育界", "night") + proposal("乙", "sector/教育界", "night", "全部立案")
    facts += "<proposal/甲> zx:listKind <../concept/listKind/全部立案> ."
    found = {t.frame.list_kind: t.weight for t in ties_of(facts) if t.relation == "提案涉及" and t.level == "theme"}
    assert found == {"优秀": 1, "全部立案": 2}
    rows = network.read_records(store_of(facts))
    with pytest.raises(ValueError, match="several frames"):
        network.sector_theme(rows)


def test_a_partys_proposals_in_two_districts_are_never_put_together():
    facts = proposal("甲", "organization/民林", "night") + proposal(
        "乙", "organization/民林", "night", committee="河西区政协"
    )
    found = [t for t in ties_of(facts) if t.relation == "提案涉及" and t.level == "theme"]
    assert [(t.frame.committee.label, t.weight) for t in found] == [("山南区政协", 1), ("河西区政协", 1)]
    assert len({t.iri for t in found}) == 2


def test_the_other_channels_have_ends_of_their_own():
    facts = """
    <organization/议事堂> a zx:Organization ; skos:prefLabel "柳浦议事堂"@zh ; zx:place <place/柳浦街道> .
    <place/柳浦街道> a zx:Place ; skos:prefLabel "柳浦街道"@zh .
    <consultationcase/1> a zx:ConsultationCase ; zx:host <organization/议事堂> ; zx:theme <theme/lamps> ;
        zx:committee <organization/山南区政协> .
    <statement/1> a zx:Statement ; zx:capacity <../concept/capacity/群众> ; zx:mainTheme <theme/night> ;
        zx:place <place/柳浦街道> ; zx:quote "希望多办夜校。"@zh .
    <task/1> a zx:Task ; zx:theme <theme/canteen> ; zx:committee <organization/山南区政协> .
    """
    ties = [t for t in ties_of(facts) if t.level == "theme"]
    assert shown(ties) == [
        "柳浦议事堂 协商涉及 路灯 1",
        "柳浦街道 协商涉及 路灯 1",
        "柳浦街道 谈及 夜校 1",
        "群众 谈及 夜校 1",
        "山南区政协 工作安排涉及 校园食堂 1",
    ]
    assert {t.frame.list_kind for t in ties} == {"未知"}
    assert {t.frame.committee.label for t in ties} == {"山南区政协"}, "a statement's committee is that of its text"


# ---- Measures, by hand ---------------------------------------------------------------------------

SIMILAR = (
    proposal("甲", "sector/教育界", "night")
    + proposal("乙", "sector/教育界", "night canteen")
    + proposal("丙", "sector/文体和新闻界", "night")
    + proposal("丁", "sector/文体和新闻界", "lamps")
    + proposal("戊", "sector/文体和新闻界", "lamps")
)


def test_sectors_with_themes_in_common_by_hand():
    """教育界 (夜校 2, 食堂 1), 文体和新闻界 (夜校 1, 路灯 2): 2 · 1 / (√5 · √5)."""
    [tie] = [t for t in ties_of(SIMILAR) if t.relation == "议题相近" and t.level == "theme"]
    assert (tie.start.label, tie.end.label, tie.weight) == ("教育界", "文体和新闻界", Decimal("0.4"))
    assert [theme.label for theme in tie.shared] == ["夜校"]


def test_rolled_up_two_themes_of_one_record_under_one_top_count_once():
    """教育界 (教育 2), 文体和新闻界 (教育 1, 道路 2): 2 · 1 / (2 · √5)."""
    top = [t for t in ties_of(SIMILAR) if t.level == "top"]
    assert "教育界 提案涉及 教育 2" in shown(top)
    assert "教育界 议题相近 文体和新闻界 0.447214" in shown(top)


def test_themes_that_one_record_names_by_hand():
    assert [t for t in shown(ties_of(SIMILAR)) if "同时涉及" in t] == ["校园食堂 同时涉及 夜校 1"]


def test_the_main_theme_alone_makes_shares_that_add_up():
    rows = network.main_only(network.read_records(store_of(SIMILAR)))
    assert sum(w for _, _, w in network.sector_theme(rows).edges(data="weight")) == len(rows)


def enough(records: int) -> str:
    """教育界: 夜校, all but three; 文体和新闻界: 夜校 1, 路灯 2."""
    rest = "".join(proposal(f"第{n}件", "sector/教育界", "night") for n in range(records - 3))
    last = [("己", "night"), ("庚", "lamps"), ("辛", "lamps")]
    return rest + "".join(proposal(name, "sector/文体和新闻界", theme) for name, theme in last)


def test_figures_by_hand():
    """Of 30: 文体和新闻界 3, 路灯 2, both 2. Lift 2 · 30 / (3 · 2), p C(3, 2) / C(30, 2); two of four tests have it."""
    found = {(t.start.label, t.end.label): t for t in ties_of(enough(30)) if t.level == "theme" and t.figures}
    tie = found["文体和新闻界", "路灯"]
    assert (tie.figures.lift, tie.figures.share) == (10, 2 / 3)
    assert math.isclose(tie.figures.p, 3 / math.comb(30, 2))
    assert math.isclose(tie.figures.q, 4 * tie.figures.p / 2), "教育界 and 夜校 say the same of each other"
    assert tie.more_than_chance
    assert network.figures_of(tie)["p"] == Decimal("0.00689655")
    assert network.figures_of(found["教育界", "夜校"])["lift"] == Decimal("1.07143")


def test_below_the_minima_facts_are_listed_and_nothing_is_inferred():
    few = ties_of(enough(29))
    assert few and {t.more_than_chance for t in few} == {None}
    assert {name for t in few for name in network.figures_of(t)} == {"share"}
    one_more = ties_of(enough(30) + proposal("壬", "organization/民林", "night"))
    assert {t.start.label for t in one_more if t.figures and t.figures.q is not None} == {"教育界", "文体和新闻界"}


def test_the_sentences_say_frame_coverage_and_smallness():
    facts = SIMILAR + proposal("己", "person/王小明", "night")
    store = store_of(facts)
    ties, rows = network.connections(store), network.read_records(store)
    first, *others = network.notes(ties, rows)
    assert first == (
        "山南区政协提案：共6件，均为优秀提案；5/6件可归界别或党派，6/6件有议题；数量过少，只列事实，不作统计推断。"
    )
    assert any("不表示立场一致" in sentence for sentence in others)
    first, *_, last = network.notes(ties_of(enough(30)), network.read_records(store_of(enough(30))))
    assert "少于3件的一端只计数" in first and "小于0.05" in last
    assert network.notes([], rows) == []


# ---- Invariants, and a second implementation -----------------------------------------------------

ENDS = [End("sector", f"s{n}", f"第{n}界") for n in range(4)] + [End("party", "p", "民林党")]
THEMES = [End("theme", f"t{n}", f"议题{n}") for n in range(5)]
FRAME = Frame("proposals", None, "优秀")
agent = st.one_of(st.just(()), st.tuples(st.sampled_from(ENDS)), st.just((ENDS[0], ENDS[1])))
record = st.builds(
    lambda agents, themes: (tuple(agents), tuple(sorted(themes))),
    st.lists(agent, min_size=1, max_size=4),
    st.sets(st.sampled_from(THEMES), max_size=3),
)
many = st.lists(record, max_size=12).map(
    lambda found: [
        Record(f"r{n:02}", FRAME, agents, themes, themes[0] if themes else None)
        for n, (agents, themes) in enumerate(found)
    ]
)


@settings(deadline=None)
@given(many)
def test_the_shares_of_a_proposal_add_up_to_one(rows):
    for row in rows:
        nobody = Fraction(sum(1 for one in row.agents if not one), len(row.agents))
        assert sum(network.shares(row, ("sector", "party")).values()) + nobody == 1


@settings(deadline=None)
@given(many)
def test_the_weights_agree_with_a_matrix(rows):
    graph = network.sector_theme(rows, ("sector", "party"))
    matrix = np.zeros((len(ENDS), len(THEMES)))
    for row in rows:
        for one in row.agents:
            for end in one:
                for theme in row.themes:
                    matrix[ENDS.index(end), THEMES.index(theme)] += 1 / len(row.agents) / len(one)
    for i, end in enumerate(ENDS):
        for j, theme in enumerate(THEMES):
            weight = graph.edges[end, theme]["weight"] if graph.has_edge(end, theme) else 0
            assert math.isclose(weight, matrix[i, j])
    assert graph.number_of_edges() == np.count_nonzero(matrix)
    similar = network.sector_sector(graph)
    for one, other, edge in similar.edges(data=True):
        a, b = matrix[ENDS.index(one)], matrix[ENDS.index(other)]
        assert math.isclose(edge["weight"], a @ b / np.linalg.norm(a) / np.linalg.norm(b), abs_tol=1e-6)
        assert len(edge["shared"]) == np.count_nonzero(a * b)
    overlap = np.triu(matrix @ matrix.T, 1)
    assert similar.number_of_edges() == np.count_nonzero(overlap)


@settings(deadline=None)
@given(many)
def test_themes_together_agree_with_a_matrix(rows):
    matrix = np.array([[theme in row.themes for theme in THEMES] for row in rows], dtype=int).reshape(-1, len(THEMES))
    together = matrix.T @ matrix
    graph = network.theme_theme(rows)
    for i, one in enumerate(THEMES):
        for j in range(i):
            weight = graph.edges[one, THEMES[j]]["weight"] if graph.has_edge(one, THEMES[j]) else 0
            assert weight == together[i, j]


@settings(deadline=None)
@given(many, st.randoms())
def test_the_order_of_the_records_changes_nothing(rows, chance: random.Random):
    other = rows.copy()
    chance.shuffle(other)
    one, two = network.sector_theme(rows), network.sector_theme(other)
    assert list(one.edges(data=True)) == list(two.edges(data=True))
    assert list(network.sector_sector(one).edges(data=True)) == list(network.sector_sector(two).edges(data=True))
    assert list(network.theme_theme(rows).edges(data=True)) == list(network.theme_theme(other).edges(data=True))


# ---- What comes out ------------------------------------------------------------------------------


def test_the_quads_keep_the_shapes_and_lead_back_to_records():
    store = store_of(SIMILAR)
    ties = network.connections(store)
    quads = network.connection_quads(ties)
    assert {q.graph_name for q in quads} == {vocab.GRAPHS["connections"]}
    whole = in_memory([*(q for q in store if isinstance(q.graph_name, NamedNode)), *quads])
    assert not [f for f in validate(whole) if "关联" in f.message]
    known = {q.subject for q in whole.quads_for_pattern(None, vocab.expand("rdf:type"), None, None)}
    assert {q.object for q in quads if q.predicate == vocab.expand("prov:wasDerivedFrom")} <= known
    assert len({tie.iri for tie in ties}) == len(ties)


def test_a_graph_that_holds_its_ties_gives_the_same_ties():
    store = store_of(SIMILAR)
    ties = network.connections(store)
    quads = [*(q for q in store if isinstance(q.graph_name, NamedNode)), *network.connection_quads(ties)]
    random.Random(7).shuffle(quads)
    again = network.connections(in_memory(quads))
    assert again == ties
    assert network.connections_csv(again) == network.connections_csv(ties)


def test_quads_give_the_same_ties_as_the_store_of_them():
    store = store_of(SIMILAR + proposal("己", "person/王小明", "night", "全部立案"))
    for quads in (list(store), [q for q in store if isinstance(q.graph_name, NamedNode)]):
        random.Random(3).shuffle(quads)
        assert network.connections(network.Facts.of(quads), people=True) == network.connections(store, people=True)


def test_ties_come_with_the_counts_that_they_were_computed_from():
    facts = network.Facts(store_of(SIMILAR))
    found = network.analysis_of(facts, network.read_records(facts))
    assert found.ties == network.connections(facts)
    for (frame, kinds, level), counts in found.tables.items():
        own = [t for t in found.ties if (t.frame, t.level) == (frame, level) and {t.start.kind, t.end.kind} & {*kinds}]
        weights = {(t.start, t.end): t.weight for t in own if t.end.kind == "theme"}
        assert weights == {(counts.ends[i], counts.themes[j]): w for (i, j), w in counts.weights.items()}


def test_a_graph_without_records_has_no_ties():
    assert network.connections(store_of("")) == ()
    assert network.connections_csv(()).count("\n") == 1


def test_the_csv_has_chinese_headings_and_iris():
    [first, *_] = csv.DictReader(io.StringIO(network.connections_csv(ties_of(SIMILAR))))
    assert (first["一端"], first["关系"], first["另一端"], first["强度"]) == ("教育界", "提案涉及", "夜校", "2")
    assert first["一端 IRI"].endswith("/sector/教育界")
    assert (first["统计范围"], first["提升度"], first["依据数"]) == ("优秀", "", "2")


def test_ties_are_chosen_by_kind_and_turned():
    ties = ties_of(SIMILAR)
    assert shown(network.select(ties, "theme", "界别", "theme"))[0] == "夜校 见于提案 教育界 2"
    turned = network.select(ties, "theme", "sector")
    assert {t.iri for t in turned} == {t.iri for t in network.select(ties, "sector", "theme")}
    assert {t.relation for t in network.select(ties, "sector", "sector")} == {"议题相近"}
    assert network.select(ties, "party") == []
    assert network.select(ties, "party,界别", "theme") == network.select(ties, "sector", "theme")
    with pytest.raises(UsageError, match="there are sector, sector-type, party"):
        network.select(ties, "faction")


def test_the_table_tells_records_from_similarity():
    rows = network.table(network.select(ties_of(SIMILAR), "sector", level="theme"))
    assert ["教育界", "提案涉及", "夜校", "2件", "", "", "", "", "提案", "优秀", "具体议题"] in rows
    assert ["教育界", "议题相近", "文体和新闻界", "1个", "夜校", "0.4", "", "", "提案", "优秀", "具体议题"] in rows
    assert all(len(row) == len(network.HEADINGS) for row in rows)


def test_gaps_are_told_with_narrower_themes_counted():
    facts = (
        proposal("甲", "sector/教育界", "night")
        + """
    <statement/1> a zx:Statement ; zx:theme <theme/education> ; zx:quote "希望教育更好。"@zh .
    <statement/2> a zx:Statement ; zx:theme <theme/canteen> ; zx:quote "希望食堂更好。"@zh .
    <task/1> a zx:Task ; zx:theme <theme/lamps> ; zx:committee <organization/山南区政协> .
    <consultationcase/1> a zx:ConsultationCase ; zx:theme <theme/lamps> ; zx:committee <organization/山南区政协> .
    """
    )
    store = store_of(facts)
    found = network.theme_presence(network.read_records(store), network.themes_above(store))
    gaps = {p.theme.label: p.gap for p in found}
    assert gaps["教育"] == gaps["夜校"] == ""
    assert gaps["校园食堂"] == "已录入材料中暂无对应提案和协商案例"
    assert gaps["路灯"] == "已录入材料中暂无对应提案"
    [education] = [p for p in found if p.theme.label == "教育"]
    assert {channel: len(iris) for channel, iris in education.records.items()} == {
        "proposals": 1,
        "cases": 0,
        "statements": 2,
        "tasks": 0,
    }


# ---- Why -----------------------------------------------------------------------------------------


def steps(paths) -> list[tuple[str, list[str]]]:
    return [(p.title, [f"{s.subject} {s.relation} {s.object}" for s in p.steps]) for p in paths]


def test_why_names_the_record_the_facts_and_their_words():
    paths = network.why(store_of(SIMILAR), "教育界别", "校园食堂")
    assert steps(paths) == [("乙", ["乙 提案者 教育界", "乙 议题 校园食堂"])]
    [path] = paths
    assert [[w.reading for w in s.words] for s in path.steps] == [["乙的原文"], ["乙的原文"]]
    assert vocab.offsets(path.steps[0].words[0].place)


def test_why_takes_the_beginning_of_a_name_before_any_part():
    facts = proposal("甲", "sector/教育界", "night")
    assert steps(network.why(store_of(facts), "教", "夜")) == [("甲", ["甲 提案者 教育界", "甲 主要议题 夜校"])]
    assert steps(network.why(store_of(facts), "育界", "校")) == [("甲", ["甲 提案者 教育界", "甲 主要议题 夜校"])]


def test_why_goes_through_a_body_and_up_the_thesaurus():
    facts = proposal("甲", "organization/民林山南支部 person/王小明", "night")
    [(_, told)] = steps(network.why(store_of(facts), "教育", "民林"))
    assert told == ["甲 提案者 民林山南区支部", "民林山南区支部 党派 民林党", "甲 主要议题 夜校", "夜校 上位议题 教育"]


def test_why_of_two_sectors_names_the_records_of_both():
    found = steps(network.why(store_of(SIMILAR), "教育界", "文体和新闻界"))
    assert {title for title, _ in found} == {"甲", "乙", "丙"}
    assert {told[-1] for _, told in found} >= {"丙 主要议题 夜校"}


def test_without_a_tie_why_is_empty_and_the_neighbours_are_named():
    store = store_of(SIMILAR)
    assert network.why(store, "教育界", "路灯") == []
    assert network.no_tie(store, "教育界", "路灯") == (
        "已录入材料中，“教育界”与“路灯”之间没有直接的关联。与“教育界”有关联的是：夜校、文体和新闻界、校园食堂。"
        "与“路灯”有关联的是：文体和新闻界。"
    )


def test_a_name_that_no_tie_has_is_told_with_the_nearest():
    with pytest.raises(NotFound, match=r"教育届.*教育界"):
        network.why(store_of(SIMILAR), "教育届", "夜校")


def test_networkx_is_loaded_only_where_ties_are_computed():
    code = "import sys, kg.network; print('networkx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
