"""`kg show`: show an entity's card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import console
from kg.options import BuildDir


def show(
    name: Annotated[str, typer.Argument(help="A name or alias, as any text has it.")],
    build: BuildDir = Path("build"),
) -> None:
    """Show an entity's card: its facts, each with the words that state it and where they stand."""
    from rich.text import Text

    from kg.card import cards
    from kg.store import open_store

    paper = console.for_people()
    for i, card in enumerate(cards(open_store(build), name)):
        paper.print(Text("\n" if i else "") + Text(card.name, style="bold") + Text(f"  {card.kind}", style="dim"))
        if card.aliases:
            paper.print(Text("又作 " + "、".join(card.aliases), style="dim"))
        for line in card.lines:
            head = f"{line.subject} · {line.predicate}" if line.subject else line.predicate
            paper.print(Text(f"\n{head}  ") + Text(line.value if not line.subject else "", style="bold"))
            paper.print(Text(f"  「{line.words}」 ") + Text(line.where, style="dim"))
