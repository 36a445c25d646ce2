"""Old office files are read through LibreOffice as the Word files that they would be today."""

from __future__ import annotations

import io
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Pt

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import old_office, read, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LIST = f"""<w:abstractNum {W} w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>"""


def document() -> bytes:
    """A list of proposals as python-docx saves it: a heading, a numbered list, a table with a merged cell."""
    made = docx.Document()
    numbering = made.part.numbering_part.element
    numbering.insert(0, parse_xml(LIST))
    numbering.append(parse_xml(f'<w:num {W} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))
    made.add_heading("山南区政协优秀提案", 1)
    for text in ("协商案例：《修一座桥》", "协商案例：《种一片林》"):
        properties = made.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'))
    made.add_paragraph("").add_run("予以表彰。").font.size = Pt(16)
    rows = [("序号", "提案者", "案由"), ("1", "林知远", "关于修桥的建议"), ("2", "", "关于种树的建议")]
    table = made.add_table(0, 3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1)).text = "林知远"
    made.add_paragraph("山南区政协办公室")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


NEW = document()
AS_PRINTED = [
    *("山南区政协优秀提案", "一、协商案例：《修一座桥》", "二、协商案例：《种一片林》", "予以表彰。"),
    *("序号\t提案者\t案由", "1\t林知远\t关于修桥的建议", "2\t林知远\t关于种树的建议", "山南区政协办公室"),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document as LibreOffice saves it in each format."""
    folder = tmp_path_factory.mktemp("saved")
    source = folder / "名单.docx"
    source.write_bytes(NEW)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for ending in ("doc", "odt", "rtf"):
        command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def test_what_python_docx_saves_is_read_as_printed() -> None:
    assert word.read(NEW, "名单.docx", Limits()).text.split("\n") == AS_PRINTED


@pytest.mark.parametrize("ending", [".doc", ".odt"])
def test_an_old_file_is_read_as_the_new_one_it_was_made_of(saved: Path, ending: str) -> None:
    made = read(saved / f"名单{ending}")
    assert made.raw.split("\n") == AS_PRINTED
    kinds = [region.kind for region in made.regions]
    assert kinds == ["heading", "item", "item", "", "row", "row", "row", ""]


def test_a_file_of_wps_is_read_and_the_same_bytes_give_the_same_text(saved: Path) -> None:
    data = (saved / "名单.doc").read_bytes()
    twice = [old_office.read(data, "名单.wps", Limits()) for _ in range(2)]
    assert twice[0] == twice[1]
    assert twice[0].text.split("\n") == AS_PRINTED


def test_a_rich_text_is_read_whatever_it_is_called(saved: Path) -> None:
    data = (saved / "名单.rtf").read_bytes()
    read_lines = old_office.read(data, "名单.doc", Limits()).text.split("\n")
    assert read_lines[0] == AS_PRINTED[0]
    assert read_lines[-4:] == AS_PRINTED[-4:]


def test_a_new_file_with_an_old_ending_needs_no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert old_office.read(NEW, "名单.doc", Limits()).text.split("\n") == AS_PRINTED


def told(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(Unreadable) as error:
        old_office.read(data, "名单.doc", limits)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_without_libreoffice_a_person_is_told_what_to_do(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    data = (saved / "名单.doc").read_bytes()
    assert told(data) == "名单.doc: an old Word file; install LibreOffice, or save it as .docx"


def test_what_is_no_old_word_file_is_called_by_its_name() -> None:
    assert "this is a web page" in told("<html><body>名单".encode())
    assert "this is a plain text, not an old Word file; give it the ending .txt" in told("名单".encode("gb18030"))
    assert "this is a PDF" in told(b"%PDF-1.4")
    assert "damaged" in told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000)


def test_a_damaged_file_gives_no_mojibake(saved: Path) -> None:
    data = (saved / "名单.doc").read_bytes()
    head, body = data[:512], data[512:]
    assert "名单.doc: " in told(head + body[: len(body) // 3])
    encrypted = data.replace(b"\xec\xa5\xc1\x00", b"\xec\xa5\xc1\x00", 1)
    at = encrypted.index(b"\xec\xa5")
    assert "password" in told(encrypted[: at + 11] + bytes([encrypted[at + 11] | 1]) + encrypted[at + 12 :])


def started(folder: Path) -> Iterator[str]:
    """The command lines of running processes that mention a folder."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if str(folder) in line:
            yield line


def test_a_conversion_that_takes_too_long_is_stopped_whole(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    line = told((saved / "名单.doc").read_bytes(), Limits(convert_seconds=0))
    assert line.endswith("more than 0 seconds; save it as .docx, or raise limits.convert_seconds in kg.toml")
    time.sleep(0.2)
    assert not list(started(tmp_path))
    assert not list(tmp_path.iterdir())


LINKED = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.2"><office:body><office:text>'
    '<text:section text:name="s"><text:section-source xlink:href="{}"/><text:p>原文</text:p></text:section>'
    "</office:text></office:body></office:document>"
)


def test_nothing_that_a_file_links_to_is_fetched(saved: Path, tmp_path: Path) -> None:
    secret = tmp_path / "密.txt"
    secret.write_text("不可读", encoding="utf-8")
    flat = tmp_path / "链接.fodt"
    flat.write_text(LINKED.format(secret.as_uri()), encoding="utf-8")
    profile = f"-env:UserInstallation={(saved / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(flat)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found: Reading = old_office.read((tmp_path / "链接.odt").read_bytes(), "链接.odt", Limits())
    assert "不可读" not in found.text
