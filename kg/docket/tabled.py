"""Proposals that the rows of a table list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.background import Background
from kg.clean import row as row_of
from kg.clean import strip
from kg.docket import agents
from kg.docket.agents import Agents
from kg.docket.entry import OFFICIAL, Entry, form_of_list, session_of
from kg.model import Article, Passage
from kg.names import Names
from kg.sentences import Clause, whole
from kg.tables import Row, roles, rows

_BRACKETED = re.compile(r"\s*《(?P<title>.*)》\s*", re.DOTALL)
_TITLE = re.compile(r"\s*(?:《.{6,}》|关于.{4,}(?:建议案|建议|提案))\s*")
_POSITION = re.compile(r"[1-9]\d{0,2}")
_NUMBER = re.compile(OFFICIAL)


def find(article: Article, names: Names, background: Background) -> Iterator[Entry]:
    """Each row that lists a proposal, whatever the columns' order; also rows of a table without a header."""
    columns = background.lexicon.table_columns
    known = roles(columns)
    above = _above(article)
    for row in rows(article.blocks, columns):
        context = above[row.block.span.start]
        form = form_of_list(row.header, context)
        cells = row.cells if "title" in row.cells else _by_content(row, background)
        if form and "title" in cells and "".join(cells["title"].text.split()) not in known:
            yield _entry(row, cells, form, context, names, background)


def _above(article: Article) -> Mapping[int, tuple[Passage, ...]]:
    """Where a row begins → the headings and paragraphs above its table, the nearest first."""
    found: dict[int, tuple[Passage, ...]] = {}
    context: tuple[Passage, ...] = ()
    for block in article.blocks:
        if block.kind == "row":
            found[block.span.start] = context
        elif block.kind != "byline":
            context = (block.passage, *context)[:4]
    return found


def _entry(
    row: Row, cells: Mapping[str, Passage], form: str, above: tuple[Passage, ...], names: Names, background: Background
) -> Entry:
    title, session = session_of(whole(strip(cells["title"])), names)
    inner = _BRACKETED.fullmatch(title.text)
    position, number = _numbers(cells)
    return Entry(
        Clause(title.passage, *(title.start + at for at in inner.span("title"))) if inner else title,
        whole(row_of(row.block.cells)),
        form=form,
        listed=True,
        agents=_agents(cells, background),
        position=position,
        number=number,
        course=tuple((role, whole(strip(cell))) for role, cell in cells.items() if role not in _PARTS),
        above=above,
        submitted_to=session,
    )


_PARTS = {"title", "proposer", "joint", "position", "number"}


def _agents(cells: Mapping[str, Passage], background: Background) -> Agents:
    """The proposer's cell, and those who join in."""
    first, more = (agents.in_cell(cells[r], background) if r in cells else Agents() for r in ("proposer", "joint"))
    return Agents((*first.named, *(a for a in more.named if a not in first.named)), first.others or more.others)


def _numbers(cells: Mapping[str, Passage]) -> tuple[int | None, Clause | None]:
    """The place in the list and the official number: what heads a column 编号 is either."""
    position, number = cells.get("position"), cells.get("number")
    if position is not None:
        closed = strip(position)
        if _POSITION.fullmatch(closed.text.rstrip(".、．")):
            return int(closed.text.rstrip(".、．")), whole(strip(number)) if number else None
        number = number or (closed if _NUMBER.fullmatch(closed.text) else None)
    return None, whole(strip(number)) if number and re.search(r"\d", number.text) else None


def _by_content(row: Row, background: Background) -> Mapping[str, Passage]:
    """The cells of a row that no header names, by what they hold: the only title, the only cell of proposers."""
    cells = [c for c in row.block.cells if c.text.strip()]
    titles = [c for c in cells if _TITLE.fullmatch(c.text)]
    if len(titles) != 1 or row.header:
        return {}
    found = {"title": titles[0]}
    rest: Sequence[Passage] = [c for c in cells if c is not titles[0]]
    if rest and _POSITION.fullmatch(strip(rest[0]).text.rstrip(".、．")):
        found["position"], rest = rest[0], rest[1:]
    elif rest and _NUMBER.fullmatch(strip(rest[0]).text):
        found["number"], rest = rest[0], rest[1:]
    if len(rest) == 1 and agents.in_cell(rest[0], background).named:
        found["proposer"] = rest[0]
    return found
