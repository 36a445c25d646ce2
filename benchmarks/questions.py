"""How long the saved questions take on 100,000 invented proposals or as many as told, with their evidence.

    python benchmarks/questions.py [PROPOSALS [FOLDER]]

The graph (`_question_graph.py`) is written as a store into FOLDER, or found there; without one it is made anew, which
takes some minutes and, for 100,000 proposals, 4 GB. Each question is asked 20 times with other parameters, warm: one
more time before that is not counted. Times are CPU seconds until the last row was read, beside them those on the clock,
which other work on the machine stretches. A look-up should take a second at most, what counts over all three seconds.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import _question_graph as graph
from pyoxigraph import Store

from kg import query
from kg.lexicon import load
from kg.resources import lexicon_dir

TIMES = 20
_Params = Mapping[str, str]
_Asked = Callable[[random.Random], _Params]


def _sector(chance: random.Random) -> str:
    return f"第{chance.randrange(30)}界别"


def _theme(chance: random.Random) -> str:
    return chance.choice([row.name for row in load(lexicon_dir()).themes])


def _area(chance: random.Random) -> str:
    return chance.choice([row.name for row in load(lexicon_dir()).themes if not row.broader])


def _year(chance: random.Random) -> str:
    return str(chance.randrange(2023, 2033))


def _district(chance: random.Random) -> str:
    return chance.choice(graph.DISTRICTS)


def _session(chance: random.Random) -> str:
    return f"{_district(chance)}政协{chance.choice('一二')}届{chance.choice('一二三四五')}次"


def _person(chance: random.Random) -> str:
    return f"{chance.choice('林邱晏柏苏')}{chance.choice('知雁松若思')}{chance.choice('知雁松若思')}"


LOOK_UPS: dict[str, _Asked] = {
    "proposals-of-sector": lambda c: {"sector": _sector(c), "session": _session(c)},
    "honoured-proposals": lambda c: {"year": _year(c)},
    "handling": lambda c: {"proposal": c.choice([f"{_year(c)}{c.randrange(1000):04}", _theme(c)])},
    "unanswered-proposals": lambda c: {"session": _session(c)},
    "speaks-for": lambda c: {"body": f"{_district(c)}第{c.randrange(50)}局"},
    "statements-of": lambda c: {"person": _person(c)},
    "cases-of-place": lambda c: {"place": f"第{c.randrange(20)}街道"},
    "conveners": lambda c: {"sector": _sector(c)},
    "sector-members": lambda c: {"sector": _sector(c)},
    "post-holders": lambda c: {"post": "召集人", "body": _district(c), "date": _year(c)},
    "silent-members": lambda c: {"sector": _sector(c)},
    "provenance": lambda c: {"name": _person(c)},
}
"""Question → its parameters, drawn anew each time."""
AGGREGATES: dict[str, _Asked] = {
    "sectors-on-theme": lambda c: {"theme": _theme(c)},
    "shared-themes": lambda c: {"sector": _sector(c), "other": _sector(c)},
    "similar-sectors": lambda c: {"sector": _sector(c)},
    "themes-of-one-sector": lambda c: {"sector": _sector(c)},
    "proposals-by-kind": lambda _: {},
    "repeatedly-honoured": lambda _: {},
    "handlers-on-area": lambda c: {"area": _area(c)},
    "concerns-without-proposal": lambda c: {"theme": _theme(c)},
    "planned-and-proposed": lambda c: {"year": _year(c)},
    "tasks-without-answer": lambda c: {"year": _year(c)},
    "cases-and-proposals": lambda c: {"theme": _theme(c), "place": f"第{c.randrange(20)}街道"},
    "letters-acted-on": lambda _: {},
    "theme-shift": lambda c: {"theme": _area(c)},
}
OVERVIEWS: dict[str, _Asked] = {
    "who-proposed": lambda c: {"name": _person(c)},
    "proposals": lambda c: {"theme": _theme(c)},
    "theme-records": lambda c: {"theme": _theme(c)},
    "concerns": lambda c: {"theme": _theme(c)},
    "evidence": lambda c: {"name": _person(c)},
    "sector-themes": lambda c: {"sector": _sector(c), "theme": _theme(c)},
    "proposals-by-proposer": lambda _: {"kind": "界别"},
    "themes": lambda c: {"theme": _area(c)},
    "agenda": lambda _: {},
    "gaps": lambda _: {"capacity": "群众"},
    "people": lambda c: {"name": _person(c)},
    "organizations": lambda c: {"name": _district(c)},
}
"""What gives an overview of all texts, or a thing's record in them."""


def seconds(store: Store, name: str, params: _Params) -> tuple[float, float, int]:
    """CPU seconds, seconds on the clock, and the number of rows."""
    cpu, clock = time.process_time(), time.perf_counter()
    rows = sum(1 for _ in query.ask(store, query.question(name).text, params).terms())
    return time.process_time() - cpu, time.perf_counter() - clock, rows


def measure(store: Store, questions: Mapping[str, _Asked]) -> None:
    """A line a question."""
    for name, asked in questions.items():
        chance = random.Random(name)
        seconds(store, name, asked(chance))
        runs = [seconds(store, name, asked(chance)) for _ in range(TIMES)]
        cpu, clock = sorted(run[0] for run in runs), sorted(run[1] for run in runs)
        late = int(0.95 * TIMES) - 1
        rows = median(run[2] for run in runs)
        print(
            f"| {name} | {rows:,.0f} | {median(cpu):.2f} | {cpu[late]:.2f} | {median(clock):.2f} | {clock[late]:.2f} |",
            flush=True,
        )


def main() -> None:
    """Print the tables."""
    proposals = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as made:
        folder = sys.argv[2] if len(sys.argv) > 2 else made
        if not (Path(folder) / "CURRENT").exists():
            graph.write_store(folder, proposals)
        store = Store.read_only(folder)
        for what, questions in (("Look-ups", LOOK_UPS), ("Over all proposals", AGGREGATES), ("Overviews", OVERVIEWS)):
            print(f"\n{what}, {len(store):,} quads:\n")
            print("| question | rows | CPU s p50 | p95 | clock s p50 | p95 |\n|---|---|---|---|---|---|")
            measure(store, questions)


if __name__ == "__main__":
    main()
