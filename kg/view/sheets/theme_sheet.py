"""One theme: who proposed what on it and how it was answered, plans, cases and concerns, over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kg.ledger import gb_order
from kg.network.gaps import NO_PROPOSAL, NO_PROPOSAL_OR_CASE
from kg.view.sections import Cell, Note, Section, said
from kg.view.sheets import record_tables
from kg.view.sheets.material import Material, facts_section

_ABOUT: Final = ("zx:mainTheme", "zx:theme")
_KINDS: Final = {"Proposal": "提案", "ConsultationCase": "协商案例", "Task": "工作任务", "Statement": "发言"}
_IN_TABLES: Final = frozenset((prop, kind) for prop in _ABOUT for kind in _KINDS) | {("skos:broader", "Theme")}
_CITIZENS: Final = "群众"
_UNDATED: Final = "年份无记载"


def theme_sheet(material: Material, iri: str) -> Iterator[Section]:
    """The sections of a theme's sheet."""
    about = {kind: material.who_name(iri, kind, *_ABOUT) for kind in _KINDS}
    voices, others = _voices(material, about["Statement"])
    facts = [fact for fact in material.card(iri).facts if (fact.prop, fact.kind) not in _IN_TABLES]
    yield facts_section("基本情况", facts)
    yield _below(material, iri)
    yield _years(material, about)
    yield record_tables.proposals(material, "提案", about["Proposal"], *_answers(material, about["Proposal"]))
    yield _proposers(material, about["Proposal"])
    untouched = _untouched(material, iri)
    yield record_tables.tasks(material, "工作计划与任务", about["Task"], *untouched)
    yield record_tables.cases(material, "协商案例", about["ConsultationCase"])
    yield record_tables.statements(material, "群众关切", voices, *untouched)
    yield record_tables.statements(material, "其他发言", others)


def _voices(material: Material, statements: Sequence[str]) -> tuple[list[str], list[str]]:
    """What citizens said, and what others said."""
    voices = [s for s in statements if any(v.text == _CITIZENS for v in material.links(s, "zx:capacity"))]
    return voices, [s for s in statements if s not in voices]


def _untouched(material: Material, iri: str) -> list[Note]:
    """That no proposal was read on the theme or one below it, nor a case; which is not to say that there is none."""
    themes = [iri]
    for theme in themes:
        themes += [below for below in material.who_name(theme, "Theme", "skos:broader") if below not in themes]
    kinds = {
        kind for kind in ("Proposal", "ConsultationCase") for theme in themes if material.who_name(theme, kind, *_ABOUT)
    }
    if "Proposal" in kinds:
        return []
    return [Note(NO_PROPOSAL if kinds else NO_PROPOSAL_OR_CASE)]


def _below(material: Material, iri: str) -> Section:
    """The themes below it, with how many records are about each."""
    rows = tuple(
        (
            (material.link(theme),),
            *(_number(material, material.who_name(theme, kind, *_ABOUT), theme) for kind in _KINDS),
        )
        for theme in material.who_name(iri, "Theme", "skos:broader")
    )
    return Section("下位议题", "table", ("议题", *_KINDS.values()), rows)


def _number(material: Material, iris: Sequence[str], theme: str = "") -> Cell:
    return record_tables.count(material, iris, theme) if iris else ()


def _years(material: Material, about: dict[str, list[str]]) -> Section:
    """How many records of each kind, year by year; a record of several years stands in each."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, iris in about.items():
        for iri in iris:
            years = material.spoken(iri) if kind == "Statement" else material.years(iri)
            for year in years or (_UNDATED,):
                found[year][kind].append(iri)
    rows = tuple(
        (said(year if year == _UNDATED else f"{year}年"), *(_number(material, found[year][kind]) for kind in _KINDS))
        for year in sorted(found, key=lambda year: (year == _UNDATED, year))
    )
    notes = (Note("提案按届次或表彰的年份，任务按计划年份，发言按文本日期；各年的名单不一定齐全。"),) if rows else ()
    return Section("历年", "table", ("年份", *_KINDS.values()), rows, notes)


def _answers(material: Material, iris: Sequence[str]) -> list[Note]:
    answered = sum(bool(material.proposals[iri].replies) for iri in iris if iri in material.proposals)
    if not iris:
        return []
    return [Note("其中{n}件有答复记载", {"n": answered}) if answered else Note("答复：无记载")]


def _proposers(material: Material, iris: Sequence[str]) -> Section:
    """Which sectors, parties and others proposed on it; by name, since figures of several lists are not compared."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    labels: dict[str, str] = {}
    for row in material.in_order(iris):
        whose = row.counts_for or row.proposers
        for who in {w.iri: w for w in whose}.values():
            found[who.iri].append(row.iri)
            labels[who.iri] = who.label
    rows = tuple(
        ((material.link(who),), _number(material, found[who]))
        for who in sorted(found, key=lambda who: (gb_order(labels[who]), who))
    )
    notes = (Note("联名的各计一次；委员按文本写明的席位或党派计入，写不明的列本人。"),) if rows else ()
    return Section("提案方", "table", ("界别、党派或提案者", "提案"), rows, notes)
