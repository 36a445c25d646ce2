"""The forms in which texts name a committee's meetings, each brought to one name."""

from __future__ import annotations

import pytest

from kg.meetings.numbered import meetings
from kg.model import Name, Passage
from kg.names import Names


def found(text: str) -> list[tuple[str, str, int | None, int | None]]:
    """Each meeting: its name, its kind, term and ordinal. 区政协 is known to be 云岫区政协."""
    bodies = []
    for short, full in (("区政协", "云岫区政协"), ("全国政协", "全国政协")):
        start = text.find(short)
        while start >= 0:
            bodies.append(Name("Organization", start, start + len(short), short, full))
            start = text.find(short, start + 1)
    passage = Passage(text, tuple(range(len(text))))
    names = Names("云岫区", "云岫区政协", {0: tuple(bodies)}, {})
    return [(m.name, m.kind, m.term, m.ordinal) for m in meetings(passage, names)]


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        ("区政协二届五次会议召开", ("云岫区政协二届五次会议", "全体会议", 2, 5)),
        ("区政协二届二十六次主席会议", ("云岫区政协二届二十六次主席会议", "主席会议", 2, 26)),
        ("区政协二届常委会第十八次会议", ("云岫区政协二届十八次常委会会议", "常务委员会会议", 2, 18)),
        ("区政协第二届常务委员会第十八次会议", ("云岫区政协二届十八次常委会会议", "常务委员会会议", 2, 18)),
        ("政协云岫区第二届委员会第五次会议", ("云岫区政协二届五次会议", "全体会议", 2, 5)),
        ("中国人民政治协商会议云岫区第二届委员会第五次会议", ("云岫区政协二届五次会议", "全体会议", 2, 5)),
        ("政协第十四届全国委员会第三次会议", ("全国政协十四届三次会议", "全体会议", 14, 3)),
        ("区政协二届五次会议第一次全体会议", ("云岫区政协二届五次会议第一次全体会议", "全体会议", 2, 5)),
        ("区政协二届五次会议开幕会", ("云岫区政协二届五次会议开幕会", "全体会议", 2, 5)),
        ("二届区政协第五次会议", ("云岫区政协二届五次会议", "全体会议", 2, 5)),
        ("区政协二届五次全会", ("云岫区政协二届五次会议", "全体会议", 2, 5)),
        ("区政协二届十八次常委会召开", ("云岫区政协二届十八次常委会会议", "常务委员会会议", 2, 18)),
        ("区政协二届十八次主席(扩大)会议", ("云岫区政协二届十八次主席会议", "主席会议", 2, 18)),
        ("区政协召开二届二十六次主席会议", ("云岫区政协二届二十六次主席会议", "主席会议", 2, 26)),
        ("区政协在机关三楼会议室召开了二届委员会第九次主席会议", ("云岫区政协二届九次主席会议", "主席会议", 2, 9)),
        ("政协云岫区委员会二届五次会议", ("云岫区政协二届五次会议", "全体会议", 2, 5)),
        ("政协第二届云岫区委员会常务委员会第十八次会议", ("云岫区政协二届十八次常委会会议", "常务委员会会议", 2, 18)),
        ("政协第二届云岫区委员会第一百零二次主席会议", ("云岫区政协二届一百零二次主席会议", "主席会议", 2, 102)),
    ],
)
def test_a_meeting_has_one_name_in_whatever_form(text: str, meeting: tuple[str, str, int, int]) -> None:
    assert found(text) == [meeting]


@pytest.mark.parametrize(
    "text",
    [
        "区政协党组会议",
        "区委二届五次全会",
        "区十届人大五次会议",
        "区政协会议",
        "第五次会议",
        "区政协二届委员",
        "区政协、区人大召开二届五次会议",
    ],
)
def test_other_meetings_are_none(text: str) -> None:
    assert found(text) == []


def test_two_meetings_of_one_sentence_are_two() -> None:
    names = [name for name, *_ in found("从区政协二届四次会议到区政协二届五次会议")]
    assert names == ["云岫区政协二届四次会议", "云岫区政协二届五次会议"]
