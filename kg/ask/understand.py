"""A question in words → the one saved question that it asks, with its parameters; or why none, and what is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from kg.ask.forms import Form, forms_of
from kg.ask.matching import Asked, Fit, best, fits
from kg.ask.names import Names
from kg.ask.reading import OUTSIDE, NamesOf, Piece, Vocabulary, folded, read, with_torn
from kg.errors import UsageError
from kg.lexicon import Lexicon
from kg.query import saved
from kg.words import Words

LONGEST = 200
"""The most characters that a question may have."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a question."""

    pieces: tuple[Piece, ...]
    fits: tuple[Fit, ...]
    """Every saved question whose form holds all pieces, the best first."""
    asked: Asked | None
    """The one that it asks; None where that is not sure."""

    @property
    def doubt(self) -> str:
        """Why it is not sure, in words; empty where it is."""
        if self.asked:
            return ""
        if unknown := [piece.text for piece in self.pieces if not piece.known]:
            return f"“{'”“'.join(unknown)}”既不在问句词表里，也不是图谱里的名称"
        if outside := [piece.text for piece in self.pieces if piece.kind == OUTSIDE]:
            return f"已存问题都不回答“{'”“'.join(outside)}”这样的问法"
        if self.fits:
            return f"可以理解成 {self.fits[0].asked.question}，也可以理解成 {self.fits[1].asked.question}"
        return "每个词都认得，但没有一个已存问题问的正是这些"


class Asker:
    """Understands questions about a graph; made once, then only read."""

    def __init__(self, store: Store, lexicon: Lexicon) -> None:
        self._names = Names(store, lexicon)
        self._vocabulary = Vocabulary.of(lexicon)
        self._words = Words.load(word for word in self._vocabulary.words if len(word) > 1)
        self._forms: Sequence[Form] = forms_of(lexicon, [one.name for one in saved()])

    def understand(self, question: str) -> Reading:
        """What a question asks.

        It is read with the names of people, bodies, themes …; else with any name; else with parts of titles too.

        Raises UsageError for one that is empty or too long.
        """
        text = folded(question)
        if not text or len(text) > LONGEST:
            raise UsageError(
                f"a question has 1 to {LONGEST} characters, and this one has {len(text)}",
                hint="kg ask '哪些界别关注营商环境？'",
            )
        ways = (self._names.of_kinds, self._names.of, self._names.with_titles)
        readings = [reading for names_of in ways if (reading := self._read(text, names_of)).fits]
        return readings[0] if readings else self._read(text, self._names.of_kinds)

    def _read(self, text: str, names_of: NamesOf) -> Reading:
        pieces = read(text, self._vocabulary, names_of)
        if all(piece.known for piece in pieces):
            pieces = with_torn(pieces, self._words.cut(text))
        found = fits(pieces, self._forms)
        return Reading(tuple(pieces), tuple(found), best(found))
