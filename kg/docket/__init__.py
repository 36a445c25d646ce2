"""The proposals of an article: those that its tables and lines list, that it answers, and that it tells of."""

from __future__ import annotations

from kg.background import Background
from kg.docket import answered, lined, narrated, tabled
from kg.docket.entry import Entry
from kg.model import Article
from kg.names import Names

__all__ = ["Entry", "entries"]


def entries(article: Article, names: Names, background: Background) -> list[Entry]:
    """Every proposal of an article in the text's order; a line is read once, as a list's or else as running text."""
    letters = list(answered.find(article, names, background))
    if letters:
        return letters
    lines = list(lined.find(article, names, background))
    taken = {passage.at[0] for _, passages in lines for passage in passages}
    found = [
        *tabled.find(article, names, background),
        *(entry for entry, _ in lines),
        *narrated.find(article, names, background, taken),
    ]
    return sorted(found, key=lambda e: e.title.span)
