"""Words of a list found in a text: all at once (Aho–Corasick), as a pattern, or as the ending of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon import Suffix


class WordList:
    """Finds the words of a list in a text, the longest at each place, without overlaps (Aho–Corasick)."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = AhoCorasick(sorted(set(words)), matchkind=MatchKind.LeftmostLongest)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand.

        >>> WordList(["主任", "居委会主任"]).spans("社区居委会主任")
        [(2, 7)]
        """
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text)]


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; for none of them where there are none.

    >>> either(["委", "委员会"])
    '委员会|委'
    """
    return "|".join(sorted((re.escape(w) for w in set(words) if w), key=lambda w: (-len(w), w))) or r"(?!)"


def suffix_kind(name: str, suffixes: Iterable[Suffix]) -> str | None:
    """The kind of the longest suffix that a name ends with.

    >>> suffix_kind("某街道民生议事堂", [Suffix("议事堂", "平台", ())])
    '平台'
    """
    fitting = [s for s in suffixes if name.endswith(s.id)]
    return max(fitting, key=lambda s: len(s.id)).kind if fitting else None
