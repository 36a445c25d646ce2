"""The XML parts of a Word file: how they hang together, and their elements under short names, read piece by piece.

The namespaces of ISO 29500 Strict and Transitional become one: an element of either is `w:p`.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from kg.errors import Unreadable
from kg.read.archive import damaged

_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_PREFIXES = {
    **dict.fromkeys(_WORD, "w:"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}": "mc:",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}": "m:",
    "{http://purl.oclc.org/ooxml/officeDocument/math}": "m:",
}
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_CHUNK = 1 << 16
_DEPTH = 120
"""Tables in tables in text boxes come to some forty elements inside one another."""
_ELEMENTS = 4_000_000
"""XML elements of a single table or paragraph: some 700 MB of memory, and 100,000 rows of five cells."""
_FORMATTING = {"w:rPr", "w:pPr", "w:tcPr", "w:trPr", "w:tblPr", "w:sectPr"}
_FORMATTING_READ = {
    *("w:pStyle", "w:rStyle", "w:numPr", "w:outlineLvl", "w:jc", "w:rPr"),
    *("w:vanish", "w:del", "w:gridSpan", "w:gridBefore", "w:vMerge", "w:hMerge"),
}
"""All other formatting is dropped on the way, which is two thirds of a document."""
_WRAPPERS = {
    "w:ins",
    "w:moveTo",
    "w:hyperlink",
    "w:smartTag",
    "w:customXml",
    "w:sdtContent",
    "w:dir",
    "w:bdo",
}


def main_part(package: zipfile.ZipFile, name: str) -> str:
    """The part that holds the document. Raises Unreadable where the package names none."""
    for kind, part in _related(package, "", name):
        if kind == "officeDocument":
            return part
    raise damaged(name)


def related_parts(package: zipfile.ZipFile, part: str, name: str) -> dict[str, str]:
    """What a part relates to: kind (`styles`, `numbering`, `footnotes`) → the other part."""
    return dict(_related(package, part, name))


def tree(package: zipfile.ZipFile, part: str | None, name: str) -> Element:
    """A part whole, for one that is small; an empty element where there is none.

    Raises Unreadable where it is no XML.
    """
    root = Element("")
    if part is None:
        return root
    for element in _pieces(package, part, name, depth=1):
        root = element
    return root


def body(package: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    """The body's paragraphs and tables, each dropped again once the next is asked for.

    Raises Unreadable where the part is no XML.
    """
    return _pieces(package, part, name, depth=3)


def children(element: Iterable[Element]) -> Iterator[Element]:
    """An element's children (or other elements), without the wrappers around them: content controls, links, insertions.

    Of a choice that a program makes by what it can draw, the first; deleted text and placeholders are no wrappers.
    """
    for child in element:
        if child.tag == "w:sdt":
            properties = find(child, "w:sdtPr")
            if properties is None or find(properties, "w:showingPlcHdr") is None:
                yield from children(child)
        elif child.tag in _WRAPPERS:
            yield from children(child)
        elif child.tag == "mc:AlternateContent":
            chosen = find(child, "mc:Choice")
            chosen = find(child, "mc:Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from children(chosen)
        else:
            yield child


def find(element: Element, *path: str) -> Element | None:
    """The first child of the first tag, its first child of the next one, and so on; None where one is missing."""
    found: Element | None = element
    for tag in path:
        found = next((child for child in found if child.tag == tag), None) if found is not None else None
    return found


def all_of(element: Element, tag: str) -> Iterator[Element]:
    """An element's children of a tag."""
    return (child for child in element if child.tag == tag)


def attribute(element: Element | None, name: str = "val") -> str | None:
    """An attribute of WordprocessingML; None where there is no such one, or no element."""
    if element is None:
        return None
    return element.get(_WORD[0] + name, element.get(_WORD[1] + name))


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute that counts; None where it is none, or absurd."""
    text = attribute(element, name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def is_on(element: Element | None) -> bool:
    """Whether a property that may be switched off is there and on."""
    return element is not None and attribute(element) not in {"0", "false", "off", "none"}


def keeps_blanks(element: Element) -> bool:
    """Whether blanks at the ends of the element's text belong to it."""
    return element.get(_PRESERVE) == "preserve"


def _related(package: zipfile.ZipFile, part: str, name: str) -> Iterator[tuple[str, str]]:
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in package.NameToInfo:
        return
    for relation in tree(package, path, name):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            yield relation.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _pieces(package: zipfile.ZipFile, part: str, name: str, depth: int) -> Iterator[Element]:
    """The elements that stand `depth` deep, in order."""
    growing = _Growing(name, depth)
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                growing.parser.feed(chunk)
                yield from growing.finished()
        growing.parser.close()
        yield from growing.finished()
    except (KeyError, ParseError) as e:
        raise damaged(name) from e


class _Growing:
    """A part's tree while it is read, without what has been handed on."""

    def __init__(self, name: str, depth: int) -> None:
        self.parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
        self._name, self._depth = name, depth
        self._names: dict[str, str] = {}
        self._above: list[Element] = []
        self._elements = 0
        """Begun since the last piece was handed on."""

    def finished(self) -> Iterator[Element]:
        """The pieces that have come to their end."""
        for event, element in cast("Iterator[tuple[str, Element]]", self.parser.read_events()):
            if event == "start":
                self._begin(element)
                continue
            self._above.pop()
            if element.tag in _FORMATTING:
                self._drop_formatting(element)
            if len(self._above) == self._depth - 1:
                yield element
                self._elements = 0
                if self._above:
                    self._above[-1].clear()

    def _begin(self, element: Element) -> None:
        if element.tag not in self._names:
            self._names[element.tag] = _short(element.tag)
        element.tag = self._names[element.tag]
        self._above.append(element)
        self._elements += 1
        if len(self._above) > _DEPTH:
            what, hint = "nested deeper than any real document", "open it and save it again"
            raise Unreadable(what, where=self._name, hint=hint)
        if self._elements > _ELEMENTS:
            raise Unreadable("a table in it is too large to be read", where=self._name, hint="split the file")

    def _drop_formatting(self, element: Element) -> None:
        element[:] = [child for child in element if child.tag in _FORMATTING_READ]
        if not len(element) and self._above:
            parent = self._above[-1]
            if len(parent) and parent[0] is element:
                del parent[0]


def _short(tag: str) -> str:
    namespace, brace, local = tag.rpartition("}")
    return _PREFIXES.get(namespace + brace, namespace + brace) + local
