"""Which form holds every word and name of a question, and is alone in that.

A form fits where each of its required items is met by a piece of the question, each piece meets an item or is what the
saved question may be asked for, and no more is asked for than that: no word is passed over, and no part of what is
asked. Its score is 2 for each item that is met, and 1 for each name taken as what it is first. The best one is taken if
it is better than any form that would ask something else; two that are equally good are no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ask.forms import Form, Item
from kg.ask.reading import FILLER, WHICH, Piece, Slot, sought, without_pointing


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
    """2 for each item that is met, 1 for each name that is taken as the first of its kinds."""


def fits(pieces: Sequence[Piece], forms: Iterable[Form]) -> list[Fit]:
    """Every saved question with its parameters whose form fits, the best score of each, the best first.

    None where a piece is unknown.
    """
    if not all(piece.known for piece in pieces):
        return []
    pieces = without_pointing(pieces)
    wanted = sought(pieces)
    names = list(dict.fromkeys(piece.slots for piece in pieces if piece.slots))
    scores: dict[Asked, int] = {}
    for form in forms:
        if wanted <= form.asks and (met := _met(pieces, form)) is not None:
            for asked, filled in _filled(form, names):
                scores[asked] = max(2 * met + filled, scores.get(asked, 0))
    found = (Fit(*pair) for pair in scores.items())
    return sorted(found, key=lambda fit: (-fit.score, fit.asked.question, fit.asked.params))


def best(found: Sequence[Fit]) -> Asked | None:
    """The one that is better than every other; None where there is none, or two are equal."""
    if not found or (len(found) > 1 and found[1].score == found[0].score):
        return None
    return found[0].asked


def nearness(pieces: Sequence[Piece], form: Form) -> float:
    """How much of a question a form that does not fit has, 0 … 1 (Dice): to tell what could be asked instead."""
    words = {piece.word for piece in pieces if piece.word and piece.kind != FILLER}
    kinds = {slot.kind for piece in pieces for slot in piece.slots}
    asked = len(words) + sum(1 for piece in pieces if piece.slots)
    met = sum(1 for item in form.items if item.names & (kinds if item.param else words))
    required = sum(1 for item in form.items if item.required or item.names & (kinds if item.param else words))
    return 2 * met / (asked + required) if asked + required else 0.0


def _met(pieces: Sequence[Piece], form: Form) -> int | None:
    """How many of a form's words a question has; None where one is missing or the question has others."""
    said = {piece.word for piece in pieces if piece.word}
    must_fit = {piece.word for piece in pieces if piece.word and piece.kind not in {FILLER, WHICH}}
    items = [item for item in form.items if not item.param]
    if must_fit - form.asks - {name for item in items for name in item.names}:
        return None
    if any(item.required and not item.names & said for item in items):
        return None
    return sum(1 for item in items if item.names & said)


def _filled(form: Form, names: Sequence[tuple[Slot, ...]]) -> Iterable[tuple[Asked, int]]:
    """The saved question with each way of filling its slots, and the score of that."""
    for filled in _fillings([item for item in form.items if item.param], names):
        params = tuple((item.param, filled[item.param].value) for item in form.items if item.param in filled)
        first = sum(1 for name in names if name[0] in filled.values())
        yield Asked(form.question, params), 2 * len(filled) + first


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
