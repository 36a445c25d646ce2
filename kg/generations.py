"""Generations of the graph: a build writes a whole new one beside the old and switches to it by one rename.

    build/graph.nq, store, graph.html …     links into .current/
    build/.current                          a link to .generations/000007
    build/.generations/000007/              never altered once it is current
    build/.generations/000008.unfinished    says that 000008 is being written, or was when its build was killed
    build/.lock                             held by the build that is running; names its process

So there is never half a graph, a reader keeps what it opened, and the last few generations are a history.
Needs links and POSIX record locks: Linux and macOS (Windows through WSL).
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import Locked, NoGraph, NothingBuilt

VISIBLE = (
    *("graph.nq", "store", "public"),
    *("graph.html", "site", "lab.html"),
    *("connections.csv", "same-names.csv", "theme-candidates.csv"),
    "manifest.json",
)
"""The names in the build folder that people and scripts use: links into the current generation."""

_CURRENT, _GENERATIONS, _LOCK = ".current", ".generations", ".lock"
_UNFINISHED = ".unfinished"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.EEXIST, errno.ENOTDIR}

_building: set[Path] = set()
"""The folders that this very process builds: a record lock keeps out other processes only."""
_building_guard = threading.Lock()


def current(out: Path) -> Path:
    """The folder of the current generation: resolve it once and read everything from it.

    Raises:
        NoGraph: nothing was built in `out`.

    """
    link = out / _CURRENT
    if not link.is_dir():
        raise NoGraph(f"there is no graph in {out}{os.sep}", hint="run kg build")
    return link.resolve()


def generations(out: Path) -> list[Path]:
    """The finished generations that are kept, the oldest first."""
    folder = out / _GENERATIONS
    if not folder.is_dir():
        return []
    unfinished = {path.stem for path in folder.glob(f"*{_UNFINISHED}")}
    return sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in unfinished)


@contextmanager
def new_generation(out: Path, keep: int = 5) -> Iterator[Path]:
    """A fresh folder to write a generation into; it becomes the current one when the block ends without an error.

    On any error or interrupt the folder is removed and what `out` held is untouched; what a killed build left
    behind is removed by the next. `keep` is how many generations stay, the new one among them. Whatever the block
    opens for writing in the folder must be closed before it ends.

    Raises:
        Locked: another build of `out` is running.
        NothingBuilt: `out` can't be written: the disk is full, the folder is read-only, or a file of the user's
            own bears one of the `VISIBLE` names.

    """
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _refuse_foreign_files(out)
            _remove_unfinished(out)
            folder = _begin(out)
            try:
                yield folder
                _switch(out, folder)
            except BaseException:
                if not _is_current(out, folder):  # an interrupt may fall just after the switch
                    _discard(folder)
                raise
            _prune(out, keep)


def _begin(out: Path) -> Path:
    """An empty folder with the next number, marked as unfinished."""
    parent = out / _GENERATIONS
    parent.mkdir(exist_ok=True)
    number = max((int(path.name) for path in parent.iterdir() if path.name.isdigit()), default=0) + 1
    folder = parent / f"{number:06d}"
    _marker(folder).touch()
    folder.mkdir()
    return folder


def _marker(folder: Path) -> Path:
    return folder.with_name(folder.name + _UNFINISHED)


def _discard(folder: Path) -> None:
    """Remove a generation, its marker last, so that a kill in between leaves it marked."""
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        _marker(folder).unlink(missing_ok=True)


def _remove_unfinished(out: Path) -> None:
    """Remove what killed builds left; one killed just after its switch is finished."""
    for marker in (out / _GENERATIONS).glob(f"*{_UNFINISHED}"):
        if _is_current(out, marker.with_suffix("")):
            marker.unlink()
        else:
            _discard(marker.with_suffix(""))


def _is_current(out: Path, folder: Path) -> bool:
    link = out / _CURRENT
    return link.is_symlink() and link.readlink().name == folder.name


def _switch(out: Path, folder: Path) -> None:
    """Make `folder` the current generation, for good: after a power cut there is the old one or the whole new one."""
    _flush(folder)
    _refuse_foreign_files(out)
    link(out, folder)
    fresh = out / f"{_CURRENT}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(_GENERATIONS, folder.name))
    fresh.replace(out / _CURRENT)
    _flush_one(out)
    _marker(folder).unlink()
    for name in VISIBLE:
        if not (out / name).exists():
            (out / name).unlink(missing_ok=True)


def link(out: Path, folder: Path) -> None:
    """Make the links in `out` to what stands in the current generation `folder`, where they are lacking."""
    for name in VISIBLE:
        if (folder / name).exists() and not (out / name).is_symlink():
            (out / name).symlink_to(Path(_CURRENT, name))


def _prune(out: Path, keep: int) -> None:
    kept = generations(out)
    for folder in kept[: max(0, len(kept) - max(keep, 1))]:
        if not _is_current(out, folder):
            shutil.rmtree(folder, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Bring a folder and all in it onto the disk."""
    for parent, _, files in os.walk(folder):
        for name in files:
            _flush_one(Path(parent, name))
        _flush_one(Path(parent))


def _flush_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_foreign_files(out: Path) -> None:
    """A visible name that is no link into `.current/` is the user's own and is not overwritten."""
    for name in (_CURRENT, *VISIBLE):
        path = out / name
        ours = Path(_GENERATIONS) if name == _CURRENT else Path(_CURRENT, name)
        if path.is_symlink() and path.readlink().is_relative_to(ours):
            continue
        if path.is_symlink() or path.exists():
            raise NothingBuilt(
                "is no link of ours, and a build would overwrite it",
                where=str(path),
                hint="move it away, or choose another folder with --out",
            )


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the lock of `out`.

    A record lock belongs to one process: a holder that died blocks nobody, and workers forked by the holder don't
    keep it when they outlive it (`flock`, which the usual lock libraries take, would be kept by them).
    """
    with _alone_in_process(out), (out / _LOCK).open("a+", encoding="utf-8") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            file.seek(0)
            raise _held(out, file.read().strip()) from None
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        file.flush()
        yield
        file.truncate(0)


@contextmanager
def _alone_in_process(out: Path) -> Iterator[None]:
    folder = out.resolve()
    with _building_guard:
        if folder in _building:
            raise _held(out, f"process {os.getpid()}, this one")
        _building.add(folder)
    try:
        yield
    finally:
        _building.remove(folder)


def _held(out: Path, holder: str) -> Locked:
    return Locked(
        f"another build holds the lock: {holder or 'a process that has just begun'}",
        where=str(out / _LOCK),
        hint="wait until it ends, or stop it; the graph that is there can be read meanwhile",
    )


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """Turn what the disk refuses into one line for people; errors of other folders pass."""
    try:
        yield
    except OSError as error:
        if error.filename and not _inside(Path(os.fsdecode(error.filename)), out):
            raise
        what, hint = _disk_trouble(error, out)
        if not what:
            raise
        raise NothingBuilt(what, where=str(out), hint=hint) from error


def _inside(path: Path, out: Path) -> bool:
    """Whether `path` lies in `out`, or is one of the folders that lead there."""
    here, there = path.absolute(), out.absolute()
    return here.is_relative_to(there) or there.is_relative_to(here)


def _disk_trouble(error: OSError, out: Path) -> tuple[str, str]:
    """What happened and what to do; two empty words where it is another trouble."""
    if _is(error, _FULL):
        return "the disk is full, nothing was built", "make room, or choose another disk with --out"
    if _is(error, _FORBIDDEN):
        return "this folder can't be written, nothing was built", "allow writing, or choose another with --out"
    if error.errno in _NO_FOLDER and not out.is_dir():
        return "there is a file where the folder should be, nothing was built", "choose another folder with --out"
    if error.errno == errno.ENOENT and not out.is_dir():
        return "this folder can't be made, nothing was built", "choose another folder with --out"
    return "", ""


def _is(error: OSError, numbers: set[int]) -> bool:
    """Whether it is one of these errors: the store tells its own in words, without a number."""
    return error.errno in numbers or any(os.strerror(number) in str(error) for number in numbers)
