"""Each fact that the gold can judge, and whether it is right: so much is a rule of extraction worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kg.evaluate.gold import Key, Text, alike, fold, key, seat, subject
from kg.model import Concept, Fact, Mention, Node, Theme, Year


def verdicts(text: Text) -> Iterator[tuple[str, bool]]:
    """The rule of each fact that can be judged, and the verdict."""
    if text.stated is None:
        return
    for fact in text.facts:
        judge = _JUDGES.get(fact.predicate)
        verdict = judge(text, fact) if judge else None
        if verdict is not None:
            yield fact.rule, verdict


def _record(text: Text, thing: Key | Node) -> dict[str, Any] | None:
    """The gold record that an entity was paired with."""
    for name, pairs in (("proposals", text.proposals), ("cases", text.cases)):
        for title, found in pairs.items():
            if found == thing:
                return dict(next(r for r in text.gold[name] if fold(r["title"]) == title))
    return None


def _judge_title(text: Text, fact: Fact) -> bool | None:
    if not isinstance(fact.subject, Mention):
        return None
    kind, name = key(fact.subject)
    if kind in {"Proposal", "ConsultationCase"}:
        return _record(text, (kind, name)) is not None
    if kind != "Task" or "tasks" not in text.gold:
        return None
    if any(alike(name, fold(also)) for also in text.gold.get("tasks_also", [])):
        return None
    return any(alike(name, fold(t["title"])) for t in [*text.gold["tasks"], *text.gold["topics"]])


def _judge_value(name: str) -> Callable[[Text, Fact], bool | None]:
    """A judge of a plain value that the gold's record has under a name."""

    def judge(text: Text, fact: Fact) -> bool | None:
        record = _record(text, subject(fact))
        if record is None or record.get(name) is None:
            return None
        value = fact.object.label if isinstance(fact.object, Concept) else fact.object
        return str(value) == str(record[name])

    return judge


def _judge_agent(name: str) -> Callable[[Text, Fact], bool | None]:
    """A judge of a proposer or a host."""

    def judge(text: Text, fact: Fact) -> bool | None:
        record = _record(text, subject(fact))
        if record is None or not record.get(name) or not isinstance(fact.object, Mention):
            return None
        wanted = [record[name]] if isinstance(record[name], str) else record[name]
        return bool({seat(w) for w in wanted} & {seat(n) for n in text.entities[key(fact.object)]})

    return judge


def _judge_honour(text: Text, fact: Fact) -> bool | None:
    if not text.gold.get("honours"):
        return None
    record = _record(text, subject(fact))
    is_proposal = isinstance(fact.subject, Mention) and fact.subject.kind == "Proposal"
    of = "proposals" if is_proposal else "cases"
    return record is not None and any(h["of"] == of for h in text.gold["honours"])


def _judge_honour_value(text: Text, fact: Fact) -> bool | None:
    if not isinstance(fact.subject, Node) or fact.subject.kind != "Honour" or not text.gold.get("honours"):
        return None
    name = {"zx:forYear": "year", "zx:decidedAt": "decidedAt", "zx:conferredAt": "conferredAt"}[fact.predicate]
    said = {str(fact.object.value)} if isinstance(fact.object, Year) else set()
    said |= text.entities[key(fact.object)] if isinstance(fact.object, Mention) else set()
    return any(fold(str(h[name])) in said for h in text.gold["honours"])


def _judge_session(text: Text, fact: Fact) -> bool | None:
    if not isinstance(fact.subject, Mention) or fact.subject.kind != "Session" or "sessions" not in text.gold:
        return None
    names = text.entities[key(fact.subject)]
    session = next((s for s in text.gold["sessions"] if fold(s["name"]) in names), None)
    if fact.predicate == "dcterms:date":
        return session is not None and str(fact.object) == session.get("date")
    return session is not None


def _judge_initiative(text: Text, fact: Fact) -> bool | None:
    if "initiatives" not in text.gold or not isinstance(fact.subject, Mention):
        return None
    name = fold(fact.subject.name).replace('"', "")
    if name in {fold(i) for i in text.gold["initiatives"]}:
        return True
    known = [fold(i) for f in ("initiatives", "initiatives_also") for i in text.gold.get(f, [])]
    return None if any(name in k or k in name for k in known) else False


def _judge_post(text: Text, fact: Fact) -> bool | None:
    """A post that the gold gives the person; of several the gold has one, and the others can't be judged."""
    if not isinstance(fact.subject, Mention):
        return None
    bearer = key(fact.subject)
    person = next((p for p in text.gold["people"] if text.people.get(fold(p["name"])) == bearer), None)
    if person is None or not isinstance(fact.object, Node):
        return False
    if not person.get("role"):
        return None
    wanted = fold(f"{person.get('org') or ''} {person['role']}")
    role, body = (fold(part) for part in fact.object.parts[1:3])
    if role in wanted or wanted in body + role:
        return True
    return None if any(other in wanted for other in _roles(text, bearer)) else False


def _roles(text: Text, person: Key) -> Iterator[str]:
    for post in text.values.get((person, "zx:affiliation"), []):
        if isinstance(post, Node):
            yield fold(post.parts[1])


def _judge_speaker(text: Text, fact: Fact) -> bool | None:
    if "statements" not in text.gold or not isinstance(fact.object, Mention):
        return None
    return fold(fact.object.name) in {fold(s["who"]) for s in text.gold["statements"]}


def _judge_capacity(text: Text, fact: Fact) -> bool | None:
    said = [s for s in _said(text, subject(fact)) if s.get("capacity")]
    label = fact.object.label if isinstance(fact.object, Concept) else ""
    return label in {s["capacity"] for s in said} if said else None


def _said(text: Text, statement: Key | Node) -> list[dict[str, Any]]:
    """The gold's statements of a statement's speaker."""
    names = {fold(x.name) for x in text.values.get((statement, "zx:speaker"), []) if isinstance(x, Mention)}
    return [s for s in text.gold.get("statements", []) if fold(s["who"]) in names]


def _judge_theme(text: Text, fact: Fact) -> bool | None:
    """Whether a theme's policy area is one of the record's; of the main theme, whether it is the first one."""
    record = _record(text, subject(fact))
    records = [record] if record else _said(text, subject(fact))
    wanted = [r["cap"] for r in records if r.get("cap")]
    area = text.themes.areas[fact.object.id] if isinstance(fact.object, Theme) else None
    if not wanted or area is None:
        return None
    if fact.predicate == "zx:mainTheme":
        return area in {caps[0] for caps in wanted}
    if area in {c for caps in wanted for c in caps}:
        return True
    return None if area in {c for r in records for c in r.get("cap_also") or ()} else False


_JUDGES: dict[str, Callable[[Text, Fact], bool | None]] = {
    "dcterms:title": _judge_title,
    "zx:number": _judge_value("number"),
    "zx:listPosition": _judge_value("listPosition"),
    "zx:proposerKind": _judge_value("proposerKind"),
    "zx:proposer": _judge_agent("proposers"),
    "zx:host": _judge_agent("host"),
    "zx:honour": _judge_honour,
    "zx:forYear": _judge_honour_value,
    "zx:decidedAt": _judge_honour_value,
    "zx:conferredAt": _judge_honour_value,
    "zx:ordinal": _judge_session,
    "zx:meetingKind": _judge_session,
    "dcterms:isPartOf": _judge_session,
    "dcterms:date": _judge_session,
    "zx:initiativeKind": _judge_initiative,
    "zx:affiliation": _judge_post,
    "zx:speaker": _judge_speaker,
    "zx:capacity": _judge_capacity,
    "zx:theme": _judge_theme,
    "zx:mainTheme": _judge_theme,
}
"""Predicate → whether the gold says that a fact of it is right; None where it can't tell."""
