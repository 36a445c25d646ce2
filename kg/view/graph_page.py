"""The page for the staff: one file that draws the graph, finds by any name, and shows behind each fact its words.

It is made with pyvis, through our own template: the script it needs is inside the file, the places are computed
beforehand, and nothing is ever loaded. `render` is pure, as `page_data` is, which reads what it shows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.inline import csp_hash, json_script
from kg.view.cards import KINDS, Card
from kg.view.packed import packed
from kg.view.page_data import PageData, page_data
from kg.view.palette import CATEGORY_LOOKS, FURTHER, LOOKS
from kg.view.picture import OPTIONS, edges, nodes
from kg.view.pinyin import readings

__all__ = ["PageData", "page_data", "render", "write"]

_HERE = Path(__file__).parent
_SCRIPTS = (
    "language.js", "model.js", "screens.js", "filters.js", "workbook.js", "exports.js", "search.js",
    "citation.js", "sheet_data.js", "evidence.js", "picture_data.js", "sheet.js", "queries.js",
    "picture_view.js", "picture_places.js", "picture_pens.js", "picture_paint.js",
    "picture_stage.js", "picture_table.js", "picture_query.js", "picture_keys.js", "picture.js",
    "overview.js", "ledger.js", "page.js",
)  # fmt: skip
"""In this order; a script uses names of those before it only."""
_STYLES = ("page.css", "overview.css", "ledger.css", "picture.css", "sheet.css", "print.css")


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
    environment.filters["json_script"] = json_script
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
        library_hash=csp_hash(library),
        script_hash=csp_hash(script),
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


def _static(name: str, folder: str = "static") -> str:
    return (_HERE / folder / name).read_text(encoding="utf-8").replace("\r\n", "\n").strip()
