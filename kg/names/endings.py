"""Where the name of a body may end: at the words that such names end with, where no other word holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.lexicon import Lexicon, Suffix
from kg.tagger import Tag
from kg.wordlist import WordList
from kg.words import Words

_TAGGED = {"ORG", "nt"}
_ENDING_TAGS = _TAGGED | {"n", "nz", "vn"}
_CLEAR = {"局", "厅", "厂", "系"}
"""Endings of one character that a common noun may have in a body's name: `水厂`, `旅游局`."""
_FIRM = "企业"
_NEVER = "\0"


class Ending(NamedTuple):
    """An ending that stands in a text."""

    word: int
    """The number of the tagger's word that holds its last character."""
    start: int
    end: int
    suffix: Suffix


class Endings:
    """Finds endings of bodies; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._words = words
        self._strong = {s.id: s for s in lexicon.body_suffixes}
        self._strong_endings = WordList(self._strong)
        self._weak = {s.id: s for s in lexicon.tagged_body_suffixes}
        self._last = {s.id[-1] for s in lexicon.tagged_body_suffixes}
        self._longest_weak = max(map(len, self._weak), default=0)
        self._firm_posts = {p.id for p in lexicon.posts if p.capacity == _FIRM}
        self._longest_post = max(map(len, self._firm_posts), default=0)

    def find(self, text: str, tags: Sequence[Tag]) -> Iterator[Ending]:
        """The endings of `body-suffixes.csv`, and where none stands those of `tagged-body-suffixes.csv`."""
        strong = list(self._strong_in(text, tags))
        yield from strong
        ends = {ending.end for ending in strong}
        for n, tag in enumerate(tags):
            if tag.kind in _ENDING_TAGS and tag.end not in ends:
                suffix = self._weak_of(text, tags, n)
                if suffix is not None:
                    yield Ending(n, tag.end - len(suffix.id), tag.end, suffix)

    def firm_post_at(self, text: str, at: int) -> bool:
        """Whether a post that firms have begins here: 总经理, 董事长."""
        return any(text[at : at + n] in self._firm_posts for n in range(2, self._longest_post + 1))

    def _strong_in(self, text: str, tags: Sequence[Tag]) -> Iterator[Ending]:
        by_end = {t.end: n for n, t in enumerate(tags)}
        for start, end in self._strong_endings.spans(text):
            suffix = self._strong[text[start:end]]
            word = by_end.get(end, self._around(text, end, tags))
            if word is not None and not _is_decoy(text[:end], suffix) and self._is_whole(text, start, end, tags[word]):
                yield Ending(word, start, end, suffix)

    def _around(self, text: str, end: int, tags: Sequence[Tag]) -> int | None:
        """What the tagger takes for a longer body that this ending is inside of: `某公司|财务部`."""
        inside = (n for n, t in enumerate(tags) if t.start < end < t.end and t.kind in _TAGGED)
        word = next(inside, None)
        return None if word is None or self._words.crosses(text, end) else word

    def _is_whole(self, text: str, start: int, end: int, last: Tag) -> bool:
        """Whether no word runs into the ending (协商|会), unless it is the name's own (工商大学)."""
        tagged = last.kind in _TAGGED
        if tagged and end - start > 2:
            return True
        word = self._words.spanning(text, start)
        return word is None or (word[1] == end and last.start <= start and (tagged or last.end == end))

    def _weak_of(self, text: str, tags: Sequence[Tag], n: int) -> Suffix | None:
        """The weaker ending of a word: one of a single character counts only in what the tagger takes for a body."""
        tag = tags[n]
        if text[tag.end - 1] not in self._last:
            return None
        word = text[tag.start : tag.end]
        suffix = longest_suffix(word, self._weak, self._longest_weak)
        if suffix is None or _is_decoy(word, suffix):
            return None
        if suffix.kind == _FIRM and len(suffix.id) > 1 and not self._ends_a_firm(text, tags, n):
            return None
        return suffix if tag.kind in _TAGGED or len(suffix.id) > 1 or suffix.id in _CLEAR else None

    def _ends_a_firm(self, text: str, tags: Sequence[Tag], n: int) -> bool:
        """Whether a line of business ends a firm's short name: before a post, or what the tagger takes for one."""
        after = tags[n + 1].kind if n + 1 < len(tags) else ""
        apart = tags[n].kind in _TAGGED and after not in {"n", "vn", "v", "an"}
        return apart or self.firm_post_at(text, tags[n].end)


def longest_suffix(word: str, suffixes: Mapping[str, Suffix], longest: int) -> Suffix | None:
    """The longest of the suffixes, of at most so many characters, that a word ends with."""
    lengths = range(min(longest, len(word)), 0, -1)
    return next((suffixes[word[-n:]] for n in lengths if word[-n:] in suffixes), None)


def _is_decoy(words: str, suffix: Suffix) -> bool:
    return words.endswith(suffix.decoys or (_NEVER,))
