"""The guard before packed files: what a file really is, and whether what it packs may be unpacked.

A Word file, a worksheet or an OpenDocument file is a zip of XML parts. Nothing is handed to a library before its sizes
are known to be bounded and true, and no part has a DTD, which is where entities that explode or reach out are declared;
no office program writes one. A zip inside it is never opened, and no macro is run.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from pathlib import PurePath
from typing import Any
from xml.parsers import expat

import olefile

from kg.errors import Unreadable
from kg.limits import Limits

ENCRYPTED = "encrypted"
"""What `real_ending` says of an office file that a password protects: it does not show which program's it is."""

KINDS = {
    ".docx": "a Word file",
    ".docm": "a Word file",
    ".doc": "an old Word file",
    ".xlsx": "an Excel file",
    ".xlsm": "an Excel file",
    ".xlsb": "a binary Excel file",
    ".xls": "an old Excel file",
    ".pptx": "a PowerPoint file",
    ".ppt": "an old PowerPoint file",
    ".odt": "an OpenDocument text",
    ".ods": "an OpenDocument table",
    ".pdf": "a PDF",
    ".html": "a web page",
    ".mht": "a web archive",
    ".xml": "an XML file",
    ".rtf": "a rich text",
    ".txt": "a plain text",
    ".zip": "a packed folder",
    ".rar": "a packed folder",
    ".7z": "a packed folder",
    ".gz": "a packed file",
    ".jpg": "a picture",
    ".png": "a picture",
    ".gif": "a picture",
    ".tif": "a picture",
}
"""A format's ending → what a person calls it."""

_READ = {".docx", ".doc", ".xlsx", ".xlsm", ".xls", ".ods", ".odt", ".rtf", ".pdf", ".html", ".mht", ".txt"}
"""Endings that have a reader: a file that has the wrong one needs but a new name."""
_PACKED = {".zip", ".rar", ".7z", ".gz"}
_MAGIC = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"GIF8", ".gif"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|div|style)\b", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(
    rb"(?:[A-Z][A-Z-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?"
    rb"(?:MIME-Version:|Content-Type:\s*(?:multipart/(?:related|alternative)|text/html))",
    re.IGNORECASE,
)
"""A header with one of these fields, as browsers, Word and Excel begin a page in a single file."""
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_STREAMS: tuple[tuple[Any, str], ...] = (  # names are str, which olefile takes and its stubs do not
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
    ("PowerPoint Document", ".ppt"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_FILEPASS = 0x2F
_FIRST_BYTES = 4096

_ENTRY = b"PK\x01\x02"
"""How each entry of a zip's table of contents begins."""
_ENTRIES = 10_000
_RATIO, _RATIO_FROM = 500, 10_000_000
"""XML packs to a tenth, empty cells to a fiftieth; only what was made to explode, to a five-hundredth."""
_PACKED_BY_OFFICE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CHUNK = 1 << 16
_MB = 1_000_000
_XML = {".xml", ".rels", ".vml"}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, OverflowError)
"""What zipfile raises over bytes that are no whole zip."""


def real_ending(data: bytes) -> str:
    """The ending that fits a file's bytes, whatever the file is called; "" where they are of no known format.

    `ENCRYPTED` for an office file that a password protects. For anything that reads as characters, `.txt`.

    >>> real_ending(b"%PDF-1.7 ..."), real_ending("<html><table>名单".encode("gb18030"))
    ('.pdf', '.html')
    """
    head = data[:_FIRST_BYTES]
    for magic, ending in _MAGIC:
        if head.startswith(magic):
            return ending
    if head.startswith(b"PK"):
        return _zip_ending(data)
    if head.startswith(olefile.MAGIC):
        return _ole_ending(data)
    return _text_ending(head)


def open_package(data: bytes, name: str, limits: Limits, endings: Collection[str]) -> zipfile.ZipFile:
    """The parts of a packed office file whose real ending is one of `endings`, safe to be read by any library.

    Every XML part was read to its end once, so its declared size is true, and none has a DTD. `limits.unpacked_mb`
    bounds the sizes' sum.

    Raises Unreadable for what is no zip (and says what it really is), another program's file, a damaged one, one that
    a password protects, one that unpacks to too much, and a DTD.
    """
    found = real_ending(data)
    if found not in endings:
        raise another_format(found, name, endings)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        _check_sizes(package.infolist(), name, limits)
        for entry in package.infolist():
            _check_entry(package, entry, name)
    except _DAMAGED as e:
        raise damaged(name) from e
    return package


def another_format(found: str, name: str, endings: Collection[str]) -> Unreadable:
    """The error for a file whose bytes are `found` (an ending, ENCRYPTED or "") and not one of `endings`.

    >>> print(another_format(".pdf", "名单.docx", [".docx"]))
    名单.docx: this is a PDF, not a Word file; give it the ending .pdf
    """
    wanted = KINDS[next(iter(endings))]
    if found == ENCRYPTED:
        return Unreadable("protected by a password", where=name, hint="save it without one")
    if found not in KINDS:
        return Unreadable(f"damaged, or not {wanted}", where=name, hint="open it and save it again")
    hint = f"give it the ending {found}" if found in _READ else f"save it as {wanted}"
    hint = "unpack it" if found in _PACKED else hint
    return Unreadable(f"this is {KINDS[found]}, not {wanted}", where=name, hint=hint)


def damaged(name: str) -> Unreadable:
    """The error for a file that is cut off or whose bytes do not fit together."""
    return Unreadable(
        "the file is damaged or was cut off", where=name, hint="open it and save it again, or copy it anew"
    )


def macros(package: zipfile.ZipFile) -> tuple[str, ...]:
    """A note where the file brings macros: none is run."""
    brings = any(PurePath(entry).name.lower() == "vbaproject.bin" for entry in package.namelist())
    return ("its macros were ignored",) if brings else ()


def _zip_ending(data: bytes) -> str:
    if data.count(_ENTRY) > _ENTRIES:  # before the table of contents is read into memory
        return ".zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {entry.lower() for entry in package.namelist()}
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    return _OPEN_DOCUMENT.get(part.read(100).strip(), ".zip")
    except (*_DAMAGED, RuntimeError, KeyError):
        return ""
    if "xl/workbook.bin" in names:
        return ".xlsb"
    for folder, ending in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
        if "[content_types].xml" in names and any(entry.startswith(folder) for entry in names):
            return ending
    return ".zip"


def _ole_ending(data: bytes) -> str:
    try:
        with olefile.OleFileIO(data) as compound:
            for stream, ending in _STREAMS:
                if compound.exists(stream):
                    with compound.openstream(stream) as part:
                        start = part.read(_FIRST_BYTES)
                    return ENCRYPTED if _is_encrypted(start, ending) else ending
    except (OSError, ValueError, IndexError, TypeError, AttributeError):  # what olefile raises over damaged bytes
        pass
    return ""


def _is_encrypted(start: bytes, ending: str) -> bool:
    """Whether the beginning of an old file's main stream says so: Word's header (FIB), or Excel's FILEPASS record."""
    if ending == ".doc":
        return len(start) > 11 and bool(start[11] & 1)
    at = 0
    while ending == ".xls" and at + 4 <= len(start):
        record, length = struct.unpack_from("<HH", start, at)
        if record == _FILEPASS:
            return True
        at += 4 + length
    return False


def _text_ending(head: bytes) -> str:
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            head = head[len(bom) :].decode(encoding, "replace").encode()
            break
    head = head.lstrip()
    if not head or _NO_TEXT.search(head):
        return ""
    if head.startswith(b"<"):
        if _WEB_PAGE.search(head):
            return ".html"
        return ".xml" if head.startswith((b"<?xml", b"<!DOCTYPE")) else ".txt"
    return ".mht" if _WEB_ARCHIVE.match(head) else ".txt"


def _check_sizes(entries: Collection[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """The sizes that the table of contents declares; `_check_entry` sees whether they are true."""
    if any(entry.flag_bits & 1 for entry in entries):
        raise another_format(ENCRYPTED, name, [".zip"])
    if any(entry.compress_type not in _PACKED_BY_OFFICE for entry in entries):
        raise Unreadable("packed in a way that no office program uses", where=name, hint="open it and save it again")
    if sum(entry.file_size for entry in entries) > limits.unpacked_mb * _MB:
        what = f"unpacks to more than {limits.unpacked_mb:,} MB"
        raise Unreadable(what, where=name, hint="take pictures out, or raise limits.unpacked_mb in kg.toml")
    for entry in entries:
        if entry.file_size > max(_RATIO_FROM, _RATIO * entry.compress_size):
            raise Unreadable(
                "unpacks to more than 500 times its size, as no real document does", where=name, hint="take it away"
            )


def _check_entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Raises Unreadable for a DTD, and what zipfile raises where a size or a checksum is not true.

    zipfile gives no more bytes than were declared, and compares the checksum at the end.
    """
    is_xml = PurePath(entry.filename).suffix.lower() in _XML
    prolog = _Prolog()
    with package.open(entry) as part:
        while chunk := part.read(_CHUNK):
            prolog.feed(chunk)
            if prolog.has_dtd:
                raise Unreadable(
                    "declares XML entities, as no office program does", where=name, hint="open it and save it again"
                )
            if not is_xml and prolog.is_over:
                break  # a picture: not read by anyone
    if is_xml and prolog.is_malformed:
        raise damaged(name)


class _Prolog:
    """An XML part up to its first element, which is as far as a DTD can stand."""

    def __init__(self) -> None:
        self.has_dtd = self.is_malformed = self.is_over = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._dtd
        self._parser.StartElementHandler = self._element

    def feed(self, data: bytes) -> None:
        if self.is_over:
            return
        try:
            self._parser.Parse(data, False)
        except _Over:
            self.is_over = True
        except (expat.ExpatError, ValueError, LookupError):  # not XML, or of an encoding that expat lacks
            self.is_malformed = self.is_over = True

    def _dtd(self, *_: object) -> None:
        self.has_dtd = True
        raise _Over

    def _element(self, *_: object) -> None:
        raise _Over


class _Over(Exception):
    """Stops the parser where the prolog ends."""
