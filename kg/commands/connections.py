"""`kg connections`: print the computed ties, or what is behind one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import UsageError
from kg.options import BuildDir, Format

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg import network


def connections(
    from_: Annotated[str | None, typer.Option("--from", help="The one end's kind: sector, party, theme …")] = None,
    to: Annotated[str | None, typer.Option("--to", help="The other end's kind.")] = None,
    why: Annotated[tuple[str, str] | None, typer.Option("--why", metavar="A B", help="Why A and B are tied.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Count a joint proposal whole for each proposer.")] = False,
    by_type: Annotated[bool, typer.Option("--by-type", help="Count the national types of sectors.")] = False,
    parties: Annotated[bool, typer.Option("--parties-as-sectors", help="Count a party's for its sector.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How the ties are printed.")] = Format.table,
    build: BuildDir = Path("build"),
) -> None:
    """Print the computed ties, with their frame; or the records and sentences behind one (--why A B)."""
    from kg import network
    from kg.store import open_store

    store = open_store(build)
    facts = network.Facts(store)
    if why is not None:
        paths = network.why(store, *why)
        if not paths:
            console.line(network.no_tie(store, *why))
        _print_paths(paths, store)
        return
    ends = (from_ or (None if to else "sector,sector-type,party"), to or (None if from_ else "theme"))
    people = any("person" in (end or "") or network.KINDS["person"] in (end or "") for end in ends)
    all_ties = network.connections(
        facts,
        by="type" if by_type else "sector",
        counting="whole" if whole else "fractional",
        parties="sectors" if parties else "apart",
        people=people,
    )
    ties = network.select(all_ties, *ends)
    if form is Format.csv:
        console.write(network.connections_csv(ties))
    elif form is Format.json:
        console.write(json.dumps(network.as_objects(ties), ensure_ascii=False, indent=1) + "\n")
    elif form is Format.turtle:
        raise UsageError("ties are printed as table, csv or json", hint="their triples: kg query --format turtle")
    else:
        console.table(network.HEADINGS, network.table(ties))
        for sentence in network.notes(ties, network.read_records(facts)):
            console.line(f"\n{sentence}")


def _print_paths(paths: Sequence[network.Path], store: Store) -> None:
    """Each record behind a tie, with the sentences that lead to both ends."""
    from rich.text import Text

    from kg.card import Labels

    paper, labels = console.for_people(), Labels(store)
    for path in paths:
        paper.print(Text(path.title, style="bold"))
        for step in path.steps:
            paper.print(Text(f"  {step.subject} · {step.relation} · {step.object}"))
            for words in step.words:
                paper.print(Text(f"    「{words.reading}」 ") + Text(labels.where(words.place), style="dim"))
