"""What the service says when it does not do what it was asked: an HTTP status and one line."""

from __future__ import annotations

from kg.errors import KgError


class Refused(KgError):
    """A request that gets no answer: its HTTP status beside what happened and what to do."""

    def __init__(self, status: int, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what, where=where, hint=hint)
        self.status = status


class NoGraphHere(Refused):
    """A query names a graph that the store doesn't have."""

    def __init__(self, iri: str) -> None:
        super().__init__(
            400, f"there is no graph <{iri}> here, and none is fetched", hint="GRAPH ?g { … } finds those that are here"
        )


class TooManyRows(Refused):
    """An answer with more rows, or triples, than the service gives."""

    def __init__(self, most: int) -> None:
        super().__init__(422, f"the answer has more than {most:,} rows, and none was sent", hint="ask with LIMIT")


class TooSlow(Refused):
    """A query that was stopped at the time limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(504, f"the query was stopped after {seconds:g} seconds", hint="ask for less at once")


class TooLarge(Refused):
    """A query whose process ended: at the memory limit, or where its parser nested too deeply."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            507,
            f"the query was stopped: it needs more than {megabytes:,} MB of memory, or is nested too deeply",
            hint="ask for less at once",
        )


class Busy(Refused):
    """All processes are at work, and the time to wait in line is over."""

    def __init__(self) -> None:
        super().__init__(503, "other queries are running, and the line is too long", hint="ask again in a minute")
