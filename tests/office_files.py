"""The seed page as the office's files: the same lines, and its table as each format has tables."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import docx
import openpyxl

PAGE = Path(__file__).parents[1] / "data" / "texts" / "qiantang-2024.txt"

STYLE = """
@page { size: A3; margin: 15mm }
body { font: 10pt/1.6 "Noto Serif CJK SC", serif; column-count: 2; column-gap: 12mm; text-align: justify }
h2 { font-size: 15pt; break-after: avoid }
p { margin: 0; text-indent: 2em }
p.item { text-indent: 0 }
table { border-collapse: collapse; width: 100% }
td { border: 0.5pt solid; padding: 1mm }
"""


def lines() -> list[str]:
    """The page's lines, empty ones left out."""
    return [line.strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.strip()]


def parts() -> Iterator[tuple[bool, list[str]]]:
    """Lines one after the other that are a table's rows, or are not."""
    for is_table, group in groupby(lines(), key=lambda line: "\t" in line):
        yield is_table, list(group)


def as_docx() -> bytes:
    document = docx.Document()
    for is_table, group in parts():
        if not is_table:
            for line in group:
                document.add_paragraph(line)
            continue
        table = document.add_table(0, 3)
        for line in group:
            for cell, text in zip(table.add_row().cells, line.split("\t"), strict=True):
                cell.text = text
    return _saved(document.save)


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for line in lines():
        first, *more = line.split("\t")
        book.active.append([int(first) if first.isdecimal() else first, *more])
    return _saved(book.save)


def as_csv() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(line.split("\t") for line in lines())
    return out.getvalue().encode("gb18030")


def as_html() -> bytes:
    body = []
    for is_table, group in parts():
        if is_table:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t")) for line in group)
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            body += [_paragraph(line) for line in group]
    return f'<!DOCTYPE html><meta charset="utf-8"><style>{STYLE}</style><body>{"".join(body)}'.encode()


def _paragraph(line: str) -> str:
    """A line as the page sets it: a heading, an item or running text."""
    text = html.escape(line)
    if line.startswith("-"):
        return f'<p class="item">{text}</p>'
    return f"<p>{text}</p>" if len(line) > 40 or line.endswith(("。", ",", ":")) else f"<h2>{text}</h2>"


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "页.txt": PAGE.read_bytes,
    "页-gb18030.txt": lambda: PAGE.read_text(encoding="utf-8").encode("gb18030"),
    "页.docx": as_docx,
    "页.html": as_html,
    "页.xlsx": as_xlsx,
    "页.csv": as_csv,
}
