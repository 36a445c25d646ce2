"""A table says the same in whatever order its columns stand and by whatever its cells are parted."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.background import Background
from kg.blocks import blocks
from kg.extract import extract
from kg.model import Concept, Document, Facts, Mention
from kg.resources import lexicon_dir
from kg.tables import roles, rows

COLUMNS = {
    "提案号": ("20240011", "20240012", "20240013"),
    "案由": ("关于加强社区养老服务的建议", "关于治理河道的提案", "关于修缮古桥的建议"),
    "提案者": ("邱雁回", "民盟云岫区总支", "晏知秋、柏松涛"),
    "主办单位": ("区民政局", "区水利局", "区文旅局"),
    "会办单位": ("区财政局", "区城管局", "区住建局"),
}
BETWEEN = {"tabs": "\t", "bars": " | ", "blanks": "    "}


@cache
def background() -> Background:
    return Background.of([lexicon_dir()])


def document(lines: list[str]) -> Document:
    raw = "云岫区政协提案目录\n\n" + "\n".join(lines) + "\n"
    return Document("表", "表.txt", raw, "0" * 64)


def laid_out(order: list[str], between: str, repeated: bool) -> Document:
    header = between.join(order)
    body = [between.join(COLUMNS[name][i] for name in order) for i in range(3)]
    return document([header, body[0], *([header] if repeated else []), *body[1:]])


def stated(facts: Facts) -> set[tuple[str, str, str]]:
    """What is said of proposals, by name."""
    ends = {
        Mention: lambda value: value.reading or value.name,
        Concept: lambda value: value.label,
    }
    return {
        (fact.subject.name, fact.predicate, ends.get(type(fact.object), str)(fact.object))
        for fact in facts.facts
        if isinstance(fact.subject, Mention) and fact.subject.kind == "Proposal"
    }


@cache
def plain() -> set[tuple[str, str, str]]:
    return stated(extract(laid_out(list(COLUMNS), "\t", repeated=False), background()))


def test_the_plain_table_says_all_of_it() -> None:
    said = {(predicate, value) for _, predicate, value in plain()}
    for name, predicate in (("提案号", "zx:number"), ("主办单位", "zx:leadHandler"), ("会办单位", "zx:coHandler")):
        assert {(predicate, value) for value in COLUMNS[name]} <= said
    assert {v for p, v in said if p == "zx:proposer"} == {"邱雁回", "民盟云岫区总支", "晏知秋", "柏松涛"}


@settings(deadline=None, max_examples=25)
@given(st.permutations(list(COLUMNS)), st.sampled_from(sorted(BETWEEN)), st.booleans())
def test_order_marks_and_a_repeated_header_change_nothing(order: list[str], between: str, repeated: bool) -> None:
    assert stated(extract(laid_out(order, BETWEEN[between], repeated), background())) == plain()


def read(*lines: str) -> list[dict[str, str]]:
    lexicon = background().lexicon
    known = roles(lexicon.table_columns)
    found = blocks(document(list(lines)), background().words.crosses, lexicon.confusions, known)
    return [{role: cell.text for role, cell in row.cells.items()} for row in rows(found, lexicon.table_columns)]


def test_a_row_with_an_empty_cell_is_aligned_with_its_header() -> None:
    found = read(
        "序号    案由                      提案者      会办单位      主办单位",
        "1       关于治理河道的提案        邱雁回                    区水利局",
    )
    assert found == [{"position": "1", "title": "关于治理河道的提案", "proposer": "邱雁回", "lead": "区水利局"}]


def test_a_header_of_two_lines_is_named_by_the_lower_one() -> None:
    found = read("案由\t提案者\t办理单位\t", "\t\t主办\t会办", "关于治理河道的提案\t邱雁回\t区水利局\t区城管局")
    assert found == [{"title": "关于治理河道的提案", "proposer": "邱雁回", "lead": "区水利局", "co": "区城管局"}]


def test_single_blanks_part_cells_below_a_line_of_column_names() -> None:
    found = read("案号 姓名 案由", "0115 晏 知 关于治理河道 清理淤泥的提案")
    assert found == [{"number": "0115", "proposer": "晏 知", "title": "关于治理河道 清理淤泥的提案"}]


def test_lines_that_only_look_like_rows_stay_lines() -> None:
    assert read("提案 工作 会议", "区政协 召开 会议") == []
