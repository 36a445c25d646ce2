import itertools

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat
from rdflib.namespace import SH

from kg import vocab
from kg.resources import ontology_dir
from kg.validate import validate, validate_quads
from kg.vocab import expand

DOCUMENT = "山南-2031"
TEXT = """山南区政协一届二次会议
优秀提案
1 教育界别 关于多办夜校的建议
北街议事堂:《把路灯点亮》
王小
明说:“希望多办夜校。”
"""
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in vocab.PREFIXES.items())
CONCEPTS = vocab.BASE + "concept/"

FACTS = """
<person/王小明> a zx:Person ; skos:prefLabel "王小明"@zh ; foaf:name "王小明"@zh ; zx:affiliation <affiliation/1> ;
    zx:sector <sector/教育界别> .
<affiliation/1> a zx:Affiliation, org:Membership ; zx:role "夜校老师"@zh ; zx:post "老师"@zh ;
    org:organization <organization/夜校> ; schema:startDate "2029"^^xsd:gYear .
<organization/夜校> a zx:Organization ; skos:prefLabel "夜校"@zh ; zx:place <place/山南区> ;
    zx:mechanism <initiative/议事堂> .
<organization/山南区政协> a zx:Organization ; skos:prefLabel "山南区政协"@zh .
<sector/教育界别> a zx:Sector ; skos:prefLabel "教育界别"@zh ; zx:committee <organization/山南区政协> ; zx:term 1 ;
    zx:sectorType <../concept/sectorType/education> .
<place/山南区> a zx:Place ; skos:prefLabel "山南区"@zh ; zx:divisionCode "990101" .
<initiative/议事堂> a zx:Initiative ; skos:prefLabel "议事堂"@zh ; zx:initiativeKind <../concept/initiativeKind/机制> .
<session/一届二次> a zx:Session ; skos:prefLabel "山南区政协一届二次会议"@zh ; zx:committee <organization/山南区政协> ;
    zx:term 1 ; zx:ordinal 2 ; zx:meetingKind <../concept/meetingKind/全体会议> .
<session/大会> a zx:Session ; skos:prefLabel "第一次全体会议"@zh ; zx:committee <organization/山南区政协> ; zx:term 1 ;
    zx:meetingKind <../concept/meetingKind/大会全体会议> ; dcterms:isPartOf <session/一届二次> ;
    schema:startDate "2031-02-02"^^xsd:date .
<proposal/夜校> a zx:Proposal ; skos:prefLabel "关于多办夜校的建议"@zh ; dcterms:title "关于多办夜校的建议"@zh ;
    zx:form <../concept/form/提案> ; zx:proposer <sector/教育界别> ; zx:proposerKind <../concept/proposerKind/界别> ;
    zx:listPosition 1 ; zx:listKind <../concept/listKind/优秀> ; zx:committee <organization/山南区政协> ;
    zx:theme <theme/night>, <theme/education> ; zx:mainTheme <theme/night> ; zx:honour <honour/1> ;
    zx:category <../concept/category/社会建设> ; zx:submittedSince <session/一届二次> ; zx:reply <reply/1> .
<reply/1> a zx:Reply ; skos:prefLabel "对《关于多办夜校的建议》的答复"@zh ; zx:outcomeAsWritten "已解决" ;
    zx:outcome <../concept/outcome/已解决> ; zx:feedback <../concept/feedback/满意> .
<consultationcase/路灯> a zx:ConsultationCase ; skos:prefLabel "把路灯点亮"@zh ; dcterms:title "把路灯点亮"@zh ;
    zx:host <organization/夜校> ; zx:truncated false ; zx:consultationForm <../concept/consultationForm/基层协商> .
<honour/1> a zx:Honour ; skos:prefLabel "2030年度优秀提案"@zh ; zx:forYear "2030"^^xsd:gYear ;
    zx:decidedAt <session/一届二次> ; zx:conferredAt <session/大会> ; zx:giver <organization/山南区政协> .
<task/1> a zx:Task ; skos:prefLabel "办好夜校"@zh ; dcterms:title "办好夜校"@zh ; zx:forYear "2031"^^xsd:gYear ;
    zx:taskKind <../concept/taskKind/主要任务> ; schema:actionStatus schema:PotentialActionStatus .
<task/2> a zx:Task ; skos:prefLabel "夜校课程"@zh ; dcterms:title "夜校课程"@zh ; dcterms:isPartOf <task/1> ;
    zx:taskKind <../concept/taskKind/课题研究> .
<statement/1> a zx:Statement ; zx:speaker <person/王小明> ; zx:quote "希望多办夜校。"@zh ;
    zx:capacity <../concept/capacity/群众> ; zx:statementKind <../concept/statementKind/期盼> .
<../doc/山南-2031> a zx:Document ; nif:isString "" ; dcterms:source "山南-2031.txt" ; zx:sha256 "%s" .
""" % ("0123456789abcdef" * 4)
THESAURUS = """
<theme/education> a zx:Theme ; skos:prefLabel "教育"@zh, "Education"@en ; zx:capCode 6 .
<theme/night> a zx:Theme ; skos:prefLabel "夜校"@zh, "Evening schools"@en ; skos:broader <theme/education> ;
    zx:capSubtopic 604 .
"""
CONNECTIONS = """
<connection/1> a zx:Connection ; zx:from <sector/教育界别> ; zx:to <theme/night> ; zx:weight 1.5 ; zx:sharedThemes 1 ;
    zx:channel <../concept/channel/proposals> ; zx:frame <../concept/listKind/优秀> ; zx:lift 2.5 ; zx:pValue 0.04 ;
    zx:themeLevel <../concept/themeLevel/具体议题> ; prov:wasDerivedFrom <proposal/夜校> .
"""
NAMED = {
    "王小\n明": "person/王小明", "教育界别": "sector/教育界别",
    "关于多办夜校的建议": "proposal/夜校", "夜校": "organization/夜校",
    "山南区政协": "organization/山南区政协", "山南区": "place/山南区", "把路灯点亮": "consultationcase/路灯",
    "北街议事堂": "initiative/议事堂", "山南区政协一届二次会议": "session/一届二次",
}  # fmt: skip
MENTION = "../doc/山南-2031#char=0,11"


def node(path):
    return NamedNode(CONCEPTS[: -len("concept/")] + path[3:] if path.startswith("../") else f"{vocab.BASE}id/{path}")


def read(turtle, graph):
    triples = pyoxigraph.parse(PREFIXES + turtle, format=RdfFormat.TURTLE, base_iri=vocab.BASE + "id/")
    return [Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def evidence(facts):
    """A mention for every name in the text, an assertion for every fact."""
    graph, document = vocab.evidence_graph(DOCUMENT), vocab.document(DOCUMENT)
    for words, path in NAMED.items():
        start = TEXT.index(words)
        mention = vocab.span(DOCUMENT, start, start + len(words))
        yield Quad(mention, expand("rdf:type"), expand("zx:Mention"), graph)
        yield Quad(mention, expand("nif:referenceContext"), document, graph)
        yield Quad(mention, expand("nif:beginIndex"), Literal(start), graph)
        yield Quad(mention, expand("nif:endIndex"), Literal(start + len(words)), graph)
        yield Quad(mention, expand("nif:anchorOf"), Literal(words), graph)
        yield Quad(mention, expand("itsrdf:taIdentRef"), node(path), graph)
    listed = vocab.span(DOCUMENT, TEXT.index("1 教"), TEXT.index("\n北街"))
    told_by_words = ("zx", "org", "schema")
    told = (f for f in facts if f.predicate.value.startswith(tuple(vocab.PREFIXES[p] for p in told_by_words)))
    parts = (f for f in facts if f.predicate == expand("dcterms:isPartOf"))
    for number, fact in enumerate(f for f in (*told, *parts) if f.subject != document):
        assertion = node(f"assertion/{number}")
        yield Quad(assertion, expand("rdf:type"), expand("zx:Assertion"), graph)
        yield Quad(assertion, expand("rdf:subject"), fact.subject, graph)
        yield Quad(assertion, expand("rdf:predicate"), fact.predicate, graph)
        yield Quad(assertion, expand("rdf:object"), fact.object, graph)
        yield Quad(assertion, expand("zx:evidence"), listed, graph)
        yield Quad(assertion, expand("zx:rule"), Literal("demo"), graph)
        yield Quad(assertion, expand("zx:confidence"), Literal("0.9", datatype=expand("xsd:decimal")), graph)


def sound_graph():
    facts = read(FACTS.replace('isString ""', f"isString {Literal(TEXT)}"), vocab.facts_graph(DOCUMENT))
    thesaurus = read(THESAURUS, vocab.GRAPHS["thesaurus"])
    return [*facts, *evidence(facts), *thesaurus, *read(CONNECTIONS, vocab.GRAPHS["connections"])]


def changed(thing, predicate, objects):
    """The sound graph, with these objects (Turtle; none where empty) as all that the thing has of a property."""
    quads = sound_graph()
    graph = next(q.graph_name for q in quads if q.subject == node(thing))
    kept = [q for q in quads if (q.subject, q.predicate) != (node(thing), expand(predicate))]
    return kept + (read(f"<{node(thing).value}> {predicate} {objects} .", graph) if objects else [])


def messages():
    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl")
    return {str(s).rpartition("#")[2]: str(message) for s, message in shapes.subject_objects(SH.message)}


MESSAGES = messages()
BREAKS = {
    "prefLabel": [("person/王小明", "skos:prefLabel", ""), ("place/山南区", "skos:prefLabel", '"甲"@zh, "乙"@zh')],
    "title": [("task/1", "dcterms:title", ""), ("consultationcase/路灯", "dcterms:title", '"路灯"')],
    "committeeIfKnown": [
        ("proposal/夜校", "zx:committee", "<organization/山南区政协>, <organization/夜校>"),
        ("sector/教育界别", "zx:committee", "<place/山南区>"),
    ],
    "term": [("session/一届二次", "zx:term", "1, 2"), ("session/一届二次", "zx:term", "0")],
    "theme": [("proposal/夜校", "zx:theme", "<theme/night>, <theme/nothing>")],
    "mainTheme": [("proposal/夜校", "zx:mainTheme", "<theme/night>, <theme/education>")],
    "category": [("proposal/夜校", "zx:category", '"社会建设"@zh')],
    "place": [("organization/夜校", "zx:place", "<organization/山南区政协>")],
    "honour": [("proposal/夜校", "zx:honour", "<session/大会>")],
    "consultationForm": [("consultationcase/路灯", "zx:consultationForm", "<../concept/taskKind/课题研究>")],
    "listKind": [("proposal/夜校", "zx:listKind", '"优秀"@zh')],
    "listPosition": [("proposal/夜校", "zx:listPosition", '"第一"')],
    "truncated": [("consultationcase/路灯", "zx:truncated", "true, false")],
    "forYear": [("task/1", "zx:forYear", "2031")],
    "date": [("session/大会", "dcterms:date", '"2月2日"'), ("honour/1", "dcterms:date", '"2031", "2032"')],
    "partyOf": [("person/王小明", "zx:party", "<place/山南区>")],
    "reading": [(MENTION, "zx:reading", '"甲"@zh, "乙"@zh')],
    "locator": [(MENTION, "zx:locator", '"第1页", "第2页"'), (MENTION, "zx:locator", "2")],
    "columns": [(MENTION, "zx:columns", '"案由"@zh, "题目"@zh')],
    "Person-name": [("person/王小明", "foaf:name", ""), ("person/王小明", "foaf:name", '"王小明"@zh, "王大明"@zh')],
    "Person-affiliation": [("person/王小明", "zx:affiliation", "<organization/夜校>")],
    "Person-sector": [("person/王小明", "zx:sector", "<organization/夜校>")],
    "Sector-term": [("sector/教育界别", "zx:term", "1, 2")],
    "Sector-type": [("sector/教育界别", "zx:sectorType", '"教育界"@zh')],
    "Organization-mechanism": [("organization/夜校", "zx:mechanism", "<organization/山南区政协>")],
    "Organization-isPartOf": [("organization/夜校", "dcterms:isPartOf", "<place/山南区>")],
    "Affiliation": [("affiliation/1", "rdf:type", "zx:Affiliation")],
    "Affiliation-role": [("affiliation/1", "zx:role", ""), ("affiliation/1", "zx:role", '"老师"@zh, "校长"@zh')],
    "Affiliation-post": [("affiliation/1", "zx:post", '""'), ("affiliation/1", "zx:post", '"老师"@zh, "校长"@zh')],
    "Affiliation-startDate": [("affiliation/1", "schema:startDate", '"去年"')],
    "Affiliation-endDate": [("affiliation/1", "schema:endDate", '"2030"^^xsd:gYear, "2031"^^xsd:gYear')],
    "Affiliation-organization": [("affiliation/1", "org:organization", "<place/山南区>")],
    "Place-divisionCode": [("place/山南区", "zx:divisionCode", '"99010"')],
    "Place-isPartOf": [("place/山南区", "dcterms:isPartOf", "<organization/夜校>")],
    "Proposal": [("proposal/夜校", "zx:proposer", "")],
    "Proposal-title": [("proposal/夜校", "dcterms:title", ""), ("proposal/夜校", "dcterms:title", '"甲"@zh, "乙"@zh')],
    "Proposal-form": [("proposal/夜校", "zx:form", "")],
    "Proposal-proposer": [("proposal/夜校", "zx:proposer", "<place/山南区>")],
    "Proposal-firstProposer": [("proposal/夜校", "zx:firstProposer", "<sector/教育界别>, <person/王小明>")],
    "Proposal-proposerKind": [("proposal/夜校", "zx:proposerKind", '"界别"@zh')],
    "Proposal-number": [("proposal/夜校", "zx:number", '"甲"'), ("proposal/夜校", "zx:number", '"1", "2"')],
    "Proposal-submittedSince": [("proposal/夜校", "zx:submittedSince", "2031")],
    "Proposal-submittedTo": [("proposal/夜校", "zx:submittedTo", "<place/山南区>")],
    "Proposal-status": [("proposal/夜校", "zx:status", '"立案"@zh')],
    "Proposal-mergedInto": [("proposal/夜校", "zx:mergedInto", "<person/王小明>")],
    "Proposal-keyProposal": [("proposal/夜校", "zx:keyProposal", '"是"')],
    "Proposal-handler": [("proposal/夜校", "zx:handler", "<person/王小明>")],
    "Proposal-leadHandler": [("proposal/夜校", "zx:leadHandler", "<person/王小明>")],
    "Proposal-coHandler": [("proposal/夜校", "zx:coHandler", "<person/王小明>")],
    "Proposal-separateHandler": [("proposal/夜校", "zx:separateHandler", "<person/王小明>")],
    "Proposal-supervisor": [("proposal/夜校", "zx:supervisor", "<place/山南区>")],
    "Proposal-reply": [("proposal/夜校", "zx:reply", "<person/王小明>")],
    "Reply-outcomeAsWritten": [("reply/1", "zx:outcomeAsWritten", value) for value in ('""', '"A", "B"')],
    "Reply-outcome": [("reply/1", "zx:outcome", '"已解决"')],
    "Reply-feedback": [("reply/1", "zx:feedback", '"满意"')],
    "ConsultationCase-host": [("consultationcase/路灯", "zx:host", "<initiative/议事堂>")],
    "ConsultationCase-realises": [("consultationcase/路灯", "zx:realises", "<session/大会>")],
    "Honour-forYear": [
        ("honour/1", "zx:forYear", '"2030"^^xsd:gYear, "2031"^^xsd:gYear'),
        ("honour/1", "zx:forYear", "2030"),
    ],
    "Honour-decidedAt": [("honour/1", "zx:decidedAt", "<session/一届二次>, <session/大会>")],
    "Honour-conferredAt": [("honour/1", "zx:conferredAt", "<organization/夜校>")],
    "Honour-giver": [("honour/1", "zx:giver", "<person/王小明>")],
    "Session": [("session/大会", "dcterms:isPartOf", "")],
    "Session-ordinal": [("session/一届二次", "zx:ordinal", "2, 3")],
    "Session-meetingKind": [("session/一届二次", "zx:meetingKind", "")],
    "Session-isPartOf": [("session/大会", "dcterms:isPartOf", "<organization/山南区政协>")],
    "Session-startDate": [("session/大会", "schema:startDate", '"2月2日"')],
    "Session-endDate": [("session/大会", "schema:endDate", '"2031-02"^^xsd:gYearMonth, "2031-03"^^xsd:gYearMonth')],
    "Task-kind": [("task/2", "zx:taskKind", ""), ("task/2", "zx:taskKind", '"课题"@zh')],
    "Task-isPartOf": [("task/2", "dcterms:isPartOf", "<session/大会>")],
    "Task-actionStatus": [("task/1", "schema:actionStatus", "schema:ActiveActionStatus")],
    "Initiative-kind": [("initiative/议事堂", "zx:initiativeKind", '"机制"@zh')],
    "Statement-speaker": [("statement/1", "zx:speaker", ""), ("statement/1", "zx:speaker", "<sector/教育界别>")],
    "Statement-onBehalfOf": [("statement/1", "zx:onBehalfOf", "<person/王小明>")],
    "Statement-quote": [("statement/1", "zx:quote", ""), ("statement/1", "zx:quote", '""@zh')],
    "Statement-capacity": [("statement/1", "zx:capacity", '"群众"')],
    "Statement-kind": [("statement/1", "zx:statementKind", '"期盼"@zh')],
    "Theme": [("theme/night", "skos:broader", ""), ("theme/education", "zx:capCode", "")],
    "Theme-prefLabel": [
        ("theme/night", "skos:prefLabel", '"Night"@en'), ("theme/night", "skos:prefLabel", '"甲"@zh, "乙"@zh'),
    ],
    "Theme-broader": [
        ("theme/night", "skos:broader", "<place/山南区>"),
        ("theme/night", "skos:broader", "<theme/education>, <theme/night>"),
    ],
    "Theme-related": [("theme/night", "skos:related", "<place/山南区>")],
    "Theme-capCode": [("theme/education", "zx:capCode", str(code)) for code in (0, 11, 22, 24, 110)],
    "Theme-capSubtopic": [("theme/night", "zx:capSubtopic", "6")],
    "Connection-from": [("connection/1", "zx:from", ""), ("connection/1", "zx:from", "<theme/night>")],
    "Connection-to": [("connection/1", "zx:to", "<theme/night>, <theme/education>")],
    "Connection-channel": [("connection/1", "zx:channel", "")],
    "Connection-weight": [("connection/1", "zx:weight", ""), ("connection/1", "zx:weight", "0.0")],
    "Connection-frame": [("connection/1", "zx:frame", ""), ("connection/1", "zx:frame", "<../concept/form/提案>")],
    "Connection-themeLevel": [("connection/1", "zx:themeLevel", "")],
    "Connection-derivation": [("connection/1", "prov:wasDerivedFrom", "")],
    "Connection-sharedThemes": [("connection/1", "zx:sharedThemes", "0")],
    "Connection-lift": [("connection/1", "zx:lift", "-1.0")],
    "Connection-pValue": [("connection/1", "zx:pValue", "1.2")],
    "Connection-share": [("connection/1", "zx:share", "1.2")],
    "Connection-ppmi": [("connection/1", "zx:ppmi", "-0.1")],
    "Connection-logOdds": [("connection/1", "zx:logOdds", '"much"')],
    "Connection-logOddsZ": [("connection/1", "zx:logOddsZ", '"sure"')],
    "Connection-qValue": [("connection/1", "zx:qValue", "1.2")],
    "Connection-moreThanChance": [("connection/1", "zx:moreThanChance", '"yes"')],
    "Document-sha256": [("../doc/山南-2031", "zx:sha256", '"ABC"')],
    "Document-isString": [("../doc/山南-2031", "nif:isString", "")],
    "Document-source": [("../doc/山南-2031", "dcterms:source", "")],
    "Mention-referenceContext": [(MENTION, "nif:referenceContext", "")],
    "Mention-beginIndex": [(MENTION, "nif:beginIndex", "11"), (MENTION, "nif:beginIndex", "-1")],
    "Mention-endIndex": [(MENTION, "nif:endIndex", "")],
    "Mention-anchorOf": [(MENTION, "nif:anchorOf", "")],
    "Mention-taIdentRef": [(MENTION, "itsrdf:taIdentRef", "")],
    "Assertion-subject": [("assertion/5", "rdf:subject", "")],
    "Assertion-predicate": [("assertion/5", "rdf:predicate", "zx:theme, zx:place")],
    "Assertion-object": [("assertion/5", "rdf:object", "")],
    "Assertion-evidence": [("assertion/5", "zx:evidence", "")],
    "Assertion-rule": [("assertion/5", "zx:rule", "")],
    "Assertion-confidence": [("assertion/5", "zx:confidence", "1.1")],
}  # fmt: skip


def test_a_sound_graph_breaks_nothing():
    assert validate_quads(sound_graph()) == []


def test_every_sentence_of_the_shapes_has_a_graph_that_breaks_it():
    assert set(BREAKS) == set(MESSAGES)


@pytest.mark.parametrize(
    ("shape", "thing", "predicate", "objects"),
    [(shape, *change) for shape, changes in BREAKS.items() for change in changes],
)
def test_a_broken_shape_is_told_in_its_sentence(shape, thing, predicate, objects):
    assert MESSAGES[shape] in {finding.message for finding in validate_quads(changed(thing, predicate, objects))}


def test_a_finding_names_the_text_the_line_and_the_words():
    [finding] = validate_quads(changed("proposal/夜校", "zx:form", ""))
    assert (finding.document, finding.line, finding.words) == (DOCUMENT, 3, "《关于多办夜校的建议》")
    assert str(finding) == f"山南-2031:3 《关于多办夜校的建议》: {MESSAGES['Proposal-form']}"


def test_the_line_is_that_of_the_fact_that_is_wrong():
    quads = sound_graph()
    fourth = vocab.span(DOCUMENT, TEXT.index("《把路灯"), TEXT.index("\n王小"))
    about = vocab.evidence_graph(DOCUMENT)
    wrong = Quad(node("proposal/夜校"), expand("zx:mainTheme"), node("theme/education"), vocab.facts_graph(DOCUMENT))
    extra = node("assertion/0a")
    parts = {"rdf:type": expand("zx:Assertion"), "rdf:subject": wrong.subject, "rdf:predicate": wrong.predicate}
    parts |= {"rdf:object": wrong.object, "zx:evidence": fourth, "zx:rule": Literal("demo")}
    quads = [q for q in quads if q.predicate != expand("zx:mainTheme") and q.object != expand("zx:mainTheme")]
    quads += [wrong, *(Quad(extra, expand(p), o, about) for p, o in parts.items())]
    quads.append(Quad(wrong.subject, wrong.predicate, node("theme/nothing"), vocab.facts_graph(DOCUMENT)))
    found = [f for f in validate_quads(quads) if f.message == MESSAGES["mainTheme"]]
    assert [f.line for f in found] == [4]


def test_what_no_text_states_has_no_place():
    [finding] = validate_quads(changed("theme/education", "zx:capCode", ""))
    assert str(finding) == f"教育: {MESSAGES['Theme']}"


def test_a_document_is_named_without_a_line():
    [finding] = validate_quads(changed("../doc/山南-2031", "zx:sha256", '"ABC"'))
    assert str(finding).startswith("山南-2031 ")


def test_words_over_two_lines_are_one_sentence():
    mention = f"../doc/山南-2031#char={TEXT.index('王小')},{TEXT.index('王小') + 4}"
    [finding] = validate_quads(changed(mention, "itsrdf:taIdentRef", "<person/王小明>, <person/王小明>, 3"))
    assert str(finding) == f"山南-2031:5 王小 明: {MESSAGES['Mention-taIdentRef']}"


@pytest.mark.parametrize(
    ("thing", "predicate", "objects", "told"),
    [
        (MENTION, "nif:anchorOf", '"山南区政协二届二次会议"', "与原文此处不一致"),
        (MENTION, "nif:endIndex", "10", "地址与起止位置不一致"),
        ("assertion/5", "zx:evidence", "<../doc/山南-2031#char=0,4000>", "不在这份文本之内"),
        ("assertion/5", "zx:evidence", "<../doc/山南-2032#char=0,4>", "不在这份文本之内"),
        ("assertion/5", "zx:evidence", "<../doc/山南-2031#char=4,4>", "不在这份文本之内"),
        ("person/王小明", "zx:place", "<place/山南区>", "事实（zx:place）没有原文依据"),
        ("person/王小明", "schema:startDate", '"2031"', "事实（schema:startDate）没有原文依据"),
    ],
)
def test_a_graph_whose_evidence_is_off_is_told(thing, predicate, objects, told):
    assert [f for f in validate_quads(changed(thing, predicate, objects)) if told in f.message and f.document]


def test_a_thing_that_its_text_never_names_is_told():
    stray = read(
        '<person/无名> a zx:Person ; skos:prefLabel "无名"@zh ; foaf:name "无名"@zh .', vocab.facts_graph(DOCUMENT)
    )
    [finding] = validate_quads([*sound_graph(), *stray])
    assert str(finding).startswith("山南-2031 无名: 在文本中没有出处")


def test_a_person_s_correction_is_a_source_of_its_own():
    fact = read("<person/王小明> zx:place <place/山南区> .", vocab.facts_graph(DOCUMENT))
    correction = """<assertion/c> rdf:subject <person/王小明> ; rdf:predicate zx:place ; rdf:object <place/山南区> ."""
    assert validate_quads([*sound_graph(), *fact, *read(correction, vocab.GRAPHS["corrections"])]) == []


def test_findings_come_in_the_order_of_the_text_whatever_the_order_of_the_quads():
    quads = changed("proposal/夜校", "zx:form", "")
    quads = [q for q in quads if q.predicate not in (expand("zx:speaker"), expand("zx:giver"), expand("foaf:name"))]
    found = validate_quads(quads)
    assert [f.line for f in found] == sorted(f.line for f in found)
    assert validate_quads(reversed(quads)) == found
    assert len(set(found)) == len(found)


def test_a_thing_of_two_texts_is_judged_once_with_all_that_they_say():
    """One text gives the proposal its form, the other all the rest: together they are sound."""
    quads = [q for q in sound_graph() if expand("zx:form") not in (q.predicate, q.object)]
    quads += read("<proposal/夜校> zx:form <../concept/form/提案> .", vocab.facts_graph("山南-2032"))
    assert MESSAGES["Proposal-form"] not in {finding.message for finding in validate_quads(quads)}


def test_chunks_of_any_size_find_the_same(monkeypatch):
    quads = changed("proposal/夜校", "zx:form", "")
    whole = validate_quads(quads)
    for size in (1, 7):
        monkeypatch.setattr("kg.validate.CHUNK", size)
        assert validate_quads(quads) == whole


def test_a_store_on_disk_is_validated_like_its_quads(tmp_path):
    quads = changed("proposal/夜校", "zx:form", "")
    pyoxigraph.Store(str(tmp_path / "store")).extend(
        itertools.chain(
            quads, (Quad(q.subject, q.predicate, q.object) for q in quads if "#ev" not in q.graph_name.value)
        )
    )
    assert validate(pyoxigraph.Store.read_only(str(tmp_path / "store"))) == validate_quads(quads)
