"""Bytes become a text that is never altered; what is no text is told in one line."""

from __future__ import annotations

import codecs
import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import NotFound, Unreadable
from kg.limits import Limits
from kg.model import Description
from kg.read import read, sidecars, sources
from kg.read.encoding import decode

PRINTED = st.text(
    st.sampled_from("临湖区政协提案委员陆一鸣，。“”《》（）\n\r\t 　2024年AI●■—…①"), min_size=1, max_size=200
)


@given(PRINTED)
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-8"), "页.txt") == (text, ())
    assert decode(codecs.BOM_UTF8 + text.encode("utf-8"), "页.txt") == (text, ())


@given(PRINTED)
def test_gb18030_comes_back_as_it_was_or_is_told_as_not_certain(text: str) -> None:
    data = text.encode("gb18030")
    assume(not is_utf_8(data))
    read_as, notes = decode(data, "页.txt")
    assert read_as == text or notes


def is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_a_document_is_named_by_its_file_and_known_by_its_bytes(tmp_path: Path) -> None:
    data = "临湖区政协\r\n二届五次会议".encode()
    path = tmp_path / "2024-第一版.txt"
    path.write_bytes(data)
    document = read(path)
    assert (document.id, document.source, document.raw) == ("2024-第一版", "2024-第一版.txt", data.decode())
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_a_stem_that_was_written_in_two_ways_is_one_id(tmp_path: Path) -> None:
    path = tmp_path / "re\u0301sume\u0301.txt"
    path.write_text("提案", encoding="utf-8")
    assert read(path).id == "r\u00e9sum\u00e9"


NOT_TEXTS = {
    "空.txt": (b"", "empty"),
    "空白.txt": (b" \r\n\t \n", "empty"),
    "图片.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
    "压缩.txt": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" * 20, "binary"),
    "日文.txt": ("提案のリスト、区の議会について。".encode("euc-jp"), "encoding"),
    "韩文.txt": ("국회의원들은 법률안을 제출할 수 있다. 서울특별시 의회 의원 명단입니다.".encode("euc-kr"), "encoding"),
    "法文.txt": ("Œuvre “préférée” du député".encode("cp1252"), "encoding"),
    "页.jpg": ("提案".encode(), "no reader"),
    "没有后缀": ("提案".encode(), "no reader"),
}


@pytest.mark.parametrize("name", NOT_TEXTS)
def test_what_is_no_text_is_told_in_one_line_with_what_to_do(name: str, tmp_path: Path) -> None:
    data, reason = NOT_TEXTS[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Unreadable) as told:
        read(path)
    line = str(told.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line
    assert reason in line
    assert told.value.hint


def test_a_file_that_vanished_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"去.txt: cannot be read"):
        read(tmp_path / "去.txt")


def test_sources_are_the_texts_in_folders_by_name_and_each_once(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/丙.TXT", "甲/说明.toml", "~$丁.txt", ".隐藏.txt", "丁.txt", "页.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("提案", encoding="utf-8")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "graph.html").write_text("", encoding="utf-8")
    (tmp_path / "build" / ".current").symlink_to(tmp_path)
    found = sources([tmp_path, tmp_path / "乙.txt"])
    assert [path.name for path in found] == ["丁.txt", "丙.TXT", "乙.txt", "页.jpg"]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="无此文件夹"):
        sources([tmp_path / "无此文件夹"])


def test_a_file_over_a_limit_is_named_with_the_setting_that_raises_it(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    path.write_bytes("提案".encode() * 400_000)
    with pytest.raises(Unreadable, match=r"长.txt: 2 MB, and a file may be 1; split it, or raise limits.file_mb"):
        read(path, Limits(file_mb=1))
    with pytest.raises(Unreadable, match=r"more than 700,000 characters.*limits.characters"):
        read(path, Limits(characters=700_000))
    assert len(read(path).raw) == 800_000


SIDECAR = """\
title = "山南区政协三届二次会议"
date = 2031-02-03
committee = "山南区政协"
publisher = "山南日报"
url = "https://example.org/a?b=1"
list_kind = "优秀"
"""


def test_a_sidecar_says_what_the_text_does_not(tmp_path: Path) -> None:
    text = tmp_path / "会.txt"
    text.write_text("今天开会。", encoding="utf-8")
    (tmp_path / "会.toml").write_text(SIDECAR, encoding="utf-8")
    assert read(text).about == Description(
        "山南区政协三届二次会议", date(2031, 2, 3), "山南日报", "https://example.org/a?b=1", "山南区政协", "", "优秀"
    )
    assert read(text).raw == "今天开会。"
    assert list(sidecars([tmp_path])) == []
    text.unlink()
    assert [path.name for path in sidecars([tmp_path])] == ["会.toml"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("date = 2031-02", "Month"),
        ("date = 2031", "Year"),
        ("tilte = 'x'", "tilte is nothing that a sidecar says"),
        ("date = 'im Mai'", "date is 'im Mai'"),
        ("committee = '区委'", "committee is '区委'"),
        ("list_kind = '好的'", "list_kind is '好的'"),
        ("title = 3", "title is 3"),
        ("title = ", "no TOML"),
        ("\udcff", "UTF-8"),
    ],
)
def test_a_sidecar_is_understood_or_told(said: str, told: str, tmp_path: Path) -> None:
    text = tmp_path / "会.txt"
    text.write_text("今天开会。", encoding="utf-8")
    (tmp_path / "会.toml").write_bytes(said.encode("utf-8", "surrogateescape"))
    if told in {"Month", "Year"}:
        assert type(read(text).about.date).__name__ == told
    else:
        with pytest.raises(Unreadable, match=told) as error:
            read(text)
        assert str(error.value).startswith("会.toml: ")
