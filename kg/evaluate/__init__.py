"""How right the extraction is: its facts beside facts annotated by hand, by kind and by rule.

A gold file is one JSON object a text, which it names by the SHA-256 of the text's bytes; docs/accuracy.md tells the
fields, what a row counts, and what was measured. A figure is micro-averaged over all texts: precision is the share of
what was found that the gold has, recall the share of the gold that was found, F1 their harmonic mean.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UsageError
from kg.evaluate.gold import Text, Themes, read
from kg.evaluate.kinds import KINDS, Outcome
from kg.evaluate.rules import verdicts
from kg.lexicon import Lexicon
from kg.model import Facts
from kg.read import sources

LEAST_JUDGED = 5
"""Facts of a rule that must have been judged before its precision says anything."""


@dataclass(frozen=True)
class Row:
    """What was found of one kind, in all texts together."""

    right: int
    missed: tuple[str, ...]
    """What the gold has and the extraction has not, each with its text."""
    wrong: tuple[str, ...]
    """What the extraction has and the gold has not."""

    @property
    def precision(self) -> float | None:
        """None where nothing was found."""
        found = self.right + len(self.wrong)
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """None where the gold has nothing."""
        gold = self.right + len(self.missed)
        return self.right / gold if gold else None

    @property
    def f1(self) -> float | None:
        """None where there is nothing to find and nothing was found.

        >>> Row(right=1, missed=("a",), wrong=()).f1
        0.6666666666666666
        """
        of = 2 * self.right + len(self.missed) + len(self.wrong)
        return 2 * self.right / of if of else None


@dataclass(frozen=True)
class Report:
    """Accuracy by kind of fact, and of each rule."""

    texts: int
    missing: tuple[str, ...]
    """Gold files whose text was not among the facts: all that they hold counts as missed."""
    rows: Mapping[str, Row]
    rules: Mapping[str, tuple[int, int]]
    """Rule → how many of its facts could be judged, and how many of these were right."""

    def rules_csv(self) -> str:
        """The rules of which enough facts were judged, with the share that was right: `kg/rules.csv`."""
        lines = [f"{r},{n},{right / n:.4f}" for r, (n, right) in sorted(self.rules.items()) if n >= LEAST_JUDGED]
        return "\n".join(["rule,judged,precision", *lines]) + "\n"


def evaluate(golds: Sequence[Path], facts: Iterable[Facts], lexicon: Lexicon) -> Report:
    """Compare the facts of texts with the gold files of these texts.

    Raises UsageError, naming the file, for a gold file that can't be understood.
    """
    by_hash = {f.document.sha256: f for f in facts}
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    missing = []
    themes = Themes(lexicon)
    for path in sorted(golds):
        gold = read(path)
        stated = by_hash.get(gold["sha256"])
        if stated is None:
            missing.append(path.name)
        text = Text(gold, stated, themes)
        for compare in KINDS:
            for name, outcome in compare(text):
                tallies[name].add(gold["id"], outcome)
        for rule, verdict in verdicts(text):
            judged[rule] += 1
            right[rule] += verdict
    rows = {name: Row(t.right, tuple(t.missed), tuple(t.wrong)) for name, t in tallies.items()}
    return Report(len(golds), tuple(missing), rows, {rule: (n, right[rule]) for rule, n in sorted(judged.items())})


def gold_files(folder: Path) -> list[Path]:
    """The gold files of a folder, or the one that is named. Raises UsageError where there is none."""
    found = sorted(folder.glob("*.json")) if folder.is_dir() else [folder] * folder.is_file()
    if not found:
        raise UsageError("no gold file here", where=str(folder), hint="a gold file is one .json a text")
    return found


def texts_of(golds: Sequence[Path], folders: Iterable[Path]) -> list[Path]:
    """The texts that gold files name by hash: in the folders given, else beside the gold, where its `text` member says.

    A gold file's `text` is a path relative to the gold's folder or to one of those above it.
    """
    found = [path for folder in folders for path in sources([folder])]
    for gold in golds:
        named = read(gold).get("text")
        found += [p for p in (above / str(named) for above in gold.resolve().parents) if named and p.is_file()][:1]
    return list(dict.fromkeys(p.resolve() for p in found))


@dataclass
class _Tally:
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, text: str, outcome: Outcome) -> None:
        self.right += outcome.right
        self.missed += [f"{text}: {m}" for m in outcome.missed]
        self.wrong += [f"{text}: {w}" for w in outcome.wrong]
