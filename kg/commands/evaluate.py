"""`kg evaluate`: measure accuracy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.options import DataDir

if TYPE_CHECKING:
    from kg.evaluate import Row


def evaluate(
    golds: Annotated[Path, typer.Argument(metavar="GOLDDIR", help="Gold files, one JSON a text (docs/accuracy.md).")],
    texts: Annotated[Path | None, typer.Option(help="Where their texts are; default beside the gold.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Tell what was missed and what is wrong.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Print the precision of each rule instead, as CSV.")] = False,
    data: DataDir = None,
) -> None:
    """Measure accuracy, by kind of fact and by rule, against facts annotated by hand."""
    from kg import evaluate as accuracy
    from kg import read
    from kg.background import Background
    from kg.settings import settings
    from kg.work import serially

    files = accuracy.gold_files(golds)
    documents = [read.read(path) for path in accuracy.texts_of(files, [texts or files[0].parent])]
    background = Background.of(settings(data).lexicons)
    report = accuracy.evaluate(
        files, console.progress(len(documents), serially(documents, background)), background.lexicon
    )
    for name in report.missing:
        console.say(f"kg: {name}: its text is not here; name its folder with --texts")
    if rules:
        console.write(report.rules_csv())
        return
    shown = {name: row for name, row in report.rows.items() if row.f1 is not None}
    console.table(["kind", "right", "missed", "wrong", "P", "R", "F1"], [_figures(n, row) for n, row in shown.items()])
    for name, row in shown.items() if errors else ():
        for what, items in (("missed", row.missed), ("wrong", row.wrong)):
            for item in items:
                console.line(f"{name}: {what} {item}")


def _figures(name: str, row: Row) -> list[str]:
    counts = [str(n) for n in (row.right, len(row.missed), len(row.wrong))]
    return [name, *counts, *(f"{f:.3f}" if f is not None else "" for f in (row.precision, row.recall, row.f1))]
