"""The processes that queries run in: started beforehand, ended at a limit, and replaced by fresh ones.

Only a process can be stopped: Oxigraph's own time limit stops neither joins nor sorts, and memory that a query took is
given back for sure only when its process ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from kg.serve.answering import Asked
from kg.serve.limits import Limits
from kg.serve.refusals import Busy, Refused, TooLarge, TooSlow

_IN_MEMORY = 1_000_000
"""Bytes of an answer that are kept in memory; a longer one waits for its client in a file without a name."""
_PIECE = 65536
_AGAIN = 1.0
"""Seconds until the next try where a process can't be started."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whole."""

    media_type: str
    length: int
    data: IO[bytes]
    """At its beginning; who reads it closes it."""


class _Ended(Exception):
    """The process ended in the middle of a query."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._to, self._from = process, process.stdin, process.stdout

    async def ready(self) -> None:
        """Return once it can be asked; raises ChildProcessError where it ended before."""
        if not await self._from.readline():
            raise ChildProcessError(f"process {self._process.pid} ended while it started")

    @property
    def ended(self) -> bool:
        """Whether somebody else ended it, such as a kernel out of memory."""
        return self._process.returncode is not None

    async def ask(self, store: Path, asked: Asked) -> Answer:
        """Raises Refused as the process says, and _Ended where it ended."""
        try:
            self._to.write(json.dumps({"store": str(store), **asdict(asked)}).encode() + b"\n")
            await self._to.drain()
            head = json.loads(await self._read_line())
        except ConnectionError as error:
            raise _Ended from error
        if "said" in head:
            raise Refused(head["status"], head["said"])
        return Answer(head["media_type"], head["length"], await self._read(head["length"]))

    async def _read_line(self) -> bytes:
        line = await self._from.readline()
        if not line:
            raise _Ended
        return line

    async def _read(self, length: int) -> IO[bytes]:
        """Take all at once, however slowly the client takes it: the process is for the next query."""
        data = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by who reads it
        try:
            while length:
                piece = await self._from.read(min(length, _PIECE))
                if not piece:
                    raise _Ended
                data.write(piece)
                length -= len(piece)
        except BaseException:
            data.close()
            raise
        data.seek(0)
        return data

    async def end(self) -> None:
        """End it at once, whatever it does."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


class Pool:
    """Asks in processes; to be entered before it is asked, in the loop that asks it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._running: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_line = 0

    async def __aenter__(self) -> Pool:
        """Start the processes."""
        await asyncio.gather(*(self._start() for _ in range(self._limits.workers)))
        return self

    async def __aexit__(self, *_: object) -> None:
        """End them all."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *(worker.end() for worker in self._running), return_exceptions=True)

    async def ask(self, store: Path, asked: Asked) -> Answer:
        """Ask the store in that folder; a caller that is cancelled ends the query.

        Raises:
            Busy: no process came free in time.
            TooSlow, TooLarge: the query was stopped.
            Refused: as `kg.serve.answering.answer` says.

        """
        worker = await self._next()
        try:
            async with asyncio.timeout(self._limits.seconds):
                answer = await worker.ask(store, asked)
        except TimeoutError:
            self._replace(worker)
            raise TooSlow(self._limits.seconds) from None
        except _Ended:
            self._replace(worker)
            raise TooLarge(self._limits.megabytes) from None
        except Refused:
            self._idle.put_nowait(worker)
            raise
        except BaseException:  # the client is gone
            self._replace(worker)
            raise
        self._idle.put_nowait(worker)
        return answer

    async def _next(self) -> _Worker:
        if self._idle.empty() and self._in_line >= self._limits.line:
            raise Busy
        self._in_line += 1
        try:
            async with asyncio.timeout(self._limits.wait_seconds):
                while (worker := await self._idle.get()).ended:
                    self._replace(worker)
                return worker
        except TimeoutError:
            raise Busy from None
        finally:
            self._in_line -= 1

    def _replace(self, worker: _Worker) -> None:
        task = asyncio.create_task(self._end_and_start(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end_and_start(self, worker: _Worker) -> None:
        await worker.end()
        self._running.discard(worker)
        while True:
            try:
                return await self._start()
            except OSError:  # out of memory or of processes: so are others, and not for ever
                await asyncio.sleep(_AGAIN)

    async def _start(self) -> None:
        limits = (self._limits.megabytes, self._limits.seconds, self._limits.rows)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.serve.worker", *map(str, limits)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # where Oxigraph is out of memory, it tells at length
            start_new_session=True,  # an interrupt at the terminal is for the service, which ends them
        )
        worker = _Worker(process)
        self._running.add(worker)
        await worker.ready()  # else its start would be taken out of the first query's time
        self._idle.put_nowait(worker)
