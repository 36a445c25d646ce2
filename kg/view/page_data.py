"""All that the pages show of a graph, read once: masked, in Chinese, and plain data.

What the page for the staff and the static pages have in common, they have from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Store

from kg.ledger import read_ledger
from kg.lexicon import Lexicon, load
from kg.resources import lexicon_dir
from kg.view.cards import Card, Document, deal
from kg.view.facets import Facets, facets
from kg.view.gather import Records, gather
from kg.view.ledger_table import LedgerTable, ledger_table
from kg.view.masking import Masks, masks
from kg.view.overview import Committee, overview
from kg.view.picture import Picture, arrange
from kg.view.quotations import Quotation
from kg.view.sections import Section
from kg.view.sheets import sheets
from kg.view.wording import english
from kg.words import Words


@dataclass(frozen=True, slots=True)
class PageData:
    """All that the page shows; masked unless full names were asked for."""

    title: str
    sources: tuple[tuple[str, str], ...]
    """(title, file name) of each text."""
    cards: tuple[Card, ...]
    quotations: tuple[Quotation, ...]
    picture: Picture
    sheets: tuple[tuple[Section, ...], ...]
    """For each card its sections."""
    documents: tuple[Document, ...]
    """As quotations refer to them."""
    masked: int
    """How many people are shown without their names."""
    overview: tuple[Committee, ...]
    ledger: LedgerTable
    facets: Facets
    english: dict[str, str]
    """Chinese words of the page → English ones."""


def page_data(
    store: Store, lexicon: Lexicon | None = None, words: Words | None = None, names: str = "masked"
) -> PageData:
    """Read from the store all that the page shows.

    Args:
        store: the graph, with its default graph and its evidence.
        lexicon: the posts and surnames by which private citizens are known; what the package ships where None.
        words: the dictionary that tells where a line of a title may end; jieba's where None.
        names: `full` shows the names of private citizens; with anything else they are masked.

    """
    lexicon = lexicon or load(lexicon_dir())
    records = gather(store)
    hiding = Masks() if names == "full" else masks(records, lexicon)
    made = deal(records, hiding, lexicon)
    rows = read_ledger(store)
    words = words or Words.load()
    picture = arrange(made, rows, words.cut)
    told = sheets(made, rows, lexicon, words)
    documents = made.documents()
    return PageData(
        title=_title(records),
        sources=tuple((d.title, d.file) for d in documents),
        cards=tuple(made.cards),
        quotations=tuple(made.quotations),
        picture=picture,
        sheets=told,
        documents=documents,
        masked=len(hiding.shown),
        overview=overview(store, made, rows),
        ledger=ledger_table(made, rows),
        facets=facets(made, rows),
        english=english(store),
    )


def _title(records: Records) -> str:
    committees = {c for iri in records.sources for c in records.links(iri, "zx:committee")}
    names = sorted({n for c in committees for n in records.texts(c, "skos:prefLabel")})
    return f"{names[0]} · 履职知识图谱" if len(names) == 1 else "政协履职知识图谱"
