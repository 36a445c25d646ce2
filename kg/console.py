"""What is said to people: data to stdout, words about the work to stderr. The only place that prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

# rich is imported where a table or a bar is drawn: most commands need neither.

_Each = TypeVar("_Each")


class Verbosity(Enum):
    """How much is said on stderr."""

    quiet = 0
    normal = 1
    detailed = 2


_verbosity = Verbosity.normal  # of this run, set by the options before the command


def speak(verbosity: Verbosity) -> None:
    """Say this much from now on."""
    global _verbosity  # noqa: PLW0603 - the options before the command hold for the whole run
    _verbosity = verbosity


def say(text: str, *, least: Verbosity = Verbosity.normal) -> None:
    """A line on stderr, where the run says that much; `quiet` is said always."""
    if _verbosity.value >= least.value:
        print(text, file=sys.stderr)


def line(text: object) -> None:
    """A line of data."""
    print(text)


def write(text: str) -> None:
    """Data as it is."""
    sys.stdout.write(text)


def for_people() -> Console:
    """For what is read by people: as wide as it needs where that is no terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table: with lines on a terminal, aligned plain text elsewhere."""
    from rich import box
    from rich.table import Table

    terminal = sys.stdout.isatty()
    drawn = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False, show_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold", no_wrap=not terminal)
    for row in rows:
        drawn.add_row(*(cell.replace("\n", " ") for cell in row))
    console = for_people()
    if not terminal:
        console.width = max(80, sum(_width(columns, rows, i) + 2 for i in range(len(columns))))
    console.print(drawn)


def _width(columns: Sequence[str], rows: Sequence[Sequence[str]], i: int) -> int:
    from rich.cells import cell_len

    return max(cell_len(text) for text in (columns[i], *(row[i] for row in rows)))


def progress(total: int, each: Iterable[_Each]) -> Iterator[_Each]:
    """Hands on each, with a bar on stderr where that is a terminal and there is more than one to wait for."""
    if _verbosity is Verbosity.quiet or not sys.stderr.isatty() or total < 2:
        yield from each
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(each, "reading", total=total, console=Console(stderr=True), transient=True)
