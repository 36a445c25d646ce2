"""Names of places: known divisions, and what the tagger takes for a place and ends as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import NATION, Name
from kg.tagger import Tag
from kg.wordlist import either
from kg.words import Words

_TAGS = {"LOC", "ns"}
_BODY_TAG = "ORG"
_GRADE = re.compile(r"(?:国家|省|市|区|县)级")
_SITE = "site"
_SMALL = {"街道", "社区"}


class PlaceForms:
    """The forms of names of places."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.divisions = {d.short: d.name for d in lexicon.divisions if d.short}
        self.divisions |= {d.name: d.name for d in lexicon.divisions}
        self.suffixes = {s.id: s for s in lexicon.place_suffixes}
        self.ending = re.compile(f"(?:{either(self.suffixes)})$")
        sites = either(s.id for s in lexicon.place_suffixes if s.kind == _SITE and len(s.id) > 1)
        self.visited = re.compile(rf"(?:到|在|走进|位于|参观)(?P<stem>[{HAN}]{{2,4}}?)(?:{sites})")
        """A site of a proper name where one goes or is: `到听雨书房看书`."""

    def find(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """Known divisions, and what the tagger takes for a place and ends as one."""
        names = [self._place(text, start, end, home) for start, end in self._place_spans(text, tags)]
        for match in re.finditer(rf"(?<=街道|.镇|.乡)([{HAN}]{{2,4}}?(?:社区|村))(?![{HAN}]*?委会)", text):
            within = any(n and n.end == match.start() for n in names)
            if within and not self._is_generic(match.group(1)):
                names.append(Name.at("Place", text, *match.span(1)))
        names += [
            Name.at("Place", text, match.start("stem"), match.end())
            for match in self.visited.finditer(text)
            if not self.words.known(match["stem"]) and not self.words.crosses(text, match.start("stem"))
        ]
        return [n for n in names if n]

    def _place_spans(self, text: str, tags: Sequence[Tag]) -> Iterable[tuple[int, int]]:
        for i, tag in enumerate(tags):
            if tag.kind not in {*_TAGS, _BODY_TAG}:
                continue
            start, end = tag.start, tag.end
            if tag.kind == _BODY_TAG:
                # A body that begins with a division: `前进街道民生议事堂`.
                division = re.match(rf"[{HAN}]{{2,4}}?(?:街道|镇|乡)", text[start:end])
                if division:
                    yield start, start + division.end()
                continue
            yield start, end
            j = i + 1
            while j < len(tags) and tags[j].start == end and self._continues_site(text, tags[j]):
                end = tags[j].end
                j += 1
            if end != tag.end:
                yield start, end

    def _continues_site(self, text: str, tag: Tag) -> bool:
        word = text[tag.start : tag.end]
        suffix = self.suffixes.get(word)
        return (
            bool(_GRADE.fullmatch(word))
            or (suffix is not None and suffix.kind == _SITE)
            or (tag.kind in _TAGS and bool(self.ending.search(word)) and word in self.suffixes)
        )

    def _place(self, text: str, start: int, end: int, home: str) -> Name | None:
        word = text[start:end]
        if word in self.divisions:
            return Name("Place", start, end, word, self.divisions[word])
        if home != NATION and word in {home, home[:-1]} and len(word) > 1:
            return Name("Place", start, end, word, home)
        ending = self.ending.search(word)
        if not ending or self._is_generic(word) or ending.start() == 0:
            return None
        suffix, stem = self.suffixes[ending.group()], word[: ending.start()]
        if suffix.kind not in _SMALL and self._is_common(stem):
            return None
        return Name.at("Place", text, start, end)

    def _is_generic(self, word: str) -> bool:
        ending = self.ending.search(word)
        decoys = self.suffixes[ending.group()].decoys if ending else ()
        return word not in self.divisions and any(word.endswith(decoy) for decoy in decoys)

    def _is_common(self, stem: str) -> bool:
        """Whether a stem is made of dictionary words alone: `现代农业`, `样板`."""
        if stem in self.divisions or any(stem.startswith(d) for d in self.divisions if len(d) > 1):
            return False
        return self.words.known(stem) or (len(stem) >= 4 and self.words.known(stem[:2]) and self.words.known(stem[2:]))
