"""Which people of several texts are one: the same name, and a body, a seat or a post that two texts both give them.

Inside a text a name is one person (`kg.resolve`). Across texts a shared name decides nothing. Two texts that both make
the bearer a member of one committee, give the same body or seat, or the same post in the same division, tell of one
person. Where both give bodies and none is shared, or different seats of one committee, they tell of two. All else is
undecided: the two stay apart and stand in a list for whoever looks after the graph, as do the merges that were made.

This is deterministic record linkage on agreement patterns (I. P. Fellegi, A. B. Sunter, A theory for record linkage,
1969) with two thresholds and no weights, so that each decision can be read off the words.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import networkx as nx

from kg.lexicon import Lexicon
from kg.model import NATION, Mention, Node
from kg.resolve import Entity, Resolution, normalised

Token = tuple[str, ...]
"""Something that two texts can agree on: `("body", home, name)`, `("seat", …)`, `("post", division, post)`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was made of bearers of one name in several texts."""

    name: str
    verdict: str
    """`one`, `two` or `undecided`."""
    texts: tuple[tuple[str, ...], ...]
    """The texts of each side; all the texts of a person who is one."""
    keys: tuple[tuple[str, ...], ...]
    """The key of each side."""
    why: str
    """What the texts agree on, or what each of them says."""


@dataclass(frozen=True)
class Settled:
    """The resolutions of all texts with people told apart across them."""

    resolutions: tuple[Resolution, ...]
    decisions: tuple[Decision, ...]

    def csv(self) -> str:
        """The decisions as a table, those first that wait for a person's."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["verdict", "name", "one", "other", "texts of one", "texts of other", "why"])
        order = {"undecided": 0, "two": 1, "one": 2}
        for d in sorted(self.decisions, key=lambda d: (order[d.verdict], d.name, d.keys)):
            one, other = (*("/".join(k) for k in d.keys), "")[:2]
            texts, others = (*("|".join(t) for t in d.texts), "")[:2]
            table.writerow([d.verdict, d.name, one, other, texts, others, d.why])
        return out.getvalue()


@dataclass(slots=True)
class _Bearer:
    """Who bears a name in one text, or in several whose bearers are one."""

    key: tuple[str, ...]
    texts: tuple[str, ...]
    says: frozenset[Token]
    member: bool
    """Whether a text makes the bearer a member of its own committee."""

    @property
    def home(self) -> str:
        return self.key[0]

    def of(self, kind: str) -> set[Token]:
        return {t for t in self.says if t[0] == kind}

    @property
    def jobs(self) -> set[Token]:
        """The bodies other than committees of the CPPCC, whose members all have a post elsewhere."""
        return {t for t in self.of("body") if "政协" not in t[-1]}


def settle(resolutions: Sequence[Resolution], lexicon: Lexicon) -> Settled:
    """Tell the people of all texts apart, and say what was decided. The order of the texts changes nothing."""
    bearers: dict[str, list[_Bearer]] = defaultdict(list)
    for resolution in sorted(resolutions, key=lambda r: r.facts.document.id):
        for name, bearer in _bearers(resolution, lexicon):
            bearers[name].append(bearer)
    decisions: list[Decision] = []
    keys: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, found in sorted(bearers.items()):
        people = _named_apart(_joined(found))
        keys |= {(text, name): person.key for person in people for text in person.texts}
        decisions += _decisions(name, people)
    return Settled(tuple(_rekeyed(r, keys) for r in resolutions), tuple(decisions))


def _rekeyed(resolution: Resolution, keys: Mapping[tuple[str, str], tuple[str, ...]]) -> Resolution:
    text = resolution.facts.document.id

    def entity(kind: str, name: str, old: Entity) -> Entity:
        return replace(old, key=keys[text, name]) if kind == "Person" else old

    return replace(resolution, entities={(k, n): entity(k, n, e) for (k, n), e in resolution.entities.items()})


def _bearers(resolution: Resolution, lexicon: Lexicon) -> Iterator[tuple[str, _Bearer]]:
    """Every person of one text with what it says of them."""
    text = resolution.facts.document.id
    says = _sayings(resolution, lexicon)
    for (kind, name), entity in resolution.entities.items():
        if kind == "Person":
            said = frozenset(says.get(name, ()))
            yield name, _Bearer(entity.key, (text,), said, member=bool(said & _committee(resolution)))


def _sayings(resolution: Resolution, lexicon: Lexicon) -> dict[str, set[Token]]:
    """A normalised name → what the text says of its bearer."""
    committee = _committee(resolution)
    posts = _Posts(resolution, lexicon)
    says: dict[str, set[Token]] = defaultdict(set)
    for fact in resolution.facts.facts:
        subject, value = fact.subject, fact.object
        if fact.predicate == "zx:affiliation" and isinstance(subject, Mention) and isinstance(value, Node):
            says[normalised(subject.name)] |= posts.said(value)
        elif fact.predicate == "zx:sector" and isinstance(subject, Mention) and isinstance(value, Mention):
            says[normalised(subject.name)] |= {("seat", *resolution.of(value).key), *committee}
        elif fact.predicate == "zx:proposer" and isinstance(value, Mention):
            says[normalised(value.name)] |= committee
    return says


def _committee(resolution: Resolution) -> set[Token]:
    """That one belongs to the committee whose work the text tells."""
    name = resolution.facts.committee
    if not name:
        return set()
    entity = resolution.entities.get(("Organization", normalised(name)))
    return {("body", *(entity.key if entity else (resolution.facts.home, normalised(name))))}


class _Posts:
    """The posts of one text."""

    def __init__(self, resolution: Resolution, lexicon: Lexicon) -> None:
        self.resolution, self.home = resolution, resolution.facts.home
        self.rows = {p.id: p for p in lexicon.posts}
        self.bodies: dict[Mention | Node, Mention] = {}
        self.names: dict[Mention | Node, list[str]] = defaultdict(list)
        for fact in resolution.facts.facts:
            if fact.predicate == "org:organization" and isinstance(fact.object, Mention):
                self.bodies[fact.subject] = fact.object
            elif fact.predicate in {"zx:post", "zx:role"}:
                self.names[fact.subject].append(str(fact.object))

    def said(self, post: Node) -> set[Token]:
        """The body of a post; for one without, the post in its division. A citizen's calling says nothing."""
        if post in self.bodies:
            return {("body", *self.resolution.of(self.bodies[post]).key)}
        rows = [self.rows[name] for name in self.names[post] if name in self.rows]
        if any(row.capacity == "委员" for row in rows):
            return _committee(self.resolution)
        held = [row for row in rows if row.capacity != "群众"]
        homes = {row.id: NATION if row.level == NATION else self.home for row in held}
        return {("post", homes[row.id], row.id) for row in held if row.level == NATION or self.home != NATION}


def _joined(found: Sequence[_Bearer]) -> list[_Bearer]:
    """Those who share something that is said of them, taken together: the connected parts of who-is-said-to-be-what."""
    ambiguous = _shared_committees(found)
    ties: nx.Graph = nx.Graph()
    ties.add_nodes_from(range(len(found)))
    ties.add_edges_from((i, token) for i, bearer in enumerate(found) for token in bearer.says - ambiguous)
    parts = (sorted(node for node in part if isinstance(node, int)) for part in nx.connected_components(ties))
    return [_together([found[i] for i in part]) for part in sorted(parts) if part]


def _shared_committees(found: Iterable[_Bearer]) -> set[Token]:
    """The committees in which bearers of the name hold different seats: to be a member there decides nothing."""
    seats: dict[tuple[str, ...], set[Token]] = defaultdict(set)
    for bearer in found:
        for seat in bearer.of("seat"):
            seats[seat[1:-1]].add(seat)  # home, committee and term where known
    return {("body", *where[:2]) for where, several in seats.items() if len(several) > 1}


def _together(same: Sequence[_Bearer]) -> _Bearer:
    return _Bearer(
        key=min((b.key for b in same), key=lambda key: (key[0] != NATION, len(key), key)),
        texts=tuple(sorted(text for b in same for text in b.texts)),
        says=frozenset(token for b in same for token in b.says),
        member=any(b.member for b in same),
    )


def _named_apart(people: Sequence[_Bearer]) -> list[_Bearer]:
    """Each with a key of its own: of several with one key, the committee's member keeps it; the others add a body."""
    sharing = Counter(p.key for p in people)
    members = Counter(p.key for p in people if p.member)

    def own(person: _Bearer) -> tuple[str, ...]:
        if sharing[person.key] == 1 or (person.member and members[person.key] == 1):
            return person.key
        words = sorted(t[-1] for t in person.says if t in person.jobs or t[0] != "body")
        return (*person.key, words[0] if words else person.texts[0])

    keyed = [replace(person, key=own(person)) for person in people]
    # Bodies of two districts may bear one name: then the text tells them apart.
    alike = Counter(p.key for p in keyed)
    return [p if alike[p.key] == 1 else replace(p, key=(*p.key, p.texts[0])) for p in keyed]


def _decisions(name: str, people: Sequence[_Bearer]) -> Iterator[Decision]:
    for person in people:
        if len(person.texts) > 1:
            yield Decision(name, "one", (person.texts,), (person.key,), _told(person))
    placed = [p for p in people if p.says]
    for one, other in combinations(placed, 2):
        if one.home == other.home or NATION in {one.home, other.home}:
            clash = (one.jobs and other.jobs) or _other_seat(one, other)
            yield _pair(name, "two" if clash else "undecided", one, other)
    # Those of whom nothing is said are many where a name is: each beside one other, not beside all.
    nameless = [p for p in people if not p.says]
    for home in sorted({p.home for p in nameless}):
        here = [p for p in placed if p.home == home][:1] + [p for p in nameless if p.home == home]
        for one, other in pairwise(here):
            yield _pair(name, "undecided", one, other)


def _other_seat(one: _Bearer, other: _Bearer) -> bool:
    return any(a[1:-1] == b[1:-1] and a != b for a in one.of("seat") for b in other.of("seat"))


def _pair(name: str, verdict: str, one: _Bearer, other: _Bearer) -> Decision:
    why = f"{_told(one)} | {_told(other)}"
    return Decision(name, verdict, (one.texts, other.texts), (one.key, other.key), why)


def _told(person: _Bearer) -> str:
    return "、".join(sorted({t[-1] for t in person.says})) or "-"
