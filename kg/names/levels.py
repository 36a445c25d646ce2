"""Names of the bodies that each level has: the party's and the CPPCC's committee, the government, the congress."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import NATION, Name
from kg.tagger import Tag
from kg.words import Words

_LEVELS = "省市区县旗州镇乡"
_PROPER_TAGS = {"LOC", "ns", "ORG", "nt", "nz", "nw", "PER", "nr"}
_LONGEST_DIVISION = 11
"""Characters of a division's name, `双江拉祜族佤族布朗族傣族自治县` apart."""
_CHAIN = re.compile(rf"(?:[{HAN}]{{2,10}}?[省市州盟])*?(?P<own>[{HAN}]{{2,4}})")
"""Divisions that no list has, before a level: `某省某市某|区`."""
_KINDS_OF_DIVISION = {"直辖", "自治", "地级", "县级", "副省级"}
_BEFORE_A_BODY = frozenset("经在由与和及对向据按报受请到从将把以是为")
"""Words of one character that stand before a body and that the tagger may take into its name (`经|县政协`)."""
_BODY_OF_LEVEL = re.compile(
    rf"中共(?!中央)(?:(?![和与及])[{HAN}]){{0,6}}?[{_LEVELS}]委(?:员会)?(?![员托])"
    rf"|(?P<league>团(?P<of>[{_LEVELS}])委(?!员))"
    rf"|(?P<level>自治[区州县旗]|[{_LEVELS}])"
    r"(?:(?P<party>委(?![员托会]))|(?<![镇乡])政协|(?<=[镇乡])政协(?!委员|工作|联络)|(?:人民)?政府|人大(?:常委会)?(?!代表[大团]))"
)
_CPPCC = "中国人民政治协商会议"
_COMMITTEE = re.compile(
    rf"(?:{_CPPCC}|政协)(?:第[^届，。、]{{1,4}}届)?(?:全国|[{HAN}]{{2,10}}?[{_LEVELS}])"
    rf"(?:委员会(?:常务委员会)?|[{_LEVELS}]委)"
)
"""A committee of the CPPCC by its formal name: 政协第八届某县委员会常务委员会."""


class Levels:
    """Finds the bodies of levels; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._words = words
        named = Counter(d.name for d in lexicon.divisions)
        self._full = set(named)
        self._unique = {name for name, times in named.items() if times == 1}
        self._divisions = self._full | {d.short for d in lexicon.divisions if d.short}

    def find(self, text: str, tags: Sequence[Tag], home: str) -> Iterator[Name]:
        """The bodies of a level, each under the name of its division where the text or its home tells that."""
        for match in _BODY_OF_LEVEL.finditer(text):
            if match["league"]:
                whose = home if home != NATION and home.endswith(match["of"]) else ""
                yield Name("Organization", *match.span(), match.group(), f"共青团{whose}委" if whose else match.group())
            elif not match["level"]:
                yield Name.at("Organization", text, *match.span())
            elif (name := self._of_level(text, match, tags, home)) is not None:
                yield name
        for match in _COMMITTEE.finditer(text) if "委" in text else ():
            yield Name("Organization", *match.span(), match.group(), match.group().replace(_CPPCC, "政协"))
        if home != NATION:
            for match in re.finditer(re.escape(home[:-1]) + "政协", text):
                yield Name("Organization", *match.span(), match.group(), f"{home}政协")

    def _of_level(self, text: str, match: re.Match[str], tags: Sequence[Tag], home: str) -> Name | None:
        start, end = match.span()
        level = match["level"]
        party = "中共" if match["party"] else ""
        whole = next((t for t in tags if t.start <= start < t.end), None)
        division = self._division_before(text, match.end("level") - 1, whole, home)
        if division is not None:
            outer, own = division
            named = own if self._is_one(text[own:end]) else outer
            return Name("Organization", outer, end, text[outer:end], party + text[named:end])
        inside = start > 0 and re.match(rf"[{HAN}]", text[start - 1]) and whole is not None and whole.start < start
        if inside and text[start - 1] not in _BEFORE_A_BODY:
            return None  # inside another word: 社区委, 城市政府
        if home != NATION and home.endswith(level):
            return Name("Organization", start, end, match.group(), party + home.removesuffix(level) + match.group())
        return Name.at("Organization", text, start, end)

    def _division_before(self, text: str, start: int, whole: Tag | None, home: str) -> tuple[int, int] | None:
        """Where the chain of divisions and its last one begin, whose level stands at `start`: `某市|钱塘|区`."""
        for length in range(_LONGEST_DIVISION, 1, -1):
            begin = start + 1 - length
            if begin >= 0 and (text[begin : start + 1] in self._divisions or text[begin : start + 1] == home):
                return self._above(text, begin), begin
        if whole is None or whole.kind not in _PROPER_TAGS:
            return None
        chain = _CHAIN.fullmatch(text, whole.start, start)
        if chain is None or not self._may_name_division(chain["own"]):
            return None
        return self._above(text, whole.start), chain.start("own")

    def _may_name_division(self, stem: str) -> bool:
        """Whether a stem can be an unlisted division's: no levels alone (`省市`), no kind, no word at its end."""
        tail = stem[-2:]
        ends_in_word = self._words.known(tail) and not self._words.is_name(tail) and stem not in self._divisions
        return not re.fullmatch(f"[{_LEVELS}]+", stem) and stem not in _KINDS_OF_DIVISION and not ends_in_word

    def _above(self, text: str, start: int) -> int:
        """Where the chain of divisions begins that the one at `start` is named within: `某省|某市|某区政协`."""
        for length in range(min(start, _LONGEST_DIVISION), 1, -1):
            if text[start - length : start] in self._divisions:
                return self._above(text, start - length)
        return start

    def _is_one(self, body: str) -> bool:
        """Whether the division at a body's head is the only one of its name, so that those above it say nothing new."""
        return any(body[:length] in self._unique for length in range(_LONGEST_DIVISION, 1, -1))
