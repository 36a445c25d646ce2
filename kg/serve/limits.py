"""What the service gives to one query, and to all together."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _workers() -> int:
    """Two more than there are processors, so that long queries on all of them leave short ones a place."""
    return (os.cpu_count() or 1) + 2


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits, each a promise to everybody else who asks."""

    seconds: float = 10.0
    """How long a query may run, the writing of its answer included."""
    rows: int = 100_000
    """How many rows, or triples, an answer may have."""
    megabytes: int = 1024
    """How much memory a query may take."""
    workers: int = field(default_factory=_workers)
    """How many queries run at once, each in a process of its own."""
    wait_seconds: float = 60.0
    """How long a query stands in line before it is told to come again."""
    line: int = 500
    """How many queries stand in line."""
    request_bytes: int = 1_000_000
    """How long a request's body may be."""
