"""From texts to a new generation of the graph: the order of the steps, and nowhere else."""

from __future__ import annotations

import csv
import io
import json
import platform
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import Quad

import kg
from kg import (
    duplicates,
    generations,
    identity,
    keyphrases,
    lab,
    masked,
    network,
    read,
    resolve,
    saved_examples,
    store,
    triples,
    validate,
    view,
    work,
)
from kg.background import Background
from kg.errors import KgError, NothingBuilt, Unreadable
from kg.model import Copy, Document, Facts
from kg.resources import gazetteer_dir
from kg.settings import Settings
from kg.vocab import ontology_quads

SAME_NAMES = "same-names.csv"
"""What was decided of people of one name in several texts, and what waits for a decision."""

Progress = Callable[[Sequence[Document], Iterable[Facts]], Iterable[Facts]]
"""Shows how far the work is while it hands on the facts."""


@dataclass(frozen=True)
class Summary:
    """What a build did."""

    documents: int
    quads: int
    counts: dict[str, int]
    """How many there are of each class."""
    empty: tuple[str, ...]
    """Texts without a single fact."""
    left_out: tuple[KgError, ...]
    """What could not be read, each with what to do."""
    notes: tuple[str, ...] = ()
    findings: tuple[validate.Finding, ...] = field(default=())


def build(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    dry_run: bool = False,
    progress: Progress = lambda _, facts: facts,
) -> Summary:
    """Read the texts, extract their facts, and switch `out` to a new generation of the graph.

    Raises:
        NotFound: a path is not there.
        NothingBuilt: no text could be read, or `out` can't be written; an earlier graph is untouched.
        Locked: another build of `out` is running.
        MalformedLexicon: a row of the lexicon can't be read.

    """
    documents, left_out = _read(paths, settings)
    if dry_run:
        return _graph(documents, left_out, settings, jobs, progress).summary
    with generations.new_generation(out, settings.keep) as folder:
        made = _graph(documents, left_out, settings, jobs, progress)
        sizes = store.write_graph(folder, made.quads)
        (folder / "connections.csv").write_text(network.connections_csv(made.ties), encoding="utf-8", newline="")
        (folder / SAME_NAMES).write_text(made.people.csv(), encoding="utf-8", newline="")
        (folder / "theme-candidates.csv").write_text(_candidates(made), encoding="utf-8", newline="")
        findings = tuple(validate.validate(store.read_only(folder)))
        _pages(folder, made.background, settings)
        manifest = _manifest(made.stated, settings, sizes, made.summary)
        (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    return replace(made.summary, quads=sum(sizes.values()), findings=findings)


@dataclass(frozen=True)
class _Made:
    """A graph before it is written."""

    background: Background
    stated: Sequence[Facts]
    people: identity.Settled
    quads: Sequence[Quad]
    ties: Sequence[network.Tie]
    summary: Summary


def _graph(
    documents: Sequence[Document], left_out: Sequence[KgError], settings: Settings, jobs: int, progress: Progress
) -> _Made:
    """Texts → facts → entities → quads, and the connections between them."""
    background = Background.of(settings.lexicons)
    side_by_side = jobs > 1 and len(documents) > 1
    mapped = (
        work.in_processes(documents, settings.lexicons, jobs) if side_by_side else work.serially(documents, background)
    )
    articles = duplicates.distinct(list(progress(documents, mapped)))
    stated = _named(articles.facts)
    resolved = [resolve.resolve(facts, background.lexicon, background.gazetteer) for facts in stated]
    settled = identity.settle(resolved, background.lexicon)
    resolutions = settled.resolutions
    quads = _quads(resolutions, background)
    ties = network.connections(network.Facts.of(quads))
    quads += network.connection_quads(ties)
    summary = Summary(
        documents=len(stated),
        quads=len(quads),
        counts=_counts(resolutions, stated),
        empty=tuple(f.document.source for f in stated if not f.facts),
        left_out=tuple(left_out),
        notes=(
            *articles.notes,
            *_told_apart(settled),
            *(f"{f.document.source}: {note}" for f in stated for note in f.notes),
        ),
    )
    return _Made(background, stated, settled, quads, ties, summary)


def write_pages(out: Path, settings: Settings) -> Path:
    """Write the pages of the current generation again; the path of the first.

    Raises NoGraph where nothing was built, NothingBuilt where the folder can't be written.
    """
    folder = generations.current(out)
    try:
        shutil.rmtree(folder / store.PUBLIC, ignore_errors=True)
        _pages(folder, Background.of(settings.lexicons), settings)
        generations.link(out, folder)
    except OSError as e:
        raise NothingBuilt(f"the page can't be written ({e.strerror})", where=str(out), hint="check the folder") from e
    return out / next(iter(view.PAGES))


def _pages(folder: Path, background: Background, settings: Settings) -> None:
    """What shows a generation to people: the pages, the graph as others may see it, the file that answers from it."""
    masked.write(folder, background.lexicon, settings.names)
    lab.write(store.read_only(folder, store.PUBLIC), folder / "lab.html", settings.names)
    view.write_pages(store.read_only(folder), folder, background.lexicon, background.words, settings.names)


def _read(paths: Sequence[Path], settings: Settings) -> tuple[list[Document], list[KgError]]:
    """The documents in the order of their files' names, and what could not be read."""
    documents: list[Document] = []
    left_out: list[KgError] = []
    sources = read.sources(paths)
    for path in sources:
        try:
            documents.append(read.read(path, settings.limits))
        except Unreadable as e:
            left_out.append(e)
    left_out += [
        Unreadable("a sidecar without its text", where=path.name, hint="name it as the text is named, or take it away")
        for path in read.sidecars(paths)
    ]
    if not documents:
        raise NothingBuilt(
            "; ".join(map(str, left_out)) or "there is no text to read",
            where="" if left_out else ", ".join(map(str, paths)),
            hint="" if left_out else f"put texts there ({' '.join(read.READERS)})",
        )
    return duplicates.same_bytes(documents), left_out


def _named(stated: Iterable[Facts]) -> list[Facts]:
    """The texts in the order of their ids; where several share an id, all take `~` and 8 digits of their hash."""
    texts = list(stated)
    shared = {name for name, n in Counter(f.document.id for f in texts).items() if n > 1}
    named = [
        replace(f, document=replace(f.document, id=f"{f.document.id}~{f.document.sha256[:8]}"))
        if f.document.id in shared
        else f
        for f in texts
    ]
    return sorted(named, key=lambda f: f.document.id)


def _quads(resolutions: Sequence[resolve.Resolution], background: Background) -> list[Quad]:
    """Every quad but the connections."""
    entities = {e for r in resolutions for e in r.entities.values()}
    return [
        *ontology_quads(),
        *saved_examples.example_quads(),
        *triples.thesaurus_quads(background.lexicon),
        *triples.gazetteer_quads(entities, background.gazetteer),
        *(quad for r in resolutions for quad in triples.document_quads(r, triples.measured_precision())),
    ]


def _counts(resolutions: Sequence[resolve.Resolution], stated: Sequence[Facts]) -> dict[str, int]:
    kinds = Counter(kind for kind, _ in {(e.kind, e.key) for r in resolutions for e in r.entities.values()})
    said = {(f.document.id, x.subject) for f in stated for x in f.facts if x.predicate == "zx:speaker"}
    return dict(sorted(kinds.items())) | ({"Statement": len(said)} if said else {})


def _told_apart(people: identity.Settled) -> Iterator[str]:
    """What the reader is told of people of one name in several texts."""
    verdicts = {d.name: d.verdict for d in sorted(people.decisions, key=lambda d: d.verdict == "undecided")}
    if verdicts:
        counts = Counter(verdicts.values())
        told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("one", "two", "undecided") if counts[verdict])
        names = "1 name" if len(verdicts) == 1 else f"{len(verdicts)} names"
        yield f"{names} in several texts (one person, two, or undecided: {told}): see {SAME_NAMES}"


def _candidates(made: _Made) -> str:
    """Phrases of the texts that no theme covers, as CSV."""
    found = keyphrases.candidates(made.stated, made.background.themes, made.background.words)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([keyphrases.Candidate._fields, *found])
    return out.getvalue()


def _manifest(stated: Sequence[Facts], settings: Settings, sizes: dict[str, int], summary: Summary) -> str:
    """What the graph was made from; what the clock or the machine changes stands in `run` alone."""
    return (
        json.dumps(
            {
                "kg": kg.__version__,
                "inputs": [
                    {"id": d.id, "source": file.source, "sha256": file.sha256}
                    for d in (facts.document for facts in stated)
                    for file in (Copy(d.source, d.sha256), *d.also)
                ],
                "data": {file.name: read.digest(file) for file in _data_files(settings)},
                "graphs": sizes,
                "counts": summary.counts,
                "left_out": [str(e) for e in summary.left_out],
                "run": {
                    "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                    "python": platform.python_version(),
                    "machine": platform.machine(),
                    "libraries": {
                        name: version(name) for name in ("numpy", "pyoxigraph", "rdflib", "networkx", "pyvis")
                    },
                },
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _data_files(settings: Settings) -> Iterator[Path]:
    for folder in (*settings.lexicons, gazetteer_dir()):
        yield from sorted(folder.glob("*.csv"))
    if settings.folder:
        yield settings.folder / "kg.toml"
