"""Invented ledgers as graphs in memory, with their evidence and the thesaurus, as a build makes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import ledgers
from pyoxigraph import Quad, Store

from kg import identity, resolve, triples, vocab
from kg.background import Background
from kg.extract import extract
from kg.model import Document, Region, Span
from kg.resources import lexicon_dir
from kg.store import in_memory


@cache
def background() -> Background:
    return Background.of([lexicon_dir()])


def document(sheets: ledgers.Sheets, name: str = "ledger") -> Document:
    """A ledger as a reader of workbooks hands it on: a region for each row."""
    raw, regions = "", []
    for sheet, rows in sheets:
        for n, row in enumerate(rows, start=1):
            line = "\t".join(row)
            regions.append(Region(Span(len(raw), len(raw) + len(line)), "row", sheet=sheet, row=n))
            raw += line + "\n"
    return Document(name, f"{name}.xlsx", raw, "0" * 64, tuple(regions))


def store_of(documents: Sequence[Document]) -> Store:
    """The graph of some texts."""
    known = background()
    resolved = [resolve.resolve(extract(d, known), known.lexicon, known.gazetteer) for d in documents]
    settled = identity.settle(resolved, known.lexicon).resolutions
    quads: list[Quad] = [q for each in settled for q in triples.document_quads(each, {})]
    return in_memory([*quads, *triples.thesaurus_quads(known.lexicon), *vocab.ontology_quads()])


@cache
def of_a_ledger(count: int) -> Store:
    """The graph of an invented ledger of one meeting."""
    return store_of([document(ledgers.plain(ledgers.proposals(count)))])
