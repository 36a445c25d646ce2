"""Web pages (.html, .htm, .xhtml): what a reader sees of them, a line a paragraph and a line a table's row.

**In the text**: headings, paragraphs, list items with the number or bullet that the browser sets, the rows of tables
that hold data, captions, folded parts. A table that only lays the page out is its cells, one after the other.

**Left out**: scripts, styles and what is hidden; menus, page heads and feet, forms and asides where the page calls them
so, by the element's name or role; of ruby the readings. A list of links stays: it may be the list that is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree, html

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Description, Reading
from kg.read.encoding import decode
from kg.read.lines import StoredText, one_line, unbroken

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "select", "button", "iframe"}
    | {"svg", "canvas", "object", "audio", "video", "map", "rt", "rp", "datalist", "dialog"}
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "body", "html", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td"}
    | {"th", "table", "thead", "tbody", "tfoot", "blockquote", "pre", "figure", "figcaption", "caption", "details"}
    | {"summary", "address", "fieldset", "legend", "hr", "center", "hgroup", "title"}
    | _HEADINGS
)
_INSIDE_A_LAYOUT = frozenset({"table", "ul", "ol", "dl", "article", "section"} | _HEADINGS)
_LONGEST_CELL = 400
"""Characters of a cell of data; and the depth at which nested elements are no page that a person wrote."""
_DEEPEST = 250
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TITLES = ("ArticleTitle", "og:title")
_DATES = ("PubDate", "article:published_time", "publishdate")
_PUBLISHERS = ("ContentSource", "SiteName", "og:site_name")
_URLS = ("Url", "og:url")
_DATE = re.compile(r"((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})")


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a web page, with what the page itself says of its title, date, publisher and address.

    Raises Unreadable for what is no page of characters, declares entities or is nested without end, and beyond the
    limits.
    """
    declared = _DECLARED.search(data[:4096]) or _IN_XML.search(data[:200])
    text, notes = decode(data, name, declared[1].decode("ascii") if declared else None)
    if _ENTITY.search(text[:10_000]):
        raise Unreadable("declares XML entities, as no browser does", where=name, hint="save the page again")
    try:
        page = html.document_fromstring(_XML.sub("", text), parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as e:
        raise Unreadable("no web page can be made out in it", where=name, hint="save the page again") from e
    writer = _Writer(StoredText(name, limits), name)
    writer.block(page, 0)
    writer.flush()
    return writer.text.reading(_description(page), notes)


class _Writer:
    """Walks the page and writes its lines."""

    def __init__(self, text: StoredText, name: str) -> None:
        self.text, self._name = text, name
        self._line: list[str] = []
        self._mark = ""
        self._tables = 0
        self._kind = ""

    def block(self, element: html.HtmlElement, depth: int) -> None:
        """What an element holds, its text and what stands behind each child."""
        if depth > _DEEPEST:
            raise Unreadable("elements inside one another without end", where=self._name, hint="save the page again")
        self._say(element.text, element)
        number = _start(element)
        for child in element:
            if isinstance(child.tag, str) and not _is_silent(child):
                if child.tag == "li" and element.tag in {"ol", "ul"}:
                    number = int(child.get("value", "")) if child.get("value", "").isdecimal() else number
                    self._item(child, f"{number}." if element.tag == "ol" else "●", depth)
                    number += 1
                else:
                    self._child(child, depth)
            self._say(child.tail, element)

    def flush(self, kind: str = "") -> None:
        """End the line."""
        words = "".join(self._line)
        self._line = []
        if one_line(words):
            self.text.line(f"{self._mark}{words.strip()}", kind=kind)
            self._mark = ""

    def _say(self, words: str | None, element: html.HtmlElement) -> None:
        if not words:
            return
        if _is_pre(element):
            for i, line in enumerate(words.splitlines()):
                if i:
                    self.flush()
                self._line.append(line)
            return
        closed = _SPACE.sub(" ", unbroken(words))
        if self._line or closed.strip(" "):
            self._line.append(closed if self._line else closed.lstrip(" "))

    def _child(self, child: html.HtmlElement, depth: int) -> None:
        if child.tag == "br":
            self.flush()
        elif child.tag == "table" and (rows := _data_rows(child)):
            self.flush()
            self._tables += 1
            for caption in child.iterchildren("caption"):
                self.text.line(words_of(caption), kind="caption")
            self.text.table(rows, table=self._tables)
        elif child.tag in _HEADINGS:
            self.flush()
            self.text.line(words_of(child), kind="heading")
        elif child.tag in {"figcaption", "caption"}:
            self.flush()
            self.text.line(words_of(child), kind="caption")
        elif child.tag in _BLOCKS:
            self.flush()
            self.block(child, depth + 1)
            self.flush()
        else:
            self.block(child, depth + 1)

    def _item(self, item: html.HtmlElement, mark: str, depth: int) -> None:
        self.flush()
        own = one_line(words_of(item))
        self._mark = "" if re.match(r"(?:\d{1,3}[.、．]|[一二三四五六七八九十]{1,3}、|[●•·])", own) else mark
        self.block(item, depth + 1)
        self.flush()
        self._mark = ""


def words_of(element: html.HtmlElement) -> str:
    """All that an element shows, on one line: line breaks as blanks."""
    return one_line("".join(_words(element, 0)))


def _words(element: html.HtmlElement, depth: int) -> Iterator[str]:
    yield _SPACE.sub(" ", unbroken(element.text or ""))
    for child in element if depth < _DEEPEST else ():
        if isinstance(child.tag, str) and not _is_silent(child):
            yield "\n" if child.tag == "br" or child.tag in _BLOCKS else ""
            yield from _words(child, depth + 1)
            yield "\n" if child.tag in _BLOCKS else ""
        yield _SPACE.sub(" ", unbroken(child.tail or ""))


def _is_silent(element: html.HtmlElement) -> bool:
    return (
        element.tag in _SILENT
        or element.get("hidden") is not None
        or element.get("role", "").lower() in _ROLES
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _is_pre(element: html.HtmlElement) -> bool:
    return element.tag in {"pre", "textarea"} or "pre" in element.get("style", "").partition("white-space")[2][:12]


def _start(element: html.HtmlElement) -> int:
    said = element.get("start", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 1


def _data_rows(table: html.HtmlElement) -> list[list[str]]:
    """The rows of a table that holds data, merged cells as the house writes them; none where it lays the page out."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    cells = [[c for c in row if c.tag in {"td", "th"} and not _is_silent(c)] for row in rows]
    several = sum(len(row) > 1 for row in cells)
    if several < 2 or any(_lays_out(cell) for row in cells for cell in row):
        return []
    covered: dict[tuple[int, int], str] = {}
    written: list[list[str]] = []
    for at, row in enumerate(cells):
        line: list[str] = []
        for cell in row:
            while (at, len(line)) in covered:
                line.append(covered[at, len(line)])
            words, (down, across) = words_of(cell), (_span(cell, "rowspan"), _span(cell, "colspan"))
            for below in range(at + 1, min(at + down, len(cells))):
                covered[below, len(line)] = words
                covered.update({(below, len(line) + i): "" for i in range(1, across)})
            line += [words, *[""] * (across - 1)]
        while (at, len(line)) in covered:
            line.append(covered[at, len(line)])
        written.append(line)
    return written


def _lays_out(cell: html.HtmlElement) -> bool:
    """Whether a cell is a part of the page and no datum."""
    return any(inner.tag in _INSIDE_A_LAYOUT for inner in cell.iterdescendants()) or len(words_of(cell)) > _LONGEST_CELL


def _span(cell: html.HtmlElement, side: str) -> int:
    said = cell.get(side, "1")
    return min(max(int(said), 1), 1000) if said.isdecimal() and len(said) < 6 else 1


def _description(page: html.HtmlElement) -> Description:
    """What the page says of itself in its head."""
    said = {
        (meta.get("name") or meta.get("property") or "").lower(): one_line(meta.get("content") or "")
        for meta in page.iter("meta")
    }

    def first(names: tuple[str, ...]) -> str:
        return next((said[n.lower()] for n in names if said.get(n.lower())), "")

    address = first(_URLS)
    return Description(
        title=first(_TITLES),
        date=_date(first(_DATES)),
        publisher=first(_PUBLISHERS),
        url=address if address.startswith(("http://", "https://")) else "",
    )


def _date(said: str) -> date | None:
    found = _DATE.match(said)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
