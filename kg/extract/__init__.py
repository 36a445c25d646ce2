"""From one text to its facts: the rules, each a pure function of an article.

A new kind of fact is a module and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.affiliations import settled
from kg.articles import articles
from kg.background import Background
from kg.blocks import blocks, sections
from kg.blocks.headers import columns_of
from kg.extract import (
    appointments,
    bodies,
    careers,
    cases,
    handling,
    honours,
    initiatives,
    lists,
    members,
    parties,
    people,
    proposals,
    replies,
    sectors,
    sessions,
    standing,
    statements,
    work_plans,
)
from kg.model import Article, Document, Fact, Facts, Mention
from kg.names import Names, find
from kg.realised import realised
from kg.tables import roles
from kg.tagger import tagger

Rule = Callable[[Article, Names, Background], Iterator[Mention | Fact]]

RULES: tuple[Rule, ...] = (
    bodies.find,
    people.find,
    careers.find,
    appointments.find,
    members.find,
    sectors.find,
    parties.find,
    sessions.find,
    proposals.find,
    handling.find,
    standing.find,
    replies.find,
    lists.find,
    cases.find,
    honours.find,
    work_plans.find,
    initiatives.find,
    statements.find,
)
"""What is looked for in every article; the order changes nothing in the graph."""


def extract(document: Document, background: Background) -> Facts:
    """All that a text states: a function of this text and the background alone."""
    lexicon = background.lexicon
    columns = roles(lexicon.table_columns)
    found = blocks(document, background.words.crosses, lexicon.confusions, columns)
    about = document.about
    home = about.home or about.committee.removesuffix("政协") or None
    names = find([cell for block in found for cell in block.cells], background.forms, tagger(), home)
    names = replace(names, committee=about.committee or names.committee)
    parts = articles(document, sections(found), names)
    stated = [each for article in parts for rule in RULES for each in rule(article, names, background)]
    stated += realised(stated)
    title = about.title or next((b.passage.text for b in found if b.kind == "heading"), document.id)
    facts = settled(dict.fromkeys(sectors.of_one_term([f for f in stated if isinstance(f, Fact)])))
    return Facts(
        document,
        names.home,
        names.committee,
        title,
        mentions=tuple(dict.fromkeys(m for m in stated if isinstance(m, Mention))),
        facts=facts,
        notes=(
            *document.notes,
            *(f"cut off by the page: {b.passage.text[:30]}" for b in found if b.truncated),
            *(note for article in parts for note in members.notes(article, background)),
        ),
        home_code=names.home_code,
        columns=columns_of({f.evidence for f in facts}, found),
    )
