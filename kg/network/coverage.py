"""How far the figures reach: the frame, the coverage and the cautions to print below them, and the gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.network.counts import LEAST_OF_AN_END, LEAST_RECORDS
from kg.network.records import (
    GROUPS,
    KINDS,
    OWNERS,
    UNKNOWN,
    Frame,
    Record,
    by_frame,
    frame_order,
)
from kg.network.ties import (
    ABOUT,
    CHANNEL_NAMES,
    FOUND_IN,
    SIMILAR,
    TOGETHER,
    UNITS,
    Tie,
)

FRAME_SAID: Final = {
    "全部立案": "为全部立案{}",
    "优秀": "均为优秀{}",
    "重点": "均为重点{}",
    "节选": "为节选，并非全部{}",
    UNKNOWN: "材料未注明是全部还是部分",
}
"""Kind of list → what to say of records that stand in one; `{}` is what they are."""
_TOO_FEW: Final = "数量过少，只列事实，不作统计推断"
_ENOUGH: Final = f"少于{LEAST_OF_AN_END}件的一端只计数"
_SAID: Final = (
    (
        {*ABOUT.values(), *FOUND_IN.values()},
        "与议题的关联按记录计数：一件记录涉及几个议题，每个议题各计一次；联名提案由提案者平均分摊。",
    ),
    ({SIMILAR}, "“议题相近”只表示关注的议题相同，不表示立场一致；相似度为余弦相似度，介于0和1之间。"),
    ({TOGETHER}, "“同时涉及”按同时涉及两个议题的记录计数。"),
)
"""Relations → what their figures are."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many records a frame has, how many of them count for an end, and how many have a theme."""

    frame: Frame
    records: int
    attributed: int
    themed: int
    counted: int
    """Of the ends that most records count for (sectors, parties …), how many of them have a theme: what is inferred
    from."""

    @property
    def enough(self) -> bool:
        """Whether anything may be inferred."""
        return self.counted >= LEAST_RECORDS

    @property
    def sentence(self) -> str:
        """What to print below figures of this frame, in Chinese.

        >>> from kg.network.facts import End
        >>> print(Coverage(Frame("proposals", End("committee", "…", "山南区政协"), "优秀"), 10, 6, 10, 6).sentence)
        山南区政协提案：共10件，均为优秀提案；6/10件可归界别或党派，10/10件有议题；数量过少，只列事实，不作统计推断。

        """
        committee = self.frame.committee.label if self.frame.committee else "（未注明政协）"
        name, unit = CHANNEL_NAMES[self.frame.channel], UNITS[self.frame.channel]
        said = FRAME_SAID.get(self.frame.list_kind, f"名单类型为{self.frame.list_kind}").format(name)
        to_whom = "或".join(KINDS[kind] for kind in OWNERS[self.frame.channel])
        return (
            f"{committee}{name}：共{self.records}{unit}，{said}；"
            f"{self.attributed}/{self.records}{unit}可归{to_whom}，{self.themed}/{self.records}{unit}有议题；"
            f"{_ENOUGH if self.enough else _TOO_FEW}。"
        )


def coverage_of(rows: Iterable[Record]) -> tuple[Coverage, ...]:
    """How far the figures of each frame reach, in the order of the ties."""
    return tuple(
        Coverage(
            frame,
            records=len(group),
            attributed=sum(_counts_for(row, OWNERS[frame.channel]) for row in group),
            themed=sum(bool(row.themes) for row in group),
            counted=max(
                sum(bool(row.themes) and _counts_for(row, kinds) for row in group) for kinds in GROUPS[frame.channel]
            ),
        )
        for frame, group in sorted(by_frame(rows).items(), key=lambda item: frame_order(item[0]))
    )


def _counts_for(row: Record, kinds: Iterable[str]) -> bool:
    return any(end.kind in kinds for agent in row.agents for end in agent)


_JUDGED: Final = (
    "提升度为实际件数与随机预期件数之比；q值为单侧检验经多重比较校正后的结果，"
    "小于0.05的可视为不只是偶然，但不表示因果，也不说明原因。"
)


def notes(ties: Iterable[Tie], rows: Iterable[Record]) -> list[str]:
    """The sentences to print below these ties: the frame and coverage of each, and what the figures are."""
    shown = list(ties)
    frames, relations = {tie.frame for tie in shown}, {tie.relation for tie in shown}
    return [
        *(found.sentence for found in coverage_of(rows) if found.frame in frames),
        *(sentence for about, sentence in _SAID if about & relations),
        *([_JUDGED] if any(tie.more_than_chance is not None for tie in shown) else []),
    ]
