"""Agendas and cross tables: by hand, against SciPy and loops, with sums that agree and nothing made of too little."""

import math
import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import braycurtis
from scipy.stats import contingency, entropy

from kg import network
from kg.network import NO_DATA, UNSTATED, Agenda, Attention

TOPICS = ["教育", "交通", "养老", "医疗", "生态"]
weight = st.one_of(st.integers(1, 40), st.fractions(min_value=Fraction(1, 4), max_value=20, max_denominator=4))
row = st.builds(Attention, st.integers(2031, 2034), st.sampled_from(TOPICS), weight)
many = st.lists(row, max_size=30)
whole = st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 60), min_size=1).map(
    lambda found: network.agenda_of(Attention(2031, topic, 30 * number) for topic, number in found.items())
)


def agenda(**weights: int) -> Agenda:
    return network.agenda_of(Attention(2031, topic, number) for topic, number in weights.items())


# ---- Shares --------------------------------------------------------------------------------------


@settings(deadline=None)
@given(many, st.randoms(use_true_random=False))
def test_weights_and_shares_agree_with_a_loop_whatever_the_order(rows, chance: random.Random):
    found = network.agendas(rows)
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert repr(network.agendas(shuffled)) == repr(found)
    assert list(found) == sorted({row.period for row in rows})
    for period, one in found.items():
        mine = [row for row in rows if row.period == period]
        assert one.size == sum(Fraction(row.weight) for row in mine)
        for topic, weight in one.weights.items():
            assert weight == sum(Fraction(row.weight) for row in mine if row.topic == topic)
        assert (one.shares is None) == (one.size < 30)
        if one.shares is not None:
            assert sum(one.shares.values()) == 1
            assert all(share == one.weights[topic] / one.size for topic, share in one.shares.items())


def test_a_topic_without_weight_is_not_on_the_agenda_and_a_negative_one_is_refused():
    assert network.agenda_of([Attention(2031, "教育", 0)]).weights == {}
    with pytest.raises(ValueError, match="negative"):
        network.agendas([Attention(2031, "教育", -1)])


def test_what_nobody_wrote_has_no_agenda():
    empty = network.agenda_of([])
    assert (empty.size, empty.shares, network.diversity(empty, 20)) == (0, None, None)


# ---- Diversity -----------------------------------------------------------------------------------


@settings(deadline=None)
@given(whole, st.integers(0, 20))
def test_diversity_agrees_with_scipy(one, more):
    topics = max(2, len(one.weights) + more)
    found = network.diversity(one, topics)
    h = entropy([float(weight) for weight in one.weights.values()])
    assert math.isclose(found.entropy, h, abs_tol=1e-12)
    assert math.isclose(found.normalised, h / math.log(topics), abs_tol=1e-12)
    assert 0 <= found.normalised <= 1 + 1e-12
    assert 1 <= found.effective <= len(one.weights) + 1e-9


def test_diversity_of_one_topic_and_of_all_alike():
    assert network.diversity(agenda(教育=30), 20) == (0, 0, 1)
    assert math.isclose(network.diversity(agenda(教育=10, 交通=10, 养老=10), 3).normalised, 1)


def test_below_thirty_records_there_is_no_diversity_but_the_counts():
    few = agenda(教育=20, 交通=9)
    assert network.diversity(few, 20) is None
    assert (few.size, few.weights["教育"], few.shares) == (29, 20, None)


@pytest.mark.parametrize("topics", [1, 2])
def test_a_scheme_smaller_than_its_agenda_is_refused(topics):
    with pytest.raises(ValueError, match=f"scheme of {topics}"):
        network.diversity(agenda(教育=10, 交通=10, 养老=10), topics)


# ---- Change --------------------------------------------------------------------------------------


@settings(deadline=None)
@given(whole, whole)
def test_change_agrees_with_loops_and_nothing_is_lost(before, after):
    [found] = network.year_on_year({2031: before, 2032: after})
    assert (found.period, found.sizes) == (2032, (before.size, after.size))
    p, q = before.shares, after.shares
    assert [change.topic for change in found.changes] == sorted({*p, *q})
    for change in found.changes:
        was, now = p.get(change.topic, 0), q.get(change.topic, 0)
        assert change.points == (now - was) * 100
        assert change.percent == ((now / was - 1) * 100 if was else None)
    assert sum(change.points for change in found.changes) == 0
    vectors = [[float(shares.get(topic, 0)) for topic in TOPICS] for shares in (p, q)]
    assert math.isclose(found.shift, braycurtis(*vectors), abs_tol=1e-12)
    assert 0 <= found.shift <= 1
    assert (found.shift == 0) == (p == q)


def test_a_year_that_no_text_tells_of_is_no_change():
    some = agenda(教育=30)
    assert network.year_on_year({2031: some, 2033: some}) == ()
    assert [found.period for found in network.year_on_year({2033: some, 2032: some, 2031: some})] == [2032, 2033]


def test_change_from_or_to_too_few_records_is_not_given_but_the_sizes_are():
    for pair in ((agenda(教育=29), agenda(教育=30)), (agenda(教育=30), agenda(教育=29))):
        [found] = network.year_on_year(dict(enumerate(pair, start=2031)))
        assert (found.changes, found.shift) == (None, None)
        assert found.sizes == tuple(one.size for one in pair)


# ---- Congruence ----------------------------------------------------------------------------------


@settings(deadline=None)
@given(whole, whole)
def test_congruence_is_what_bray_and_curtis_leave_and_the_same_both_ways(one, other):
    [found] = network.congruence({"提案": one, "工作计划": other})
    [turned] = network.congruence({"工作计划": other, "提案": one})
    assert (found.one, found.other, found.sizes) == ("提案", "工作计划", (one.size, other.size))
    assert found.overlap == turned.overlap
    vectors = [[float(a.shares.get(topic, 0)) for topic in TOPICS] for a in (one, other)]
    assert math.isclose(found.overlap, 1 - braycurtis(*vectors), abs_tol=1e-12)
    assert found.overlap == sum(min(share, other.shares.get(topic, 0)) for topic, share in one.shares.items())
    [itself] = network.congruence({"提案": one, "又是提案": one})
    assert itself.overlap == 1


def test_each_two_channels_are_compared_and_too_small_ones_only_sized():
    plan, proposals, concerns = agenda(教育=30), agenda(交通=30), agenda(教育=29)
    found = network.congruence({"工作计划": plan, "提案": proposals, "群众关切": concerns})
    assert [(one.one, one.other, one.sizes, one.overlap) for one in found] == [
        ("工作计划", "提案", (30, 30), 0),
        ("工作计划", "群众关切", (30, 29), None),
        ("提案", "群众关切", (30, 29), None),
    ]


# ---- Cross tables --------------------------------------------------------------------------------

value = st.one_of(st.none(), st.sampled_from(["已解决", "列入计划", "A", "B"]))
pairs = st.lists(st.tuples(st.one_of(st.none(), st.sampled_from(TOPICS)), value), max_size=40)


@settings(deadline=None)
@given(pairs, st.randoms(use_true_random=False))
def test_margins_and_cells_add_up_to_the_records(records, chance: random.Random):
    found = network.cross_table(records)
    assert found.total == len(records)
    assert sum(map(found.of_row, found.rows)) == sum(map(found.of_column, found.columns)) == len(records)
    themes = Counter(UNSTATED if theme is None else theme for theme, _ in records)
    assert {theme: found.of_row(theme) for theme in found.rows} == dict(themes)
    shuffled = records.copy()
    chance.shuffle(shuffled)
    assert repr(network.cross_table(shuffled)) == repr(found)
    if records:
        labelled = [[UNSTATED if one is None else one for one in column] for column in zip(*records, strict=True)]
        (rows, columns), counts = contingency.crosstab(*labelled)
        assert {(rows[i], columns[j]): counts[i, j] for i, j in zip(*counts.nonzero(), strict=True)} == found.cells


@settings(deadline=None)
@given(pairs)
def test_nothing_is_said_to_be_none_where_no_text_tells(records):
    found = network.cross_table(records)
    for theme in found.rows:
        told = [outcome for one, outcome in records if (one or UNSTATED) == theme and outcome is not None]
        for outcome in found.columns:
            if outcome != UNSTATED:
                assert found.count(theme, outcome) == (told.count(outcome) if told else None)
    for line in found.table()[1:]:
        assert sum(int(cell) for cell in line[1:-1] if cell != NO_DATA) == int(line[-1])
    assert found.rows[:-1] == tuple(sorted(found.rows[:-1])) and UNSTATED not in found.rows[:-1]
    assert UNSTATED not in found.columns[:-1]


def test_outcomes_are_shown_as_written():
    found = network.cross_table([("界别", "已解决"), ("界别", "已落实"), ("委员个人", None)])
    assert found.table() == [
        ["", "已落实", "已解决", "未注明", "合计"],
        ["委员个人", "无数据", "无数据", "1", "1"],
        ["界别", "1", "1", "0", "2"],
        ["合计", "1", "1", "1", "3"],
    ]


def test_a_table_of_nothing_is_empty():
    assert network.cross_table([]).table() == [["", "合计"], ["合计", "0"]]
