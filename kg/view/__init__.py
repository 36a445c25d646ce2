"""The pages that a build leaves: one file each, over pyvis and Jinja templates.

`PAGES` is the registry: a new page is a module here and its line below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.view import graph_page

Writer = Callable[[Store, Path], None]
"""Reads the store and writes the file."""

PAGES: Final[Mapping[str, Writer]] = {
    "graph.html": graph_page.write,
}
"""File name → what writes it."""
