"""Whole newspaper pages of invented places: the form of the page that the repository ships, other names and themes.

`pages/NAME.txt` is a page and `NAME.json` its facts, in the format of docs/accuracy.md. Every person, place, body and
title in them is made up.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.background import Background
from kg.evaluate import Report, evaluate, gold_files
from kg.extract import extract
from kg.model import Facts
from kg.read import read
from kg.resources import lexicon_dir

PAGES = Path(__file__).parent / "pages"
GOLDS = gold_files(PAGES)
FLOORS = {
    "proposals: title": 1.0,
    "proposals: proposer": 1.0,
    "proposals: proposer's kind": 1.0,
    "cases: title": 1.0,
    "cases: host": 1.0,
    "honours": 1.0,
    "sessions": 1.0,
    "sessions: date": 1.0,
    "work plan: main tasks": 1.0,
    "people": 0.95,
    "sectors": 0.95,
    "statements: speaker": 0.95,
    "work plan: topics": 0.95,
    "people: role": 0.9,
    "people: organisation": 0.9,
    "places": 0.9,
    "organizations": 0.85,
    "initiatives": 0.85,
    "proposals: policy area": 0.85,
}
"""The least F1 of a kind, over all pages together."""


@cache
def background() -> Background:
    return Background.of([lexicon_dir()])


@cache
def stated() -> dict[str, Facts]:
    return {gold.stem: extract(read(gold.with_suffix(".txt")), background()) for gold in GOLDS}


@cache
def report() -> Report:
    return evaluate(GOLDS, stated().values(), background().lexicon)


def test_every_page_has_its_facts_beside_it() -> None:
    assert len(GOLDS) >= 3
    assert report().missing == ()


@pytest.mark.parametrize("kind", FLOORS)
def test_a_page_of_another_place_is_read_as_well(kind: str) -> None:
    row = report().rows[kind]
    assert row.f1 is not None
    told = f"F1 {row.f1:.3f}\nmissed: {row.missed}\nwrong: {row.wrong}"
    assert row.f1 >= FLOORS[kind], told


@pytest.mark.parametrize("page", [gold.stem for gold in GOLDS])
def test_every_fact_of_a_page_points_to_its_words(page: str) -> None:
    facts = stated()[page]
    raw = facts.document.raw
    for fact in facts.facts:
        words = raw[fact.evidence.start : fact.evidence.end]
        assert words.strip(), f"{fact.rule}: no words"
        squeezed = "".join(words.split())
        kept = [c for c in "".join(fact.reading.split()) if c not in squeezed]
        assert len(kept) <= 2, f"{fact.rule}: {fact.reading!r} is not what stands there: {words!r}"


@pytest.mark.parametrize("page", [gold.stem for gold in GOLDS])
def test_reading_a_page_again_gives_the_same_facts(page: str) -> None:
    path = PAGES / f"{page}.txt"
    assert extract(read(path), background()) == stated()[page]
