"""No fact without its words: whatever the layout, what a fact points to is what the text says there."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from kg.background import Background
from kg.extract import extract
from kg.model import Document, Facts, Mention, Node, Span
from kg.resources import lexicon_dir

HERE = Path(__file__).parent
TEXTS = [*sorted((HERE / "pages").glob("*.txt")), *sorted((HERE / "cases").rglob("*.txt"))]
BACKGROUND = Background.of([lexicon_dir()])
SIMPLIFIED = OpenCC("t2s")
LINES = [line for text in TEXTS for line in text.read_text(encoding="utf-8").splitlines()]
_LAYOUT = re.compile(r"[\s\ufeff]|(?<=[\n\s])[-*+●•▪◦◆★·]|^[-*+●•▪◦◆★·]")
"""What a page adds to its text: blanks, line ends and the marks of list items."""


def words(raw: str, span: Span) -> str:
    assert 0 <= span.start < span.end <= len(raw)
    return _LAYOUT.sub("", raw[span.start : span.end])


def pointed_to(facts: Facts) -> list[tuple[Span, str]]:
    """Every span that a text's mentions and facts point to, with its reading; what is only implied has none."""
    ends = [end for f in facts.facts for end in (f.subject, f.object) if isinstance(end, Mention)]
    mentions = [(m.span, m.reading) for m in (*facts.mentions, *ends) if m.reading]
    return [*mentions, *((f.evidence, f.reading) for f in facts.facts)]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@example(["·"], "\n")  # a bullet without an item
@example(["石枫县政协第十一届委员会增补委员名单", "，\t\t"], "\n")  # a row of marks in a list of members
@example(["政协临溪县第十届委员会委员名单", "经济界\t丁小舟\t王朔北"], "\n")  # a heading in its members' row
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=8), max_size=14), st.sampled_from(["\n", "\r\n", "\n\n　　"]))
def test_a_reading_is_the_text_at_its_span(lines: list[str], end: str) -> None:
    raw = end.join(lines)
    facts = extract(Document("a", "a.txt", raw, "0" * 64), BACKGROUND)
    repaired = {row.printed for row in BACKGROUND.lexicon.confusions}
    for span, reading in pointed_to(facts):
        stood, read = words(raw, span), _LAYOUT.sub("", reading)
        if not any(word in reading for word in repaired):
            assert read in (stood, SIMPLIFIED.convert(stood)), "what traditional text reads is its simplified form"
        assert len(read) == len(stood)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_what_has_no_name_lies_in_the_text_too(lines: list[str]) -> None:
    raw = "\n".join(lines)
    facts = extract(Document("a", "a.txt", raw, "0" * 64), BACKGROUND)
    for fact in facts.facts:
        for end in (fact.subject, fact.object):
            if isinstance(end, Node):
                assert 0 <= end.span.start < end.span.end <= len(raw)
