"""What a report is made of, whatever file it becomes: headings, sentences, tables, bars, figures with their records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

NO_DATA: Final = "无数据"
"""What is written where no text says it: never a nought."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens what it counts."""

    text: str
    what: str
    """What it counts: the heading of the list that it opens."""
    of: tuple[str, ...]
    """The IRIs of the records behind it."""


Run = str | Figure
"""A piece of a sentence or of a cell."""
Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; GB/T 9704 numbers the levels 一、（一）1."""

    level: int
    """1 to 3; an appendix begins with 0."""
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    runs: Cell
    kind: str = "body"
    """`body`; `note` of method or coverage; `blank` for the writer to fill in; `signature`."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a record, told where the sentence above tells it."""

    of: str
    """An IRI."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one line of headings."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    """The columns whose cells are numbers."""
    whole: frozenset[int] = frozenset()
    """The columns whose cells are never broken, such as numbers of proposals and names."""
    total: bool = False
    """Whether the last row sums up the others."""
    shades: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """(row, column) → 1 to 5: how dark a cell is, in a table that is read as a picture."""
    upright: bool = False
    """Whether the headings but the first stand upright, since there are many narrow columns."""

    @property
    def narrow(self) -> bool:
        """Whether it is one column of names and few of numbers, which would stand far apart on a whole line."""
        return len(self.head) <= 4 and len(self.numeric & set(range(1, len(self.head)))) == len(self.head) - 1


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each part of a breakdown, beside its table."""

    title: str
    unit: str
    bars: tuple[tuple[str, int], ...]


Part = Heading | Text | Quote | Table | Bars


@dataclass(frozen=True, slots=True)
class Section:
    """A section, or an appendix that begins on a page of its own."""

    heading: str
    parts: tuple[Part, ...]
    appendix: bool = False


def count(records: Iterable[str], what: str) -> Run:
    """How many records there are, with the records; a nought opens nothing.

    >>> count(["…/1", "…/2"], "立案").text
    '2'
    >>> count([], "立案")
    '0'
    """
    found = tuple(dict.fromkeys(records))
    return Figure(str(len(found)), what, found) if found else "0"


def sentence(*pieces: Run | Iterable[Run], kind: str = "body") -> Text:
    """A paragraph of pieces, each a run or several."""
    runs: list[Run] = []
    for piece in pieces:
        runs += [piece] if isinstance(piece, str | Figure) else piece
    return Text(tuple(run for run in runs if run), kind)


def listed(items: Iterable[tuple[str, Run]], unit: str = "件") -> Cell:
    """`立案3件、并案1件`, each number with its records."""
    runs: list[Run] = []
    for label, number in items:
        runs += [f"{'、' if runs else ''}{label}", number, unit]
    return tuple(runs)


def day(iso: str) -> str:
    """A day, month or year as people write it.

    >>> day("2031-03-08"), day("2031-03"), day("2031")
    ('2031年3月8日', '2031年3月', '2031年')
    """
    return "".join(f"{int(number)}{unit}" for number, unit in zip(iso.split("-"), "年月日", strict=False))


def said_once(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts without the notes that an earlier one of them has said."""
    said: set[Part] = set()
    for part in parts:
        is_note = isinstance(part, Text) and part.kind == "note"
        if not (is_note and part in said):
            yield part
        if is_note:
            said.add(part)


def figures(parts: Iterable[Part]) -> Iterator[Figure]:
    """The figures of some parts, in the order in which they stand."""
    for part in parts:
        cells = [part.runs] if isinstance(part, Text) else []
        cells += [cell for row in part.rows for cell in row] if isinstance(part, Table) else []
        yield from (run for cell in cells for run in cell if isinstance(run, Figure))


def reworded(part: Part, word: Callable[[str], str]) -> Part:
    """A part with each of its texts as `word` says it."""

    def cell(runs: Cell) -> Cell:
        return tuple(replace(r, what=word(r.what)) if isinstance(r, Figure) else word(r) for r in runs)

    if isinstance(part, Heading):
        return replace(part, text=word(part.text))
    if isinstance(part, Text):
        return replace(part, runs=cell(part.runs))
    if isinstance(part, Table):
        rows = tuple(tuple(map(cell, row)) for row in part.rows)
        return replace(part, caption=word(part.caption), head=tuple(map(word, part.head)), rows=rows)
    return part
