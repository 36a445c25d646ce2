"""What is on the agenda: attention by topic, its diversity, how it moves, and how far two agendas agree.

Measures of the Comparative Agendas Project, over plain rows: who makes them says what a period and a topic are. A
record's weights should add up to one (its main theme alone, or equal parts of one for each theme), so that the size of
an agenda is its number of records. Sums and shares are exact fractions.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from kg.network.counts import LEAST_RECORDS


class Attention(NamedTuple):
    """A record, or a part of one, that is on a topic."""

    period: int
    """A year, or the number of a session."""
    topic: str
    weight: Fraction | int | float = 1


@dataclass(frozen=True, slots=True)
class Agenda:
    """How many records are on each topic."""

    weights: Mapping[str, Fraction]
    """By topic, in order; those with none are not in it."""

    @property
    def size(self) -> Fraction:
        """The number of records."""
        return sum(self.weights.values(), start=Fraction(0))

    @property
    def shares(self) -> dict[str, Fraction] | None:
        """Topic → its part of the agenda, adding up to 1; None where the agenda has fewer than 30 records."""
        size = self.size
        return {topic: weight / size for topic, weight in self.weights.items()} if size >= LEAST_RECORDS else None


class Diversity(NamedTuple):
    """How widely attention is spread."""

    entropy: float
    """Shannon's H, in nats, from 0 to ln T."""
    normalised: float
    """H / ln T, from 0, one topic alone, to 1, all T alike."""
    effective: float
    """e to the H: so many topics of equal weight are as diverse."""


class Change(NamedTuple):
    """A topic's part of two agendas, the later and the earlier."""

    topic: str
    before: Fraction
    after: Fraction
    points: Fraction
    """Percentage points: 100 · (after − before)."""
    percent: Fraction | None
    """Percentage change: 100 · (after / before − 1), −100 at the least; None where there was nothing before."""


class YearOnYear(NamedTuple):
    """What moved between a period and the one that follows it."""

    period: int
    """The later."""
    sizes: tuple[Fraction, Fraction]
    """Records before and after."""
    changes: tuple[Change, ...] | None
    """By topic, in order; None where either has fewer than 30 records."""
    shift: Fraction | None
    """Total variation: the part of attention that moved, from 0 to 1; None likewise."""


class Congruence(NamedTuple):
    """How far two agendas agree."""

    one: str
    other: str
    sizes: tuple[Fraction, Fraction]
    """Records of each: never to be left out beside the figure."""
    overlap: Fraction | None
    """From 0, no topic in common, to 1, the same shares; None where either has fewer than 30 records."""


def agenda_of(rows: Iterable[Attention]) -> Agenda:
    """The agenda that rows make, whatever their periods.

    Raises:
        ValueError: a weight is negative.

    >>> rows = [Attention(2031, "教育"), Attention(2031, "交通", Fraction(1, 2)), Attention(2032, "教育")]
    >>> {topic: str(weight) for topic, weight in agenda_of(rows).weights.items()}
    {'交通': '1/2', '教育': '2'}
    >>> agenda_of(rows).shares  # too few records

    """
    times = Counter((row.topic, row.weight) for row in rows)  # a sum of a million fractions takes many seconds
    weights: dict[str, Fraction] = defaultdict(Fraction)
    for (topic, weight), many in times.items():
        if weight < 0:
            raise ValueError(f"a weight is negative: {weight}")
        weights[topic] += Fraction(weight) * many
    return Agenda({topic: weight for topic, weight in sorted(weights.items()) if weight})


def agendas(rows: Iterable[Attention]) -> dict[int, Agenda]:
    """The agenda of each period, in order.

    Raises:
        ValueError: a weight is negative.

    """
    periods: dict[int, list[Attention]] = defaultdict(list)
    for row in rows:
        periods[row.period].append(row)
    return {period: agenda_of(found) for period, found in sorted(periods.items())}


def diversity(agenda: Agenda, topics: int) -> Diversity | None:
    """Whether attention goes to few topics or is spread over many.

    H = −Σ p ln p over the shares; H / ln T with T the number of topics that there could be, the code book's (Boydstun,
    Bevan & Thomas 2014, The importance of attention diversity and how to measure it; Jones & Baumgartner 2005, The
    politics of attention). e to the H is the effective number of topics (Jost 2006, Entropy and diversity).

    Don't trust it of few records: H is then too low, by about (K − 1) / 2n for n records on K topics (Miller 1955);
    so compare agendas of much the same size, with the same T.

    Args:
        agenda: of one period, or of one channel.
        topics: T, of the whole scheme and not only of the agenda.

    Returns:
        None where the agenda has fewer than 30 records.

    Raises:
        ValueError: fewer topics than the agenda has, or fewer than two.

    >>> found = diversity(agenda_of([Attention(2031, "教育", 20), Attention(2031, "交通", 20)]), topics=4)
    >>> found.entropy == math.log(2), found.normalised, round(found.effective, 6)
    (True, 0.5, 2.0)

    """
    if topics < max(2, len(agenda.weights)):
        raise ValueError(f"{len(agenda.weights)} topics can't be those of a scheme of {topics}")
    shares = agenda.shares
    if shares is None:
        return None
    entropy = max(0.0, -math.fsum(float(share) * math.log(share) for share in shares.values()))
    return Diversity(entropy, entropy / math.log(topics), math.exp(entropy))


def year_on_year(periods: Mapping[int, Agenda]) -> tuple[YearOnYear, ...]:
    """What gained attention and what lost it, from each period to the next.

    Of each topic the change in percentage points, and the percentage change of its share (Jones & Baumgartner 2005,
    The politics of attention, on budgets); of the whole agenda ½ Σ |p − q|, the part of attention that moved: total
    variation, which for shares is Bray & Curtis's dissimilarity.

    A period without a predecessor has no entry: what no text tells is no change. Don't trust a percentage change from
    a small share, where a single record doubles it; look at the weights. Chance alone moves a part of any agenda, the
    larger the smaller it is.

    Args:
        periods: as `agendas` gives them; only the numbers n and n + 1 follow one another.

    >>> rows = [Attention(2031, "教育", 20), Attention(2031, "交通", 20), Attention(2032, "教育", 30),
    ...         Attention(2032, "养老", 10)]
    >>> [found] = year_on_year(agendas(rows))
    >>> [(change.topic, int(change.points), change.percent) for change in found.changes]
    [('交通', -50, Fraction(-100, 1)), ('养老', 25, None), ('教育', 25, Fraction(50, 1))]
    >>> found.shift
    Fraction(1, 2)

    """
    return tuple(
        _moved(period, periods[period - 1], periods[period]) for period in sorted(periods) if period - 1 in periods
    )


def congruence(channels: Mapping[str, Agenda]) -> tuple[Congruence, ...]:
    """How far each two agendas, such as those of plan, proposals and citizens' concerns, give topics the same weight.

    1 − ½ Σ |p − q| = Σ min(p, q) over the topics: issue convergence (Sigelman & Buell 2004, Avoidance or engagement?
    Issue convergence in U.S. presidential campaigns), the complement of total variation.

    It tells what is talked of, and not whether the same is wanted; a channel that newspapers chose from has their
    agenda. Don't trust it of small agendas: the overlap of two samples of one and the same agenda is below 1.

    Args:
        channels: name → agenda; both by one scheme of topics.

    Returns:
        One for each two channels, in the order given.

    >>> plan = agenda_of([Attention(2031, "教育", 30), Attention(2031, "交通", 10)])
    >>> proposals = agenda_of([Attention(2031, "教育", 60), Attention(2031, "养老", 60)])
    >>> [found] = congruence({"工作计划": plan, "提案": proposals})
    >>> found.overlap, [int(size) for size in found.sizes]  # min(3/4, 1/2)
    (Fraction(1, 2), [40, 120])

    """
    found = []
    for (one, first), (other, second) in combinations(channels.items(), 2):
        apart = _variation(first, second)
        found.append(Congruence(one, other, (first.size, second.size), None if apart is None else 1 - apart))
    return tuple(found)


def _moved(period: int, before: Agenda, after: Agenda) -> YearOnYear:
    sizes = (before.size, after.size)
    earlier, later = before.shares, after.shares
    if earlier is None or later is None:
        return YearOnYear(period, sizes, None, None)
    changes = []
    for topic in sorted({*earlier, *later}):
        p, q = earlier.get(topic, Fraction(0)), later.get(topic, Fraction(0))
        changes.append(Change(topic, p, q, 100 * (q - p), 100 * (q / p - 1) if p else None))
    return YearOnYear(period, sizes, tuple(changes), _variation(before, after))


def _variation(one: Agenda, other: Agenda) -> Fraction | None:
    """½ Σ |p − q|."""
    p, q = one.shares, other.shares
    if p is None or q is None:
        return None
    none = Fraction(0)
    return sum((abs(p.get(topic, none) - q.get(topic, none)) for topic in {*p, *q}), start=none) / 2
