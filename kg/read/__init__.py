"""Reading: bytes of one format → the stored text, never altered again. A new format is one module and one line here."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path

from kg.errors import NotFound, Unreadable
from kg.limits import Limits
from kg.model import Description, Document, Reading
from kg.read import csv_file, excel, markdown, old_office, open_sheet, pdf, sidecar, text, web, web_archive, word

Reader = Callable[[bytes, str, Limits], Reading]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".html": web.read,
    ".htm": web.read,
    ".xhtml": web.read,
    ".mht": web_archive.read,
    ".mhtml": web_archive.read,
    ".csv": csv_file.read,
    ".tsv": csv_file.read,
    ".xlsx": excel.read,
    ".xlsm": excel.read,
    ".xls": excel.read,
    ".et": excel.read,
    ".ods": open_sheet.read,
    ".pdf": pdf.read,
    ".docx": word.read,
    ".docm": word.read,
    ".doc": old_office.read,
    ".wps": old_office.read,
    ".rtf": old_office.read,
    ".odt": old_office.read,
}
"""A file's ending → its reader: `(bytes, the file's name for messages, limits) → Reading`, raising Unreadable."""

SIDECAR = ".toml"
_NO_TEXT = frozenset([SIDECAR, ".ini", ".db", ".ds_store", ".tmp", ".bak", ".lnk"])
"""Endings of what lies in a folder of texts and is none."""


def sources(paths: Iterable[Path]) -> list[Path]:
    """The files among the paths and inside the folders among them, sorted by name, each once.

    Of a folder's files those are left out that are hidden, that an office program keeps while a text is open
    (`~$名单.docx`), that a build wrote, and that are no texts but sidecars or a system's.

    Raises NotFound for a path that is not there.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            built = {current.parent for current in path.rglob(".current")}
            texts = (p for p in path.rglob("*") if _may_be_text(p.relative_to(path)) and p.is_file())
            found |= {p for p in texts if built.isdisjoint(p.parents)}
        elif path.exists():
            found.add(path)
        else:
            raise NotFound("no such file or folder", where=str(path), hint="check the path")
    return sorted(found, key=lambda p: (p.name, str(p)))


def _may_be_text(path: Path) -> bool:
    shown = not any(part.startswith((".", "~$")) for part in path.parts)
    return shown and path.suffix.lower() not in _NO_TEXT


def read(path: Path, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """Read one file whole, with what its sidecar says of it (`NAME.toml` beside `NAME.docx`).

    Raises Unreadable, naming the file and what to do, for a file that vanished, may not be read, is too large, empty,
    binary, of an unknown encoding or of a format that has no reader, and for a sidecar that can't be understood.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(
            f"no reader for {path.suffix or 'a file without ending'}",
            where=path.name,
            hint=f"save it as one of: {' '.join(READERS)}",
        )
    data = _bytes(path, limits.file_mb)
    reading = reader(data, path.name, limits)
    if not reading.text.strip("\ufeff \t\r\n\u3000\u00a0"):
        raise Unreadable("the file is empty", where=path.name, hint="put the text in or take the file away")
    said = _sidecar(path.with_suffix(SIDECAR))
    return Document(
        id=unicodedata.normalize("NFC", path.stem),
        source=path.name,
        raw=reading.text,
        sha256=hashlib.sha256(data).hexdigest(),
        regions=reading.regions,
        about=_both(said, reading.about),
        notes=reading.notes,
    )


def _bytes(path: Path, most: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > most * 1_000_000:
            raise Unreadable(
                f"{size / 1_000_000:,.0f} MB, and a file may be {most}",
                where=path.name,
                hint="split it, or raise limits.file_mb in kg.toml",
            )
        return path.read_bytes()
    except OSError as e:
        raise Unreadable(
            f"cannot be read ({e.strerror})", where=path.name, hint="check that it exists and may be read"
        ) from e


def _sidecar(path: Path) -> Description:
    """What the sidecar says; nothing where there is none."""
    if not path.is_file():
        return Description()
    try:
        return sidecar.describe(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as e:
        raise Unreadable("cannot be read as UTF-8", where=path.name, hint="save it as UTF-8 text") from e


def _both(said: Description, found: Description) -> Description:
    """What a person says, and where that says nothing what the format says."""
    return Description(**{f.name: getattr(said, f.name) or getattr(found, f.name) for f in fields(Description)})


def sidecars(paths: Iterable[Path]) -> Iterator[Path]:
    """The sidecars inside the folders among the paths that have no text beside them, sorted by name."""
    texts = {p.with_suffix(SIDECAR) for p in sources(paths)}
    found = {p for path in paths if path.is_dir() for p in path.rglob(f"*{SIDECAR}")}
    yield from sorted(p for p in found - texts if not p.name.startswith("."))


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
