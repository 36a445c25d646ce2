"""The lexicon's files: how they are read, and what the shipped ones promise to the rules that use them."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import TABLES, Lexicon, MalformedLexicon, Party, Post, ThemeRow, load, read_table, words
from kg.resources import lexicon_dir

POSTS = "id,capacity,level,before_name,after_name\n"


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return load(lexicon_dir())


def test_rows_come_with_the_line_they_start_on(tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text('id,name,short,aliases\na,"甲\n党",甲,\nb,乙党,乙,乙|乙会\n', encoding="utf-8")
    assert list(read_table(path, Party)) == [
        (2, Party("a", "甲\n党", "甲", ())),
        (4, Party("b", "乙党", "乙", ("乙", "乙会"))),
    ]


@pytest.mark.parametrize("head", ["", "\ufeff"], ids=["plain", "with the mark that spreadsheets write"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_spreadsheets_utf8_is_read(tmp_path, head, end):
    path = tmp_path / "posts.csv"
    path.write_bytes((head + POSTS + "镇长,干部/工作人员,,yes,no\n").replace("\n", end).encode())
    assert [row for _, row in read_table(path, Post)] == [Post("镇长", "干部/工作人员", "", True, False)]


def test_an_error_says_where_and_what_to_do(tmp_path):
    (tmp_path / "posts.csv").write_text(POSTS + "镇长,干部/工作人员,,maybe,no\n", encoding="utf-8")
    with pytest.raises(MalformedLexicon) as caught:
        load(tmp_path)
    assert str(caught.value) == "posts.csv:2: before_name is 'maybe'; write yes or no"
    assert caught.value.exit_code == 4


def test_a_folder_of_ones_own_adds_rows_and_replaces_those_of_the_same_id(tmp_path):
    ours, own = tmp_path / "ours", tmp_path / "own"
    for folder, rows in (
        (ours, "镇长,委员,,yes,no\n乡长,委员,,yes,no\n"),
        (own, "岛长,群众,,yes,no\n镇长,群众,,yes,no\n"),
    ):
        folder.mkdir()
        (folder / "posts.csv").write_text(POSTS + rows, encoding="utf-8")
    assert {p.id: p.capacity for p in load(ours, own).posts} == {"镇长": "群众", "乡长": "委员", "岛长": "群众"}


def test_a_folder_without_files_is_an_empty_lexicon(tmp_path):
    assert not any(astuple(load(tmp_path)))


def test_every_wording_leads_to_its_row():
    row = Party("a", "某某民主党", "某民", ("某党",))
    assert words([row]) == {"某某民主党": row, "某民": row, "某党": row}


value = st.text(
    st.characters(codec="utf-8", exclude_characters="|\r", exclude_categories=["Cs", "Cc", "Z"]), min_size=1
)
values = st.lists(value, max_size=3).map(tuple)
number = st.none() | st.integers(0, 99999)


@given(st.lists(st.builds(ThemeRow, value, value, value, values, values, number, number, value, values, values)))
def test_what_was_written_is_read(tmp_path_factory, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f.name for f in fields(ThemeRow)])
    for row in rows:
        writer.writerow(["|".join(c) if isinstance(c, tuple) else "" if c is None else c for c in astuple(row)])
    path = tmp_path_factory.mktemp("lexicon") / "themes.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    assert [row for _, row in read_table(path, ThemeRow)] == rows


# -- what the package ships -------------------------------------------------------------------------------------------
def test_every_table_is_shipped(shipped):
    assert [name for name in TABLES if not getattr(shipped, name)] == []
    assert {path.name for path in lexicon_dir().glob("*.csv")} == {file for file, _ in TABLES.values()}


@pytest.mark.parametrize(("term", "size"), [(8, 34), (9, 34), (13, 34), (14, 34)])
def test_the_national_schemes_have_34_walks_of_life(shipped, term, size):
    in_force = [s for s in shipped.sector_types if s.first_term <= term <= (s.last_term or term)]
    assert len(in_force) == size


def test_the_scheme_of_the_14th_term_has_its_two_changes(shipped):
    terms = {s.short: (s.first_term, s.last_term) for s in shipped.sector_types}
    assert terms["环境资源"] == (14, None)
    assert terms["共青团和青联"] == (14, None)
    assert terms["共青团"][1] == terms["青联"][1] == 13


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("文艺", "文化艺术"),
        ("科技", "科学技术"),
        ("医卫", "医药卫生"),
        ("特邀", "特邀"),
        ("工商", "工商联"),
        ("总工会", "工会"),
        ("无党派", "无党派人士"),
        ("社会福利", "社会福利和社会保障"),
        ("农业和农村", "农业"),
        ("资源环境", "环境资源"),
        ("中国民主促进会", "民进"),
    ],
)
def test_what_localities_write_is_known(shipped, written, short):
    assert words(shipped.sector_types)[written].short == short


@pytest.mark.parametrize(
    ("written", "shorts"),
    [
        ("文体", {"文化艺术", "体育"}),
        ("科教", {"科学技术", "教育"}),
        ("港澳", {"特邀香港人士", "特邀澳门人士", "港澳"}),
        ("侨台", {"侨联", "台联"}),
    ],
)
def test_a_word_that_joins_walks_of_life_stands_with_each(shipped, written, shorts):
    assert {s.short for s in shipped.sector_types if written in (s.short, *s.aliases)} == shorts


def test_there_are_eight_democratic_parties_each_a_walk_of_life(shipped):
    assert {p.short for p in shipped.parties} == {
        "民革",
        "民盟",
        "民建",
        "民进",
        "农工党",
        "致公党",
        "九三学社",
        "台盟",
    }
    assert {p.id for p in shipped.parties} <= {s.id for s in shipped.sector_types}


@pytest.mark.parametrize(
    ("post", "capacity", "before", "after"),
    [
        ("居委会主任", "干部/工作人员", True, True),
        ("界别召集人", "委员", True, True),
        ("副教授", "专家学者", True, True),
        ("见习记者", "媒体", True, True),
        ("文字整理", "媒体", True, False),
        ("总经理", "企业", True, True),
        ("市民", "群众", True, False),
        ("奶奶", "群众", False, True),
        ("女士", "群众", False, True),
    ],
)
def test_a_post_tells_in_what_capacity_one_speaks_and_where_the_name_stands(shipped, post, capacity, before, after):
    row = {p.id: p for p in shipped.posts}[post]
    assert (row.capacity, row.before_name, row.after_name) == (capacity, before, after)


def test_only_the_nation_has_a_general_secretary(shipped):
    assert {p.id: p.level for p in shipped.posts if p.id in {"总书记", "国家主席", "主席", "书记"}} == {
        "总书记": "cn",
        "国家主席": "cn",
        "主席": "",
        "书记": "",
    }


def test_no_surname_makes_a_calling_of_another_calling(shipped):
    """`老` with `师傅` would be a person of that name."""
    surnames = {s.id for s in shipped.surnames}
    assert not surnames & set("老由家能")
    assert {"王", "区", "冼", "欧阳", "司徒"} <= surnames


def test_divisions_are_whole_and_recent(shipped):
    rows = {d.id: d for d in shipped.divisions}
    assert sum(code.endswith("0000") for code in rows) == 34
    assert sum(code.endswith("00") and not code.endswith("0000") for code in rows) == 333
    assert rows["330113"].name == "临平区"
    assert rows["540481"].name == "米林市"
    assert rows[rows["330113"].within].short == "杭州"
    assert [rows[c].name for c in ("710000", "810000", "820000")] == ["台湾省", "香港特别行政区", "澳门特别行政区"]


def test_no_short_name_of_a_division_is_an_everyday_word(shipped):
    shorts = {d.short for d in shipped.divisions}
    assert not shorts & {"安康", "长治", "来宾", "大同", "朝阳", "中山", "日照", "三明", "白银", "开化", "滨海"}


SOUND = """资深人士和金融人才，创投人员和接收人，缴纳人与引进人才。周末来社区，年末来访的华夏兴旺。各自已经，自己经历。
机构健全，财政冶金，陶冶理想，研究竞争。淄博土地，人士地位，有关干部，一千部电影，自由干部。高原困境，扶贫因地制宜。"""


def test_a_confusion_breaks_no_sound_text(shipped):
    assert [c.id for c in shipped.confusions if c.id in SOUND.replace("\n", "")] == []


def test_what_recognition_broke_is_told(shipped):
    printed = {c.id: c.printed for c in shipped.confusions}
    assert printed["深人贯彻"] == "深入贯彻"
    assert printed["千部队伍"] == "干部队伍"
