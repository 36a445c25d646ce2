"""The facts between things as a network: GraphML and GEXF, for Gephi, Cytoscape, igraph, R."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.property_graph import facts

if TYPE_CHECKING:
    import networkx as nx


def graphml(store: Store, folder: Path) -> list[str]:
    """`network.graphml`."""
    import networkx as nx

    nx.write_graphml_xml(_numbered(facts(store)), folder / "network.graphml", encoding="utf-8")
    return ["network.graphml"]


def gexf(store: Store, folder: Path) -> list[str]:
    """`network.gexf`, without the day on which it was made."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(_numbered(facts(store)))
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]
    meta.find("creator").text = "zhengxie-kg"
    with (folder / "network.gexf").open("wb") as file:
        writer.write(file)
    return ["network.gexf"]


def _numbered(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The graph with edges numbered in order: both formats want an id that is no name."""
    import networkx as nx

    numbered = nx.MultiDiGraph()
    numbered.add_nodes_from(graph.nodes(data=True))
    for number, (start, end, about) in enumerate(graph.edges(data=True)):
        numbered.add_edge(start, end, key=number, label=about["property"], **about)
    return numbered
