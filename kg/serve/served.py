"""What is served: the store and the page of the current generation, found anew for each request."""

from __future__ import annotations

import threading
from pathlib import Path

from pyoxigraph import Store

from kg.errors import NoGraph
from kg.generations import current
from kg.serve.refusals import Refused
from kg.store import PUBLIC


class Served:
    """A build folder, of which each request sees the newest generation."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._opened: tuple[Path, Store] | None = None
        self._opening = threading.Lock()

    def generation(self) -> Path:
        """The folder of the current generation.

        Raises:
            Refused: there is none.

        """
        try:
            return current(self._build)
        except NoGraph as error:
            raise Refused(503, error.what, where=error.where, hint=error.hint) from error

    def folder(self) -> Path:
        """The folder of the store that is served: people who are not public are hidden in it."""
        return self.generation() / PUBLIC

    def store(self) -> Store:
        """That store, read-only: for look-ups, not for queries of strangers, which have no end of their own.

        Raises:
            Refused: it can't be opened.

        """
        folder = self.folder()
        with self._opening:
            if self._opened is None or self._opened[0] != folder:
                try:
                    self._opened = folder, Store.read_only(str(folder))
                except OSError as error:
                    said = f"the store can't be opened ({error})"
                    raise Refused(503, said, where=str(folder), hint="run kg build") from error
            return self._opened[1]
