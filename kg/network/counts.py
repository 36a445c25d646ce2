"""How often the ends of a frame meet its themes: the counts that every measure is computed from.

Counting is done by sparse matrices: a record × end matrix and a record × theme matrix (incidence matrices of the
two-mode network), whose product are the counts (Borgatti & Everett 1997, Network analysis of 2-mode data). So a million
records cost seconds, and NetworkX gets the small result. NumPy and SciPy are imported where they are used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kg.network.records import End, Frame, Record, by_frame, portions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_RECORDS: Final = 30
"""A frame with fewer records is only listed: nothing is inferred from it."""
LEAST_OF_AN_END: Final = 3
"""An end (a sector, a party …) with fewer records in its frame has no figure but its counts."""


@dataclass(frozen=True, slots=True)
class Counts:
    """One frame's ends (E rows) and themes (T columns), and how many records join them.

    `joint`, `of_end` and `of_theme` are whole records, for tests of significance; `weights` are shares of records, for
    strengths. A record counts once for each of its themes, so `of_theme` may add up to more than `records`.
    """

    frame: Frame
    ends: tuple[End, ...]
    themes: tuple[End, ...]
    records: int
    """How many records there are that count for some end and have some theme."""
    of_end: NDArray[np.int64]
    """(E,) those of each end."""
    of_theme: NDArray[np.int64]
    """(T,) those on each theme."""
    joint: NDArray[np.int64]
    """(E, T) those of an end on a theme."""
    weights: dict[tuple[int, int], Fraction]
    """(row, column) → the sum of the shares of the joint records, where there are any; exact."""

    @property
    def enough(self) -> bool:
        """Whether anything may be inferred from the frame."""
        return self.records >= LEAST_RECORDS

    def matrix(self) -> NDArray[np.float64]:
        """(E, T) the weights as floats, zeros filled in."""
        import numpy as np

        filled = np.zeros((len(self.ends), len(self.themes)))
        for at, weight in self.weights.items():
            filled[at] = float(weight)
        return filled


def counts_of(rows: Iterable[Record], kinds: Sequence[str], counting: str = "fractional") -> Counts | None:
    """The counts of one frame's records for ends of these kinds; None where no record has both an end and a theme.

    Args:
        rows: records of one frame, in any order: the counts are the same.
        kinds: kinds of ends, such as `("sector",)`.
        counting: `fractional` or `whole`; see `shares`.

    Raises:
        ValueError: the records are of several frames.
        UsageError: another word for `counting`.

    >>> from kg.network.records import Record
    >>> a, b = End("sector", "a", "甲界"), End("sector", "b", "乙界")
    >>> x, y, frame = End("theme", "x", "夜校"), End("theme", "y", "路灯"), Frame("proposals", None, "优秀")
    >>> joint = Record("…/1", frame, ((a,), (b,)), (x,), x)
    >>> counts = counts_of([joint, Record("…/2", frame, ((a,),), (x, y), x)], ["sector"])
    >>> counts.joint.tolist(), counts.of_end.tolist(), counts.of_theme.tolist()
    ([[2, 1], [1, 0]], [2, 1], [2, 1])
    >>> counts.matrix().tolist()  # the joint one is shared
    [[1.5, 1.0], [0.5, 0.0]]

    """
    import numpy as np
    from scipy import sparse

    found = list(rows)
    if len(by_frame(found)) > 1:
        raise ValueError("the records are of several frames, which no measure mixes")
    ends: dict[End, int] = {}
    themes: dict[End, int] = {}
    parts: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))  # share's divisor → records, ends
    about: tuple[list[int], list[int]] = ([], [])  # records, themes
    number = 0
    for row in found:
        if not row.themes or not (portions_of := portions(row, kinds, counting)):
            continue
        for end, divisor in portions_of:
            parts[divisor][0].append(number)
            parts[divisor][1].append(ends.setdefault(end, len(ends)))
        for theme in set(row.themes):
            about[0].append(number)
            about[1].append(themes.setdefault(theme, len(themes)))
        number += 1
    if not number:
        return None
    in_rows, in_columns = sorted(ends), sorted(themes)
    places = [ends[end] for end in in_rows]
    columns = [themes[theme] for theme in in_columns]

    def incidence(at: tuple[list[int], list[int]], width: int, order: list[int]) -> sparse.csc_matrix:
        ones = np.ones(len(at[0]), dtype=np.int64)
        return sparse.csr_matrix((ones, at), shape=(number, width)).tocsc()[:, order]

    on = incidence(about, len(themes), columns)
    by_divisor = {divisor: incidence(at, len(ends), places) for divisor, at in sorted(parts.items())}
    whose = sum(by_divisor.values(), start=sparse.csc_matrix((number, len(ends)), dtype=np.int64)).sign()
    weights: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for divisor, shared in by_divisor.items():
        product = (shared.T @ on).tocoo()
        for i, j, times in zip(product.row.tolist(), product.col.tolist(), product.data.tolist(), strict=True):
            weights[i, j] += Fraction(times, divisor)
    return Counts(
        *(found[0].frame, tuple(in_rows), tuple(in_columns), number),
        of_end=np.asarray(whose.sum(axis=0)).ravel(),
        of_theme=np.asarray(on.sum(axis=0)).ravel(),
        joint=(whose.T @ on).toarray(),
        weights=dict(sorted(weights.items())),
    )
