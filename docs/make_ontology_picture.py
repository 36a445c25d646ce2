"""Draw docs/ontology.svg, the classes and what ties them: `python docs/make_ontology_picture.py`.

Where a class stands is said here; what an arrow is called, and whether it may be drawn, comes from
`ontology/zhengxie.ttl`. A test draws it again and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from kg.resources import ontology_dir
from kg.vocab import PREFIXES

PICTURE = Path(__file__).parent / "ontology.svg"
SCHEMA = Namespace(PREFIXES["schema"])

WIDTH, HEIGHT = 1240, 880
BOX_WIDTH, BOX_HEIGHT = 136, 54
FONT = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Source Han Sans SC',sans-serif"


class Lane(NamedTuple):
    """A group of classes, as a rectangle."""

    zh: str
    en: str
    left: int
    top: int
    right: int
    bottom: int
    ink: str
    paper: str


class Arrow(NamedTuple):
    """A property between classes or lanes, by way of some points; where its name stands is a share of its length."""

    start: str
    properties: tuple[str, ...]
    end: str
    by: tuple[tuple[int, int], ...] = ()
    label_at: float = 0.5


LANES = {
    "who": Lane("谁", "who", 20, 60, 380, 640, "#1f5a8c", "#eef4fa"),
    "done": Lane("做了什么，说了什么", "what was done and said", 420, 60, 900, 640, "#9a3b26", "#fbf1ee"),
    "about": Lane("关于什么，在哪里", "about, where", 990, 60, 1220, 640, "#2f6b3f", "#eef6f0"),
    "proof": Lane("原文依据", "the words of the texts", 20, 700, 860, 860, "#55555f", "#f3f3f5"),
    "computed": Lane("计算得出", "computed ties", 900, 700, 1220, 860, "#6b4a8a", "#f4f0f8"),
}

CLASSES = {
    "Person": ("who", 110, 150),
    "Affiliation": ("who", 110, 300),
    "Sector": ("who", 285, 300),
    "Organization": ("who", 200, 470),
    "Statement": ("done", 505, 150),
    "Reply": ("done", 658, 150),
    "Session": ("done", 815, 150),
    "Proposal": ("done", 580, 320),
    "Honour": ("done", 815, 320),
    "ConsultationCase": ("done", 505, 470),
    "Task": ("done", 720, 470),
    "Initiative": ("done", 815, 590),
    "Theme": ("about", 1125, 230),
    "Place": ("about", 1125, 470),
    "Document": ("proof", 120, 790),
    "Mention": ("proof", 420, 790),
    "Assertion": ("proof", 740, 790),
    "Connection": ("computed", 1060, 790),
}
"""Class → its lane and the middle of its box."""

_OF_RDF = {"rdf:subject": "主语", "rdf:object": "宾语"}
"""What RDF's own terms are called: the ontology names only what it adds to the labels of others."""

ARROWS = (
    Arrow("Person", ("zx:affiliation",), "Affiliation"),
    Arrow("Affiliation", ("org:organization",), "Organization"),
    Arrow("Person", ("zx:sector",), "Sector"),
    Arrow("Sector", ("zx:committee",), "Organization"),
    Arrow("Statement", ("zx:speaker",), "Person", label_at=0.25),
    Arrow("Proposal", ("zx:proposer",), "who", label_at=0.6),
    Arrow("Proposal", ("zx:handler",), "Organization", label_at=0.47),
    Arrow("Proposal", ("zx:reply",), "Reply"),
    Arrow("Proposal", ("zx:submittedTo",), "Session"),
    Arrow("Proposal", ("zx:honour",), "Honour"),
    Arrow("Honour", ("zx:decidedAt",), "Session"),
    Arrow("ConsultationCase", ("zx:host",), "Organization", label_at=0.42),
    Arrow("ConsultationCase", ("zx:realises",), "Task"),
    Arrow("Organization", ("zx:mechanism",), "Initiative", by=((200, 590),), label_at=0.4),
    Arrow("done", ("zx:theme", "zx:mainTheme"), "Theme"),
    Arrow("done", ("zx:place",), "Place"),
    Arrow("Mention", ("nif:referenceContext",), "Document"),
    Arrow("Mention", ("itsrdf:taIdentRef",), "who", by=((420, 670), (310, 670)), label_at=0.2),
    Arrow("Assertion", ("zx:evidence",), "Document", by=((740, 846), (120, 846)), label_at=0.5),
    Arrow("Assertion", ("rdf:subject", "rdf:object"), "done"),
    Arrow("Connection", ("zx:from", "zx:to"), "about"),
)


def picture() -> str:
    """The whole picture as SVG."""
    ontology = Graph().parse(ontology_dir() / "zhengxie.ttl")
    _check(ontology)
    parts = (_head(), *_lanes(), *_lines(), *_boxes(ontology), *_names(ontology), "</svg>")
    return "\n".join(parts) + "\n"


def _check(ontology: Graph) -> None:
    """That every class has its place, and every arrow is one of the ontology's."""
    classes = {_local(term) for term in ontology.subjects(RDF.type, OWL.Class)}
    if classes != set(CLASSES):
        raise ValueError(f"classes without a place, or places without a class: {sorted(classes ^ set(CLASSES))}")
    for arrow in ARROWS:
        for curie in arrow.properties:
            for end, predicate in ((arrow.start, SCHEMA.domainIncludes), (arrow.end, SCHEMA.rangeIncludes)):
                told = {_local(term) for term in ontology.objects(_term(curie), predicate)} & set(CLASSES)
                meant = {end} if end in CLASSES else {name for name, (lane, _, _) in CLASSES.items() if lane == end}
                if told and not told & meant:
                    raise ValueError(f"the ontology has no {curie} between {arrow.start} and {arrow.end}")


def _head() -> str:
    title = "类与关系：谁，做了什么，关于什么，依据哪些原文"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" \
aria-label="The classes of the ontology and what ties them">
<style>text{{font-family:{FONT}}}.zh{{font-size:17px;font-weight:600}}.en{{font-size:11px;opacity:.75}}\
.lane{{font-size:15px;font-weight:600}}.label{{font-size:13px;fill:#333}}.curie{{font-size:10px;fill:#666}}\
.label,.curie{{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}}\
path.arrow{{fill:none;stroke:#777;stroke-width:1.4;marker-end:url(#tip)}}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0L8 4L0 8z" fill="#777"/></marker></defs>
<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="#fff"/>
<text x="20" y="36" class="lane" fill="#222" style="font-size:18px">{title}</text>"""


def _lanes() -> Iterator[str]:
    for lane in LANES.values():
        yield (
            f'<rect x="{lane.left}" y="{lane.top}" width="{lane.right - lane.left}" height="{lane.bottom - lane.top}" '
            f'rx="10" fill="{lane.paper}" stroke="{lane.ink}" stroke-opacity=".25"/>'
        )
        yield (
            f'<text x="{lane.left + 14}" y="{lane.top + 26}" class="lane" fill="{lane.ink}">{lane.zh} '
            f'<tspan class="en" font-weight="400">{lane.en}</tspan></text>'
        )


def _boxes(ontology: Graph) -> Iterator[str]:
    for name, (lane, x, y) in CLASSES.items():
        ink = LANES[lane].ink
        yield (
            f'<rect x="{x - BOX_WIDTH // 2}" y="{y - BOX_HEIGHT // 2}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" '
            f'rx="7" fill="#fff" stroke="{ink}" stroke-width="1.6"/>'
        )
        label = escape(_label(ontology, f"zx:{name}"))
        yield f'<text x="{x}" y="{y - 2}" class="zh" text-anchor="middle" fill="{ink}">{label}</text>'
        yield f'<text x="{x}" y="{y + 17}" class="en" text-anchor="middle" fill="{ink}">zx:{name}</text>'


def _lines() -> Iterator[str]:
    for arrow in ARROWS:
        yield f'<path class="arrow" d="M{"L".join(f"{x} {y}" for x, y in _points(arrow))}"/>'


def _names(ontology: Graph) -> Iterator[str]:
    for arrow in ARROWS:
        x, y = _along(_points(arrow), arrow.label_at)
        words = "、".join(dict.fromkeys(_label(ontology, curie) for curie in arrow.properties))
        yield f'<text x="{x}" y="{y - 2}" class="label" text-anchor="middle">{escape(words)}</text>'
        curies = " ".join(arrow.properties)
        yield f'<text x="{x}" y="{y + 11}" class="curie" text-anchor="middle">{curies}</text>'


def _points(arrow: Arrow) -> list[tuple[int, int]]:
    """The arrow's corners, from border to border."""
    start, end = _middle(arrow.start, arrow.end), _middle(arrow.end, arrow.start)
    way = [start, *arrow.by, end]
    return [_leaving(arrow.start, way[0], way[1]), *arrow.by, _leaving(arrow.end, way[-1], way[-2])]


def _middle(name: str, other: str) -> tuple[int, int]:
    """A box's middle; of a lane the point of its border that lies straight across from the other end."""
    if name in CLASSES:
        return CLASSES[name][1:]
    lane = LANES[name]
    _, x, y = CLASSES[other]
    return min(max(x, lane.left), lane.right), min(max(y, lane.top), lane.bottom)


def _leaving(name: str, middle: tuple[int, int], towards: tuple[int, int]) -> tuple[int, int]:
    """Where a line from a box's middle crosses its border; a lane's point lies on it already."""
    if name not in CLASSES:
        return (towards[0], middle[1]) if LANES[name].left < towards[0] < LANES[name].right else middle
    (x, y), (dx, dy) = middle, (towards[0] - middle[0], towards[1] - middle[1])
    shrink = min(
        BOX_WIDTH / 2 / abs(dx) if dx else float("inf"),
        BOX_HEIGHT / 2 / abs(dy) if dy else float("inf"),
    )
    return round(x + dx * shrink), round(y + dy * shrink)


def _along(points: list[tuple[int, int]], share: float) -> tuple[int, int]:
    """The point at a share of a line's length."""
    legs = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pairwise(points)]
    left = share * sum(legs)
    for (start, end), leg in zip(pairwise(points), legs, strict=True):
        if left <= leg:
            part = left / leg if leg else 0
            return round(start[0] + (end[0] - start[0]) * part), round(start[1] + (end[1] - start[1]) * part)
        left -= leg
    return points[-1]


def _label(ontology: Graph, curie: str) -> str:
    return _chinese(ontology.objects(_term(curie), RDFS.label)) or _OF_RDF[curie]


def _chinese(labels: Iterable[object]) -> str:
    return next((str(label) for label in labels if getattr(label, "language", "") == "zh"), "")


def _term(curie: str) -> URIRef:
    prefix, _, name = curie.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def _local(term: object) -> str:
    return str(term).removeprefix(PREFIXES["zx"])


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
