"""A stored text with its citizens hidden, as long as before, so that every offset into it holds."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.blocks import blocks
from kg.lexicon import Confusion
from kg.model import Document, Passage
from kg.privacy import Hiding, evened


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A stored text as the public may read it."""

    stored: str
    text: str
    """As long as the stored one."""
    named: tuple[tuple[int, int, frozenset[str]], ...]
    """Citizens' names and the paragraphs and rows around them, half-open, each with the wordings that mean one."""

    def hides(self, begin: int, end: int) -> bool:
        """Whether something is hidden of a stretch."""
        return self.stored[begin:end] != self.text[begin:end]

    def wordings(self, begin: int, end: int) -> frozenset[str]:
        """The wordings that mean a citizen in the paragraphs around a stretch; none where it names none."""
        touched = (here for first, last, here in self.named if first < end and begin < last)
        return frozenset().union(*touched)


def masked_text(
    text: str,
    mentions: Iterable[tuple[int, int, str]],
    hiding: Hiding,
    confusions: tuple[Confusion, ...],
) -> MaskedText | None:
    """Hide the citizens of a text; None where it names none.

    Args:
        text: as it is stored.
        mentions: where citizens are named, each with what is shown instead.
        hiding: what is hidden, and how.
        confusions: the slips of scans, which paragraphs are read without.

    """
    chars = list(text)
    hits = sorted({*mentions, *hiding.names(text)})
    if not hits:
        return None
    for begin, end, shown in hits:
        chars[begin:end] = evened(text[begin:end], shown)
    starts = [begin for begin, _, _ in hits]
    named = [(begin, end, frozenset({_bare(text[begin:end])})) for begin, end, _ in hits]
    for passage in _passages(text, confusions):
        first, last = passage.at[0], passage.at[-1] + 1
        near = hits[max(0, bisect.bisect_left(starts, first) - 1) : bisect.bisect_left(starts, last)]
        here = {_bare(text[b:e]) for b, e, _ in near if e > first}
        if here:
            _hide(chars, passage, hiding, here)
            named.append((first, last, frozenset(here)))
    return MaskedText(text, "".join(chars), tuple(named))


def _hide(chars: list[str], passage: Passage, hiding: Hiding, here: Collection[str]) -> None:
    for start, end, shown in hiding.stretches(passage.text, here, sentence=True):
        hidden = evened(passage.text[start:end], shown)
        for at, before, after in zip(passage.at[start:end], passage.text[start:end], hidden, strict=True):
            if after != before:
                chars[at] = after


def _passages(text: str, confusions: tuple[Confusion, ...]) -> list[Passage]:
    """The paragraphs, items and cells of a text."""
    document = Document("", "", text, "")
    # No dictionary: a blank between characters is a line's end, wherever it stands.
    found = blocks(document, lambda text, at: False, confusions)
    return [cell for block in found for cell in block.cells if cell.text]


def _bare(wording: str) -> str:
    return "".join(wording.split())
