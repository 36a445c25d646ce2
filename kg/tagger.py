"""Names and words of running text, by the small neural tagger that the jieba wheel carries.

The network is LAC (Lexical Analysis of Chinese; Jiao, Sun & Sun 2018, arXiv:1807.01882) in the size that jieba 0.42.1
ships as `lac_small`: character embeddings, two bidirectional GRU layers of 128 units, and a linear-chain CRF over 57
tags. jieba runs it through a PaddlePaddle interface that no longer exists; here NumPy reads the same files and computes
the same function. jieba itself is not imported.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import string
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int64]

UNITS = 128
"""Of a character's embedding, and of each GRU."""
TAGS = 57
BATCH = 64
"""Chunks that are computed together."""
CHUNK = 200
"""Characters that are read at a time, at most."""

KINDS = {
    "PER": "person",
    "nr": "person",
    "LOC": "place",
    "ns": "place",
    "ORG": "organization",
    "nt": "organization",
}
"""The network's tags for names; the upper-case ones were learnt from names, the lower-case ones from words."""

SENTENCE = re.compile(r"[^\s。！？；!?;]+[。！？；!?;]*|[。！？；!?;]+")
"""White space ends a sentence and belongs to none."""
CLAUSE = re.compile(rf".{{1,{CHUNK - 1}}}(?:[，、：,:]|$)|.{{{CHUNK}}}")
"""A part of a sentence longer than a chunk, cut at a comma where there is one."""

_LIKENESS = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0).lower() for wide in range(0xFF01, 0xFF5F)}
    | {capital: capital.lower() for capital in string.ascii_uppercase}
    | dict.fromkeys("“”「」『』〝〞", '"')
    | dict.fromkeys("‘’", "'")
    | {"、": ",", "。": ".", "—": "-", "–": "-", "…": "."}
)
"""What the network never saw → what it was taught instead: one character for one, so that offsets hold."""


class ModelMissing(KgError):
    """The tagger's files are absent or are not those of jieba 0.42.1."""

    exit_code = 4


class Tag(NamedTuple):
    """A tagged stretch of a text, half-open, in code points of that text."""

    kind: str
    """Of a name: `person`, `place` or `organization`. Of a word: the network's own tag (`n`, `v`, `nz`, `TIME` …)."""
    start: int
    end: int


@dataclass(frozen=True, eq=False, slots=True)
class _Layer:
    """One GRU with the projection of its input, in one direction."""

    project: Floats
    bias: Floats
    gates: Floats
    """State → update gate, reset gate."""
    candidate: Floats

    def run(self, inputs: Floats, rows: Sequence[slice]) -> Floats:
        """The state after each character; `rows` are the rows of each step, of which later steps have no more.

        h ← (1 − u) ⊙ h + u ⊙ tanh(x_c + (r ⊙ h) W_c), where u, r = σ(x_ur + h W_ur) (Cho et al. 2014, arXiv:1406.1078).
        """
        given: Floats = inputs @ self.project + self.bias
        states = np.empty((len(inputs), UNITS), np.float32)
        state = np.zeros((rows[0].stop, UNITS), np.float32)
        for step in rows:
            x = given[step]
            state = state[: len(x)]
            recalled: Floats = state @ self.gates
            gates = _sigmoid(x[:, : 2 * UNITS] + recalled)
            update, reset = gates[:, :UNITS], gates[:, UNITS:]
            proposed: Floats = np.tanh(x[:, 2 * UNITS :] + (reset * state) @ self.candidate)
            state = state + update * (proposed - state)
            states[step] = state
        return states


@dataclass(frozen=True, eq=False, slots=True)
class _Crf:
    """The score of a tag at the start, at the end, and after another."""

    start: Floats
    stop: Floats
    follow: Floats
    """Row: the tag to go to; column: the tag to come from."""

    def best(self, emissions: Floats, rows: Sequence[slice]) -> NDArray[np.intp]:
        """The tag of each character on its chunk's best path (Viterbi 1967)."""
        back = np.empty(emissions.shape, np.intp)
        score = self.start + emissions[rows[0]]
        final = score + self.stop
        for step in rows[1:]:
            emitted = emissions[step]
            paths = score[: len(emitted), None, :] + self.follow
            came = back[step] = paths.argmax(axis=2)
            score = np.take_along_axis(paths, came[:, :, None], axis=2)[:, :, 0] + emitted
            final[: len(emitted)] = score + self.stop
        tags = np.empty(len(emissions), np.intp)
        tag = final.argmax(axis=1)
        for step in reversed(rows):
            width = step.stop - step.start
            tags[step] = tag[:width]
            if step.start:
                tag[:width] = back[step][np.arange(width), tag[:width]]
        return tags


@dataclass(frozen=True, eq=False, slots=True)
class Tagger:
    """The network, ready to tag: it never changes, so one serves every text and thread.

    >>> tagger().names(["记者 李明华 从杭州报道"])
    [[Tag(kind='person', start=3, end=6), Tag(kind='place', start=8, end=10)]]
    """

    _ids: Ints
    """Code point of the Basic Multilingual Plane → row of the embeddings."""
    _embeddings: Floats
    _layers: tuple[tuple[_Layer, _Layer], ...]
    """Each forward and backward."""
    _emit: Floats
    _emit_bias: Floats
    _crf: _Crf
    _tags: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path | None = None) -> Tagger:
        """Read the network's files, by default where jieba is installed. Raises ModelMissing."""
        folder = folder or _folder()
        try:
            return cls(
                _ids=_ids(folder),
                _embeddings=_tensor(folder, "word_emb", -1, UNITS),
                _layers=tuple((_layer(folder, n), _layer(folder, n + 1)) for n in (0, 2)),
                _emit=_tensor(folder, "fc_4.w_0", 2 * UNITS, TAGS),
                _emit_bias=_tensor(folder, "fc_4.b_0", TAGS),
                _crf=_crf(folder),
                _tags=tuple(token for _, token in _tokens(folder / "tag.dic")),
            )
        except (OSError, ValueError, KeyError, struct.error) as e:
            raise ModelMissing(f"the tagger can't be read ({e})", where=str(folder), hint=_REINSTALL) from e

    def names(self, texts: Sequence[str]) -> list[list[Tag]]:
        """The names of persons, places and organisations in each text, in order, none inside another."""
        return [
            [Tag(KINDS[word.kind], word.start, word.end) for word in words if word.kind in KINDS]
            for words in self.words(texts)
        ]

    def words(self, texts: Sequence[str]) -> list[list[Tag]]:
        """The words of each text with the network's tags: all of the text but its white space.

        Chunks are computed side by side only for speed: the words of one depend on its own characters alone, but for
        the rounding of a BLAS that rounds by the number of rows (OpenBLAS, which NumPy ships, was measured not to).
        """
        pieces = [(n, start, end) for n, text in enumerate(texts) for start, end in chunks(text)]
        codes = [_codes(text) for text in texts]
        pieces.sort(key=lambda piece: piece[1] - piece[2])
        found: list[list[Tag]] = [[] for _ in texts]
        for i in range(0, len(pieces), BATCH):
            batch = pieces[i : i + BATCH]
            paths = self._paths([self._ids[codes[n][start:end]] for n, start, end in batch])
            for (n, start, _), path in zip(batch, paths, strict=True):
                found[n].extend(self._spell(path, start))
        for words in found:
            words.sort(key=lambda word: word.start)
        return found

    def _paths(self, chunks: list[Ints]) -> list[list[int]]:
        """The tags of each chunk's characters; the chunks come longest first.

        Rows stand character by character and not chunk by chunk, so a step is a slice, and nothing is padded. The
        longest chunk is computed twice: for a single row BLAS takes another routine, which rounds differently.
        """
        chunks = [chunks[0], *chunks]
        lengths = np.array([len(chunk) for chunk in chunks])
        widths = (lengths > np.arange(lengths[0])[:, None]).sum(axis=1)
        ends = np.cumsum(widths)
        starts = ends - widths
        rows = [slice(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]
        place = [starts[: len(chunk)] + n for n, chunk in enumerate(chunks)]

        flipped = np.empty(ends[-1], np.intp)
        ids = np.empty(ends[-1], np.intp)
        for at, chunk in zip(place, chunks, strict=True):
            flipped[at] = at[::-1]
            ids[at] = chunk
        states = self._embeddings[ids]
        for forward, backward in self._layers:
            states = np.hstack([forward.run(states, rows), backward.run(states[flipped], rows)[flipped]])
        tags = self._crf.best(states @ self._emit + self._emit_bias, rows)
        return [tags[at].tolist() for at in place[1:]]

    def _spell(self, path: Sequence[int], offset: int) -> Iterator[Tag]:
        """The words of a path: one begins at a `-B` tag, or at O after another tag, and has its first one's tag."""
        tags = [self._tags[n] for n in path]
        begins = [
            n for n, tag in enumerate(tags) if n == 0 or tag.endswith("-B") or (tag == "O" and tags[n - 1] != "O")
        ]
        for begin, end in zip(begins, [*begins[1:], len(tags)], strict=True):
            yield Tag(tags[begin].partition("-")[0], offset + begin, offset + end)


@functools.cache
def tagger() -> Tagger:
    """The tagger, read once a process."""
    return Tagger.load()


def chunks(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a text for reading: start and end of each chunk, which leave out white space only.

    >>> list(chunks("会议召开。 代表 发言"))
    [(0, 5), (6, 8), (9, 11)]
    """
    for sentence in SENTENCE.finditer(text):
        start, end = sentence.span()
        if end - start <= CHUNK:
            yield start, end
        else:
            yield from (clause.span() for clause in CLAUSE.finditer(text, start, end))


def normalised(text: str) -> str:
    """The text in the characters that the network was taught (half width, ASCII marks, small letters), of equal length.

    >>> normalised("“ＣＰＰＣＣ”、Ａ…")
    '"cppcc",a.'
    """
    return text.translate(_LIKENESS)


_REINSTALL = "reinstall jieba 0.42.1: pip install --force-reinstall jieba==0.42.1"


def _sigmoid(x: Floats) -> Floats:
    """1 / (1 + e⁻ˣ), written so that no x overflows."""
    half = np.float32(0.5)
    sigmoid: Floats = half * np.tanh(half * x) + half
    return sigmoid


def _codes(text: str) -> NDArray[np.uint32]:
    """The code points; beyond the Basic Multilingual Plane U+FFFF, which is no character and unknown to the network."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    return np.minimum(points, np.uint32(0xFFFF))


def _folder() -> Path:
    spec = importlib.util.find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing("jieba is not installed", hint=_REINSTALL)
    return Path(spec.submodule_search_locations[0]) / "lac_small"


def _tokens(path: Path) -> Iterator[tuple[int, str]]:
    """The lines `number<TAB>token` of a dictionary; a token may be a control character that ends a line elsewhere."""
    for line in path.read_bytes().decode().split("\n"):
        number, _, token = line.partition("\t")
        if token:
            yield int(number), token


def _ids(folder: Path) -> Ints:
    ids = {token: n for n, token in _tokens(folder / "word.dic")}
    plane = normalised("".join(map(chr, range(0x10000))))
    return np.array([ids.get(character, ids["OOV"]) for character in plane], np.int64)


def _tensor(folder: Path, name: str, *shape: int) -> Floats:
    """One tensor: u32, u64, u32, the length of a description as i32, the description, little-endian float32."""
    content = (folder / "model_baseline" / name).read_bytes()
    (described,) = struct.unpack_from("<i", content, 16)
    return np.frombuffer(content, "<f4", offset=20 + described).reshape(shape).astype(np.float32, copy=False)


def _layer(folder: Path, n: int) -> _Layer:
    """The n-th GRU. Its weights are one buffer of two matrices: both gates', then the candidate's."""
    recurrent = _tensor(folder, f"gru_{n}.w_0", 3 * UNITS * UNITS)
    return _Layer(
        project=_tensor(folder, f"fc_{n}.w_0", UNITS if n < 2 else 2 * UNITS, 3 * UNITS),
        bias=_tensor(folder, f"fc_{n}.b_0", 3 * UNITS) + _tensor(folder, f"gru_{n}.b_0", 3 * UNITS),
        gates=recurrent[: 2 * UNITS * UNITS].reshape(UNITS, 2 * UNITS),
        candidate=recurrent[2 * UNITS * UNITS :].reshape(UNITS, UNITS),
    )


def _crf(folder: Path) -> _Crf:
    weights = _tensor(folder, "crfw", TAGS + 2, TAGS)
    return _Crf(start=weights[0], stop=weights[1], follow=np.ascontiguousarray(weights[2:].T))
