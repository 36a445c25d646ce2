"""Tables as characters (.csv, .tsv): the mark between cells is the one that parts most lines alike."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from functools import partial

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read.cell_words import ERROR
from kg.read.encoding import decode
from kg.read.sheet import Counter, Sheet, lines_of, too_many_characters

_MARKS = ",\t;|，"
_IN_SENTENCES = ",;，"
_SAID = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_FORMULA = re.compile(r'="([^"]*)"')
"""`="001"`: how a program keeps Excel from taking a number apart."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_QUOTED_WORD = re.compile(r'\s*"[^"]*"[^"\s]')
"""How a line of words begins, and no cell: `"十四五"规划`."""
_SENTENCE = re.compile(r"[。！？；]|[.!?]$")
_SENTENCE_END = re.compile(r"[。！？；.!?][”’」』）)\"']*$")
_LOOKED_AT = 200
_LONGEST_CELL = 100_000
_REGULAR = 3
"""Lines with as many marks, and more than one: chance in prose."""


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a table; one of a single column, or one that holds sentences, is a text: a line a paragraph.

    Raises Unreadable as `decode` does, for a quotation mark that is never closed, where no cell is filled, and beyond
    the limits.
    """
    text, notes = decode(data, name)
    said = _SAID.match(text)
    start = said.end() if said else 0
    head = [line for line in text[start : start + 400 * _LOOKED_AT].splitlines()[:_LOOKED_AT] if line.strip()]
    mark = said[1] if said else _mark(head)
    lines = _lines(text, start, name, limits)
    is_prose = not said and _is_prose(head, mark)
    sheet, counter = Sheet(""), Counter(name, limits)
    for at, row in enumerate(([line] for line in lines) if is_prose else _records(lines, text, start, mark, name)):
        words = {i: told for i, cell in enumerate(row) if cell and (told := _FORMULA.sub(r"\1", cell).strip())}
        for column in [column for column, told in words.items() if ERROR.fullmatch(told)]:
            sheet.errors.add(at, column, words.pop(column))
        if words:
            sheet.rows[at] = words
            counter.row(words)
    stored, more = lines_of([sheet], name, limits)
    return stored.reading(notes=(*notes, *more))


def _lines(text: str, start: int, name: str, limits: Limits) -> Iterator[str]:
    """The lines with their ends. Raises Unreadable for one that is longer than a text may be."""
    for line in _LINE.finditer(text, start):
        if line.end() - line.start() > limits.characters:
            raise too_many_characters(name, limits)
        if line[0]:
            yield line[0]


def _records(lines: Iterator[str], text: str, start: int, mark: str, name: str) -> Iterator[list[str]]:
    """The cells of each record. Raises Unreadable for a quotation mark that no other one answers."""
    csv.field_size_limit(_LONGEST_CELL)
    rows, read = csv.reader(lines, delimiter=mark, strict=True), 0
    try:
        for row in rows:
            read = rows.line_num
            yield row
    except csv.Error as e:
        raise Unreadable(
            f"line {_opening(text, start, mark, read)}: a quotation mark is not closed, or stands where none may",
            where=name,
            hint='write "" for a mark inside a cell, or save it as .xlsx',
        ) from e


def _opening(text: str, start: int, mark: str, read: int) -> int:
    """The line, from 1, of the quotation mark that is left open below the records of so many lines."""
    ends = f"\r\n{re.escape(mark)}"
    opens, cell = re.compile(rf'(?:\A|(?<=[{ends}]))"'), re.compile(rf'"(?:[^"]++|"")*+"(?=[{ends}]|\Z)')
    at = next(itertools.islice(_LINE.finditer(text, start), read, None)).start()
    while (mark_found := opens.search(text, at)) and (closed := cell.match(text, mark_found.start())):
        at = closed.end()
    return len(_LINE_END.findall(text, 0, mark_found.start() if mark_found else at)) + 1


def _mark(head: Sequence[str]) -> str:
    """What parts the cells: the mark that stands outside quotes equally often in the most of the first lines."""
    lines = [_QUOTED.sub("", line) for line in head]
    alike = {mark: _alike([line.count(mark) for line in lines]) for mark in _MARKS}
    return max(alike, key=lambda mark: (alike[mark], -_MARKS.index(mark)))


def _alike(counts: list[int]) -> int:
    return max(Tally(n for n in counts if n).values(), default=0)


def _is_prose(head: Sequence[str], mark: str) -> bool:
    """Whether the lines are sentences, and what seems to part cells is their punctuation.

    A table has a first line of names, and as many cells in most of its lines.

    >>> _is_prose(["会议听取了汇报,并作了讨论。", "林知远,邱雁回,晏知秋出席。"], ",")
    True
    >>> _is_prose(["案由,办理情况", "修桥,已办理。", "修路,已办理。"], ",")
    False
    """
    parted = [line for line in map(partial(_QUOTED.sub, ""), head) if mark in line]
    if not parted:
        return any(map(_QUOTED_WORD.match, head))
    if mark not in _IN_SENTENCES:
        return False
    counts = [line.count(mark) for line in parted]
    alike = _alike(counts)
    if 2 * alike <= len(parted) and 3 * sum(map(bool, map(_SENTENCE.search, parted))) >= len(parted):
        return True
    ended = [bool(_SENTENCE_END.search(line)) for line in parted]
    is_regular = alike == len(parted) >= _REGULAR and counts[0] > 1
    return ended[0] and 2 * sum(ended) > len(parted) and not is_regular
