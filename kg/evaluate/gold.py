"""A gold file, and beside it what was extracted from its text, so that the two can be compared."""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.lexicon import Lexicon
from kg.model import Fact, Facts, Mention, Node, Object, Theme
from kg.resolve import normalised

_ALIKE = 0.92
"""How alike two titles must be (Ratcliff and Obershelp's ratio) to be one title read in two ways."""
_SEAT = re.compile(r"(?:界别|界)?(?:委员)?$")
_EDGES = "《》<>。;,、"

Name = str
Key = tuple[str, str]
"""An entity of one text: its kind and its name, folded."""
Found = dict[Key, set[Name]]
"""The entities found → every wording of each."""


def read(path: Path) -> dict[str, Any]:
    """A gold file. Raises UsageError, naming the file, where it can't be understood."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as e:
        raise UsageError(f"not JSON in UTF-8 ({e})", where=path.name, hint="docs/accuracy.md has the format") from e
    lacking = [name for name in ("id", "sha256", "people") if not isinstance(gold, dict) or name not in gold]
    if lacking:
        raise UsageError(f"no {lacking[0]} in it", where=path.name, hint="docs/accuracy.md has the format")
    return dict(gold)


def fold(text: str | None) -> str:
    """A text as it is compared: blanks, width, quotation marks and the marks around a title folded."""
    return normalised(text or "").translate({ord("'"): '"'}).strip(_EDGES)


def seat(text: str) -> str:
    """A sector's name without what says that it is one.

    >>> seat("教育界别"), seat("无党派人士")
    ('教育', '无党派人士')
    """
    return _SEAT.sub("", fold(text))


class Themes:
    """What a gold file can be compared with of a theme."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = {row.id: row for row in lexicon.themes}

        def area(theme: str) -> int | None:
            return area(rows[theme].broader[0]) if rows[theme].broader else rows[theme].cap

        self.areas = {theme: area(theme) for theme in rows}
        """The policy area (CAP major topic) of its top theme."""
        own = {theme: {row.name, *row.aliases} for theme, row in rows.items()}
        self.words = {
            theme: own[theme].union(*(own.get(above, ()) for above in row.broader[:1])) for theme, row in rows.items()
        }
        """Its wordings and those of the theme above it."""


@dataclass
class Text:
    """One text's gold beside its facts."""

    gold: dict[str, Any]
    stated: Facts | None
    themes: Themes

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The text's facts; none where the text was not read."""
        return self.stated.facts if self.stated else ()

    @cached_property
    def entities(self) -> Found:
        """All that the text names."""
        found: Found = defaultdict(set)
        for mention in self._mentions():
            raw = self.stated.document.raw[mention.span.start : mention.span.end] if self.stated else ""
            words = (mention.name, mention.reading, raw if mention.reading else "")
            found[key(mention)] |= {fold(w) for w in words if w}
        return dict(found)

    def _mentions(self) -> Iterator[Mention]:
        yield from self.stated.mentions if self.stated else ()
        for fact in self.facts:
            yield from (x for x in (fact.subject, fact.object) if isinstance(x, Mention))

    def of_kind(self, kind: str) -> Found:
        """The entities of a class of the ontology."""
        return {k: names for k, names in self.entities.items() if k[0] == kind}

    @cached_property
    def values(self) -> dict[tuple[Mention | Node | Key, str], list[Object]]:
        """(An entity's key or a node, predicate) → the objects."""
        found: dict[tuple[Mention | Node | Key, str], list[Object]] = defaultdict(list)
        for fact in self.facts:
            found[subject(fact), fact.predicate].append(fact.object)
        return found

    def linked(self, thing: Key | Node | None, *predicates: str) -> Found:
        """The entities that a subject is tied to by one of the predicates."""
        ends = [x for p in predicates for x in (self.values.get((thing, p), []) if thing else [])]
        return {key(x): self.entities[key(x)] for x in ends if isinstance(x, Mention)}

    def caps(self, thing: Key | Node | None) -> set[int]:
        """The policy areas of a record's themes."""
        themes = self.values.get((thing, "zx:theme"), []) if thing else []
        return {c for t in themes if isinstance(t, Theme) and (c := self.themes.areas[t.id]) is not None}

    @cached_property
    def people(self) -> dict[Name, Key]:
        """The gold's people → the entities that they were found as; likewise below."""
        return pair({fold(p["name"]) for p in self.gold["people"]}, self.of_kind("Person"))

    @cached_property
    def proposals(self) -> dict[Name, Key]:
        """By title, read alike."""
        return pair([fold(p["title"]) for p in self.gold["proposals"]], self.of_kind("Proposal"), alike)

    @cached_property
    def cases(self) -> dict[Name, Key]:
        """By title, read alike."""
        return pair([fold(c["title"]) for c in self.gold.get("cases", [])], self.of_kind("ConsultationCase"), alike)


def key(mention: Mention) -> Key:
    """The entity that a mention names."""
    return mention.kind, fold(mention.name)


def subject(fact: Fact) -> Key | Node:
    """What a fact is about."""
    return key(fact.subject) if isinstance(fact.subject, Mention) else fact.subject


def alike(a: str, b: str) -> bool:
    """Whether two folded titles are one."""
    return a == b or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def pair(gold: Iterable[Name], found: Found, same: Callable[[str, str], bool] = lambda a, b: a == b) -> dict[Name, Key]:
    """Each gold name with one entity that bears it: those that are equal first, so that none of them is taken."""
    left, pairs = dict(found), dict[Name, Key]()
    for test in (lambda a, b: a == b, same):
        for name in (g for g in sorted(gold) if g not in pairs):
            bearer = next((k for k, names in left.items() if any(test(name, n) for n in names)), None)
            if bearer is not None:
                pairs[name] = bearer
                del left[bearer]
    return pairs
