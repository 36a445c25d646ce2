"""jieba with our words."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.words import ADDED, KNOWN, Words


@pytest.fixture(scope="module")
def words():
    return Words.load(["邻里议事角", "社区", ""])


@pytest.mark.parametrize(
    ("text", "i", "expected"),
    [
        ('构建"无缝"', 4, True),
        ("构建“无缝”对接", 4, True),
        ("切实履职尽责", 5, True),
        ("优化营商环境激发青年活力", 6, False),
        ("工作作出", 2, False),
        ("社区", 0, False),
        ("社区", 2, False),
        ("", 0, False),
        ("加强，社区", 3, False),
    ],
)
def test_a_word_crosses_a_line_end_or_does_not(words, text, i, expected):
    assert words.crosses(text, i) is expected


def test_latin_letters_that_no_dictionary_holds_are_no_word_that_crosses(words):
    assert not words.crosses("QWXZ", 2)


def test_an_added_word_is_cut_whole(words):
    assert ("邻里议事角", 2, 7) in words.cut("开展邻里议事角活动")
    assert ("邻里议事角", 2, 7) not in Words.load().cut("开展邻里议事角活动")


def test_an_added_word_keeps_the_higher_frequency(words):
    assert words.frequency("邻里议事角") == ADDED
    assert words.frequency("社区") == Words.load().frequency("社区") > ADDED


def test_known_words_are_those_of_the_dictionary(words):
    assert words.known("社区")
    assert words.known("邻里议事角")
    assert not words.known("区社")
    assert not words.known("")
    assert words.frequency("一一记") < KNOWN and not words.known("一一记")


@given(st.text(st.sampled_from("加强社区建设AB12%-.，。 \n\u3000😀\x1c") | st.characters()))
def test_words_cover_the_text_in_order(words, text):
    cut = words.cut(text)
    assert "".join(word for word, _, _ in cut) == text
    assert all(text[start:end] == word for word, start, end in cut)


@given(st.text(st.sampled_from("优化营商环境激发青年活力，“”、 A1"), min_size=1, max_size=30), st.data())
def test_crossing_agrees_with_the_cut_of_the_whole_text(words, text, data):
    i = data.draw(st.integers(0, len(text)))
    held = any(start < i < end and words.frequency(word) for word, start, end in words.cut(text))
    assert words.crosses(text, i) == held


def test_first_use_is_silent_and_leaves_no_file(tmp_path):
    """As on a machine where Python has compiled nothing yet, with every warning an error."""
    temp = tmp_path / "temp"
    temp.mkdir()
    code = "from kg.words import Words; print(Words.load(['邻里议事角']).known('社区'))"
    flags = ["-W", "error", "-X", f"pycache_prefix={tmp_path / 'compiled'}"]
    done = subprocess.run(
        [sys.executable, *flags, "-c", code],
        env=os.environ | {"TMPDIR": str(temp)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("True", "", 0)
    assert list(temp.iterdir()) == []


def test_the_dictionary_of_others_is_untouched(words):
    import jieba

    assert words.known("邻里议事角")
    assert jieba.dt.initialized is False or "邻里议事角" not in jieba.dt.FREQ
