"""Web pages: the words that a reader sees, and nothing of what stands around them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import web

PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>通知 - 山南区政协</title>
<meta name="ArticleTitle" content="优秀提案名单"><meta name="PubDate" content="2031-02-03 09:00">
<meta name="ContentSource" content="山南日报"><meta name="Url" content="https://example.org/1.html">
<style>p { color: red }</style><script>var a = "<p>脚本</p>";</script></head><body>
<nav><a href="/">首页</a></nav><div style="display: none">看不见</div>
<table><tr><td>版面左栏</td><td><h1>优秀提案
名单</h1><p>　　各委员、<b>各界别</b>：<br>现予公布。</p>
<ol start="3"><li><a href="a">关于修桥的建议</a></li><li>四、自带序号</li></ol><ul><li>一点</li></ul>
<table><caption>表一</caption><tr><th rowspan="2">案由</th><th colspan="2">承办</th></tr>
<tr><th>主办</th><th>会办</th></tr><tr><td>修&nbsp;桥</td><td>住建局</td><td><ruby>财政<rt>cai</rt></ruby>局</td></tr></table>
</td></tr></table><footer>版权所有</footer></body></html>"""
SEEN = """版面左栏
优秀提案名单
各委员、各界别：
现予公布。
3.关于修桥的建议
四、自带序号
●一点
表一
案由\t承办
案由\t主办\t会办
修\u00a0桥\t住建局\t财政局"""


def test_a_page_is_read_as_it_is_seen() -> None:
    reading = web.read(PAGE.encode("gb18030"), "页.html", Limits())
    assert reading.text == SEEN
    kinds = {reading.text[r.span.start : r.span.end]: r.kind for r in reading.regions}
    assert (kinds["优秀提案名单"], kinds["表一"], kinds["案由\t主办\t会办"], kinds["现予公布。"]) == (
        "heading",
        "caption",
        "row",
        "",
    )


def test_a_page_tells_its_title_date_publisher_and_address() -> None:
    about = web.read(PAGE.encode("gb18030"), "页.html", Limits()).about
    assert (about.title, about.date, about.publisher, about.url) == (
        "优秀提案名单",
        date(2031, 2, 3),
        "山南日报",
        "https://example.org/1.html",
    )


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "b">]><html><p>&a;</p></html>', "entities"),
        ("<p>前</p>" + "<div>" * 3000 + "深" + "</div>" * 3000, "without end"),
        ("<b></b>" * 2_100_000, "tags"),
        ("<p>" + "长" * 900 + "</p>", "more than 500 characters"),
    ],
)
def test_a_page_that_would_explode_is_told_in_one_line(page: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        web.read(page.encode(), "页.html", Limits(characters=500))


@pytest.mark.parametrize("depth", [300, 2000])
@pytest.mark.parametrize("tag", ["div", "font", "li", "table><tr><td", "ul><li", "h2"])
def test_what_stands_deep_inside_is_read(tag: str, depth: int) -> None:
    """A page whose `font` is never closed has a paragraph inside the one before it."""
    opened = depth // (1 + tag.count("><"))
    page = f"<p>前面</p>{f'<{tag}>' * (opened // 2 * 2 - 20)}深处的字"
    assert {"前面", "深处的字"} <= set(web.read(page.encode(), "页.html", Limits()).text.replace("●", "").split("\n"))


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<body><script>document.write('提案名单')</script></body>", "shows no words"),
        ('<frameset><frame src="a.htm"><noframes>请用浏览器</noframes></frameset>', "other files"),
        ('<body><div style="display:none">提案名单</div></body>', "shows no words"),
        ("<body><nav>首页</nav><div id=app></div></body>", "beside its frame"),
    ],
)
def test_a_page_that_shows_nothing_is_told(page: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        web.read(page.encode(), "页.html", Limits())


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="<>/=\"'& \n\x00\x0c!-?[]abdhilmoprtuwx名单提案", max_size=200))
def test_any_page_is_a_reading_or_one_line(page: str) -> None:
    try:
        assert isinstance(web.read(page.encode(), "页.html", Limits()), Reading)
    except Unreadable as told:
        assert str(told).startswith("页.html: ")
