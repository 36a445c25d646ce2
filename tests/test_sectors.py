"""Names of seats, and the walks of life that they combine."""

from __future__ import annotations

import pytest

from kg.lexicon import load
from kg.resources import lexicon_dir
from kg.sectors import scheme_of, sector_in

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
        ("民族宗教界", "民族宗教界", ["宗教界", "少数民族界"]),
        ("中国国民党革命委员会界", "民革界", ["中国国民党革命委员会"]),
        ("特别邀请人士界", "特邀界", ["特别邀请人士"]),
        ("特邀人士界", "特邀界", ["特别邀请人士"]),
        ("无党派人士界别", "无党派人士界", ["无党派人士"]),
        ("文化艺术、新闻出版、体育界", "文化艺术、新闻出版、体育界", ["体育界", "文化艺术界", "新闻出版界"]),
        ("共青团和青联界", "共青团和青联界", ["中国共产主义青年团和中华全国青年联合会"]),
    ],
)
def test_a_seat_is_known_by_its_name(text: str, name: str, types: list[str]) -> None:
    seat = sector_in(text, SCHEME)
    assert seat is not None
    assert (seat.name, sorted(t.name for t in seat.types)) == (name, types)


@pytest.mark.parametrize("text", ["社会各界", "世界", "界别", "教育局", "委员", "陆一鸣", "", "民盟云岫区总支"])
def test_what_only_ends_alike_is_no_seat(text: str) -> None:
    assert sector_in(text, SCHEME) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("看望民革、台联界委员", ["民革", "台联界"]),
        ("医药卫生界、社会福利和社会保障界委员", ["医药卫生界", "社会福利和社会保障界"]),
        ("参加民盟委员小组讨论", ["民盟"]),
        ("共青团和青联、妇联界委员", ["共青团和青联", "妇联界"]),
        ("放眼世界", []),
    ],
)
def test_walks_of_life_in_a_row_share_their_head(text: str, parts: list[str]) -> None:
    rows = scheme_of(SCHEME).rows(text)
    assert [text[p.start : p.end] for _, _, row in rows for p in row] == parts
