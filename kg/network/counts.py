"""How often the ends of a frame meet its themes: the counts that every measure is computed from.

Counting is done by sparse matrices: records × ends and records × themes (the incidence matrices of a two-mode network),
whose product are the counts (Borgatti & Everett 1997, Network analysis of 2-mode data). So a million records cost
seconds, and NetworkX gets the small result. NumPy and SciPy are imported where they are used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from kg.network.facts import End
from kg.network.records import Frame, Record, portions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_RECORDS: Final = 30
"""A frame with fewer records is only listed: nothing is inferred from it."""
LEAST_OF_AN_END: Final = 3
"""An end (a sector, a party …) with fewer records in its frame has no figure but its counts."""
Matrix = Any
"""A matrix of SciPy, which has no types of its own."""
Sources = dict[tuple[int, int], tuple[str, ...]]
"""(row, column) of a table of counts → the IRIs of the records counted there, sorted."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which records of one frame are on which themes: R records with a theme, T themes."""

    frame: Frame
    records: tuple[str, ...]
    """Their IRIs, sorted."""
    themes: tuple[End, ...]
    on: Matrix
    """(R, T) a sparse matrix of ones, by rows."""
    agents: tuple[tuple[tuple[End, ...], ...], ...]
    """For each record those who stand behind it; see `Record.agents`."""
    kinds: frozenset[str]
    """The kinds of ends that any of them count for."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which records of one frame count for which ends, whatever they are about."""

    ends: tuple[End, ...]
    parts: Mapping[int, Matrix]
    """The divisor of a share → (R, E) how many such shares of a record an end has; sparse, by rows."""

    @property
    def whose(self) -> Matrix:
        """(R, E) ones where a record counts for an end, by whatever share; sparse, by rows."""
        whole, *others = self.parts.values()
        for shared in others:
            whole = whole + shared
        return whole.sign()


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
    whose: Matrix = field(default=None, compare=False, repr=False)
    """(R, E) ones where a record of the incidence that was counted is of an end; sparse, by rows."""

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


def incidences(rows: Iterable[Record]) -> Iterator[Incidence]:
    """Which records are on which themes, frame by frame; records without a theme are left out."""
    by_frame: dict[Frame, list[Record]] = defaultdict(list)
    for row in rows:
        if row.themes:
            by_frame[row.frame].append(row)
    for frame, found in by_frame.items():
        found.sort(key=lambda row: row.iri)
        themes = sorted({theme for row in found for theme in row.themes})
        column = {theme: j for j, theme in enumerate(themes)}
        of_each = [{column[theme] for theme in row.themes} for row in found]
        on = _ones_by_row(of_each, len(themes))
        iris, agents = tuple(row.iri for row in found), tuple(row.agents for row in found)
        kinds = frozenset(end.kind for behind_it in agents for agent in behind_it for end in agent)
        yield Incidence(frame, iris, tuple(themes), on, agents, kinds)


def rolled_up(incidence: Incidence, tops: Mapping[str, End]) -> Incidence:
    """The same by top themes; two themes of a record under one top count once.

    Args:
        incidence: the records' own themes.
        tops: a theme's IRI → its top theme; a theme that is not in it stays.

    """
    import numpy as np
    from scipy import sparse

    above = [tops.get(theme.iri, theme) for theme in incidence.themes]
    themes = sorted(set(above))
    places = [themes.index(theme) for theme in above]
    roll = sparse.csr_matrix(
        (np.ones(len(above), dtype=np.int64), (range(len(above)), places)), shape=(len(above), len(themes))
    )
    return replace(incidence, themes=tuple(themes), on=(incidence.on @ roll).sign())


def counted(incidence: Incidence, kinds: Sequence[str], counting: str = "fractional") -> Counts | None:
    """How often ends of these kinds meet the themes; None where no record counts for any.

    Args:
        incidence: the records of one frame.
        kinds: kinds of ends, such as `("sector",)`.
        counting: `fractional` or `whole`; see `shares`.

    Raises:
        UsageError: another word for `counting`.

    """
    attributed = attribution(incidence, kinds, counting)
    return counted_for(incidence, attributed) if attributed else None


def attribution(incidence: Incidence, kinds: Sequence[str], counting: str = "fractional") -> Attribution | None:
    """Which ends of these kinds the records count for; None where no record counts for any.

    It holds for the records' themes and for their top themes alike, so that it is asked once for both.

    Args:
        incidence: the records of one frame.
        kinds: kinds of ends, such as `("sector",)`.
        counting: `fractional` or `whole`; see `shares`.

    Raises:
        UsageError: another word for `counting`.

    """
    import numpy as np
    from scipy import sparse

    if not incidence.kinds.intersection(kinds):
        return None
    parts: dict[int, tuple[list[int], list[End]]] = defaultdict(lambda: ([], []))  # a share's divisor → records, ends
    for i, agents in enumerate(incidence.agents):
        for end, divisor in portions(agents, kinds, counting):
            records, found = parts[divisor]
            records.append(i)
            found.append(end)
    ends = sorted({end for _, found in parts.values() for end in found})
    row = {end: i for i, end in enumerate(ends)}
    shape = (len(incidence.records), len(ends))
    return Attribution(
        tuple(ends),
        {
            divisor: sparse.csr_matrix(
                (np.ones(len(records), dtype=np.int64), (records, [row[end] for end in found])), shape=shape
            )
            for divisor, (records, found) in sorted(parts.items())
        },
    )


def counted_for(incidence: Incidence, attributed: Attribution) -> Counts:
    """How often the ends that records count for meet the records' themes.

    Args:
        incidence: the records of one frame, by their own themes or by top themes.
        attributed: of the same records.

    """
    import numpy as np

    whose = attributed.whose
    kept = np.flatnonzero(whose.getnnz(axis=1))
    columns = np.flatnonzero(incidence.on[kept].getnnz(axis=0))
    on = incidence.on[:, columns]
    weights: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for divisor, shared in attributed.parts.items():
        product = (shared.T @ on).tocoo()
        for i, j, times in zip(product.row.tolist(), product.col.tolist(), product.data.tolist(), strict=True):
            weights[i, j] += Fraction(times, divisor)
    return Counts(
        *(incidence.frame, attributed.ends, tuple(incidence.themes[j] for j in columns), len(kept)),
        of_end=np.asarray(whose.sum(axis=0)).ravel(),
        of_theme=np.asarray(on[kept].sum(axis=0)).ravel(),
        joint=(whose.T @ on).toarray(),
        weights=dict(sorted(weights.items())),
        whose=whose,
    )


def behind(incidence: Incidence, counts: Counts) -> Sources:
    """The records behind each count of `joint`.

    Args:
        incidence: what was counted.
        counts: of these records; not a table that was made otherwise.

    """
    places = {theme: j for j, theme in enumerate(incidence.themes)}
    on = incidence.on[:, [places[theme] for theme in counts.themes]]
    records, ends, themes = _meeting(counts.whose, on)
    return _sources(incidence.records, records, ends, themes)


def counts_of(rows: Iterable[Record], kinds: Sequence[str], counting: str = "fractional") -> Counts | None:
    """The counts of one frame's records for ends of these kinds; None where no record has both an end and a theme.

    Raises:
        ValueError: the records are of several frames.
        UsageError: another word for `counting` than `fractional` or `whole`.

    >>> a, b = End("sector", "a", "甲界"), End("sector", "b", "乙界")
    >>> x, y, frame = End("theme", "x", "夜校"), End("theme", "y", "路灯"), Frame("proposals", None, "优秀")
    >>> joint = Record("…/1", frame, ((a,), (b,)), (x,), x)
    >>> counts = counts_of([joint, Record("…/2", frame, ((a,),), (x, y), x)], ["sector"])
    >>> counts.joint.tolist(), counts.of_end.tolist(), counts.of_theme.tolist()
    ([[2, 1], [1, 0]], [2, 1], [2, 1])
    >>> counts.matrix().tolist()  # the joint one is shared
    [[1.5, 1.0], [0.5, 0.0]]

    """
    found = incidence_of(rows)
    return counted(found, kinds, counting) if found else None


def incidence_of(rows: Iterable[Record]) -> Incidence | None:
    """The incidence of one frame's records; None where none has a theme.

    Raises:
        ValueError: the records are of several frames.

    """
    found = list(rows)
    if len({row.frame for row in found}) > 1:
        raise ValueError("the records are of several frames, which no measure mixes")
    return next(incidences(found), None)


def together(incidence: Incidence) -> Sources:
    """The records that name both of two themes, by the two columns.

    Who stands behind a record is no matter here: those without an end count too.
    """
    records, one, other = _meeting(incidence.on, incidence.on)
    pairs = one < other
    return _sources(incidence.records, records[pairs], one[pairs], other[pairs])


def _meeting(one: Matrix, other: Matrix) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Row, column of the one, column of the other, wherever both have a one in the same row; by rows."""
    import numpy as np

    rows = np.repeat(np.arange(one.shape[0]), np.diff(one.indptr))
    times = np.diff(other.indptr)[rows]
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)  # 0, 1 … for each
    there = np.repeat(other.indptr[rows], times) + within
    return np.repeat(rows, times), np.repeat(one.indices, times), other.indices[there]


def _sources(
    iris: Sequence[str], records: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]
) -> Sources:
    """The records of each pair of columns; `records` rise, and so do the IRIs."""
    import numpy as np

    order = np.lexsort((other, one))  # stable
    one, other = one[order], other[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(one) != 0) | (np.diff(other) != 0)]) if len(order) else order
    found = np.split(np.asarray(iris, dtype=object)[records[order]], starts[1:])
    pairs = zip(one[starts].tolist(), other[starts].tolist(), strict=True)
    return {pair: tuple(of_pair.tolist()) for pair, of_pair in zip(pairs, found, strict=False)}


def _ones_by_row(columns: Sequence[Collection[int]], width: int) -> Matrix:
    """A sparse matrix with ones in these columns of each row."""
    import numpy as np
    from scipy import sparse

    starts = np.cumsum([0, *map(len, columns)])
    places = np.fromiter(chain.from_iterable(columns), dtype=np.int64, count=starts[-1])
    return sparse.csr_matrix((np.ones(len(places), dtype=np.int64), places, starts), shape=(len(columns), width))
