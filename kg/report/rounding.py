"""Computed figures as the report prints them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction | Decimal | float | None, places: int = 2) -> str:
    """Rounded; a dash where there is none, and what would round to nought told as less than the least.

    >>> rounded(Fraction(1, 3)), rounded(Decimal("2.000000")), rounded(None), rounded(0.00001, 3)
    ('0.33', '2', '—', '<0.001')
    """
    if value is None:
        return "—"
    short = round(Decimal(f"{float(value):.12g}"), places)
    return f"{short.normalize():f}" if short or not value else f"<{Decimal(1).scaleb(-places)}"
