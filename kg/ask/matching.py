"""Which form holds every word and name of a question, and is alone in that.

A form fits where each of its required items is met by a piece of the question, each piece meets an item or is asked
for, and no more is asked for than the saved question may be: no word is passed over, and no part of what is asked. Its
score tells how much of the question it is about: 2 for each word that it requires and 1 for any other, 2 for
each name and 2 more where it is taken as what it is first. The best one is taken if it is better than every other, and
no other takes a name for something else: 优化营商环境, a theme and a proposal's title, is decided by no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.ask.apposition import settled
from kg.ask.forms import Form, Item
from kg.ask.reading import CLAUSE_MARKS, EDGE, FILLER, NOT, OUTSIDE, WHICH, WHO, Piece, Slot, sought

_ASKING = frozenset({"何时", "地方", "结果", "强度", "附上"})
"""Words beside 哪些 and 谁 that ask by themselves: 什么时候, 在哪里, 怎么样, 请注明."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved question with its parameters."""

    question: str
    params: tuple[tuple[str, str], ...]
    """Parameter and value, in the form's order."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A form that fits."""

    asked: Asked
    score: int
    """How much of the question its form is about."""


def fits(pieces: Sequence[Piece], forms: Iterable[Form]) -> list[Fit]:
    """Every saved question with its parameters whose form fits, the best score of each, the best first.

    None where a piece is unknown.
    """
    if not all(piece.known for piece in pieces):
        return []
    scores: dict[Asked, int] = {}
    parts = [(main, sought(main), further) for main, further in _with_further_clauses(settled(pieces))]
    for form in forms:
        for main, wanted, further in parts:
            if further <= form.also and all(nouns & form.asks for nouns in wanted):
                for asked, score in _asked(main, form, wanted):
                    scores[asked] = max(score, scores.get(asked, 0))
    found = (Fit(*pair) for pair in scores.items())
    return sorted(found, key=lambda fit: (-fit.score, fit.asked.question, fit.asked.params))


def _with_further_clauses(pieces: Sequence[Piece]) -> Iterator[tuple[Sequence[Piece], frozenset[str]]]:
    """The question as it is, and without its last clauses that each ask on; with the words of what was left out.

    哪些提案受到表彰，｜是谁提的 asks for proposals, and who proposed them stands beside them in the answer.
    """
    yield pieces, frozenset()
    further: frozenset[str] = frozenset()
    end = len(pieces)
    for start in range(len(pieces) - 1, 0, -1):
        if pieces[start].text in CLAUSE_MARKS:
            clause = pieces[start + 1 : end]
            if any(piece.slots or piece.kind in {NOT, OUTSIDE} for piece in clause):
                return
            if any(piece.kind in {WHICH, WHO} or piece.word in _ASKING for piece in clause):
                further |= {p.word for p in clause if p.kind not in {FILLER, WHICH, EDGE}}
                yield pieces[:start], further
            elif any(piece.kind != FILLER for piece in clause):
                return
            end = start


def _asked(pieces: Sequence[Piece], form: Form, wanted: Sequence[set[str]]) -> Iterator[tuple[Asked, int]]:
    """The saved question with each way to fill the form's slots, and its score; none where it does not fit."""
    names = list(dict.fromkeys(piece.slots for piece in pieces if piece.slots))
    if (met := _met(pieces, form, wanted)) is not None:
        yield from ((asked, met + filled) for asked, filled in _filled(form, names))


def best(found: Sequence[Fit]) -> Asked | None:
    """The one better than every other; None where there is none, or where two are equal or differ in what is named."""
    if not found:
        return None
    first, *others = found
    values = {value for _, value in first.asked.params}
    if any(other.score == first.score or {value for _, value in other.asked.params} != values for other in others):
        return None
    return first.asked


def nearness(pieces: Sequence[Piece], form: Form) -> float:
    """How much of a question a form that does not fit has, 0 … 1 (Dice): to tell what could be asked instead."""
    words = {piece.word for piece in pieces if piece.word and piece.kind != FILLER}
    kinds = {slot.kind for piece in pieces for slot in piece.slots}
    asked = len(words) + sum(1 for piece in pieces if piece.slots)
    met = sum(1 for item in form.items if item.names & (kinds if item.param else words))
    required = sum(1 for item in form.items if item.required or item.names & (kinds if item.param else words))
    return 2 * met / (asked + required) if asked + required else 0.0


def _met(pieces: Sequence[Piece], form: Form, wanted: Sequence[set[str]]) -> int | None:
    """The score of a question's words in a form; None where a required one is missing or the question has others."""
    said = {piece.word for piece in pieces if piece.word}
    must_fit = {p.word for p in pieces if p.word and not p.free and p.kind not in {FILLER, WHICH}}
    items = [item for item in form.items if not item.param]
    if must_fit - (form.asks & set().union(*wanted)) - {name for item in items for name in item.names}:
        return None
    if any(item.required and not item.names & said for item in items):
        return None
    required = {name for item in items if item.required for name in item.names}
    return sum(2 if word in required else 1 for word in said & (required | must_fit))


def _filled(form: Form, names: Sequence[tuple[Slot, ...]]) -> Iterable[tuple[Asked, int]]:
    """The saved question with each way of filling its slots, and the score of that."""
    for filled in _fillings([item for item in form.items if item.param], names):
        params = tuple((item.param, filled[item.param].value) for item in form.items if item.param in filled)
        first = sum(1 for name in names if name[0] in filled.values())
        yield Asked(form.question, form.fixed + params), 2 * len(filled) + 2 * first


def _fillings(slots: Sequence[Item], names: Sequence[tuple[Slot, ...]]) -> Iterable[dict[str, Slot]]:
    """Every way to give each name a slot, so that no required one stays over; slots of one kind fill in their order."""
    if not names:
        if not any(item.required for item in slots):
            yield {}
        return
    for slot in names[0]:
        tried: set[frozenset[str]] = set()
        for item in slots:
            if slot.kind in item.names and item.names not in tried:
                tried.add(item.names)
                others = [other for other in slots if other is not item]
                yield from ({item.param: slot} | more for more in _fillings(others, names[1:]))
