"""Phrases that the thesaurus may want: which, in what order, and where they stand."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.keyphrases import c_values, candidates
from kg.lexicon import Lexicon, ThemeRow
from kg.model import Document, Fact, Facts, Mention, Node, Span
from kg.themes import ThemeMatcher
from kg.words import Words

WORDS = Words.load()
PARKING = ThemeRow("parking", "停车", "Parking", (), ("transport",), None, None, "社会建设", (), ())
TRANSPORT = ThemeRow("transport", "交通", "Transport", (), (), 10, None, "社会建设", (), ())


def matcher_of(*rows: ThemeRow) -> ThemeMatcher:
    tables: dict[str, Any] = {field.name: () for field in fields(Lexicon)}
    return ThemeMatcher(Lexicon(**tables | {"themes": rows}))


MATCHER = matcher_of(PARKING, TRANSPORT)


def text(name: str, raw: str, *people: str, quotes: tuple[str, ...] = ()) -> Facts:
    document = Document(name, f"{name}.txt", raw, name * 64)
    spans = [(p, Span(raw.index(p), raw.index(p) + len(p))) for p in people]
    mentions = tuple(Mention("Person", p, span, p) for p, span in spans)
    facts = tuple(
        Fact(Node("Statement", Span(0, 1), (quote,)), "zx:quote", quote, Span(0, 1), "statement.quoted")
        for quote in quotes
    )
    return Facts(document, "山南区", None, name, mentions, facts)


def test_a_phrase_is_told_with_its_texts_records_place_and_nearest_theme() -> None:
    one = text("a", "建议规范社区旱冰剧场,方便停车。\n社区旱冰剧场很受欢迎。", quotes=("规范社区旱冰剧场",))
    found = {c.phrase: c for c in candidates([one, text("b", "社区旱冰剧场关了。")], MATCHER, WORDS)}
    assert "社区旱冰剧场" in found
    row = found["社区旱冰剧场"]
    assert (row.texts, row.records, row.document, row.nearest) == (2, 1, "a", "parking")
    assert one.document.raw[row.begin : row.end] == row.phrase
    assert row.phrase in row.example
    assert row.example in one.document.raw


def test_what_a_theme_covers_what_names_something_and_everyday_words_are_no_phrases() -> None:
    raw = "停车剧场和柳知微剧场的工作。停车剧场和柳知微剧场的工作。"
    phrases = {c.phrase for c in candidates([text("a", raw, "柳知微")], MATCHER, WORDS)}
    assert not any("停车" in phrase or "柳" in phrase for phrase in phrases)
    assert "工作" not in phrases


def test_the_example_names_nobody() -> None:
    raw = "柳知微喜欢社区剧场。社区剧场很大。社区剧场很大。"
    (row,) = candidates([text("a", raw, "柳知微")], MATCHER, WORDS)
    assert (row.phrase, row.example) == ("社区剧场", "社区剧场")


def test_what_a_record_says_comes_before_what_only_stands_in_a_text() -> None:
    raw = "社区剧场很大。社区剧场很大。社区剧场很大。校园剧场也是。校园剧场也是。"
    found = [c.phrase for c in candidates([text("a", raw, quotes=("要建校园剧场",))], MATCHER, WORDS)]
    assert found == ["校园剧场", "社区剧场"]


def test_what_many_texts_have_belongs_to_the_genre() -> None:
    many = [text(c, "社区剧场很大。社区剧场很大。") for c in "abcd"]
    assert candidates(many, MATCHER, WORDS) == []
    assert [c.phrase for c in candidates(many[:3], MATCHER, WORDS)] == ["社区剧场"]


def test_what_stands_only_inside_a_longer_phrase_is_worth_nothing() -> None:
    values = c_values({"社区剧场管理": 3, "社区剧场": 3, "剧场管理": 4}, WORDS)
    assert values["社区剧场"] == 0
    assert values["剧场管理"] == pytest.approx(1.585, abs=0.001)
    assert values["社区剧场管理"] == 6


@settings(deadline=None)
@given(st.lists(st.text("社区剧场管理停车的。,\n夜校", max_size=20), max_size=4))
def test_rows_stand_where_they_say_each_once_and_the_best_first(raws: list[str]) -> None:
    found = candidates([text(str(i), raw) for i, raw in enumerate(raws)], MATCHER, WORDS)
    assert all(raws[int(c.document)][c.begin : c.end] == c.phrase for c in found)
    assert len({c.phrase for c in found}) == len(found)
    assert found == sorted(found, key=lambda c: (not c.records, -c.score, c.phrase))
