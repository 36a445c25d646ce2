"""What of a web page is its frame and no part of what it says: menus, breadcrumbs, share bars, the foot.

A page may name its frame by an element or a role (`nav`, `role="navigation"`). Most pages of Chinese authorities do
not, and the libraries that look for a page's main content lose what this package looks for: lists of links, tables of
names, by-lines. So a part is frame only where its **form** says so, and what is doubtful stays:

- a run of short links that begins with the one to the home page: a menu, a breadcrumb, the pages of a list;
- short links and nothing else that the page calls a menu, before its title;
- links and nothing else that the page calls related or popular, or heads so, beside a text;
- a block of one line that says where one is, what comes before and after, where to share or print, whose the site is;
- a foot, called so, in which such a line stands.

Nothing that holds a table of data, a heading of the first rank, a long text or half of the page is frame by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from kg.read.markup import BLOCKS, has_columns, is_silent

_FRAMES = frozenset({"nav", "footer", "aside", "search"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"})

_MENU = {"nav", "navi", "navbar", "navigation", "menu", "menus", "sidebar", "sidenav", "sidemenu", "subnav", "submenu"}
_CRUMB = {"crumb", "crumbs", "breadcrumb", "breadcrumbs", "bread", "position", "location", "path"}
_BESIDE = {
    "related",
    "relate",
    "relevant",
    "friendlink",
    "friendlinks",
    "share",
    "bdsharebuttonbox",
    "pagination",
    "pager",
    "prevnext",
}
_FOOT = {"foot", "footer", "bottom", "copyright"}
_TOKEN = re.compile(r"[A-Z]?[a-z]+")
"""The words of a class or an id: `left-menu`, `leftMenu` and `left_menu` are two."""

_HOME = re.compile(r"(?:网站|返回|本站)?(?:首页|主页)|home", re.IGNORECASE)
_BESIDE_HEAD = re.compile(
    r"[【\[]?(?:(?:相关|推荐|热门|热点|延伸|精彩|友情)(?:新闻|阅读|链接|文章|推荐|资讯|排行|报道|内容|专题)榜?"
    r"|(?:点击|新闻|阅读)排行榜?|猜你喜欢)[】\]]?[:：]?"
)
_OWNER = re.compile(
    r"©\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4})|版权所有(?![权者人])|ICP备\s*\d|公网安备\s*\d|all rights reserved",
    re.IGNORECASE,
)
_HERE = re.compile(r"(?:(?:您|你)?(?:现在|当前|目前)|(?:您|你)|所在)(?:的|所在的?)?(?:位置|栏目)[:：].*[>＞»›].*")
_TOOL = r"(?:打印|关闭|收藏|返回|顶部|列表|本页|此页|页面|窗口|加入|我要|字号|字体|大|中|小|分享)"
_LINE = re.compile(
    r"[上下]一(?:篇|条|页|则)[:：].*|分享(?:到|至)(?:[:：].*)?"
    rf"|(?=.*(?:打印|关闭|收藏|返回|字号|字体))(?:{_TOOL}[\s【】\[\]()（）|｜/·:：]*){{2,}}"
)
"""A line that frames an article, whatever the site."""
_STEP = re.compile(r"[>＞»/›→]")
_CLAUSES = re.compile("[，。；]")
_SEPARATORS = re.compile(r"[\s|｜>＞»/›·•\-—\[\]【】:：、,，.…<＜«←→]+")

_LONGEST_LINE, _LONGEST_FOOT = 200, 400
_SHORT = 8
"""Characters of a menu's link, and of a text between them."""
_LONG = 60
"""Characters of a text that is no part of a frame."""
_MOSTLY = 0.6
"""The share of a menu's characters that stand in links; the others are its heading, or where one is."""
_SENTENCE, _A_TEXT = 20, 60
"""Characters of a text with a comma or a full stop; and of all such texts of a page with links beside its text."""
_SHORTEST_TITLE = 4


@dataclass(slots=True)
class _Part:
    """What is known of an element once it was walked through. Characters are counted without separators."""

    element: html.HtmlElement
    letters: int = 0
    linked: int = 0
    links: int = 0
    longest_link: int = 0
    longest_text: int = 0
    first_link: str = ""
    first_text: str = ""
    words: list[str] = field(default_factory=list)
    """The texts, as far as a foot may reach."""
    prose: int = 0
    """Characters of sentences outside of links."""
    holds_blocks: bool = False
    holds_content: bool = False
    """Whether it holds a table of data, a heading of the first rank or a long text."""

    def say(self, words: str, linked: bool) -> None:
        letters = len(_SEPARATORS.sub("", words))
        self.letters += letters
        self._keep([words])
        if not letters:
            return
        self.first_text = self.first_text or words.strip()
        if linked:
            self.linked += letters
        else:
            self.longest_text = max(self.longest_text, letters)
            self.holds_content = self.holds_content or letters >= _LONG
            self.prose += letters if letters >= _SENTENCE and _CLAUSES.search(words) else 0

    def close(self) -> None:
        """Count it, once all is known of what it holds."""
        tag = self.element.tag
        if tag == "a" and self.letters:
            self.links, self.longest_link, self.first_link = 1, self.letters, "".join(self.words).strip()
        if tag == "h1" or (tag == "table" and has_columns(self.element)):
            self.holds_content = True

    def take(self, inner: _Part) -> None:
        """Count what it holds."""
        self.letters += inner.letters
        self.linked += inner.linked
        self.links += inner.links
        self.prose += inner.prose
        self.longest_link = max(self.longest_link, inner.longest_link)
        self.longest_text = max(self.longest_text, inner.longest_text)
        self.first_link = self.first_link or inner.first_link
        self.first_text = self.first_text or inner.first_text
        self.holds_content = self.holds_content or inner.holds_content
        self.holds_blocks = self.holds_blocks or inner.holds_blocks or inner.element.tag in BLOCKS
        self._keep(inner.words)

    def _keep(self, words: list[str]) -> None:
        if max(self.letters, len(self.words)) <= _LONGEST_FOOT:
            self.words += words

    @property
    def line(self) -> str:
        """Its words on one line, as far as a foot may reach."""
        return " ".join("".join(self.words).split())


def frame_of(page: html.HtmlElement) -> set[html.HtmlElement]:
    """The elements of a page that are its frame; where one holds another, both may be named."""
    frame: set[html.HtmlElement] = set()
    by_form: list[_Part] = []
    menus: list[_Part] = []
    beside: list[_Part] = []
    title = _Title(page)
    for part in _parts(page):
        if _is_called_frame(part.element):
            frame.add(part.element)
        elif part.holds_content or not part.letters or part.element.tag in {"html", "body"}:
            title.look_at(part)
        elif _is_frame(part):
            by_form.append(part)
        elif _is_menu(part) and not title.is_found:
            menus.append(part)
        elif _is_beside(part):
            beside.append(part)
        else:
            title.look_at(part)
        whole = part
    found = [*by_form, *(menus if title.is_found else ()), *(beside if whole.prose >= _A_TEXT else ())]
    return frame | {part.element for part in found if 2 * part.letters <= whole.letters}


class _Title:
    """Where the title of what the page says stands: its first heading, or the block that begins its `title`."""

    def __init__(self, page: html.HtmlElement) -> None:
        said = [
            *(e.text for e in page.iter("title")),
            *(e.get("content") for e in page.iter("meta") if _tells_title(e)),
        ]
        self._said = [_SEPARATORS.sub("", words) for words in said if words]
        self.is_found = False

    def look_at(self, part: _Part) -> None:
        """Whether a part is it."""
        if self.is_found or part.letters < _SHORTEST_TITLE or part.element.tag not in BLOCKS:
            return
        words = _SEPARATORS.sub("", part.line) if part.letters <= _LONGEST_LINE else ""
        self.is_found = part.element.tag == "h1" or bool(words and any(said.startswith(words) for said in self._said))


def _tells_title(meta: html.HtmlElement) -> bool:
    return (meta.get("name") or meta.get("property") or "").lower() in {"articletitle", "og:title"}


def _parts(page: html.HtmlElement) -> Iterator[_Part]:
    """The elements that are displayed, each after all that it holds; the page itself is the last."""
    above: list[_Part] = []
    links = 0
    skipped: html.HtmlElement | None = None
    walk = etree.iterwalk(page, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if is_silent(element):
                skipped = element
                walk.skip_subtree()
                continue
            links += element.tag == "a"
            above.append(_Part(element))
            words = element.text
        else:
            if event == "end" and element is not skipped:
                part = above.pop()
                links -= element.tag == "a"
                part.close()
                if above:
                    above[-1].take(part)
                yield part
            words = element.tail if above else None
        if words:
            above[-1].say(words, linked=links > 0)


def _is_called_frame(element: html.HtmlElement) -> bool:
    """Whether the page calls an element frame, and it holds no table."""
    if element.tag not in _FRAMES and element.get("role", "").lower() not in _ROLES:
        return False
    return not any(has_columns(table) for table in element.iter("table"))


def _is_frame(part: _Part) -> bool:
    """A run of links from the home page's on, a breadcrumb, a line that frames an article, a foot."""
    if part.letters > _LONGEST_FOOT:
        return False
    if _begins_at_home(part):
        return True
    if part.element.tag not in BLOCKS:
        return False
    line = part.line
    if part.letters <= _LONGEST_LINE and not part.holds_blocks and _frames_an_article(line, part.links):
        return True
    if part.links and part.letters <= _LONGEST_LINE and _names(part.element) & _CRUMB:
        return _STEP.search(line) is not None
    return bool(_names(part.element) & _FOOT) and _OWNER.search(line) is not None


def _frames_an_article(line: str, links: int) -> bool:
    if _LINE.fullmatch(line.lstrip("【[（(")) or (links and _HERE.fullmatch(line)):
        return True
    return "。" not in line and _OWNER.search(line) is not None


def _begins_at_home(part: _Part) -> bool:
    if part.links < 2 or not _HOME.fullmatch(part.first_link):
        return False
    return max(part.longest_link, part.longest_text) <= _SHORT and 2 * part.linked >= part.letters


def _is_menu(part: _Part) -> bool:
    return (
        part.links > 1
        and max(part.longest_link, part.longest_text) <= _SHORT
        and part.linked >= _MOSTLY * part.letters
        and bool(_names(part.element) & _MENU)
    )


def _is_beside(part: _Part) -> bool:
    """Links that the page calls related, popular, the next ones."""
    if not part.links or part.longest_text > _SHORT or part.linked < _MOSTLY * part.letters:
        return False
    return bool(_names(part.element) & _BESIDE) or (
        part.element.tag in BLOCKS and part.holds_blocks and _BESIDE_HEAD.fullmatch(part.first_text) is not None
    )


def _names(element: html.HtmlElement) -> set[str]:
    """The words of its class and its id."""
    return {word.lower() for word in _TOKEN.findall(f"{element.get('class', '')} {element.get('id', '')}")}
