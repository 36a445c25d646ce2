"""Tables as their header names the columns: each row's cells by what they are, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from kg.column_names import CONTACT, ColumnNames, closed, column_names
from kg.lexicon import Term
from kg.model import Block, Passage

_LONGEST_NAME = 16
_LONGEST_BREAK = 24
_LABELS = ("cell", "course")
_NOTHING = frozenset(
    {"", "无", "暂无", "空", "同上", "〃", '"', "″", "”", "/", "\\", "-", "—", "——", "–", "／", "－", "…"}
)
"""What a cell holds that says nothing; what stands for the cell above it is not filled in."""
_MARKED = re.compile(r"[√✓✔☑■●★1１YyＹ是]|[Yy]es|YES|[Tt]rue|TRUE")
"""What a cell holds where its column's name says all: `是`, `√`."""
_TOTAL = re.compile(r"(?:总计|合计|小计|共计|总数)(?:[:：（(\d].*)?")
_TITLE = re.compile(r"^(?:《|关于)|(?:建议|建议案)》?$")
_BREAK = re.compile(
    r"[-—–\s·]*(?:第?\s*\d{1,4}\s*页?(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页?)?)[-—–\s·]*|[（(]?[一二三四五六七八九十]{1,3}[)）、.．].*"
)
"""A line between two rows of one table: a page's number, a numbered heading."""
_LEVEL = re.compile(
    r"(?P<a>[一二三四五六七八九十]{1,3}[、.．])|(?P<b>[（(][一二三四五六七八九十]{1,3}[)）])|(?P<c>\d{1,2}[.、．])|(?P<d>[（(]\d{1,2}[)）])"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, by its header."""

    roles: tuple[str, ...]
    """What it is: ids of the lexicon; none where it is not known."""
    name: str
    """Its name without blanks; of a header of two lines the lower one."""
    upper: str = ""
    """The name in the header's upper line that it stands under."""
    words: Passage | None = None
    """The name where it stands."""
    is_value: bool = False
    """Whether its name is a value, which a mark in a cell gives (`满意` below `意见反馈`)."""

    def said(self, cell: Passage) -> Passage | None:
        """What a cell of the column says."""
        return (self.words if is_mark(cell.text) else None) if self.is_value else cell


@dataclass(frozen=True, slots=True)
class Row:
    """A row that lists something."""

    block: Block
    columns: tuple[Column, ...]
    """By the header above; empty where the table has none."""
    groups: tuple[Passage, ...] = ()
    """The rows of a single cell above it in its table, its heading or a group's, the nearest first."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def said(self) -> list[tuple[str, Column, Passage]]:
        """The cells that say something: (role, column, cell); for a column that is a value, its name as the cell."""
        return [
            (role, column, said)
            for column, cell in zip(self.columns, self.block.cells, strict=False)
            if cell.text.strip() not in _NOTHING and (said := column.said(cell))
            for role in column.roles
            if role != CONTACT
        ]

    @property
    def cells(self) -> dict[str, Passage]:
        """What a column is → the cell that says something; of several columns of one role the first such cell."""
        return {role: cell for role, _, cell in reversed(self.said)}


def is_mark(text: str) -> bool:
    """Whether a cell says no more than that its column's name holds.

    >>> is_mark("√"), is_mark("是"), is_mark("否")
    (True, True, False)
    """
    return bool(_MARKED.fullmatch(text.strip()))


@cache
def roles(columns: tuple[Term, ...]) -> dict[str, str]:
    """A column's name → what the column is, for the names that may also be a label in running text."""
    return {word: column.id for column in columns if column.kind in _LABELS for word in column.aliases}


def rows(blocks: Sequence[Block], columns: tuple[Term, ...]) -> Iterator[Row]:
    """Every row below a header, in the order of the text; a header that is repeated lists nothing.

    Rows under no header that names a column come too, with no columns.
    """
    reader = _Reader(column_names(columns))
    for table in _tables(blocks):
        yield from reader.table(table)


def _tables(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The rows of each table. A page's number or a numbered heading between two rows of as many cells ends none."""
    table: list[Block] = []
    between: list[Block] = []
    for block in blocks:
        if block.kind != "row":
            between.append(block)
            continue
        if table and (block.whole != table[-1].whole or not _goes_on(table[-1], between, block)):
            yield table
            table = []
        table.append(block)
        between = []
    if table:
        yield table


def _goes_on(last: Block, between: Sequence[Block], block: Block) -> bool:
    if not between:
        return True
    short = all(_BREAK.fullmatch(b.passage.text) and len(b.passage.text) <= _LONGEST_BREAK for b in between)
    return short and len(between) < 3 and len(last.cells) == len(block.cells) > 2


class _Reader:
    """Reads the rows of one table after the other."""

    def __init__(self, names: ColumnNames) -> None:
        self._names = names

    def table(self, blocks: Sequence[Block]) -> Iterator[Row]:
        """The rows of a table that list something."""
        columns: tuple[Column, ...] = ()
        above = _Above()
        skip = False
        for block, after in zip_longest(blocks, blocks[1:]):
            if block is None or skip:
                skip = False
                continue
            alone = _alone(block)
            two = self._of_two_lines(block, after) if after and not alone else ()
            if header := two or self._header(block):
                above = above.header(again=[c.name for c in header] == [c.name for c in columns])
                columns, skip = header, bool(two)
                continue
            if alone and not (columns and _of_title(alone, columns, block)):
                above = above if _TITLE.search(alone.text) else above.line(alone)
                if columns:
                    continue
            if not _is_total(block):
                yield Row(block, columns, (*above.groups, *above.titles))
                above = replace(above, fresh=()) if columns and above.fresh else above

    def _header(self, block: Block) -> tuple[Column, ...]:
        """The columns of a header of one line; none where a row is none."""
        names = [closed(cell.text) for cell in block.cells]
        return self._columns(names, [""] * len(names), block) if _are_names(names) else ()

    def _of_two_lines(self, block: Block, after: Block) -> tuple[Column, ...]:
        """The columns of a header of two lines (`主办 会办` below `承办单位`); none where these are none.

        A name that spans several columns stands in the first of them; one that spans both lines may stand in both.
        """
        pairs = [
            (closed(high.text), closed(low.text))
            for high, low in zip_longest(block.cells, after.cells, fillvalue=Passage("", ()))
        ]
        spans = any(low and not high for high, low in pairs)
        if not (spans and _are_names([h for h, _ in pairs]) and _are_names([low for _, low in pairs])):
            return ()
        names, uppers = [low or high for high, low in pairs], _uppers(pairs)
        parts = [name for name, upper in zip(names, uppers, strict=True) if upper]
        known = sum(self._names.is_part(name) for name in parts)
        whole = all(upper or not low or low == high for (high, low), upper in zip(pairs, uppers, strict=True))
        return self._columns(names, uppers, block, after) if parts and whole and 2 * known >= len(parts) else ()

    def _columns(
        self, names: Sequence[str], uppers: Sequence[str], block: Block, lower: Block | None = None
    ) -> tuple[Column, ...]:
        """The columns where the names are those of a list of proposals: two are known, one a title's or proposer's."""
        cells = [
            low if low and low.text.strip() else high
            for high, low in zip_longest(block.cells, lower.cells if lower else ())
        ]
        columns = tuple(
            Column(
                self._names.roles(name, upper),
                name,
                upper,
                cell if cell and cell.text else None,
                bool(name) and self._names.is_value(name, upper),
            )
            for name, upper, cell in zip(names, uppers, cells, strict=True)
        )
        known = [set(column.roles) - {CONTACT} for column in columns]
        enough = sum(bool(found) for found in known) > 1
        return columns if enough and any(found & {"title", "proposer"} for found in known) else ()


def _uppers(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """What each name of a header's lower line stands under: the name above it, or the one that spans it too."""
    uppers, upper = [], ""
    for high, low in pairs:
        upper = high or (upper if low else "")
        uppers.append(upper if low and low != upper else "")
    return uppers


def _are_names(cells: Sequence[str]) -> bool:
    return any(cells) and all(len(c) <= _LONGEST_NAME and not re.search(r"\d{5}|[《》。;!?]", c) for c in cells)


def _alone(block: Block) -> Passage | None:
    """The only filled cell of a row of several."""
    filled = [cell for cell in block.cells if cell.text.strip()]
    return filled[0] if len(filled) == 1 < len(block.cells) else None


def _of_title(cell: Passage, columns: Sequence[Column], block: Block) -> bool:
    """Whether the only filled cell of a row is a proposal's title, and not a group's name in the first column."""
    i = next(i for i, each in enumerate(block.cells) if each is cell)
    in_column = i < len(columns) and "title" in columns[i].roles
    return in_column and bool(i or _TITLE.search(cell.text))


def _is_total(block: Block) -> bool:
    """Whether a row adds up: 合计 in one of its first filled cells."""
    filled = [text for cell in block.cells if (text := re.sub(r"\s", "", cell.text))]
    return any(_TOTAL.fullmatch(text) for text in filled[:2])


@dataclass(frozen=True, slots=True)
class _Above:
    """The rows of a single cell that hold for the rows to come, the nearest first."""

    titles: tuple[Passage, ...] = ()
    """Those above the table's header."""
    groups: tuple[Passage, ...] = ()
    """Those between its rows: each holds until the next of its level or of a higher one."""
    fresh: tuple[Passage, ...] = ()
    """Those since the last row that lists something."""

    def line(self, heading: Passage) -> _Above:
        """Another one."""
        level = _level(heading)
        groups = (heading, *(g for g in self.groups if level and _level(g) < level))
        return _Above(self.titles, groups, (heading, *self.fresh))

    def header(self, *, again: bool) -> _Above:
        """A header comes: one of other columns begins a table whose title stands right above it."""
        return self if again else _Above(self.fresh)


def _level(heading: Passage) -> str:
    """The kind of number that a heading bears; empty for none."""
    number = _LEVEL.match(heading.text)
    return (number.lastgroup or "") if number else ""
