"""One proposal as a place of a text gives it, and the forms of numbers and titles that every kind of place shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.clean import row
from kg.docket.agents import Agents
from kg.docket.titles import DEPUTY, LETTER, PROPOSAL
from kg.meetings.numbered import Meeting, meetings, plenary
from kg.model import Article, Block, Mention, Passage
from kg.names import Names
from kg.numerals import NUMERAL, value
from kg.sentences import Clause

OFFICIAL = r"(?:第\s*)?[A-Z]{0,2}\d{1,12}\s*号|[A-Z]{0,2}\d{3,12}"
"""An official number as a text writes it: `第0123号`, `20240045号`, `2024001`."""
_BRACKET = re.compile(r"\s*[（(](?P<in>[^（）()]*)[)）]$")
_SESSION = re.compile(
    rf"第?(?P<term>{NUMERAL}{{1,3}})届(?:委员会)?第?(?P<ordinal>{NUMERAL}{{1,3}})次(?:全体)?(?:委员)?(?:会议|全会|大会)?(?![{NUMERAL[1:-1]}])"
)
_ASIDE = re.compile(r"(?:期间|上|提案|大会)?")
_AS_LETTER = re.compile(r"^(?!.*(?:拟|建议)).*(?:作为|转为|转作|转|列为|按|改为|以)社情民意")
_DEPUTIES = re.compile(r"代表(?:建议|议案)|人大.{0,12}建议|领衔代表|代表姓名")


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposal as a place of the article gives it."""

    title: Clause
    evidence: Clause
    """The row, the lines or the sentences that give it."""
    form: str = PROPOSAL
    """A concept of `form`."""
    listed: bool = False
    """Whether it stands in a list, and is not only told of."""
    letter: bool = False
    """Whether the article is the reply to it."""
    agents: Agents = field(default_factory=Agents)
    own: Agents | None = None
    """Those of the proposer's own column, of whom the columns beside it speak; None where there are no columns."""
    led: bool = False
    """Whether the first proposer is named as such, and those who join in are not."""
    position: int | None = None
    number: Clause | None = None
    serial: Clause | None = None
    """The number under which it came in, where a list has it beside the official one."""
    course: tuple[tuple[str, Clause], ...] = ()
    """What columns or labels say of it: (a column's role, the words)."""
    category: Clause | None = None
    """What its column of categories, or the heading of its part of the list, calls its category."""
    heads: tuple[tuple[str, Passage], ...] = ()
    """The names of the columns that say something of it: (a column's role, the name where it stands)."""
    above: tuple[Passage, ...] = ()
    """For what is listed: the headings and paragraphs above the list, the nearest first."""
    submitted_to: tuple[Meeting, Clause] | None = None
    """The meeting that it was submitted to, and the words that say so."""

    def mention(self) -> Mention:
        """The proposal by its title."""
        return self.title.mention("Proposal")

    def said(self, *roles: str) -> list[tuple[str, Clause]]:
        """The words under the columns or labels of some roles."""
        return [(role, clause) for role, clause in self.course if role in roles]


def session_of(clause: Clause, names: Names) -> tuple[Clause, tuple[Meeting, Clause] | None]:
    """A title without the meeting that stands in brackets behind it, and that meeting with the words for it."""
    bracket = _BRACKET.search(clause.text)
    if bracket is None:
        return clause, None
    mine = [m for m in meetings(clause.passage, names) if m.clause.start >= clause.start + bracket.start()]
    if not mine:
        return clause, None
    return Clause(clause.passage, clause.start, clause.start + bracket.start()), (mine[0], mine[0].clause)


def session_in(clause: Clause, names: Names, *, alone: bool) -> Meeting | None:
    """The plenary session that words name, also by its numbers alone (`三届二次`): of the text's own committee.

    `alone` asks that the words say nothing else, as a cell of sessions does.
    """
    full = [m for m in meetings(clause.passage, names) if clause.start <= m.clause.start and m.clause.end <= clause.end]
    if full:
        return full[0] if len(full) == 1 else None
    said = _SESSION.search(clause.passage.text, clause.start, clause.end)
    if said is None or names.committee is None:
        return None
    behind = _ASIDE.fullmatch(clause.passage.text, said.end(), clause.end)
    if alone and not (said.start() == clause.start and behind):
        return None
    if not alone and not said.group().endswith(("会议", "全会", "大会")):
        return None
    term, ordinal = value(said["term"]), value(said["ordinal"])
    return plenary(Clause(clause.passage, *said.span()), names.committee, term, ordinal) if term and ordinal else None


def lines(article: Article) -> Iterator[Block]:
    """The blocks of an article that are no rows of a table, nor by-lines; a label with names in columns is a line."""
    for block in article.blocks:
        if block.kind == "row" and block.passage.text.endswith(("：", ":")):  # `提案者：甲 乙`
            yield replace(block, cells=(row(block.cells),))
        elif block.kind not in {"row", "byline"}:
            yield block


def form_of_list(header: Sequence[str], above: Sequence[Passage]) -> str | None:
    """What a list is of by its columns and by what stands above it; None where nothing calls it proposals."""
    near = [*header, *(p.text for p in above[:2])]
    if any("提案" in text for text in near):
        return PROPOSAL
    if any(_DEPUTIES.search(text) for text in near):
        return DEPUTY
    return PROPOSAL if any("提案" in p.text for p in above) else None


def form_of_status(status: str) -> str | None:
    """What a proposal was made into, where the words for how it stands say so.

    >>> form_of_status("不予立案，转为社情民意信息"), form_of_status("立案")
    ('社情民意信息', None)
    """
    return LETTER if _AS_LETTER.search(status) else None
