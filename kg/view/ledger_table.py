"""The ledger as the page shows it: a row a proposal, and only those columns that some text fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.ledger import Row, Session
from kg.occasions import PROPOSAL
from kg.view.cards import Deck

_SHORT_OUTCOME: Final = 24
"""An outcome of more characters is told by what it means."""


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """The proposals in columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """The proposal's card, and a cell for each column; empty is what no text says."""
    absent: tuple[str, ...]
    """The columns that no text fills."""
    elsewhere: int
    """How many there are that are only handled like proposals, and stand in no row."""


def _joined(parts: Iterable[str]) -> str:
    return "、".join(part for part in parts if part)


def _handlers(row: Row) -> str:
    """`主办：区水利局；会办：区财政局、区教育局`."""
    roles = dict.fromkeys(handler.role for handler in row.handlers)
    return "；".join(f"{role}：{_joined(h.label for h in row.handlers if h.role == role)}" for role in roles)


def _outcome(row: Row) -> list[str]:
    return [
        reply.as_written if reply.as_written and len(reply.as_written) <= _SHORT_OUTCOME else reply.outcome
        for reply in row.replies
    ]


def _marks(row: Row) -> str:
    return _joined((*(("重点提案",) if row.key else ()), *dict.fromkeys(honour.label for honour in row.honours)))


def _meeting(row: Row, session: Session) -> str:
    """A meeting without the committee's name, which stands in a column of its own."""
    return session.label.removeprefix(row.committee.label if row.committee else "")


_COLUMNS: Final[tuple[tuple[str, Callable[[Row], str]], ...]] = (
    ("编号", lambda row: row.number),
    ("案由", lambda row: row.title),
    ("提案者", lambda row: _joined(who.label for who in row.proposers)),
    ("类别", lambda row: _joined(row.kinds)),
    ("界别/党派", lambda row: _joined(dict.fromkeys(end.label for end in row.counts_for))),
    ("分类", lambda row: _joined(row.categories)),
    ("主办/会办", _handlers),
    ("结果", lambda row: _joined(dict.fromkeys(_outcome(row)))),
    ("重点/优秀", _marks),
    ("届次", lambda row: _joined(_meeting(row, session) for session in row.sessions)),
    ("名单", lambda row: _joined(kind for kind in row.list_kinds if kind != "未知")),
    ("政协", lambda row: row.committee.label if row.committee else ""),
)
"""Heading → what stands below it."""
_ONLY_WHERE_SEVERAL: Final = frozenset({"名单", "政协"})
"""The columns that are left out where every row would say the same."""


def ledger_table(made: Deck, rows: Sequence[Row]) -> LedgerTable:
    """The proposals of a graph in columns, masked like everything that is shown.

    Args:
        made: the cards of the graph.
        rows: its proposals, in the order in which they are to stand.

    """
    shown = [row for row in rows if row.form in ("", PROPOSAL) and row.iri in made.index]
    told = [[made.masks.text(cell(row)) for _, cell in _COLUMNS] for row in shown]
    names = [name for name, _ in _COLUMNS]
    differing = [len({cells[i] for cells in told}) > 1 for i in range(len(names))]
    filled = [any(cells[i] for cells in told) for i in range(len(names))]
    kept = [i for i, name in enumerate(names) if filled[i] and (differing[i] or name not in _ONLY_WHERE_SEVERAL)]
    return LedgerTable(
        tuple(names[i] for i in kept),
        tuple((made.index[row.iri], tuple(cells[i] for i in kept)) for row, cells in zip(shown, told, strict=True)),
        tuple(name for i, name in enumerate(names) if not filled[i]) if shown else (),
        sum(row.form not in ("", PROPOSAL) for row in rows),
    )
