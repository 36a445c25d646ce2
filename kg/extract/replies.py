"""The reply to a proposal: its date, the outcome as written, and what the proposer thinks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.background import Background
from kg.clean import HAN
from kg.dates import narrow
from kg.docket import Entry, entries
from kg.docket.agents import full_names
from kg.model import Article, Concept, Fact, Mention, Month, Node, Year
from kg.names import Names
from kg.numerals import NUMERAL, value
from kg.sentences import Clause

_SENDER = re.compile(rf"[{HAN}]{{2,30}}(?:局|委|委员会|办|办公室|厅|部|署|院|中心|公司|政府|会|处|街道|镇|乡|队|社|联)")
_YEAR = r"(?P<y>(?:19|20)\d\d|[〇零○一二三四五六七八九]{4})"
_DATE = re.compile(rf"{_YEAR}年(?P<m>\d{{1,2}}|{NUMERAL}{{1,3}})月(?P<d>\d{{1,2}}|{NUMERAL}{{1,3}})日$")
_DATES = (
    _DATE,
    re.compile(
        r"(?P<y>(?:19|20)\d\d)(?P<mark>[-/.．])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?:[\sT]\d{1,2}:\d\d(?::\d\d)?)?$"
    ),
    re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)$"),
    re.compile(rf"{_YEAR}年(?P<m>\d{{1,2}}|{NUMERAL}{{1,3}})月$"),
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.．](?P<m>\d{1,2})$"),
    re.compile(r"(?P<y>(?:19|20)\d\d)年?$"),
)
"""How a cell dates, each whole: to the day, the month or the year."""
_OF_THE_YEAR = re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]$|(?P<m2>\d{1,2})月$")
_SAYS_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_FEEDBACK = re.compile(
    r"(?:A|B|C)?[（(]?(?:提案者|提案人|委员)?(?:表示)?(?:很|非常|十分)?(?P<is>不满意|基本满意|满意)[)）]?[。！]?$"
)
_OUTCOMES = (
    (
        "留作参考",
        re.compile(r"留作参考|供参考|暂难解决|因条件限制|难以解决|暂不具备|(?:未|不能|无法)(?:解决|采纳|落实)"),
    ),
    ("计划解决", re.compile(r"正在解决|列入计划|计划解决|逐步解决|拟解决")),
    ("已解决", re.compile(r"(?:已|基本)(?:经|得到)?(?:解决|采纳|落实)")),
)


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """The replies to the article's proposals: the article itself where it is one, and what columns say of them."""
    for entry in entries(article, names, background):
        yield from _reply(entry, article)
        if entry.letter:
            yield from _signed(entry, article, names)


def _node(entry: Entry) -> Node:
    return Node("Reply", entry.evidence.span, (entry.title.text,))


def _reply(entry: Entry, article: Article) -> Iterator[Fact]:
    said = dict(reversed(entry.said("outcome", "feedback", "date")))
    outcome, feedback = said.get("outcome"), said.get("feedback")
    answered = _date(said["date"].text, _year(entry, article)) if "date" in said else None
    if not entry.letter and outcome is None and feedback is None and answered is None:
        return
    rule = "reply.letter" if entry.letter else "reply.column"
    reply = _node(entry)
    yield entry.evidence.fact(entry.mention(), "zx:reply", reply, rule)
    yield entry.evidence.fact(reply, "skos:prefLabel", f"对《{entry.title.text}》的答复", rule)
    if outcome is not None:
        words = _evidence(outcome, entry)
        yield words.fact(reply, "zx:outcomeAsWritten", outcome.text, "reply.outcome")
        if kind := next((k for k, form in _OUTCOMES if form.search(outcome.text)), None):
            yield words.fact(reply, "zx:outcome", Concept("outcome", kind), "reply.outcome")
    if feedback is not None and (is_said := _FEEDBACK.match(feedback.text)):
        words = _evidence(feedback, entry)
        yield words.fact(reply, "zx:feedback", Concept("feedback", is_said["is"]), "reply.feedback")
    if answered is not None:
        yield said["date"].fact(reply, "dcterms:date", answered, "reply.date")


def _evidence(words: Clause, entry: Entry) -> Clause:
    """The words themselves; the row where they are a column's name, which a mark in the row gives."""
    row = entry.evidence.span
    return words if not entry.listed or row.start <= words.span.start < row.end else entry.evidence


# -- dates ------------------------------------------------------------------------------------------------------------
def _year(entry: Entry, article: Article) -> int | None:
    """The year of a day without one: the article's, else the only one that stands above the list."""
    said = {int(year) for passage in entry.above for year in _SAYS_YEAR.findall(passage.text)}
    return article.year or (said.pop() if len(said) == 1 else None)


def _date(text: str, year: int | None) -> date | Month | Year | None:
    """The day, month or year that a cell gives; None for what is none."""
    words = narrow(text).strip()
    if match := next((m for form in _DATES if (m := form.match(words))), None):
        return _dated(match)
    own = _OF_THE_YEAR.match(words)
    if own is None or year is None:
        return None
    month, day = value(own["m"] or own["m2"]), value(own["d"] or "")
    return _day(year, month, day) if day else Month(year, month) if 1 <= month <= 12 else None


def _dated(match: re.Match[str]) -> date | Month | Year | None:
    said = match.groupdict()
    y = said["y"]
    year = int(y) if y.isdecimal() else int("".join(str(value(c.replace("○", "〇"))) for c in y))
    if not said.get("m"):
        return Year(year)
    month = value(said["m"])
    if said.get("d"):
        return _day(year, month, value(said["d"]))
    return Month(year, month) if 1 <= month <= 12 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # a slip of the text, not a date
        return None


# -- letters ----------------------------------------------------------------------------------------------------------
def _signed(entry: Entry, article: Article, names: Names) -> Iterator[Mention | Fact]:
    """Who signs the letter, and when: its last line of a date alone, and the line above it."""
    lines = [b.passage for b in article.blocks if b.kind != "row"]
    dated = [(i, m) for i, p in enumerate(lines) if (m := _DATE.fullmatch(p.text.strip()))]
    if not dated:
        return
    at, match = dated[-1]
    when = _dated(match)
    if when:
        line = lines[at]
        yield Clause(line, 0, len(line.text)).fact(_node(entry), "dcterms:date", when, "reply.date")
    sender = lines[at - 1] if at else None
    if sender and _SENDER.fullmatch(sender.text) and not entry.said("lead", "handler"):
        signed = Clause(sender, 0, len(sender.text))
        body = signed.mention("Organization", full_names(article, names).get(signed.span))
        yield body
        yield signed.fact(entry.mention(), "zx:handler", body, "reply.letter")
