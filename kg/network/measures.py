"""What there is to say of an end and a theme, in one object a pair."""

from __future__ import annotations

from dataclasses import dataclass

from kg.network.association import attention, lift, log_odds, ppmi
from kg.network.counts import Counts
from kg.network.significance import over_represented, q_values


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an end and a theme, as computed; whoever prints them rounds.

    All but `share` are None where the frame or the end has too few records; the two modules say what each one is.
    """

    share: float
    """Of the end's weight, that on the theme: `association.attention`."""
    lift: float | None
    ppmi: float | None
    """In bits."""
    log_odds: float | None
    """Natural logarithm; None too where all records of the frame are the end's."""
    z: float | None
    """Of the log-odds."""
    p: float | None
    """`significance.over_represented`."""
    q: float | None
    """`significance.q_values`, over every end and theme of the frame."""


def figures(counts: Counts) -> dict[tuple[int, int], Figures]:
    """(row, column) → the figures of each end and theme with records in common, in order.

    >>> from kg.network.association import worked_example
    >>> found = figures(worked_example())[0, 0]
    >>> found.share, found.lift, found.ppmi, round(found.z, 2), round(found.q, 3)  # q = 0.0256 · 4 / 2
    (0.6, 2.0, 1.0, 2.6, 0.051)

    """
    delta, z = log_odds(counts)
    p = over_represented(counts)
    columns = [values.tolist() for values in (attention(counts), lift(counts), ppmi(counts), delta, z, p, q_values(p))]
    return {(i, j): Figures(*(column[i][j] for column in columns)) for i, j in counts.weights}
