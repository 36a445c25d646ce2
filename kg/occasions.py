"""The meetings or years that proposals belong to, and the kinds of list in which they stand there, each counted apart.

A figure says of which committee, which meeting and which kind of list it is: these are the groups that it may count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.ledger import Row, Session
from kg.network.coverage import FRAME_SAID
from kg.network.facts import End
from kg.network.records import UNKNOWN

ALL: Final = "全部立案"
"""The kind of a list that holds all that were accepted."""
PROPOSAL: Final = "提案"
"""The form of what is counted; what is only handled like a proposal has another."""
_NO_MEETING: Final = "届次未注明"
_NOT_ACCEPTED: Final = frozenset({"不予立案", "撤案", "转办"})


class Time(NamedTuple):
    """The meeting that proposals were submitted to, or the year that they were honoured for."""

    order: tuple[object, ...]
    label: str
    """Without the committee's name: `三届二次会议`, `2030年度`; empty where no text says either."""
    session: Session | None


def by_time(rows: Sequence[Row], committee: End | None) -> dict[Time, list[Row]]:
    """The proposals of a committee by meeting or year, in their order; one that is of several stands in each."""
    found: dict[Time, list[Row]] = {}
    for row in rows:
        for time in _times(row, committee):
            found.setdefault(time, []).append(row)
    return {time: found[time] for time in sorted(found)}


def by_list(rows: Sequence[Row]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Each kind of list with those of its proposals; a selection out of a list of all that is there is a part of that.

    Args:
        rows: the proposals of one committee and one meeting or year.

    """
    everything = {row.iri for row in rows if ALL in row.list_kinds}
    kinds = {kind for row in rows for kind in row.list_kinds}
    for kind in sorted(kinds, key=lambda k: list(FRAME_SAID).index(k) if k in FRAME_SAID else len(FRAME_SAID)):
        found = tuple(row for row in rows if kind in row.list_kinds)
        if kind == UNKNOWN and everything:
            found = tuple(row for row in found if not _NOT_ACCEPTED & set(row.statuses))
        if found and (kind == ALL or not {row.iri for row in found} <= everything):
            yield kind, found


def list_name(time: str, list_kind: str) -> str:
    """What proposals that are counted together are called.

    >>> list_name("三届二次会议", "全部立案"), list_name("", "未知")
    ('三届二次会议（全部立案）', '届次未注明（名单类型未注明）')
    """
    return f"{time or _NO_MEETING}（{'名单类型未注明' if list_kind == UNKNOWN else list_kind}）"


def list_said(list_kind: str) -> str:
    """What to say of proposals that stand in a list of a kind.

    >>> list_said("优秀"), list_said("会议")
    ('均为优秀提案', '名单类型为会议')
    """
    return FRAME_SAID.get(list_kind, f"名单类型为{list_kind}").format(PROPOSAL)


def _times(row: Row, committee: End | None) -> list[Time]:
    """The meetings that it was submitted to; where no text says one, the years that it was honoured for."""
    prefix = committee.label if committee else ""
    if row.sessions:
        return [Time((0, *s.order), s.label.removeprefix(prefix), s) for s in row.sessions]
    return [Time((1, year), f"{year}年度", None) for year in row.years] or [Time((2,), "", None)]
