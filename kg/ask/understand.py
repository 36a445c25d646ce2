"""A question in words → the one saved question that it asks, with its parameters; or why none, and what is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import QuerySolutions, Store

from kg.ask.forms import Form, forms_of
from kg.ask.matching import Asked, Fit, best, fits, nearness
from kg.ask.names import Names
from kg.ask.reading import NamesOf, Piece, Vocabulary, folded, read, with_torn
from kg.ask.templates import SLOT, Templates, filled
from kg.errors import UsageError
from kg.lexicon import Lexicon
from kg.query import saved
from kg.vocab import PREFIXES
from kg.words import Words

LONGEST = 200
"""The most characters that a question may have."""

_NEAREST = 3
_SAMPLES = {
    "界别": "?p a zx:Proposal ; zx:proposer ?it . ?it a zx:Sector",
    "党派": "?member zx:party ?it",
    "议题": "?p a zx:Proposal ; zx:mainTheme ?it",
    "领域": "?theme skos:broader ?it . FILTER NOT EXISTS { ?it skos:broader ?above }",
    "人": "?p a zx:Proposal ; zx:proposer ?it . ?it a zx:Person",
    "单位": "?case zx:host ?it",
    "地点": "?it a zx:Place",
    "届次": "?it a zx:Session ; zx:meetingKind/skos:prefLabel '全体会议'@zh",
    "提案": "?it a zx:Proposal",
    "名称": "?p a zx:Proposal ; zx:proposer ?it",
}
"""Kind of slot → what of the graph an example is filled with. Of people only those who propose: no private citizen."""
_NOBODY = {"年": "2024年", "日期": "2024年", "职务": "主任"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that can be answered."""

    text: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a question."""

    pieces: tuple[Piece, ...]
    fits: tuple[Fit, ...]
    """Every saved question whose form holds all pieces, the best first."""
    asked: Asked | None
    """The one that it asks; None where that is not sure."""

    @property
    def doubt(self) -> str:
        """Why it is not sure, in words; empty where it is."""
        if self.asked:
            return ""
        if unknown := [piece.text for piece in self.pieces if not piece.known]:
            return f"“{'”“'.join(unknown)}”既不在问句词表里，也不是图谱里的名称"
        if self.fits:
            return f"可以理解成 {self.fits[0].asked.question}，也可以理解成 {self.fits[1].asked.question}"
        return "每个词都认得，但没有一个已存问题问的正是这些"


class Asker:
    """Understands questions about a graph; made once, then only read."""

    def __init__(self, store: Store, lexicon: Lexicon) -> None:
        self._store = store
        self._names = Names(store, lexicon)
        self._vocabulary = Vocabulary.of(lexicon)
        self._words = Words.load(word for word in self._vocabulary.words if len(word) > 1)
        self._templates = Templates(lexicon)
        self._rows = {row.id: row for row in lexicon.question_forms}
        self._forms: Sequence[Form] = forms_of(lexicon, [one.name for one in saved()])

    def understand(self, question: str) -> Reading:
        """What a question asks.

        It is read with the names of people, bodies, themes …; else with any name; else with parts of titles too.

        Raises UsageError for one that is empty or too long.
        """
        text = folded(question)
        if not text or len(text) > LONGEST:
            raise UsageError(
                f"a question has 1 to {LONGEST} characters, and this one has {len(text)}",
                hint="kg ask '哪些界别关注营商环境？'",
            )
        ways = (self._names.of_kinds, self._names.of, self._names.with_titles)
        readings = [reading for names_of in ways if (reading := self._read(text, names_of)).fits]
        return readings[0] if readings else self._read(text, self._names.of_kinds)

    def nearest(self, reading: Reading) -> list[Suggestion]:
        """The questions that could be answered and are most like the one that can't, filled with names of the graph."""
        if len(reading.fits) > 1:
            return [self._example(fit.asked.question, reading) for fit in reading.fits[:_NEAREST]]
        scores: dict[str, float] = {}
        for form in self._forms:
            scores[form.question] = max(nearness(reading.pieces, form), scores.get(form.question, 0.0))
        ranked = sorted((name for name, score in scores.items() if score > 0), key=lambda name: (-scores[name], name))
        return [self._example(name, reading) for name in (ranked or sorted(scores))[:_NEAREST]]

    def _read(self, text: str, names_of: NamesOf) -> Reading:
        pieces = read(text, self._vocabulary, names_of)
        if all(piece.known for piece in pieces):
            pieces = with_torn(pieces, self._words.cut(text))
        found = fits(pieces, self._forms)
        return Reading(tuple(pieces), tuple(found), best(found))

    def _example(self, name: str, reading: Reading) -> Suggestion:
        """The first example of a saved question, its slots filled with names of the question or else of the graph."""
        example = self._rows[name].examples[0]
        slots = [found[0] for found in SLOT.finditer(example)]
        values: list[tuple[str, str]] = []
        for slot in slots:
            kind = slot.strip("〔〕23456789")
            used = {value for _, value in values}
            values.append((slot, next(value for value in self._values(kind, reading) if value not in used)))
        asked = self._templates.asked(example)
        assert asked is not None, f"the first example of {name} is not understood: kg lint says so"
        names = dict(values)
        params = tuple((param, names[slot].removesuffix("年")) for param, slot in asked.params)
        return Suggestion(filled(example, values), Asked(name, params))

    def _values(self, kind: str, reading: Reading) -> Iterable[str]:
        if kind == "年":
            yield from (f"{s.value}年" for piece in reading.pieces for s in piece.slots if s.kind == kind)
        else:
            yield from (s.value for piece in reading.pieces for s in piece.slots if s.kind == kind)
        if kind in _SAMPLES:
            query = f"""SELECT DISTINCT ?label WHERE {{ {{ {_SAMPLES[kind]} }} ?it skos:prefLabel ?label .
                FILTER(LANG(?label) = "zh") }} ORDER BY ?label LIMIT 2"""
            found = self._store.query(query, prefixes=PREFIXES)
            assert isinstance(found, QuerySolutions)
            yield from (row["label"].value for row in found)
        yield _NOBODY.get(kind, f"某个{kind}")
        yield f"另一个{kind}"
