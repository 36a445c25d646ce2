"""How many files a second each format's reader reads: the page that the repository ships, in the office's formats.

    python benchmarks/files.py

Beside each reader stands a library that only takes the words out of the same file, in the same run: a second moves with
the machine, the ratio holds. Old formats, which LibreOffice converts, are measured where it is installed; what it needs
to start is nearly all of it.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdf
from lxml import html
from markdown_it import MarkdownIt

from kg.limits import Limits
from kg.read import READERS

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from office_files import FILES, as_html, lines

SECONDS = 2.0


def from_docx(data: bytes) -> object:
    """Every paragraph and every cell, by python-docx."""
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs], cells


def from_xlsx(data: bytes) -> object:
    """Every cell, by openpyxl."""
    return [row for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows(values_only=True)]


PEERS: dict[str, tuple[str, Callable[[bytes], object]]] = {
    ".txt": ("bytes.decode", lambda data: data.decode("utf-8")),
    ".md": ("markdown-it-py", lambda data: MarkdownIt().parse(data.decode("utf-8"))),
    ".html": ("lxml", lambda data: html.document_fromstring(data).text_content()),
    ".csv": ("csv", lambda data: list(csv.reader(io.StringIO(data.decode("gb18030"))))),
    ".xlsx": ("openpyxl", from_xlsx),
    ".docx": ("python-docx", from_docx),
    ".pdf": ("pypdf", lambda data: [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]),
}
CONVERTED = {".ods": ("页.xlsx", "ods"), ".doc": ("页.docx", "doc"), ".xls": ("页.xlsx", "xls")}


def a_second(work: Callable[[], object]) -> float:
    """How often a second something is done, over some seconds."""
    work()
    done, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < SECONDS:
        work()
        done += 1
    return max(done, 1) / passed


def as_pdf() -> bytes | None:
    """The page printed by Chromium; None where it is not installed."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.set_content(as_html().decode())
        printed = tab.pdf(prefer_css_page_size=True)
        browser.close()
    return printed


def converted(name: str, into: str) -> bytes:
    """A file as LibreOffice saves it in another format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"page{Path(name).suffix}"
        path.write_bytes(FILES[name]())
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", into]
        subprocess.run([*command, "--outdir", folder, str(path)], check=True, capture_output=True, timeout=120)
        return (Path(folder) / f"page.{into}").read_bytes()


def files() -> dict[str, bytes]:
    """Ending → the page in that format."""
    found = {Path(name).suffix: FILES[name]() for name in reversed(FILES)}
    found[".md"] = "\n\n".join(lines()).encode()
    if printed := as_pdf():
        found[".pdf"] = printed
    if shutil.which("soffice"):
        found |= {ending: converted(*how) for ending, how in CONVERTED.items()}
    return dict(sorted(found.items()))


def main() -> None:
    """Print the table."""
    print("## Files a second\n")
    print("The shipped page, 6,000 characters with a table of ten rows, in each format.\n")
    print("| format | kB | files a second | its peer | files a second | ratio |")
    print("|---|---:|---:|---|---:|---:|")
    for ending, data in files().items():
        ours = a_second(lambda data=data, ending=ending: READERS[ending](data, f"页{ending}", Limits()))  # type: ignore[misc]
        row = f"| `{ending}` | {len(data) / 1000:.0f} | {ours:.1f} |"
        if ending in PEERS:
            called, peer = PEERS[ending]
            theirs = a_second(lambda peer=peer, data=data: peer(data))  # type: ignore[misc]
            print(f"{row} {called} | {theirs:.1f} | {ours / theirs:.2f} |")
        else:
            print(f"{row} | | |")


if __name__ == "__main__":
    main()
