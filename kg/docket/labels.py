"""What a text labels as a table would head its columns: `提案者：…`, `主办单位：…、会办单位：…`, `提案人为…`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kg.clean import HAN, strip
from kg.lexicon import Term
from kg.model import Passage
from kg.sentences import Clause
from kg.tables import roles
from kg.wordlist import either

_VALUE = re.compile(r"(?:[（(][^（）()]*[)）]|[^，,。；;（）()])*")
_SAID_IN_PROSE = 3
"""Characters of a label that may also stand before 为 or 是: shorter ones are everyday words (`主办为`, `说明是`)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label with what stands behind it."""

    role: str
    """What a column of that name would be: an id of the lexicon."""
    start: int
    """Where the label begins in its passage."""
    value: Clause


@cache
def _pattern(columns: tuple[Term, ...]) -> re.Pattern[str]:
    names = roles(columns)
    long = either(n for n in names if len(n) >= _SAID_IN_PROSE)
    return re.compile(rf"(?:(?P<a>(?<![{HAN}])(?:{either(names)})|{long})\s*[:：]|(?<![{HAN}])(?P<b>{long})[为是])\s*")


def labels(passage: Passage, columns: tuple[Term, ...]) -> Iterator[Label]:
    """Every label of a passage, in order; its value ends at a mark or at the next label."""
    found = list(_pattern(columns).finditer(passage.text))
    known = roles(columns)
    for match, after in zip_longest(found, found[1:]):
        end = after.start() if after else len(passage.text)
        value = _VALUE.match(passage.text, match.end(), end)
        if value and value.group().strip():
            kept = passage.slice(*value.span())
            lead = len(kept.text) - len(kept.text.lstrip())
            start = value.start() + lead
            clause = Clause(passage, start, start + len(strip(kept).text))
            yield Label(known[match["a"] or match["b"]], match.start(), clause)
