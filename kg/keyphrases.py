"""Phrases that the thesaurus may want: the texts' noun phrases that no theme covers, by their C-value.

C-value (Frantzi, Ananiadou, Mima: Automatic recognition of multi-word terms, Int. J. on Digital Libraries 3, 2000)
weighs how often a phrase stands by its length, less what longer phrases that hold it account for. For the librarian:
nothing of this enters a graph.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from kg.model import Facts
from kg.themes import ThemeHit, ThemeMatcher
from kg.words import Words

MOST = 500
"""Rows of the list."""

_LONGEST = 5
"""Words of a phrase."""
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_CLAUSE = re.compile(r"[^，,；;：:、\s]+")
_HAN = re.compile(r"[\u3400-\u9fff]{2,12}")
_PARTS = frozenset({"n", "nr", "nz", "vn", "an", "b", "j", "l", "g"})
"""The dictionary's tags of words that stand in a term (`nr`: it takes many nouns for surnames). Adjectives judge."""
_HEADS = frozenset({"n", "nr", "nz", "vn", "j"})
_NAMES = frozenset({"Person", "Organization", "Place", "Sector", "Session", "Initiative"})


class Candidate(NamedTuple):
    """A phrase with where it stands: a row of the list, its fields in the order of the columns."""

    phrase: str
    score: float
    """Its C-value."""
    texts: int
    records: int
    """Proposals, cases, tasks and statements whose title or words have it."""
    example: str
    """The clause around one place of it; the phrase alone where a person is named beside it."""
    document: str
    begin: int
    end: int
    nearest: str
    """The theme that most often stands in one sentence with it; empty where none does."""


@dataclass
class _Seen:
    times: int = 0
    texts: set[str] = field(default_factory=set)
    first: tuple[str, int, str] = ("", 0, "")
    near: Counter[str] = field(default_factory=Counter)


def candidates(stated: Sequence[Facts], matcher: ThemeMatcher, words: Words) -> list[Candidate]:
    """The phrases of at least two places, those that records have first, then by C-value; at most `MOST`.

    A phrase has one to five words of the dictionary, the first of more than one character (no 新贡献) and the last a
    noun. It touches no name and no theme's word, but for those of policy areas (教育, 企业), which say too little, and
    is no single word of everyday language. What more than a twentieth of the texts has, and more than three of them,
    belongs to the genre.
    """
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for facts in stated:
        for phrase, start, example, near in _phrases(facts, matcher, words):
            one = seen[phrase]
            one.first = one.first if one.times else (facts.document.id, start, example)
            one.times += 1
            one.texts.add(facts.document.id)
            one.near.update(near)
    most = max(3, len(stated) // 20)
    kept = {p: one for p, one in seen.items() if one.times > 1 and len(one.texts) <= most}
    scores = c_values({phrase: one.times for phrase, one in kept.items()}, words)
    records = [str(x.object) for f in stated for x in f.facts if x.predicate in {"dcterms:title", "zx:quote"}]
    said = "\n".join(records)
    best = sorted((p for p in kept if scores[p] > 0), key=lambda p: (p not in said, -scores[p], p))[:MOST]
    return [_row(phrase, scores[phrase], kept[phrase], sum(phrase in text for text in records)) for phrase in best]


def c_values(times: Mapping[str, int], words: Words) -> dict[str, float]:
    """The C-value of each phrase by how often it stands, counted in words: log2(1 + length) × its own places.

    The 1 gives single words a value (Barrón-Cedeño et al. 2009). Its own places are all, less the mean of those of the
    longer phrases that hold it.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for phrase, n in times.items():
        parts = {phrase[i:j] for i in range(len(phrase)) for j in range(i + 2, len(phrase) + 1)} - {phrase}
        for part in parts & times.keys():
            holders[part].append(n)
    return {
        phrase: log2(1 + len(words.cut(phrase))) * (n - (sum(over) / len(over) if (over := holders[phrase]) else 0))
        for phrase, n in times.items()
    }


def _row(phrase: str, score: float, one: _Seen, records: int) -> Candidate:
    document, start, example = one.first
    nearest = min(one.near, key=lambda theme: (-one.near[theme], theme), default="")
    return Candidate(
        phrase, round(score, 2), len(one.texts), records, example, document, start, start + len(phrase), nearest
    )


def _phrases(facts: Facts, matcher: ThemeMatcher, words: Words) -> Iterator[tuple[str, int, str, list[str]]]:
    """Every phrase of a text: where it begins, the clause around it, and the themes of its sentence."""
    raw = facts.document.raw
    names = {i for m in facts.mentions if m.kind in _NAMES for i in range(m.span.start, m.span.end)}
    people = {i for m in facts.mentions if m.kind == "Person" for i in range(m.span.start, m.span.end)}
    for sentence in _SENTENCE.finditer(raw):
        at = sentence.start()
        hits = [ThemeHit(t, at + start, at + end) for t, start, end in matcher.find(sentence.group())]
        told = [hit.theme for hit in hits if matcher.ancestors(hit.theme)]
        taken = names | {i for theme, start, end in hits if matcher.ancestors(theme) for i in range(start, end)}
        for clause in _CLAUSE.finditer(raw, at, sentence.end()):
            alone = not people.isdisjoint(range(*clause.span()))
            for phrase, start in _of_clause(clause.group(), clause.start(), taken, words):
                yield phrase, start, phrase if alone else clause.group(), told


def _of_clause(text: str, at: int, taken: set[int], words: Words) -> Iterator[tuple[str, int]]:
    cut = [(w, at + start, at + end, words.tag(w)) for w, start, end in words.cut(text)]
    for i in (i for i, (word, *_) in enumerate(cut) if len(word) > 1):
        for j in range(i, min(i + _LONGEST, len(cut))):
            _, _, end, tag = cut[j]
            if tag not in _PARTS or not taken.isdisjoint(range(cut[i][1], end)):
                break
            phrase = "".join(word for word, *_ in cut[i : j + 1])
            if tag in _HEADS and _HAN.fullmatch(phrase) and not (i == j and words.common(phrase)):
                yield phrase, cut[i][1]
