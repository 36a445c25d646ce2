"""Names of seats (界别) and of parties' bodies: which walks of life a seat combines, which party a body is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import Party, SectorType
from kg.model import Article, Concept, Fact, Mention, Span
from kg.sentences import Clause
from kg.wordlist import either

_SEAT = re.compile(r"(?:界别|界)(?:委员|组|小组)?$")
_JOINED = re.compile(r"[、和与及·]|暨")
_PEOPLE = "人士"
NATIONAL_COMMITTEE = "全国政协"

Types = tuple[SectorType, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A sector as a text names it."""

    name: str
    """Closed up, with 界 and without 别: `经济界`, `文体和新闻出版界`, `民革界`."""
    types: Types
    """The national walks of life that it combines; empty where it is a local one of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One walk of life in a row of them that share a 界: `民革` and `台联界` in `民革、台联界委员`."""

    start: int
    end: int
    """Half-open, in characters of the text, with its 界."""
    has_head: bool


class Scheme:
    """The walks of life by their wordings; made once from the lexicon's rows."""

    def __init__(self, rows: Sequence[SectorType]) -> None:
        self._now = _Wordings([row for row in rows if row.last_term is None])
        self._ever = _Wordings(rows)
        self._national = {row.name: row.short for row in rows if row.last_term is None}
        self.organisations = {
            row.short for row in rows if not row.name.endswith(("界", _PEOPLE)) and row.last_term is None
        }
        """The short names of the parties and people's organisations."""
        one, body = f"(?:{either(self._ever.stems)})(?:{_PEOPLE})?", f"(?:{either(self.organisations)})"
        self._row = re.compile(
            rf"(?:{one}(?:界别?)?[、和及与暨]|{body}[、和及与暨]?)*(?:{one}界|{body}(?=委员(?:小组|联组)))"
        )
        self._part = re.compile(rf"(?P<part>{body}|{one})(?P<head>界)?别?[、和及与暨]?")

    def types(self, stem: str) -> Types:
        """The walks of life that a wording without its 界 stands for; none where it is not in the scheme."""
        for wordings in (self._now, self._ever):  # a local committee may keep what the nation's has given up
            if whole := wordings.of(stem) or wordings.of(stem.removesuffix(_PEOPLE)):
                return whole
            if several := _every(wordings.of(part) for part in _JOINED.split(stem) if part):
                return several
        return self._run_together(stem)

    def _run_together(self, stem: str) -> Types:
        """`民族宗教`: two walks of life without a word between."""
        cuts = range(2, len(stem) - 1)
        return next((t for n in cuts if (t := _every([self._now.of(stem[:n]), self._now.of(stem[n:])]))), ())

    def seat(self, stem: str) -> Seat:
        """The seat of a wording without its 界; the full name of an organisation becomes its short one."""
        closed = re.sub(r"\s", "", stem).removesuffix("别").removesuffix("界")
        bare = closed.removesuffix(_PEOPLE)
        short = self._national.get(closed) or (bare if bare in self._national.values() else closed)
        return Seat(f"{short.removesuffix('界')}界", self.types(closed))

    def is_organisation(self, stem: str) -> bool:
        """Whether a wording is that of a party or a people's organisation, and not of a walk of life."""
        types = self.types(stem)
        return bool(types) and not any(row.name.endswith(("界", _PEOPLE)) for row in types)

    def rows(self, text: str) -> Iterator[tuple[int, int, list[Part]]]:
        """Where walks of life stand in a row with 界 at its end, and the parts of each row."""
        for match in self._row.finditer(text):
            yield (
                match.start(),
                match.end(),
                [
                    Part(m.start("part"), m.end("head") if m["head"] else m.end("part"), bool(m["head"]))
                    for m in self._part.finditer(text, *match.span())
                ],
            )


class _Wordings:
    """Wording → walks of life: by its name, and where no name is meant by another wording."""

    def __init__(self, rows: Sequence[SectorType]) -> None:
        self._named: dict[str, Types] = {}
        self._aliases: dict[str, Types] = {}
        for row in rows:
            for word in dict.fromkeys((row.name, row.name.removesuffix("界"), row.short)):
                self._named[word] = (*self._named.get(word, ()), row)
            for word in row.aliases:
                self._aliases[word] = (*self._aliases.get(word, ()), row)
        self.stems = {word for word in (*self._named, *self._aliases) if not word.endswith("界")}
        """Those that a 界 may follow."""

    def of(self, word: str) -> Types:
        """Several where the lexicon gives the wording to several (`文体`)."""
        bare = word.removesuffix("界")
        return self._named.get(bare) or self._aliases.get(bare, ())


def _every(found: Iterator[Types] | Sequence[Types]) -> Types:
    """The types of several parts together; none where a part has none, or there is only one part."""
    parts = list(found)
    return tuple(dict.fromkeys(t for part in parts for t in part)) if len(parts) > 1 and all(parts) else ()


@lru_cache(maxsize=4)
def scheme_of(rows: tuple[SectorType, ...]) -> Scheme:
    """The scheme of a lexicon's rows, made once."""
    return Scheme(rows)


def sector_in(text: str, scheme: tuple[SectorType, ...]) -> Seat | None:
    """The seat that a whole name names; None for what is none.

    A name is a seat where it ends in 界 or 界别 and every part of it is a walk of life of the scheme
    (`文体和新闻出版界别`), or where it ends in 界别, which nothing else does.
    """
    closed = re.sub(r"\s", "", text)
    ending = _SEAT.search(closed)
    if not ending or not closed[: ending.start()]:
        return None
    seat = scheme_of(scheme).seat(closed[: ending.start()])
    return seat if seat.types or "界别" in ending.group() else None


def said_of(
    sector: Mention, seat: Seat, evidence: Clause, committee: str | None, term: tuple[int, Span, str] | None
) -> Iterator[Fact]:
    """What the name of a seat and its text say of it: walks of life, committee, term.

    `term` is the committee's term, where the text says it, and the words there.
    """
    for walk in seat.types:
        yield evidence.fact(sector, "zx:sectorType", Concept("sectorType", walk.id), "sector.type")
    if committee:
        whose = Mention("Organization", committee, evidence.span, "")
        yield evidence.fact(sector, "zx:committee", whose, "sector.committee")
    if term:
        number, span, words = term
        yield Fact(sector, "zx:term", number, span, "sector.term", words)


def term_of(article: Article) -> tuple[int, Span, str] | None:
    """The term of an article's committee, where it says so, and the words."""
    return (article.term, *article.term_said) if article.term and article.term_said else None


def party_of(text: str, parties: Sequence[Party]) -> tuple[Party, int] | None:
    """The democratic party whose body a name is, with the length of its name there.

    The body's name begins with the party's and does not speak of a seat.
    """
    for party in parties:
        for word in (party.name, party.short, *party.aliases):
            if text.startswith(word) and not text.removeprefix(word).startswith("界"):
                return party, len(word)
    return None
