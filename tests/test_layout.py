"""Columns, paragraphs and tables come from where characters stand, whatever found them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.read import flow, grids, layout
from kg.read.glyphs import Box, Glyph, joint

SIZE = 10.0
LEADING = 16.0


def written(text: str, left: float, line: float, size: float = SIZE) -> list[Glyph]:
    """The text's characters in one line, `line` lines below the top; a blank is a gap."""
    bottom = 40 + line * LEADING
    places = enumerate(text)
    return [
        Glyph(c, Box(left + i * size, bottom - 0.88 * size, left + (i + 1) * size, bottom + 0.12 * size), size)
        for i, c in places
        if c != " "
    ]


def column(lines: Sequence[str], left: float, first: float = 0) -> list[Glyph]:
    return [glyph for i, text in enumerate(lines) for glyph in written(text, left, first + i)]


def texts(glyphs: Sequence[Glyph], rules: Sequence[Box] = ()) -> list[str]:
    """Each paragraph, and each row of a table with bars between its cells."""
    tables, rest, flat = grids.tables(glyphs, rules)
    parts = layout.read([*tables, *layout.atoms(rest), *map(layout.Atom, flat)])
    found = []
    for part in flow.paragraphs([flow.Page(1, 600, 800, tuple(parts))]):
        if isinstance(part, flow.Paragraph):
            found.append("".join(words for _, _, words in part.stretches()))
        else:
            found += ["|".join(cells) for _, _, _, cells in part.rows]
    return found


LEFT = [
    "山南区政协今日开会委员",
    "围绕加装电梯协商议政提",
    "出建议十条。",
    "会后委员走访社区听取群",
    "众的意见，并向区政府及",
]
RIGHT = [
    "有关部门转交。",
    "林知远委员说，居民最盼",
    "的是有人来管，有人来办",
    "有人来回话，才算落到实",
    "处，大家才会放心。",
]


def test_a_column_is_read_to_its_end_before_the_next_is_begun() -> None:
    assert "".join(texts([*column(LEFT, 40), *column(RIGHT, 165)])) == "".join([*LEFT, *RIGHT])


def test_a_headline_over_the_columns_parts_two_articles_with_columns_of_their_own() -> None:
    page = [*column(LEFT, 40), *column(RIGHT, 165), *written("委员说民生", 105, 6.5, 14)]
    page += [*column(RIGHT, 40, 8), *column(LEFT, 165, 8)]
    found = "".join(texts(page))
    assert found == "".join([*LEFT, *RIGHT, "委员说民生", *RIGHT, *LEFT])


def test_a_rule_across_the_columns_parts_two_articles() -> None:
    page = [*column(LEFT, 40), *column(RIGHT, 165), *column(LEFT, 40, 6), *column(RIGHT, 165, 6)]
    rule = Box(40, 124, 275, 125)
    assert "".join(texts(page, [rule])) == "".join([*LEFT, *RIGHT, *LEFT, *RIGHT])
    assert "".join(texts(page)) == "".join([*LEFT, *LEFT, *RIGHT, *RIGHT])


def test_a_line_that_ends_short_was_ended_on_purpose() -> None:
    long = "山南区政协今日召开会议，围绕老旧小区加装电梯协商议政，委员们提出建议若干条，有关部门"
    assert texts(
        column([long, "回应。", "会议由林知远主持。", "会后走访。", long, "也到会。", long, "说明。"], 40)
    ) == [
        long + "回应。",
        "会议由林知远主持。",
        "会后走访。",
        long + "也到会。",
        long + "说明。",
    ]


def test_a_line_that_is_set_in_begins_a_paragraph_though_the_one_above_is_full() -> None:
    full = "山南区政协今日召开会议围绕加装电梯协商议政委员们提出建议若干条有关部门都到会听取意见"
    page = [*written("  " + full[:-3] + "。", 40, 0), *column([full, full], 40, 1), *written("  " + full[:-2], 40, 3)]
    page += column([full], 40, 4)
    assert texts(page) == [full[:-3] + "。" + full + full, full[:-2] + full]


def test_narrow_columns_are_a_tables_and_its_rows_stay_together() -> None:
    rows = [
        ("序号", "委员", "案由"),
        ("1", "林知远", "关于加装电梯的建议"),
        ("2", "周可安", "关于社区食堂的"),
        ("3", "陈望舒", "关于湿地公园的建议"),
    ]
    page = [
        g for i, row in enumerate(rows) for x, cell in zip((40, 90, 160), row, strict=True) for g in written(cell, x, i)
    ]
    assert texts(page) == ["|".join(row) for row in rows]


def test_a_cell_over_several_rows_is_in_each_and_its_lines_are_joined() -> None:
    rules = [Box(40, y, 300, y + 0.5) for y in (40, 160)] + [Box(100, y, 300, y + 0.5) for y in (80, 120)]
    rules += [Box(x, 40, x + 0.5, 160) for x in (40, 100, 300)]
    page = [
        *written("教育界", 45, 3.5),
        *written("林知远", 110, 1),
        *written("周可安", 110, 3.6),
        *written("陈望舒", 110, 6.2),
    ]
    assert texts(page, rules) == ["教育界|林知远", "教育界|周可安", "教育界|陈望舒"]


def test_a_frame_around_an_article_is_no_table() -> None:
    rules = [Box(30, 30, 290, 30.5), Box(30, 140, 290, 140.5), Box(30, 30, 30.5, 140), Box(290, 30, 290.5, 140)]
    assert "".join(texts([*column(LEFT, 40), *column(RIGHT, 165)], rules)) == "".join([*LEFT, *RIGHT])


def test_chinese_lines_are_joined_without_a_blank_and_latin_words_with_one() -> None:
    assert joint("社区", "食堂") == ""
    assert joint("the", "committee") == " "
    assert joint("AI", "赋能") == ""


def test_a_line_set_wide_to_fill_its_column_has_no_blanks() -> None:
    spread = [Glyph(c, Box(40 + i * 13.0, 50, 50 + i * 13.0, 60), SIZE) for i, c in enumerate("提升全市公共服务水平")]
    assert texts(spread) == ["提升全市公共服务水平"]


TWICE = [(0.0, 0.0, 1.0), (0.0, 0.0, 3.0), (0.0, 3.0, 1.0), (0.0, 629.0, 2.0), (4.0, 1.0, 1.0), (4.0, 3.0, 1.0)]


@settings(max_examples=60, deadline=None)
@example([("政", *place) for place in [*TWICE, (4.0, 630.0, 1.0)]])
@given(
    st.lists(
        st.tuples(st.sampled_from("政协ab，"), st.floats(0, 500), st.floats(0, 700), st.floats(1, 40)), max_size=60
    )
)
def test_wherever_characters_stand_each_is_read_once(marks: list[tuple[str, float, float, float]]) -> None:
    glyphs = [Glyph(c, Box(x, y, x + size, y + size), size) for c, x, y, size in marks]
    found = "".join("".join(texts(glyphs)).split()).replace("|", "")
    assert sorted(found) == sorted(g.text for atom in layout.atoms(glyphs) for g in atom.glyphs)
