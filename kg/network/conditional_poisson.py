"""Records that name themes blindly, each as many as it does, and the frame each theme as often as it is named.

The model of least assumptions (maximum entropy) that keeps how many themes each record names, and on average how many
records name each theme: each theme has a weight, and a record that names d themes names a set of d with a probability
that is proportional to the product of their weights (conditional Poisson sampling: Chen, Dempster & Liu 1994, Weighted
finite population sampling to maximize entropy). Records are independent. It is plain arithmetic on arrays.

What the sums run over are elementary symmetric polynomials eₖ, the sum over all sets of k themes of the products of
their weights. The weights are known up to a factor; here they add up to the largest size, so that no eₖ underflows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEPS: Final = 1000
"""More than enough: tables of 10 to 300 themes take about 20. Where the weights have no finite solution (two themes
that fill every record that has room for them) the probabilities are close by then, and the weights do not matter."""
_CLOSE: Final = 1e-10


def fitted_weights(sizes: Mapping[int, int], frequencies: NDArray[np.int64]) -> NDArray[np.float64]:
    """(T,) the weights with which each theme is expected in as many records as name it.

    Iterates w ← n / Σ m · eₐ₋₁(the others) / eₐ over the sizes a with their m records (Chen, Dempster & Liu 1994).

    Args:
        sizes: how many themes a record names → how many records do; 0 is allowed.
        frequencies: (T,) how many records name each theme: at least 1, and fewer than there are records.

    >>> import numpy as np
    >>> fitted_weights({1: 10}, np.array([6, 4])).round(6).tolist()  # one theme each: the weights are the shares
    [0.6, 0.4]

    """
    import numpy as np

    largest = max(sizes, default=0)
    weights = frequencies / frequencies.sum() * largest
    for _ in range(_STEPS):
        whole = symmetric_sums(weights, largest)
        others = _without(whole, weights, largest)
        expected = sum(times * others[size - 1] / whole[size] for size, times in sizes.items() if size)
        improved = frequencies / expected
        improved *= largest / improved.sum()
        change = np.abs(improved / weights - 1).max(initial=0)
        weights = improved
        if change < _CLOSE:
            break
    return np.asarray(weights)


def pair_probabilities(
    weights: NDArray[np.float64], size: int, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float64]:
    """(P,) how probable it is that a record of this many themes names both of a pair, for each pair of two places.

    wᵢ · wⱼ · eₐ₋₂(the others) / eₐ.

    >>> import numpy as np
    >>> pair_probabilities(np.ones(4), 2, np.array([0]), np.array([1])).round(6).tolist()  # one of the 6 pairs of 4
    [0.166667]

    """
    import numpy as np

    if size < 2:
        return np.zeros(len(one))
    whole = symmetric_sums(weights, size)
    without_one = _without(whole, weights, size - 1)[:, one]
    without_both = _without(without_one, weights[other], size - 1)[size - 2]
    return np.asarray(np.clip(weights[one] * weights[other] * without_both / whole[size], 0.0, 1.0))


def symmetric_sums(weights: NDArray[np.float64], order: int) -> NDArray[np.float64]:
    """(order + 1,) the elementary symmetric polynomials e₀, e₁ … of the weights.

    >>> import numpy as np
    >>> symmetric_sums(np.array([1.0, 2.0, 3.0]), 3).tolist()  # 1; 1+2+3; 1·2+1·3+2·3; 1·2·3
    [1.0, 6.0, 11.0, 6.0]

    """
    import numpy as np

    sums = np.zeros(order + 1)
    sums[0] = 1.0
    for weight in weights:
        sums[1:] += weight * sums[:-1]
    return sums


def _without(sums: NDArray[np.float64], weights: NDArray[np.float64], order: int) -> NDArray[np.float64]:
    """(order, n) the polynomials below that order with one weight taken out, for each of n weights: eₖ - w · eₖ₋₁'."""
    import numpy as np

    left = np.ones((order, len(weights)))
    for k in range(1, order):
        left[k] = sums[k] - weights * left[k - 1]
    return left
