"""Write docs/ontology.md from ontology/zhengxie.ttl and ontology/shapes.ttl: `python docs/make_ontology_page.py`.

A test makes the page again and compares, so that it never tells of an ontology that is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kg.resources import ontology_dir
from kg.vocab import PREFIXES, compact

PAGE = Path(__file__).parent / "ontology.md"
SCHEMA = Namespace(PREFIXES["schema"])

HEAD = """\
# The ontology

What the graph's terms mean, generated from [`ontology/zhengxie.ttl`](../ontology/zhengxie.ttl) and
[`ontology/shapes.ttl`](../ontology/shapes.ttl) by `python docs/make_ontology_page.py`: change those, not this page.

`zx:` is `https://w3id.org/zhengxie/ontology#`. It is a placeholder until w3id.org has accepted the redirect: the names
are stable, but the addresses don't answer yet. The ontology stays small: a term enters on the day a text gives it, with
a shape and a test.

![The classes and what ties them](ontology.svg)

An arrow that begins or ends at a coloured area means several of its classes: a proposer is a person, a sector or a
body. Left out are properties whose values are controlled lists, and the rarer ones: [the table](#properties) has them
all.

Facts and evidence stand in graphs of their own, `<document>#facts` and `<document>#evidence`; the vocabulary, the
thesaurus, the places and the computed ties in `https://w3id.org/zhengxie/graph/` followed by `ontology`, `thesaurus`,
`gazetteer`, `connections`. The default graph holds each triple of all of them but the evidence, once: ask there, and
evidence with GRAPH.
"""


def page() -> str:
    """The whole page as Markdown."""
    ontology, shapes = Graph(), Graph()
    ontology.parse(ontology_dir() / "zhengxie.ttl")
    shapes.parse(ontology_dir() / "shapes.ttl")
    parts = (HEAD, *_classes(ontology, shapes), *_properties(ontology), *_others(ontology), *_lists(ontology))
    return "\n".join(parts)


def _classes(ontology: Graph, shapes: Graph) -> Iterator[str]:
    yield "## Classes, and what each must keep to\n"
    yield "| class | zh | in short |\n|---|---|---|"
    for term in _sorted(ontology.subjects(RDF.type, OWL.Class)):
        zh, en = _text(ontology, term, RDFS.label, "zh"), _text(ontology, term, RDFS.comment, "en")
        heading = f"{compact(term)} {zh} ({_text(ontology, term, RDFS.label, 'en')})"
        yield f"| [`{compact(term)}`](#{_anchor(heading)}) | {zh} | {en} |"
    yield ""
    for term in _sorted(ontology.subjects(RDF.type, OWL.Class)):
        above = ", ".join(f"`{compact(parent)}`" for parent in _sorted(ontology.objects(term, RDFS.subClassOf)))
        zh, en = (_text(ontology, term, RDFS.label, language) for language in ("zh", "en"))
        yield f"### `{compact(term)}` {zh} ({en})\n"
        yield f"{_text(ontology, term, RDFS.comment, 'en')}"
        yield f"{_text(ontology, term, RDFS.comment, 'zh')}" + (f" Superclass: {above}." if above else "") + "\n"
        yield from (f"- {rule}" for rule in _rules(shapes, term))
        yield ""


def _anchor(heading: str) -> str:
    """The address that a heading has on the page: letters, digits and hyphens for blanks."""
    return "".join("-" if c == " " else c for c in heading.lower() if c.isalnum() or c in " -_")


def _rules(shapes: Graph, term: URIRef) -> list[str]:
    found = set()
    for shape in shapes.subjects(SH.targetClass, term):
        found |= {str(message) for message in shapes.objects(shape, SH.message)}
        for part in shapes.objects(shape, SH.property):
            found |= {str(message) for message in shapes.objects(part, SH.message)}
    return sorted(found)


def _properties(ontology: Graph) -> Iterator[str]:
    yield "## Properties\n"
    yield "| property | zh | en | from | to | meaning |\n|---|---|---|---|---|---|"
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in _sorted(term for kind in kinds for term in ontology.subjects(RDF.type, kind)):
        cells = (
            f"`{compact(term)}`",
            _text(ontology, term, RDFS.label, "zh"),
            _text(ontology, term, RDFS.label, "en"),
            _names(ontology, term, SCHEMA.domainIncludes),
            _names(ontology, term, SCHEMA.rangeIncludes) or "anything",
            f"{_text(ontology, term, RDFS.comment, 'zh')} {_text(ontology, term, RDFS.comment, 'en')}",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _others(ontology: Graph) -> Iterator[str]:
    yield "## Terms of other vocabularies, as they are called here\n"
    yield "| term | zh | en |\n|---|---|---|"
    declared = set(ontology.subjects(RDF.type))
    for term in _sorted(set(ontology.subjects(RDFS.label)) - declared):
        labels = (_text(ontology, term, RDFS.label, language) for language in ("zh", "en"))
        yield f"| `{compact(term)}` | {' | '.join(labels)} |"
    yield ""


def _lists(ontology: Graph) -> Iterator[str]:
    yield "## Controlled lists\n"
    yield (
        "A value is `https://w3id.org/zhengxie/concept/{list}/{name}`; a slash in a label is a hyphen in the name.\n"
        "The members of `sectorType` and `theme` come from the lexicon.\n"
    )
    for scheme in _sorted(ontology.subjects(RDF.type, SKOS.ConceptScheme)):
        values = _sorted(ontology.subjects(SKOS.inScheme, scheme))
        if not values:
            continue
        yield f"### `{_last(scheme)}` {_text(ontology, scheme, RDFS.label, 'zh')}\n"
        yield "| name | zh | en |\n|---|---|---|"
        for value in values:
            labels = (_text(ontology, value, SKOS.prefLabel, language) for language in ("zh", "en"))
            yield f"| `{_last(value)}` | {' | '.join(labels)} |"
        yield ""


def _sorted(terms: Iterable[Node]) -> list[URIRef]:
    return sorted(term for term in terms if isinstance(term, URIRef))


def _names(ontology: Graph, term: URIRef, predicate: URIRef) -> str:
    return ", ".join(f"`{compact(name)}`" for name in _sorted(ontology.objects(term, predicate)))


def _text(ontology: Graph, term: URIRef, predicate: URIRef, language: str) -> str:
    return next((str(o) for o in ontology.objects(term, predicate) if getattr(o, "language", "") == language), "")


def _last(iri: URIRef) -> str:
    return str(iri).rpartition("/")[2]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
