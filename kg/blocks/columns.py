"""Lists of names on a page: names in columns become a row's cells, a table set with blanks becomes rows, and a list
that runs over its lines becomes one paragraph.

Only what stands under a heading of such a list is read so: one that says 名单, counts heads (`经济界（12人）`), names a
post or ends with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.clean import HAN, join, row, strip, without
from kg.model import Block, Passage

COUNT = re.compile(r"[（(\[【]?\s*(?:共|计|共计)?\s*(?P<n>[\d〇一二三四五六七八九十百]+)\s*(?:人|名|位)(?!额)")
"""How many a heading says that there are: `（9人）`, `（共12名，按姓氏笔画为序）`."""
LABEL = re.compile(rf"^(?:[{HAN}\s、\d/]|[（(][^（）()]{{0,30}}[）)]){{1,40}}?[：:]")
_OPENS = re.compile(r"名单|[：:]$|(?:主席|秘书长|委员|召集人|组长|成员|界|界别|人士|[一二三四五六七八九十]画)$")
_WORD = re.compile(r"[^\s（(]+(?:[（(][^（）()]*[）)])*|[（(][^（）()]*[）)]")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_DOTTED = re.compile(rf"[{HAN}]+(?:[·•・‧．][{HAN}]+)+")
_BLANKS = re.compile(r"\s+")
_WIDE_BLANKS = re.compile(r"[ \u00a0\u3000]{2,}")
_NAME_COLUMN = re.compile(r"^(?:委员)?姓\s*名$")
_LONGEST_HEADING = 60


def name_lists(found: Sequence[Block]) -> list[Block]:
    """The page's lines with those of lists of names read as such."""
    return _run_over(_in_columns(_tables(found)))


# -- names in columns


def _in_columns(found: Sequence[Block]) -> list[Block]:
    read: list[Block] = []
    inside = False
    for block in found:
        cut = inside and block.kind == "row" and _has_pieces(block)
        line = row(block.cells) if cut else block.passage
        among = cut or (inside and block.kind != "row")
        cells = _columns(line) if among or _has_label(block) else []
        if not cells and among:
            cells = _alone(line) or ([] if cut else _with_words(line))
        read.append(Block("row", tuple(cells)) if cells else block)
        inside = bool(cells) or opens(block) or (inside and _goes_on(block.passage.text))
    return read


def _has_pieces(block: Block) -> bool:
    """Whether tabs cut a row's names in two (`王<tab>雷<tab>李明华`)."""
    return any(len(cell.text) == 1 and re.match(f"[{HAN}]", cell.text) for cell in block.cells)


def _goes_on(text: str) -> bool:
    """Whether a line is one of names, or nothing but a page's number."""
    return is_list(text) or not re.search(f"[{HAN}]", text)


def opens(block: Block) -> bool:
    """Whether a line may stand above the names of a list."""
    text = re.sub(r"\s|(?<=[：:])[（(][^（）()\d]*[）)]$", "", block.passage.text)
    return block.kind != "row" and len(text) <= _LONGEST_HEADING and bool(COUNT.search(text) or _OPENS.search(text))


def _has_label(block: Block) -> bool:
    """Whether names in columns stand behind a label of their own (`副主席：甲 乙 丙`, `教育界（3人）：…`)."""
    return block.kind != "row" and bool(LABEL.match(block.passage.text))


def _columns(passage: Passage) -> list[Passage]:
    """The cells of a line whose words are names parted by blanks, a label being one; none where it is another line."""
    label = LABEL.match(passage.text)
    start = label.end() if label else 0
    words = _names([(start + m.start(), start + m.end()) for m in _WORD.finditer(passage.text[start:])], passage.text)
    told = [passage.text[a:b] for a, b in words]
    if len(words) < (1 if label else 2) or not _like_names(told) or COUNT.search(told[-1]):
        return []
    head = [_closed(passage.slice(0, start))] if label else []
    return [*head, *(_closed(passage.slice(a, b)) for a, b in words)]


def _alone(passage: Passage) -> list[Passage]:
    """A letter-spaced name on a line of its own."""
    bare = _BRACKET.sub("", passage.text).strip()
    spaced = re.fullmatch(rf"[{HAN}]\s+[{HAN}]{{1,2}}", bare)
    return [_closed(passage)] if spaced and not COUNT.search(passage.text) else []


def _with_words(passage: Passage) -> list[Passage]:
    """A name and what is said of its bearer behind a blank: `某某　　某小学校长`."""
    words = _names([m.span() for m in _WORD.finditer(passage.text)], passage.text)
    apart = len(words) > 1 and passage.text[words[0][1]].isspace()
    if not apart or "。" in passage.text or COUNT.search(passage.text):
        return []
    name, rest = _closed(passage.slice(*words[0])), strip(passage.slice(words[0][1], len(passage.text)))
    return [name, rest] if _like_names([name.text]) and not _like_names([rest.text]) else []


def _names(words: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Words put together to names: a letter-spaced name is two words, and a bracket belongs to the name before it."""
    names: list[tuple[int, int]] = []
    open_word = False  # whether the last one is a single character that still wants its other part
    for start, end in words:
        bare = _BRACKET.sub("", text[start:end])
        if open_word and len(bare) > 2 and len(names) > 1:  # `王小 明 方晓棠`: the end of the one before
            names[-2:] = [(names[-2][0], names[-1][1])]
            open_word = False
        if names and (not bare or open_word):
            names[-1] = (names[-1][0], end)
            open_word = False
        else:
            names.append((start, end))
            open_word = len(bare) == 1
    return names


def _like_names(words: Sequence[str]) -> bool:
    """Whether all have a name's length, and not all are words of four characters, as slogans are."""
    bare = [_BLANKS.sub("", _BRACKET.sub("", word)) for word in words]
    fit = all(_DOTTED.fullmatch(b) or re.fullmatch(rf"[{HAN}]{{2,4}}", b) for b in bare)
    return fit and any(len(b) < 4 or _DOTTED.fullmatch(b) for b in bare)


def is_names(block: Block) -> bool:
    """Whether a row is one of names, with or without a label before them."""
    cells = [cell.text for cell in block.cells if not LABEL.fullmatch(cell.text)]
    return block.kind == "row" and bool(cells) and _like_names(cells)


def _closed(passage: Passage) -> Passage:
    """Without the blanks that pad a name or a label."""
    return without(passage, (m.span() for m in _BLANKS.finditer(passage.text)))


# -- tables set with blanks


def _tables(found: Sequence[Block]) -> list[Block]:
    """Lines under a line of column names, one of which is 姓名, cut where its columns are."""
    read: list[Block] = []
    names: list[str] = []
    between = _BLANKS
    for block in found:
        header = [] if block.kind == "row" else _header(block.passage)
        if header:
            between = _WIDE_BLANKS if len(_parts(block.passage, _WIDE_BLANKS)) == len(header) else _BLANKS
            names = [re.sub(r"\s", "", cell.text) for cell in header]
        cells = header or (_cells(block.passage, names, between) if names and block.kind != "row" else [])
        names = names if cells else []
        read.append(Block("row", tuple(cells)) if cells else block)
    return read


def _header(passage: Passage) -> list[Passage]:
    for between in (_WIDE_BLANKS, _BLANKS):
        cells = _parts(passage, between)
        short = all(len(cell.text) <= 12 for cell in cells)
        if len(cells) > 2 and short and any(_NAME_COLUMN.match(cell.text) for cell in cells):
            return cells
    return []


def _cells(passage: Passage, names: Sequence[str], between: re.Pattern[str]) -> list[Passage]:
    """The cells of a line: a letter-spaced name is one, and what is left over belongs to the last."""
    cells = _parts(passage, between)
    at = next(i for i, name in enumerate(names) if _NAME_COLUMN.match(name))
    if len(cells) > len(names) and len(cells[at].text) == 1 and len(cells[at + 1].text) < 3:
        cells[at : at + 2] = [join(cells[at : at + 2])]
    if len(cells) < len(names):
        return []
    last = len(names) - 1
    return [*cells[:last], join(cells[last:])]


def _parts(passage: Passage, between: re.Pattern[str]) -> list[Passage]:
    edges = [(0, 0), *(m.span() for m in between.finditer(passage.text)), (len(passage.text), len(passage.text))]
    return [strip(passage.slice(a[1], b[0])) for a, b in pairwise(edges) if b[0] > a[1]]


# -- lists that run over lines


def _run_over(found: Sequence[Block]) -> list[Block]:
    read: list[Block] = []
    inside = False
    for block in found:
        text = block.passage.text
        listed = block.kind in {"heading", "paragraph"} and inside and is_list(text)
        if listed and read[-1].kind == "paragraph" and is_list(read[-1].passage.text) and _broken(read[-1], text):
            read[-1] = replace(read[-1], cells=(join([read[-1].passage, block.passage]),))
        elif listed and "、" in text:
            read.append(Block("paragraph", block.cells))
        else:
            read.append(block)
        inside = listed or opens(block) or (block.kind == "row" and is_names(block))
    return read


def is_list(text: str) -> bool:
    """Whether a line is nothing but words of a name's length joined by 、, whole or cut at its ends."""
    label = LABEL.match(text)
    closed = re.sub(r"\s", "", text[label.end() if label else 0 :])
    if COUNT.search(closed) or closed.endswith(("界", "界别", "人士")):
        return False
    parts = _BRACKET.sub("", closed).strip("、。").split("、")
    return all(re.fullmatch(rf"[{HAN}]{{1,4}}", part) or _DOTTED.fullmatch(part) for part in parts)


def _broken(above: Block, below: str) -> bool:
    """Whether a list goes on in the next line: its 、 stands at the edge, or the edge cuts a name in two."""
    before = re.sub(r"\s", "", above.passage.text)
    after = re.sub(r"\s", "", below)
    last, first = (_BRACKET.sub("", part) for part in (before.rpartition("、")[2], after.partition("、")[0]))
    return not last or not first or len(last) == 1 or (len(first) == 1 and len(last) < 3)
