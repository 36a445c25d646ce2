"""How much there is in the store that is served, counted once a generation."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path

from kg.serve.answering import Asked
from kg.serve.pool import Pool
from kg.serve.refusals import Refused

_GRAPHS = """
SELECT ?graph (COUNT(*) AS ?triples) WHERE { { ?s ?p ?o } UNION { GRAPH ?graph { ?s ?p ?o } } } GROUP BY ?graph"""
_CLASSES = "SELECT ?class (COUNT(*) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class"


@dataclass(frozen=True, slots=True)
class Figures:
    """Nothing where the store is too large to be counted within the limits, or others are asking."""

    graphs: dict[str, int] = field(default_factory=dict)
    """A graph's IRI → its triples; the default graph's is empty."""
    classes: dict[str, int] = field(default_factory=dict)
    """A class's IRI → how many things are of it."""


class Counting:
    """Counts as any query does, within its limits, and keeps what was counted of the newest generation."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counted: tuple[Path, Figures] | None = None

    async def of(self, store: Path) -> Figures:
        """The figures of the store in that folder."""
        if self._counted is None or self._counted[0] != store:
            try:
                found = Figures(await self._numbers(store, _GRAPHS), await self._numbers(store, _CLASSES))
            except Refused:
                return Figures()
            self._counted = store, found
        return self._counted[1]

    async def _numbers(self, store: Path, query: str) -> dict[str, int]:
        answer = await self._pool.ask(store, Asked(query, accept="text/csv"))
        with TextIOWrapper(answer.data, encoding="utf-8", newline="") as text:
            _, *rows = csv.reader(text)
        return {name: int(number) for name, number in rows}
