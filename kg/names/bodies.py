"""Names of bodies: those of a level of government or of a party, and those that end as bodies do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import NATION, Name
from kg.tagger import Tag
from kg.wordlist import WordList, either
from kg.words import Words

_LEVELS = "省市区县旗州镇乡"
_PROPER_TAGS = {"LOC", "ns", "ORG", "nt", "nz", "nw", "PER", "nr"}
_NAME_PART_TAGS = _PROPER_TAGS | {"n", "vn", "s", "an", "j", "b", "f", "m"}
_LONGEST_BODY = 30
_PARTY_UNITS = (
    *("支部", "支社", "总支", "支部委员会", "总支委员会", "基层委员会", "小组", "委员会", "工委"),
    *(level + committee for level in "省市区县州" for committee in ("委", "委会")),
)
_KINDS_OF_DIVISION = {"直辖", "自治", "地级", "县级", "副省级"}
_BEFORE_A_BODY = frozenset("经在由与和及对向据按报受请到从将把以是为")
"""Words of one character that stand before a body and that the tagger may take into its name (`经|县政协`)."""
_INSTITUTIONS = {"政协", "人大"}
"""Words that are no proper names and yet say whose a body is: 政协书画院."""
_BODY_OF_LEVEL = re.compile(
    rf"(?P<party>中共中央|党中央|中共(?P<of>[{HAN}]{{0,6}}?[{_LEVELS}])?委(?:员会)?(?![员托])|(?P<bare>[{_LEVELS}])委(?![员托会]))"
    rf"|(?P<cppcc>全国政协|人民政协报|(?P<whose>[{_LEVELS}])政协)"
    rf"|(?P<government>国务院|(?P<level>[{_LEVELS}])(?:人民)?政府)"
    rf"|(?P<congress>全国人大(?:常委会)?|(?P<seat>[{_LEVELS}])人大(?:常委会)?(?!代表))"
)


class BodyForms:
    """The forms of names of bodies."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.divisions = {d.name for d in lexicon.divisions} | {d.short for d in lexicon.divisions if d.short}
        self.forms = {word for term in lexicon.consultation_forms for word in (term.id, *term.aliases)}
        self.endings = WordList(s.id for s in lexicon.body_suffixes)
        parties = either(word for row in lexicon.parties for word in (row.name, row.short, *row.aliases))
        self.party_body = re.compile(rf"(?:{parties})(?:中央(?!委员)|[{HAN}]{{0,8}}?(?:{either(_PARTY_UNITS)}))")

    def find(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """Bodies of a level (`区政协`), of a party, and those that end as bodies do and have a proper part."""
        names = [n for m in _BODY_OF_LEVEL.finditer(text) for n in [self._of_level(text, m, tags, home)] if n]
        names += [Name.at("Organization", text, *m.span()) for m in self.party_body.finditer(text)]
        if home != NATION:
            short = re.escape(home[:-1]) + "政协"
            names += [Name("Organization", *m.span(), m.group(), f"{home}政协") for m in re.finditer(short, text)]
        for ending, end in self.endings.spans(text):
            start = self._body_start(text, ending, end, tags)
            if start is not None and not _quoted(text, start, end) and text[start:end] not in self.forms:
                names.append(Name.at("Organization", text, start, end))
        return names

    def _of_level(self, text: str, match: re.Match[str], tags: Sequence[Tag], home: str) -> Name | None:
        start, end, words = match.start(), match.end(), match.group()
        if words in {"中共中央", "党中央", "国务院", "全国政协", "全国人大", "全国人大常委会"}:
            return Name("Organization", start, end, words, {"党中央": "中共中央"}.get(words, words))
        if words.startswith("中共"):
            return Name.at("Organization", text, start, end) if match["of"] else None
        level = words[0]
        whole = next((t for t in tags if t.start <= start < t.end), None)
        division = self._division_before(text, start, whole, home)
        if division is not None:
            full = ("中共" if match["bare"] else "") + text[division:end]
            return Name("Organization", division, end, text[division:end], full)
        inside = start > 0 and re.match(rf"[{HAN}]", text[start - 1]) and whole is not None and whole.start < start
        if inside and text[start - 1] not in _BEFORE_A_BODY:
            return None  # inside another word: 社区委, 城市政府
        if home != NATION and home[-1] == level:
            completed = ("中共" if match["bare"] else "") + home[:-1] + words
            return Name("Organization", start, end, words, completed)
        return Name.at("Organization", text, start, end)

    def _division_before(self, text: str, start: int, whole: Tag | None, home: str) -> int | None:
        """Where the division begins whose level stands at `start`: `钱塘区` before `政协`."""
        for length in range(5, 1, -1):
            begin = start + 1 - length
            if begin >= 0 and (text[begin : start + 1] in self.divisions or text[begin : start + 1] == home):
                return begin
        named = whole is not None and whole.kind in _PROPER_TAGS and 2 <= start - whole.start <= 4
        if whole is not None and named and self._may_name_division(text[whole.start : start]):
            return whole.start
        return None

    def _may_name_division(self, stem: str) -> bool:
        """Whether a stem can be an unlisted division's: no levels alone (`省市`), no kind, no word at its end."""
        ends_in_word = self.words.known(stem[-2:]) and stem not in self.divisions
        return not re.fullmatch(f"[{_LEVELS}]+", stem) and stem not in _KINDS_OF_DIVISION and not ends_in_word

    def _body_start(self, text: str, ending: int, end: int, tags: Sequence[Tag]) -> int | None:
        """Where the body that ends here begins: at the first proper part of the run of name parts before it."""
        word = self.words.spanning(text, ending)
        whole = any(t.start < ending and t.end == end for t in tags)
        if word is not None and not (whole and word[1] == end):
            return None  # a word runs into the ending (协商|会), and it is not the name's own (工商大学)
        run = [t for t in tags if t.start < end]
        proper: int | None = None
        edge = end
        for tag in reversed(run):
            last = tag.start < end <= tag.end
            joined = min(tag.end, end) == edge and end - tag.start <= _LONGEST_BODY
            if not joined or (tag.kind not in _NAME_PART_TAGS and not last):
                break
            edge = tag.start
            if tag.kind in _PROPER_TAGS and tag.start < ending:
                proper = tag.start
        if proper is None or self._stem_is_generic(text[proper:ending]):
            return None
        return proper

    def _stem_is_generic(self, stem: str) -> bool:
        named = stem in self.divisions or stem in _INSTITUTIONS
        return len(stem) < 2 or (self.words.common(stem) and not named)


def _quoted(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] in '"“《' and text[end : end + 1] in {'"', "”", "》"}
