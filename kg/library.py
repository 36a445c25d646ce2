"""A built graph for programs and notebooks: rows, tables, NetworkX graphs, and rdflib where one lives in it."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from kg import property_graph
from kg.class_tables import class_table, table_kinds
from kg.errors import NotFound, UsageError
from kg.query import Question, ask_by_name, saved
from kg.store import dataset, open_store
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import networkx as nx
    import pandas
    import rdflib

_XSD = PREFIXES["xsd"]
_READ: Final[Mapping[str, Callable[[str], object]]] = {
    f"{_XSD}integer": int,
    f"{_XSD}gYear": int,
    f"{_XSD}decimal": float,
    f"{_XSD}double": float,
    f"{_XSD}boolean": "true".__eq__,
    f"{_XSD}date": date.fromisoformat,
}
"""How a literal becomes a Python value; of any other type it stays a string."""


class Graph:
    """The graph of a build folder, open to read. It keeps answering when a newer one replaces it."""

    def __init__(self, build: str | Path = "build", names: str = "full") -> None:
        """Open it.

        Args:
            build: the build folder.
            names: `full`, or `masked` for the graph in which people who are not public are hidden.

        Raises:
            NoGraph: nothing was built in `build`.
            UsageError: `names` is something else.

        """
        if names not in {"full", "masked"}:
            raise UsageError(f"names is {names!r}", hint="full or masked")
        self.build, self.names = Path(build), names
        self.store = open_store(self.build, names)
        """The pyoxigraph store."""

    def query(self, asked: str, **params: str) -> list[Any]:
        """The rows of a saved question by its name, or of anything in SPARQL.

        A row is a named tuple with the question's columns; an IRI is a string, a number, a date or a truth value is one
        of Python's, and what is not there is None. The prefixes of the ontology need not be declared.

        Raises:
            NotFound: no saved question has that name.
            UsageError: the syntax is off, or a parameter is unknown.

        """
        found = ask_by_name(self.store, asked, params)
        row = namedtuple("Row", found.columns, rename=True)  # type: ignore[misc]  # the columns are the question's
        return [row(*map(_python, terms)) for terms in found.terms()]

    def frame(self, asked: str, **params: str) -> pandas.DataFrame:
        """The same rows as a pandas DataFrame; or, by the name of a class (`Proposal`), all things of that class.

        The table of a class has the columns that its shape names; links are told by name, several values of a cell are
        parted by `|`, and `id` is the index.

        Raises:
            NotFound: no class or saved question has that name.
            UsageError: pandas is not installed; or as `query` does.

        """
        try:
            import pandas
        except ImportError as error:
            raise UsageError("frames need pandas, and it is not installed", hint="pip install pandas") from error
        if asked in table_kinds():
            table = class_table(self.store, asked)
            return pandas.DataFrame(table.rows, columns=[c.name for c in table.columns]).set_index("id")
        if asked.isalpha() and asked[0].isupper():
            raise NotFound(f"the ontology has no class {asked}", hint=f"there are {', '.join(table_kinds())}")
        found = ask_by_name(self.store, asked, params)
        return pandas.DataFrame([tuple(map(_python, terms)) for terms in found.terms()], columns=found.columns)

    def networkx(self, what: str = "facts") -> nx.Graph:
        """The graph as NetworkX has it: `facts`, a MultiDiGraph of things; or `ties`, a MultiGraph of computed ties.

        Raises:
            UsageError: `what` is something else.

        """
        made = {"facts": property_graph.facts, "ties": property_graph.ties}
        if what not in made:
            raise UsageError(f"there is no network {what!r}", hint=" or ".join(made))
        return made[what](self.store)

    def dataset(self) -> rdflib.Dataset:
        """All quads as an rdflib Dataset in memory, its prefixes bound (about 10 s for 250,000 quads)."""
        graph = dataset(self.build, self.names)
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace, replace=True)
        return graph

    def questions(self) -> Sequence[Question]:
        """The saved questions, in the order of their names."""
        return saved()

    def __repr__(self) -> str:
        return f"kg.open({str(self.build)!r}, names={self.names!r})"


def _python(term: NamedNode | Literal | None) -> object:
    if term is None or isinstance(term, NamedNode):
        return term and term.value
    return _READ.get(term.datatype.value, str)(term.value)
