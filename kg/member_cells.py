"""What the lines and cells of a list of members hold: names, posts elsewhere, parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.clean import HAN, without
from kg.column_names import closed, column_names
from kg.lexicon import Lexicon, Party
from kg.model import Passage
from kg.names import Forms
from kg.sentences import Clause, whole

BRACKET = re.compile(r"[（(][^（）()]*[）)]")
"""What stands behind a name: （女）, （壮族）."""
BLANKS = re.compile(r"\s+")
_PIECE = re.compile(rf"(?<![{HAN}])[{HAN}]\s+[{HAN}]{{1,2}}(?![{HAN}])|[^、，,；;。\s]+")
"""A word of a list; of a letter-spaced name both parts."""
_BESIDE = re.compile(r"[^，,；;。\s（）()]+(?:[（(](?![^（）()]*(?:界|界别)[）)])[^（）()]*[）)])?")
"""A stretch between commas, with its brackets unless a sector stands in them."""
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a list with the words beside it that say something of its bearer."""

    name: Clause
    beside: tuple[Clause, ...] = ()
    """What stands in brackets behind it, or between the commas of its line: `女`, `壮族`, `教育界`, `民盟盟员`."""


class MemberCells:
    """Reads lines and cells by their form; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon, forms: Forms) -> None:
        self.people = forms.people
        self.posts = {post.id: post for post in lexicon.posts}
        self._columns = {alias: row.id for row in lexicon.member_columns for alias in row.aliases}
        self._of_proposals = column_names(lexicon.table_columns)
        self._parties = {word: p for p in lexicon.parties for word in (p.name, p.short, *p.aliases)}
        endings = [row.id for row in lexicon.body_suffixes]
        self._endings = tuple(sorted({word[n:] for word in endings for n in range(max(1, len(word) - 1))}))
        """How bodies end: `卫生服务中心` shows that a 中心 is one."""

    def is_sector_label(self, words: str) -> bool:
        """Whether words before a colon say that a sector follows (`界别：经济界`)."""
        return self._columns.get(words) == "sector"

    def columns(self, header: Sequence[str]) -> list[str]:
        """What each column holds (`name`, `holder` of the post at its head, `sector`, ``…), where a table lists people.

        A table does where a column of names stands beside another that is known, and none of titles: that lists
        proposals.
        """
        if any("title" in self._of_proposals.roles(closed(name)) for name in header if "名称" not in name):
            return []
        names = [BRACKET.sub("", name) for name in header]
        found = [self._columns.get(name) or ("holder" if name in self.posts else "") for name in names]
        known = set(found) - {""}
        return found if known & {"name", "holder"} and len(known) > 1 else []

    def names(self, cells: Sequence[Passage], start: int = 0) -> list[Entry]:
        """The names of a line or of a row of cells that hold nothing else; none where they are something else.

        `start` is where the names begin in the first.
        """
        entries = [entry for i, cell in enumerate(cells) for entry in _split(cell, 0 if i else start)]
        return entries if self._are_names([BLANKS.sub("", entry.name.text) for entry in entries]) else []

    def cell_names(self, cell: Passage) -> list[Entry]:
        """The names of a table's cell, which may be letter-spaced or several."""
        entries = _split(without(cell, (m.span() for m in BLANKS.finditer(cell.text))), 0)
        return entries if all(self._may_be_name(entry.name.text) for entry in entries) else []

    def entry(self, cells: Sequence[Passage]) -> Entry | None:
        """A name and what is said of its bearer: behind a comma of the line, or in the row's other cell."""
        parts = [Clause(cell, *m.span()) for cell in cells for m in _BESIDE.finditer(cell.text)]
        if not parts:
            return None
        head, *more = parts
        bare = Clause(head.passage, head.start, head.start + len(BRACKET.sub("", head.text)))
        return Entry(bare, tuple(more)) if more and self.people.is_whole_name(bare.text) else None

    def _are_names(self, words: Sequence[str]) -> bool:
        """All have the form of a name, and half of them begin with a surname."""
        sure = sum(self.people.is_whole_name(word) or bool(_DOTTED.search(word)) for word in words)
        return 2 * sure >= len(words) > 0 and all(self._may_be_name(word) for word in words)

    def _may_be_name(self, word: str) -> bool:
        by_surname = len(word) in {2, 3} and word[0] in self.people.surnames and word not in self.posts
        return by_surname or self.people.may_sign(word)

    def parties(self, words: Clause) -> Iterator[tuple[Clause, Party]]:
        """The democratic parties that words name: `民革`, `民盟盟员`."""
        for match in _PIECE.finditer(words.text):
            for name in (match[0], _PARTY_MEMBER.sub("", match[0]), match[0].removesuffix("员")):
                if party := self._parties.get(name):
                    start = words.start + match.start()
                    yield Clause(words.passage, start, start + len(name)), party
                    break

    def is_member_of_party(self, words: Clause) -> bool:
        """Whether words beside a name call its bearer a member of a party, and not only the party's name."""
        return bool(_PARTY_MEMBER.search(words.text))

    def offices(self, cells: Mapping[str, Passage]) -> Iterator[Office]:
        """The posts of a row: of a column of bodies with posts, or of a column of each."""
        if "post" in cells:
            yield from self.chain(whole(cells["post"]))
        elif "title" in cells:
            body = whole(cells["body"]) if "body" in cells else None
            for office in self.chain(whole(cells["title"])):
                yield office if office.body else replace(office, body=body)

    def chain(self, words: Clause) -> Iterator[Office]:
        """`某医院院长、主任医师`: a post that says no body is of the one before."""
        body: Clause | None = None
        for part in _PIECE.finditer(words.text):
            if office := self._office(Clause(words.passage, words.start + part.start(), words.start + part.end())):
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


def _split(passage: Passage, start: int) -> list[Entry]:
    """The words of a list from a place on, each with what stands in brackets behind it."""
    bare = BRACKET.sub(lambda m: "、" * len(m[0]), passage.text[start:])
    found = [(start + m.start(), start + m.end()) for m in _PIECE.finditer(bare)]
    return [Entry(Clause(passage, *at), tuple(_in_brackets(passage, at[1]))) for at in found]


def _in_brackets(passage: Passage, at: int) -> Iterator[Clause]:
    """The words of the brackets that begin at a place."""
    bracket = BRACKET.match(passage.text, at)
    for part in _PIECE.finditer(passage.text, at + 1, bracket.end() - 1) if bracket else ():
        yield Clause(passage, *part.span())
