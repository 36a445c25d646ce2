"""Who handles a proposal and in what part, and who supervises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.background import Background
from kg.clean import HAN, strip
from kg.docket import Entry, agents, entries
from kg.docket.agents import full_names
from kg.model import Article, Fact, Mention, Passage, Span
from kg.names import Names
from kg.sentences import Clause, sentences

_PREDICATES = {
    "handler": "zx:handler",
    "lead": "zx:leadHandler",
    "co": "zx:coHandler",
    "separate": "zx:separateHandler",
    "supervisor": "zx:supervisor",
}
_BETWEEN = re.compile(r"[、,，;；/]|\s+|和(?=[省市区县])")
_PART_OF_CELL = re.compile(r"(?P<part>牵头主办|主办|会办|协办|分办|承办|办理|督办)(?:单位|部门)?[:：]")
_MARKED = re.compile(r"[（(](?P<part>牵头|主办|会办|协办|分办|承办|督办)[)）]$")
_PARTS = {
    **dict.fromkeys(("牵头", "牵头主办", "主办", "牵头办理"), "lead"),
    **dict.fromkeys(("会办", "协办"), "co"),
    **dict.fromkeys(("分办", "分别办理"), "separate"),
    **dict.fromkeys(("承办", "办理", "答复", "办复", "回复", "回应", "采纳", "吸纳"), "handler"),
    **dict.fromkeys(("督办", "领衔督办", "牵头督办"), "supervisor"),
}
"""What a body does to a proposal → what it is to it."""
_BODY = re.compile(rf"[{HAN}A-Za-z0-9（）()·]{{2,30}}")
_NO_BODY = re.compile(
    r"^(?:无|暂无|待定|未定|不详|同上|/|-|—)$|^\d+$|^(?:各|相关|有关|其他|多个|待)|^(?:办结|已办|未办)"
)
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十两]+)?(?:家|个|部门|单位|有关)*$")
_DOES = re.compile(
    r"(?:负责|牵头|领衔|共同|联合|分别|予以|给予|积极|及时|对此|已经|已|正在|认真|正式)*"
    r"(?P<does>主办|会办|协办|分办|承办|办理|督办|答复|办复|回复|回应|采纳|吸纳)"
)
_BEFORE = ("采纳", "吸纳", "承办", "办理", "答复", "督办")
_OBJECT = re.compile(rf"了?(?:由|[{HAN}]{{0,8}}(?:委员|代表))?[《“]?")
_RECEIVED = re.compile(
    rf"得到了?(?P<who>[{HAN}、和]{{2,40}}?)的?(?:高度重视|重视|积极|及时|认真|充分|[、和与并])*(?P<does>回应|答复|回复|采纳|吸纳)"
)
_REFERS = re.compile(
    r"(?:该|这一|这份|这件|此|本|上述|此件)(?:件|份|项)?(?:提案|建议)|^(?:提案|建议)(?:由|经|得到|交)|^由"
)
_OPENS = re.compile(r"[，,。；;：:]|交由|由|经|已被|被|目前|随后")
_GENERAL = re.compile(r"有关|相关|各|多个|该|我国|部门|方面")
_OF_LEVEL = re.compile(
    rf"[省市区县州旗][{HAN}]{{1,14}}(?:局|委|办|厅|院|中心|公司|政府|办公室|大队|支队|管委会|街道|联|总工会|办事处)|"
    rf"[省市区县州旗](?:政府|人民政府|法院|检察院)|团[省市区县]委|[{HAN}]{{2,6}}(?:街道办事处|街道|镇政府|乡政府|镇人民政府)"
)
"""A department of a level, which bears no name of its own: `区科技局`."""


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """What the article says of who handles its proposals."""
    full = full_names(article, names)
    for each in _course(article, names, background):
        yield _in_full(each, full)


def _in_full(stated: Mention | Fact, full: Mapping[Span, str]) -> Mention | Fact:
    """What is stated, with the bodies named in full as everywhere else in the text."""
    if isinstance(stated, Mention):
        return replace(stated, name=full.get(stated.span, stated.name)) if stated.kind == "Organization" else stated
    if isinstance(stated.object, Mention):
        end = _in_full(stated.object, full)
        return replace(stated, object=end) if isinstance(end, Mention) else stated
    return stated


def _course(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    found = entries(article, names, background)
    for i, entry in enumerate(found):
        yield from _by_columns(entry, background)
        if not entry.listed and not entry.letter:
            following = next((e for e in found[i + 1 :] if e.title.passage is entry.title.passage), None)
            yield from _told(entry, found, following, article, names, background)


# -- by columns and labels --------------------------------------------------------------------------------------------
def _by_columns(entry: Entry, background: Background) -> Iterator[Mention | Fact]:
    for role, clause in entry.said(*_PREDICATES):
        cell = clause.passage.slice(clause.start, clause.end)
        for part, body in _bodies(role, cell):
            mention = _agent(part, body, background)
            if mention is not None:
                yield mention
                yield entry.evidence.fact(entry.mention(), _PREDICATES[part], mention, _rule(part))


def _rule(part: str) -> str:
    return f"handling.{'supervisor' if part == 'supervisor' else 'handler'}"


def _bodies(role: str, cell: Passage) -> Iterator[tuple[str, Passage]]:
    """The bodies of a cell, each with its part: `主办：甲；会办：乙、丙`, `甲（主办）、乙（会办）`, `甲、乙`."""
    marks = list(_PART_OF_CELL.finditer(cell.text))
    starts = [(role, 0), *((_PARTS[m["part"]], m.end()) for m in marks)]
    stops = [*(m.start() for m in marks), len(cell.text)]
    for (part, start), stop in zip(starts, stops, strict=True):
        for body in _split(cell.slice(start, stop)):
            marked = _MARKED.search(body.text)
            yield (_PARTS[marked["part"]], body.slice(0, marked.start())) if marked else (part, body)


def _split(cell: Passage) -> Iterator[Passage]:
    edges = [0, *(at for m in _BETWEEN.finditer(cell.text) for at in m.span()), len(cell.text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        part = strip(cell.slice(start, end))
        if part.text:
            yield part


def _agent(part: str, body: Passage, background: Background) -> Mention | None:
    """A body as the column names it; one who supervises may be a person, with or without a post."""
    others = _AND_OTHERS.search(body.text)
    body = body.slice(0, others.start()) if others else body
    if not _BODY.fullmatch(body.text) or _NO_BODY.match(body.text):
        return None
    clause = Clause(body, 0, len(body.text))
    if part == "supervisor":
        people = [a for a in agents.in_cell(body, background).named if a.mention.kind == "Person"]
        if people or not _ends_like_a_body(clause.text, background):
            return people[0].mention if people else None
    return clause.mention("Organization")


def _ends_like_a_body(text: str, background: Background) -> bool:
    return bool(_OF_LEVEL.fullmatch(text)) or any(text[i:] in background.body_kinds for i in range(len(text)))


# -- by sentences -----------------------------------------------------------------------------------------------------
def _told(
    entry: Entry,
    found: Sequence[Entry],
    following: Entry | None,
    article: Article,
    names: Names,
    background: Background,
) -> Iterator[Mention | Fact]:
    """What the rest of the sentence, and the sentences after it that speak of the proposal, say of who handles it."""
    passage = entry.title.passage
    yield from _before_the_title(entry, names, background)
    stop = following.title.start if following else len(passage.text)
    for sentence in sentences(passage):
        start = max(sentence.start, entry.title.end)
        if start >= min(sentence.end, stop):
            continue
        part = Clause(passage, start, min(sentence.end, stop))
        own = sentence.start < entry.title.end
        for role, mention in _doers(part, entry, own, names, background):
            yield mention
            yield sentence.fact(entry.mention(), _PREDICATES[role], mention, _rule(role))


def _before_the_title(entry: Entry, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """`某局采纳某某委员提出的《…》`: the verb stands before those who propose."""
    evidence, passage = entry.evidence, entry.title.passage
    if evidence.passage is not passage:
        return
    first = min([entry.title.start, *(a.clause.start for a in entry.agents.named if a.clause.passage is passage)])
    for match in _DOES.finditer(passage.text, evidence.start, first):
        role = _PARTS[match["does"]]
        if match["does"] in _BEFORE and _OBJECT.fullmatch(passage.text, match.end(), first):
            for mention in _subjects(passage, evidence.start, match.start(), role, names, background):
                yield mention
                yield evidence.fact(entry.mention(), _PREDICATES[role], mention, _rule(role))


def _doers(
    part: Clause, entry: Entry, own: bool, names: Names, background: Background
) -> Iterator[tuple[str, Mention]]:
    passage = part.passage
    people = [a.mention.name for a in entry.agents.named]
    refers = own or bool(_REFERS.search(part.text))
    for match in _RECEIVED.finditer(passage.text, part.start, part.end):
        if refers:
            for body in _bodies_in(passage, *match.span("who"), names, background):
                yield "handler", body.mention("Organization")
    low = part.start
    for match in _DOES.finditer(passage.text, part.start, part.end):
        answers = any(passage.text.startswith(p, match.end() + k) for p in people for k in (0, 1))
        role = _PARTS[match["does"]]
        if refers or answers:
            yield from ((role, m) for m in _subjects(passage, low, match.start(), role, names, background))
            refers = True
        low = match.end()


def _subjects(
    passage: Passage, low: int, high: int, role: str, names: Names, background: Background
) -> Iterator[Mention]:
    """Who does it: the bodies right before the verb; of a supervision also a person with a post."""
    start = max((m.end() for m in _OPENS.finditer(passage.text, low, high)), default=low)
    if role == "supervisor":
        who = (
            agents.before(passage, high, names, background).named
            or agents.in_cell(passage.slice(start, high), background).named
        )
        people = [a.mention for a in who if a.mention.kind == "Person" and a.mention.span.start >= passage.at[low]]
        if people:
            yield from people
            return
    yield from (b.mention("Organization") for b in _bodies_in(passage, start, high, names, background))


def _bodies_in(passage: Passage, start: int, end: int, names: Names, background: Background) -> list[Clause]:
    """The bodies of a list that stands alone between two places; none where any part of it is no body."""
    found = []
    for body in _split(passage.slice(start, end)):
        at = start + passage.slice(start, end).at.index(body.at[0])
        clause = _body(Clause(passage, at, at + len(body.text)), names, background)
        if clause is None:
            return []
        found.append(clause)
    return found


def _body(part: Clause, names: Names, background: Background) -> Clause | None:
    """A part of a list as a body: a name that the text has, or a department of a level (`区科技局`)."""
    named = [n for n in names.of(part.passage, "Organization") if n.end == part.end and n.start >= part.start]
    if named:
        return Clause(part.passage, min(n.start for n in named), part.end)
    own = _OF_LEVEL.fullmatch(part.text)
    if own:
        return part
    tagged = [t for t in names.words(part.passage) if t.end == part.end and t.start == part.start]
    is_body = any(t.kind in {"ORG", "nt"} for t in tagged) and not _GENERAL.match(part.text)
    return part if is_body else None
