"""The sheets: all that is told of one thing, as a list of sections, whatever shows them.

`SHEETS` is the registry: a kind with a sheet of its own is a module here and its line below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from kg.ledger import Row
from kg.lexicon import Lexicon
from kg.view.cards import Card, Deck
from kg.view.quotations import Quotation
from kg.view.sections import Note, Section, Value
from kg.view.sheets.conflicts import said_once
from kg.view.sheets.material import Material
from kg.view.sheets.member_sheet import member_sheet
from kg.view.sheets.other_sheet import other_sheet
from kg.view.sheets.proposal_sheet import proposal_sheet
from kg.view.sheets.sector_sheet import sector_sheet
from kg.view.sheets.similar import near_ones
from kg.view.sheets.theme_sheet import theme_sheet
from kg.words import Words

Builder = Callable[[Material, str], Iterator[Section]]
"""A graph and an IRI → the sections of its sheet."""

SHEETS: Final[Mapping[str, Builder]] = {
    "Proposal": proposal_sheet,
    "Person": member_sheet,
    "Sector": sector_sheet,
    "Organization": sector_sheet,
    "Theme": theme_sheet,
}
"""Kind → what makes its sheet; every other kind has the general one."""


def sheets(made: Deck, rows: Sequence[Row], lexicon: Lexicon, words: Words) -> tuple[tuple[Section, ...], ...]:
    """The sections of every card, in the order of the cards.

    What a section quotes is added to the deck's quotations.

    Args:
        made: the cards.
        rows: the graph's proposals.
        lexicon: what titles and themes are read with.
        words: the dictionary that tells a slip from a word.

    """
    known = {row.iri: row for row in rows if row.iri in made.index}
    material = Material(made, known, near_ones(list(known.values()), lexicon, words), said_once())
    return tuple(_sheet(material, card) for card in made.cards)


def _sheet(material: Material, card: Card) -> tuple[Section, ...]:
    builder = SHEETS.get(card.kind, other_sheet)
    told = [section for section in builder(material, card.iri) if section.rows]
    cited = _cited(material.deck.quotations, told)
    quotes = Section("原文", "quotes", (), tuple(((Value("", None, same),),) for same in cited))
    shown = {_passage(material.deck.quotations[q]) for same in cited for q in same}
    further = [q for q in card.mentions if _passage(material.deck.quotations[q]) not in shown]
    notes = (Note("文中共{n}处提及", {"n": card.mentioned}),) if card.mentioned > len(further) else ()
    named = Section(
        "另见" if cited else "文中提及", "quotes", (), tuple(((Value("", None, (q,)),),) for q in further), notes
    )
    return tuple(section for section in (*told, quotes, named) if section.rows)


def _cited(quotations: Sequence[Quotation], told: Sequence[Section]) -> list[tuple[int, ...]]:
    """What facts and courses cite, in the order in which they do; rules that read one passage share its number."""
    passages: dict[tuple[str, str, str], dict[int, None]] = {}
    for section in told:
        if section.form == "table":
            continue
        for row in section.rows:
            for value in (value for cell in row for value in cell):
                for q in value.quotations:
                    passages.setdefault(_passage(quotations[q]), {})[q] = None
    return [tuple(same) for same in passages.values()]


def _passage(quotation: Quotation) -> tuple[str, str, str]:
    return quotation.document, quotation.where, quotation.words
