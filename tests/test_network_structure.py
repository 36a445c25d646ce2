"""Groups, brokers and specialisation: by hand, against igraph and SciPy, and never where there is too little."""

import itertools
import math
import os
import random
import subprocess
import sys
from fractions import Fraction

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import braycurtis
from scipy.stats import entropy

from kg import network
from kg.network import Counts, End, Frame, Record, Support
from kg.network.communities import adjusted_rand

FRAME = Frame("proposals", None, "全部立案")


def ends(number: int, kind: str = "sector") -> list[End]:
    return [End(kind, f"{kind}/{n:02}", f"第{n}界") for n in range(number)]


def graph_of(number: int, ties) -> nx.Graph:
    """Ends 0 … number − 1, joined by ties of (place, place, strength)."""
    nodes = ends(number)
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from((nodes[i], nodes[j], weight) for i, j, weight in ties)
    return graph


def supported(graph: nx.Graph, records: int = 30, each: int = 5) -> Support:
    return Support(records, dict.fromkeys(graph, each))


def as_igraph(graph: nx.Graph) -> igraph.Graph:
    """Vertex n is the nth end."""
    order = {end: place for place, end in enumerate(sorted(graph))}
    found = igraph.Graph(n=len(order), edges=[(order[one], order[other]) for one, other in graph.edges])
    found.es["strength"] = [float(weight) for _, _, weight in graph.edges(data="weight")]
    return found


def labels(found: network.Communities) -> list[int]:
    """The group of each end, the ends in order."""
    group = {end: number for number, one in enumerate(found.groups) for end in one}
    return [group[end] for end in sorted(group)]


def planted(groups: int, size: int, chance: random.Random, within: float = 0.8, between: float = 0.05) -> nx.Graph:
    pairs = itertools.combinations(range(groups * size), 2)
    ties = [
        (i, j, chance.randint(1, 3))
        for i, j in pairs
        if chance.random() < (within if i // size == j // size else between)
    ]
    return graph_of(groups * size, ties)


strength = st.one_of(st.integers(1, 6), st.fractions(min_value=Fraction(1, 6), max_value=3, max_denominator=12))


@st.composite
def graphs(draw, most: int = 9):
    number = draw(st.integers(2, most))
    pairs = list(itertools.combinations(range(number), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    return graph_of(number, [(i, j, draw(strength)) for i, j in chosen])


# ---- Groups --------------------------------------------------------------------------------------


@settings(deadline=None)
@given(graphs())
def test_the_groups_share_out_the_ends_and_each_hangs_together(graph):
    found = network.communities_of(graph, supported(graph), runs=5)
    assert sorted(end for group in found.groups for end in group) == sorted(graph)
    assert all(nx.is_connected(graph.subgraph(group)) for group in found.groups)
    assert [len(group) for group in found.groups] == sorted(map(len, found.groups), reverse=True)
    assert 1 <= found.best <= found.runs == 5
    assert found.stability <= 1 and all(0 < value <= 1 for value in found.consensus.values())
    assert set(found.consensus) == set(graph)


@settings(deadline=None)
@given(graphs())
def test_modularity_agrees_with_igraph(graph):
    found = network.communities_of(graph, supported(graph), runs=3)
    other = as_igraph(graph)
    assert math.isclose(found.modularity, other.modularity(labels(found), weights="strength"), abs_tol=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_what_louvain_finds_is_as_good_as_what_leiden_finds(seed):
    chance = random.Random(seed)
    graph = planted(3, 8, chance, within=0.5, between=0.15)
    other = as_igraph(graph)
    igraph.set_random_number_generator(chance)
    try:
        leiden = max(
            other.community_leiden("modularity", weights="strength", n_iterations=-1).modularity for _ in range(25)
        )
    finally:
        igraph.set_random_number_generator(random)
    assert network.communities_of(graph, supported(graph)).modularity >= leiden - 0.01


def test_small_graphs_get_the_best_of_all_partitions():
    """Of such graphs about one in a thousand gets a slightly worse one."""
    chance = random.Random(5)
    for _ in range(60):
        number = chance.randint(3, 6)
        pairs = list(itertools.combinations(range(number), 2))
        ties = [(i, j, chance.randint(1, 6)) for i, j in chance.sample(pairs, chance.randint(2, len(pairs)))]
        graph = graph_of(number, ties)
        other = as_igraph(graph)
        best = max(
            other.modularity(list(partition), weights="strength")
            for partition in itertools.product(range(number), repeat=number)
            if all(label <= max(partition[:place], default=-1) + 1 for place, label in enumerate(partition))
        )
        assert math.isclose(network.communities_of(graph, supported(graph)).modularity, best, abs_tol=1e-9)


def test_planted_groups_are_found_and_every_run_agrees():
    found = network.communities_of(graph := planted(4, 8, random.Random(1)), supported(graph))
    nodes = ends(32)
    assert set(found.groups) == {tuple(nodes[at : at + 8]) for at in range(0, 32, 8)}
    assert found.stability == 1 and set(found.consensus.values()) == {1} and found.best == found.runs


def test_groups_that_are_not_there_are_told_by_their_instability():
    chance = random.Random(2)
    graph = graph_of(40, [(i, j, 1) for i, j in itertools.combinations(range(40), 2) if chance.random() < 0.2])
    found = network.communities_of(graph, supported(graph))
    assert found.modularity > 0.2, "a high modularity alone proves nothing"
    assert found.stability < 0.6 and min(found.consensus.values()) < 0.6


def test_an_end_without_ties_is_a_group_of_its_own():
    graph = graph_of(4, [(0, 1, 1), (1, 2, 1), (0, 2, 1)])
    found = network.communities_of(graph, supported(graph))
    assert [len(group) for group in found.groups] == [3, 1]
    assert found.modularity == 0


@settings(deadline=None)
@given(st.integers(2, 12).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2)))
def test_the_adjusted_rand_index_agrees_with_igraph(pair):
    one, other = (tuple(found) for found in pair)
    theirs = igraph.compare_communities(list(one), list(other), method="adjusted_rand")
    same = 1.0 if math.isnan(theirs) else theirs  # igraph has no figure where all are apart, or all together, in both
    assert math.isclose(adjusted_rand(one, other), same, abs_tol=1e-12)
    assert adjusted_rand(one, one) == 1


@settings(deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_kind_of_number_changes_anything(graph, chance):
    nodes, ties = list(graph), [(a, b, {"weight": float(w)}) for a, b, w in graph.edges(data="weight")]
    same = nx.Graph()
    same.add_nodes_from(nodes)
    same.add_edges_from(ties)
    chance.shuffle(nodes)
    chance.shuffle(ties)
    other = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from((b, a, w) if chance.random() < 0.5 else (a, b, w) for a, b, w in ties)
    support = supported(graph)
    for measure in (network.communities_of, network.betweenness, network.bridges):
        assert repr(measure(other, support)) == repr(measure(same, support))


SHOWN = """
import networkx as nx
from kg import network
from kg.network import End, Support
ends = {End("sector", f"sector/{n}", f"第{n}界"): n for n in range(30)}
graph = nx.Graph()
for one, n in {*ends.items()}:  # a set, whose order is another in each process
    for other, m in {*ends.items()}:
        if n != m and n * m % 7 < 2:
            graph.add_edge(one, other, weight=1 + (n + m) % 3)
support = Support(90, dict.fromkeys(ends, 3))
print(network.communities_of(graph, support), network.betweenness(graph, support), network.bridges(graph, support))
"""


def test_the_seed_of_pythons_hashes_changes_nothing():
    shown = {
        subprocess.run(
            [sys.executable, "-c", SHOWN],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in "012"
    }
    assert len(shown) == 1


# ---- Brokers -------------------------------------------------------------------------------------


@settings(deadline=None)
@given(graphs())
def test_betweenness_agrees_with_igraph(graph):
    found = network.betweenness(graph, supported(graph))
    other = as_igraph(graph)
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    theirs = other.betweenness(weights=[1 / weight for weight in other.es["strength"]])
    assert list(found) == sorted(graph)
    for value, there in zip(found.values(), theirs, strict=True):
        assert math.isclose(value, there / pairs if pairs else 0, abs_tol=1e-9)
        assert 0 <= value <= 1


def test_paths_of_thirds_that_are_equally_long_are_equally_long():
    """By floats 1/10 and 1/5 make more than 1/(10/3): the path round would be lost."""
    graph = graph_of(3, [(0, 1, 10), (1, 2, 5), (0, 2, Fraction(10, 3))])
    assert network.betweenness(graph, supported(graph))[ends(3)[1]] == 0.5


@settings(deadline=None)
@given(graphs())
def test_bridges_agree_with_igraph_and_are_what_parts_the_graph(graph):
    found = network.bridges(graph, supported(graph))
    other, nodes = as_igraph(graph), sorted(graph)
    theirs = {tuple(sorted((nodes[edge.source], nodes[edge.target]))) for edge in other.es[other.bridges()]}
    assert list(found) == sorted(theirs)
    parts = nx.number_connected_components(graph)
    for one, two in found:
        without = graph.copy()
        without.remove_edge(one, two)
        assert nx.number_connected_components(without) == parts + 1


# ---- Minima --------------------------------------------------------------------------------------

MEASURES = [network.communities_of, network.betweenness, network.bridges]


@pytest.mark.parametrize("measure", MEASURES)
def test_below_thirty_records_nothing_is_measured(measure):
    graph = planted(2, 5, random.Random(4))
    assert measure(graph, supported(graph, records=29)) is None
    assert measure(graph, supported(graph, records=30)) is not None


def test_ends_with_fewer_than_three_records_and_ties_of_no_strength_are_left_out():
    graph = graph_of(5, [(0, 1, 1), (1, 2, 1), (0, 2, 1), (2, 3, 1), (0, 4, 0)])
    support = Support(30, {end: 2 if end == ends(5)[3] else 3 for end in graph})
    part = network.measurable(graph, support)
    assert part.nodes == (*ends(3), ends(5)[4])
    assert sorted(part.graph.edges) == [(0, 1), (0, 2), (1, 2)]
    assert network.communities_of(graph, support).left_out == part.left_out == (ends(5)[3],)
    assert network.bridges(graph, support) == ()
    assert ends(5)[3] not in network.betweenness(graph, support)


def test_without_any_tie_there_are_no_groups():
    graph = graph_of(3, [])
    assert network.communities_of(graph, supported(graph)) is None
    assert network.betweenness(graph, supported(graph)) == dict.fromkeys(ends(3), 0)
    assert network.bridges(graph, supported(graph)) == ()


@pytest.mark.parametrize("measure", MEASURES)
def test_what_these_measures_are_not_made_for_is_refused(measure):
    graph = graph_of(2, [(0, 1, -1)])
    with pytest.raises(ValueError, match="negative"):
        measure(graph, supported(graph))
    with pytest.raises(ValueError, match="directed"):
        measure(nx.DiGraph(graph), supported(graph))


def test_the_support_is_that_of_the_counts():
    a, b = ends(2)
    x, y = ends(2, "theme")
    counts = network.counts_of(
        [Record("r1", FRAME, ((a,), (b,)), (x,), x), Record("r2", FRAME, ((a,),), (x, y), x)], ["sector"]
    )
    assert network.support_of(counts) == Support(2, {a: 2, b: 1, x: 2, y: 1})


def test_the_name_of_a_group_says_nothing_of_factions():
    assert network.GROUP == "议题相近的界别"
    assert "不表示立场一致" in network.GROUP_SAID
    assert not set("派圈阵营") & set(network.GROUP_SAID)


# ---- Specialisation ------------------------------------------------------------------------------


def counts_from(joint) -> Counts:
    """The counts of as many records as the table has, each of one end and on one theme."""
    table = np.asarray(joint)
    weights = {(i, j): Fraction(int(table[i, j])) for i, j in zip(*table.nonzero(), strict=True)}
    rows, columns = table.shape
    return Counts(
        *(FRAME, tuple(ends(rows)), tuple(ends(columns, "theme")), int(table.sum())),
        *(table.sum(axis=1), table.sum(axis=0), table, weights),
    )


@st.composite
def tables(draw, ends_at_most: int = 4, themes_at_most: int = 5, most: int = 12):
    """A table in which every end and every theme has records, 30 or more in all."""
    rows, columns = draw(st.integers(1, ends_at_most)), draw(st.integers(1, themes_at_most))
    cells = draw(st.lists(st.integers(0, most), min_size=rows * columns, max_size=rows * columns))
    table = np.array(cells).reshape(rows, columns)
    for place in range(max(rows, columns)):
        table[place % rows, place % columns] += not (table[place % rows].any() and table[:, place % columns].any())
    table[draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))] += max(0, 30 - int(table.sum()))
    return table


@settings(deadline=None)
@given(tables())
def test_concentration_and_divergence_agree_with_loops_and_scipy(table):
    frame = table.sum(axis=0)
    for row, found in zip(table, network.specialisation_of(counts_from(table)), strict=True):
        if row.sum() < 3:
            assert found is None
            continue
        squares = sum((int(cell) / int(row.sum())) ** 2 for cell in row)
        assert math.isclose(found.concentration, squares)
        assert 1 / len(row) - 1e-12 <= found.concentration <= 1 + 1e-12
        if len(row) > 1:
            assert -1e-12 <= found.normalised <= 1 + 1e-12
        assert math.isclose(found.d, entropy(row, frame), abs_tol=1e-12)
        assert 0 <= found.d_min <= found.d <= found.d_max + 1e-12
        assert found.d_prime is None or 0 <= found.d_prime <= 1 + 1e-9


def fallen(records: int, room) -> list[tuple[int, ...]]:
    """Every way in which so many records can fall on themes with so much room."""
    if len(room) == 1:
        return [(records,)] if records <= room[0] else []
    return [(first, *rest) for first in range(min(records, room[0]) + 1) for rest in fallen(records - first, room[1:])]


@settings(deadline=None, max_examples=50)
@given(tables(ends_at_most=3, themes_at_most=4, most=8))
def test_the_least_divergence_is_the_least_of_all_ways_in_which_records_can_fall(table):
    frame = table.sum(axis=0)
    for row, found in zip(table, network.specialisation_of(counts_from(table)), strict=True):
        if found is not None:
            least = min(entropy(way, frame) for way in fallen(int(row.sum()), frame.tolist()))
            assert math.isclose(found.d_min, least, abs_tol=1e-12)


def least_from_expected(row, frame) -> float:
    """As published: expected numbers rounded down, then one record after the other where it adds least."""
    q = frame / frame.sum()
    falls = np.floor(q * row.sum())
    while falls.sum() < row.sum():
        room = [theme for theme in range(len(q)) if falls[theme] < frame[theme]]
        step = np.eye(len(q))
        falls = min((falls + step[theme] for theme in room), key=lambda way: entropy(way, q))
    return min(entropy(falls, q), entropy(row, q))


@settings(deadline=None)
@given(tables())
def test_the_published_heuristic_is_never_below_the_least_divergence(table):
    frame = table.sum(axis=0)
    for row, found in zip(table, network.specialisation_of(counts_from(table)), strict=True):
        if found is not None:
            assert found.d_min <= least_from_expected(row, frame) + 1e-9


def test_who_has_themes_alone_is_special_and_who_is_spread_as_all_are_is_not():
    apart, *_ = network.specialisation_of(counts_from([[10, 10, 0], [0, 0, 20]]))
    assert math.isclose(apart.d_prime, 1) and math.isclose(apart.concentration, 0.5)
    alike, other = network.specialisation_of(counts_from([[20, 0], [20, 0]]))
    assert alike == other
    assert alike.concentration == 1 and alike.d_prime == 0, "concentrated, and not special"
    [alone] = network.specialisation_of(counts_from([[20, 15]]))
    assert alone.d_prime is None
    [one_theme] = network.specialisation_of(counts_from([[40]]))
    assert (one_theme.concentration, one_theme.normalised) == (1, None)


def test_concentration_counts_shares_and_d_prime_whole_records():
    a, b = ends(2)
    x, y = ends(2, "theme")
    rows = [Record(f"r{n:02}", FRAME, ((a,), (b,)), (x,), x) for n in range(20)]
    rows += [Record(f"s{n:02}", FRAME, ((a,),), (y,), y) for n in range(10)]
    first, second = network.specialisation_of(network.counts_of(rows, ["sector"]))
    assert math.isclose(first.concentration, 0.5), "20 halves and 10 wholes"
    assert math.isclose(first.d, entropy([20, 10], [40, 10]))
    assert second.concentration == 1


def test_below_the_minima_there_is_no_specialisation_and_no_overlap():
    assert network.specialisation_of(counts_from([[10, 10], [5, 4]])) == (None, None)
    assert network.attention_overlap(counts_from([[10, 10], [5, 4]])) == {(0, 1): None}
    assert network.specialisation_of(counts_from([[30, 10], [1, 1]]))[1] is None
    assert network.attention_overlap(counts_from([[30, 10], [1, 1]])) == {(0, 1): None}


@settings(deadline=None)
@given(tables())
def test_overlap_is_what_bray_and_curtis_leave(table):
    found = network.attention_overlap(counts_from(table))
    assert len(found) == math.comb(len(table), 2)
    for (one, other), overlap in found.items():
        if min(table[one].sum(), table[other].sum()) < 3:
            assert overlap is None
            continue
        p, q = table[one] / table[one].sum(), table[other] / table[other].sum()
        assert math.isclose(overlap, 1 - braycurtis(p, q), abs_tol=1e-12)
        assert math.isclose(overlap, sum(min(a, b) for a, b in zip(p, q, strict=True)), abs_tol=1e-12)
