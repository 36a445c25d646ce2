"""The sheets as small static pages that link to each other: for a share, a stick, an archive; without a script.

A page's file name hangs on nothing but what the page is of, so that a link to it outlives a build.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from kg.view.cards import KINDS, Card
from kg.view.page_data import PageData
from kg.view.palette import FURTHER, LOOKS
from kg.view.quotations import Quotation
from kg.view.sections import Row, Section, Value

MOST: Final = 2000
"""Pages of one kind; of the rest the list of the kind tells how many there are."""
_MOST_ROWS: Final = 300
_MOST_WORDS: Final = 12
"""Passages behind one row of a table."""
_LONGEST_SLUG: Final = 60
_HERE: Final = Path(__file__).parent
_REPAIRED: Final = Markup('{}<span class="repaired" tabindex="0" data-scan="原件作“{}”">{}</span>')
_STYLES: Final = ("page.css", "sheet.css", "print.css", "site.css")


@dataclass(frozen=True, slots=True)
class _List:
    """The pages of one kind."""

    label: str
    file: str
    measure: str
    all: int
    """How many there are, those without a page too."""
    cards: tuple[int, ...]


def file_name(card: Card, number: int) -> str:
    """The page's file: ASCII letters, digits and hyphens, at most 120 bytes, the same in every build.

    It ends with a hash, since names may differ in Chinese only, and since Windows takes `A` for `a`. Where the name of
    the thing is not shown, its number stands there instead, and may change from build to build.
    """
    kind = card.kind.lower()
    if card.nameless:
        return f"{kind}-{number}.html"
    key = card.iri.partition("/id/")[2] or card.iri
    slug = re.sub(r"(?:%[0-9a-f]{2}|[^a-z0-9])+", "-", key.partition("/")[2].lower())[:_LONGEST_SLUG].strip("-")
    digest = hashlib.sha256(card.iri.encode("utf-8")).hexdigest()[:12]
    return "-".join(part for part in (kind, slug, digest) if part) + ".html"


def write(data: PageData, folder: Path) -> None:
    """Write the pages into a folder, which is made anew.

    Raises OSError where the disk refuses.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for name, text in pages(data):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def pages(data: PageData) -> Iterator[tuple[str, str]]:
    """Every page's file name and text; the same from the same data."""
    lists = _lists(data)
    files = {card: file_name(data.cards[card], card) for each in lists for card in each.cards}
    environment = _environment(data, lists, files)
    yield "site.css", _style()
    yield "index.html", environment.get_template("site/index.html.j2").render()
    of_a_list, sheet = (environment.get_template(f"site/{name}.html.j2") for name in ("list", "sheet"))
    for each in lists:
        yield each.file, of_a_list.render(list=each)
    for number, file in files.items():
        yield file, _page(sheet, data.cards[number], data.sheets[number])


def _page(template: Template, card: Card, sections: Sequence[Section]) -> str:
    return template.render(card=card, sections=sections, order=_order(sections))


def _style() -> str:
    return "\n".join((_HERE / "static" / name).read_text(encoding="utf-8").replace("\r\n", "\n") for name in _STYLES)


def _places(value: Value, order: Mapping[int, int]) -> list[int]:
    """Which of the listed passages state a value."""
    return sorted({order[q] for q in value.quotations if q in order})


def _spans(course: Section) -> dict[str, int]:
    """Step of a course → how many rows it has."""
    return Counter(row[0][0].text for row in course.rows)


def _order(sections: Sequence[Section]) -> dict[int, int]:
    """Quotation → its number among the passages that the page lists."""
    listed = next((s for s in sections if s.form == "quotes" and s.title == "原文"), None)
    rows = listed.rows if listed else ()
    return {q: n for n, row in enumerate(rows, 1) for q in row[0][0].quotations}


def _lists(data: PageData) -> tuple[_List, ...]:
    measures = {look.kind: (look.label, look.measure) for look in (*LOOKS, *FURTHER)}
    found = {kind: [n for n, card in enumerate(data.cards) if card.kind == kind] for kind in KINDS}
    return tuple(
        _List(measures[kind][0], f"list-{kind.lower()}.html", measures[kind][1], len(numbers), tuple(numbers[:MOST]))
        for kind, numbers in found.items()
        if numbers
    )


def _environment(data: PageData, lists: Sequence[_List], files: Mapping[int, str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    documents = {document.iri: document for document in data.documents}

    def source(quotation: Quotation) -> str:
        document = documents[quotation.document]
        named = f"{document.title} · " if document.title and document.title != document.file else ""
        return f"{named}{document.file} {quotation.where}"

    def passages(row: Row) -> list[Quotation]:
        numbers = chain.from_iterable(value.quotations for cell in row for value in cell)
        found = (data.quotations[number] for number in dict.fromkeys(numbers))
        return list({(q.document, q.where, q.words): q for q in found}.values())

    environment.globals.update(
        title=data.title,
        cards=data.cards,
        quotations=data.quotations,
        documents=data.documents,
        masked=data.masked,
        lists=lists,
        files=files,
        source=source,
        passages=passages,
        stretch=stretch,
        most_rows=_MOST_ROWS,
        most_words=_MOST_WORDS,
        places=_places,
        spans=_spans,
    )
    return environment


def stretch(quotation: Quotation, part: str) -> Markup:
    """One part of a quotation; what is read otherwise than the scan has it is dotted, and tells the scan's letters."""
    parts = {name: getattr(quotation, name) for name in ("earlier", "before", "words", "after", "later")}
    names = list(parts)
    start = sum(len(parts[name]) for name in names[: names.index(part)])
    text = parts[part]
    made, at = Markup(""), 0
    for begin, end, letters in quotation.scan:
        if start + at <= begin and end <= start + len(text):
            words = text[at : begin - start], letters, text[begin - start : end - start]
            made += _REPAIRED.format(*words)
            at = end - start
    return made + Markup.escape(text[at:])
