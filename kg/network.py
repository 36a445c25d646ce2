"""Connections between sectors and themes."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Quad, Store


def connections(store: Store) -> tuple[object, ...]:
    """The ties of the graph in a store."""
    return ()


def connection_quads(ties: Sequence[object]) -> list[Quad]:
    """The ties as quads of the connections graph."""
    return []


def connections_csv(ties: Sequence[object]) -> str:
    """The ties as CSV."""
    return ""
