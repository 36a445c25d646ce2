"""Proposals that the rows of a table list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.background import Background
from kg.clean import HAN, strip
from kg.clean import row as row_of
from kg.docket import agents
from kg.docket.agents import Agents
from kg.docket.entry import OFFICIAL, Entry, form_of_list, form_of_status, session_in, session_of
from kg.meetings.numbered import Meeting
from kg.model import Article, Passage
from kg.names import Names
from kg.sentences import Clause, whole
from kg.tables import Column, Row, roles, rows

_BRACKETED = re.compile(r"\s*《(?P<title>.*)》\s*", re.DOTALL)
_TITLE = re.compile(r"\s*(?:《.{6,}》|关于.{4,}(?:建议案|建议|提案))\s*")
_POSITION = re.compile(r"[1-9]\d{0,4}")
_LONGEST_OF_EITHER = 3
"""Digits of a place in the list where the column's name may also mean an official number."""
_NUMBER = re.compile(OFFICIAL)
_FIRST = re.compile(r"第一|领衔|首位|牵头")
_NO_TITLE = re.compile(r"(?:填表|制表|审核|填报|备注|说明|注)[^，。]{0,6}[:：]|[\d.、\s%％件]*$")
_AN_OFFICIAL = "编号"
_OF_FIVE = re.compile(r"(?:(?:经济|政治|文化|社会|生态文明|生态)(?:建设)?|其他|其它)(?:方面|领域)?类?(?:提案)?")
"""A word of the 五位一体."""
_SURE = re.compile(r"(?:(?:经济|政治|文化|社会|生态文明)建设|生态文明)(?:方面|领域)?类?(?:提案)?")
"""One that no other scheme has."""
_PART = re.compile(
    rf"(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[)）、.．]\s*)?(?P<of>{_SURE.pattern})\s*(?:[（(【\[]?\s*(?:共|计)?\s*\d+\s*[件个份]\s*[)）】\]]?)?[:：]?"
)
"""The heading of a list's part by category: what it counts must be of a kind that no other scheme has."""


def find(article: Article, names: Names, background: Background) -> Iterator[Entry]:
    """Each row that lists a proposal, whatever the columns' order; also rows of a table without a header."""
    columns = background.lexicon.table_columns
    known = roles(columns)
    above = _above(article)
    listed = list(rows(article.blocks, columns))
    own_schemes = _own_schemes(listed)
    for row in listed:
        context = (*row.groups, *above[row.block.span.start])
        form = form_of_list(row.header, context)
        said = _Said.of(row)
        cells = said.first if "title" in said.first else _by_content(row, background)
        if form and "title" in cells and not _is_no_title(cells["title"].text, known):
            entry = _entry(row, said, cells, form, context, names, background)
            yield replace(entry, category=_category(row, said, context, own_schemes))


def _is_no_title(text: str, known: Mapping[str, str]) -> bool:
    return "".join(text.split()) in known or bool(_NO_TITLE.match(text))


def _above(article: Article) -> Mapping[int, tuple[Passage, ...]]:
    """Where a row begins → the headings and paragraphs above its table on its worksheet, the nearest first."""
    found: dict[int, tuple[Passage, ...]] = {}
    context: tuple[Passage, ...] = ()
    sheet = ""
    for block in article.blocks:
        if (here := block.whole[0]) != sheet:
            context, sheet = (), here
        if block.kind == "row":
            found[block.span.start] = context
        elif block.kind != "byline" and re.search(f"[{HAN}]", block.passage.text):  # no page's number
            context = (block.passage, *context)[:4]
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """What the columns of a row say."""

    cells: tuple[tuple[str, Column, Passage], ...]
    first: Mapping[str, Passage]
    """What a column is → the first of its cells that says something."""

    @classmethod
    def of(cls, row: Row) -> _Said:
        cells = tuple(row.said)
        return cls(cells, {role: cell for role, _, cell in reversed(cells)})

    def all(self, role: str) -> list[Passage]:
        """The cells of every column of a role."""
        return [cell for r, _, cell in self.cells if r == role]


_PARTS = {"title", "proposer", "joint", "position", "number"}


def _entry(
    row: Row,
    said: _Said,
    cells: Mapping[str, Passage],
    form: str,
    above: tuple[Passage, ...],
    names: Names,
    background: Background,
) -> Entry:
    title, session = session_of(whole(strip(cells["title"])), names)
    inner = _BRACKETED.fullmatch(title.text)
    numbers = _numbers(row, said) if said.cells else _numbers_by_content(cells)
    own = _together(said.all("proposer") or [c for r, c in cells.items() if r == "proposer"], background)
    course = tuple((role, whole(strip(cell))) for role, _, cell in said.cells if role not in _PARTS)
    status = next((clause.text for role, clause in course if role == "status"), "")
    return Entry(
        Clause(title.passage, *(title.start + at for at in inner.span("title"))) if inner else title,
        whole(row_of(row.block.cells)),
        form=form_of_status(status) or form,
        listed=True,
        agents=_with(own, _together(said.all("joint"), background)),
        own=own,
        led=_is_led(row.columns),
        position=numbers.position,
        number=numbers.number,
        serial=numbers.serial,
        course=course,
        heads=tuple((role, column.words) for role, column, _ in said.cells if column.words and role not in _PARTS),
        above=above,
        submitted_to=session or _session(course, names),
    )


def _session(course: Sequence[tuple[str, Clause]], names: Names) -> tuple[Meeting, Clause] | None:
    """The meeting in the column of meetings."""
    words = next((clause for role, clause in course if role == "session"), None)
    meeting = session_in(words, names, alone=True) if words else None
    return (meeting, words) if meeting and words else None


def _together(cells: Sequence[Passage], background: Background) -> Agents:
    """Those whom several cells name."""
    found = Agents()
    for cell in cells:
        found = _with(found, agents.in_cell(cell, background))
    return found


def _with(first: Agents, more: Agents) -> Agents:
    names = {agent.mention.name for agent in first.named}
    return Agents(
        (*first.named, *(a for a in more.named if a.mention.name not in names)),
        first.others or more.others,
        first.whole and more.whole,
    )


def _is_led(columns: Sequence[Column]) -> bool:
    """Whether a table names of each proposal the first proposer alone, and leaves open who else there is."""
    first = [c for c in columns if "proposer" in c.roles and _FIRST.match(c.upper or c.name)]
    return bool(first) and not any("joint" in column.roles for column in columns)


# -- categories -------------------------------------------------------------------------------------------------------
def _own_schemes(listed: Sequence[Row]) -> set[tuple[Column, ...]]:
    """The tables whose column of categories has words of another scheme than the 五位一体."""
    return {
        row.columns
        for row in listed
        for role, _, cell in row.said
        if role == "category" and not _OF_FIVE.fullmatch("".join(cell.text.split()))
    }


def _category(
    row: Row, said: _Said, above: Sequence[Passage], own_schemes: Collection[tuple[Column, ...]]
) -> Clause | None:
    """The words for its category: those of the column, else the heading of its part (`一、经济建设类（12件）`)."""
    if cell := said.first.get("category"):
        sure = row.columns not in own_schemes or _SURE.fullmatch(cell.text.strip())
        return whole(strip(cell)) if sure else None
    for heading in row.groups or above[:1]:
        if part := _PART.fullmatch(heading.text):
            return Clause(heading, *part.span("of"))
    return None


# -- numbers ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Numbers:
    """The place in the list, the official number, and the serial number where a table has it beside that."""

    position: int | None = None
    number: Clause | None = None
    serial: Clause | None = None


def _numbers(row: Row, said: _Said) -> _Numbers:
    """By the columns: what heads a column 编号 is the place in the list or, beside or without a 序号, the number."""
    places = [(column, cell) for role, column, cell in said.cells if role == "position"]
    official = [(column, cell) for role, column, cell in said.cells if role == "number" and re.search(r"\d", cell.text)]
    plain = [(c, cell) for c, cell in places if _AN_OFFICIAL not in c.name]
    either = [(c, cell) for c, cell in places if _AN_OFFICIAL in c.name]
    position = next((p for _, cell in plain if (p := _place(cell)) is not None), None)
    if either and position is not None:
        official += [(c, cell) for c, cell in either if re.search(r"\d", cell.text)]
    elif either:
        position = _place(either[0][1], _LONGEST_OF_EITHER)
    if position is None and not official:
        official = [(c, cell) for c, cell in places if _NUMBER.fullmatch(strip(cell).text)]
    numbers = [cell for column, cell in official if "流水" not in column.name]
    serials = [cell for column, cell in official if "流水" in column.name]
    if not numbers and not any("number" in c.roles and "流水" not in c.name for c in row.columns):
        numbers, serials = serials, []
    return _Numbers(
        position,
        whole(strip(numbers[0])) if numbers else None,
        whole(strip(serials[0])) if serials else None,
    )


def _place(cell: Passage, longest: int = 5) -> int | None:
    text = strip(cell).text.rstrip(".、．")
    return int(text) if _POSITION.fullmatch(text) and len(text) <= longest else None


def _numbers_by_content(cells: Mapping[str, Passage]) -> _Numbers:
    position = _place(cells["position"]) if "position" in cells else None
    return _Numbers(position, whole(strip(cells["number"])) if "number" in cells else None)


def _by_content(row: Row, background: Background) -> Mapping[str, Passage]:
    """The cells of a row that no header names, by what they hold: the only title, the only cell of proposers."""
    cells = [c for c in row.block.cells if c.text.strip()]
    titles = [c for c in cells if _TITLE.fullmatch(c.text)]
    if len(titles) != 1 or row.header:
        return {}
    found = {"title": titles[0]}
    rest: Sequence[Passage] = [c for c in cells if c is not titles[0]]
    if rest and _place(rest[0], _LONGEST_OF_EITHER) is not None:
        found["position"], rest = rest[0], rest[1:]
    elif rest and _NUMBER.fullmatch(strip(rest[0]).text):
        found["number"], rest = rest[0], rest[1:]
    if len(rest) == 1 and agents.in_cell(rest[0], background).named:
        found["proposer"] = rest[0]
    return found
