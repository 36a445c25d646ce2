import unicodedata
from urllib.parse import unquote

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from kg import vocab
from kg.errors import KgError

ANY_TEXT = st.text(st.characters(), min_size=1)  # lone surrogates too: a file name may hold them


def folded(text):
    return unicodedata.normalize("NFC", "".join(text.split()))


@given(ANY_TEXT)
def test_every_key_gives_an_iri_that_both_libraries_read_back(key):
    iri = vocab.entity("Person", "山南区", key)
    assert NamedNode(iri.value) == iri
    assert rdflib.URIRef(iri.value).n3() == f"<{iri.value}>"
    assert not set("#?") & set(iri.value)
    assert iri.value.count("/") == "https://w3id.org/zhengxie/id/person/山南区/x".count("/")


@given(st.lists(ANY_TEXT, min_size=1, max_size=3), st.lists(ANY_TEXT, min_size=1, max_size=3))
def test_two_keys_have_one_iri_only_when_they_are_one_after_folding(one, other):
    same_iri = vocab.entity("Person", *one) == vocab.entity("Person", *other)
    assert same_iri == (list(map(folded, one)) == list(map(folded, other)))


@given(ANY_TEXT)
def test_an_iri_gives_its_key_back(key):
    last = vocab.entity("Person", key).value.removeprefix("https://w3id.org/zhengxie/id/person/")
    assert unquote(last, errors="surrogatepass") == folded(key)


@given(ANY_TEXT, st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_span_tells_its_document_and_offsets(document_id, start, length):
    iri = vocab.span(document_id, start, start + length)
    assert rdflib.URIRef(iri.value).n3() == f"<{iri.value}>"
    assert vocab.offsets(iri.value) == (vocab.document(document_id).value, start, start + length)


@pytest.mark.parametrize("key", ["𮯰", "㐂", "龘", "《夜校》（一）"])
def test_rare_characters_and_full_width_marks_stay_as_they_are(key):
    assert vocab.entity("Person", key).value.endswith(f"/person/{key}")


def test_a_path_step_is_no_key():
    assert vocab.entity("Person", "..").value.endswith("/person/%2E%2E")


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: vocab.expand("zx:proposr"), "zx:proposr"),
        (lambda: vocab.expand("dct:title"), "dct:title"),
        (lambda: vocab.expand("zx:"), "zx:"),
        (lambda: vocab.expand("title"), "title"),
        (lambda: vocab.concept("proposerKind", "界別"), "界別"),
        (lambda: vocab.concept("proposerKinds", "界别"), "proposerKinds"),
        (lambda: vocab.concept_scheme("kinds"), "kinds"),
        (lambda: vocab.entity("Proposals", "甲"), "Proposals"),
    ],
)
def test_what_the_ontology_lacks_is_refused_by_name(call, named):
    with pytest.raises(KgError, match=named):
        call()


def test_a_span_needs_text():
    for start, end in ((3, 3), (4, 3), (-1, 2)):
        with pytest.raises(ValueError, match="no span"):
            vocab.span("山南-2031", start, end)


def test_a_base_of_ones_own_moves_entities_and_documents_but_not_the_vocabulary():
    base = "https://example.org/kg/"
    assert vocab.entity("Place", "山南区", base=base).value == base + "id/place/山南区"
    assert vocab.span("a", 0, 1, base=base).value == base + "doc/a#char=0,1"
    assert vocab.facts_graph("a", base=base).value == base + "doc/a#facts"
    assert vocab.evidence_graph("a", base=base).value == base + "doc/a#evidence"


def test_an_assertion_differs_with_each_of_its_parts():
    parts = [NamedNode("a:s"), NamedNode("a:p"), Literal("甲", language="zh"), NamedNode("a:e"), "rule"]
    others = [NamedNode("a:t"), NamedNode("a:q"), Literal("甲"), NamedNode("a:f"), "other"]
    iris = {vocab.assertion(*parts)}
    for i, other in enumerate(others):
        iris.add(vocab.assertion(*parts[:i], other, *parts[i + 1 :]))
    assert len(iris) == 6


def test_the_borders_of_parts_count():
    assert vocab.digest("甲", "乙丙") != vocab.digest("甲乙", "丙")


def test_the_ontology_comes_as_quads_of_its_graph_without_blank_nodes():
    quads = vocab.ontology_quads()
    assert {q.graph_name for q in quads} == {NamedNode("https://w3id.org/zhengxie/graph/ontology")}
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))
    assert vocab.expand("zx:Proposal") in vocab.classes()


def test_every_compact_iri_comes_back():
    for prefix in vocab.PREFIXES:
        if prefix != "zx":
            assert vocab.compact(vocab.expand(f"{prefix}:name").value) == f"{prefix}:name"
    assert vocab.compact("https://example.org/x") == "https://example.org/x"
