"""Words of Chinese text, segmented by jieba with its dictionary and the words that we add to it."""

from __future__ import annotations

import functools
import importlib
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba

KNOWN = 3
"""The least frequency of a known word: what jieba's dictionary gives to the words that it has but never counted."""
COMMON = 100
"""The least frequency, in the same corpus, of a word that is no proper name."""
REACH = 24
"""How far around a place the text is cut, in characters: more than three times the dictionary's long words."""
ADDED = 1000
"""The frequency of an added word, in a corpus of 60 million: enough to win over any two parts rarer than 245,000."""

_APART = frozenset("，。；：、！？（）《》“”‘’\"'")
"""Marks that jieba never puts into a word."""


@dataclass(frozen=True)
class Words:
    """jieba's dictionary with added words. It is read at the first question (0.6 s of computing), not before."""

    extra: tuple[str, ...] = ()

    @classmethod
    def load(cls, extra: Iterable[str] = ()) -> Words:
        """The dictionary with `extra`; a word that it already has keeps its frequency where that is higher."""
        return cls(tuple(sorted({word for word in extra if word})))

    def cut(self, text: str) -> list[tuple[str, int, int]]:
        """Every word of the text in order, with its start and end; white space and marks are words too.

        The most probable path through the dictionary's words. jieba's model for words that no dictionary holds (`HMM`)
        stays off: it joins characters on either side of a line's end that belong to two words.

        >>> Words.load().cut("加强社区建设")
        [('加强', 0, 2), ('社区', 2, 4), ('建设', 4, 6)]
        """
        return [(word, start, end) for word, start, end in self._tokenizer.tokenize(text, HMM=False)]

    def known(self, word: str) -> bool:
        """Whether the dictionary has the word with a frequency of at least `KNOWN`."""
        return self.frequency(word) >= KNOWN

    def common(self, word: str) -> bool:
        """Whether the word is too frequent to be a proper name: 社区 before 医院 is, 育才 before 小学 is not."""
        return self.frequency(word) >= COMMON

    def is_name(self, word: str) -> bool:
        """Whether the dictionary calls the word a name, of a person, a place or a body: 哈佛 is one, 社区 is not.

        >>> Words.load().is_name("哈佛"), Words.load().is_name("社区")
        (True, False)
        """
        return word in self._names

    def frequency(self, word: str) -> int:
        """How often jieba's corpus of 60 million words has it; 0 where the dictionary does not."""
        return int(self._tokenizer.FREQ.get(word, 0))

    def names_place(self, word: str) -> bool:
        """Whether the dictionary has the word as a place's name, or as a long one of a place or person (莫斯科)."""
        kind = self._names.get(word, "")
        return kind == "ns" or (kind.startswith("nr") and len(word) > 2)

    def tag(self, word: str) -> str:
        """The dictionary's tag of a word's class (`n`, `v`, `a` …); empty for a word that it lacks."""
        return self._tags.get(word, "")

    def crosses(self, text: str, i: int) -> bool:
        """Whether a word of the dictionary holds both `text[i - 1]` and `text[i]` where the text is cut at its best.

        >>> Words.load().crosses('构建"无缝"', 4)
        True
        """
        return self.spanning(text, i) is not None

    def spanning(self, text: str, i: int) -> tuple[int, int] | None:
        """The span of the dictionary's word that holds both `text[i - 1]` and `text[i]`, where there is one.

        >>> Words.load().spanning("加强社区建设", 3)
        (2, 4)
        """
        start = end = i
        while start > max(0, i - REACH) and not _parts(text[start - 1]):
            start -= 1
        while end < min(len(text), i + REACH) and not _parts(text[end]):
            end += 1
        cut = self.cut(text[start:end])
        return next(((start + a, start + b) for w, a, b in cut if a < i - start < b and self.frequency(w) > 0), None)

    @functools.cached_property
    def _names(self) -> Mapping[str, str]:
        """The dictionary's names with their kinds: nr and nrt people's and foreign ones, ns, nt, nz."""
        with self._tokenizer.get_dict_file() as file:
            lines = file.read().decode()
        return dict(re.findall(r"^(\S+) [0-9]+ (n[rstz]t?)$", lines, re.M))

    @functools.cached_property
    def _tokenizer(self) -> jieba.Tokenizer:
        """A tokenizer of our own, whose dictionary is read straight from the package.

        jieba would look for a copy in the temporary folder, which any user of the machine may have written there, and
        log what it does to stderr. Its copy saves nothing: to load it takes as long as to read the dictionary.
        """
        tokenizer = _jieba().Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        for word in self.extra:
            tokenizer.add_word(word, max(ADDED, tokenizer.FREQ.get(word, 0)))
        return tokenizer

    @functools.cached_property
    def _tags(self) -> dict[str, str]:
        with self._tokenizer.get_dict_file() as lines:
            return {word: tag for word, _, tag in (line.decode("utf-8").split() for line in lines)}


def _parts(character: str) -> bool:
    return character.isspace() or character in _APART


def _jieba() -> ModuleType:
    """The library, imported when it is needed, without the two warnings that concern it and not its user.

    jieba 0.42.1 writes its patterns in strings that are not raw (Python warns on compiling them, from 3.12 visibly)
    and imports pkg_resources, which setuptools has called deprecated since 67.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r".*invalid escape sequence")
        warnings.filterwarnings("ignore", r".*pkg_resources")
        return importlib.import_module("jieba")
