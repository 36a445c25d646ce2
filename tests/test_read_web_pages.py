"""Pages of the kinds that an office saves, read as they are seen, with Chromium's own `innerText` beside our reading.

The pages of tests/web/ have invented contents: a newspaper's, a committee's site in one ASP.NET form, a WeChat article
as the server sends it, pages that Word, Excel and a browser saved, lists of links and of members, an authority's reply
in tables. Beside each lies what is to be read of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import web

PAGES = sorted((Path(__file__).parent / "web").glob("*.htm*"))

FRAMES = {
    "newspaper.html": "网站首页 当前位置 分享到 上一篇 下一篇 相关新闻 调研养老服务 四好农村路 面对面 热门排行 "
    "三届三次会议开幕 书香政协 关于我们 版权所有 ICP备",
    "committee.html": "首页 政协概况 会议活动 提案工作 委员风采 社情民意 提案动态 优秀提案 办理复函 一条 ICP备 地址",
    "links.html": "政协概况 首页 下一页 版权所有",
    "members.html": "首页 政协概况",
    "reply.html": "新闻中心 打印本页 Copyright ICP备",
    "saved.html": "山南政协☰ 首页 资讯 正文 相关阅读 八次 主席会议 ©",
}
"""Words of the lines that are taken as a page's frame."""
CONTROLS = {"搜索", "--全国政协--", "--市政协--", "选项"}


def read(path: Path) -> Reading:
    return web.read(path.read_bytes(), path.name, Limits())


def closed(text: str) -> str:
    """Without what is not seen or not told by words: blanks and bullets."""
    return re.sub(r"[\s\u200b\u00ad●]", "", text)


def pieces(text: str) -> list[str]:
    """The cells and lines of a text."""
    return [piece for line in text.splitlines() for cell in line.split("\t") if (piece := closed(cell))]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab without scripts, as a saved page is when its scripts find no server."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_read_to_the_letter(path: Path) -> None:
    assert read(path).text == path.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_chromium_shows_is_read_but_for_the_frame_and_controls(path: Path, tab: Page) -> None:
    tab.goto(path.as_uri())
    ours = closed(read(path).text)
    missing = [piece for piece in pieces(tab.evaluate("document.body.innerText")) if piece not in ours]
    framing = FRAMES.get(path.name, "").split()
    assert not [piece for piece in missing if piece not in CONTROLS and not any(word in piece for word in framing)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_is_left_out_as_a_frame_is_told_once(path: Path) -> None:
    told = [note for note in read(path).notes if "frame" in note]
    assert len(told) == (path.name in FRAMES)
    for note in told:
        assert re.match(r"\d+ lines were taken as the page's frame and left out \(“.+” … “.+”\)", note)


def test_an_article_that_a_script_would_show_is_read_and_told() -> None:
    (path,) = (path for path in PAGES if path.name == "wechat.html")
    assert "most words are hidden until a script runs: they were read" in read(path).notes


WORDS = st.sampled_from(
    ["提案", "委员", "关于修桥的建议", "2031年", "A1", "&nbsp;甲", "　乙", "丙&shy;丁", "戊<wbr>己", "&lt;庚&gt;"]
)
STYLES = st.sampled_from(
    ["", "", "", " hidden", " aria-hidden=true"]
    + [f" style='{rule}'" for rule in ("display:none", "visibility:hidden", "visibility:visible", "display: block")]
)


def inside(tag: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda style, words: f"<{tag}{style}>{words}</{tag}>", STYLES, inner)


def several(*parts: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*parts), min_size=1, max_size=most).map("".join)


INLINE = st.recursive(
    st.one_of(WORDS, st.sampled_from(["<br>", " ", "\n", "<!-- 注 -->", "<![if !mso]>", "<script>1</script>"])),
    lambda inner: st.one_of(*(inside(tag, several(inner)) for tag in ("b", "span", "em", "font", "label"))),
    max_leaves=5,
)
CELLS = several(st.builds(lambda span, words: f"<td colspan={span}>{words}</td>", st.sampled_from([1, 2, 9]), INLINE))
BLOCK = st.recursive(
    st.one_of(inside("p", several(INLINE)), inside("h2", several(INLINE)), several(INLINE)),
    lambda block: st.one_of(
        *(inside(tag, several(block, INLINE)) for tag in ("div", "section", "blockquote", "main")),
        *(inside(tag, several(inside("li", several(block, INLINE)))) for tag in ("ul", "ol type=none")),
        several(inside("tr", several(CELLS, inside("td", block)))).map(lambda rows: f"<table>{rows}</table>"),
    ),
    max_leaves=8,
).map(lambda words: words.replace("</ol type=none>", "</ol>"))
PAGE_BODY = st.builds(lambda inner, form: f"<form>{inner}</form>" if form else inner, BLOCK, st.booleans())


def test_any_page_is_read_as_chromium_shows_it(browser: Browser) -> None:
    tab = browser.new_page()

    @settings(max_examples=150, deadline=None, database=None)
    @given(PAGE_BODY)
    def check(body: str) -> None:
        page = f"<!DOCTYPE html><html><body>{body}</body></html>"
        tab.set_content(page)
        shown = pieces(tab.evaluate("document.body.innerText"))
        try:
            reading = web.read(page.encode(), "页.html", Limits())
        except Unreadable:
            assert not shown
            return
        if "most words are hidden until a script runs: they were read" in reading.notes:
            return
        ours = pieces(reading.text)
        assert "".join(ours) == "".join(shown)
        if "visibility" not in body:  # innerText ends no line at a block that is invisible
            assert [piece for piece in shown if piece not in "\n".join(ours)] == []

    check()
    tab.close()


ARTICLE = (
    "<h1>关于公布优秀提案的通知</h1>"
    "<p>各委员、各界别：经主席会议研究，现将本年度的优秀提案予以公布，望再接再厉，为民履职。</p>"
    "<p>本年度共收到提案一百八十六件，经审查立案一百六十二件，主席会议从中评出下列优秀提案。</p>"
)


@pytest.mark.parametrize(
    "kept",
    [
        '<ul><li><a href="1">林知远</a></li><li><a href="2">周以宁</a></li></ul>',
        '<ul class="menu"><li><a href="1">林知远</a></li><li><a href="2">周以宁</a></li></ul>',
        '<div class="list"><a href="1">关于修缮步行桥的建议</a><br><a href="2">关于夜间公交的建议</a></div>',
        '<div class="footer"><p>山南区政协办公室</p><p>2031年2月8日</p></div>',
        "<p>该建议转交至下一条流程；位置：老城区东至湖滨路，西至环城路</p>",
        "<p>关于加强软件版权所有权保护的提案</p>",
        "<p>分享至基层的经验：把提案写在桥上</p>",
        '<p class="position">职务：区政协副主席</p>',
        "<nav><table><tr><th>案由</th><th>提案者</th></tr><tr><td>修桥</td><td>林知远</td></tr></table></nav>",
        "<ul><li>大</li><li>中小</li></ul>",
    ],
)
def test_what_may_be_content_stays(kept: str) -> None:
    reading = web.read(f"<body>{ARTICLE}{kept}</body>".encode(), "页.html", Limits())
    words = closed(re.sub(r"<[^>]+>", "", kept))
    assert closed(reading.text).endswith(words)
    assert not reading.notes


@pytest.mark.parametrize(
    "frame",
    [
        "<p><a href=/>首页</a> | <a href=/gk>概况</a> | <a href=/ta>提案</a></p>",
        "<td><a href=/>网站首页</a></td><td><a href=/gk>概况</a></td>",
        "<p>上一篇：<a href=1>关于修缮步行桥的建议</a></p>",
        "<p>当前位置：<a href=/>首页</a> &gt; 优秀提案</p>",
        "<p>【<a href=#>打印本页</a>】【<a href=#>关闭窗口</a>】</p>",
        "<div><b>当前位置：</b><a href=/>首页</a><i>&gt;</i><a href=/zx>资讯</a><i>&gt;</i><b>正文</b></div>",
        "<p>分享到：<a href=#>微信</a></p>",
        '<div class="page-footer"><p>主办：区政协</p><p>某ICP备00000000号</p></div>',
        '<div class="related-news"><a href=1>主席会议召开</a><a href=2>界别协商听民声</a></div>',
        "<div><h3>相关阅读</h3><ul><li><a href=1>主席会议召开</a></li></ul></div>",
        "<aside>旁边的话</aside>",
    ],
)
def test_what_has_the_form_of_a_frame_is_left_out(frame: str) -> None:
    reading = web.read(f"<body>{ARTICLE}<div>{frame}</div></body>".encode(), "页.html", Limits())
    assert reading.text.endswith("优秀提案。")
    assert any("frame" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("line", "day", "publisher"),
    [
        ("发布时间：2031-03-01 来源：山南区政协 浏览次数：12", date(2031, 3, 1), "山南区政协"),
        ("发布日期:2031年3月1日　信息来源:山南区住建局　字号：大 中 小", date(2031, 3, 1), "山南区住建局"),
        ("2031/03/01 09:12:30 来源: 山南日报 作者: 周以宁", date(2031, 3, 1), "山南日报"),
        ("【发布时间：2031.3.1】【来源：山南日报】【作者：周以宁】", date(2031, 3, 1), "山南日报"),
        ("时间：2031-03-01 点击：30", date(2031, 3, 1), ""),
        ("来源：山南政协报", None, "山南政协报"),
        ("时间：2031年3月5日 地点：区政协会议室", None, ""),
        ("发布时间：2031-13-01", None, ""),
    ],
)
def test_the_line_below_the_title_tells_day_and_publisher(line: str, day: date | None, publisher: str) -> None:
    reading = web.read(f"<h1>通知</h1><div>{line}</div><p>正文。</p>".encode(), "页.html", Limits())
    assert (reading.about.date, reading.about.publisher) == (day, publisher)
    assert line.replace("　", "") in reading.text.replace("　", "")


def test_the_pages_head_has_the_last_word_and_a_later_line_none() -> None:
    page = '<meta name="PubDate" content="2031-02-02"><h1>通知</h1><p>发布时间：2031-03-01</p>'
    assert web.read(page.encode(), "页.html", Limits()).about.date == date(2031, 2, 2)
    page = f"<h1>通知</h1><p>{'长' * 200}</p><p>发布时间：2031-03-01 来源：山南日报</p>"
    assert web.read(page.encode(), "页.html", Limits()).about.date is None


def test_a_wechat_article_names_its_account_and_a_saved_page_its_address() -> None:
    page = (
        "<!-- saved from url=(0024)https://example.org/a?b -->\n<html><body><a id=js_name>山南政协</a>"
        "<em id=publish_time>2031年3月1日 09:00</em><p>正文。</p></body></html>"
    )
    about = web.read(page.encode(), "页.html", Limits()).about
    assert (about.publisher, about.date, about.url) == ("山南政协", date(2031, 3, 1), "https://example.org/a?b")


TABLES = [
    ("<tr><td rowspan=9>甲<td colspan=0>乙<tr><td>丙", ["甲\t乙", "甲\t丙"]),
    ("<tr><td>甲<td rowspan=0>乙<tr><td>丙<tr><td>丁<td>戊", ["甲\t乙", "丙\t乙", "丁\t乙\t戊"]),
    ("<tr><td>甲<td>乙<td rowspan=2>丙<tr><td>丁", ["甲\t乙\t丙", "丁\t\t丙"]),
    ("<tr><td>甲<br>子<td>乙<tr><td>丙<td><ul><li>丁</ul>", ["甲 子\t乙", "丙\t丁"]),
    ("<tr><td>甲<td>乙<tr style='display:none'><td>丙<td>丁<tr><td>戊<td>己", ["甲\t乙", "戊\t己"]),
    ("<form><tr><td>甲<td>乙<tr><td>丙<td>丁</form>", ["甲\t乙", "丙\t丁"]),
    (f"<tr><td>甲<td>乙<tr><td>丙<td><p>{'字' * 900}</p>", ["甲\t乙", f"丙\t{'字' * 900}"]),
]


@pytest.mark.parametrize(("rows", "lines"), TABLES)
def test_a_ruled_table_is_its_rows(rows: str, lines: list[str]) -> None:
    reading = web.read(f"<table border=1>{rows}</table>".encode(), "页.html", Limits())
    assert reading.text.splitlines() == lines
    assert {region.kind for region in reading.regions} == {"row"}


def test_a_table_that_claims_to_be_wide_and_long_costs_nothing() -> None:
    cells = "<td rowspan=65534 colspan=99999>甲</td>" * 2000
    page = f"<table>{f'<tr>{cells}</tr>' * 20}</table>"
    assert len(web.read(page.encode(), "页.html", Limits()).text) < len(page)


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<ol start=0><li>甲<li>乙</ol>", ["0.甲", "1.乙"]),
        ("<ol reversed start=2><li>甲<li>乙</ol>", ["2.甲", "1.乙"]),
        ("<ol type=A start=3><li>甲<li type=i>乙</ol>", ["C.甲", "iv.乙"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ul style='list-style: none'><li>甲</ul>", ["甲"]),
        ("<ol><li>（一）甲<li>②乙<li>丙</ol>", ["（一）甲", "②乙", "3.丙"]),
        ("<ol><li><h3>甲</h3>乙</ol>", ["1.甲", "乙"]),
    ],
)
def test_items_have_the_numbers_that_a_browser_sets(page: str, lines: list[str]) -> None:
    assert web.read(page.encode(), "页.html", Limits()).text.splitlines() == lines
