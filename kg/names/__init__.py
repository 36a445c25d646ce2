"""Where a text names people, places and bodies: the tagger's proposals, held to the forms that such names have.

The tagger finds where a name may stand; what is kept must also look like one: a person begins with a surname, a body
ends as bodies do and has a proper part, a place is a known division or ends as places do. Short forms are completed by
the text's home division: in a text on 临湖区, 区政协 is 临湖区政协.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import Name, Passage
from kg.names.bodies import BodyForms
from kg.names.home import LEVELS, HomeForms, committee_of
from kg.names.namesakes import Found, settled
from kg.names.people import PeopleForms
from kg.names.places import PlaceForms
from kg.tagger import Tag, Tagger
from kg.words import Words

_BODY_OF_LEVEL = re.compile(rf"(?P<level>自治区|[{LEVELS}])(?P<body>.+)")


@dataclass(frozen=True, eq=False)  # one text's, and no other's: compared by identity
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
    different = list(dict.fromkeys(texts))  # a ledger's cells say the same again and again
    words = dict(zip(different, map(tuple, tagger.words(different)), strict=True))
    tagged = [words[text] for text in texts]
    home = home or forms.home.find(texts, tagged)
    code = forms.home.code(home, texts)
    found = {p.at[0]: forms.find(p.text, tags, home) for p, tags in zip(filled, tagged, strict=True)}
    found = forms.people_of_text(found, {p.at[0]: p.text for p in filled})
    if code:
        found = {at: tuple(_with_division(n, code, forms.gazetteer) for n in names) for at, names in found.items()}
    committee = committee_of(home, texts, [n.full for names in found.values() for n in names])
    return Names(home, committee, found, {p.at[0]: t for p, t in zip(filled, tagged, strict=True)}, code)


def _with_division(name: Name, home: str, gazetteer: Gazetteer) -> Name:
    """A body of a level above the home's, completed: `市政协` in a text of 钱塘区 is 杭州市政协."""
    match = _BODY_OF_LEVEL.fullmatch(name.full) if name.kind == "Organization" and name.text == name.full else None
    if match is None or any(name.full[:n] in gazetteer.short_forms for n in (2, 3, 4)):
        return name  # `镇江市政协` begins with no level
    above = (gazetteer.name(code) for code in gazetteer.chain(home))
    division = next((d for d in above if d.endswith(match["level"])), None)
    if division is None:
        return name
    party = "中共" if match["body"].startswith("委") else ""
    return replace(name, full=f"{party}{division}{match['body']}")


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
    """The forms of all names, made ready once from the lexicon and the dictionary's words."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.people = PeopleForms(lexicon, words)
        self.gazetteer = Gazetteer(lexicon)
        self.home = HomeForms(words, self.gazetteer)
        self.places = PlaceForms(lexicon, words, self.gazetteer)
        self.bodies = BodyForms(lexicon, words)

    def find(self, text: str, tags: Sequence[Tag], home: str) -> tuple[Name, ...]:
        """The names of a text that is at home in a division, in order."""
        people = self.people.find(text, tags, home)
        shown = {(p.start, p.end) for p in people} - {(t.start, t.end) for t in tags if t.kind == "PER"}
        places = [  # `、黄河、` in a list
            n for n in self.places.find(text, tags, home) if not any(a <= n.start and n.end <= b for a, b in shown)
        ]
        return _settled(people, places, self.bodies.find(text, tags, home))

    def people_of_text(self, found: Found, texts: Mapping[int, str]) -> dict[int, tuple[Name, ...]]:
        """A text's names, its people's by all that the text has of them."""
        people = self.people
        return settled(found, texts, people.surnames, people.callings, people.stands_alone)
