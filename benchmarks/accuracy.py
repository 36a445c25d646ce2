"""How right the extraction is, by kind of fact, beside facts that were annotated by hand.

    python benchmarks/accuracy.py [--errors] [--rules FILE] [GOLD TEXTS …]

Each GOLD is a folder of gold files (docs/accuracy.md) or one file, and the TEXTS after it are the file or folder of
their texts; without any, the invented pages of the tests. With --rules the precision of each rule, over all of them
together, is written to FILE, which is how `kg/rules.csv` came about.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kg.background import Background
from kg.evaluate import Report, Row, evaluate, gold_files
from kg.extract import extract
from kg.model import Facts
from kg.read import read, sources
from kg.resources import lexicon_dir

PAGES = Path(__file__).parent.parent / "tests" / "pages"


def figure(value: float | None) -> str:
    """Three decimals, or nothing."""
    return "" if value is None else f"{value:.3f}"


def line(name: str, row: Row) -> str:
    """One kind of fact as a row of Markdown."""
    gold, found = row.right + len(row.missed), row.right + len(row.wrong)
    return f"| {name} | {gold} | {found} | " + " | ".join(map(figure, (row.precision, row.recall, row.f1))) + " |"


def table(title: str, report: Report) -> str:
    """The whole report as Markdown."""
    head = ["| kind | gold | found | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|"]
    rows = [line(name, row) for name, row in report.rows.items() if row.f1 is not None]
    return "\n".join([f"## Accuracy: {title}, {report.texts} texts", "", *head, *rows])


def errors(report: Report) -> str:
    """What was missed and what is wrong, a line each."""
    told = [
        f"{name}: {what} {item}"
        for name, row in report.rows.items()
        for what, items in (("missed", row.missed), ("wrong", row.wrong))
        for item in items
    ]
    return "\n".join(["", "```", *told, "```"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table a set, and write the rules' figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", type=Path, metavar="GOLD TEXTS", help="gold files and their texts, in pairs")
    parser.add_argument("--errors", action="store_true", help="tell what was missed and what is wrong")
    parser.add_argument("--rules", type=Path, metavar="FILE", help="write each rule's precision there")
    asked = parser.parse_args(arguments)
    sets = asked.sets or [PAGES, PAGES]
    if len(sets) % 2:
        parser.error("each GOLD needs its TEXTS behind it")
    background = Background.of([lexicon_dir()])
    all_golds: list[Path] = []
    all_facts: list[Facts] = []
    for gold, texts in zip(sets[::2], sets[1::2], strict=True):
        golds = gold_files(gold)
        facts = [extract(read(text), background) for text in sources([texts])]
        report = evaluate(golds, facts, background.lexicon)
        print(table("invented pages" if gold == PAGES else gold.stem, report))
        print(errors(report) if asked.errors else "")
        all_golds += golds
        all_facts += facts
    if asked.rules:
        rules = evaluate(all_golds, all_facts, background.lexicon).rules_csv()
        asked.rules.write_text(rules, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
