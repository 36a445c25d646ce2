"""What one proposes or speaks on, told by its subject: `将就…提出建议`, `提出了…的提案`, `作题为“…”的报告`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.clean import HAN

_TALK = "讲座|报告|演讲|发言|授课|讲话|讲解|宣讲"
_PAPER = "提案|建议|议案|意见|对策"
_NOT_A_PAPER = r"(?![办处答采落被会人稿者库书]|案办)"
_RAISED = rf"(?:提出|提交|递交|带来|撰写|形成)[{HAN}]{{0,8}}?(?:{_PAPER})|建言|献策|献计|呼吁"
_INTO = (
    r"(?:就|围绕|针对|聚焦|关于|从(?=[^，。]*(?:方面|角度))|(?:对|为)(?![^。；;]*?(?:提出|提交)的))"
    r"(?![何什此了他她其来])"
)
_ON = re.compile(rf"{_INTO}(?P<on>[^。；;：:]{{4,120}}?)(?:{_RAISED})[{HAN}]{{0,4}}")
_PAPER_ON = re.compile(
    rf"(?:提出|提交|递交|带来)(?:了|过|的|一[份件项条])*(?P<on>[^，,。；;：:了]{{4,60}}?)的?(?:{_PAPER}){_NOT_A_PAPER}"
)
_TITLED = re.compile(
    rf"作(?:了)?(?:题为|主题为|以)?[“\"《](?P<on>\0{{4,}})[”\"》](?:为题)?的?[{HAN}]{{0,6}}?(?:{_TALK})"
)
_SPEAKS_ON = re.compile(r"(?:就|围绕|以)(?P<on>[“\"]\0{4,}[”\"])[^，。；;]{0,24}?发言")
_HANDED_IN = re.compile(r"(?:提出|提交|递交|带来)(?:的|了|过|一[份件项条])*《(?P<on>\0{6,})》")
_GREETS = re.compile(
    r"代表[^。；;]{2,80}?[,，]?(?P<on>向[^。；;]{4,300}?(?:致以|表示)[^。；;]{0,30}(?:问候|祝愿|祝福|祝贺|敬意|慰问))"
)
_NEXT = re.compile(
    r"将(?:会|继续|持续|重点|更加|进一步|还|在[^，。]{0,12}[中上])*(?=关注|聚焦)(?P<on>[^，,。；;]{8,60})"
)
_PRAISED = re.compile(
    r"(?:[很较更最]?[具富]?有?(?:针对性|可?操作性|建设性|前瞻性|价值|见地|高质量|合理化?|切实可行|可行|务实|中肯|宝贵|具体|许?多|大量|不少)"
    r"[的和与、强]*)+"
)
"""Words that say how good a paper is, and not what it is about."""
_OWN = re.compile(rf"[{HAN}]*(?:这份|该|相关|有关|多份|多项|自己|一些|上述)")
"""Words that point to a paper without telling what it is about."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The words that tell the subject, and where they stand."""

    start: int
    end: int


def greeted(text: str, start: int, end: int) -> Proposed | None:
    """`代表某单位，向大家致以问候`: the greeting of one who speaks for others."""
    match = _GREETS.search(text, start, end)
    return Proposed(*match.span("on")) if match else None


def _tells(on: str) -> bool:
    """Whether the words before 建议 or 提案 say what it is about; a row of titles is read for its first one."""
    return not (_OWN.match(on) or _PRAISED.fullmatch(on) or on.startswith("《"))


def proposed(text: str, start: int, end: int) -> Proposed | None:
    """What the words of a clause whose subject is a person say of a proposal or a talk of that person.

    >>> text = "她将就农村养老等问题提出建议。"
    >>> found = proposed(text, 0, len(text))
    >>> text[found.start:found.end]
    '就农村养老等问题提出建议'
    """
    if titled := _TITLED.search(text, start, end):
        return Proposed(*titled.span("on"))
    if speaks := _SPEAKS_ON.search(text, start, end):
        return Proposed(speaks.start("on") + 1, speaks.end("on") - 1)
    if on := _ON.search(text, start, end):
        return Proposed(*on.span())
    if (paper := _PAPER_ON.search(text, start, end)) and _tells(paper["on"]):
        return Proposed(paper.start("on"), paper.end())
    if handed := _HANDED_IN.search(text, start, end):
        return Proposed(*handed.span("on"))
    following = _NEXT.search(text, start, end)
    return Proposed(*following.span("on")) if following else None
