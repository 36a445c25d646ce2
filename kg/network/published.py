"""Ties as they are published: quads, CSV, JSON and a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.network.records import KINDS
from kg.network.ties import CHANNEL_NAMES, LEVELS, UNITS, Tie

HEADINGS: Final = (
    *("一端", "关系", "另一端", "数量", "共同议题", "相似度", "提升度", "q 值"),
    *("渠道", "统计范围", "议题层级"),
)
"""The columns of `table`."""
FIGURES: Final = {
    "share": ("zx:share", "占比"),
    "lift": ("zx:lift", "提升度"),
    "ppmi": ("zx:ppmi", "正点互信息"),
    "log_odds": ("zx:logOdds", "对数优势比"),
    "z": ("zx:logOddsZ", "对数优势比 z 值"),
    "p": ("zx:pValue", "p 值"),
    "q": ("zx:qValue", "q 值"),
}
"""Figure of a tie → the property that holds it and how people read it; docs/measures.md says what each one is."""
_DIGITS: Final = 6
"""The significant digits of a published figure: the rest is floating point."""


def connection_quads(ties: Iterable[Tie]) -> list[Quad]:
    """The ties as quads of the connections graph, each with what it was derived from (prov:wasDerivedFrom)."""
    graph = vocab.GRAPHS["connections"]
    return [
        Quad(iri, vocab.expand(predicate), value, graph)
        for tie in ties
        for iri in (tie.iri,)
        for predicate, value in _properties(tie)
    ]


def table(ties: Iterable[Tie]) -> list[list[str]]:
    """The ties as people read them, a row each; the columns are `HEADINGS`."""
    return [
        [
            *(tie.start.label, tie.relation, tie.end.label),
            f"{len(tie.shared)}个" if tie.shared else f"{_short(tie.weight)}{UNITS[tie.frame.channel]}",
            "、".join(theme.label for theme in tie.shared),
            _short(tie.weight) if tie.shared else "",
            *(_short(figures[name]) if name in figures else "" for name in ("lift", "q")),
            *(CHANNEL_NAMES[tie.frame.channel], tie.frame.list_kind, LEVELS[tie.level]),
        ]
        for tie in ties
        for figures in (figures_of(tie),)
    ]


def as_objects(ties: Iterable[Tie]) -> list[dict[str, object]]:
    """The ties as plain objects for JSON: names, IRIs and figures; null where too few records are there to tell."""
    return [
        {
            "iri": tie.iri.value,
            "from": tie.start._asdict(),
            "to": tie.end._asdict(),
            "relation": tie.relation,
            "channel": tie.frame.channel,
            "committee": tie.frame.committee.label if tie.frame.committee else None,
            "frame": tie.frame.list_kind,
            "level": tie.level,
            "weight": float(tie.weight),
            "shared": [theme._asdict() for theme in tie.shared],
            **{name: float(figures[name]) if name in figures else None for name in FIGURES},
            "more_than_chance": tie.more_than_chance,
            "derived_from": list(tie.sources),
        }
        for tie in ties
        for figures in (figures_of(tie),)
    ]


def connections_csv(ties: Iterable[Tie]) -> str:
    """The ties as CSV with Chinese headings; IRIs come last. The same ties give the same bytes.

    强度 is a tie's weight as in the graph; 依据数 the number of records, or of ties, that it was derived from; a figure
    is empty where too few records are there to tell.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(
        [
            *("一端", "关系", "另一端", "强度", "共同议题", *(heading for _, heading in FIGURES.values())),
            *("超出偶然", "依据数", "渠道", "统计范围", "议题层级", "政协"),
            *("一端类型", "另一端类型", "一端 IRI", "另一端 IRI", "关联 IRI"),
        ]
    )
    for tie in ties:
        figures = figures_of(tie)
        rows.writerow(
            [
                *(tie.start.label, tie.relation, tie.end.label),
                *(_short(tie.weight), "、".join(theme.label for theme in tie.shared)),
                *(_short(figures[name]) if name in figures else "" for name in FIGURES),
                "" if tie.more_than_chance is None else "是" if tie.more_than_chance else "否",
                *(len(tie.sources), CHANNEL_NAMES[tie.frame.channel], tie.frame.list_kind, LEVELS[tie.level]),
                tie.frame.committee.label if tie.frame.committee else "",
                *(KINDS[tie.start.kind], KINDS[tie.end.kind]),
                *(tie.start.iri, tie.end.iri, tie.iri.value),
            ]
        )
    return out.getvalue()


def figures_of(tie: Tie) -> dict[str, Decimal]:
    """The figures that a tie has, with six significant digits; see `FIGURES`."""
    found = {name: getattr(part, name, None) for part in (tie.figures, tie.validated) if part for name in FIGURES}
    return {name: Decimal(f"{value:.{_DIGITS}g}") for name, value in found.items() if value is not None}


def _properties(tie: Tie) -> Iterator[tuple[str, NamedNode | Literal]]:
    yield "rdf:type", vocab.expand("zx:Connection")
    yield "zx:from", NamedNode(tie.start.iri)
    yield "zx:to", NamedNode(tie.end.iri)
    yield "zx:channel", vocab.concept("channel", tie.frame.channel)
    yield "zx:frame", vocab.concept("listKind", tie.frame.list_kind)
    yield "zx:themeLevel", vocab.concept("themeLevel", LEVELS[tie.level])
    yield "zx:weight", _literal(tie.weight)
    if tie.frame.committee:
        yield "zx:committee", NamedNode(tie.frame.committee.iri)
    if tie.shared:
        yield "zx:sharedThemes", Literal(len(tie.shared))
    for name, value in figures_of(tie).items():
        yield FIGURES[name][0], _literal(value)
    if tie.more_than_chance is not None:
        yield "zx:moreThanChance", Literal(tie.more_than_chance)
    for source in tie.sources:
        yield "prov:wasDerivedFrom", NamedNode(source)


def _literal(value: Decimal) -> Literal:
    return Literal(f"{value.normalize():f}", datatype=vocab.expand("xsd:decimal"))


def _short(value: Decimal) -> str:
    """At most three places, as people read it; what is smaller is told as that.

    >>> [_short(Decimal(value)) for value in ("20.000000", "0.333333", "0.0000123", "-1.5")]
    ['20', '0.333', '<0.001', '-1.5']

    """
    if 0 < value < Decimal("0.0005"):
        return "<0.001"
    return f"{round(value, 3).normalize():f}"
