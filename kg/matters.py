"""What a proposal's title is about: its letters folded, and each told from the words that any title may say.

`关于进一步加强…的建议` says nothing of the matter, `监管` and `治理` are one sort of measure, `噪音` is `噪声`: the
lexicon's title words. Titles are laid out one after another in one text, so that a hundred thousand of them are worked
on at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick, MatchKind

from kg import traditional
from kg.lexicon import TitleWord
from kg.numerals import NUMERAL, value


class Kind(IntEnum):
    """What a letter of a title is for."""

    matter = 0
    setting = 1
    """Where, or for whom (`农村`, `老年人`): part of the matter, and shared by many."""
    measure = 2
    """What is to be done (`建设`, `监管`)."""
    form = 3
    """What any title may say."""
    mark = 4
    """What is no letter."""


_KINDS = {"套语": Kind.form, "举措": Kind.measure, "范围": Kind.setting}
_OFFICIAL = re.compile(r"^ *第?\d+号[:. ]*|^ *\d+[.、)] *", re.MULTILINE)
_BRACKET = re.compile(r" *[(\[][^()\[\]\n]*(?:号|提案|议案|件|次会议|届)[)\]] *$", re.MULTILINE)
_TIME = re.compile(
    rf"(?:(?:19|20)\d\d[-至到])?(?:19|20)\d\d年度?|十[一二三四五六七八九]五(?:时期|期间)?|第?{NUMERAL}{{1,3}}届{NUMERAL}{{1,3}}次(?:全体)?(?:会议|全会)?"
)
"""A year, a plan of five years or a session: the same matter comes again in another one."""
_NUMBER = re.compile(
    r"[〇零一二三四五六七八九百]*[十百][〇零一二三四五六七八九十百]+|[二三四五六七八九][十百]"
    r"|[一二三四五六七八九十](?=分钟|小时|公里|周岁|岁|号线|个月|年级|期)"
)
_QUOTES = re.compile(r"[\"'“”‘’《》〈〉「」『』()\[\]<>]")
_DASHES = re.compile(r"[—–―−~～]+|--+")
_BREAK = re.compile(r"[,;:!?。、· ]+")


@dataclass(frozen=True, slots=True)
class Matter:
    """What one title is about."""

    pieces: tuple[str, ...]
    """Its own words, in order; another word stood between two of them."""
    measures: frozenset[str]
    """What is to be done, as written."""
    sorts: frozenset[str]
    """The sorts of these measures."""
    purpose: str
    """What it is good for, where a clause behind the matter says so: `，促进学生健康成长`."""

    @property
    def letters(self) -> str:
        """Its own words without what stood between them."""
        return "".join(self.pieces)


@dataclass(frozen=True)
class Matters:
    """The matters of titles, letter by letter."""

    text: str
    """The folded titles, each behind a line's end, and one more line's end."""
    points: npt.NDArray[np.uint64]
    """The code points of the text."""
    kinds: npt.NDArray[np.uint8]
    """The `Kind` of each letter."""
    purposes: npt.NDArray[np.bool_]
    """Whether a letter stands in a clause that says what the matter is good for."""
    starts: npt.NDArray[np.int64]
    """Where each title begins, and where the last one ends, line's end included."""
    sorts: dict[str, str]
    """Measure → its sort."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def titles(self) -> npt.NDArray[np.int64]:
        """The title that each letter belongs to, counting from 0; the first line's end belongs to -1."""
        belongs: npt.NDArray[np.int64] = np.searchsorted(self.starts, np.arange(len(self.points)), side="right") - 1
        return belongs

    def of(self, i: int) -> Matter:
        """The matter of one title."""
        start, end = int(self.starts[i]), int(self.starts[i + 1]) - 1
        main: list[tuple[int, str]] = []
        purpose = ""
        for kind, behind, words in self._runs(start, end):
            if behind:
                purpose += words if kind < Kind.measure else ""
            else:
                main.append((kind, words))
        measures = frozenset(words for kind, words in main if kind == Kind.measure)
        pieces = tuple(words for kind, words in main if kind == Kind.matter)
        return Matter(pieces, measures, frozenset(self.sorts[m] for m in measures if m in self.sorts), purpose)

    def said(self) -> list[str]:
        """What each title says of its matter alone: not where, not in form words, and not what it is good for."""
        silent = (self.kinds == Kind.setting) | (self.kinds >= Kind.form) | self.purposes
        points = np.where(silent & (self.points != ord("\n")), ord(" "), self.points)
        return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass").split("\n")[1:-1]

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, bool, str]]:
        """Letters of one kind in a row; a setting is part of the matter, and a measure is a word of its own."""
        kinds = np.where(self.kinds[start:end] == Kind.setting, Kind.matter, self.kinds[start:end])
        purposes = self.purposes[start:end]
        at = 0
        while at < len(kinds):
            stop = at + 1
            while stop < len(kinds) and kinds[stop] == kinds[at] and purposes[stop] == purposes[at]:
                stop += 1
            words = self.text[start + at : start + stop]
            if kinds[at] == Kind.measure:  # 保护管理 are two
                for measure in self._measures(words):
                    yield int(Kind.measure), bool(purposes[at]), measure
            elif kinds[at] != Kind.form and kinds[at] != Kind.mark:
                yield int(kinds[at]), bool(purposes[at]), words
            at = stop

    def _measures(self, words: str) -> Iterator[str]:
        while words:
            length = next((n for n in range(len(words), 0, -1) if words[:n] in self.sorts), len(words))
            yield words[:length]
            words = words[length:]


class TitleReader:
    """Lays titles out and tells their letters apart by the lexicon's title words."""

    def __init__(self, words: Iterable[TitleWord], ours: Iterable[str] = ()) -> None:
        """`ours` are names that say nothing because all the titles are of that place (`山南区`)."""
        rows = tuple(words)
        kinds = {row.id: _KINDS[row.kind] for row in rows if row.kind in _KINDS}
        kinds |= {name: Kind.form for name in ours if name}
        self._kinds = list(kinds.values())
        self._sorts = {row.id: row.sense for row in rows if row.kind == "举措"}
        self._words = AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest) if kinds else None
        self._same = {row.id: row.sense for row in rows if row.kind == "同义"}
        longest = sorted(self._same, key=lambda word: (-len(word), word))
        self._synonyms = re.compile("|".join(map(re.escape, longest)) or "(?!)")

    def read(self, titles: Sequence[str]) -> Matters:
        """The matters of titles; of one that says nothing of its own every word is taken for the matter."""
        lines = self._folded(titles)
        text = "\n" + "".join(f"{line}\n" for line in lines)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        starts = np.concatenate(([0], np.cumsum([len(line) + 1 for line in lines], dtype=np.int64))) + 1
        kinds = np.zeros(len(points), dtype=np.uint8)
        first: dict[int, Kind] = {}
        for word, start, end in self._words.find_matches_as_indexes(text) if self._words else ():
            kinds[start:end] = first[start] = self._kinds[word]
        breaks = [found.span() for found in _BREAK.finditer(text)]
        for start, end in breaks:
            kinds[start:end] = Kind.mark
        kinds[points == ord("\n")] = Kind.mark
        purposes = np.zeros(len(points), dtype=np.bool_)
        for _, end in breaks:
            if text[end] != "\n" and first.get(end) in {Kind.form, Kind.measure}:
                purposes[end : text.index("\n", end)] = True
        self._with_some_matter(kinds, purposes, starts)
        return Matters(text, points, kinds, purposes, starts, self._sorts)

    def _with_some_matter(
        self, kinds: npt.NDArray[np.uint8], purposes: npt.NDArray[np.bool_], starts: npt.NDArray[np.int64]
    ) -> None:
        own = ((kinds == Kind.matter) | (kinds == Kind.setting)) & ~purposes
        count = np.diff(np.concatenate(([0], np.cumsum(own)))[starts])
        for i in np.flatnonzero(count == 0):
            letters = slice(starts[i], starts[i + 1] - 1)
            purposes[letters] = False
            kinds[letters] = np.where(kinds[letters] == Kind.mark, Kind.mark, Kind.matter)

    def _folded(self, titles: Sequence[str]) -> list[str]:
        """The titles as they are compared: one width, one script, one way of writing numbers, no years."""
        text = "\n".join(" ".join(title.split()) for title in titles)
        text = unicodedata.normalize("NFKC", text)
        text = "\n".join(_simplified(text.split("\n")))
        text = _DASHES.sub("-", _BRACKET.sub("", _OFFICIAL.sub("", _QUOTES_OF_PLANS.sub(r"\1", text))))
        text = _NUMBER.sub(lambda found: str(value(found[0])), _TIME.sub("", text))
        text = self._synonyms.sub(lambda found: self._same[found[0]], _QUOTES.sub("", text))
        return [line.strip() for line in text.split("\n")]


_QUOTES_OF_PLANS = re.compile(r"[\"“「『](十[一二三四五六七八九]五)[\"”」』]")


def _simplified(lines: Sequence[str]) -> list[str]:
    """Each line that is in traditional characters in simplified ones."""
    text = "\n".join(lines)
    changed = traditional.simplified(text).split("\n")
    return [
        traditional.simplified(line) if line != other and traditional.is_traditional(line) else line
        for line, other in zip(lines, changed, strict=True)
    ]
