"""Which form holds every word and name of a question, and is alone in that.

A form fits where each of its required items is met by a piece of the question, each piece meets an item or is what the
saved question may be asked for, and no more is asked for than that: no word is passed over, and no part of what is
asked. Its score tells how much of the question it is about: 2 for each word that it requires and 1 for any other, 2 for
each name and 2 more where it is taken as what it is first. The best one is taken if it is better than every other, and
no other takes a name for something else: 优化营商环境, a theme and a proposal's title, is decided by no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ask.apposition import settled
from kg.ask.forms import Form, Item
from kg.ask.reading import FILLER, WHICH, Piece, Slot, sought


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
    pieces = settled(pieces)
    wanted = sought(pieces)
    names = list(dict.fromkeys(piece.slots for piece in pieces if piece.slots))
    scores: dict[Asked, int] = {}
    for form in forms:
        if all(nouns & form.asks for nouns in wanted) and (met := _met(pieces, form)) is not None:
            for asked, filled in _filled(form, names):
                scores[asked] = max(met + filled, scores.get(asked, 0))
    found = (Fit(*pair) for pair in scores.items())
    return sorted(found, key=lambda fit: (-fit.score, fit.asked.question, fit.asked.params))


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


def _met(pieces: Sequence[Piece], form: Form) -> int | None:
    """The score of a question's words in a form; None where a required one is missing or the question has others."""
    said = {piece.word for piece in pieces if piece.word}
    must_fit = {p.word for p in pieces if p.word and not p.free and p.kind not in {FILLER, WHICH}}
    items = [item for item in form.items if not item.param]
    if must_fit - form.asks - {name for item in items for name in item.names}:
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
        yield Asked(form.question, params), 2 * len(filled) + 2 * first


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
