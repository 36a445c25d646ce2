"""The days that a text tells, and those that it does not tell for sure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import Calendar, Dated
from kg.model import NATION, Article, Block, Document, Month, Passage
from kg.sentences import whole


def article(*texts: str, year: int | None = None) -> Article:
    passages = [Passage(text, tuple(range(len(text)))) for text in texts]
    blocks = tuple(Block("paragraph", (p,)) for p in passages)
    return Article(Document("a", "a.txt", "\n".join(texts), ""), blocks, year, NATION, None)


def told(text: str, *others: str, year: int | None = None) -> list[tuple[date | Month, date | None]]:
    return [(d.first, d.last) for d in Calendar(article(text, *others, year=year)).dated(text)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2031年3月12日上午", [(date(2031, 3, 12), None)]),
        ("２０３１年３月１２日", [(date(2031, 3, 12), None)]),
        ("2031年1月10日至13日", [(date(2031, 1, 10), date(2031, 1, 13))]),
        ("2031年1月30日至2月2日", [(date(2031, 1, 30), date(2031, 2, 2))]),
        ("2031年1月10—13日", [(date(2031, 1, 10), date(2031, 1, 13))]),
        ("2031年3月，", [(Month(2031, 3), None)]),
        ("2031年3月下旬", [(Month(2031, 3), None)]),
        ("2031年2月30日", []),
        ("3月12日", []),
        ("25日上午", []),
        ("昨日", []),
        ("2031年", []),
    ],
)
def test_a_time_is_read_as_far_as_the_text_tells_it(text: str, days: list[tuple[date | Month, date | None]]) -> None:
    assert told(text) == days


@pytest.mark.parametrize(
    "line",
    [
        "新华社云岫2031年3月12日电",
        "云岫日报2031年3月12日讯",
        "发布时间：2031-03-12 09:30",
        "2031年3月12日",
        "来源：云岫日报 2031-03-12",
    ],
)
def test_the_day_on_which_an_article_was_written_dates_what_it_tells(line: str) -> None:
    assert told("昨日", line) == [(date(2031, 3, 11), None)]
    assert told("今天上午", line) == [(date(2031, 3, 12), None)]
    assert told("10日下午", line) == [(date(2031, 3, 10), None)]
    assert told("28日", line) == [(date(2031, 2, 28), None)]
    assert told("2月18日", line) == [(date(2031, 2, 18), None)]


def test_a_day_later_in_the_year_than_the_article_may_be_of_either_year() -> None:
    assert told("12月18日", "发布时间：2031-03-12") == []


def test_the_day_before_new_year_is_of_the_year_before() -> None:
    assert told("12月30日", "共庆2031年新年") == [(date(2030, 12, 30), None)]
    assert told("1月2日", "共庆2031年新年") == [(date(2031, 1, 2), None)]
    assert told("6月2日", "共庆2031年新年") == []


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_that_is_written_is_read_again(day: date) -> None:
    text = f"{day.year}年{day.month}月{day.day}日"
    assert Calendar(article("近日召开")).dated(text) == [Dated(0, len(text), day)]


@given(st.text(alphabet="〇一二三十年月日至0123456789１２上下午昨今天、，。在召开", max_size=30))
def test_no_text_is_too_odd_to_be_read_and_what_is_found_lies_inside(text: str) -> None:
    calendar = Calendar(article(text or "无"))
    for dated in calendar.dated(text):
        assert 0 <= dated.start < dated.end <= len(text)
    passage = Passage("召开" + text, tuple(range(len(text) + 2)))
    calendar.of(whole(passage.slice(0, 2)), whole(passage))
