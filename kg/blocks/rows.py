"""Lines that are rows of a table: cells parted by tabs, by bars, or by blanks under a line of column names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kg.clean import HAN, strip
from kg.clean import columns as width
from kg.model import Block, Passage

_BAR = re.compile(r"[|｜]")
_STROKES = re.compile(r"[\s|｜:：+=─-]*")
_WIDE = re.compile(r"[ \u00a0]{2,}|\u3000[ \u00a0\u3000]+|[ \u00a0]\u3000[ \u00a0\u3000]*")
"""A gap between two columns: two blanks or more."""
_LETTER_SPACED = 3
"""Characters of a name that is set with blanks between them."""
_BLANKS = re.compile(r"[ \u00a0\u3000]+")
_ENTRY = re.compile(
    rf"^(?P<number>\d{{1,3}}[.．、]?)?[ \u00a0\u3000]*(?P<title>《[^《》]{{5,80}}》|关于[^。]{{3,80}}?(?:建议|提案))"
    rf"[ \u00a0\u3000]{{2,}}(?P<rest>[{HAN}][{HAN}、，,()（）\d]{{1,40}})$"
)
"""A line of a list that gives title and proposer in two columns and has no line of column names above it."""


def rows_apart(
    lines: Sequence[Passage],
    line: Callable[[Passage], Block],
    columns: Mapping[str, str],
    laid_out: Callable[[Passage], str] = lambda line: "",
) -> list[Block]:
    """Each line as a block: rows with their cells, and anything else as `line` reads it.

    `laid_out` is the kind of block that a line's source calls it, "" where only its form can tell.
    """
    found: list[Block] = []
    header: Passage | None = None
    entries = [_ENTRY.match(p.text) for p in lines]
    for i, passage in enumerate(lines):
        if said := laid_out(passage):
            header = None
            cells = _parted(passage, [m.span() for m in re.finditer("\t", passage.text)])
            found.append(Block("row", cells) if said == "row" and len(cells) > 1 else line(passage))
            continue
        if _is_stroke(passage.text):
            continue
        cells = _cells(passage)
        if not cells and _is_header(passage.text, columns):
            header = passage
        if not cells and header is not None:
            cells = _under(header, passage, columns)
        entry = entries[i]
        if not cells and entry and any(0 <= j < len(lines) and entries[j] for j in (i - 1, i + 1)):
            cells = _of_list(entry, passage)
        if not cells:
            header = None
        found.append(Block("row", cells) if cells else line(passage))
    return found


def _is_stroke(text: str) -> bool:
    """The line under a table's header: `| --- | :--: |`."""
    return len(text) > 2 and bool(_BAR.search(text)) and bool(_STROKES.fullmatch(text))


def _is_header(text: str, columns: Mapping[str, str]) -> bool:
    return any(_all_names(text, _names(text, gap, columns), columns) for gap in (_WIDE, _BLANKS))


def _cells(passage: Passage) -> tuple[Passage, ...]:
    """The cells of a line that tabs or bars part; none where there are none."""
    text = passage.text
    if "\t" in text:
        return _parted(passage, [m.span() for m in re.finditer("\t", text)])
    bars = [m.span() for m in _BAR.finditer(text)]
    if len(bars) < 2:
        return ()
    parts = _parted(passage, bars)
    return parts[bars[0][0] == 0 : len(parts) - (bars[-1][1] == len(text))]


def _parted(passage: Passage, gaps: Sequence[tuple[int, int]]) -> tuple[Passage, ...]:
    edges = [0, *(at for gap in gaps for at in gap), len(passage.text)]
    return tuple(strip(passage.slice(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _under(header: Passage, passage: Passage, columns: Mapping[str, str]) -> tuple[Passage, ...]:
    """The cells of a line that blanks part, as many as there are column names above it; none where it is no row."""
    for gap in (_WIDE, _BLANKS):
        names, cells = _names(header.text, gap, columns), _spans(passage.text, gap)
        if not _all_names(header.text, names, columns) or len(cells) < 2:
            continue
        if len(cells) < len(names) and gap is _WIDE:
            return _aligned(names, cells, header, passage)
        while len(cells) > len(names) and gap is _BLANKS:
            cells = _joined(cells)
        if len(cells) == len(names):
            return tuple(passage.slice(a, b) for a, b in cells)
    return ()


def _spans(text: str, gap: re.Pattern[str]) -> list[tuple[int, int]]:
    """What stands between the gaps."""
    edges = [0, *(at for m in gap.finditer(text) for at in m.span()), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _names(text: str, gap: re.Pattern[str], columns: Mapping[str, str]) -> list[tuple[int, int]]:
    """The names of a line of columns: the two letters of one that a blank parts (`案 由`) are one name."""
    names: list[tuple[int, int]] = []
    for start, end in _spans(text, gap):
        if names and end - start == 1 == names[-1][1] - names[-1][0] and text[names[-1][0]] + text[start] in columns:
            names[-1] = names[-1][0], end
        else:
            names.append((start, end))
    return names


def _all_names(text: str, spans: Sequence[tuple[int, int]], columns: Mapping[str, str]) -> bool:
    """Whether a line consists of column names, one of them of titles (`序号  案 由  提案者`)."""
    roles = [columns.get(re.sub(r"\s", "", text[a:b])) for a, b in spans]
    return len(spans) > 1 and all(roles) and "title" in roles


def _joined(cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One cell fewer: a letter-spaced name is closed up, else the halves of the title are joined."""

    def fit(i: int) -> tuple[bool, int]:
        first, second = (b - a for a, b in cells[i : i + 2])
        return first + second > _LETTER_SPACED, -min(first, second)

    at = min(range(len(cells) - 1), key=fit)
    return [*cells[:at], (cells[at][0], cells[at + 1][1]), *cells[at + 2 :]]


def _aligned(
    names: Sequence[tuple[int, int]], cells: Sequence[tuple[int, int]], header: Passage, passage: Passage
) -> tuple[Passage, ...]:
    """A row with empty cells: each of its cells goes under the name that begins nearest to it."""
    at = [width(header.text[:a]) for a, _ in names]
    nearest = [min(range(len(at)), key=lambda i: abs(at[i] - width(passage.text[:a]))) for a, _ in cells]
    if nearest != sorted(set(nearest)):
        return ()
    placed = dict(zip(nearest, cells, strict=True))
    return tuple(passage.slice(*placed.get(i, (0, 0))) for i in range(len(names)))


def _of_list(entry: re.Match[str], passage: Passage) -> tuple[Passage, ...]:
    spans = [entry.span(name) for name in ("number", "title", "rest")]
    return tuple(passage.slice(a, b) for a, b in spans if a >= 0)
