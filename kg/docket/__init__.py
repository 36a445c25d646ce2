"""The proposals of an article: those that its tables and lines list, that it answers, and that it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from kg.background import Background
from kg.docket import answered, lined, narrated, tabled
from kg.docket.agents import full_names
from kg.docket.entry import Entry, session_in
from kg.model import Article, Span
from kg.names import Names

__all__ = ["Entry", "entries", "session_in"]


@lru_cache(maxsize=1)
def entries(article: Article, names: Names, background: Background) -> tuple[Entry, ...]:
    """Every proposal of an article in the text's order; a line is read once, as a list's or else as running text.

    Several rules ask for an article's proposals, one after the other: the last answer is kept.
    """
    full = full_names(article, names)
    return tuple(_with_full_names(entry, full) for entry in _entries(article, names, background))


def _with_full_names(entry: Entry, full: Mapping[Span, str]) -> Entry:
    """The entry with bodies among its proposers named in full, as everywhere else in the text."""
    named = tuple(
        replace(agent, mention=replace(agent.mention, name=full.get(agent.mention.span, agent.mention.name)))
        if agent.mention.kind == "Organization"
        else agent
        for agent in entry.agents.named
    )
    return replace(entry, agents=replace(entry.agents, named=named))


def _entries(article: Article, names: Names, background: Background) -> list[Entry]:
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
