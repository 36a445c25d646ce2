"""Which proposals of a graph are similar to a title, and which repeat another, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import QuerySolutions, Store

from kg.errors import UsageError
from kg.lexicon import Lexicon
from kg.matters import TitleReader
from kg.precedents import Precedent, Precedents, before, made_again, titles
from kg.repeats import Comparison, Titles
from kg.themes import ThemeMatcher
from kg.vocab import PREFIXES
from kg.words import Words

_COMMITTEES = """
SELECT DISTINCT ?name WHERE { ?p a zx:Proposal ; zx:committee/skos:prefLabel ?name . FILTER(LANG(?name) = "zh") }"""


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal that is similar to what was asked."""

    asked: str
    likeness: float
    """0 … 1."""
    comparison: Comparison
    """The title that was asked, beside this one."""
    precedents: tuple[Precedent, ...]
    """Each time that it was made, the earliest first."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Two proposals of one matter."""

    likeness: float
    comparison: Comparison | None
    """The earlier title beside the later one; None where it is the same proposal, made again."""
    earlier: Precedent
    later: Precedent
    ordered: bool
    """Whether the texts tell which of them was first; else they stand in the order of their titles."""


class ProposalSearch:
    """The proposals of a graph, ready to be asked."""

    def __init__(self, store: Store, lexicon: Lexicon) -> None:
        """Where all proposals are one committee's, the name of its district says nothing in a title."""
        self._store = store
        self._listed = titles(store)
        ours = _committees(store)
        reader = TitleReader(lexicon.title_words, ours if len(ours) == 1 else ())
        names = [title for _, title in self._listed]
        self._titles = Titles(names, reader, ThemeMatcher(lexicon).themes_of, Words.load().known)
        self._precedents = Precedents(store)

    def near(self, asked: str, limit: int) -> tuple[list[Found], int]:
        """The proposals that are most similar to a title, repeats first, at most `limit`; and how many there are.

        Raises UsageError for a title without a Chinese character.
        """
        title = _checked(asked)
        hits = self._titles.near(title)
        found = [
            Found(title, hit.likeness, hit.comparison, self._precedents.of(*self._listed[hit.index]))
            for hit in hits[:limit]
        ]
        return found, len(hits)

    def repeated(self) -> list[Repeated]:
        """Every proposal that repeats another: those that came later first, then the most alike, then by title."""
        found = [*self._again(), *self._pairs()]
        return sorted(
            found,
            key=lambda r: (
                not r.ordered,
                -r.likeness,
                r.earlier.title,
                r.later.title,
                r.earlier.proposal,
                r.later.proposal,
            ),
        )

    def _again(self) -> Iterator[Repeated]:
        """The same proposal at several sessions."""
        names = dict(self._listed)
        for proposal in made_again(self._store):
            for earlier, later in pairwise(self._precedents.of(proposal, names.get(proposal, ""))):
                if earlier.text("session") and later.text("session"):
                    yield Repeated(1.0, None, earlier, later, before(earlier, later) is not None)

    def _pairs(self) -> Iterator[Repeated]:
        for i, j, likeness, comparison in self._titles.repeats():
            one, other = (self._precedents.of(*self._listed[each])[0] for each in (i, j))
            if before(other, one):
                yield Repeated(likeness, comparison.turned(), other, one, ordered=True)
            else:
                yield Repeated(likeness, comparison, one, other, before(one, other) is not None)


def _checked(asked: str) -> str:
    title = " ".join(asked.split())
    if not title:
        raise UsageError("the title is empty", hint="kg similar '关于加强…的建议'")
    if not any("\u3400" <= letter <= "\U0003ffff" and letter.isalpha() for letter in title):
        raise UsageError(f"there is no Chinese character in {title!r}", hint="write the title as the proposal has it")
    return title


def _committees(store: Store) -> Sequence[str]:
    """The districts whose committees the proposals belong to."""
    found = store.query(_COMMITTEES, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return sorted(row["name"].value.removesuffix("政协") for row in found)
