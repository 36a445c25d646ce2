"""How often the ends of a frame meet its themes: the counts that every measure is computed from.

Counting is done by sparse matrices: records × ends and records × themes (the incidence matrices of a two-mode network),
whose product are the counts (Borgatti & Everett 1997, Network analysis of 2-mode data). So a million records cost
seconds, and NetworkX gets the small result. NumPy and SciPy are imported where they are used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise
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


def incidences(rows: Iterable[Record]) -> Iterator[Incidence]:
    """Which records are on which themes, frame by frame; records without a theme are left out."""
    import numpy as np
    from scipy import sparse

    by_frame: dict[Frame, list[Record]] = defaultdict(list)
    for row in rows:
        if row.themes:
            by_frame[row.frame].append(row)
    for frame, found in by_frame.items():
        found.sort(key=lambda row: row.iri)
        themes = sorted({theme for row in found for theme in row.themes})
        column = {theme: j for j, theme in enumerate(themes)}
        at = [(i, column[theme]) for i, row in enumerate(found) for theme in set(row.themes)]
        on = sparse.csr_matrix(
            (np.ones(len(at), dtype=np.int64), tuple(zip(*at, strict=True))), shape=(len(found), len(themes))
        )
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
    import numpy as np
    from scipy import sparse

    if not incidence.kinds.intersection(kinds):
        return None
    parts: dict[int, tuple[list[int], list[End]]] = defaultdict(lambda: ([], []))  # a share's divisor → records, ends
    for i, agents in enumerate(incidence.agents):
        for end, divisor in portions(agents, kinds, counting):
            parts[divisor][0].append(i)
            parts[divisor][1].append(end)
    if not parts:
        return None
    ends = sorted({end for _, found in parts.values() for end in found})
    row = {end: i for i, end in enumerate(ends)}
    by_divisor = {
        divisor: sparse.csr_matrix(
            (np.ones(len(records), dtype=np.int64), (records, [row[end] for end in found])),
            shape=(len(incidence.records), len(ends)),
        )
        for divisor, (records, found) in sorted(parts.items())
    }
    whose = sum(
        by_divisor.values(), start=sparse.csr_matrix((len(incidence.records), len(ends)), dtype=np.int64)
    ).sign()
    kept = np.flatnonzero(whose.getnnz(axis=1))
    columns = np.flatnonzero(incidence.on[kept].getnnz(axis=0))
    whose, on = whose[kept], incidence.on[kept][:, columns]
    weights: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for divisor, shared in by_divisor.items():
        product = (shared[kept].T @ on).tocoo()
        for i, j, times in zip(product.row.tolist(), product.col.tolist(), product.data.tolist(), strict=True):
            weights[i, j] += Fraction(times, divisor)
    return Counts(
        *(incidence.frame, tuple(ends), tuple(incidence.themes[j] for j in columns), len(kept)),
        of_end=np.asarray(whose.sum(axis=0)).ravel(),
        of_theme=np.asarray(on.sum(axis=0)).ravel(),
        joint=(whose.T @ on).toarray(),
        weights=dict(sorted(weights.items())),
    )


def behind(incidence: Incidence, counts: Counts) -> Sources:
    """The records behind each count of `joint`."""
    row = {end: i for i, end in enumerate(counts.ends)}
    column = {theme: j for j, theme in enumerate(counts.themes)}
    columns = [column.get(theme, -1) for theme in incidence.themes]
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for iri, agents, themes in zip(incidence.records, incidence.agents, _rows(incidence.on), strict=True):
        for i in {row[end] for agent in agents for end in agent if end in row}:
            for j in themes:
                found[i, columns[j]].append(iri)
    return {pair: tuple(records) for pair, records in sorted(found.items())}


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
    both: dict[tuple[int, int], list[str]] = defaultdict(list)
    for iri, themes in zip(incidence.records, _rows(incidence.on), strict=True):
        for one, other in combinations(sorted(themes), 2):
            both[one, other].append(iri)
    return {pair: tuple(iris) for pair, iris in sorted(both.items())}


def _rows(matrix: Matrix) -> Iterator[list[int]]:
    """The columns of ones in each row."""
    places, starts = matrix.indices.tolist(), matrix.indptr.tolist()
    for start, end in pairwise(starts):
        yield places[start:end]
