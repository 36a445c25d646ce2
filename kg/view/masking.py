"""What the page writes instead of citizens' names, ages, schools and homes, from its records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.lexicon import Lexicon
from kg.privacy import PUBLIC_BY, Hiding, Standing, body_endings, citizens, longer_names, shown_body
from kg.view.gather import Place, Records


@dataclass(frozen=True, slots=True)
class Masks:
    """What to write instead of whose name, and what of their sentences to hide."""

    shown: dict[str, str] = field(default_factory=dict)
    """Citizen's IRI → what is shown: `李某（市民）`."""
    hiding: Hiding = field(default_factory=Hiding)
    at: tuple[tuple[Place, str], ...] = ()
    """Where the citizens are named, and with which wording."""

    def person(self, iri: str) -> bool:
        """Whether this is a citizen whose name is not shown."""
        return iri in self.shown

    def text(self, text: str) -> str:
        """A name, a title or a value with every citizen's name masked."""
        return self.hiding.text(text)

    def quotation(self, text: str, place: Place) -> str:
        """A passage of the paragraph at `place`: where it names a citizen, age, school and home are masked too."""
        here = {
            w for at, w in self.at if at.document == place.document and at.begin < place.end and place.begin < at.end
        }
        return self.hiding.text(text, here, sentence=bool(here))

    def covers(self, place: Place) -> bool:
        """Whether a citizen is named in this stretch."""
        return any(
            at.document == place.document and place.begin <= at.begin and at.end <= place.end for at, _ in self.at
        )


def masks(records: Records, lexicon: Lexicon) -> Masks:
    """Whom the graph names in no public capacity, and how they are to be shown."""
    shown = citizens(_standings(records), lexicon)
    words = {_bare(w): shown[iri] for iri in shown for w in _wordings(records, iri) if len(w) > 1}
    public = {w for iri in records.of_kind("Person") if iri not in shown for w in _wordings(records, iri)}
    return Masks(
        shown=shown,
        hiding=Hiding(
            words,
            _private(records, shown, body_endings(lexicon)),
            frozenset(words.keys() & public),
            longer_names(words, public),
        ),
        at=tuple(sorted((place, _bare(w)) for iri in shown for place, w in records.mentions.get(iri, []))),
    )


def roles(records: Records, person: str) -> list[str]:
    """The posts of a person, without their bodies."""
    return sorted({r for post in records.links(person, "zx:affiliation") for r in records.post(post)})


def _standings(records: Records) -> dict[str, Standing]:
    spoken: dict[str, set[str]] = {}
    for statement in records.of_kind("Statement"):
        for person in records.links(statement, "zx:speaker"):
            spoken.setdefault(person, set()).update(
                records.labels.get(c, "") for c in records.links(statement, "zx:capacity")
            )
    public = {o for values in records.values.values() for p in PUBLIC_BY for o in map(_value, values.get(p, []))}
    return {
        person: Standing(
            _name(records, person),
            tuple(roles(records, person)),
            frozenset(spoken.get(person, ())),
            person in public or bool(records.all(person, "zx:sector")),
        )
        for person in records.of_kind("Person")
    }


def _private(records: Records, shown: Iterable[str], endings: tuple[str, ...]) -> dict[str, str]:
    """The bodies and places that the citizens' posts name, and every school, by their wordings."""
    bodies = {
        body
        for iri in shown
        for post in records.links(iri, "zx:affiliation")
        for body in [*records.links(post, "org:organization"), *records.links(post, "zx:place")]
    }
    bodies |= {iri for iri in records.of_kind("Organization") if _name(records, iri).endswith(endings)}
    return {
        wording: shown_body(_name(records, iri), endings)
        for iri in sorted(bodies)
        for wording in _wordings(records, iri)
    }


def _wordings(records: Records, iri: str) -> set[str]:
    names = {
        *records.texts(iri, "skos:prefLabel"),
        *records.texts(iri, "skos:altLabel"),
        *records.texts(iri, "foaf:name"),
    }
    return {w for w in (*names, *(words for _, words in records.mentions.get(iri, []))) if w}


def _name(records: Records, iri: str) -> str:
    return next(iter(records.texts(iri, "skos:prefLabel")), "")


def _bare(wording: str) -> str:
    return "".join(wording.split())


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
