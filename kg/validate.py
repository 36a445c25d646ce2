"""What a graph breaks of its shapes, in sentences that name the text, the line and the words.

Two kinds of check. SHACL (`ontology/shapes.ttl`, run by pyshacl) looks at each thing by itself: what a proposal, a
session, a mention must have. What SHACL can't say is checked here: that a mention's words are exactly that slice of the
stored text, that no span leaves it, and that every fact of a text has its words.

A thing that several texts speak of is judged once, with all that they say of it. The store is read in chunks of
things, so that memory does not grow with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg import vocab
from kg.resources import ontology_dir
from kg.vocab import expand

if TYPE_CHECKING:
    import rdflib

Subject = NamedNode | BlankNode | Triple
Term = Subject | Literal

CHUNK: Final = 5000
"""How many things are handed to pyshacl at once: about 35,000 triples, some 70 MB."""

_TYPE: Final = expand("rdf:type")
_PROVEN_BY_A_MENTION: Final = frozenset(
    map(expand, ("rdf:type", "skos:prefLabel", "skos:altLabel", "foaf:name", "dcterms:title"))
)
"""An entity's type and names need no assertion: the mention that names it proves them."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong; `str()` is the one sentence that a person reads."""

    document: str
    """The id of the text that it comes from; empty for what no text states (a theme, a computed tie)."""
    line: int
    """The line of the stored text, from 1; 0 where no place in the text is known."""
    words: str
    """What the text calls it, as it is read."""
    message: str
    """What is wrong and what to do, in Chinese."""

    def __str__(self) -> str:
        where = f"{self.document}:{self.line}" if self.line else self.document
        return " ".join(part for part in (where, f"{self.words}:", self.message) if part).replace("\n", " ")


def validate_quads(quads: Iterable[Quad]) -> list[Finding]:
    """The findings of quads of named graphs, as a build has them before they are written."""
    store = Store()
    store.bulk_extend(quads)
    return validate(store)


def validate(store: Store) -> list[Finding]:
    """Everything that the graph in a store breaks, in the order of texts and lines; nothing twice.

    Importing rdflib and pyshacl takes 0.15 s or more of CPU time, 9,000 quads (a newspaper page) 0.4 s, 70,000 2.2 s.
    """
    findings = {finding for chunk in _chunks(_things(store)) for finding in _shape_findings(store, chunk)}
    for document in _documents(store):
        findings |= set(_evidence_findings(store, document))
    return sorted(findings)


# ---- SHACL -----------------------------------------------------------------------------------------------------------


def _things(store: Store) -> list[NamedNode]:
    """All that has a class of the ontology, in the order of their IRIs."""
    found = {
        quad.subject
        for kind in vocab.classes()
        for quad in store.quads_for_pattern(None, _TYPE, kind, None)
        if isinstance(quad.subject, NamedNode)
    }
    return sorted(found, key=lambda node: node.value)


def _chunks(things: list[NamedNode]) -> Iterator[list[NamedNode]]:
    rest = iter(things)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _shape_findings(store: Store, chunk: list[NamedNode]) -> Iterator[Finding]:
    import pyshacl  # with rdflib 150 ms or more, which only a validation needs
    from rdflib.namespace import SH

    conforms, report, _ = pyshacl.validate(
        _data_graph(store, chunk), shacl_graph=_shapes_graph(), inference="none", advanced=False, inplace=True
    )
    if conforms:
        return
    things = {thing.value for thing in chunk}
    for result in report.objects(None, SH.result):
        focus, path = report.value(result, SH.focusNode), report.value(result, SH.resultPath)
        if str(focus) in things:
            predicate = NamedNode(str(path)) if path else None
            message = str(report.value(result, SH.resultMessage))
            yield _finding(store, message, NamedNode(str(focus)), predicate=predicate)


def _data_graph(store: Store, chunk: list[NamedNode]) -> rdflib.Graph:
    """What the store says of these things, and of which class the things are that they point to."""
    quads = [quad for thing in chunk for quad in store.quads_for_pattern(thing, None, None, None)]
    known = set(chunk)
    beyond = sorted({q.object.value for q in quads if isinstance(q.object, NamedNode) and q.object not in known})
    types = (q for iri in beyond for q in store.quads_for_pattern(NamedNode(iri), _TYPE, None, None))
    kinds = ((q.subject, q.object) for q in quads if q.predicate == _TYPE)
    judged = (Triple(thing, _judged_as(kind), kind) for thing, kind in kinds if isinstance(kind, NamedNode))
    return _rdflib_graph((*quads, *types, *judged))


def _judged_as(kind: NamedNode) -> NamedNode:
    """A property that only what is to be judged has: what it points to has a class here too, and nothing else."""
    return NamedNode(f"urn:judged-as:{kind.value}")


def _shapes_graph() -> rdflib.Graph:
    """The shapes, in which each property shape of a class has what is judged of that class for its own target.

    That means the same, but pyshacl then reads a property shape once for all things, not once for each of them.
    """
    from rdflib.namespace import SH

    shapes = _rdflib_graph(parse(path=str(ontology_dir() / "shapes.ttl"), format=RdfFormat.TURTLE))
    for shape, kind in list(shapes.subject_objects(SH.targetClass)):
        for part in shapes.objects(shape, SH.property):
            shapes.add((part, SH.targetSubjectsOf, _rdflib_term(_judged_as(NamedNode(str(kind))))))
        shapes.remove((shape, SH.property, None))
    return shapes


def _rdflib_graph(triples: Iterable[Quad | Triple]) -> rdflib.Graph:
    import rdflib

    terms: dict[Term, rdflib.URIRef | rdflib.Literal] = {}

    def converted(term: Term) -> rdflib.URIRef | rdflib.Literal:
        if term not in terms:
            terms[term] = _rdflib_term(term)
        return terms[term]

    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((converted(triple.subject), converted(triple.predicate), converted(triple.object)))
    return graph


def _rdflib_term(term: Term) -> rdflib.URIRef | rdflib.Literal:
    from rdflib import Literal as RdflibLiteral
    from rdflib import URIRef

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if not isinstance(term, Literal):
        raise ValueError(f"neither an IRI nor a literal: {term}")
    if term.language:
        return RdflibLiteral(term.value, lang=term.language)
    return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)


# ---- Evidence --------------------------------------------------------------------------------------------------------


def _documents(store: Store) -> list[NamedNode]:
    found = {q.subject for q in store.quads_for_pattern(None, _TYPE, expand("zx:Document"), None)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)


def _evidence_findings(store: Store, document: NamedNode) -> Iterator[Finding]:
    text = _value(store, document, expand("nif:isString"))
    evidence = NamedNode(document.value + "#evidence")
    yield from _mention_findings(store, document, evidence, text)
    yield from _span_findings(store, document, evidence, text)
    yield from _fact_findings(store, document, evidence)


def _mention_findings(store: Store, document: NamedNode, evidence: NamedNode, text: str) -> Iterator[Finding]:
    """Mentions whose words are not that slice of the stored text."""
    for quad in store.quads_for_pattern(None, expand("nif:anchorOf"), None, evidence):
        mention = quad.subject
        if not (isinstance(mention, NamedNode) and isinstance(quad.object, Literal)):
            continue
        stated = tuple(_value(store, mention, expand(p)) for p in ("nif:beginIndex", "nif:endIndex"))
        named = vocab.offsets(mention.value)
        if named is None or (named[0], str(named[1]), str(named[2])) != (document.value, *stated):
            yield _finding(store, "提及的地址与起止位置不一致；请重新构建这份文本", mention)
        elif text[named[1] : named[2]] != quad.object.value:
            yield _finding(store, "提及的文字（nif:anchorOf）与原文此处不一致；请重新构建这份文本", mention)


def _span_findings(store: Store, document: NamedNode, evidence: NamedNode, text: str) -> Iterator[Finding]:
    """Assertions whose evidence is no stretch of this text."""
    for quad in store.quads_for_pattern(None, expand("zx:evidence"), None, evidence):
        at = vocab.offsets(quad.object.value) if isinstance(quad.object, NamedNode) else None
        inside = at is not None and at[0] == document.value and at[1] < at[2] <= len(text)
        if not inside and isinstance(quad.subject, NamedNode):
            message = "原文依据（zx:evidence）不在这份文本之内；请重新构建这份文本"
            yield _finding(store, message, quad.subject)


def _fact_findings(store: Store, document: NamedNode, evidence: NamedNode) -> Iterator[Finding]:
    """Facts of the text that no assertion gives words for, and things that nothing in it names."""
    asserted = {fact for graph in (evidence, vocab.GRAPHS["corrections"]) for fact in _asserted(store, graph)}
    named: set[Term] = {q.object for q in store.quads_for_pattern(None, expand("itsrdf:taIdentRef"), None, evidence)}
    named |= {end for subject, _, object_ in asserted for end in (subject, object_)}
    for quad in store.quads_for_pattern(None, None, None, NamedNode(document.value + "#facts")):
        if quad.subject == document or not isinstance(quad.subject, NamedNode):
            continue
        if quad.predicate == _TYPE and quad.subject not in named:
            message = "在文本中没有出处（既没有提及，也没有事实）；请重新构建这份文本"
            yield _finding(store, message, quad.subject, document=document)
        elif quad.predicate not in _PROVEN_BY_A_MENTION and (quad.subject, quad.predicate, quad.object) not in asserted:
            message = (
                f"事实（{vocab.compact(quad.predicate.value)}）没有原文依据；请重新构建这份文本，或在更正文件中说明来源"
            )
            yield _finding(store, message, quad.subject, document=document)


def _asserted(store: Store, graph: NamedNode) -> Iterator[tuple[Term, Term, Term]]:
    predicates, objects = (
        {q.subject: q.object for q in store.quads_for_pattern(None, expand(p), None, graph)}
        for p in ("rdf:predicate", "rdf:object")
    )
    for quad in store.quads_for_pattern(None, expand("rdf:subject"), None, graph):
        if quad.subject in predicates and quad.subject in objects:
            yield quad.object, predicates[quad.subject], objects[quad.subject]


# ---- Where a thing stands --------------------------------------------------------------------------------------------


def _finding(
    store: Store,
    message: str,
    thing: NamedNode,
    *,
    predicate: NamedNode | None = None,
    document: NamedNode | None = None,
) -> Finding:
    """The message with the first place of the text (or of the first text) that states `predicate` of the thing."""
    words = _words(store, thing)
    for span in _spans(store, thing, predicate):
        at = vocab.offsets(span)
        if at is not None and (document is None or at[0] == document.value):
            text = _value(store, NamedNode(at[0]), expand("nif:isString"))
            return Finding(_document_id(at[0]), text.count("\n", 0, at[1]) + 1, words, message)
    if document is None and any(store.quads_for_pattern(thing, _TYPE, expand("zx:Document"), None)):
        document = thing
    return Finding(_document_id(document.value) if document else "", 0, words, message)


def _spans(store: Store, thing: NamedNode, predicate: NamedNode | None) -> Iterator[str]:
    """The IRIs of spans that speak of a thing, the most telling first: of that very fact, of its name, of any fact."""
    if vocab.offsets(thing.value):
        yield thing.value
    yield from _evidence(store, [thing])
    assertions = [q.subject for q in store.quads_for_pattern(None, expand("rdf:subject"), thing, None)]
    if predicate is not None:
        yield from _evidence(store, [a for a in assertions if _states(store, a, predicate)])
    mentions = {q.subject for q in store.quads_for_pattern(None, expand("itsrdf:taIdentRef"), thing, None)}
    yield from sorted((m.value for m in mentions if isinstance(m, NamedNode)), key=_reading_order)
    yield from _evidence(store, assertions)


def _states(store: Store, assertion: Subject, predicate: NamedNode) -> bool:
    return any(store.quads_for_pattern(assertion, expand("rdf:predicate"), predicate, None))


def _evidence(store: Store, assertions: Iterable[Subject]) -> list[str]:
    found = {
        quad.object.value
        for assertion in assertions
        for quad in store.quads_for_pattern(assertion, expand("zx:evidence"), None, None)
        if isinstance(quad.object, NamedNode)
    }
    return sorted(found, key=_reading_order)


def _reading_order(span: str) -> tuple[str, int, int]:
    return vocab.offsets(span) or (span, 0, 0)


def _words(store: Store, thing: NamedNode) -> str:
    """What people call a thing: its title in 《》, its name, a mention's words; else the end of its IRI."""
    if title := _value(store, thing, expand("dcterms:title")):
        return f"《{title}》"
    for predicate in ("skos:prefLabel", "foaf:name", "zx:reading", "nif:anchorOf", "zx:quote", "zx:role"):
        if words := _value(store, thing, expand(predicate)):
            return words
    return unquote(thing.value.rpartition("/id/")[2])


def _value(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    """The literal that a property has, the Chinese one first; empty where there is none."""
    found = {q.object for q in store.quads_for_pattern(subject, predicate, None, None)}
    literals = sorted((o.language != "zh", o.value) for o in found if isinstance(o, Literal))
    return literals[0][1] if literals else ""


def _document_id(iri: str) -> str:
    return unquote(iri.rpartition("/")[2])
