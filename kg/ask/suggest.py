"""Questions that could be answered, for whoever asked one that can't: the nearest, filled with names of the graph."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import QuerySolutions, Store

from kg.ask.forms import forms_of
from kg.ask.matching import Asked, nearness
from kg.ask.templates import SLOT, Templates, filled
from kg.ask.understand import Reading
from kg.lexicon import Lexicon
from kg.query import saved
from kg.vocab import PREFIXES

MOST = 3
"""How many are suggested."""

_SAMPLES = {
    "界别": "?p a zx:Proposal ; zx:proposer ?it . ?it a zx:Sector",
    "党派": "?member zx:party ?it",
    "党派简称": "?member zx:party ?it",
    "议题": "?p a zx:Proposal ; zx:mainTheme ?it",
    "领域": "?theme skos:broader ?it . FILTER NOT EXISTS { ?it skos:broader ?above }",
    "人": "?p a zx:Proposal ; zx:proposer ?it . ?it a zx:Person",
    "地点": "?case zx:place ?it",
    "单位": "?case zx:host ?it",
    "届次": '?it a zx:Session ; zx:meetingKind/skos:prefLabel "全体会议"@zh',
    "提案": "?it a zx:Proposal",
    "会议类型": "?meeting zx:meetingKind ?it",
    "任务类型": "?task zx:taskKind ?it",
    "名称": "?p a zx:Proposal ; zx:proposer ?it",
}
"""Kind of slot → what of the graph an example is filled with. Of people only those who propose: no private citizen."""
_BETWEEN = re.compile(r"〔[^〔〕]*〕|\W")
_OTHERS = {"年": "2024", "日期": "2024", "职务": "主任"}
"""Kind of slot → what fills it in any graph."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that can be answered."""

    text: str
    asked: Asked


def suggestions(store: Store, lexicon: Lexicon, reading: Reading) -> list[Suggestion]:
    """At most `MOST` questions like the one that was read: those that it may mean, else those that share most of it."""
    names = [fit.asked.question for fit in reading.fits] if len(reading.fits) > 1 else _ranked(lexicon, reading)
    templates = Templates(lexicon)
    examples = {row.id: _nearest(row.examples, reading) for row in lexicon.question_forms if row.examples}
    made = (_filled(store, examples[name], templates, reading) for name in dict.fromkeys(names) if name in examples)
    return list(islice((each for each in made if each), MOST))


def _nearest(examples: Sequence[str], reading: Reading) -> str:
    """The example whose slots the question's own names fill best, the first of equal ones."""
    named = {slot.kind for piece in reading.pieces for slot in piece.slots}

    def fit(example: str) -> int:
        kinds = [slot["kind"] for slot in SLOT.finditer(example)]
        return sum(1 if kind in named else -1 for kind in kinds)

    return max(examples, key=fit)


def _ranked(lexicon: Lexicon, reading: Reading) -> list[str]:
    """The saved questions, first those that share words and kinds of names with the one read, and its letters."""
    scores: dict[str, float] = {}
    for form in forms_of(lexicon, [one.name for one in saved()]):
        scores[form.question] = max(nearness(reading.pieces, form), scores.get(form.question, 0.0))
    likeness = _likeness(reading, {row.id: row.examples for row in lexicon.question_forms})
    return sorted(scores, key=lambda name: (-scores[name] - likeness[name], name))


def _likeness(reading: Reading, examples: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """How alike the question is, letter by letter, to what each saved question says that it asks, 0 … 1.

    The share of the question's pairs of neighbouring letters, names left out, that the saved question's own sentence or
    its examples have. A pair weighs the more the fewer saved questions have it (inverse document frequency).
    """
    said = {one.name: _pairs(one.question, *examples.get(one.name, ())) for one in saved()}
    having = Counter(pair for pairs in said.values() for pair in pairs)
    asked = _pairs("".join("〔〕" if piece.slots else piece.text for piece in reading.pieces))
    weights = {pair: math.log(1 + len(said) / (1 + having[pair])) for pair in asked}
    total = sum(weights.values()) or 1.0
    return {name: sum(weights[pair] for pair in asked & pairs) / total for name, pairs in said.items()}


def _pairs(*sentences: str) -> set[str]:
    """The pairs of neighbouring letters of some sentences; a pair does not reach over a name or a mark."""
    runs = (run for sentence in sentences for run in _BETWEEN.split(sentence))
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def _filled(store: Store, example: str, templates: Templates, reading: Reading) -> Suggestion | None:
    """An example with a name in each slot: one of the question, or of the graph; None where there is none."""
    asked = templates.asked(example)
    names: dict[str, str] = {}
    for slot in SLOT.finditer(example):
        found = _names(store, slot["kind"], reading)
        name = next((name for name in found if name not in names.values()), None)
        if name is None:
            return None
        names[slot[0]] = name
    if asked is None:
        return None
    shown = [(slot, f"{name}年" if slot.startswith(("〔年", "〔日期")) else name) for slot, name in names.items()]
    return Suggestion(
        filled(example, shown), Asked(asked.question, tuple((p, names.get(value, value)) for p, value in asked.params))
    )


def _names(store: Store, kind: str, reading: Reading) -> Iterator[str]:
    yield from (slot.value for piece in reading.pieces for slot in piece.slots if slot.kind == kind)
    if kind in _OTHERS:
        yield _OTHERS[kind]
    else:
        query = f"""SELECT DISTINCT ?label WHERE {{ {{ {_SAMPLES[kind]} }} ?it skos:prefLabel ?label .
            FILTER(LANG(?label) = "zh") }} ORDER BY ?label LIMIT 2"""
        found = store.query(query, prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        yield from (row["label"].value for row in found)
