"""Options that several commands have, with the same words."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    turtle = "turtle"


class Names(StrEnum):
    """How people who are not public are named."""

    masked = "masked"
    full = "full"


BuildDir = Annotated[Path, typer.Option("--build", help="The build folder to read from.")]
DataDir = Annotated[
    Path | None,
    typer.Option("--data", help="The data folder; default ./data where it holds kg.toml, else the package's."),
]
