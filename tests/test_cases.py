"""Each rule on small texts: what it must find in one, and what it must not take for such a fact in another.

`cases/RULE/NAME.txt` is a text, `NAME.facts.json` all the facts of that rule that the text states: subject, predicate,
object. The folder `names` holds no rule's facts: its files list the names of a kind that the text has.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kg.background import Background
from kg.extract import extract
from kg.model import Concept, Fact, Facts, Mention, Node, Object, Theme, Year
from kg.read import read
from kg.resources import lexicon_dir

CASES = Path(__file__).parent / "cases"
TEXTS = sorted(CASES.rglob("*.txt"))


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
    return value.isoformat() if isinstance(value, date) else value


def row(fact: Fact) -> list[str | int | bool]:
    return [written(fact.subject), fact.predicate, written(fact.object)]


def stated(facts: Facts, rule: str) -> object:
    """What a text states by a rule, without order; for `names` its names by kind."""
    if rule == "names":
        kinds = {"Person", "Organization", "Place"}
        return {kind: sorted({m.name for m in facts.mentions if m.kind == kind}) for kind in sorted(kinds)}
    return sorted({json.dumps(row(f), ensure_ascii=False) for f in facts.facts if f.rule == rule})


def expected(text: Path) -> object:
    wanted = json.loads(text.with_suffix(".facts.json").read_text(encoding="utf-8"))
    if isinstance(wanted, dict):
        return {kind: sorted(wanted.get(kind, [])) for kind in ("Organization", "Person", "Place")}
    return sorted(json.dumps(fact, ensure_ascii=False) for fact in wanted)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_text_states_these_facts_and_no_others(text: Path, background: Background) -> None:
    assert stated(extract(read(text), background), text.parent.name) == expected(text)


@pytest.mark.parametrize("rule", sorted({text.parent.name for text in TEXTS}))
def test_each_rule_has_a_text_where_it_finds_something_and_one_where_it_must_not(rule: str) -> None:
    results = [expected(text) for text in TEXTS if text.parent.name == rule]
    assert any(results)
    assert rule == "names" or any(not result for result in results)


def test_every_rule_has_its_cases() -> None:
    """A recogniser that is named in the code and has no folder here would go unwatched."""
    seed = Path(__file__).parent.parent / "data" / "texts"
    background = Background.of([lexicon_dir()])
    rules = {fact.rule for text in sorted(seed.glob("*.txt")) for fact in extract(read(text), background).facts}
    assert rules - {text.parent.name for text in TEXTS} == set()
