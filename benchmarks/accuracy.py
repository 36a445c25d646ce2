"""How right the extraction is, by kind of fact, beside facts that were annotated by hand.

    python benchmarks/accuracy.py [--errors] [--rules FILE] [GOLD TEXTS …]

Each GOLD is a folder of gold files (docs/accuracy.md) or one file, and the TEXTS after it are the file or folder of
their texts; without any, the invented pages of the tests. After a set's figures stand those of its genres, and the
names beside those that jieba.posseg alone and our tagger alone find in the same texts. With --rules the precision of
each rule, over all of them together, is written to FILE, which is how `kg/rules.csv` came about.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.background import Background
from kg.evaluate import Report, Row, evaluate, gold_files
from kg.extract import extract
from kg.lexicon import Lexicon
from kg.model import NATION, Document, Facts, Mention, Span
from kg.read import read, sources
from kg.resources import lexicon_dir
from kg.tagger import tagger

Tag = Callable[[str], Iterator[tuple[str, int, int]]]
"""A text → the tag, the start and the end of each of its words."""
NAMES = {"people": "Person", "organizations": "Organization", "places": "Place"}
TAGS = {"PER": "Person", "nr": "Person", "ORG": "Organization", "nt": "Organization", "LOC": "Place", "ns": "Place"}
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


def genres(golds: Sequence[Path], facts: Sequence[Facts], lexicon: Lexicon) -> str:
    """F1 of each kind of fact in the texts of each genre, as Markdown; nothing where there is only one genre."""
    by_genre: dict[str, list[Path]] = defaultdict(list)
    for path in golds:
        by_genre[str(json.loads(path.read_text(encoding="utf-8")).get("genre", "-"))].append(path)
    if len(by_genre) < 2:
        return ""
    reports = {genre: evaluate(paths, facts, lexicon) for genre, paths in sorted(by_genre.items())}
    kinds = dict.fromkeys(name for report in reports.values() for name in report.rows)
    head = "| F1 (gold) | " + " | ".join(f"{genre}, {r.texts} texts" for genre, r in reports.items()) + " |"
    rows = [f"| {kind} | " + " | ".join(_f1_of(r.rows.get(kind)) for r in reports.values()) + " |" for kind in kinds]
    return "\n".join(["", head, "|---|" + "--:|" * len(reports), *rows])


def _f1_of(row: Row | None) -> str:
    return f"{row.f1:.2f} ({row.right + len(row.missed)})" if row and row.f1 is not None else ""


def peers(golds: Sequence[Path], facts: Sequence[Facts], lexicon: Lexicon) -> str:
    """Names as the whole extraction finds them, beside two taggers alone on the same texts, as Markdown."""
    documents = [f.document for f in facts]
    found = {
        "kg": facts,
        "kg.tagger alone": [_named(d, _lac_small) for d in documents],
        "jieba.posseg alone": [_named(d, _posseg()) for d in documents],
    }
    lines = ["", "| names: P · R · F1 | " + " | ".join(NAMES) + " |", "|---|" + "--:|" * len(NAMES)]
    for name, stated in found.items():
        rows = evaluate(golds, stated, lexicon).rows
        figures = (rows[kind] for kind in NAMES)
        told = (f"{figure(r.precision)} · {figure(r.recall)} · {figure(r.f1)}" for r in figures)
        lines.append(f"| {name} | " + " | ".join(told) + " |")
    return "\n".join(lines)


def _named(document: Document, tag: Tag) -> Facts:
    """A text's names by a tagger alone, every word of its lines as tagged."""
    mentions, start = [], 0
    for text in document.raw.splitlines(keepends=True):
        for kind, begin, end in tag(text) if text.strip() else ():
            if kind in TAGS:
                words = text[begin:end]
                mentions.append(Mention(TAGS[kind], words, Span(start + begin, start + end), words))
        start += len(text)
    return Facts(document, NATION, None, "", tuple(mentions))


def _lac_small(text: str) -> Iterator[tuple[str, int, int]]:
    return ((t.kind, t.start, t.end) for t in tagger().words([text])[0])


def _posseg() -> Tag:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.posseg
    jieba.setLogLevel("WARNING")

    def tag(text: str) -> Iterator[tuple[str, int, int]]:
        start = 0
        for pair in jieba.posseg.cut(text):
            yield pair.flag, start, start + len(pair.word)
            start += len(pair.word)

    return tag


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
        print(genres(golds, facts, background.lexicon))
        print(peers(golds, facts, background.lexicon))
        print(errors(report) if asked.errors else "")
        all_golds += golds
        all_facts += facts
    if asked.rules:
        rules = evaluate(all_golds, all_facts, background.lexicon).rules_csv()
        asked.rules.write_text(rules, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
