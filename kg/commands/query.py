"""`kg query`: ask the graph."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import UsageError
from kg.options import BuildDir, Format, Names

if TYPE_CHECKING:
    from kg.query import Result


def query(
    asked: Annotated[str | None, typer.Argument(metavar="[NAME | SPARQL]", help="A saved question, or SPARQL.")] = None,
    file: Annotated[Path | None, typer.Option(help="A file that holds the SPARQL.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="k=v, for a saved question; may be given again.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How the rows are printed.")] = Format.table,
    list_: Annotated[bool, typer.Option("--list", help="List the saved questions.")] = False,
    build: BuildDir = Path("build"),
    names: Annotated[Names, typer.Option(help="Whether people who are not public are shown.")] = Names.full,
    store: Annotated[str, typer.Option(help="The URL of a SPARQL server's dataset to ask instead of a build.")] = "",
) -> None:
    """Ask the graph a saved question (NAME: a-z, 0-9 and -) or anything in SPARQL, read only."""
    from kg import query as queries

    if list_:
        _print_questions(queries.listing(), form)
        return
    text = _one_of(asked, file)
    if not store:
        _print(queries.run(build, text, _params(param or []), names.value), form)
        return
    from kg.remote_store import RemoteStore

    with RemoteStore(store) as remote:
        _print(queries.ask_by_name(remote, text, _params(param or [])), form)


def _print(result: Result, form: Format) -> None:
    if form is Format.csv:
        console.write(result.to_csv())
    elif form is Format.json:
        console.write(result.to_json())
    elif form is Format.turtle:
        console.write(result.to_turtle())
    else:
        rows = list(result.rows())
        console.table(result.titles, rows)
        console.say(f"{len(rows)} rows" if len(rows) != 1 else "1 row", least=console.Verbosity.detailed)


def _print_questions(listing: list[dict[str, object]], form: Format) -> None:
    if form is Format.json:
        console.write(json.dumps(listing, ensure_ascii=False, indent=1) + "\n")
    else:
        console.table(["name", "question"], [[str(one["name"]), str(one["question"])] for one in listing])


def _one_of(asked: str | None, file: Path | None) -> str:
    if (asked is None) == (file is None):
        raise UsageError("give either a question or --file", hint="kg query --list names the saved questions")
    if file is None:
        return asked or ""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"can't be read ({e})", where=str(file), hint="check the path; the file is UTF-8") from e


def _params(given: Sequence[str]) -> dict[str, str]:
    params = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {one} is not of the form k=v", hint="for instance --param name=经济界")
        params[name] = value
    return params
