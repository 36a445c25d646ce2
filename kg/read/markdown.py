"""Markdown (.md): headings, paragraphs, list items and tables as lines, without the marks of emphasis and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.limits import Limits
from kg.model import Reading
from kg.read.encoding import decode
from kg.read.lines import StoredText, unbroken

_TAG = re.compile(r"<[^>]{0,500}>")
_FRONT_MATTER = re.compile(r"\A---\r?\n.*?^(?:---|\.\.\.)\s*$", re.DOTALL | re.MULTILINE)


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a Markdown file; raises Unreadable as `decode` does, and beyond the limits."""
    source, notes = decode(data, name)
    text = StoredText(name, limits)
    tokens = MarkdownIt("commonmark").enable("table").parse(_FRONT_MATTER.sub("", source))
    tables = 0
    marks: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "table_open":
            tables += 1
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
            text.table(list(_rows(tokens[at:end])), table=tables)
            at = end
        elif token.type == "list_item_open":
            marks.append(f"{token.info}. " if token.info else "● ")
        elif token.type == "inline":
            kind = "heading" if tokens[at - 1].type == "heading_open" else ""
            for line in _words(token).split("\v"):
                text.line("".join(marks) + line, kind=kind)
                marks.clear()
        elif token.type in {"code_block", "fence", "html_block"}:
            for line in _TAG.sub("", token.content).splitlines():
                text.line(line)
        at += 1
    return text.reading(notes=notes)


def _rows(tokens: Sequence[Token]) -> Iterator[list[str]]:
    row: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(_words(token))
        elif token.type == "tr_close":
            yield row


def _words(token: Token) -> str:
    """The words of a line of Markdown; a hard line break as a vertical tab."""
    parts = []
    for inner in token.children or ():
        if inner.type == "softbreak":
            parts.append("\n")
        elif inner.type == "hardbreak":
            parts.append("\v")
        elif inner.type in {"text", "code_inline", "image"}:
            parts.append(inner.content)
    return unbroken("".join(parts)).replace("\n", " ")
