"""Which ties of two of a kind are more than chance: two ends by the themes they take up, two themes by the records.

Two popular themes stand together now and then, and two busy ends have most themes in common, whatever they want. So
each pair is tested against a world in which that is all there is to it, and over all pairs tested the false discovery
rate is held (`significance.benjamini_hochberg`): the family is every pair of one frame whose two sides have records
enough, those with nothing in common included. What is kept is called a backbone.

The usual tests were tried on random records, where there is nothing to find, and on such with planted pairs
(docs/measures.md has the figures). The hypergeometric test of common themes (Tumminello et al. 2011) takes the
popularity of themes for the closeness of ends, and a few records that name many themes for the closeness of themes.
The bipartite configuration model (Saracco et al. 2017) lets a record name more or fewer themes than it does, which
makes it miss what can be found, and sees of two ends only whether they have a theme at all. The disparity filter
(Serrano et al. 2009) asks where a node's strength lies, and not what is chance. The two tests here held their level.
They are no oracles: ends with ten records each are rarely told from chance by anything.

A pair that is not in what these functions give has no figure: one of the two has fewer than `LEAST_OF_AN_END` records,
or the frame fewer than `LEAST_RECORDS`, or there is no tie between the two that could be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.network.conditional_poisson import fitted_weights, pair_probabilities
from kg.network.counts import LEAST_OF_AN_END, LEAST_RECORDS, Counts, Incidence, Matrix
from kg.network.significance import benjamini_hochberg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EXACT: Final = 100
"""Up to so many records that name both themes the probability is a sum; beyond, a curve, which is as good and quick."""
LEVEL: Final = 0.05
"""The share of chance finds among what is kept that is put up with, on average."""


@dataclass(frozen=True, slots=True)
class Validated:
    """How a tie of two of a kind compares with chance."""

    p: float
    """How probable so close a tie is by chance."""
    q: float
    """The same over all pairs of the frame; see `significance.q_values`."""
    kept: bool
    """Whether q is below the level: whether it is in the backbone."""


def validated(incidence: Incidence, counts: Counts, level: float = LEVEL) -> dict[tuple[int, int], Validated]:
    """(row, row) of two ends with a theme in common → whether their records resemble each other more than chance.

    A record's score for an end is the sum over its themes of how much larger the end's share of the theme's records is
    than its share of all records: the inner product of their profiles in the χ² metric, where a shared rare theme says
    more than a shared popular one (Greenacre 1984, Theory and Applications of Correspondence Analysis). The records of
    the other end that are not joint ones are summed up and compared with as many drawn blindly from all records that
    are not the first one's: a permutation test (Pitman 1937, Significance tests which may be applied to samples from
    any populations), its tail by the mean, variance and skewness of all permutations and a Pearson type III curve
    (Mielke & Berry 2007, Permutation Methods), which never gives less than one in all the permutations. It is done both
    ways, and p is the larger of the two, above 0 and at most 1.

    So records keep their themes, themes their popularity and ends their numbers; joint proposals, which are alike by
    themselves, do not count as likeness. Two ends that share all records of one of them have p = 1.

    It is about themes, and says nothing on agreement. It is not the cosine judged: two ends that both follow the common
    agenda have a high cosine and a high p. Ends of few records are rarely told from chance. Where proposals are copied
    or come in series, p is too small.

    Args:
        incidence: the records of one frame.
        counts: of these records; its ends are compared. All records count whole.
        level: below which q a tie is kept.

    >>> from kg.network.counts import counted, incidence_of
    >>> from kg.network.facts import End
    >>> from kg.network.records import Frame, Record
    >>> frame, themes = Frame("proposals", None, "全部立案"), [End("theme", str(n), f"议题{n}") for n in range(4)]
    >>> rows = [  # the first two ends have 9 of 10 records on the first two themes, the last two on the last two
    ...     Record(f"{e}-{n}", frame, ((End("sector", str(e), f"{e}界"),),), (themes[at % 4],), None)
    ...     for e in range(4) for n in range(10) for at in [2 * (e // 2) + n % 2 + 2 * (n == 9)]
    ... ]
    >>> incidence = incidence_of(rows)
    >>> [pair for pair, tie in validated(incidence, counted(incidence, ["sector"])).items() if tie.kept]
    [(0, 1), (2, 3)]

    """
    import numpy as np

    if not counts.enough:
        return {}
    kept = np.flatnonzero(counts.whose.getnnz(axis=1))
    places = {theme: at for at, theme in enumerate(incidence.themes)}
    whose, about = counts.whose[kept], incidence.on[kept][:, [places[theme] for theme in counts.themes]]
    enough = np.flatnonzero(counts.of_end >= LEAST_OF_AN_END)
    one_way = _nearer_than_chance(whose[:, enough], about)
    first, second = np.triu_indices(len(enough), 1)
    one, other = enough[first], enough[second]
    has = (counts.joint > 0).astype(np.int64)
    return _judged(
        *(one, other),
        p=np.maximum(one_way[first, second], one_way[second, first]),
        tied=(has @ has.T)[one, other] > 0,
        level=level,
    )


def validated_themes(incidence: Incidence, level: float = LEVEL) -> dict[tuple[int, int], Validated]:
    """(column, column) of two themes that a record names both → whether more records do than by chance.

    p is the probability of at least as many, if each record named as many themes as it does and chose them by nothing
    but their popularity (`conditional_poisson`): a sum of independent draws, by sizes of records. Records that name one
    theme can join none, and one that names ten joins many; a hypergeometric test takes both for average. Above 0, at
    most 1.

    Two themes of which one is above the other in the thesaurus, or that one word in a text stands for, go together by
    that alone. And themes that every record of a series names are tied by the series.

    Args:
        incidence: the records of one frame, those without an end too.
        level: below which q a tie is kept.

    >>> from kg.network.counts import incidence_of
    >>> from kg.network.facts import End
    >>> from kg.network.records import Frame, Record
    >>> frame, themes = Frame("proposals", None, "全部立案"), [End("theme", str(n), f"议题{n}") for n in range(4)]
    >>> times = {(0, 1): 16, (2, 3): 16, (0, 2): 2, (0, 3): 2, (1, 2): 2, (1, 3): 2}  # each in 20 of 40 records
    >>> rows = [
    ...     Record(f"{i}-{j}-{n}", frame, (), (themes[i], themes[j]), None)
    ...     for (i, j), many in times.items() for n in range(many)
    ... ]
    >>> tie = validated_themes(incidence_of(rows))[0, 1]  # each of the 6 pairs has 1/6: 16 or more of 40
    >>> import math
    >>> by_hand = sum(math.comb(40, k) * (1 / 6) ** k * (5 / 6) ** (40 - k) for k in range(16, 41))
    >>> f"{tie.p:.5e}", f"{by_hand:.5e}", tie.kept
    ('3.85497e-04', '3.85497e-04', True)

    """
    import numpy as np

    about = incidence.on
    if about.shape[0] < LEAST_RECORDS:
        return {}
    together = (about.T @ about).toarray()
    enough = np.flatnonzero(together.diagonal() >= LEAST_OF_AN_END)
    first, second = np.triu_indices(len(enough), 1)
    one, other = enough[first], enough[second]
    return _judged(
        *(one, other),
        p=_together_by_chance(about, one, other, together[one, other]),
        tied=together[one, other] > 0,
        level=level,
    )


def _judged(
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    *,
    p: NDArray[np.float64],
    tied: NDArray[np.bool_],
    level: float,
) -> dict[tuple[int, int], Validated]:
    """The pairs that are tied, with q over all that were tested."""
    import numpy as np

    q = benjamini_hochberg(p)
    return {
        (int(one[at]), int(other[at])): Validated(float(p[at]), float(q[at]), bool(q[at] < level))
        for at in np.flatnonzero(tied).tolist()
    }


def _nearer_than_chance(whose: Matrix, about: Matrix) -> NDArray[np.float64]:
    """(E, E) p of the records of the row's end being as near to the column's end as they are."""
    import numpy as np
    from scipy import stats
    from scipy.special import gammaln

    records, ends = whose.shape
    of_end, of_theme = _column_sums(whose), _column_sums(about)
    on, joint = (whose.T @ about).toarray(), (whose.T @ whose).toarray()
    columns = whose.tocsc()
    p = np.ones((ends, ends))
    for end in range(ends):
        scores = about @ (on[end] / of_theme - of_end[end] / records)
        own = columns.indices[columns.indptr[end] : columns.indptr[end + 1]]
        others = np.delete(scores, own)
        scores[own] = 0
        drawn = of_end - joint[end]  # of each end, the records that are not joint ones
        variance, third = moments_of_sum(others, drawn)
        testable = variance > 0
        deviation = np.sqrt(np.where(testable, variance, 1))
        above = whose.T @ scores - drawn * (others.mean() if len(others) else 0)
        tail = stats.pearson3.sf(np.where(testable, above, 0) / deviation, np.where(testable, third, 0) / deviation**3)
        least = np.exp(gammaln(drawn + 1) + gammaln(len(others) - drawn + 1) - gammaln(len(others) + 1))
        p[:, end] = np.where(testable, np.clip(tail, np.maximum(least, np.finfo(float).tiny), 1), 1)
    return p


def moments_of_sum(
    scores: NDArray[np.float64], drawn: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(D,) variance and third central moment of the sum of so many of the scores, drawn blindly without replacement.

    With N scores, their deviations d from the mean, and m drawn: m(N - m) / (N(N - 1)) · Σ d² (Cochran 1977, Sampling
    Techniques, ch. 2) and, likewise, m(N - m)(N - 2m) / (N(N - 1)(N - 2)) · Σ d³. Both are 0 where nothing can be told:
    none drawn or all, all scores equal, or fewer than 3 of them.

    >>> import numpy as np
    >>> variance, third = moments_of_sum(np.array([0.0, 0.0, 3.0]), np.array([1]))
    >>> variance.tolist(), third.tolist()  # (1 + 1 + 4) / 3, (-1 - 1 + 8) / 3
    ([2.0], [2.0])

    """
    import numpy as np

    many, m = len(scores), drawn.astype(np.float64)
    if many < 3 or np.ptp(scores) < 1e-12:  # equal but for rounding
        return np.zeros(len(drawn)), np.zeros(len(drawn))
    from_mean = scores - scores.mean()
    squares = from_mean * from_mean
    variance = m * (many - m) / (many * (many - 1)) * squares.sum()
    third = m * (many - m) * (many - 2 * m) / (many * (many - 1) * (many - 2)) * (squares * from_mean).sum()
    return variance, third


def _together_by_chance(
    about: Matrix,
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    times: NDArray[np.int64],
) -> NDArray[np.float64]:
    """(P,) p of each pair of columns standing together in as many records as it does."""
    import numpy as np

    frequencies = _column_sums(about)
    varied = frequencies < about.shape[0]  # what every record names goes with everything, and tells nothing
    place = np.cumsum(varied) - 1
    p = np.ones(len(one))
    asked = np.flatnonzero((times > 0) & varied[one] & varied[other])
    if not asked.size:
        return p
    named = np.asarray(about[:, np.flatnonzero(varied)].sum(axis=1)).ravel()
    sizes = dict(zip(*(found.tolist() for found in np.unique(named, return_counts=True)), strict=True))
    weights = fitted_weights(sizes, frequencies[varied])
    chances = [
        (many, pair_probabilities(weights, size, place[one[asked]], place[other[asked]]))
        for size, many in sizes.items()
        if size > 1
    ]
    reached = times[asked]
    for least in np.unique(reached[reached <= _EXACT]).tolist():
        at = reached == least
        p[asked[at]] = _at_least(least, [(many, chance[at]) for many, chance in chances])
    at = reached > _EXACT
    p[asked[at]] = many_or_more(reached[at], [(many, chance[at]) for many, chance in chances])
    return np.clip(p, np.finfo(float).tiny, 1)


def _at_least(least: int, draws: Sequence[tuple[int, NDArray[np.float64]]]) -> NDArray[np.float64]:
    """(P,) the probability of at least so many successes in several rows of draws, each with its own chance a pair.

    The last state is "so many or more", so that small probabilities are sums and no differences.
    """
    import numpy as np
    from scipy import stats

    reached = np.zeros((least + 1, len(draws[0][1])))
    reached[0] = 1
    for many, chances in draws:
        exactly = stats.binom.pmf(np.arange(least)[:, None], many, chances)
        following = np.zeros_like(reached)
        for before in range(least):
            following[before:least] += reached[before] * exactly[: least - before]
            following[least] += reached[before] * stats.binom.sf(least - before - 1, many, chances)
        following[least] += reached[least]
        reached = following
    return np.asarray(reached[least])


def many_or_more(times: NDArray[np.int64], draws: Sequence[tuple[int, NDArray[np.float64]]]) -> NDArray[np.float64]:
    """(P,) about the probability of at least so many successes, by their mean, variance and skewness.

    A Pearson type III curve with half a record for continuity, for the tail that a normal curve misses; Hong 2013, On
    computing the distribution function for the Poisson binomial distribution, does the same by an expansion.

    Args:
        times: (P,) how many.
        draws: several rows of draws: how many, and (P,) each pair's chance in one.

    >>> import numpy as np
    >>> from scipy import stats
    >>> about = many_or_more(np.array([130]), [(1000, np.array([0.1]))])[0]
    >>> [round(float(p), 5) for p in (about, stats.binom.sf(129, 1000, 0.1))]
    [0.00136, 0.00134]

    """
    import numpy as np
    from scipy import stats

    if not times.size:
        return np.ones(0)
    mean = sum(many * chance for many, chance in draws)
    variance = sum(many * chance * (1 - chance) for many, chance in draws)
    third = sum(many * chance * (1 - chance) * (1 - 2 * chance) for many, chance in draws)
    deviation = np.sqrt(variance)
    return np.asarray(stats.pearson3.sf((times - 0.5 - mean) / deviation, third / deviation**3))


def _column_sums(matrix: Matrix) -> NDArray[np.int64]:
    import numpy as np

    return np.asarray(matrix.sum(axis=0)).ravel()
