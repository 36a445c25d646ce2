"""Which policy themes a text is about: the thesaurus's words, found by an Aho–Corasick automaton, and weighed.

A match is the leftmost and there the longest word; inside a theme's decoy phrase none of its words counts.
docs/themes.md tells how the main theme is chosen and what was measured.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from kg.errors import KgError
from kg.lexicon import Lexicon, ThemeRow

Crosses = Callable[[str, int], bool]
"""Whether a segmenter's word runs across position `i` of a text: it holds both `text[i - 1]` and `text[i]`."""


class BrokenThesaurus(KgError):
    """The themes don't form a tree, or two of them claim one word."""

    exit_code = 4


class ThemeHit(NamedTuple):
    """A theme's word in a text, half-open, in code points."""

    theme: str
    start: int
    end: int


LEAST = 0.33
"""The share of a record's weight below which a policy area is left out; docs/themes.md tells how it was measured."""

_WEAK = 0.3
"""Weight of a word that says little beside others, which weigh 1: below LEAST when it stands alone beside one."""
_FRAME = "cppcc-work"
"""The theme that every text of the field speaks of, whatever its subject."""
_CROSS_CUTTING = frozenset({"standardisation", "talent", "youth-development"})
"""Themes that every field has a share in (人才队伍, 标准化): their own words, not those of the themes below them."""
_FORMULAE = "political-guidance"
"""The theme of what is said before any subject (学习贯彻会议精神, 凝聚共识): it counts where nothing else is said."""
_PURPOSE = re.compile(
    r"[\s,，;；、。](?:助力|助推|赋能|服务|为(?=[^\s,，;；。]*(?:注入|提供|贡献|增添|夯实|奠定|添)))[^\s,，;；。]*"
)
"""What a title is good for, after what it is about: `…的建设 助力…发展`, `…，为…注入新动能`."""
_FOLD = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)} | {
    c + 0xFEE0: (c + 32 if chr(c).isupper() else c) for c in range(0x21, 0x7F)
}
"""Full width → half width, capitals → small letters: one character for one, so that offsets hold."""


class ThemeMatcher:
    """Finds a lexicon's themes in texts; built once, then only read.

    A theme stands under the first theme of its `broader`; a record that has it has the others too, each of another
    policy area (湿地公园 is wetlands, and a park).

    `crosses` is an optional check on two-character words, which may stand across two other words (`教育` in
    `宣教|育人`): such a match is dropped when its halves belong to different words, one of which reaches beyond it.

    Raises BrokenThesaurus where a theme's chain reaches no top theme or a word belongs to two themes.
    """

    def __init__(self, lexicon: Lexicon, crosses: Crosses | None = None) -> None:
        self._rows = {row.id: row for row in lexicon.themes}
        self._ancestors = {row.id: _chain(row, self._rows) for row in lexicon.themes}
        self._also = {row.id: _also(row, self._rows) for row in lexicon.themes}
        self._crosses = crosses
        owners = _owners(lexicon.themes)
        decoys = [(decoy.translate(_FOLD), row.id) for row in lexicon.themes for decoy in row.decoys]
        self._themes = [*owners.values(), *(theme for _, theme in decoys)]
        self._decoys_from = len(owners)
        self._automaton = AhoCorasick([*owners, *(decoy for decoy, _ in decoys)])

    def ancestors(self, theme: str) -> tuple[str, ...]:
        """The themes above it, the nearest first; empty for a top theme."""
        return self._ancestors[theme]

    def top(self, theme: str) -> str:
        """The top theme that it stands under; itself for a top theme."""
        return (theme, *self._ancestors[theme])[-1]

    def category(self, theme: str) -> str:
        """Its place in 五位一体."""
        return self._rows[theme].wuwei

    def find(self, text: str) -> list[ThemeHit]:
        """Every theme word of the text, from left to right, none overlapping another."""
        folded = text.translate(_FOLD)
        blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
        words: list[tuple[int, int, str]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            theme = self._themes[pattern]
            if pattern < self._decoys_from:
                words.append((start, -end, theme))
            else:
                blocks[theme].append((start, end))
        hits: list[ThemeHit] = []
        for start, negative, theme in sorted(words):
            hit = ThemeHit(theme, start, -negative)
            if start >= (hits[-1].end if hits else 0) and self._stands(folded, hit, blocks.get(theme, ())):
                hits.append(hit)
        return hits

    def themes_of(self, text: str, least: float = LEAST) -> tuple[tuple[str, ...], str | None]:
        """The themes of a record, the weightiest first, and the main one; `((), None)` where there is none.

        A theme's weight is the sum of its words'. Left out are: the themes of a purpose clause (`助力…`) where another
        clause has any; formulae (`学习贯彻…精神`) where anything else is said; a theme above one that was found; one
        whose policy area (its top theme's) has less than the share `least` of the whole weight, unless no area has
        more. So a weak word (教育, 企业, 协商) counts where it is repeated or stands alone. Behind the themes whose
        words stand there come those of other areas that these say as well.
        """
        hits = self._about(text, self.find(text))
        weights: dict[str, float] = defaultdict(float)
        areas: dict[str, float] = defaultdict(float)
        for theme, _, _ in hits:
            weight = _WEAK if self._is_weak(theme) else 1.0
            weights[theme] += weight
            areas[self.top(theme)] += weight
        floor = min(least * sum(areas.values()), max(areas.values(), default=0.0))
        above = {ancestor for theme in weights for ancestor in self._ancestors[theme]}
        first = {hit.theme: hit.start for hit in reversed(hits)}
        kept = [theme for theme in weights if theme not in above and areas[self.top(theme)] >= floor]
        kept.sort(key=lambda theme: (-areas[self.top(theme)], -weights[theme], first[theme]))
        return self._with_others(kept), kept[0] if kept else None

    def _stands(self, folded: str, hit: ThemeHit, blocks: Iterable[tuple[int, int]]) -> bool:
        """Whether the word is one where it stands: in no decoy, no part of a Latin word, not across two words."""
        _, start, end = hit
        if any(block <= start and end <= stop for block, stop in blocks):
            return False
        return not (_inside_ascii(folded, start, end) or self._straddles(folded, start, end))

    def _straddles(self, text: str, start: int, end: int) -> bool:
        crosses = self._crosses
        if crosses is None or end - start != 2 or crosses(text, start + 1):
            return False
        return (start > 0 and crosses(text, start)) or (end < len(text) and crosses(text, end))

    def _about(self, text: str, hits: list[ThemeHit]) -> list[ThemeHit]:
        purposes = [found.span() for found in _PURPOSE.finditer(text)]
        about = [hit for hit in hits if not any(start <= hit.start < end for start, end in purposes)]
        return [hit for hit in about if not self._is_of(_FORMULAE, hit.theme)] or about or hits

    def _with_others(self, kept: list[str]) -> tuple[str, ...]:
        """The themes and what they say as well, unless a theme of that kind is among them already."""
        covered = {line for theme in kept for line in (theme, *self._ancestors[theme])}
        others = [other for theme in kept for other in self._also[theme] if other not in covered]
        above = {line for other in others for line in self._ancestors[other]}
        return *kept, *(other for other in dict.fromkeys(others) if other not in above)

    def _is_weak(self, theme: str) -> bool:
        """Whether its words say little beside others: a top theme's (企业, 教育), or the field's own (协商, 履职)."""
        return not self._ancestors[theme] or theme in _CROSS_CUTTING or self._is_of(_FRAME, theme)

    def _is_of(self, above: str, theme: str) -> bool:
        return above == theme or above in self._ancestors[theme]


def _chain(row: ThemeRow, rows: dict[str, ThemeRow]) -> tuple[str, ...]:
    chain: list[str] = []
    while row.broader:
        above = row.broader[0]
        if above not in rows or above in chain:
            raise _astray(row, above)
        chain.append(above)
        row = rows[above]
    return tuple(chain)


def _also(row: ThemeRow, rows: dict[str, ThemeRow]) -> tuple[str, ...]:
    """The themes of other areas that a theme's words say as well."""
    for other in row.broader[1:]:
        if other not in rows:
            raise _astray(row, other)
    return row.broader[1:]


def _astray(row: ThemeRow, above: str) -> BrokenThesaurus:
    return BrokenThesaurus(
        f"theme {row.id}: {above!r} is no theme above it",
        where="themes.csv",
        hint="`broader` must be another row's id and lead to a top theme",
    )


def _owners(themes: Iterable[ThemeRow]) -> dict[str, str]:
    """Every word of a theme, its name first → the theme's id."""
    owners: dict[str, str] = {}
    for row in themes:
        for word in (row.name, *row.aliases):
            owner = owners.setdefault(word.translate(_FOLD), row.id)
            if owner != row.id:
                raise BrokenThesaurus(
                    f"{word} belongs to {owner} and to {row.id}", where="themes.csv", hint="leave it in one of them"
                )
    return owners


def _inside_ascii(folded: str, start: int, end: int) -> bool:
    """Whether a word of Latin letters or digits is only part of a longer one (`ai` in `aids`, `110` in `1100`)."""
    before, after = folded[max(start - 1, 0) : start], folded[end : end + 1]
    return _joined(before, folded[start]) or _joined(folded[end - 1], after)


def _joined(left: str, right: str) -> bool:
    return (left + right).isascii() and left.isalnum() and right.isalnum()
