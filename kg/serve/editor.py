"""What the query editor knows beforehand: prefixes, classes, properties and the saved questions."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.query import saved
from kg.resources import ontology_dir
from kg.vocab import BASE, PREFIXES, classes, ontology_quads

_PATH = NamedNode("http://www.w3.org/ns/shacl#path")


@cache
def vocabulary() -> dict[str, object]:
    """What the page is given: the `base` of IRIs, `prefixes`, `classes` and `properties` by IRI, and `questions`."""
    return {
        "base": BASE,
        "prefixes": PREFIXES,
        "classes": [node.value for node in classes()],
        "properties": sorted(_properties()),
        "questions": [{"name": one.name, "question": one.question, "text": one.text} for one in saved()],
    }


def _properties() -> set[str]:
    """Those that the ontology declares, and those of other vocabularies that its shapes speak of."""
    shapes = parse(path=str(ontology_dir() / "shapes.ttl"), format=RdfFormat.TURTLE)
    spoken = {t.object.value for t in shapes if t.predicate == _PATH and isinstance(t.object, NamedNode)}
    declared = {
        quad.subject.value
        for quad in ontology_quads()
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object.value.endswith("Property")
    }
    return spoken | declared
