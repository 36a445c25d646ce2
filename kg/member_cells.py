"""What the lines and cells of a list of members hold: names, posts elsewhere, parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.background import Background
from kg.clean import without
from kg.lexicon import Party
from kg.model import Passage
from kg.sentences import Clause, whole

BRACKET = re.compile(r"[（(][^（）()]*[）)]")
"""What stands behind a name: （女）, （壮族）."""
BLANKS = re.compile(r"\s+")
_PIECE = re.compile(r"[^、，,；;。\s]+")
_DOTTED = re.compile(r"[·•・‧．]")
_PARTY_MEMBER = re.compile(r"(?:党员|会员|盟员|社员|成员|员)$")
_RANK = "副总正"
"""What stands between a body and what the post is of: `气象局|副局长`."""


@dataclass(frozen=True, slots=True)
class Office:
    """A post elsewhere, of a table's column: there the words before the post are whose it is."""

    post: Clause
    body: Clause | None
    written: Clause
    """The post with its body, where both are one string."""


class MemberCells:
    """Reads lines and cells by their form; made from the lexicon."""

    def __init__(self, background: Background) -> None:
        self.people = background.forms.people
        self.posts = background.posts.rows
        self._columns = {alias: row.id for row in background.lexicon.member_columns for alias in row.aliases}
        self._parties = {word: p for p in background.lexicon.parties for word in (p.name, p.short, *p.aliases)}
        self._endings = tuple(row.id for row in background.lexicon.body_suffixes)

    def columns(self, header: Sequence[str]) -> dict[int, str]:
        """Column → what it holds (`name`, `holder` of the post at its head, `sector` …), where a table lists people.

        A table does where a column of names stands beside another that is known.
        """
        names = [BRACKET.sub("", name) for name in header]
        found = {i: self._columns.get(n) or ("holder" if n in self.posts else "") for i, n in enumerate(names)}
        known = set(found.values()) - {""}
        return found if known & {"name", "holder"} and len(known) > 1 else {}

    def names(self, cells: Sequence[Passage], start: int = 0) -> list[Clause]:
        """The names of a line or of a row of cells that hold nothing else; none where they are something else.

        `start` is where the names begin in the first.
        """
        pieces = [piece for i, cell in enumerate(cells) for piece in _split(cell, 0 if i else start)]
        return pieces if self._are_names([piece.text for piece in pieces]) else []

    def cell_names(self, cell: Passage) -> list[Clause]:
        """The names of a table's cell, which may be letter-spaced or several."""
        closed = without(cell, (m.span() for m in BLANKS.finditer(cell.text)))
        pieces = _split(closed, 0)
        return pieces if all(self._may_be_name(piece.text) for piece in pieces) else []

    def _are_names(self, words: Sequence[str]) -> bool:
        """All have the form of a name, and half of them begin with a surname."""
        sure = sum(self.people.is_whole_name(word) or bool(_DOTTED.search(word)) for word in words)
        return 2 * sure >= len(words) > 0 and all(self._may_be_name(word) for word in words)

    def _may_be_name(self, word: str) -> bool:
        by_surname = len(word) in {2, 3} and word[0] in self.people.surnames and word not in self.posts
        return by_surname or self.people.may_sign(word)

    def parties(self, cell: Passage) -> Iterator[tuple[Clause, Party]]:
        """The democratic parties of a cell: `民革`, `民盟盟员`."""
        for match in _PIECE.finditer(cell.text):
            for name in (match[0], _PARTY_MEMBER.sub("", match[0]), match[0].removesuffix("员")):
                if party := self._parties.get(name):
                    yield Clause(cell, match.start(), match.start() + len(name)), party
                    break

    def offices(self, cells: Mapping[str, Passage]) -> Iterator[Office]:
        """The posts of a row: of a column of bodies with posts, or of a column of each."""
        if "post" in cells:
            yield from self._chain(cells["post"])
        elif "title" in cells:
            body = whole(cells["body"]) if "body" in cells else None
            for office in self._chain(cells["title"]):
                yield office if office.body else replace(office, body=body)

    def _chain(self, cell: Passage) -> Iterator[Office]:
        """`某医院院长、主任医师`: a post that says no body is of the one before."""
        body: Clause | None = None
        for part in _PIECE.finditer(cell.text):
            if office := self._office(Clause(cell, *part.span())):
                body = office.body or body
                yield replace(office, body=body)

    def _office(self, words: Clause) -> Office | None:
        """`某县第二中学副校长`: the longest post before which a body's name ends, or nothing stands."""
        text = words.text
        starts = [i for i in range(len(text)) if text[i:] in self.posts]
        if not starts:
            return None
        at = next((i for i in starts if not i or self._ends_body(text[:i], text[i:])), starts[0])
        body = Clause(words.passage, words.start, words.start + at) if at else None
        return Office(Clause(words.passage, words.start + at, words.end), body, words)

    def _ends_body(self, before: str, post: str) -> bool:
        """Whether a body's name ends before a post: as bodies do, or with what the post is of (`农业站|站长`)."""
        return before.endswith(self._endings) or (len(before) > 2 and post.lstrip(_RANK).startswith(before[-1]))


def _split(passage: Passage, start: int) -> list[Clause]:
    """The words of a list from a place on, without what stands in brackets behind them."""
    bare = BRACKET.sub(lambda m: "、" * len(m[0]), passage.text[start:])
    return [Clause(passage, start + m.start(), start + m.end()) for m in _PIECE.finditer(bare)]
