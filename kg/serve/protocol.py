"""The query operation of the SPARQL 1.1 protocol: GET, POST of a form, POST of the query itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import IO
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from kg.serve.answering import Asked
from kg.serve.formats import described
from kg.serve.limits import Limits
from kg.serve.pool import Answer, Pool
from kg.serve.refusals import Refused
from kg.serve.served import Served

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = Refused(403, "an update would change the graph, and it is read-only here", hint="ask with SELECT")
_BODY_SECONDS = 20
_PIECE = 65536


async def operation(request: Request, limits: Limits) -> Asked | None:
    """What a request asks; None where it asks nothing, which is for the service description.

    Raises:
        Refused: it is no query operation of the protocol.

    """
    given = _pairs(request.scope["query_string"])
    if request.method == "POST":
        kind, body = _kind(request), await _body(request, limits.request_bytes)
        if kind == _FORM:
            given += _pairs(body)
        elif kind == _QUERY:
            given.append(("query", _text(body)))
        elif kind == _UPDATE:
            raise _READ_ONLY
        else:
            raise Refused(415, f"a query is not posted as {kind or 'what has no type'}", hint=f"as {_QUERY} or {_FORM}")
    if any(name == "update" for name, _ in given):
        raise _READ_ONLY
    queries = [value for name, value in given if name == "query"]
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise Refused(400, f"there are {len(queries)} queries in the request", hint="send one")
    return Asked(
        text=queries[0],
        accept=request.headers.get("accept", ""),
        default_graphs=tuple(value for name, value in given if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in given if name == "named-graph-uri"),
    )


async def answered(request: Request, asked: Asked, pool: Pool, served: Served) -> Response:
    """The answer, whole; where the client goes away before it is there, its query ends.

    Raises:
        ClientDisconnect: it went away.
        Refused: as `Pool.ask` does, and where the service ends.

    """
    asking = asyncio.create_task(pool.ask(served.folder(), asked))
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise ClientDisconnect
        return _response(asking.result())
    except asyncio.CancelledError:
        raise Refused(503, "the service ends") from None
    finally:
        for task in (asking, leaving):
            task.cancel()
            with suppress(asyncio.CancelledError, Refused):
                await task


def _response(answer: Answer) -> Response:
    headers = {"Content-Length": str(answer.length), "Vary": "Accept", "Cache-Control": "no-cache"}
    return StreamingResponse(_pieces(answer.data), headers=headers, media_type=described(answer.media_type))


async def _pieces(data: IO[bytes]) -> AsyncIterator[bytes]:
    with data:
        while piece := data.read(_PIECE):
            yield piece


async def _left(request: Request) -> None:
    """Return once the client is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _kind(request: Request) -> str:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.partition("charset=")[2].strip(' "').lower()
    if charset not in {"", "utf-8", "utf8"}:
        raise Refused(415, f"a query in {charset} is not read", hint="send UTF-8")
    return kind.strip().lower()


async def _body(request: Request, most: int) -> bytes:
    body = b""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise Refused(413, f"the request is longer than {most:,} bytes")
    except TimeoutError:
        raise Refused(408, f"the request did not come within {_BODY_SECONDS} seconds") from None
    return body


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:  # UnicodeDecodeError too
        raise Refused(400, f"the request's parameters can't be read ({error})", hint="send UTF-8, encoded") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            400, f"the query is no UTF-8 ({error.reason} at byte {error.start})", hint="send UTF-8"
        ) from error
