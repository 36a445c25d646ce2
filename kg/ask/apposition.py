"""What a question says twice, or only out of courtesy: it is said, but nothing more is asked by it.

A noun behind a name of its kind (养老这个议题), a person's title (林知远委员, 局长周既明), a preposition
before a theme (关于养老, 涉及哪些议题), and what begins or ends a question politely (能…吗, 谢谢). Elsewhere each of
these words means something, and has to be met by the form like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.ask.reading import EDGE, FILLER, NOT, NOUN, POINTING, WHICH, Piece

_NOUNS = {
    "界别": {"界别"},
    "党派": {"党派"},
    "议题": {"议题", "题目"},
    "领域": {"议题"},
    "人": {"委员"},
    "单位": {"单位"},
    "提案": {"提案", "建议"},
    "届次": {"会议"},
}
"""Kind of slot → the nouns that say of such a name what it is."""
_THEMES = frozenset({"议题", "领域"})
_BODIES = frozenset({"单位", "界别", "党派"})
_ORIGINS = _BODIES | {"人"}
_ABOUT, _FROM, _MEMBER, _THEME = "关于", "来自", "委员", "议题"
_NONE, _BUT_NOT = "没有", "却没有"
_BUT = frozenset({"但", "但是", "却", "可是", "不过", "而"})
_SECTOR, _ONLY, _SOLE = "界别", "只", "独有"


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without courtesies, titles and 这 behind a name; what else says nothing more is marked as `free`."""
    pieces = _without_titles(_without_pointing(_without_courtesies(pieces)))
    pieces = [
        _only(piece, _neighbour([p for p in pieces[i + 1 :] if p.word != _FROM])) for i, piece in enumerate(pieces)
    ]
    pieces = [_but(piece, pieces[:i]) for i, piece in enumerate(pieces)]
    return [replace(piece, free=True) if _is_free(pieces, i) else piece for i, piece in enumerate(pieces)]


def _without_courtesies(pieces: Sequence[Piece]) -> list[Piece]:
    """能 and 想 at either end, among fillers only, ask for nothing; elsewhere they stay, and no form has them.

    So does 没有 at the end behind 了 and 过 or after 有 (落实了没有, 有案例没有): it asks whether, as 吗 does.

    >>> polite = Piece("能", "能", EDGE)
    >>> [piece.text for piece in _without_courtesies([polite, Piece("界别", "界别", "名"), polite])]
    ['界别']
    """
    inner = [i for i, piece in enumerate(pieces) if piece.kind not in {FILLER, EDGE}]
    first, last = (inner[0], inner[-1]) if inner else (0, 0)
    kept = [piece for i, piece in enumerate(pieces) if piece.kind != EDGE or first < i < last]
    whether = bool(inner) and pieces[last].kind == NOT and _is_open(pieces[:last])
    return [piece for piece in kept if not whether or piece is not pieces[last]]


def _is_open(pieces: Sequence[Piece]) -> bool:
    """Whether 没有 behind these asks whether: 落实了｜没有, 有什么案例｜没有."""
    behind = pieces[-1].text if pieces else ""
    return behind.endswith(("了", "过")) or any(piece.text.startswith("有") for piece in pieces)


def _without_pointing(pieces: Sequence[Piece]) -> list[Piece]:
    """这 and 那 directly behind a name say nothing; elsewhere they mean what only the asker knows."""
    return [p for i, p in enumerate(pieces) if not (p.kind == POINTING and i and pieces[i - 1].slots)]


def _only(piece: Piece, next_one: Piece) -> Piece:
    """只 before a sector says that no other one does (仅经济界关注的议题); elsewhere no form has it (经济界仅关注…)."""
    is_sector = next_one.word == _SECTOR or any(slot.kind in {_SECTOR, "党派"} for slot in next_one.slots)
    return replace(piece, word=_SOLE) if piece.word == _ONLY and is_sector else piece


def _but(piece: Piece, before: Sequence[Piece]) -> Piece:
    """没有 behind what there is (发过言但没有提案, 有发言没有提案) is another word than 没有 alone."""
    there_is = not any(one.kind == NOT for one in before) and any(
        one.text in _BUT
        or (one.text.endswith("过") and other.text != "的")
        or (one.text == "有" and other.kind == NOUN)
        for one, other in pairwise([*before, piece])
    )
    return replace(piece, word=_BUT_NOT) if piece.word == _NONE and there_is else piece


def _without_titles(pieces: Sequence[Piece]) -> list[Piece]:
    """林知远 for 林知远委员, and for 经济界委员林知远 and 山南区教育局局长林知远 too: who it is, the name tells."""
    titles = {i for i, piece in enumerate(pieces) if _is_title(piece) and _named_beside(pieces, i)}
    bodies = {i - 1 for i in titles if _kinds(pieces, i - 1) & _BODIES and "人" in _kinds(pieces, i + 1)}
    return [piece for i, piece in enumerate(pieces) if i not in titles | bodies]


def _is_title(piece: Piece) -> bool:
    return piece.word == _MEMBER or any(slot.kind == "职务" for slot in piece.slots)


def _named_beside(pieces: Sequence[Piece], i: int) -> bool:
    return "人" in _kinds(pieces, i - 1) | _kinds(pieces, i + 1)


def _kinds(pieces: Sequence[Piece], i: int) -> frozenset[str]:
    return frozenset(slot.kind for slot in pieces[i].slots) if 0 <= i < len(pieces) else frozenset()


def _is_free(pieces: Sequence[Piece], i: int) -> bool:
    piece = pieces[i]
    if piece.word == _ABOUT:
        return _is_theme(_neighbour(pieces[i + 1 :])) or _is_theme(_neighbour(pieces[:i][::-1]))
    if piece.word == _FROM:
        return bool(_kinds(pieces, i + 1) & _ORIGINS)
    return bool(i and pieces[i - 1].slots and piece.word in _NOUNS.get(pieces[i - 1].slots[0].kind, ()))


def _neighbour(pieces: Sequence[Piece]) -> Piece:
    """The first piece that is no filler, nor 哪些."""
    return next((piece for piece in pieces if piece.kind not in {FILLER, WHICH}), Piece(""))


def _is_theme(piece: Piece) -> bool:
    return piece.word == _THEME or any(slot.kind in _THEMES for slot in piece.slots)
