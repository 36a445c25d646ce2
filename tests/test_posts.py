"""The posts beside a person's name, and whose posts they are."""

from __future__ import annotations

from functools import cache

import pytest

from kg.lexicon import load
from kg.model import Passage
from kg.names import Forms, find
from kg.posts import Posts
from kg.resources import lexicon_dir
from kg.tagger import tagger
from kg.words import Words


@cache
def background() -> tuple[Forms, Posts]:
    lexicon = load(lexicon_dir())
    return Forms(lexicon, Words.load()), Posts(lexicon)


def held(text: str) -> list[tuple[str, str, str]]:
    """Person, role and body of every post in a text."""
    forms, posts = background()
    passage = Passage(text, tuple(range(len(text))))
    names = find([passage], forms, tagger())
    return [
        (person.full, holding.role.text, holding.body.text if holding.body else "")
        for person in names.of(passage, "Person")
        for holding in posts.of(person, passage, names)
    ]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("松溪街道工作人员温如海说。", [("温如海", "工作人员", "松溪街道")]),
        ("市民隋立冬说。", [("隋立冬", "市民", "")]),
        ("云岫师范学院的学生褚云帆来了。", [("褚云帆", "学生", "云岫师范学院")]),
        (
            "松溪街道月湖社区党支部书记、居委会主任温如海说。",
            [("温如海", "党支部书记", "松溪街道月湖社区"), ("温如海", "居委会主任", "松溪街道月湖社区")],
        ),
        ("枫林街道社区卫生服务中心办公室主任温如海说。", [("温如海", "办公室主任", "枫林街道社区卫生服务中心")]),
        ("隋立冬是云湖小学学生家长,他很高兴。", [("隋立冬", "学生家长", "云湖小学")]),
        ("云岫区第二中学校长温如海说。", [("温如海", "校长", "云岫区第二中学")]),
    ],
)
def test_a_post_stands_beside_the_name(text: str, posts: list[tuple[str, str, str]]) -> None:
    assert held(text) == posts


@pytest.mark.parametrize("text", ["主任很忙。温如海来了。", "温如海和主任谈话。", "他当过主任,温如海也当过。"])
def test_a_post_elsewhere_is_of_somebody_else(text: str) -> None:
    assert held(text) == []
