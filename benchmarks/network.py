"""How long the analysis of connections takes, and how much memory, on 100,000 invented proposals or as many as told.

    python benchmarks/network.py [PROPOSALS ...]

Each size runs in a process of its own. The proposals, of 60 sectors and 20,000 members on 300 themes under 20 top ones,
are written as the default graph of a build holds them, as far as the analysis reads it; then the file is read and every
tie computed and judged. Beside it, up to 100,000, stands the counting alone by NetworkX, a record at a time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
from pyoxigraph import RdfFormat, parse

from kg import network, vocab

SIZES = (10_000, 100_000)
PEER_UP_TO = 100_000


def triples(proposals: int) -> Iterator[str]:
    """The lines of the graph; the same ones each time."""
    chance = random.Random(2031)
    committee = vocab.entity("Organization", "山南区政协")
    kind, name = vocab.expand("rdf:type"), vocab.expand("skos:prefLabel")
    sectors = [vocab.entity("Sector", f"山南区/{n}") for n in range(60)]
    tops = [vocab.entity("Theme", f"top-{n}") for n in range(20)]
    themes = [vocab.entity("Theme", f"theme-{n}") for n in range(300)]
    people = [vocab.entity("Person", f"山南区/{n}") for n in range(20_000)]
    for n, sector in enumerate(sectors):
        yield f'{sector} {kind} {vocab.expand("zx:Sector")} .\n{sector} {name} "第{n}界"@zh .\n'
        yield f"{sector} {vocab.expand('zx:committee')} {committee} .\n"
    for n, theme in enumerate(themes):
        yield f'{theme} {name} "议题{n}"@zh .\n{theme} {vocab.expand("skos:broader")} {tops[n % 20]} .\n'
    for n, person in enumerate(people):
        yield f"{person} {kind} {vocab.expand('zx:Person')} .\n"
        yield f"{person} {vocab.expand('zx:sector')} {sectors[n % 60]} .\n"
    same = (
        f"{kind} {vocab.expand('zx:Proposal')}",
        f"{vocab.expand('zx:form')} {vocab.concept('form', '提案')}",
        f"{vocab.expand('zx:committee')} {committee}",
        f"{vocab.expand('zx:listKind')} {vocab.concept('listKind', '全部立案')}",
    )
    proposer, about, main = (vocab.expand(f"zx:{p}") for p in ("proposer", "theme", "mainTheme"))
    for n in range(proposals):
        proposal = vocab.entity("Proposal", f"山南区/{n:08}")
        theme = themes[int(300 * chance.random() ** 2)]
        yield "".join(f"{proposal} {said} .\n" for said in same)
        yield f"{proposal} {main} {theme} .\n{proposal} {about} {theme} .\n"
        if chance.random() < 0.5:
            yield f"{proposal} {about} {chance.choice(themes)} .\n"
        for _ in range(1 if chance.random() < 0.8 else 3):
            yield f"{proposal} {proposer} {chance.choice(people if chance.random() < 0.8 else sectors)} .\n"


def analysed(proposals: int) -> None:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.nt"
        with graph.open("w", encoding="utf-8") as file:
            file.writelines(triples(proposals))
        began = time.process_time()
        facts = network.Facts.of(parse(path=str(graph), format=RdfFormat.N_TRIPLES))
        read = time.process_time() - began
        ties = network.connections(facts)
        whole = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer = f"{networkx_alone(facts):.1f}" if proposals <= PEER_UP_TO else "-"
    print(f"{proposals:>12,}{len(ties):>10,}{read:>12.1f}{whole:>12.1f}{memory:>10,.0f}{peer:>22}")


def networkx_alone(facts: network.Facts) -> float:
    """CPU seconds of two graphs with an edge a pair, added up record by record."""
    rows = list(network.records.records_of(facts))
    began = time.process_time()
    two_sided, together = nx.Graph(), nx.Graph()
    for row in rows:
        for end, share in network.shares(row, ("sector",)).items():
            for theme in row.themes:
                if not two_sided.has_edge(end, theme):
                    two_sided.add_edge(end, theme, weight=0, records=[])
                two_sided.edges[end, theme]["weight"] += share
                two_sided.edges[end, theme]["records"].append(row.iri)
        for i, one in enumerate(row.themes):
            for other in row.themes[i + 1 :]:
                together.add_edge(one, other, weight=together.get_edge_data(one, other, {"weight": 0})["weight"] + 1)
    return time.process_time() - began


def main() -> None:
    """Print a line a size."""
    sizes = [int(said) for said in sys.argv[1:]]
    if len(sizes) == 1:
        analysed(sizes[0])
        return
    print(
        f"{'proposals':>12}{'ties':>10}{'read, CPU s':>12}{'all, CPU s':>12}{'MB':>10}{'NetworkX counts, s':>22}",
        flush=True,
    )
    for size in sizes or SIZES:
        subprocess.run([sys.executable, __file__, str(size)], check=True)


if __name__ == "__main__":
    main()
