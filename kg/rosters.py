"""The lists of members that an article holds: who stands under which seat or post, in columns, rows or lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.background import Background
from kg.blocks.columns import COUNT, LABEL, is_names
from kg.clean import row
from kg.lexicon import Party
from kg.meetings.numbered import committees
from kg.member_cells import BLANKS, Entry, Office
from kg.model import Article, Block, Passage, Span
from kg.numerals import value
from kg.sectors import Seat, scheme_of, term_of
from kg.sentences import Clause, whole

_TITLE = re.compile(r"(?:名单|名册|组成人员|界别设置)(?:如下)?[：:]?(?:[（(][^（）()]*[）)])?$")
_OF_MEMBERS = re.compile(r"委员(?!会)|常委(?!会)|主席|秘书长|界别|组成人员")
_OF_OTHERS = re.compile(r"列席|旁听|工作人员|候选|建议|推荐|拟[任增聘]|请假|缺席|特约|特聘|代表|观察员|顾问|记者")
_LEAVES = re.compile(r"辞去|辞职|撤销|免去|不再担任|终止|退出")
_JOINS = re.compile(r"增补|增选|新增")
_POST = r"(?:常务委员|常委|副主席|主席|副秘书长|秘书长|召集人|委员(?!会))"
_ROLE = re.compile(
    rf"(?P<more>{_POST}[、和及与])?(?P<role>{_POST})(?:界别|分组|小组|组)*(?:名单|名册|组成人员|[（(：:]|$)"
)
_OFFICERS = re.compile(rf"委员会(?:{_POST}[、和及与]?)+(?:[（(][^（）()]*[）)])?[：:]?$")
"""The end of a title that says no 名单: `政协第十届某县委员会常务委员（25名）`."""
_PART = re.compile(
    r"[^常、]{2,10}(?:专门)?委员会(?=主任|副主任|委员|组成|成员|名单)|[^常、]{2,8}委(?=主任|组成|成员|名单)"
)
"""A special committee, behind the committee's own name in a title."""
_ORDINARY = {"成员", "组员", "委员"}
_OF_A_GROUP = re.compile(r"召集人$|组长$|联络员$|联系人$")
"""What one may be in a sector's group."""
_ASIDE = re.compile(
    r"[^\u3400-\u9fff]+|第\s*\d+\s*页.*|[（(].*[）)]|(?:共|合计|总计)\s*\d+\s*[人名]|[一二三四五六七八九十]+[画划][：:]?|(?:按|以)姓[氏名]笔[画划].*"
)
_DECIDED = re.compile(r"[（(].*?(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日.*(?:通过|决定|批准)[）)]")
_NUMBER = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*|[●•▪◦◆★■□▲【〔\[〈]\s*)+")
_ASIDE_BEHIND = re.compile(r"(?<=.)[（(].*")
_CLOSERS = "】〕]〉：: \u3000"
_LONGEST_TITLE = 60
_LONGEST_HEADING = 40
_LONGEST_EVIDENCE = 600
_NAMES = {"姓名", "委员姓名"}
"""What heads the names in a table whose header is not its first row."""
_EMPTY = {"", "无", "-", "—", "/", "\\"}


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
    offices: tuple[Office, ...] = ()


@dataclass(slots=True)
class Roster:
    """A list under its title; without a title where a table's columns alone say what it is."""

    committee: str | None
    body: str | None
    """Whose the posts are: the committee, or one of its special committees."""
    term: tuple[int, Span, str] | None
    """The committee's term, where the text says it, and the words."""
    role: Clause | None = None
    """The post of all that are listed, where the title names one."""
    leaves: bool = False
    """Whether those listed leave the committee."""
    joins: bool = False
    """Whether they are added to it."""
    decided: date | None = None
    members: list[Listed] = field(default_factory=list)
    seats: list[tuple[Clause, Seat]] = field(default_factory=list)
    """Those that its headings name, with members below them or without."""
    notes: list[str] = field(default_factory=list)
    """Headings whose count is not that of the names below them."""


@dataclass(slots=True)
class _Group:
    """The heading that the next names stand under."""

    head: Clause | None = None
    seat: Seat | None = None
    role: Clause | None = None
    above: list[Passage] = field(default_factory=list)
    """The heading's line and those after it."""


@dataclass(slots=True)
class _Count:
    """How many names a heading says that there are, and how many there were."""

    words: str = ""
    said: int | None = None
    found: int = 0

    def note(self) -> list[str]:
        wrong = self.said is not None and self.found not in {0, self.said}
        return [f"{self.words}: says {self.said}, {self.found} names were found"] if wrong else []


def rosters(article: Article, background: Background) -> list[Roster]:
    """Every list of members of an article, in the order of the text."""
    reader = _Reader(article, background)
    for block in article.blocks:
        reader.read(block)
    reader.end()
    return [roster for roster in reader.rosters if roster.members or roster.seats]


class _Reader:
    """Reads an article's blocks one after the other and keeps what holds for the names to come."""

    def __init__(self, article: Article, background: Background) -> None:
        self.scheme = scheme_of(background.lexicon.sector_types)
        self.cells = background.members
        self.committee, self.term = article.committee, term_of(article)
        self.decided: date | None = None
        self.roster = Roster(self.committee, self.committee, self.term)
        self.rosters = [self.roster]
        self.open = False
        self.group = _Group()
        self.count, self.total = _Count(), _Count()
        self.header: list[Clause] = []
        self.names: tuple[str, ...] = ()
        """The header of a table whose first row is something else: its title."""
        self.seat_above: tuple[Clause, Seat] | None = None

    def read(self, block: Block) -> None:
        """One block: a title, a heading, names, a row, or what ends the list."""
        text = block.passage.text
        if block.kind != "row":
            self.names = ()
        if block.kind == "row":
            self._row(block)
        elif len(text) <= _LONGEST_TITLE and (_TITLE.search(text) or (_OFFICERS.search(text) and committees(text))):
            self._begin(block.passage)
        elif decided := _DECIDED.fullmatch(text):
            self._whose(block.passage)
            self.decided = self.roster.decided = date(int(decided["y"]), int(decided["m"]), int(decided["d"]))
        elif not self.open:
            self._whose(block.passage)
        elif _ASIDE.fullmatch(text):
            count = self.count if self.group.head else self.total
            count.said = count.said or _count(text)  # `（共14名）` below the title or the heading
        else:
            self._line(block)

    def end(self) -> None:
        """The end of the list: what its headings count is compared with what was found."""
        self.roster.notes += [*self.count.note(), *self.total.note(), *_namesakes(self.roster.members)]
        self.count, self.total = _Count(), _Count()
        self.open = False

    def _whose(self, passage: Passage) -> None:
        """The committee and its term, where a line names it in full."""
        for start, end, name, term in committees(passage.text)[:1]:
            self.committee, self.term = name, (term, passage.span(start, end), passage.text[start:end])

    def _begin(self, title: Passage) -> None:
        """A new list: whose, of which term, and of what."""
        self.end()
        self._whose(title)
        text = title.text
        role = _ROLE.search(text)
        self.open = bool(self.committee and _OF_MEMBERS.search(text) and not _OF_OTHERS.search(text))
        part = _PART.search(text, committees(text)[0][1] if committees(text) else len(text))
        self.roster = Roster(
            self.committee,
            f"{self.committee}{part[0]}" if part else self.committee,
            self.term,
            Clause(title, *role.span("role")) if role and not role["more"] else None,
            bool(_LEAVES.search(text)),
            bool(_JOINS.search(text)),
            self.decided,
        )
        self.rosters.append(self.roster)
        self.group = _Group()
        self.total = _Count(text, _count(text))

    # -- headings and lines of names

    def _line(self, block: Block) -> None:
        """A heading, names, a heading with names behind it, or what ends the list."""
        number = _NUMBER.match(block.passage.text)
        passage = block.passage.slice(number.end() if number else 0, len(block.passage.text))
        label = LABEL.match(passage.text)
        if not passage.text:
            return
        if label and self.cells.is_sector_label(label[0].rstrip(_CLOSERS)):
            self._heading(Clause(passage, label.end(), len(passage.text)))
        elif label and self._heading(Clause(passage, 0, label.end())):
            self._take(passage, self.cells.names([passage], label.end()))
        elif self._heading(whole(passage)):
            return
        elif names := self.cells.names([passage]):
            self._take(passage, names)
        elif entry := self.cells.entry([passage]):
            self._take(passage, [entry])
        elif block.kind == "heading" and len(passage.text) <= _LONGEST_HEADING:
            self._under(_Group(whole(passage)), passage, None)
        else:
            self.end()

    def _heading(self, line: Clause) -> bool:
        """Whether a line, or the label before names, is a seat, a post or a count; then it holds from here on."""
        stem = self._stem(line)
        closed = BLANKS.sub("", stem.text)
        count = _count(line.text)
        if seat := self._seat(closed):
            self.roster.seats.append((stem, seat))
            self._under(_Group(stem, seat), line.passage, count)
        elif closed in _ORDINARY or closed in self.cells.posts:
            self._post(stem, line.passage, count)
        elif count is not None:
            self._under(_Group(stem), line.passage, count)
        else:
            return False
        return True

    def _post(self, stem: Clause, line: Passage, count: int | None) -> None:
        """A post's heading: in a sector's group it may be one of the group's (`召集人：`), else it is a group's own."""
        ordinary = BLANKS.sub("", stem.text) in _ORDINARY
        if self.group.seat and count is None and (ordinary or _OF_A_GROUP.search(stem.text)):
            role = None if ordinary else stem
            self.group = _Group(self.group.head, self.group.seat, role, [*self.group.above, line])
        else:
            self._under(_Group(stem, None, stem), line, count)

    def _stem(self, line: Clause) -> Clause:
        """A heading's words without its number, its count and its marks: `一、经济界（12人）：` → `经济界`."""
        number = _NUMBER.match(line.text)
        start = number.end() if number else 0
        count = COUNT.search(line.text, start)
        words = _ASIDE_BEHIND.sub("", line.text[start : count.start()] if count else line.text[start:])
        return Clause(line.passage, line.start + start, line.start + start + len(words.rstrip(_CLOSERS)))

    def _seat(self, closed: str) -> Seat | None:
        """The seat that a heading names: one of the scheme, or in a list a local one that ends in 界."""
        if not closed or len(closed) > _LONGEST_HEADING or "各界" in closed:
            return None
        seat = self.scheme.seat(closed)
        return seat if seat.types or closed.endswith(("界", "界别")) else None

    def _under(self, group: _Group, line: Passage, count: int | None) -> None:
        """What follows stands under another heading."""
        self.roster.notes += self.count.note()
        group.above = [line]
        self.group, self.count = group, _Count(group.head.text if group.head else "", count)

    def _take(self, line: Passage, entries: Sequence[Entry]) -> None:
        """The names of a line, under the heading that holds."""
        group = self.group
        if not group.above or group.above[-1] is not line:
            group.above.append(line)
        span, reading = _evidence(group.above)
        self._add(self._listed(entry, span, reading) for entry in entries)

    def _listed(self, entry: Entry, span: Span, reading: str) -> Listed:
        """A name with what the headings and the words beside it say."""
        head, group = self.group.head, self.group
        seat = (head, group.seat) if head and group.seat else None
        roles = [role for role in (self.roster.role, group.role) if role]
        parties: list[tuple[Clause, Party]] = []
        offices: list[Office] = []
        for words in entry.beside:
            if words.text.endswith(("界", "界别")) and (own := self._seat(words.text)):
                seat = (words, own)
            elif words.text in self.cells.posts and self.cells.posts[words.text].capacity == "委员":
                roles.append(words)
            elif self.cells.is_member_of_party(words):
                parties += self.cells.parties(words)
            else:
                offices += self.cells.chain(words)
        by_word = {role.text: role for role in reversed(roles)}
        of_committee = tuple(by_word[word] for word in dict.fromkeys(role.text for role in roles))
        return Listed(entry.name, span, reading, seat, of_committee, tuple(parties), tuple(offices))

    def _add(self, members: Iterable[Listed]) -> None:
        for member in members:
            self.roster.members.append(member)
            self.count.found += 1
            self.total.found += 1

    # -- rows

    def _row(self, block: Block) -> None:
        filled = [cell for cell in block.cells if cell.text]
        closed = tuple(BLANKS.sub("", cell.text) for cell in block.cells)
        if _NAMES & set(closed) and self.cells.columns(closed):
            self.names = closed
        names = self.names or block.header
        columns = self.cells.columns(names)
        if len(filled) == 1 < len(block.cells) and _TITLE.search(filled[0].text):
            self.names = ()
            self._begin(filled[0])
            return
        if (columns or self.open) and len(filled) == 1 and self._heading(whole(filled[0])):
            return
        if columns and closed == names:
            self.header, self.seat_above = [whole(cell) for cell in block.cells], None
        elif columns:
            self._table_row(block, columns)
        elif self.open and self.cells.is_sector_label(block.passage.text.rstrip(_CLOSERS)):
            self._heading(whole(block.cells[-1]))
        elif self.open and (seats := self._seats(block)):
            self.roster.seats += seats
        elif self.open and is_names(block):
            behind = 1 if self._heading(whole(block.cells[0])) else 0
            self._take(row(block.cells), self.cells.names(block.cells[behind:]))
        elif self.open and (entry := self.cells.entry(block.cells)):
            self._take(row(block.cells), [entry])

    def _seats(self, block: Block) -> list[tuple[Clause, Seat]]:
        """The seats of a row that holds nothing else; none where it does."""
        cells = [(self._stem(whole(cell)), cell) for cell in block.cells if cell.text]
        found = [(stem, seat) for stem, _ in cells if (seat := self._seat(BLANKS.sub("", stem.text)))]
        return found if len(found) == len(cells) > 1 else []

    def _table_row(self, block: Block, columns: Sequence[str]) -> None:
        """One row: who it lists, each with what its other cells say."""
        line = whole(row(block.cells))
        for record in _records(columns):
            self._record([(i, columns[i], block.cells[i]) for i in record if i < len(block.cells)], line)

    def _record(self, cells: Sequence[tuple[int, str, Passage]], line: Clause) -> None:
        """Who a row or one side of it lists."""
        by_kind = {what: cell for _, what, cell in cells if what and cell.text}
        seat = self._seat_of_row(by_kind.get("sector"), any(what == "sector" for _, what, _ in cells))
        parties = tuple(self.cells.parties(whole(by_kind["party"]))) if "party" in by_kind else ()
        offices = tuple(self.cells.offices(by_kind))
        for i, what, cell in cells:
            if what in {"name", "holder"} and cell.text:
                role = self.header[i] if what == "holder" else self._office(by_kind.get("office"))
                self._add(
                    Listed(entry.name, line.span, line.text, seat, (role,) if role else (), parties, offices)
                    for entry in self.cells.cell_names(cell)
                )

    def _office(self, cell: Passage | None) -> Clause | None:
        """The post in the committee: of the row's own column, else of the list."""
        return whole(cell) if cell and cell.text in self.cells.posts else self.roster.role if self.open else None

    def _seat_of_row(self, cell: Passage | None, has_column: bool) -> tuple[Clause, Seat] | None:
        """The seat of the row's column, or of the heading above; an empty cell is one with the filled one above."""
        if cell is not None and cell.text not in _EMPTY and len(cell.text) <= _LONGEST_HEADING:
            self.seat_above = (whole(cell), self.scheme.seat(cell.text))
        elif cell is not None:
            self.seat_above = None
        if has_column:
            return self.seat_above
        return (self.group.head, self.group.seat) if self.group.head and self.group.seat else None


def _records(columns: Sequence[str]) -> list[list[int]]:
    """The columns of each record of a row: a kind that comes again begins another (`姓名 界别 姓名 界别`)."""
    records: list[list[int]] = [[]]
    kinds: set[str] = set()
    for i, what in enumerate(columns):
        if what in kinds and what != "holder":
            records.append([])
            kinds = set()
        records[-1].append(i)
        kinds |= {what} - {""}
    return records


def _namesakes(members: Iterable[Listed]) -> list[str]:
    """Names that stand under two seats: two people whom the graph takes for one."""
    seats: dict[str, list[str]] = {}
    for member in members:
        if member.seat:
            seats.setdefault(BLANKS.sub("", member.person.text), []).append(member.seat[1].name)
    several = ((name, sorted(set(found))) for name, found in seats.items())
    return [f"{name}: listed under {' and '.join(found)}" for name, found in several if len(found) > 1]


def _count(text: str) -> int | None:
    said = COUNT.search(text)
    return value(said["n"]) if said else None


def _evidence(lines: Sequence[Passage]) -> tuple[Span, str]:
    """From the heading to the line of the names; the line alone where that is far."""
    last = lines[-1]
    span = Span(lines[0].at[0], last.at[-1] + 1)
    if span.end - span.start > _LONGEST_EVIDENCE:
        return last.span(0, len(last.text)), last.text
    above = [line.text for line in lines[:-1] if line.at[-1] < last.at[0]]  # a row's own first cell may be the heading
    return span, " ".join([*above, last.text])
