import re
import runpy
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, BNode, URIRef
from rdflib.namespace import SH

from kg import lexicon, vocab
from kg.resources import lexicon_dir, ontology_dir

ZX = vocab.PREFIXES["zx"]
FILES = ("zhengxie.ttl", "shapes.ttl")
LABELS = {"zh": "[\u4e00-\u9fff]", "en": "[A-Za-z]"}


@pytest.fixture(scope="module")
def ontology():
    return rdflib.Graph().parse(ontology_dir() / "zhengxie.ttl")


@pytest.fixture(scope="module")
def shapes():
    return rdflib.Graph().parse(ontology_dir() / "shapes.ttl")


@pytest.fixture(scope="module")
def terms(ontology):
    """The classes and properties that the ontology declares."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}


@pytest.mark.parametrize("name", FILES)
def test_both_libraries_read_the_same_triples_and_no_blank_node(name):
    path = ontology_dir() / name
    graph = rdflib.Graph().parse(path)
    assert len(graph) == len(set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)))
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


def test_every_term_has_a_label_and_a_comment_in_chinese_and_english(ontology, terms):
    for term in terms:
        for predicate in (RDFS.label, RDFS.comment):
            texts = {o.language: str(o) for o in ontology.objects(term, predicate)}
            assert set(texts) == set(LABELS), term
            assert all(re.search(pattern, texts[language]) for language, pattern in LABELS.items()), term


def test_whatever_has_a_label_has_one_in_chinese_and_one_in_english(ontology):
    for predicate in (RDFS.label, SKOS.prefLabel):
        for thing in set(ontology.subjects(predicate)):
            assert sorted(o.language for o in ontology.objects(thing, predicate)) == ["en", "zh"], thing


def test_no_two_classes_properties_or_values_of_a_list_have_one_label(ontology, terms):
    properties = {term for term in terms if (term, RDF.type, OWL.Class) not in ontology}
    lists = [set(ontology.subjects(SKOS.inScheme, s)) for s in ontology.subjects(RDF.type, SKOS.ConceptScheme)]
    for group in (terms - properties, properties, *lists):
        for language in LABELS:
            labels = [
                str(o)
                for term in group
                for o in (*ontology.objects(term, RDFS.label), *ontology.objects(term, SKOS.prefLabel))
                if o.language == language
            ]
            assert len(labels) == len(set(labels)), sorted(labels)


def test_what_terms_say_of_each_other_is_declared(ontology, terms):
    schema = rdflib.Namespace(vocab.PREFIXES["schema"])
    for predicate in (schema.domainIncludes, schema.rangeIncludes, RDFS.subPropertyOf, RDFS.subClassOf):
        for other in ontology.objects(None, predicate):
            assert not str(other).startswith(ZX) or other in terms, other


def test_no_property_gives_a_thing_a_type_that_no_text_states(ontology):
    assert not list(ontology.subject_objects(RDFS.domain))
    assert not list(ontology.subject_objects(RDFS.range))


def test_a_value_of_a_list_stands_in_its_list_and_is_found_by_its_label(ontology):
    for value in ontology.subjects(RDF.type, SKOS.Concept):
        scheme = ontology.value(value, SKOS.inScheme)
        name = str(value).removeprefix(f"{scheme}/")
        if str(scheme).endswith("/channel"):  # named by a word that other programs read
            assert vocab.concept("channel", name).value == str(value)
            continue
        [label] = [str(o) for o in ontology.objects(value, SKOS.prefLabel) if o.language == "zh"]
        assert vocab.concept(str(scheme).rpartition("/")[2], label).value == str(value)


def test_every_list_is_used_by_the_property_that_it_is_named_after(ontology, terms):
    frames = {"theme"}  # its members are zx:Theme, not plain concepts
    for scheme in ontology.subjects(RDF.type, SKOS.ConceptScheme):
        name = str(scheme).rpartition("/")[2]
        assert URIRef(ZX + name) in terms or name in frames


def test_shapes_name_only_what_is_declared(shapes, terms, ontology):
    known = terms | set(ontology.subjects(RDF.type, SKOS.Concept))
    ours = {o for o in shapes.objects() if str(o).startswith((ZX, "https://w3id.org/zhengxie/concept/"))}
    assert ours <= known, ours - known


def test_every_class_and_every_property_has_a_shape(shapes, ontology, terms):
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert classes == set(shapes.objects(None, SH.targetClass))
    assert terms - classes <= set(shapes.objects(None, SH.path)), terms - classes - set(shapes.objects(None, SH.path))


def test_every_shape_that_can_fail_says_in_chinese_what_to_do(shapes):
    targeted = set(shapes.subjects(SH.targetClass))
    reported = {part for shape in targeted for part in shapes.objects(shape, SH.property)}
    reported |= {shape for shape in targeted if (shape, SH["or"], None) in shapes}
    for shape in reported:
        [message] = shapes.objects(shape, SH.message)
        assert re.search("[\u4e00-\u9fff]", message), shape
        assert "；" in message or "：" in message or "必须是" in message or "只能" in message, message


def test_the_shapes_are_good_shacl(shapes):
    conforms, _, report = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, report


def test_every_value_in_the_lexicon_is_in_its_list():
    rows = lexicon.load(lexicon_dir())
    values = {("capacity", post.capacity) for post in rows.posts}
    values |= {("initiativeKind", suffix.kind) for suffix in rows.initiative_suffixes}
    values |= {("category", theme.wuwei) for theme in rows.themes}
    values |= {(s, form.id) for form in rows.consultation_forms for s in ("consultationForm", "taskKind")}
    for scheme, label in sorted(values):
        assert vocab.concept(scheme, label)


DOCS = Path(__file__).parent.parent / "docs"


def test_the_picture_is_what_its_generator_draws_and_has_every_class(ontology):
    made = runpy.run_path(str(DOCS / "make_ontology_picture.py"))["picture"]()
    assert (DOCS / "ontology.svg").read_text(encoding="utf-8") == made, "run python docs/make_ontology_picture.py"
    told = {text.text for text in ElementTree.fromstring(made).iter("{http://www.w3.org/2000/svg}text")}
    for term in ontology.subjects(RDF.type, OWL.Class):
        assert vocab.compact(str(term)) in told
        assert str(next(o for o in ontology.objects(term, RDFS.label) if o.language == "zh")) in told


def test_nothing_of_the_picture_runs_out_of_it():
    picture = ElementTree.fromstring((DOCS / "ontology.svg").read_text(encoding="utf-8"))
    width, height = map(float, picture.get("viewBox").split()[2:])
    for text in picture.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 < float(text.get("x")) < width
        assert 0 < float(text.get("y")) < height


def test_the_page_is_what_its_generator_makes():
    made = runpy.run_path(str(DOCS / "make_ontology_page.py"))["page"]()
    assert (DOCS / "ontology.md").read_text(encoding="utf-8") == made, "run python docs/make_ontology_page.py"
