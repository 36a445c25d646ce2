"""Markdown (.md): headings, paragraphs, list items and tables as lines, without the marks of emphasis and links.

Items have the numbers that they were written with. HTML inside a text is read as a web page is; the footnotes stand at
the end, as on the page that is made of the text. Front matter is no part of the text: its title, date and source
describe it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kg.limits import Limits
from kg.model import Description, Reading
from kg.read.encoding import decode
from kg.read.lines import StoredText, unbroken
from kg.read.markup import Writer, parse
from kg.read.page_description import day_at_start

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n((?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_OF_FRONT_MATTER = re.compile(r"\s*|[ \t]+.*|#.*|- .*|[\w -]+:(?:\s.*)?")
"""A line of it: `key: value`, or what goes on under a key. Two rules around a paragraph are no front matter."""
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,50})\]:[ \t]*")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,50})\](?!\()")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a Markdown file; raises Unreadable as `decode` does, and beyond the limits."""
    source, notes = decode(data, name)
    about, source = _front_matter(source)
    text = StoredText(name, limits)
    tokens = _PARSER.parse(source)
    lines = _Lines(text, name)
    lines.write(tokens)
    return text.reading(about, notes)


class _Lines:
    """Writes what the tokens of a text say."""

    def __init__(self, text: StoredText, name: str) -> None:
        self._text, self._name = text, name
        self._writer = Writer(text)
        self._mark = ""
        self._counted: list[tuple[str, int]] = []
        """Of the lists that are open: the number that the first item was written with, and the items since then."""

    def write(self, tokens: Sequence[Token]) -> None:
        """All lines, the footnotes last."""
        footnotes: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                self._writer.table(list(_rows(tokens[at:end])))
                at = end
            elif token.type == "html_block":
                end = next((i for i in range(at, len(tokens)) if tokens[i].type != "html_block"), len(tokens))
                self._html("".join(piece.content for piece in tokens[at:end]))
                at = end - 1
            elif token.type == "footnote_open":
                footnotes.append(tokens[at + 1])
                at += 2
            else:
                self._one(token, heading=tokens[at - 1].type == "heading_open")
            at += 1
        for footnote in footnotes:
            self._one(footnote)

    def _one(self, token: Token, heading: bool = False) -> None:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            self._counted.append(("", 0))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self._counted.pop()
        elif token.type == "list_item_open":
            self._mark = self._next_mark(token)
        elif token.type == "list_item_close":
            self._mark = ""
        elif token.type == "inline":
            for line in _words(token).split("\v"):
                self._line(line, kind="heading" if heading else "")
        elif token.type in {"code_block", "fence"}:
            for line in token.content.splitlines():
                self._line(line)

    def _line(self, line: str, kind: str = "") -> None:
        if line.strip():
            self._text.line(self._mark + line, kind=kind)
            self._mark = ""

    def _next_mark(self, item: Token) -> str:
        """`3. ` as it was written; where every item was written with the number of the first, as it is shown."""
        if not item.info:
            return "● "
        first, since = self._counted[-1]
        if not first:
            self._counted[-1] = item.info, 1
            return f"{item.info}{item.markup} "
        self._counted[-1] = first, since + 1
        return f"{int(first) + since if item.info == first else item.info}{item.markup} "

    def _html(self, source: str) -> None:
        self._writer.write(parse(f"<body><div>{source}</div></body>", self._name))
        self._mark = ""


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
        elif inner.type == "hardbreak" or (inner.type == "html_inline" and _BREAK.fullmatch(inner.content)):
            parts.append("\v")
        elif inner.type in {"text", "code_inline"}:
            parts.append(inner.content)
    return unbroken("".join(parts)).replace("\n", " ")


def _front_matter(source: str) -> tuple[Description, str]:
    """What the front matter says, and the text without it."""
    found = _FRONT_MATTER.match(source)
    lines = found[1].splitlines() if found else []
    if found is None or not all(map(_OF_FRONT_MATTER.fullmatch, lines)):
        return Description(), source
    said = {key.strip(): value.strip().strip("\"'") for key, _, value in (line.partition(":") for line in lines)}
    origin = said.get("source", "")
    is_address = origin.startswith(("http://", "https://"))
    about = Description(
        title=said.get("title", ""),
        date=day_at_start(said.get("date", "")),
        publisher="" if is_address else origin,
        url=origin if is_address else "",
    )
    return about, source[found.end() :]


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule of markdown-it: `[^1]: words`, up to a blank line or the next footnote.

    Without it the words of one that has no blank in it would be taken for the address of a link.
    """
    found = _FOOTNOTE.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if found is None or state.is_code_block(start):
        return False
    if silent:
        return True
    after = start + 1
    while after < end and not state.isEmpty(after) and not _FOOTNOTE.match(_line_of(state, after)):
        after += 1
    state.env.setdefault("footnotes", set()).add(found[1])
    state.push("footnote_open", "", 1).info = found[1]
    words = state.push("inline", "", 0)
    words.content = "\n".join(
        [state.src[found.end() : state.eMarks[start]]] + [_line_of(state, i) for i in range(start + 1, after)]
    )
    words.children = []
    state.push("footnote_close", "", -1)
    state.line = after
    return True


def _line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _footnote_reference(state: StateInline, silent: bool) -> bool:
    """An inline rule of markdown-it: `[^1]` where there is such a footnote; it is no word of the text."""
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None or found[1] not in state.env.get("footnotes", ()):
        return False
    if not silent:
        state.push("footnote_reference", "", 0)
    state.pos = found.end()
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", "footnote_reference", _footnote_reference)
    return parser


_PARSER = _parser()
