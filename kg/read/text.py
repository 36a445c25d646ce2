"""Plain text, in whatever encoding: `kg/read/encoding.py` tells which."""

from __future__ import annotations

import re

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read.encoding import decode

_WEB_PAGE = re.compile(r"\s*(<!doctype html|<html[\s>])", re.IGNORECASE)
_SAVED_PAGE = re.compile(
    r"(From: |MIME-Version: |Subject: |Snapshot-Content-Location: ).*?^MIME-Version: ", re.M | re.S
)


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a plain file, line ends and all as they are.

    Raises Unreadable as `decode` does, for a web page, and for more characters than the limits allow.
    """
    text, notes = decode(data, name)
    if _WEB_PAGE.match(text):
        raise Unreadable("this is a web page, not a plain text", where=name, hint="rename it to end in .html")
    if _SAVED_PAGE.match(text[:4000]):
        raise Unreadable(
            "this is a saved web page, not a plain text", where=name, hint="open it in a browser and save it as .html"
        )
    if len(text) > limits.characters:
        what = f"more than {limits.characters:,} characters of text"
        raise Unreadable(what, where=name, hint="split the file, or raise limits.characters in kg.toml")
    return Reading(text, notes=notes)
