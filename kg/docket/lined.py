"""Proposals that lines list: a title with its proposer before or behind it, or with labelled lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from kg.background import Background
from kg.clean import HAN, join, strip
from kg.docket import agents
from kg.docket.agents import Agents
from kg.docket.entry import OFFICIAL, Entry, form_of_list, lines
from kg.docket.labels import Label, labels
from kg.docket.titles import PROPOSAL, recommends
from kg.meetings.numbered import Meeting, meetings
from kg.model import Article, Block, Passage
from kg.names import Names
from kg.numerals import value
from kg.sentences import Clause, whole

_NUMERALS = "一二三四五六七八九十"
_MARKER = re.compile(
    rf"(?:[●•▪◦◆★·*-]\s*)?(?:[（(](?P<a>\d{{1,3}}|[{_NUMERALS}]{{1,3}})[)）][.、]?|(?P<b>\d{{1,3}}|[{_NUMERALS}]{{1,3}})[.．、]"
    rf"|(?P<c>\d{{1,3}})(?=[\s《关]))?\s*"
)
_NUMBER = re.compile(rf"[（(]?(?P<n>{OFFICIAL})(?:提案)?[)）]?\s*[:：]?\s*")
_TITLE = re.compile(
    r"《(?P<a>[^《》]*(?:《[^《》]*》[^《》]*)*)》|(?P<b>关于.{3,80}?(?:建议案|建议|提案))(?=$|[（(。；;，,\s—–-])"
)
_WORDS = re.compile(rf"(?P<a>)(?P<b>[{HAN}“][^。；;：:？?！!《》（）()]{{7,60}})$")
"""A title that neither marks of its own nor 关于 show, where a line below it names the proposer."""
_RECOMMENDS = re.compile(r"(?:建议案|建议|的提案)$")
_IN_BRACKETS = re.compile(r"\s*[（(](?P<in>[^（）()]+)[)）]\s*")
_IN_NUMBER = re.compile(rf"\s*(?:提案)?(?:编号|案号|提案号)?[:：]?\s*(?P<n>{OFFICIAL})(?:提案)?\s*")
_DASH = re.compile(r"\s*(?:——|—|–|-|－)\s*|\s+")
_ONLY_A_NUMBER = re.compile(rf"[\d{_NUMERALS}（）().、．\s]+")
_SHORTEST = 8


@dataclass
class _Open:
    """A proposal whose lines are being read."""

    title: Clause
    lines: list[Passage]
    position: int | None = None
    number: Clause | None = None
    agents: Agents = field(default_factory=Agents)
    course: list[tuple[str, Clause]] = field(default_factory=list)
    above: tuple[Passage, ...] = ()
    session: tuple[Meeting, Clause] | None = None
    labelled: bool = False
    """Whether a label says who proposes or handles it."""

    @property
    def led(self) -> bool:
        """Whether the title stands above the labelled lines, as then it does for the whole list."""
        return self.labelled and self.lines[0] is self.title.passage

    @property
    def alone(self) -> bool:
        """Whether nothing but the title is known."""
        return not self.agents.named and not self.course and self.number is None


def find(article: Article, names: Names, background: Background) -> Iterator[tuple[Entry, list[Passage]]]:
    """Each proposal that lines list, with these lines."""
    reader = _Reader(names, background)
    said = [(block, list(labels(block.passage, background.lexicon.table_columns))) for block in lines(article)]
    for (block, mine), (_, below) in zip_longest(said, said[1:], fillvalue=(None, [])):
        if block:
            reader.take(block, mine, below)
    reader.close()
    listed = [e for e in reader.found if not e.alone]
    for entry in reader.found:
        form = _form(entry)
        if form and (not entry.alone or listed or entry.title.text.endswith("提案")):
            yield _entry(entry, form), entry.lines


def _form(entry: _Open) -> str | None:
    form = form_of_list((), entry.above)
    if entry.labelled:
        return form or PROPOSAL
    in_list = form and "案例" not in entry.above[0].text and entry.agents.named
    if not recommends(entry.title.text) and not in_list:
        return None
    return form or (PROPOSAL if entry.title.text.endswith("提案") else None)


def _entry(entry: _Open, form: str) -> Entry:
    return Entry(
        entry.title,
        whole(join(entry.lines)),
        form=form,
        listed=True,
        agents=entry.agents,
        position=entry.position,
        number=entry.number,
        course=tuple(entry.course),
        above=entry.above,
        submitted_to=entry.session,
    )


class _Reader:
    """Reads lines in their order, and knows which proposal the next one may belong to."""

    def __init__(self, names: Names, background: Background) -> None:
        self.names, self.background = names, background
        self.found: list[_Open] = []
        self.open: _Open | None = None
        self.above: tuple[Passage, ...] = ()
        self.waiting: list[tuple[Label, Passage]] = []
        """Labelled lines that came before any title."""

    def take(self, block: Block, said: list[Label], below: list[Label]) -> None:
        """A line and its labels; those of the line below it may show that it is a title."""
        passage = block.passage
        proposed = bool(below) and below[0].role == "proposer" and _begins_with(below[0])
        if said and _begins_with(said[0]):
            self._labels(said, passage)
        elif opened := self._line(block, said, proposed):
            if proposed or opened.position:
                self.waiting = []  # a label that stands above is another title's: an entry begins with its number
            self._begin(opened)
        elif self.open and not self.open.agents.named and self._only_agents(passage):
            self.open.agents = agents.in_cell(passage, self.background)
            self.open.lines.append(passage)
        else:
            self.close()
            if block.kind != "item" and not _ONLY_A_NUMBER.fullmatch(passage.text):
                self.above = (passage, *self.above)[:4]

    def _leading(self, passage: Passage) -> list[Label]:
        """The labels of a line that begins with one."""
        said = list(labels(passage, self.background.lexicon.table_columns))
        return said if said and not passage.text[: said[0].start].strip(" （(") else []

    def close(self) -> None:
        self.open = None
        self.waiting = []

    def _begin(self, opened: _Open) -> None:
        waiting, self.waiting = self.waiting, []
        opened.above = self.above
        self.open = opened
        self.found.append(opened)
        for label, passage in waiting:
            self._attach(opened, label, passage)

    def _labels(self, said: list[Label], passage: Passage) -> None:
        titled = any(label.role == "title" for label in said)
        for label in said:
            if label.role == "proposer" and self.open and self.open.labelled and self.open.agents.named:
                self.open = None  # the next one's
            if label.role == "title":
                self._begin(_Open(_unbracketed(label.value), [passage]))
            elif self.open is None:
                if titled or not (self.found and self.found[-1].led):
                    self.waiting.append((label, passage))
            else:
                self._attach(self.open, label, passage)

    def _attach(self, entry: _Open, label: Label, passage: Passage) -> None:
        entry.labelled |= label.role in {"proposer", "handler", "lead"}
        if passage not in entry.lines:
            entry.lines = sorted([*entry.lines, passage], key=lambda p: p.at[0])
        if label.role in {"proposer", "joint"}:
            said = label.value.passage.slice(label.value.start, label.value.end)
            more = agents.in_cell(said, self.background)
            entry.agents = Agents((*entry.agents.named, *more.named), entry.agents.others or more.others)
        elif label.role == "number" or (label.role == "position" and not label.value.text.isdecimal()):
            entry.number = entry.number or label.value
        else:
            entry.course.append((label.role, label.value))

    def _only_agents(self, passage: Passage) -> bool:
        found = agents.in_cell(passage, self.background)
        return bool(found.named) and found.whole

    def _line(self, block: Block, said: list[Label], proposed: bool) -> _Open | None:
        """A line that gives a title and at most who proposes it and its number."""
        passage, text = block.passage, block.passage.text
        marker = _MARKER.match(text)
        at = marker.end() if marker else 0
        position = block.number or _value(marker)
        stop = said[0].start if said else len(text)
        number = _NUMBER.match(text, at)
        if number and _TITLE.match(text, number.end(), stop):
            at = number.end()
        else:
            number = None
        match = _TITLE.search(text, at, stop)
        if match is None and proposed and (_RECOMMENDS.search(text) or self._next_to(position)):
            match = _WORDS.match(text, at, stop)
        if match is None or len(match.group()) < _SHORTEST:
            return None
        title = Clause(passage, *match.span("a" if match["a"] else "b"))
        entry = _Open(title, [passage], position, Clause(passage, *number.span("n")) if number else None)
        ahead = strip(passage.slice(at, match.start()))
        if ahead.text:
            entry.agents = agents.in_cell(_without_colon(ahead), self.background)
            if not entry.agents.named or not entry.agents.whole:
                return None
        return entry if self._tail(entry, match.end(), said) else None

    def _next_to(self, position: int | None) -> bool:
        """Whether a number goes on with those of a list whose titles have labelled lines below."""
        return bool(self.found and self.found[-1].led and position and self.found[-1].position == position - 1)

    def _tail(self, entry: _Open, at: int, said: list[Label]) -> bool:
        """What stands behind the title: a number or proposers in brackets, proposers behind a dash, labels."""
        passage, text = entry.lines[0], entry.lines[0].text
        behind = [label for label in said if label.start >= at]
        for label in behind:
            self._attach(entry, label, passage)
        end = behind[0].start if behind else len(text)
        opened = re.match(r"\s*[（(]([^（）()]+)[，,；;]\s*$", text[at:end]) if behind else None
        if opened:  # `（第58号，提案人：某某）`
            inside = passage.slice(at + opened.start(1), at + opened.end(1))
            return self._bracket(entry, inside)
        while bracket := _IN_BRACKETS.match(text, at, end):
            if not self._bracket(entry, passage.slice(*bracket.span("in"))):
                return False
            at = bracket.end()
        rest = strip(passage.slice(at, end))
        rest = rest.slice(0, len(rest.text.rstrip("。；;，,（(")))
        if not rest.text:
            return True
        dash = _DASH.match(text, at)
        if entry.agents.named or (not dash and text[at - 1] not in "》）)"):
            return False
        who = strip(passage.slice(dash.end() if dash else at, at + len(text[at:end].rstrip("。；;，, "))))
        entry.agents = agents.in_cell(who, self.background)
        return bool(entry.agents.named) and entry.agents.whole

    def _bracket(self, entry: _Open, inside: Passage) -> bool:
        """Whether brackets hold only what is known of a proposal: its number, its meeting, those who propose it."""
        if held := meetings(inside, self.names):
            entry.session = entry.session or (held[0], held[0].clause)
            return True
        people: list[Passage] = []
        for part in re.finditer(r"[^，,；;]+", inside.text):
            number = _IN_NUMBER.fullmatch(part.group())
            if number:
                start, end = (part.start() + at for at in number.span("n"))
                entry.number = entry.number or Clause(inside, start, end)
            else:
                people.append(inside.slice(*part.span()))
        found = [agents.in_cell(part, self.background) for part in people]
        if found and (entry.agents.named or not all(f.named and f.whole for f in found)):
            return False
        if found:
            entry.agents = Agents(tuple(a for f in found for a in f.named), any(f.others for f in found))
        return True


def _begins_with(label: Label) -> bool:
    """Whether a line begins with a label."""
    return not label.value.passage.text[: label.start].strip(" （(")


def _without_colon(passage: Passage) -> Passage:
    return passage.slice(0, len(passage.text.rstrip(":： 的")))


def _unbracketed(clause: Clause) -> Clause:
    text = clause.text
    if text.startswith("《") and text.endswith("》"):
        return Clause(clause.passage, clause.start + 1, clause.end - 1)
    return clause


def _value(marker: re.Match[str] | None) -> int | None:
    """The number that a line bears."""
    text = next((t for t in marker.groups() if t), "") if marker else ""
    return value(text) or None
