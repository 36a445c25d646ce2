"""What the figures of `kg.network` say of records that mean nothing, and which tests of a tie find what was planted.

    python benchmarks/chance.py

Random frames, with popularity by Zipf's law among ends and themes, one to four themes a record and 15% joint records;
in some, 3% of the records name ten themes. Where nothing is planted, every tie kept is wrong: `false` is the share of
frames with any. Where ties are planted, `found` is the share of them that is kept, and `wrong` the share of what is
kept that was not planted. q below 0.05 throughout, over all pairs whose two sides have three records or more.

The first table is of ends and themes, where nothing is planted: in how many frames any q is below 0.05, and of how many
cells with records the z of the log-odds is above 1.96, where 2.5% are due, with several priors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from kg import network
from kg.network import End, Frame, Record
from kg.network.counts import incidence_of

LEVEL = 0.05
FRAMES = 30
PRIORS = (0.01, 0.05, 0.1)
SIZES = ((100, 20, 20), (300, 30, 20), (300, 30, 150), (1000, 30, 150))
"""Records, ends, themes."""

Table: TypeAlias = NDArray[np.int64]
"""Records × ends or themes, 1 where a record has it."""
Pairs: TypeAlias = set[tuple[int, int]]


def zipf(many: int, power: float, chance: np.random.Generator) -> NDArray[np.float64]:
    """Popularity, in no order."""
    weights = 1 / np.arange(1, many + 1) ** power
    return chance.permutation(weights / weights.sum())


def random_frame(
    shape: tuple[int, int, int], chance: np.random.Generator, planted: str = "", long_records: float = 0
) -> tuple[Table, Table, Pairs]:
    """A frame's records by ends and by themes, and the pairs that were planted.

    Planted ends are three groups of three, with favourites that 60% of their records name; planted themes are eight
    pairs among the popular, of which a record with one and room for another names the other in 60%.
    """
    records, ends, themes = shape
    popular, busy = zipf(themes, 1, chance), zipf(ends, 0.8, chance)
    whose, about = np.zeros((records, ends), int), np.zeros((records, themes), int)
    groups = chance.permutation(min(ends, 18))[:9].reshape(3, 3)
    favourites = {
        int(end): liked
        for group in groups
        for liked in [chance.choice(themes, 5 if themes > 50 else 3, replace=False, p=popular)]
        for end in group
        if planted == "ends"
    }
    mates = chance.permutation(np.argsort(-popular)[:30])[:16].reshape(8, 2)
    mate = {int(one): int(other) for a, b in mates for one, other in ((a, b), (b, a)) if planted == "themes"}
    for row in range(records):
        proposers = chance.choice(ends, 1 + (chance.random() < 0.15), replace=False, p=busy)
        many = 10 if chance.random() < long_records else 1 + chance.choice(4, p=(0.5, 0.3, 0.15, 0.05))
        named = chance.choice(themes, many, replace=False, p=popular)
        for end in proposers:
            if int(end) in favourites and chance.random() < 0.6:
                named[0] = chance.choice(favourites[int(end)])
        if many > 1 and int(named[0]) in mate and chance.random() < 0.6:
            named[1] = mate[int(named[0])]
        whose[row, proposers], about[row, named] = 1, 1
    of_ends = {tuple(sorted((int(a), int(b)))) for group in groups for a in group for b in group if a < b}
    of_themes = {tuple(sorted((int(a), int(b)))) for a, b in mates}
    return whose, about, {"ends": of_ends, "themes": of_themes}.get(planted, set())


def kept(p: NDArray[np.float64], enough: NDArray[np.int64]) -> Pairs:
    """The pairs of the columns with enough records whose q is below the level, given p of all pairs of columns."""
    one, other = np.triu_indices(len(enough), 1)
    first, second = enough[one], enough[other]
    q = stats.false_discovery_control(np.clip(p[first, second], 0, 1))
    return {(int(first[at]), int(second[at])) for at in np.flatnonzero(q < LEVEL)}


def hypergeometric(table: Table) -> NDArray[np.float64]:
    """How probable so many common columns of two rows are, by how many each has (Tumminello et al. 2011)."""
    degree = table.sum(axis=1)
    return stats.hypergeom.sf(table @ table.T - 1, table.shape[1], degree[:, None], degree)


def configuration_model(table: Table) -> NDArray[np.float64]:
    """The same where columns differ in popularity (Saracco et al. 2017): degrees hold on average."""
    rows, columns = table.sum(axis=1).astype(float), table.sum(axis=0).astype(float)
    x, y = rows / np.sqrt(table.sum()), columns / np.sqrt(table.sum())
    for _ in range(2000):
        before, x = x, rows / (y / (1 + np.outer(x, y))).sum(axis=1)
        y = columns / (x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        if np.allclose(before, x, rtol=1e-6):
            break
    kinds, places = np.unique(np.outer(x, y) / (1 + np.outer(x, y)), axis=1, return_inverse=True)
    times = np.bincount(places)
    common = table @ table.T
    p = np.ones(common.shape)
    for least in np.unique(common[common > 0]):
        one, other = np.nonzero(np.triu(common == least, 1))
        below = np.zeros((least, len(one)))  # the probability of each number of common columns below the least
        below[:1] = 1
        for chance, many in zip((kinds[one] * kinds[other]).T, times, strict=True):
            exactly = stats.binom.pmf(np.arange(least)[:, None], many, chance)
            below = np.array([(below[: k + 1] * exactly[k::-1]).sum(axis=0) for k in range(least)])
        p[one, other] = p[other, one] = np.clip(1 - below.sum(axis=0), 0, 1)
    return p


def disparity(table: Table) -> NDArray[np.float64]:
    """How much of a row's strength one edge has, for the one of the two where that is more (Serrano et al. 2009)."""
    weights = (table @ table.T).astype(float)
    np.fill_diagonal(weights, 0)
    degree, strength = (weights > 0).sum(axis=1, keepdims=True), weights.sum(axis=1, keepdims=True)
    share = weights / np.maximum(strength, 1)
    one_way = np.where((weights > 0) & (degree > 1), (1 - share) ** (degree - 1), 1)
    return np.minimum(one_way, one_way.T)


def as_records(whose: Table, about: Table) -> list[Record]:
    """The same for `kg.network`; names are numbers."""
    frame = Frame("proposals", None, "全部立案")
    return [
        Record(
            f"{row:05}",
            frame,
            tuple((End("sector", f"{end:05}", ""),) for end in np.flatnonzero(whose[row])),
            tuple(End("theme", f"{theme:05}", "") for theme in np.flatnonzero(about[row])),
            None,
        )
        for row in range(len(whose))
    ]


def ours(whose: Table, about: Table, side: str) -> Pairs:
    """What `kg.network` keeps."""
    rows = as_records(whose, about)
    incidence, counts = incidence_of(rows), network.counts_of(rows, ["sector"])
    if incidence is None or counts is None:
        return set()
    if side == "ends":
        names, ties = counts.ends, network.validated(incidence, counts)
    else:
        names, ties = incidence.themes, network.validated_themes(incidence)
    return {(int(names[i].iri), int(names[j].iri)) for (i, j), tie in ties.items() if tie.kept}


PEERS: dict[str, Callable[[Table], NDArray[np.float64]]] = {
    "hypergeometric": hypergeometric,
    "configuration model": configuration_model,
    "disparity filter": disparity,
}


def tried(side: str, shape: tuple[int, int, int], planted: bool, long_records: float) -> dict[str, list[float]]:
    """Test → its figures over the frames: without planted ties one, with planted ones two."""
    told: dict[str, list[list[float]]] = {}
    for seed in range(FRAMES):
        whose, about, truth = random_frame(shape, np.random.default_rng(seed), side if planted else "", long_records)
        own = whose if side == "ends" else about
        table = (whose.T @ about > 0).astype(int) if side == "ends" else about.T
        enough = np.flatnonzero(own.sum(axis=0) >= 3)
        there = table[:, table.any(axis=0)][table.any(axis=1)]
        place = np.cumsum(table.any(axis=1)) - 1
        found = {"ours": ours(whose, about, side)}
        for name, test in PEERS.items():
            p = np.ones((len(table), len(table)))
            p[np.ix_(enough, enough)] = test(there)[np.ix_(place[enough], place[enough])]
            found[name] = kept(p, enough)
        for name, pairs in found.items():
            right = (
                [len(pairs & truth) / len(truth), len(pairs - truth) / max(len(pairs), 1)] if truth else [bool(pairs)]
            )
            told.setdefault(name, []).append(right)
    return {name: np.mean(figures, axis=0).tolist() for name, figures in told.items()}


def lines_of_cells() -> Iterator[str]:
    """The table of ends and themes, a line a size."""
    yield f"| records, ends, themes | any q | {' | '.join(f'z, prior {prior}' for prior in PRIORS)} |"
    yield "|---|" + "--:|" * (1 + len(PRIORS))
    for shape in ((60, 12, 20), *SIZES):
        found, above = [], []
        for seed in range(FRAMES):
            whose, about, _ = random_frame(shape, np.random.default_rng(seed))
            counts = network.counts_of(as_records(whose, about), ["sector"])
            if counts is None:
                continue
            found.append(network.q_values(network.over_represented(counts)).min() < LEVEL)
            of_each = [network.log_odds(counts, prior)[1][counts.joint > 0].compressed() for prior in PRIORS]
            above.append([np.mean(z > 1.96) for z in of_each])
        told = " | ".join(f"{figure:.3f}" for figure in (np.mean(found), *np.mean(above, axis=0)))
        yield f"| {', '.join(map(str, shape))} | {told} |"


def lines_of_ties() -> Iterator[str]:
    """The table of ties of two of a kind, a line a test and size."""
    yield "| ties of | records, ends, themes | test | false | false, some long records | found | wrong |"
    yield "|---|---|---|--:|--:|--:|--:|"
    for side in ("ends", "themes"):
        for shape in SIZES:
            blind, uneven = (tried(side, shape, planted=False, long_records=share) for share in (0, 0.03))
            there = tried(side, shape, planted=True, long_records=0)
            for name in blind:
                figures = (*blind[name], *uneven[name], *there[name])
                told = " | ".join(f"{figure:.2f}" for figure in figures)
                yield f"| {side} | {', '.join(map(str, shape))} | {name} | {told} |"


def main() -> None:
    """Print the two tables."""
    print(f"## Ends and themes by chance, {FRAMES} random frames a figure\n")
    for line in lines_of_cells():
        print(line, flush=True)
    print(f"\n## Ties told from chance, {FRAMES} random frames a figure\n")
    for line in lines_of_ties():
        print(line, flush=True)


if __name__ == "__main__":
    main()
