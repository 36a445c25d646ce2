"""The page for the staff: one file that draws the graph, finds by any name, and shows behind each fact its words.

It is made with pyvis, through our own template: the script it needs is inside the file, the places are computed
beforehand, and nothing is ever loaded. `page_data` reads, `render` writes; both are pure.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import Store

from kg.lexicon import Lexicon, load
from kg.resources import lexicon_dir
from kg.view.cards import KINDS, Card, Deck, deal
from kg.view.gather import Records, gather
from kg.view.layout import FONT, WINGS, Picture, Spot, arrange
from kg.view.masking import Masks, masks
from kg.view.palette import FURTHER, LOOKS
from kg.view.quotations import Quotation
from kg.view.wording import english
from kg.words import Words

_HERE = Path(__file__).parent
_SCRIPTS = (
    "language.js", "model.js", "screens.js",
    "search.js", "panel.js", "picture.js", "overview.js", "ledger.js",
    "page.js",
)  # fmt: skip
"""In this order; a script uses names of those before it only."""
_STYLES = ("page.css", "overview.css", "ledger.css", "picture.css", "sheet.css")
_OPTIONS: Mapping[str, object] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"dragNodes": False, "hover": False, "selectConnectedEdges": False, "tooltipDelay": 1_000_000},
    "nodes": {"shape": "custom", "chosen": False, "size": 8},
    "edges": {"hidden": True, "smooth": False, "chosen": False},
}
"""For vis-network: nothing moves by itself. The lines are drawn by the page's script, which lets them leave a card at
its side; vis-network's own run from centre to centre, behind the neighbours."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the page's head, with the frame that says what it counts."""

    number: int
    unit: str
    label: str
    frame: str


@dataclass(frozen=True, slots=True)
class PageData:
    """All that the page shows; masked unless full names were asked for."""

    title: str
    sources: tuple[tuple[str, str], ...]
    """(title, file name) of each text."""
    figures: tuple[Figure, ...]
    shared: tuple[int, ...]
    """The themes of both proposals and cases: numbers of their cards."""
    cards: tuple[Card, ...]
    quotations: tuple[Quotation, ...]
    picture: Picture
    document_names: tuple[tuple[str, str, str], ...]
    """(IRI, title, file name), as quotations refer to them."""
    masked: int
    """How many people are shown without their names."""
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
    picture = arrange(made, (words or Words.load()).cut)
    documents = tuple((s.iri, hiding.text(s.title), hiding.text(s.name)) for s in records.sources.values())
    return PageData(
        title=_title(records),
        sources=tuple((title, name) for _, title, name in documents),
        figures=tuple(_figures(made)),
        shared=tuple(_shared(made)),
        cards=tuple(made.cards),
        quotations=tuple(made.quotations),
        picture=picture,
        document_names=documents,
        masked=len(hiding.shown),
        english=english(store),
    )


def render(data: PageData) -> str:
    """The page as HTML; the same text from the same data."""
    from pyvis.network import Network  # 0.3 s that only this call needs

    network = Network(height="100%", width="100%", cdn_resources="in_line")
    network.nodes = [_node(data, number, spot) for number, spot in enumerate(data.picture.spots)]
    network.edges = [
        {"id": i, "from": line.start, "to": line.end, "record": line.record, "weight": line.weight}
        for i, line in enumerate(data.picture.lines)
    ]
    network.set_options(json.dumps(_OPTIONS, sort_keys=True))
    script = "\n".join(["(() => {", '"use strict";', *(_static(name) for name in _SCRIPTS), "})();"])
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
        counts=Counter(data.cards[card].kind for card in {spot.card for spot in data.picture.spots}),
        known=_known(data),
        details=_details(data),
        english=data.english,
        style="\n".join(_static(name) for name in _STYLES),
        library=library,
        script=script,
        library_hash=_csp_hash(library),
        script_hash=_csp_hash(script),
    )
    network.templateEnv, network.path = environment, "graph.html.j2"
    return str(network.generate_html())


def write(
    store: Store,
    path: Path,
    lexicon: Lexicon | None = None,
    words: Words | None = None,
    names: str = "masked",
) -> None:
    """Write the page of a store to a file.

    Raises OSError where the disk refuses.
    """
    path.write_text(render(page_data(store, lexicon, words, names)), encoding="utf-8", newline="\n")


def _node(data: PageData, number: int, spot: Spot) -> dict[str, object]:
    return {
        "id": number,
        "label": data.cards[spot.card].name,
        "group": spot.kind,
        "shape": "custom",
        "x": spot.x,
        "y": data.picture.at_first.get(number, 0.0),
        "card": spot.card,
        "column": spot.column,
        "lines": spot.lines,
        "w": spot.width,
        "h": spot.height,
    }


def _known(data: PageData) -> dict[str, object]:
    """What the script needs for its first screen besides the network, in short keys."""
    return {
        "font": FONT,
        "looks": [[k.kind, k.label, k.shape, k.colour, k.fill] for k in (*LOOKS, *FURTHER)],
        "kinds": KINDS,
        "kindLabels": {card.kind: card.kind_label for card in data.cards},
        "hidden": data.picture.hidden,
        "wings": [[w.record, w.agent_column, w.column] for w in WINGS],
        "rows": {"+".join(records): rows for records, rows in data.picture.rows.items()},
        "shared": data.shared,
        "index": [
            [KINDS.index(card.kind), card.name, key] for card, key in zip(data.cards, _keys(data.cards), strict=True)
        ],
    }


def _details(data: PageData) -> dict[str, object]:
    """What the script needs once a card is opened."""
    documents = {iri: number for number, (iri, _, _) in enumerate(data.document_names)}
    return {
        "documents": [[title, name] for _, title, name in data.document_names],
        "quotations": [[documents[q.document], q.where, q.before, q.words, q.after] for q in data.quotations],
        "details": [
            {
                "also": card.aliases,
                "facts": [[f.label, [[v.text, v.card, v.quotations] for v in f.values]] for f in card.facts],
                "seen": card.mentions,
                "times": card.mentioned,
            }
            for card in data.cards
        ],
    }


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


def _figures(made: Deck) -> list[Figure]:
    """The counts of what there is, each with its frame; a kind that there is none of has no figure."""
    counts = Counter(card.kind for card in made.cards)
    counts["Theme"] = len(_themes_of(made, *(w.record for w in WINGS)))
    frames = {
        "Proposal": _honour_frame(made, "Proposal", "件"),
        "ConsultationCase": _honour_frame(made, "ConsultationCase", "个"),
        "Theme": f"其中{n}个两边都有" if (n := len(_shared(made))) else "",
        "Sector": f"提出其中{n}件提案" if (n := _proposed_by_sectors(made)) else "",
        "Task": _year_frame(made),
        "Statement": f"其中{n}条来自群众" if (n := _by_citizens(made)) else "",
    }
    order = ("Proposal", "ConsultationCase", "Theme", "Sector", "Task", "Statement")
    looks = {look.kind: look for look in LOOKS}
    return [Figure(counts[k], looks[k].measure, looks[k].label, frames[k]) for k in order if counts[k]]


def _honour_frame(made: Deck, kind: str, unit: str) -> str:
    things = [iri for iri in made.records.of_kind(kind) if iri in made.index]
    honoured = [iri for iri in things if made.records.links(iri, "zx:honour")]
    names = {
        made.cards[made.index[h]].name for i in honoured for h in made.records.links(i, "zx:honour") if h in made.index
    }
    what = names.pop() if len(names) == 1 else "受表彰的"
    if not honoured:
        return ""
    return f"均为{what}" if len(honoured) == len(things) else f"其中{len(honoured)}{unit}为{what}"


def _year_frame(made: Deck) -> str:
    years = sorted({t for iri in made.records.of_kind("Task") for t in made.records.texts(iri, "zx:forYear")})
    return f"{'、'.join(years)}年" if 0 < len(years) <= 3 else ""


def _proposed_by_sectors(made: Deck) -> int:
    records = made.records
    return sum(
        any(records.kinds.get(p) == "Sector" for p in records.links(iri, "zx:proposer"))
        for iri in records.of_kind("Proposal")
    )


def _by_citizens(made: Deck) -> int:
    records = made.records
    return sum(
        any(records.labels.get(c) == "群众" for c in records.links(iri, "zx:capacity"))
        for iri in records.of_kind("Statement")
    )


def _shared(made: Deck) -> list[int]:
    """The themes that both a proposal and a case are about."""
    return sorted(_themes_of(made, "Proposal") & _themes_of(made, "ConsultationCase"))


def _themes_of(made: Deck, *kinds: str) -> set[int]:
    """The themes that any record of these kinds is about."""
    records = made.records
    things = [iri for kind in kinds for iri in records.of_kind(kind)]
    found = {t for iri in things for p in ("zx:theme", "zx:mainTheme") for t in records.links(iri, p)}
    return {made.index[t] for t in found if t in made.index}


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
