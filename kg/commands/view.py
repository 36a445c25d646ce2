"""`kg view`: write the page again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import console
from kg.options import BuildDir, DataDir


def view(
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    build: BuildDir = Path("build"),
    data: DataDir = None,
    names: Annotated[str | None, typer.Option(help="masked or full; default as the data folder says.")] = None,
) -> None:
    """Write the page again from the graph; open it."""
    from kg.build import write_pages
    from kg.settings import settings

    written = write_pages(build, settings(data, names=names))
    console.line(written)
    if open_:
        import webbrowser

        webbrowser.open(written.resolve().as_uri())
