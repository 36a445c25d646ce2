"""What the service and its dataset are, in RDF: SPARQL 1.1 Service Description, VoID and DCAT."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.serve.figures import Figures
from kg.vocab import BASE, PREFIXES

_PREFIXES = PREFIXES | {
    "dcat": "http://www.w3.org/ns/dcat#",
    "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N3", "TriG", "N-Quads"),
)
"""Names of the formats at http://www.w3.org/ns/formats/."""

WELL_KNOWN = "/.well-known/void"
_TITLE = "政协文本知识图谱"
_TITLE_EN = "A knowledge graph of CPPCC texts"


def service(origin: str, figures: Figures, form: RdfFormat) -> bytes:
    """The description of the endpoint; `origin` is the service's address without a path."""
    return _written(_service(origin, figures), form)


def dataset(origin: str, figures: Figures, form: RdfFormat) -> bytes:
    """The description of the dataset, for who wants to know what is in it and where to ask."""
    return _written(_dataset(origin, figures), form)


def _written(triples: Iterator[Triple], form: RdfFormat) -> bytes:
    return serialize(sorted(triples, key=str), format=form, prefixes=_PREFIXES) or b""


def _service(origin: str, figures: Figures) -> Iterator[Triple]:
    endpoint, whole = NamedNode(f"{origin}/sparql"), _about(origin, "dataset")
    yield _is(endpoint, "rdf:type", _term("sd:Service"))
    yield _is(endpoint, "sd:endpoint", endpoint)
    yield _is(endpoint, "sd:supportedLanguage", _term("sd:SPARQL11Query"))
    for name in _RESULTS:
        yield _is(endpoint, "sd:resultFormat", _term(f"formats:{name}"))
    yield _is(endpoint, "sd:defaultDataset", whole)
    yield _is(whole, "rdf:type", _term("sd:Dataset"))
    yield _is(whole, "sd:defaultGraph", _about(origin, "default"))
    yield from _graph(_about(origin, "default"), figures.graphs.get(""))
    named = sorted(set(figures.graphs) - {""})
    for number, iri in enumerate(named, start=1):
        graph, description = _about(origin, f"graph{number}"), _about(origin, f"description{number}")
        yield _is(whole, "sd:namedGraph", graph)
        yield _is(graph, "rdf:type", _term("sd:NamedGraph"))
        yield _is(graph, "sd:name", NamedNode(iri))
        yield _is(graph, "sd:graph", description)
        yield from _graph(description, figures.graphs[iri])


def _graph(graph: NamedNode, triples: int | None) -> Iterator[Triple]:
    yield _is(graph, "rdf:type", _term("sd:Graph"))
    if triples is not None:
        yield _is(graph, "void:triples", Literal(triples))


def _dataset(origin: str, figures: Figures) -> Iterator[Triple]:
    whole, access = _about(origin, "dataset"), _about(origin, "endpoint")
    for kind in ("void:Dataset", "dcat:Dataset"):
        yield _is(whole, "rdf:type", _term(kind))
    yield _is(whole, "dcterms:title", Literal(_TITLE, language="zh"))
    yield _is(whole, "dcterms:title", Literal(_TITLE_EN, language="en"))
    yield _is(whole, "void:sparqlEndpoint", NamedNode(f"{origin}/sparql"))
    yield _is(whole, "void:uriSpace", Literal(BASE))
    if figures.graphs:
        yield _is(whole, "void:triples", Literal(figures.graphs.get("", 0)))
    for prefix in ("zx", "dcterms", "foaf", "nif", "org", "prov", "schema", "skos"):
        yield _is(whole, "void:vocabulary", NamedNode(PREFIXES[prefix]))
    for number, (iri, things) in enumerate(sorted(figures.classes.items()), start=1):
        part = _about(origin, f"class{number}")
        yield _is(whole, "void:classPartition", part)
        yield _is(part, "void:class", NamedNode(iri))
        yield _is(part, "void:entities", Literal(things))
    yield _is(whole, "dcat:distribution", access)
    yield _is(access, "rdf:type", _term("dcat:Distribution"))
    yield _is(access, "dcat:accessURL", NamedNode(f"{origin}/sparql"))


def _about(origin: str, name: str) -> NamedNode:
    return NamedNode(f"{origin}{WELL_KNOWN}#{name}")


def _term(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode(_PREFIXES[prefix] + name)


def _is(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(subject, _term(predicate), value)
