"""Bytes come back as the words that were written, or are told as damaged, unsure or no text: never mojibake."""

from __future__ import annotations

import codecs
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.limits import Limits
from kg.read import text as plain
from kg.read.encoding import decode

SIMPLE = (
    "山南区政协二届五次会议优秀提案名单\n1.关于加强社区养老服务的建议（林知远）\n2.关于改造老旧小区的建议（沈若溪）\n"
)
TRADITIONAL = (
    "山南區政協二屆五次會議優秀提案名單\n1.關於加強社區養老服務的建議（林知遠）\n2.關於改造老舊小區的建議（沈若溪）\n"
)
ENCODINGS = ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_simplified_text_comes_back_from_every_encoding(encoding: str) -> None:
    assert decode(SIMPLE.encode(encoding), "名单.txt") == (SIMPLE, ())


@pytest.mark.parametrize("encoding", [*ENCODINGS, "big5", "big5hkscs"])
def test_a_traditional_text_comes_back_from_every_encoding(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), "名单.txt") == (TRADITIONAL, ())


@pytest.mark.parametrize("text", ["联通", "平装: 344页", "姓名,单位\n王洵,深圳", "1,陆一鸣,工商联", "　　提案 —— 2031"])
def test_a_short_row_in_gb18030_is_right_or_told_as_not_certain(text: str) -> None:
    assert decode(text.encode("gb18030"), "行.csv")[0] == text


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "iso-8859-1", "utf-8", "no such encoding", "", None])
def test_a_declaration_that_the_bytes_contradict_is_overruled(declared: str | None) -> None:
    assert decode(TRADITIONAL.encode("big5"), "页.html", declared)[0] == TRADITIONAL
    assert decode(SIMPLE.encode("utf-8"), "页.html", declared)[0] == SIMPLE


def test_a_declaration_decides_where_the_bytes_leave_it_open() -> None:
    data = "溫萍".encode("big5")
    unsure, notes = decode(data, "页.html")
    assert unsure != "溫萍"
    assert "not certain" in notes[0]
    assert decode(data, "页.html", "big5") == ("溫萍", ())


def test_a_table_that_is_nearly_all_ascii_is_read_by_its_few_other_letters() -> None:
    rows = "id,name,value\n" + "".join(f"{i},abc{i}@x.example,{i * 37}\n" for i in range(3000)) + "9,陆一鸣,市工商联\n"
    assert decode(rows.encode("gb18030"), "表.csv")[0] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("lost", range(2, 34, 3))
def test_a_lost_byte_is_marked_and_its_line_told(encoding: str, lost: int) -> None:
    lines = SIMPLE.encode(encoding).split(b"\n")
    lines[1] = lines[1][:lost] + lines[1][lost + 1 :]
    text, notes = decode(b"\n".join(lines), "名单.txt")
    assert "line 2" in notes[0]
    # Nothing that was not written: each character of the line is one of the text's.
    assert "\ufffd" in text.split("\n")[1]
    assert set(text.split("\n")[1]) <= set(SIMPLE) | {"\ufffd"}
    assert text.split("\n")[::2] == SIMPLE.split("\n")[::2]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_a_file_that_was_cut_within_a_character_is_read_up_to_its_last_words(encoding: str) -> None:
    text, notes = decode(TRADITIONAL.rstrip().encode(encoding)[:-1], "名单.txt")
    assert "line 3" in notes[0]
    assert text.split("\n")[:2] == TRADITIONAL.split("\n")[:2]
    assert text.endswith("\ufffd")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_damaged_in_many_places_is_left_out(encoding: str) -> None:
    line = SIMPLE.split("\n", maxsplit=1)[0].encode(encoding)
    whole = (SIMPLE * 9).encode(encoding)
    with pytest.raises(Unreadable, match="damaged"):
        decode(whole + b"\n".join(line[:9] + line[10:] for _ in range(5)), "名单.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("提案のリスト、区の議会について。議員は条例案を提出することができる。", "euc-jp"),
        ("提案のリスト、区の議会について。議員は条例案を提出することができる。", "shift_jis"),
        ("提案のリスト、区の議会について。", "iso2022_jp"),
        ("국회의원들은 법률안을 제출할 수 있다. 서울특별시 의회 의원 명단입니다.", "euc-kr"),
        ("Œuvre “préférée” du député, naïve café", "cp1252"),
        ("Москва столица", "cp1251"),
    ],
)
def test_another_languages_encoding_is_no_chinese_text(text: str, encoding: str) -> None:
    with pytest.raises(Unreadable, match="the encoding is none of UTF-8"):
        decode(text.encode(encoding), "外文.txt")


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 9, SIMPLE.encode() + b"\x00\x00", b"MZ\x90\x00\x03\x00\x00\x00"]
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(data, "数据.txt")


def packed(entry: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(entry, "<x/>")
    return file.getvalue()


OLE = codecs.decode("d0cf11e0a1b11ae1", "hex") + bytes(600)
OTHERS = {
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n": "this is a PDF; rename it to end in .pdf",
    packed("word/document.xml"): "this is a Word file; rename it to end in .docx",
    packed("xl/workbook.xml"): "this is an Excel file; rename it to end in .xlsx",
    packed("a.txt"): "this is a ZIP archive",
    OLE + "WordDocument".encode("utf-16-le"): "this is an old Word file; rename it to end in .doc",
    OLE + "Workbook".encode("utf-16-le"): "this is an old Excel file; rename it to end in .xls",
    b"\x89PNG\r\n\x1a\n": "this is a PNG picture",
    b"{\\rtf1\\ansi": "this is a Rich Text file",
    b"<!DOCTYPE html>\n<html><body>x": "this is a web page, not a plain text; rename it to end in .html",
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\nMIME-Version: 1.0\r\n": "a saved web page",
}


@pytest.mark.parametrize("data", OTHERS, ids=range(len(OTHERS)))
def test_another_formats_file_named_txt_is_told_as_what_it_is(data: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        plain.read(data, "名单.txt", Limits())
    assert OTHERS[data] in str(told.value)


def test_a_text_beyond_the_limit_is_told() -> None:
    with pytest.raises(Unreadable, match=r"more than 5 characters"):
        plain.read("一二三四五六".encode(), "长.txt", Limits(characters=5))


WHOLE = [SIMPLE.encode("gb18030"), TRADITIONAL.encode("big5"), SIMPLE.encode(), SIMPLE.encode("utf-16")]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_cut_or_altered_bytes_give_a_text_or_one_line(whole: bytes, draw: st.DataObject) -> None:
    data = bytearray(whole[: draw.draw(st.integers(0, len(whole)))])
    for at in draw.draw(st.lists(st.integers(0, max(len(data) - 1, 0)), max_size=4)):
        if data:
            data[at] ^= draw.draw(st.integers(1, 255))
    try:
        text, _ = decode(bytes(data), "名单.txt")
    except Unreadable as told:
        assert "\n" not in str(told)
    else:
        assert decode(bytes(data), "名单.txt")[0] == text


def test_the_seed_page_is_read_alike_from_every_encoding() -> None:
    page = (Path(__file__).parents[1] / "data" / "texts" / "qiantang-2024.txt").read_bytes().decode("utf-8-sig")
    for encoding in ("gb18030", "utf-16", "utf-16-be"):
        assert decode(page.encode(encoding), "页.txt") == (page, ())
