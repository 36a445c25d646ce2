"""Every error that a person can meet: what happened, where, what to do, and the exit code it ends with.

    KgError                 the root; the command line prints it as one line and never a traceback
    ├── UsageError      2   the call's words are off, or a query's syntax
    ├── NothingBuilt    4   no text could be read, the disk is full, the folder is read-only …
    ├── NoGraph         4   there is no graph in this folder
    ├── Locked          4   another build holds the lock
    ├── ShapesBroken    5   the graph breaks its shapes
    └── NotFound        6   no such entity, question or text

Exit code 3 (built, but something was left out) is no error: the build's summary carries what was left out.
"""

from __future__ import annotations


class KgError(Exception):
    """What happened, where, and what to do; `str()` is the one line that a person reads."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.hint = what, where, hint

    def __str__(self) -> str:
        """`where: what; hint`, each part where there is one, on a single line."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line}; {self.hint}" if self.hint else line
        return " ".join(line.split())


class UsageError(KgError):
    """The call's words are off, or a query's syntax."""

    exit_code = 2


class NothingBuilt(KgError):
    """Nothing could be built; an earlier graph is untouched."""

    exit_code = 4


class NoGraph(KgError):
    """There is no graph in the build folder."""

    exit_code = 4


class Locked(KgError):
    """Another build holds the lock."""

    exit_code = 4


class ShapesBroken(KgError):
    """The graph breaks its shapes."""

    exit_code = 5


class NotFound(KgError):
    """No such entity, question or text; the hint gives the nearest names."""

    exit_code = 6


class Unreadable(KgError):
    """One text that can't be read: told and left out (exit code 3), or 4 where no text is left."""

    exit_code = 3
