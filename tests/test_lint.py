"""Whoever writes a row that is wrong is told which line, and what to do."""

from __future__ import annotations

import re

import pytest

from kg.lint import Finding, lint
from kg.resources import lexicon_dir

THEMES = "id,name,en,aliases,broader,cap,cap_sub,wuwei,examples,decoys\n"
SECTORS = "id,name,short,aliases,first_term,last_term\n"
PARTIES = "id,name,short,aliases\n"
POSTS = "id,capacity,level,before_name,after_name\n"
DIVISIONS = "id,name,short,within\n"
SUFFIXES = "id,kind,decoys\n"
ORGANS = "id,kind,aliases,decoys\n"
TERMS = "id,kind,aliases\n"
CONFUSIONS = "id,printed\n"
TITLE_WORDS = "id,kind,sense\n"

EDUCATION = "edu,教育,Education,办学,,6,,社会建设,,\n"


def findings(tmp_path, **tables):
    """The findings of a folder that holds these tables; `_` in a name stands for `-`."""
    for name, text in tables.items():
        (tmp_path / f"{name.replace('_', '-')}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(f) for f in lint(tmp_path)]


def test_the_shipped_lexicon_is_sound():
    assert [str(f) for f in lint(lexicon_dir())] == []


def test_a_folder_without_tables_has_nothing_wrong(tmp_path):
    assert lint(tmp_path) == []


MALFORMED = {
    "wrong header": ("parties", "id,name\na,甲\n", 1, "header"),
    "no header": ("parties", "", 1, "header"),
    "too few cells": ("parties", PARTIES + "a,甲\n", 2, "2 cells where there should be 4"),
    "too many cells": ("parties", PARTIES + "a,甲,甲,甲,甲\n", 2, "5 cells where there should be 4"),
    "an empty line": ("parties", PARTIES + "a,甲党,甲,\n\nb,乙党,乙,\n", 3, "0 cells"),
    "not UTF-8": ("parties", PARTIES.encode() + "a,甲党,甲,\n".encode("gbk"), 1, "not UTF-8"),
    "empty id": ("parties", PARTIES + ",甲党,甲,\n", 2, "id is empty"),
    "bad integer": ("sector_types", SECTORS + "a,甲界,甲,,十,\n", 2, "first_term is '十'"),
    "missing integer": ("sector_types", SECTORS + "a,甲界,甲,,,\n", 2, "first_term is ''"),
    "bad boolean": ("posts", POSTS + "镇长,群众,,是,no\n", 2, "before_name is '是'"),
    "unsorted": ("parties", PARTIES + "b,乙党,乙,\na,甲党,甲,\n", 3, "a stands after b"),
    "same id twice": ("parties", PARTIES + "a,甲党,甲,\nb,乙党,乙,\na,丙党,丙,\n", 4, "a already stands on line 2"),
    "blank around a value": ("parties", PARTIES + "a, 甲党,甲,\n", 2, "name has a blank"),
    "blank around one of several": ("parties", PARTIES + "a,甲党,甲,甲会| 甲社\n", 2, "aliases has a blank"),
    "blank inside a value": ("parties", PARTIES + "a,甲 党,甲,\n", 2, "name has a blank"),
    "wide blank inside a value": ("parties", PARTIES + "a,甲　党,甲,\n", 2, "name has a blank"),
    "spare bar": ("parties", PARTIES + "a,甲党,甲,甲会||甲社\n", 2, "aliases has an empty value"),
    "unknown capacity": ("posts", POSTS + "镇长,官员,,yes,no\n", 2, "capacity is '官员'"),
    "unknown level": ("posts", POSTS + "镇长,群众,全国,yes,no\n", 2, "level is '全国'"),
    "word of two parties": ("parties", PARTIES + "a,甲党,甲,同盟\nb,乙党,乙,同盟\n", 3, "同盟 belongs to a and to b"),
    "word of two forms": ("consultation_forms", TERMS + "a,协商,会商\nb,协商,会商\n", 3, "会商 belongs to a and to b"),
    "unknown broader": ("themes", THEMES + EDUCATION + "x,职教,Vocational,,edo,,,社会建设,,\n", 3, "broader is edo"),
    "circle": ("themes", THEMES + "a,甲,A,,b,,,其他,,\nb,乙,B,,a,,,其他,,\n", 2, "lead back to it"),
    "top theme without cap": ("themes", THEMES + "edu,教育,Education,,,,,社会建设,,\n", 2, "has no cap"),
    "two above of one area": (
        "themes",
        THEMES + EDUCATION + "one,职教,Trade,,edu,,,社会建设,,\ntwo,实训,Practice,,edu|one,,,社会建设,,\n",
        4,
        "broader is edu|one",
    ),
    "unknown second broader": (
        "themes",
        THEMES + EDUCATION + "x,职教,Trade,,edu|lab,,,社会建设,,\n",
        3,
        "broader is lab",
    ),
    "cap below the top": ("themes", THEMES + EDUCATION + "x,职教,Trade,,edu,5,,社会建设,,\n", 3, "stands under edu"),
    "unknown cap": ("themes", THEMES + "edu,教育,Education,,,11,,社会建设,,\n", 2, "cap is 11"),
    "cap given twice": ("themes", THEMES + EDUCATION + "x,校园,Campus,,,6,,社会建设,,\n", 3, "cap 6 is edu's"),
    "unknown wuwei": ("themes", THEMES + "edu,教育,Education,,,6,,教育建设,,\n", 2, "wuwei is '教育建设'"),
    "word of two themes": ("themes", THEMES + EDUCATION + "x,职教,Trade,办学,edu,,,社会建设,,\n", 3, "办学 belongs"),
    "in another case": (
        "themes",
        THEMES + "a,智能,AI,AI,,17,,其他,,\nb,艾,B,ai,a,,,其他,,\n",
        3,
        "ai belongs to a and to b",
    ),
    "example without a word": ("themes", THEMES + EDUCATION.replace(",,\n", ",修桥铺路,\n"), 2, "example 修桥铺路"),
    "decoy without a word": ("themes", THEMES + EDUCATION.replace(",,\n", ",,修桥铺路\n"), 2, "decoy 修桥铺路"),
    "example that a longer word takes": (
        "themes",
        THEMES + EDUCATION.replace(",,\n", ",办教育展,\n") + "x,教育展,Fair,,,15,,其他,,\n",
        2,
        "edu is not found in its example 办教育展",
    ),
    "terms the wrong way": ("sector_types", SECTORS + "a,甲界,甲,,9,3\n", 2, "last_term 3 is before"),
    "word of two sectors": ("sector_types", SECTORS + "a,甲界,甲,丙,1,\nb,乙界,乙,丙,9,\n", 3, "丙 belongs"),
    "unknown division above": ("divisions", DIVISIONS + "330100,某州市,某州,330000\n", 2, "within is 330000"),
    "no division above": ("divisions", DIVISIONS + "330100,某州市,某州,\n", 2, "stands within nothing"),
    "bad code": ("divisions", DIVISIONS + "33,某江省,某江,\n", 2, "id is '33'"),
    "short for two": ("divisions", DIVISIONS + "330000,某省,某,\n340000,某某省,某,\n", 3, "short for 330000 too"),
    "decoy of no suffix": ("place_suffixes", SUFFIXES + "乡,街道,家乡|农村\n", 2, "decoy 农村"),
    "word of two organs": (
        "organs",
        ORGANS + "甲部,政府,工部,\n甲院,政府,工部,\n",
        3,
        "工部 belongs to 甲部 and to 甲院",
    ),
    "decoy of another organ": ("organs", ORGANS + "甲部,政府,工部,丙部门\n", 2, "the decoy 丙部门 has none"),
    "measure without a sort": ("title_words", TITLE_WORDS + "监管,举措,\n", 2, "监管 has the sense ''"),
    "form word with a sense": ("title_words", TITLE_WORDS + "加强,套语,管理\n", 2, "加强 has the sense '管理'"),
    "synonym of a synonym": ("title_words", TITLE_WORDS + "噪声,同义,声\n噪音,同义,噪声\n", 3, "噪声 stands for"),
    "confusion of another length": ("ocr_confusions", CONFUSIONS + "深人,深入了\n", 2, "深人 is printed"),
    "confusion of nothing": ("ocr_confusions", CONFUSIONS + "深入,深入\n", 2, "深入 is printed"),
}


@pytest.mark.parametrize(("table", "text", "line", "what"), MALFORMED.values(), ids=MALFORMED)
def test_a_wrong_row_is_told_with_its_line_and_what_to_do(tmp_path, table, text, line, what):
    found = findings(tmp_path, **{table: text})
    told = re.compile(rf"{table.replace('_', '-')}\.csv:{line}: .*{re.escape(what)}.*; \S")
    assert [f for f in found if told.match(f)], found


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    posts = POSTS + "乡长,官员,,yes,no\n区长\n县长,群众,,maybe,no\n镇长,官员,,yes,no\n"
    found = findings(tmp_path, posts=posts, parties=PARTIES + "a,甲党,甲,\na,甲党,甲,\n")
    assert [f.partition(";")[0] for f in found] == [
        "parties.csv:3: a already stands on line 2",
        "posts.csv:2: capacity is '官员'",
        "posts.csv:3: 1 cells where there should be 5",
        "posts.csv:4: before_name is 'maybe'",
        "posts.csv:5: capacity is '官员'",
    ]


def test_a_word_may_pass_from_one_walk_of_life_to_a_later_one(tmp_path):
    assert findings(tmp_path, sector_types=SECTORS + "a,甲界,甲,丙,1,8\nb,乙界,乙,丙,9,\n") == []


def test_a_word_that_joins_two_walks_of_life_may_stand_with_both(tmp_path):
    rows = "a,文化艺术界,文化艺术,文体,2,\nb,体育界,体育,文体,5,\n"
    assert findings(tmp_path, sector_types=SECTORS + rows) == []


def test_a_decoy_that_stands_for_itself_is_sound(tmp_path):
    assert findings(tmp_path, themes=THEMES + EDUCATION.replace(",,\n", ",发展教育事业,教育展\n")) == []


def test_english_names_keep_their_blanks(tmp_path):
    assert findings(tmp_path, themes=THEMES + EDUCATION.replace("Education", "Schools and teaching")) == []


def test_a_folder_of_ones_own_is_judged_together_with_what_it_adds_to(tmp_path):
    ours, own = tmp_path / "ours", tmp_path / "own"
    ours.mkdir()
    own.mkdir()
    (ours / "themes.csv").write_text(THEMES + EDUCATION, encoding="utf-8")
    (own / "themes.csv").write_text(THEMES + "x,职教,Trade,,edu,,,社会建设,,\n", encoding="utf-8")
    assert lint(ours, own) == []
    assert [f.what for f in lint(own)] == ["broader is edu, which no row has as its id"]


def test_a_file_that_two_folders_have_is_told_by_its_path(tmp_path):
    for name in ("ours", "own"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "posts.csv").write_text(POSTS + "镇长,群众,,yes,no\n", encoding="utf-8")
    (tmp_path / "own" / "posts.csv").write_text(POSTS + "镇长,官员,,yes,no\n", encoding="utf-8")
    assert lint(tmp_path / "ours", tmp_path / "own") == [
        Finding(
            str(tmp_path / "own" / "posts.csv"),
            2,
            "capacity is '官员'",
            "write one of 群众, 委员, 干部/工作人员, 专家学者, 媒体, 企业",
        )
    ]
