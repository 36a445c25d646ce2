"""A Word file is read as Word prints it: what a person would copy from the page, and nothing that the page hides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import read as read_file
from kg.read.word import read
from kg.read.word_numbering import written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def made(body: str, *, numbering: str = "", styles: str = "") -> bytes:
    """What python-docx saves: a document of this body, with these lists and styles beside those of its template."""
    document = docx.Document()
    parts = (
        (document.element.body, body, 0),
        (document.part.numbering_part.element, numbering, 0),
        (document.styles.element, styles, len(document.styles.element)),
    )
    for parent, xml, at in parts:
        for i, element in enumerate(parse_xml(f"<x {NAMESPACES}>{xml}</x>")):
            parent.insert(at + i, element)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def altered(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A packed file with each part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def reading(body: str, numbering: str = "", styles: str = "") -> Reading:
    return read(made(body, numbering=numbering, styles=styles), "名单.docx", Limits())


def lines(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return reading(body, numbering, styles).text.split("\n")


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs, or of texts."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(x if x.startswith('<') else r(x) for x in runs)}</w:p>"


def item(text: str, number: int, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def levels(key: int, *forms: tuple[str, str], more: str = "") -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(forms)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{made}</w:abstractNum>'


def use(number: int, key: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{override}</w:num>'


def table(*rows: Sequence[str]) -> str:
    """A table whose cells are given as texts or as their XML."""
    cells = [
        [c if c.startswith("<w:tc>") else f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row]
        for row in rows
    ]
    rows_made = ["<w:tr>" + "".join(row) + "</w:tr>" for row in cells]
    return "<w:tbl>" + "".join(rows_made) + "</w:tbl>"


def cell(text: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


OUTLINE = levels(91, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")) + use(91, 91)


def test_the_numbers_that_word_computes_stand_in_the_text() -> None:
    body = item("强化学习", 91) + item("机制", 91, 1) + item("党组", 91, 2) + item("专委会", 91, 2) + p("会议认为。")
    body += item("办理", 91, 2) + item("队伍", 91, 1) + item("服务大局", 91) + item("调研", 91, 1)
    assert lines(body, OUTLINE) == [
        *("一、强化学习", "（一）机制", "1. 党组", "2. 专委会", "会议认为。", "3. 办理"),
        *("（二）队伍", "二、服务大局", "（一）调研"),
    ]


def test_a_number_is_made_of_the_levels_above_it() -> None:
    lists = levels(91, ("upperRoman", "%1."), ("decimal", "%1.%2"), more="<w:isLgl/>") + use(91, 91)
    assert lines(item("甲", 91) + item("乙", 91, 1) + item("丙", 91, 1), lists) == ["1. 甲", "1.1 乙", "1.2 丙"]


def test_a_list_that_begins_anew_counts_from_its_own_start_and_one_that_goes_on_does_not() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = levels(91, ("decimal", "%1.")) + use(91, 91) + use(92, 91) + use(93, 91, override)
    body = item("甲", 91) + item("乙", 92) + item("丙", 93) + item("丁", 93) + item("戊", 91)
    assert lines(body, lists) == ["1. 甲", "2. 乙", "5. 丙", "6. 丁", "7. 戊"]


def test_a_level_that_never_begins_anew_counts_on() -> None:
    lists = levels(91, ("chineseCounting", "%1、"), ("decimal", "第%2条"), more='<w:lvlRestart w:val="0"/>') + use(
        91, 91
    )
    body = item("总则", 91) + item("目的", 91, 1) + item("职责", 91) + item("范围", 91, 1)
    assert lines(body, lists) == ["一、总则", "第1条 目的", "二、职责", "第2条 范围"]


def test_numbering_comes_through_styles_and_is_taken_away_by_zero() -> None:
    level = '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    level += '<w:pStyle w:val="a2"/><w:lvlText w:val="（%2）"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="91">{level}</w:abstractNum>' + use(91, 91)
    numbered = "<w:pPr><w:numPr><w:numId w:val='91'/></w:numPr></w:pPr>"
    styles = f'<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="条"/>{numbered}</w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="条2"/><w:basedOn w:val="a2"/></w:style>'
    body = p("甲", properties='<w:pStyle w:val="a2"/>') + p("乙", properties='<w:pStyle w:val="a3"/>')
    body += p("丙", properties='<w:pStyle w:val="a2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
    assert lines(body, lists, styles) == ["（1）甲", "（2）乙", "丙"]


def test_a_bullet_is_a_character_whatever_glyph_draws_it() -> None:
    lists = levels(91, ("bullet", "\uf0b7")) + use(91, 91) + levels(92, ("bullet", "l")) + use(92, 92)
    lists = lists.replace(use(91, 91), "") + use(91, 91)
    found = reading(item("甲", 91) + item("乙", 92), lists)
    assert found.text == "● 甲\n● 乙"
    assert {region.kind for region in found.regions} == {"item"}


@pytest.mark.parametrize(
    ("form", "numbers"),
    {
        "decimalZero": "01 02 10 11 20 21 99 100",
        "chineseCounting": "一 二 十 十一 二十 二十一 九十九 一〇〇",
        "chineseCountingThousand": "一 二 十 十一 二十 二十一 九十九 一百",
        "taiwaneseCountingThousand": "一 二 十 十一 二十 二十一 九十九 一百",
        "ideographDigital": "一 二 一〇 一一 二〇 二一 九九 一〇〇",
        "ideographTraditional": "甲 乙 癸 11 20 21 99 100",
        "decimalEnclosedCircleChinese": "① ② ⑩ ⑪ ⑳ ㉑ 99 100",
        "decimalEnclosedParen": "⑴ ⑵ ⑽ ⑾ ⒇ 21 99 100",
        "decimalFullWidth": "１ ２ １０ １１ ２０ ２１ ９９ １００",
        "chineseLegalSimplified": "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰",
        "lowerLetter": "a b j k t u uuuu vvvv",
        "upperRoman": "I II X XI XX XXI XCIX C",
        "hindiVowels": "1 2 10 11 20 21 99 100",
    }.items(),
)
def test_the_forms_of_numbers(form: str, numbers: str) -> None:
    assert [written(value, form) for value in (1, 2, 10, 11, 20, 21, 99, 100)] == numbers.split()


def test_neighbours_of_one_list_are_items_and_a_single_one_may_be_a_heading() -> None:
    lists = OUTLINE + levels(92, ("decimal", "%1.")) + use(92, 92)
    body = item("工作回顾", 91) + p("会议认为。") + item("甲", 92) + item("乙", 92) + p("完。")
    assert [region.kind for region in reading(body, lists).regions] == ["", "", "item", "item", ""]


def test_headings_are_known_by_style_name_outline_level_and_what_a_style_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="21"><w:name w:val="局发文"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="bt"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="tz"><w:name w:val="题注"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="环"/><w:basedOn w:val="loop"/></w:style>'
    )
    kinds = {
        '<w:pStyle w:val="Title"/>': "heading",
        '<w:pStyle w:val="Heading3"/>': "heading",
        '<w:pStyle w:val="2"/>': "heading",
        '<w:pStyle w:val="21"/>': "heading",
        '<w:pStyle w:val="bt"/>': "heading",
        '<w:outlineLvl w:val="1"/>': "heading",
        '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>': "",
        '<w:pStyle w:val="tz"/>': "caption",
        '<w:pStyle w:val="loop"/>': "",
        '<w:pStyle w:val="gone"/>': "",
        "": "",
    }
    found = reading("".join(p("山南区政协", properties=properties) for properties in kinds), styles=styles)
    assert [region.kind for region in found.regions] == list(kinds.values())


def test_a_table_is_a_line_a_row_and_a_merged_cell_stands_in_each_row_that_it_covers() -> None:
    body = p("名单") + table(
        [cell("附表", '<w:gridSpan w:val="4"/>')],
        ["序号", "提案者", "承办", "案由"],
        ["1", cell("林知远", '<w:vMerge w:val="restart"/>'), cell("主办：某局", '<w:gridSpan w:val="2"/>')],
        ["2", cell("", "<w:vMerge/>"), p("某局") + p("某街道"), p("关于修桥的", "<w:r><w:br/></w:r>", "建议")],
    )  # fmt: skip
    found = reading(body + p("完。") + table(["甲", "乙"]))
    assert found.text.split("\n") == [
        *(
            "名单",
            "附表",
            "序号\t提案者\t承办\t案由",
            "1\t林知远\t主办：某局",
            "2\t林知远\t某局 某街道\t关于修桥的 建议",
        ),
        *("完。", "甲\t乙"),
    ]
    where = [(region.kind, region.table, region.row) for region in found.regions]
    assert where == [
        ("", None, None),
        ("", 1, 1),
        *(("row", 1, row) for row in (2, 3, 4)),
        ("", None, None),
        ("row", 2, 1),
    ]


def test_a_column_that_word_numbers_has_its_numbers() -> None:
    lists = levels(91, ("decimal", "%1")) + use(91, 91)
    rows = [[item("", 91), "林知远", f"关于第{i}件的建议"] for i in "甲乙"]
    assert lines(table(["序号", "提案者", "案由"], *rows), lists)[1:] == [
        "1\t林知远\t关于第甲件的建议",
        "2\t林知远\t关于第乙件的建议",
    ]


def test_a_row_that_begins_further_right_and_a_row_that_was_deleted() -> None:
    body = table(["甲", "乙"], ["丙", "丁"], ["戊", "己"])
    body = body.replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>', 2)
    body = body.replace('<w:gridBefore w:val="1"/>', '<w:del w:id="1"/>', 1)
    found = reading(body)
    assert found.text == "\t丙\t丁\n戊\t己"
    assert "tracked" in found.notes[0]


def test_a_table_in_a_cell_follows_the_table_and_a_frame_is_none() -> None:
    inner = table(["序号", "案由"], ["1", "关于修桥的建议"])
    found = reading(table(["附件", p("见下") + inner + p("")], ["二", "无"]))
    assert found.text.split("\n") == ["附件\t见下", "二\t无", "序号\t案由", "1\t关于修桥的建议"]
    assert [region.table for region in found.regions] == [1, 1, 2, 2]
    framed = reading(table([p("优秀提案名单") + p("共两件。") + inner + p("")]))
    assert framed.text.split("\n") == ["优秀提案名单", "共两件。", "序号\t案由", "1\t关于修桥的建议"]


BOX = "<w:txbxContent><w:p><w:r><w:t>编者按</w:t></w:r></w:p></w:txbxContent>"
DRAWN = (
    "<w:r><mc:AlternateContent>"
    f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_stands_once_after_its_paragraph_or_in_its_cell() -> None:
    body = p("正文", DRAWN) + p("下文") + table(["甲", p("乙", DRAWN)])
    assert lines(body) == ["正文", "编者按", "下文", "甲\t乙 编者按"]
    assert lines(p(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>")) == ["编者按"]


def test_what_stands_in_controls_links_fields_and_ruby_is_text() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{r('链接')}</w:hyperlink>"
    ruby = f"<w:r><w:ruby><w:rt>{r('zhī')}</w:rt><w:rubyBase>{r('知')}</w:rubyBase></w:ruby></w:r>"
    sign = "<w:r><w:sym w:font='Wingdings' w:char='F06C'/></w:r>"
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    body = control.format(p("控件段")) + p("林", ruby, "远", control.format(r("、控件")), prompt, link, sign, formula)
    cells = control.format("<w:tc>" + p("甲") + "</w:tc>") + "<w:tc>" + p("乙") + "</w:tc>"
    row = "<w:tbl>" + control.format("<w:tr>" + cells + "</w:tr>") + "</w:tbl>"
    assert lines(body + row) == ["控件段", "林知远、控件链接●x", "甲\t乙"]


def test_a_field_of_the_date_of_printing_is_left_out_and_others_stand_as_filled_in() -> None:
    def of(instruction: str) -> str:
        signs = ['<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{instruction}</w:instrText>"]
        signs += ['<w:fldChar w:fldCharType="separate"/>', "<w:t>结果</w:t>", '<w:fldChar w:fldCharType="end"/>']
        return "".join(f"<w:r>{sign}</w:r>" for sign in signs)

    simple = f'<w:fldSimple w:instr=" TIME ">{r("十点")}</w:fldSimple>'
    simple += f'<w:fldSimple w:instr="REF a">{r("见附件")}</w:fldSimple>'
    assert lines(p("于", of(' DATE \\@ "yyyy" '), "止", of("REF a"), simple)) == ["于止结果见附件"]


def test_tracked_changes_are_read_as_accepted_and_hidden_text_is_left_out_and_both_are_said() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    gone += '<w:moveFrom w:id="3"><w:r><w:t>移</w:t></w:r></w:moveFrom>'
    new = f'<w:ins w:id="2">{r("新")}</w:ins>'
    styles = '<w:style w:type="character" w:styleId="h"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = (
        r("藏", "<w:vanish/>")
        + r("藏", '<w:rStyle w:val="h"/>')
        + r("示", '<w:rStyle w:val="h"/><w:vanish w:val="0"/>')
    )
    found = reading(p("关于", gone, new, hidden), styles=styles)
    assert found.text == "关于新示"
    assert found.notes == ("its hidden text was left out", "its tracked changes were read as if accepted")


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert lines(p("关于修", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("桥的建议")) == ["关于修桥的建议"]


BR = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    ("runs", "properties", "expected"),
    [
        (["山南区政协", BR, "关于表彰的决定"], '<w:jc w:val="center"/>', ["山南区政协 关于表彰的决定"]),
        (["山南区政协：", BR, "一、关于表彰"], '<w:pStyle w:val="Heading1"/>', ["山南区政协： 一、关于表彰"]),
        (["会议听取了", BR, "关于提案的报告。"], "", ["会议听取了 关于提案的报告。"]),
        (["会议开幕。", BR, "林知远致辞。"], "", ["会议开幕。", "林知远致辞。"]),
        (["名单", BR, "1.修桥的建议", BR, "2.修路的建议"], "", ["名单", "1.修桥的建议", "2.修路的建议"]),
        (["林知远　修桥", BR, "何　晏　修路", BR, "沈砚　种树"], "", ["林知远　修桥", "何　晏　修路", "沈砚　种树"]),
        (["上文", '<w:r><w:br w:type="page"/></w:r>', "下文"], "", ["上文", "下文"]),
        (["1\t林知远", BR, "2\t何晏"], "", ["1\t林知远", "2\t何晏"]),
    ],
)  # fmt: skip
def test_a_break_ends_a_line_where_the_paragraph_uses_it_so(
    runs: list[str], properties: str, expected: list[str]
) -> None:
    runs = [run.replace("\t", "</w:t><w:tab/><w:t>") for run in runs]
    assert lines(p(*runs, properties=properties)) == expected


def test_tabs_part_cells_with_the_computed_number_as_the_first() -> None:
    lists = levels(91, ("decimal", "%1.")) + use(91, 91)
    row = "林知远</w:t><w:tab/><w:tab/><w:t>关于修桥的建议"
    assert lines(p("\u3000" + row) + item(row, 91), lists) == ["林知远\t关于修桥的建议", "1.\t林知远\t关于修桥的建议"]


def test_what_is_left_out_on_purpose_is_said() -> None:
    contents = '<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>'
    document = docx.Document(
        io.BytesIO(made(p("总则 1", properties='<w:pStyle w:val="toc1"/>') + p("总则"), styles=contents))
    )
    document.add_comment(document.paragraphs[1].runs, text="此处待核", author="何晏")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    file = io.BytesIO()
    document.save(file)
    found = read(file.getvalue(), "名单.docx", Limits())
    assert found.text == "总则"
    assert found.notes == ("its table of contents was left out", "its comments were left out")


def test_the_strict_variant_is_read_alike() -> None:
    body = (
        p("名单", properties='<w:pStyle w:val="Heading1"/>')
        + item("甲", 91)
        + table(["序号", "案由"], ["1", "关于修桥"])
    )
    data = made(body, numbering=OUTLINE)
    strict = altered(
        data,
        lambda _, part: part.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    assert strict != data
    assert read(strict, "名单.docx", Limits()) == read(data, "名单.docx", Limits())


def test_a_document_of_many_pages_is_bounded_by_the_limits() -> None:
    data = made(p("提案" * 100) * 100 + table(*[["甲", "乙"]] * 50))
    with pytest.raises(Unreadable, match="more than 5,000 characters"):
        read(data, "名单.docx", Limits(characters=5000))
    with pytest.raises(Unreadable, match="more than 20 rows"):
        read(data, "名单.docx", Limits(rows=20))


def test_a_document_that_is_nested_without_end_is_told() -> None:
    deep = "".join("<w:tbl><w:tr><w:tc>" for _ in range(5000))
    end = "".join("</w:tc></w:tr></w:tbl>" for _ in range(5000))
    data = made(p("甲"))

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</w:body>", f"{deep}{end}</w:body>".encode()) if name == "word/document.xml" else part

    with pytest.raises(Unreadable, match="nested deeper"):
        read(altered(data, change), "名单.docx", Limits())


def test_a_part_that_is_missing_or_broken_is_told() -> None:
    data = made(p("甲"))
    for part, content in (("word/document.xml", b"<w:document>"), ("_rels/.rels", b"<Relationships/>")):
        broken = altered(data, lambda name, old, part=part, content=content: content if name == part else old)  # type: ignore[misc]
        with pytest.raises(Unreadable, match="damaged"):
            read(broken, "名单.docx", Limits())


def test_a_file_with_macros_is_read_and_they_are_ignored(tmp_path: Path) -> None:
    data = io.BytesIO(made(p("优秀提案名单")))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    path = tmp_path / "名单.docm"
    path.write_bytes(data.getvalue())
    document = read_file(path)
    assert document.raw == "优秀提案名单"
    assert document.notes == ("its macros were ignored",)


RICH = made(
    p("名单", properties='<w:pStyle w:val="Heading1"/>') + item("甲", 91) + item("乙", 91, 1) + p("正文", DRAWN)
    + table(["序号", "案由"], ["1", cell("关于修桥", '<w:vMerge w:val="restart"/>')], ["2", cell("", "<w:vMerge/>")]),
    numbering=OUTLINE,
)  # fmt: skip
READ = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels")


@given(st.sampled_from(READ), st.floats(0, 1), st.binary(max_size=4), st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_whatever_its_xml_holds_it_is_read_or_told_in_one_line(part: str, at: float, put: bytes, over: int) -> None:
    def change(name: str, content: bytes) -> bytes:
        i = int(at * len(content))
        return content[:i] + put + content[i + over :] if name == part else content

    data = altered(RICH, change)
    try:
        assert read(data, "名单.docx", Limits()) == read(data, "名单.docx", Limits())
    except Unreadable as e:
        assert "\n" not in str(e)


@given(st.sampled_from(["0", "-1", "99999999999", "x", "", "\u0663", "9", "92"]), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_numbers_that_make_no_sense_do_no_harm(value: str, which: int) -> None:
    def change(name: str, content: bytes) -> bytes:
        parts = content.split(b'w:val="')
        i = 1 + which % max(len(parts) - 1, 1)
        if name not in {"word/document.xml", "word/numbering.xml"} or i >= len(parts):
            return content
        parts[i] = value.encode() + b'"' + parts[i].partition(b'"')[2]
        return b'w:val="'.join(parts)

    assert "关于修桥" in read(altered(RICH, change), "名单.docx", Limits()).text
