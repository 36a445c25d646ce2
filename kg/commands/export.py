"""`kg export`: the graph for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import console
from kg.options import BuildDir, Names


def export(
    formats: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FORMAT]...", help="turtle, trig, nquads, jsonld, graphml, gexf, csv, excel; default all of them."
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder to write; an earlier export there is replaced.")] = Path(
        "export"
    ),
    licence: Annotated[str, typer.Option(help="The IRI of the licence that you give the data under.")] = "",
    names: Annotated[Names, typer.Option(help="Whether people who are not public are shown.")] = Names.masked,
    build: BuildDir = Path("build"),
) -> None:
    """Write the graph for other programs: RDF, networks, tables, with a description and checksums."""
    from kg.export import export as export_graph

    for path in export_graph(build, out, formats or (), names=names.value, licence=licence):
        console.line(path)
