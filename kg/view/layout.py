"""Where everything stands: five columns that read from the outside in, computed once and the same in every build.

    提案者、发言人 ─ 提案、发言 ─ 议题 ─ 协商案例、工作任务 ─ 主办单位、所属任务

The themes are the spine: what two sides have in common meets there. Each choice of the kinds of record that the reader
can make has rows of its own, so that every picture is as compact as what it shows. Rows are ordered by the barycentre
heuristic (Sugiyama, Tagawa and Toda 1981) and by exchanging neighbours, which keeps lines from crossing, and spaced by
isotonic regression (pool adjacent violators: Ayer et al. 1955), which moves each as little as possible from the mean
of what it is tied to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product
from typing import TYPE_CHECKING, Final

from kg.view.cards import Deck
from kg.view.linebreaks import Cut, broken, width_of

if TYPE_CHECKING:
    from networkx import Graph

FONT: Final = 13
"""Size of the words, in the picture's own pixels."""
_LINE: Final = 17
_CARD_EMS: Final = 16.0
_AGENT_EMS: Final = 11.0
_THEME_EMS: Final = 8.0
_GLYPH: Final = 14
_CARD: Final = _CARD_EMS * FONT + 26
_GAP: Final = {0: 12, 1: 13, 2: 7, 3: 13, 4: 12}
_BETWEEN_COLUMNS: Final = 78
_LAST: Final = 9.0
"""Where what is tied to nothing stands: below everything else."""
_SWEEPS: Final = 12
_SWEEPS_OF_MANY: Final = 3
_MOST_EXCHANGED: Final = 300
_MANY: Final = 60
"""More records of a kind than this are folded at first, their ends tied directly; and of those who stand behind
records, people and then bodies are switched off at first while there are more."""
MOST_DRAWN: Final = 1000
"""A kind of more records than this is never drawn, only its ties: no canvas of so many moves well."""
MOST_THEMES: Final = 60
"""Of more themes than this the picture has those of the most records; the others can be searched for."""
_FRAME: Final = (("关于", "的建议"), ("关于", "的提案"))
"""What nearly every title begins and ends with, and the picture leaves out."""


@dataclass(frozen=True, slots=True)
class Wing:
    """One kind of record with whoever stands behind it, on one side of the themes."""

    record: str
    agent_column: int
    column: int
    agents: tuple[str, ...]
    """Properties from a record to whoever stands behind it."""
    folds: bool
    """Whether its ends are tied to one another while it is not shown; else they vanish with it."""


WINGS: Final = (
    Wing("Proposal", 0, 1, ("zx:proposer", "zx:firstProposer"), folds=True),
    Wing("ConsultationCase", 4, 3, ("zx:host",), folds=True),
    Wing("Task", 4, 3, ("dcterms:isPartOf",), folds=False),
    Wing("Statement", 0, 1, ("zx:speaker",), folds=False),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One appearance of a card in the picture."""

    card: int
    kind: str
    column: int
    lines: tuple[str, ...]
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two appearances, from left to right; a tie stands for `weight` records while they are hidden."""

    start: int
    end: int
    record: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    rows: dict[tuple[str, ...], dict[int, float]]
    """The kinds of record shown, in the order of the wings → the height of each spot that is then there."""
    hidden: tuple[str, ...]
    """The kinds that the legend has switched off at first."""

    @property
    def at_first(self) -> dict[int, float]:
        """The rows before the reader chooses."""
        return self.rows[tuple(w.record for w in WINGS if w.record not in self.hidden)]


def arrange(made: Deck, cut: Cut) -> Picture:
    """Place the cards of a deck, their words broken between those that `cut` finds."""
    found = _with_main_themes(_appearances(made))
    records = _records(made)
    ties = _ties(found)
    counts = Counter(made.cards[made.index[iri]].kind for _, iri in records)
    drawn = {w.record for w in WINGS if counts[w.record] <= MOST_DRAWN}
    found = {line for line in found if line[2] in drawn}
    records = {key for key in records if made.cards[made.index[key[1]]].kind in drawn}
    keys = sorted({key for ends in (*found, *ties) for key in ends[:2]} | records)
    number = {key: i for i, key in enumerate(keys)}
    shapes = [_shape(made, key, cut) for key in keys]
    theme = max((s.width for s in shapes if s.column == 2), default=0.0)
    spots = [_in_column(s, theme) for s in shapes]
    lines = [Line(number[a], number[b], record) for a, b, record in sorted(found)]
    lines += [Line(number[a], number[b], record, weight) for (a, b, record), weight in sorted(ties.items())]
    crowd = _crowd(spots)
    rows = {}
    for choice in product((True, False), repeat=len(WINGS)):
        shown = tuple(w.record for w, chosen in zip(WINGS, choice, strict=True) if chosen)
        rows[shown] = _rows(spots, lines, shown, crowd)
    return Picture(tuple(spots), tuple(lines), rows, tuple(sorted({*crowd, *_hidden(counts)})))


def title_words(name: str) -> str:
    """A title without the words that all titles share.

    >>> title_words("关于推动茶产业园区建设的建议")
    '推动茶产业园区建设'
    """
    for start, end in _FRAME:
        if name.startswith(start) and name.endswith(end) and len(name) > len(start + end):
            return name[len(start) : -len(end)]
    return name


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


Key = tuple[int, str]
"""Column and entity: an entity may stand in two columns, each time for another reason."""


def _appearances(made: Deck) -> set[tuple[Key, Key, str]]:
    """Agent ─ record and record ─ theme, each with the record's kind."""
    found: set[tuple[Key, Key, str]] = set()
    wholes = _wholes(made)
    for wing in WINGS:
        for iri in _shown(made, wing.record):
            own = (wing.column, iri)
            if iri in wholes:
                continue
            agents = {a for p in wing.agents for a in made.records.links(iri, p) if a in made.index}
            found |= {_line((wing.agent_column, agent), own, wing.record) for agent in agents}
            themes = {t for p in ("zx:theme", "zx:mainTheme") for t in made.records.links(iri, p) if t in made.index}
            found |= {_line(own, (2, theme), wing.record) for theme in themes}
    return found


def _line(a: Key, b: Key, record: str) -> tuple[Key, Key, str]:
    """The ends from left to right."""
    return (a, b, record) if a[0] < b[0] else (b, a, record)


def _with_main_themes(found: set[tuple[Key, Key, str]]) -> set[tuple[Key, Key, str]]:
    """The lines without those to themes that are too many to be drawn."""
    counts = Counter(end for line in found for end in line[:2] if end[0] == 2)
    dropped = set(sorted(counts, key=lambda key: (-counts[key], key))[MOST_THEMES:])
    return {line for line in found if not dropped.intersection(line[:2])}


def _records(made: Deck) -> set[Key]:
    wholes = _wholes(made)
    return {(w.column, iri) for w in WINGS for iri in _shown(made, w.record) if iri not in wholes}


def _shown(made: Deck, kind: str) -> Iterable[str]:
    return (iri for iri in made.records.of_kind(kind) if iri in made.index)


def _wholes(made: Deck) -> set[str]:
    """The tasks that others are part of: they stand outside, behind their parts."""
    return {whole for task in _shown(made, "Task") for whole in made.records.links(task, "dcterms:isPartOf")}


def _shape(made: Deck, key: Key, cut: Cut) -> Spot:
    """A card as it is drawn in its column, before the column's place is known."""
    column, iri = key
    card = made.cards[made.index[iri]]
    if column in {1, 3}:
        quote = made.masks.text("".join(made.records.texts(iri, "zx:quote")[:1]))
        words = quote if card.kind == "Statement" and quote else title_words(card.name)
        lines = broken(words, _CARD_EMS, 3, cut)
        width, height = _CARD, len(lines) * _LINE + 14
    elif column == 2:
        lines = broken(card.name, _THEME_EMS, 2, cut)
        width, height = max(map(width_of, lines)) * FONT + 34, len(lines) * _LINE + 5
    else:
        lines = broken(card.name, _AGENT_EMS, 3, cut)
        width, height = float(_GLYPH), max(_GLYPH, len(lines) * _LINE)
    return Spot(made.index[iri], card.kind, column, lines, 0.0, width, float(height))


def _in_column(spot: Spot, theme: float) -> Spot:
    """The spot in its column's place; all themes are as wide as the widest."""
    record = theme / 2 + _BETWEEN_COLUMNS + _CARD / 2
    agent = record + _CARD / 2 + _BETWEEN_COLUMNS - 12
    x = {0: -agent, 1: -record, 2: 0.0, 3: record, 4: agent}[spot.column]
    width = theme if spot.column == 2 else spot.width
    return Spot(spot.card, spot.kind, spot.column, spot.lines, round(x, 1), round(width, 1), spot.height)


def _ties(found: Iterable[tuple[Key, Key, str]]) -> dict[tuple[Key, Key, str], int]:
    """Who stands behind a record, tied to its themes: what is drawn while the records are not."""
    folding = {w.record for w in WINGS if w.folds}
    agents: dict[Key, list[Key]] = {}
    themes: dict[Key, list[Key]] = {}
    for ends in found:
        left, right, record = ends
        if record in folding:
            for own, other in ((left, right), (right, left)):
                if own[0] in {1, 3}:
                    (themes if other[0] == 2 else agents).setdefault(own, []).append(other)
    kinds = {w.column: w.record for w in WINGS if w.folds}
    weights: Counter[tuple[Key, Key, str]] = Counter()
    for own, behind in agents.items():
        for agent, theme in product(behind, themes.get(own, ())):
            weights[_line(agent, theme, kinds[own[0]])] += 1
    return weights


def _hidden(counts: Counter[str]) -> set[str]:
    """What the first picture leaves out: plans and voices beside proposals and cases, and records too many to read."""
    many = {w.record for w in WINGS if w.folds and counts[w.record] > _MANY}
    beside = any(counts[w.record] for w in WINGS if w.folds)
    return many | {w.record for w in WINGS if beside and not w.folds}


def _crowd(spots: Sequence[Spot]) -> set[str]:
    """Whoever stands behind records, by kinds, where there are too many of them: people first, then bodies."""
    counts = Counter(s.kind for s in spots if s.column in {0, 4})
    crowd: set[str] = set()
    for kind in ("Person", "Organization"):
        if sum(counts.values()) > _MANY and len(counts) > 1:
            del counts[kind]
            crowd.add(kind)
    return crowd


def _rows(spots: Sequence[Spot], lines: Sequence[Line], records: tuple[str, ...], crowd: set[str]) -> dict[int, float]:
    """The heights of all spots that stand in the picture while these kinds of record are shown.

    The crowd stands below the others, so that these are compact without it.
    """
    from networkx import Graph  # 0.2 s that only a page needs

    graph: Graph = Graph()
    graph.add_nodes_from(i for i, s in enumerate(spots) if s.kind in records and s.column in {1, 3})
    graph.add_edges_from((t.start, t.end) for t in lines if (t.record in records) != bool(t.weight))
    apart = [i for i in sorted(graph) if spots[i].kind in crowd and spots[i].column in {0, 4}]
    graph.remove_nodes_from(apart)
    graph.remove_nodes_from([i for i in sorted(graph) if spots[i].column == 2 and not graph[i]])
    columns = _ordered(graph, spots)
    ys: dict[int, float] = {}
    tallest = max((_height(rows, spots, c) for c, rows in columns.items()), default=0.0)
    for column, rows in columns.items():
        ys.update(_stacked(rows, spots, column, _even(len(rows), tallest)))
    for _ in range(_sweeps(graph)):
        for column in (2, 1, 3, 0, 4):
            rows = columns.get(column, [])
            near = [_mean([ys[n] for n in graph[i]], ys[i]) for i in rows]
            if column in {1, 3}:  # half way to even rows: calmer than neighbours alone
                near = [(a + b) / 2 for a, b in zip(near, _even(len(rows), tallest), strict=True)]
            ys.update(_stacked(rows, spots, column, near))
    below = {c: max((ys[i] for i in rows), default=0.0) for c, rows in columns.items()}
    for i in apart:
        below[spots[i].column] += spots[i].height + _GAP[0]
        ys[i] = below[spots[i].column]
    top = min((ys[i] - spots[i].height / 2 for i in ys), default=0.0)
    return {i: round(ys[i] - top, 1) for i in sorted(ys)}


def _ordered(graph: Graph, spots: Sequence[Spot]) -> dict[int, list[int]]:
    """The rows of every column from top to bottom, so that lines cross little."""
    columns = {c: [i for i in sorted(graph) if spots[i].column == c] for c in range(5)}
    place = {i: rank / len(rows) for rows in columns.values() for rank, i in enumerate(rows)}
    place.update({i: _LAST for i in graph if not graph[i]})
    for sweep in range(_sweeps(graph)):
        for column in (2, 1, 3, 0, 4) if sweep % 2 else (1, 3, 2, 0, 4):
            means = sorted((_mean([place[n] for n in graph[i]], place[i]), i) for i in columns[column])
            columns[column] = [i for _, i in means]
            place.update({i: (rank + 0.5) / len(means) for rank, (_, i) in enumerate(means) if graph[i]})
    if len(graph) <= _MOST_EXCHANGED:
        _exchange(graph, spots, columns)
    return columns


def _sweeps(graph: Graph) -> int:
    return _SWEEPS if len(graph) <= _MOST_EXCHANGED else _SWEEPS_OF_MANY


def _exchange(graph: Graph, spots: Sequence[Spot], columns: dict[int, list[int]]) -> None:
    """Exchange neighbours as long as fewer lines cross."""
    rank = {i: r for rows in columns.values() for r, i in enumerate(rows)}

    def crossings(upper: int, lower: int) -> int:
        return sum(spots[m].column == spots[n].column and rank[m] > rank[n] for m in graph[upper] for n in graph[lower])

    for _ in range(_SWEEPS):
        better = False
        for rows in columns.values():
            for r in range(len(rows) - 1):
                a, b = rows[r], rows[r + 1]
                if crossings(b, a) < crossings(a, b):
                    rows[r], rows[r + 1], rank[a], rank[b], better = b, a, r + 1, r, True
        if not better:
            break


def _height(rows: Sequence[int], spots: Sequence[Spot], column: int) -> float:
    return sum(spots[i].height for i in rows) + _GAP[column] * max(0, len(rows) - 1)


def _even(count: int, tallest: float) -> list[float]:
    return [tallest * (i + 0.5) / count for i in range(count)]


def _stacked(rows: Sequence[int], spots: Sequence[Spot], column: int, near: Sequence[float]) -> dict[int, float]:
    steps = [(spots[a].height + spots[b].height) / 2 + _GAP[column] for a, b in pairwise(rows)]
    return dict(zip(rows, spaced(near, steps), strict=True))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
