"""A web page's tree → the lines that a reader sees, a line a paragraph and a line a table's row.

**In the text**: headings, paragraphs, list items with the number or bullet that the browser sets, the rows of tables
that hold data, captions, folded parts, what a form holds beside its controls. A table that only lays the page out is
its cells, one after the other.

**Left out**: scripts, styles, controls and what is hidden, by the rules of browsers: `display: none` hides all that it
holds, `visibility: hidden` what is not made visible again, `aria-hidden` nothing; of ruby the readings. Rules of style
sheets are not looked at, only an element's own `style`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lxml import etree, html

from kg.errors import Unreadable
from kg.read.lines import StoredText, one_line, unbroken
from kg.read.word_numbering import BULLET, written

_CONTROLS = frozenset({"button", "select", "textarea", "input", "datalist", "option", "optgroup", "progress", "meter"})
_SILENT = _CONTROLS | {
    *("script", "style", "noscript", "noframes", "template", "head", "iframe", "svg", "canvas", "object", "applet"),
    *("audio", "video", "map", "rt", "rp"),
}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    *("p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "search", "body", "html", "form"),
    *("li", "ul", "ol", "menu", "dir", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th"),
    *("caption", "blockquote", "pre", "figure", "figcaption", "details", "summary", "dialog", "address", "fieldset"),
    *("legend", "hr", "center", "hgroup", "title"),
}
"""Elements that stand on lines of their own."""
_SECTIONS = frozenset({"thead", "tbody", "tfoot", "form"})
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_NO_HEADING = ("p", "table", "ul", "ol", "dl", "article", "section", *sorted(HEADINGS))
_LAYOUT = ("ul", "ol", "dl", "article", "section", *sorted(HEADINGS))
_LONGEST_CELL, _LONGEST_OF_DATA = 400, 4000
"""Characters of a cell of data (and of a heading); and of one whose table says that it holds data."""
_WIDEST = 256
"""Columns of a table that merged cells may span, or reach down in."""
_MOST_TAGS = 2_500_000
"""Begin and end tags of a page: a table of 50,000 rows and 20 columns has 2.1 million; each takes 300 bytes or more."""
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_AS_BLOCK = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|table|list-item)\b", re.IGNORECASE)
_VISIBILITY = re.compile(r"(?:^|[;\s])visibility\s*:\s*(hidden|collapse|visible|initial)", re.IGNORECASE)
_WHITE_SPACE = re.compile(r"white-space(?:-collapse)?\s*:\s*(pre|break-spaces|preserve|normal|nowrap)", re.IGNORECASE)
_BORDER = re.compile(r"border(?:-(?:top|right|bottom|left))?(?:-style|-width)?\s*:\s*(?!none|0|\s|-)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z -]+)", re.IGNORECASE)
_NUMBER_FORMS = {
    form: name
    for name, forms in {
        "decimal": ("1", "decimal"),
        "decimalZero": ("decimal-leading-zero",),
        "lowerLetter": ("a", "lower-alpha", "lower-latin"),
        "upperLetter": ("A", "upper-alpha", "upper-latin"),
        "lowerRoman": ("i", "lower-roman"),
        "upperRoman": ("I", "upper-roman"),
        "chineseCountingThousand": ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"),
        "ideographDigital": ("cjk-decimal",),
        "ideographTraditional": ("cjk-heavenly-stem",),
        "ideographZodiac": ("cjk-earthly-branch",),
        "bullet": ("disc", "circle", "square"),
        "none": ("none",),
    }.items()
    for form in forms
}
"""What a list's `type` or style calls a form → what `written` calls it."""
_OWN_MARK = re.compile(
    r"\d{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}、|[（(][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳●•·]"
)
_NUMBER = re.compile(r"-?\d{1,5}")


@dataclass(slots=True)
class _Open:
    """An element that the walk stands in."""

    tag: str
    is_visible: bool = True
    is_pre: bool = False
    number: int = 1
    """Of a list: the number of its next item, and what is added for the one after it."""
    step: int = 1
    form: str = "decimal"


def parse(source: str, name: str) -> html.HtmlElement:
    """The page's elements, all of them: where the parser stops it says nothing but leaves a record.

    Raises Unreadable for what is no page, declares entities, has millions of tags or is nested without end.
    """
    if _ENTITY.search(source[:10_000]):
        raise Unreadable("declares XML entities, as no browser does", where=name, hint="save the page again")
    if source.count("<") > _MOST_TAGS:
        raise Unreadable(f"a page of more than {_MOST_TAGS:,} tags", where=name, hint="split it")
    parser = html.HTMLParser(huge_tree=True, no_network=True)
    try:
        page = html.document_fromstring(_XML.sub("", source), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as e:
        raise Unreadable("no web page can be made out in it", where=name, hint="save the page again") from e
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Unreadable("elements inside one another without end", where=name, hint="save the page again")
    return page


class Writer:
    """Walks a page and adds its lines to a text.

    The walk keeps its own stack: a page may have two thousand elements inside one another, Python calls may not.
    """

    def __init__(self, text: StoredText) -> None:
        self.passed_over: list[html.HtmlElement] = []
        """Elements that were to be left out, and would have been seen."""
        self.hidden = 0
        """Characters inside elements that are not displayed."""
        self._text = text
        self._without: Collection[html.HtmlElement] = ()
        self._open: list[_Open] = []
        self._line: list[str] = []
        self._mark = ""
        self._tables = 0

    def write(self, root: html.HtmlElement, without: Collection[html.HtmlElement] = ()) -> None:
        """Add the lines of an element but those of `without`; the text behind it is none of them."""
        self._open, self._without = [_Open("")], without
        taken: html.HtmlElement | None = None
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if self._takes(element):
                    taken = element
                    walk.skip_subtree()
                else:
                    self._enter(element)
                continue
            if element is taken:
                taken = None
            elif event == "end":
                self._leave(element)
            if element is not root:
                self._say(element.tail)
        self._flush()

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table's rows; the text's tables are counted."""
        self._tables += 1
        self._text.table(rows, table=self._tables)

    def _takes(self, element: html.HtmlElement) -> bool:
        """Whether an element is dealt with as a whole: passed over, or written at once."""
        if element.tag in _SILENT:
            return True
        if not is_displayed(element):
            self.hidden += _length(element)
            return True
        if element in self._without:
            self.passed_over.append(element)
            return True
        if element.tag == "br":
            self._flush()
            return True
        if element.tag == "table":
            return self._takes_table(element)
        if element.tag in HEADINGS or element.tag in {"figcaption", "caption"}:
            return self._takes_heading(element)
        return False

    def _takes_table(self, table: html.HtmlElement) -> bool:
        visible = self._is_visible(table)
        rows = _data_rows(table, visible)
        if rows:
            self._flush()
            for caption in table.iterchildren("caption"):
                self._text.line(words_of(caption, visible), kind="caption")
            self.table(rows)
        return bool(rows)

    def _takes_heading(self, element: html.HtmlElement) -> bool:
        if next(element.iterdescendants(*_NO_HEADING), None) is not None:
            return False
        words = words_of(element, self._is_visible(element))
        if len(words) > _LONGEST_CELL:
            return False
        self._flush()
        if words:
            kind = "heading" if element.tag in HEADINGS else "caption"
            self._text.line(f"{self._mark}{words}", kind=kind)
            self._mark = ""
        return True

    def _enter(self, element: html.HtmlElement) -> None:
        above = self._open[-1]
        if _is_block(element):
            self._flush()
        here = _Open(element.tag, self._is_visible(element), _is_pre(element, above.is_pre))
        if element.tag in _LISTS:
            _number(here, element)
        elif element.tag == "li" and above.tag in _LISTS:
            self._mark = self._next_mark(element, above)
        self._open.append(here)
        self._say(element.text)

    def _leave(self, element: html.HtmlElement) -> None:
        self._open.pop()
        if _is_block(element):
            self._flush()
        if element.tag == "li":
            self._mark = ""

    def _is_visible(self, element: html.HtmlElement) -> bool:
        return _is_visible(element, self._open[-1].is_visible)

    def _next_mark(self, item: html.HtmlElement, of: _Open) -> str:
        """The number or bullet before an item; "" where its words begin with one."""
        if _NUMBER.fullmatch(said := item.get("value", "")):
            of.number = int(said)
        number, of.number = of.number, of.number + of.step
        form = _list_form(item) or of.form
        own = one_line("".join(islice(_pieces(item, self._is_visible(item)), 20))[:100])
        if _OWN_MARK.match(own) or form == "none":
            return ""
        if form == "bullet":
            return BULLET
        return f"{written(number, form)}{'、' if form.startswith(('chinese', 'ideograph')) else '.'}"

    def _say(self, words: str | None) -> None:
        here = self._open[-1]
        if not words or not here.is_visible:
            return
        if here.is_pre:
            for i, line in enumerate(words.splitlines() + [""] * words.endswith("\n")):
                if i:
                    self._flush()
                self._line.append(line)
            return
        closed = _SPACE.sub(" ", unbroken(words))
        if not self._line or self._line[-1].endswith(" "):
            closed = closed.lstrip(" ")
        if closed:
            self._line.append(closed)

    def _flush(self) -> None:
        """End the line."""
        words = one_line("".join(self._line))
        self._line = []
        if words:
            self._text.line(f"{self._mark}{words}", kind="caption" if self._is_in_caption() else "")
            self._mark = ""

    def _is_in_caption(self) -> bool:
        return any(here.tag in {"caption", "figcaption"} for here in self._open[-3:])


def words_of(element: html.HtmlElement, visible: bool = True) -> str:
    """All that an element shows, on one line: line breaks as blanks.

    `visible`: whether what it stands in is visible.
    """
    if not len(element):
        return one_line(_SPACE.sub(" ", unbroken(element.text or ""))) if _is_visible(element, visible) else ""
    return one_line(_SPACE.sub(" ", "".join(_pieces(element, visible))))


def is_silent(element: html.HtmlElement) -> bool:
    """Whether nothing that an element holds is seen, but for `visibility: hidden`."""
    return element.tag in _SILENT or not is_displayed(element)


def is_displayed(element: html.HtmlElement) -> bool:
    """Whether an element itself is displayed: not `hidden`, not of the style `display: none`, no closed dialog."""
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return False
    style = element.get("style")
    return not style or not _NOT_DISPLAYED.search(style)


def reveal(page: html.HtmlElement) -> bool:
    """Take `visibility: hidden` away where it hides more characters than are seen, as before a page's script has run.

    Whether it did.
    """
    styled = page.xpath("//*[contains(@style, 'isibility')]")
    if not isinstance(styled, list) or not styled:
        return False
    visible = sum(len(piece.strip()) for piece in _pieces(page, visible=True))
    if sum(len(piece.strip()) for piece in _pieces(page, visible=True, reveal_all=True)) <= 2 * visible:
        return False
    for element in styled:
        if isinstance(element, html.HtmlElement):
            element.set("style", _VISIBILITY.sub("", element.get("style", "")))
    return True


def has_columns(table: html.HtmlElement) -> bool:
    """Whether a table has several rows of several cells, as one that holds data has."""
    return sum(len(row.cells) > 1 for row in _rows(table)) > 1


def _pieces(root: html.HtmlElement, visible: bool, reveal_all: bool = False) -> Iterator[str]:
    """The texts that an element shows, with line breaks between blocks."""
    states = [visible]
    taken: html.HtmlElement | None = None
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element.tag in _SILENT or element.tag == "br" or not is_displayed(element):
                taken = element
                walk.skip_subtree()
                continue
            states.append(reveal_all or _is_visible(element, states[-1]))
            yield "\n" if _is_block(element) else ""
            words = element.text
        else:
            if taken is not None and element is taken:
                taken = None
                yield "\n" if element.tag == "br" else ""
            elif event == "end":
                states.pop()
                yield "\n" if _is_block(element) else ""
            words = element.tail if element is not root else None
        if words and states[-1]:
            yield _SPACE.sub(" ", unbroken(words))


def _length(element: html.HtmlElement) -> int:
    """The characters inside an element, displayed or not, without scripts and controls."""
    told = (e for e in element.iter() if isinstance(e.tag, str) and e.tag not in _SILENT)
    return sum(len((e.text or "").strip()) + len((e.tail or "").strip()) * (e is not element) for e in told)


def _is_block(element: html.HtmlElement) -> bool:
    if element.tag in BLOCKS:
        return True
    style = element.get("style")
    return bool(style and _AS_BLOCK.search(style))


def _is_visible(element: html.HtmlElement, above: bool) -> bool:
    style = element.get("style")
    said = _VISIBILITY.search(style) if style else None
    return said[1].lower() in {"visible", "initial"} if said else above


def _is_pre(element: html.HtmlElement, above: bool) -> bool:
    """Whether the line ends of the source are seen."""
    style = element.get("style")
    said = _WHITE_SPACE.search(style) if style else None
    return said[1].lower() not in {"normal", "nowrap"} if said else above or element.tag in {"pre", "xmp", "listing"}


def _list_form(element: html.HtmlElement) -> str:
    """The form of the numbers that a list or an item names; "" where it names none."""
    said = _LIST_STYLE.search(element.get("style", ""))
    names = [*(said[1].lower().split() if said else ()), element.get("type", "")]
    return next((_NUMBER_FORMS[name] for name in names if name in _NUMBER_FORMS), "")


def _number(here: _Open, element: html.HtmlElement) -> None:
    """How a list counts."""
    here.form = _list_form(element) or ("decimal" if element.tag == "ol" else "bullet")
    if element.get("reversed") is not None:
        here.step = -1
        here.number = sum(1 for _ in element.iterchildren("li"))
    if _NUMBER.fullmatch(said := element.get("start", "")):
        here.number = int(said)


class _Cell(NamedTuple):
    words: str
    down: int
    across: int


def _data_rows(table: html.HtmlElement, visible: bool) -> list[list[str]]:
    """The rows of a table that holds data, merged cells as the house writes them; none where it lays the page out."""
    rows = list(_rows(table, visible))
    says_so = _says_that_it_is_data(table)
    if not _has_several(rows, reaching_down=says_so):
        return []
    if any(_lays_out(cell, says_so) for row in rows for cell in row.cells):
        return []
    cells = [[_cell(cell, row.visible, len(rows)) for cell in row.cells] for row in rows]
    longest = _LONGEST_OF_DATA if says_so else _LONGEST_CELL
    return [] if any(len(cell.words) > longest for row in cells for cell in row) else _grid(cells)


class _Row(NamedTuple):
    cells: list[html.HtmlElement]
    visible: bool


def _rows(part: html.HtmlElement, visible: bool = True, depth: int = 0) -> Iterator[_Row]:
    """The rows of a table that are displayed, in its sections as well, and none of a table inside it."""
    for child in part:
        if child.tag == "tr" and is_displayed(child):
            cells = [cell for cell in child if cell.tag in {"td", "th"} and is_displayed(cell)]
            yield _Row(cells, _is_visible(child, visible))
        elif child.tag in _SECTIONS and is_displayed(child) and depth < len(_SECTIONS):
            yield from _rows(child, _is_visible(child, visible), depth + 1)


def _has_several(rows: Sequence[_Row], *, reaching_down: bool) -> bool:
    """Whether several rows have several cells, those that reach down into them among them or not."""
    several = 0
    above: list[int] = []
    for row in rows:
        several += len(row.cells) + len(above) * reaching_down > 1
        spans = [_span(cell, "rowspan", len(rows)) for cell in row.cells]
        above = [left - 1 for left in (*above, *spans) if left > 1]
    return several > 1


def _says_that_it_is_data(table: html.HtmlElement) -> bool:
    """Whether a table has what one that lays a page out has not: a border, a caption, cells of a header."""
    if table.get("border", "0").strip("0px ") or any(table.find(part) is not None for part in ("caption", "thead")):
        return True
    first = [cell for row in islice(_rows(table), 1) for cell in row.cells]
    return any(cell.tag == "th" or _BORDER.search(cell.get("style", "")) for cell in first)


def _lays_out(cell: html.HtmlElement, says_so: bool) -> bool:
    """Whether a cell is a part of the page and no datum."""
    if says_so:
        return any(has_columns(inner) for inner in islice(cell.iterdescendants("table"), 1))
    return next(cell.iterdescendants("table", *_LAYOUT), None) is not None


def _cell(cell: html.HtmlElement, visible: bool, rows: int) -> _Cell:
    return _Cell(words_of(cell, visible), _span(cell, "rowspan", rows), _span(cell, "colspan", 0))


def _span(cell: html.HtmlElement, side: str, to_the_end: int) -> int:
    said = cell.get(side, "1")
    return int(said) or to_the_end or 1 if said.isdecimal() and len(said) < 6 else 1


def _grid(rows: Sequence[Sequence[_Cell]]) -> list[list[str]]:
    """Each row's columns: a merged cell's words in each row that it covers, in the first of its columns."""
    covered: dict[int, tuple[int, str]] = {}  # column → the rows that are still covered, and their words
    out: list[list[str]] = []
    for row in rows:
        line: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        for cell in row:
            while len(line) in covered:
                line.append(covered[len(line)][1])
            across = max(1, min(cell.across, _WIDEST - len(line)))
            texts = [cell.words, *[""] * (across - 1)]
            if cell.down > 1 and len(line) < _WIDEST:
                below.update({len(line) + i: (cell.down - 1, words) for i, words in enumerate(texts)})
            line += texts
        for column in sorted(c for c in covered if c >= len(line)):
            line += [""] * (column - len(line)) + [covered[column][1]]
        covered = {c: (left - 1, words) for c, (left, words) in covered.items() if left > 1} | below
        out.append(line)
    return out
