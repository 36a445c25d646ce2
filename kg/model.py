"""The nouns of the house, frozen: what every later module passes on and none alters.

Offsets count Unicode code points of `Document.raw` and are half-open: `raw[span.start:span.end]`.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a document's stored text, half-open, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year alone, which is no integer and no date (xsd:gYear)."""

    value: int


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, where a text dates no nearer (xsd:gYearMonth)."""

    year: int
    month: int

    def isoformat(self) -> str:
        """`2031-02`."""
        return f"{self.year:04}-{self.month:02}"

    __str__ = isoformat


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the stored text that its source lays out as one, and where: a paragraph, a line, a table's row."""

    span: Span
    kind: str = ""
    """`heading`, `paragraph`, `item`, `row` or `caption` where the source says so; "" where only the form can tell."""
    page: int | None = None
    """From 1."""
    column: int | None = None
    """The page's column of text, from 1 at the left; None where the page has one only."""
    box: tuple[int, int, int, int] | None = None
    """Left, top, right, bottom in points from the page's upper left corner."""
    sheet: str = ""
    """The name of the worksheet."""
    table: int | None = None
    """Which table of the document, from 1; of a worksheet, which of its tables, from the second on."""
    row: int | None = None
    """The row as its sheet or table counts, from 1; its cells begin in the first column."""

    @property
    def where(self) -> str:
        """Where a person finds it: `第3页第2栏`, `工作表“台账”第5行`, `表2第5行`; empty where nothing tells."""
        page = f"第{self.page}页" if self.page else ""
        column = f"第{self.column}栏" if self.column else ""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        table = f"表{self.table}" if self.table else ""
        return f"{page}{column}{sheet}{table}{f'第{self.row}行' if self.row else ''}"

    @property
    def whole(self) -> tuple[str, int | None]:
        """The sheet or table that it is a part of."""
        return self.sheet, self.table


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a document beside its words: from its sidecar, or from what its format says of it."""

    title: str = ""
    date: date | Month | Year | None = None
    publisher: str = ""
    url: str = ""
    committee: str = ""
    """The committee (政协) whose work it is, by its full name."""
    home: str = ""
    """The home division by its full name (`钱塘区`)."""
    list_kind: str = ""
    """A concept of `listKind`: what a list is a list of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file's bytes.

    A table's row is a line of its own with tabs between its cells (empty ones too), whatever the file's format.
    """

    text: str
    """The stored text: final, with `\\n` between lines."""
    regions: tuple[Region, ...] = ()
    """In the order of the text, not overlapping; they may leave stretches out."""
    about: Description = Description()
    notes: tuple[str, ...] = ()
    """What the reader of the summary should be told (a doubtful encoding, a hidden sheet)."""


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """A further file that holds the article of a document."""

    source: str
    """The file's name without its folder."""
    sha256: str
    """Of its bytes."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source text as it was read: `raw` is never altered after reading."""

    id: str
    """The file's stem, normalised to NFC; the last part of the document's IRI."""
    source: str
    """The file's name without its folder."""
    raw: str
    sha256: str
    """Of the bytes that were read, as 64 lower-case hexadecimal digits."""
    regions: tuple[Region, ...] = field(default=(), compare=False, repr=False)
    """How the source lays the text out, in the text's order."""
    about: Description = Description()
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What its reader said of it."""
    also: tuple[Copy, ...] = ()
    """The other files that hold the same article, by name; text, places and hash are those of `source`."""

    def region(self, offset: int) -> Region | None:
        """The region that an offset stands in; None where the source lays nothing out there."""
        at = bisect.bisect_right(self.regions, offset, key=lambda r: r.span.start) - 1
        return self.regions[at] if at >= 0 and offset < self.regions[at].span.end else None


@dataclass(frozen=True, slots=True)
class Passage:
    """Cleaned text that knows, for every character, where it stood in the stored text.

    >>> p = Passage("王燕燕", (0, 1, 3))
    >>> p.span(0, 3)
    Span(start=0, end=4)
    """

    text: str
    at: tuple[int, ...]
    """The raw offset of each character: as long as `text`, strictly increasing."""

    def span(self, start: int, end: int) -> Span:
        """The stored text's span of `text[start:end]`, which must not be empty."""
        return Span(self.at[start], self.at[end - 1] + 1)

    def slice(self, start: int, end: int) -> Passage:
        """The part `text[start:end]` with its offsets."""
        return Passage(self.text[start:end], self.at[start:end])


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page: one heading, paragraph, item, table row or by-line."""

    kind: str
    """`heading`, `paragraph`, `item`, `row` or `byline`."""
    cells: tuple[Passage, ...]
    """One passage; a table row has one a cell."""
    under: tuple[Passage, ...] = ()
    """The headings it stands under, outermost first."""
    header: tuple[str, ...] = ()
    """For a row: the texts of its table's header cells."""
    number: int | None = None
    """For an item or a heading: the number that it bears (1., 一、, （一）)."""
    truncated: bool = False
    """Whether the page cuts its text off."""
    region: Region | None = None
    """Where its source lays it out, or its beginning, for sources that are laid out."""

    @property
    def whole(self) -> tuple[str, int | None]:
        """The sheet or the table that it is a part of; nothing for a source that has none."""
        return self.region.whole if self.region else ("", None)

    @property
    def passage(self) -> Passage:
        """The first cell: for anything but a row, the whole."""
        return self.cells[0]

    @property
    def span(self) -> Span:
        """From the first cell's first character to the last cell's last."""
        full = [cell for cell in self.cells if cell.text]
        return Span(full[0].at[0], full[-1].at[-1] + 1)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page: what a rule needs to see at once."""

    document: Document
    blocks: tuple[Block, ...]
    year: int | None
    """The year that a date without one is of (`2月2日`), where the page tells it."""
    home: str
    """The home division as the text names it (`钱塘区`); `cn` where the text is the nation's or names none."""
    committee: str | None
    """The committee (政协) whose work the text tells, by its full short name (`钱塘区政协`)."""
    term: int | None = None
    """The committee's term (届), where the text's meetings are all of one."""
    term_said: tuple[Span, str] | None = None
    """Where the text says so, and the words as read."""


NATION = "cn"
"""The home of a text that is the nation's or names no division of its own."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a passage: half-open, in characters of the cleaned text."""

    kind: str
    """`Person`, `Place` or `Organization`."""
    start: int
    end: int
    text: str
    """The words as read."""
    full: str
    """The name that they stand for: completed by the home division, or the same."""

    @classmethod
    def at(cls, kind: str, text: str, start: int, end: int) -> Name:
        """The name that stands at a place of a text and stands for itself."""
        return cls(kind, start, end, text[start:end], text[start:end])


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a document that names an entity."""

    kind: str
    """The local name of an ontology class: `Person`, `Organization`, `Proposal` …"""
    name: str
    """The name that it stands for: repaired, and completed where the text completes it (`区政协` → `钱塘区政协`)."""
    span: Span
    reading: str
    """The words at `span` as they are read: repaired, not completed."""


@dataclass(frozen=True, slots=True)
class Node:
    """What has no name of its own: a post, a statement, an honour. Its parts tell it from others of its kind."""

    kind: str
    """`Affiliation`, `Statement`, `Honour` …"""
    span: Span
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A value of a controlled list of the ontology: `Concept("proposerKind", "界别")`."""

    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the thesaurus, by the id of its row."""

    id: str


Object = Mention | Node | Concept | Theme | Year | Month | date | int | bool | str


@dataclass(frozen=True, slots=True)
class Fact:
    """One extracted statement with the words it comes from."""

    subject: Mention | Node
    predicate: str
    """A property of the ontology as a compact IRI: `zx:proposer`."""
    object: Object
    evidence: Span
    """The sentence, row or clause that states it."""
    rule: str
    """The recogniser that found it; its measured precision is the fact's confidence."""
    reading: str = ""
    """The evidence as it is read: cleaned, line ends joined."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one text states: plain data, a pure function of that text and the lexicon."""

    document: Document
    home: str
    committee: str | None
    title: str
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What the reader should be told (an item cut off by the page, a table without a known column)."""
    home_code: str = ""
    """The national code of the home, where the gazetteer knows which division it is."""
    columns: tuple[tuple[Span, tuple[str, ...]], ...] = ()
    """For evidence out of a table's row: what the columns of its filled and empty cells are called, first to last."""
