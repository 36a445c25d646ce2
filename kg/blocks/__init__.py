"""Lines → blocks → articles: headings, paragraphs, items, table rows and by-lines, told apart by their form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from kg.blocks.columns import is_list, name_lists
from kg.blocks.headers import headers_of
from kg.blocks.rows import rows_apart
from kg.clean import HAN, Crosses, item_width, join, lines, prose, repair, strip, title
from kg.lexicon import Confusion
from kg.model import Block, Document, Passage
from kg.traditional import read

_HEADING_LENGTH = 45
_NUMERALS = "一二三四五六七八九十"
_BULLET = re.compile(r"^(?:[-*+]\s+|[●•▪◦◆★·]\s*)+")
_POINT = re.compile(r"[●•▪◦◆★·]")
_INNER_BULLET = re.compile(r"\s[●•▪]\s*")
_NUMBER = re.compile(
    rf"^(?:[（(](?P<a>[{_NUMERALS}]{{1,3}}|\d{{1,2}})[)）]|(?P<b>[{_NUMERALS}]{{1,3}})、|(?P<c>\d{{1,2}})(?:[.．、](?!\d)|(?=\s)))\s*"
)
_BYLINE = re.compile(r"^(?:[■□▲△◆◇]\s*|[（(]?\s*(?:本报)?(?:见习|实习|通讯|特约|首席)?(?:记者|通讯员)[\s:：])")
_BYLINE_LENGTH = 60
_LEAD = re.compile(r"^(?:\d{1,2}月\d{1,2}日|近日|日前|昨[日天]|今[日天]|本报讯|(?:[^，,。]{0,8}讯[\s(（]))")
_OPEN = re.compile(r"《[^》]*$|[（(][^（）()]*$")
"""A bracket or a title that the words do not close."""
_SENTENCE_END = "。!?！？;；:："
_CLOSERS = '"”』」》)）…'


@dataclass(frozen=True, slots=True)
class Section:
    """An article's blocks, before what its facts need (year, committee) is known."""

    headline: Passage | None
    blocks: tuple[Block, ...]


def blocks(
    document: Document, crosses: Crosses, confusions: Sequence[Confusion], columns: Mapping[str, str] | None = None
) -> list[Block]:
    """The document's blocks in order, cleaned, each with the headings it stands under.

    `columns` is what a table's columns may be called → what they are: a line of such names begins a table laid out by
    blanks.
    """
    rough = rows_apart(read(lines(document)), partial(_line, document), columns or {}, partial(_laid_out, document))
    rough = name_lists(_join_columns(_headings_apart(rough)))
    gathered = _items(rough)
    widths = _widths(gathered, crosses)
    cleaned = [_clean(b, crosses, confusions, w) for b, w in zip(gathered, widths, strict=True)]
    filled = [b for b in cleaned if any(cell.text for cell in b.cells)]  # a line of a bullet alone is none
    placed = [replace(b, region=document.region(b.span.start)) for b in filled] if document.regions else filled
    return _under(headers_of(placed))


def sections(found: Sequence[Block]) -> list[Section]:
    """Blocks gathered into articles.

    An article begins with a heading that a by-line follows, with a by-line that no heading comes before, or with a
    heading that is followed by the opening of a news report (`2月2日上午，…`, `本报讯`). The page's first block begins
    the first.
    """
    starts = [i for i in range(len(found)) if i == 0 or _begins_article(found, i)]
    parts = []
    for start, end in pairwise([*starts, len(found)]):
        part = tuple(found[start:end])
        head = part[0].passage if part[0].kind == "heading" else None
        parts.append(Section(head, part))
    return parts


def _begins_article(found: Sequence[Block], i: int) -> bool:
    block, after = found[i], found[i + 1] if i + 1 < len(found) else None
    if block.kind == "byline":
        return found[i - 1].kind != "heading"
    if block.kind != "heading" or block.number is not None or after is None:
        return False
    return after.kind == "byline" or (after.kind == "paragraph" and bool(_LEAD.match(after.passage.text)))


def _laid_out(document: Document, line: Passage) -> str:
    """What the source says that a line is."""
    region = document.region(line.at[0]) if document.regions else None
    return region.kind if region else ""


def _line(document: Document, passage: Passage) -> Block:
    """One line as its source calls it, else by its form alone."""
    said = _laid_out(document, passage)
    if said == "heading":
        number = _NUMBER.match(passage.text)
        return Block("heading", (passage,), number=_value(number) if number else None)
    if said in {"caption", "item"}:
        return Block(said, (passage,))
    block = _by_form(passage)
    return Block("paragraph", (passage,)) if said == "paragraph" and block.kind == "heading" else block


def _by_form(passage: Passage) -> Block:
    """One line by its form; what a heading is shows only beside its neighbours' kinds."""
    if _BULLET.match(passage.text):
        return Block("item", (passage,))
    if _BYLINE.match(passage.text) and len(passage.text) <= _BYLINE_LENGTH:
        return Block("byline", (passage,))
    if _is_heading(passage.text):
        number = _NUMBER.match(passage.text)
        return Block("heading", (passage,), number=_value(number) if number else None)
    return Block("paragraph", (passage,))


def _is_heading(text: str) -> bool:
    body = text.rstrip(_CLOSERS)
    return len(text) <= _HEADING_LENGTH and not (set(body[-1:]) & set("。；;：:，,、")) and "。" not in body


def _headings_apart(found: list[Block]) -> list[Block]:
    """A numbered heading that shares its line with the paragraph below it becomes a block of its own."""
    parted: list[Block] = []
    for block in found:
        passage = block.passage
        number = _NUMBER.match(passage.text) if block.kind == "paragraph" else None
        blank = re.compile(r"\s").search(passage.text, number.end()) if number else None
        head = passage.text[: blank.start()] if blank else ""
        if number and blank and _is_heading(head) and not _OPEN.search(head) and len(head) - number.end() >= 6:
            rest = strip(passage.slice(blank.end(), len(passage.text)))
            heading = strip(passage.slice(0, blank.start()))
            parted += [Block("heading", (heading,), number=_value(number)), replace(block, cells=(rest,))]
        else:
            parted.append(block)
    return parted


def _join_columns(found: list[Block]) -> list[Block]:
    """A paragraph that a column's end cut in two is joined: it stops without a full stop, and a paragraph follows."""
    joined: list[Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if last and last.kind == block.kind == "paragraph" and _runs_on(last.passage.text, block.passage.text):
            joined[-1] = replace(last, cells=(join([last.passage, block.passage]),))
        else:
            joined.append(block)
    return joined


def _runs_on(text: str, following: str) -> bool:
    return (
        not is_list(text)
        and bool(re.match(rf"[{HAN}]", text[-1]))
        and bool(re.match(rf"[{HAN}，,、]", following))
        and "。" in following
    )


def _items(found: list[Block]) -> list[Block]:
    """List items without their bullets: two on one line are parted, and what runs over to the next line is joined."""
    items: list[Block] = []
    for block in found:
        if block.kind != "item":
            items.append(block)
            continue
        marker = _BULLET.match(block.passage.text)
        passage = block.passage.slice(marker.end() if marker else 0, len(block.passage.text))
        inner = _INNER_BULLET.search(passage.text)
        begun = bool(marker and _POINT.search(marker.group()))
        while inner:
            before = passage.slice(0, inner.start())
            if begun or not items or items[-1].kind != "item":
                items.append(Block("item", (before,)))
            else:  # `发展 ●强化…`: the end of the item above, then this one
                items[-1] = replace(items[-1], cells=(join([items[-1].passage, before]),))
            passage, begun = passage.slice(inner.end(), len(passage.text)), True
            inner = _INNER_BULLET.search(passage.text)
        for part in _numbered_apart(passage):
            number = _NUMBER.match(part.text)
            body = part.slice(number.end() if number else 0, len(part.text))
            items.append(Block("item", (strip(body),), number=_value(number) if number else None))
    return [_cut_off(b) for b in items]


def _numbered_apart(passage: Passage) -> list[Passage]:
    """`二、甲 三、乙` → two; only where the second number follows the first."""
    first = _NUMBER.match(passage.text)
    parts, start = [], 0
    while first:
        after = _value(first) + 1
        second = next(
            (
                m
                for m in re.finditer(rf"(?<=\s)[{_NUMERALS}]{{1,3}}、", passage.text)
                if m.start() > start and _numeral(m.group()[:-1]) == after
            ),
            None,
        )
        if second is None:
            break
        parts.append(strip(passage.slice(start, second.start())))
        start, first = second.start(), _NUMBER.match(passage.text[second.start() :])
    return [*parts, passage.slice(start, len(passage.text))]


def _cut_off(block: Block) -> Block:
    """An item whose 《 is never closed was cut off by the page."""
    if block.kind == "item" and block.passage.text.count("《") > block.passage.text.count("》"):
        return replace(block, truncated=True)
    return block


def _widths(found: Sequence[Block], crosses: Crosses) -> list[float | None]:
    """For each item the width of its list's lines; None for what is no item."""
    widths: list[float | None] = [None] * len(found)
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and found[end].kind == "item":
            end += 1
        if end > start:
            # The number that was taken off belongs to the line's width.
            width = item_width([b.passage for b in found[start:end]], crosses)
            widths[start:end] = [width] * (end - start)
        start = max(end, start + 1)
    return widths


def _clean(block: Block, crosses: Crosses, confusions: Sequence[Confusion], width: float | None) -> Block:
    if block.kind in {"paragraph", "item", "caption"}:
        cells = tuple(prose(c, crosses, width=width) for c in block.cells)
    elif block.kind == "byline":
        cells = block.cells
    else:
        cells = tuple(title(c, crosses) for c in block.cells)
    return replace(block, cells=tuple(repair(c, confusions) for c in cells))


def _under(found: list[Block]) -> list[Block]:
    """Each block with the headings above it: an unnumbered one, and below it a numbered one."""
    placed: list[Block] = []
    above: tuple[Passage, ...] = ()
    for block in found:
        if block.kind != "heading":
            placed.append(replace(block, under=above))
        elif block.number is None:
            placed.append(block)
            above = (block.passage,)
        else:
            placed.append(replace(block, under=above[:1]))
            above = (*above[:1], block.passage)
    return placed


def _value(number: re.Match[str]) -> int:
    text = number["a"] or number["b"] or number["c"]
    return int(text) if text.isdecimal() else _numeral(text)


def _numeral(text: str) -> int:
    """A Chinese numeral from 一 to 九十九.

    >>> _numeral("三十二")
    32
    """
    tens, ten, ones = text.rpartition("十")
    digits = {c: i for i, c in enumerate(_NUMERALS, start=1)}
    if not ten:
        return digits.get(text, 0)
    return 10 * digits.get(tens, 1) + digits.get(ones, 0)
