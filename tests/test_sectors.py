"""Names of seats, and the walks of life that they combine."""

from __future__ import annotations

import pytest

from kg.lexicon import load
from kg.resources import lexicon_dir
from kg.sectors import sector_in

SCHEME = load(lexicon_dir()).sector_types


@pytest.mark.parametrize(
    ("text", "name", "types"),
    [
        ("教育界别", "教育界", ["教育界"]),
        ("经济界", "经济界", ["经济界"]),
        ("医药卫生界委员", "医药卫生界", ["医药卫生界"]),
        ("科技和科协界别", "科技和科协界", ["中国科学技术协会", "科学技术界"]),
        ("农业和农村界别", "农业和农村界", ["农业界"]),
        ("总工会 界别", "总工会界", ["中华全国总工会"]),
        ("小微企业主界别", "小微企业主界", []),
    ],
)
def test_a_seat_is_known_by_its_name(text: str, name: str, types: list[str]) -> None:
    seat = sector_in(text, SCHEME)
    assert seat is not None
    assert (seat.name, sorted(t.name for t in seat.types)) == (name, types)


@pytest.mark.parametrize("text", ["社会各界", "世界", "界别", "教育局", "委员", "陆一鸣", "", "民盟云岫区总支"])
def test_what_only_ends_alike_is_no_seat(text: str) -> None:
    assert sector_in(text, SCHEME) is None
