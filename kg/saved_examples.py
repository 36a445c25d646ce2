"""The saved questions as examples in the graph itself, so that other tools find them there.

Each is a `sh:SPARQLExecutable` with its text under `sh:select` and the question under `rdfs:comment`: the form of the
SIB's sparql-examples (https://github.com/sib-swiss/sparql-examples), which query editors list.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.query import Question, saved


def example_quads() -> Iterator[Quad]:
    """The quads of every saved question, in the graph of the questions; the text needs no prefix beside its own."""
    for one in saved():
        yield from _quads(one)


def _quads(one: Question) -> Iterator[Quad]:
    node = vocab.saved_question(one.name)
    for kind in ("sh:SPARQLExecutable", "sh:SPARQLSelectExecutable"):
        yield _quad(node, "rdf:type", vocab.expand(kind))
    yield _quad(node, "rdfs:label", Literal(one.name))
    yield _quad(node, "rdfs:comment", Literal(one.question, language="zh"))
    yield _quad(node, "rdfs:comment", Literal(one.english, language="en"))
    yield _quad(node, "sh:select", Literal(one.text))


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, vocab.expand(predicate), value, vocab.GRAPHS["questions"])
