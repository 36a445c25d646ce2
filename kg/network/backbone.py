"""Which ties of two of a kind are more than chance: two ends by the themes they take up, two themes by the records.

Two popular themes stand together now and then, and two busy ends have most themes in common, whatever they want. So
each pair is tested against a world in which that is all there is to it, and over all pairs tested the false discovery
rate is held (`significance.benjamini_hochberg`): the family is every pair of one frame whose two sides have records
enough, those with nothing in common included. What is kept is called a backbone.

The usual tests were tried on random records, where there is nothing to find, and on such with planted pairs
(docs/measures.md has the figures). The hypergeometric test of common themes (Tumminello et al. 2011) takes the
popularity of themes for closeness; the bipartite configuration model (Saracco et al. 2017) lets a record name more or
fewer themes than it does, and finds less than half of what can be found; the disparity filter (Serrano et al. 2009)
asks something else. The two tests here held their level, and found most.

A pair that is not in what these functions give has no figure: one of the two has fewer than `LEAST_OF_AN_END` records,
or the frame fewer than `LEAST_RECORDS`, or there is no tie between the two that could be kept.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.network.conditional_poisson import fitted_weights, pair_probabilities
from kg.network.counts import LEAST_OF_AN_END, LEAST_RECORDS, Incidence
from kg.network.facts import End
from kg.network.records import GROUPS
from kg.network.significance import benjamini_hochberg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy import sparse

_EXACT: Final = 100
"""Up to so many records in common the probability is a sum; beyond, where that takes long, a curve is as good."""
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


def validated(
    incidence: Incidence, kinds: Sequence[str] = GROUPS["proposals"][0], level: float = LEVEL
) -> dict[tuple[End, End], Validated]:
    """Two ends of one frame with a theme in common → whether their records resemble each other more than chance.

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
    or come in series, p is too small. The keys are sorted pairs.

    Args:
        incidence: the records of one frame.
        kinds: kinds of ends, as for `counted`. All records count whole.
        level: below which q a tie is kept.

    >>> from kg.network.counts import incidence_of
    >>> from kg.network.records import Frame, Record
    >>> frame, themes = Frame("proposals", None, "全部立案"), [End("theme", str(n), f"议题{n}") for n in range(4)]
    >>> ends = [End("sector", str(n), f"{n}界") for n in range(4)]
    >>> rows = [  # the first two have 9 of 10 records on the first two themes, the last two on the last two
    ...     Record(f"{e}-{n}", frame, ((ends[e],),), (themes[(2 * (e // 2) + n % 2 + 2 * (n == 9)) % 4],), None)
    ...     for e in range(4) for n in range(10)
    ... ]
    >>> [(one.label, other.label) for (one, other), tie in validated(incidence_of(rows)).items() if tie.kept]
    [('0界', '1界'), ('2界', '3界')]

    """
    import numpy as np

    found = [{end for agent in agents for end in agent if end.kind in kinds} for agents in incidence.agents]
    counting = [at for at, theirs in enumerate(found) if theirs]
    if len(counting) < LEAST_RECORDS:
        return {}
    ends, whose = _incidence([found[at] for at in counting])
    about = incidence.on[counting]
    about = about[:, np.flatnonzero(_column_sums(about))]
    enough = np.flatnonzero(_column_sums(whose) >= LEAST_OF_AN_END)
    whose = whose[:, enough]
    one_way = _nearer_than_chance(whose, about)
    one, other = np.triu_indices(len(enough), 1)
    has = ((whose.T @ about).toarray() > 0).astype(np.int64)
    return _judged(
        *([ends[i] for i in enough], one, other),
        p=np.maximum(one_way[one, other], one_way[other, one]),
        tied=(has @ has.T)[one, other] > 0,
        level=level,
    )


def validated_themes(incidence: Incidence, level: float = LEVEL) -> dict[tuple[End, End], Validated]:
    """Two themes of one frame that a record names both → whether more records do than by chance.

    p is the probability of at least as many, if each record named as many themes as it does and chose them by nothing
    but their popularity (`conditional_poisson`): a sum of independent draws, by sizes of records. Records that name one
    theme can join none, and one that names ten joins many; a hypergeometric test takes both for average. Above 0, at
    most 1.

    Two themes of which one is above the other in the thesaurus, or that one word in a text stands for, go together by
    that alone. And themes that every record of a series names are tied by the series. The keys are sorted
    pairs.

    Args:
        incidence: the records of one frame; they need no end.
        level: below which q a tie is kept.

    >>> from kg.network.counts import incidence_of
    >>> from kg.network.records import Frame, Record
    >>> frame, themes = Frame("proposals", None, "全部立案"), [End("theme", str(n), f"议题{n}") for n in range(4)]
    >>> times = {(0, 1): 16, (2, 3): 16, (0, 2): 2, (0, 3): 2, (1, 2): 2, (1, 3): 2}  # each in 20 of 40 records
    >>> rows = [
    ...     Record(f"{i}-{j}-{n}", frame, (), (themes[i], themes[j]), None)
    ...     for (i, j), many in times.items() for n in range(many)
    ... ]
    >>> tie = validated_themes(incidence_of(rows))[themes[0], themes[1]]  # a pair of 6 has 1/6: 16 or more of 40
    >>> by_hand = sum(math.comb(40, k) * (1 / 6) ** k * (5 / 6) ** (40 - k) for k in range(16, 41))
    >>> f"{tie.p:.5e}", f"{by_hand:.5e}", tie.kept
    ('3.85497e-04', '3.85497e-04', True)

    """
    import numpy as np

    themes, about = incidence.themes, incidence.on
    if len(incidence.records) < LEAST_RECORDS:
        return {}
    together = (about.T @ about).toarray()
    enough = np.flatnonzero(_column_sums(about) >= LEAST_OF_AN_END)
    first, second = np.triu_indices(len(enough), 1)
    one, other = enough[first], enough[second]
    return _judged(
        *(themes, one, other),
        p=_together_by_chance(about, one, other, together[one, other]),
        tied=together[one, other] > 0,
        level=level,
    )


def _judged(
    names: Sequence[End],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    *,
    p: NDArray[np.float64],
    tied: NDArray[np.bool_],
    level: float,
) -> dict[tuple[End, End], Validated]:
    """The pairs that are tied, with q over all that were tested."""
    import numpy as np

    q = benjamini_hochberg(p)
    return {
        (names[one[at]], names[other[at]]): Validated(float(p[at]), float(q[at]), bool(q[at] < level))
        for at in np.flatnonzero(tied).tolist()
    }


def _nearer_than_chance(whose: sparse.csr_matrix, about: sparse.csr_matrix) -> NDArray[np.float64]:
    """(E, E) p of the records of the row's end being as near to the column's end as they are."""
    import numpy as np
    from scipy import stats

    records, ends = whose.shape
    of_end, of_theme = _column_sums(whose), _column_sums(about)
    on, joint = (whose.T @ about).toarray(), (whose.T @ whose).toarray()
    p = np.ones((ends, ends))
    for end in range(ends):
        scores = about @ (on[end] / of_theme - of_end[end] / records)
        others = np.flatnonzero(whose[:, [end]].toarray().ravel() == 0)
        drawn = of_end - joint[end]  # of each end, the records that are not joint ones
        squares, cubes, centred = _moments(scores[others], drawn)
        testable = squares > 0
        deviation = np.sqrt(np.where(testable, squares, 1))
        reached = np.where(testable, whose[others].T @ centred, 0)
        tail = stats.pearson3.sf(reached / deviation, np.where(testable, cubes, 0) / deviation**3)
        least = [1 / math.comb(len(others), int(many)) for many in drawn]
        p[:, end] = np.where(testable, np.clip(tail, np.maximum(least, np.finfo(float).tiny), 1), 1)
    return p


def _moments(
    scores: NDArray[np.float64], drawn: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Variance and third central moment of the sum of each number of scores drawn blindly, and the scores centred.

    Both are 0 where nothing can be told: none drawn or all, or all scores equal.
    """
    import numpy as np

    many = len(scores)
    centred = scores - scores.mean() if many else scores
    if many < 3 or np.ptp(scores) < 1e-12:  # equal but for rounding
        return np.zeros(len(drawn)), np.zeros(len(drawn)), centred
    m = drawn.astype(np.float64)
    squares = m * (many - m) / (many * (many - 1)) * (centred**2).sum()
    cubes = m * (many - m) * (many - 2 * m) / (many * (many - 1) * (many - 2)) * (centred**3).sum()
    return squares, cubes, centred


def _together_by_chance(
    about: sparse.csr_matrix,
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
    large = asked[times[asked] > _EXACT]
    draws = [
        (many, pair_probabilities(weights, size, place[one[large]], place[other[large]]))
        for size, many in sizes.items()
        if size > 1
    ]
    p[large] = np.clip(_about_so_many(times[large], draws), np.finfo(float).tiny, 1)
    asked = asked[times[asked] <= _EXACT]
    for least in np.unique(times[asked]).tolist():
        at = asked[times[asked] == least]
        first, second = place[one[at]], place[other[at]]
        draws = [(many, pair_probabilities(weights, size, first, second)) for size, many in sizes.items() if size > 1]
        p[at] = np.clip(_at_least(least, draws), np.finfo(float).tiny, 1)
    return p


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


def _about_so_many(times: NDArray[np.int64], draws: Sequence[tuple[int, NDArray[np.float64]]]) -> NDArray[np.float64]:
    """(P,) the same for many records by mean, variance and skewness, with a correction for whole numbers.

    A Pearson type III curve, which a normal one misses in the tail (compare the refined normal approximation of Hong
    2013, On computing the distribution function for the Poisson binomial distribution).
    """
    import numpy as np
    from scipy import stats

    if not times.size:
        return np.ones(0)
    mean = sum(many * chance for many, chance in draws)
    square = sum(many * chance * (1 - chance) for many, chance in draws)
    cube = sum(many * chance * (1 - chance) * (1 - 2 * chance) for many, chance in draws)
    deviation = np.sqrt(square)
    return np.asarray(stats.pearson3.sf((times - 0.5 - mean) / deviation, cube / deviation**3))


def _incidence(sets: Sequence[Collection[End]]) -> tuple[list[End], sparse.csr_matrix]:
    """What occurs, in order, and a sparse matrix of records × that, with a 1 where a record has it."""
    import numpy as np
    from scipy import sparse

    names = sorted({name for found in sets for name in found})
    place = {name: at for at, name in enumerate(names)}
    places = [(row, place[name]) for row, found in enumerate(sets) for name in sorted(set(found))]
    ones = np.ones(len(places), dtype=np.int64)
    return names, sparse.csr_matrix((ones, tuple(zip(*places, strict=True))), shape=(len(sets), len(names)))


def _column_sums(matrix: sparse.csr_matrix) -> NDArray[np.int64]:
    import numpy as np

    return np.asarray(matrix.sum(axis=0)).ravel()
