"""Web archives (.mht, .mhtml): a page and what it loads in one file, as browsers, Word and Excel save them (RFC 2557).

Read is the page that the archive begins with. Where that page only puts frames on the screen, as Excel's does for a
workbook, the pages in the frames are read, in the archive's order. Pictures and styles are passed over.
"""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from kg.errors import Unreadable
from kg.limits import Limits
from kg.model import Reading
from kg.read.archive import another_format, real_ending
from kg.read.web import Source, read_pages

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FRAMES = b"<frameset"


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of the archive's page, with what it says of itself and the address that it was saved from.

    Raises Unreadable for what is no archive or holds no page, and as the reader of web pages does.
    """
    if (found := real_ending(data)) != ".mht":
        raise another_format(found, name, [".mht"])
    try:
        archive = message_from_bytes(data.lstrip(), policy=policy.default)
        parts = [part for part in archive.walk() if part.get_content_type() in _PAGES]
        first = _root(archive, parts)
        pages = [_source(part) for part in ([first] if first is not None else [])]
        if pages and _FRAMES in pages[0].data.lower() and len(parts) > 1:
            pages = [_source(part) for part in parts if part is not first]
        address = _address(archive, first)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError) as e:  # the parser's, over broken headers
        raise Unreadable("damaged: its parts can't be told apart", where=name, hint="save the page again") from e
    if not pages:
        raise Unreadable("a web archive without a page", where=name, hint="save the page again, or as .html")
    reading = read_pages(pages, name, limits)
    return replace(reading, about=replace(reading.about, url=reading.about.url or address))


def _root(archive: EmailMessage, parts: list[EmailMessage]) -> EmailMessage | None:
    """The page that the archive names as its first (`start`), else the first one."""
    content = archive.get("Content-Type")
    start = content.params.get("start", "") if content is not None else ""
    return next((part for part in parts if start and part.get("Content-ID") == start), parts[0] if parts else None)


def _source(part: EmailMessage) -> Source:
    """A part's bytes, with what its head says of their encoding."""
    data = part.get_payload(decode=True)
    return Source(data if isinstance(data, bytes) else b"", part.get_content_charset())


def _address(archive: EmailMessage, page: EmailMessage | None) -> str:
    """Where the page was saved from, if it says so and that is in the web."""
    said = [archive.get("Snapshot-Content-Location"), page.get("Content-Location") if page is not None else None]
    return next((str(address) for address in said if str(address).startswith(("http://", "https://"))), "")
