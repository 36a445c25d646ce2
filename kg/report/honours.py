"""附一: the proposals that were honoured, a list for each honour, and who else of the committee was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg import vocab
from kg.ledger import Row, gb_order
from kg.network.facts import name
from kg.report.parts import NO_DATA, Cell, Figure, Part, Table, count, sentence
from kg.report.scope import Scope

TITLE: Final = "附一　优秀提案与表彰名单"


def section(scope: Scope) -> Iterator[Part]:
    """A list for each honour of the proposals in the scope, and for those of cases, people and bodies."""
    honours: dict[tuple[int, str], list[Row]] = {}
    for row in scope.rows:
        for honour in {(honour.year or 0, honour.label) for honour in row.honours}:  # told by several texts, it is one
            honours.setdefault(honour, []).append(row)
    others = _others(scope, {year for year, _ in honours})
    if not honours and not others:
        yield sentence("表彰名单：", NO_DATA, "。")
    for (_, label), rows in sorted(honours.items(), key=lambda item: (item[0][0], gb_order(item[0][1]))):
        yield sentence(f"{label}共", count((row.iri for row in rows), label), "件。")
        yield _list(label, rows)
    for label, iris in others:
        yield sentence(f"{label}共", count((iri for iri, _, _ in iris), label), "项。")
        lines = tuple(
            ((str(place),), (Figure(called, called, (iri,)),), (host or NO_DATA,))
            for place, (iri, called, host) in enumerate(iris, start=1)
        )
        yield Table(label, ("序号", "名称", "单位"), lines, frozenset({0}))


def _others(scope: Scope, years: set[int]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Honours that the committee gave to what is no proposal → IRI, name and host of each; of the report's years."""
    facts = scope.facts
    given: dict[tuple[int, str], list[tuple[str, str, str]]] = {}
    for iri, honours in sorted(facts["zx:honour"].items()):
        if vocab.expand("zx:Proposal").value in facts.of_thing(iri, "rdf:type"):
            continue
        for honour in honours:
            givers = [*facts.of_thing(honour, "zx:giver"), *facts.of_thing(honour, "zx:committee")]
            year = _year(scope.store, honour)
            if scope.committee and scope.committee.iri in givers and (year in years or not years):
                host = "、".join(name(scope.store, body) for body in facts.of_thing(iri, "zx:host"))
                given.setdefault((year, name(scope.store, honour)), []).append((iri, name(scope.store, iri), host))
    return [(label, given[year, label]) for year, label in sorted(given, key=lambda key: (key[0], gb_order(key[1])))]


def _year(store: Store, honour: str) -> int:
    quads = store.quads_for_pattern(NamedNode(honour), vocab.expand("zx:forYear"), None, DefaultGraph())
    return min((int(q.object.value[:4]) for q in quads if isinstance(q.object, Literal)), default=0)


def _list(label: str, rows: Sequence[Row]) -> Table:
    numbered = any(row.number for row in rows)
    lines: list[tuple[Cell, ...]] = []
    for place, row in enumerate(sorted(rows, key=_order), start=1):
        number: tuple[Cell, ...] = ((row.number or NO_DATA,),) if numbered else ()
        who = "、".join(who.label for who in row.proposers) or NO_DATA
        lines.append(((str(place),), *number, (Figure(row.title, row.title, (row.iri,)),), (who,)))
    head = ("序号", *(("编号",) if numbered else ()), "案由", "提案者")
    return Table(label, head, tuple(lines), frozenset({0}), whole=frozenset({1}) if numbered else frozenset())


def _order(row: Row) -> tuple[object, ...]:
    return (len(row.number), row.number, row.position or 0, gb_order(row.title))
