"""People's names of one text beside one another: cut ones made whole, titles (`黄主任`) told of whom they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from kg.clean import HAN
from kg.model import Name
from kg.wordlist import either

Found = Mapping[int, Sequence[Name]]
"""Raw offset of a passage's first character → its names, in order."""
_ELDER = "老"
_TELLS = re.compile(r"[，,。]")
"""What a passage that tells of somebody has, and a by-line has not."""
_BOOK = re.compile(r"《[^《》]*》")
_LEAST_SPREAD = 3
"""Characters of a name that is looked for where the tagger saw none: shorter ones may be words."""


Stands = Callable[[str, int, int], bool]
"""Whether a surname with a title is somebody by itself at a place of a text: one who speaks, or behind a post."""


def settled(
    found: Found, texts: Mapping[int, str], surnames: Collection[str], titles: Mapping[str, bool], stands: Stands
) -> dict[int, tuple[Name, ...]]:
    """The names of a text's passages, its people's by all that the text has of them.

    `titles` are the words that a surname may stand before, each with whether it is one of office or address. Such a
    title (`黄主任`) is of the only one of that surname of whom the text tells, or of the one named last before it;
    where there is none it is somebody where it `stands`, and nobody elsewhere. `董奶奶` is somebody by herself.
    """
    people = {n.full for names in found.values() for n in names if n.kind == "Person"}
    told = {n.full for at, names in found.items() for n in names if _TELLS.search(texts[at])}
    apart = {n.full for names in found.values() for n in _alone(names)}
    reading = _Reading(people, told, surnames, titles, stands, apart)
    outside = {n.full for at, names in found.items() for n in names if not _in_a_book(n, texts[at])}
    return {at: tuple(reading.of(names, texts[at], outside)) for at, names in found.items()}


def _alone(names: Sequence[Name]) -> Iterator[Name]:
    """The people whose names touch no other person's."""
    people = [n for n in names if n.kind == "Person"]
    edges = {n.end for n in people} & {n.start for n in people}
    return (n for n in people if n.start not in edges and n.end not in edges)


class _Reading:
    """What the people's names of one text say of one another."""

    def __init__(
        self,
        people: Collection[str],
        told: Collection[str],
        surnames: Collection[str],
        titles: Mapping[str, bool],
        stands: Stands,
        apart: Collection[str],
    ) -> None:
        self.surnames, self.titles, self.stands = surnames, titles, stands
        self.elders = {p for p in people if len(p) == 2 and p[1] == _ELDER}
        self.preceded = {p for p in people if len(p) == 4 and p[1:] in people and len(self._surname(p)) == 1}
        self.full = sorted(p for p in people if not (self._title(p) or p[:2] in self.elders or p in self.preceded))
        self.longer = {p: [q for q in self.full if p != q and p in q and len(p) > 1] for p in people}
        self.of_surname: dict[str, set[str]] = defaultdict(set)
        for name in self.full:
            if name in told and not self.longer[name]:
                self.of_surname[self._surname(name)].add(name)
        self.apart = frozenset(apart)
        self.known = re.compile(either(p for p in self.full if len(p) >= _LEAST_SPREAD and not self.longer[p]))

    def of(self, names: Sequence[Name], text: str, outside: Collection[str]) -> Iterator[Name]:
        """The names of one passage, in order."""
        kept = [n for n in names if n.kind != "Person"]
        people = [n for n in names if n.kind == "Person" and not (_in_a_book(n, text) and n.full not in outside)]
        people = [self._whole(self._cut(n, text), text) for n in _parted(people, text, self.full, self.apart)]
        people = [told for n in people if (told := self._told(n, people, text))]
        taken = [(n.start, n.end) for n in (*kept, *people)]
        for match in self.known.finditer(text):
            if all(match.end() <= a or b <= match.start() for a, b in taken):
                people.append(Name.at("Person", text, *match.span()))
        yield from sorted((*kept, *_distinct(people)), key=lambda n: (n.start, n.end, n.kind))

    def _cut(self, name: Name, text: str) -> Name:
        """The name without a word before it (`应|某某某`) or behind it (`罗老|用`) that the tagger took in."""
        if name.full in self.preceded:
            return Name.at("Person", text, name.start + 1, name.end)
        if len(name.text) == 3 and name.text[:2] in self.elders:
            return Name.at("Person", text, name.start, name.start + 2)
        return name

    def _whole(self, name: Name, text: str) -> Name:
        """The name as the text has it elsewhere, where it was cut short here."""
        for long in sorted(self.longer.get(name.full, ()), key=len, reverse=True):
            start = name.start - long.index(name.full)
            if start >= 0 and text.startswith(long, start):
                return Name.at("Person", text, start, start + len(long))
        return name

    def _told(self, name: Name, people: Sequence[Name], text: str) -> Name | None:
        """A name, of a title that of its bearer: the only one in the text or the last one before; None for nobody."""
        title = self._title(name.text)
        if not title or not self.titles.get(title, title == _ELDER):
            return name
        bearers = self.of_surname.get(self._surname(name.text), set())
        before = [p.full for p in people if p.full in bearers and p.end <= name.start]
        bearer = before[-1] if before else next(iter(bearers)) if len(bearers) == 1 else None
        if bearer:
            return Name("Person", name.start, name.end, name.text, bearer)
        return name if self.stands(text, name.start, name.end) else None

    def _title(self, name: str) -> str:
        """The title behind a surname, where the name is no more than both."""
        title = name[len(self._surname(name)) :]
        return title if title != name and (title in self.titles or title == _ELDER) else ""

    def _surname(self, name: str) -> str:
        return next((name[:n] for n in (2, 1) if name[:n] in self.surnames and len(name) > n), "")


def _parted(people: Sequence[Name], text: str, full: Collection[str], apart: Collection[str]) -> Iterator[Name]:
    """Names that stand close together, as the text has them apart elsewhere: `甲乙丙丁戊己` is 甲乙丙, 丁戊己."""
    run: list[Name] = []
    for person in [*people, None]:
        if run and (person is None or person.start != run[-1].end):
            yield from _apart(run, text, full, apart)
            run = []
        if person is not None:
            run.append(person)


def _apart(run: Sequence[Name], text: str, full: Collection[str], apart: Collection[str]) -> Iterable[Name]:
    start, end = run[0].start, run[-1].end
    names = {n for n in full if n in text[start:end] and n != text[start:end]}
    if not names or not re.fullmatch(f"[{HAN}]+", text[start:end]):
        return run
    parts = _cut(text[start:end], names.intersection(apart)) or _cut(text[start:end], names)
    if len(parts) < 2:
        return run
    spans = zip((sum(map(len, parts[:i])) for i in range(len(parts))), parts, strict=True)
    return [Name.at("Person", text, start + at, start + at + len(part)) for at, part in spans]


def _cut(text: str, names: Collection[str]) -> list[str]:
    """The text as known names alone, fewest first; empty where they don't fill it."""
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(text) + 1):
        ways = [[*best[end - len(n)], n] for n in sorted(names) if end - len(n) in best and text.endswith(n, 0, end)]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(text), [])


def _distinct(people: Iterable[Name]) -> list[Name]:
    """Of names that overlap the longest."""
    kept: list[Name] = []
    for name in sorted(people, key=lambda n: (n.start - n.end, n.start, n.full)):
        if all(name.end <= k.start or k.end <= name.start for k in kept):
            kept.append(name)
    return kept


def _in_a_book(name: Name, text: str) -> bool:
    """Whether a name stands in the title of a book or a work."""
    return any(m.start() < name.start and name.end < m.end() for m in _BOOK.finditer(text))
