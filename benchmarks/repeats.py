"""How fast similar titles are found among 10,000 and 100,000, and how often what is called a repeat is one.

    python benchmarks/repeats.py

Beside it stands RapidFuzz (its edit distance, and its scorer for words in another order) on the same titles in the same
run, with the threshold that is best on the pairs for tuning. The titles are invented: a verb, a place, and words of the
thesaurus. The pairs are `tests/repeats/pairs.csv`; those of `held` were read when the method stood.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from kg.lexicon import load
from kg.matters import TitleReader
from kg.repeats import Titles
from kg.resources import lexicon_dir
from kg.themes import ThemeMatcher
from kg.words import Words

ROOT = Path(__file__).parent.parent
PAIRS = ROOT / "tests" / "repeats" / "pairs.csv"
VERBS = ("加强", "推进", "完善", "优化", "规范", "提升", "加快", "改进", "支持", "重视", "进一步做好", "推动我区")
PLACES = ("", "", "", "老旧小区", "农村地区", "产业园区", "学校周边", "望江街道", "柳河镇", "高层住宅", "沿江地带")
PRECISION = 0.95
Row = dict[str, str]


def invented(count: int) -> list[str]:
    """As many titles, all different; the same ones each time."""
    chance = random.Random(2031)
    words = [word for row in load(lexicon_dir()).themes for word in (row.name, *row.aliases) if len(word) > 1]
    titles: dict[str, None] = {}
    while len(titles) < count:
        what = chance.choice(words) if chance.random() < 0.5 else "与".join(chance.sample(words, 2))
        titles[f"关于{chance.choice(VERBS)}{chance.choice(PLACES)}{what}的{chance.choice(('建议', '提案'))}"] = None
    return list(titles)


def made_ready(titles: Sequence[str]) -> Titles:
    """The titles as the command makes them ready."""
    lexicon = load(lexicon_dir())
    themes = ThemeMatcher(lexicon)
    return Titles(titles, TitleReader(lexicon.title_words), themes.themes_of, Words.load().known)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least time of several."""
    spans = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spans.append(time.perf_counter() - began)
    return min(spans)


def speed(count: int) -> None:
    """Print a row of how long a title takes among so many, and all pairs."""
    titles = invented(count)
    asked = titles[count // 2].replace("关于", "关于切实")
    ready = made_ready(titles)
    ready.near("关于加强广告设厂的建议", 0)  # the dictionary is read once
    first = seconds(lambda: made_ready(titles).near(asked))
    another = seconds(lambda: ready.near(asked))
    peer = seconds(lambda: process.extract(asked, titles, scorer=fuzz.ratio, limit=10))
    began = time.perf_counter()
    pairs = sum(1 for _ in ready.repeats())
    whole = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {count:,} | {first:.2f} | {another:.3f} | {peer:.3f} | {whole:.1f} ({pairs:,}) | {memory:,.0f} |")


def shown(rows: Sequence[Row], verdict: Callable[[Row], bool]) -> str:
    """Precision and recall of a verdict on pairs."""
    called = [row["label"] == "same" for row in rows if verdict(row)]
    same = sum(row["label"] == "same" for row in rows)
    right = sum(called)
    return f"{right / len(called) if called else 1:.2f} ({right}/{len(called)}) | {right / same:.2f} ({right}/{same})"


def threshold(rows: Sequence[Row], scorer: Callable[[str, str], float]) -> float:
    """The least score from which on the pairs are repeats with the precision that is asked."""
    best = 101.0
    for least in range(100, 0, -1):
        called = [row["label"] == "same" for row in rows if scorer(row["one"], row["other"]) >= least]
        if called and sum(called) / len(called) >= PRECISION:
            best = least
    return best


def accuracy() -> None:
    """Print precision and recall of what is called a repeat."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tune, held = ([row for row in rows if row["split"] == split] for split in ("tune", "held"))
    titles = sorted({row[side] for row in rows for side in ("one", "other")})
    ready = made_ready(titles)
    repeats = {frozenset((titles[i], titles[j])) for i, j, _, _ in ready.repeats()}
    print("\n| what is called a repeat, on the held-out pairs | precision | recall |\n|---|---|---|")
    print(f"| `kg similar` | {shown(held, lambda row: frozenset((row['one'], row['other'])) in repeats)} |")
    for name, scorer in (("ratio", fuzz.ratio), ("token_sort_ratio", fuzz.token_sort_ratio)):
        least = threshold(tune, scorer)
        verdict = shown(held, lambda row, s=scorer, t=least: s(row["one"], row["other"]) >= t)  # type: ignore[misc]
        print(f"| RapidFuzz `{name}` ≥ {least:.0f} | {verdict} |")


def main() -> None:
    """Print the tables; each number of titles in a process of its own, so that its memory is its own."""
    if len(sys.argv) > 1:
        speed(int(sys.argv[1]))
        return
    print("## Similar titles\n")
    print("Seconds to make the titles ready and answer, to answer once they are, RapidFuzz's, and all repeats.\n")
    print(
        "| titles | ready and answered, s | answered, s | RapidFuzz `extract`, s | all repeats, s | peak memory, MB |"
    )
    print("|--:|--:|--:|--:|--:|--:|", flush=True)
    for count in (10_000, 100_000):
        subprocess.run([sys.executable, __file__, str(count)], check=True)
    accuracy()


if __name__ == "__main__":
    main()
