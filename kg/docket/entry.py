"""One proposal as a place of a text gives it, and the forms of numbers and titles that every kind of place shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.clean import row
from kg.docket.agents import Agents
from kg.docket.titles import DEPUTY, PROPOSAL
from kg.meetings.numbered import Meeting, meetings
from kg.model import Article, Block, Mention, Passage
from kg.names import Names
from kg.sentences import Clause

OFFICIAL = r"(?:第\s*)?[A-Z]{0,2}\d{1,12}\s*号|[A-Z]{0,2}\d{3,12}"
"""An official number as a text writes it: `第0123号`, `20240045号`, `2024001`."""
_BRACKET = re.compile(r"\s*[（(](?P<in>[^（）()]*)[)）]$")
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
    position: int | None = None
    number: Clause | None = None
    course: tuple[tuple[str, Clause], ...] = ()
    """What columns or labels say of it: (a column's role, the words)."""
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
