"""A SPARQL server: asked by the SPARQL 1.1 Protocol, written by the SPARQL 1.1 Graph Store HTTP Protocol.

    https://www.w3.org/TR/sparql11-protocol/
    https://www.w3.org/TR/sparql11-http-rdf-update/

A URL names the server's dataset; where the two protocols answer below it is one of `LAYOUTS`, found by asking. What a
URL holds of a name and a password is sent as HTTP's basic authentication, and never shown.
"""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Self
from urllib.parse import SplitResult, quote, unquote, urlencode, urlsplit

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)

from kg import errors

LAYOUTS: Final[Mapping[str, tuple[str, str]]] = {
    "Oxigraph": ("query", "store"),
    "Jena Fuseki": ("sparql", "data"),
    "RDF4J, GraphDB": ("", "rdf-graphs/service"),
    "Virtuoso": ("sparql", "sparql-graph-crud"),
}
"""A kind of server → where it answers queries and where it holds graphs, below its dataset's URL."""

_SECONDS: Final = 600
"""How long a request may take: a large graph is committed at its end."""
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_FOUND, _MISSING, _REDIRECTED, _REFUSED = 200, 404, (301, 302, 303, 307, 308), (401, 403)


class _Answer(NamedTuple):
    status: int
    kind: str
    """The media type, without parameters."""
    body: bytes


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the two protocols answer."""

    query: str
    graphs: str


class RemoteStore:
    """A dataset on a server, asked over one connection until it is closed (`with`).

    It has what `kg.query.ask` needs of a store, and graphs can be put into it.
    """

    def __init__(self, url: str) -> None:
        """Connect to it.

        Raises:
            UsageError: this is no http or https URL.
            NoGraph: no server answers there, or none that speaks SPARQL.

        """
        parts = _parts(url)
        self.url = f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path.rstrip('/')}"
        """The URL without a name and a password, as it may be shown."""
        self._base = quote(parts.path.rstrip("/"), safe="/%")
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = connect(parts.hostname or "", parts.port, timeout=_SECONDS)
        self._headers = {"User-Agent": "zhengxie-kg"}
        if parts.username is not None:
            secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            self._headers["Authorization"] = f"Basic {base64.b64encode(secret).decode()}"
        try:
            self._at = self._place()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- asking ------------------------------------------------------------------------------------------------------
    def query(
        self, query: str, *, prefixes: dict[str, str] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask; the syntax is checked before anything is sent.

        Raises:
            SyntaxError: as the embedded store raises it.
            UsageError: the server refuses the query.
            NoGraph: the server does not answer.

        """
        Store().query(query, prefixes=prefixes)
        declared = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in (prefixes or {}).items())
        answer = self._post_query(self._at.query, f"{declared} {query}")
        if answer.status != _FOUND:
            raise errors.UsageError(f"the server refuses the query ({answer.status}{_said(answer)})", where=self.url)
        if answer.kind == _RESULTS:
            return parse_query_results(answer.body, format=QueryResultsFormat.JSON)
        if answer.kind == _TRIPLES:
            memory = Store()
            memory.load(answer.body, format=RdfFormat.N_TRIPLES)
            triples = memory.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
            assert isinstance(triples, QueryTriples)  # a CONSTRUCT finds triples
            return triples
        raise errors.NoGraph(f"the server answers with {answer.kind or 'no media type'}", where=self.url)

    def quads_for_pattern(
        self, subject: NamedNode, predicate: NamedNode, object_: None = None, graph: None = None
    ) -> Iterator[Quad]:
        """The values of a property in the default graph."""
        found = self.query(f"SELECT ?o WHERE {{ {subject} {predicate} ?o }}")
        assert isinstance(found, QuerySolutions)  # a SELECT has solutions
        for solution in found:
            value = solution["o"]
            if isinstance(value, NamedNode | Literal):
                yield Quad(subject, predicate, value)

    # -- writing -----------------------------------------------------------------------------------------------------
    def put(self, graph: str, triples: bytes) -> None:
        """Make the N-Triples all that a named graph holds; the default graph is the empty string.

        Raises NothingBuilt where the server refuses it or does not answer, as `post` and `delete` do.
        """
        self._write("PUT", graph, triples)

    def post(self, graph: str, triples: bytes) -> None:
        """Add N-Triples to a graph."""
        self._write("POST", graph, triples)

    def delete(self, graph: str) -> None:
        """Remove a graph; that it is gone already is no error."""
        self._write("DELETE", graph, None)

    def _write(self, method: str, graph: str, triples: bytes | None) -> None:
        where = f"{self._at.graphs}?{urlencode({'graph': graph}) if graph else 'default'}"
        try:
            answer = self._request(method, where, triples, {"Content-Type": _TRIPLES} if triples is not None else {})
        except errors.NoGraph as error:
            raise errors.NothingBuilt(
                error.what, where=error.where, hint="run it again: it goes on where it stopped"
            ) from error
        gone = method == "DELETE" and answer.status == _MISSING
        if answer.status // 100 != 2 and not gone:
            raise errors.NothingBuilt(
                f"the server refuses to write a graph ({answer.status}{_said(answer)})",
                where=self.url,
                hint="it must allow writing by the SPARQL 1.1 Graph Store HTTP Protocol",
            )

    # -- HTTP --------------------------------------------------------------------------------------------------------
    def _place(self) -> _Place:
        """The first layout whose query address answers a question and whose graph address has a default graph."""
        for query, graphs in LAYOUTS.values():
            place = _Place(_below(self._base, query), _below(self._base, graphs))
            if self._answers(place.query) and self._request("HEAD", f"{place.graphs}?default").status // 100 == 2:
                return place
        raise errors.NoGraph(
            "no SPARQL server answers here",
            where=self.url,
            hint=f"name the dataset's URL, of a server laid out as {'; '.join(LAYOUTS)}",
        )

    def _answers(self, path: str) -> bool:
        answer = self._post_query(path, "ASK {}")
        if answer.status != _FOUND or answer.kind != _RESULTS:
            return False
        return bool(json.loads(answer.body).get("boolean"))

    def _post_query(self, path: str, query: str) -> _Answer:
        accepted = {"Accept": f"{_RESULTS}, {_TRIPLES};q=0.9", "Content-Type": "application/sparql-query"}
        return self._request("POST", path or "/", query.encode(), accepted)

    def _request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> _Answer:
        try:
            answer = self._sent(method, path, body, headers or {})
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            said = getattr(error, "strerror", None) or type(error).__name__
            raise errors.NoGraph(
                f"the server does not answer ({said})", where=self.url, hint="is it running?"
            ) from error
        if answer.status in _REFUSED:
            raise errors.NoGraph(
                f"the server lets nobody in without a name and a password ({answer.status})",
                where=self.url,
                hint="https://NAME:PASSWORD@…",
            )
        if answer.status in _REDIRECTED:
            raise errors.NoGraph(f"the server sends elsewhere ({answer.status})", where=self.url, hint="name that URL")
        return answer

    def _sent(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> _Answer:
        try:
            self._connection.request(method, path, body, {**self._headers, **headers})
            response = self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()  # a kept connection that the server has closed meanwhile: once more, afresh
            self._connection.request(method, path, body, {**self._headers, **headers})
            response = self._connection.getresponse()
        kind = (response.headers.get_content_type() if "Content-Type" in response.headers else "").lower()
        return _Answer(response.status, kind, response.read())


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits:
        raise errors.UsageError("--store is no http or https URL", hint="for instance http://127.0.0.1:7878")
    return parts


def _below(base: str, path: str) -> str:
    return f"{base}/{path}" if path else base


def _said(answer: _Answer) -> str:
    """The first line of what a server says of an error."""
    line = next(iter(answer.body.decode("utf-8", "replace").strip().splitlines()), "")
    return f": {line[:200]}" if line and "html" not in answer.kind else ""
