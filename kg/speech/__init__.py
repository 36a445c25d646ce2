"""Who says what in an article: quotations, reported speech and announced proposals, each with its speaker.

One utterance is a speaker's continuous turn in one paragraph: from the attribution (`某某说，…`) to the next one, or to
where the paragraph tells of something else. So several sentences after `某某强调，…` are one utterance, and `她还建议…`
begins another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.lexicon import SpeechVerb
from kg.model import Block, Passage
from kg.names import Names
from kg.sentences import whole
from kg.speech.heads import Verbs
from kg.speech.signed import author, paragraphs
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
            person, where = signed
            return [Utterance(person, where, whole(p), whole(p), "signed") for p in paragraphs(blocks)]
        return [utterance for run in _runs(blocks) for utterance in read(run, names, self._verbs)]


def _runs(blocks: Iterable[Block]) -> Iterator[list[Passage]]:
    """The paragraphs that follow one another without a heading or a table between them."""
    run: list[Passage] = []
    for block in blocks:
        if block.kind in {"paragraph", "item"} and block.passage.text:
            run.append(block.passage)
        elif run:
            yield run
            run = []
    if run:
        yield run
