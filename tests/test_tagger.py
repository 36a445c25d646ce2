"""The neural tagger, on invented sentences.

`recorded/tagger.txt` holds a sentence and, after a tab, its words with their tags (`林若溪/PER`). The record was
checked by eye, and against the same network computed in double precision, one character after another.
"""

import importlib.util
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.tagger import CHUNK, Tagger, chunks, normalised, tagger

RECORDED = [
    line.split("\t")
    for line in (Path(__file__).parent / "recorded" / "tagger.txt").read_text(encoding="utf-8").split("\n")
    if line
]
SENTENCES = [sentence for sentence, _ in RECORDED]

mixed = st.text(
    st.one_of(
        st.sampled_from("林若溪委员在云河区政协说建议，。！；、“”《》 \n\u3000\r\x1c\x85ＡA１1😀𠮷\ufeff"),
        st.characters(),
    )
)


def named(text):
    return {(tag.kind, text[tag.start : tag.end]) for tag in tagger().names([text])[0]}


@pytest.mark.parametrize(("sentence", "expected"), RECORDED)
def test_words_and_tags_are_as_recorded(sentence, expected):
    (words,) = tagger().words([sentence])
    assert " ".join(f"{sentence[word.start : word.end]}/{word.kind}" for word in words) == expected


def test_names_are_found_where_they_stand():
    sentence = "记者 林若溪、贺小满从临江市报道，云河区政协副主席谭雪梅出席。"
    (tags,) = tagger().names([sentence])
    assert [(tag.kind, tag.start, tag.end) for tag in tags] == [
        ("person", 3, 6),
        ("person", 7, 10),
        ("place", 11, 14),
        ("organization", 17, 22),
        ("person", 25, 28),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "提案者:谭雪梅,邹国梁(农工党)",
        "提案者：谭雪梅，邹国梁（农工党）",
        "提案者：谭雪梅、邹国梁（农工党）",
        "提案者　谭雪梅　邹国梁　（农工党）",
    ],
)
def test_full_and_half_width_marks_give_the_same_names(sentence):
    assert {("person", "谭雪梅"), ("person", "邹国梁")} <= named(sentence)


def test_a_character_beyond_the_basic_plane_counts_as_one():
    sentence = "😀😀记者林若溪从临江市报道"
    assert ("person", "林若溪") in named(sentence)


def test_a_long_text_without_a_mark_keeps_its_names():
    filler = "推动社区治理和养老服务高质量发展" * 30
    text = f"委员谭雪梅建议{filler}委员邹国梁建议{filler}"
    assert {("person", "谭雪梅"), ("person", "邹国梁")} <= named(text)


def test_a_long_sentence_is_cut_at_a_comma():
    text = "推动社区治理高质量发展，" * 40
    ends = [end for _, end in chunks(text)]
    assert len(ends) > 1
    assert all(text[end - 1] == "，" for end in ends)


@pytest.mark.parametrize("text", ["", " ", "\n\u3000\n"])
def test_a_text_without_characters_has_no_words(text):
    assert tagger().words([text]) == [[]]
    assert tagger().names([text]) == [[]]


def test_no_text_no_result():
    assert tagger().names([]) == []


@given(mixed)
def test_chunks_hold_all_but_white_space(text):
    cut = list(chunks(text))
    assert all(0 < end - start <= CHUNK for start, end in cut)
    assert "".join(text[start:end] for start, end in cut) == "".join(text.split())


@given(mixed)
def test_normalising_keeps_the_length(text):
    assert len(normalised(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(mixed, max_size=4))
def test_words_follow_one_another_and_cover_the_text(texts):
    for text, words in zip(texts, tagger().words(texts), strict=True):
        assert "".join(text[word.start : word.end] for word in words) == "".join(text.split())
        assert all(word.start < word.end for word in words)
        assert all(a.end <= b.start for a, b in pairwise(words))


@settings(max_examples=40, deadline=None)
@given(st.lists(mixed | st.sampled_from(SENTENCES), min_size=1, max_size=5))
def test_the_words_of_a_text_are_the_same_alone_and_among_others(texts):
    assert tagger().words(texts) == [tagger().words([text])[0] for text in texts]


def test_more_chunks_than_one_batch_keep_their_texts():
    texts = SENTENCES * 20
    assert tagger().words(texts) == tagger().words(SENTENCES) * 20


def test_missing_files_say_what_to_install(tmp_path):
    with pytest.raises(KgError, match=r"reinstall jieba 0\.42\.1"):
        Tagger.load(tmp_path)


def test_a_truncated_file_says_what_to_install(tmp_path):
    (package,) = importlib.util.find_spec("jieba").submodule_search_locations
    copy = shutil.copytree(Path(package) / "lac_small", tmp_path / "lac_small")
    tensor = copy / "model_baseline" / "gru_1.w_0"
    tensor.write_bytes(tensor.read_bytes()[:-4])
    with pytest.raises(KgError, match=r"reinstall jieba 0\.42\.1"):
        Tagger.load(copy)


def test_tagging_does_not_load_jieba():
    code = "import sys; from kg.tagger import tagger; tagger().names(['林若溪']); sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
