"""`kg init`: make a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import console


def init(folder: Annotated[Path, typer.Argument(help="The data folder to make.")]) -> None:
    """Make a data folder of one's own: kg.toml, texts/, lexicon/."""
    from kg.settings import make

    make(folder)
    console.say(f"made {folder}; put texts into {folder / 'texts'} and run: kg build --data {folder}")
