"""The page's traces go, and every character still knows where it stood."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.blocks import blocks
from kg.clean import HAN, join, lines, prose, repair, strip, title, without
from kg.lexicon import Lexicon, load
from kg.model import Document, Passage
from kg.resources import lexicon_dir
from kg.words import Words


@cache
def lexicon() -> Lexicon:
    return load(lexicon_dir())


@cache
def words() -> Words:
    return Words.load()


def document(raw: str) -> Document:
    return Document("页", "页.txt", raw, "0" * 64)


def passage(text: str) -> Passage:
    return Passage(text, tuple(range(len(text))))


PARTS = [
    *(
        "■记者 陆一鸣",
        "- ●强化",
        " ●",
        "一、",
        "二、",
        "(一)",
        "1.",
        "《",
        "》",
        '"',
        "“",
        "”",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "　",
        "\ufeff",
    ),
    *(
        "，",
        "。",
        ",",
        "：",
        "、",
        "序号\t提案者\t案 由",
        "关于加强社区养老服务的建议",
        "2月2日上午",
        "深人贯彻",
        "中囯",
        "营商环境 激发",
    ),
    *("履职尽 责", "王", "燕", "区政协", "AI 智能", "a b", "2024年", "打造", "城乡风貌"),
]
PAGES = st.lists(st.sampled_from(PARTS) | st.text(st.characters(codec="utf-8"), max_size=3), max_size=40).map("".join)
_DROPPED = re.compile(rf"[{HAN}]")
_NUMERALS = set("一二三四五六七八九十")


@settings(deadline=None)  # the first example reads the dictionary
@given(PAGES)
def test_every_cleaned_character_is_the_one_at_its_offset_but_for_repaired_words(raw: str) -> None:
    confused = {a for row in lexicon().confusions for a, b in zip(row.id, row.printed, strict=True) if a != b}
    for block in blocks(document(raw), words().crosses, lexicon().confusions):
        for cell in block.cells:
            assert len(cell.text) == len(cell.at)
            assert all(a < b for a, b in pairwise(cell.at))
            assert all(c == raw[at] or raw[at] in confused for c, at in zip(cell.text, cell.at, strict=True))


@settings(deadline=None)
@given(PAGES)
def test_no_character_is_lost_and_none_stands_twice(raw: str) -> None:
    kept = [at for b in blocks(document(raw), words().crosses, lexicon().confusions) for c in b.cells for at in c.at]
    assert len(kept) == len(set(kept))
    lost = {raw[m.start()] for m in _DROPPED.finditer(raw) if m.start() not in set(kept)}
    assert lost <= _NUMERALS  # the numbers of headings and items, which the block bears


@given(PAGES)
def test_lines_are_the_documents_own(raw: str) -> None:
    for line in lines(document(raw)):
        assert line.text == "".join(raw[at] for at in line.at)
        assert line.text.strip()
        assert not set(line.text) & set("\r\n")


@given(st.text(max_size=60), st.data())
def test_cutting_and_joining_keep_offsets(text: str, data: st.DataObject) -> None:
    whole = passage(text)
    i = data.draw(st.integers(0, len(text)))
    assert join([whole.slice(0, i), whole.slice(i, len(text))]) == whole
    assert strip(whole).text == text.strip()
    j = data.draw(st.integers(i, len(text)))
    rest = without(whole, [(i, j)])
    assert rest.text == text[:i] + text[j:]
    assert all(text[at] == c for c, at in zip(rest.text, rest.at, strict=True))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("切实履职尽 责,切实发挥专门协商机构作用", "切实履职尽责,切实发挥专门协商机构作用"),
        ("委员陆一 鸣说,要关心老 人。", "委员陆一鸣说,要关心老人。"),
        ("运用 AI 技术", "运用AI技术"),
        ("学习 Open Data 做法", "学习Open Data做法"),
        ('营造"人人讲安全 个个会应急"的氛围', '营造"人人讲安全 个个会应急"的氛围'),
        ("《下好停车治理先手棋 打通出行微循环》", "《下好停车治理先手棋 打通出行微循环》"),
    ],
)
def test_in_running_text_line_ends_go_and_a_writers_blank_stays(text: str, read: str) -> None:
    assert prose(passage(text), words().crosses).text == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("关于营造一流营商环境 激发青年创业活力的建议", "关于营造一流营商环境 激发青年创业活力的建议"),
        ("关于推进城乡公共交 通一体化的建议", "关于推进城乡公共交通一体化的建议"),
        ("湖畔议事厅、 协商小院精品案例", "湖畔议事厅、协商小院精品案例"),
    ],
)
def test_in_a_title_a_blank_between_two_halves_stays(text: str, read: str) -> None:
    assert title(passage(text), words().crosses).text == read


def test_a_slip_of_character_recognition_is_put_right_and_keeps_its_place() -> None:
    repaired = repair(passage("全面深人贯彻精神"), lexicon().confusions)
    assert repaired.text == "全面深入贯彻精神"
    assert repaired.span(2, 4) == (2, 4)


def test_a_word_that_only_looks_like_a_slip_stays() -> None:
    assert repair(passage("山谷幽深人迹罕至"), lexicon().confusions).text == "山谷幽深人迹罕至"
