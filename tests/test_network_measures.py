"""Each measure of ends and themes against a second implementation, by hand, and under chance; and the minima."""

import math
import random
import subprocess
import sys
from dataclasses import astuple, replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from kg import network
from kg.network import End, Frame, Record
from kg.network.association import worked_example
from kg.network.backbone import moments_of_sum
from kg.network.conditional_poisson import fitted_weights, pair_probabilities
from kg.network.counts import incidence_of

FRAME = Frame("proposals", None, "全部立案")
ENDS = [End("sector", f"s{n:02}", f"第{n}界") for n in range(40)]
THEMES = [End("theme", f"t{n:03}", f"议题{n}") for n in range(150)]


def rows_of(*named: tuple[tuple[int, ...], tuple[int, ...]]) -> list[Record]:
    """A record for each pair of ends and themes, by their numbers."""
    return [
        Record(f"r{n:05}", FRAME, tuple((ENDS[end],) for end in ends), tuple(THEMES[theme] for theme in themes), None)
        for n, (ends, themes) in enumerate(named)
    ]


def blind_rows(seed: int, records: int, ends: int, themes: int, sizes=(0.5, 0.3, 0.15, 0.05), long_records=0.0):
    """Records in which ends and themes are unrelated, some popular and some rare, a fifth of them joint."""
    chance = np.random.default_rng(seed)
    busy, popular = (1 / (1 + chance.permutation(many)) for many in (ends, themes))
    named = []
    for _ in range(records):
        size = 10 if chance.random() < long_records else min(1 + chance.choice(len(sizes), p=sizes), themes)
        whose = chance.choice(ends, 1 + (chance.random() < 0.2), replace=False, p=busy / busy.sum())
        about = chance.choice(themes, size, replace=False, p=popular / popular.sum())
        named.append((tuple(whose.tolist()), tuple(about.tolist())))
    return rows_of(*named)


def counted(rows):
    counts = network.counts_of(rows, ["sector"])
    assert counts is not None
    return counts


frames = st.builds(
    blind_rows,
    seed=st.integers(0, 2**32 - 1),
    records=st.integers(30, 60),
    ends=st.integers(2, 6),
    themes=st.integers(2, 8),
)


def of_ends(rows, **choices):
    """What `validated` says of two ends, by their names."""
    counts = counted(rows)
    told = network.validated(incidence_of(rows), counts, **choices)
    return {(counts.ends[i], counts.ends[j]): tie for (i, j), tie in told.items()}


def of_themes(rows, **choices):
    """What `validated_themes` says of two themes, by their names."""
    incidence = incidence_of(rows)
    told = network.validated_themes(incidence, **choices)
    return {(incidence.themes[i], incidence.themes[j]): tie for (i, j), tie in told.items()}


def has_end(row: Record, end: End) -> bool:
    return any(end in agent for agent in row.agents)


def cells(counts):
    """The cells of those ends that have three records or more."""
    return [(i, j) for i in range(len(counts.ends)) if counts.of_end[i] >= 3 for j in range(len(counts.themes))]


# ---- Shares, lift, PPMI --------------------------------------------------------------------------


@settings(deadline=None)
@given(frames)
def test_the_shares_of_an_end_and_those_of_a_theme_add_up_to_one(rows):
    counts = counted(rows)
    assert np.allclose(network.attention(counts).sum(axis=1), 1)
    assert np.allclose(network.contribution(counts).sum(axis=0), 1)
    assert np.allclose(network.attention(counts), counts.matrix() / counts.matrix().sum(axis=1, keepdims=True))


@settings(deadline=None)
@given(frames)
def test_lift_and_ppmi_agree_with_the_graph_and_average_to_what_is_expected(rows):
    counts = counted(rows)
    lift, ppmi = network.lift(counts), network.ppmi(counts)
    graph = network.sector_theme(rows, ["sector"])
    sums, whole = dict(graph.degree(weight="weight")), graph.size(weight="weight")
    for i, j in cells(counts):
        end, theme = counts.ends[i], counts.themes[j]
        weight = graph.edges[end, theme]["weight"] if graph.has_edge(end, theme) else 0
        exact = float(Fraction(weight) * Fraction(whole) / (sums[end] * sums[theme]))
        assert lift[i, j] == exact
        assert math.isclose(ppmi[i, j], max(0.0, math.log2(exact)) if exact else 0.0)
    weights = counts.matrix()
    expected = np.outer(weights.sum(axis=1), weights.sum(axis=0)) / weights.sum()
    assert math.isclose((lift.data * expected).sum(), weights.sum())


# ---- Log-odds ------------------------------------------------------------------------------------


@settings(deadline=None)
@given(frames, st.floats(0.005, 5))
def test_log_odds_agree_with_loops(rows, prior):
    counts = counted(rows)
    delta, z = network.log_odds(counts, prior)
    for i, j in cells(counts):
        if len(counts.themes) == 1 or counts.of_end[i] == counts.records:
            continue
        own = [sum(has_end(row, counts.ends[i]) and theme in row.themes for row in rows) for theme in counts.themes]
        rest = [
            sum(not has_end(row, counts.ends[i]) and theme in row.themes for row in rows) for theme in counts.themes
        ]
        alpha, whole = prior * (own[j] + rest[j]), prior * (sum(own) + sum(rest))
        odds = [(group[j] + alpha) / (sum(group) + whole - group[j] - alpha) for group in (own, rest)]
        deviation = math.sqrt(1 / (own[j] + alpha) + 1 / (rest[j] + alpha))
        assert math.isclose(delta[i, j], math.log(odds[0] / odds[1]), abs_tol=1e-9)
        assert math.isclose(z[i, j], math.log(odds[0] / odds[1]) / deviation, abs_tol=1e-9)


def test_without_a_prior_log_odds_are_those_of_the_sample_and_a_large_one_levels_them():
    counts = worked_example()
    sample = stats.contingency.odds_ratio([[6, 4], [6, 24]], kind="sample").statistic
    assert math.isclose(network.log_odds(counts, 1e-9)[0][0, 0], math.log(sample), rel_tol=1e-6)
    sizes = [network.log_odds(counts, prior)[0][0, 0] for prior in (0.01, 0.1, 1, 1e5)]
    assert sizes == sorted(sizes, reverse=True) and 0 < sizes[-1] < 1e-4


def test_where_no_end_prefers_a_theme_few_z_are_large():
    for records, themes in ((60, 20), (300, 100)):
        large, cells_with_records = 0, 0
        for seed in range(20):
            found = network.figures(counted(blind_rows(seed, records, 15, themes))).values()
            z = [figure.z for figure in found if figure.z is not None]
            large, cells_with_records = large + sum(one > 1.96 for one in z), cells_with_records + len(z)
        assert large / cells_with_records < 0.035


def test_of_two_ends_one_has_the_odds_that_the_other_lacks():
    delta, z = network.log_odds(worked_example())
    assert np.allclose(delta[0], -delta[1]) and np.allclose(z[0], -z[1])


@pytest.mark.parametrize("prior", [0, -1, math.nan])
def test_a_prior_of_nothing_is_refused(prior):
    with pytest.raises(ValueError, match="above 0"):
        network.log_odds(worked_example(), prior)


def test_who_has_all_records_is_compared_with_nobody():
    alone = counted(rows_of(*[((0,), (n % 2,)) for n in range(40)]))
    assert {figure.log_odds for figure in network.figures(alone).values()} == {None}
    assert {figure.lift for figure in network.figures(alone).values()} == {1.0}
    one_theme = counted(rows_of(*[((n % 2,), (0,)) for n in range(40)]))
    assert {(figure.log_odds, figure.z) for figure in network.figures(one_theme).values()} == {(None, None)}


# ---- p and q -------------------------------------------------------------------------------------


@settings(deadline=None)
@given(frames)
def test_p_is_that_of_fishers_exact_test(rows):
    counts = counted(rows)
    p = network.over_represented(counts)
    for i, j in cells(counts):
        k, of_end, of_theme = int(counts.joint[i, j]), int(counts.of_end[i]), int(counts.of_theme[j])
        table = [[k, of_end - k], [of_theme - k, counts.records - of_end - of_theme + k]]
        assert math.isclose(p[i, j], stats.fisher_exact(table, alternative="greater").pvalue, rel_tol=1e-9)


@settings(deadline=None)
@given(frames)
def test_one_more_record_of_an_end_on_a_theme_is_less_probable(rows):
    counts = counted(rows)
    room = counts.joint < np.minimum.outer(counts.of_end, counts.of_theme)
    one_more = replace(counts, joint=counts.joint + room)
    before, after = network.over_represented(counts), network.over_represented(one_more)
    assert all(after[at] < before[at] for at in cells(counts) if room[at])


@settings(deadline=None)
@given(frames)
def test_q_is_the_least_share_of_chance_finds_over_all_ends_and_themes(rows):
    counts = counted(rows)
    p = network.over_represented(counts)
    q = network.q_values(p)
    asked = [float(p[at]) for at in cells(counts)]  # those without a record too
    for at in cells(counts):
        keeping = [level for level in asked if level >= p[at]]
        shares = [level * len(asked) / sum(other <= level for other in asked) for level in keeping]
        assert math.isclose(q[at], min(1.0, *shares), rel_tol=1e-9)
        assert q[at] >= p[at]


def test_an_end_and_a_theme_without_a_record_in_common_are_a_test_as_well():
    counts = counted(rows_of(*[((n % 2,), (n % 2,)) for n in range(40)]))
    assert counts.joint.tolist() == [[20, 0], [0, 20]]
    p = network.over_represented(counts)
    assert p[0, 1] == 1
    assert math.isclose(network.q_values(p)[0, 0], p[0, 0] * 4 / 2)


def test_no_p_is_said_to_be_nothing():
    rows = rows_of(*[((n % 2,), (n % 2,)) for n in range(4000)])
    assert 0 < network.figures(counted(rows))[0, 0].p < 1e-300


def test_where_there_is_nothing_to_find_hardly_anything_is_found():
    found = [
        any(figure.q is not None and figure.q < 0.05 for figure in network.figures(counted(rows)).values())
        for rows in (blind_rows(seed, 120, 12, 30) for seed in range(60))
    ]
    assert sum(found) <= 5, "3 of 60 are due at a level of 5%"


def test_a_preference_is_found():
    rows = blind_rows(1, 120, 8, 20)
    rows += [replace(row, iri=f"own-{row.iri}") for row in rows_of(*[((7,), (19,))] * 8)]
    counts = counted(rows)
    assert network.figures(counts)[counts.ends.index(ENDS[7]), counts.themes.index(THEMES[19])].q < 0.05


# ---- The minima ----------------------------------------------------------------------------------


def test_below_thirty_records_there_are_shares_and_nothing_else():
    found = network.figures(counted(rows_of(*[((n % 2,), (n % 3,)) for n in range(29)])))
    assert found
    for figure in found.values():
        share, *others = astuple(figure)
        assert 0 < share <= 1
        assert others == [None] * 6
    assert None not in astuple(network.figures(counted(rows_of(*[((n % 2,), (n % 3,)) for n in range(30)])))[0, 0])


def test_an_end_of_two_records_has_shares_alone_and_is_no_test():
    rows = rows_of(*[((n % 2,), (n % 3,)) for n in range(40)], ((2,), (0,)), ((2,), (1,)))
    counts = counted(rows)
    found = network.figures(counts)
    assert astuple(found[2, 0]) == (0.5, None, None, None, None, None, None)
    p = network.over_represented(counts)
    assert network.q_values(p).count() == p.count() == 6
    assert astuple(network.figures(counted([*rows, *more(rows, ((2,), (0,)))]))[2, 0])[1] is not None


def more(rows, *named):
    """Further records."""
    return [replace(row, iri=f"r{len(rows) + n:05}") for n, row in enumerate(rows_of(*named))]


def test_a_masked_figure_cannot_be_printed_as_a_number():
    lift = network.lift(counted(rows_of(*[((n % 2,), (n % 3,)) for n in range(29)])))
    assert lift.count() == 0
    assert str(lift[0, 0]) == "--"


@pytest.mark.parametrize("test", [of_ends, of_themes])
def test_below_the_minima_no_tie_of_two_of_a_kind_has_a_figure(test):
    assert test(rows_of(*[((n % 2,), (0, 1 + n % 2)) for n in range(29)])) == {}
    rows = rows_of(*[((n % 2,), (0, 1 + n % 2)) for n in range(40)], *[((2,), (0, 3))] * 2)
    named = {name for pair in test(rows) for name in pair}
    assert named and not named & {ENDS[2], THEMES[3]}


# ---- Two themes ----------------------------------------------------------------------------------

weights = st.lists(st.floats(0.05, 20), min_size=3, max_size=7).map(np.array)


@settings(deadline=None)
@given(weights, st.integers(1, 5))
def test_the_chance_of_two_themes_is_that_of_all_sets_counted_out(given_weights, size):
    themes = len(given_weights)
    size = min(size, themes)
    sets = {found: math.prod(given_weights[list(found)]) for found in combinations(range(themes), size)}
    one, other = np.triu_indices(themes, 1)
    found = pair_probabilities(given_weights, size, one, other)
    for i, j, chance in zip(one, other, found, strict=True):
        by_hand = sum(weight for named, weight in sets.items() if {i, j} <= set(named)) / sum(sets.values())
        assert math.isclose(chance, by_hand, abs_tol=1e-9)


@settings(deadline=None)
@given(frames)
def test_each_theme_is_expected_as_often_as_it_is_named(rows):
    named = [len(row.themes) for row in rows]
    themes = sorted({theme for row in rows for theme in row.themes})
    often = np.array([sum(theme in row.themes for row in rows) for theme in themes])
    assume(max(often) < len(rows) and len(themes) > 5)  # else two may fill all there is room for: no weights are exact
    fitted = fitted_weights({size: named.count(size) for size in set(named)}, often)
    expected = np.zeros(len(themes))
    for size in named:
        sets = list(combinations(range(len(themes)), size))
        chances = np.array([math.prod(fitted[list(found)]) for found in sets])
        for found, chance in zip(sets, chances / chances.sum(), strict=True):
            expected[list(found)] += chance
    assert np.allclose(expected, often, rtol=1e-6)


@settings(deadline=None, max_examples=30)
@given(frames)
def test_p_of_two_themes_is_that_of_independent_draws_record_by_record(rows):
    themes = sorted({theme for row in rows for theme in row.themes})
    often = np.array([sum(theme in row.themes for row in rows) for theme in themes])
    assume(max(often) < len(rows))
    sizes = [len(row.themes) for row in rows]
    fitted = fitted_weights({size: sizes.count(size) for size in set(sizes)}, often)
    for (one, other), tie in of_themes(rows).items():
        pair = np.array([themes.index(one)]), np.array([themes.index(other)])
        spread = np.ones(1)
        for size in sizes:
            chance = float(pair_probabilities(fitted, size, *pair)[0])
            spread = np.convolve(spread, [1 - chance, chance])
        times = sum(one in row.themes and other in row.themes for row in rows)
        assert math.isclose(tie.p, spread[times:].sum(), rel_tol=1e-6)


def test_a_theme_that_every_record_names_is_tied_to_none():
    rows = rows_of(*[((0,), (0, 1 + n % 3)) for n in range(40)])
    assert {tie.p for tie in of_themes(rows).values()} == {1.0}
    assert not [tie for tie in of_themes(rows).values() if tie.kept]


def test_records_without_an_end_count_for_themes():
    rows = rows_of(*[((), (0, 1)) for _ in range(12)], *[((), (2 + n % 5, 7 + n % 4)) for n in range(40)])
    assert of_themes(rows)[THEMES[0], THEMES[1]].kept
    whose = rows_of(*[((n % 3,), (2 + n % 5,)) for n in range(36)])
    both = [*whose, *more(whose, *[((), (0, 1))] * 12)]
    assert of_ends(both) == of_ends(whose)


# ---- Two ends ------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=3, max_size=8), st.data())
def test_the_moments_of_a_blind_sum_are_those_of_all_sums(scores, data):
    drawn = data.draw(st.integers(0, len(scores)))
    sums = np.array([sum(found) for found in combinations(scores, drawn)])
    [variance], [third] = moments_of_sum(np.array(scores), np.array([drawn]))
    assert math.isclose(variance, np.var(sums), abs_tol=1e-6)
    assert math.isclose(third, np.mean((sums - sums.mean()) ** 3), abs_tol=1e-6)


def permuted_p(rows, one: End, other: End, chance: np.random.Generator, times: int) -> float:
    """How often records of the one, drawn blindly from all but the other's, are as near to the other's: by trying."""
    themes = sorted({theme for row in rows for theme in row.themes})
    about = np.array([[theme in row.themes for theme in themes] for row in rows], dtype=float)
    first, second = (np.array([has_end(row, end) for row in rows]) for end in (one, other))
    often = about.sum(axis=0)
    scores = about @ (about[second].sum(axis=0) / often - second.sum() / len(rows))
    free = scores[~second]
    own = first[~second]
    tried = [chance.permutation(free)[: own.sum()].sum() for _ in range(times)]
    return float(np.mean(np.array(tried) >= free[own].sum() - 1e-9))


def test_p_of_two_ends_is_that_of_permutations():
    rows = blind_rows(5, 150, 8, 25)
    found = of_ends(rows)
    chance = np.random.default_rng(0)
    assert len(found) > 10
    for (one, other), tie in found.items():
        by_trying = max(permuted_p(rows, *pair, chance, 2000) for pair in ((one, other), (other, one)))
        assert math.isclose(tie.p, by_trying, rel_tol=0.25, abs_tol=0.03)


def test_ends_that_propose_all_together_are_not_like_by_that():
    joint = [((0, 1), (n % 4,)) for n in range(12)]
    others = [((2 + n % 3,), (4 + n % 8,)) for n in range(40)]
    assert of_ends(rows_of(*joint, *others))[ENDS[0], ENDS[1]].p == 1


def test_no_p_of_two_ends_is_below_one_in_all_permutations():
    """Of the four records that are not the first end's, the three nearest to it are the second's: one draw in four."""
    rows = rows_of(*[((0,), (n % 2,)) for n in range(30)], *[((1,), (n % 2,)) for n in range(3)], ((2,), (2,)))
    assert math.isclose(of_ends(rows)[ENDS[0], ENDS[1]].p, 1 / 4)


def test_popular_themes_alone_tie_no_ends():
    """Every two have themes in common, and none more than the popularity of the themes gives."""
    rows = blind_rows(3, 300, 12, 40, sizes=(1,))
    found = of_ends(rows)
    assert len(found) > 40
    assert not [tie for tie in found.values() if tie.kept]


@pytest.mark.parametrize("long_records", [0, 0.03])
def test_random_records_tie_hardly_any_ends_or_themes(long_records):
    frames_tried = [blind_rows(seed, 150, 15, 30, long_records=long_records) for seed in range(60)]
    for test in (of_ends, of_themes):
        found = [any(tie.kept for tie in test(rows).values()) for rows in frames_tried]
        assert sum(found) <= 5, "3 of 60 are due at a level of 5%"
        p = [tie.p for rows in frames_tried for tie in test(rows).values()]
        assert np.mean(np.array(p) < 0.05) <= 0.07


def test_ends_that_share_themes_of_their_own_are_tied():
    common = [((n % 12,), (n % 7,)) for n in range(120)]
    own = [((n % 2,), (10 + n % 3,)) for n in range(24)]
    kept = {pair for pair, tie in of_ends(rows_of(*common, *own)).items() if tie.kept}
    assert (ENDS[0], ENDS[1]) in kept


# ---- What holds of both --------------------------------------------------------------------------


@settings(deadline=None, max_examples=30)
@given(frames, st.randoms())
def test_the_order_of_the_records_changes_no_figure(rows, chance: random.Random):
    other = rows.copy()
    chance.shuffle(other)
    assert network.figures(counted(other)) == network.figures(counted(rows))
    for test in (of_ends, of_themes):
        assert list(test(other).items()) == list(test(rows).items())


@settings(deadline=None, max_examples=30)
@given(frames)
def test_names_change_no_figure_of_two_of_a_kind(rows):
    """The first and the last end change names, and so do two themes."""
    swap = {ENDS[0]: ENDS[1], ENDS[1]: ENDS[0], THEMES[0]: THEMES[1], THEMES[1]: THEMES[0]}
    renamed = [
        replace(
            row,
            agents=tuple(tuple(swap.get(end, end) for end in agent) for agent in row.agents),
            themes=tuple(swap.get(theme, theme) for theme in row.themes),
        )
        for row in rows
    ]
    for test in (of_ends, of_themes):
        before, after = test(rows), test(renamed)
        assert len(before) == len(after)
        for (one, other), tie in before.items():
            again = after[tuple(sorted((swap.get(one, one), swap.get(other, other))))]
            assert math.isclose(tie.p, again.p, rel_tol=1e-6)
            assert math.isclose(tie.q, again.q, rel_tol=1e-6)


@settings(deadline=None, max_examples=30)
@given(frames)
def test_p_and_q_are_probabilities_and_the_level_decides(rows):
    for test in (of_ends, of_themes):
        strict, lax = test(rows, level=0.01), test(rows, level=0.5)
        assert strict.keys() == lax.keys()
        for pair, tie in strict.items():
            assert pair == tuple(sorted(pair))
            assert 0 < tie.p <= tie.q * (1 + 1e-12) and tie.q <= 1
            assert (tie.kept, lax[pair].kept) == (tie.q < 0.01, tie.q < 0.5)


def test_every_run_gives_the_same_figures():
    code = (
        "import sys; sys.path.insert(0, 'tests'); import test_network_measures as t; rows = t.blind_rows(1, 80, 6, 12);"
        "print(t.network.figures(t.counted(rows)), t.of_ends(rows), t.of_themes(rows))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""
