"""People: who is named, and the posts that a text gives them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.affiliations import affiliation
from kg.background import Background
from kg.model import Article, Block, Fact, Mention, Passage
from kg.names import Names
from kg.posts import Holding
from kg.sentences import Clause, around, whole

_BYLINE_WORD = re.compile(r"[^\s■□▲△◆◇:：、,，()（）/]+")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every person with the posts beside the name; a by-line's words are the posts of those who stand behind them."""
    for block in article.blocks:
        if block.kind == "byline":
            yield from _byline(block, names, background)
            continue
        for cell in block.cells:
            yield from _running_text(cell, names, background)


def _running_text(passage: Passage, names: Names, background: Background) -> Iterator[Mention | Fact]:
    for person, holdings in background.posts.held(passage, names):
        mention = Clause(passage, person.start, person.end).mention("Person", person.full)
        yield mention
        evidence = around(passage, person.start, person.end)
        for holding in holdings:
            yield from affiliation(mention, holding, evidence, "post.beside-name", names)
            yield from background.membership.of_post(mention, holding, evidence)
        if called := background.membership.before(person, passage):
            yield from background.membership.stated(mention, called, evidence)


def _byline(block: Block, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """`■文字整理 记者 甲 制图 乙`: the words before a name are its bearer's; names in a row share them."""
    passage = block.passage
    posts: list[Clause] = []
    named = False
    for match in _BYLINE_WORD.finditer(passage.text):
        middle = match.start() + _post_length(match[0], background.posts.rows)
        if middle > match.start():
            posts = [*([] if named else posts), Clause(passage, match.start(), middle)]
            named = False
        rest = Clause(passage, middle, match.end())
        signs = background.forms.people.is_whole_name if named else background.forms.people.may_sign
        if posts and signs(rest.text):
            named = True
            yield rest.mention("Person")
            for word in posts:
                holding = Holding(word, None, background.posts.rows[word.text], word)
                yield from affiliation(rest.mention("Person"), holding, whole(passage), "post.by-line", names)


def _post_length(word: str, posts: Collection[str]) -> int:
    """How long the post is that a by-line's word begins with: `记者某某` may be written without a blank."""
    return next((n for n in range(len(word), 0, -1) if word[:n] in posts), 0)
