"""`kg report`: write the yearly review of a committee's proposal work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import console
from kg.errors import NothingBuilt
from kg.options import BuildDir, DataDir


def report(
    committee: Annotated[
        str, typer.Option(help="A committee's name or a part of it; default the one with the most proposals.")
    ] = "",
    year: Annotated[int | None, typer.Option(help="Only meetings and honours of that year.")] = None,
    session: Annotated[str, typer.Option(help="Only a meeting, by its name or a part of it: 三届二次会议.")] = "",
    out: Annotated[Path, typer.Option(help="The folder to write report.html and report.docx to.")] = Path("report"),
    names: Annotated[str | None, typer.Option(help="masked or full; default as the data folder says.")] = None,
    build: BuildDir = Path("build"),
    data: DataDir = None,
) -> None:
    """Write the yearly review of proposal work (提案工作情况报告), for a secretary to complete and send on."""
    from kg import report as reports
    from kg.lexicon import load
    from kg.settings import settings
    from kg.store import open_store

    chosen = settings(data, names=names)
    store = open_store(build)
    made = reports.report(
        store, load(*chosen.lexicons), committee=committee, year=year, session=session, names=chosen.names
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, write in reports.FORMATS.items():
            (out / name).write_bytes(write(made))
            console.line(out / name)
    except OSError as e:
        raise NothingBuilt(f"can't be written ({e.strerror})", where=str(out), hint="name another folder: --out") from e
    for sentence in made.left_out:
        console.say(f"kg: {sentence}")
