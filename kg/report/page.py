"""The report as one HTML file: nothing is loaded, no script runs, every figure opens its records; it prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.inline import csp_hash
from kg.report.charts import svg
from kg.report.document import Report
from kg.report.evidence import Quoted
from kg.report.parts import Bars, Cell, Figure, Heading, Part, Quote, Table, Text

_HERE: Final = Path(__file__).parent
_MOST_WORDS: Final = 12
"""A figure of at most so many records opens their words too; of more, their names, each of which leads to its words."""

_SHORT: Final = 14
"""Lines of a table that a printed page keeps together."""


class Opened(NamedTuple):
    """What a figure opens."""

    number: int
    what: str
    records: tuple[tuple[int, str, tuple[Quoted, ...]], ...]
    """The number of each record's entry, its name, and its words where there are few records."""


def page(report: Report) -> bytes:
    """The report as HTML in UTF-8; the same bytes from the same report."""
    style = (_HERE / "static" / "report.css").read_text(encoding="utf-8").replace("\r\n", "\n").strip()
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    marks = _Marks(report)
    text = environment.get_template("report.html.j2").render(
        report=report,
        style=Markup(style),
        style_hash=csp_hash(style),
        sections=[(section, [marks.part(part) for part in section.parts]) for section in report.sections],
        opened=list(_opened(report)),
    )
    return text.encode("utf-8")


def _opened(report: Report) -> Iterator[Opened]:
    entries = report.evidence.entries
    for figure, number in report.numbers.items():
        found = [(report.entries[iri], entries[report.entries[iri] - 1]) for iri in figure.of]
        few = len(found) <= _MOST_WORDS
        yield Opened(number, figure.what, tuple((n, entry.name, entry.quotes if few else ()) for n, entry in found))


class _Marks:
    """The parts of a report as HTML; each figure has an anchor where it stands first, to come back to."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._anchored: set[int] = set()
        self._tables = 0

    def part(self, part: Part) -> Markup:
        if isinstance(part, Heading):
            return Markup("<h{0}>{1}</h{0}>").format(part.level + 1, part.text)
        if isinstance(part, Text):
            return Markup('<p class="{}">{}</p>').format(part.kind, self._cell(part.runs))
        if isinstance(part, Quote):
            return self._quote(part)
        if isinstance(part, Bars):
            return Markup('<div class="picture">{}</div>').format(Markup(svg(part, f"{part.title}（数字见下表）")))
        return self._table(part)

    def _cell(self, runs: Cell) -> Markup:
        return Markup("").join(self._figure(run) if isinstance(run, Figure) else escape(run) for run in runs)

    def _figure(self, figure: Figure) -> Markup:
        number = self.report.numbers[figure]
        anchor = Markup("") if number in self._anchored else Markup(' id="b{}"').format(number)
        self._anchored.add(number)
        return Markup('<a class="figure"{} href="#f{}">{}</a>').format(anchor, number, figure.text)

    def _quote(self, part: Quote) -> Markup:
        quotes = self.report.evidence.quotes[part.of]
        words = Markup("；").join(Markup("“{}”").format(quoted.words) for quoted in quotes)
        places = "、".join(dict.fromkeys(f"来源{q.source + 1} {q.where}" for q in quotes))
        return Markup('<p class="quote">原文：{} <span class="where">（{}）</span></p>').format(words, places)

    def _table(self, table: Table) -> Markup:
        self._tables += 1
        kinds = [
            name
            for name, holds in (
                ("shaded", table.shades),
                ("upright", table.upright),
                ("narrow", table.narrow),
                ("short", len(table.rows) <= _SHORT),
            )
            if holds
        ]
        head = Markup("").join(
            Markup('<th scope="col"{}><span>{}</span></th>').format(self._numeric(table, j), name)
            for j, name in enumerate(table.head)
        )
        rows = Markup("").join(
            Markup("<tr{}>{}</tr>\n").format(
                Markup(' class="total"') if table.total and i == len(table.rows) - 1 else "",
                Markup("").join(self._cell_of(table, i, j, cell) for j, cell in enumerate(row)),
            )
            for i, row in enumerate(table.rows)
        )
        return Markup(
            '<table class="{}">\n<caption>表{}　{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>'
        ).format(" ".join(kinds), self._tables, table.caption, head, rows)

    def _cell_of(self, table: Table, i: int, j: int, cell: Cell) -> Markup:
        shade = table.shades.get((i, j))
        names = [
            *(["number"] if j in table.numeric else []),
            *(["whole"] if j in table.whole else []),
            *([f"shade{shade}"] if shade else []),
        ]
        attribute = Markup(' class="{}"').format(" ".join(names)) if names else ""
        return Markup("<td{}>{}</td>").format(attribute, self._cell(cell))

    def _numeric(self, table: Table, column: int) -> Markup:
        return Markup(' class="number"') if column in table.numeric else Markup("")
