"""The pages that a build leaves: one file each, over pyvis and Jinja templates.

`PAGES` is the registry: a new page is a module here and its line below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.lexicon import Lexicon
from kg.view import graph_page
from kg.words import Words

Writer = Callable[[Store, Path, Lexicon, Words, str], None]
"""Writes a page of a store to a file; takes the lexicon, the dictionary, and `masked` or `full` for citizens' names."""

PAGES: Final[Mapping[str, Writer]] = {
    "graph.html": graph_page.write,
}
"""File name → what writes it."""
