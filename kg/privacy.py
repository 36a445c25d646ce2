"""Who is not public, and how their names, ages, schools and homes are written of.

A person is a private citizen where every role and capacity that the texts give is one of 群众 (市民, 居民, 学生, 家长)
and the texts show them in no public one: they propose nothing and sit for no sector. Such a person is shown as
李某（市民）, and in sentences that name them age, school and home are hidden too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from kg.lexicon import Lexicon

CITIZEN: Final = "群众"
"""The capacity of those who are not public."""
PUBLIC_BY: Final = ("zx:proposer", "zx:firstProposer", "zx:supervisor", "zx:onBehalfOf")
"""Whoever one of these properties leads to acts in public."""

_AGE = re.compile(r"(?:[\d一二三四五六七八九十百零〇两]\s?){1,4}(?:多|余|来)?\s*(?:周岁|岁)")
_HOME = re.compile(
    r"((?:家住|居住在|住在|现住|家在|住址[:：为是]?)\s*)([^，。；,;!！?？“”\"]{2,30}?)(?=\s*(?:的|，|。|,|;|；|$))"
)
_HIDDEN = "某"
_NUMBERS = re.compile(
    r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)|(?<!\d)\d{17}[\dXx](?!\w)"
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_LEFT_OUT = "（略）"


def without_numbers(text: str) -> str:
    """A text without telephone numbers, e-mail addresses and numbers of identity cards, whoever's they are.

    >>> without_numbers("请拨打13800000000，或写信到someone@example.org。")
    '请拨打（略），或写信到（略）。'
    """
    return _NUMBERS.sub(_LEFT_OUT, text)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the texts tell of a person's standing."""

    name: str
    roles: tuple[str, ...]
    """Their posts without the bodies, sorted."""
    spoken_as: frozenset[str]
    """In what capacities they speak."""
    in_public: bool
    """Whether they propose, supervise, are spoken for, or have a seat."""


def citizens(people: Mapping[str, Standing], lexicon: Lexicon) -> dict[str, str]:
    """Those who are not public → what is shown instead of their name: `李某（市民）`."""
    posts = {post.id: post.capacity for post in lexicon.posts}
    surnames = {s.id for s in lexicon.surnames}
    return {
        iri: f"{_surname(who.name, surnames)}{_HIDDEN}（{_shown_role(who.roles, posts)}）"
        for iri, who in sorted(people.items())
        if not who.in_public and _known_as(who, posts) == {CITIZEN}
    }


def body_endings(lexicon: Lexicon) -> tuple[str, ...]:
    """How the names of schools end, the longest first."""
    return tuple(sorted((s.id for s in lexicon.body_suffixes if s.kind == "学校"), key=len, reverse=True))


def shown_body(name: str, endings: Iterable[str]) -> str:
    """What is shown instead of a body or place that a citizen belongs to.

    >>> shown_body("青屏实验小学", ("小学",)), shown_body("柳岸社区", ("小学",))
    ('某小学', '某处')
    """
    ending = next((e for e in endings if name.endswith(e)), "")
    return f"{_HIDDEN}{ending}" if ending else f"{_HIDDEN}处"


def capacities(role: str, posts: Mapping[str, str]) -> set[str]:
    """In what capacities a role is held: its own in the lexicon, else that of the longest post it ends with."""
    for start in range(len(role)):
        if role[start:] in posts:
            return {posts[role[start:]]}
    return set()


def _known_as(who: Standing, posts: Mapping[str, str]) -> set[str]:
    return set(who.spoken_as).union(*(capacities(r, posts) for r in who.roles)) - {""}


def _shown_role(held: Iterable[str], posts: Mapping[str, str]) -> str:
    """The shortest whole role that the lexicon has for citizens, else the longest end of one: no school, no street."""
    roles = tuple(held)
    whole = [role for role in roles if posts.get(role) == CITIZEN]
    ends = [role[start:] for role in roles for start in range(len(role)) if posts.get(role[start:]) == CITIZEN]
    if whole:
        return min(whole, key=lambda r: (len(r), r))
    return min(ends, key=lambda r: (-len(r), r), default=CITIZEN)


def _surname(name: str, surnames: set[str]) -> str:
    """The family name, a compound one where the lexicon knows it.

    >>> _surname("欧阳若兰", {"欧阳"}), _surname("程巧云", {"欧阳"})
    ('欧阳', '程')
    """
    return name[:2] if len(name) > 2 and name[:2] in surnames else name[:1]


class Stretch(NamedTuple):
    """A part of a text that is hidden, half-open, and what is shown instead."""

    start: int
    end: int
    shown: str


@dataclass(frozen=True)
class Hiding:
    """The words that are hidden, and what is shown instead of them."""

    people: Mapping[str, str] = field(default_factory=dict)
    """A wording of a citizen's name, without blanks → what is shown."""
    bodies: Mapping[str, str] = field(default_factory=dict)
    """A body or place that a citizen belongs to, by each of its wordings → what is shown in their sentences."""
    homonyms: frozenset[str] = frozenset()
    """Wordings that a public person bears too: hidden only where the citizen is meant."""
    longer: frozenset[str] = frozenset()
    """Names of public people that hold a citizen's, as 李明珠 holds 李明: they stay as they are."""

    def text(self, text: str, here: Collection[str] = (), *, sentence: bool = False) -> str:
        """A text with what is hidden of it replaced by what is shown; see `stretches`."""
        shown, at = [], 0
        for start, end, instead in self.stretches(text, here, sentence=sentence):
            shown += [text[at:start], instead]
            at = end
        return "".join([*shown, text[at:]])

    def stretches(self, text: str, here: Collection[str] = (), *, sentence: bool = False) -> list[Stretch]:
        """What is hidden of a text, in order: citizens' names; and where it has one, or `sentence` says that it tells
        of a citizen, also where they live, how old they are, and the bodies they belong to.

        `here` are the homonyms that mean the citizen in this text.
        """
        found = self.names(text, here)
        if found or sentence:
            found += [Stretch(m.start(2), m.end(2), f"{_HIDDEN}处") for m in _HOME.finditer(text)]
            found += [Stretch(m.start(), m.end(), f"{_HIDDEN}岁") for m in _AGE.finditer(text)]
            found += [Stretch(start, end, self.bodies[word]) for word, start, end in self._bodies_of.found(text)]
        return _apart(found)

    def names(self, text: str, here: Collection[str] = ()) -> list[Stretch]:
        """Where a text names citizens, in order: the longest that fits, and no part of a longer name that is public."""
        found = self._people_of.found(text)
        hidden = {w for w, _, _ in found if self._means_a_citizen(w, here)}
        names, at = [], 0
        for word, start, end in sorted(found, key=lambda match: (match[1], -match[2])):
            if start >= at and (word in hidden or word in self.longer):
                at = end
                names += [Stretch(start, end, self.people[word])] if word in hidden else []
        return names

    def _means_a_citizen(self, word: str, here: Collection[str]) -> bool:
        return word in self.people and (word not in self.homonyms or word in here)

    @cached_property
    def _people_of(self) -> _Words:
        return _Words([*self.people, *self.longer])

    @cached_property
    def _bodies_of(self) -> _Words:
        return _Words(self.bodies)


class _Words:
    """Where a text holds which of many words, also where a line's end or blanks part their characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)
        self._automaton = AhoCorasick([_bare(word) for word in self._words])

    def found(self, text: str) -> list[tuple[str, int, int]]:
        """Each word that stands there, with its stretch; they may overlap."""
        bare = _bare(text)
        matches = self._automaton.find_matches_as_indexes(bare, overlapping=True)
        if not matches or len(bare) == len(text):
            return [(self._words[number], start, end) for number, start, end in matches]
        at = [i for i, c in enumerate(text) if not c.isspace()]
        return [(self._words[number], at[start], at[end - 1] + 1) for number, start, end in matches]


def longer_names(citizens_names: Iterable[str], public_names: Iterable[str]) -> frozenset[str]:
    """The public names that hold a citizen's and are longer."""
    words = _Words(set(citizens_names))
    return frozenset(
        public for public in public_names if any(len(_bare(word)) < len(public) for word, _, _ in words.found(public))
    )


def evened(words: str, shown: str) -> str:
    """Words hidden by as many characters, so that offsets hold; white space stays.

    What stands before the 某 of `shown` and what stands after it stay where the words have them too.

    >>> evened("程巧 云", "程某（市民）"), evened("青屏实验小学", "某小学"), evened("74岁", "某岁")
    ('程某 某', '某某某某小学', '某某岁')
    """
    before, _, after = shown.partition(_HIDDEN)
    head = len(before) if words.startswith(before) else 0
    tail = len(after) if words.endswith(after) else 0
    middle = "".join(c if c.isspace() else _HIDDEN for c in words[head : len(words) - tail])
    return words[:head] + middle + words[len(words) - tail :]


def _apart(found: Iterable[Stretch]) -> list[Stretch]:
    """The stretches in order, those that overlap as one, shown as the longest: nothing hidden comes to light."""
    merged: list[Stretch] = []
    for stretch in sorted(found, key=lambda s: (s.start, -s.end)):
        if merged and stretch.start < merged[-1].end:
            last = merged[-1]
            longest = max(last, stretch, key=lambda s: s.end - s.start)
            merged[-1] = Stretch(last.start, max(last.end, stretch.end), longest.shown)
        else:
            merged.append(stretch)
    return merged


def _bare(wording: str) -> str:
    return "".join(wording.split())
