"""What a report is about: one committee, its meetings or years, and the kinds of list that are counted apart."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from kg.errors import NotFound
from kg.ledger import Row, gb_order
from kg.network.facts import End, Facts
from kg.network.records import UNKNOWN, Record, read_records
from kg.occasions import ALL, PROPOSAL, Time, by_list, by_time, list_name, list_said
from kg.report.parts import Cell, Figure, Heading, Run, count, listed

_AGAIN: Final = {
    ALL: "件立案提案",
    "优秀": "件优秀提案",
    "重点": "件重点提案",
    "节选": "件节选的提案（并非全部）",
    UNKNOWN: "件提案（材料未注明是全部还是部分）",
}
"""Kind of list → what records of it are called once it is known which they are."""
_NO_COMMITTEE: Final = "（未注明政协）"
_NO_MEETING: Final = "届次未注明"


@dataclass(frozen=True, slots=True)
class Frame:
    """Proposals that are counted together: of one committee, one time and one kind of list."""

    committee: str
    time: str
    list_kind: str
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """`三届二次会议（全部立案）`."""
        return list_name(self.time, self.list_kind)

    @property
    def said(self) -> str:
        """What kind of list it is: `均为优秀提案`."""
        return list_said(self.list_kind)

    @property
    def all(self) -> Run:
        """How many there are."""
        return self.count(self.rows, "提案")

    def count(self, rows: Iterable[Row], what: str) -> Run:
        """How many of its rows some are, with their records."""
        return count((row.iri for row in rows), f"{self.name}：{what}")

    @property
    def introduced(self) -> Cell:
        """What it is, where it is spoken of first: `三届二次会议提案共10件，均为优秀提案`."""
        time = f"{self.time}提案共" if self.time else "届次未注明的提案共"
        return (self.committee, time, self.all, f"件，{self.said}")

    @property
    def named(self) -> Cell:
        """What it is, where it is spoken of again: `三届二次会议10件优秀提案`."""
        again = _AGAIN.get(self.list_kind, f"件提案（名单类型为{self.list_kind}）")
        return (self.time or "届次未注明的", self.all, again)


@dataclass(frozen=True, slots=True)
class Occasion:
    """All that there is of one meeting or year: the frames, and what was not accepted, which stands in none."""

    name: str
    rows: tuple[Row, ...]
    frames: tuple[Frame, ...]

    @property
    def reviewed(self) -> tuple[Row, ...]:
        """Those of which a text says how they were received: by a status, or by the list in which they stand."""
        return tuple(row for row in self.rows if row.statuses or ALL in row.list_kinds)

    @property
    def outside(self) -> tuple[Row, ...]:
        """Those that stand in none of its frames."""
        framed = {row.iri for frame in self.frames for row in frame.rows}
        return tuple(row for row in self.rows if row.iri not in framed)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the sections of a report are written from."""

    store: Store
    facts: Facts
    """What the store states, read once for all sections."""
    records: tuple[Record, ...]
    """What the network counts, of all committees."""
    committee: End | None
    occasions: tuple[Occasion, ...]
    left_out: tuple[str, ...]
    """Sentences on proposals of the graph that the report does not count."""

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The frames of all occasions."""
        return tuple(frame for occasion in self.occasions for frame in occasion.frames)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every proposal of it, each once."""
        return tuple({row.iri: row for occasion in self.occasions for row in occasion.rows}.values())

    @property
    def name(self) -> str:
        """The committee, with the meeting or year where there is only one."""
        committee = self.committee.label if self.committee else ""
        return committee + (self.occasions[0].name if len(self.occasions) == 1 else "")

    def headed(self) -> Iterator[tuple[Frame, tuple[Heading, ...]]]:
        """Each frame with the heading of what is said of it: none where there is only one."""
        several = len(self.frames) > 1
        for number, frame in enumerate(self.frames, start=1):
            yield frame, (Heading(3, f"{number}. {frame.name}"),) if several else ()


def scope_of(
    store: Store, ledger: Sequence[Row], *, committee: str = "", year: int | None = None, session: str = ""
) -> Scope:
    """The proposals that a report is about.

    Args:
        store: the graph of the ledger.
        ledger: the graph's proposals.
        committee: a committee's name or a part of it; where empty, the one with the most proposals.
        year: only meetings of that year and lists of honours for it; a meeting that no text dates is of the year in
            which all replies to its proposals are dated.
        session: a meeting's name or a part of it.

    Raises:
        NotFound: nothing in the graph is called so, or of that year; the hint names what there is.

    """
    proposals = [row for row in ledger if row.form in ("", PROPOSAL)]
    if not proposals:
        raise NotFound("the graph holds no proposal", hint="kg build reads lists, ledgers and pages that name some")
    chosen = _committee(proposals, committee)
    own = [row for row in proposals if row.committee == chosen]
    occasions = _occasions(own, chosen)
    kept = [(time, occasion) for time, occasion in occasions if _asked(time, occasion, year, session)]
    if not kept:
        there = "、".join(f"{time.label}" for time, _ in occasions if time.label)
        asked = f"of {session}" if session else f"of {year}"
        hint = f"there are {there}" if there else "no text says at which meeting they were submitted"
        raise NotFound(f"{_label(chosen)} has no proposal {asked}", hint=hint)
    left = [occasion.name or _NO_MEETING for time, occasion in occasions if (time, occasion) not in kept]
    facts = Facts(store)
    return Scope(
        *(store, facts, read_records(facts), chosen),
        occasions=tuple(occasion for _, occasion in kept),
        left_out=tuple(_left_out(ledger, chosen, left)),
    )


def _committee(rows: Sequence[Row], asked: str) -> End | None:
    counts = Counter(row.committee for row in rows)
    ordered = sorted(counts, key=lambda c: (-counts[c], gb_order(_label(c))))
    if not asked:
        return ordered[0]
    exact = [c for c in ordered if _label(c) == asked]
    found = exact or [c for c in ordered if c and asked in c.label]
    if found:
        return found[0]
    names = [_label(c) for c in ordered if c]
    near = difflib.get_close_matches(asked, names, n=3, cutoff=0.3) or names[:3]
    hint = f"there are {'、'.join(near)}" if near else "no text says whose the proposals are"
    raise NotFound(f"no committee called {asked} has proposals here", hint=hint)


def _label(committee: End | None) -> str:
    return committee.label if committee else _NO_COMMITTEE


def _occasions(rows: Sequence[Row], committee: End | None) -> list[tuple[Time, Occasion]]:
    return [
        (time, Occasion(time.label, tuple(found), tuple(_frames(_label(committee), time.label, found))))
        for time, found in by_time(rows, committee).items()
    ]


def _frames(committee: str, time: str, rows: Sequence[Row]) -> Iterator[Frame]:
    return (Frame(committee, time, kind, found) for kind, found in by_list(rows))


def _asked(time: Time, occasion: Occasion, year: int | None, session: str) -> bool:
    named = not session or (time.session is not None and session in time.session.label)
    return named and (year is None or year in _years(time, occasion))


def _years(time: Time, occasion: Occasion) -> set[int]:
    if time.session is None:
        return {year for row in occasion.rows for year in row.years}
    if time.session.year is not None:
        return {time.session.year}
    replied = {int(reply.date[:4]) for row in occasion.rows for reply in row.replies if reply.date}
    return replied if len(replied) == 1 else set()


def _left_out(ledger: Sequence[Row], chosen: End | None, occasions: Sequence[str]) -> Iterator[str]:
    """What of the graph is not counted, in a sentence each."""
    others = Counter(row.form for row in ledger if row.form not in ("", PROPOSAL) and row.committee in (chosen, None))
    if others:
        told = "".join(_plain(listed((form, str(others[form])) for form in sorted(others))))
        yield f"按提案办理而不是提案的，不计入：{told}。"
    elsewhere = Counter(
        _label(row.committee) for row in ledger if row.committee != chosen and row.form in ("", PROPOSAL)
    )
    if elsewhere:
        named = sorted(elsewhere, key=gb_order)
        yield f"已录入材料中还有{'、'.join(f'{name}的提案{elsewhere[name]}件' for name in named)}，不计入。"
    if occasions:
        yield f"已录入材料中还有{'、'.join(occasions)}的提案，不计入。"


def _plain(runs: Cell) -> Iterator[str]:
    return (run.text if isinstance(run, Figure) else run for run in runs)
