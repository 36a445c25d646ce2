"""The web application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.resources import PACKAGE
from kg.serve import description
from kg.serve.addresses import PLACES, thing
from kg.serve.editor import vocabulary
from kg.serve.figures import Counting
from kg.serve.formats import GRAPHS, HTML, chosen, described
from kg.serve.guard import Guard
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.protocol import answered, operation
from kg.serve.refusals import Refused
from kg.serve.served import Served
from kg.serve.things import SHOWN, known, page, rdf

_HERE = PACKAGE / "serve"
_FORMS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/n-triples": "n-triples"}
"""Media type → what `?form=` calls it, for links that people follow."""
_RETRY_SECONDS = "60"
_TURTLE = "text/turtle"


@dataclass(frozen=True, slots=True)
class _Service:
    """The handlers, and what they share."""

    served: Served
    pool: Pool
    counting: Counting
    limits: Limits
    templates: Environment

    def front(self, _: Request) -> Response:
        """The page that the build left; its own policy, which it carries, is stricter than the service's."""
        found = self.served.generation() / "graph.html"
        if not found.is_file():
            raise Refused(404, "this build has no page", hint="run kg view")
        policy = {"Content-Security-Policy": "frame-ancestors 'none'", "Cache-Control": "no-cache"}
        return FileResponse(found, media_type=HTML, headers=policy)

    async def sparql(self, request: Request) -> Response:
        """The endpoint; asked nothing, the editor for a browser and the service description for others."""
        asked = await operation(request, self.limits)
        if asked is not None:
            return await answered(request, asked, self.pool, self.served)
        kind = _liked(request, (_TURTLE, HTML, *GRAPHS))
        if kind == HTML:
            return self._html("editor.html.j2", vocabulary=vocabulary(), limits=self.limits)
        figures = await self.counting.of(self.served.folder())
        return _rdf(kind, description.service(_origin(request), figures, GRAPHS[kind]))

    async def void(self, request: Request) -> Response:
        """The description of the dataset."""
        kind = _liked(request, tuple(GRAPHS))
        figures = await self.counting.of(self.served.folder())
        return _rdf(kind, description.dataset(_origin(request), figures, GRAPHS[kind]))

    def thing(self, request: Request) -> Response:
        """What the graph says of one thing."""
        kind = _form(request)
        store, iri = self.served.store(), thing(request.scope["raw_path"].decode("latin-1"))
        if iri is None or not known(store, iri):
            raise Refused(404, "the graph has nothing at this address")
        if kind == HTML:
            return self._html("thing.html.j2", page=page(store, iri), forms=_FORMS, shown=SHOWN)
        return _rdf(kind, rdf(store, iri, GRAPHS[kind], self.limits.rows))

    def _html(self, template: str, **shown: object) -> Response:
        written = self.templates.get_template(template).render(**shown)
        return HTMLResponse(written, headers={"Vary": "Accept", "Cache-Control": "no-cache"})


def application(build: Path, limits: Limits, *, names: Sequence[str] = (), origins: Sequence[str] = ()) -> Guard:
    """The application over a build folder.

    Args:
        build: the build folder.
        limits: what queries may take.
        names: host names by which the service may be asked, beside addresses and `localhost`.
        origins: whose pages may ask from a browser; `*` for all.

    """
    pool = Pool(limits)
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    service = _Service(Served(build), pool, Counting(pool), limits, templates)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    shared = Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"], max_age=3600)
    app = Starlette(
        routes=_routes(service),
        lifespan=running,
        middleware=[shared] if origins else [],
        exception_handlers={Refused: _refused, HTTPException: _http, ClientDisconnect: _gone, Exception: _defect},
    )
    return Guard(app, names, limits.request_bytes, shared=bool(origins))


def _routes(service: _Service) -> list[Route | Mount]:
    return [
        Route("/", service.front),
        Route("/sparql", service.sparql, methods=["GET", "POST"]),
        Route(description.WELL_KNOWN, service.void),
        *(Route(f"/{place}/{{rest:path}}", service.thing) for place in PLACES),
        Mount("/static/vendor", StaticFiles(directory=_HERE / "vendor")),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]


def _liked(request: Request, offered: tuple[str, ...]) -> str:
    accept = request.headers.get("accept", "")
    kind = chosen(accept, offered)
    if kind is None:
        raise Refused(406, f"this is not written as {accept}", hint=f"it is written as {', '.join(offered)}")
    return kind


def _form(request: Request) -> str:
    """The media type that is asked for by `?form=`, or else by the header; HTML where it is all the same."""
    asked = request.query_params.get("form")
    if asked is None:
        return _liked(request, (HTML, *GRAPHS))
    by_name = {name: kind for kind, name in _FORMS.items()}
    if asked not in by_name:
        raise Refused(400, f"there is no form {asked[:40]!r}", hint=f"there are {', '.join(by_name)}")
    return by_name[asked]


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _rdf(kind: str, data: bytes) -> Response:
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "Content-Type": described(kind)}
    return Response(data, headers=headers)


def _said(status: int, said: str) -> Response:
    headers = {"Retry-After": _RETRY_SECONDS} if status == 503 else {}
    return PlainTextResponse(f"{said}\n", status, headers)


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _said(error.status, str(error))


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


def _gone(_: Request, __: Exception) -> Response:
    return _said(499, "the client went away")  # which nobody reads


def _defect(_: Request, __: Exception) -> Response:
    return _said(500, "a defect of kg; its details stand where kg serve was started")
