"""A sentence of a text in its context, as it is read: line ends joined, the sentence or two around it, and its line."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from kg.blocks import blocks
from kg.card import with_columns
from kg.column_names import CONTACT, ColumnNames, closed
from kg.lexicon import Confusion
from kg.model import Block, Document, Passage
from kg.privacy import without_numbers
from kg.view.gather import Place, Proof, Records, Source
from kg.view.masking import Masks

_SENTENCE = re.compile(r"[^。！？!?；;]*[。！？!?；;]+[”’」』》）\"]*|[^。！？!?；;]+$")
_LONGEST_CONTEXT = 90  # characters on each side
_LONGEST_REST = 600  # characters of a paragraph beyond that
_MOST_REPAIRED = 0.2  # of a paragraph's letters


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a text with what stands before and after it in its paragraph."""

    document: str
    line: int
    where: str
    """`第12行`, or the page or the sheet's row where the source is laid out."""
    before: str
    """The sentence or two before the words."""
    words: str
    after: str
    earlier: str = ""
    """What stands in the paragraph before `before`; cut where the paragraph is long."""
    later: str = ""
    scan: tuple[tuple[int, int, str], ...] = ()
    """Stretches of the paragraph (all five parts, joined) that are read otherwise than they are written: their ends,
    and the letters of the source."""
    rule: str = ""
    """The recogniser that read a fact here; empty for a mere mention."""
    confidence: str = ""
    """The rule's measured precision; empty where none was measured."""
    corrected: bool = False
    """Whether a person made or changed the fact."""


@dataclass(frozen=True)
class Text:
    """A source as it is read, and the way from a stored offset to it."""

    source: Source
    confusions: tuple[Confusion, ...] = ()
    columns: ColumnNames | None = None
    """What the columns of tables are called: those that tell how to reach somebody are not shown."""

    def quote(self, place: Place, records: Records, masks: Masks, proof: Proof | None = None) -> Quotation:
        """The words at `place`, as they are read where a rule says so, in their context, with citizens masked.

        Words out of a table's row come with the names of its columns, without those that tell how to reach somebody;
        telephone numbers and the like are left out everywhere. Where somebody is masked, nothing is told of how
        the source writes it.
        """
        around = self._around(place, records.readings.get(place, ""))
        scan: tuple[tuple[int, int, str], ...] = ()
        if place in records.columns:
            around = "", "", self._row(place, records.columns[place]) or around[2], "", ""
        else:
            scan = self._scan(place, around)
        shown = tuple(self._shown(part, place, masks) for part in around)
        earlier, before, words, after, later = shown
        line = self.line(place.begin)
        return Quotation(
            self.source.iri,
            line,
            records.locators.get(place) or f"第{line}行",
            before,
            words,
            after,
            earlier,
            later,
            scan if shown == around else (),
            proof.rule if proof else "",
            proof.confidence if proof else "",
            proof.corrected if proof else False,
        )

    def _row(self, place: Place, columns: Sequence[str]) -> str:
        """A row's cells with their columns' names; empty where the two don't fit."""
        cells = self.source.text[place.begin : place.end].split("\t")
        if len(columns) != len(cells):
            return ""
        told = [pair for pair in zip(columns, cells, strict=True) if not self._is_contact(pair[0])]
        return with_columns([name for name, _ in told], [cell for _, cell in told])

    def _told(self, row: Block) -> list[Passage]:
        """A row's cells but those whose column tells how to reach somebody."""
        names = (*row.header, *[""] * len(row.cells))
        return [cell for name, cell in zip(names, row.cells, strict=False) if not self._is_contact(name)]

    def _is_contact(self, column: str) -> bool:
        return self.columns is not None and self.columns.roles(closed(column)) == (CONTACT,)

    def _shown(self, part: str, place: Place, masks: Masks) -> str:
        return without_numbers(masks.quotation(part, self._paragraph(place))) if part else ""

    def sentence(self, place: Place) -> Place:
        """The sentence or row in which a mention stands, as a stretch of the stored text."""
        for passage, _ in self._passages_of(place):
            start, end = _within(passage, place)
            for match in _SENTENCE.finditer(passage.text):
                if match.start() <= start < match.end():
                    span = passage.span(match.start(), max(match.end(), end))
                    return Place(place.document, span.start, span.end)
        return place

    def line(self, offset: int) -> int:
        """The line of the stored text, counting from 1."""
        return bisect.bisect_right(self._line_starts, offset)

    def _around(self, place: Place, reading: str) -> tuple[str, str, str, str, str]:
        """What stands earlier in the paragraph, the sentences before, the words, the sentences after, and the rest."""
        passages = self._passages_of(place)
        if not passages:
            return "", "", reading or " ".join(self.source.text[place.begin : place.end].split()), "", ""
        if len(passages) > 1 or passages[0][1].kind == "row":
            cells = self._told(passages[0][1]) if passages[0][1].kind == "row" else [p for p, _ in passages]
            return "", "", " · ".join(p.text for p in cells if p.text), "", ""
        passage = passages[0][0]
        start, end = _within(passage, place)
        words = passage.text[start:end]
        head, tail = passage.text[:start], passage.text[end:]
        before, after = _last(head, _LONGEST_CONTEXT), _first(tail, _LONGEST_CONTEXT)
        return (
            _cut(head.rstrip().removesuffix(before.removeprefix("…")), from_end=True) if before else "",
            before,
            reading or words.strip(),
            after,
            _cut(tail.lstrip().removeprefix(after.removesuffix("…")), from_end=False) if after else "",
        )

    def _scan(self, place: Place, around: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
        """Where the paragraph is read otherwise than it is written, blanks apart.

        A text in another script is read otherwise letter by letter: that is no repair, and is not told.
        """
        touched = self._passages_of(place)
        read = "".join(around)
        if len(touched) != 1 or touched[0][1].kind == "row":
            written = self.source.text[place.begin : place.end]
        else:
            passage = touched[0][0]
            written = self.source.text[passage.at[0] : passage.at[-1] + 1]
        repairs = tuple(_repairs(read, written))
        return repairs if sum(end - begin for begin, end, _ in repairs) <= len(read) * _MOST_REPAIRED else ()

    def _passages_of(self, place: Place) -> list[tuple[Passage, Block]]:
        """The passages that a stretch touches, with their blocks."""
        first = max(0, bisect.bisect_right(self._passage_starts, place.begin) - 1)
        touched = []
        for at in range(first, len(self._passages)):
            passage, block = self._passages[at]
            if passage.at[0] >= place.end:
                break
            if passage.at[-1] >= place.begin:
                touched.append((passage, block))
        return touched

    def _paragraph(self, place: Place) -> Place:
        """The whole paragraph or row around a stretch: what its context may name."""
        touched = self._passages_of(place)
        return Place(place.document, touched[0][0].at[0], touched[-1][0].at[-1] + 1) if touched else place

    @cached_property
    def _passages(self) -> list[tuple[Passage, Block]]:
        document = Document(self.source.name, self.source.name, self.source.text, "")
        # No dictionary: in running text every blank is a line's end, and a title's own blanks lie in quotes.
        found = blocks(document, lambda text, at: False, self.confusions)
        parts = [(cell, block) for block in found for cell in block.cells if cell.text]
        return sorted(parts, key=lambda part: part[0].at[0])

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [passage.at[0] for passage, _ in self._passages]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", self.source.text))]


def _within(passage: Passage, place: Place) -> tuple[int, int]:
    """A stretch of the stored text in a passage's own offsets."""
    start = bisect.bisect_left(passage.at, place.begin)
    end = bisect.bisect_left(passage.at, place.end)
    return start, max(end, start)


def _repairs(read: str, written: str) -> Iterator[tuple[int, int, str]]:
    r"""The stretches of `read` whose letters stand otherwise in `written`, with the letters that stand there.

    >>> list(_repairs("要深入贯彻落实", "前一段。\n要深人贯彻\n落实"))
    [(2, 3, '人')]
    """
    at = [i for i, letter in enumerate(read) if not letter.isspace()]
    one, other = "".join(read[i] for i in at), "".join(written.split())
    if one in other:
        return
    matched = SequenceMatcher(None, one, other, autojunk=False)
    for kind, begin, end, first, last in matched.get_opcodes():
        if kind == "replace" and end - begin == last - first:
            yield at[begin], at[end - 1] + 1, other[first:last]


def _cut(text: str, *, from_end: bool) -> str:
    """What is left of a paragraph, at most `_LONGEST_REST` characters of it."""
    rest = text.strip()
    if len(rest) <= _LONGEST_REST:
        return rest
    return f"…{rest[-_LONGEST_REST:]}" if from_end else f"{rest[:_LONGEST_REST]}…"


def _last(text: str, longest: int) -> str:
    """The last sentence or two, at most `longest` characters.

    >>> _last("先有一句。再有一句。", 6)
    '再有一句。'
    """
    return _fitting([m.group() for m in _SENTENCE.finditer(text)][::-1], longest, from_end=True)


def _first(text: str, longest: int) -> str:
    return _fitting([m.group() for m in _SENTENCE.finditer(text)], longest, from_end=False)


def _fitting(sentences: Sequence[str], longest: int, *, from_end: bool) -> str:
    kept = ""
    for sentence in sentences[:2]:
        if len(kept) + len(sentence) > longest:
            if kept:
                break
            return f"…{sentence[-longest:]}" if from_end else f"{sentence[:longest]}…"
        kept = sentence + kept if from_end else kept + sentence
    return kept.strip()
