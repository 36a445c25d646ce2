"""Breakdowns whose parts add up to their whole, and shares that add up to a hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.ledger import Row, gb_order
from kg.network.counts import LEAST_RECORDS
from kg.report.parts import Cell, Run, Table, count
from kg.report.scope import Frame

UNSAID: Final = "未注明"
"""The part of those of which no text says it."""
DISPUTED: Final = "记载不一"
"""The part of those of which texts say different things."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Rows by what one says of them: each stands in exactly one part."""

    parts: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(len(rows) for _, rows in self.parts)

    @property
    def said(self) -> int:
        """Of how many of them a text says it."""
        return sum(len(rows) for label, rows in self.parts if label != UNSAID)

    @property
    def shares(self) -> tuple[str, ...]:
        """The share of each part in percent; empty strings where there are too few rows for a percentage to mean much.

        The least number of rows is that below which the network infers nothing.
        """
        if self.total < LEAST_RECORDS:
            return ("",) * len(self.parts)
        tenths = percentages([len(rows) for _, rows in self.parts])
        return tuple(f"{each // 10}.{each % 10}%" for each in tenths)


def breakdown(
    rows: Iterable[Row], values: Callable[[Row], Sequence[str]], order: Sequence[str] = (), *, whole: bool = False
) -> Breakdown:
    """Rows by the value of something.

    Args:
        rows: what is broken down.
        values: what texts say of a row: nothing, one value, or several that disagree.
        order: the values in the order of their list; others follow as in a Chinese list.
        whole: whether values of the order that no row has stand there with a nought.

    """
    found: dict[str, list[Row]] = {value: [] for value in order}
    for row in rows:
        said = values(row)
        found.setdefault(UNSAID if not said else said[0] if len(said) == 1 else DISPUTED, []).append(row)
    last = (DISPUTED, UNSAID)
    others = sorted((v for v in found if v not in order and v not in last), key=gb_order)
    labels = [*order, *others, *(v for v in last if v in found)]
    return Breakdown(tuple((v, tuple(found[v])) for v in labels if found[v] or (whole and v in order)))


def percentages(counts: Sequence[int]) -> list[int]:
    """Shares in tenths of a percent that add up to a thousand, by the method of the largest remainder (Hamilton).

    Of equal remainders the first gets its tenth first. Without anything to share, all are nought.

    >>> percentages([1, 1, 1]), percentages([0, 0])
    ([334, 333, 333], [0, 0])
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    floors = [count * 1000 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: (-(counts[i] * 1000 % total), i))
    for i in by_remainder[: 1000 - sum(floors)]:
        floors[i] += 1
    return floors


def tabled(caption: str, head: str, name: str, parts: Breakdown) -> Table:
    """A breakdown as a table with its sum, and with shares where there are enough rows.

    Args:
        caption: what is broken down.
        head: what the parts are: the heading of the first column.
        name: the frame or meeting whose rows they are.
        parts: the breakdown.

    """
    shares = parts.shares if any(parts.shares) else None
    rows: list[tuple[Cell, ...]] = []
    for i, (label, found) in enumerate(parts.parts):
        number: Run = count((row.iri for row in found), f"{name}：{label}")
        rows.append(((label,), (number,), *(((shares[i],),) if shares else ())))
    whole = count((row.iri for _, found in parts.parts for row in found), f"{name}：{caption}合计")
    rows.append((("合计",), (whole,), *((("100.0%",),) if shares else ())))
    columns = (head, "件数", *(("占比",) if shares else ()))
    return Table(f"{caption}：{name}", columns, tuple(rows), frozenset({1, 2}), total=True)


def unsaid(frame: Frame, parts: Breakdown, what: str) -> Cell:
    """`，类别未注明3件`, where there are any."""
    rows = dict(parts.parts).get(UNSAID, ())
    return (f"，{what}未注明", frame.count(rows, f"{what}未注明"), "件") if rows else ()
