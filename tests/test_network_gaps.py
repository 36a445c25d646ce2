"""Gaps: what the texts read have no proposal on, said with care, each with its records."""

import random

import pytest
from pyoxigraph import RdfFormat, parse

from kg import network, vocab
from kg.network import End, Frame, Record
from kg.store import in_memory

BASE = vocab.BASE + "id/"
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in vocab.PREFIXES.items())
THESAURUS = """
<theme/education> a zx:Theme ; skos:prefLabel "教育"@zh .
<theme/night> a zx:Theme ; skos:prefLabel "夜校"@zh ; skos:broader <theme/education> .
<theme/canteen> a zx:Theme ; skos:prefLabel "校园食堂"@zh ; skos:broader <theme/education> .
<theme/lamps> a zx:Theme ; skos:prefLabel "路灯"@zh .
<organization/山南区政协> a zx:Organization ; skos:prefLabel "山南区政协"@zh .
<organization/河西区政协> a zx:Organization ; skos:prefLabel "河西区政协"@zh .
"""


def store_of(*texts: tuple[str, str | None], chance: random.Random | None = None):
    """A graph of texts, each what it states and whose committee it tells of."""
    quads = []
    for number, (facts, committee) in enumerate(texts):
        about = f"<../doc/{number}> zx:committee <organization/{committee}> .\n" if committee else ""
        triples = parse(PREFIXES + THESAURUS + about + facts, format=RdfFormat.TURTLE, base_iri=BASE)
        quads += [f"{t.subject} {t.predicate} {t.object} {vocab.facts_graph(str(number))} ." for t in triples]
    if chance:
        chance.shuffle(quads)
    return in_memory(list(parse("\n".join(quads), format=RdfFormat.N_QUADS)))


def statement(name: str, theme: str | None, capacity: str = "群众", kind: str = "期盼") -> str:
    about = f"zx:theme <theme/{theme}> ;" if theme else ""
    return f"""<statement/{name}> a zx:Statement ; {about} zx:capacity <../concept/capacity/{capacity}> ;
        zx:statementKind <../concept/statementKind/{kind}> ; zx:quote "希望如此。"@zh .\n"""


def item(kind: str, name: str, theme: str, committee: str = "山南区政协", more: str = "") -> str:
    return f"""<{kind.lower()}/{name}> a zx:{kind} ; zx:theme <theme/{theme}> ; {more}
        zx:committee <organization/{committee}> .\n"""


def told(*texts: tuple[str, str | None]) -> dict[str, str]:
    return {gap.theme.label: gap.sentence for gap in network.gaps_of(store_of(*texts)).found}


HOME = "山南区政协"


# ---- Concerns and plans --------------------------------------------------------------------------


def test_a_concern_without_a_proposal_is_told_with_its_records():
    facts = statement("1", "night") + statement("2", "night", kind="建议") + item("Proposal", "甲", "lamps")
    [gap] = network.gaps_of(store_of((facts, HOME))).found
    assert gap.sentence == "群众关切：已录入材料中暂无对应提案和协商案例"
    assert (gap.theme.label, gap.committee.label, gap.cases) == ("夜校", HOME, ())
    assert gap.records == (f"{BASE}statement/1", f"{BASE}statement/2")


def test_a_case_on_it_is_named_and_the_sentence_then_speaks_of_proposals_alone():
    [gap] = network.gaps_of(
        store_of((statement("1", "education") + item("ConsultationCase", "甲", "night"), HOME))
    ).found
    assert gap.sentence == "群众关切：已录入材料中暂无对应提案"
    assert gap.cases == (f"{BASE}consultationcase/甲",)


def test_a_narrower_proposal_fills_a_gap_and_a_wider_one_does_not():
    assert told((statement("1", "education") + item("Proposal", "甲", "night"), HOME)) == {}
    assert list(told((statement("1", "night") + item("Proposal", "甲", "education"), HOME))) == ["夜校"]


@pytest.mark.parametrize(("capacity", "kind"), [("委员", "期盼"), ("群众", "看法"), ("群众", "表态"), ("企业", "建议")])
def test_only_wishes_and_suggestions_of_the_public_are_concerns(capacity, kind):
    assert told((statement("1", "night", capacity, kind), HOME)) == {}


def test_of_a_plan_what_is_looked_back_on_or_was_realised_is_no_gap():
    review = item("Task", "1", "night", more="zx:taskKind <../concept/taskKind/工作回顾> ;")
    realised = item("Task", "2", "canteen") + "<session/1> zx:realises <task/2> .\n"
    assert told((review + realised + item("Task", "3", "lamps"), HOME)) == {
        "路灯": "工作计划：已录入材料中暂无对应提案和协商案例"
    }


def test_another_districts_proposal_fills_no_gap_but_one_of_an_unknown_committee_may():
    asked = (statement("1", "night"), HOME)
    elsewhere = (item("Proposal", "甲", "night", "河西区政协"), "河西区政协")
    assert list(told(asked, elsewhere)) == ["夜校"]
    nobodys = ("<proposal/甲> a zx:Proposal ; zx:theme <theme/night> .", None)
    assert told(asked, nobodys) == {}
    assert told((statement("1", "night"), None), elsewhere) == {}


def test_what_is_on_no_theme_is_not_lost():
    found = network.gaps_of(store_of((statement("1", None) + statement("2", None, kind="看法"), HOME)))
    assert found.found == ()
    assert found.without_theme == {"concerns": (f"{BASE}statement/1",), "plans": ()}


def test_the_order_of_the_facts_changes_nothing_and_nothing_is_ranked():
    facts = statement("1", "night") + statement("2", "lamps") + statement("3", "lamps") + item("Task", "1", "night")
    found = network.gaps_of(store_of((facts, HOME)))
    assert [(gap.source, gap.theme.label) for gap in found.found] == [
        ("concerns", "夜校"),
        ("concerns", "路灯"),
        ("plans", "夜校"),
    ]
    for seed in range(5):
        again = store_of((facts, HOME), chance=random.Random(seed))
        assert network.gaps_of(again) == found
        of_quads = network.Facts.of(again)
        assert network.gaps_of(of_quads, network.read_records(of_quads)) == found


# ---- Themes that one alone raised ----------------------------------------------------------------

FRAME = Frame("proposals", None, "优秀")
EDUCATION, CULTURE = End("sector", "s1", "教育界"), End("sector", "s2", "文艺界")
PARTY = End("party", "p", "民林党")
NIGHT, LAMPS, SCHOOL = (End("theme", name, name) for name in ("夜校", "路灯", "教育"))


def proposal(name: str, theme: End, *agents: tuple[End, ...], frame: Frame = FRAME) -> Record:
    return Record(name, frame, agents, (theme,), theme)


def alone(*rows: Record, above=None) -> dict[str, str]:
    return {one.theme.label: one.end.label for one in network.raised_by_one(rows, above or {})}


def test_a_theme_that_one_sector_or_party_alone_raised():
    rows = [
        proposal("1", NIGHT, (EDUCATION,)),
        proposal("2", NIGHT, (EDUCATION,), (EDUCATION,)),
        proposal("3", LAMPS, (EDUCATION,)),
        proposal("4", LAMPS, (CULTURE,)),
    ]
    [found] = network.raised_by_one(rows, {})
    assert (found.end, found.records, found.of_frame) == (EDUCATION, ("1", "2"), 4)
    assert found.sentence == "“夜校”：已录入的4件提案中有2件，均由1个界别（教育界）提出"
    [found] = network.raised_by_one([proposal("1", NIGHT, (PARTY,))], {})
    assert found.sentence == "“夜校”：已录入的1件提案中有1件，均由1个党派（民林党）提出"


@pytest.mark.parametrize("agents", [((EDUCATION,), ()), ((EDUCATION,), (CULTURE,)), ((EDUCATION, CULTURE),), ((),), ()])
def test_somebody_beside_it_known_or_not_makes_it_no_longer_alone(agents):
    assert alone(proposal("1", NIGHT, (EDUCATION,)), proposal("2", NIGHT, *agents)) == {}


def test_narrower_themes_count_for_those_above_them():
    above = {NIGHT.iri: [SCHOOL]}
    first, second = proposal("1", NIGHT, (EDUCATION,)), proposal("2", SCHOOL, (CULTURE,))
    assert alone(first, above=above) == {"夜校": "教育界", "教育": "教育界"}
    assert alone(first, second, above=above) == {"夜校": "教育界"}


def test_lists_of_two_kinds_are_looked_at_apart_and_other_channels_not_at_all():
    rows = [
        proposal("1", NIGHT, (EDUCATION,)),
        proposal("2", NIGHT, (CULTURE,), frame=FRAME._replace(list_kind="全部立案")),
        proposal("3", NIGHT, (End("host", "h", "议事堂"),), frame=Frame("cases", None, "未知")),
    ]
    found = network.raised_by_one(rows, {})
    assert sorted((one.frame.list_kind, one.end.label) for one in found) == [("优秀", "教育界"), ("全部立案", "文艺界")]
    assert network.raised_by_one(reversed(rows), {}) == found
