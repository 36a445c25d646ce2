"""A question as the words and names that it consists of: the whole of it is cut, and what nothing explains stays over.

Of all ways to cut it the one is taken that leaves the fewest characters over, and of those the one with the fewest
pieces; of equals the one whose first piece is longer. There is no dictionary beside the lexicon's words for questions
and the names that the graph has: a word of neither is what the program does not understand, and it says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicon import Lexicon, words

LONGEST = 80
"""The most characters that a name in a question may have."""

_UNKNOWN = 1000
"""What a character that nothing explains costs, in pieces: more than a question has."""
FILLER, NOUN, WHICH, WHO, NOT = "虚", "名", "问", "谁", "否"
"""The kinds of words for questions that are treated apart: what says nothing about what is asked (的, 请问, a comma);
what may be asked for; 哪些 and 多少, which ask for a noun; 谁, which asks for itself; 没有."""
POINTING = "指"
"""这 and 那: directly behind a name they say nothing (养老这个议题), elsewhere they mean what only the asker knows."""
OUTSIDE = "外"
"""为什么, 最差: what no form has, so that a question with it is never answered."""
KINDS_OF_WORDS = (FILLER, NOUN, WHICH, WHO, NOT, POINTING, OUTSIDE, "词")
"""All kinds; 词 is any other word of forms."""
NOTHING_KNOWN = "?"
"""What is asked for where 哪些 stands before a name (哪些学校): things of a kind that no saved question tells apart."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A name in a question."""

    kind: str
    """One of `kg.ask.forms.KINDS`."""
    value: str
    """What a saved question is asked with."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a question and what it may mean; nothing, where nobody knows."""

    text: str
    word: str = ""
    """The word of question-words.csv that it is a wording of."""
    kind: str = ""
    """That word's kind."""
    slots: tuple[Slot, ...] = ()
    """What it names: more than one where a name is that of several kinds of things, the likeliest first."""

    @property
    def known(self) -> bool:
        """Whether anything explains it."""
        return bool(self.word or self.slots)


NamesOf = Callable[[str], tuple[Slot, ...]]
"""What a stretch of a question names."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that questions are made of."""

    words: Mapping[str, tuple[str, str]]
    """Wording → its word and that word's kind."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> Vocabulary:
        """The words of a lexicon."""
        rows = words(lexicon.question_words)
        return cls({wording: (row.id, row.kind) for wording, row in rows.items()})


def folded(question: str) -> str:
    """A question as it is read: width folded, blanks out, quotation marks and title marks in one form each."""
    text = unicodedata.normalize("NFKC", question.translate(_MARKS))
    return "".join(text.split())


def read(question: str, vocabulary: Vocabulary, names_of: NamesOf) -> list[Piece]:
    """The pieces of a folded question, in order; neighbouring characters that nothing explains are one piece."""
    best: list[tuple[int, Piece | None]] = [(0, None)] * (len(question) + 1)
    for start in range(len(question) - 1, -1, -1):
        best[start] = (best[start + 1][0] + _UNKNOWN, Piece(question[start]))
        for end in range(start + 1, min(len(question), start + LONGEST) + 1):
            cost = best[end][0] + 1
            if cost <= best[start][0] and (piece := _piece(question[start:end], vocabulary, names_of)):
                best[start] = (cost, piece)
    return _joined(best)


def without_pointing(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without 这 and 那 that stand directly behind a name."""
    return [p for i, p in enumerate(pieces) if not (p.kind == POINTING and i and pieces[i - 1].slots)]


def sought(pieces: Sequence[Piece]) -> set[str]:
    """What is asked for: the noun behind each 哪些 or 多少, or before one that ends it; 谁; else the last noun.

    `哪些单位办理…` asks for 单位, `优秀提案有哪些` and `优秀提案` for 提案, `经济界提了什么` for nothing in particular.
    """
    content = [piece for piece in pieces if piece.kind != FILLER]
    if not any(piece.kind in {WHO, WHICH} for piece in content):
        return set([piece.word for piece in content if piece.kind == NOUN][-1:])
    found: set[str] = set()
    for i, piece in enumerate(content):
        if piece.kind == WHO:
            found.add(piece.word)
        elif piece.kind == WHICH:
            before, behind = content[:i], content[i + 1 :]
            if behind and behind[0].slots and not (behind[1:] and behind[1].kind == NOUN):
                found.add(NOTHING_KNOWN)
            # 呼声中哪些没有提案 asks for 呼声, 哪些提案没有答复 for 提案
            is_before = next((other.kind for other in behind if other.kind in {NOT, NOUN}), NOT) == NOT
            order = [*reversed(before), *behind] if is_before else behind
            found.update([other.word for other in order if other.kind == NOUN][:1])
    return found


def with_torn(pieces: Sequence[Piece], cut: Iterable[tuple[str, int, int]]) -> list[Piece]:
    """The pieces, but as one unknown piece those that a dictionary has as one word, a filler of one letter among them.

    为 and 什么 are words for questions, and 为什么 is a third one, which says something else. `cut` is the whole
    question as a dictionary cuts it: each word with its start and end.
    """
    found: list[Piece] = []
    borders = [0]
    for piece in pieces:
        borders.append(borders[-1] + len(piece.text))
    torn = [(start, end) for _, start, end in cut if _is_torn(pieces, borders, start, end)]
    for i, piece in enumerate(pieces):
        if any(start < borders[i] < end for start, end in torn):
            found.append(Piece(found.pop().text + piece.text))
        else:
            found.append(piece)
    return found


def _is_torn(pieces: Sequence[Piece], borders: Sequence[int], start: int, end: int) -> bool:
    if start not in borders or end not in borders:
        return False
    parts = pieces[borders.index(start) : borders.index(end)]
    return len(parts) > 1 and any(part.kind == FILLER and len(part.text) == 1 for part in parts)


def _piece(text: str, vocabulary: Vocabulary, names_of: NamesOf) -> Piece | None:
    if text in vocabulary.words:
        return Piece(text, *vocabulary.words[text])
    slots = names_of(text)
    return Piece(text, slots=slots) if slots else None


def _joined(best: list[tuple[int, Piece | None]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    while (piece := best[at][1]) is not None:
        at += len(piece.text)
        if pieces and not piece.known and not pieces[-1].known:
            piece = Piece(pieces.pop().text + piece.text)
        pieces.append(piece)
    return pieces


_MARKS = str.maketrans(
    dict.fromkeys("“”„‟＂「」『』〝〞", '"') | dict.fromkeys("〈＜<", "《") | dict.fromkeys("〉＞>", "》")
)
