"""The report as a Word file, set as a 公文 is (GB/T 9704): figures lead to their records at its end, by bookmarks.

Tables and bars are Word's own, so nothing depends on the fonts of the machine that writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.report import wordml
from kg.report.document import Report
from kg.report.evidence import Quoted
from kg.report.parts import Bars, Cell, Figure, Heading, Part, Quote, Table, Text
from kg.report.word_look import TEXT_WIDTH, blank, bytes_of, fill, moment
from kg.view.palette import LOOKS

_OF_KIND: Final = {"body": "报告正文", "note": "报告说明", "blank": "报告待写", "signature": "报告落款"}
_OF_LEVEL: Final = {1: "报告一级", 2: "报告二级", 3: "报告三级"}
_SHADES: Final = {1: "E9F0F6", 2: "CFDFEC", 3: "A4C2DA", 4: "5F90B9", 5: "1F5A92"}
_BAR: Final = next(look.colour for look in LOOKS if look.kind == "Proposal").removeprefix("#").upper()
_STEPS: Final = 40
"""How many thin columns a full bar spans."""
_LABEL: Final = 1900
_THIN: Final = 120
"""The widths of a bar's label and of one thin column, in twentieths of a 磅."""
_UPRIGHT: Final = 1900
"""The height of a line of upright headings."""
_MOST_KEPT: Final = 9
"""Characters of an unbroken column that is kept as wide as its longest cell."""
_SHORT: Final = 14
"""Rows of a table that a page keeps together."""
_FEW: Final = 30
"""A figure of at most so many records links each of them; of more, it gives their numbers."""
_WORDS: Final = "附四　材料出处与原文"
_FIGURES: Final = "附五　数字与所数的记录"
_HOW_TO_READ: Final = "正文里带下划线的数字链接到这里；冒号后是所数记录在附四中的序号。"


def document(report: Report) -> bytes:
    """The report as .docx; the same bytes from the same report."""
    dated = moment(report.date)
    made = blank(wordml.legal(report.title), report.subtitle, dated)
    writer = _Writer(report)
    fill(made, "".join(writer.text()), "".join(writer.words()))
    return bytes_of(made, dated)


class _Writer:
    """A report's parts as WordprocessingML."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._tables = 0
        self._bookmarks = 0

    def text(self) -> Iterator[str]:
        yield wordml.paragraph("报告标题", wordml.run(self.report.title))
        yield wordml.paragraph("报告副题", wordml.run(self.report.subtitle))
        for section in self.report.sections:
            if section.heading:
                yield wordml.paragraph("报告附件" if section.appendix else "报告一级", wordml.run(section.heading))
            for part in section.parts:
                yield from self._part(part)

    def words(self) -> Iterator[str]:
        yield from self._words()
        yield from self._figures()

    def _part(self, part: Part) -> Iterator[str]:
        if isinstance(part, Heading):
            yield wordml.paragraph(_OF_LEVEL[part.level], wordml.run(part.text))
        elif isinstance(part, Text):
            yield wordml.paragraph(_OF_KIND[part.kind], self._cell(part.runs))
        elif isinstance(part, Quote):
            words = self._quoted(self.report.evidence.quotes[part.of])
            yield wordml.paragraph("报告原文", wordml.run("原文：") + words)
        elif isinstance(part, Bars):
            yield from self._bars(part)
        else:
            yield from self._table(part)

    def _cell(self, runs: Cell) -> str:
        return "".join(self._figure(run) if isinstance(run, Figure) else wordml.run(run) for run in runs)

    def _figure(self, figure: Figure) -> str:
        """A link to the record itself where it is the only one, else to the list of what the figure counts."""
        one = len(figure.of) == 1
        anchor = f"p{self.report.entries[figure.of[0]]}" if one else f"f{self.report.numbers[figure]}"
        return wordml.link(anchor, figure.text)

    def _quoted(self, quotes: Sequence[Quoted]) -> str:
        return wordml.run("；".join(f"“{q.words}”（来源{q.source + 1} {q.where}）" for q in quotes))

    # -- tables ---------------------------------------------------------------------------------------------------
    def _table(self, table: Table) -> Iterator[str]:
        self._tables += 1
        yield wordml.paragraph("报告表题", wordml.run(f"表{self._tables}　{table.caption}"))
        widths = _widths(table)
        together = len(table.rows) <= _SHORT
        rows = [self._head(table, widths)]
        for i, row in enumerate(table.rows):
            last = i == len(table.rows) - 1
            rules = wordml.ABOVE_SUM if table.total and last else wordml.BETWEEN if i else wordml.NO_RULES
            cells = ""
            for j, cell in enumerate(row):
                shade = table.shades.get((i, j), 0)
                words = wordml.paragraph(
                    "报告表格", self._in_shade(cell, shade), align=_align(table, j), keep=together and not last
                )
                cells += wordml.table_cell(words, widths[j], fill=_SHADES.get(shade, ""), rules=rules)
            rows.append(wordml.table_row(cells))
        yield wordml.table(rows, widths, "top", "bottom")
        yield wordml.paragraph("报告出处", "")

    def _head(self, table: Table, widths: Sequence[int]) -> str:
        cells = ""
        for j, name in enumerate(table.head):
            words = wordml.paragraph("报告表格", wordml.run(name), align=_align(table, j), keep=True)
            upright = table.upright and j > 0
            cells += wordml.table_cell(words, widths[j], rules=wordml.BELOW_HEAD, upright=upright)
        return wordml.table_row(cells, head=True, height=_UPRIGHT if table.upright else 0)

    def _in_shade(self, cell: Cell, shade: int) -> str:
        """A figure on a dark ground is white."""
        words = self._cell(cell)
        return words.replace(wordml.LINK, "FFFFFF") if shade > 3 else words

    def _bars(self, chart: Bars) -> Iterator[str]:
        """Each bar as a filled cell that spans so many of forty thin columns."""
        most = max(*(number for _, number in chart.bars), 1)
        widths = [_LABEL, *[_THIN] * _STEPS, TEXT_WIDTH - _LABEL - _THIN * _STEPS]
        rows = []
        for text, number in chart.bars:
            steps = round(number * _STEPS / most) or (1 if number else 0)
            label = wordml.paragraph("报告表格", wordml.run(text), align="right", keep=True)
            value = wordml.paragraph("报告表格", wordml.run(f"{number}{chart.unit}"), keep=True)
            bar = wordml.table_cell(
                wordml.paragraph("报告表格", ""), _THIN * steps, span=steps, fill=_BAR, rules=wordml.APART
            )
            rest = wordml.table_cell(value, sum(widths[1 + steps :]), span=_STEPS - steps + 1)
            rows.append(wordml.table_row(wordml.table_cell(label, _LABEL) + (bar if steps else "") + rest))
        yield wordml.paragraph("报告出处", "")
        yield wordml.table(rows, widths)

    # -- the words ------------------------------------------------------------------------------------------------
    def _words(self) -> Iterator[str]:
        yield wordml.paragraph("报告附件", wordml.run(_WORDS))
        for number, source in enumerate(self.report.evidence.sources, start=1):
            known = "，".join(filter(None, (source.file, source.date)))
            yield wordml.paragraph("报告出处", wordml.run(f"来源{number}　{source.title}（{known}）", bold=True))
            for where, words, records in source.of_lists:
                yield wordml.paragraph("报告出处", wordml.run(f"“{words}”（{where}，说的是{records}件）"))
        yield wordml.paragraph("报告出处", "")
        for number, entry in enumerate(self.report.evidence.entries, start=1):
            name = self._marked(f"p{number}", wordml.run(f"{number}　{entry.name}", bold=True))
            yield wordml.paragraph("报告出处", name)
            if entry.quotes:
                yield wordml.paragraph("报告出处", self._quoted(entry.quotes))

    def _figures(self) -> Iterator[str]:
        yield wordml.paragraph("报告附件", wordml.run(_FIGURES))
        yield wordml.paragraph("报告说明", wordml.run(_HOW_TO_READ))
        for figure, number in self.report.numbers.items():
            if len(figure.of) == 1:
                continue
            numbers = sorted(self.report.entries[iri] for iri in figure.of)
            head = self._marked(f"f{number}", wordml.run(f"{figure.what}（{len(numbers)}）："))
            yield wordml.paragraph("报告出处", head + _numbers(numbers))

    def _marked(self, name: str, content: str) -> str:
        self._bookmarks += 1
        return wordml.bookmark(name, self._bookmarks, content)


def _numbers(numbers: Sequence[int]) -> str:
    """The numbers of entries: few as links, many as ranges."""
    if len(numbers) <= _FEW:
        return wordml.run("、").join(wordml.link(f"p{n}", str(n)) for n in numbers)
    return wordml.run("、".join(f"{a}–{b}" if b > a else str(a) for a, b in ranges(numbers)))


def ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted numbers as ranges, both ends counted.

    >>> ranges([1, 2, 3, 7, 9, 10])
    [(1, 3), (7, 7), (9, 10)]
    """
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b > a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b > a + 1), numbers[-1]]
    return list(zip(starts, ends, strict=True))


def _align(table: Table, column: int) -> str:
    return "" if column not in table.numeric else "center" if table.shades else "right"


def _widths(table: Table) -> list[int]:
    """The columns' widths: numbers narrow, the rest by how long their words are; a narrow table is not as wide."""
    whole = TEXT_WIDTH * 2 // 3 if table.narrow else TEXT_WIDTH
    if table.upright:
        each = min(480, (whole - 1700) // (len(table.head) - 1))
        return [whole - each * (len(table.head) - 1), *[each] * (len(table.head) - 1)]
    wanted = [
        min(28, max(len(name), *(_length(_plain(row[j])) for row in table.rows), 4)) + (1 if j in table.numeric else 2)
        for j, name in enumerate(table.head)
    ]
    kept = {j: 240 * min(each, _MOST_KEPT) for j, each in enumerate(wanted) if j in table.whole}
    rest = whole - sum(kept.values())
    shared = sum(each for j, each in enumerate(wanted) if j not in kept)
    return [kept.get(j) or rest * each // shared for j, each in enumerate(wanted)]


def _length(text: str) -> int:
    """The width in Chinese characters; two letters or digits are as wide as one."""
    return (len(text) + sum(not char.isascii() for char in text) + 1) // 2


def _plain(cell: Cell) -> str:
    return "".join(run.text if isinstance(run, Figure) else run for run in cell)
