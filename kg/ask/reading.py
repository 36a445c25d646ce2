"""A question as the words and names that it consists of: the whole of it is cut, and what nothing explains stays over.

Of all ways to cut it the one is taken that leaves the fewest characters over, and of those the one with the fewest
pieces; of equals the one whose first piece is longer. There is no dictionary beside the lexicon's words for questions
and the names that the graph has: a word of neither is what the program does not understand, and it says so.
"""

from __future__ import annotations

import re
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
MEASURE = "量"
"""件 and 家: behind 哪, 几 and 多少 part of these (几件, 哪家), elsewhere fillers."""
EDGE = "边"
"""能, 想, 谢谢: a courtesy where a question begins or ends; see `kg.ask.apposition`."""
OTHER = "词"
"""Any other word of forms: a verb, an adjective."""
KINDS_OF_WORDS = (FILLER, NOUN, WHICH, WHO, NOT, POINTING, OUTSIDE, MEASURE, EDGE, OTHER)
"""All kinds."""
NOTHING_KNOWN = "?"
"""What is asked for where 哪些 stands before a name (哪些学校): things of a kind that no saved question tells apart."""
CLAUSE_MARKS = frozenset(",?;。")
"""What ends a clause; 、 joins."""
_NOUNS_OF_TYPES = {"会议类型": "会议", "任务类型": "任务"}
"""Kind of slot → the noun that such a name is: 哪些主席会议 asks for meetings."""
_AND = frozenset({"、", "和", "与", "及", "跟", "或", "以及", "还有", "或者"})
"""What joins two nouns that are asked for together (哪些界别和单位)."""
_IS = frozenset({"是", "属于", "由", "被", "都是", "分别是"})
"""What may stand between 哪些 and a name that tells of the noun before: 提案里哪些是经济界提的."""


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
    free: bool = False
    """Whether it says nothing that is not said beside it (养老议题): it may meet an item of a form, and need not."""

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
        """The words of a lexicon, and 哪, 几 and 多少 with a measure word behind."""
        rows = words(lexicon.question_words)
        measures = [wording for wording, row in rows.items() if row.kind == MEASURE]
        which = [(wording, row.id) for wording, row in rows.items() if row.kind == WHICH]
        found = {f"{wording}{measure}": (name, WHICH) for wording, name in which for measure in measures}
        return cls(
            found | {wording: (row.id, FILLER if row.kind == MEASURE else row.kind) for wording, row in rows.items()}
        )


def folded(question: str) -> str:
    """A question as it is read: width folded, blanks out, quotation marks and title marks in one form each.

    A blank between two Chinese characters is a comma, as in a search (养老 承办单位).
    """
    text = unicodedata.normalize("NFKC", question.translate(_MARKS))
    return "".join(_BETWEEN_WORDS.sub("，", text).split())


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


def sought(pieces: Sequence[Piece]) -> list[set[str]]:
    """Each thing that is asked for, as the words that may mean it.

    That is the noun behind 哪些 or 多少, or before one that ends it; 谁; else the last noun.

    `哪些单位办理…` asks for 单位, `优秀提案有哪些` and `优秀提案` for 提案, `经济界提了什么` for nothing in particular.
    """
    pieces = [piece for piece in pieces if not piece.free]
    found: list[set[str]] = []
    for i, piece in enumerate(pieces):
        if piece.kind == WHO:
            found.append({piece.word})
        elif piece.kind == WHICH:
            found.append(_asked_by_which(pieces[:i], pieces[i + 1 :]))
    if not any(piece.kind in {WHO, WHICH} for piece in pieces):
        found.append(set(_nouns(_with_head(pieces))[-1:]))
    return [nouns for nouns in found if nouns]


def _asked_by_which(before: Sequence[Piece], behind: Sequence[Piece]) -> set[str]:
    """The noun that a 哪些 between these asks for; `NOTHING_KNOWN` where it stands before a name."""
    content = [piece for piece in behind if piece.kind != FILLER]
    is_name = bool(content and content[0].slots and not _nouns(content[:1]))
    is_one_of = is_name and behind[0].text in _IS
    if is_name and not is_one_of and not _nouns(content[1:2]):
        return {NOTHING_KNOWN}
    # 呼声中哪些没有提案 asks for 呼声, 哪些提案没有答复 for 提案
    if not content and before and before[-1].kind == OTHER:
        return set()  # 提案关注什么 asks for nothing in particular, as 提了什么 does
    closed = bool(behind) and behind[0].text in CLAUSE_MARKS  # 单位有哪些，各提过几件提案 asks for 单位 first
    ends = is_one_of or closed or next((piece.kind for piece in content if piece.kind in {NOT, NOUN}), NOT) == NOT
    nouns = _nouns(_with_head(before)) if ends else []
    return set(nouns[-1:]) or _compound(behind)


def _nouns(pieces: Iterable[Piece]) -> list[str]:
    """The nouns among the pieces; the name of a type of things is one too."""
    found = ([piece.word] if piece.kind == NOUN else [*map(_noun_of_type, piece.slots)] for piece in pieces)
    return [nouns[0] for each in found if (nouns := [noun for noun in each if noun])]


def _noun_of_type(slot: Slot) -> str:
    return _NOUNS_OF_TYPES.get(slot.kind, "")


def _with_head(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces without a clause on what is missing that has no noun of its own behind 的.

    诉求中没有提案的有哪些 and 诉求没有提案 ask for 诉求, 没有提案的诉求 for 诉求 too, as the last one.
    """
    at = next((i for i, piece in enumerate(pieces) if piece.kind == NOT), len(pieces))
    clause_ends = next((i for i in range(at, len(pieces)) if pieces[i].text.endswith("的")), len(pieces))
    has_head = any(piece.kind == NOUN for piece in pieces[clause_ends:])
    return pieces if has_head or all(piece.kind != NOUN for piece in pieces[:at]) else pieces[:at]


def _compound(behind: Sequence[Piece]) -> set[str]:
    """The first noun and, of nouns next to each other, the last: 哪些群众|诉求没有…, but 哪些界别|议题相近."""
    nouns: list[str] = []
    for piece in behind:
        if found := _nouns([piece]):
            nouns += found
        elif nouns and piece.text not in _AND:
            break
    return {*nouns[:1], *nouns[-1:]}


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
    return len(parts) > 1 and any(part.kind in {FILLER, EDGE} and len(part.text) == 1 for part in parts)


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


_BETWEEN_WORDS = re.compile(r"(?<=[\u4e00-\u9fff〕》\"])\s+(?=[\u4e00-\u9fff〔《\"])")
_MARKS = str.maketrans(
    dict.fromkeys("“”„‟＂「」『』〝〞", '"') | dict.fromkeys("〈＜<", "《") | dict.fromkeys("〉＞>", "》")
)
