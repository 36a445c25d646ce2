"""The records that an article lists: rows of a table of proposals, items of a list of cases, titles told in passing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.clean import HAN, row, strip, without
from kg.lexicon import Term
from kg.model import Article, Block, Mention, Passage
from kg.sentences import Clause, around, whole

_TITLE = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)(?:》|$)")
_PROPOSAL_TITLE = re.compile(r"^关于.+(?:建议|提案|意见)$")
_SPACED_NAME = re.compile(rf"[{HAN}]\s+[{HAN}]{{1,2}}|[{HAN}]{{2}}\s+[{HAN}]")
"""A name with a blank inside: letter-spaced (`张　三`), or broken by a line's end."""
_CASE_ITEM = re.compile(r"^(?P<host>[^《》:：,，。]{2,30})[:：]?\s*《")
_CASE_CONTEXT = re.compile(r"协商[^,，。]{0,12}案例|议事[^,，。]{0,8}案例")
_CASE_AFTER = re.compile(r"》(?:等\d+[件个])?[^,，。]{0,6}案例")
_PROPOSAL_AFTER = re.compile(r"》(?:等\d+[件个份])?(?:的)?(?:重点|优秀|联名|集体)?提案")
_PROPOSAL_BEFORE = re.compile(r"提案(?:为|是|[:：])?《$")


@dataclass(frozen=True, slots=True)
class Record:
    """One listed proposal or case."""

    kind: str
    """`Proposal` or `ConsultationCase`."""
    title: Clause
    evidence: Clause
    """The row, the item or the sentence that lists it."""
    agent: Clause | None = None
    """Who proposes or hosts, as written."""
    position: Clause | None = None
    number: Clause | None = None
    order: int | None = None
    """The number that an item of a list bears."""
    listed: bool = False
    """Whether it stands in a list (a table's row, an item) and is not only told of."""
    truncated: bool = False

    def mention(self) -> Mention:
        """The record by its title."""
        return self.title.mention(self.kind)


def records(article: Article, columns: Sequence[Term]) -> list[Record]:
    """Every record of an article, in the order of the text."""
    roles = {word: column.id for column in columns for word in column.aliases}
    found: list[Record] = []
    for block in article.blocks:
        if block.kind == "row":
            found += _row(block, roles)
        elif block.kind == "item" and (item := _case_item(block)):
            found.append(item)
        else:
            found += _told(block.passage)
    return found


def _row(block: Block, roles: dict[str, str]) -> Iterator[Record]:
    """A row of a table whose header names the columns; the header itself lists nothing."""
    cells = {roles[name]: cell for name, cell in zip(block.header, block.cells, strict=False) if name in roles}
    title, proposer = cells.get("title"), cells.get("proposer")
    if title is None or proposer is None or not title.text or re.sub(r"\s", "", title.text) in roles:
        return
    inner = _TITLE.fullmatch(title.text)
    yield Record(
        "Proposal",
        Clause(title, *inner.span("title")) if inner else whole(title),
        whole(row(block.cells)),
        agent=_filled(proposer),
        position=_filled(cells.get("position")),
        number=_filled(cells.get("number")),
        listed=True,
    )


def _filled(cell: Passage | None) -> Clause | None:
    if cell is None or not strip(cell).text:
        return None
    closed = strip(cell)
    if _SPACED_NAME.fullmatch(closed.text):
        blank = re.compile(r"\s+").search(closed.text)
        closed = without(closed, [blank.span()] if blank else [])
    return whole(closed)


def _case_item(block: Block) -> Record | None:
    """`某街道议事堂:《题目》` under a heading that calls the list one of consultation cases."""
    head = _CASE_ITEM.match(block.passage.text)
    title = _TITLE.search(block.passage.text)
    if not head or not title or not any(_CASE_CONTEXT.search(h.text) for h in block.under):
        return None
    return Record(
        "ConsultationCase",
        Clause(block.passage, *title.span("title")),
        whole(block.passage),
        agent=Clause(block.passage, *head.span("host")),
        order=block.number,
        listed=True,
        truncated=block.truncated,
    )


def _told(passage: Passage) -> Iterator[Record]:
    """Titles in running text that the words around them call proposals or cases."""
    for match in _TITLE.finditer(passage.text):
        kind = _kind_told(passage.text, match)
        if kind and match["title"]:
            yield Record(kind, Clause(passage, *match.span("title")), around(passage, *match.span()))


def _kind_told(text: str, match: re.Match[str]) -> str | None:
    end = max(match.start(), match.end() - 1)
    if _CASE_AFTER.match(text, end):
        return "ConsultationCase"
    named = _PROPOSAL_AFTER.match(text, end) or _PROPOSAL_BEFORE.search(text[: match.start() + 1])
    return "Proposal" if named and _PROPOSAL_TITLE.match(match["title"]) else None
