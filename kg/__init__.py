"""kg: a knowledge graph of people, sectors, proposals and themes from CPPCC texts (政协文本知识图谱)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(build: str | Path = "build") -> Dataset:  # noqa: A001 - kg.open(…) is how a graph is opened
    """The graph of a build folder as an rdflib Dataset in memory, its prefixes bound.

    Raises NoGraph where nothing was built.
    """
    from kg.store import dataset
    from kg.vocab import PREFIXES

    graph = dataset(Path(build))
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    return graph
