"""An XML part of a packed file, told element by element: nothing is kept, so no part is too large for the memory.

Expat hands each element on and forgets it. What Expat itself keeps is bounded here too: how deep elements stand in one
another, how long one tag is, how many different names there are, and there is no DTD.

>>> import io
>>> with zipfile.ZipFile(io.BytesIO(), "w") as package:
...     package.writestr("a.xml", '<a xmlns="urn:of:a"><b n="1">words</b></a>')
...     Listening("a.zip", {"urn:of:a": "a"}, {"a:b": print}, {}, print).to(package, "a.xml")
{'n': '1'}
words
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from xml.parsers import expat

from kg.errors import Unreadable
from kg.read.archive import damaged

Begin = Callable[[dict[str, str]], None]
"""Told of an element's attributes; the name of one in a namespace is `namespace}name`."""

_CHUNK = 1 << 16
_DEEPEST = 250
_LONGEST_TAG = 1_000_000
_NAMES = 10_000
"""Different names of elements and attributes: the standards have some thousands."""


class Listening:
    """Whoever listens to a part, by the elements that it cares for.

    `namespaces` gives the prefix by which `begin` and `end` call an element (`x:row`), whatever the part calls it;
    several namespaces may have one prefix. `words` is told all characters between tags, in pieces.
    """

    __slots__ = ("_begin", "_end", "_name", "_words", "depth")

    def __init__(
        self,
        name: str,
        namespaces: Mapping[str, str],
        begin: Mapping[str, Begin],
        end: Mapping[str, Callable[[], None]],
        words: Callable[[str], None],
    ) -> None:
        self._name, self._words = name, words
        self._begin = {full: begin[short] for short in begin for full in _full(short, namespaces)}
        self._end = {full: end[short] for short in end for full in _full(short, namespaces)}
        self.depth = 0
        """How deep the element stands that is being told of; the root, 1."""

    def to(self, package: zipfile.ZipFile, part: str) -> None:
        """Listen to a part from its beginning to its end.

        Raises Unreadable where there is no such part, where it is no XML, and for what no office program writes.
        """
        if part not in package.NameToInfo:
            raise damaged(self._name)
        parser = self._parser()
        told = 0
        try:
            with package.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
                    told += len(chunk)
                    if told - parser.CurrentByteIndex > _LONGEST_TAG or len(parser.intern) > _NAMES:
                        raise self._strange()
                parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, zipfile.BadZipFile, zlib.error, EOFError) as e:
            raise damaged(self._name) from e

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._words
        self.depth = 0
        return parser

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._strange()
        if tell := self._begin.get(name):
            tell(attributes)

    def _ended(self, name: str) -> None:
        if tell := self._end.get(name):
            tell()
        self.depth -= 1

    def _refuse(self, *_: object) -> None:
        raise Unreadable(
            "declares XML entities, as no office program does", where=self._name, hint="open it and save it again"
        )

    def _strange(self) -> Unreadable:
        return Unreadable("its XML is none that an office program writes", where=self._name, hint="save it again")


def _full(short: str, namespaces: Mapping[str, str]) -> list[str]:
    prefix, _, local = short.partition(":")
    return [f"{namespace}}}{local}" for namespace, called in namespaces.items() if called == prefix]
