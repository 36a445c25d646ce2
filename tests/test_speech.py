"""Who says what: quotations and reported speech, each with its speaker."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import load
from kg.model import NATION, Block, Name, Passage
from kg.names import Names
from kg.resources import lexicon_dir
from kg.speech import Speech
from kg.speech.turns import Utterance

PEOPLE = ("温如海", "隋立冬", "芦大爷")


@cache
def speech() -> Speech:
    return Speech(load(lexicon_dir()).speech_verbs)


def named(paragraphs: list[Passage]) -> Names:
    """The invented people wherever a paragraph has them."""
    found = {}
    for passage in paragraphs:
        people = [
            Name("Person", at, at + len(person), person, person)
            for person in PEOPLE
            for at in range(len(passage.text))
            if passage.text.startswith(person, at)
        ]
        found[passage.at[0]] = tuple(sorted(people, key=lambda n: n.start))
    return Names(NATION, None, found, {})


def utterances(text: str) -> list[Utterance]:
    """What is said in the lines of a text."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        if line:
            paragraphs.append(Passage(line, tuple(range(at, at + len(line)))))
        at += len(line) + 1
    return speech().of([Block("paragraph", (p,)) for p in paragraphs], named(paragraphs))


def said(text: str) -> list[tuple[str, str]]:
    return [(u.speaker.full, u.words.text) for u in utterances(text)]


WISH = "希望多办老年食堂,让老人吃上热饭。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'温如海说:"{WISH}"', [("温如海", WISH)]),
        (f"温如海说：“{WISH}”", [("温如海", WISH)]),
        (f'"{WISH}"街道工作人员温如海说。', [("温如海", WISH)]),
        (f"市民隋立冬是一名家长。他{WISH}", [("隋立冬", WISH)]),
        (f"隋立冬坦言,公交车半小时一班,出行不便。他{WISH}", None),
        (f"温如海在接受采访时表示,{WISH}", [("温如海", WISH)]),
    ],
)
def test_words_belong_to_whoever_is_named_with_them(text: str, expected: list[tuple[str, str]] | None) -> None:
    found = said(text)
    if expected is None:
        assert {who for who, _ in found} == {"隋立冬"}
        assert ("隋立冬", WISH) in found
    else:
        assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        '温如海参加了"人人讲安全 个个会应急"演练。',
        f"大家表示,{WISH}",
        f"会议指出,{WISH}温如海出席。",
        '墙上写着"安全第一"。温如海路过。',
        "",
    ],
)
def test_slogans_and_what_nobody_named_says_are_no_statements(text: str) -> None:
    assert said(text) == []


def test_two_speakers_keep_their_own_words() -> None:
    other = "公交车半小时一班,出行不方便。"
    assert said(f'温如海说:"{WISH}"隋立冬说:"{other}"') == [("温如海", WISH), ("隋立冬", other)]


PIECES = [
    *PEOPLE,
    "说",
    "表示",
    "认为",
    "她",
    "他",
    "建议",
    "希望",
    '"',
    "“",
    "”",
    ":",
    "：",
    "，",
    ",",
    "。",
    "多办夜校方便居民",
    "会议指出",
    "\n",
    "；",
    "的",
    "代表",
    "将就",
    "提出建议",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_what_is_said_lies_inside_its_evidence_and_has_a_named_speaker(text: str) -> None:
    for utterance in utterances(text):
        words, evidence = utterance.words, utterance.evidence
        assert words.passage is evidence.passage
        assert 0 <= evidence.start <= words.start < words.end <= evidence.end <= len(words.passage.text)
        assert utterance.speaker.full in PEOPLE
        assert utterance.speaker.text == utterance.where.text[utterance.speaker.start : utterance.speaker.end]
        assert words.text.strip()
