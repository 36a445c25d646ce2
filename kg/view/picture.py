"""What the picture is drawn from: spots in five columns with their order, and the lines between them.

    提案者、发言人 ─ 提案、发言 ─ 议题 ─ 协商案例、工作任务 ─ 主办单位、所属任务

The themes are the spine: what two sides have in common meets there. Here everything gets its column and its place in
the order of it, once for a build; the page chooses what it shows and stacks that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.ledger import Row
from kg.occasions import PROPOSAL
from kg.view.cards import Deck
from kg.view.linebreaks import Cut, broken
from kg.view.palette import CATEGORY_LOOKS
from kg.view.picture_order import ordered

BEHIND: Final = 1
"""A line's role: from a record to whoever proposed it, spoke or held it."""
COUNTS_FOR: Final = 2
"""From a record to the sector or party that it counts for."""
ABOUT: Final = 4
"""From a record to a theme of it."""
SEAT: Final = 8
"""From a member, or a party's body, to the sector or party that he stands for."""
BROADER: Final = 16
"""From a theme to the one above it."""
CARD_EMS: Final = 16.0
"""The width of a record's lines."""
_MOST_LINES: Final = 3
OPTIONS: Final[Mapping[str, object]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": False, "tooltipDelay": 1_000_000, "zoomSpeed": 0.6},
}
"""For vis-network: nothing moves by itself."""
_TITLE: Final = (("关于", "的建议"), ("关于", "的提案"))
"""What nearly every title begins and ends with, and the picture leaves out."""


@dataclass(frozen=True, slots=True)
class Wing:
    """One kind of record with whoever stands behind it, on one side of the themes."""

    record: str
    behind: int
    """The column of whoever stands behind it."""
    column: int
    agents: tuple[str, ...]
    """Properties from a record to whoever stands behind it."""


WINGS: Final = (
    Wing("Proposal", 0, 1, ("zx:proposer", "zx:firstProposer")),
    Wing("ConsultationCase", 4, 3, ("zx:host",)),
    Wing("Task", 4, 3, ("dcterms:isPartOf",)),
    Wing("Statement", 0, 1, ("zx:speaker",)),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One appearance of a card in the picture."""

    card: int
    kind: str
    column: int
    order: int
    """Its rank in its column, from the top."""
    category: int | None
    """The number of its category in `CATEGORY_LOOKS`; of records and themes that have one."""
    lines: tuple[str, ...]
    """A record's title, broken as it is drawn; of everything else nothing."""
    capacity: str
    """Of a statement: as what its speaker spoke; the picture counts statements by that, and never people by them."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a text states between two spots; `role` is a sum of the roles above."""

    start: int
    end: int
    role: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that can be drawn."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    listed: tuple[tuple[str, int], ...]
    """As what the proposals were listed (全部立案, 优秀 …), and how many as each: the frame of every figure."""


Key = tuple[int, str]
"""Column and entity: an entity may stand in two columns, each time for another reason."""


def arrange(made: Deck, rows: Iterable[Row], cut: Cut) -> Picture:
    """The spots and lines of a deck; time grows with their number.

    Args:
        made: the cards.
        rows: the proposals as the ledger has them: they say for which sector or party each counts; what is only handled
            like a proposal is left out.
        cut: finds the words of a title, between which its lines may end.

    """
    counted = [row for row in rows if row.form in ("", PROPOSAL) and row.iri in made.index]
    records = set(_records(made, {row.iri for row in counted}))
    links = _links(made, records, counted)
    keys = sorted({key for ends in links for key in ends} | records)
    number = {key: i for i, key in enumerate(keys)}
    lines = [Line(number[a], number[b], role) for (a, b), role in sorted(links.items())]
    categories = _categories(made, keys, lines)
    orders = ordered(
        [column for column, _ in keys],
        [None if column != 2 else _rank(category) for (column, _), category in zip(keys, categories, strict=True)],
        [(line.start, line.end) for line in lines if line.role != SEAT],
    )
    spots = [_spot(made, key, orders[i], categories[i], cut) for i, key in enumerate(keys)]
    return Picture(tuple(spots), tuple(lines), _listed(counted))


def nodes(picture: Picture) -> list[dict[str, object]]:
    """The spots as pyvis holds its nodes; what a spot has not is left out."""
    return [
        {
            "id": number,
            "group": spot.kind,
            "card": spot.card,
            "column": spot.column,
            "order": spot.order,
            **({} if spot.category is None else {"category": spot.category}),
            **({"lines": spot.lines} if spot.lines else {}),
            **({"capacity": spot.capacity} if spot.capacity else {}),
        }
        for number, spot in enumerate(picture.spots)
    ]


def edges(picture: Picture) -> list[dict[str, int]]:
    """The lines as pyvis holds its edges."""
    return [{"from": line.start, "to": line.end, "role": line.role} for line in picture.lines]


def title_words(name: str) -> str:
    """A title without the words that all titles share.

    >>> title_words("关于推动茶产业园区建设的建议")
    '推动茶产业园区建设'
    """
    for start, end in _TITLE:
        if name.startswith(start) and name.endswith(end) and len(name) > len(start + end):
            return name[len(start) : -len(end)]
    return name


def _records(made: Deck, proposals: set[str]) -> Iterator[Key]:
    """The records, but for the tasks that others are part of: these stand outside, behind their parts."""
    wholes = {w for task in made.records.of_kind("Task") for w in made.records.links(task, "dcterms:isPartOf")}
    for wing in WINGS:
        for iri in made.records.of_kind(wing.record):
            if iri in made.index and iri not in wholes and (wing.record != "Proposal" or iri in proposals):
                yield (wing.column, iri)


def _links(made: Deck, shown: Iterable[Key], rows: Iterable[Row]) -> dict[tuple[Key, Key], int]:
    """Every line with its role, from the record, the member or the narrower theme."""
    roles: defaultdict[tuple[Key, Key], int] = defaultdict(int)
    wings = {wing.record: wing for wing in WINGS}
    records, known = made.records, made.index
    themes: set[str] = set()
    for key in shown:
        wing = wings[records.kinds[key[1]]]
        for agent in {a for p in wing.agents for a in records.links(key[1], p) if a in known}:
            roles[key, (wing.behind, agent)] |= BEHIND
        for theme in {t for p in ("zx:theme", "zx:mainTheme") for t in records.links(key[1], p) if t in known}:
            roles[key, (2, theme)] |= ABOUT
            themes.add(theme)
    for ends in _counted(made, rows):
        roles[ends[:2]] |= ends[2]
    for narrower, broader in _hierarchy(made, themes):
        roles[(2, narrower), (2, broader)] |= BROADER
    return dict(roles)


def _counted(made: Deck, rows: Iterable[Row]) -> Iterator[tuple[Key, Key, int]]:
    """For whom each proposal counts, and who sits for which sector."""
    known = made.index
    for row in rows:
        for who in row.proposers:
            for end in who.counts_for:
                if end.iri in known:
                    yield ((1, row.iri), (0, end.iri), COUNTS_FOR)
                    if who.iri in known and who.iri != end.iri:
                        yield ((0, who.iri), (0, end.iri), SEAT)
    for person in made.records.of_kind("Person"):
        for sector in made.records.links(person, "zx:sector"):
            if person in known and sector in known:
                yield ((0, person), (0, sector), SEAT)


def _hierarchy(made: Deck, themes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Theme and the one above it, from the themes of the records upwards."""
    waiting, seen = sorted(themes), set(themes)
    while waiting:
        theme = waiting.pop()
        for broader in made.records.links(theme, "skos:broader"):
            if broader in made.index:
                yield theme, broader
                if broader not in seen:
                    seen.add(broader)
                    waiting.append(broader)


def _categories(made: Deck, keys: Sequence[Key], lines: Iterable[Line]) -> list[int | None]:
    """The number of each one's category; a theme that has none of its own takes that of most of its records."""
    found = [_category(made, iri) for _, iri in keys]
    of_records: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for line in lines:
        category = found[line.start]
        if line.role & ABOUT and category is not None and found[line.end] is None:
            of_records[line.end][category] += 1
    for theme, counts in of_records.items():
        found[theme] = min(counts, key=lambda category: (-counts[category], category))
    return found


def _category(made: Deck, iri: str) -> int | None:
    """Of several categories (texts disagree) the first in the order."""
    named = {made.records.labels.get(c, "") for c in made.records.links(iri, "zx:category")}
    return next((i for i, category in enumerate(CATEGORY_LOOKS) if category.label in named), None)


def _rank(category: int | None) -> int:
    return len(CATEGORY_LOOKS) if category is None else category


def _spot(made: Deck, key: Key, order: int, category: int | None, cut: Cut) -> Spot:
    column, iri = key
    card = made.cards[made.index[iri]]
    lines: tuple[str, ...] = ()
    if column in {1, 3}:
        quote = made.masks.text("".join(made.records.texts(iri, "zx:quote")[:1]))
        words = quote if card.kind == "Statement" and quote else title_words(card.name)
        lines = broken(words, CARD_EMS, _MOST_LINES, cut)
    said = [made.records.labels.get(c, "") for c in made.records.links(iri, "zx:capacity")]
    return Spot(made.index[iri], card.kind, column, order, category, lines, "、".join(said) if lines else "")


def _listed(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """As what the proposals were listed, the most frequent first."""
    counts = Counter(kind for row in rows for kind in row.list_kinds)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
