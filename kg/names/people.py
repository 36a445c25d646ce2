"""People's names: the tagger's that begin with a surname, and those behind a post where it saw none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import NATION, Name
from kg.tagger import Tag
from kg.wordlist import WordList, either
from kg.words import Words

_TAGS = {"PER", "nr"}
_ENDS_A_NAME = {"w", "v", "p", "d", "u", "c", "r"}
_NEVER_IN_A_NAME = {"w", "p", "u", "c"}
_WHOLE_NAME = re.compile(rf"^[{HAN}]{{2,4}}$|^[{HAN}]+(?:[·•・][{HAN}]+)+$")
_UNNAMED = "某"
_NO_PERSON = ("界", "界别", "组", "委", "办", "局", "部", "报", "社", "台", "网")
"""How names of seats and bodies end that are as short as a person's."""


class PeopleForms:
    """The forms of people's names."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.surnames = {s.id for s in lexicon.surnames}
        self.posts = {p.id for p in lexicon.posts}
        self.callings = {p.id for p in lexicon.posts if p.after_name}
        self.before = WordList(p.id for p in lexicon.posts if p.before_name)
        self.says = re.compile(f"[则也还就又]?(?:{either(v.id for v in lexicon.speech_verbs)})")

    def is_whole_name(self, text: str) -> bool:
        """Whether a text of its own (a cell, a word of a by-line) has the form of a person's name."""
        other = text in self.posts or text.endswith(_NO_PERSON)
        return bool(_WHOLE_NAME.match(text)) and not other and self._is_proper(text)

    def may_sign(self, text: str) -> bool:
        """Whether a word of a by-line, where nothing but names stands behind a post, can be a name."""
        return bool(_WHOLE_NAME.match(text)) and text not in self.posts and not text.endswith(_NO_PERSON)

    def find(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """The tagger's people that look like one, and those that stand behind a post where it saw none."""
        names: list[Name] = []
        for i, tag in enumerate(tags):
            if tag.kind in _TAGS:
                end = self._with_calling(text, tag, tags[i + 1 :])
                inside = _quoted(text, tag.start, end) or _at_home(text, tag.start, end, home)
                if not inside and self._is_person(text, tag.start, end, tags[i + 1 :]):
                    names.append(Name.at("Person", text, tag.start, end))
        taken = {i for n in names for i in range(n.start, n.end)}
        for _, start in self.before.spans(text):
            end_behind = None if start in taken else self._behind_a_post(text, start, tags, home)
            if end_behind:
                names.append(Name.at("Person", text, start, end_behind))
        return names

    def _with_calling(self, text: str, tag: Tag, after: Sequence[Tag]) -> int:
        """The end of a surname with its title (`董奶奶`), which the tagger may part."""
        surname = text[tag.start : tag.end]
        if surname in self.surnames and after and text[after[0].start : after[0].end] in self.callings:
            return after[0].end
        return tag.end

    def _is_person(self, text: str, start: int, end: int, after: Sequence[Tag]) -> bool:
        name = text[start:end]
        behind = self._stands_behind_post(text, start)
        if not _WHOLE_NAME.match(name) or not (self._surname(name) or (len(name) == 4 and behind)) or _UNNAMED in name:
            return False
        if name[len(self._surname(name)) :] in self.callings or behind:
            return True
        # What a word runs out of (`康养福|地`) and an idiom are no names; two characters right before a common noun are
        # as often a part of the noun (`惠老政策`).
        if self.words.crosses(text, end) or (len(name) == 4 and self.words.known(name)):
            return False
        noun = next((text[t.start : t.end] for t in after if t.start == end and t.kind in {"n", "vn"}), None)
        return not (len(name) == 2 and noun is not None and noun not in self.posts)

    def _stands_behind_post(self, text: str, start: int) -> bool:
        return any(end == start for _, end in self.before.spans(text))

    def _surname(self, name: str) -> str:
        return next((name[:n] for n in (2, 1) if name[:n] in self.surnames and len(name) > n), "")

    def _is_proper(self, name: str) -> bool:
        """A surname and a given name, or four characters that are not two words (`次旺扎西`)."""
        two_words = self.words.known(name[:2]) and self.words.known(name[2:])
        return bool(self._surname(name)) or (len(name) == 4 and not two_words)

    def _behind_a_post(self, text: str, start: int, tags: Sequence[Tag], home: str) -> int | None:
        """Where a name right behind a post ends: before a verb of saying, or at the end of whole words."""
        first = next((t for t in tags if t.start == start), None)
        if first is None or first.kind in _NEVER_IN_A_NAME:
            return None
        for length in (3, 2, 4):
            name = text[start : start + length]
            fits = len(name) == length and _WHOLE_NAME.match(name) and self._is_proper(name)
            if fits and self.says.match(text, start + length):
                return start + length
        end = max(_word_ends(start, tags), default=start)
        name = text[start:end]
        follows = end == len(text) or any(t.start == end and t.kind in {"w", "v", "p", "d"} for t in tags)
        whole = 2 <= len(name) <= 3 and bool(self._surname(name)) and not any(map(self.words.known, _parts(name)))
        return end if whole and follows and _UNNAMED not in name and not _at_home(text, start, end, home) else None


def _parts(name: str) -> Iterator[str]:
    """The stretches of two and more characters of a name."""
    return (name[a:b] for a in range(len(name)) for b in range(a + 2, len(name) + 1))


def _word_ends(start: int, tags: Sequence[Tag]) -> Iterator[int]:
    """The ends of the words that follow one another from a place on, up to the next verb or mark."""
    end = start
    for tag in tags:
        if tag.start == end:
            if tag.kind in _ENDS_A_NAME:
                return
            end = tag.end
            yield end


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether the words fill a pair of quotation marks, as a brand's name does."""
    return start > 0 and text[start - 1] in '"“' and text[end : end + 1] in {'"', "”"}


def _at_home(text: str, start: int, end: int, home: str) -> bool:
    """Whether the words overlap the home division's name without its level."""
    if home == NATION:
        return False
    return any(m.start() < end and start < m.end() for m in re.finditer(re.escape(home[:-1]), text))
