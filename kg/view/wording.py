"""The page's words in English: the Chinese words are the key, as in `english/*.csv` and in the ontology's labels."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, QuerySolutions, Store

from kg import vocab

_TABLES = Path(__file__).parent / "english"
_RULES = Path(__file__).parent / "rule_names.csv"
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
    for table in (*sorted(_TABLES.glob("*.csv")), _RULES):
        found.update((row["chinese"], row["english"]) for row in _rows(table))
    return dict(sorted(found.items()))


@cache
def rule_names() -> dict[str, str]:
    """A rule of extraction (`zx:rule`) → what it reads, in Chinese, for people who look at how a fact was found."""
    return {row["rule"]: row["chinese"] for row in _rows(_RULES)}


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def _text(term: object) -> str:
    assert isinstance(term, Literal)  # only literals have a language
    return term.value
