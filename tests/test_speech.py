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


FIRST, SECOND = "这条路修了三年,灰尘很大。", "居民每天绕行,希望尽快打通。"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A turn goes on over sentences, and ends where the text tells of something else.
        ([f"温如海强调,{FIRST}要尽快打通。会议还听取了汇报。"], [("温如海", f"{FIRST}要尽快打通。")]),
        ([f"温如海说,{FIRST}隋立冬没有到场。"], [("温如海", FIRST)]),
        ([f"温如海指出,{FIRST}他还建议,{SECOND}"], [("温如海", FIRST), ("温如海", f"建议,{SECOND}")]),
        # A quotation that runs over paragraphs, and one that stands alone after the speaker's.
        ([f"温如海说:“{FIRST}", f"“{SECOND}”他走了。"], [("温如海", FIRST), ("温如海", SECOND)]),
        ([f"温如海说:“{FIRST}”“{SECOND}”"], [("温如海", FIRST), ("温如海", SECOND)]),
        # Labels, and paragraphs that go on with an answer.
        ([f"温如海:{FIRST}", f"隋立冬(教育界):{SECOND}"], [("温如海", FIRST), ("隋立冬", SECOND)]),
        (
            ["主持人:请问两位怎么看?", f"温如海:{FIRST}", SECOND, f"隋立冬:{WISH}"],
            [("温如海", FIRST), ("温如海", SECOND), ("隋立冬", WISH)],
        ),
        (["温如海委员:", f"{FIRST}", "隋立冬委员:", f"{SECOND}"], [("温如海", FIRST), ("隋立冬", SECOND)]),
        # Several speakers.
        ([f"温如海、隋立冬建议,{SECOND}"], [("温如海", f"建议,{SECOND}"), ("隋立冬", f"建议,{SECOND}")]),
        ([f"温如海、隋立冬分别建议,{SECOND}"], []),
        ([f"温如海表示,{FIRST[:-1]};隋立冬表示,{SECOND}"], [("温如海", f"{FIRST[:-1]};"), ("隋立冬", SECOND)]),
        # No verb of saying has the person for its subject.
        ([f"在温如海看来,{FIRST}"], [("温如海", FIRST)]),
        ([f"据温如海介绍,{FIRST}"], [("温如海", FIRST)]),
        ([f"温如海的建议是,{SECOND}"], [("温如海", SECOND)]),
        ([f"温如海告诉媒体,{FIRST}"], [("温如海", FIRST)]),
        ([f"温如海回应表示,{FIRST}"], [("温如海", FIRST)]),
        # What is announced by its subject.
        (["温如海将就修路、种树等问题提出建议。"], [("温如海", "就修路、种树等问题提出建议")]),
        (["温如海作题为“守护古桥,留住乡愁”的学习讲座。"], [("温如海", "守护古桥,留住乡愁")]),
        (["本刊发表温如海的文章《修路》。", f"文章指出,{FIRST}"], [("温如海", FIRST)]),
    ],
)
def test_turns_over_sentences_and_paragraphs(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert said("\n".join(lines)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "温如海所说的问题,街道已经解决,居民的评价很高。",
        "温如海表示感谢。",
        "温如海没有说明原因,转身离开了会场。",
        "1965年由温如海介绍,隋立冬光荣地加入了组织。",
        "温如海:男,1965年3月出生,某校校长。",
        "在温如海领导下,会议指出,要抓好工作的落实。",
    ],
)
def test_words_that_only_look_like_speech(text: str) -> None:
    assert said(text) == []


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
