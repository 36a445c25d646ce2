"""Bodies and places: what is named, which place lies in which, and whose body a party's unit is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.background import Background
from kg.model import Article, Fact, Mention, Name, Passage
from kg.names import Names
from kg.sectors import party_of, sector_in
from kg.sentences import Clause, around


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every body and place that the article names, other than in the name of a seat (`工商联界别`)."""
    for block in article.blocks:
        for cell in block.cells:
            if not (block.kind == "row" and sector_in(cell.text, background.lexicon.sector_types)):
                yield from _named(cell, names)
                yield from _of_parties(cell, names, background)


def _of_parties(passage: Passage, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """A democratic party's body is one of that party."""
    for name in names.of(passage, "Organization"):
        heads = [0, *(m.end() for m in re.finditer(r"[省市区县旗州]", name.text))]  # `某市民革市委`
        for at, found in ((at, party_of(name.text[at:], background.lexicon.parties)) for at in heads):
            if not found or at + found[1] == len(name.text):
                continue
            party, length = found
            named = Clause(passage, name.start + at, name.start + at + length).mention("Organization", party.name)
            yield named
            yield around(passage, name.start, name.end).fact(_mention(name, passage), "zx:party", named, "party.body")


def _named(passage: Passage, names: Names) -> Iterator[Mention | Fact]:
    places = names.of(passage, "Place")
    for name in (*names.of(passage, "Organization"), *places):
        yield _mention(name, passage)
    for inner, outer in zip(places[1:], places, strict=False):
        if inner.start == outer.end:  # `某街道某社区`
            evidence = around(passage, outer.start, inner.end)
            yield evidence.fact(_mention(inner, passage), "dcterms:isPartOf", _mention(outer, passage), "place.chain")


def _mention(name: Name, passage: Passage) -> Mention:
    return Clause(passage, name.start, name.end).mention(name.kind, name.full)
