"""The tables of records that several sheets have: proposals, cases, items of plans, statements, themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal

from kg.ledger import Row as Proposal
from kg.network.records import UNKNOWN
from kg.view.cards import literal_text
from kg.view.sections import Cell, Note, Row, Section, Value, said
from kg.view.sheets.material import Material

_PROPOSALS = ("届次", "编号", "案由", "提案者", "主要议题", "主办/会办", "结果", "重点/优秀")


def proposals(material: Material, title: str, iris: Iterable[str], *further: Note) -> Section:
    """Proposals in the ledger's order, with how many they are and in which lists they stand."""
    rows = material.in_order(iris)
    return Section(
        title, "table", _PROPOSALS, tuple(_proposal(material, row) for row in rows), (*_frames(rows), *further)
    )


def _proposal(material: Material, row: Proposal) -> Row:
    if row.iri not in material.rows:
        material.rows[row.iri] = _made(material, row)
    return material.rows[row.iri]


def _made(material: Material, row: Proposal) -> Row:
    iri = row.iri
    handlers: Cell = tuple(
        material.link(h.iri, "zx:handler", "zx:leadHandler", "zx:coHandler", "zx:separateHandler", of=iri)
        for h in row.handlers
    )
    marks = (*_key(material, iri), *(material.link(h.iri, "zx:honour", of=iri) for h in row.honours))
    return (
        tuple(material.link(s.iri, "zx:submittedTo", of=iri) for s in row.sessions),
        material.words(iri, "zx:number"),
        (material.title(iri),),
        tuple(material.link(who.iri, "zx:proposer", "zx:firstProposer", of=iri) for who in row.proposers),
        (material.link(row.main_theme.iri, "zx:mainTheme", "zx:theme", of=iri),) if row.main_theme else (),
        handlers,
        tuple(value for reply in row.replies for value in outcome(material, reply.iri)),
        marks,
    )


def _key(material: Material, iri: str) -> Cell:
    marks = [o for o in material.deck.records.all(iri, "zx:keyProposal") if o.value == "true"]
    return tuple(Value("重点提案", None, material.deck.stated((iri, "zx:keyProposal", mark))) for mark in marks)


def outcome(material: Material, reply: str) -> Cell:
    """What came of it, as the text writes it; what a letter or a phrase means where the text doesn't say it shortly."""
    written = material.words(reply, "zx:outcomeAsWritten")
    return written or material.links(reply, "zx:outcome")


def _frames(rows: Sequence[Proposal]) -> list[Note]:
    """How many proposals, and in which lists they stand; figures of several lists are never added up."""
    if not rows:
        return []
    kinds = Counter(kind for row in rows for kind in row.list_kinds if kind != UNKNOWN)
    notes = [Note("共{n}件", {"n": len(rows)})]
    for kind, n in sorted(kinds.items()):
        whole = n == len(rows)
        notes.append(Note("均见于“{kind}”名单" if whole else "其中{n}件见于“{kind}”名单", {"kind": kind, "n": n}))
    return notes


def cases(material: Material, title: str, iris: Sequence[str]) -> Section:
    """Cases of consultation, with who held them."""
    rows = tuple(
        (
            said("、".join(f"{year}年" for year in material.years(iri))),
            (material.title(iri),),
            material.links(iri, "zx:host"),
            material.links(iri, "zx:mainTheme"),
            material.links(iri, "zx:honour"),
        )
        for iri in iris
    )
    return Section(title, "table", ("年度", "案例", "主办单位", "主要议题", "表彰"), rows, _count("共{n}个", rows))


def tasks(material: Material, title: str, iris: Sequence[str], *further: Note) -> Section:
    """Items of plans and reviews."""
    rows = tuple(
        (
            tuple(
                Value(literal_text(year), None, material.deck.stated((iri, "zx:forYear", year)))
                for year in material.deck.records.all(iri, "zx:forYear")
                if isinstance(year, Literal)
            ),
            material.links(iri, "zx:taskKind"),
            (material.title(iri),),
            material.links(iri, "zx:mainTheme"),
            material.links(iri, "schema:actionStatus"),
            tuple(
                material.link(did, "zx:realises")
                for kind in ("ConsultationCase", "Session")
                for did in material.who_name(iri, kind, "zx:realises")
            ),
        )
        for iri in iris
    )
    columns = ("年度", "类型", "内容", "主要议题", "进展", "落实")
    return Section(title, "table", columns, rows, (*_count("共{n}项", rows), *further))


def statements(material: Material, title: str, iris: Sequence[str], *further: Note, speakers: bool = True) -> Section:
    """What was said, in whole."""
    rows = tuple(
        (
            material.links(iri, "zx:speaker") if speakers else (),
            material.links(iri, "zx:capacity"),
            material.links(iri, "zx:statementKind"),
            tuple(Value(v.text, material.deck.index.get(iri), v.quotations) for v in material.words(iri, "zx:quote")),
            material.links(iri, "zx:mainTheme"),
            material.links(iri, "zx:onBehalfOf"),
        )
        for iri in iris
    )
    columns = ("发言人", "身份", "类型", "原话", "主要议题", "代表")
    return Section(title, "table", columns, rows, (*_count("共{n}条", rows), *further))


def themes(material: Material, title: str, of: dict[str, Sequence[str]]) -> Section:
    """The themes of some records, with how many of each kind are about each; in the order of the thesaurus's names.

    Args:
        material: the graph.
        title: of the section.
        of: the column's heading → the records that it counts.

    """
    counted: dict[str, dict[str, list[str]]] = {}
    for heading, iris in of.items():
        for iri in iris:
            for theme in {t for p in ("zx:mainTheme", "zx:theme") for t in material.deck.records.links(iri, p)}:
                counted.setdefault(theme, {}).setdefault(heading, []).append(iri)
    known = sorted(theme for theme in counted if theme in material.deck.index)
    rows = tuple(
        (
            (material.link(theme),),
            *(count(material, counted[theme].get(heading, ()), theme) for heading in of),
        )
        for theme in sorted(known, key=lambda t: material.deck.index[t])
    )
    return Section(title, "table", ("议题", *of), rows)


def count(material: Material, iris: Sequence[str], theme: str = "") -> Cell:
    """How many records, with the words that state each; of a theme, the words that it was read from."""
    if not iris:
        return ()
    found: dict[int, None] = {}
    for iri in iris:
        value = material.link(theme, "zx:mainTheme", "zx:theme", of=iri) if theme else material.title(iri)
        found.update(dict.fromkeys(value.quotations))
    return (Value(str(len(iris)), None, tuple(found), counts=True),)


def _count(words: str, rows: Sequence[Row]) -> tuple[Note, ...]:
    return (Note(words, {"n": len(rows)}),) if rows else ()
