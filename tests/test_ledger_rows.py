"""The rows say of each proposal what the texts said, whichever of them said it, and keep apart what they dispute."""

from __future__ import annotations

from functools import cache

import ledger_graphs
import ledgers
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg import network, vocab
from kg.ledger import ROLES, Row, gb_order, read_ledger
from kg.store import in_memory

COUNT = 120
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in vocab.PREFIXES.items())


@cache
def listed() -> list[ledgers.Proposal]:
    return ledgers.proposals(COUNT)


def of_a_ledger() -> Store:
    return ledger_graphs.of_a_ledger(COUNT)


def rows() -> dict[str, Row]:
    return {row.title: row for row in read_ledger(of_a_ledger())}


def of_facts(facts: str) -> dict[str, Row]:
    """The rows of a graph that states these facts, in Turtle."""
    base = vocab.BASE + "id/"
    graph = vocab.facts_graph("山南-2031")
    stated = list(parse(PREFIXES + facts, format=RdfFormat.TURTLE, base_iri=base))
    lines = [f"{t.subject} {t.predicate} {t.object} {graph} ." for t in stated]
    quads = [*parse("\n".join(lines), format=RdfFormat.N_QUADS), *vocab.ontology_quads()]
    return {row.title: row for row in read_ledger(in_memory(quads))}


def test_a_ledger_comes_back_as_it_was_put_in() -> None:
    found = rows()
    assert set(found) == {p.title for p in listed()}
    for put in listed():
        row = found[put.title]
        in_full = [body.replace("区", "山南区", 1) for body in (put.lead, *put.co) if body]
        assert (row.number, row.position, row.statuses) == (put.number, put.position, (put.status,))
        assert (row.categories, row.category_computed) == ((put.category,), False)
        assert sorted(h.label for h in row.handlers) == sorted(in_full)
        assert [h.label for h in row.handlers if h.role == "主办"] == in_full[:1]
        assert [(s.label, s.term, s.ordinal) for s in row.sessions] == [(ledgers.SESSION, 3, 2)]
        assert row.committee is not None and row.committee.label == ledgers.COMMITTEE
        assert (row.key, [s.label for s in row.supervisors]) == (bool(put.leader), [put.leader] if put.leader else [])
        assert [h.label for h in row.honours] == [ledgers.HONOUR] * put.honoured
        assert [n.label for n in row.merged_into] == ([] if put.into is None else [listed()[put.into].title])


def test_replies_keep_the_outcome_as_it_is_written() -> None:
    found = rows()
    for put in listed():
        said = [(r.date, r.as_written, r.feedback) for r in found[put.title].replies]
        assert said == ([(put.replied.isoformat(), put.outcome, put.feedback)] if put.replied else [])


def test_members_count_for_their_seats_and_the_first_of_joint_ones_comes_first() -> None:
    found = rows()
    for put in listed():
        row = found[put.title]
        if put.collective:
            continue
        assert {e.label for e in row.counts_for} == {m.seat for m in put.proposers}
        assert row.proposers[0].label == put.proposers[0].name
        assert (row.first is None) == (len(put.proposers) == 1)


def test_a_row_counts_for_the_same_ends_as_the_record_of_the_network() -> None:
    found = {row.iri: row for row in read_ledger(of_a_ledger())}
    records = [r for r in network.read_records(of_a_ledger()) if r.frame.channel == "proposals"]
    assert {r.iri for r in records} == set(found)
    for record in records:
        row = found[record.iri]
        assert set(row.counts_for) == {e for agent in record.agents for e in agent if e.kind in ("sector", "party")}
        assert (row.themes, row.main_theme) == (record.themes, record.main)
        assert record.frame.list_kind in row.list_kinds and record.frame.committee == row.committee


def test_a_category_that_only_the_theme_gives_is_marked() -> None:
    without = Store()
    without.bulk_extend(of_a_ledger().quads_for_pattern(None, None, None, None))
    written = list(without.quads_for_pattern(None, vocab.expand("zx:rule"), None, None))
    for quad in written:
        without.remove(quad)
    assert all(row.category_computed for row in read_ledger(without))


def test_what_texts_dispute_is_kept_and_what_none_says_is_empty() -> None:
    found = of_facts(
        """
        <proposal/1> a zx:Proposal ; dcterms:title "关于夜校的建议"@zh ; zx:number "7", "12" ;
            zx:category <../concept/category/文化建设>, <../concept/category/社会建设> ;
            zx:listKind <../concept/listKind/全部立案>, <../concept/listKind/优秀> ;
            zx:submittedTo <session/2>, <session/10> ; zx:handler <organization/甲>, <organization/乙> ;
            zx:leadHandler <organization/乙> .
        <proposal/2> a zx:Proposal ; skos:prefLabel "关于路灯的建议"@zh .
        <session/10> a zx:Session ; skos:prefLabel "十次"@zh ; zx:term 3 ; zx:ordinal 10 .
        <session/2> a zx:Session ; skos:prefLabel "二次"@zh ; zx:term 3 ; zx:ordinal 2 ;
            schema:startDate "2031-02-03"^^xsd:date .
        <organization/甲> a zx:Organization ; skos:prefLabel "甲局"@zh .
        <organization/乙> a zx:Organization ; skos:prefLabel "乙局"@zh .
        """
    )
    both, bare = found["关于夜校的建议"], found["关于路灯的建议"]
    assert (both.number, both.categories, both.list_kinds) == ("12、7", ("文化建设", "社会建设"), ("优秀", "全部立案"))
    assert [s.label for s in both.sessions] == ["二次", "十次"]  # by number, not by name
    assert both.years == (2031,)
    assert [(h.label, h.role) for h in both.handlers] == [("乙局", "主办"), ("甲局", "承办")]
    assert bare.list_kinds == ("未知",)
    assert not (bare.number or bare.committee or bare.sessions or bare.proposers or bare.replies or bare.categories)
    assert not bare.category_computed


def test_rows_come_in_the_order_of_their_numbers_whatever_the_order_of_the_graph() -> None:
    ordered = read_ledger(of_a_ledger())
    numbered = [row.number for row in ordered if row.number]
    assert numbered == sorted(numbered)
    reversed_store = Store()
    reversed_store.bulk_extend(list(of_a_ledger().quads_for_pattern(None, None, None, None))[::-1])
    assert read_ledger(reversed_store) == ordered


def test_names_stand_as_in_a_chinese_list() -> None:
    assert sorted(["区水利局", "区财政局", "区教育局", "区审计局"], key=gb_order) == [
        "区财政局",
        "区教育局",
        "区审计局",
        "区水利局",
    ]
    assert all(isinstance(vocab.expand(predicate), NamedNode) for predicate in ROLES)
