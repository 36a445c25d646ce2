"""Markdown: the words of the page that is made of it, without marks, each line where it belongs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Description, Reading
from kg.read import markdown


def read(source: str) -> Reading:
    return markdown.read(source.encode(), "页.md", Limits())


MARKDOWN = """---
title: "优秀提案"
date: 2031-02-03 09:00
source: 山南日报
tags:
  - 政协
---
# 优秀提案

各委员
各 *界别*：

1. 关于[修桥](a)的建议
2. 关于修路的建议

- 一点

| 序号 | 案由 |
|---|---|
| 1 | 修**桥** |
"""


def test_markdown_without_its_marks() -> None:
    reading = read(MARKDOWN)
    assert reading.text == (
        "优秀提案\n各委员各 界别：\n1. 关于修桥的建议\n2. 关于修路的建议\n● 一点\n序号\t案由\n1\t修桥"
    )
    assert reading.regions[0].kind == "heading"
    assert reading.about == Description("优秀提案", date(2031, 2, 3), "山南日报")


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("- 甲\n  - 乙\n    1. 丙\n- 丁", ["● 甲", "● 乙", "1. 丙", "● 丁"]),
        ("3. 甲\n4. 乙\n7. 丙", ["3. 甲", "4. 乙", "7. 丙"]),
        ("1. 甲\n1. 乙\n1. 丙", ["1. 甲", "2. 乙", "3. 丙"]),
        ("2) 甲\n3) 乙", ["2) 甲", "3) 乙"]),
        ("1. 甲\n\n   续\n\n2. 乙", ["1. 甲", "续", "2. 乙"]),
        ("-\n\n甲", ["甲"]),
        ("- # 甲\n\n乙", ["● 甲", "乙"]),
        ("> 甲\n> > 乙\n>\n> - 丙", ["甲", "乙", "● 丙"]),
        ("[甲](http://a.b \"题\")乙[丙][1]\n\n[1]: http://c.d", ["甲乙丙"]),
        ("![不见](a.jpg)甲", ["甲"]),
        ("甲<!-- 注 -->乙<br>丙  \n丁\\\n戊", ["甲乙", "丙", "丁", "戊"]),
        ("\\*甲\\* &lt;乙&gt; ~~丙~~ `<丁>`", ["*甲* <乙> 丙 <丁>"]),
        ("```\n<委员>  名单\n1. 甲\n```", ["<委员>  名单", "1. 甲"]),
        ("甲[^1]，乙[^9]。\n\n[^1]: 来源：山南日报\n\n丁", ["甲，乙[^9]。", "丁", "来源：山南日报"]),
        ("甲[^一]\n\n[^一]: 见\n第三页\n[^二]: 乙", ["甲", "见第三页", "乙"]),
        ("<!-- 注\n\n释 -->\n\n甲\n\n<script>\nvar a;\n\nvar b;\n</script>", ["甲"]),
        ("<details><summary>名单</summary>\n\n- 甲\n\n</details>", ["名单", "● 甲"]),
        ("<div hidden>甲</div>\n\n乙", ["乙"]),
        ("---\n\n甲\n\n---\n\n乙", ["甲", "乙"]),
        ("甲\n\n---\ntitle: x\n---", ["甲", "title: x"]),
    ],
)  # fmt: skip
def test_a_text_is_its_lines(source: str, lines: list[str]) -> None:
    assert read(source).text.splitlines() == lines


def test_tables_of_both_kinds_are_rows_and_counted() -> None:
    pipes = "| 案由 | 提案者 |\n|---|---:|\n| 修\\|桥 | 甲<br>乙 |\n| `c\\|d` | 丙 |\n\n"
    tags = "<table>\n<tr><th rowspan=2>案由</th><th>单位</th></tr>\n\n<tr><td>住建局</td></tr>\n</table>\n"
    reading = read(pipes + tags)
    assert reading.text.splitlines() == ["案由\t提案者", "修|桥\t甲 乙", "c|d\t丙", "案由\t单位", "案由\t住建局"]
    assert [(region.kind, region.table, region.row) for region in reading.regions[2:4]] == [
        ("row", 1, 3),
        ("row", 2, 1),
    ]


@pytest.mark.parametrize(
    ("matter", "about"),
    [
        ("title: 甲\nsource: https://example.org/1", Description(title="甲", url="https://example.org/1")),
        ("title: '甲：乙'\ndate: 2031年3月1日", Description(title="甲：乙", date=date(2031, 3, 1))),
        ("date: 明天\n# 注\nauthors:\n- 甲", Description()),
    ],
)
def test_front_matter_describes_the_text(matter: str, about: Description) -> None:
    reading = markdown.read(f"---\r\n{matter}\r\n---\r\n正文".encode(), "页.md", Limits())
    assert (reading.about, reading.text) == (about, "正文")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/=\"'&\n !-?[]^:|#*_`~1.\\abdhilmoprtuwx名单提案", max_size=200))
def test_any_text_is_a_reading_or_one_line(source: str) -> None:
    try:
        assert isinstance(read(source), Reading)
    except Unreadable as told:
        assert str(told).startswith("页.md: ")


@given(st.lists(st.text(alphabet="名单提案委员会议", min_size=1, max_size=20), min_size=1, max_size=8))
def test_no_word_of_plain_paragraphs_is_lost(paragraphs: list[str]) -> None:
    assert read("\n\n".join(paragraphs)).text.splitlines() == paragraphs
