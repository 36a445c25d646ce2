"""`kg build`: build the graph from texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import NothingBuilt
from kg.options import DataDir

if TYPE_CHECKING:
    from kg.build import Summary
    from kg.model import Document, Facts
    from kg.remote_store import RemoteStore

LEFT_OUT = 3
"""Exit code of a build that left something out."""
MOST_NOTES = 12
"""Notes on texts that are told unasked."""


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Texts or folders; default the data folder's texts/."),
    ] = None,
    out: Annotated[Path, typer.Option(help="The build folder to write.")] = Path("build"),
    data: DataDir = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Use nothing from an earlier build.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read texts side by side.")] = 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be built, and write nothing.")] = False,
    store: Annotated[
        str, typer.Option(help="The URL of a SPARQL server's dataset to write the graph to as well, citizens masked.")
    ] = "",
) -> None:
    """Build the graph, whole, from texts: what is not among the PATHs is not in it."""
    from kg.build import build as build_graph
    from kg.settings import settings

    chosen = settings(data)
    texts = paths or ([chosen.texts] if chosen.texts else [])
    if not texts:
        raise NothingBuilt(
            "no texts were named and there is no data folder here", hint="name a PATH, or run kg init data"
        )
    with _server(store if not dry_run else "") as remote:
        summary = build_graph(texts, out, chosen, jobs=jobs, dry_run=dry_run, progress=_progress)
        _tell(summary, out, dry_run)
        if remote:
            _upload(out, remote)
    if summary.left_out:
        raise typer.Exit(LEFT_OUT)


def _server(url: str) -> AbstractContextManager[RemoteStore | None]:
    """The server, before anything is built: one that does not answer is told at once."""
    if not url:
        return nullcontext()
    from kg.remote_store import RemoteStore

    return RemoteStore(url)


def _upload(out: Path, remote: RemoteStore) -> None:
    from kg.store import open_store
    from kg.upload import upload

    def told(graph: str, number: int) -> None:
        console.say(f"kg: {graph or 'default graph'}: part {number} is there", least=console.Verbosity.detailed)

    done = upload(open_store(out, "masked"), remote, told=told)
    console.say(
        f"{remote.url}: {done.graphs} graphs written ({done.triples:,} triples), {done.there} were there already"
        + (f", {done.removed} removed" if done.removed else "")
    )


def _progress(documents: Sequence[Document], facts: Iterable[Facts]) -> Iterator[Facts]:
    return console.progress(len(documents), facts)


def _tell(summary: Summary, out: Path, dry_run: bool) -> None:
    """The summary, on stderr: what was left out first."""
    for error in summary.left_out:
        console.say(f"kg: left out: {error}", least=console.Verbosity.quiet)
    for source in summary.empty:
        console.say(f"kg: {source}: no fact found in it; kg read {source} shows how it was understood")
    for note in summary.notes[:MOST_NOTES]:
        console.say(f"kg: {note}")
    for note in summary.notes[MOST_NOTES:]:
        console.say(f"kg: {note}", least=console.Verbosity.detailed)
    if len(summary.notes) > MOST_NOTES:
        console.say(f"kg: … and {len(summary.notes) - MOST_NOTES} more; kg build -v tells them all")
    for finding in summary.findings:
        console.say(f"kg: {finding}")
    counts = ", ".join(f"{n} {kind}" for kind, n in summary.counts.items())
    texts = "1 text" if summary.documents == 1 else f"{summary.documents} texts"
    if dry_run:
        console.say(f"would build from {texts}: {counts or 'nothing'}")
    else:
        console.say(f"{texts} → {out / 'graph.nq'} ({summary.quads:,} quads): {counts or 'nothing'}")
        console.say(f"the page: {out / 'graph.html'}")
