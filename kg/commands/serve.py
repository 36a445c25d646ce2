"""`kg serve`: the graph as a local web service."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated

import typer

from kg import console
from kg.options import BuildDir


def serve(
    host: Annotated[str, typer.Option(help="The address of this machine that is served.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8350,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may run.")] = 10.0,
    row_limit: Annotated[int, typer.Option(min=1, help="Rows, or triples, that an answer may have.")] = 100_000,
    wait_limit: Annotated[float, typer.Option(min=0.1, help="Seconds that a query stands in line.")] = 60.0,
    memory: Annotated[int, typer.Option(min=16, help="Megabytes of memory that a query may take.")] = 1024,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Queries that run at once; default two more than there are processors.")
    ] = None,
    host_name: Annotated[
        list[str] | None, typer.Option(help="A name by which the service may be asked; may be given again.")
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(help="A site whose pages may ask, as https://example.org, or *; may be given again."),
    ] = None,
    build: BuildDir = Path("build"),
) -> None:
    """Serve the graph, read only: its page, a page for each thing, and a SPARQL endpoint with an editor."""
    from dataclasses import replace

    from kg.serve.limits import Limits
    from kg.serve.run import serve as run

    limits = Limits(seconds=time_limit, rows=row_limit, megabytes=memory, wait_seconds=wait_limit)
    if workers is not None:
        limits = replace(limits, workers=workers)
    if not _is_loopback(host):
        console.say(f"{host} can be reached from other machines, and asks nobody for a password")
    run(build, host, port, limits, names=host_name or (), origins=cors or (), started=_tell)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tell(address: str) -> None:
    console.say(
        f"{address}/ is the graph's page, {address}/sparql the query editor and endpoint; Ctrl-C ends the service"
    )
