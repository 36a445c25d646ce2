"""Pieces of WordprocessingML as text: runs, links, bookmarks, paragraphs, cells, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

LINK: Final = "1F5A92"
"""The colour of a link."""
BELOW_HEAD: Final = {"bottom": (6, "000000")}
ABOVE_SUM: Final = {"top": (6, "000000")}
BETWEEN: Final = {"top": (4, "D9D4C7")}
APART: Final = {"top": (36, "FFFFFF"), "bottom": (36, "FFFFFF")}
"""What keeps a bar apart from those above and below."""
NO_RULES: Final[Mapping[str, tuple[int, str]]] = {}
_BOLD: Final = "黑体"
_ILLEGAL: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without what XML 1.0 may not hold: control characters and lone surrogates."""
    return _ILLEGAL.sub("", text)


def _text(text: str) -> str:
    return escape(legal(text))


def run(text: str, *, bold: bool = False) -> str:
    """Words of one look.

    >>> run("甲 & 乙")
    '<w:r><w:t xml:space="preserve">甲 &amp; 乙</w:t></w:r>'
    """
    look = f'<w:rPr><w:rFonts w:eastAsia="{_BOLD}"/><w:b/></w:rPr>' if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{_text(text)}</w:t></w:r>' if text else ""


def link(anchor: str, text: str) -> str:
    """Words that lead to a bookmark."""
    look = f'<w:color w:val="{LINK}"/><w:u w:val="dotted"/>'
    words = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{_text(text)}</w:t></w:r>'
    return f'<w:hyperlink w:anchor={quoteattr(anchor)} w:history="1">{words}</w:hyperlink>'


def paragraph(style: str, content: str, *, align: str = "", keep: bool = False) -> str:
    """A paragraph; `keep` keeps it on one page with the next."""
    jc = f'<w:jc w:val="{align}"/>' if align else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}{jc}</w:pPr>{content}</w:p>'


def bookmark(name: str, number: int, content: str) -> str:
    """Words that a link may lead to; every bookmark has a number of its own."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def table_cell(
    content: str,
    width: int,
    *,
    span: int = 1,
    fill: str = "",
    rules: Mapping[str, tuple[int, str]] = NO_RULES,
    upright: bool = False,
) -> str:
    """A cell with its rules: the edge, how thick in eighths of a 磅, and the colour."""
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:color="{colour}"/>' for edge, (size, colour) in rules.items()
    )
    parts = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "",
        '<w:textDirection w:val="tbRlV"/>' if upright else "",
        '<w:vAlign w:val="center"/>' if not upright else "",
    )
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{content}</w:tc>"


def table_row(cells: str, *, head: bool = False, height: int = 0) -> str:
    """A row that no page's end divides; `head` comes again on each page."""
    least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{least}{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int], *edges: str) -> str:
    """A table of rows with a rule at these edges; widths in twentieths of a 磅."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = "".join(f'<w:{edge} w:val="single" w:sz="12" w:color="000000"/>' for edge in edges)
    margin = "".join(
        f'<w:{side} w:w="{twips}" w:type="dxa"/>'
        for side, twips in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"{f'<w:tblBorders>{borders}</w:tblBorders>' if borders else ''}"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margin}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
