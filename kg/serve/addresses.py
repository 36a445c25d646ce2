"""Where a thing of the graph has its page: the path of its IRI, under this service instead of the IRI's own host."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

from pyoxigraph import NamedNode

from kg import vocab

PLACES = ("id", "doc", "concept")
"""What a path begins with that may be a thing's."""


def address(iri: str) -> str:
    """The path of a thing's page, for a link; empty for what has none here.

    >>> address("https://w3id.org/zhengxie/doc/山南-2031#char=3,6")
    '/doc/山南-2031#char=3,6'
    >>> address("http://example.org/")
    ''
    """
    path = iri.removeprefix(vocab.BASE)
    return f"/{path}" if path != iri and path.partition("/")[0] in PLACES else ""


def thing(raw_path: str) -> NamedNode | None:
    """The IRI that a request's path, as it was sent, stands for; None where it can be no thing's.

    Browsers encode what an IRI holds as it is, and an IRI holds some characters encoded; so all is decoded, and the IRI
    made anew.

    >>> thing("/id/person/%E5%B1%B1%E5%8D%97%E5%8C%BA/%E7%8E%8B%E5%B0%8F%E6%98%8E").value
    'https://w3id.org/zhengxie/id/person/山南区/王小明'
    """
    place, *parts = (unquote(part) for part in raw_path.removeprefix("/").split("/"))
    if place not in PLACES or not all(parts):
        return None
    try:
        if place == "doc" and len(parts) == 1:
            return vocab.document(parts[0])
        if place == "id" and len(parts) > 1 and parts[0] in _kinds():
            return vocab.entity(_kinds()[parts[0]], *parts[1:])
        return NamedNode(vocab.BASE + "/".join([place, *parts])) if place == "concept" else None
    except ValueError:
        return None


@cache
def _kinds() -> dict[str, str]:
    """The classes by their names in small letters, as IRIs have them."""
    names = (node.value.removeprefix(vocab.PREFIXES["zx"]) for node in vocab.classes())
    return {name.lower(): name for name in names}
