"""Facts as RDF: what is stated, the words for it, and nothing without a name."""

from __future__ import annotations

from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg import vocab
from kg.gazetteer import Gazetteer
from kg.lexicon import load
from kg.model import Concept, Document, Fact, Facts, Mention, Node, Span, Theme, Year
from kg.resolve import resolve
from kg.resources import lexicon_dir
from kg.triples import document_quads, gazetteer_quads, term, thesaurus_quads

LEXICON = load(lexicon_dir())
GAZETTEER = Gazetteer(LEXICON)
RAW = "柳知 微委员建议多办夜校。"
DOCUMENT = Document("山南-2031", "山南-2031.txt", RAW, "0" * 64)
PERSON = Mention("Person", "柳知微", Span(0, 4), "柳知微")
STATEMENT = Node("Statement", Span(8, 12), ("柳知微", "多办夜校"))
SPEAKER = Fact(STATEMENT, "zx:speaker", PERSON, Span(0, 13), "statement.reported", "柳知微委员建议多办夜校。")


def quads(*facts: Fact, precision: dict[str, float] | None = None) -> list[Quad]:
    stated = Facts(DOCUMENT, "山南区", None, "题", (PERSON,), facts)
    return document_quads(resolve(stated, LEXICON, GAZETTEER), precision or {})


def values(found: list[Quad], predicate: str) -> list[NamedNode | Literal]:
    return [
        q.object for q in found if q.predicate == vocab.expand(predicate) and isinstance(q.object, NamedNode | Literal)
    ]


def test_a_mention_keeps_the_words_as_they_stand_and_as_they_are_read() -> None:
    found = quads()
    assert values(found, "nif:anchorOf") == [Literal("柳知 微")]
    assert values(found, "zx:reading") == [Literal("柳知微")]
    assert values(found, "itsrdf:taIdentRef") == [vocab.entity("Person", "山南区", "柳知微~山南-2031")]


def test_a_fact_stands_in_the_facts_and_its_words_in_the_evidence() -> None:
    found = quads(SPEAKER)
    speaker = next(q for q in found if q.predicate == vocab.expand("zx:speaker"))
    assert speaker.graph_name == vocab.facts_graph("山南-2031")
    proof = [q for q in found if q.predicate == vocab.expand("zx:evidence")]
    assert [q.object for q in proof] == [vocab.span("山南-2031", 0, 13)]
    assert {q.graph_name for q in proof} == {vocab.evidence_graph("山南-2031")}


def test_a_rule_that_was_measured_states_its_precision_and_another_none() -> None:
    assert values(quads(SPEAKER, precision={"statement.reported": 0.931}), "zx:confidence")[0].value == "0.93"
    assert values(quads(SPEAKER), "zx:confidence") == []


def test_a_post_at_a_body_is_a_membership_and_a_calling_is_not() -> None:
    def types(post: Node) -> set[str]:
        found = quads(
            Fact(PERSON, "zx:affiliation", post, Span(0, 4), "post", ""),
            Fact(post, "zx:role", "馆长", Span(0, 4), "post", ""),
        )
        return {
            vocab.compact(q.object.value)
            for q in found
            if q.predicate == vocab.expand("rdf:type") and "affiliation" in q.subject.value
        }

    assert types(Node("Affiliation", Span(0, 4), ("柳知微", "馆长", "文化馆"))) == {"zx:Affiliation", "org:Membership"}
    assert types(Node("Affiliation", Span(0, 4), ("柳知微", "委员", ""))) == {"zx:Affiliation"}


def test_values_have_the_datatypes_of_the_contract() -> None:
    xsd = vocab.PREFIXES["xsd"]
    assert term("zx:forYear", Year(2031)) == Literal("2031", datatype=NamedNode(f"{xsd}gYear"))
    assert term("dcterms:date", date(2031, 2, 3)) == Literal("2031-02-03", datatype=NamedNode(f"{xsd}date"))
    assert term("zx:listPosition", 3) == Literal(3)
    assert term("zx:truncated", True) == Literal(True)
    assert term("zx:role", "馆长") == Literal("馆长", language="zh")
    assert term("zx:number", "12") == Literal("12")
    assert term("zx:form", Concept("form", "提案")) == vocab.concept("form", "提案")
    assert term("zx:theme", Theme("education")) == vocab.entity("Theme", "education")


def test_nothing_is_a_blank_node() -> None:
    every = [*quads(SPEAKER), *thesaurus_quads(LEXICON)]
    assert not any(isinstance(part, BlankNode) for q in every for part in (q.subject, q.object))


def test_every_theme_leads_up_to_a_policy_area() -> None:
    found = list(thesaurus_quads(LEXICON))
    above = {q.subject: q.object for q in found if q.predicate == vocab.expand("skos:broader")}
    coded = {q.subject for q in found if q.predicate == vocab.expand("zx:capCode")}
    for row in LEXICON.themes:
        theme = vocab.entity("Theme", row.id)
        while theme in above:
            theme = above[theme]  # type: ignore[assignment]  # what is broader is a theme
        assert theme in coded, row.id


def test_a_theme_has_one_theme_above_it_and_is_related_to_those_of_other_areas() -> None:
    (row,) = (row for row in LEXICON.themes if row.id == "wetland-parks")
    found = [q for q in thesaurus_quads(LEXICON) if q.subject == vocab.entity("Theme", row.id)]
    for predicate, ids in (("skos:broader", row.broader[:1]), ("skos:related", row.broader[1:])):
        told = [q.object for q in found if q.predicate == vocab.expand(predicate)]
        assert told == [vocab.entity("Theme", id_) for id_ in ids]


def codes(home: str, *names: str, facts: tuple[Fact, ...] = ()) -> dict[str, str]:
    """Name → code of the places of a text that is at home in a division of a code."""
    places = tuple(Mention("Place", name, Span(0, 1), name) for name in names)
    stated = Facts(DOCUMENT, "某区", None, "", places, facts, home_code=home)
    entities = resolve(stated, LEXICON, GAZETTEER).entities.values()
    found = gazetteer_quads(entities, GAZETTEER)
    code = vocab.expand("zx:divisionCode")
    return {q.subject.value.partition("/place/")[2]: q.object.value for q in found if q.predicate == code}


def test_a_division_has_a_code_where_it_can_be_no_other() -> None:
    assert codes("", "浙江省", "朝阳区", "云岫街道", "城关镇") == {"cn/浙江省": "330000"}


def test_a_street_is_that_of_the_home_and_brings_what_it_lies_in() -> None:
    assert codes("330114", "下沙街道", "云岫街道") == {
        "cn/浙江省": "330000",
        "cn/杭州市": "330100",
        "cn/钱塘区": "330114",
        "钱塘区/下沙街道": "330114001",
    }


def test_of_divisions_of_one_name_the_one_is_meant_that_the_text_puts_in_a_city() -> None:
    inner, outer = (Mention("Place", name, Span(0, 1), name) for name in ("朝阳区", "北京市"))
    told = Fact(inner, "dcterms:isPartOf", outer, Span(0, 1), "place.chain", "")
    assert codes("", "朝阳区", "北京市", facts=(told,)) == {"cn/北京市": "110000", "北京市/朝阳区": "110105"}
