"""Which titles are of one matter, and which are near it: `重复` and `相近`.

How near two titles are is the cosine of their vectors of letters, pairs of letters and themes, weighed by the inverse
document frequency (Salton, Buckley: Term-weighting approaches in automatic text retrieval, 1988), where what any title
may say weighs nothing, a measure (`建设`) or a setting (`农村`) little, and a theme of the thesaurus makes up for other
words. It ranks; it can't tell a repeat: `老旧小区加装电梯` and `老旧小区停车管理` share as much as two wordings of one
matter.

So a repeat is told by what the two do not share. Neither title may have a word of its own that the other lacks, but for
form words; the measures that they name may not all be of other sorts; and a letter may be a slip where it makes a word
that no dictionary has. docs/repeats.md says what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.clean import HAN
from kg.matters import Kind, Matter, Matters, TitleReader

ThemesOf = Callable[[str], tuple[tuple[str, ...], str | None]]
"""A title's themes, and the main one."""
Known = Callable[[str], bool]
"""Whether the dictionary has a word."""

_Key = str | frozenset[str]

NEAR = 0.35
"""The least likeness of what is near, and so of a repeat; chosen on the labelled pairs."""
_WEIGHTS = np.zeros(len(Kind))
_WEIGHTS[[Kind.matter, Kind.setting, Kind.measure]] = 1.0, 0.4, 0.3
_PURPOSE = 0.3
_LETTER = 0.5
"""The weight of a single letter beside that of a pair."""
_MAIN_THEME, _THEME = 2.0, 1.0
_SHORT = 4
"""A matter of fewer letters says too little: the measures must be the same."""
_BITS = np.uint64(21)
"""Of a code point."""
_IS_THEME = np.uint64(1 << 42)
_PAIRS = 4096
"""Pairs whose likeness is computed at once."""
_ROWS = 256
"""Titles whose likeness to all others is computed at once."""
_DIGITS = 6
"""Decimals of a likeness, so that another order of the sums changes nothing."""
_IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two titles share, letter by letter."""

    repeats: bool
    """Whether they are of one matter."""
    shared: tuple[str, ...]
    """The words of the matter that both have, as the first has them, folded."""
    missing: tuple[str, ...]
    """The words of the first that the second lacks."""
    added: tuple[str, ...]
    """The words of the second that the first lacks."""

    def turned(self) -> Comparison:
        """The second beside the first."""
        return replace(self, missing=self.added, added=self.missing)


@dataclass(frozen=True, slots=True)
class Hit:
    """A title that is near another one."""

    index: int
    """Its place among the titles."""
    likeness: float
    """0 … 1."""
    comparison: Comparison


class Titles:
    """Titles made ready to be asked: which are near this one, and which of them repeat each other."""

    def __init__(self, titles: Sequence[str], reader: TitleReader, themes_of: ThemesOf, known: Known) -> None:
        self.titles = titles
        self._reader, self._themes_of, self._known = reader, themes_of, known
        self._themes: dict[str, int] = {}
        self._matters = reader.read(titles)
        rows, terms, weights = self._entries(self._matters)
        self._terms, columns = np.unique(terms, return_inverse=True)
        counts = sparse.csr_array((weights, (rows, columns)), shape=(len(titles), len(self._terms)))
        counts.sum_duplicates()
        frequency = np.bincount(counts.indices, minlength=len(self._terms))
        self._idf = _idf(frequency, len(titles))
        counts.data *= self._idf[counts.indices]
        owners = np.repeat(np.arange(len(titles)), np.diff(counts.indptr))
        counts.data /= np.sqrt(np.bincount(owners, counts.data**2, len(titles)))[owners]
        self._vectors = counts

    def near(self, title: str, least: float = NEAR) -> list[Hit]:
        """The titles that are near this one: repeats first, then by likeness.

        The title need not be among them.
        """
        matters = self._reader.read([title])
        likeness = self._likeness(matters)
        own = matters.of(0)
        hits = [
            Hit(i, float(likeness[i]), compare(own, self._matters.of(i), float(likeness[i]), self._known))
            for i in np.flatnonzero(likeness >= least).tolist()
        ]
        return sorted(hits, key=lambda hit: (not hit.comparison.repeats, -hit.likeness, self.titles[hit.index]))

    def nearest(self, most: int, least: float = NEAR) -> Iterator[tuple[int, list[Hit]]]:
        """Each title's place, and the titles nearest to it, at most `most`: repeats first, then by likeness.

        A repeat that is less alike than `most` others is not among them: `repeats` has them all.
        """
        matters = [self._matters.of(i) for i in range(len(self.titles))]
        turned = self._vectors.T.tocsr()
        for start in range(0, len(self.titles), _ROWS):
            near = sparse.csr_array(self._vectors[start : start + _ROWS] @ turned)
            for row in range(near.shape[0]):
                i = start + row
                span = slice(near.indptr[row], near.indptr[row + 1])
                others, likeness = near.indices[span], near.data[span].clip(0, 1).round(_DIGITS)
                kept = (likeness >= least) & (others != i)
                others, likeness = others[kept], likeness[kept]
                best = np.lexsort((others, -likeness))[:most]
                hits = [
                    Hit(j, alike, compare(matters[i], matters[j], alike, self._known))
                    for j, alike in zip(others[best].tolist(), likeness[best].tolist(), strict=True)
                ]
                yield i, sorted(hits, key=lambda hit: not hit.comparison.repeats)

    def repeats(self) -> Iterator[tuple[int, int, float, Comparison]]:
        """Every two titles that are of one matter, with their likeness; the first stands first among the titles."""
        matters = [self._matters.of(i) for i in range(len(self.titles))]
        pairs = _candidates([matter.letters for matter in matters])
        for start in range(0, len(pairs), _PAIRS):
            some = pairs[start : start + _PAIRS]
            one, other = (self._vectors[[pair[side] for pair in some]] for side in (0, 1))
            likeness = np.asarray(one.multiply(other).sum(axis=1)).clip(0, 1).round(_DIGITS)
            for (i, j), alike in zip(some, likeness.tolist(), strict=True):
                compared = compare(matters[i], matters[j], alike, self._known)
                if compared.repeats:
                    yield i, j, alike, compared

    def _likeness(self, matters: Matters) -> npt.NDArray[np.float64]:
        _, terms, weights = self._entries(matters)
        terms, at = np.unique(terms, return_inverse=True)
        totals = np.bincount(at, weights)
        if not len(self._terms) or not len(terms):
            return np.zeros(len(self.titles))
        places = np.searchsorted(self._terms, terms).clip(max=len(self._terms) - 1)
        found = self._terms[places] == terms
        totals = totals * np.where(found, self._idf[places], _idf(np.zeros(1), len(self.titles)))
        vector = np.zeros(len(self._terms))
        vector[places[found]] = totals[found] / np.sqrt(np.sum(totals**2))
        likeness: npt.NDArray[np.float64] = (self._vectors @ vector).clip(0, 1).round(_DIGITS)
        return likeness

    def _entries(
        self, matters: Matters
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64], npt.NDArray[np.float64]]:
        """What stands in the titles: (title, term, weight), a term once for each place where it stands."""
        weight = _WEIGHTS[matters.kinds] * np.where(matters.purposes, _PURPOSE, 1.0)
        title = matters.titles
        letter = np.flatnonzero(weight)
        lesser = np.minimum(weight[:-1], weight[1:])
        kinds = np.minimum(matters.kinds, Kind.measure) == Kind.measure  # a measure is a word of its own
        pair = np.flatnonzero((lesser > 0) & (kinds[:-1] == kinds[1:]))
        themed = [
            (i, self._theme(theme), _MAIN_THEME if theme == main else _THEME)
            for i, words in enumerate(matters.said())
            for themes, main in [self._themes_of(words)]
            for theme in themes
        ]
        of, number, theirs = zip(*themed, strict=True) if themed else ((), (), ())
        return (
            np.concatenate((title[letter], title[pair], np.array(of, dtype=np.int64))),
            np.concatenate(
                (
                    matters.points[letter],
                    (matters.points[pair] << _BITS) | matters.points[pair + 1],
                    np.array(number, dtype=np.uint64) | _IS_THEME,
                )
            ),
            np.concatenate((weight[letter] * _LETTER, lesser[pair], np.array(theirs, dtype=np.float64))),
        )

    def _theme(self, theme: str) -> int:
        return self._themes.setdefault(theme, len(self._themes))


def _candidates(letters: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs that may be of one matter, sorted: those of the same letters, or of the same but for one place."""
    first: dict[_Key, int] = {}
    groups: dict[_Key, list[int]] = {}
    for i, text in enumerate(letters):
        keys: list[_Key] = [frozenset(text)]
        keys += [f"{text[:at]}\n{text[at + 1 :]}" for at in range(len(text))]
        for key in keys:
            if first.setdefault(key, i) != i:
                groups.setdefault(key, [first[key]]).append(i)
    return sorted({pair for group in groups.values() for pair in combinations(dict.fromkeys(group), 2)})


def _idf(frequency: npt.NDArray[np.int64] | npt.NDArray[np.float64], titles: int) -> npt.NDArray[np.float64]:
    idf: npt.NDArray[np.float64] = np.log((titles + 1) / (frequency + 1) + 1)
    return idf


def compare(one: Matter, other: Matter, likeness: float = 1.0, known: Known = lambda word: False) -> Comparison:
    """What two matters share, and whether they are one.

    >>> from kg.matters import Matter
    >>> lifts = Matter(("老旧小区加装电梯",), frozenset(), frozenset(), "")
    >>> parking = Matter(("老旧小区停车",), frozenset({"管理"}), frozenset({"管理"}), "")
    >>> compare(lifts, parking)
    Comparison(repeats=False, shared=('老旧小区',), missing=('加装电梯',), added=('停车',))
    """
    mine, theirs = _seen(one, other), _seen(other, one)
    alike = (all(mine) and all(theirs)) or _slip(one.letters, other.letters, known)
    return Comparison(
        repeats=likeness >= NEAR and alike and _same_measures(one, other) and _same_purpose(one, other),
        shared=_words(one, mine, True),
        missing=_words(one, mine, False),
        added=_words(other, theirs, False),
    )


def _same_measures(one: Matter, other: Matter) -> bool:
    """Whether nothing else is to be done of it: what is too short to say much must be to be done likewise."""
    if len(one.letters) < _SHORT:
        return one.measures == other.measures
    return not one.sorts or not other.sorts or not one.sorts.isdisjoint(other.sorts)


def _same_purpose(one: Matter, other: Matter) -> bool:
    return not one.purpose or not other.purpose or one.purpose == other.purpose


def _seen(one: Matter, other: Matter) -> list[bool]:
    """Of each letter of a matter whether the other has it with a letter beside it; a letter alone, whether it has it.

    Words that a form word parts in one title may touch in the other.
    """
    letters, others = one.letters, other.letters
    pairs = {others[i : i + 2] for i in range(len(others) - 1)}
    seen = [False] * len(letters)
    for i in range(len(letters) - 1):
        if letters[i : i + 2] in pairs:
            seen[i] = seen[i + 1] = True
    for start, piece in zip(accumulate(map(len, one.pieces), initial=0), one.pieces, strict=False):
        if len(piece) == 1 and piece in others:
            seen[start] = True
    return seen


def _words(matter: Matter, seen: Sequence[bool], wanted: bool) -> tuple[str, ...]:
    """The stretches of a matter's letters that were seen, or were not, each once; pieces stay apart."""
    found: list[str] = []
    start = 0
    for piece in matter.pieces:
        flags = "".join("y" if flag is wanted else "n" for flag in seen[start : start + len(piece)])
        found += [piece[run.start() : run.end()] for run in re.finditer("y+", flags)]
        start += len(piece)
    return tuple(dict.fromkeys(found))


def _slip(one: str, other: str, known: Known) -> bool:
    """Whether two matters differ in one character, and it makes a word in one of them alone."""
    if len(one) != len(other) or len(one) < _SHORT:
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) != 1 or not all(_IS_HAN.match(text[places[0]]) for text in (one, other)):
        return False
    return _in_a_word(one, places[0], known) != _in_a_word(other, places[0], known)


def _in_a_word(text: str, at: int, known: Known) -> bool:
    """Whether a word of two or three letters that the dictionary has holds the letter."""
    spans = ((start, start + length) for length in (2, 3) for start in range(at - length + 1, at + 1))
    return any(start >= 0 and end <= len(text) and known(text[start:end]) for start, end in spans)
