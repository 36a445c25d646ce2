"""The media types that the service writes, and which of them a client would rather have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import QueryResultsFormat, RdfFormat

ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""Of SELECT and ASK; the first is what a client gets that doesn't care."""

GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "text/n3": RdfFormat.N3,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
    "text/xml": RdfFormat.RDF_XML,
}
"""Of CONSTRUCT, DESCRIBE and the things of the graph."""

HTML = "text/html"


def chosen(accept: str, offered: Iterable[str]) -> str | None:
    """The media type of those offered that the header `Accept` likes best, the earlier one where it likes two alike.

    >>> chosen("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'

    None where it likes none of them; an empty header likes all.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    liked = [(quality, -place, kind) for place, kind in enumerate(offered) if (quality := _quality(kind, ranges)) > 0]
    return max(liked)[2] if liked else None


def described(kind: str) -> str:
    """The header `Content-Type` of a media type."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return kind, float(quality)
    except ValueError:
        return kind, 0.0


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    """What the most specific range that holds the media type says of it; 0 where none does."""
    for wanted in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if found := [quality for asked, quality in ranges if asked == wanted]:
            return max(found)
    return 0.0
