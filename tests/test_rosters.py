"""Lists of members: whatever the page does with the names, each is found once, under its own heading."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.background import Background
from kg.blocks import blocks
from kg.model import Article, Document
from kg.resources import lexicon_dir
from kg.rosters import Roster, rosters

TITLE = "政协第十届临溪县委员会委员名单"
NAMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from("丁王方卢石刘贺柯温岑"), st.sampled_from("远晓一知如"), st.sampled_from(["", "舟", "秋", "玉"])
    ),
)
SEATS = ("民革", "民建、民进、九三学社", "工商联", "教育界", "文化艺术、新闻出版界", "特邀人士", "新的社会阶层人士界")
ASIDES = st.sampled_from(["", "", "", "（女）", "（女，苗族）", "（壮族）"])


@cache
def background() -> Background:
    return Background.of([lexicon_dir()])


def read(text: str, committee: str | None = None) -> list[Roster]:
    document = Document("名单", "名单.txt", text, "0" * 64)
    found = blocks(document, background().words.crosses, ())
    return rosters(Article(document, tuple(found), None, "cn", committee), background())


def seated(found: list[Roster]) -> list[tuple[str, str]]:
    """Who is listed, with the seat, in order."""
    members = [listed for roster in found for listed in roster.members]
    return [(m.person.text, m.seat[1].name if m.seat else "") for m in members]


def in_columns(names: list[str], width: int) -> list[str]:
    """Names of two characters letter-spaced, so many to a line."""
    padded = [n if len(n.partition("（")[0]) > 2 else f"{n[0]}　{n[1:]}" for n in names]
    return ["  ".join(padded[i : i + width]) for i in range(0, len(padded), width)]


def in_a_run(names: list[str], width: int) -> list[str]:
    """Names joined by 、, the lines broken wherever they are full, also inside a name."""
    run = "、".join(names)
    return [run[i : i + 12 + width] for i in range(0, len(run), 12 + width)]


def cut_by_tabs(names: list[str], width: int) -> list[str]:
    """Columns that tabs make, also between the two characters of a name."""
    parts = [n if len(n.partition("（")[0]) > 2 else f"{n[0]}\t{n[1:]}" for n in names]
    return ["\t".join(parts[i : i + width]) for i in range(0, len(parts), width)]


def one_a_line(names: list[str], width: int) -> list[str]:
    return names


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(SEATS), st.lists(st.tuples(NAMES, ASIDES), min_size=1, max_size=9)), max_size=4),
    st.sampled_from([in_columns, one_a_line, cut_by_tabs]),
    st.integers(2, 6),
)
def test_every_name_is_found_under_its_heading(
    groups: list[tuple[str, list[tuple[str, str]]]], layout: Callable[[list[str], int], list[str]], width: int
) -> None:
    lines = [TITLE]
    for seat, people in groups:
        lines += [f"{seat}（{len(people)}人）", *layout([name + aside for name, aside in people], width)]
    found = read("\n".join(lines))
    wanted = [name for _, people in groups for name, _ in people]
    assert [name for name, _ in seated(found)] == wanted
    assert [note for roster in found for note in roster.notes if "says" in note] == []
    heads = [background_seat(seat) for seat, people in groups for _ in people]
    assert [seat for _, seat in seated(found)] == heads


def background_seat(head: str) -> str:
    """A seat's name as the heading gives it."""
    return {"特邀人士": "特邀界"}.get(head, head if head.endswith("界") else f"{head}界")


@settings(deadline=None, max_examples=60)
@given(st.lists(NAMES.filter(lambda n: len(n) == 3), min_size=4, max_size=20), st.integers(0, 9))
def test_a_run_of_names_may_break_anywhere(names: list[str], width: int) -> None:
    lines = in_a_run(names, width)
    found = read("\n".join([TITLE, "经济界", *lines]))
    broken = [
        line for line in lines[:-1] if len(line.rpartition("、")[2]) == 2
    ]  # 丁小|舟 may be two names without a 、
    if not broken:
        assert [name for name, _ in seated(found)] == names


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                TITLE,
                "经济界（2人）",
                "丁小舟　王朔北",
                "石　艳",
                "1.",
                "（3人）",
                "：",
                "召集人：",
                "、",
                "姓名\t界别",
                "丁小舟\t经济界",
                "\t",
                "主席",
                "会议结束。",
                "— 2 —",
                "【】",
                "（",
            ]
        ),
        max_size=9,
    )
)
def test_nothing_on_a_page_stops_the_reader(lines: list[str]) -> None:
    for roster in read("\n".join(lines)):
        for listed in roster.members:
            assert listed.person.text
            assert listed.evidence.start <= listed.person.span.start < listed.person.span.end <= listed.evidence.end


def test_a_heading_that_counts_otherwise_is_noted() -> None:
    (roster,) = read(f"{TITLE}（4名）\n经济界（3人）\n丁小舟　王朔北\n教育界（2人）\n方晓棠　卢一鸣\n")
    assert roster.notes == ["经济界: says 3, 2 names were found"]


def test_a_total_that_is_not_reached_is_noted() -> None:
    (roster,) = read(f"{TITLE}\n（共5名）\n丁小舟　王朔北　方晓棠\n")
    assert roster.notes == [f"{TITLE}: says 5, 3 names were found"]


def test_a_name_under_two_seats_is_noted() -> None:
    (roster,) = read(f"{TITLE}\n经济界\n丁小舟　王朔北\n教育界\n丁小舟　方晓棠\n")
    assert roster.notes == ["丁小舟: listed under 教育界 and 经济界"]


@pytest.mark.parametrize(
    "text",
    [
        "临溪县热心公益人士名单\n丁小舟　王朔北　方晓棠\n",
        "政协第十届临溪县委员会委员候选人名单\n丁小舟　王朔北　方晓棠\n",
        "本报讯\n丁小舟　王朔北　方晓棠\n",
    ],
)
def test_other_lists_are_no_rosters(text: str) -> None:
    assert read(text) == []


def test_a_list_ends_where_the_text_goes_on() -> None:
    text = f"{TITLE}\n经济界\n丁小舟　王朔北\n会议号召全体委员履职尽责，凝聚共识。\n方晓棠　卢一鸣\n"
    assert [name for name, _ in seated(read(text))] == ["丁小舟", "王朔北"]
