"""How far an end keeps to few themes, how far to themes that others leave, and what two ends have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.network.counts import LEAST_OF_AN_END, Counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NOTHING: Final = 1e-12
"""A width that is nothing but rounding."""


@dataclass(frozen=True, slots=True)
class Specialisation:
    """An end's attention to the themes of its frame."""

    concentration: float
    """Herfindahl–Hirschman index, from 1 over the number of themes to 1."""
    normalised: float | None
    """The same from 0, even over all themes, to 1, one theme alone; None where there is only one."""
    d: float
    """Kullback–Leibler divergence from the frame's attention, in nats."""
    d_min: float
    """The least that so many records could have."""
    d_max: float
    """The most."""
    d_prime: float | None
    """Blüthgen's d′: where `d` lies between the two, from 0 to 1; None where they are the same."""


def specialisation_of(counts: Counts) -> tuple[Specialisation | None, ...]:
    """Whether an end keeps to few themes (concentration), and whether to others than the rest do (d′).

    With p the shares of the end's weights over the T themes of the frame:

    - concentration: Σ p² (Herfindahl 1950; Hirschman 1964, The paternity of an index); normalised (Σ p² − 1/T) /
      (1 − 1/T).
    - d′ = (d − d_min) / (d_max − d_min) with d = Σ p ln(p / q), where q are the shares of all ends' records together
      (Blüthgen, Menzel & Blüthgen 2006, Measuring specialization in species interaction networks). An end that is
      spread as all are has 0, one that has themes for itself 1, however many themes that are.

    d_min and d_max depend on how an end's n records may fall at all, so d′ needs whole ones: it is computed from
    `counts.joint`, in which a joint record counts for each of its ends and a record of two themes twice, and not from
    shares, for which no smallest step is defined. d_max is ln(m / n), m the sum over the frame, as in the paper. d_min
    is the true minimum under the frame's column sums: the n smallest steps x ln(x/q) − (x−1) ln((x−1)/q) are taken.
    The R package bipartite starts from expected numbers rounded down and goes on from there in the same way; it can
    miss the minimum, so its d′ may be lower than this one, never higher.

    Don't trust the concentration of an end with few records: with n of them, on one theme each, it can't be below 1/n.
    Nor a small d′: of ends that draw their themes as all do, one with 3 records has 0.17 on average, and 0.37 once in
    twenty; with 30 records 0.08 and 0.11. Nor d′ of an end that makes up most of the frame, for q is then its own. 1
    may be out of reach, where the column sums don't let an end have themes for itself. Neither compares frames with
    different themes.

    Returns:
        A value for each of `counts.ends`, in their order; None where the frame has fewer than 30 records or the end
        fewer than 3.

    >>> import numpy as np
    >>> from kg.network.facts import End
    >>> from kg.network.records import Frame
    >>> ends, themes = [[End(kind, name, name) for name in "ab"] for kind in ("sector", "theme")]
    >>> joint = np.array([[10, 0], [10, 20]])  # a: themes 10, 0; b: 10, 20; together 20, 20
    >>> weights = {(i, j): int(joint[i, j]) for i in (0, 1) for j in (0, 1) if joint[i, j]}
    >>> sums = joint.sum(1), joint.sum(0)
    >>> frame = Frame("proposals", None, "优秀")
    >>> a, b = specialisation_of(Counts(frame, tuple(ends), tuple(themes), 40, *sums, joint, weights))
    >>> a.concentration, a.normalised, round(b.concentration, 6), round(b.normalised, 6)  # b: 1/9 + 4/9
    (1.0, 1.0, 0.555556, 0.111111)
    >>> round(a.d, 6), round(a.d_max, 6), a.d_min, round(a.d_prime, 6)  # ln 2, ln 4, 5 and 5, a half
    (0.693147, 1.386294, 0.0, 0.5)

    """
    import numpy as np

    if not counts.enough:
        return (None,) * len(counts.ends)
    shares = _shares(counts)
    concentration = (shares**2).sum(axis=1)
    whole = counts.joint.sum(axis=0)
    return tuple(
        None
        if records < LEAST_OF_AN_END
        else Specialisation(
            float(squares),
            float(squares - 1 / len(whole)) / (1 - 1 / len(whole)) if len(whole) > 1 else None,
            *_divergence(row, whole),
        )
        for row, squares, records in zip(counts.joint, concentration, np.asarray(counts.of_end), strict=True)
    )


def attention_overlap(counts: Counts) -> dict[tuple[int, int], float | None]:
    """How much of two ends' attention goes to the same themes: (row, later row) → 0, nothing, to 1, all alike.

    Σ min(p, q) over the themes = 1 − ½ Σ |p − q|, p and q the shares of the two ends' weights: the complement of
    Bray & Curtis's dissimilarity of shares (Bray & Curtis 1957; Schoener 1968 for shares). 0.4 reads: two fifths of
    the attention are in common. It stands beside the cosine of `sector_sector`, which one large theme in common
    decides. Jaccard's index of the themes is not offered: it counts a theme with one record like one with fifty, and
    falls with any difference in size (the same attention, 200 records and 200: 0.97; 200 and 20: 0.50).

    Don't trust it of ends with few records: chance keeps it far below 1 for two whose attention is the same. With 20
    themes of falling popularity such ends overlap by 0.85 at 200 records each, 0.56 at 20, 0.34 at 5; so compare
    overlaps only between ends of much the same size.

    Returns:
        A value for each two of `counts.ends`; None where the frame has fewer than 30 records or an end fewer than 3.

    >>> import numpy as np
    >>> from kg.network.facts import End
    >>> from kg.network.records import Frame
    >>> ends, themes = [[End(kind, name, name) for name in "ab"] for kind in ("sector", "theme")]
    >>> joint = np.array([[10, 0], [10, 20]])  # shares 1, 0 and 1/3, 2/3
    >>> weights = {(i, j): int(joint[i, j]) for i in (0, 1) for j in (0, 1) if joint[i, j]}
    >>> counts = Counts(Frame("proposals", None, "优秀"), tuple(ends), tuple(themes), 40, joint.sum(1), joint.sum(0),
    ...                 joint, weights)
    >>> {pair: round(overlap, 6) for pair, overlap in attention_overlap(counts).items()}
    {(0, 1): 0.333333}

    """
    from scipy.spatial.distance import pdist, squareform

    apart = squareform(pdist(_shares(counts), "cityblock")) / 2
    few = [not counts.enough or records < LEAST_OF_AN_END for records in counts.of_end.tolist()]
    return {
        (one, other): None if few[one] or few[other] else 1 - float(apart[one, other])
        for one in range(len(counts.ends))
        for other in range(one + 1, len(counts.ends))
    }


def _shares(counts: Counts) -> NDArray[np.float64]:
    """(E, T) of each end's weights; every end of a frame has some."""
    weights = counts.matrix()
    shares: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _divergence(row: NDArray[np.int64], whole: NDArray[np.int64]) -> tuple[float, float, float, float | None]:
    """d, d_min, d_max and d′ of one end's records on each theme, given those of all ends."""
    import numpy as np
    from scipy.special import rel_entr, xlogy

    n, m = int(row.sum()), int(whole.sum())
    d = float(rel_entr(row / n, whole / m).sum())
    expected = n * whole / m
    some = expected[expected > 0]
    most = (np.ceil(some) / some).max()  # of each theme so many times what is expected make n steps or more,
    room = np.minimum(np.minimum(whole, n), (expected * most).astype(np.int64) + 1)  # and a later one costs more
    theme = np.repeat(np.arange(len(whole)), room)
    step = np.arange(len(theme)) - np.repeat(np.cumsum(room) - room, room) + 1  # 1, 2 … of each theme
    costs = np.sort(xlogy(step, step / expected[theme]) - xlogy(step - 1, (step - 1) / expected[theme]))
    d_min = min(max(float(costs[:n].sum()) / n, 0.0), d)  # beyond these by rounding alone
    d_max = float(np.log(m / n))
    return d, d_min, d_max, (d - d_min) / (d_max - d_min) if d_max - d_min > _NOTHING else None
