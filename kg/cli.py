"""The command line: parse, call, print. The only place that prints: data to stdout, words about the work to stderr."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

import kg
from kg.errors import KgError, NothingBuilt, ShapesBroken, UsageError

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rich.console import Console

    from kg import network
    from kg.build import Summary
    from kg.evaluate import Row
    from kg.model import Document, Facts

# What a command needs is imported inside it: `kg query --list` must not wait for a tagger that it does not use.

app = typer.Typer(
    name="kg",
    help="政协文本知识图谱: from CPPCC texts to a knowledge graph in which every fact has its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

LEFT_OUT = 3
"""Exit code of a build that left something out."""
INTERRUPTED = 130
_OF_EVERY_COMMAND = frozenset(["-q", "--quiet", "-v", "--verbose"])

# typer carries a click of its own and names only some of its errors: every error about the call's words descends from
# the class that BadParameter descends from.
_CALL_IS_OFF = typer.BadParameter.__mro__[1]


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    turtle = "turtle"


class Verbosity(Enum):
    """How much is said on stderr."""

    quiet = 0
    normal = 1
    detailed = 2


BuildDir = Annotated[Path, typer.Option("--build", help="The build folder to read from.")]
DataDir = Annotated[
    Path | None,
    typer.Option("--data", help="The data folder; default ./data where it holds kg.toml, else the package's."),
]

_verbosity = Verbosity.normal  # of this run, set by the options before the command


def _print_version(asked: bool) -> None:
    if asked:
        print(kg.__version__)
        raise typer.Exit


@app.callback()
def options(
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more about the work.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """政协文本知识图谱: from CPPCC texts to a knowledge graph in which every fact has its words."""
    global _verbosity  # noqa: PLW0603 - the options before the command hold for the whole run
    _verbosity = Verbosity.quiet if quiet else Verbosity.detailed if verbose else Verbosity.normal


@app.command()
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
    summary = build_graph(texts, out, chosen, jobs=jobs, dry_run=dry_run, progress=_progress)
    _tell(summary, out, dry_run)
    if summary.left_out:
        raise typer.Exit(LEFT_OUT)


def _tell(summary: Summary, out: Path, dry_run: bool) -> None:
    """The summary, on stderr: what was left out first."""
    for error in summary.left_out:
        _say(f"kg: left out: {error}", least=Verbosity.quiet)
    for source in summary.empty:
        _say(f"kg: {source}: no fact found in it; kg read {source} shows how it was understood")
    for note in summary.notes:
        _say(f"kg: {note}", least=Verbosity.detailed)
    for finding in summary.findings:
        _say(f"kg: {finding}")
    counts = ", ".join(f"{n} {kind}" for kind, n in summary.counts.items())
    texts = "1 text" if summary.documents == 1 else f"{summary.documents} texts"
    if dry_run:
        _say(f"would build from {texts}: {counts or 'nothing'}")
    else:
        _say(f"{texts} → {out / 'graph.nq'} ({summary.quads:,} quads): {counts or 'nothing'}")
        _say(f"the page: {out / 'graph.html'}")


def _progress(documents: Sequence[Document], facts: Iterable[Facts]) -> Iterator[Facts]:
    """A bar on stderr where that is a terminal and there is more than one text to wait for."""
    if _verbosity is Verbosity.quiet or not sys.stderr.isatty() or len(documents) < 2:
        yield from facts
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(facts, "reading", total=len(documents), console=Console(stderr=True), transient=True)


@app.command()
def query(
    asked: Annotated[str | None, typer.Argument(metavar="[NAME | SPARQL]", help="A saved question, or SPARQL.")] = None,
    file: Annotated[Path | None, typer.Option(help="A file that holds the SPARQL.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="k=v, for a saved question; may be given again.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How the rows are printed.")] = Format.table,
    list_: Annotated[bool, typer.Option("--list", help="List the saved questions.")] = False,
    build: BuildDir = Path("build"),
) -> None:
    """Ask the graph a saved question (NAME: a-z, 0-9 and -) or anything in SPARQL, read only."""
    from kg import query as queries

    if list_:
        _print_questions(queries.listing(), form)
        return
    text = _one_of(asked, file)
    result = queries.run(build, text, _params(param or []))
    if form is Format.csv:
        _write(result.to_csv())
    elif form is Format.json:
        _write(result.to_json())
    elif form is Format.turtle:
        _write(result.to_turtle())
    else:
        rows = list(result.rows())
        _print_table(result.titles, rows)
        _say(f"{len(rows)} rows" if len(rows) != 1 else "1 row", least=Verbosity.detailed)


def _print_questions(listing: list[dict[str, object]], form: Format) -> None:
    if form is Format.json:
        _write(json.dumps(listing, ensure_ascii=False, indent=1) + "\n")
    else:
        _print_table(["name", "question"], [[str(one["name"]), str(one["question"])] for one in listing])


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


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name or alias, as any text has it.")],
    build: BuildDir = Path("build"),
) -> None:
    """Show an entity's card: its facts, each with the words that state it and where they stand."""
    from rich.text import Text

    from kg.card import cards
    from kg.store import open_store

    console = _console()
    for i, card in enumerate(cards(open_store(build), name)):
        console.print(Text("\n" if i else "") + Text(card.name, style="bold") + Text(f"  {card.kind}", style="dim"))
        if card.aliases:
            console.print(Text("又作 " + "、".join(card.aliases), style="dim"))
        for line in card.lines:
            head = f"{line.subject} · {line.predicate}" if line.subject else line.predicate
            console.print(Text(f"\n{head}  ") + Text(line.value if not line.subject else "", style="bold"))
            console.print(Text(f"  「{line.words}」 ") + Text(line.where, style="dim"))


@app.command()
def connections(
    from_: Annotated[str | None, typer.Option("--from", help="The one end's kind: sector, party, theme …")] = None,
    to: Annotated[str | None, typer.Option("--to", help="The other end's kind.")] = None,
    why: Annotated[tuple[str, str] | None, typer.Option("--why", metavar="A B", help="Why A and B are tied.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How the ties are printed.")] = Format.table,
    build: BuildDir = Path("build"),
) -> None:
    """Print the computed ties, with their frame; or the records and sentences behind one (--why A B)."""
    from kg import network
    from kg.store import open_store

    store = open_store(build)
    if why is not None:
        paths = network.why(store, *why)
        if not paths:
            print(network.no_tie(store, *why))
        _print_paths(paths, store)
        return
    all_ties = network.connections(store)
    ties = network.select(all_ties, from_ or (None if to else "sector,party"), to or (None if from_ else "theme"))
    if form is Format.csv:
        _write(network.connections_csv(ties))
    elif form is Format.json:
        _write(json.dumps(network.as_objects(ties), ensure_ascii=False, indent=1) + "\n")
    elif form is Format.turtle:
        raise UsageError("ties are printed as table, csv or json", hint="their triples: kg query --format turtle")
    else:
        _print_table(network.HEADINGS, network.table(ties))
        for sentence in network.notes(ties, network.read_records(store)):
            print(f"\n{sentence}")


def _print_paths(paths: Sequence[network.Path], store: Store) -> None:
    """Each record behind a tie, with the sentences that lead to both ends."""
    from rich.text import Text

    from kg.card import Labels

    console, labels = _console(), Labels(store)
    for path in paths:
        console.print(Text(path.title, style="bold"))
        for step in path.steps:
            console.print(Text(f"  {step.subject} · {step.relation} · {step.object}"))
            for words in step.words:
                console.print(Text(f"    「{words.reading}」 ") + Text(labels.where(words.place), style="dim"))


@app.command()
def validate(build: BuildDir = Path("build")) -> None:
    """Check the graph against its shapes and its evidence; say in words which text and line break which rule."""
    from kg import validate as checks
    from kg.store import open_store

    findings = checks.validate(open_store(build))
    for finding in findings:
        print(finding)
    if findings:
        raise ShapesBroken(f"the graph breaks its shapes in {len(findings)} places", hint="each is named above")
    _say("the graph keeps to its shapes, and every fact has its words")


@app.command()
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
    print(written)
    if open_:
        import webbrowser

        webbrowser.open(written.resolve().as_uri())


@app.command(name="read")
def read_file(
    file: Annotated[Path, typer.Argument(help="A text.")],
    data: DataDir = None,
) -> None:
    """Print a text's blocks as understood: kind, line, and the text, repaired."""
    from kg import read
    from kg.blocks import blocks, sections
    from kg.lexicon import load
    from kg.settings import settings
    from kg.words import Words

    document = read.read(file)
    found = blocks(document, Words.load().crosses, load(*settings(data).lexicons).confusions)
    for number, section in enumerate(sections(found), start=1):
        print(f"# article {number}")
        for block in section.blocks:
            line = document.raw.count("\n", 0, block.span.start) + 1
            cells = " | ".join(cell.text for cell in block.cells)
            where = f"{line:>5} {block.span.start:>6}-{block.span.end:<6}"
            print(f"{where} {block.kind:<9} {cells}{' (cut off)' if block.truncated else ''}")


@app.command()
def lint(data: DataDir = None) -> None:
    """Check the lexicon; each finding with file:line and what to do."""
    from kg import lint as checks
    from kg.settings import settings

    findings = checks.lint(*settings(data).lexicons)
    for finding in findings:
        print(finding)
    if findings:
        raise ShapesBroken(f"the lexicon has {len(findings)} findings", hint="each is named above")
    _say("the lexicon has no findings")


@app.command()
def evaluate(
    golds: Annotated[Path, typer.Argument(metavar="GOLDDIR", help="Gold files, one JSON a text (docs/accuracy.md).")],
    texts: Annotated[Path | None, typer.Option(help="Where their texts are; default beside the gold.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Tell what was missed and what is wrong.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Print the precision of each rule instead, as CSV.")] = False,
    data: DataDir = None,
) -> None:
    """Measure accuracy, by kind of fact and by rule, against facts annotated by hand."""
    from kg import evaluate as accuracy
    from kg import read
    from kg.background import Background
    from kg.settings import settings
    from kg.work import serially

    files = accuracy.gold_files(golds)
    documents = [read.read(path) for path in accuracy.texts_of(files, [texts or files[0].parent])]
    background = Background.of(settings(data).lexicons)
    report = accuracy.evaluate(files, _progress(documents, serially(documents, background)), background.lexicon)
    for name in report.missing:
        _say(f"kg: {name}: its text is not here; name its folder with --texts")
    if rules:
        _write(report.rules_csv())
        return
    shown = {name: row for name, row in report.rows.items() if row.f1 is not None}
    _print_table(["kind", "right", "missed", "wrong", "P", "R", "F1"], [_figures(n, row) for n, row in shown.items()])
    for name, row in shown.items() if errors else ():
        for what, items in (("missed", row.missed), ("wrong", row.wrong)):
            for item in items:
                print(f"{name}: {what} {item}")


def _figures(name: str, row: Row) -> list[str]:
    counts = [str(n) for n in (row.right, len(row.missed), len(row.wrong))]
    return [name, *counts, *(f"{f:.3f}" if f is not None else "" for f in (row.precision, row.recall, row.f1))]


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="The data folder to make.")]) -> None:
    """Make a data folder of one's own: kg.toml, texts/, lexicon/."""
    from kg.settings import make

    make(folder)
    _say(f"made {folder}; put texts into {folder / 'texts'} and run: kg build --data {folder}")


def _console() -> Console:
    """For what is read by people: as wide as it needs where that is no terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table: with lines on a terminal, aligned plain text elsewhere."""
    from rich import box
    from rich.table import Table

    terminal = sys.stdout.isatty()
    table = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=not terminal)
    for row in rows:
        table.add_row(*(cell.replace("\n", " ") for cell in row))
    console = _console()
    if not terminal:
        console.width = max(80, sum(_width(columns, rows, i) + 2 for i in range(len(columns))))
    console.print(table)


def _width(columns: Sequence[str], rows: Sequence[Sequence[str]], i: int) -> int:
    from rich.cells import cell_len

    return max(cell_len(text) for text in (columns[i], *(row[i] for row in rows)))


def _write(text: str) -> None:
    sys.stdout.write(text)


def _say(text: str, *, least: Verbosity = Verbosity.normal) -> None:
    """A line on stderr, where the run says that much; `quiet` is said always."""
    if _verbosity.value >= least.value:
        print(text, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code: an error is one line on stderr, never a traceback."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the tagger's small products are slower on several threads
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal or a pipe of another encoding must not stop the work
            stream.reconfigure(errors="replace") if stream.isatty() else stream.reconfigure(encoding="utf-8")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = app(args=_options_first(sys.argv[1:] if arguments is None else arguments), standalone_mode=False)
        sys.stdout.flush()
    except KgError as e:
        _fail(str(e))
        return e.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _interrupted()
    except BrokenPipeError:  # `kg query … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as e:  # noqa: BLE001 - the last line of defence: whatever it is, a person gets one line
        if isinstance(e, _CALL_IS_OFF):
            return _call_is_off(cast("typer.BadParameter", e))
        return _report()
    if code == INTERRUPTED:  # typer takes the interrupt itself
        return _interrupted()
    return code if isinstance(code, int) else 0


def _options_first(arguments: Sequence[str]) -> list[str]:
    """`kg build -q` as `kg -q build`: the options of every command may stand behind the command too."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    first = [a for a in arguments[:end] if a in _OF_EVERY_COMMAND]
    return [*first, *(a for a in arguments[:end] if a not in _OF_EVERY_COMMAND), *arguments[end:]]


def _call_is_off(error: typer.BadParameter) -> int:
    """One line for words of the call that typer could not take; without any words, the help."""
    message, context = error.format_message(), error.ctx
    if context is not None and message == context.get_help():
        print(message, file=sys.stderr)
    else:
        command = context.command_path.replace("python -m kg", "kg") if context is not None else "kg"
        _fail(f"{' '.join(message.split()).rstrip('.')}; see {command} --help")
    return UsageError.exit_code


def _interrupted() -> int:
    _fail("interrupted; an earlier graph is untouched")
    return INTERRUPTED


def _fail(message: str) -> None:
    print(f"kg: {message}", file=sys.stderr)


def _report() -> int:
    """Our defect: the details go to a file, and the line says which."""
    with tempfile.NamedTemporaryFile("w", prefix="kg-error-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"kg {kg.__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n{traceback.format_exc()}")
    _fail(f"a defect of kg, not of your texts; please report it with {file.name}")
    return 1
