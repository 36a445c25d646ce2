"""Traditional characters are read as simplified ones, in their places; simplified texts are left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from kg.background import Background
from kg.extract import extract
from kg.model import Document, Facts, Passage
from kg.resolve import resolve
from kg.resources import lexicon_dir
from kg.traditional import is_traditional, read, simplified
from kg.triples import document_quads

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
TO_TRADITIONAL = OpenCC("s2t")


@pytest.fixture(scope="module")
def background() -> Background:
    return Background.of([lexicon_dir()])


def document(raw: str) -> Document:
    return Document("a", "a.txt", raw, "0" * 64)


def without_the_text(facts: Facts) -> Facts:
    return replace(facts, document=document(""))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_traditional_page_states_what_the_simplified_one_states(page: Path, background: Background) -> None:
    raw = page.read_text(encoding="utf-8")
    written = TO_TRADITIONAL.convert(raw)
    assert len(written) == len(raw)
    # Not beside `raw`: a few simplified letters stand for two traditional ones and come back as another (`沈`, `著`).
    found, expected = extract(document(written), background), extract(document(simplified(written)), background)
    assert without_the_text(found) == without_the_text(expected)
    assert found.facts


# RDF compares language tags without their case, and the store writes them small.
def test_a_name_is_kept_as_it_was_written(background: Background) -> None:
    raw = "臨湖區政協委員陸鳴遠説:「希望多辦夜校,方便居民學習。」他還建議開設書畫課程。"
    facts = extract(document(raw), background)
    quads = document_quads(resolve(facts, background.lexicon, background.gazetteer), {})
    labels = {(q.object.value, q.object.language) for q in quads if "Label" in q.predicate.value}
    anchors = {q.object.value for q in quads if q.predicate.value.endswith("anchorOf")}
    assert {("陆鸣远", "zh"), ("陸鳴遠", "zh-hant"), ("临湖区政协", "zh"), ("臨湖區政協", "zh-hant")} <= labels
    assert {"陸鳴遠", "臨湖區政協"} <= anchors
    assert ("希望多办夜校,方便居民学习。", "zh") in {
        (q.object.value, q.object.language) for q in quads if q.predicate.value.endswith("#quote")
    }


@pytest.mark.parametrize("text", ["政协委员沈醉著书乾隆瞭望", "群興玩具(香港)有限公司的关于加强社区养老服务的建议"])
def test_a_simplified_text_with_a_traditional_letter_is_left_alone(text: str) -> None:
    assert not is_traditional(text)
    assert read([Passage(text, tuple(range(len(text))))])[0].text == text


@given(st.text(alphabet=st.sampled_from("關於加強社區養老服務「」『』乾隆杯於著陸鳴遠,。A 一〇\U00020000")))
def test_every_letter_keeps_its_place(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)
