"""Whether an end has more records on a theme than chance would give it: p-values, and q-values over all that is asked.

The family of tests is every end with records enough and every theme of the frame, those pairs included that have no
record in common: to test only what turned up would choose the tests by their outcome. Two frames, two groups of ends
(such as hosts and places) and two levels of themes are families of their own, for each is a table of its own.

What that is worth: Benjamini and Hochberg's procedure is proven for tests that are independent or depend positively
(Benjamini & Yekutieli 2001, The control of the false discovery rate under dependency). Ours do neither quite: a record
names several themes, so that the columns of an end rise and fall together, and two ends share out the records of a
theme, so that one has less where the other has more. Against that the counts are small and whole, which makes each test
stricter than its level. On random records, where there is nothing to find, any q was below 0.05
in at most 2 of 200 frames of one size (`benchmarks/chance.py` tries 30 of each).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network.association import masked
from kg.network.counts import Counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.network.association import Masked


def over_represented(counts: Counts) -> Masked:
    """(E, T) how probable at least that many records of an end on a theme are, if ends and themes are unrelated.

    The upper tail of the hypergeometric distribution, which is Fisher's exact test with one side (Fisher 1935, The
    logic of inductive inference): of N records K are the end's; n of the N, drawn blindly, are on the theme; p is that
    of k or more of them being the end's. Whole records are counted, a joint one for each of its ends. Above 0, at most
    1; 1 where there is none. Masked below the minima.

    It asks for more than chance and not for fewer. It takes the records for all there are, or for a blind sample of
    them: of an honour list it judges the honours. Proposals copied from one another are not independent, and count as
    if they were.

    >>> from kg.network.association import worked_example
    >>> p = over_represented(worked_example()).tolist()  # 甲界: of 40 records 10, of 12 on 夜校 6
    >>> from math import comb
    >>> by_hand = sum(comb(12, k) * comb(28, 10 - k) for k in range(6, 11)) / comb(40, 10)
    >>> round(p[0][0], 6), round(by_hand, 6)
    (0.025608, 0.025608)

    """
    import numpy as np
    from scipy import stats

    p = np.ones(counts.joint.shape)
    ends, themes = np.nonzero(counts.joint)
    at_least = counts.joint[ends, themes] - 1
    tail = stats.hypergeom.sf(at_least, counts.records, counts.of_theme[themes], counts.of_end[ends])
    p[ends, themes] = np.clip(tail, np.finfo(float).tiny, 1.0)
    return masked(counts, p)


def q_values(p: Masked) -> Masked:
    """The p-values, adjusted for how many were asked: keeping all q below 0.05 keeps 5% chance finds on average.

    Benjamini & Hochberg 1995, Controlling the false discovery rate: the m p-values in order, qᵢ = min over j ≥ i of
    pⱼ · m / j; the masked ones are no tests and stay masked. Never below p, at most 1. It promises an average over many
    tables, and nothing of one tie.

    >>> import numpy as np
    >>> q_values(np.ma.MaskedArray([[0.01, 0.04], [0.03, 0.5]], mask=[[0, 0], [0, 1]])).tolist()  # · 3/1, 3/2, 3/3
    [[0.03, 0.04], [0.04, None]]

    """
    import numpy as np

    adjusted = p.copy()
    adjusted[~np.ma.getmaskarray(p)] = benjamini_hochberg(p.compressed())
    return adjusted


def benjamini_hochberg(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m,) the q-value of each of m p-values; see `q_values`.

    >>> import numpy as np
    >>> benjamini_hochberg(np.array([])).tolist()
    []

    """
    import numpy as np
    from scipy import stats

    return np.asarray(stats.false_discovery_control(p)) if p.size else p
