r"""The bytes of a SPARQL result as they are written, and how many rows are in them.

pyoxigraph writes a whole result at once and can't be told to stop after so many rows; so the rows are counted in
what it writes, by marks that stand once a row and never inside a value:

    XML     `<result>`, for a value's `<` is written `&lt;`
    TSV     a line end, for a value's is written `\n`
    CSV     a line end outside quotes
    JSON    `[{` or `,{` outside strings: inside a row `{` follows a colon
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pyoxigraph import QueryResultsFormat

from kg.serve.refusals import TooManyRows

if TYPE_CHECKING:
    from typing_extensions import Buffer  # of collections.abc from Python 3.12 on

_ROW_IN_JSON = re.compile(rb"[\[,]\{")
_WHOLE_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OPEN_ROW = b"<result>"


class CountedRows(io.BytesIO):
    """Takes what pyoxigraph writes and keeps it.

    `write` raises TooManyRows once there are more than `most` rows; CSV and TSV have a line of column names too.
    """

    def __init__(self, form: QueryResultsFormat, most: int) -> None:
        super().__init__()
        self.rows = 0
        self._most, self._rest = most, b""
        self._count, heading = _COUNTS[form]
        self._rows_allowed = most + heading

    def write(self, data: Buffer) -> int:
        """Keep the bytes, and count the rows that begin or end in them."""
        found, self._rest = self._count(self._rest + bytes(data))
        self.rows += found
        if self.rows > self._rows_allowed:
            raise TooManyRows(self._most)
        return super().write(data)


def _in_xml(data: bytes) -> tuple[int, bytes]:
    last = data.rfind(_OPEN_ROW)
    open_end = max(last + len(_OPEN_ROW) if last >= 0 else 0, len(data) - len(_OPEN_ROW) + 1)
    return data.count(_OPEN_ROW), data[open_end:]


def _in_tsv(data: bytes) -> tuple[int, bytes]:
    return data.count(b"\n"), b""


def _in_csv(data: bytes) -> tuple[int, bytes]:
    outside = data.split(b'"')
    found = sum(piece.count(b"\n") for piece in outside[::2])
    return found, b'"' if len(outside) % 2 == 0 else b""


def _in_json(data: bytes) -> tuple[int, bytes]:
    outside, quote, begun = _WHOLE_STRING.sub(b"", data).partition(b'"')
    if quote:  # a string goes on in the next bytes: what it holds doesn't matter, but an escape that is half there does
        rest = quote + (b"\\" if (len(begun) - len(begun.rstrip(b"\\"))) % 2 else b"")
    else:
        rest = outside[-1:] if outside.endswith((b"[", b",")) else b""
    return len(_ROW_IN_JSON.findall(outside)), rest


_COUNTS: dict[QueryResultsFormat, tuple[Callable[[bytes], tuple[int, bytes]], int]] = {
    QueryResultsFormat.XML: (_in_xml, 0),
    QueryResultsFormat.TSV: (_in_tsv, 1),
    QueryResultsFormat.CSV: (_in_csv, 1),
    QueryResultsFormat.JSON: (_in_json, 0),
}
"""How to count: from the bytes (those that were left over before, and new ones) to the rows in them, and what of their
end may be part of a mark that goes on; and how many lines of column names there are."""
