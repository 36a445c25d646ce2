"""Web archives: the page that a browser, Word or Excel saved in one file, read like the page itself."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read import read as read_file
from kg.read import web, web_archive
from kg.read.archive import real_ending

FOLDER = Path(__file__).parent / "web"
PAGE = (
    "<html><head><title>名单</title></head><body><h1>优秀提案名单</h1><p>关于修缮老城区步行桥的建议</p></body></html>"
)


def archive(*parts: tuple[str, bytes], start: str = "") -> bytes:
    """An archive of parts, each with its header."""
    said = f'; start="{start}"' if start else ""
    lines = [f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--=_A"{said}\r\n'.encode()]
    lines += [f"----=_A\r\n{header}\r\n\r\n".encode() + body for header, body in parts]
    return b"\r\n".join([*lines, b"----=_A--\r\n"])


def part(page: str, encoding: str = "utf-8", transfer: str = "base64", more: str = "") -> tuple[str, bytes]:
    data = page.encode(encoding)
    written = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[transfer](data)
    return f'Content-Type: text/html; charset="{encoding}"\r\nContent-Transfer-Encoding: {transfer}{more}', written


def read(data: bytes) -> Reading:
    return web_archive.read(data, "页.mht", Limits())


@pytest.mark.parametrize("name", ["committee.html", "saved.html", "links.html", "word.htm", "excel.htm", "reply.html"])
def test_an_archive_of_chromium_is_read_like_its_page(name: str, browser: Browser, tmp_path: Path) -> None:
    tab = browser.new_page()
    tab.goto((FOLDER / name).as_uri(), wait_until="domcontentloaded")
    snapshot = tab.context.new_cdp_session(tab).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    tab.close()
    path = tmp_path / "页.mhtml"
    path.write_bytes(snapshot.encode())
    assert real_ending(path.read_bytes()) == ".mht"
    page = web.read((FOLDER / name).read_bytes(), name, Limits())
    document = read_file(path)
    assert document.raw == page.text
    assert (document.about.date, document.about.publisher) == (page.about.date, page.about.publisher)


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_every_encoding_of_a_part_is_undone(encoding: str, transfer: str) -> None:
    page = PAGE if encoding != "big5" else "<h1>優秀提案名單</h1><p>關於修繕老城區步行橋的建議</p>"
    picture = ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", b"iVBORw0KGgo=")
    reading = read(archive(picture, part(page, encoding, transfer)))
    assert reading.text == (
        "優秀提案名單\n關於修繕老城區步行橋的建議" if encoding == "big5" else "优秀提案名单\n关于修缮老城区步行桥的建议"
    )
    assert reading.notes == ()


def test_the_page_that_the_archive_names_is_read_with_its_address() -> None:
    other = part("<p>广告</p>", more="\r\nContent-ID: <other>")
    named = part(PAGE, more="\r\nContent-ID: <page>\r\nContent-Location: https://example.org/1.html")
    reading = read(archive(other, named, start="<page>"))
    assert "广告" not in reading.text
    assert reading.about.url == "https://example.org/1.html"


def test_the_sheets_of_a_workbook_are_read_one_after_the_other() -> None:
    frames = '<html><frameset rows="*,39"><frame src="sheet001.htm"><frame src="sheet002.htm"></frameset></html>'
    sheets = (
        part(f"<table><tr><td>{n}</td><td>案由</td></tr><tr><td>1</td><td>修桥</td></tr></table>") for n in "甲乙"
    )
    reading = read(archive(part(frames), *sheets))
    assert reading.text == "甲\t案由\n1\t修桥\n乙\t案由\n1\t修桥"
    assert [region.table for region in reading.regions] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (archive(("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", b"iVBORw0KGgo=")), "without a page"),
        (archive(part("<script>1</script>")), "shows no words"),
        (PAGE.encode(), "this is a web page, not a web archive; give it the ending .html"),
        (b"%PDF-1.7", "this is a PDF, not a web archive"),
        (archive(part(PAGE))[:150], "without a page|shows no words|no web page"),
    ],
)
def test_what_is_no_archive_of_a_page_is_told(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=f"页.mht: .*(?:{told})"):
        read(data)


@given(st.data())
def test_any_archive_is_a_reading_or_one_line(data: st.DataObject) -> None:
    whole = bytearray(archive(part(PAGE, transfer="quoted-printable", more="\r\nContent-ID: <a>"), start="<a>"))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    try:
        assert isinstance(read(bytes(whole)), Reading)
    except Unreadable as told:
        assert str(told).startswith("页.mht: ")
