"""The command line: `kg COMMAND …`. An error is one line on stderr, never a traceback."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from typing import Annotated, cast

import typer

import kg
from kg import console
from kg.commands import (
    ask,
    build,
    connections,
    evaluate,
    export,
    init,
    lint,
    query,
    read,
    report,
    serve,
    show,
    similar,
    validate,
    view,
)
from kg.console import Verbosity
from kg.errors import KgError, UsageError

COMMANDS: dict[str, Callable[..., None]] = {
    "build": build.build,
    "query": query.query,
    "ask": ask.ask,
    "show": show.show,
    "similar": similar.similar,
    "connections": connections.connections,
    "validate": validate.validate,
    "view": view.view,
    "report": report.report,
    "serve": serve.serve,
    "export": export.export,
    "read": read.read,
    "lint": lint.lint,
    "evaluate": evaluate.evaluate,
    "init": init.init,
}
"""Name → function, in the order of the help."""

app = typer.Typer(
    name="kg",
    help="政协文本知识图谱: from CPPCC texts to a knowledge graph in which every fact has its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

INTERRUPTED = 130
_OF_EVERY_COMMAND = frozenset(["-q", "--quiet", "-v", "--verbose"])

# typer carries a click of its own and names only some of its errors: every error about the call's words descends from
# the class that BadParameter descends from.
_CALL_IS_OFF = typer.BadParameter.__mro__[1]


def _print_version(asked: bool) -> None:
    if asked:
        console.line(kg.__version__)
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
    console.speak(Verbosity.quiet if quiet else Verbosity.detailed if verbose else Verbosity.normal)


for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


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
        console.say(message, least=Verbosity.quiet)
    else:
        command = context.command_path.replace("python -m kg", "kg") if context is not None else "kg"
        _fail(f"{' '.join(message.split()).rstrip('.')}; see {command} --help")
    return UsageError.exit_code


def _interrupted() -> int:
    _fail("interrupted; an earlier graph is untouched")
    return INTERRUPTED


def _fail(message: str) -> None:
    console.say(f"kg: {message}", least=Verbosity.quiet)


def _report() -> int:
    """Our defect: the details go to a file, and the line says which."""
    with tempfile.NamedTemporaryFile("w", prefix="kg-error-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"kg {kg.__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n{traceback.format_exc()}")
    _fail(f"a defect of kg, not of your texts; please report it with {file.name}")
    return 1
