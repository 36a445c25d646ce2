"""The process that queries run in: `python -m kg.serve.worker MEGABYTES SECONDS ROWS`.

It says that it is ready, reads one line of JSON a query, the store's folder with it, and writes one line of JSON and
then the answer's bytes:

    {"ready": true}
    {"store": "…", "text": "…", "accept": "…", "default_graphs": […], "named_graphs": […]}
    {"media_type": "text/csv", "length": 12}            or      {"status": 400, "said": "…"}

Nothing in here can stop a query, for Oxigraph gives no other thread a turn: who started the process ends it. The limits
that it sets itself are the kernel's.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Store

from kg.serve.answering import Asked, Written, answer
from kg.serve.refusals import Refused

_STATUS = Path("/proc/self/status")
_DATA = "VmData:"
_OWN_USERS, _OWN_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER, which makes the other one everybody's right, and CLONE_NEWNET."""
_GRACE = 5
"""Seconds of processor time beyond the limit, after which the kernel ends a query whose server is gone."""


def main(megabytes: int, seconds: float, rows: int) -> None:
    """Answer until the input ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    store, opened = Store(), ""
    _leave_the_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _head(sink, {"ready": True})
    sink.flush()
    while line := source.readline():
        request = json.loads(line)
        folder = request.pop("store")
        try:
            if folder != opened:
                store, opened = _open(folder), folder
                _limit_memory(megabytes)
            _limit_time(seconds)
            _write(sink, answer(store, Asked(**request), rows))
        except Refused as refused:
            _say(sink, refused)
        except MemoryError:
            os.abort()


def _leave_the_network() -> None:
    """Move into a network of one's own, which leads nowhere, where the kernel lets anybody do that (unshare(2)).

    Queries that call a server are refused before; this holds where one was not seen.
    """
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None:
        unshare(_OWN_USERS | _OWN_NETWORK)


def _open(folder: str) -> Store:
    try:
        return Store.read_only(folder)
    except OSError as error:
        raise Refused(503, f"the store can't be opened ({error})", where=folder, hint="run kg build") from error


def _limit_memory(megabytes: int) -> None:
    """Let the process take so much more memory than it has; only Linux says what it has, and counts it the same way."""
    if _STATUS.exists():
        taken = next(int(line.split()[1]) for line in _STATUS.read_text().splitlines() if line.startswith(_DATA))
        resource.setrlimit(resource.RLIMIT_DATA, (taken * 1024 + megabytes * 1024 * 1024, resource.RLIM_INFINITY))


def _limit_time(seconds: float) -> None:
    """Let the process take so much more processor time."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(_used() + seconds + _GRACE), hard))


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _write(sink: BinaryIO, written: Written) -> None:
    _head(sink, {"media_type": written.media_type, "length": len(written.data)})
    sink.write(written.data)
    sink.flush()


def _say(sink: BinaryIO, refused: Refused) -> None:
    _head(sink, {"status": refused.status, "said": str(refused)})
    sink.flush()


def _head(sink: BinaryIO, head: dict[str, object]) -> None:
    sink.write(json.dumps(head).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
