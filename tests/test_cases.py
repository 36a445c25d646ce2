"""Each rule on small texts: what it must find in one, and what it must not take for such a fact in another.

`cases/RULE/NAME.txt` is a text, `NAME.facts.json` the facts of that rule that the text states: subject, predicate,
object. Of the predicates that it names it has every fact; where it is empty the rule must find nothing at all. The
folder `names` holds no rule's facts: its files list every name of a kind that the text has.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest

from kg.background import Background
from kg.extract import extract
from kg.model import Concept, Fact, Facts, Mention, Month, Node, Object, Theme, Year
from kg.read import read
from kg.resources import lexicon_dir

CASES = Path(__file__).parent / "cases"
TEXTS = sorted(CASES.rglob("*.txt"))
KINDS_OF_NAMES = ("Organization", "Person", "Place")


@pytest.fixture(scope="module")
def background() -> Background:
    return Background.of([lexicon_dir()])


def written(value: Object) -> str | int | bool:
    """A subject or an object as a case file writes it: a name, the parts of what has none, a value."""
    if isinstance(value, Mention):
        return value.name
    if isinstance(value, Node):
        return " | ".join(value.parts)
    if isinstance(value, Concept):
        return value.label
    if isinstance(value, Theme):
        return value.id
    if isinstance(value, Year):
        return value.value
    return value.isoformat() if isinstance(value, date | Month) else value


def row(fact: Fact) -> list[str | int | bool]:
    return [written(fact.subject), fact.predicate, written(fact.object)]


def stated(facts: Facts, rule: str, predicates: Collection[str]) -> object:
    """What a text states by a rule, without order, of some predicates or of all; for `names` its names by kind."""
    if rule == "names":
        return {kind: sorted({m.name for m in facts.mentions if m.kind == kind}) for kind in KINDS_OF_NAMES}
    mine = [f for f in facts.facts if f.rule == rule and (not predicates or f.predicate in predicates)]
    return sorted({json.dumps(row(f), ensure_ascii=False) for f in mine})


def expected(text: Path) -> tuple[object, set[str]]:
    """What the text's file says, and the predicates that it names."""
    wanted = json.loads(text.with_suffix(".facts.json").read_text(encoding="utf-8"))
    if isinstance(wanted, dict):
        return {kind: sorted(wanted.get(kind, [])) for kind in KINDS_OF_NAMES}, set()
    return sorted(json.dumps(fact, ensure_ascii=False) for fact in wanted), {predicate for _, predicate, _ in wanted}


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_text_states_these_facts_and_no_others(text: Path, background: Background) -> None:
    wanted, predicates = expected(text)
    assert stated(extract(read(text), background), text.parent.name, predicates) == wanted


@pytest.mark.parametrize("rule", sorted({text.parent.name for text in TEXTS}))
def test_each_rule_has_a_text_where_it_finds_something_and_one_where_it_must_not(rule: str) -> None:
    results = [expected(text)[0] for text in TEXTS if text.parent.name == rule]
    assert any(results)
    assert rule == "names" or any(not result for result in results)


def test_every_rule_has_its_cases() -> None:
    """A recogniser that is named in the code and has no folder here would go unwatched."""
    seed = Path(__file__).parent.parent / "data" / "texts"
    background = Background.of([lexicon_dir()])
    rules = {fact.rule for text in sorted(seed.glob("*.txt")) for fact in extract(read(text), background).facts}
    assert rules - {text.parent.name for text in TEXTS} == set()
