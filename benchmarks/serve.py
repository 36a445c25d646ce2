"""Whether `kg serve` holds: fifty clients at once for a minute, alone and beside queries that mean it harm.

    python benchmarks/serve.py [SECONDS]

Each client asks one thing after the other whose right answer it knows, and compares every row. Clients and service
share the machine, so the figures are of both. The harm is endless joins, huge sorts and nested braces, asked again and
again by as many clients as the pool has processes.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

TEXTS = Path(__file__).parent.parent / "data" / "texts"
CLIENTS = 50
ROWS = "SELECT ?s ?o WHERE { ?s skos:prefLabel ?o FILTER(LANG(?o) = 'zh') } ORDER BY ?s ?o LIMIT 300"
HARM = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = CONCAT(STR(?i), STR(?f))) }",
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?e ?a LIMIT 1",
    "SELECT * WHERE " + "{" * 100_000,
)


@dataclass
class Tally:
    """What the clients saw."""

    milliseconds: list[float] = field(default_factory=list)
    wrong: int = 0
    lost: Counter[str] = field(default_factory=Counter)


async def one_client(http: httpx.AsyncClient, right: list[str], number: int, until: float, tally: Tally) -> None:
    """Ask for single rows and now and then for all of them, until the time is over."""
    chance = random.Random(number)
    while time.monotonic() < until:
        place = chance.randrange(len(right) - 1)
        whole = chance.random() < 0.05
        query = ROWS if whole else ROWS.replace("LIMIT 300", f"OFFSET {place} LIMIT 1")
        expected = right if whole else [right[0], right[1 + place]]
        begun = time.monotonic()
        try:
            answer = await http.post("/sparql", data={"query": query}, headers={"Accept": "text/tab-separated-values"})
        except httpx.HTTPError as error:
            tally.lost[type(error).__name__] += 1
            continue
        tally.milliseconds.append((time.monotonic() - begun) * 1000)
        if answer.status_code != 200:
            tally.lost[str(answer.status_code)] += 1
        elif answer.text.splitlines() != expected:
            tally.wrong += 1


async def one_enemy(http: httpx.AsyncClient, number: int, until: float, stopped: Counter[int]) -> None:
    """Ask what can't be answered, again and again."""
    while time.monotonic() < until:
        answer = await http.post("/sparql", data={"query": HARM[number % len(HARM)]})
        stopped[answer.status_code] += 1
        number += 1


async def minute(address: str, seconds: float, enemies: int) -> str:
    """A row of the table."""
    limits = httpx.Limits(max_connections=None)
    tally, stopped = Tally(), Counter[int]()
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits, trust_env=False) as http:
        first = await http.post("/sparql", data={"query": ROWS}, headers={"Accept": "text/tab-separated-values"})
        right = first.raise_for_status().text.splitlines()
        until = time.monotonic() + seconds
        await asyncio.gather(
            *(one_client(http, right, number, until, tally) for number in range(CLIENTS)),
            *(one_enemy(http, number, until, stopped) for number in range(enemies)),
        )
    cuts = statistics.quantiles(tally.milliseconds, n=100)
    answered, lost = len(tally.milliseconds), sum(tally.lost.values())
    ended = ", ".join(f"{count} × {status}" for status, count in sorted(stopped.items())) or "–"
    return (
        f"| {enemies} | {answered:,} | {tally.wrong} | {lost} | {answered / seconds:,.0f} | "
        f"{cuts[49]:,.0f} | {cuts[94]:,.0f} | {max(tally.milliseconds):,.0f} | {ended} |"
    )


def main(seconds: float = 60) -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as folder:
        kg = [sys.executable, "-m", "kg"]
        subprocess.run([*kg, "build", str(TEXTS), "--out", folder, "-q"], check=True)
        command = [*kg, "serve", "--port", "0", "--build", folder]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as service:
            assert service.stderr is not None
            found = re.match(r"(\S+?)/ ", service.stderr.readline())
            assert found
            print(f"## {CLIENTS} clients at once for {seconds:g} s, and queries that mean harm beside them\n")
            print(
                "| harmful clients | answers | wrong | lost | a second | median, ms | p95, ms | longest, ms | ended |"
            )
            print("|--:|--:|--:|--:|--:|--:|--:|--:|---|")
            for enemies in (0, (os.cpu_count() or 1) + 2):
                print(asyncio.run(minute(found[1], seconds, enemies)), flush=True)
            service.terminate()


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
