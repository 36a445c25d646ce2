"""The forms in which a saved question may be asked: a bag of words and slots, in any order.

`theme=议题+界别+关注/提出+提案?`: the items stand between `+`; the words of one item are alternatives; `?` marks what
may be missing; `theme=议题` takes a theme's name for the parameter `theme`. A word stands for all its wordings in
question-words.csv. What is asked for (哪些界别, 多少件提案, 谁) need not stand in a form: it is among the row's `asks`;
`!` marks what may be asked for in one form only. `kind:界别` fills the parameter `kind` with 界别 and takes no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import KgError
from kg.lexicon import Lexicon

KINDS = (
    "界别",
    "党派",
    "党派简称",
    "议题",
    "领域",
    "人",
    "地点",
    "单位",
    "年",
    "日期",
    "届次",
    "提案",
    "职务",
    "会议类型",
    "任务类型",
    "名称",
)
"""What a slot may take: each kind of name that a question can hold. 领域 is a top theme, 名称 the name of anything.
A name of several kinds is first of the one that stands first here: a street is a place before it is a body."""

_ITEM = re.compile(r"(?:(?P<param>[a-z_]+)=)?(?P<names>[^=+?!]+)(?P<mark>[?!]?)")
_FIXED = re.compile(r"(?P<param>[a-z_]+):(?P<value>[^=+?!:]+)")


class MalformedForm(KgError):
    """A form that can't be read."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a form."""

    names: frozenset[str]
    """Words of question-words.csv, or kinds of slots where there is a parameter; any one of them."""
    param: str
    """The parameter that the slot fills; empty for words."""
    required: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One way to ask a saved question."""

    question: str
    """The saved question's name."""
    items: tuple[Item, ...]
    asks: frozenset[str]
    """The nouns that it may be asked for; see `kg.ask.reading.sought`."""
    also: frozenset[str] = frozenset()
    """What a further clause may ask for; see `kg.ask.matching`."""
    fixed: tuple[tuple[str, str], ...] = ()
    """Parameters that the form itself fills, whatever name the question holds, and their values."""


def parse(question: str, text: str, asks: Iterable[str] = (), also: Iterable[str] = ()) -> Form:
    """A form as the lexicon writes it.

    >>> [(sorted(i.names), i.param, i.required) for i in parse("conveners", "sector=界别?+召集人").items]
    [(['界别'], 'sector', False), (['召集人'], '', True)]
    >>> parse("initiatives", "kind:品牌+品牌!+哪些").fixed
    (('kind', '品牌'),)

    Raises MalformedForm for an item that is none.
    """
    items: list[Item] = []
    fixed: list[tuple[str, str]] = []
    asked_for = set(asks)
    for part in text.split("+"):
        if filled := _FIXED.fullmatch(part):
            fixed.append((filled["param"], filled["value"]))
            continue
        found = _ITEM.fullmatch(part)
        if not found:
            raise MalformedForm(f"the form of {question} has the part {part!r}", hint="write 词/词, 词? or param=类")
        names = frozenset(found["names"].split("/"))
        if found["param"] and not names <= set(KINDS):
            raise MalformedForm(f"{part} takes {found['names']}", hint=f"a slot is one of {', '.join(KINDS)}")
        items.append(Item(names, found["param"] or "", found["mark"] != "?"))
        if found["mark"] == "!":
            asked_for |= names
    return Form(question, tuple(items), frozenset(asked_for), frozenset(also), tuple(fixed))


def forms_of(lexicon: Lexicon, only: Iterable[str] | None = None) -> tuple[Form, ...]:
    """Every form of the lexicon, or of the saved questions named.

    Raises MalformedForm for one that can't be read.
    """
    wanted = None if only is None else set(only)
    return tuple(
        parse(row.id, text, row.asks, row.also)
        for row in lexicon.question_forms
        if wanted is None or row.id in wanted
        for text in row.forms
    )
