"""Which consultation or meeting of a text came of which item of its plan: the two have one topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Concept, Fact, Mention

_TELLS = {"dcterms:title", "zx:meetingKind"}
_HELD = {"ConsultationCase", "Session"}
_MARKS = re.compile(r"[^\w]|[的等]")
_TOPIC = re.compile(r"[\"“](?P<topic>[^\"“”]{4,60})[\"”]")
_SHORTEST = 6
"""Characters of a topic that two items must share: shorter ones (`乡村振兴`) are common to many."""
_SHARE = 0.7


def realised(stated: Sequence[Mention | Fact]) -> Iterator[Fact]:
    """The ties of what was held to what was planned; each points to the words that tell of what was held."""
    facts = [fact for fact in stated if isinstance(fact, Fact) and isinstance(fact.subject, Mention)]
    planned = dict.fromkeys(f.subject for f in facts if _is(f, "schema:actionStatus", "planned"))
    main = {f.subject for f in facts if _is(f, "zx:taskKind", "主要任务")}
    tasks = [task for task in planned if task not in main]
    for fact in facts if tasks else ():
        if fact.predicate in _TELLS and isinstance(fact.subject, Mention) and fact.subject.kind in _HELD:
            topic = _topic(fact.subject)
            for task in tasks:
                if isinstance(task, Mention) and topic and _same(topic, _MARKS.sub("", task.name)):
                    yield Fact(fact.subject, "zx:realises", task, fact.evidence, "task.realised", fact.reading)


def _is(fact: Fact, predicate: str, label: str) -> bool:
    return fact.predicate == predicate and isinstance(fact.object, Concept) and fact.object.label == label


def _topic(held: Mention) -> str:
    """A case's title; of a meeting the topic in its name."""
    if held.kind == "ConsultationCase":
        return _MARKS.sub("", held.name)
    named = _TOPIC.search(held.name)
    return _MARKS.sub("", named["topic"]) if named else ""


def _same(one: str, other: str) -> bool:
    """Whether two topics are one: the same words, or nearly all of one inside the other.

    >>> _same("推进老旧小区加装电梯", "老旧小区加装电梯"), _same("乡村振兴", "全面推进乡村振兴")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and short in long and len(short) >= _SHARE * len(long)
