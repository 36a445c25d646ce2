"""The page's words in English: the Chinese words are the key, as in `english/*.csv` and in the ontology's labels."""

from __future__ import annotations

import csv
from pathlib import Path

from pyoxigraph import Literal, QuerySolutions, Store

from kg import vocab

_TABLES = Path(__file__).parent / "english"
_LABELS = """
SELECT ?chinese ?english WHERE {
  ?term ?said ?chinese ; ?said ?english .
  FILTER(?said IN (rdfs:label, skos:prefLabel) && LANG(?chinese) = "zh" && LANG(?english) = "en")
}
"""


def english(store: Store) -> dict[str, str]:
    """Chinese words → English ones: what the ontology calls its terms, and over it what the page's own tables say."""
    answer = store.query("".join(f"PREFIX {p}: <{iri}>\n" for p, iri in vocab.PREFIXES.items()) + _LABELS)
    assert isinstance(answer, QuerySolutions)  # a SELECT has solutions
    pairs = sorted((_text(row["chinese"]), _text(row["english"])) for row in answer)
    found = dict(reversed(pairs))
    for table in sorted(_TABLES.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as rows:
            found.update((row["chinese"], row["english"]) for row in csv.DictReader(rows))
    return dict(sorted(found.items()))


def _text(term: object) -> str:
    assert isinstance(term, Literal)  # only literals have a language
    return term.value
