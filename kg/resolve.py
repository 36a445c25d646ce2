"""Which mentions are one entity: a key of the normalised name and where the name is at home, never of other texts.

Inside one text a name is one entity of its kind. Across texts two mentions are one where their keys are the same: name
and home division, for a name that says itself where it belongs (`浙江工商大学`, a party) the nation. The key of a
citizen holds the text, and so does that of a person of whom it tells no post, no seat and no proposal: they are never
merged across texts by name alone. Which people of one name are one is decided by `kg.identity`, which sees all texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import NATION, Facts, Mention, Node, Span, Year

_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂「」『』〝〞", '"') | dict.fromkeys("‘’＇", "'"))
_NATIONAL = re.compile(r"^(?:全国|中国|中华|中央|国务院|国家|中共中央|最高人民|政协第[^委]{1,4}届全国)")
_WHOSE = re.compile(r"^团?(?:自治[区州县旗]|[省市区县旗州盟镇乡])")
"""A body of a level that does not say whose it is: 区政协, 市教育局, 团县委."""
_SMALL_PLACE = re.compile(r"(?:街道|社区|[镇乡村])$")
_TITLED = {"Proposal", "ConsultationCase", "Task"}


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that texts speak of."""

    kind: str
    key: tuple[str, ...]
    """The parts that its IRI is minted from, the home division first."""
    name: str
    """The preferred name."""
    aliases: tuple[str, ...]
    """Its other wordings, sorted."""
    code: str = ""
    """Of a division: its national code, where the text leaves no doubt which one it is."""


@dataclass(frozen=True)
class Resolution:
    """Mentions → entities of one text."""

    facts: Facts
    entities: dict[tuple[str, str], Entity]
    """(kind, normalised name) → entity."""

    def of(self, mention: Mention) -> Entity:
        """The entity that a mention of this text names."""
        return self.entities[mention.kind, normalised(mention.name)]


def normalised(name: str) -> str:
    """A name as it is compared: width, quotation marks and blanks folded.

    >>> normalised("关于“专精特新” 企业的建议") == normalised('关于"专精特新"企业的建议')
    True
    """
    folded = unicodedata.normalize("NFKC", name.translate(_QUOTES))
    # Folding the width of a mark can leave a blank between a letter and what joins it: once more, without the blank.
    return unicodedata.normalize("NFKC", re.sub(r"\s", "", folded))


def _placed(facts: Facts) -> Iterable[str]:
    """The normalised names of those whom the text gives a post, a seat or a proposal."""
    for fact in facts.facts:
        if fact.predicate in {"zx:affiliation", "zx:sector"} and isinstance(fact.subject, Mention):
            yield normalised(fact.subject.name)
        elif fact.predicate == "zx:proposer" and isinstance(fact.object, Mention):
            yield normalised(fact.object.name)


def resolve(facts: Facts, lexicon: Lexicon, gazetteer: Gazetteer) -> Resolution:
    """The entities of one text."""
    mentions = [*_mentions(facts), *_committee(facts)]
    by_name: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[mention.kind, normalised(mention.name)].append(mention)
    told: dict[str, list[str]] = defaultdict(list)
    for fact in facts.facts:
        inner, outer = fact.subject, fact.object
        if fact.predicate == "dcterms:isPartOf" and isinstance(inner, Mention) and isinstance(outer, Mention):
            told[normalised(inner.name)].append(normalised(outer.name))
    codes = gazetteer.codes((name for kind, name in by_name if kind == "Place"), facts.home_code, told)
    keys = _Keys(facts, lexicon, gazetteer, codes)
    entities = {(kind, name): _entity(kind, keys.of(kind, name), group) for (kind, name), group in by_name.items()}
    for name, code in codes.items():
        entities["Place", name] = _division(entities["Place", name], code, gazetteer.name(code))
    return Resolution(facts, entities)


def _mentions(facts: Facts) -> Iterable[Mention]:
    yield from facts.mentions
    for fact in facts.facts:
        for end in (fact.subject, fact.object):
            if isinstance(end, Mention):
                yield end


def _committee(facts: Facts) -> Iterable[Mention]:
    """The committee that the text's description names, though its words may not."""
    if committee := facts.document.about.committee:
        yield Mention("Organization", committee, Span(0, 0), "")


def _division(place: Entity, code: str, name: str) -> Entity:
    """A place that the gazetteer knows, under the name that it has there, whatever the text calls it."""
    return replace(place, name=name, aliases=tuple(sorted({*place.aliases, place.name} - {name})), code=code)


def _entity(kind: str, key: tuple[str, ...], group: Sequence[Mention]) -> Entity:
    """One entity with its preferred name: the most frequent full name, and of titles the one that keeps its blanks."""
    counts = Counter(m.name for m in group)
    best = max(sorted(counts), key=lambda n: (n.count(" ") if kind in _TITLED else 0, counts[n]))
    wordings = {w for m in group for w in (m.name, m.reading) if w}
    return Entity(kind, key, best, tuple(sorted(wordings - {best})))


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the lexicon tells of where things belong."""

    capacity: Mapping[str, str]
    """Post → the capacity in which it is held."""
    national_posts: frozenset[str]
    national: frozenset[str]
    """The parties, and the organs of the nation."""
    located: tuple[str, ...]
    """How names begin that say where they belong."""
    central: re.Pattern[str]
    """The congresses and plenums of parties."""


@lru_cache(maxsize=1)
def _lists(lexicon: Lexicon) -> _Lists:
    times = Counter(d.name for d in lexicon.divisions)
    unique = {name for name, n in times.items() if n == 1}
    parties = "|".join(["中共", *sorted(p.short for p in lexicon.parties)])
    return _Lists(
        capacity={p.id: p.capacity for p in lexicon.posts},
        national_posts=frozenset(p.id for p in lexicon.posts if p.level == NATION),
        national=frozenset([*(p.name for p in lexicon.parties), *(o.id for o in lexicon.organs)]),
        located=tuple(sorted({d.short for d in lexicon.divisions if len(d.short) > 1} | unique)),
        central=re.compile(rf"^(?:{parties})(?:第.{{1,4}}次全[国盟]|.{{1,4}}届.{{1,3}}中全会)"),
    )


class _Keys:
    """How the things of one text are told from those of others."""

    def __init__(self, facts: Facts, lexicon: Lexicon, gazetteer: Gazetteer, codes: Mapping[str, str]) -> None:
        self.facts = facts
        self.gazetteer, self.codes = gazetteer, codes
        self.home = "".join(gazetteer.path(facts.home_code)) if facts.home_code else facts.home
        """With the division above it where several have its name: `北京市朝阳区`."""
        self.lists = _lists(lexicon)
        self.roles: dict[str, list[tuple[str, str]]] = defaultdict(list)
        """Person → the posts, each a word and its body."""
        for fact in facts.facts:
            if (
                fact.predicate == "zx:affiliation"
                and isinstance(fact.subject, Mention)
                and isinstance(fact.object, Node)
            ):
                self.roles[fact.subject.name].append((fact.object.parts[1], fact.object.parts[2]))
        capacity = self.lists.capacity
        self.capacities = {name: {capacity.get(r) for r, _ in roles} for name, roles in self.roles.items()}
        self.placed = set(_placed(facts))
        self.years = {
            f.subject.name: str(f.object.value)
            for f in facts.facts
            if f.predicate == "zx:forYear" and isinstance(f.subject, Mention) and isinstance(f.object, Year)
        }
        self.committees = {
            f.subject.name: f.object.name
            for f in facts.facts
            if f.predicate == "zx:committee" and isinstance(f.subject, Mention) and isinstance(f.object, Mention)
        }
        self.numbered = {
            normalised(f.subject.name)
            for f in facts.facts
            if f.predicate == "zx:term" and isinstance(f.subject, Mention) and f.subject.kind == "Session"
        }
        self.terms = {
            f.subject.name: str(f.object)
            for f in facts.facts
            if f.predicate == "zx:term" and isinstance(f.subject, Mention) and f.subject.kind == "Sector"
        }

    def of(self, kind: str, name: str) -> tuple[str, ...]:
        """The key's parts for a normalised name."""
        home = self.home
        if kind == "Person":
            return self._person(name)
        if kind == "Place":
            return self._place(name)
        if kind == "Organization":
            if (
                home == NATION and _WHOSE.match(name) and not name.startswith(self.lists.located)
            ):  # 区政协 of an unknown district is of no other text's
                return (home, f"{name}~{self.facts.document.id}")
            return (self._home_of_body(name), name)
        if kind == "Sector":
            where, committee = self._whose(name)
            own = name if committee else f"{name}~{self.facts.document.id}"  # whose it is the text does not tell
            return tuple(part for part in (where, committee, self.terms.get(name), own) if part)
        if kind == "Session":  # a meeting without its term (专题协商会, 第三次主席会议) is of no other text's
            central = bool(self.lists.central.match(name))
            told = central or name in self.numbered
            where = NATION if central else self._whose(name)[0]
            return (where, name) if told else (where, f"{name}~{self.facts.document.id}")
        if kind == "Task":
            return tuple(part for part in (home, self._year(name), name) if part)
        return (home, name)

    def _whose(self, name: str) -> tuple[str, str | None]:
        """The division and the committee whose sector or meeting it is."""
        committee = self.committees.get(name, self.facts.committee)
        division = committee.removesuffix("政协") if committee else self.facts.home
        return (NATION if division == "全国" else division, committee)

    def _place(self, name: str) -> tuple[str, ...]:
        """A known division's key is the same in all texts, a town's of an unknown district is of no other text's."""
        if name in self.codes:
            return self.gazetteer.key(self.codes[name])
        unknown = self.home == NATION and (_SMALL_PLACE.search(name) or self.gazetteer.named(name))
        return (self.home, f"{name}~{self.facts.document.id}" if unknown else name)

    def _person(self, name: str) -> tuple[str, ...]:
        if name not in self.placed or self.capacities.get(name) == {"群众"}:
            return (self.home, f"{name}~{self.facts.document.id}")
        wordings = (w for role, body in self.roles.get(name, ()) for w in (role, body + role))
        national = any(w in self.lists.national_posts for w in wordings)
        return (NATION if national else self.home, name)

    def _home_of_body(self, name: str) -> str:
        bare = name.removeprefix("中共")
        of_the_nation = name in self.lists.national or bool(_NATIONAL.match(name))
        return NATION if of_the_nation or bare.startswith(self.lists.located) else self.home

    def _year(self, name: str) -> str:
        return next((year for task, year in self.years.items() if normalised(task) == name), "")
