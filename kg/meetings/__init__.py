"""The meetings that an article tells of, of whatever form, one name each."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.meetings.gatherings import Gathering, gatherings, settled
from kg.meetings.numbered import Meeting, meetings, overlaps, without_term
from kg.meetings.plenums import plenums
from kg.model import Article, Name, Passage
from kg.names import Names
from kg.sentences import Clause


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting where an article names it."""

    meeting: Meeting
    heading: bool
    """Whether a heading names it."""
    called: str = ""
    """For a meeting named by its kind: the kind's row in the lexicon."""
    topic: Clause | None = None
    """What it is about, where its name says so."""
    host: Name | None = None
    """Who holds it, where the sentence tells and it is no statutory meeting."""


def events(article: Article, names: Names, lexicon: Lexicon) -> list[Event]:
    """Every meeting of an article, block by block, in order."""
    passages = [(cell, block.kind == "heading") for block in article.blocks for cell in block.cells if cell.text]
    full = [(m, heading) for cell, heading in passages for m in meetings(cell, names)]
    found = [Event(m, heading) for m, heading in full]
    told = [m for m, _ in full]
    for cell, heading in passages:
        others = (*without_term(cell, names, told), *plenums(cell, names, lexicon, heading=heading))
        found += [Event(m, heading) for m in others if not _taken(m, cell, found)]
    kinds = [(g, heading) for cell, heading in passages for g in gatherings(cell, names, lexicon, heading=heading)]
    one = settled([g for g, _ in kinds])
    numbered = {(e.meeting.kind, e.meeting.committee) for e in found}
    named = [
        _named(g, heading)
        for g, (_, heading) in zip(one, kinds, strict=True)
        if (g.meeting.kind, g.meeting.committee) not in numbered or g.topic
    ]
    found += [e for e in named if not _taken(e.meeting, e.meeting.clause.passage, found)]
    return sorted(found, key=lambda e: e.meeting.clause.span)


def _named(gathering: Gathering, heading: bool) -> Event:
    return Event(gathering.meeting, heading, gathering.called, gathering.topic, gathering.host)


def _taken(meeting: Meeting, passage: Passage, found: list[Event]) -> bool:
    return overlaps(meeting.clause, (e.meeting for e in found if e.meeting.clause.passage is passage))
