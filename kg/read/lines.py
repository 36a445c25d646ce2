r"""Stored text put together line by line, each line with the region it came from: for formats that are laid out.

>>> text = StoredText("名单.docx", Limits())
>>> text.line("优秀提案名单", kind="heading")
>>> text.table([["序号", "案由"], ["1", "关于修桥的\n建议"]], table=1)
>>> text.reading().text
'优秀提案名单\n序号\t案由\n1\t关于修桥的 建议'
>>> text.reading().regions[2].row
2
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Description, Reading, Region, Span

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\u200b\u00ad\ud800-\udfff]")
_BREAKS = re.compile(r"[ \u3000]*[\t\n\r\x0b\x0c\x85\u2028\u2029]+[ \u3000]*")

_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]"
_END_BETWEEN_WIDE = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n][ \t\r\n]*(?={_WIDE})")


class StoredText:
    """A text in the making. Raises Unreadable when it grows beyond the limits, before memory does."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._lines: list[str] = []
        self._regions: list[Region] = []
        self._at = 0
        self._rows = 0

    def line(
        self,
        text: str,
        *,
        kind: str = "",
        sheet: str = "",
        tabs: bool = False,
    ) -> None:
        """Add a line, with the breaks inside it as blanks; an empty one is left out.

        `tabs`: whether tabs between words part cells, and stay (a run of them as one).
        """
        cells = list(filter(None, map(one_line, text.split("\t")))) if tabs else [one_line(text)]
        self._add("\t".join(cells), Region(Span(0, 0), kind, sheet=sheet))

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        first: int = 1,
        sheet: str = "",
        table: int | None = None,
    ) -> None:
        """Add a table's rows, numbered from `first`, empty ones left out.

        A merged cell's text stands in each row that it covers, but only in the first of its columns. Rows above and
        below the table in which a single cell is filled (its title, a note) are lines.
        """
        closed = [[one_line(cell) for cell in cells] for cells in rows]
        wide = [i for i, cells in enumerate(closed) if sum(map(bool, cells)) > 1]
        for i, cells in enumerate(closed):
            where = Region(Span(0, 0), sheet=sheet, table=table, row=first + i)
            if not any(cells):
                continue
            if not wide or not wide[0] <= i <= wide[-1]:
                self._add(next(filter(None, cells)), where)
            else:
                self._row(cells, where)

    def stretches(self, parts: Sequence[tuple[str, Region]]) -> None:
        """Add one line that stands in several places (a paragraph over two columns): a region for each.

        A blank at the beginning of a later stretch stays; the regions' spans are set here.
        """
        texts = [one_line(text) for text, _ in parts]
        for i, (text, _) in enumerate(parts):
            if i and any(texts[:i]) and texts[i] and text[0] == " ":
                texts[i] = " " + texts[i]
        kept = [(text, where) for text, (_, where) in zip(texts, parts, strict=True) if text]
        if not kept:
            return
        start = self._at
        self._add("".join(text for text, _ in kept), kept[0][1])
        self._regions.pop()
        for text, where in kept:
            self._regions.append(replace(where, span=Span(start, start + len(text))))
            start += len(text)

    def row(self, cells: Sequence[str], where: Region) -> None:
        """Add one row of a table whose place is known; a single cell is a line, and an empty row is left out.

        The region's span is set here, and the kind of a row.
        """
        closed = [one_line(cell) for cell in cells]
        if len(closed) == 1:
            self._add(closed[0], where)
        elif any(closed):
            self._row(closed, where)

    def reading(self, about: Description = Description(), notes: Sequence[str] = ()) -> Reading:  # noqa: B008 - frozen
        """What was put together."""
        return Reading("\n".join(self._lines), tuple(self._regions), about, tuple(notes))

    def _row(self, cells: Sequence[str], where: Region) -> None:
        self._rows += 1
        if self._rows > self._limits.rows:
            raise self._too_much(f"more than {self._limits.rows:,} rows", "rows")
        last = max(i for i, cell in enumerate(cells) if cell)
        self._add("\t".join(cells[: max(last + 1, 2)]), replace(where, kind="row"))

    def _add(self, text: str, where: Region) -> None:
        if not text:
            return
        span = Span(self._at, self._at + len(text))
        self._at = span.end + 1
        if span.end > self._limits.characters:
            raise self._too_much(f"more than {self._limits.characters:,} characters of text", "characters")
        self._lines.append(text)
        self._regions.append(replace(where, span=span))

    def _too_much(self, what: str, limit: str) -> Unreadable:
        return Unreadable(what, where=self._name, hint=f"split the file, or raise limits.{limit} in kg.toml")


def unbroken(text: str) -> str:
    r"""The text without its source's line ends between two Chinese characters, where no blank is seen.

    >>> unbroken("各委\n员, the\ncommittee")
    '各委员, the\ncommittee'
    """
    return _END_BETWEEN_WIDE.sub("", text)


def one_line(text: str) -> str:
    """The text without control characters, its line breaks and tabs as single blanks."""
    return _BREAKS.sub(" ", _CONTROL.sub("", text)).strip(" \u3000\u00a0\t\n\r")
