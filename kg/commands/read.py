"""`kg read`: print a text's blocks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import console
from kg.options import DataDir


def read(
    file: Annotated[Path, typer.Argument(help="A text.")],
    data: DataDir = None,
) -> None:
    """Print a text's blocks as understood: kind, line, and the text, repaired."""
    from kg import read as reading
    from kg.blocks import blocks, sections
    from kg.lexicon import load
    from kg.settings import settings
    from kg.tables import roles
    from kg.words import Words

    chosen = settings(data)
    document = reading.read(file, chosen.limits)
    lexicon = load(*chosen.lexicons)
    found = blocks(document, Words.load().crosses, lexicon.confusions, roles(lexicon.table_columns))
    for number, section in enumerate(sections(found), start=1):
        console.line(f"# article {number}")
        for block in section.blocks:
            line = document.raw.count("\n", 0, block.span.start) + 1
            cells = " | ".join(cell.text for cell in block.cells)
            where = f"{line:>5} {block.span.start:>6}-{block.span.end:<6}"
            console.line(f"{where} {block.kind:<9} {cells}{' (cut off)' if block.truncated else ''}")
