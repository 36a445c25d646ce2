"""The same proposals in five ledgers, laid out and worded in five ways, are the same graph, and all that was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import ledgers
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import identity, resolve, triples, vocab
from kg.background import Background
from kg.extract import extract
from kg.model import Document, Facts, Region, Span
from kg.resources import lexicon_dir

Layout = Callable[[Sequence[ledgers.Proposal]], ledgers.Sheets]

FEW, MANY = 60, 1000
UNNAMED = ("Reply", "Honour")


@cache
def background() -> Background:
    return Background.of([lexicon_dir()])


@cache
def listed(count: int) -> list[ledgers.Proposal]:
    return ledgers.proposals(count)


def document(sheets: ledgers.Sheets) -> Document:
    """A ledger as a reader of workbooks hands it on: no line between its worksheets, but a region for each row."""
    raw, regions = "", []
    for name, rows in sheets:
        for n, row in enumerate(rows, start=1):
            line = "\t".join(row)
            regions.append(Region(Span(len(raw), len(raw) + len(line)), "row", sheet=name, row=n))
            raw += line + "\n"
    return Document("ledger", "ledger.xlsx", raw, "0" * 64, tuple(regions))


@cache
def facts(layout: Layout, count: int) -> Facts:
    return extract(document(layout(listed(count))), background())


def graph(stated: Facts) -> set[tuple[str, str, str]]:
    """What a ledger's graph says, without the document and its evidence; what has no name goes by its label.

    Names as written differ from ledger to ledger (`经济`, `经济界`), and so do the bodies and places that a title or a
    line above the table names and of which nothing is said.
    """
    resolved = resolve.resolve(stated, background().lexicon, background().gazetteer)
    (settled,) = identity.settle([resolved], background().lexicon).resolutions
    stating = vocab.facts_graph("ledger")
    quads = [q for q in triples.document_quads(settled, {}) if q.graph_name == stating]
    names = {vocab.expand(p) for p in ("rdf:type", "skos:prefLabel", "skos:altLabel", "foaf:name")}
    spoken_of = {end for q in quads if q.predicate not in names for end in (q.subject, q.object)}
    labels = {q.subject: q.object for q in quads if q.predicate == vocab.expand("skos:prefLabel")}
    whole, other_name = vocab.document("ledger"), vocab.expand("skos:altLabel")

    def named(node: object) -> str:
        if isinstance(node, Literal):
            return node.value
        assert isinstance(node, NamedNode)
        unnamed = any(f"/id/{kind}/" in node.value for kind in UNNAMED)
        label = labels[node] if unnamed else None
        return label.value if isinstance(label, Literal) else node.value

    def kept(quad: Quad) -> bool:
        return whole != quad.subject in spoken_of and quad.predicate != other_name

    return {(named(q.subject), vocab.compact(q.predicate.value), named(q.object)) for q in quads if kept(q)}


def said(stated: Facts) -> set[ledgers.Fact]:
    """The facts of its proposals, of those who propose them and of the replies, by names."""
    found = {
        (_written(f.subject), f.predicate, _written(f.object))
        for f in stated.facts
        if f.subject.kind in {"Proposal", "Person", "Reply"}
    }
    computed = {"zx:theme", "zx:mainTheme", "zx:proposerKind", "skos:prefLabel", "zx:affiliation"}
    return {fact for fact in found if fact[1] not in computed}


def _written(value: object) -> str:
    for attribute in ("name", "label"):
        if hasattr(value, attribute):
            return str(getattr(value, attribute))
    if hasattr(value, "parts"):
        return value.parts[1] if value.kind == "Honour" else f"对《{value.parts[0]}》的答复"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@pytest.mark.parametrize("layout", ledgers.LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_ledger_says_what_was_put_into_it_and_nothing_else(layout: Layout) -> None:
    assert said(facts(layout, FEW)) == ledgers.facts(listed(FEW))


@pytest.mark.parametrize("layout", ledgers.LAYOUTS[1:], ids=lambda layout: layout.__name__)
def test_two_layouts_are_one_graph(layout: Layout) -> None:
    assert graph(facts(layout, FEW)) == graph(facts(ledgers.LAYOUTS[0], FEW))


def test_a_thousand_proposals_are_one_graph_in_five_layouts() -> None:
    graphs = [graph(facts(layout, MANY)) for layout in ledgers.LAYOUTS]
    assert all(each == graphs[0] for each in graphs[1:])
    assert said(facts(ledgers.LAYOUTS[0], MANY)) == ledgers.facts(listed(MANY))


@pytest.mark.parametrize("layout", ledgers.LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_worksheet_ends_where_a_line_of_text_would_end_it_too(layout: Layout) -> None:
    plain = Document("ledger", "ledger.txt", ledgers.text(layout(listed(FEW))), "0" * 64)
    assert graph(extract(plain, background())) == graph(facts(layout, FEW))


@pytest.mark.parametrize("layout", ledgers.LAYOUTS, ids=lambda layout: layout.__name__)
def test_no_telephone_number_and_no_address_becomes_a_fact(layout: Layout) -> None:
    stated = facts(layout, FEW)
    values = {str(q.object) for q in triples.document_quads(_settled(stated), {}) if _is_fact(q)}
    kept = [v for v in values for p in listed(FEW) if p.phone in v or f"望江路{p.position}号" in v]
    assert not kept


def _settled(stated: Facts) -> resolve.Resolution:
    resolved = resolve.resolve(stated, background().lexicon, background().gazetteer)
    return identity.settle([resolved], background().lexicon).resolutions[0]


def _is_fact(quad: Quad) -> bool:
    """Whether a quad is none of the document's own text nor of its evidence."""
    return quad.graph_name == vocab.facts_graph("ledger") and quad.subject != vocab.document("ledger")


def test_a_worksheet_without_a_title_of_its_own_is_not_what_the_one_before_is() -> None:
    """A sheet of something else beside the ledger lists no proposals, whatever its columns are called."""
    rows = [["题目", "反映人", "联系电话"], ["关于加强学校周边停车管理的建议", "林知远", "13800000000"]]
    sheets = [*ledgers.plain(listed(FEW)), ("社情民意", [["社情民意信息采用情况", "", ""], *rows])]
    stated = extract(document(sheets), background())
    titles = {f.subject.name for f in stated.facts if f.predicate == "zx:form"}
    assert titles == {p.title for p in listed(FEW)}


def test_evidence_is_the_words_of_the_row() -> None:
    stated = facts(ledgers.LAYOUTS[0], FEW)
    raw = stated.document.raw
    for fact in stated.facts:
        if fact.rule == "proposer.cell":
            words = raw[fact.evidence.start : fact.evidence.end]
            assert "\n" not in words
            assert re.sub(r"\s", "", fact.object.name) in words or fact.object.kind != "Person"
