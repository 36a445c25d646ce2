"""The lists of members that an article holds: who stands under which seat or post, in columns, rows or running lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kg.background import Background
from kg.clean import row, without
from kg.columns import COUNT, LABEL, is_names
from kg.lexicon import Party
from kg.meetings import committees
from kg.model import Article, Block, Passage, Span
from kg.names import Names
from kg.numerals import value
from kg.posts import Holding
from kg.sectors import Seat, scheme_of, sector_in, term_of
from kg.sentences import Clause, whole

_TITLE = re.compile(r"(?:名单|名册)(?:如下)?[：:]?(?:[（(][^（）()]*[）)])?$")
_OF_MEMBERS = re.compile(r"委员(?!会)|常委(?!会)|主席|秘书长|界别")
_OF_OTHERS = re.compile(r"列席|旁听|工作人员|候选|建议|推荐|拟任|拟增|拟聘|请假|缺席|特约|特聘|代表|观察员|顾问|记者")
_OUT = re.compile(r"辞去|辞职|撤销|免去|不再担任|终止|退出")
_POST = r"(?:常务委员|常委|副主席|主席|副秘书长|秘书长|召集人|委员(?!会))"
_ROLE = re.compile(rf"(?P<more>{_POST}[、和及与])?(?P<role>{_POST})(?:界别|分组|小组|组)*(?:名单|名册)")
_ORDINARY = {"成员", "组员"}
_ASIDE = re.compile(
    r"[（(].*[）)]|(?:共|合计|总计)\s*\d+\s*[人名]|[一二三四五六七八九十]+画[：:]?|(?:按|以)姓[氏名]笔[画划].*"
)
_DECIDED = re.compile(r"^[（(].*?(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日.*(?:通过|决定|批准)[）)]$")
_NUMBER = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*|[●•▪◦◆★■□▲【〔\[〈]\s*)+")
_CLOSERS = "】〕]〉：: 　"
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_DOTTED = re.compile(r"[·•・‧．]")
_PIECE = re.compile(r"[^、，,；;。\s]+")
_BLANKS = re.compile(r"\s")
_POSTS_APART = re.compile(r"[，,；;\s]+")
_LONGEST_HEADING = 60
_LONGEST_EVIDENCE = 600
_LONGEST_SEAT = 40
_EMPTY = {"", "无", "-", "—", "/", "\\"}
_PARTY_MEMBER = re.compile(r"(?:党员|会员|盟员|社员|成员)$")


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list, with what the list says of it."""

    person: Clause
    evidence: Span
    """The heading down to the name's line, or the row."""
    reading: str
    seat: tuple[Clause, Seat] | None = None
    roles: tuple[Clause, ...] = ()
    """The posts in the committee: the words of the title, the heading or the cell."""
    parties: tuple[tuple[Clause, Party], ...] = ()
    holdings: tuple[Holding, ...] = ()
    """Posts elsewhere, of a table's column."""


@dataclass(slots=True)
class Roster:
    """A list under its title; without a title where a table's columns alone say what it is."""

    committee: str | None
    term: tuple[int, Span, str] | None
    """The committee's term that its title says, where, and the words."""
    role: Clause | None = None
    """The post of all whom no heading gives another."""
    leaves: bool = False
    """Whether those listed leave the committee."""
    joins: bool = False
    """Whether they are added to it."""
    decided: date | None = None
    members: list[Listed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Headings whose count is not that of the names below them."""


@dataclass(slots=True)
class _Group:
    """The heading that the next names stand under."""

    head: Clause | None = None
    seat: Seat | None = None
    role: Clause | None = None
    ordinary: bool = False
    above: list[Passage] = field(default_factory=list)
    """The heading's line and those after it."""


@dataclass(slots=True)
class _Count:
    """How many names a heading says that there are, and how many there were."""

    words: str = ""
    said: int | None = None
    found: int = 0


def rosters(article: Article, names: Names, background: Background) -> list[Roster]:
    """Every list of members of an article, in the order of the text."""
    reader = _Reader(article, names, background)
    for block in article.blocks:
        reader.read(block)
    reader.close()
    return [roster for roster in reader.rosters if roster.members]


class _Reader:
    """Reads an article's blocks one after the other and keeps what holds for the names to come."""

    def __init__(self, article: Article, names: Names, background: Background) -> None:
        self.article, self.names, self.background = article, names, background
        self.scheme = scheme_of(background.lexicon.sector_types)
        self.columns = {alias: row.id for row in background.lexicon.member_columns for alias in row.aliases}
        self.rosters: list[Roster] = []
        self.committee, self.term = article.committee, term_of(article)
        self.roster = Roster(self.committee, self.term)
        self.open = False
        self.group = _Group()
        self.count, self.total = _Count(), _Count()
        self.decided: date | None = None
        self.header: list[Clause] = []
        self.parties = {word: p for p in background.lexicon.parties for word in (p.name, p.short, *p.aliases)}

    def read(self, block: Block) -> None:
        """One block: a title, a heading, names, a row, or what ends the list."""
        if block.kind == "row":
            self._row(block)
        elif self._is_title(block):
            self._begin(block.passage)
        elif decided := _DECIDED.match(block.passage.text):
            self._whose(block.passage)
            self.decided = self.roster.decided = date(int(decided["y"]), int(decided["m"]), int(decided["d"]))
        elif not self.open:
            self._whose(block.passage)
        elif not self._is_aside(block.passage.text):
            self._line(block)

    def close(self) -> None:
        """The end of a group or of the list: the counts are compared."""
        for count in (self.count, self.total):
            if count.said is not None and count.found not in (0, count.said):
                self.roster.notes.append(f"{count.words}: says {count.said}, {count.found} names were found")
        self.count, self.total = _Count(), _Count()

    def _is_aside(self, text: str) -> bool:
        """A note on the list; `（共14名）` says its total."""
        if not _ASIDE.fullmatch(text):
            return False
        if self.total.said is None and not self.group.head:
            self.total.said = _count(text)
        return True

    # -- titles

    def _is_title(self, block: Block) -> bool:
        text = block.passage.text
        return len(text) <= _LONGEST_HEADING and bool(_TITLE.search(text))

    def _begin(self, title: Passage) -> None:
        """A new list: whose, of which term, and of what."""
        self.close()
        text = title.text
        self._whose(title)
        self.open = bool(self.committee and _OF_MEMBERS.search(text) and not _OF_OTHERS.search(text))
        role = _ROLE.search(text)
        self.roster = Roster(
            self.committee,
            self.term,
            Clause(title, *role.span("role")) if role and not role["more"] else None,
            leaves=bool(_OUT.search(text)),
            joins="增补" in text,
            decided=self.decided,
        )
        self.rosters.append(self.roster)
        self.group = _Group()
        self.total = _Count(text, _count(text))

    def _whose(self, passage: Passage) -> None:
        """The committee and its term, where a line names it in full."""
        for start, end, name, term in committees(passage.text)[:1]:
            self.committee, self.term = name, (term, passage.span(start, end), passage.text[start:end])

    # -- headings and lines of names

    def _line(self, block: Block) -> None:
        """A heading, names, a heading with names behind it, or what ends the list."""
        passage = block.passage
        label = LABEL.match(passage.text)
        if label and self._heading(Clause(passage, 0, label.end())):
            self._take(passage, self._pieces(passage, label.end()))
        elif self._heading(whole(passage)):
            pass
        elif pieces := self._pieces(passage, 0):
            self._take(passage, pieces)
        elif block.kind == "heading" and len(passage.text) <= _LONGEST_SEAT:
            self._under(_Group(whole(passage)), passage, _count(passage.text))
        else:
            self.close()
            self.open = False

    def _heading(self, line: Clause) -> bool:
        """Whether a line, or the label before names, is a seat, a post or a count; then it holds from here on."""
        stem = self._stem(line)
        closed = _BLANKS.sub("", stem.text)
        count = _count(line.text)
        if closed in _ORDINARY:
            self.group = _Group(self.group.head, self.group.seat, None, True, [*self.group.above, line.passage])
        elif closed in self.background.posts.rows:
            seat = self.group.seat if count is None else None
            above = self.group.above if seat else []
            self.group = _Group(self.group.head if seat else stem, seat, stem, False, [*above, line.passage])
            if count is not None or not seat:
                self._counted(stem.text, count)
        elif seat := self._seat(closed):
            self._under(_Group(stem, seat), line.passage, count)
        elif count is not None:
            self._under(_Group(stem), line.passage, count)
        else:
            return False
        return True

    def _stem(self, line: Clause) -> Clause:
        """A heading's words without its number, its count and its marks: `一、经济界（12人）：` → `经济界`."""
        text = line.text
        number = _NUMBER.match(text)
        start = number.end() if number else 0
        count = COUNT.search(text, start)
        end = len(text[: count.start() if count and count.start() > start else len(text)].rstrip(_CLOSERS))
        return Clause(line.passage, line.start + start, line.start + max(end, start))

    def _seat(self, closed: str) -> Seat | None:
        """The seat that a heading names: in a list of seats a local one need only end in 界."""
        if not closed or len(closed) > _LONGEST_SEAT:
            return None
        seat = self.scheme.seat(closed)
        local = closed.endswith(("界", "界别")) and "各界" not in closed
        return seat if seat.types or local else None

    def _under(self, group: _Group, line: Passage, count: int | None) -> None:
        group.above = [line]
        self.group = group
        self._counted(group.head.text if group.head else "", count)

    def _counted(self, words: str, count: int | None) -> None:
        total, self.total = self.total, _Count()
        self.close()
        self.count, self.total = _Count(words, count), total

    def _pieces(self, passage: Passage, start: int) -> list[Clause]:
        """The names of a line that holds nothing else, from a place on; none where it is another line."""
        pieces = _split(passage, start)
        return pieces if self._are_names([piece.text for piece in pieces]) else []

    def _are_names(self, words: Sequence[str]) -> bool:
        """Whether words of a list are people's names: all have the form, and most begin with a surname."""
        people = self.background.forms.people
        sure = [word for word in words if people.is_whole_name(word) or _DOTTED.search(word)]
        return bool(sure) and 2 * len(sure) >= len(words) and all(self._may_be_name(word) for word in words)

    def _may_be_name(self, word: str) -> bool:
        people = self.background.forms.people
        return people.may_sign(word) or (
            len(word) in {2, 3} and word[0] in people.surnames and word not in people.posts
        )

    def _take(self, line: Passage, pieces: Sequence[Clause]) -> None:
        """The names of a line, under the heading that holds."""
        group = self.group
        if not group.above or group.above[-1] is not line:
            group.above.append(line)
        span, reading = _evidence(group.above, line)
        for piece in pieces:
            seat = (group.head, group.seat) if group.head and group.seat else None
            roles = tuple(role for role in (self.roster.role, group.role) if role)
            self.roster.members.append(Listed(piece, span, reading, seat, roles))
        self.count.found += len(pieces)
        self.total.found += len(pieces)

    # -- rows

    def _row(self, block: Block) -> None:
        columns = self._columns(block.header)
        if not columns:
            if self.open and is_names(block):
                self._names_row(block)
        elif tuple(_BLANKS.sub("", cell.text) for cell in block.cells) == block.header:
            self.header = [whole(cell) for cell in block.cells]
        else:
            self._table_row(block, columns)

    def _names_row(self, block: Block) -> None:
        """Names in columns, with a label before them or without; a post may stand where a name would."""
        line = row(block.cells)
        head = block.cells[0]
        names = block.cells[1:] if self._heading(whole(head)) else block.cells
        pieces = [piece for cell in names for piece in _split(cell, 0)]
        if self._are_names([piece.text for piece in pieces]):
            self._take(line, pieces)

    def _columns(self, header: Sequence[str]) -> dict[int, str]:
        """What the columns of a table hold; none where it lists no people."""
        found = {
            i: self.columns.get(name) or ("holder" if name in self.background.posts.rows else "")
            for i, name in enumerate(_BRACKET.sub("", h) for h in header)
        }
        held = set(found.values())
        return found if held & {"name", "holder"} and len(held - {""}) > 1 else {}

    def _table_row(self, block: Block, columns: dict[int, str]) -> None:
        filled = [cell for cell in block.cells if cell.text]
        if len(filled) == 1 and self._heading(whole(filled[0])):
            return
        if self.roster not in self.rosters:
            self.rosters.append(self.roster)
        cells = {what: cell for i, cell in enumerate(block.cells) if (what := columns[i]) and cell.text}
        line = whole(row(block.cells))
        seat = self._seat_of_row(cells.get("sector"))
        parties, holdings = tuple(self._parties(cells.get("party"))), tuple(self._holdings(cells))
        for i, cell in enumerate(block.cells):
            if columns[i] in {"name", "holder"} and cell.text:
                role = self.header[i] if columns[i] == "holder" else self._office(cells.get("office"))
                roles = (role,) if role else ()
                for name in self._cell_names(cell):
                    self.roster.members.append(Listed(name, line.span, line.text, seat, roles, parties, holdings))
                    self.count.found += 1
                    self.total.found += 1

    def _office(self, cell: Passage | None) -> Clause | None:
        """The post in the committee: of the row's own column, else of the list."""
        return whole(cell) if cell and cell.text in self.background.posts.rows else self.roster.role

    def _cell_names(self, cell: Passage) -> list[Clause]:
        """The names of a cell, which may be letter-spaced or several."""
        closed = without(cell, (m.span() for m in _BLANKS.finditer(cell.text)))
        pieces = self._pieces(closed, 0)
        if not pieces and self._may_be_name(_BRACKET.sub("", closed.text)):
            pieces = [Clause(closed, 0, len(_BRACKET.sub("", closed.text)))]
        return pieces

    def _seat_of_row(self, cell: Passage | None) -> tuple[Clause, Seat] | None:
        """The seat of the row's column, or of the heading above; a column is filled with nothing but seats."""
        if cell is None or cell.text in _EMPTY:
            return (self.group.head, self.group.seat) if self.group.head and self.group.seat else None
        closed = _BLANKS.sub("", cell.text)
        if len(closed) > _LONGEST_SEAT:
            return None
        seat = sector_in(closed, self.background.lexicon.sector_types)
        return whole(cell), seat or self.scheme.seat(closed)

    def _parties(self, cell: Passage | None) -> Iterator[tuple[Clause, Party]]:
        """The democratic parties of a cell: `民革`, `民盟盟员`."""
        for match in _PIECE.finditer(cell.text) if cell else ():
            word = _PARTY_MEMBER.sub("", match[0])
            for name in (match[0], word, match[0].removesuffix("员")):
                if party := self.parties.get(name):
                    assert cell
                    yield Clause(cell, match.start(), match.start() + len(name)), party
                    break

    def _holdings(self, cells: dict[str, Passage]) -> Iterator[Holding]:
        """The posts of a row: of a column of bodies with posts, or of two columns."""
        if both := cells.get("post"):
            ends = [m.start() for m in _POSTS_APART.finditer(both.text)] + [len(both.text)]
            for end in ends:
                yield from self.background.posts.before(end, both, self.names)
        body, title = cells.get("body"), cells.get("title")
        if title:
            for holding in self.background.posts.before(len(title.text), title, self.names):
                yield replace(holding, body=holding.body or (whole(body) if body else None))


def _split(passage: Passage, start: int) -> list[Clause]:
    """The words of a list from a place on, without what stands in brackets behind them."""
    bare = _BRACKET.sub(lambda m: "、" * len(m[0]), passage.text[start:])
    return [Clause(passage, start + m.start(), start + m.end()) for m in _PIECE.finditer(bare)]


def _count(text: str) -> int | None:
    said = COUNT.search(text)
    return value(said["n"]) if said else None


def _evidence(above: Sequence[Passage], line: Passage) -> tuple[Span, str]:
    """From the heading to the line of the names; the line alone where that is far."""
    lines = list(above)
    span = Span(lines[0].at[0], line.at[-1] + 1)
    if span.end - span.start > _LONGEST_EVIDENCE:
        return line.span(0, len(line.text)), line.text
    return span, " ".join(passage.text for passage in lines)
