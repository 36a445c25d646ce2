"""Each kind of fact of a text beside the gold's: what is right, what was missed, what is wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluate.gold import Found, Key, Name, Text, alike, fold, pair, seat, subject
from kg.model import Concept, Mention, Node, Theme, Year

_PARTS = re.compile("[、,，;；]")


@dataclass
class Outcome:
    """What came of one comparison."""

    right: int = 0
    missed: Iterable[str] = ()
    wrong: Iterable[str] = ()


Compared = Iterator[tuple[str, Outcome]]
"""The row of the report that an outcome counts in, and the outcome."""


def _people(text: Text) -> Compared:
    gold = sorted({fold(p["name"]) for p in text.gold["people"]})
    yield "people", _beside(gold, text.of_kind("Person"), text.people)
    for person in text.gold["people"]:
        key = text.people.get(fold(person["name"]))
        posts = " ".join(f"{role} {org}" for role, org in _posts(text, key))
        for name, row in (("role", "people: role"), ("org", "people: organisation")):
            if person.get(name):
                parts = [fold(part) for part in _PARTS.split(person[name])]
                yield row, _told(key is not None and all(p in posts for p in parts), f"{person['name']} {person[name]}")
        if person.get("sector"):
            said = text.linked(key, "zx:sector", "zx:party").values()
            right = any(seat(person["sector"]) == seat(n) for names in said for n in names)
            yield "people: sector", _told(right, f"{person['name']} {person['sector']}")


def _posts(text: Text, person: Key | None) -> Iterator[tuple[str, str]]:
    """A person's posts: the role, and every wording of the body."""
    for post in text.values.get((person, "zx:affiliation"), []) if person else []:
        if isinstance(post, Node):
            roles = [fold(str(r)) for r in text.values.get((post, "zx:role"), [])]
            bodies = sorted({n for names in text.linked(post, "org:organization").values() for n in names})
            yield " ".join(roles), " ".join(bodies)


def _bodies(text: Text) -> Compared:
    gold = text.gold
    seats = sorted({seat(s) for s in gold.get("sectors", [])})
    parties = [text.linked(subject(f), f.predicate) for f in text.facts if f.predicate in {"zx:party", "zx:sector"}]
    said = text.of_kind("Sector") | {key: names for linked in parties for key, names in linked.items()}
    folded = {key: {seat(n) for n in names} for key, names in said.items()}
    pairs = pair(seats, folded)
    named = pair(
        [s for s in seats if s not in pairs],
        {k: {seat(n) for n in v} for k, v in text.of_kind("Organization").items() if k not in said},
    )
    outcome = _beside([s for s in seats if s not in named], folded, pairs)
    yield "sectors", Outcome(outcome.right + len(named), outcome.missed, outcome.wrong)
    for kind, name in (("Organization", "organizations"), ("Place", "places")):
        wanted = sorted({fold(x) for x in gold.get(name, [])})
        sectors = text.of_kind("Sector") if kind == "Organization" else {}
        pool = text.of_kind(kind) | sectors
        also = [*_longer(gold, name), *(n for names in sectors.values() for n in names)]
        yield name, _beside(wanted, pool, pair(wanted, pool), also)


def _longer(gold: Mapping[str, Any], name: str) -> list[str]:
    """The annotated names that hold others, which are then neither right nor wrong."""
    held = [gold.get(f, []) for f in ("organizations", "places", f"{name}_also", "sectors")]
    names = [x for several in held for x in several]
    names += [s["name"] for s in gold.get("sessions", [])] + [c.get("host") or "" for c in gold.get("cases", [])]
    names += [f"{p.get('org') or ''}{p.get('role') or ''}" for p in gold["people"]]
    return [fold(n) for n in names]


def _proposals(text: Text) -> Compared:
    gold = text.gold["proposals"]
    yield "proposals: title", _beside([fold(p["title"]) for p in gold], text.of_kind("Proposal"), text.proposals)
    for proposal in gold:
        key, short = text.proposals.get(fold(proposal["title"])), proposal["title"][:14]
        for name, predicates in (("proposers", ("zx:proposer",)), ("handlers", ("zx:handler", "zx:leadHandler"))):
            wanted = sorted({fold(x) for x in proposal.get(name) or []})
            found = text.linked(key, *predicates)
            pairs = pair(wanted, found, lambda a, b: seat(a) == seat(b))
            outcome = _beside(wanted, found, pairs)
            marked = [[f"{short} ← {x}" for x in xs] for xs in (outcome.missed, outcome.wrong)]
            yield f"proposals: {name.removesuffix('s')}", Outcome(outcome.right, *marked)
        yield "proposals: policy area", _areas_beside(proposal, text.caps(key), short)
        if proposal.get("proposerKind"):
            said = text.values.get((key, "zx:proposerKind"), []) if key else []
            right = proposal["proposerKind"] in {c.label for c in said if isinstance(c, Concept)}
            yield "proposals: proposer's kind", _told(right, f"{short} {proposal['proposerKind']}")


def _areas_beside(record: Mapping[str, Any], found: set[int], what: str) -> Outcome:
    wanted = set(record.get("cap") or [])
    found = found - (set(record.get("cap_also") or []) - wanted)
    missed, wrong = [[f"{what} {c}" for c in sorted(side)] for side in (wanted - found, found - wanted)]
    return Outcome(len(found & wanted), missed, wrong)


def _cases(text: Text) -> Compared:
    gold = text.gold.get("cases", [])
    yield "cases: title", _beside([fold(c["title"]) for c in gold], text.of_kind("ConsultationCase"), text.cases)
    for case in gold:
        if case.get("host"):
            hosts = text.linked(text.cases.get(fold(case["title"])), "zx:host").values()
            yield "cases: host", _told(any(fold(case["host"]) in names for names in hosts), case["host"])


def _honours(text: Text) -> Compared:
    for honour in text.gold.get("honours", []):
        pairs = text.proposals if honour["of"] == "proposals" else text.cases
        wanted = {str(honour["year"]), fold(honour["decidedAt"]), fold(honour["conferredAt"])}
        for title in [fold(x["title"]) for x in text.gold[honour["of"]]]:
            told = _honour(text, pairs.get(title))
            yield "honours", Outcome(len(wanted & told), [f"{title[:12]} {w}" for w in sorted(wanted - told)])


def _honour(text: Text, record: Key | None) -> set[str]:
    """All that is said of a record's honours: years, and the meetings' names."""
    told: set[str] = set()
    for honour in text.values.get((record, "zx:honour"), []) if record else []:
        if isinstance(honour, Node):
            told |= {str(y.value) for y in text.values.get((honour, "zx:forYear"), []) if isinstance(y, Year)}
            told |= {n for names in text.linked(honour, "zx:decidedAt", "zx:conferredAt").values() for n in names}
    return told


def _sessions(text: Text) -> Compared:
    gold = {fold(s["name"]): s for s in text.gold.get("sessions", [])}
    found = text.of_kind("Session")
    pairs = pair(gold, found)
    yield "sessions", _beside(list(gold), found, pairs)
    for name, session in gold.items():
        if session.get("date"):
            key = pairs.get(name)
            dates = text.values.get((key, "dcterms:date"), []) if key else []
            right = any(str(d).startswith(session["date"]) for d in dates)
            yield "sessions: date", _told(right, f"{name} {session['date']}")


def _statements(text: Text) -> Compared:
    spoken: dict[Name, set[int]] = defaultdict(set)
    for fact in text.facts:
        if fact.predicate == "zx:speaker" and isinstance(fact.object, Mention):
            spoken[fold(fact.object.name)] |= text.caps(subject(fact))
    wanted: dict[Name, dict[str, Any]] = {}
    for statement in text.gold.get("statements", []):
        mine = wanted.setdefault(fold(statement["who"]), {"cap": [], "cap_also": []})
        for name in mine:
            mine[name] = [*mine[name], *(statement.get(name) or [])]
    right = wanted.keys() & spoken.keys()
    speakers = Outcome(len(right), sorted(wanted.keys() - right), sorted(spoken.keys() - right))
    yield "statements: speaker", speakers
    for who, record in wanted.items():
        yield "statements: policy area", _areas_beside(record, spoken.get(who, set()), who)


def _plan(text: Text) -> Compared:
    if "tasks" not in text.gold:
        return
    found = text.of_kind("Task")
    tasks, topics = ([fold(t["title"]) for t in text.gold[name]] for name in ("tasks", "topics"))
    pairs = pair(tasks, found, alike)
    yield "work plan: main tasks", Outcome(len(pairs), [t for t in tasks if t not in pairs])
    rest = {key: names for key, names in found.items() if key not in pairs.values()}
    outcome = _beside(topics, rest, pair(topics, rest, alike))
    also = [fold(t) for t in text.gold.get("tasks_also", [])]
    outcome.wrong = [w for w in outcome.wrong if not any(alike(w, a) for a in also)]
    yield "work plan: topics", outcome


def _initiatives(text: Text) -> Compared:
    if "initiatives" not in text.gold:
        return
    gold = [fold(i) for i in text.gold["initiatives"]]
    found = {key: {n.replace('"', "") for n in names} for key, names in text.of_kind("Initiative").items()}
    outcome = _beside(gold, found, pair(gold, found))
    known = [*gold, *(fold(i) for i in text.gold.get("initiatives_also", []))]
    outcome.wrong = [w for w in outcome.wrong if not any(w in k or k in w for k in known)]
    yield "initiatives", outcome


def _indexed(text: Text) -> Compared:
    """The keywords that a librarian would choose: a theme of the text, or the one above it, has the word."""
    used = {f.object.id for f in text.facts if isinstance(f.object, Theme)}
    words = {fold(w) for theme in used for w in text.themes.words[theme]}
    gold = sorted({fold(k) for k in text.gold.get("theme_keywords", [])})
    hits = {k for k in gold if any(k == w or (len(w) > 1 and (k in w or w in k)) for w in words)}
    yield "themes: indexed", Outcome(len(hits), [k for k in gold if k not in hits])


def _beside(gold: Sequence[Name], found: Found, pairs: Mapping[Name, Key], also: Sequence[Name] = ()) -> Outcome:
    """What was paired, missed and wrong; a name inside one of `also` is neither right nor wrong."""
    taken = set(pairs.values())
    extra = [min(names, key=len) for key, names in found.items() if key not in taken]
    return Outcome(
        len(pairs), [g for g in gold if g not in pairs], [x for x in extra if not any(x in longer for longer in also)]
    )


def _told(right: bool, what: str) -> Outcome:
    return Outcome(int(right), () if right else (what,))


KINDS = (_people, _bodies, _proposals, _cases, _honours, _sessions, _statements, _plan, _initiatives, _indexed)
"""What is compared, in the order of the report."""
