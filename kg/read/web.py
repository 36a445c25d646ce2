"""Web pages (.html, .htm, .xhtml): what a reader sees of them, without the page's frame (menus, share bars, its foot).

What is read of a page's tree is told in `markup`, what is frame in `boilerplate`, what the page says of its date and
publisher in `page_description`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read.boilerplate import frame_of
from kg.read.encoding import decode
from kg.read.lines import StoredText
from kg.read.markup import Writer, parse, reveal
from kg.read.page_description import describe

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_SHOWN = 12
"""Characters of a line that is told in a note."""


class Source(NamedTuple):
    """The bytes of one page, and the encoding that who sent them named, if any."""

    data: bytes
    encoding: str | None = None


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a web page, with what the page itself says of its title, date, publisher and address.

    Raises Unreadable for what is no page of characters, declares entities, is nested without end or shows no words,
    and beyond the limits.
    """
    return read_pages([Source(data)], name, limits)


def read_pages(sources: Sequence[Source], name: str, limits: Limits) -> Reading:
    """The text of one or more pages, one after the other; the first one tells title, date, publisher and address.

    Raises Unreadable as `read` does.
    """
    text, frame = StoredText(name, limits), StoredText(name, limits)
    notes: list[str] = []
    trees = []
    writer = Writer(text)
    for data, encoding in sources:
        source, told = decode(data, name, encoding or _declared(data))
        trees.append(page := parse(source, name))
        notes += told
        if reveal(page):
            notes.append("most words are hidden until a script runs: they were read")
        writer.write(page, without=frame_of(page))
    for element in writer.passed_over:
        Writer(frame).write(element)
    lines = text.reading()
    if not lines.text:
        raise Unreadable(
            "the page shows no words beside its frame: a script puts them in, or they stand in other files",
            where=name,
            hint="open it in a browser, and save what it shows as text or as a single file (.mhtml)",
        )
    if writer.hidden > len(lines.text):
        notes.append(f"{writer.hidden:,} characters that the page does not display were left out")
    notes += _framed(frame.reading().text.splitlines())
    return text.reading(describe(trees[0], lines), list(dict.fromkeys(notes)))


def _framed(lines: Sequence[str]) -> Iterator[str]:
    """What to tell of the lines that are a page's frame."""
    if lines:
        shown = "” … “".join(line[:_SHOWN] for line in dict.fromkeys((lines[0], lines[-1])))
        count = f"{len(lines)} lines were" if len(lines) > 1 else "1 line was"
        yield f"{count} taken as the page's frame and left out (“{shown}”)"


def _declared(data: bytes) -> str | None:
    declared = _DECLARED.search(data[:4096]) or _IN_XML.search(data[:200])
    return declared[1].decode("ascii") if declared else None
