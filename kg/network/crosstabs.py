"""Records counted by two of their values, such as theme and outcome, with margins that agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

UNSTATED: Final = "未注明"
"""The row or column of the records of which no text gives the value."""
NO_DATA: Final = "无数据"
"""What to print where no text gives anything to count."""
TOTAL: Final = "合计"


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by row and column. Every record stands in exactly one cell."""

    rows: tuple[str, ...]
    """In order, `UNSTATED` last."""
    columns: tuple[str, ...]
    """The same."""
    cells: Mapping[tuple[str, str], int]
    """(row, column) → records, where there are any."""

    @property
    def total(self) -> int:
        """All records."""
        return sum(self.cells.values())

    def count(self, row: str, column: str) -> int | None:
        """The records of a cell; None where no text gives the column's value of any record of the row.

        So 0 is only said where the texts tell the outcomes of the row, and this is none of them.
        """
        known = self.of_row(row) - self.cells.get((row, UNSTATED), 0)
        return self.cells.get((row, column), 0) if known or column == UNSTATED else None

    def of_row(self, row: str) -> int:
        """A row's margin: the sum of its cells."""
        return sum(self.cells.get((row, column), 0) for column in self.columns)

    def of_column(self, column: str) -> int:
        """A column's margin: the sum of its cells."""
        return sum(self.cells.get((row, column), 0) for row in self.rows)

    def table(self) -> list[list[str]]:
        """As people read it: a heading, a row each, and the margins last."""
        margin = [str(self.of_column(column)) for column in self.columns]
        return [
            ["", *self.columns, TOTAL],
            *([row, *(self._said(row, column) for column in self.columns), str(self.of_row(row))] for row in self.rows),
            [TOTAL, *margin, str(self.total)],
        ]

    def _said(self, row: str, column: str) -> str:
        count = self.count(row, column)
        return NO_DATA if count is None else str(count)


def cross_table(records: Iterable[tuple[str | None, str | None]]) -> CrossTable:
    """How the records of one frame fall by two values: theme and outcome, or proposer's kind and outcome.

    A value is shown as it is written, so 已解决 and 已落实 are two columns; a letter (A, B, C) means what its committee
    says, so only records of one committee belong in a table. No percentages: whoever gives them says over what.

    Args:
        records: the row's and the column's value of each record, one pair a record; None where no text gives it. Of
            several values (two replies) the caller makes one, such as the last, or both joined by 、.

    >>> told = [("教育", "已解决"), ("教育", "已解决"), ("教育", None), ("交通", None), ("养老", "列入计划")]
    >>> for row in cross_table(told).table():
    ...     print(*(cell or "·" for cell in row))
    · 列入计划 已解决 未注明 合计
    交通 无数据 无数据 1 1
    养老 1 0 0 1
    教育 0 2 1 3
    合计 1 2 2 5

    """
    cells = Counter((_named(row), _named(column)) for row, column in records)
    return CrossTable(
        _in_order(row for row, _ in cells), _in_order(column for _, column in cells), dict(sorted(cells.items()))
    )


def _named(value: str | None) -> str:
    return UNSTATED if value is None else value


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values), key=lambda value: (value == UNSTATED, value)))
