"""Lists of consultation cases: in a table, line by line with the host before or behind the title, or below it.

Only below a heading that calls what follows cases of consultation, and only where there are at least two: a single line
may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from kg.clean import HAN, row
from kg.lexicon import Suffix
from kg.listing import Record
from kg.model import Article, Block, Passage
from kg.sentences import Clause, whole
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


@lru_cache(maxsize=4)
def _forms(mechanisms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    host = rf"(?P<host>[{HAN}“”\"·]{{2,30}}?(?:{either((*mechanisms, *_GROUNDS))}))"
    return (
        re.compile(rf"{_NUMBER}?{host}\s*(?:[:：]|[—-]{{1,2}})\s*{_TITLE}"),
        re.compile(rf"{_NUMBER}?{_TITLE}\s*[（(]{host}[)）]"),
        re.compile(rf"{_NUMBER}?{host}\s*《(?P<title>[^《》]{{4,60}})》"),
    )


def listed_cases(article: Article, suffixes: Sequence[Suffix]) -> list[Record]:
    """The cases of an article's lists that stand in a table or have lines of their own, in order."""
    forms = _forms(tuple(s.id for s in suffixes if s.kind == "平台" and len(s.id) > 2))
    found: list[Record] = []
    for lines in _lists(article):
        records = [*(r for line in lines for r in _in_line(line, forms)), *_by_pairs(lines, forms[0])]
        found += records if len(records) > 1 else []
    return [*found, *(r for block in article.blocks for r in _in_row(block))]


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


def _in_line(block: Block, forms: Sequence[re.Pattern[str]]) -> Iterator[Record]:
    """A line that has both the title and the host."""
    passage = block.passage
    for form in forms:
        if match := form.fullmatch(passage.text):
            kind = "title" if match["title"] else "bare"
            yield _record(passage, Clause(passage, *match.span(kind)), Clause(passage, *match.span("host")), block)
            return


def _by_pairs(lines: Sequence[Block], form: re.Pattern[str]) -> Iterator[Record]:
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


def _record(passage: Passage, title: Clause, host: Clause, block: Block) -> Record:
    return Record(
        "ConsultationCase",
        title,
        whole(passage),
        agent=host,
        order=block.number,
        listed=True,
        truncated=block.truncated,
    )


def _in_row(block: Block) -> Iterator[Record]:
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
    yield Record(
        "ConsultationCase",
        title,
        whole(row(block.cells)),
        agent=whole(hosts[0]),
        order=int(order.group()) if order else None,
        listed=True,
    )
