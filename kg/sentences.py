"""Sentences of a passage, and the clause that a fact points to as its evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Fact, Mention, Node, Object, Passage, Span

_LONGEST = 600
"""Characters of a sentence: a text that has no full stops is cut, so that its facts don't each carry all of it."""
_SENTENCE = re.compile(rf"[^。！？!?]{{0,{_LONGEST}}}[。！？!?]+[\"”』」》)）]*|[^。！？!?]{{1,{_LONGEST}}}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a passage: what stands there, and where it stands in the stored text."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as read."""
        return self.passage.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Their place in the stored text."""
        return self.passage.span(self.start, self.end)

    def mention(self, kind: str, name: str | None = None) -> Mention:
        """These words as a mention: of what they say, or of the full name that they stand for."""
        return Mention(kind, name or self.text, self.span, self.text)

    def fact(self, subject: Mention | Node, predicate: str, value: Object, rule: str) -> Fact:
        """A fact that these words state."""
        return Fact(subject, predicate, value, self.span, rule, self.text)


def whole(passage: Passage) -> Clause:
    """All of a passage."""
    return Clause(passage, 0, len(passage.text))


def sentences(passage: Passage) -> list[Clause]:
    """The sentences of a passage, a closing quotation mark with the sentence that it closes.

    >>> text = "他说:“好。”她走了。"
    >>> [c.text for c in sentences(Passage(text, tuple(range(len(text)))))]
    ['他说:“好。”', '她走了。']
    """
    return [Clause(passage, *m.span()) for m in _SENTENCE.finditer(passage.text) if m.group().strip()]


def around(passage: Passage, start: int, end: int) -> Clause:
    """The sentences that hold `text[start:end]`, as one clause."""
    found = [c for c in sentences(passage) if c.start < end and start < c.end]
    return Clause(passage, found[0].start, found[-1].end) if found else whole(passage)
