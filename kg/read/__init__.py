"""Reading: bytes of one format → the stored text, never altered again. A new format is one module and one line here."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.errors import NotFound, Unreadable
from kg.limits import Limits
from kg.model import Document, Reading
from kg.read import text

Reader = Callable[[bytes, str, Limits], Reading]

READERS: dict[str, Reader] = {".txt": text.read}
"""A file's ending → its reader: `(bytes, the file's name for messages, limits) → Reading`, raising Unreadable."""


def sources(paths: Iterable[Path]) -> list[Path]:
    """The readable files among the paths and inside the folders among them, sorted by name, each once.

    Raises NotFound for a path that is not there.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found |= {p for p in path.rglob("*") if p.suffix.lower() in READERS and p.is_file()}
        elif path.exists():
            found.add(path)
        else:
            raise NotFound("no such file or folder", where=str(path), hint="check the path")
    return sorted(found, key=lambda p: (p.name, str(p)))


def read(path: Path, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """Read one file whole.

    Raises Unreadable, naming the file and what to do, for a file that vanished, may not be read, is empty, binary,
    of an unknown encoding or of a format that has no reader.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(READERS)
        raise Unreadable(
            f"no reader for {path.suffix or 'a file without ending'}", where=path.name, hint=f"known: {known}"
        )
    try:
        data = path.read_bytes()
    except OSError as e:
        raise Unreadable(
            f"cannot be read ({e.strerror})", where=path.name, hint="check that it exists and may be read"
        ) from e
    reading = reader(data, path.name, limits)
    if not reading.text.strip("\ufeff \t\r\n\u3000\u00a0"):
        raise Unreadable("the file is empty", where=path.name, hint="put the text in or take the file away")
    return Document(
        id=unicodedata.normalize("NFC", path.stem),
        source=path.name,
        raw=reading.text,
        sha256=hashlib.sha256(data).hexdigest(),
        regions=reading.regions,
        about=reading.about,
        notes=reading.notes,
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
