"""Names of seats (界别): which walks of life of the national scheme a committee's own wording combines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import SectorType

_SEAT = re.compile(r"(?:界别|界)(?:委员|组|小组)?$")
_JOINED = re.compile(r"[、和与及·]|暨")
CURRENT = 14
"""The national committee's term whose scheme types a local sector where the text does not date it."""


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
    if whole := _type(stem, in_force):
        return whole
    parts = [_type(part, in_force) for part in _JOINED.split(stem) if part]
    return tuple(dict.fromkeys(t for part in parts for t in part)) if len(parts) > 1 and all(parts) else ()


def _type(part: str, in_force: Sequence[SectorType]) -> tuple[SectorType, ...]:
    """The walks of life that one wording stands for: several where the lexicon gives it to several (`文体`)."""
    bare = part.removesuffix("界")
    named = [row for row in in_force if bare in {row.name.removesuffix("界"), row.short, row.name}]
    return tuple(named or [row for row in in_force if bare in row.aliases])
