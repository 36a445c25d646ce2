"""What a file may be at most: one that is more is named and left out, and the rest is built in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a data folder (`[limits]` in `kg.toml`)."""

    file_mb: int = 64
    """Megabytes of a file as it lies in the folder."""
    unpacked_mb: int = 256
    """Megabytes that a Word or Excel file, which is a packed folder, may unpack to."""
    characters: int = 2_000_000
    """Characters of the text that comes out of a file."""
    pages: int = 300
    """Pages of a PDF."""
    rows: int = 50_000
    """Rows of all the tables of a file together."""
    convert_seconds: int = 60
    """Seconds that LibreOffice may take for an old file (.doc, .wps)."""
