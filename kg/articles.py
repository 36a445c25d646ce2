"""Sections of a page → articles with what their facts need to be dated and placed: year, home division, committee."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.blocks import Section
from kg.dates import narrow
from kg.meetings.numbered import committees, meetings
from kg.model import Article, Document, Span, Year
from kg.names import Names

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!度)")
_FULL_DATE = re.compile(
    r"(?:^|[。！？!?（(\s讯电]|[^\s\d,，。]{1,6}[社网报台][^\d,，。]{0,8})((?:19|20)\d\d)年\d{1,2}月\d{1,2}日"
)
"""The full date that a text, a sentence or a dateline begins with: other ones are of what it tells of."""
_LOOKING_BACK = re.compile(r"回顾|总结|以来")


def articles(document: Document, sections: Sequence[Section], names: Names) -> list[Article]:
    """The articles of a document, in order."""
    page_year = _year_said(document) or _page_year(sections)
    term, said = _term(sections, names)
    return [
        Article(document, section.blocks, _own_year(section) or page_year, names.home, names.committee, term, said)
        for section in sections
    ]


def _year_said(document: Document) -> int | None:
    """The year that the text is of by what is known beside its words."""
    said = document.about.date
    return said.value if isinstance(said, Year) else said.year if said else None


def _term(sections: Sequence[Section], names: Names) -> tuple[int | None, tuple[Span, str] | None]:
    """The term of the text's committee, where all that the text says of it and of its meetings is of one."""
    said: list[tuple[int, Span, str]] = []
    for cell in (cell for section in sections for block in section.blocks for cell in block.cells):
        said += [
            (m.term, m.clause.span, m.clause.text)
            for m in meetings(cell, names)
            if m.committee == names.committee and m.term is not None
        ]
        if "届" in cell.text:
            said += [
                (term, cell.span(start, end), cell.text[start:end])
                for start, end, name, term in committees(cell.text)
                if name == names.committee
            ]
    if len({term for term, _, _ in said}) != 1:
        return None, None
    term, span, words = said[0]
    return term, (span, words)


def _own_year(section: Section) -> int | None:
    """The year of an article whose sentences begin with full dates of one year, the latest that it names."""
    texts = [narrow(cell.text) for block in section.blocks for cell in block.cells]
    years = {int(m[1]) for text in texts for m in _FULL_DATE.finditer(text)}
    latest = max((int(m[1]) for text in texts for m in _YEAR.finditer(text)), default=None)
    return latest if years == {latest} else None


def _page_year(sections: Sequence[Section]) -> int | None:
    """The year that the page is of: the latest that its headings name other than in looking back (`2023年工作回顾`)."""
    years = [
        int(m[1])
        for section in sections
        for block in section.blocks
        if block.kind == "heading" and not _LOOKING_BACK.search(block.passage.text)
        for m in _YEAR.finditer(block.passage.text)
    ]
    return max(years, default=None)
