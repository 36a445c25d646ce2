"""The divisions of China by name and by national code, from the province to the street and the town."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.lexicon import Division, Lexicon
from kg.model import NATION
from kg.resources import gazetteer_dir
from kg.wordlist import either

_LEVEL = "特别行政区|自治[区州县旗]|地区|[省市区县旗州盟]"
_AUTONOMOUS = {"自治州", "自治县", "自治旗"}
_KINDS_OF_TOWN = ("街道", "镇", "乡", "苏木")
_PREFECTURE, _COUNTY = 4, 6
"""How many digits of a code say which prefecture or county it is; a town has nine."""


class Gazetteer:
    """Which divisions there are, what they are called and which lies in which. Towns are read at the first question."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.divisions = {row.id: row for row in lexicon.divisions}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for row in lexicon.divisions:
            self._by_name[row.name].append(row.id)
        self.short_forms = _short_forms(lexicon)
        """What a division is called besides its full name (三明, 海西州) → that name; itself where several are."""

    def named(self, name: str) -> tuple[str, ...]:
        """The codes of every province, prefecture and county of this full name or short form."""
        return tuple(self._by_name.get(self.short_forms.get(name, name), ()))

    def name(self, code: str) -> str:
        """The full name of the division of a code."""
        return self.divisions[code].name if code in self.divisions else _towns().names[code]

    def above(self, code: str) -> str:
        """The code of the division that one lies in; empty for a province."""
        if code in self.divisions:
            return self.divisions[code].within
        county = code[:_COUNTY]  # that of a development zone is no county's, and its towns are the prefecture's
        return county if county in self.divisions else f"{code[:_PREFECTURE]}00"

    def chain(self, code: str) -> tuple[str, ...]:
        """The codes of a division and of those that it lies in, up to the province."""
        codes = [code]
        while codes[-1]:
            codes.append(self.above(codes[-1]))
        return tuple(codes[:-1])

    def path(self, code: str) -> tuple[str, ...]:
        """A division's name behind those of as many that it lies in as make it the only one of its kind.

        >>> from kg.lexicon import load
        >>> from kg.resources import lexicon_dir
        >>> gazetteer = Gazetteer(load(lexicon_dir()))
        >>> gazetteer.path("110105"), gazetteer.path("330114001")
        (('北京市', '朝阳区'), ('钱塘区', '下沙街道'))

        """
        names: list[str] = []
        for step in self.chain(code):
            names.insert(0, self.name(step))
            if len(self._by_name.get(names[0], ())) == 1:
                break
        return tuple(names)

    def key(self, code: str) -> tuple[str, str]:
        """What a division's IRI is minted from: what it must be told by, or the nation, and its name."""
        *above, own = self.path(code)
        return "".join(above) or NATION, own

    def towns(self, code: str) -> Mapping[str, str]:
        """Name → code of the streets and towns of a county; of a prefecture those whose name no other one there has."""
        return _towns().within.get(code[:_PREFECTURE] if code.endswith("00") else code, {})

    def has_town(self, stem: str) -> bool:
        """Whether a street or town somewhere is called so, without its 镇, 乡 or 街道."""
        table = _table()  # searched as it is: to read it whole takes longer than all that a text asks
        return any(f",{stem}{kind}\n" in table for kind in _KINDS_OF_TOWN)

    def codes(self, names: Iterable[str], home: str, told: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Name → code of those names of one text that can only be one division.

        A name that several divisions bear is the one that lies in what the text puts before it (`told`: 朝阳区 →
        北京市), else the one at the home (a code, or empty). A town lies in such a division, or in the one of the
        text's counties that has it.
        """
        asked = sorted(set(names))
        found: dict[str, str] = {}
        for name in asked:
            codes = self.named(name)
            outer = [code for before in told.get(name, ()) for code in self.named(before)]
            code = codes[0] if len(codes) == 1 else _only_one(self._inside(codes, outer), self._nearest(codes, home))
            if code:
                found[name] = code
        counties = sorted({code for code in found.values() if not code.endswith("00")})
        for name in asked:
            if not self.named(name):
                before = [found[outer] for outer in told.get(name, ()) if outer in found]
                code = _only_one(*(self._towns_named(name, codes) for codes in (before, [home], counties)))
                if code:
                    found[name] = code
        return found

    def _inside(self, codes: Iterable[str], outer: Iterable[str]) -> set[str]:
        return {code for code in codes if set(outer) & set(self.chain(code))}

    def _nearest(self, codes: Iterable[str], home: str) -> set[str]:
        """Those that lie in the home, else in the same prefecture, else in the same province."""
        around = self.chain(home) if home else ()
        inside = ({code for code in codes if step in self.chain(code)} for step in around)
        return next((found for found in inside if found), set())

    def _towns_named(self, name: str, codes: Iterable[str]) -> set[str]:
        return {town for code in codes if (town := self.towns(code).get(name))}


def _only_one(*choices: set[str]) -> str | None:
    """The code of the first choice that has any, if it has one alone."""
    first = next((codes for codes in choices if codes), set())
    return next(iter(first)) if len(first) == 1 else None


def _short_forms(lexicon: Lexicon) -> dict[str, str]:
    groups = [row.id for row in lexicon.ethnic_groups]
    people = either([*groups, *(group.removesuffix("族") for group in groups if len(group) > 3)])
    shape = re.compile(rf"(?P<stem>.+?)(?P<people>(?:{people})*)(?P<level>{_LEVEL})")
    full: dict[str, str] = {}
    for division in lexicon.divisions:
        for short in _shorts(division, shape):
            full[short] = short if full.get(short, division.name) != division.name else division.name
    return full


def _shorts(division: Division, shape: re.Pattern[str]) -> Iterator[str]:
    match = shape.fullmatch(division.name)
    if match and len(match["stem"]) > 1:
        stem = match["stem"].removesuffix("族")
        yield stem
        if match["level"] in _AUTONOMOUS:
            yield stem + match["level"][-1]


@dataclass(frozen=True, slots=True)
class _Towns:
    names: Mapping[str, str]
    """Code → name."""
    within: Mapping[str, Mapping[str, str]]
    """The digits of a county's or a prefecture's code → name → code."""


@functools.cache
def _table() -> str:
    return (gazetteer_dir() / "towns.csv").read_text(encoding="utf-8")


@functools.cache
def _towns() -> _Towns:
    _, *lines = _table().split()
    names = {code: name for code, _, name in (line.partition(",") for line in lines)}
    within: dict[str, dict[str, str]] = defaultdict(dict)
    several: set[tuple[str, str]] = set()
    for code, name in names.items():
        within[code[:_COUNTY]][name] = code
        if within[code[:_PREFECTURE]].setdefault(name, code) != code:
            several.add((code[:_PREFECTURE], name))
    for prefecture, name in several:
        del within[prefecture][name]
    return _Towns(names, within)
