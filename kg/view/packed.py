"""The sheets and what they quote in the short form in which the page carries them; `static/evidence.js` unpacks it.

What many sheets share stands once: a paragraph, a proposal's row in a table, a heading with its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.view.cards import Card, Document
from kg.view.quotations import Quotation
from kg.view.sections import Note, Row, Section, Value
from kg.view.wording import rule_names

_ITS_NAME: Final = 0
"""Instead of a value's words, where they are the name of the card that it leads to."""


class _Pool:
    """Things that are told by their number, each once."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}

    def number(self, thing: object) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))


def packed(
    cards: Sequence[Card],
    sheets: Sequence[Sequence[Section]],
    quotations: Sequence[Quotation],
    documents: Sequence[Document],
) -> dict[str, object]:
    """What the page's script needs once a sheet is opened.

    Returns:
        `documents`: title, file's name, date. `paragraphs`: document, words, repairs (begin, end, the scan's letters).
        `rules`: name, precision, what it reads. `quotations`: paragraph; where the words before, the words themselves
        and the words after begin, and where these end; place; rule; 1 where a person corrected it. `heads`: title,
        form, columns. `rows`: cells of values; a value is its words, or words, card, quotations, and 1 if it counts.
        `sheets`: for each card its sections, each a head, its rows' numbers and its notes.

    """
    numbers = {document.iri: number for number, document in enumerate(documents)}
    paragraphs, rules, heads, rows = _Pool(), _Pool(), _Pool(), _Pool()
    quoted = [_quotation(q, numbers[q.document], paragraphs, rules) for q in quotations]
    told = [
        [
            [
                heads.number((section.title, section.form, section.columns)),
                [rows.number(row) for row in section.rows],
                [_note(note) for note in section.notes],
            ]
            for section in sheet
        ]
        for sheet in sheets
    ]
    return {
        "documents": [[d.title, d.file, d.date] for d in documents],
        "paragraphs": list(paragraphs.numbers),
        "rules": list(rules.numbers),
        "quotations": quoted,
        "heads": list(heads.numbers),
        "rows": [_row(row, cards) for row in rows.numbers if isinstance(row, tuple)],
        "sheets": told,
    }


def _quotation(q: Quotation, document: int, paragraphs: _Pool, rules: _Pool) -> list[object]:
    parts = (q.earlier, q.before, q.words, q.after, q.later)
    ends = [sum(map(len, parts[:n])) for n in range(1, 5)]
    paragraph = paragraphs.number((document, "".join(parts), q.scan))
    rule = rules.number((q.rule, q.confidence, rule_names().get(q.rule, q.rule))) if q.rule else None
    return [paragraph, *ends, q.where, rule, *([1] if q.corrected else [])]


def _row(row: Row, cards: Sequence[Card]) -> list[list[object]]:
    return [[_value(value, cards) for value in cell] for cell in row]


def _value(value: Value, cards: Sequence[Card]) -> object:
    if value.card is None and not value.quotations:
        return value.text
    named = value.card is not None and cards[value.card].name == value.text
    counts = [1] if value.counts else []
    return [_ITS_NAME if named else value.text, value.card, *([value.quotations] if value.quotations else []), *counts]


def _note(note: Note) -> object:
    return [note.words, note.values] if note.values else note.words
