"""Where a text names people, places and bodies: the tagger's proposals, held to the forms that such names have.

The tagger finds where a name may stand; what is kept must also look like one: a person begins with a surname, a body
ends as bodies do and has a proper part, a place is a known division or ends as places do. Short forms are completed by
the text's home division: in a text on 临湖区, 区政协 is 临湖区政协.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.clean import HAN
from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import NATION, Name, Passage
from kg.names.bodies import BodyForms
from kg.names.people import PeopleForms
from kg.names.places import PlaceForms
from kg.tagger import Tag, Tagger
from kg.words import Words

_PLACE_TAGS = {"LOC", "ns"}
_BEGINS_A_BODY = _PLACE_TAGS | {"ORG", "nt"}
_LEVELS = "省市区县旗州"
_SHORT_OF_LEVEL = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[在经由对向从度]))([{_LEVELS}])(?:政协|委(?!员)|政府)|[我全]([{_LEVELS}])"
)
_BODY_BEGINS = re.compile(r"[省市区县旗州](?=政协|委(?!员)|人民|政府|人大|支部|总支|工委|工商联|总工会|妇联)")
_NO_DIVISION = re.compile(
    r"[全我本各该共]|年|.{0,2}(?:民[革盟建进]|农工|致公|九三|中共)|.*[经在届次度与和]"
    r"|.*(?:社|地|小|园|辖|片|示范|样板|先行|城|校|景)区$"
)
"""What no division's name begins with or holds, and the areas that are none: a party before it, 小区, 园区."""


_LONGEST_SHORT = 5
"""Characters of a division's name that no list has, its level among them."""
_OF_NATION = re.compile("全国政协|全国人大|中共中央|国务院|中央政治局")
_BODY_OF_LEVEL = re.compile(rf"(?P<level>[{_LEVELS}])(?P<body>政协|委|委员会|(?:人民)?政府|人大(?:常委会)?)")
_IN_FULL = re.compile(
    rf"(?:中国人民政治协商会议|政协)(?:第[一二三四五六七八九十\d]+届(?P<a>[{HAN}]{{2,12}}?)|(?P<b>[{HAN}]{{2,12}}?)第?[一二三四五六七八九十\d]+届)委员会"
)
"""A committee of a term in full: `政协第三届某区委员会`, `中国人民政治协商会议某区第三届委员会`."""
_LAST_DIVISION = re.compile(rf"(?:^|[{_LEVELS}])(?P<last>[^{_LEVELS}]+(?:自治)?[{_LEVELS}])$")


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
    home_code: str = ""
    """The national code of the home, where the gazetteer has it and it can only be that one."""

    def of(self, passage: Passage, kind: str | None = None) -> tuple[Name, ...]:
        """The names in a passage that was given to `find`, in order; of one kind where asked."""
        names = self.found.get(passage.at[0], ()) if passage.text else ()
        return tuple(n for n in names if kind is None or n.kind == kind)

    def words(self, passage: Passage) -> tuple[Tag, ...]:
        """The tagger's words of a passage that was given to `find`."""
        return self.tagged.get(passage.at[0], ()) if passage.text else ()


def find(passages: Sequence[Passage], forms: Forms, tagger: Tagger, home: str | None = None) -> Names:
    """Every name of a text's passages; `home` is its home division where something else than the text tells it."""
    filled = [p for p in passages if p.text]
    texts = [p.text for p in filled]
    tagged = [tuple(words) for words in tagger.words(texts)]
    home = home or home_division(texts, tagged, forms)
    code = home_code(home, texts, forms.gazetteer)
    found = {p.at[0]: forms.find(p.text, tags, home) for p, tags in zip(filled, tagged, strict=True)}
    found = _completed(found, {p.at[0]: p.text for p in filled})
    if code:
        found = {at: tuple(_with_division(n, code, forms.gazetteer) for n in names) for at, names in found.items()}
    committee = committee_of(home, texts, [n.full for names in found.values() for n in names])
    return Names(home, committee, found, {p.at[0]: t for p, t in zip(filled, tagged, strict=True)}, code)


def home_division(texts: Sequence[str], tagged: Sequence[Sequence[Tag]], forms: Forms) -> str:
    """The division that the text is at home in, by what it calls bodies without naming whose (`区政协`, `全区`).

    The level is the one that most of those short forms have, the name the most named division of that level; where
    only short names stand (`临湖`), the gazetteer's. Where there is no short form and nothing of the nation, the one
    division whose 政协 the text names is its home. Else `cn`.
    """
    levels = Counter(m.group(1) or m.group(2) for text in texts for m in _SHORT_OF_LEVEL.finditer(text))
    said = list(zip(texts, tagged, strict=True))
    told = {name for text in texts for name in _before_bodies(text, forms.words)}
    begun = {n for text, tags in said for n in _beginning_a_body(text, tags, forms) if not _NO_DIVISION.match(n)}
    begun |= {name for text in texts for name in _in_full(text)}
    places = {text[t.start : t.end] for text, tags in said for t in tags if t.kind in _PLACE_TAGS}
    named = {
        name: sum(text.count(name) for text in texts) + 3 * (name in forms.divisions) + (name in places)
        for name in told | begun | places
        if levels[name[-1]] and len(name) > 2 and not _NO_DIVISION.match(name)
    }
    fitting = {name: n for name, n in named.items() if name in begun or forms.may_be_division(name, n)}
    fitting = fitting or _by_short_names(texts, levels, places, forms.gazetteer)
    if fitting:
        return max(sorted(fitting), key=lambda n: (levels[n[-1]], n in begun, fitting[n], len(n)))
    national = any(_OF_NATION.search(text) for text in texts)
    return begun.pop() if not levels and not national and len(begun) == 1 else NATION


def _by_short_names(
    texts: Sequence[str], levels: Mapping[str, int], places: Iterable[str], gazetteer: Gazetteer
) -> dict[str, int]:
    """The divisions that a text only calls by short names, where one is named more often than all others together."""
    times: Counter[str] = Counter()
    for short in places:
        full = gazetteer.short_forms.get(short, "")
        if full != short and levels.get(full[-1:]) and len(gazetteer.named(full)) == 1:
            times[full] += sum(text.count(short) for text in texts)
    return {name: n for name, n in times.items() if n > 1 and 2 * n > times.total()}


def home_code(home: str, texts: Iterable[str], gazetteer: Gazetteer) -> str:
    """The national code of a home; where several have its name, of the one whose city or province stands before it."""
    codes = gazetteer.named(home)
    if len(codes) > 1:
        whole = "".join(texts)
        codes = tuple(code for code in codes if any(f"{name}{home}" in whole for name in _above(code, gazetteer)))
    return codes[0] if len(codes) == 1 else ""


def _above(code: str, gazetteer: Gazetteer) -> Iterator[str]:
    """The names, full and short, of the divisions that one lies in."""
    for above in gazetteer.chain(code)[1:]:
        name = gazetteer.name(above)
        yield name
        yield name.removesuffix(name[-1])


def _with_division(name: Name, home: str, gazetteer: Gazetteer) -> Name:
    """A body of a level above the home's, completed: `市政协` in a text of 钱塘区 is 杭州市政协."""
    match = _BODY_OF_LEVEL.fullmatch(name.full) if name.kind == "Organization" and name.text == name.full else None
    if match is None:
        return name
    above = (gazetteer.name(code) for code in gazetteer.chain(home))
    division = next((d for d in above if d.endswith(match["level"])), None)
    if division is None:
        return name
    party = "中共" if match["body"].startswith("委") else ""
    return replace(name, full=f"{party}{division}{match['body']}")


def _beginning_a_body(text: str, tags: Iterable[Tag], forms: Forms) -> Iterator[str]:
    """The division at the head of what the tagger takes for one name: `山南区` in 山南区政协."""
    levels = [m.start() for m in re.finditer(f"[{_LEVELS}](?=政协)", text)]
    for tag in tags:
        if tag.kind in _BEGINS_A_BODY:
            names = [text[tag.start : at + 1] for at in levels if at - tag.start >= 2 and at < tag.end]
            short = (name for name in names if len(name) <= _LONGEST_SHORT or name in forms.divisions)
            yield from (name for name in short if re.fullmatch(f"[{HAN}]+", name))


def _in_full(text: str) -> Iterator[str]:
    """The divisions whose committees a text names in full."""
    for match in _IN_FULL.finditer(text):
        last = _LAST_DIVISION.search(match["a"] or match["b"])
        if last:
            yield last["last"]


def _before_bodies(text: str, words: Words) -> Iterator[str]:
    """What may be a division's name before a body: two to four characters and the level (`山南县` in 中共山南县委)."""
    for match in _BODY_BEGINS.finditer(text):
        for length in (2, 3, 4):
            start = match.start() - length
            name = text[max(0, start) : match.end()]
            if len(name) == length + 1 and re.fullmatch(f"[{HAN}]+", name) and not words.crosses(text, start):
                yield name


def committee_of(home: str, texts: Sequence[str], bodies: Sequence[str]) -> str | None:
    """The committee whose work a text tells: its home division's where it is named, else the most named one."""
    own = f"{home}政协"
    if own in bodies or (home != NATION and any(own in text or home in _in_full(text) for text in texts)):
        return own
    named = Counter(b for b in bodies if b.endswith("政协") and len(b) > 2)
    return max(sorted(named), key=lambda b: named[b]) if named else None


def _settled(*kinds: Iterable[Name]) -> tuple[Name, ...]:
    """Overlaps settled: inside one kind the longest wins; a body keeps the people in its name to itself."""
    names = [n for kind in kinds for n in _longest(kind)]
    bodies = [n for n in names if n.kind != "Person"]
    kept = [n for n in names if n.kind != "Person" or not any(b.start <= n.start and n.end <= b.end for b in bodies)]
    return tuple(sorted(kept, key=lambda n: (n.start, n.end, n.kind)))


def _completed(found: dict[int, tuple[Name, ...]], texts: Mapping[int, str]) -> dict[int, tuple[Name, ...]]:
    """People's names that were cut short, made whole where the text has the longer name elsewhere (`罗某|先`)."""
    people = sorted({n.text for names in found.values() for n in names if n.kind == "Person"})
    longer = {short: [long for long in people if long.startswith(short) and long != short] for short in people}

    def whole(name: Name, text: str) -> Name:
        fitting = [p for p in longer.get(name.text, ()) if text.startswith(p, name.start)]
        return Name.at("Person", text, name.start, name.start + len(fitting[-1])) if fitting else name

    return {at: tuple(whole(n, texts[at]) if n.kind == "Person" else n for n in names) for at, names in found.items()}


def _longest(names: Iterable[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start, n.full)):
        if all(name.end <= k.start or k.end <= name.start for k in kept):
            kept.append(name)
    return kept


class Forms:
    """The forms of all names, made ready once from the lexicon and the dictionary's words."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.people = PeopleForms(lexicon, words)
        self.gazetteer = Gazetteer(lexicon)
        self.places = PlaceForms(lexicon, words, self.gazetteer)
        self.bodies = BodyForms(lexicon, words)
        self.divisions = {d.name for d in lexicon.divisions}

    def may_be_division(self, name: str, times: int) -> bool:
        """Whether a name that no list has may be a division's: no everyday word, unless it is named again and again."""
        stem = name[:-1]
        ends_in_word = len(stem) > 2 and self.words.common(stem[-2:])
        return name in self.divisions or times > 2 or not (self.words.common(stem) or ends_in_word)

    def find(self, text: str, tags: Sequence[Tag], home: str) -> tuple[Name, ...]:
        """The names of a text that is at home in a division, in order."""
        people = self.people.find(text, tags, home)
        return _settled(people, self.places.find(text, tags, home), self.bodies.find(text, tags, home))
