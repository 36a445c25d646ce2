"""How each kind of thing looks: one quiet palette, where shape and colour say the same.

The hues stand apart for the colour-blind (after Okabe and Ito, darkened for thin lines on paper), and shape and place
tell them apart in a black-and-white print.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of the legend."""

    kind: str
    label: str
    """What the legend calls it."""
    shape: str
    """`dot`, `square`, `ring`, `card`, `rounded`, `dashed`, `bubble` or `hexagon`: what the page's script draws."""
    colour: str
    """Of the outline and the glyph."""
    fill: str
    """Of the inside."""
    measure: str
    """The measure word that counts it."""


LOOKS: tuple[Look, ...] = (
    Look("Sector", "界别", "dot", "#1f5a92", "#1f5a92", "个"),
    Look("Organization", "党派与单位", "square", "#55636f", "#55636f", "个"),
    Look("Person", "人物", "ring", "#8a4b2f", "#ffffff", "位"),
    Look("Proposal", "提案", "card", "#1f5a92", "#ffffff", "件"),
    Look("Theme", "议题", "hexagon", "#a8701a", "#fbf3e0", "个"),
    Look("ConsultationCase", "协商案例", "rounded", "#2c7a66", "#ffffff", "个"),
    Look("Task", "工作任务", "dashed", "#6a5496", "#ffffff", "项"),
    Look("Statement", "发言", "bubble", "#a04a6e", "#ffffff", "条"),
)
"""The kinds that are drawn, in the order of the legend."""

FURTHER: tuple[Look, ...] = (
    Look("Session", "会议", "", "", "", "次"),
    Look("Initiative", "活动品牌", "", "", "", "个"),
    Look("Honour", "表彰", "", "", "", "项"),
    Look("Place", "地点", "", "", "", "处"),
)
"""The kinds that are listed and searched, and not drawn."""


@dataclass(frozen=True, slots=True)
class CategoryLook:
    """One of 五位一体 in the picture."""

    label: str
    colour: str
    """Of marks and lines; at least 4.5 : 1 on paper, so that words may bear it too."""


CATEGORY_LOOKS: tuple[CategoryLook, ...] = (
    CategoryLook("经济建设", "#1f5a92"),
    CategoryLook("政治建设", "#7a4fa3"),
    CategoryLook("文化建设", "#96650b"),
    CategoryLook("社会建设", "#b0436a"),
    CategoryLook("生态文明建设", "#2a7a50"),
    CategoryLook("其他", "#5d6066"),
)
"""In the order in which they are always said."""
