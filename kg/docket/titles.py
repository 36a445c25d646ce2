"""Titles of proposals in a line or in running text: what is one, what only looks like one, and of which form it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Passage
from kg.sentences import Clause

PROPOSAL, RECOMMENDATION, DEPUTY, LETTER, SPEECH = "提案", "建议案", "人大代表建议", "社情民意信息", "大会发言"
"""The forms: concepts of `form`."""

_BOOK = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)(?:》|$)")
_QUOTED = re.compile(
    r"“(?P<a>[^“”]*(?:“[^“”]*”[^“”]*)*)”|『(?P<b>[^『』]*)』|「(?P<c>[^「」]*)」|\"(?P<d>[^\"]*)\"|‘(?P<e>[^‘’]*)’"
)
_BARE = re.compile(
    r"关于(?P<rest>(?:“[^”]*”|\"[^\"]*\"|《[^》]*》|[^。；！？;!?“”\"《》]){1,70}?的(?:提案|建议案|建议))"
)
_GOES_ON = re.compile(r"[工办选情督者委审征质落汇书数总共占人线内类]|(?:已|有|达|为|是)*\d|[和、]意见")
"""What shows that the words are no title: `关于…的提案工作`, `关于教育的提案56件`."""
_GENERAL = re.compile(r"(?:方面|等|有关|相关|系列)的(?:提案|建议)$|提出|提交|收到|意见和建议$")
_NO_PROPOSAL = re.compile(
    r"(?:意见|条例|办法|报告|通知|规定|决定|决议|方案|规划|纲要|公报|细则|规则|准则|章程|法|公约|计划|说明|要点|议案|情况|汇报|协定|议定书|条约|决议案)"
    r"(?:[（(][^（）()]*[)）])?$|^中共|规划的建议$"
)
"""How titles of rules, plans and reports end."""
_OWN_WORD = re.compile(r"^关于.*提案$|的提案$")
_FORM_AFTER = (
    (re.compile(r"^(?:[（(][^（）()]*[)）])?的?(?:社情民意|信息)"), LETTER),
    (re.compile(r"^的?(?:大会|口头|书面)?发言"), SPEECH),
    (re.compile(r"^的?建议案"), RECOMMENDATION),
)
_FORM_BEFORE = (
    (re.compile(r"(?:社情民意(?:信息)?|信息(?:专报)?)[:：]?$"), LETTER),
    (re.compile(r"(?:大会|口头|书面)发言[:：]?$"), SPEECH),
    (re.compile(r"建议案[:：]?$"), RECOMMENDATION),
)
_COUNTED = r"[\d一二两三四五六七八九十百多余]+[件个份项篇]"
_CALLED_AFTER = re.compile(
    rf"^(?:[（(][^（）()]*[)）])?(?:等\s*(?:[\d一二三四五六七八九十]+个方面的?)?{_COUNTED}|等|{_COUNTED})?"
    r"的?(?:[年度]|重点|优秀|联名|集体|个人|党派|界别|平时|大会|好)*提案(?![工办选情督者委审征质落])"
    rf"|^(?:[（(][^（）()]*[)）])?等(?:\d{{4}}年度)?{_COUNTED}[^，,。；;：:《》、]{{0,12}}?提案(?![工办选情督者委审征质落])"
)
_CALLED_BEFORE = re.compile(
    r"提案(?:[一二三四五六七八九十\d]{1,3})?(?:(?:分别|依次)?(?:为|是|有))?[:：]?$|提案(?:题为|者?[,，]题为)$"
)
_BESIDE = re.compile(r"[、,，和与及以\s]*|[、,，和与及以\s]*[（(][^（）()]*[)）][、,，和与及以\s]*")
"""What stands between titles that are told of together."""
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A title that stands in a passage."""

    title: Clause
    start: int
    end: int
    """From its opening mark to its closing one."""
    form: str | None
    """What the words beside it or its own last word call it; None where they call it nothing."""
    bare: bool = False
    """Whether it stands without marks of its own, so that only the words around show that it is a title."""

    @property
    def recommends(self) -> bool:
        """Whether it reads like a proposal's title, whatever it is called: `关于…的建议`."""
        return recommends(self.title.text)


def recommends(title: str) -> bool:
    """Whether a title reads like a proposal's: it recommends something, and is not a rule's, a plan's or a report's.

    >>> recommends("关于加强社区养老服务的建议"), recommends("关于加强提案工作的意见")
    (True, False)
    """
    return (title.startswith(("关于", "建议")) or title.endswith("提案")) and not _NO_PROPOSAL.search(title)


def told(passage: Passage) -> Iterator[Told]:
    """Every title of a passage that may be a proposal's, in order; in quotation marks only where it reads as one.

    What stands before the first or behind the last of several titles in a row is said of all of them.
    """
    row: list[Told] = []
    for title in _told(passage):
        if row and not (_BESIDE.fullmatch(passage.text, row[-1].end, title.start) and not title.bare):
            yield from _alike(row)
            row = []
        row.append(title)
    yield from _alike(row)


def _alike(row: Sequence[Told]) -> Iterator[Told]:
    """Titles in a row, those that nothing calls anything called proposals where another of them is called one."""
    called = any(title.form == PROPOSAL and not _OWN_WORD.search(title.title.text) for title in row)
    for title in row:
        yield replace(title, form=PROPOSAL) if called and title.form is None else title


def _told(passage: Passage) -> Iterator[Told]:
    last = 0
    spans = sorted([*_in_books(passage.text), *_in_quotes(passage.text), *_bare(passage.text)])
    for start, _, end, title, bare in spans:
        if start < last or title[1] - title[0] < _SHORTEST:
            continue
        clause = Clause(passage, *title)
        form = _form(passage.text, start, end, clause.text)
        if form or not _NO_PROPOSAL.search(clause.text):
            last = end
            yield Told(clause, start, end, form, bare)


def _form(text: str, start: int, end: int, title: str) -> str | None:
    before, after = text[max(0, start - 16) : start], text[end : end + 24]
    for forms, words in ((_FORM_AFTER, after), (_FORM_BEFORE, before)):
        for pattern, form in forms:
            if pattern.search(words):
                return form
    if title.endswith("建议案"):
        return RECOMMENDATION
    if _OWN_WORD.search(title) or _CALLED_AFTER.match(after) or _CALLED_BEFORE.search(before):
        return PROPOSAL
    return None


_Found = tuple[int, int, int, tuple[int, int], bool]
"""Start, order among those of one start, end, the title's own span, whether it is bare."""


def _in_books(text: str) -> Iterator[_Found]:
    for m in _BOOK.finditer(text):
        yield m.start(), 0, m.end(), m.span("title"), False


def _in_quotes(text: str) -> Iterator[_Found]:
    for m in _QUOTED.finditer(text):
        group = m.lastgroup or "a"
        inner = m[group]
        follows = re.match(r"的?(?:提案|建议)(?![工办选情督者委审案])", text[m.end() :])
        whole = inner.startswith(("关于", "建议")) and inner.endswith(("建议", "提案", "建议案"))
        if whole or (follows and inner.startswith(("关于", "建议"))):
            yield m.start(), 1, m.end(), m.span(group), False


def _bare(text: str) -> Iterator[_Found]:
    for m in _BARE.finditer(text):
        general = _GENERAL.search(m["rest"]) or _GOES_ON.match(text[m.end() :])
        if not general and text[m.start() - 1 : m.start()] not in set('《“"『「〈'):
            yield m.start(), 2, m.end(), m.span(), True
