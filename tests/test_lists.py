"""Proposals in many layouts: tables, lines, running text and letters as clerks write them; all invented.

`lists/NAME.txt` is a text, `NAME.json` every proposal that it gives with all that it says of each: titles, proposers,
numbers, handlers, replies. What a file does not say, the extraction must not say either.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.background import Background
from kg.extract import extract
from kg.model import Concept, Facts, Mention, Node, Object
from kg.read import read
from kg.resources import lexicon_dir

LISTS = Path(__file__).parent / "lists"
TEXTS = sorted(LISTS.glob("*.txt"))
SEVERAL = {
    "zx:proposer": "proposers",
    "zx:handler": "handler",
    "zx:leadHandler": "lead",
    "zx:coHandler": "co",
    "zx:separateHandler": "separate",
    "zx:supervisor": "supervisors",
}
ONE = {
    "zx:firstProposer": "first",
    "zx:proposerKind": "kind",
    "zx:number": "number",
    "zx:listPosition": "position",
    "zx:form": "form",
    "zx:status": "status",
    "zx:mergedInto": "mergedInto",
    "zx:keyProposal": "key",
    "zx:listKind": "list",
    "zx:submittedTo": "submittedTo",
}
OF_REPLY = {
    "zx:outcome": "outcome",
    "zx:outcomeAsWritten": "outcomeAsWritten",
    "zx:feedback": "feedback",
    "dcterms:date": "date",
}


@cache
def background() -> Background:
    return Background.of([lexicon_dir()])


def plain(value: Object) -> str | int | bool:
    if isinstance(value, Mention):  # people and bodies as the text writes them
        return value.reading if value.kind in {"Person", "Organization"} else value.name
    if isinstance(value, Concept):
        return value.label
    return value if isinstance(value, bool | int) else str(value)


def replies(facts: Facts) -> dict[Node, dict[str, Any]]:
    found: dict[Node, dict[str, Any]] = {}
    for fact in facts.facts:
        if isinstance(fact.subject, Node) and fact.subject.kind == "Reply":
            mine = found.setdefault(fact.subject, {})
            if fact.predicate in OF_REPLY:
                mine[OF_REPLY[fact.predicate]] = plain(fact.object)
    return found


def said(facts: Facts) -> dict[str, dict[str, Any]]:
    """Title → what the text says of the proposal; 提案 is what it is unless said otherwise."""
    answers, found = replies(facts), dict[str, dict[str, Any]]()
    for fact in facts.facts:
        if not isinstance(fact.subject, Mention) or fact.subject.kind != "Proposal":
            continue
        mine = found.setdefault(fact.subject.name, {"title": fact.subject.name})
        if isinstance(fact.object, Node) and fact.object in answers:
            mine["reply"] = answers[fact.object]
        elif fact.predicate in SEVERAL:
            several = mine.setdefault(SEVERAL[fact.predicate], [])
            several += [plain(fact.object)] * (plain(fact.object) not in several)
        elif fact.predicate in ONE and plain(fact.object) != "提案":
            assert mine.setdefault(ONE[fact.predicate], plain(fact.object)) == plain(fact.object)
    return found


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_text_gives_these_proposals_and_says_this_of_them(text: Path) -> None:
    wanted = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
    assert said(extract(read(text), background())) == {proposal["title"]: proposal for proposal in wanted}
