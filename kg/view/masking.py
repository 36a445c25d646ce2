"""Who is not public, and how the page writes of them: 李某（市民）, with age, school and home address masked.

A person is a private citizen where every role and capacity that the texts give is one of 群众 (市民, 居民, 学生, 家长)
and the texts show them in no public one: they propose nothing and sit for no sector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from kg.lexicon import Lexicon
from kg.view.gather import Place, Records

_CITIZEN = "群众"
_PUBLIC_BY = ("zx:proposer", "zx:firstProposer", "zx:supervisor", "zx:onBehalfOf")
_AGE = re.compile(r"[\d一二三四五六七八九十百零〇两]{1,4}\s*(?:多|余|来)?\s*(?:周岁|岁)")
_HOME = re.compile(
    r"((?:家住|居住在|住在|现住|家在|住址[:：为是]?)\s*)[^，。；,;!！?？“”\"]{2,30}?(?=\s*(?:的|，|。|,|;|；|$))"
)
_NAMES_APART = r"[\s ]*"


@dataclass(frozen=True, slots=True)
class Masks:
    """What to write instead of whose name, and what of their sentences to hide."""

    shown: dict[str, str] = field(default_factory=dict)
    """Citizen's IRI → what is shown: `李某（市民）`."""
    words: dict[str, str] = field(default_factory=dict)
    """A wording of a citizen's name → what is shown."""
    private: dict[str, str] = field(default_factory=dict)
    """A body or place that a citizen belongs to, by each of its wordings → what is shown in their sentences."""
    homonyms: frozenset[str] = frozenset()
    """Wordings that a public person bears too: masked only where the citizen is meant."""
    at: tuple[tuple[Place, str], ...] = ()
    """Where the citizens are named, and with which wording."""

    def person(self, iri: str) -> bool:
        """Whether this is a citizen whose name is not shown."""
        return iri in self.shown

    def text(self, text: str) -> str:
        """A name, a title or a value with every citizen's name masked."""
        return self._masked(text, [w for w in self.words if w not in self.homonyms], sentence=False)

    def quotation(self, text: str, place: Place) -> str:
        """A passage of the paragraph at `place`: where it names a citizen, age, school and home are masked too."""
        here = {
            w for at, w in self.at if at.document == place.document and at.begin < place.end and place.begin < at.end
        }
        hits = [w for w in self.words if w in here or w not in self.homonyms]
        return self._masked(text, hits, sentence=bool(here))

    def covers(self, place: Place) -> bool:
        """Whether a citizen is named in this stretch."""
        return any(
            at.document == place.document and place.begin <= at.begin and at.end <= place.end for at, _ in self.at
        )

    def _masked(self, text: str, wordings: Iterable[str], *, sentence: bool) -> str:
        masked = text
        for wording in sorted((w for w in wordings if w[0] in text), key=lambda w: (-len(w), w)):
            masked = _pattern(wording).sub(self.words[wording], masked)
        if sentence or masked != text:
            masked = _HOME.sub(r"\1某处", masked)
            masked = _AGE.sub("某岁", masked)
            for wording in sorted(self.private, key=lambda w: (-len(w), w)):
                masked = _pattern(wording).sub(self.private[wording], masked)
        return masked


def masks(records: Records, lexicon: Lexicon) -> Masks:
    """Whom the graph names in no public capacity, and how they are to be shown."""
    posts = {post.id: post.capacity for post in lexicon.posts}
    surnames = {s.id for s in lexicon.surnames}
    schools = tuple(s.id for s in lexicon.body_suffixes if s.kind == "学校")
    citizens = _citizens(records, posts)
    shown = {iri: f"{_surname(_name(records, iri), surnames)}某（{role}）" for iri, role in sorted(citizens.items())}
    words = {w: shown[iri] for iri in shown for w in _wordings(records, iri) if len(w) > 1}
    public = {w for iri in records.of_kind("Person") if iri not in shown for w in _wordings(records, iri)}
    return Masks(
        shown=shown,
        words=words,
        private=_private(records, shown, schools),
        homonyms=frozenset(words.keys() & public),
        at=tuple(sorted((place, w) for iri in shown for place, w in records.mentions.get(iri, []))),
    )


def roles(records: Records, person: str) -> list[str]:
    """The posts of a person, without their bodies."""
    return sorted({r for post in records.links(person, "zx:affiliation") for r in records.post(post)})


def capacities(role: str, posts: dict[str, str]) -> set[str]:
    """In what capacities a role is held: its own in the lexicon, else that of the longest post it ends with."""
    for start in range(len(role)):
        if role[start:] in posts:
            return {posts[role[start:]]}
    return set()


def _citizens(records: Records, posts: dict[str, str]) -> dict[str, str]:
    """Citizen → the role that is shown behind the masked name."""
    spoken: dict[str, set[str]] = {}
    for statement in records.of_kind("Statement"):
        for person in records.links(statement, "zx:speaker"):
            spoken.setdefault(person, set()).update(
                records.labels.get(c, "") for c in records.links(statement, "zx:capacity")
            )
    public = {o for values in records.values.values() for p in _PUBLIC_BY for o in map(_value, values.get(p, []))}
    citizens = {}
    for person in records.of_kind("Person"):
        held = roles(records, person)
        known = spoken.get(person, set()).union(*(capacities(r, posts) for r in held)) - {""}
        seated = person in public or records.all(person, "zx:sector")
        if known == {_CITIZEN} and not seated:
            citizens[person] = _shown_role(held, posts)
    return citizens


def _shown_role(held: list[str], posts: dict[str, str]) -> str:
    """The shortest whole role that the lexicon has for citizens, else the longest end of one: no school, no street."""
    whole = [role for role in held if posts.get(role) == _CITIZEN]
    ends = [role[start:] for role in held for start in range(len(role)) if posts.get(role[start:]) == _CITIZEN]
    if whole:
        return min(whole, key=lambda r: (len(r), r))
    return min(ends, key=lambda r: (-len(r), r), default=_CITIZEN)


def _private(records: Records, shown: dict[str, str], schools: tuple[str, ...]) -> dict[str, str]:
    """The bodies and places that the citizens' posts name, and every school, by their wordings."""
    bodies = {
        body
        for iri in shown
        for post in records.links(iri, "zx:affiliation")
        for body in [*records.links(post, "org:organization"), *records.links(post, "zx:place")]
    }
    bodies |= {iri for iri in records.of_kind("Organization") if _name(records, iri).endswith(schools)}
    hidden = {}
    for iri in sorted(bodies):
        ending = next((s for s in sorted(schools, key=len, reverse=True) if _name(records, iri).endswith(s)), "")
        for wording in _wordings(records, iri):
            hidden[wording] = f"某{ending}" if ending else "某处"
    return hidden


def _wordings(records: Records, iri: str) -> set[str]:
    names = {
        *records.texts(iri, "skos:prefLabel"),
        *records.texts(iri, "skos:altLabel"),
        *records.texts(iri, "foaf:name"),
    }
    return {w for w in (*names, *(words for _, words in records.mentions.get(iri, []))) if w}


def _name(records: Records, iri: str) -> str:
    return next(iter(records.texts(iri, "skos:prefLabel")), "")


def _surname(name: str, surnames: set[str]) -> str:
    """The family name, a compound one where the lexicon knows it.

    >>> _surname("欧阳若兰", {"欧阳"}), _surname("程巧云", {"欧阳"})
    ('欧阳', '程')
    """
    return name[:2] if len(name) > 2 and name[:2] in surnames else name[:1]


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    """The wording, also where a line's end parts its characters."""
    return re.compile(_NAMES_APART.join(re.escape(c) for c in wording if not c.isspace()))
