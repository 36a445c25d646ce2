"""Names of seats (界别) and of parties' bodies: which walks of life a seat combines, which party a body is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import Party, SectorType

_SEAT = re.compile(r"(?:界别|界)(?:委员|组|小组)?$")
_JOINED = re.compile(r"[、和与及·]|暨")


@dataclass(frozen=True, slots=True)
class Seat:
    """A sector as a text names it."""

    name: str
    """Closed up and without 别: `经济界`, `文体和新闻出版界`."""
    types: tuple[SectorType, ...]
    """The national walks of life that it combines; empty where it is a local one of its own."""


def sector_in(text: str, scheme: Sequence[SectorType]) -> Seat | None:
    """The seat that a whole name names; None for what is none.

    A name is a seat where it ends in 界 or 界别 and every part of it is a walk of life of the scheme
    (`文体和新闻出版界别`), or where it ends in 界别, which nothing else does.
    """
    closed = re.sub(r"\s", "", text)
    ending = _SEAT.search(closed)
    if not ending or not closed[: ending.start()]:
        return None
    stem = closed[: ending.start()]
    types = _types(stem, scheme)
    if not types and "界别" not in ending.group():
        return None
    return Seat(f"{stem}界", types)


def _types(stem: str, scheme: Sequence[SectorType]) -> tuple[SectorType, ...]:
    in_force = [row for row in scheme if row.last_term is None]
    for rows in (in_force, scheme):  # a local committee may keep a walk of life that the nation's has given up
        if whole := _type(stem, rows):
            return whole
        parts = [_type(part, rows) for part in _JOINED.split(stem) if part]
        if len(parts) > 1 and all(parts):
            return tuple(dict.fromkeys(t for part in parts for t in part))
    return ()


def _type(part: str, in_force: Sequence[SectorType]) -> tuple[SectorType, ...]:
    """The walks of life that one wording stands for: several where the lexicon gives it to several (`文体`)."""
    bare = part.removesuffix("界")
    named = [row for row in in_force if bare in {row.name.removesuffix("界"), row.short, row.name}]
    return tuple(named or [row for row in in_force if bare in row.aliases])


def party_of(text: str, parties: Sequence[Party]) -> tuple[Party, int] | None:
    """The democratic party whose body a name is, with the length of its name there.

    The body's name begins with the party's and does not speak of a seat.
    """
    for party in parties:
        for word in (party.name, party.short, *party.aliases):
            if text.startswith(word) and not text.removeprefix(word).startswith("界"):
                return party, len(word)
    return None
