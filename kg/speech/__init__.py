"""Who says what in an article: quotations, reported speech and announced proposals, each with its speaker.

One utterance is a speaker's continuous turn in one paragraph: from the attribution (`某某说，…`) to the next one, or to
where the paragraph tells of something else. So several sentences after `某某强调，…` are one utterance, and `她还建议…`
begins another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.lexicon import SpeechVerb
from kg.model import Block, Name, Passage
from kg.names import Names
from kg.sentences import whole
from kg.speech.heads import Verbs
from kg.speech.labels import author, owner, paragraphs
from kg.speech.turns import Utterance, read


class Speech:
    """Finds who says what; made once from the lexicon."""

    def __init__(self, verbs: Sequence[SpeechVerb]) -> None:
        self._verbs = Verbs(verbs)

    def of(self, blocks: Sequence[Block], names: Names) -> list[Utterance]:
        """Every utterance of a named person in an article's paragraphs and items, in order.

        >>> from kg.model import Name
        >>> text = "林某说:“希望多办夜校,方便居民。”"
        >>> passage = Passage(text, tuple(range(len(text))))
        >>> names = Names("cn", None, {0: (Name("Person", 0, 2, "林某", "林某"),)}, {})
        >>> found = Speech([SpeechVerb("说", "看法", "言")]).of([Block("paragraph", (passage,))], names)
        >>> [u.words.text for u in found]
        ['希望多办夜校,方便居民。']
        """
        if signed := author(blocks, names):
            return list(_own_words(*signed, paragraphs(blocks)))
        found: list[Utterance] = []
        for run in _runs(blocks, names):
            if run.owner and not any(run.owner[0].text in p.text for p in run.passages):
                found += _own_words(*run.owner, run.passages)
            else:
                found += read(run.passages, names, self._verbs)
        return found


@dataclass
class _Run:
    """Paragraphs that follow one another without a heading or a table between them."""

    owner: tuple[Name, Passage] | None = None
    """Whose words they are, where the line above them is a name and a colon."""
    passages: list[Passage] = field(default_factory=list)


def _runs(blocks: Iterable[Block], names: Names) -> Iterator[_Run]:
    run = _Run()
    for block in blocks:
        person = owner(block, names)
        if person is not None:
            yield run
            run = _Run((person, block.passage))
        elif block.kind in {"paragraph", "item"} and block.passage.text:
            run.passages.append(block.passage)
        elif run.passages:
            yield run
            run = _Run()
    yield run


def _own_words(person: Name, where: Passage, said: Iterable[Passage]) -> Iterator[Utterance]:
    return (Utterance(person, where, whole(p), whole(p), "signed") for p in said)
