"""The order of what stands in columns, so that lines between neighbouring columns cross little.

The barycentre heuristic (Sugiyama, Tagawa and Toda 1981, Methods for visual understanding of hierarchical system
structures): everything moves to the mean place of what it is tied to, column by column, several times. In a small
picture neighbours are then exchanged as long as fewer lines cross. The time grows with nodes and lines, but for the
sorting of each column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

_SWEEPS: Final = 12
_SWEEPS_OF_MANY: Final = 4
_FEW: Final = 300
"""Up to so many nodes neighbours are exchanged: that looks at pairs of lines."""
_COLUMNS_INWARDS: Final = (0, 4, 1, 3, 2)
_COLUMNS_OUTWARDS: Final = (2, 1, 3, 0, 4)


def ordered(columns: Sequence[int], groups: Sequence[int | None], lines: Iterable[tuple[int, int]]) -> list[int]:
    """The rank of each node in its column.

    Args:
        columns: the column of each node, 0 to 4.
        groups: nodes of one column stand together by these, in their order; None beside None.
        lines: pairs of nodes by number.

    >>> ordered([0, 0, 2, 2], [None] * 4, [(0, 3), (1, 2)])
    [0, 1, 1, 0]

    """
    near: list[list[int]] = [[] for _ in columns]
    for start, end in lines:
        near[start].append(end)
        near[end].append(start)
    for each in near:
        each.sort()  # floating point adds up in one order, whatever the order of the lines
    rows = {c: [i for i, column in enumerate(columns) if column == c] for c in range(5)}
    place = [0.0] * len(columns)
    for column in rows.values():
        _settle(column, [(groups[i] or 0, i) for i in column], place)
    for sweep in range(_SWEEPS if len(columns) <= _FEW else _SWEEPS_OF_MANY):
        for c in _COLUMNS_INWARDS if sweep % 2 else _COLUMNS_OUTWARDS:
            _settle(rows[c], [(groups[i] or 0, _mean(near[i], place, place[i]), i) for i in rows[c]], place)
    if len(columns) <= _FEW:
        _exchange(rows, columns, groups, near)
    ranks = [0] * len(columns)
    for column in rows.values():
        for rank, i in enumerate(column):
            ranks[i] = rank
    return ranks


def _settle(column: list[int], keys: list[tuple[int, int]] | list[tuple[int, float, int]], place: list[float]) -> None:
    """Sort a column by its keys, which end in the node, and tell everything its place between 0 and 1."""
    column[:] = [int(key[-1]) for key in sorted(keys)]
    for rank, i in enumerate(column):
        place[i] = (rank + 0.5) / len(column)


def _mean(near: Sequence[int], place: Sequence[float], otherwise: float) -> float:
    return sum(place[n] for n in near) / len(near) if near else otherwise


def _exchange(
    rows: dict[int, list[int]], columns: Sequence[int], groups: Sequence[int | None], near: Sequence[Sequence[int]]
) -> None:
    """Exchange neighbours of one group as long as fewer lines cross."""
    rank = [0] * len(columns)
    for column in rows.values():
        for r, i in enumerate(column):
            rank[i] = r

    def crossings(upper: int, lower: int) -> int:
        return sum(columns[m] == columns[n] and rank[m] > rank[n] for m in near[upper] for n in near[lower])

    for _ in range(_SWEEPS):
        better = False
        for column in rows.values():
            for r in range(len(column) - 1):
                a, b = column[r], column[r + 1]
                if groups[a] == groups[b] and crossings(b, a) < crossings(a, b):
                    column[r], column[r + 1], rank[a], rank[b], better = b, a, r + 1, r, True
        if not better:
            break
