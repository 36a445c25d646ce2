"""Plain text: UTF-8 with or without a byte order mark, or GB18030 (and with it GBK and GB2312)."""

from __future__ import annotations

import re

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading

# What a Chinese text is made of. GB18030 decodes almost any bytes, so what came out must look like text.
_ORDINARY = re.compile(r"[\s -~·–—‘’“”…‰℃①-⑳●■□▲△◆◇○★☆→　-〿一-鿿＀-￯]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LEAST_ORDINARY = 0.97


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a plain file, line ends and all as they are; raises Unreadable as `decode` does."""
    return Reading(decode(data, name))


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes, line ends and all as they are.

    Raises Unreadable for binary data and for an encoding that is neither UTF-8 nor GB18030.

    >>> decode("区政协".encode("gb18030"), "a.txt")
    '区政协'
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _BINARY.search(text):
            raise Unreadable("binary data, not a text", where=name, hint="save it as UTF-8 text")
        if encoding == "utf-8-sig" or len(_ORDINARY.findall(text)) >= _LEAST_ORDINARY * len(text):
            return text
    raise Unreadable("the encoding is neither UTF-8 nor GB18030", where=name, hint="save it as UTF-8 text")
