"""`kg read`: print a text's blocks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import UsageError
from kg.options import DataDir, Format

if TYPE_CHECKING:
    from kg.blocks import Section
    from kg.model import Block, Document

_COLUMNS = (
    *("article", "kind", "begin", "end", "where", "page", "column", "box", "sheet", "table", "row", "cell"),
    *("heading", "text"),
)


def read(
    file: Annotated[Path, typer.Argument(help="A text: .txt .docx .xlsx .pdf …")],
    data: DataDir = None,
    form: Annotated[Format, typer.Option("--format", help="How the blocks are printed.")] = Format.table,
) -> None:
    """Print a text's blocks as understood: kind, offsets, page or cell, and the text, repaired."""
    from kg import read as reading
    from kg.blocks import blocks, sections
    from kg.lexicon import load
    from kg.settings import settings
    from kg.tables import roles
    from kg.words import Words

    if form is Format.turtle:
        raise UsageError("blocks are printed as table, csv or json", hint="--format json")
    chosen = settings(data)
    document = reading.read(file, chosen.limits)
    lexicon = load(*chosen.lexicons)
    found = sections(blocks(document, Words.load().crosses, lexicon.confusions, roles(lexicon.table_columns)))
    for note in (*_known(document), *document.notes):
        console.say(f"kg: {document.source}: {note}")
    if form is Format.table:
        console.table(("kind", "offsets", "where", "text"), list(_lines(document, found)))
        return
    cells = list(_cells(document, found))
    if form is Format.json:
        console.write(json.dumps(cells, ensure_ascii=False, indent=1) + "\n")
        return
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(cells)
    console.write(out.getvalue())


def _known(document: Document) -> Iterator[str]:
    """What is known of the text beside its words."""
    from kg.model import Year

    for name in (f.name for f in fields(document.about)):
        if value := getattr(document.about, name):
            yield f"{name}: {value.value if isinstance(value, Year) else value}"


def _lines(document: Document, found: Sequence[Section]) -> Iterator[tuple[str, str, str, str]]:
    for number, section in enumerate(found, start=1):
        if len(found) > 1:
            yield f"# article {number}", "", "", ""
        for block in section.blocks:
            text = " | ".join(cell.text for cell in block.cells)
            offsets = f"{block.span.start}–{block.span.end}"
            yield block.kind, offsets, _where(document, block), text + (" (cut off)" if block.truncated else "")


def _where(document: Document, block: Block) -> str:
    line = document.raw.count("\n", 0, block.span.start) + 1
    return (block.region.where if block.region else "") or f"第{line}行"


def _cells(document: Document, found: Sequence[Section]) -> Iterator[dict[str, object]]:
    """A line for each filled cell; what is no row is one cell."""
    for number, section in enumerate(found, start=1):
        for block in section.blocks:
            for at, passage in enumerate(block.cells):
                if not passage.text:
                    continue
                region = block.region
                span = passage.span(0, len(passage.text))
                named = block.kind == "row" and at < len(block.header)
                yield {
                    "article": number,
                    "kind": block.kind,
                    "begin": span.start,
                    "end": span.end,
                    "where": _where(document, block),
                    "page": region.page if region else None,
                    "column": region.column if region else None,
                    "box": " ".join(map(str, region.box)) if region and region.box else None,
                    "sheet": region.sheet if region else "",
                    "table": region.table if region else None,
                    "row": region.row if region else None,
                    "cell": at + 1 if block.kind == "row" else None,
                    "heading": block.header[at] if named else " > ".join(p.text for p in block.under),
                    "text": passage.text,
                }
