"""Texts → facts, in order: serially or in processes; both are one map of a pure function over texts."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kg.background import Background
from kg.extract import extract
from kg.model import Document, Facts

_background: Background | None = None  # of this worker process: made once in it, since a tokenizer can't be sent


def serially(documents: Sequence[Document], background: Background) -> Iterator[Facts]:
    """The facts of each document in its turn."""
    return (extract(document, background) for document in documents)


def in_processes(documents: Sequence[Document], lexicons: Sequence[Path], jobs: int) -> Iterator[Facts]:
    """The same facts in the same order, made by `jobs` processes, each with a background of its own.

    Processes are spawned, not forked: a fork would inherit the build's lock, and keep it if the parent is killed.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(tuple(lexicons),)) as pool:
        yield from pool.map(_extract, documents)


def _prepare(lexicons: Sequence[Path]) -> None:
    global _background  # noqa: PLW0603 - a worker's own state has no other place to live between two calls
    _background = Background.of(lexicons)


def _extract(document: Document) -> Facts:
    if _background is None:
        raise RuntimeError("a worker was not prepared")
    return extract(document, _background)
