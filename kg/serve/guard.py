"""What every request must pass, and what every answer carries: against other sites' pages and against endless input."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.refusals import Refused

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What pages of the service may load: what the service gives. (The editor sets styles on its elements.)"""

_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(?::[0-9]{1,5})?", re.ASCII)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Stands before the application.

    A page of another site can make a browser ask services of its user's machine. So a request must name this machine by
    an address, by `localhost` or by one of `names` (else that site's own name may have been pointed here), and a
    browser that says it asks for another site's page is refused, but for a link that is followed.

    Args:
        app: what stands behind.
        names: host names beside addresses and `localhost`.
        most: bytes of a request's body.
        shared: whether other sites' pages may ask.

    """

    def __init__(self, app: ASGIApp, names: Sequence[str], most: int, *, shared: bool) -> None:
        self._app, self._names, self._most, self._shared = app, frozenset(names), most, shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check(scope["method"], Headers(scope=scope))
        except Refused as refused:
            await PlainTextResponse(f"{refused}\n", refused.status)(scope, receive, _with_headers(send))
            return
        await self._app(scope, receive, _with_headers(send))

    def _check(self, method: str, headers: Headers) -> None:
        host = _host(headers.get("host", ""))
        if host not in self._names and not _is_address_or_local(host):
            said = f"the host {host[:100]!r} is not served here"
            raise Refused(421, said, hint="where it is this machine's name, start with --host-name")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most:
            raise Refused(413, f"the request is longer than {self._most:,} bytes")
        followed = method in {"GET", "HEAD"} and headers.get("sec-fetch-mode") == "navigate"
        if headers.get("sec-fetch-site") == "cross-site" and not followed and not self._shared:
            raise Refused(403, "pages of other sites may not ask here", hint="start with --cors to let them")


def _host(header: str) -> str:
    """The header `Host` without its port, `[::1]` without its brackets; empty for what is no host and port."""
    found = _HOST.fullmatch(header)
    return (found["six"] or found["name"]).lower() if found else ""


def _is_address_or_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
