"""Texts in traditional characters read as simplified ones: the stored text stays, and each character keeps its place.

The characters are converted by OpenCC (its `t2s`: phrases first, so that 乾隆 stays 乾隆 and 乾杯 becomes 干杯). A text
in simplified characters is never converted: it may hold a traditional letter in a name (`沈`, which `t2s` would take
for 沉), and what a company's name is written with is its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.clean import HAN
from kg.model import Passage

if TYPE_CHECKING:
    from opencc import OpenCC

_SHARE = 0.05
"""The least share of traditional letters among a text's Chinese characters: about three in ten of a traditional text's
are, and of a simplified one's hardly one in a thousand."""
_LEAST = 4
_BRACKETS = str.maketrans("「」『』", "“”‘’")
_HAN = re.compile(f"[{HAN}]")


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters.

    >>> is_traditional("關於加強社區養老服務的建議"), is_traditional("关于群興公司的建议")
    (True, False)
    """
    written = "".join(_HAN.findall(text))
    # Letter by letter: of a phrase `t2s` also changes letters that simplified texts have (沈, 著).
    changed = sum(letter != simple for letter, simple in zip(written, map(_letter, written), strict=True))
    return changed >= _LEAST and changed >= _SHARE * len(written)


def simplified(text: str) -> str:
    """A traditional text in simplified characters and with their quotation marks; its length stays.

    >>> simplified("她説:「乾杯」")
    '她说:“干杯”'
    """
    whole = _converter().convert(text)
    same_length = whole if len(whole) == len(text) else "".join(map(_letter, text))
    return same_length.translate(_BRACKETS)


def read(passages: Sequence[Passage]) -> list[Passage]:
    """The passages of one text as they are read: in simplified characters where the text is in traditional ones."""
    if not is_traditional("".join(p.text for p in passages)):
        return list(passages)
    return [Passage(simplified(p.text), p.at) for p in passages]


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # not before the first text is read

    return OpenCC("t2s")


@cache
def _letter(letter: str) -> str:
    converted: str = _converter().convert(letter)
    return converted if len(converted) == 1 else letter
