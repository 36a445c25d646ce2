"""A real service on a free port of the loopback, as `kg serve` starts it, for tests to ask."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.generations import new_generation
from kg.store import PUBLIC, WHOLE, write_graph

ENDLESS = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = CONCAT(STR(?l), ?c)) }"
)
HUGE_SORT = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?e ?a LIMIT 1"
NESTED = "SELECT * WHERE " + "{" * 100_000


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs."""

    address: str
    process: subprocess.Popen[str]

    def sparql(self) -> str:
        return f"{self.address}/sparql"

    def workers(self) -> list[int]:
        """The processes that it started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]


@contextmanager
def serving(build: Path, *options: str) -> Iterator[Service]:
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--build", str(build), *options]
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        while said and "http" not in said:
            said = process.stderr.readline()
        found = re.match(r"(http://\S+?)/ ", said)
        assert found, said
        yield Service(found[1], process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def built(out: Path, quads: Iterable[Quad]) -> Path:
    """A build folder with the stores of a graph without people, and nothing else."""
    with new_generation(out) as folder:
        write_graph(folder, quads)
        (folder / PUBLIC).symlink_to(WHOLE)
    return out


def numbered(graph: str, count: int) -> list[Quad]:
    """So many triples in a named graph."""
    has = NamedNode("http://example.org/has")
    return [
        Quad(NamedNode(f"{graph}/{number}"), has, NamedNode(f"http://example.org/{number}"), NamedNode(graph))
        for number in range(count)
    ]
