"""The proposal that an article is the reply to: `关于区政协三届三次会议第45号提案的答复`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.background import Background
from kg.clean import strip
from kg.docket import agents
from kg.docket.agents import Agents
from kg.docket.entry import OFFICIAL, Entry, lines
from kg.docket.labels import labels
from kg.docket.titles import DEPUTY, PROPOSAL, told
from kg.meetings.numbered import Meeting, meetings
from kg.model import Article, Passage
from kg.names import Names
from kg.sentences import Clause, sentences

_HEADING = re.compile(
    r"(?P<n>(?:第\s*)?[A-Z]{0,2}\d{1,12}\s*号)(?:[（(][^（）()]*[)）])?(?:重点|委员|党派)?(?P<of>提案|建议)的?(?:办理)?(?:答复|复函|回复|办理情况)"
)
_RECEIVED = re.compile(r"收悉|收到|已收阅|敬悉")
_YOU = re.compile(r"[您你]们?|贵(?:委|会|党派|支部|单位)")
_NUMBER = re.compile(
    rf"[（(](?:提案|编号|案号|提案号)*[:：]?\s*(?P<n>{OFFICIAL})(?:提案)?[)）]|(?P<m>第\s*\d{{1,12}}\s*号)(?:提案|建议)"
)
_TO = re.compile(r"(?:尊敬的)?(?P<who>[^，,。：:]{2,60})[:：]$")


def find(article: Article, names: Names, background: Background) -> Iterator[Entry]:
    """The proposal that a letter answers, by the sentence that says it was received; none for what is no letter."""
    passages = [block.passage for block in lines(article)]
    for i, passage in enumerate(passages):
        for sentence in sentences(passage):
            if _RECEIVED.search(sentence.text) and _YOU.search(sentence.text):
                yield from _entry(passages, i, sentence, names, background)
                return


def _entry(passages: list[Passage], at: int, sentence: Clause, names: Names, background: Background) -> Iterator[Entry]:
    title = next((t for t in told(sentence.passage) if sentence.start <= t.start < sentence.end), None)
    if title is None:
        return
    head = next((p for p in passages[:at] if _HEADING.search(p.text)), None)
    heading = _HEADING.search(head.text) if head else None
    of_deputy = (heading and heading["of"] == "建议") or "人大" in sentence.text or "代表" in (title.form or "")
    number = _number(sentence, head)
    said = [(la.role, la.value) for p in passages for la in labels(p, background.lexicon.table_columns)]
    yield Entry(
        title.title,
        sentence,
        form=title.form or (DEPUTY if of_deputy else PROPOSAL),
        letter=True,
        agents=_addressed(passages[:at], background),
        number=number,
        course=tuple(pair for pair in said if pair[0] not in {"title", "proposer", "number", "position"}),
        submitted_to=_submitted(sentence, head, names),
    )


def _number(sentence: Clause, head: Passage | None) -> Clause | None:
    """The official number in the letter's own words, else in its heading."""
    if found := _NUMBER.search(sentence.text):
        start, end = found.span("n") if found["n"] else found.span("m")
        return Clause(sentence.passage, sentence.start + start, sentence.start + end)
    heading = _HEADING.search(head.text) if head else None
    return Clause(head, *heading.span("n")) if head and heading else None


def _addressed(before: list[Passage], background: Background) -> Agents:
    """Those to whom the letter is written: the line before it that ends in a colon."""
    for passage in reversed(before):
        if match := _TO.fullmatch(passage.text):
            return agents.in_cell(strip(passage.slice(*match.span("who"))), background)
    return Agents()


def _submitted(sentence: Clause, head: Passage | None, names: Names) -> tuple[Meeting, Clause] | None:
    inside = [m for m in meetings(sentence.passage, names) if sentence.start <= m.clause.start < sentence.end]
    named = [(m, sentence) for m in inside]
    if head is not None:
        named += [(m, Clause(head, 0, len(head.text))) for m in meetings(head, names)]
    return named[0] if named else None
