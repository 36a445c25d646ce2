"""How strongly an end and a theme go together: shares, lift, PPMI, and log-odds against all others of the frame.

All but the shares are inferences: for a frame or an end with too few records (`inferable`) their cells are masked, and
a masked cell is None wherever it goes (`tolist`, `measures.Figures`). The docstrings compute one table by hand, which
`worked_example` gives: 甲界 has 10 records, 6 of them on 夜校 and 4 on 路灯; 乙界 has 30, 6 on 夜校 and 24 on 路灯.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.network.counts import LEAST_OF_AN_END, Counts, counts_of
from kg.network.facts import End
from kg.network.records import Frame, Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Masked: TypeAlias = np.ma.MaskedArray[tuple[int, int], np.dtype[np.float64]]

PRIOR: Final = 0.1
"""How much the prior of `log_odds` is worth, in parts of the frame's mentions: a tenth.

Measured on random records, where no end prefers a theme (60 to 4,000 records, 20 to 300 themes): of the cells with
records at most 1.5% then have z > 1.96, and 2.5% are due. With half of it it is up to 7%, and with 30 mentions,
whatever the frame, up to 21%: then a first record on a rare theme stands out.
"""


def inferable(counts: Counts) -> NDArray[np.bool_]:
    """(E,) which ends have records enough for more than counts and shares, in a frame that has them.

    The least are `LEAST_RECORDS` in the frame and `LEAST_OF_AN_END` of an end.

    >>> inferable(worked_example()).tolist()
    [True, True]

    """
    import numpy as np

    return np.asarray(counts.enough & (counts.of_end >= LEAST_OF_AN_END))


def attention(counts: Counts) -> NDArray[np.float64]:
    """(E, T) how an end's attention is divided: the share of its weight that a theme has, 0 to 1; a row adds up to 1.

    w / wᵢ, wᵢ the sum of the end's weights (Jones & Baumgartner 2005, The Politics of Attention). A record counts for
    each of its themes, so it is the share of mentions and not of records. An end of few records has coarse shares, and
    a list of excellent proposals tells what was honoured, not what was attended to.

    >>> attention(worked_example()).tolist()  # 6/10, 4/10; 6/30, 24/30
    [[0.6, 0.4], [0.2, 0.8]]

    """
    by_end, _ = _sums(counts)
    return _filled(counts, {(i, j): weight / by_end[i] for (i, j), weight in counts.weights.items()})


def contribution(counts: Counts) -> NDArray[np.float64]:
    """(E, T) whose a theme is: the share of its weight that comes from an end, 0 to 1; a column adds up to 1.

    w / wⱼ, wⱼ the sum of the theme's weights, those that count for no end left out. An end with many records has a
    large share of most themes; whether it is more than its due is told by `lift`.

    >>> contribution(worked_example())[:, 0].tolist()  # 夜校: 6/12, 6/12
    [0.5, 0.5]

    """
    _, by_theme = _sums(counts)
    return _filled(counts, {(i, j): weight / by_theme[j] for (i, j), weight in counts.weights.items()})


def lift(counts: Counts) -> Masked:
    """(E, T) how many times as much as expected an end and a theme have in common: 0 and up, 1 as by chance.

    w · W / (wᵢ · wⱼ), W the sum over the frame, wᵢ and wⱼ those of the end and the theme (Brin, Motwani, Ullman & Tsur
    1997, Dynamic itemset counting, who call it interest). It is largest where both are rare: one record of an end with
    3 on a theme with 1 has the lift W/3. So it is not to be read without the number of records and the q.

    >>> [round(value, 3) for value in lift(worked_example())[0].tolist()]  # 6 · 40 / (10 · 12), 4 · 40 / (10 · 28)
    [2.0, 0.571]

    """
    by_end, by_theme = _sums(counts)
    whole = sum(by_end.values(), start=Fraction())
    lifts = {(i, j): weight * whole / (by_end[i] * by_theme[j]) for (i, j), weight in counts.weights.items()}
    return masked(counts, _filled(counts, lifts))


def ppmi(counts: Counts) -> Masked:
    """(E, T) by how many bits an end and a theme go together more than by chance: 0 and up, 0 where they do not.

    Positive pointwise mutual information, max(0, log₂ lift) (Church & Hanks 1990, Word association norms; positive:
    Bullinaria & Levy 2007). It weighs a doubling alike wherever it stands, and favours the rare as the lift does.

    >>> ppmi(worked_example()).tolist()[0]  # log₂ 2; log₂ 0.571 is below 0
    [1.0, 0.0]

    """
    import numpy as np

    return masked(counts, np.log2(np.maximum(lift(counts).data, 1.0)))


def log_odds(counts: Counts, prior: float = PRIOR) -> tuple[Masked, Masked]:
    """(E, T) how far an end's odds of a theme are from those of all others of the frame, and how sure that is.

    The first is δ in natural logarithms, 0 where they are alike, below 0 where the end has less; the second is z, δ in
    standard errors. With y records of the end on the theme, Y mentions of any theme in its records, and u and U those
    of the records that are not the end's,

        δ = ln((y + α) / (Y + α₀ - y - α)) - ln((u + α) / (U + α₀ - u - α)),   z = δ / √(1/(y + α) + 1/(u + α)),

    where the prior α₀ is divided among the themes as the frame's mentions are, and worth a part of them: α = prior ·
    (records on the theme) (Monroe, Colaresi & Quinn 2008, Fightin' Words, the log-odds ratio with an informative
    Dirichlet prior). So an end of few records is drawn towards the frame, and few records on a rare theme do not stand
    out as they do in the lift. Joint records are the end's in full. Masked too where nobody else has records, or there
    is but one theme.

    z is an approximation, and of one cell alone: it will do to order what there is; what is more than chance among all
    cells is told by `significance.q_values`. The δ of an end without a record on a theme is the prior's doing.

    >>> delta, z = log_odds(worked_example())  # α₀ = 4, α = 1.2: ln(7.2/6.8) - ln(7.2/26.8), 1/7.2 + 1/7.2
    >>> round(delta.tolist()[0][0], 4), round(z.tolist()[0][0], 4)  # ln(26.8/6.8), the same / √(2/7.2)
    (1.3715, 2.6022)

    Args:
        counts: of one frame.
        prior: α₀ as a part of the frame's mentions; above 0.

    Raises:
        ValueError: the prior is not above 0.

    """
    import numpy as np

    if not prior > 0:
        raise ValueError(f"the prior is {prior:g} of the mentions, and must be above 0")
    own = counts.joint.astype(np.float64)
    others = counts.of_theme - own
    alpha = prior * counts.of_theme
    alone = (others.sum(axis=1) == 0) | (len(counts.themes) == 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # one theme: nothing is left for the others; masked below
        delta = _log_odds(own + alpha) - _log_odds(others + alpha)
    z = delta / np.sqrt(1 / (own + alpha) + 1 / (others + alpha))
    return masked(counts, delta, alone), masked(counts, z, alone)


def masked(counts: Counts, values: NDArray[np.float64], also: NDArray[np.bool_] | None = None) -> Masked:
    """The values with the rows masked of the ends that have too few records, and of those that `also` says."""
    import numpy as np

    hidden = ~inferable(counts) if also is None else ~inferable(counts) | also
    return np.ma.MaskedArray(values, mask=np.broadcast_to(hidden[:, None], values.shape))


def worked_example() -> Counts:
    """The counts that the docstrings work with; see the head of this module.

    >>> worked_example().joint.tolist()
    [[6, 4], [6, 24]]

    """
    one, other = End("sector", "1", "甲界"), End("sector", "2", "乙界")
    school, lamps = End("theme", "1", "夜校"), End("theme", "2", "路灯")
    frame = Frame("proposals", None, "全部立案")
    records = [
        Record(f"{end.iri}-{theme.iri}-{n}", frame, ((end,),), (theme,), theme)
        for end, theme, times in ((one, school, 6), (one, lamps, 4), (other, school, 6), (other, lamps, 24))
        for n in range(times)
    ]
    counts = counts_of(records, ["sector"])
    assert counts is not None  # there are records, each with an end and a theme
    return counts


def _log_odds(mentions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each theme against the other themes of its row."""
    import numpy as np

    return np.asarray(np.log(mentions / (mentions.sum(axis=1, keepdims=True) - mentions)))


def _sums(counts: Counts) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """The weight of each end and of each theme; exact."""
    by_end: dict[int, Fraction] = {}
    by_theme: dict[int, Fraction] = {}
    for (i, j), weight in counts.weights.items():
        by_end[i] = by_end.get(i, Fraction()) + weight
        by_theme[j] = by_theme.get(j, Fraction()) + weight
    return by_end, by_theme


def _filled(counts: Counts, cells: dict[tuple[int, int], Fraction]) -> NDArray[np.float64]:
    """The exact cells as floats, zeros filled in."""
    import numpy as np

    values = np.zeros((len(counts.ends), len(counts.themes)))
    for at, value in cells.items():
        values[at] = float(value)
    return values
