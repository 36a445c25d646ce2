"""Where a text names people, places and bodies: the tagger's proposals, held to the forms that such names have.

The tagger finds where a name may stand; what is kept must also look like one: a person begins with a surname, a body
ends as bodies do and has a proper part, a place is a known division or ends as places do. Short forms are completed by
the text's home division: in a text on 临湖区, 区政协 is 临湖区政协.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.clean import HAN
from kg.lexicon import Lexicon, Suffix
from kg.model import Passage
from kg.tagger import Tag, Tagger
from kg.words import Words

NATION = "cn"
_LEVELS = "省市区县旗州镇乡"
_PERSON_TAGS = {"PER", "nr"}
_PLACE_TAGS = {"LOC", "ns"}
_PROPER_TAGS = {"LOC", "ns", "ORG", "nt", "nz", "nw", "PER", "nr"}
_NAME_PART_TAGS = _PROPER_TAGS | {"n", "vn", "s", "an", "j", "b", "f", "m"}
_LONGEST_BODY = 30
_PARTY_UNITS = (
    *("支部", "总支", "支部委员会", "总支委员会", "基层委员会", "小组", "委员会", "工委"),
    *(level + committee for level in "省市区县州" for committee in ("委", "委会")),
)
_INSTITUTIONS = {"政协", "人大"}
"""Words that are no proper names and yet say whose a body is: 政协书画院."""
_SHORT_OF_LEVEL = re.compile(rf"(?<![{HAN}])([省市区县旗州])(?:政协|委(?!员)|政府)|[我全]([省市区县旗州])")
_NO_DIVISION = re.compile(r"[全我本各该]|.*(?:社|地|小|园|辖|片|示范|样板|先行|城|校|景)区$")
_DIVISION = re.compile(rf"(?:中共)?([{HAN}]{{2,5}}?[省市区县旗州])(?=政协|委(?!员)|人民政府|政府|人大)")
_BODY_OF_LEVEL = re.compile(
    rf"(?P<party>中共中央|党中央|中共(?P<of>[{HAN}]{{0,6}}?[{_LEVELS}])?委(?:员会)?(?![员托])|(?P<bare>[{_LEVELS}])委(?![员托会]))"
    rf"|(?P<cppcc>全国政协|人民政协报|(?P<whose>[{_LEVELS}])政协)"
    rf"|(?P<government>国务院|(?P<level>[{_LEVELS}])(?:人民)?政府)"
    rf"|(?P<congress>全国人大(?:常委会)?|(?P<seat>[{_LEVELS}])人大(?:常委会)?(?!代表))"
)
_WHOLE_NAME = re.compile(rf"^[{HAN}]{{2,4}}$|^[{HAN}]+(?:[·•・][{HAN}]+)+$")
_GRADE = re.compile(r"(?:国家|省|市|区|县)级")
_SITE = "site"
_SMALL = {"街道", "社区"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a passage: half-open, in characters of the cleaned text."""

    kind: str
    """`Person`, `Place` or `Organization`."""
    start: int
    end: int
    text: str
    """The words as read."""
    full: str
    """The name that they stand for: completed by the home division, or the same."""


@dataclass(frozen=True)
class Names:
    """The names of one text and the words between them, by passage."""

    home: str
    """The home division (`钱塘区`), or `cn`."""
    committee: str | None
    """The committee whose work the text tells (`钱塘区政协`, `全国政协`)."""
    found: Mapping[int, tuple[Name, ...]]
    """Raw offset of a passage's first character → its names, in order."""
    tagged: Mapping[int, tuple[Tag, ...]]
    """Likewise → its words."""

    def of(self, passage: Passage, kind: str | None = None) -> tuple[Name, ...]:
        """The names in a passage that was given to `find`, in order; of one kind where asked."""
        names = self.found.get(passage.at[0], ()) if passage.text else ()
        return tuple(n for n in names if kind is None or n.kind == kind)

    def words(self, passage: Passage) -> tuple[Tag, ...]:
        """The tagger's words of a passage that was given to `find`."""
        return self.tagged.get(passage.at[0], ()) if passage.text else ()


def find(passages: Sequence[Passage], forms: Forms, tagger: Tagger) -> Names:
    """Every name of a text's passages."""
    filled = [p for p in passages if p.text]
    texts = [p.text for p in filled]
    tagged = [tuple(words) for words in tagger.words(texts)]
    home = home_division(texts, tagged, forms.known_divisions)
    found = {
        p.at[0]: _settled(
            forms.people(p.text, tags), forms.places(p.text, tags, home), forms.bodies(p.text, tags, home)
        )
        for p, tags in zip(filled, tagged, strict=True)
    }
    committee = committee_of(home, [n.full for names in found.values() for n in names])
    return Names(home, committee, found, {p.at[0]: t for p, t in zip(filled, tagged, strict=True)})


def home_division(texts: Sequence[str], tagged: Sequence[Iterable[Tag]], known: Set[str]) -> str:
    """The division that the text is at home in, by what it calls bodies without naming whose (`区政协`, `全区`).

    The level comes from those short forms, the name from the most named division of that level; `cn` without either.
    """
    levels = Counter(m.group(1) or m.group(2) for text in texts for m in _SHORT_OF_LEVEL.finditer(text))
    votes: Counter[str] = Counter()
    for text, tags in zip(texts, tagged, strict=True):
        votes.update({m.group(1): 3 for m in _DIVISION.finditer(text) if not _NO_DIVISION.match(m.group(1))})
        votes.update(text[t.start : t.end] for t in tags if t.kind in _PLACE_TAGS)
    named = {
        name: n + (2 if name in known else 0)
        for name, n in votes.items()
        if levels[name[-1]] and len(name) > 2 and not _NO_DIVISION.match(name)
    }
    if not named:
        return NATION
    return max(sorted(named), key=lambda name: (levels[name[-1]] > 1, named[name]))


def committee_of(home: str, bodies: Sequence[str]) -> str | None:
    """The committee whose work a text tells: its home division's where it is named, else the most named one."""
    if f"{home}政协" in bodies:
        return f"{home}政协"
    named = Counter(b for b in bodies if b.endswith("政协") and len(b) > 2)
    return max(sorted(named), key=lambda b: named[b]) if named else None


def _settled(*kinds: Iterable[Name]) -> tuple[Name, ...]:
    """Overlaps settled: inside one kind the longest wins; a body keeps the people in its name to itself."""
    names = [n for kind in kinds for n in _longest(kind)]
    bodies = [n for n in names if n.kind != "Person"]
    kept = [n for n in names if n.kind != "Person" or not any(b.start <= n.start and n.end <= b.end for b in bodies)]
    return tuple(sorted(kept, key=lambda n: (n.start, n.end, n.kind)))


def _longest(names: Iterable[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start, n.full)):
        if all(name.end <= k.start or k.end <= name.start for k in kept):
            kept.append(name)
    return kept


class Forms:
    """The forms of names, made ready once from the lexicon and the dictionary's words."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.surnames = {s.id for s in lexicon.surnames}
        self.posts = {p.id for p in lexicon.posts}
        self.callings = {p.id for p in lexicon.posts if p.after_name}
        self.before = WordList(p.id for p in lexicon.posts if p.before_name)
        self.known_divisions = {d.name for d in lexicon.divisions}
        self.divisions = {d.short: d.name for d in lexicon.divisions if d.short}
        self.divisions |= {d.name: d.name for d in lexicon.divisions}
        self.place_suffixes = {s.id: s for s in lexicon.place_suffixes}
        self.place_ending = re.compile(f"(?:{_either(self.place_suffixes)})$")
        self.body_endings = WordList(s.id for s in lexicon.body_suffixes)
        parties = _either(word for row in lexicon.parties for word in (row.name, row.short, *row.aliases))
        self.party_body = re.compile(rf"(?:{parties})(?:中央(?!委员)|[{HAN}]{{0,8}}?(?:{_either(_PARTY_UNITS)}))")

    def is_whole_name(self, text: str) -> bool:
        """Whether a text of its own (a cell, an entry of a list) has the form of a person's name."""
        return bool(_WHOLE_NAME.match(text)) and bool(self._surname(text)) and text not in self.posts

    # -- people -----------------------------------------------------------------------------------------------------
    def people(self, text: str, tags: Sequence[Tag]) -> list[Name]:
        """The tagger's people that look like one, and those that stand behind a post where it saw none."""
        names: list[Name] = []
        for i, tag in enumerate(tags):
            if tag.kind in _PERSON_TAGS:
                end = self._with_calling(text, tag, tags[i + 1 :])
                if self._is_person(text, tag.start, end, tags[i + 1 :]):
                    names.append(_name("Person", text, tag.start, end))
        taken = {i for n in names for i in range(n.start, n.end)}
        for _, start in self.before.spans(text):
            behind = None if start in taken else self._name_end(text, start, tags)
            if behind:
                names.append(_name("Person", text, start, behind))
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

    # -- places -----------------------------------------------------------------------------------------------------
    def places(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """Known divisions, and what the tagger takes for a place and ends as one."""
        names = [self._place(text, start, end, home) for start, end in self._place_spans(text, tags)]
        for match in re.finditer(rf"(?<=街道|.镇|.乡)([{HAN}]{{2,4}}?(?:社区|村))(?![{HAN}]*?委会)", text):
            within = any(n and n.end == match.start() for n in names)
            if within and not self._is_generic_place(match.group(1)):
                names.append(_name("Place", text, *match.span(1)))
        return [n for n in names if n]

    def _place_spans(self, text: str, tags: Sequence[Tag]) -> Iterable[tuple[int, int]]:
        for i, tag in enumerate(tags):
            if tag.kind not in _PLACE_TAGS | {"ORG"}:
                continue
            start, end = tag.start, tag.end
            if tag.kind == "ORG":
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
        suffix = self.place_suffixes.get(word)
        return (
            bool(_GRADE.fullmatch(word))
            or (suffix is not None and suffix.kind == _SITE)
            or (tag.kind in _PLACE_TAGS and bool(self.place_ending.search(word)) and word in self.place_suffixes)
        )

    def _place(self, text: str, start: int, end: int, home: str) -> Name | None:
        word = text[start:end]
        if word in self.divisions:
            return Name("Place", start, end, word, self.divisions[word])
        if home != NATION and word in {home, home[:-1]} and len(word) > 1:
            return Name("Place", start, end, word, home)
        ending = self.place_ending.search(word)
        if not ending or self._is_generic_place(word) or ending.start() == 0:
            return None
        suffix, stem = self.place_suffixes[ending.group()], word[: ending.start()]
        if suffix.kind not in _SMALL and self._is_common(stem):
            return None
        return _name("Place", text, start, end)

    def _is_generic_place(self, word: str) -> bool:
        ending = self.place_ending.search(word)
        decoys = self.place_suffixes[ending.group()].decoys if ending else ()
        return word not in self.divisions and any(word.endswith(decoy) for decoy in decoys)

    def _is_common(self, stem: str) -> bool:
        """Whether a stem is made of dictionary words alone: `现代农业`, `样板`."""
        if stem in self.divisions or any(stem.startswith(d) for d in self.divisions if len(d) > 1):
            return False
        return self.words.known(stem) or (len(stem) >= 4 and self.words.known(stem[:2]) and self.words.known(stem[2:]))

    # -- bodies -----------------------------------------------------------------------------------------------------
    def bodies(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """Bodies of a level (`区政协`), of a party, and those that end as bodies do and have a proper part."""
        names = [n for m in _BODY_OF_LEVEL.finditer(text) for n in [self._of_level(text, m, tags, home)] if n]
        names += [_name("Organization", text, *m.span()) for m in self.party_body.finditer(text)]
        if home != NATION:
            short = rf"{home[:-1]}(?=政协)政协"
            names += [Name("Organization", *m.span(), m.group(), f"{home}政协") for m in re.finditer(short, text)]
        for ending, end in self.body_endings.spans(text):
            start = self._body_start(text, ending, end, tags)
            if start is not None and not _quoted(text, start, end):
                names.append(_name("Organization", text, start, end))
        return names

    def _of_level(self, text: str, match: re.Match[str], tags: Sequence[Tag], home: str) -> Name | None:
        start, end, words = match.start(), match.end(), match.group()
        if words in {"中共中央", "党中央", "国务院", "全国政协", "全国人大", "全国人大常委会"}:
            return Name("Organization", start, end, words, {"党中央": "中共中央"}.get(words, words))
        if words.startswith("中共"):
            return _name("Organization", text, start, end) if match["of"] else None
        level = words[0]
        whole = next((t for t in tags if t.start <= start < t.end), None)
        division = self._division_before(text, start, whole, home)
        if division:
            full = ("中共" if match["bare"] else "") + text[division:end]
            return Name("Organization", division, end, text[division:end], full)
        if start and re.match(rf"[{HAN}]", text[start - 1]) and whole is not None and whole.start < start:
            return None  # inside another word: 社区委, 城市政府
        if home != NATION and home[-1] == level:
            completed = ("中共" if match["bare"] else "") + home[:-1] + words
            return Name("Organization", start, end, words, completed)
        return _name("Organization", text, start, end)

    def _division_before(self, text: str, start: int, whole: Tag | None, home: str) -> int | None:
        """Where the division begins whose level stands at `start`: `钱塘区` before `政协`."""
        for length in range(5, 1, -1):
            begin = start + 1 - length
            if begin >= 0 and (text[begin : start + 1] in self.divisions or text[begin : start + 1] == home):
                return begin
        named = whole is not None and whole.kind in _PROPER_TAGS and 1 <= start - whole.start <= 4
        if whole is not None and named and not re.fullmatch(f"[{_LEVELS}]+", text[whole.start : start]):
            return whole.start
        return None

    def _body_start(self, text: str, ending: int, end: int, tags: Sequence[Tag]) -> int | None:
        """Where the body that ends here begins: at the first proper part of the run of name parts before it."""
        around = max(0, ending - 8)
        whole = any(t.start < ending and t.end == end for t in tags)
        if not whole and self.words.crosses(text[around : end + 4], ending - around):
            return None  # a word runs into the ending: 协商|会
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
        return len(stem) < 2 or (self.words.known(stem) and not named)


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


def _quoted(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] in '"“《' and text[end : end + 1] in {'"', "”", "》"}


def _name(kind: str, text: str, start: int, end: int) -> Name:
    return Name(kind, start, end, text[start:end], text[start:end])


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in set(words) if w), key=lambda w: (-len(w), w))) or r"(?!)"


def suffix_kind(name: str, suffixes: Iterable[Suffix]) -> str | None:
    """The kind of the longest suffix that a name ends with.

    >>> suffix_kind("某街道民生议事堂", [Suffix("议事堂", "平台", ())])
    '平台'
    """
    fitting = [s for s in suffixes if name.endswith(s.id)]
    return max(fitting, key=lambda s: len(s.id)).kind if fitting else None
