"""The consultation cases that an article lists, and those that it tells of by a title that it calls a case.

A list may be a table, items, or lines with the host before, behind or below the title: below a heading that calls what
follows cases of consultation. Of lines without 《》 there must be two: a single one may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.clean import HAN, row
from kg.lexicon import Suffix
from kg.model import Article, Block, Mention, Passage
from kg.sentences import Clause, around, whole
from kg.wordlist import either

_CONTEXT = re.compile(r"(?:协商|议事|商量|议政|履职)[^,，。]{0,14}案例|案例(?:名单|目录|选编|展示)")
_TITLE_COLUMN = re.compile(r"(?:协商|议事|优秀)*(?:案例|议题|主题)(?:名称|题目|标题)?")
_HOST_COLUMN = re.compile(
    r"(?:主办|申报|报送|选送|推荐|组织|牵头|实施|承办|协商|所在)?(?:单位|主体|平台|机构)(?:名称)?"
)
_LABEL = re.compile(r"(?:主办|申报|报送|选送|推荐|组织|牵头|实施|承办|协商)(?:单位|主体|平台|机构)[:：]\s*|[—-]{2,}\s*")
_NUMBER = r"(?:[（(]?(?:案例)?[一二三四五六七八九十\d]{1,3}[)）]?[.．、:：\s]\s*|案例[一二三四五六七八九十\d]{1,3}\s*)"
_TITLE = r"(?:《(?P<title>[^《》]{4,60})》|(?P<bare>[^《》。；;:：]{4,50}?))"
_GROUNDS = (
    "街道",
    "镇",
    "乡",
    "村",
    "社区",
    "办事处",
    "政协",
    "委员会",
    "委",
    "联络组",
    "活动组",
    "工作室",
    "联络站",
    "小组",
    "支部",
)


_ITEM = re.compile(r"^(?P<host>[^《》:：,，。]{2,30})[:：]?\s*《")
_NAMED = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)(?:》|$)")
_CALLED_A_CASE = re.compile(r"》(?:等\d+[件个])?[^,，。]{0,6}案例")


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case that is listed or told of by its title."""

    title: Clause
    evidence: Clause
    """The row, the line or the sentence."""
    host: Clause | None = None
    """Who held it, as written."""
    order: int | None = None
    """Its number in the list."""
    listed: bool = False
    """Whether it stands in a list and is not only told of."""
    truncated: bool = False

    def mention(self) -> Mention:
        """The case by its title."""
        return self.title.mention("ConsultationCase")


def case_records(article: Article, suffixes: tuple[Suffix, ...]) -> list[CaseRecord]:
    """Every case of an article; `suffixes` are the endings of initiatives' names, which hosts have too."""
    found: list[CaseRecord] = []
    for block in article.blocks:
        if block.kind == "row":
            found += _in_row(block)
        elif block.kind == "item" and (item := _in_item(block)):
            found.append(item)
        else:
            found += _told(block.passage)
    known = {record.title.span for record in found}
    return [*found, *(r for r in _in_lines(article, suffixes) if r.title.span not in known)]


def _in_item(block: Block) -> CaseRecord | None:
    """`某街道议事堂:《题目》` as an item."""
    head = _ITEM.match(block.passage.text)
    title = _NAMED.search(block.passage.text)
    if not head or not title or not any(_CONTEXT.search(h.text) for h in block.under):
        return None
    host = Clause(block.passage, *head.span("host"))
    return _record(block.passage, Clause(block.passage, *title.span("title")), host, block)


def _told(passage: Passage) -> Iterator[CaseRecord]:
    """Titles in running text that the words behind them call cases."""
    for match in _NAMED.finditer(passage.text):
        if match["title"] and _CALLED_A_CASE.match(passage.text, max(match.start(), match.end() - 1)):
            yield CaseRecord(Clause(passage, *match.span("title")), around(passage, *match.span()))


@lru_cache(maxsize=4)
def _forms(mechanisms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    host = rf"(?P<host>[{HAN}“”\"·]{{2,30}}?(?:{either((*mechanisms, *_GROUNDS))}))"
    return (
        re.compile(rf"{_NUMBER}?{host}\s*(?:[:：]|[—-]{{1,2}})\s*{_TITLE}"),
        re.compile(rf"{_NUMBER}?{_TITLE}\s*[（(]{host}[)）]"),
        re.compile(rf"{_NUMBER}?{host}\s*《(?P<title>[^《》]{{4,60}})》"),
    )


def _in_lines(article: Article, suffixes: tuple[Suffix, ...]) -> Iterator[CaseRecord]:
    """The cases of lists whose lines bear no mark of an item, where a list has two or more."""
    forms = _forms(tuple(s.id for s in suffixes if s.kind == "平台" and len(s.id) > 2))
    for lines in _lists(article):
        records = [*(r for line in lines for r in _in_line(line, forms)), *_by_pairs(lines, forms[0])]
        yield from records if len(records) > 1 else ()


def _lists(article: Article) -> Iterator[list[Block]]:
    """The lines below each heading that announces cases, up to the next text that is none of a list."""
    lines: list[Block] | None = None
    for block in article.blocks:
        text = block.passage.text
        if block.kind == "heading" and _CONTEXT.search(text) and not re.match(_NUMBER, text):
            if lines:
                yield lines
            lines = []
        elif lines is not None and block.kind in {"heading", "item"}:
            lines.append(block)
    if lines:
        yield lines


def _in_line(block: Block, forms: Sequence[re.Pattern[str]]) -> Iterator[CaseRecord]:
    """A line that has both the title and the host."""
    passage = block.passage
    for form in forms:
        if match := form.fullmatch(passage.text):
            kind = "title" if match["title"] else "bare"
            yield _record(passage, Clause(passage, *match.span(kind)), Clause(passage, *match.span("host")), block)
            return


def _by_pairs(lines: Sequence[Block], form: re.Pattern[str]) -> Iterator[CaseRecord]:
    """A line with the title, and below it a line with the host."""
    title_line = re.compile(rf"{_NUMBER}?{_TITLE}")
    for block, below in pairwise(lines):
        title = title_line.fullmatch(block.passage.text)
        host = _alone(below.passage, form)
        if title and host and not _alone(block.passage, form):
            kind = "title" if title["title"] else "bare"
            yield _record(block.passage, Clause(block.passage, *title.span(kind)), host, block)


def _alone(passage: Passage, form: re.Pattern[str]) -> Clause | None:
    """The host that has a line of its own, behind a label or not."""
    label = _LABEL.match(passage.text)
    start = label.end() if label else 0
    named = form.match(passage.text[start:] + "：某个题目")
    if label is None and (named is None or named.end("host") != len(passage.text)):
        return None
    return Clause(passage, start, len(passage.text)) if len(passage.text) - start > 1 else None


def _record(passage: Passage, title: Clause, host: Clause, block: Block) -> CaseRecord:
    return CaseRecord(title, whole(passage), host, block.number, listed=True, truncated=block.truncated)


def _in_row(block: Block) -> Iterator[CaseRecord]:
    """A row of a table whose header has a column of cases and one of who held them."""
    if block.kind != "row" or not block.header:
        return
    context = any(_CONTEXT.search(h.text) for h in block.under) or any("案例" in name for name in block.header)
    cells = list(zip(block.header, block.cells, strict=False))
    titles = [c for name, c in cells if _TITLE_COLUMN.fullmatch(re.sub(r"\s", "", name)) and c.text]
    hosts = [c for name, c in cells if _HOST_COLUMN.fullmatch(re.sub(r"\s", "", name)) and c.text]
    if not context or not titles or not hosts or titles[0].text in block.header:
        return
    inner = re.fullmatch(r"《([^《》]+)》", titles[0].text)
    title = Clause(titles[0], *inner.span(1)) if inner else whole(titles[0])
    order = re.fullmatch(r"\d{1,3}", block.cells[0].text)
    number = int(order.group()) if order else None
    yield CaseRecord(title, whole(row(block.cells)), whole(hosts[0]), number, listed=True)
