"""What a sheet is made of: sections with their rows and cells, whatever the kind of thing it tells of.

The page's script and the site's template each show a section in one way for all kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Form = Literal["facts", "table", "course", "quotes"]
"""`facts`: rows of a label and its values. `table`: rows under `columns`. `course`: steps, each with what was done and
when. `quotes`: one passage a row, numbered in this order."""

UNTOLD: Final = "无记载"
"""What no text tells. It is never read as "not done"."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: its words, the card it leads to, and the quotations that state it."""

    text: str
    card: int | None = None
    quotations: tuple[int, ...] = ()
    counts: bool = False
    """Whether it is a number of things, and the quotations are theirs."""


Cell = tuple[Value, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of our own, which the page may show in another language: `共{n}件` and its `n`."""

    words: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.words.format(**self.values)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet under a heading."""

    title: str
    form: Form
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    """What the rows are, how many and of what; shown under the heading."""

    def filled(self) -> tuple[int, ...]:
        """The numbers of the columns that any row fills: what no text gives is not shown as a column of blanks."""
        return tuple(i for i in range(len(self.columns)) if any(row[i] for row in self.rows))


def said(text: str) -> Cell:
    """A cell of words that no quotation states."""
    return (Value(text),) if text else ()
