"""The tagger's speed beside jieba.posseg, on the same text in one run.

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


def main(paths: list[Path]) -> None:
    """Print a row a tagger."""
    texts = [path.read_text(encoding="utf-8") for path in paths or [PAGE]]
    size = sum(len(text.encode()) for text in texts) / 1000
    print(f"## Names of people: {len(texts)} text(s), {size:.1f} KB\n")
    print("| tagger | load, s | KB per CPU second | names |\n|---|--:|--:|--:|")
    for name, load in (("kg.tagger", lac_small), ("jieba.posseg", posseg)):
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
        print(f"| {name} | {loaded:.2f} | {size / min(times):.0f} | {found} |")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
