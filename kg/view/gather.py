"""The store → plain records in memory, by SPARQL: all that a page shows, before anything is left out or masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg import vocab

Term = NamedNode | Literal

_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(vocab.PREFIXES.items()))

_TRIPLES = """
SELECT ?s ?p ?o WHERE { ?s a ?class ; ?p ?o . FILTER(STRSTARTS(STR(?class), STR(zx:))) }
"""
_VALUES = """
SELECT ?s ?label WHERE {
  { ?s a skos:Concept ; skos:prefLabel ?label } UNION { ?s rdfs:label ?label }
  FILTER(LANG(?label) = "zh")
}
"""
_ASSERTIONS = """
SELECT ?s ?p ?o ?evidence ?reading ?rule ?confidence ?corrected WHERE {
  GRAPH ?g { ?a a zx:Assertion ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zx:evidence ?evidence .
             OPTIONAL { ?a zx:reading ?reading } OPTIONAL { ?a zx:rule ?rule }
             OPTIONAL { ?a zx:confidence ?confidence } OPTIONAL { ?a zx:correctedBy ?corrected } }
}
"""
_MENTIONS = """
SELECT ?entity ?document ?begin ?end ?words WHERE {
  GRAPH ?g { ?m a zx:Mention ; nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:endIndex ?end ;
             nif:anchorOf ?anchor ; itsrdf:taIdentRef ?entity .
             OPTIONAL { ?m zx:reading ?reading } BIND(COALESCE(?reading, ?anchor) AS ?words) }
}
"""


_LAID_OUT = """
SELECT ?evidence ?p ?value WHERE {
  GRAPH ?g { ?evidence ?p ?value } FILTER(?p IN (zx:locator, zx:columns))
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where words stand: a document's IRI and a stretch of its stored text."""

    document: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """A sentence that states a fact, and how the fact was read out of it."""

    place: Place
    rule: str
    confidence: str
    """The rule's measured precision, 0 … 1; empty where none was measured."""
    corrected: bool
    """Whether a person made or changed it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the graph."""

    iri: str
    name: str
    """Its file's name."""
    title: str
    text: str
    date: str = ""
    """As precise as known; empty where no text says."""


@dataclass(slots=True)
class Records:
    """What the store says, by the IRI of the thing it says it of."""

    kinds: dict[str, str] = field(default_factory=dict)
    """Local name of the class of each named thing, post, statement …"""
    values: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    """Subject → compact property → its values, sorted."""
    labels: dict[str, str] = field(default_factory=dict)
    """Chinese names of properties, classes and the values of controlled lists."""
    evidence: dict[tuple[str, str, str], list[Place]] = field(default_factory=dict)
    """(subject, compact property, object as N-Triples) → the sentences that state it."""
    proofs: dict[tuple[str, str, str], list[Proof]] = field(default_factory=dict)
    """The same, with how each sentence was read."""
    readings: dict[Place, str] = field(default_factory=dict)
    """The words of a sentence as they are read, where a rule says so."""
    locators: dict[Place, str] = field(default_factory=dict)
    """Where a source that is laid out has the words: its page and column, its sheet and row."""
    columns: dict[Place, list[str]] = field(default_factory=dict)
    """For words out of a table's row the names of its columns."""
    mentions: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)
    """Entity → where it is named and with which words, in reading order."""
    sources: dict[str, Source] = field(default_factory=dict)

    holders: dict[str, list[str]] = field(default_factory=dict)
    """Post → whose it is."""

    def all(self, subject: str, prop: str) -> list[Term]:
        """Every value of a property."""
        return self.values.get(subject, {}).get(prop, [])

    def texts(self, subject: str, prop: str) -> list[str]:
        """The literals of a property that are not in another language than Chinese."""
        return [
            v.value
            for v in self.all(subject, prop)
            if isinstance(v, Literal) and (v.language is None or v.language.startswith("zh"))
        ]

    def links(self, subject: str, prop: str) -> list[str]:
        """The IRIs of a property's values."""
        return [v.value for v in self.all(subject, prop) if isinstance(v, NamedNode)]

    def post(self, affiliation: str) -> list[str]:
        """What a post is called beside its body."""
        return self.texts(affiliation, "zx:post") or self.texts(affiliation, "zx:role")

    def of_kind(self, kind: str) -> list[str]:
        """The IRIs of a class, sorted."""
        return [iri for iri, k in self.kinds.items() if k == kind]


def gather(store: Store) -> Records:
    """Read everything that a page shows from the default graph, and its evidence from the evidence graphs."""
    records = Records(labels=_labels(store))
    zx = vocab.PREFIXES["zx"]
    found: defaultdict[str, defaultdict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for s, p, o in _rows(store, _TRIPLES):
        found[s.value][vocab.compact(p.value)].add(o)
    for subject in sorted(found):
        classes = sorted(o.value for o in found[subject]["rdf:type"] if o.value.startswith(zx))
        records.kinds[subject] = classes[0].removeprefix(zx)
        records.values[subject] = {p: sorted(found[subject][p], key=_order) for p in sorted(found[subject])}
    for iri in records.of_kind("Document"):
        records.sources[iri] = Source(
            iri,
            "、".join(sorted(records.texts(iri, "dcterms:source"))),
            _first(records.texts(iri, "dcterms:title")),
            _first(records.texts(iri, "nif:isString")),
            max(records.texts(iri, "dcterms:date"), default=""),
        )
    for person in records.of_kind("Person"):
        for post in records.links(person, "zx:affiliation"):
            records.holders.setdefault(post, []).append(person)
    _evidence(store, records)
    _mentions(store, records)
    return records


def _evidence(store: Store, records: Records) -> None:
    proofs: defaultdict[tuple[str, str, str], set[Proof]] = defaultdict(set)
    for s, p, o, evidence, reading, rule, confidence, corrected in _rows(store, _ASSERTIONS):
        span = vocab.offsets(evidence.value)
        if span is None or span[0] not in records.sources:
            continue
        place = Place(*span)
        proof = Proof(place, rule.value if rule else "", confidence.value if confidence else "", corrected is not None)
        proofs[s.value, vocab.compact(p.value), str(o)].add(proof)
        if reading is not None:
            records.readings[place] = reading.value
    for evidence, p, value in _rows(store, _LAID_OUT):
        span = vocab.offsets(evidence.value)
        if span is not None and vocab.compact(p.value) == "zx:locator":
            records.locators[Place(*span)] = value.value
        elif span is not None:
            records.columns[Place(*span)] = value.value.split("\t")
    records.proofs = {key: sorted(proofs[key]) for key in sorted(proofs)}
    records.evidence = {key: sorted({proof.place for proof in found}) for key, found in records.proofs.items()}


def _mentions(store: Store, records: Records) -> None:
    found: defaultdict[str, set[tuple[Place, str]]] = defaultdict(set)
    for entity, document, begin, end, words in _rows(store, _MENTIONS):
        if document.value in records.sources:
            found[entity.value].add((Place(document.value, int(begin.value), int(end.value)), words.value))
    records.mentions = {entity: sorted(found[entity]) for entity in sorted(found)}


def _labels(store: Store) -> dict[str, str]:
    return {s.value: label.value for s, label in sorted(_rows(store, _VALUES), key=lambda row: str(row[1]))}


def _rows(store: Store, query: str) -> Iterator[tuple[Term, ...]]:
    answer = store.query(_PREFIXES + query)
    assert isinstance(answer, QuerySolutions)  # a SELECT has solutions
    for solution in answer:
        yield tuple(solution)


def _order(term: Term) -> tuple[int, str]:
    """Integers by their value, everything else by its text."""
    number = isinstance(term, Literal) and term.datatype.value.endswith("#integer")
    return (int(term.value), "") if number else (0, str(term))


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""
