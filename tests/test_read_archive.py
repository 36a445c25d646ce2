"""What a packed file is not allowed to do to the build, and what a person is told of it."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Unreadable
from kg.limits import Limits
from kg.read.archive import macros, open_package, real_ending

TYPES = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w"><w:body/></w:document>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><d>&i;</d>"
)


def packed(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return file.getvalue()


def word(**more: str | bytes) -> bytes:
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": MAIN} | more)


WHOLE = word()


def told(data: bytes, limits: Limits = Limits(), endings: tuple[str, ...] = (".docx",)) -> str:  # noqa: B008 - frozen
    with pytest.raises(Unreadable) as error:
        open_package(data, "名单.docx", limits, endings)
    line = str(error.value)
    assert line.startswith("名单.docx: ")
    assert "\n" not in line
    return line


def test_a_whole_package_gives_its_parts() -> None:
    package = open_package(WHOLE, "名单.docx", Limits(), (".docx",))
    assert package.read("word/document.xml").decode() == MAIN
    assert macros(package) == ()


def test_macros_are_noted() -> None:
    package = open_package(word(**{"word/vbaProject.bin": b"\xd0\xcf"}), "名单.docm", Limits(), (".docx",))
    assert macros(package) == ("its macros were ignored",)


def compound(stream: str, content: bytes = b"\0" * 4096) -> bytes:
    """An OLE compound file of a single stream, as [MS-CFB] lays it out: header, FAT, directory, the stream."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    content = content.ljust(4096, b"\0")
    sectors = len(content) // 512
    header = struct.pack("<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<I", free) * 108  # fmt: skip
    chain = [fat_sector, end, *range(3, 2 + sectors), end]
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(label: str, kind: int, child: int, start: int, size: int) -> bytes:
        name = (label + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII16xI16xIQ", name, len(name), kind, 1, free, free, child, 0, start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry(stream, 2, free, 2, len(content))
    return header + fat + directory.ljust(512, b"\0") + content


NOT_WORD = {
    "PDF": (b"%PDF-1.7\n", "this is a PDF, not a Word file; give it the ending .pdf"),
    "encrypted": (compound("EncryptedPackage"), "protected by a password"),
    "old Word": (compound("WordDocument"), "this is an old Word file, not a Word file; give it the ending .doc"),
    "old Word, encrypted": (compound("WordDocument", b"\xec\xa5" + b"\0" * 9 + b"\x01"), "protected by a password"),
    "old Excel": (compound("Workbook", b"\x09\x08\0\0"), "an old Excel file"),
    "old Excel, encrypted": (compound("Workbook", b"\x09\x08\x01\0\0\x2f\0\x36\0"), "protected by a password"),
    "something else of that time": (compound("CONTENTS"), "damaged, or not a Word file"),
    "web page": ("<html><body><table><tr><td>序号".encode("gb18030"), "this is a web page"),
    "web page in UTF-16": ("<table><tr><td>序号".encode("utf-16"), "this is a web page"),
    "XML": (b"<?xml version='1.0'?><Workbook/>", "this is an XML file"),
    "rich text": (b"{\\rtf1\\ansi", "this is a rich text"),
    "text": ("序号\t提案者\n".encode("gb18030"), "this is a plain text, not a Word file; give it the ending .txt"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is a picture"),
    "worksheet": (packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": MAIN}), "this is an Excel file"),
    "binary worksheet": (packed({"[Content_Types].xml": TYPES, "xl/workbook.bin": b"\x83"}), "a binary Excel file"),
    "OpenDocument": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument text"),
    "packed folder": (packed({"名单.docx": WHOLE}), "this is a packed folder, not a Word file; unpack it"),
    "no main part": (packed({"[Content_Types].xml": TYPES}), "this is a packed folder"),
    "nothing known": (b"\0\1\2\3" * 100, "damaged, or not a Word file"),
    "cut off": (WHOLE[: len(WHOLE) // 2], "damaged"),
}


@pytest.mark.parametrize("what", NOT_WORD)
def test_what_is_no_word_file_is_called_by_its_name(what: str) -> None:
    data, reason = NOT_WORD[what]
    assert reason in told(data)


def test_a_part_that_a_password_protects() -> None:
    data = bytearray(WHOLE)
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in told(bytes(data))


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "a/b.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_with_a_dtd_is_refused_before_a_parser_expands_it(part: str, encoding: str) -> None:
    laughs = LAUGHS.replace('version="1.0"', f'version="1.0" encoding="{encoding}"').encode(encoding)
    assert "XML entities" in told(word(**{part: laughs}))
    late = b"<?xml version='1.0'?><!--" + b" " * 200_000 + b"--><!DOCTYPE d SYSTEM 'file:///etc/hostname'><d/>"
    assert "XML entities" in told(word(**{part: late}))


def test_a_part_in_an_encoding_that_hides_its_dtd_is_refused() -> None:
    """A library that knows more encodings than the guard would see a DTD where the guard sees none."""
    hidden = '<?xml version="1.0" encoding="gb2312"?><!DOCTYPE d [<!ENTITY a "甲">]><d>&a;</d>'.encode("gb2312")
    assert "damaged" in told(word(**{"word/document.xml": hidden}))


def test_what_unpacks_to_too_much_is_refused_by_its_declared_sizes() -> None:
    pages = "".join(f"<w:p>{n * n}</w:p>" for n in range(200_000))
    big = word(**{"word/document.xml": f"<w:document xmlns:w='urn:w'>{pages}</w:document>"})
    assert "more than 3 MB" in told(big, Limits(unpacked_mb=3))
    open_package(big, "名单.docx", Limits(), (".docx",))


def test_what_packs_to_a_thousandth_was_made_to_explode() -> None:
    assert "500 times" in told(word(**{"word/document.xml": b"<d>" + b" " * 20_000_000}))


def test_a_size_that_lies_is_refused() -> None:
    """A library that trusts the table of contents would unpack more than was counted."""
    data = bytearray(word(**{"word/document.xml": "<d>" + "名单" * 100_000 + "</d>"}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    assert "damaged" in told(bytes(data))


def test_a_table_of_contents_without_end_is_refused_unread() -> None:
    assert "packed folder" in told(
        packed({f"word/{n}.xml": "" for n in range(10_001)} | {"[Content_Types].xml": TYPES})
    )


def test_a_packing_that_no_office_program_uses_is_refused() -> None:
    parts: dict[str, str | bytes] = {"[Content_Types].xml": TYPES, "word/document.xml": MAIN}
    assert "no office program" in told(packed(parts, zipfile.ZIP_LZMA))


@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_package_or_one_line(end: int, changes: list[tuple[int, int]]) -> None:
    for whole in (WHOLE, compound("WordDocument"), compound("Workbook", b"\x09\x08\x08\0")):
        data = bytearray(whole)
        for at, byte in changes:
            data[at * len(data) // len(WHOLE)] = byte
        try:
            open_package(bytes(data), "名单.docx", Limits(), (".docx",))
            open_package(bytes(data[: end * len(data) // len(WHOLE)]), "名单.docx", Limits(), (".docx",))
        except Unreadable as e:
            assert "\n" not in str(e)


@given(st.binary(max_size=3000))
@settings(max_examples=200, deadline=None)
def test_a_files_kind_is_asked_of_any_bytes(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe<"):
        assert isinstance(real_ending(head + data), str)
