"""Media in the lines that say where a text comes from: `某某网讯（记者…）`, `来源：某某日报`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clean import HAN
from kg.model import Name

_MEDIUM = (
    rf"(?P<medium>(?![本据该])[{HAN}A-Za-z0-9]{{1,10}}?"
    r"(?:网|报|社|在线|电视台|电台|卫视|新闻|客户端|频道|传媒|热线|台))"
)
_DAY = r"(?:\d{4}年)?(?:\d{1,2}月\d{1,2}日)?"
_DATELINE = re.compile(
    rf"[(（【\s]*(?:据)?(?:{_MEDIUM}|本报)(?P<place>[{HAN}]{{2,4}}?)?{_DAY}(?:讯|电|消息|快讯|专电)(?=[\s(（:：，,】]|记者|通讯员|$)"
)
_SOURCE = re.compile(rf"(?:来源|稿源|转自|摘自|原载)[:：]?[《“]?{_MEDIUM}(?=[\s)）》”，,。]|$)")


def find(text: str) -> Iterator[Name]:
    """The medium of a dateline that opens the text, and what a line of sources names."""
    for match in (_DATELINE.match(text), *_SOURCE.finditer(text)):
        if match and match["medium"]:
            yield Name.at("Organization", text, *match.span("medium"))


def dateline(text: str) -> tuple[str, tuple[int, int]]:
    """The medium of the dateline that opens a text, or nothing, and where the place stands that it reports from."""
    match = _DATELINE.match(text)
    return (match["medium"] or "", match.span("place")) if match else ("", (-1, -1))
