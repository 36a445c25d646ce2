"""A PDF's columns, tables and paragraphs come out as they are read, each with the page and column it stands in."""

from __future__ import annotations

import base64
import io
import subprocess
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import pdf, pdfium

SAID = "山南区政协坚持党政所需、群众所盼、政协所能，组织委员深入社区听取意见，推动老旧小区加装电梯等民生实事落地见效。"
STYLE = """
    @page { size: 380mm 540mm; margin: 12mm 15mm } body { font: 9.5pt/1.5 "Noto Serif CJK SC"; text-align: justify }
    p { margin: 0; text-indent: 2em } h2 { font-size: 22pt; text-align: center; margin: 3mm 0 1mm; line-height: 1.25 }
    .by { text-align: center; text-indent: 0 } .row { display: flex; gap: 6mm }
    table { border-collapse: collapse; width: 100% } td { border: .5pt solid #000; padding: 2pt }
"""


def printed(browser: Browser, body: str, style: str = STYLE) -> bytes:
    page = browser.new_page()
    page.set_content(f"<meta charset=utf-8><style>{style}</style>{body}")
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    return data


def read(data: bytes, limits: Limits = Limits()) -> Reading:  # noqa: B008 - frozen
    return pdf.read(data, "山南.pdf", limits)


def told(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(Unreadable) as error:
        read(data, limits)
    line = str(error.value)
    assert line.startswith("山南.pdf: ")
    assert "; " in line, "what to do"
    return line


def article(title: str, by: str, columns: int, mark: str, count: int) -> tuple[str, list[str]]:
    """An article's page and the lines it should be read as."""
    texts = [f"{mark}第{i}段，{SAID * (1 + i % 3)}" for i in range(1, count + 1)]
    body = "".join(f"<p>{text}</p>" for text in texts)
    head = f"<h2>{title}</h2><p class=by>■记者 {by}</p>"
    set_in = f'<div style="columns:{columns};column-gap:4mm">{body}</div>'
    return f"<article>{head}{set_in}</article>", [title, f"■记者 {by}", *texts]


@pytest.fixture(scope="module")
def newspaper(browser: Browser) -> tuple[Reading, list[str]]:
    """A page with an article over six columns, two side by side below it, and one in three columns at the foot."""
    a, b, c, d = (
        article("凝心聚力谱新篇 履职为民展作为", "林知远", 6, "甲", 12),
        article("社区食堂办到家门口", "周可安", 4, "乙", 9),
        article("委员工作室里的民生答卷", "陈望舒", 2, "丙", 6),
        article("短讯", "方若水", 3, "丁", 5),
    )
    body = (
        f'{a[0]}<div class=row><div style="flex:2">{b[0]}</div><div style="flex:1">{c[0]}</div></div>'
        f'<div style="border-top:1pt solid;margin-top:3mm">{d[0]}</div>'
    )
    return read(printed(browser, body)), [*a[1], *b[1], *c[1], *d[1]]


def test_a_newspaper_page_is_read_article_by_article(newspaper: tuple[Reading, list[str]]) -> None:
    reading, lines = newspaper
    assert reading.text.split("\n") == lines


def test_a_headline_is_told_by_its_size(newspaper: tuple[Reading, list[str]]) -> None:
    reading, lines = newspaper
    heads = [reading.text[r.span.start : r.span.end] for r in reading.regions if r.kind == "heading"]
    assert heads == [line for line in lines if not line.startswith("■") and "段" not in line]


def test_a_paragraph_over_two_columns_has_a_region_in_each(newspaper: tuple[Reading, list[str]]) -> None:
    reading, _ = newspaper
    pairs = [(a, b) for a, b in zip(reading.regions, reading.regions[1:], strict=False) if a.span.end == b.span.start]
    assert pairs
    for first, second in pairs:
        assert first.column is not None and second.column == first.column + 1
        assert first.box and second.box and first.box[2] <= second.box[0]
    spans = [r.span for r in reading.regions]
    assert "\n".join(reading.text.split("\n")) == reading.text
    covered = "".join(reading.text[s.start : s.end] for s in spans)
    assert covered == reading.text.replace("\n", "")


def test_the_same_bytes_give_the_same_reading(browser: Browser) -> None:
    data = printed(browser, article("短讯", "方若水", 3, "丁", 5)[0])
    assert read(data) == read(data)


def test_a_headline_that_runs_downward_is_one_line(browser: Browser) -> None:
    page, lines = article("社区食堂办到家门口", "周可安", 4, "乙", 9)
    down = '<div style="writing-mode:vertical-rl;font-size:20pt">山南政协在行动</div>'
    reading = read(printed(browser, f'<div class=row>{down}<div style="flex:1">{page}</div></div>'))
    assert reading.text.split("\n") == ["山南政协在行动", *lines]


TITLES = ["关于加快老旧小区加装电梯的建议", "关于办好社区食堂 温暖老人心田的建议", "关于推进湿地公园建设的建议"]
NAMES = ["林知远", "周可安", "民建山南区基层委员会"]
ROWS = ["序号\t提案者\t案由", *(f"{i + 1}\t{NAMES[i]}\t{TITLES[i]}" for i in range(3))]


def rows(border: str) -> str:
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row.split("\t")) + "</tr>" for row in ROWS)
    return f'<table class="{border}">{body}</table>'


@pytest.mark.parametrize("border", ["ruled", "open"])
def test_a_table_with_and_without_ruling_lines_is_rows_of_cells(border: str, browser: Browser) -> None:
    style = STYLE + ".open td { border: 0; padding: 2pt 8pt }"
    style = style.replace("380mm 540mm", "160mm 200mm")
    reading = read(printed(browser, f"<p>经审议，表彰下列提案。</p>{rows(border)}<p>特此通知。</p>", style))
    assert reading.text.split("\n") == [
        "经审议，表彰下列提案。",
        *ROWS,
        "特此通知。",
    ]
    assert [r.row for r in reading.regions if r.kind == "row"] == [1, 2, 3, 4]


def test_a_table_that_a_columns_end_cuts_is_one_table_with_whole_rows(browser: Browser) -> None:
    body = f"<p>{SAID * 3}</p>{rows('ruled')}<p>{SAID}</p>"
    style = STYLE.replace("380mm 540mm", "200mm 80mm")
    reading = read(printed(browser, f'<div style="columns:2;height:53mm;column-fill:auto">{body}</div>', style))
    assert reading.text.split("\n") == [SAID * 3, *ROWS, SAID]
    found = [r for r in reading.regions if r.kind == "row"]
    assert [(r.table, r.row) for r in found] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert [r.column for r in found] == [1, 1, 2, 2]


def test_each_item_is_a_line_and_a_title_that_a_line_breaks_is_whole(browser: Browser) -> None:
    items = [
        "一、城南街道民生议事堂：《办好社区食堂 温暖老人心田》",
        "二、城北街道民生议事堂：《从“单向管理”到“众人协商”》",
    ]
    body = "".join(f"<p>{item}</p>" for item in items)
    reading = read(printed(browser, body, STYLE.replace("380mm 540mm", "95mm 100mm")))
    assert reading.text.split("\n") == items


def test_latin_words_and_chinese_keep_their_blanks(browser: Browser) -> None:
    text = "The committee of Shannan met members of seven sectors and heard how they see the new park by the river."
    reading = read(printed(browser, f"<p>{text}</p><p>{SAID}</p>", STYLE.replace("380mm 540mm", "95mm 100mm")))
    assert reading.text.split("\n") == [text, SAID]


# -- what an office program exports


def numbered(paragraph: object) -> None:
    """A page's number, which Word computes."""
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()  # type: ignore[attr-defined]
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = code or None
        run._r.append(element)


PARAGRAPHS = [f"第{i}段，{SAID * (2 + i % 3)}" for i in range(1, 11)]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with header, page numbers and a long table, a list of names, and a worksheet: printed by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    report = docx.Document()
    report.sections[0].header.paragraphs[0].text = "政协山南区第三届委员会第二次会议文件"
    numbered(report.sections[0].footer.paragraphs[0])
    title = report.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("关于提案工作情况的报告").font.size = Pt(22)
    for text in PARAGRAPHS:
        report.add_paragraph(text).paragraph_format.first_line_indent = Pt(22)
    table = report.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ["界别", "委员", "案由"], strict=True):
        cell.text = text
    for i in range(30):
        for cell, text in zip(table.add_row().cells, ["", f"委员{i}号", TITLES[i % 3]], strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "教育界"
    for text in ("抓好落实", "办好实事"):
        report.add_paragraph(text, style="List Number")
    for text in ("政协山南区委员会", "2031年1月15日"):
        report.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    report.save(str(folder / "报告.docx"))
    names = docx.Document()
    for name in ("林知远", "周可安", "陈望舒"):
        names.add_paragraph(name)
    names.save(str(folder / "名单.docx"))
    book = openpyxl.Workbook()
    for row in [["序号", "提案者", "案由"], *([i + 1, "林知远", TITLES[0]] for i in range(12))]:
        book.active.append(row)
    book.active.column_dimensions["C"].width = 50
    book.save(folder / "台账.xlsx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, *folder.glob("*.*x")], check=True, capture_output=True)
    return folder


def lines_of(path: Path) -> list[str]:
    return read(path.read_bytes()).text.split("\n")


def test_a_reports_paragraphs_run_over_its_pages_and_furniture_stands_once(exported: Path) -> None:
    lines = lines_of(exported / "报告.pdf")
    assert lines[:12] == ["政协山南区第三届委员会第二次会议文件", "关于提案工作情况的报告", *PARAGRAPHS]
    assert lines[-4:] == ["1. 抓好落实", "2. 办好实事", "政协山南区委员会", "2031年1月15日"]


def test_a_table_over_two_pages_goes_on(exported: Path) -> None:
    reading = read((exported / "报告.pdf").read_bytes())
    found = [r for r in reading.regions if r.kind == "row"]
    assert [r.row for r in found] == list(range(1, 32))
    assert {r.table for r in found} == {1}
    assert len({r.page for r in found}) > 1
    cells = [reading.text[r.span.start : r.span.end].split("\t") for r in found]
    assert cells[1:3] == [["教育界", "委员0号", TITLES[0]], ["教育界", "委员1号", TITLES[1]]]
    assert cells[-1] == ["", "委员29号", TITLES[29 % 3]]


def test_a_list_of_short_lines_stays_one(exported: Path) -> None:
    assert lines_of(exported / "名单.pdf") == ["林知远", "周可安", "陈望舒"]


def test_a_worksheet_printed_without_lines_is_rows(exported: Path) -> None:
    lines = lines_of(exported / "台账.pdf")
    assert lines == ["序号\t提案者\t案由", *(f"{i + 1}\t林知远\t{TITLES[0]}" for i in range(12))]


# -- what can't be read, or only in part


@pytest.fixture(scope="module")
def small(browser: Browser) -> bytes:
    return printed(browser, f"<p>{SAID}</p>", STYLE.replace("380mm 540mm", "95mm 100mm"))


@pytest.fixture(scope="module")
def scanned(browser: Browser) -> bytes:
    """The same text as a picture of it."""
    page = browser.new_page(viewport={"width": 400, "height": 300})
    page.set_content(f"<p>{SAID}</p>")
    picture = base64.b64encode(page.screenshot()).decode()
    page.close()
    style = "@page { size: 85mm 70mm; margin: 0 } body { margin: 0 } img { width: 80mm; display: block }"
    return printed(browser, f'<img src="data:image/png;base64,{picture}">', style)


def altered(*parts: bytes, password: str = "", owner: str = "", turn: int = 0) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for part in parts:
        writer.append(io.BytesIO(part))
    for page in writer.pages:
        page.rotate(turn)
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_named_as_one(scanned: bytes) -> None:
    assert "a scan: 1 page without a text layer" in told(scanned)


def test_pages_that_are_pictures_are_named_and_the_others_read(small: bytes, scanned: bytes) -> None:
    reading = read(altered(small, scanned, scanned, small))
    assert reading.text == f"{SAID}\n{SAID}"
    assert reading.notes == ("pages 2–3 without a text layer: a picture, not read",)
    assert {r.page for r in reading.regions} == {1, 4}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_the_same(turn: int, small: bytes) -> None:
    assert read(altered(small, turn=turn)).text == SAID


def test_an_owners_password_does_not_keep_it_from_being_read(small: bytes) -> None:
    assert read(altered(small, owner="密码")).text == SAID


def test_a_password_is_asked_for_in_one_line(small: bytes) -> None:
    assert "protected by a password" in told(altered(small, password="密码"))


def test_letters_that_a_font_does_not_name_are_no_text(small: bytes) -> None:
    nameless = small.replace(b"/ToUnicode", b"/ToUnicoda")
    assert nameless != small
    assert "do not say which letters they show" in told(nameless)


def test_a_nameless_page_among_others_is_left_out_and_named(small: bytes) -> None:
    reading = read(altered(small, small.replace(b"/ToUnicode", b"/ToUnicoda")))
    assert reading.text == SAID
    assert reading.notes == ("page 2 left out: the font does not say which letters it shows",)


def test_radicals_and_ligatures_are_read_as_the_characters_they_show() -> None:
    shown = [pdfium.character(ord(c), unmapped=False) for c in "⻓⼤⺠豈ﬁ︽２\uf06c\ue123"]
    assert shown == ["长", "大", "民", "豈", "fi", "《", "２", "●", pdfium.MISSING]


def test_a_watermark_is_left_out_and_noted(browser: Browser) -> None:
    mark = '<div style="position:fixed;top:60mm;left:15mm;font-size:20pt;transform:rotate(-35deg)">征求意见稿</div>'
    reading = read(printed(browser, f"{mark}<p>{SAID}</p>", STYLE.replace("380mm 540mm", "95mm 100mm")))
    assert reading.text == SAID
    assert reading.notes == ("left out, set at a slant over the page: 征求意见稿",)


def test_limits_hold_before_pages_are_parsed(small: bytes) -> None:
    assert "3 pages, more than 2; split the file" in told(altered(small, small, small), Limits(pages=2))
    assert "more than 20 characters" in told(small, Limits(characters=20))


def test_what_is_no_pdf_or_cut_off_is_told(small: bytes) -> None:
    assert "PDF" in told(b"PK\x03\x04")
    assert "damaged or incomplete" in told(small[: len(small) // 2])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_give_a_reading_or_an_error_in_one_line(small: bytes, data: st.DataObject) -> None:
    changed = bytearray(small)
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(small) - 1), st.integers(0, 255)), max_size=40)):
        changed[at] = byte
    end = data.draw(st.sampled_from([len(small), len(small) - 30, len(small) // 2]))
    try:
        assert read(bytes(changed[:end])).text
    except Unreadable as e:
        assert "\n" not in str(e)
