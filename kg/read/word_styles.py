"""What a Word file's styles say of their paragraphs and runs: headings, lists, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kg.read.word_xml import all_of, attribute, find, is_on, number

_HEADING = re.compile(r"(?:heading|标题|標題) ?[1-9]|title|subtitle|标题|標題|副标题|副標題")
_CAPTION = re.compile(r"caption|题注|圖標")
_CONTENTS = re.compile(r"toc(?: heading| ?[1-9])|contents (?:heading|[1-9])|(?:目录|目錄)(?: ?[1-9]| ?标题)?")
_BODY_TEXT = 9
"""The outline level of what is no heading."""


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    outline: int | None
    numbering: tuple[int | None, int | None]
    """The list's number (numId) and level, each where the style says it."""
    hidden: bool | None


class Styles:
    """The styles of one document, each with what it takes over from the style that it is based on."""

    def __init__(self, root: Element) -> None:
        """`root` is the part `styles.xml`."""
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for element in all_of(root, "w:style"):
            key = attribute(element, "styleId")
            if key is None:
                continue
            self._styles[key] = _style(element)
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in {"1", "true", "on"}:
                self._default = key

    def kind(self, style: str | None, outline: int | None) -> str:
        """`heading`, `caption`, `contents` or "" for a paragraph of a style (its id), with its own outline level."""
        chain = [*self._chain(style)]
        names = [found.name for _, found in chain]
        if any(_CONTENTS.fullmatch(name) for name in names):
            return "contents"
        if outline is None:
            outline = next((found.outline for _, found in chain if found.outline is not None), None)
        if outline is not None:
            return "heading" if outline < _BODY_TEXT else ""
        if any(_HEADING.fullmatch(name) for name in names):
            return "heading"
        return "caption" if any(_CAPTION.fullmatch(name) for name in names) else ""

    def numbering(self, style: str | None) -> tuple[int | None, int | None, list[str]]:
        """The list's number and level that a style gives, and the ids of the styles that it is made of."""
        list_number: int | None = None
        level: int | None = None
        ids = []
        for key, found in self._chain(style):
            ids.append(key)
            list_number = found.numbering[0] if list_number is None else list_number
            level = found.numbering[1] if level is None else level
        return list_number, level, ids

    def is_hidden(self, style: str | None) -> bool:
        """Whether text of a style, of a run or a paragraph, is hidden."""
        return next((found.hidden for _, found in self._chain(style) if found.hidden is not None), False)

    def _chain(self, style: str | None) -> Iterator[tuple[str, _Style]]:
        """A style and those that it is based on; the default one where the document has no such style."""
        key: str | None = style if style in self._styles else self._default
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield key, self._styles[key]
            key = self._styles[key].based_on


def _style(element: Element) -> _Style:
    hidden = find(element, "w:rPr", "w:vanish")
    return _Style(
        name=(attribute(find(element, "w:name")) or "").lower(),
        based_on=attribute(find(element, "w:basedOn")),
        outline=number(find(element, "w:pPr", "w:outlineLvl")),
        numbering=(
            number(find(element, "w:pPr", "w:numPr", "w:numId")),
            number(find(element, "w:pPr", "w:numPr", "w:ilvl")),
        ),
        hidden=None if hidden is None else is_on(hidden),
    )
