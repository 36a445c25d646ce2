"""The page for the staff: one file that draws the graph, finds by any name, and shows behind each fact its words.

It is made with pyvis, through our own template: the script it needs is inside the file, the places are computed
beforehand, and nothing is ever loaded. `page_data` reads, `render` writes; both are pure.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import Store

from kg.ledger import read_ledger
from kg.lexicon import Lexicon, load
from kg.resources import lexicon_dir
from kg.view.cards import KINDS, Card, Document, deal
from kg.view.facets import Facets, facets
from kg.view.gather import Records, gather
from kg.view.ledger_table import LedgerTable, ledger_table
from kg.view.masking import Masks, masks
from kg.view.overview import Committee, overview
from kg.view.packed import packed
from kg.view.palette import CATEGORY_LOOKS, FURTHER, LOOKS
from kg.view.picture import OPTIONS, Picture, arrange, edges, nodes
from kg.view.pinyin import readings
from kg.view.quotations import Quotation
from kg.view.sections import Section
from kg.view.sheets import sheets
from kg.view.wording import english
from kg.words import Words

_HERE = Path(__file__).parent
_SCRIPTS = (
    "language.js", "model.js", "screens.js", "filters.js", "workbook.js", "exports.js", "search.js",
    "citation.js", "sheet_data.js", "evidence.js", "sheet.js", "queries.js",
    "picture_data.js", "picture_view.js", "picture_places.js", "picture_pens.js", "picture_paint.js",
    "picture_stage.js", "picture_table.js", "picture_query.js", "picture_keys.js", "picture.js",
    "overview.js", "ledger.js", "page.js",
)  # fmt: skip
"""In this order; a script uses names of those before it only."""
_STYLES = ("page.css", "overview.css", "ledger.css", "picture.css", "sheet.css", "print.css")


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


def render(data: PageData) -> str:
    """The page as HTML; the same text from the same data."""
    from pyvis.network import Network  # 0.3 s that only this call needs

    network = Network(height="100%", width="100%", cdn_resources="in_line")
    network.nodes, network.edges = nodes(data.picture), edges(data.picture)
    network.set_options(json.dumps(OPTIONS, sort_keys=True))
    own = (_static(name) for name in _SCRIPTS)
    script = "\n".join(["(() => {", '"use strict";', _static("spreadsheet/fflate.min.js", "vendor"), *own, "})();"])
    library = _static("vis-network.min.js", "vendor")
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["json_script"] = _json_script
    environment.globals.update(
        data=data,
        looks=LOOKS,
        parts={
            "known": _known(data),
            "english": data.english,
            "overview": {"overview": [asdict(committee) for committee in data.overview]},
            "ledger": {"ledger": asdict(data.ledger)},
            "facets": {"facets": asdict(data.facets)},
            "names": _names(data),
            "details": packed(data.cards, data.sheets, data.quotations, data.documents),
        },
        style="\n".join(_static(name) for name in _STYLES),
        library=library,
        script=script,
        library_hash=_csp_hash(library),
        script_hash=_csp_hash(script),
    )
    network.templateEnv, network.path = environment, "graph.html.j2"
    return str(network.generate_html())


def write(data: PageData, path: Path) -> None:
    """Write the page to a file.

    Raises OSError where the disk refuses.
    """
    path.write_text(render(data), encoding="utf-8", newline="\n")


def _known(data: PageData) -> dict[str, object]:
    """What the script needs for its first screen besides the network, in short keys."""
    return {
        "looks": [[k.kind, k.label, k.shape, k.colour, k.fill] for k in (*LOOKS, *FURTHER)],
        "kinds": KINDS,
        "kindLabels": {card.kind: card.kind_label for card in data.cards},
        "categories": [[c.label, c.colour] for c in CATEGORY_LOOKS],
        "listed": data.picture.listed,
        "texts": data.sources,
        "index": [
            [KINDS.index(card.kind), card.name, key] for card, key in zip(data.cards, _keys(data.cards), strict=True)
        ],
    }


def _names(data: PageData) -> dict[str, object]:
    """What the search box needs besides the names of the cards."""
    also = {number: card.aliases for number, card in enumerate(data.cards) if card.aliases}
    named = (name for card in data.cards for name in (card.name, *card.aliases))
    return {"also": also, "pinyin": readings(named)}


def _keys(cards: Sequence[Card]) -> list[str]:
    """What stands behind the `#` of the address: the end of a card's IRI, or a number where its name is not shown."""
    keys = []
    for number, card in enumerate(cards):
        end = card.iri.partition("/id/")[2] or card.iri
        keys.append(f"{card.kind.lower()}/{number}" if card.nameless else end)
    return keys


def _title(records: Records) -> str:
    committees = {c for iri in records.sources for c in records.links(iri, "zx:committee")}
    names = sorted({n for c in committees for n in records.texts(c, "skos:prefLabel")})
    return f"{names[0]} · 履职知识图谱" if len(names) == 1 else "政协履职知识图谱"


def _json_script(value: object) -> Markup:
    """JSON for a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def _static(name: str, folder: str = "static") -> str:
    return (_HERE / folder / name).read_text(encoding="utf-8").replace("\r\n", "\n").strip()


def _csp_hash(script: str) -> str:
    """The name of an inline script in the page's content security policy: no other script may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
