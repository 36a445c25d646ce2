"""Tables as their header names the columns: each row's cells by what they are, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kg.lexicon import Term
from kg.model import Block, Passage

_LONGEST_NAME = 12
_BRACKETS = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that lists something."""

    block: Block
    header: tuple[str, ...]
    """The names of the columns, those of a two-line header by their lower line; empty where the table has none."""
    cells: Mapping[str, Passage]
    """What a column is (`title`, `proposer` …: an id of the lexicon) → the filled cell."""


@cache
def roles(columns: tuple[Term, ...]) -> dict[str, str]:
    """A column's name → what the column is."""
    return {word: column.id for column in columns for word in column.aliases}


def rows(blocks: Sequence[Block], columns: tuple[Term, ...]) -> Iterator[Row]:
    """Every row below a header, in the order of the text; a header that is repeated lists nothing.

    Rows under no header that names a column come too, with no cells by role.
    """
    known = roles(columns)
    names: tuple[str, ...] = ()
    before: Block | None = None
    for block in blocks:
        if block.kind != "row":
            before = None
            continue
        closed = tuple(_closed(cell) for cell in block.cells)
        if before is None:
            names = ()
        if _is_header(closed, known):
            names = closed
        elif names and before is not None and _is_lower_line(closed, known, names):
            names = tuple(low or high for low, high in zip_longest(closed, names, fillvalue=""))
        else:
            yield Row(block, names, _by_role(names, block.cells, known))
        before = block


def _closed(cell: Passage) -> str:
    return re.sub(r"\s", "", cell.text).translate(_BRACKETS)


def _is_header(cells: Sequence[str], known: Mapping[str, str]) -> bool:
    """Whether cells are names of columns: two or more that are known, one of them of a title or of who proposes."""
    found = {known[c] for c in cells if c in known}
    short = all(len(c) <= _LONGEST_NAME and not re.search(r"\d{3}|[《》。]", c) for c in cells)
    return short and len(found) > 1 and bool(found & {"title", "proposer"})


def _is_lower_line(cells: Sequence[str], known: Mapping[str, str], names: Sequence[str]) -> bool:
    """Whether cells are the second line of a header (`主办 会办` below `承办单位`): nothing else, and no whole row."""
    filled = [c for c in cells if c]
    return bool(filled) and all(c in known for c in filled) and len(cells) >= len(filled) < len(names)


def _by_role(names: Sequence[str], cells: Sequence[Passage], known: Mapping[str, str]) -> dict[str, Passage]:
    """The filled cells by what their columns are; of several columns of one role the first that is filled."""
    found: dict[str, Passage] = {}
    for name, cell in zip(names, cells, strict=False):
        if name in known and cell.text.strip():
            found.setdefault(known[name], cell)
    return found
