"""The same article in two files is one document with two sources; nothing that either states is lost.

Two texts are the same article where their letters (without blanks, marks and punctuation, in simplified characters) are
nearly the same, and where the one that goes states no fact, names nobody and holds no words that the one kept lacks. A
turn of phrase may differ; a number, a name in a list, a row of a table, a title or a clause may not: where the
extraction understood nothing of a list, its letters still tell it from the next year's. A fact that was understood less
exactly, because a file breaks its lines otherwise (a post of no body), is not one more. Texts that are nearly the same
and differ in more both stay, and a note says so: two years' ledgers on one form, a list and its revision. A text that
is a part of a longer one, such as an article of a page, is no duplicate of it.

Pairs to compare are found by MinHash and locality-sensitive hashing (`rensa`), and each is then compared exactly, so
that chance can at most miss a pair (less than one in a million at the least likeness) and never make one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import networkx as nx
import numpy as np
import numpy.typing as npt
import rensa

from kg import traditional
from kg.model import NATION, Copy, Description, Document, Facts, Mention, Node

LEAST_LIKENESS = 0.8
"""Of two texts' runs of three letters, the share that both have: from there on they are nearly the same."""
_RUN = 3
_HASHES, _BANDS, _SEED = 128, 32, 1
"""Bands of four: of pairs at the least likeness 1 in 20 million is missed."""
_ESTIMATE = 0.6
"""Less than this is not compared exactly: five standard errors of the estimate below the least likeness."""
_PIECE = re.compile(r"(?:\d[.:/~-](?=\d)|[^\W_])+")
"""Letters and digits without a mark between them, but for those within a number (1.5, 9:30, 3-5)."""
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-"))
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万亿〇零两]")
_SHORT_LINE = 20
"""A line of fewer letters is a title, a by-line or an entry of a list."""
_NAME = 4
"""Letters of the longest piece that may be a name in a list."""
_PHRASE = 6
"""Letters of a stretch that are more than another turn of phrase."""


@dataclass(frozen=True, slots=True)
class Distinct:
    """What several texts state, each article once."""

    facts: tuple[Facts, ...]
    notes: tuple[str, ...]
    """Which files are one document, and which are nearly the same and are not."""


def distinct(stated: Sequence[Facts]) -> Distinct:
    """The facts of each article once: of files that hold the same one, of the file that states most.

    It is a function of the set of files: their order changes nothing.
    """
    texts = [_Text(facts) for facts in sorted(stated, key=_order)]
    near, absorbs = _compared(texts)
    taken = _taken(texts, absorbs)
    kept = [i for i in range(len(texts)) if i not in taken]
    merged = [
        _with_copies(texts[i].facts, [texts[j].document for j, keeper in sorted(taken.items()) if keeper == i])
        for i in kept
    ]
    return Distinct(
        tuple(merged),
        (*(note for facts in merged for note in _told_of_copies(facts.document)), *_told_of_near(texts, near, taken)),
    )


def same_bytes(documents: Iterable[Document]) -> list[Document]:
    """One document for each file's bytes, whatever names they lie under; sorted by name and hash.

    Of files of the same bytes that were read differently, the one of which most is known stands for all.
    """
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: (d.about == Description(), -_layout(d), *_file(d))):
        groups[document.sha256].append(document)
    return sorted((_joined(first, others) for first, *others in groups.values()), key=_file)


def letters(text: str) -> str:
    """What is compared of a text: its letters and digits, folded.

    >>> letters("２０３１年，区政协 表彰“夜校”等 1.5 万件")
    '2031年区政协表彰夜校等1.5万件'
    """
    return "".join(piece for line in _folded(text).splitlines() for piece in _PIECE.findall(line))


def _folded(text: str) -> str:
    if traditional.is_traditional(text):
        text = traditional.simplified(text)
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _file(document: Document) -> tuple[str, str]:
    return document.source, document.sha256


def _layout(document: Document) -> int:
    """How much a file tells of where its words stand: pages, tables, kinds of lines."""
    regions = document.regions
    return sum((any(r.page for r in regions), any(r.table or r.sheet for r in regions), any(r.kind for r in regions)))


def _order(facts: Facts) -> tuple[str, str]:
    return _file(facts.document)


_Said = tuple[tuple[object, ...], str, tuple[object, ...]]
"""A fact by what it says: subject, predicate, value."""


class _Text:
    """One text as it is compared."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.document = facts, facts.document
        self.letters = letters(self.document.raw)

    @cached_property
    def said(self) -> frozenset[_Said]:
        """What its facts say, wherever they stand and whichever rule found them."""
        return frozenset((_thing(f.subject), f.predicate, _thing(f.object)) for f in self.facts.facts)

    @cached_property
    def named(self) -> frozenset[object]:
        """Whom and what it names, with or without a fact."""
        return frozenset(map(_thing, self.facts.mentions))

    @cached_property
    def rank(self) -> tuple[int, int, str, str]:
        """The least is kept: the one that states most, then whose file lays it out best, then the first by name."""
        return (-len(self.said), -_layout(self.document), *_file(self.document))

    @cached_property
    def runs(self) -> npt.NDArray[np.uint64]:
        """Each three letters in a row as one number: 21 bits a code point, so that none is mistaken for another."""
        points = np.frombuffer(self.letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        if len(points) < _RUN:
            points = np.pad(points, (0, _RUN - len(points)))
        bits = np.uint64(21)
        runs: npt.NDArray[np.uint64] = (points[:-2] << (bits + bits)) | (points[1:-1] << bits) | points[2:]
        return runs

    @cached_property
    def different_runs(self) -> npt.NDArray[np.uint64]:
        return np.unique(self.runs)

    @cached_property
    def strict_runs(self) -> npt.NDArray[np.uint64]:
        """The three runs around each letter that may not differ: a text that has none of the three lacks it."""
        places = np.flatnonzero(self.layout.strict[_RUN - 1 : 1 - _RUN])
        around: npt.NDArray[np.uint64] = self.runs[places[:, None] + np.arange(_RUN)]
        return around

    @cached_property
    def layout(self) -> _Layout:
        return _laid_out(self.document.raw)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the letters of a text stand."""

    entries: tuple[str, ...]
    """The letters of each row of a table and of each short line."""
    rows: Mapping[str, set[tuple[str, ...]]]
    """The letters of a row → its cells; several where it stands several times and is parted otherwise."""
    line: npt.NDArray[np.int64]
    """The line of each letter."""
    strict: npt.NDArray[np.bool_]
    """Whether a letter is of a number, or of a piece that may be or hold a name of a list: none of these may differ."""


def _laid_out(raw: str) -> _Layout:
    entries: list[str] = []
    rows: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    line: list[int] = []
    strict: list[bool] = []
    for number, words in enumerate(_folded(raw).splitlines()):
        pieces = list(_PIECE.finditer(words))
        content = "".join(p[0] for p in pieces)
        if content and ("\t" in words.strip() or len(content) < _SHORT_LINE):
            entries.append(content)
        if content and "\t" in words.strip():
            rows[content].add(tuple("".join(_PIECE.findall(cell)) for cell in words.rstrip().split("\t")))
        for piece in pieces:
            listed = len(piece[0]) <= _NAME or "、" in {
                words[piece.start() - 1 : piece.start()],
                words[piece.end() :][:1],
            }
            strict += [listed or bool(_NUMERAL.match(letter)) for letter in piece[0]]
        line += [number] * len(content)
    return _Layout(tuple(entries), dict(rows), np.array(line, dtype=np.int64), np.array(strict, dtype=np.bool_))


def _thing(thing: object) -> tuple[object, ...]:
    """A subject or a value by what it says; True is no 1, and a name's marks are not compared."""
    if isinstance(thing, Mention):
        return ("Mention", thing.kind, letters(thing.name))
    if isinstance(thing, Node):
        return ("Node", thing.kind, *map(letters, thing.parts))
    return (type(thing).__name__, letters(thing) if isinstance(thing, str) else thing)


def _candidates(texts: Sequence[_Text]) -> nx.Graph:
    """The pairs that may be nearly the same; the same ones in every run."""
    index = rensa.RMinHashLSH(threshold=LEAST_LIKENESS, num_perm=_HASHES, num_bands=_BANDS)
    signatures = []
    pairs = nx.Graph()
    for i, text in enumerate(texts):
        words = text.letters
        signature = rensa.RMinHash(num_perm=_HASHES, seed=_SEED)
        signature.update(words[at : at + _RUN] for at in range(max(1, len(words) - _RUN + 1)))
        signatures.append(signature)
        if words:
            pairs.add_edges_from(
                (j, i) for j in index.query(signature) if signature.jaccard(signatures[j]) >= _ESTIMATE
            )
            index.insert(i, signature)
    return pairs


def _likeness(one: _Text, other: _Text) -> float:
    """The share of their runs of letters that both have (the Jaccard index), exactly."""
    if one.letters == other.letters:
        return 1.0
    both = int(np.count_nonzero(_among(one.different_runs, other.different_runs)))
    return both / (len(one.different_runs) + len(other.different_runs) - both)


def _among(runs: npt.NDArray[np.uint64], others: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Which runs are among the others, which are sorted."""
    found: npt.NDArray[np.bool_] = others[np.searchsorted(others, runs).clip(max=len(others) - 1)] == runs
    return found


def _compared(texts: Sequence[_Text]) -> tuple[nx.Graph, nx.DiGraph]:
    """Which texts are nearly the same, and from each that may be kept an edge to those that it makes needless.

    Texts on one form are all nearly the same, pair by pair: once two are known to be linked through others and neither
    may go, nothing more is asked of them.
    """
    pairs, near, absorbs = _candidates(texts), nx.Graph(), nx.DiGraph()
    linked = nx.utils.UnionFind(pairs)
    for i, j in pairs.edges:
        keepers = [(a, b) for a, b in ((i, j), (j, i)) if _may_go(texts[b], texts[a])]
        if (keepers or linked[i] != linked[j]) and _likeness(texts[i], texts[j]) >= LEAST_LIKENESS:
            linked.union(i, j)
            near.add_edge(i, j)
            absorbs.add_edges_from((a, b) for a, b in keepers if _only_words(texts[b], texts[a]) is None)
    return near, absorbs


def _may_go(text: _Text, keeper: _Text) -> bool:
    """Whether the one kept states all that a text does, and has, at a first look, its numbers and names."""
    if not _states_all(keeper, text):
        return False
    return text.letters == keeper.letters or bool(_among(text.strict_runs, keeper.different_runs).any(axis=1).all())


def _states_all(keeper: _Text, other: _Text) -> bool:
    """Whether a text states all that another does, of the same home."""
    if not (_at_home(keeper.facts, other.facts) and other.named <= keeper.named):
        return False
    more = other.said - keeper.said
    if any("Node" not in (subject[0], value[0]) for subject, _, value in more):
        return False  # of what has a name, another fact is another fact
    return all(any(_tells(stated, fact) for stated in keeper.said) for fact in more)


def _tells(stated: _Said, fact: _Said) -> bool:
    """Whether a fact says all that another does: the same of a post whose body or whose full words the other lacks."""
    subject, predicate, value = fact
    if predicate != stated[1] or not _as_exact(stated[0], subject):
        return False
    return _as_exact(stated[2], value) or (predicate == "zx:role" and str(value[1]) in str(stated[2][1]))


def _as_exact(thing: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two things are one, or a thing without a name has all the parts that the other has."""
    nodes = thing[0] == other[0] == "Node" and len(thing) == len(other)
    return thing == other or (nodes and all(b in {a, ""} for a, b in zip(thing, other, strict=True)))


def _at_home(keeper: Facts, other: Facts) -> bool:
    """Whether one is the other's equal or tells what the other leaves open."""
    return (
        other.home in {keeper.home, NATION}
        and other.committee in {keeper.committee, None}
        and other.home_code in {keeper.home_code, ""}
    )


def _only_words(text: _Text, keeper: _Text) -> str | None:
    """The first words of a text whose loss would matter and that the one kept does not have."""
    known = keeper.layout.rows  # a value that was moved to another column is in the same letters
    for row, cells in text.layout.rows.items():
        if not cells <= known.get(row, cells):
            return row
    if text.letters == keeper.letters:
        return None
    entries = (entry for entry in text.layout.entries if entry not in keeper.letters)
    return next(entries, None) or next(_only_runs(text, keeper), None)


def _only_runs(text: _Text, keeper: _Text) -> Iterator[str]:
    """The stretches of a text that matter and that the one kept does not have, with the letters around them."""
    unknown = np.concatenate(([False], ~_among(text.runs, keeper.different_runs), [False]))
    edges = np.flatnonzero(unknown[1:] != unknown[:-1])
    strict, line = text.layout.strict, text.layout.line
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        # The letters that these runs do not share with runs that the other text has.
        begin = start + _RUN - 1 if start else 0
        stop = end if end < len(text.runs) else len(text.letters)
        if begin < stop:
            lost = stop - begin >= _PHRASE or bool(strict[begin:stop].any())
        else:  # two known stretches meet: the one kept has other words between them
            begin, stop = start, end + _RUN - 1
            lost = bool(line[begin] == line[stop - 1] and strict[begin:stop].any())
        if lost:
            yield text.letters[max(0, begin - _NAME) : stop + _NAME]


def _taken(texts: Sequence[_Text], absorbs: nx.DiGraph) -> dict[int, int]:
    """Which text goes, and which is kept for it: one that makes it needless by itself, not by way of a third."""
    taken: dict[int, int] = {}
    for group in nx.weakly_connected_components(absorbs):
        left = set(group)
        while len(left) > 1:
            best = min(_undominated(left, absorbs) or left, key=lambda i: texts[i].rank)
            gone = left.intersection(absorbs.successors(best))
            taken |= dict.fromkeys(gone, best)
            left -= gone | {best}
    return taken


def _undominated(group: set[int], absorbs: nx.DiGraph) -> list[int]:
    """Those for whom no other one has to be kept."""
    return [i for i in group if not any(j in group and not absorbs.has_edge(i, j) for j in absorbs.predecessors(i))]


def _joined(document: Document, others: Sequence[Document]) -> Document:
    """A document with the other files that hold it, and with what is known of them alone (a sidecar's date)."""
    files = {copy for other in others for copy in (Copy(other.source, other.sha256), *other.also)}
    also = {*document.also, *files} - {Copy(document.source, document.sha256)}
    known = [document.about, *(other.about for other in others)]
    names = [field.name for field in fields(Description)]
    told = {
        name: next((v for about in known if (v := getattr(about, name))), getattr(known[0], name)) for name in names
    }
    return replace(document, about=Description(**told), also=tuple(sorted(also)))


def _with_copies(facts: Facts, others: Sequence[Document]) -> Facts:
    return replace(facts, document=_joined(facts.document, others)) if others else facts


def _told_of_copies(document: Document) -> Iterator[str]:
    for copy in document.also:
        yield f"{copy.source}: the same article as {document.source}; read as one document"


def _told_of_near(texts: Sequence[_Text], near: nx.Graph, taken: Mapping[int, int]) -> list[str]:
    """A note on each group of texts that are nearly the same and of which several are kept."""
    notes = []
    for group in nx.connected_components(near):
        kept = sorted(i for i in group if i not in taken)
        if len(kept) == 2:
            notes.append(_told_of_two(*(texts[i] for i in kept)))
        elif len(kept) > 2:
            first = ", ".join(texts[i].document.source for i in kept[:3])
            more = f" and {len(kept) - 3} more" if len(kept) > 3 else ""
            notes.append(f"{first}{more} are nearly the same text but differ in what they say: all are kept")
    return sorted(notes)


def _told_of_two(one: _Text, other: _Text) -> str:
    same = "hold the same words" if one.letters == other.letters else "are nearly the same text"
    return f"{one.document.source} and {other.document.source} {same} but {_difference(one, other)}: both are kept"


def _difference(one: _Text, other: _Text) -> str:
    """How two texts differ that both stay."""
    for what, a, b in (("fact", one.said, other.said), ("name", one.named, other.named)):
        if number := max(len(a - b), len(b - a)):
            return f"differ in {number} {what}{'s' if number > 1 else ''}"
    if not _at_home(one.facts, other.facts) and not _at_home(other.facts, one.facts):
        return f"are of {one.facts.home} and of {other.facts.home}"
    words = _only_words(other, one) or _only_words(one, other) or ""
    return f"differ in their words (“{words[:_SHORT_LINE]}”)"
