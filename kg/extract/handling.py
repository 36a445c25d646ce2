"""The course of a proposal: who handles it and in what part, who supervises, how it stands, and the reply to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.background import Background
from kg.clean import HAN, strip
from kg.docket import Entry, agents, entries
from kg.docket.agents import full_names
from kg.model import Article, Concept, Fact, Mention, Node, Passage, Span
from kg.names import Names
from kg.numerals import NUMERAL, value
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
_NO_BODY = re.compile(r"^(?:无|暂无|待定|同上|/|-|—)$|^\d+$")
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
_SENDER = re.compile(rf"[{HAN}]{{2,30}}(?:局|委|委员会|办|办公室|厅|部|署|院|中心|公司|政府|会|处|街道|镇|乡|队|社|联)")
_STATUSES = ("不予立案", "立案", "并案", "撤案", "转办", "交办")
_MERGED = re.compile(r"并入(?P<n>(?:第\s*)?[A-Z]{0,2}\d{1,12}\s*号?)")
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|[〇零○一二三四五六七八九]{{4}})年(?P<m>\d{{1,2}}|{NUMERAL}{{1,3}})月(?P<d>\d{{1,2}}|{NUMERAL}{{1,3}})日$"
)
_FEEDBACK = re.compile(r"^(?:很|非常)?(?P<is>不满意|基本满意|满意)$")
_OUTCOMES = (
    ("已解决", re.compile(r"(?:已|基本)(?:经|得到)?(?:解决|采纳|落实)")),
    ("计划解决", re.compile(r"正在解决|列入计划|计划解决|逐步解决|拟解决")),
    ("留作参考", re.compile(r"留作参考|供参考|暂难解决|因条件限制|难以解决|暂不具备")),
)


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """What the article says of the handling of its proposals."""
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
        following = next((e for e in found[i + 1 :] if e.title.passage is entry.title.passage), None)
        yield from _by_columns(entry, background)
        yield from _status(entry, found)
        yield from _reply(entry, article, names)
        if not entry.listed and not entry.letter:
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
    if not _BODY.fullmatch(body.text) or _NO_BODY.match(body.text):
        return None
    clause = Clause(body, 0, len(body.text))
    if part == "supervisor":
        people = [a for a in agents.in_cell(body, background).named if a.mention.kind == "Person"]
        return people[0].mention if people else clause.mention("Organization")
    return clause.mention("Organization")


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


# -- how it stands ----------------------------------------------------------------------------------------------------
def _status(entry: Entry, found: Sequence[Entry]) -> Iterator[Mention | Fact]:
    proposal = entry.mention()
    for _, clause in entry.said("status"):
        status = next((s for s in _STATUSES if s in clause.text), None)
        if status:
            yield entry.evidence.fact(proposal, "zx:status", Concept("status", status), "handling.status")
    for _, clause in entry.said("status", "remark"):
        merged = _MERGED.search(clause.text)
        into = [e for e in found if merged and e.number and _digits(e.number.text) == _digits(merged["n"])]
        if len(into) == 1 and into[0] is not entry:
            yield entry.evidence.fact(proposal, "zx:mergedInto", into[0].mention(), "handling.status")


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).lstrip("0")


# -- the reply --------------------------------------------------------------------------------------------------------
def _reply(entry: Entry, article: Article, names: Names) -> Iterator[Mention | Fact]:
    """The reply: the article itself where it is one, else what the columns say of its outcome."""
    outcome, feedback = (next((c for _, c in entry.said(r)), None) for r in ("outcome", "feedback"))
    if not entry.letter and outcome is None and feedback is None:
        return
    rule = "reply.letter" if entry.letter else "reply.column"
    reply = Node("Reply", entry.evidence.span, (entry.title.text,))
    yield entry.evidence.fact(entry.mention(), "zx:reply", reply, rule)
    yield entry.evidence.fact(reply, "skos:prefLabel", f"对《{entry.title.text}》的答复", rule)
    if outcome is not None:
        yield outcome.fact(reply, "zx:outcomeAsWritten", outcome.text, "reply.outcome")
        if kind := next((k for k, form in _OUTCOMES if form.search(outcome.text)), None):
            yield outcome.fact(reply, "zx:outcome", Concept("outcome", kind), "reply.outcome")
    if feedback is not None and (said := _FEEDBACK.match(feedback.text)):
        yield feedback.fact(reply, "zx:feedback", Concept("feedback", said["is"]), "reply.feedback")
    if entry.letter:
        yield from _signed(entry, reply, article)


def _signed(entry: Entry, reply: Node, article: Article) -> Iterator[Mention | Fact]:
    """Who signs the letter, and when: its last line of a date alone, and the line above it."""
    lines = [b.passage for b in article.blocks if b.kind != "row"]
    dated = [(i, m) for i, p in enumerate(lines) if (m := _DATE.fullmatch(p.text.strip()))]
    if not dated:
        return
    at, match = dated[-1]
    when = _day(match)
    if when:
        line = lines[at]
        yield Clause(line, 0, len(line.text)).fact(reply, "dcterms:date", when, "reply.date")
    sender = lines[at - 1] if at else None
    if sender and _SENDER.fullmatch(sender.text) and not entry.said("lead", "handler"):
        signed = Clause(sender, 0, len(sender.text))
        body = signed.mention("Organization")
        yield body
        yield signed.fact(entry.mention(), "zx:handler", body, "reply.letter")


def _day(match: re.Match[str]) -> date | None:
    year = match["y"] if match["y"].isdecimal() else "".join(str(value(c.replace("○", "〇"))) for c in match["y"])
    try:
        return date(int(year), value(match["m"]), value(match["d"]))
    except ValueError:  # a slip of the text, not a date
        return None
