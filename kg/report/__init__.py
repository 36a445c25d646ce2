"""The yearly review of a committee's proposal work: one section a file, one format a file.

`SECTIONS` and `FORMATS` are the registries: a new section or format is a module here and its line below. Sections know
nothing of the files that they become; formats know nothing of what the sections count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pyoxigraph import Store

from kg.ledger import Row, read_ledger
from kg.lexicon import Lexicon
from kg.network.counts import LEAST_RECORDS
from kg.report import agenda, handling, honours, page, proposing, questions, results, ties, word
from kg.report.document import NAME, Report
from kg.report.evidence import Evidence, Witness
from kg.report.parts import Part, Quote, Run, Section, Text, count, figures, reworded, said_once, sentence
from kg.report.scope import Scope, scope_of

SECTIONS: Final[tuple[tuple[str, Callable[[Scope], Iterator[Part]]], ...]] = (
    (proposing.TITLE, proposing.section),
    (handling.TITLE, handling.section),
    (results.TITLE, results.section),
    (questions.TITLE, questions.section),
)
"""Heading → what writes the section, in the order of the report."""

APPENDICES: Final[tuple[tuple[str, Callable[[Scope], Iterator[Part]]], ...]] = (
    (honours.TITLE, honours.section),
    (ties.TITLE, ties.section),
    (agenda.TITLE, agenda.section),
)
"""The same of what follows the report; the words behind it come last, in every format."""

FORMATS: Final[Mapping[str, Callable[[Report], bytes]]] = {
    "report.html": page.page,
    "report.docx": word.document,
}
"""File name → what makes its bytes."""


def report(
    store: Store,
    lexicon: Lexicon,
    *,
    committee: str = "",
    year: int | None = None,
    session: str = "",
    names: str = "masked",
) -> Report:
    """The review of what a graph has of a committee's proposals.

    Args:
        store: the graph, with its evidence.
        lexicon: the posts and surnames by which private citizens are known.
        committee: see `scope_of`, as for `year` and `session`.
        year: only this year.
        session: only this meeting.
        names: `full` shows the names of private citizens; with anything else they are masked.

    Raises:
        NotFound: nothing in the graph is called so, or of that year.

    """
    scope = scope_of(store, read_ledger(store), committee=committee, year=year, session=session)
    witness = Witness(store, lexicon, names)
    written = [
        *(Section(title, tuple(said_once(write(scope)))) for title, write in SECTIONS),
        *(Section(title, tuple(said_once(write(scope))), appendix=True) for title, write in APPENDICES),
    ]
    masked = [
        Section(s.heading, tuple(reworded(part, witness.masks.text) for part in s.parts), s.appendix) for s in written
    ]
    evidence = _evidence(scope, masked, witness)
    opening = Section("", tuple(_opening(scope, evidence)))
    return Report(
        title=f"{scope.name}{NAME}",
        subtitle="（初稿，由已录入材料汇总，待核定）",
        sections=(opening, *masked),
        evidence=evidence,
        left_out=scope.left_out,
    )


def _evidence(scope: Scope, sections: list[Section], witness: Witness) -> Evidence:
    """The words of every proposal, and of what else the figures count and the sentences quote."""
    parts = [part for section in sections for part in section.parts]
    named = {row.iri: _name(row) for row in scope.rows}
    for figure in figures(parts):
        for iri in figure.of:
            named.setdefault(iri, "")
    return witness.evidence(list(named.items()), (part.of for part in parts if isinstance(part, Quote)))


def _name(row: Row) -> str:
    return f"{row.title}（第{row.number}号）" if row.number else row.title


def _twice(scope: Scope) -> Iterator[Run]:
    """That proposals of several meetings with one title are one proposal of the graph."""
    several = [row.iri for row in scope.rows if len(row.sessions) > 1]
    if several:
        yield "同一案由见于几次会议名单的"
        yield count(several, "案由见于几次会议的提案")
        yield "件，图谱按一件处理，各次会议都计入，其承办、答复不能按会议分开，只能写“记载不一”。"


def _opening(scope: Scope, evidence: Evidence) -> Iterator[Part]:
    """What the report is about and how to read it; the first sentences are left to the writer."""
    yield Text(("（此处由撰稿人补写开头。）",), "blank")
    yield sentence(
        f"统计范围：{scope.committee.label if scope.committee else '材料未注明是哪个政协'}，",
        "、".join(frame.name for frame in scope.frames),
        f"。依据已录入的{len(evidence.sources)}份材料，出处见文末。",
        *scope.left_out,
        *_twice(scope),
        kind="note",
    )
    yield sentence(
        "读法：不同政协、不同会议、不同名单（全部立案、优秀、重点、节选、未注明）分别统计，不相加；材料没有写的写“无数据”，不写零；"
        f"不足{LEAST_RECORDS}件的只写件数，不写百分比，百分比按最大余数法取一位小数，合计为100.0%。"
        "带下划线的数字可以点开，看它数的是哪些提案、原文怎么写、在哪里。",
        kind="note",
    )
