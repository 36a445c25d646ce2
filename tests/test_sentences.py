"""Sentences, and the clause around a fact."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Passage
from kg.sentences import around, sentences, whole

TEXTS = st.text(st.sampled_from('甲乙丙,。！？!?“”"》）; \n'), max_size=60)


def passage(text: str) -> Passage:
    return Passage(text, tuple(range(0, 2 * len(text), 2)))


@given(TEXTS)
def test_sentences_follow_one_another_and_hold_all_that_is_no_blank(text: str) -> None:
    found = sentences(passage(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    inside = {i for clause in found for i in range(clause.start, clause.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)


@given(TEXTS, st.data())
def test_the_clause_around_some_words_holds_them(text: str, data: st.DataObject) -> None:
    if not text.strip():
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    clause = around(passage(text), start, end)
    kept = [i for i in range(start, end) if not text[i].isspace()]
    assert clause.start <= kept[0]
    assert kept[-1] < clause.end


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("他说：“好。”她走了。", ["他说：“好。”", "她走了。"]),
        ("真的吗？！当然。", ["真的吗？！", "当然。"]),
        ("没有句号", ["没有句号"]),
        ("", []),
    ],
)
def test_a_closing_mark_stays_with_its_sentence(text: str, read: list[str]) -> None:
    assert [c.text for c in sentences(passage(text))] == read


def test_a_clause_knows_its_place_in_the_stored_text() -> None:
    clause = whole(passage("甲乙丙"))
    assert clause.span == (0, 5)
    assert clause.mention("Person", "甲乙丙丁").reading == "甲乙丙"
