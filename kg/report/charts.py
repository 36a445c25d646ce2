"""Bars as SVG, drawn by Matplotlib: the same bytes on every machine, with words that the reader's own font draws.

Matplotlib has no Chinese font of its own, warns of every character that it can't measure, and finds other fonts on
other machines. So it draws the bars and is given placeholders for the words, which are put in afterwards as text; what
it writes as `style` becomes attributes, since the page's security policy allows no inline style.
"""

from __future__ import annotations

import io
from typing import Final

from lxml import etree

from kg.report.parts import Bars
from kg.view.palette import LOOKS

_SVG: Final = "http://www.w3.org/2000/svg"
_WIDTH: Final = 6.0
"""Inches, of 72 points."""
_ROW: Final = 0.34
"""Inches that a bar takes with its gap."""
_LABELS: Final = 0.26
"""The share of the width that is kept for the labels."""
_NO_METADATA: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
_BAR: Final = next(look.colour for look in LOOKS if look.kind == "Proposal")
_KEPT: Final = frozenset({"fill", "font-size", "text-anchor"})


def svg(chart: Bars, label: str) -> str:
    """A bar for each part, its number behind it.

    Args:
        chart: at least one bar.
        label: what the picture is, for those who don't see it.

    """
    words: dict[str, str] = {}
    root = etree.fromstring(_drawn(chart, words).encode("utf-8"))
    for node in root.findall(f"{{{_SVG}}}defs"):  # a style for the whole page
        root.remove(node)
    for node in root.iter(f"{{{_SVG}}}*"):
        _plain(node, words)
    for name in ("width", "height", "version"):
        del root.attrib[name]
    root.set("class", "bars")
    root.set("role", "img")
    root.set("aria-label", label)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _drawn(chart: Bars, words: dict[str, str]) -> str:
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    labels, numbers = zip(*chart.bars, strict=True)
    most = max(*numbers, 1)

    def placeholder(text: str) -> str:
        words[key := f"w{len(words)}"] = text
        return key

    with mpl.rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": "zhengxie-kg", "font.family": ["DejaVu Sans"], "font.size": 11.0}
    ):
        figure = Figure(figsize=(_WIDTH, _ROW * len(labels)))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((_LABELS, 0, 1 - _LABELS - 0.08, 1))
        axes.set(xlim=(0, most), ylim=(len(labels) - 0.5, -0.5))
        axes.set_axis_off()
        axes.barh(range(len(labels)), numbers, height=0.56, color=_BAR, clip_on=False)
        for i, (text, number) in enumerate(chart.bars):
            axes.text(-most * 0.02, i, placeholder(text), ha="right", va="center")
            axes.text(number + most * 0.015, i, placeholder(f"{number}{chart.unit}"), ha="left", va="center")
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata=_NO_METADATA)
    return out.getvalue()


def _plain(node: etree._Element, words: dict[str, str]) -> None:
    """An element without inline style and identifiers; a placeholder becomes its word."""
    for declared in filter(None, (node.get("style") or "").split(";")):
        name, _, value = declared.partition(":")
        if name.strip() in _KEPT:
            node.set(name.strip(), value.strip())
    for name in {"style", "id"} & {str(name) for name in node.attrib}:
        del node.attrib[name]
    if node.tag == f"{{{_SVG}}}text":
        node.text = words[node.text or ""]
