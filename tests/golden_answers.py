"""The answers of the saved questions on the shipped text: `python tests/golden_answers.py BUILD` writes them again.

Read the difference before you commit it: a changed answer is a changed promise. People's names are shortened to
surname and 某, as real persons stand in `data/texts/` alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg import query
from kg.store import open_store

GOLDEN = Path(__file__).parent / "golden"

ASKED = {
    "evidence": {"name": "楼宇经济"},
    "people": {"name": "社区"},
    "post-holders": {"post": "工作人员"},
    "provenance": {"name": "楼宇经济"},
}
"""Parameters where the whole answer would be too long to read, or would list people who only happen to be named."""


def answer(build: Path, name: str) -> str:
    """The answer of a saved question as CSV with `\\n` line ends."""
    text = query.run(build, name, ASKED.get(name)).to_csv().replace("\r\n", "\n")
    for person in people(build):
        text = text.replace(person, f"{person[0]}某")
    return text


def people(build: Path) -> list[str]:
    """Every name of a person who proposes or speaks, the longest first."""
    names = """SELECT DISTINCT ?name WHERE {
        ?record zx:proposer|zx:speaker ?who . ?who a zx:Person ; skos:prefLabel|skos:altLabel|foaf:name ?name
    }"""
    found = {str(row[0].value) for row in query.ask(open_store(build), names).terms() if row[0]}
    return sorted(found, key=lambda name: (-len(name), name))


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for one in query.saved():
        (GOLDEN / f"{one.name}.csv").write_text(answer(Path(sys.argv[1]), one.name), encoding="utf-8")
