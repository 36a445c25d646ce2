"""Organs of state and party, people's organisations and media that all know by name, and their short forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.model import Name
from kg.tagger import Tag
from kg.wordlist import WordList
from kg.words import Words

_LONG = 6
"""Characters of a name that needs no boundary around it: no other words make it up."""
_MINISTRY = "部"
_RUNS_ON = frozenset("门署队位分件长")
"""What makes another word of a ministry's last character: 教育部门, 战略部署."""
_NATIONAL = ("国", "中")
_PART_OF_A_NAME = {"ORG", "nt", "n", "nz", "vn", "LOC", "ns"}


class Organs:
    """The organs of `organs.csv`; made once."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._words = words
        self._full = {decoy: "" for row in lexicon.organs for decoy in row.decoys}
        self._full |= {word: row.id for row in lexicon.organs for word in (row.id, *row.aliases)}
        self._known = WordList(self._full)

    def __contains__(self, words: str) -> bool:
        """Whether the words are an organ's name or short form."""
        return bool(self._full.get(words))

    def find(self, text: str, tags: Sequence[Tag]) -> Iterator[Name]:
        """Every organ that the text names, under its full name."""
        before = -1
        starts, ends = {t.start for t in tags}, {t.end for t in tags}
        for start, end in self._known.spans(text):
            word = text[start:end]
            if not self._full[word] or not (len(word) >= _LONG or self._is_apart(text, start, end, starts, ends)):
                continue
            if word.endswith(_MINISTRY) and not (start == before or _stands_alone(text, start, end, tags)):
                continue
            before = end
            marks = int(word.startswith("《"))
            yield Name("Organization", start + marks, end - marks, word.strip("《》"), self._full[word])

    def _is_apart(self, text: str, start: int, end: int, starts: set[int], ends: set[int]) -> bool:
        """Whether no word runs into the name or out of it."""
        begins = start in starts or not self._words.crosses(text, start)
        return begins and (end in ends or not self._words.crosses(text, end))


def _stands_alone(text: str, start: int, end: int, tags: Sequence[Tag]) -> bool:
    """Whether no name runs into a ministry's: a firm's 人事部, another country's 外交部; and nothing runs out of it."""
    if text[end : end + 1] in _RUNS_ON:
        return False
    if text.startswith(_NATIONAL, start):
        return True
    return not any((t.end == start and t.kind in _PART_OF_A_NAME) or t.start < start < t.end for t in tags)
