"""The yearly review says what the texts say and no more, its sums agree, and each figure opens the words behind it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import docx
import ledger_graphs
import ledgers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from page_graph import CITIZENS, page_quads
from page_graph import store_of as store_of_quads
from playwright.sync_api import Browser
from pyoxigraph import Store

from kg import read
from kg.errors import NotFound
from kg.ledger import Handler, Honour, Named, Reply, Row, Session
from kg.lexicon import load
from kg.network.records import End
from kg.report import APPENDICES, FORMATS, SECTIONS, handling, honours, proposing, report, results
from kg.report.document import Report
from kg.report.parts import NO_DATA, Bars, Figure, Part, Table, Text, figures
from kg.report.proposing import CATEGORIES
from kg.report.scope import Occasion, Scope, scope_of
from kg.report.tally import UNSAID, breakdown, percentages
from kg.resources import lexicon_dir
from kg.store import open_store

COUNT = 120
COMMITTEE = End("committee", "…/山南区政协", "山南区政协")
OTHER = End("committee", "…/河西区政协", "河西区政协")
SESSIONS = [Session(f"…/{n}", f"山南区政协三届{name}次会议", 2030 + n, 3, n) for n, name in ((1, "一"), (2, "二"))]
LIST_KINDS = ("全部立案", "优秀", "重点", "节选", "未知")


# -- invented rows ----------------------------------------------------------------------------------------------------
def row(name: str = "甲", **said: object) -> Row:
    """A proposal of which texts say only this."""
    bare = Row(
        *(f"…/{name}", f"关于{name}的建议", "", None, COMMITTEE, (), (), "提案", ("未知",), (), None, (), (), False),
        *(None, (), (), (), False, (), (), (), ()),
    )
    return replace(bare, **said)  # type: ignore[arg-type]


def some(values: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(lambda found: tuple(sorted(found)))


handlers = st.builds(
    Handler,
    iri=st.sampled_from(["…/h1", "…/h2"]),
    label=st.sampled_from(["财政局", "水利局"]),
    role=st.sampled_from(["主办", "会办"]),
)
replies = st.lists(
    st.builds(
        Reply,
        iri=st.sampled_from(["…/r1", "…/r2"]),
        date=st.sampled_from(["", "2031", "2031-05", "2031-06-01"]),
        as_written=st.sampled_from(["", "A类", "B类", "已经完成改造并向委员当面作了说明", "留作参考"]),
        outcome=st.sampled_from(["", "已解决", "留作参考"]),
        feedback=st.sampled_from(["", "满意", "不满意"]),
    ),
    max_size=2,
).map(tuple)
rows = st.builds(
    row,
    committee=st.sampled_from([COMMITTEE, COMMITTEE, COMMITTEE, OTHER, None]),
    sessions=st.lists(st.sampled_from(SESSIONS), max_size=2, unique=True).map(lambda found: tuple(sorted(found))),
    form=st.sampled_from(["提案", "提案", "", "人大代表建议"]),
    list_kinds=some(LIST_KINDS).map(lambda found: found or ("未知",)),
    kinds=some(("委员个人", "委员联名", "党派", "界别", "别的")),
    categories=some((*CATEGORIES, "其他", "科教文卫")),
    statuses=some(("立案", "并案", "不予立案", "撤案", "转办", "交办"), 3),
    key=st.booleans(),
    handlers=st.lists(handlers, max_size=2).map(tuple),
    supervisors=st.lists(st.just(Named("…/顾长风", "顾长风")), max_size=1).map(tuple),
    replies=replies,
    honours=st.lists(st.just(Honour("…/h", "2031年度优秀提案", 2031)), max_size=1).map(tuple),
)


@st.composite
def ledger(draw: st.DrawFn) -> list[Row]:
    """Up to fifty proposals; the number decides whether percentages are given."""
    found = draw(st.lists(rows, min_size=1, max_size=50))
    return [replace(each, iri=f"…/{i}", title=f"关于{i}的建议") for i, each in enumerate(found)]


def written(scope: Scope) -> Iterator[Part]:
    """What the sections that read nothing but rows say."""
    for section in (proposing.section, handling.section, results.section):
        yield from section(scope)


def number(cell: tuple[str | Figure, ...]) -> int:
    (run,) = cell
    return int(run.text if isinstance(run, Figure) else run)


@given(ledger())
def test_the_parts_of_a_breakdown_add_up_to_its_sum_and_shares_to_a_hundred(found: list[Row]) -> None:
    for scope in scopes(found):
        for table in (part for part in written(scope) if isinstance(part, Table) and part.total):
            *parts, whole = table.rows
            assert sum(number(cells[1]) for cells in parts) == number(whole[1])
            if len(table.head) == 3:
                tenths = [int(str(cells[2][0]).replace(".", "").rstrip("%")) for cells in parts]
                assert sum(tenths) == 1000
                assert number(whole[1]) >= 30


@given(ledger())
def test_a_figure_counts_the_records_that_it_opens_and_never_those_of_two_frames(found: list[Row]) -> None:
    for scope in scopes(found):
        by_iri = {each.iri: each for each in scope.rows}
        frames = {frame.name: frame for frame in scope.frames}
        for figure in figures(written(scope)):
            assert set(figure.of) <= set(by_iri)
            assert not figure.text.isdecimal() or int(figure.text) == len(figure.of)
            frame = frames.get(figure.what.partition("：")[0])
            if frame is not None:
                assert {frame.list_kind} <= set.intersection(*(set(by_iri[iri].list_kinds) for iri in figure.of))
                assert set(figure.of) <= {each.iri for each in frame.rows}


@given(ledger())
def test_a_report_counts_proposals_of_one_committee_each_time_apart_and_says_what_it_leaves_out(
    found: list[Row],
) -> None:
    for scope in scopes(found):
        assert {each.committee for each in scope.rows} == {scope.committee}
        assert {each.form for each in scope.rows} <= {"提案", ""}
        for occasion in scope.occasions:
            for frame in occasion.frames:
                assert {each.iri for each in frame.rows} <= {each.iri for each in occasion.rows}
        elsewhere = [r for r in found if r.committee != scope.committee and r.form in ("提案", "")]
        assert bool(elsewhere) == any("还有" in sentence and "件" in sentence for sentence in scope.left_out)


@given(ledger())
def test_bars_show_what_the_table_below_them_says(found: list[Row]) -> None:
    for scope in scopes(found):
        parts = list(written(scope))
        for bars, table in pairwise(parts):
            if isinstance(bars, Bars):
                assert isinstance(table, Table)
                assert list(bars.bars) == [(str(cells[0][0]), number(cells[1])) for cells in table.rows[:-1]]


@given(ledger())
def test_members_and_bodies_what_is_disputed_and_what_is_unsaid_are_all_there_are(found: list[Row]) -> None:
    for scope in scopes(found):
        for frame in scope.frames:
            alone = replace(scope, occasions=(Occasion(frame.time, frame.rows, (frame,)),))
            told = {f.what.partition("：")[2]: len(f.of) for f in figures(proposing.section(alone))}
            if "提案者类型合计" in told:
                names = ("委员提案", "集体提案", "提案者类型记载不一", "提案者类型未注明")
                assert sum(told.get(name, 0) for name in names) == len(frame.rows)


def scopes(found: list[Row]) -> Iterator[Scope]:
    """The default report and one of each meeting."""
    for session in ("", *(s.label for s in SESSIONS)):
        try:
            yield scope_of(Store(), found, session=session)
        except NotFound:
            assert session or not [r for r in found if r.form in ("提案", "")]


@given(st.lists(st.integers(0, 10_000), max_size=12))
def test_percentages_add_up_and_are_off_by_less_than_a_tenth(counts: list[int]) -> None:
    shares = percentages(counts)
    assert sum(shares) == (1000 if sum(counts) else 0)
    for share, count in zip(shares, counts, strict=True):
        assert abs(share * sum(counts) - count * 1000) < max(sum(counts), 1)


def test_what_texts_dispute_and_what_none_says_have_parts_of_their_own() -> None:
    found = breakdown(
        [row(categories=("文化建设",)), row(), row(categories=("文化建设", "社会建设"))],
        lambda each: each.categories,
        CATEGORIES,
    )
    assert [(label, len(rows)) for label, rows in found.parts] == [("文化建设", 1), ("记载不一", 1), (UNSAID, 1)]


# -- how many were received -------------------------------------------------------------------------------------------
def said(scope: Scope, section: object = proposing.section) -> str:
    texts = [part for part in section(scope) if isinstance(part, Text)]  # type: ignore[operator]
    return "\n".join("".join(r.text if isinstance(r, Figure) else r for r in text.runs) for text in texts)


def test_received_is_told_only_where_the_texts_tell_of_more_than_what_was_accepted() -> None:
    accepted = [row(str(i), list_kinds=("全部立案",), statuses=("立案",)) for i in range(3)]
    assert "收到提案多少件：无数据" in said(scope_of(Store(), accepted))
    refused = row("丁", statuses=("不予立案",))
    told = said(scope_of(Store(), [*accepted, refused]))
    assert "收到提案4件" in told and "立案3件、不予立案1件" in told
    assert "未列入立案名单的1件只计入本项" in told
    assert "无数据（已录入材料没有写明审查立案情况）" in said(scope_of(Store(), [row(list_kinds=("优秀",))]))


def test_a_list_of_all_that_was_accepted_says_that_they_were() -> None:
    found = [row(str(i), list_kinds=("全部立案",)) for i in range(3)]
    assert "立案3件" in said(scope_of(Store(), found))


def test_what_came_later_has_the_last_word() -> None:
    review = [("立案", "交办"), ("立案", "并案"), ("立案", "撤案"), ("并案", "撤案"), ("交办",)]
    assert [proposing.review(row(statuses=s)) for s in review] == [
        ("立案",),
        ("并案",),
        ("撤案",),
        ("并案", "撤案"),
        ("立案",),
    ]


def test_a_selection_of_a_list_is_no_frame_of_its_own_but_another_list_is() -> None:
    whole = [row(str(i), sessions=(SESSIONS[0],), list_kinds=("全部立案",)) for i in range(3)]
    chosen = [replace(whole[0], list_kinds=("优秀", "全部立案")), *whole[1:]]
    assert [frame.list_kind for frame in scope_of(Store(), chosen).frames] == ["全部立案"]
    other = row("乙", sessions=(SESSIONS[0],), list_kinds=("优秀",))
    assert [frame.list_kind for frame in scope_of(Store(), [*chosen, other]).frames] == ["全部立案", "优秀"]


def test_satisfaction_is_counted_over_all_and_told_of_no_body_and_no_example() -> None:
    handlers = (Handler("…/财政局", "财政局", "主办"),)
    reply = Reply("…/r", "2031-06-01", "A类", "", "不满意")
    scope = scope_of(Store(), [row(str(i), handlers=handlers, replies=(reply,)) for i in range(3)])
    for part in handling.section(scope):
        if isinstance(part, Table) and part.head[0] == "承办单位":
            assert "满意" not in str(part)
    assert "满意" not in str(list(results.section(scope)))


def test_bodies_stand_in_the_order_of_a_chinese_list_whatever_they_have_done() -> None:
    names = ["水利局", "财政局", "教育局"]
    found = [
        row(f"{name}{i}", handlers=(Handler(f"…/{name}", name, "主办"),))
        for times, name in enumerate(names, start=1)
        for i in range(times)
    ]
    (table,) = (p for p in handling.section(scope_of(Store(), found)) if isinstance(p, Table))
    assert [cells[0][0] for cells in table.rows] == ["财政局", "教育局", "水利局"]


def test_an_honour_that_two_texts_tell_of_is_listed_once() -> None:
    twice = tuple(Honour(f"…/h{i}", "2031年度优秀提案", 2031) for i in range(2))
    parts = list(honours.section(scope_of(Store(), [row(honours=twice)])))
    (table,) = (part for part in parts if isinstance(part, Table))
    assert len(table.rows) == 1


def test_the_year_is_that_of_the_meeting_or_of_all_its_replies() -> None:
    undated = SESSIONS[0]._replace(year=None)
    reply = Reply("…/r", "2032-06-01", "", "", "")
    found = [row("甲", sessions=(SESSIONS[1],)), row("乙", sessions=(undated,), replies=(reply,))]
    assert [o.name for o in scope_of(Store(), found, year=2032).occasions] == ["三届一次会议", "三届二次会议"]
    with pytest.raises(NotFound, match="三届一次会议、三届二次会议"):
        scope_of(Store(), found, year=1999)
    with pytest.raises(NotFound, match="山南区政协"):
        scope_of(Store(), found, committee="河东区政协")
    with pytest.raises(NotFound, match="holds no proposal"):
        scope_of(Store(), [])


# -- whole reports ----------------------------------------------------------------------------------------------------
@cache
def of_the_ledger() -> Report:
    return report(ledger_graphs.of_a_ledger(COUNT), load(lexicon_dir()))


@cache
def of_the_page() -> Report:
    """Of a newspaper page that lists ten excellent proposals and nothing of how they were handled."""
    return report(store_of_quads(page_quads()), load(lexicon_dir()))


@pytest.fixture(params=[of_the_ledger, of_the_page], ids=["ledger", "page"])
def made(request: pytest.FixtureRequest) -> Report:
    found: Report = request.param()
    return found


def text_of(made: Report) -> str:
    (main,) = html.fromstring(FORMATS["report.html"](made)).xpath("//main")
    return str(main.text_content())


def test_it_has_the_sections_of_an_offices_review(made: Report) -> None:
    assert [s.heading for s in made.sections] == ["", *(t for t, _ in SECTIONS), *(t for t, _ in APPENDICES)]
    blanks = [p for s in made.sections for p in s.parts if isinstance(p, Text) and p.kind == "blank"]
    assert blanks, "the writer needs a place for her sentences"


def test_a_ledgers_figures_are_those_that_were_put_into_it() -> None:
    put = ledgers.proposals(COUNT)
    accepted = [p for p in put if p.status in {"立案", "并案"}]
    text = re.sub(r"\s", "", text_of(of_the_ledger()))
    assert f"收到提案{COUNT}件" in text
    assert f"提案共{len(accepted)}件，为全部立案提案" in text
    for category in CATEGORIES:
        assert f"{category}{sum(p.category == category for p in accepted)}件" in text
    for lead in {p.lead for p in accepted if p.lead}:
        (cells,) = (
            c
            for s in of_the_ledger().sections
            for t in s.parts
            if isinstance(t, Table) and t.head[0] == "承办单位"
            for c in t.rows
            if c[0][0] == lead.replace("区", "山南区", 1)
        )
        assert number(cells[1]) == sum(p.lead == lead for p in accepted)
        assert number(cells[2]) == sum(lead in p.co for p in accepted)
    assert f"有答复记载的{sum(p.replied is not None for p in accepted)}件" in text
    assert f"{ledgers.HONOUR}共{sum(p.honoured for p in put)}件" in text


def test_a_page_of_honours_says_no_data_of_what_it_does_not_tell() -> None:
    text = re.sub(r"\s", "", text_of(of_the_page()))
    assert "收到、立案、并案、不予立案、转办各多少件：无数据" in text
    for unsaid in ("承办单位：", "答复与办理结果：", "提案者意见：", "重点提案与督办："):
        assert f"{unsaid}{NO_DATA}" in text
    assert "%" not in text.replace("100.0%", "")  # too few for a percentage
    assert "群众关切：已录入材料中暂无对应提案的议题" in text
    assert "不等于没有提案，也不等于没有重视" in text


def test_every_link_leads_somewhere_and_every_figure_opens_words(made: Report) -> None:
    page = html.fromstring(FORMATS["report.html"](made))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in page.xpath("//a/@href")} <= set(ids)
    for opened in page.xpath("//aside"):
        assert opened.xpath(".//li/a[starts-with(@href, '#p')]")
    quoted = page.xpath("//ol[@class='entries']/li")
    assert len(quoted) == len(made.evidence.entries)
    assert all(entry.xpath(".//span[@class='said']") for entry in quoted)


def test_the_page_loads_nothing_and_runs_nothing(made: Report) -> None:
    page = html.fromstring(FORMATS["report.html"](made))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not page.xpath("//script | //img | //link | //iframe | //@style | //@onclick | //@src")
    assert page.xpath("/html/@lang") == ["zh-CN"]


def test_a_picture_has_its_words_as_text(made: Report) -> None:
    pictures = html.fromstring(FORMATS["report.html"](made)).xpath("//svg")
    assert pictures
    for picture in pictures:
        words = [t.text for t in picture.iter("text")]
        assert all(words) and not [w for w in words if re.fullmatch(r"w\d+", w)]
        assert picture.get("aria-label")


def test_words_say_where_they_stand_and_tell_no_telephone_number() -> None:
    entries = of_the_ledger().evidence.entries
    places = {q.where for e in entries for q in e.quotes}
    assert all(re.fullmatch(r"工作表“提案”第\d+行", place) for place in places)
    for name, write in FORMATS.items():
        data = write(of_the_ledger())
        text = data.decode() if name.endswith("html") else word_xml(data)
        assert not [p.phone for p in ledgers.proposals(COUNT) if p.phone in text]
        assert "联系电话" not in text


def test_citizens_are_masked_unless_full_names_are_asked_for() -> None:
    for name, write in FORMATS.items():
        data = write(of_the_page())
        text = data.decode() if name.endswith("html") else word_xml(data)
        assert not [who for who in CITIZENS if who in text]
    full = report(store_of_quads(page_quads()), load(lexicon_dir()), names="full")
    assert any(who in FORMATS["report.html"](full).decode() for who in CITIZENS)


def test_lifts_are_told_only_of_kinds_that_have_enough_records() -> None:
    tables = [
        p for s in of_the_ledger().sections for p in s.parts if isinstance(p, Table) and "与具体议题" in p.caption
    ]
    heads = {table.head[0]: table.head for table in tables}
    put = [p for p in ledgers.proposals(COUNT) if p.status in {"立案", "并案"}]
    parties = [p for p in put if p.proposers[0].name.startswith(("民盟", "民建"))]
    assert "提升度" in heads["界别"]
    assert len(parties) < 30 and "提升度" not in heads["党派"]


# -- the Word file ----------------------------------------------------------------------------------------------------
def word_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_a_word_files_links_lead_to_bookmarks(made: Report) -> None:
    xml = word_xml(FORMATS["report.docx"](made))
    marks = re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert len(marks) == len(set(marks))
    assert set(re.findall(r'w:anchor="([^"]+)"', xml)) <= set(marks)


def test_a_word_file_has_native_headings_and_tables_and_no_picture(made: Report) -> None:
    opened = docx.Document(io.BytesIO(FORMATS["report.docx"](made)))
    headings = [p.text for p in opened.paragraphs if p.style is not None and p.style.name == "报告一级"]
    assert headings == [title for title, _ in SECTIONS]
    assert len(opened.tables) >= sum(isinstance(p, Table) for s in made.sections for p in s.parts)
    assert not opened.inline_shapes
    section = opened.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.left_margin, section.top_margin)] == [210, 28, 37]


def test_a_word_file_can_be_read_back(made: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(FORMATS["report.docx"](made))
    again = read.read(file)
    assert again.raw.startswith(made.title)
    assert "一、提出与立案" in again.raw


def test_a_character_that_xml_cannot_hold_breaks_no_file() -> None:
    odd = replace(of_the_page(), title="带\x0b控制符的\x00标题")
    assert "带控制符的标题" in word_xml(FORMATS["report.docx"](odd))


# -- the same bytes ---------------------------------------------------------------------------------------------------
def test_the_same_graph_gives_the_same_bytes_in_any_process(seed_build: Path, tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        kg("report", "--build", seed_build, "--out", out, PYTHONHASHSEED=seed, TZ=f"UTC{seed}")
        found.append({file.name: file.read_bytes() for file in sorted(out.iterdir())})
    assert found[0] == found[1]
    assert sorted(found[0]) == sorted(FORMATS)


def kg(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment}
    )


def test_the_command_says_which_files_it_wrote(seed_build: Path, tmp_path: Path) -> None:
    done = kg("report", "--build", seed_build, "--out", tmp_path / "r", "--year", "2023")
    assert (done.returncode, done.stdout.split()) == (0, [str(tmp_path / "r" / name) for name in FORMATS])
    done = kg("report", "--build", seed_build, "--out", tmp_path / "r", "--committee", "没有的政协")
    assert done.returncode == 6 and len(done.stderr.splitlines()) == 1
    (tmp_path / "file").write_text("")
    done = kg("report", "--build", seed_build, "--out", tmp_path / "file" / "r")
    assert done.returncode == 4 and len(done.stderr.splitlines()) == 1


def test_the_seed_page_reads_well(seed_build: Path) -> None:
    text = re.sub(r"\s", "", text_of(report(open_store(seed_build), load(lexicon_dir()))))
    assert "共10件，均为优秀提案" in text
    assert "数量过少，只列事实，不作统计推断" in text
    assert "2023年度协商精品案例共6项" in text
    assert "工作计划：已录入材料中暂无对应提案的议题" in text


# -- in a browser -----------------------------------------------------------------------------------------------------
def test_a_click_on_a_figure_opens_its_proposals_and_leads_back(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(FORMATS["report.html"](of_the_ledger()))
    page = browser.new_page()
    asked: list[str] = []
    said_by_console: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said_by_console.append(message.text))
    page.goto(file.as_uri())
    assert not page.locator("aside:visible").count()
    figure = page.locator("a.figure").first
    figure.click()
    opened = page.locator("aside:visible")
    assert opened.count() == 1
    assert opened.locator("li").count() == int(figure.inner_text())
    opened.locator("li a").first.click()
    assert page.locator(".entries li:target").is_visible()
    page.go_back()
    opened.locator(".close").click()
    assert not page.locator("aside:visible").count()
    assert asked == [file.as_uri()] and not said_by_console
    page.close()
