"""Workbooks as other programs than openpyxl write them: no cell is lost to a slip, and none fills the memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_workbooks import data, ods, repeated, row, xlsx

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import csv_file, excel, open_sheet
from kg.read.cell_words import Formats

LIST = (row(1, "序号", "案由", "提案者"), row(2, "1", "关于修桥的建议", "林知远"))


def of(book: bytes) -> Reading:
    return excel.read(book, "a.xlsx", Limits())


def of_ods(*tables: str, styles: str = "") -> Reading:
    return open_sheet.read(ods(*tables, styles=styles), "a.ods", Limits())


def styled(*formats: int, codes: str = "") -> str:
    return f"{codes}<cellXfs>{''.join(f'<xf numFmtId={str(f)!r}/>' for f in formats)}</cellXfs>"


def shown(value: str, style: str, *, properties: str = "") -> str:
    """What a cell of a number shows."""
    cell = f'<row><c t="inlineStr"><is><t>日期</t></is></c></row><row><c s="0"><v>{value}</v></c></row>'
    return of(xlsx(data(cell), styles=style, properties=properties)).text.split("\n")[1]


# -- strings


def test_strings_of_every_kind_are_read() -> None:
    shared = (
        '<si><t xml:space="preserve"> 前后有空 </t></si>'
        "<si><r><rPr><b/></rPr><t>林</t></r><r><t>知远</t></r><rPh sb='0' eb='1'><t>lin</t></rPh><phoneticPr/></si>"
        "<si><t>一行_x000D_&#10;又一行</t></si><si/><si><t>_x005F_x000D_</t></si>"
    )
    cells = "".join(f'<c t="s"><v>{i}</v></c>' for i in range(5))
    inline = '<c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>'
    others = (
        '<c t="b"><v>1</v></c><c t="str"><f>A1&amp;""</f><v>甲&amp;乙</v></c><c t="d"><v>2031-03-01T09:30:00</v></c>'
    )
    text = of(xlsx(data(f"<row>{cells}</row><row>{inline}{others}</row>"), shared=shared)).text
    assert text == "台账\n前后有空\t林知远\t一行 又一行\t\t_x000D_\n甲乙\tTRUE\t甲&乙\t2031-03-01 09:30"


def test_cells_stand_where_their_addresses_say_and_else_one_after_the_other() -> None:
    cells = '<row r="3"><c r="C3"><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c><c r="D4"><v>4</v></c></row>'
    reading = of(xlsx(data(cells)))
    assert reading.text == "台账\n\t\t1\t2\n\t3\t\t4"
    assert [region.row for region in reading.regions] == [None, 3, 4]


def test_a_strict_workbook_is_read() -> None:
    assert of(xlsx(data(*LIST), strict=True)).text == "台账\n序号\t案由\t提案者\n1\t关于修桥的建议\t林知远"


def test_prefixed_tags_are_read() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    inside = f'<x:sheetData xmlns:x="{main}"><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData>'
    assert of(xlsx(inside)).text == "7"


def test_sheets_come_in_the_order_of_their_tabs_and_charts_are_none() -> None:
    book = xlsx(data(row(1, "甲")), data(row(1, "乙")), names=("二", "一"), chart=True)
    assert of(book).text == "甲\n乙"
    assert [region.sheet for region in of(book).regions] == ["二", "一"]


# -- dates


@pytest.mark.parametrize("number", [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
def test_what_chinese_programs_format_by_number_alone_is_a_date(number: int) -> None:
    assert shown("47908", styled(number)) in {"2031-03-01", "2031年3月"}


@pytest.mark.parametrize("number", [32, 33, 34, 35, 55, 56])
def test_times_that_chinese_programs_format_by_number_alone(number: int) -> None:
    assert shown("0.5", styled(number)) == "12:00"


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "47908", "2031-03-01"),
        ("[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;", "47908", "2031年3月"),
        ("[Red]yyyy/m", "47908", "2031年3月"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "47908", "2031-03-01"),
        ("[$-804]aaaa;@", "47908", "2031-03-01"),
        ("[h]:mm", "1.5", "36:00"),
        ("yyyy-mm-dd", "20310001", "20310001"),
        ("0.0&quot;d&quot;", "47908", "47908"),
        ("0000", "7", "0007"),
        ("0.0%", "0.985", "98.5%"),
    ],
)
def test_formats_that_a_workbook_spells_out(code: str, value: str, said: str) -> None:
    codes = f'<numFmts count="1"><numFmt numFmtId="180" formatCode="{code}"/></numFmts>'
    assert shown(value, styled(180, codes=codes)) == said


def test_days_since_1904() -> None:
    assert shown("46446", styled(14), properties='<workbookPr date1904="1"/>') == "2031-03-01"
    assert shown("47908", styled(14), properties="<workbookPr/>") == "2031-03-01"


@given(value=st.text(max_size=12), style=st.text(max_size=3), codes=st.text(max_size=12))
def test_no_number_and_no_format_ends_the_reading(value: str, style: str, codes: str) -> None:
    assert isinstance(Formats([0, 14, 164], {164: codes}).shown(value, style), str)


# -- slips


@pytest.mark.parametrize(
    ("styles", "noted"),
    [
        (None, True),
        ("", False),
        ("<fills><fill><sparkleFill/></fill></fills>" + styled(0), False),
        (styled(0) + "<cellXfs>", True),
        (styled(0) + "<numFmts><numFmt/></numFmts>", False),
    ],
)
def test_a_slip_in_the_styles_costs_no_cell(styles: str | None, noted: bool) -> None:
    cells = '<row><c s="99"><v>7</v></c><c s="x"><v>8</v></c><c s="-1"><v>9</v></c></row>'
    reading = of(xlsx(data(cells), styles=styles))
    assert reading.text == "台账\n7\t8\t9"
    assert bool(reading.notes) == noted


def test_a_string_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreadable, match=r"a.xlsx: the file is damaged"):
        of(xlsx(data('<row><c t="s"><v>3</v></c></row>'), shared="<si><t>甲</t></si>"))


# -- merged cells


def test_a_cell_merged_downwards_speaks_below_an_empty_row_too() -> None:
    rows = (
        row(1, "类别", "案由"),
        row(2, "经济", "修桥"),
        row(3, "", "修路"),
        row(5, "", "修渠"),
        row(6, "丙", "种树"),
    )
    merged = '<mergeCells><mergeCell ref="A2:A5"/><mergeCell ref="oops"/></mergeCells>'
    text = of(xlsx(data(*rows) + merged)).text
    assert text == "台账\n类别\t案由\n经济\t修桥\n经济\t修路\n经济\t修渠\n丙\t种树"


def test_a_merged_cell_of_an_ods_speaks_below_an_empty_row_too() -> None:
    def line(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(words: str, said: str = "") -> str:
        return f"<table:table-cell {said}><text:p>{words}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell><text:p>旧</text:p></table:covered-table-cell>"
    rows = (
        line(cell("经济", 'table:number-rows-spanned="3"'), cell("修桥")) + line(covered) + line(covered, cell("修路"))
    )
    assert of_ods(f'<table:table table:name="台账">{rows}</table:table>').text == "台账\n经济\t修桥\n经济\t修路"


# -- what the reader is told


def test_hidden_parts_are_read_and_counted() -> None:
    rows = data(*LIST, row(3, "2", "关于修路的建议", "邱雁回", said='hidden="1"'), row(4, said='hidden="1"'))
    reading = of(xlsx('<cols><col min="2" max="9" hidden="true"/></cols>' + rows, states=("veryHidden",)))
    assert "关于修路的建议" in reading.text
    assert reading.notes == (
        "the hidden sheet 台账 was read too",
        "1 hidden row and 2 hidden columns of the sheet 台账 were read too",
    )


def test_errors_and_formulas_without_results_are_left_out_and_told() -> None:
    first = '<c r="A9"><v>1</v></c><c r="B9" t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="e"><v>#REF!</v></c>'
    second = '<row r="10"><c r="C10"><f>A9</f></c><c t="str"><f>T(A1)</f><v></v></c><c><f>A9+1</f><v>2</v></c></row>'
    reading = of(xlsx(data(f'<row r="9">{first}</row>{second}')))
    assert reading.text == "1\n2"
    assert reading.notes == (
        "2 cells with an error were left out, the first #DIV/0! at 台账!B9",
        "1 formula saved without its result was left out, the first at 台账!C10; "
        "open the file in Excel or WPS and save it again",
    )
    with pytest.raises(Unreadable, match="its formulas were saved without their results; open it in Excel"):
        of(xlsx(data("<row><c><f>1+1</f><v/></c></row>")))


def test_an_ods_tells_the_same() -> None:
    style = '<style:style style:name="t2" style:family="table"><style:table-properties table:display="false"/>'
    hidden = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    cells = (
        "<table:table-cell><text:p>甲<office:annotation><text:p>批注</text:p></office:annotation></text:p>"
        "</table:table-cell><table:table-cell><text:p>乙<text:s text:c='2'/>丙</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1/0" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    reading = of_ods(
        f'<table:table table:name="台账" table:style-name="t2">{hidden}'
        f'<table:table-row table:visibility="filter">{cells}</table:table-row></table:table>',
        styles=style + "</style:style>",
    )
    assert reading.text == "台账\n甲\t乙  丙"
    assert reading.notes == (
        "the hidden sheet 台账 was read too",
        "1 hidden row and 1 hidden column of the sheet 台账 were read too",
        "1 cell with an error was left out, the first #DIV/0! at 台账!C1",
    )


def test_an_ods_whose_formulas_nobody_calculated_is_told() -> None:
    empty = '<table:table-cell table:formula="of:=&quot;&quot;" table:number-columns-repeated="2"/>'
    one = '<table:table-cell table:formula="of:=1" office:value-type="float"><text:p>1</text:p></table:table-cell>'
    first = "<table:table-cell><text:p>甲</text:p></table:table-cell>"
    row_of = f"<table:table><table:table-row>{first}{{}}</table:table-row></table:table>"
    assert of_ods(row_of.format(empty)).notes == (
        "2 formulas saved without their results were left out, the first at B1; "
        "open the file in Excel or WPS and save it again",
    )
    assert of_ods(row_of.format(empty + one)).notes == (), "an empty text is a result too"


def test_errors_of_a_csv_are_left_out_and_told() -> None:
    reading = csv_file.read("案由,日期\n修桥,#REF!\n".encode(), "a.csv", Limits())
    assert reading.text == "案由\t日期\n修桥"
    assert reading.notes == ("1 cell with an error was left out, the first #REF! at B2",)


# -- two lists on one sheet


def tables(*rows: str) -> list[int | None]:
    """Which table of its sheet each row is of."""
    return [region.table for region in of(xlsx(data(*rows))).regions if region.row]


HEAD = row(1, "序号", "案由", "提案者", "承办单位")
FIRST = (HEAD, row(2, "1", "修桥", "林知远", "区财政局"), row(3, "2", "修路", "邱雁回", "区水利局"))


@pytest.mark.parametrize(
    "more",
    [
        (row(5, "3", "修渠", "晏知秋", "区水利局"),),
        (row(5, "3", "修渠"),),
        (row(5, "", "修渠", "晏知秋", "区水利局"),),
        (row(5, "序号", "案由", "提案者", "承办单位"), row(6, "3", "修渠", "晏知秋", "区水利局")),
    ],
)
def test_rows_of_the_same_columns_go_on_below_an_empty_row(more: tuple[str, ...]) -> None:
    assert set(tables(*FIRST, *more)) == {None}


@pytest.mark.parametrize(
    "more",
    [
        (row(5, "姓名", "电话"), row(6, "林知远", "88880000")),
        (row(5, "委员", "单位", "职务", "界别"), row(6, "林知远", "某校", "教师", "教育界")),
        (row(5, "", "", "", "", "", "林知远", "教师"), row(6, "", "", "", "", "", "邱雁回", "医生")),
    ],
)
def test_rows_of_another_shape_are_another_table(more: tuple[str, ...]) -> None:
    assert tables(*FIRST, *more) == [None] * 3 + [2] * 2


def test_an_empty_row_below_a_header_parts_nothing() -> None:
    assert set(tables(HEAD, row(3, "1", "修桥"), row(4, "2", "修路", "", "区水利局"))) == {None}


# -- prose in a .csv


@pytest.mark.parametrize(
    "text",
    [
        "会议听取了汇报,并作了讨论。\n林知远,邱雁回,晏知秋等出席了会议。\n",
        "山南区政协召开会议\n会上,大家认为,要修桥。\n随后,委员们走访了老城区,听取了意见,并提出建议。\n会议结束。\n",
        "会上，大家认为，要修桥。\n随后，委员们走访了老城区，听取了意见，并提出建议。\n",
        '"十四五"规划实施以来\n"两个毗邻"地区也是如此\n',
    ],
)
def test_prose_is_kept_in_lines(text: str) -> None:
    assert csv_file.read(text.encode(), "a.csv", Limits()).text == text.strip()


def test_a_ledger_whose_last_column_holds_sentences_is_a_table() -> None:
    text = "案由,提案者,办理情况\n修桥,林知远,已经办理。\n修路,邱雁回,正在办理。\n"
    assert csv_file.read(text.encode(), "a.csv", Limits()).text == text.strip().replace(",", "\t")


# -- harm

WORDS = "<row><c><v>1</v></c></row>"
ODS_WORDS = "<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>"
HARM: dict[str, Callable[[int], bytes]] = {
    "格.xlsx": lambda n: xlsx(repeated(f"<sheetData>{WORDS}<row>", "<c/>", n, "</row></sheetData>")),
    "行.xlsx": lambda n: xlsx(repeated(f"<sheetData>{WORDS}", "<row/>", n, "</sheetData>")),
    "格.ods": lambda n: ods(
        repeated(
            f"<table:table>{ODS_WORDS}<table:table-row>", "<table:table-cell/>", n, "</table:table-row></table:table>"
        )
    ),
    "行.ods": lambda n: ods(repeated(f"<table:table>{ODS_WORDS}", "<table:table-row/>", n, "</table:table>")),
}
PEAK = """
import resource, sys
from pathlib import Path
import kg.read
for path in sys.argv[1:]:
    assert kg.read.read(Path(path)).raw == "1"
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize("name", HARM)
def test_ten_times_the_empty_cells_take_no_more_memory(name: str, tmp_path: Path) -> None:
    few, many = tmp_path / f"少{name}", tmp_path / f"多{name}"
    few.write_bytes(HARM[name](150_000))
    many.write_bytes(HARM[name](1_500_000))
    done = subprocess.run([sys.executable, "-c", PEAK, few, many], capture_output=True, text=True, check=True)
    small, large = map(int, done.stdout.split())
    assert large < 1.2 * small


def test_what_is_repeated_without_end_is_read_or_told() -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="99999999">'
        '<table:table-cell table:number-columns-repeated="999999999"/></table:table-row>'
    )
    assert of_ods(f"<table:table>{ODS_WORDS}{empty}{ODS_WORDS}</table:table>").text == "1\n1"
    endless = 'repeated="999999999"'
    down = ODS_WORDS.replace("<table:table-row", f"<table:table-row table:number-rows-{endless}")
    across = ODS_WORDS.replace("<table:table-cell", f"<table:table-cell table:number-columns-{endless}")
    with pytest.raises(Unreadable, match="more than 50,000 rows"):
        of_ods(f"<table:table>{down}</table:table>")
    assert of_ods(f"<table:table>{across}</table:table>").text.count("1") == 16_384


@pytest.mark.parametrize(
    "book",
    [
        xlsx("<sheetData>" + "<a>" * 5_000 + "</a>" * 5_000 + "</sheetData>"),
        xlsx("<sheetData>" + "".join(f"<a{i}/>" for i in range(50_000)) + "</sheetData>"),
        xlsx("<sheetData><row " + " ".join(f'a{i}=""' for i in range(300_000)) + "/></sheetData>"),
        xlsx('<sheetData><row r="9999999"><c><v>1</v></c></row></sheetData>'),
        xlsx('<sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData>'),
        xlsx("<sheetData>" + "<row><c r='A1'><v>1</v></c><c r='XFD1'><v>1</v></c></row>" * 4_000 + "</sheetData>"),
        xlsx(data(row(1, "字" * 2_000_001))),
        xlsx(data(row(1, "甲")), shared="<si/>" * 2_000_001),
    ],
)
def test_what_no_program_writes_is_one_line(book: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^[^\n]+$"):
        of(book)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.dictionaries(st.integers(0, 8), st.text("甲乙丙丁12", min_size=1, max_size=4), max_size=5), max_size=12
    ),
    merges=st.lists(st.tuples(*[st.integers(0, 12)] * 3), max_size=6),
)
def test_every_filled_cell_stands_in_its_own_line(
    rows: list[dict[int, str]], merges: list[tuple[int, int, int]]
) -> None:
    """Whatever is merged and wherever empty rows stand."""
    cells = [[cells.get(i, "") for i in range(9)] for cells in rows]
    ranges = "".join(f'<mergeCell ref="{chr(65 + c % 9)}{a + 1}:{chr(65 + c % 9)}{a + b + 1}"/>' for a, b, c in merges)
    book = xlsx(data(*(row(i, *each) for i, each in enumerate(cells, 1))) + f"<mergeCells>{ranges}</mergeCells>")
    if not any(rows):
        return
    reading = of(book)
    lines = {region.row: reading.text[region.span.start : region.span.end].split("\t") for region in reading.regions}
    for i, each in enumerate(rows, 1):
        assert set(each.values()) <= set(lines.get(i, []))
