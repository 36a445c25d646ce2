"""Who proposes: people, seats, parties and other bodies, read from a cell of their own or from a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.background import Background
from kg.clean import HAN, strip, without
from kg.model import Article, Mention, Passage, Span
from kg.names import Names
from kg.sectors import party_of, sector_in
from kg.sentences import Clause, whole

_STUDIO = re.compile(r"(?:委员|界别|党派)[^,，、]{0,6}工作室$|委员之家$")
_COMMITTEE = re.compile(r"(?:专门委员会|专委会|提案委|委员会|[文经社科教农民法侨]\w{0,6}委)$")
_GROUP = re.compile(r"(?:小组|活动组|联组|联络组|界别组|第[一二三四五六七八九十\d]+组)$")
_NUMBER = r"[\d一二三四五六七八九十两百]+[多余]?"
_AND_OTHERS = re.compile(
    rf"\s*等\s*(?:{_NUMBER})?\s*(?:[名位个家]|)(?:[省市区县]?政协)?(?:委员|代表|人|同志|单位|)\s*$"
)
_BETWEEN = re.compile(r"[、,，;；/\s]+")
_CALLED = ("委员", "代表", "同志")
_KIND_OF_BODY: dict[str, str | None] = {"党组织": None, "群团": "人民团体"}
_SPACED_NAME = re.compile(rf"[{HAN}]\s+[{HAN}]{{1,2}}|[{HAN}]{{2}}\s+[{HAN}]")
"""A name with a blank inside: letter-spaced (`张　三`), or broken by a line's end."""
BEHIND_NAMES = (
    rf"(?P<others>等(?:{_NUMBER})?[名位个家]?(?:在[{HAN}]{{1,3}}?(?=全国|[省市区县]?政协|委员))?)?"
    r"(?:(?:全国|[省市区县])?(?:政协)?(?:委员|代表)|同志|人)?们?"
)
"""A pattern for what may stand between names and what their bearers do: `等3位委员`, `同志`."""
_SUFFIX = re.compile(BEHIND_NAMES + "$")
_AND = re.compile(r"(?:又|还|再次|曾|将|也)?(?:、|和|与|及|以及|，|,)$")
_LOCAL_SEAT = re.compile(rf"^(?!.*(?:各|社会|世|外)界)[{HAN}、]{{2,12}}界(?:别|委员|别委员)?$")
"""A seat that the national scheme has not: nothing else that proposes ends in 界."""
_BEFORE_NAMES = "就由将请为"
"""Words that stand before names (`就甲委员提出的…`), and begin none that a seat follows."""
_BEFORE_A_SEAT = re.compile(rf"(?:^|[，,。；;、：:的和与及{_BEFORE_NAMES}]|政协)$")
_SEAT = re.compile(rf"[{HAN}、]{{2,14}}界(?:别)?(?:委员)?$")


@dataclass(frozen=True, slots=True)
class Agent:
    """One who proposes."""

    clause: Clause
    mention: Mention
    kind: str | None
    """A concept of `proposerKind`; None for a body that it has no kind for."""


@dataclass(frozen=True, slots=True)
class Agents:
    """Those who propose something together, in their order."""

    named: tuple[Agent, ...] = ()
    others: bool = False
    """Whether there are more than are named (`甲等3人`)."""
    whole: bool = True
    """Whether the words name them and nothing else."""

    @property
    def joint(self) -> bool:
        """Whether they are several."""
        return len(self.named) > 1 or self.others

    @property
    def kind(self) -> str | None:
        """What they are together; None where they are of several kinds."""
        kinds = {agent.kind for agent in self.named if agent.kind}
        if kinds == {"委员个人"} and self.joint:
            return "委员联名"
        return kinds.pop() if len(kinds) == 1 else None


def in_cell(cell: Passage, background: Background) -> Agents:
    """Those whom a cell names, or another stretch of text of its own."""
    closed = _closed_up(strip(cell))
    if not closed.text:
        return Agents()
    others = _AND_OTHERS.search(closed.text)
    parts = [list(_agent(part, background)) for part in _parts(whole(closed))]
    named = tuple(agent for part in parts for agent in part)
    return Agents(named, bool(others and others.group().strip()), all(parts))


def _closed_up(cell: Passage) -> Passage:
    """A cell with the letter-spaced names between its marks closed up (`李　明、王　芳`)."""
    parts = [m for m in re.finditer(r"[^、,，;；]+", cell.text) if _SPACED_NAME.fullmatch(m.group().strip())]
    gaps = [(m.start() + gap.start(), m.start() + gap.end()) for m in parts for gap in re.finditer(r"\s+", m.group())]
    return without(cell, gaps)


def _parts(cell: Clause) -> list[Clause]:
    """The several proposers of one cell; a name that holds 、 itself (`经济、农业界`) stays whole."""
    text = _AND_OTHERS.sub("", cell.text)
    if text.endswith(("界", "界别", "界委员")) and text.count("界") == 1:
        return [Clause(cell.passage, cell.start, cell.start + len(text))]
    parts, start = [], 0
    for between in [*_BETWEEN.finditer(text), None]:
        end = between.start() if between else len(text)
        if end > start:
            parts.append(Clause(cell.passage, cell.start + start, cell.start + end))
        start = between.end() if between else end
    return parts


def _agent(part: Clause, background: Background) -> Iterator[Agent]:
    """One proposer and its kind, by form: a seat, a party's body, a studio, a group, a body, a person."""
    text, lexicon = part.text, background.lexicon
    if sector := sector_in(text, lexicon.sector_types):
        yield Agent(part, part.mention("Sector", sector.name), "界别")
    elif _LOCAL_SEAT.match(text):
        yield Agent(part, part.mention("Sector", _seat_name(text)), "界别")
    elif party_of(text, lexicon.parties):
        yield Agent(part, part.mention("Organization"), "党派")
    elif _STUDIO.search(text):
        yield Agent(part, part.mention("Organization"), "委员工作室")
    elif _GROUP.search(text):
        yield Agent(part, part.mention("Organization"), "委员小组")
    elif _COMMITTEE.search(text) and len(text) > 4:
        yield Agent(part, part.mention("Organization"), "专门委员会")
    elif kind := next((k for i in range(len(text)) if (k := background.body_kinds.get(text[i:]))), None):
        yield Agent(part, part.mention("Organization"), _KIND_OF_BODY.get(kind))
    else:
        yield from _person(part, background)


def _person(part: Clause, background: Background) -> Iterator[Agent]:
    bare = next((part.text.removesuffix(c) for c in _CALLED if part.text.endswith(c)), part.text)
    start = _behind_post(bare, background)
    if background.forms.people.is_whole_name(bare[start:]) or _rare_name(part.text, background):
        person = Clause(part.passage, part.start + start, part.start + len(bare))
        yield Agent(person, person.mention("Person"), "委员个人")


def _behind_post(text: str, background: Background) -> int:
    """Where a name begins before which a post stands (`市政协委员某某`): 0 where none does."""
    ends = [i for i in range(len(text) - 3, 1, -1) for j in range(i - 1) if text[j:i] in background.posts.rows]
    return next((i for i in (*ends, *ends) if background.forms.people.is_whole_name(text[i:])), 0)


def _rare_name(text: str, background: Background) -> bool:
    """Two or three characters of a proposer's cell that are nothing else and no word: a name of an unlisted surname."""
    return 2 <= len(text) <= 3 and background.forms.people.may_sign(text) and not background.words.known(text)


def _seat_name(text: str) -> str:
    return f"{text[: text.index('界')]}界"


def full_names(article: Article, names: Names) -> Mapping[Span, str]:
    """Where the article names a body → its full name (`区教育局` → `钱塘区教育局`)."""
    cells = [cell for block in article.blocks for cell in block.cells]
    return {cell.span(n.start, n.end): n.full for cell in cells for n in names.of(cell, "Organization")}


def before(passage: Passage, end: int, names: Names, background: Background) -> Agents:
    """Those whose names end at a place of running text: `市政协委员甲、乙等3位委员`, `民革某区委会`, `经济界别`."""
    found: list[Agent] = []
    others = False
    while True:
        suffix = _SUFFIX.search(passage.text, max(0, end - 20), end)
        name_ends = [suffix.start(), end] if suffix and not found else [end]
        agent = next((a for at in dict.fromkeys(name_ends) for a in _ending_at(passage, at, names, background)), None)
        if agent is None:
            break
        if not found and suffix and suffix["others"] and agent.clause.end <= suffix.start():
            others = True
        found.append(agent)
        start = _before_posts(agent, passage, names, background)
        joined = _AND.search(passage.text, 0, start)
        if not joined:
            break
        end = joined.start()
    return Agents(tuple(reversed(found)), others)


def _before_posts(agent: Agent, passage: Passage, names: Names, background: Background) -> int:
    """Where what belongs to an agent's name begins: the posts before a person's."""
    if agent.mention.kind != "Person":
        return agent.clause.start
    holdings = background.posts.before(agent.clause.start, passage, names)
    starts = [c.start for h in holdings for c in (h.role, h.body) if c is not None]
    return min(starts, default=agent.clause.start)


def _ending_at(passage: Passage, end: int, names: Names, background: Background) -> Iterator[Agent]:
    """What may propose and ends here: a seat, a body, a person."""
    if end <= 0:
        return
    yield from _seat_ending_at(passage, end, background)
    here = [n for n in names.of(passage) if n.end == end and n.kind != "Place"]
    for name in sorted(here, key=lambda n: n.start):
        clause = Clause(passage, name.start, name.end)
        if name.kind == "Person":
            yield Agent(clause, clause.mention("Person", name.full), "委员个人")
            continue
        if name.text.endswith("政协"):  # its members propose, not the committee itself
            continue
        kind = next((a.kind for a in _agent(clause, background)), None)
        yield Agent(clause, clause.mention("Organization", name.full), kind)
    yield from _unlisted(passage, end, background)


def _seat_ending_at(passage: Passage, end: int, background: Background) -> Iterator[Agent]:
    match = _SEAT.search(passage.text, max(0, end - 18), end)
    if not match:
        return
    for start in range(match.start(), end - 2):
        seat = sector_in(passage.text[start:end], background.lexicon.sector_types)
        if seat and seat.types and passage.text[start] != "、":
            clause = Clause(passage, start, end)
            yield Agent(clause, clause.mention("Sector", seat.name), "界别")
            return


def _unlisted(passage: Passage, end: int, background: Background) -> Iterator[Agent]:
    """A member whom the tagger did not see: a name between a mark and 委员, or and the next name."""
    if not passage.text.startswith(("委员", "等", "、"), end):
        return
    for length in (4, 3, 2):
        start = end - length
        if start < 0 or not _BEFORE_A_SEAT.search(passage.text[:start]):
            continue
        clause = Clause(passage, start, end)
        if clause.text[0] not in _BEFORE_NAMES and background.forms.people.is_whole_name(clause.text):
            yield Agent(clause, clause.mention("Person"), "委员个人")


def at_start(passage: Passage, start: int, names: Names) -> Sequence[Mention]:
    """The people and bodies whose names begin at a place."""
    return [
        Clause(passage, n.start, n.end).mention(n.kind, n.full)
        for n in names.of(passage)
        if n.start == start and n.kind != "Place"
    ]
