"""Worksheets and CSV as a person sees them."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import csv_file, excel, open_sheet


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def of_csv(text: str, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    return csv_file.read(text.encode(), "表.csv", limits).text


@pytest.fixture(scope="module")
def book() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "2031年立案"
    sheet.append(["山南区政协提案台账"])
    sheet.append(["编号", "案由", "日期", "满意率"])
    sheet.append([7, "关于修桥的\n建议", date(2031, 3, 1), 0.985])
    sheet.append([8, None, None, 1])
    sheet["A3"].number_format = sheet["A4"].number_format = "0000"
    sheet["D3"].number_format = sheet["D4"].number_format = "0.0%"
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("A1:D1")
    sheet["A6"] = "注：数据截至三月。"
    hidden = made.create_sheet("去年")
    hidden.append(["编号", "案由"])
    hidden.append(["1", "关于修路的建议"])
    hidden.sheet_state = "hidden"
    made.create_sheet("空")
    return saved(made)


SEEN = (
    "山南区政协提案台账\n编号\t案由\t日期\t满意率\n0007\t关于修桥的 建议\t2031-03-01\t98.5%\n"
    "0008\t关于修桥的 建议\t\t100.0%\n注：数据截至三月。\n去年\n编号\t案由\n1\t关于修路的建议"
)


def test_a_workbook_is_read_as_it_is_shown(book: bytes) -> None:
    reading = excel.read(book, "台账.xlsx", Limits())
    assert reading.text == SEEN
    assert reading.notes == ("the hidden sheet 去年 was read too",)
    assert [r.where for r in reading.regions][2] == "工作表“2031年立案”第3行"
    assert [reading.text[r.span.start : r.span.end] for r in reading.regions] == SEEN.split("\n")


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_other_formats_of_a_workbook_show_the_same(ending: str, book: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", ending, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = open_sheet.read if ending == "ods" else excel.read
    text = read((tmp_path / f"a.{ending}").read_bytes(), f"a.{ending}", Limits()).text
    assert text.replace("2031/3/1", "2031-03-01").replace("03/01/31", "2031-03-01") == SEEN


def test_a_sheet_that_claims_a_million_rows_is_read(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "甲", "乙"
    assert excel.read(saved(made), "a.xlsx", Limits()).text == "甲\n乙"


def test_more_rows_than_the_limit_are_told() -> None:
    made = openpyxl.Workbook()
    for i in range(12):
        made.active.append([i, "甲"])
    with pytest.raises(Unreadable, match=r"more than 10 rows; .*limits.rows"):
        excel.read(saved(made), "a.xlsx", Limits(rows=10))
    with pytest.raises(Unreadable, match="more than 10 rows"):
        of_csv("a,b\n" * 12, Limits(rows=10))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("序号,案由\n1,修桥\n", "序号\t案由\n1\t修桥"),
        ("sep=;\n序号;案由,全称\n1;修桥\n", "序号\t案由,全称\n1\t修桥"),
        ("序号\t案由\n1\t修桥,修路\n", "序号\t案由\n1\t修桥,修路"),
        ('序号,案由\n="001","修桥\n修路"\n', "序号\t案由\n001\t修桥 修路"),
        ("第一段,有逗号。\n", "第一段,有逗号。"),
        ("一行\n又一行\n", "一行\n又一行"),
    ],
)
def test_csv_in_its_dialects(text: str, seen: str) -> None:
    assert of_csv(text) == seen


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    with pytest.raises(Unreadable, match=r"表.csv: line 2: a quotation mark"):
        of_csv('序号,案由\n1,"修桥\n2,修路\n3,修渠\n')
    with pytest.raises(Unreadable, match=r"表.csv: line 5: a quotation mark"):
        of_csv('sep=,\n序号,案由\n"1\n一","修桥","丁"\n2,"修路\n3,"修渠"\n4,种树\n')


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_bytes_are_a_reading_or_one_line(book: bytes, data: st.DataObject) -> None:
    broken = bytearray(book[: data.draw(st.integers(1, len(book)))])
    for at in data.draw(st.lists(st.integers(0, len(broken) - 1), max_size=8)):
        broken[at] ^= data.draw(st.integers(1, 255))
    try:
        assert isinstance(excel.read(bytes(broken), "a.xlsx", Limits()), Reading)
    except Unreadable as told:
        assert str(told).startswith("a.xlsx: ")
