"""Where everything stands: five columns that read from the outside in, computed once and the same in every build.

    提案者 ─ 提案 ─ 议题 ─ 协商案例 ─ 承办单位
    发言人 ─ 发言 ─ 议题 ─ 工作任务 ─ 所属任务

The themes are the spine: what two sides have in common meets there. Rows are ordered by the barycentre heuristic
(Sugiyama, Tagawa and Toda 1981), which keeps lines from crossing, and spaced by isotonic regression (pool adjacent
violators: Ayer et al. 1955), which moves each as little as possible from the mean of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import networkx as nx

from kg.view.cards import Deck
from kg.view.linebreaks import broken, width_of

FONT: Final = 13
"""Size of the words, in the picture's own pixels."""
_LINE: Final = 17
_CARD_EMS: Final = 16.0
_AGENT_EMS: Final = 11.0
_THEME_EMS: Final = 8.0
_GLYPH: Final = 14
_GAP: Final = {0: 12, 1: 13, 2: 7, 3: 13, 4: 12}
_BETWEEN_BANDS: Final = 84
_BETWEEN_COLUMNS: Final = 78
_SWEEPS: Final = 12
_MANY: Final = 60
"""More records than this on one side are folded at first: their ends are tied directly."""
_FRAME: Final = (("关于", "的建议"), ("关于", "的提案"))
"""What nearly every title begins and ends with, and the picture leaves out."""


@dataclass(frozen=True, slots=True)
class Wing:
    """One kind of record with whoever stands behind it, on one side of the themes."""

    record: str
    band: int
    columns: tuple[int, int]
    """Of the agent and of the record."""
    agents: tuple[str, ...]
    """Properties from a record to whoever stands behind it."""


WINGS: Final = (
    Wing("Proposal", 0, (0, 1), ("zx:proposer", "zx:firstProposer")),
    Wing("ConsultationCase", 0, (4, 3), ("zx:host",)),
    Wing("Statement", 1, (0, 1), ("zx:speaker",)),
    Wing("Task", 1, (4, 3), ("dcterms:isPartOf",)),
)


@dataclass(slots=True)
class Spot:
    """One appearance of a card in the picture."""

    id: int
    card: int
    kind: str
    column: int
    band: int
    lines: tuple[str, ...]
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two appearances; a tie stands for `weight` records while those are not drawn."""

    start: int
    end: int
    record: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    hidden: tuple[str, ...]
    """The kinds that the legend has switched off at first."""


def arrange(made: Deck) -> Picture:
    """Place the cards of a deck."""
    graph = _appearances(made)
    order = _order(graph)
    spots = [graph.nodes[key]["spot"] for key in order]
    for number, spot in enumerate(spots):
        spot.id = number
    _set_columns(spots)
    _set_rows(graph, spots)
    lines = [
        Line(*_outwards(graph.nodes[a]["spot"], graph.nodes[b]["spot"]), graph.edges[a, b]["record"])
        for a, b in graph.edges
    ]
    ties = _ties(graph)
    folded = {w.record for w in WINGS if w.band == 0 and sum(s.kind == w.record for s in spots) > _MANY}
    hidden = tuple(sorted({w.record for w in WINGS if w.band == 1} | folded))
    return Picture(tuple(spots), tuple(sorted([*lines, *ties], key=lambda t: (t.start, t.end, t.record))), hidden)


def title_words(name: str) -> str:
    """A title without the words that all titles share.

    >>> title_words("关于推动茶产业园区建设的建议")
    '推动茶产业园区建设'
    """
    for start, end in _FRAME:
        if name.startswith(start) and name.endswith(end) and len(name) > len(start + end):
            return name[len(start) : -len(end)]
    return name


Key = tuple[str, int, int]
"""Entity, band and column: an entity may stand in several places, each time for another reason."""


def _appearances(made: Deck) -> nx.Graph:
    """The graph of appearances: agent ─ record ─ theme, lines labelled with the record's kind."""
    records, graph = made.records, nx.Graph()
    main = _parents(made)
    for wing in WINGS:
        for iri in records.of_kind(wing.record):
            if iri not in made.index or iri in main:
                continue
            own = (iri, wing.band, wing.columns[1])
            _add(graph, made, own)
            for agent in sorted({a for p in wing.agents for a in records.links(iri, p) if a in made.index}):
                end = (agent, wing.band, wing.columns[0])
                _add(graph, made, end)
                graph.add_edge(own, end, record=wing.record)
    upper = {t for iri, band, _ in list(graph) if band == 0 for t in _themes(made, iri)}
    for own in [key for key in graph if key[2] in {1, 3}]:
        for theme in _themes(made, own[0]):
            end = (theme, 0 if theme in upper else 1, 2)
            _add(graph, made, end)
            graph.add_edge(own, end, record=made.records.kinds[own[0]])
    return graph


def _parents(made: Deck) -> set[str]:
    """The tasks that others are part of: they stand outside, behind their parts."""
    return {p for t in made.records.of_kind("Task") for p in made.records.links(t, "dcterms:isPartOf")}


def _themes(made: Deck, iri: str) -> list[str]:
    found = {t for p in ("zx:theme", "zx:mainTheme") for t in made.records.links(iri, p)}
    return sorted(t for t in found if t in made.index)


def _add(graph: nx.Graph, made: Deck, key: Key) -> None:
    if key in graph:
        return
    card = made.cards[made.index[key[0]]]
    column = key[2]
    if column in {1, 3}:
        words = title_words(card.name) if card.kind != "Statement" else card.name.partition("：")[2] or card.name
        lines = broken(words, _CARD_EMS, 3)
        size = (_CARD_EMS * FONT + 26, len(lines) * _LINE + 14)
    elif column == 2:
        lines = broken(card.name, _THEME_EMS, 2)
        size = (max(map(width_of, lines)) * FONT + 34, len(lines) * _LINE + 8)
    else:
        lines = broken(card.name, _AGENT_EMS, 3)
        size = (_GLYPH, max(_GLYPH, len(lines) * _LINE))
    graph.add_node(key, spot=Spot(0, made.index[key[0]], card.kind, column, key[1], lines, *size))


def _order(graph: nx.Graph) -> list[Key]:
    """The rows of every column from top to bottom, so that lines cross little."""
    place = {key: float(rank) for rank, key in enumerate(sorted(graph))}
    for sweep in range(_SWEEPS):
        for columns in ((2,), (1, 3), (0, 4)) if sweep % 2 else ((1, 3), (2,), (0, 4)):
            moved = {
                key: sum(place[n] for n in graph[key]) / graph.degree(key) if graph.degree(key) else place[key]
                for key in graph
                if key[2] in columns
            }
            for column in columns:
                rows = sorted((k for k in moved if k[2] == column), key=lambda k: (k[1], moved[k], k))
                for rank, key in enumerate(rows):
                    place[key] = rank / max(1, len(rows) - 1)
    return sorted(graph, key=lambda k: (k[1], k[2], place[k], k))


def _set_columns(spots: Sequence[Spot]) -> None:
    """Equal themes, and columns as far apart as their cards are wide."""
    themes = [s for s in spots if s.column == 2]
    for spot in themes:
        spot.width = max(s.width for s in themes)
    card, theme = _CARD_EMS * FONT + 26, themes[0].width if themes else 0.0
    record = theme / 2 + _BETWEEN_COLUMNS + card / 2
    agent = record + card / 2 + _BETWEEN_COLUMNS - 12
    centre = {0: -agent, 1: -record, 2: 0.0, 3: record, 4: agent}
    for spot in spots:
        spot.x = centre[spot.column]


def _set_rows(graph: nx.Graph, spots: Sequence[Spot]) -> None:
    """Each row near the mean of its neighbours, none nearer to the next than the gap; the second band below the first."""
    key_of = {id(graph.nodes[key]["spot"]): key for key in graph}
    top = 0.0
    for band in (0, 1):
        columns = {c: [s for s in spots if s.band == band and s.column == c] for c in range(5)}
        tallest = max((_height(rows, c) for c, rows in columns.items()), default=0.0)
        for column, rows in columns.items():
            _stack(rows, _even(rows, tallest), column)
        for _ in range(_SWEEPS):
            for column in (2, 1, 3, 0, 4):
                rows = columns[column]
                _stack(rows, [_wanted(graph, key_of[id(s)], s, band) for s in rows], column)
        inside = [s for s in spots if s.band == band]
        if inside:
            shift = top - min(s.y - s.height / 2 for s in inside)
            for spot in inside:
                spot.y += shift
            top = max(s.y + s.height / 2 for s in inside) + _BETWEEN_BANDS
    for spot in spots:
        spot.x, spot.y, spot.width = round(spot.x, 1), round(spot.y, 1), round(spot.width, 1)


def _wanted(graph: nx.Graph, key: Key, spot: Spot, band: int) -> float:
    ys = [graph.nodes[n]["spot"].y for n in graph[key] if n[1] == band]
    return sum(ys) / len(ys) if ys else spot.y


def _height(rows: Sequence[Spot], column: int) -> float:
    return sum(s.height for s in rows) + _GAP[column] * max(0, len(rows) - 1)


def _even(rows: Sequence[Spot], tallest: float) -> list[float]:
    return [tallest * (i + 0.5) / len(rows) for i in range(len(rows))]


def _stack(rows: Sequence[Spot], wanted: Sequence[float], column: int) -> None:
    steps = [(a.height + b.height) / 2 + _GAP[column] for a, b in zip(rows, rows[1:], strict=False)]
    for spot, y in zip(rows, spaced(wanted, steps), strict=True):
        spot.y = y


def spaced(wanted: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Positions in the given order, at least `steps` apart, with the least sum of squared moves from `wanted`.

    >>> spaced([0, 0, 10], [4, 4])
    [-2.0, 2.0, 10.0]
    """
    offsets = [0.0, *accumulate(steps)][: len(wanted)]
    pools: list[tuple[float, int]] = []  # (sum, number) of pooled neighbours
    for value in (w - o for w, o in zip(wanted, offsets, strict=True)):
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            total, count = total + pools[-1][0], count + pools[-1][1]
            pools.pop()
        pools.append((total, count))
    means = [total / count for total, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _ties(graph: nx.Graph) -> list[Line]:
    """Who stands behind a record, tied to its themes: what is drawn while the records are not."""
    weights: dict[tuple[int, int, str], int] = {}
    for key in graph:
        if key[2] not in {1, 3} or key[1] != 0:
            continue
        ends = [graph.nodes[n]["spot"] for n in graph[key]]
        record = graph.nodes[key]["spot"].kind
        for agent in (s for s in ends if s.column in {0, 4}):
            for theme in (s for s in ends if s.column == 2):
                start, end = _outwards(agent, theme)
                weights[start, end, record] = weights.get((start, end, record), 0) + 1
    return [Line(start, end, record, weight) for (start, end, record), weight in weights.items()]


def _outwards(a: Spot, b: Spot) -> tuple[int, int]:
    """The two ends from left to right."""
    return (a.id, b.id) if a.column < b.column else (b.id, a.id)
