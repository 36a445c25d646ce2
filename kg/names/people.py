"""People's names: the tagger's that begin with a surname, and those behind a post where it saw none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import Name
from kg.tagger import Tag
from kg.wordlist import WordList
from kg.words import Words

_TAGS = {"PER", "nr"}
_WHOLE_NAME = re.compile(rf"^[{HAN}]{{2,4}}$|^[{HAN}]+(?:[·•・][{HAN}]+)+$")


class PeopleForms:
    """The forms of people's names."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.surnames = {s.id for s in lexicon.surnames}
        self.posts = {p.id for p in lexicon.posts}
        self.callings = {p.id for p in lexicon.posts if p.after_name}
        self.before = WordList(p.id for p in lexicon.posts if p.before_name)

    def is_whole_name(self, text: str) -> bool:
        """Whether a text of its own (a cell, an entry of a list) has the form of a person's name."""
        return bool(_WHOLE_NAME.match(text)) and bool(self._surname(text)) and text not in self.posts

    def find(self, text: str, tags: Sequence[Tag]) -> list[Name]:
        """The tagger's people that look like one, and those that stand behind a post where it saw none."""
        names: list[Name] = []
        for i, tag in enumerate(tags):
            if tag.kind in _TAGS:
                end = self._with_calling(text, tag, tags[i + 1 :])
                if self._is_person(text, tag.start, end, tags[i + 1 :]):
                    names.append(Name.at("Person", text, tag.start, end))
        taken = {i for n in names for i in range(n.start, n.end)}
        for _, start in self.before.spans(text):
            behind = None if start in taken else self._name_end(text, start, tags)
            if behind:
                names.append(Name.at("Person", text, start, behind))
        return names

    def _with_calling(self, text: str, tag: Tag, after: Sequence[Tag]) -> int:
        """The end of a surname with its title (`董奶奶`), which the tagger may part."""
        surname = text[tag.start : tag.end]
        if surname in self.surnames and after and text[after[0].start : after[0].end] in self.callings:
            return after[0].end
        return tag.end

    def _is_person(self, text: str, start: int, end: int, after: Sequence[Tag]) -> bool:
        name = text[start:end]
        if not _WHOLE_NAME.match(name) or not self._surname(name):
            return False
        if self._surname(name) and name[len(self._surname(name)) :] in self.callings:
            return True
        # A two-character "name" right before a common noun is as often the noun's own part (`惠老政策`).
        noun = next((text[t.start : t.end] for t in after if t.start == end and t.kind in {"n", "vn"}), None)
        doubtful = len(name) == 2 and noun is not None and noun not in self.posts
        return not doubtful or self._behind_post(text, start)

    def _behind_post(self, text: str, start: int) -> bool:
        return any(end == start for _, end in self.before.spans(text))

    def _surname(self, name: str) -> str:
        return next((name[:n] for n in (2, 1) if name[:n] in self.surnames and len(name) > n), "")

    def _name_end(self, text: str, start: int, tags: Sequence[Tag]) -> int | None:
        """Where a name behind a post ends: two or three characters of whole words, up to the next verb or mark."""
        if not any(t.start == start for t in tags):
            return None
        end = start
        for tag in tags:
            if tag.start != end:
                continue
            if tag.kind in {"w", "v", "p", "d", "u", "c", "r"}:
                break
            end = tag.end
        name = text[start:end]
        alone = all(not self.words.known(name[a:b]) for a, b in ((0, 2), (0, 3), (1, 3)) if b <= len(name))
        follows = end == len(text) or any(t.start == end and t.kind in {"w", "v", "p", "d"} for t in tags)
        return end if 2 <= len(name) <= 3 and self._surname(name) and alone and follows else None
