"""The graph for other programs: one format a file, and a description of what was exported.

`FORMATS` is the registry: a new format is a function here and its line below.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.errors import NothingBuilt, UsageError
from kg.export import description, networks, rdf, table_files, workbook
from kg.generations import current
from kg.store import open_store

FORMATS: Final[Mapping[str, Callable[[Store, Path], list[str]]]] = {
    "turtle": rdf.turtle,
    "trig": rdf.trig,
    "nquads": rdf.nquads,
    "jsonld": rdf.json_ld,
    "graphml": networks.graphml,
    "gexf": networks.gexf,
    "csv": table_files.csv_tables,
    "excel": workbook.workbook,
}
"""Name → what writes its files into a folder; it returns their names there."""


def export(
    build: Path, out: Path, formats: Sequence[str] = (), *, names: str = "masked", licence: str = ""
) -> list[Path]:
    """Write the current graph in some formats, with `dataset.ttl` and `SHA256SUMS`; the files that were written.

    They are written beside `out` first, so that an export that fails leaves the one before as it was.

    Args:
        build: the build folder.
        out: the folder to write; an earlier export there is replaced.
        formats: names of `FORMATS`; none for all of them.
        names: `masked` hides the people who are not public; `full` tells the names that the texts tell.
        licence: the IRI of a licence, for the description.

    Raises:
        NoGraph: nothing was built in `build`.
        UsageError: a format is unknown, the licence is no IRI, or `out` holds something else than an export.
        NothingBuilt: `out` can't be written.

    """
    _check(out, formats, licence)
    generation, store = current(build), open_store(build, names)
    fresh = out.with_name(f"{out.name}.unfinished")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        files = [name for form in (formats or FORMATS) for name in FORMATS[form](store, fresh)]
        files += description.describe(store, fresh, files, generation, licence)
        shutil.rmtree(out, ignore_errors=True)
        fresh.rename(out)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise NothingBuilt(
            f"can't be written ({error.strerror})", where=str(out), hint="name another folder: --out"
        ) from error
    return [out / name for name in files]


def _check(out: Path, formats: Sequence[str], licence: str) -> None:
    for form in formats:
        if form not in FORMATS:
            raise UsageError(f"there is no format {form}", hint=f"there are {', '.join(FORMATS)}")
    if licence and not _is_iri(licence):
        raise UsageError(
            f"--licence {licence} is no IRI", hint="for instance https://creativecommons.org/licenses/by/4.0/"
        )
    if out.exists() and not (out / description.CHECKSUMS).is_file() and not (out.is_dir() and not any(out.iterdir())):
        raise UsageError("holds something that is no export of ours", where=str(out), hint="name another folder: --out")


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return ":" in text
