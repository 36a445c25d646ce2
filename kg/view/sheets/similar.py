"""Which proposals are of one matter with another or near it, and by which words: what a proposal's sheet lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.ledger import Row
from kg.lexicon import Lexicon
from kg.matters import TitleReader
from kg.repeats import Comparison, Titles
from kg.themes import ThemeMatcher
from kg.view.sections import Note, Section, Value, said
from kg.view.sheets.material import Material, Near
from kg.view.sheets.record_tables import outcome
from kg.words import Words

_MOST: Final = 5
"""Near ones of one proposal; repeats are all told."""


def near_ones(rows: Sequence[Row], lexicon: Lexicon, words: Words) -> dict[str, list[Near]]:
    """Proposal → those of one matter with it, then those near it, by the likeness of their titles."""
    listed = sorted(rows, key=lambda row: (row.title, row.iri))
    ours = sorted({row.committee.label.removesuffix("政协") for row in rows if row.committee})
    reader = TitleReader(lexicon.title_words, ours if len(ours) == 1 else ())
    titles = Titles([row.title for row in listed], reader, ThemeMatcher(lexicon).themes_of, words.known)
    found: dict[str, dict[str, Near]] = {row.iri: {} for row in rows}
    for i, j, _, comparison in titles.repeats():
        _note(found, listed[i].iri, listed[j].iri, comparison)
        _note(found, listed[j].iri, listed[i].iri, comparison.turned())
    for i, hits in titles.nearest(_MOST):
        for hit in hits:
            _note(found, listed[i].iri, listed[hit.index].iri, hit.comparison)
    return {iri: list(near.values()) for iri, near in found.items() if near}


def _note(found: Mapping[str, dict[str, Near]], iri: str, other: str, comparison: Comparison) -> None:
    if iri != other:
        found[iri].setdefault(other, Near(other, comparison.repeats, comparison.shared, comparison.added))


def similar(material: Material, iri: str) -> Section:
    """The proposals of one matter, and those near it, each with why and with what became of it."""
    rows = tuple(
        (
            said("同一事项" if near.repeats else "相近"),
            (material.title(near.iri),),
            _why(near),
            tuple(material.link(s.iri) for s in material.proposals[near.iri].sessions),
            tuple(material.link(who.iri) for who in material.proposals[near.iri].proposers),
            tuple(value for reply in material.proposals[near.iri].replies for value in outcome(material, reply.iri)),
        )
        for near in material.near.get(iri, ())
    )
    notes = (Note("按案由的用词比较；同一事项：除套语外没有对方缺少的词。是否重复由人判断。"),) if rows else ()
    return Section("相近的提案", "table", ("关系", "案由", "为何", "届次", "提案者", "结果"), rows, notes)


def _why(near: Near) -> tuple[Value, ...]:
    parts = (("都有", near.shared), ("它另有", [word for word in near.own if len(word) > 1]))
    return tuple(Value(f"{lead}{_quoted(words)}") for lead, words in parts if words)


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words)
