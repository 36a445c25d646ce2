"""The tagger's speed beside jieba.posseg's and beside that of the whole extraction, on the same text in one run.

    OPENBLAS_NUM_THREADS=1 python benchmarks/tagger.py [TEXT …]

CPU seconds of this process, the fastest of five runs after a first one; KB are 1,000 bytes of UTF-8. Without the
variable BLAS uses every core, and its waiting threads count as CPU time too.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from kg.background import Background
from kg.extract import extract
from kg.model import Document
from kg.resources import lexicon_dir
from kg.tagger import Tagger

PAGE = Path(__file__).parent.parent / "data" / "texts" / "qiantang-2024.txt"
RUNS = 5

Names = Callable[[str], set[str]]


def lac_small() -> Names:
    """The names of persons by kg.tagger."""
    tagger = Tagger.load()

    def names(text: str) -> set[str]:
        return {text[tag.start : tag.end] for tag in tagger.names([text])[0] if tag.kind == "person"}

    return names


def posseg() -> Names:
    """The names of persons by jieba.posseg, its dictionary read without a cache."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    tagger = jieba.posseg.POSTokenizer(tokenizer)

    def names(text: str) -> set[str]:
        return {pair.word for pair in tagger.cut(text) if pair.flag == "nr"}

    return names


def extraction() -> Names:
    """The names of persons by the whole extraction, which finds all other facts too."""
    background = Background.of([lexicon_dir()])

    def names(text: str) -> set[str]:
        stated = extract(Document("text", "text.txt", text, "0" * 64), background)
        return {mention.name for mention in stated.mentions if mention.kind == "Person"}

    names("区政协委员")  # the dictionary is read at the first question
    return names


def main(paths: list[Path]) -> None:
    """Print a row a tagger."""
    texts = [path.read_text(encoding="utf-8") for path in paths or [PAGE]]
    size = sum(len(text.encode()) for text in texts) / 1000
    print(f"## Names of people: {len(texts)} text(s), {size:.1f} KB\n")
    print("| tagger | load, s | KB per CPU second | names |\n|---|--:|--:|--:|")
    speeds: dict[str, float] = {}
    for name, load in LOADERS.items():
        start = time.process_time()
        names = load()
        loaded = time.process_time() - start
        found = sum(len(names(text)) for text in texts)
        times = []
        for _ in range(RUNS):
            start = time.process_time()
            for text in texts:
                names(text)
            times.append(time.process_time() - start)
        speeds[name] = size / min(times)
        print(f"| {name} | {loaded:.2f} | {speeds[name]:.0f} | {found} |")
    print(f"\nThe whole extraction runs at {speeds['kg.extract'] / speeds['kg.tagger']:.2f} of the tagger's own speed.")


LOADERS: dict[str, Callable[[], Names]] = {
    "kg.tagger": lac_small,
    "jieba.posseg": posseg,
    "kg.extract": extraction,
}

if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
