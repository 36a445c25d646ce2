"""Facts → quads: what a document states, with the words for each; and the vocabulary's own graphs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import Concept, Description, Fact, Mention, Month, Node, Object, Span, Theme, Year
from kg.resolve import Entity, Resolution
from kg.resources import PACKAGE
from kg.traditional import is_traditional

_RDF_TYPE = vocab.expand("rdf:type")
_XSD = vocab.PREFIXES["xsd"]
RULES = PACKAGE / "rules.csv"
"""Rule, how many of its facts were judged, and the share of them that were right."""
_TITLED = {"Proposal", "ConsultationCase", "Task"}
_CHINESE = {"zx:quote", "zx:role", "zx:post", "dcterms:title", "skos:prefLabel"}
"""Properties whose text is Chinese and says so."""


def document_quads(resolution: Resolution, precision: Mapping[str, float]) -> list[Quad]:
    """Every quad that one text gives rise to: its facts and its evidence.

    `precision` is the measured precision of a rule, where it was measured: the confidence that an assertion states.
    """
    return list(_DocumentGraph(resolution, precision).quads())


class _DocumentGraph:
    """The two graphs of one document."""

    def __init__(self, resolution: Resolution, precision: Mapping[str, float]) -> None:
        self.resolution, self.facts, self.precision = resolution, resolution.facts, precision
        self.document = vocab.document(self.facts.document.id)
        self.stated = vocab.facts_graph(self.facts.document.id)
        self.evidence = vocab.evidence_graph(self.facts.document.id)
        self.columns = dict(self.facts.columns)
        self.told: set[Span] = set()
        self.traditional = is_traditional(self.facts.document.raw)

    def quads(self) -> Iterator[Quad]:
        yield from self._description()
        for entity in self.resolution.entities.values():
            yield from self._entity(entity)
        for mention in self.facts.mentions:
            yield from self._mention(mention)
        for fact in self.facts.facts:
            yield from self._fact(fact)

    def _state(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, vocab.expand(predicate), value, self.stated)

    def _prove(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, vocab.expand(predicate), value, self.evidence)

    def _description(self) -> Iterator[Quad]:
        text = self.facts.document
        for kind in ("zx:Document", "nif:Context"):
            yield self._state(self.document, "rdf:type", vocab.expand(kind))
        for source in sorted({text.source, *(copy.source for copy in text.also)}):
            yield self._state(self.document, "dcterms:source", Literal(source))
        yield self._state(self.document, "zx:sha256", Literal(text.sha256))
        yield self._state(self.document, "nif:isString", Literal(text.raw))
        yield self._state(self.document, "dcterms:title", Literal(self.facts.title, language="zh"))
        yield from self._about(text.about)
        committee = self.resolution.entities.get(("Organization", self.facts.committee or ""))
        if committee:
            yield self._state(self.document, "zx:committee", iri(committee))

    def _about(self, about: Description) -> Iterator[Quad]:
        """What is known of the document beside its words."""
        if about.date:
            yield self._state(self.document, "dcterms:date", term("dcterms:date", about.date))
        if about.publisher:
            yield self._state(self.document, "dcterms:publisher", Literal(about.publisher, language="zh"))
        if about.url:
            yield self._state(self.document, "schema:url", Literal(about.url))

    def _entity(self, entity: Entity) -> Iterator[Quad]:
        node = iri(entity)
        yield self._state(node, "rdf:type", vocab.expand(f"zx:{entity.kind}"))
        yield self._state(node, "skos:prefLabel", Literal(entity.name, language="zh"))
        if entity.kind == "Person":
            yield self._state(node, "foaf:name", Literal(entity.name, language="zh"))
        if entity.kind in _TITLED:
            yield self._state(node, "dcterms:title", Literal(entity.name, language="zh"))
        for alias in entity.aliases:
            yield self._state(node, "skos:altLabel", Literal(alias, language="zh"))

    def _mention(self, mention: Mention) -> Iterator[Quad]:
        node = self._span(mention.span)
        anchor = self.facts.document.raw[mention.span.start : mention.span.end]
        yield self._prove(node, "rdf:type", vocab.expand("zx:Mention"))
        yield self._prove(node, "nif:referenceContext", self.document)
        yield self._prove(node, "nif:beginIndex", Literal(mention.span.start))
        yield self._prove(node, "nif:endIndex", Literal(mention.span.end))
        yield self._prove(node, "nif:anchorOf", Literal(anchor))
        yield self._prove(node, "itsrdf:taIdentRef", iri(self.resolution.of(mention)))
        if mention.reading and mention.reading != anchor:
            yield self._prove(node, "zx:reading", Literal(mention.reading))
            yield from self._as_written(mention, anchor)

    def _as_written(self, mention: Mention, anchor: str) -> Iterator[Quad]:
        """A name in a traditional text, as it stands there; blanks are the page's."""
        written = re.sub(r"\s", "", anchor)
        if self.traditional and written != re.sub(r"\s", "", mention.reading):
            node = iri(self.resolution.of(mention))
            yield self._state(node, "skos:altLabel", Literal(written, language="zh-Hant"))

    def _fact(self, fact: Fact) -> Iterator[Quad]:
        if isinstance(fact.subject, Node):
            yield from self._unnamed(fact.subject)
        yield from self._assertion(self._node(fact.subject), fact)
        if fact.predicate == "zx:listKind":  # the list is the document's; what stands in it is counted by it
            yield from self._assertion(self.document, fact)

    def _assertion(self, subject: NamedNode, fact: Fact) -> Iterator[Quad]:
        predicate, value, evidence = vocab.expand(fact.predicate), self._value(fact), self._span(fact.evidence)
        yield Quad(subject, predicate, value, self.stated)
        assertion = vocab.assertion(subject, predicate, value, evidence, fact.rule)
        yield self._prove(assertion, "rdf:type", vocab.expand("zx:Assertion"))
        yield self._prove(assertion, "rdf:subject", subject)
        yield self._prove(assertion, "rdf:predicate", predicate)
        yield self._prove(assertion, "rdf:object", value)
        yield self._prove(assertion, "zx:evidence", evidence)
        yield from self._laid_out(fact.evidence, evidence)
        yield self._prove(assertion, "zx:rule", Literal(fact.rule))
        yield self._prove(assertion, "zx:reading", Literal(fact.reading))
        if fact.rule in self.precision:
            confidence = Literal(f"{self.precision[fact.rule]:.2f}", datatype=NamedNode(f"{_XSD}decimal"))
            yield self._prove(assertion, "zx:confidence", confidence)

    def _laid_out(self, span: Span, evidence: NamedNode) -> Iterator[Quad]:
        """Where the source lays the words out, and for words of a table what its columns are called; once a span."""
        if span in self.told:
            return
        self.told.add(span)
        first, last = self.facts.document.region(span.start), self.facts.document.region(span.end - 1)
        places = [r.where for r in (first, last) if r and r.where]
        if places:
            yield self._prove(evidence, "zx:locator", Literal("—".join(dict.fromkeys(places))))
        if span in self.columns:
            yield self._prove(evidence, "zx:columns", Literal("\t".join(self.columns[span]), language="zh"))

    def _unnamed(self, node: Node) -> Iterator[Quad]:
        subject = self._node(node)
        yield self._state(subject, "rdf:type", vocab.expand(f"zx:{node.kind}"))
        if node.kind == "Affiliation" and node.parts[-1]:
            yield self._state(subject, "rdf:type", vocab.expand("org:Membership"))

    def _node(self, thing: Mention | Node) -> NamedNode:
        if isinstance(thing, Mention):
            return iri(self.resolution.of(thing))
        return vocab.unnamed(thing.kind, self.facts.document.id, *thing.parts)

    def _value(self, fact: Fact) -> NamedNode | Literal:
        if fact.predicate == "dcterms:title" and isinstance(fact.subject, Mention):
            return Literal(self.resolution.of(fact.subject).name, language="zh")
        if isinstance(fact.object, Mention | Node):
            return self._node(fact.object)
        return term(fact.predicate, fact.object)

    def _span(self, span: Span) -> NamedNode:
        return vocab.span(self.facts.document.id, span.start, span.end)


@cache
def measured_precision() -> dict[str, float]:
    """The precision of each rule that was measured on texts annotated by hand (`kg/rules.csv`, by `kg evaluate`)."""
    with RULES.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: float(row["precision"]) for row in csv.DictReader(file)}


def iri(entity: Entity) -> NamedNode:
    """The IRI of an entity."""
    return vocab.entity(entity.kind, *entity.key)


def term(predicate: str, value: Object) -> NamedNode | Literal:
    """A fact's value that is no entity, as an RDF term."""
    if isinstance(value, Concept):
        return vocab.concept(value.scheme, value.label)
    if isinstance(value, Theme):
        return vocab.entity("Theme", value.id)
    if isinstance(value, Year):
        return Literal(str(value.value), datatype=NamedNode(f"{_XSD}gYear"))
    if isinstance(value, Month):
        return Literal(value.isoformat(), datatype=NamedNode(f"{_XSD}gYearMonth"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=NamedNode(f"{_XSD}date"))
    if isinstance(value, str):
        return Literal(value, language="zh") if predicate in _CHINESE else Literal(value)
    if isinstance(value, bool | int):
        return Literal(value)
    raise TypeError(f"{predicate} has no value of this kind: {value!r}")


def thesaurus_quads(lexicon: Lexicon) -> Iterator[Quad]:
    """The themes with their tree and wordings, and the walks of life that sectors are typed by."""
    graph = vocab.GRAPHS["thesaurus"]

    def say(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, vocab.expand(predicate), value, graph)

    for row in lexicon.themes:
        theme = vocab.entity("Theme", row.id)
        yield say(theme, "rdf:type", vocab.expand("zx:Theme"))
        yield say(theme, "skos:inScheme", vocab.concept_scheme("theme"))
        yield say(theme, "skos:prefLabel", Literal(row.name, language="zh"))
        yield say(theme, "skos:prefLabel", Literal(row.en, language="en"))
        yield from (say(theme, "skos:altLabel", Literal(alias, language="zh")) for alias in row.aliases)
        yield say(theme, "zx:category", vocab.concept("category", row.wuwei))
        for above in row.broader[:1]:
            yield say(theme, "skos:broader", vocab.entity("Theme", above))
        for other in row.broader[1:]:
            yield say(theme, "skos:related", vocab.entity("Theme", other))
        if row.cap is not None:
            yield say(theme, "zx:capCode", Literal(row.cap))
        if row.cap_sub is not None:
            yield say(theme, "zx:capSubtopic", Literal(row.cap_sub))
    for walk in lexicon.sector_types:
        concept = vocab.concept("sectorType", walk.id)
        yield say(concept, "rdf:type", vocab.expand("skos:Concept"))
        yield say(concept, "skos:inScheme", vocab.concept_scheme("sectorType"))
        yield say(concept, "skos:prefLabel", Literal(walk.name, language="zh"))
        yield from (say(concept, "skos:altLabel", Literal(a, language="zh")) for a in (walk.short, *walk.aliases))


def gazetteer_quads(entities: Iterable[Entity], gazetteer: Gazetteer) -> Iterator[Quad]:
    """The divisions that the texts name and those that they lie in, each with its code and the one above it."""
    places = {e.code: iri(e) for e in entities if e.kind == "Place" and e.code}
    used = {step for code in places for step in gazetteer.chain(code)}
    nodes = places | {code: vocab.entity("Place", *gazetteer.key(code)) for code in used - places.keys()}
    graph = vocab.GRAPHS["gazetteer"]
    for code, node in sorted(nodes.items()):
        if code not in places:  # what a text names has its type and its names there
            yield Quad(node, _RDF_TYPE, vocab.expand("zx:Place"), graph)
            label = Literal(gazetteer.name(code), language="zh")
            yield Quad(node, vocab.expand("skos:prefLabel"), label, graph)
        yield Quad(node, vocab.expand("zx:divisionCode"), Literal(code), graph)
        if above := gazetteer.above(code):
            yield Quad(node, vocab.expand("dcterms:isPartOf"), nodes[above], graph)
