"""How long the analysis of a graph takes, part by part and whole, and how much memory, on invented proposals.

    python benchmarks/network.py [PROPOSALS ...]

Each size runs in a process of its own. The proposals, of 60 sectors and 20,000 members on 300 themes under 20 top ones,
are written as the default graph of a build holds them, as far as the analysis reads it. Half of a sector's choices are
among its own five top themes, and half of the second themes stand beside the first, so that there are ties and groups
to find. A third have a reply with an outcome; there are ten meetings, 2,000 citizens' wishes and 300 items of the plan.

Timed is all that is told of them but repeats: the file is read and made records of; every tie is computed and judged;
groups, betweenness and bridges are those of the ties that are more than chance, as in the review; then specialisation
and overlap of the sectors, the agendas of the meetings, outcomes by theme, and the gaps. The whole stands last. Beside
it, up to 100,000, stands the counting alone by NetworkX, a record at a time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import networkx as nx
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import network, vocab

SIZES = (10_000, 100_000)
PEER_UP_TO = 100_000
MEETINGS = range(2021, 2031)
T = TypeVar("T")


def triples(proposals: int) -> Iterator[str]:
    """The lines of the graph; the same ones each time."""
    chance = random.Random(2031)
    kind, committee = vocab.expand("rdf:type"), vocab.entity("Organization", "山南区政协")
    sectors = [vocab.entity("Sector", f"山南区/{n}") for n in range(60)]
    themes = [vocab.entity("Theme", f"theme-{n}") for n in range(300)]  # theme n stands under top n % 20
    people = [vocab.entity("Person", f"山南区/{n}") for n in range(20_000)]
    yield from _background(sectors, themes, people)
    yield from _concerns_and_plan(chance, themes)
    same = (
        f"{kind} {vocab.expand('zx:Proposal')}",
        f"{vocab.expand('zx:form')} {vocab.concept('form', '提案')}",
        f"{vocab.expand('zx:committee')} {committee}",
        f"{vocab.expand('zx:listKind')} {vocab.concept('listKind', '全部立案')}",
    )
    proposer, about, main = (vocab.expand(f"zx:{p}") for p in ("proposer", "theme", "mainTheme"))
    submitted, replied, outcome = (vocab.expand(f"zx:{p}") for p in ("submittedTo", "reply", "outcome"))
    outcomes = [vocab.concept("outcome", said) for said in ("已解决", "计划解决", "留作参考")]
    for n in range(proposals):
        proposal, sector = vocab.entity("Proposal", f"山南区/{n:08}"), chance.randrange(60)
        theme = int(300 * chance.random() ** 2)
        if chance.random() < 0.5:
            theme = 20 * chance.randrange(15) + (sector // 4 + chance.randrange(5)) % 20
        yield "".join(f"{proposal} {said} .\n" for said in same)
        yield f"{proposal} {main} {themes[theme]} .\n{proposal} {about} {themes[theme]} .\n"
        yield f"{proposal} {submitted} {vocab.entity('Session', str(chance.choice(MEETINGS)))} .\n"
        if chance.random() < 0.5:
            beside = (theme + 20) % 300 if chance.random() < 0.5 else chance.randrange(300)
            yield f"{proposal} {about} {themes[beside]} .\n"
        for _ in range(1 if chance.random() < 0.8 else 3):
            who = people[60 * chance.randrange(333) + sector] if chance.random() < 0.8 else sectors[sector]
            yield f"{proposal} {proposer} {who} .\n"
            sector = chance.randrange(60)
        if chance.random() < 1 / 3:
            reply = vocab.entity("Reply", f"山南区/{n:08}")
            yield f"{proposal} {replied} {reply} .\n{reply} {kind} {vocab.expand('zx:Reply')} .\n"
            yield f"{reply} {outcome} {chance.choice(outcomes)} .\n"


def _background(sectors: list[NamedNode], themes: list[NamedNode], people: list[NamedNode]) -> Iterator[str]:
    kind, name = vocab.expand("rdf:type"), vocab.expand("skos:prefLabel")
    committee = vocab.entity("Organization", "山南区政协")
    tops = [vocab.entity("Theme", f"top-{n}") for n in range(20)]
    for n, top in enumerate(tops):
        yield f'{top} {name} "大类{n}"@zh .\n'
    for n, sector in enumerate(sectors):
        yield f'{sector} {kind} {vocab.expand("zx:Sector")} .\n{sector} {name} "第{n}界"@zh .\n'
        yield f"{sector} {vocab.expand('zx:committee')} {committee} .\n"
    for n, theme in enumerate(themes):
        yield f'{theme} {name} "议题{n}"@zh .\n{theme} {vocab.expand("skos:broader")} {tops[n % 20]} .\n'
    for n, person in enumerate(people):
        yield f"{person} {kind} {vocab.expand('zx:Person')} .\n"
        yield f"{person} {vocab.expand('zx:sector')} {sectors[n % 60]} .\n"


def _concerns_and_plan(chance: random.Random, themes: list[NamedNode]) -> Iterator[str]:
    kind, about = vocab.expand("rdf:type"), vocab.expand("zx:theme")
    for n in range(2_000):
        statement = vocab.entity("Statement", f"山南区/{n}")
        yield f"{statement} {kind} {vocab.expand('zx:Statement')} .\n{statement} {about} {chance.choice(themes)} .\n"
        yield f"{statement} {vocab.expand('zx:capacity')} {vocab.concept('capacity', '群众')} .\n"
        yield f"{statement} {vocab.expand('zx:statementKind')} {vocab.concept('statementKind', '期盼')} .\n"
    for n in range(300):
        task = vocab.entity("Task", f"山南区/{n}")
        yield f"{task} {kind} {vocab.expand('zx:Task')} .\n{task} {about} {chance.choice(themes)} .\n"
        yield f"{task} {vocab.expand('zx:committee')} {vocab.entity('Organization', '山南区政协')} .\n"


class Clock:
    """CPU seconds of each part, and of all since it was made."""

    def __init__(self) -> None:
        self._began = time.process_time()
        self.parts: dict[str, float] = {}

    def timed(self, part: str, work: Callable[[], T]) -> T:
        """What the work gives."""
        began = time.process_time()
        done = work()
        self.parts[part] = time.process_time() - began
        return done

    def whole(self) -> float:
        """All, what stands between the parts too."""
        return time.process_time() - self._began


def analysed(proposals: int) -> None:
    """A line a part, and one of the whole."""
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.nt"
        with graph.open("w", encoding="utf-8") as file:
            file.writelines(triples(proposals))
        clock = Clock()
        facts = clock.timed(
            "reading the file", lambda: network.Facts.of(parse(path=str(graph), format=RdfFormat.N_TRIPLES))
        )
    rows = clock.timed("records", lambda: network.read_records(facts))
    found = clock.timed("ties with their figures", lambda: network.analysis_of(facts, rows))
    clock.timed("groups, betweenness of sectors", lambda: structure(found, "sector"))
    clock.timed("groups, betweenness of themes", lambda: structure(found, "theme"))
    clock.timed("specialisation, overlap", lambda: [whom(c) for c in found.tables.values() for whom in OF_ENDS])
    mine = [row for row in rows if row.frame.channel == "proposals" and row.main]
    tops = facts.tops()
    clock.timed("agendas of the meetings", lambda: agendas(facts, mine, tops))
    clock.timed("outcomes by theme", lambda: network.cross_table(outcomes(facts, mine, tops)))
    clock.timed("gaps, themes of one sector", lambda: gaps(facts, rows))
    whole = clock.whole()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for part, seconds in (*clock.parts.items(), ("the whole", whole)):
        print(f"{proposals:>12,}  {part:<32}{seconds:>8.1f}")
    print(f"{proposals:>12,}  {'memory, MB':<32}{memory:>8,.0f}   ({len(found.ties):,} ties)")
    if proposals <= PEER_UP_TO:
        print(f"{proposals:>12,}  {'NetworkX, counting alone':<32}{networkx_alone(rows):>8.1f}")


OF_ENDS = (network.specialisation_of, network.attention_overlap)


def structure(found: network.Analysis, kind: str) -> None:
    """The groups of the ends of this kind, and what stands between them, by the ties that are more than chance."""
    for (frame, _, level), counts in found.tables.items():
        graph = nx.Graph()
        graph.add_weighted_edges_from(
            (tie.start, tie.end, tie.weight)
            for tie in found.ties
            if (tie.frame, tie.level) == (frame, level) and tie.start.kind == tie.end.kind == kind
            if tie.validated and tie.validated.kept
        )
        support = network.support_of(counts)
        for measure in (network.communities_of, network.betweenness, network.bridges):
            measure(graph, support)


def agendas(facts: network.Facts, rows: Iterable[network.Record], tops: dict[str, network.End]) -> None:
    """Attention by meeting, its diversity and how it moves."""
    periods = network.agendas(
        network.Attention(int(meeting.rpartition("/")[2]), tops.get(row.main.iri, row.main).label)
        for row in rows
        if row.main
        for meeting in facts.of_thing(row.iri, "zx:submittedTo")
    )
    network.year_on_year(periods)
    for agenda in periods.values():
        network.diversity(agenda, 20)


def outcomes(
    facts: network.Facts, rows: Iterable[network.Record], tops: dict[str, network.End]
) -> Iterator[tuple[str | None, str | None]]:
    """Top theme and outcome of each."""
    for row in rows:
        said = [o for reply in facts.of_thing(row.iri, "zx:reply") for o in facts.of_thing(reply, "zx:outcome")]
        yield tops.get(row.main.iri, row.main).label if row.main else None, "、".join(map(facts.name, said)) or None


def gaps(facts: network.Facts, rows: tuple[network.Record, ...]) -> None:
    """Concerns and items of the plan without a proposal, and what one sector alone raised."""
    network.gaps_of(facts, rows)
    network.raised_by_one(rows, network.themes_above(facts))


def networkx_alone(rows: Iterable[network.Record]) -> float:
    """CPU seconds of two graphs with an edge a pair, added up record by record."""
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
    print(f"{'proposals':>12}  {'part':<32}{'CPU s':>8}", flush=True)
    for size in sizes or SIZES:
        subprocess.run([sys.executable, __file__, str(size)], check=True)


if __name__ == "__main__":
    main()
