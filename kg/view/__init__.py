"""The pages that a build leaves, over pyvis and Jinja templates.

`PAGES` is the registry: a new page is a module here and its line below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.lexicon import Lexicon
from kg.view import graph_page, site
from kg.view.page_data import PageData, page_data
from kg.words import Words

Writer = Callable[[PageData, Path], None]
"""Writes a page, or a folder of them, from what is shown of a graph."""

PAGES: Final[Mapping[str, Writer]] = {
    "graph.html": graph_page.write,
    "site": site.write,
}
"""Name in the build folder → what writes it."""


def write_pages(store: Store, folder: Path, lexicon: Lexicon, words: Words, names: str = "masked") -> None:
    """Write every page of a graph into a folder; what they show is read once.

    Args:
        store: the graph.
        folder: where the pages go.
        lexicon: the posts and surnames by which private citizens are known.
        words: the dictionary that tells where a line of a title may end.
        names: `full` shows the names of private citizens; with anything else they are masked.

    Raises OSError where the disk refuses.

    """
    data = page_data(store, lexicon, words, names)
    for name, write in PAGES.items():
        write(data, folder / name)
