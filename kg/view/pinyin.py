"""How the characters of names are read, so that a name is found by its pinyin and by its initials."""

from __future__ import annotations

from collections.abc import Iterable


def readings(names: Iterable[str]) -> dict[str, str]:
    """Character → its readings without tones, parted by blanks, the usual one first; characters of no reading left out.

    Every reading counts (`行` is xing and hang): whoever searches types one of them, and need not know which one
    a dictionary would choose.

    >>> readings(["银行"])
    {'行': 'xing hang heng', '银': 'yin'}
    """
    from pypinyin import Style, pinyin  # a third of a second that only a build needs

    found = {}
    for char in sorted({char for name in names for char in name if ord(char) > 0x2E7F}):
        read = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
        syllables = [s for s in dict.fromkeys(read[0] if read else ()) if s.isascii() and s.isalpha()]
        if syllables:
            found[char] = " ".join(syllables)
    return found
