"""kg: a knowledge graph of people, sectors, proposals and themes from CPPCC texts (政协文本知识图谱)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.library import Graph

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(build: str | Path = "build", names: str = "full") -> Graph:  # noqa: A001 - kg.open(…) is how a graph is opened
    """The graph of a build folder, to ask and to hand on to NetworkX, pandas or rdflib.

    `names="masked"` opens the one in which people who are not public are hidden. Raises NoGraph where there is none.
    """
    from kg.library import Graph

    return Graph(build, names)
