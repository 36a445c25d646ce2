"""The service's process: its socket, its web server, its end."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from kg.errors import UsageError
from kg.generations import current
from kg.serve.app import application
from kg.serve.limits import Limits

_LAST_SECONDS = 2
"""How long a request may go on once the service is told to end."""


def serve(
    build: Path,
    host: str,
    port: int,
    limits: Limits,
    *,
    names: Sequence[str] = (),
    origins: Sequence[str] = (),
    started: Callable[[str], None],
) -> None:
    """Serve until the process is told to end (SIGINT, SIGTERM); all that it started ends with it.

    Args:
        build: the build folder.
        host: an address of this machine, or `localhost`.
        port: 0 takes a free one.
        limits: what queries may take.
        names: see `kg.serve.app.application`.
        origins: see there.
        started: called with the service's address once it can be reached.

    Raises:
        NoGraph: nothing was built in `build`.
        UsageError: the address can't be had.

    """
    current(build)
    with _listening(host, port) as listening:
        address, bound = listening.getsockname()[:2]
        started(f"http://{f'[{address}]' if ':' in address else address}:{bound}")
        config = uvicorn.Config(
            application(build, limits, names=names, origins=origins),
            lifespan="on",
            http="h11",
            ws="none",
            loop="asyncio",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        said = f"the port {port} of {host} is taken" if error.errno == errno.EADDRINUSE else f"{host}: {error.strerror}"
        raise UsageError(said, hint="choose another with --port, or end what holds it") from error
