"""What a web page says of its title, date, publisher and address.

In its head: the `meta` elements that the sites of Chinese authorities have, and those of Open Graph. Where these are
silent, the line below its title: `发布时间：2031-03-01 来源：山南区政协 浏览次数：12`, whose words stay in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree, html

from kg.model import Description, Reading
from kg.read.lines import one_line
from kg.read.markup import words_of

_TITLES = ("ArticleTitle", "og:title")
_DATES = ("PubDate", "article:published_time", "publishdate")
_PUBLISHERS = ("ContentSource", "SiteName", "og:site_name")
_URLS = ("Url", "og:url")
_ACCOUNT, _ISSUED = "js_name", "publish_time"
"""The ids of the elements in which a WeChat article names its account and its day; its `meta` name WeChat."""
_SAVED_FROM = re.compile(r"\s*saved from url=\(\d{4}\)(https?://\S+)\s*")
"""The comment that browsers put before a page that they save."""

_DAY = r"((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})"
_DATE = re.compile(_DAY)
_PUBLISHED = re.compile(rf"(?:发布|发表|发稿|刊登|更新)(?:时间|日期|于)\s*[:：]?\s*{_DAY}")
_DATED = re.compile(rf"(?:^|(?:时间|日期)[:：])[\s【\[（(]*{_DAY}")
"""A date without a label, or with one that an event may have as well: only beside what no event has."""
_OF_A_PAGE = re.compile(r"来源\s*[:：]|(?:浏览|阅读|点击)(?:次数|量|数)?\s*[:：]|作者\s*[:：]|字号|字体")
_SOURCE = re.compile(r"来源\s*[:：]\s*([^\s:：|｜【】\[\]]{2,30})")
_LABEL = re.compile(r"(?:发布|发表|作者|责任编辑|编辑|浏览|阅读|点击|字号|字体|时间|日期|次数|打印|分享|访问量)")
_NEAR_TITLE, _LONGEST = 20, 120
"""Lines from a page's first one on, up to its first long one, and characters of a line that says where it is from."""


def describe(page: html.HtmlElement, lines: Reading) -> Description:
    """What a page says of itself; `lines` is what was read of it."""
    said = {
        (meta.get("name") or meta.get("property") or "").lower(): one_line(meta.get("content") or "")
        for meta in page.iter("meta")
    }

    def first(names: tuple[str, ...]) -> str:
        return next((said[n.lower()] for n in names if said.get(n.lower())), "")

    ids = {e.get("id"): e for e in page.iter("a", "em") if e.get("id") in {_ACCOUNT, _ISSUED}}
    account, issued = (words_of(ids[key]) if key in ids else "" for key in (_ACCOUNT, _ISSUED))
    near = list(_near_title(lines))
    address = first(_URLS)
    return Description(
        title=first(_TITLES),
        date=day_at_start(first(_DATES) or issued) or next(filter(None, map(date_of_line, near)), None),
        publisher=account or first(_PUBLISHERS) or next(filter(None, map(publisher_of_line, near)), ""),
        url=address if address.startswith(("http://", "https://")) else _saved_from(page),
    )


def day_at_start(words: str) -> date | None:
    """The day that words begin with, as `2031-03-01T09:00` and `2031年3月1日` do; None where they begin with none."""
    return _date(_DATE.match(words))


def date_of_line(line: str) -> date | None:
    """The day on which a line says that its page was published; None where it says none.

    >>> date_of_line("2031-03-01 09:12　来源：山南日报"), date_of_line("时间：2031年3月5日 地点：区政协")
    (datetime.date(2031, 3, 1), None)
    """
    return _date(_PUBLISHED.search(line) or (_DATED.search(line) if _OF_A_PAGE.search(line) else None))


def publisher_of_line(line: str) -> str:
    """Whom a line names as the source of its page; "" where it names none.

    >>> publisher_of_line("发布时间：2031-03-01 信息来源：山南区政协 浏览次数：12")
    '山南区政协'
    """
    found = _SOURCE.search(line)
    return _LABEL.split(found[1])[0].rstrip("，,。；;）)]") if found else ""


def _near_title(lines: Reading) -> Iterator[str]:
    """The lines before the first long one that are no rows of a table."""
    for region in lines.regions[:_NEAR_TITLE]:
        if region.span.end - region.span.start > _LONGEST:
            return
        if region.kind != "row":
            yield lines.text[region.span.start : region.span.end]


def _saved_from(page: html.HtmlElement) -> str:
    before = page.itersiblings(etree.Comment, preceding=True)
    found = (_SAVED_FROM.fullmatch(comment.text or "") for comment in before)
    return next((address[1] for address in found if address), "")


def _date(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
