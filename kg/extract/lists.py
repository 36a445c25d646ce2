"""What a list of proposals is a list of: all that were accepted, the excellent, the key ones, or an excerpt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.docket import Entry, entries
from kg.model import Article, Concept, Fact, Mention, Passage
from kg.names import Names
from kg.sentences import Clause, sentences

_PROPOSALS = r"(?:建议)?提案"
_KINDS = (
    (
        "节选",
        re.compile(
            rf"部分[^。；;，,]{{0,12}}{_PROPOSALS}|{_PROPOSALS}[^。；;，,]{{0,6}}(?:选登|选编|选载|摘登|摘编|选刊|节选|撷英|选辑)"
        ),
    ),
    ("优秀", re.compile(rf"(?:优秀|精品|十佳|最佳|有影响力|好)[^。；;，,、]{{0,6}}{_PROPOSALS}|年度好提案")),
    ("重点", re.compile(rf"(?:重点|重要|督办)[^。；;，,、]{{0,6}}{_PROPOSALS}")),
    ("全部立案", re.compile(rf"立案(?:的)?{_PROPOSALS}|{_PROPOSALS}立案|(?:全部|所有){_PROPOSALS}")),
)
"""Kind of list → how its heading says so; the first that a heading says is meant: an excerpt of the excellent ones is
an excerpt."""
_ANNOUNCES = re.compile(r"如下|公布|公示|予以(?:表彰|表扬)|名单|目录|附后")
_KEY = re.compile(r"重点(?:督办)?提案")
_KEY_BEHIND = re.compile(
    r"(?:[》、\s]|《[^《》]*》|[（(][^（）()]*[)）])*(?:等[\d一二三四五六七八九十]*[件个份项]?)?(?:的)?重点(?:督办)?提案"
)
_MADE_KEY = re.compile(r"[^。；;]{0,24}(?:列为|确定为|作为|被评为|成为|是)[^。；;，,]{0,14}重点(?:督办)?提案")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """The kind of every list of the article, for each proposal that stands in it; and which are key proposals."""
    for entry in entries(article, names, background):
        if entry.form != "提案":
            continue
        proposal = entry.mention()
        kind = _kind(entry)
        if kind:
            label, words = kind
            yield words.fact(proposal, "zx:listKind", Concept("listKind", label), "list.kind")
            if label == "全部立案":
                yield words.fact(proposal, "zx:status", Concept("status", "立案"), "list.kind")
        if words_of_key := _key(entry, kind):
            yield words_of_key.fact(proposal, "zx:keyProposal", True, "list.key")


def _kind(entry: Entry) -> tuple[str, Clause] | None:
    """The kind of the list by the nearest words above it that say one; a sentence must announce the list."""
    for passage in entry.above if entry.listed else ():
        for clause in _announcing(passage):
            if label := next((label for label, form in _KINDS if form.search(clause.text)), None):
                return label, clause
    return None


def _announcing(passage: Passage) -> Sequence[Clause]:
    """A heading as a whole; of a paragraph the sentences that announce what is listed, the last one first."""
    said = sentences(passage)
    if len(said) == 1 and not re.search(r"[。；;]", passage.text):
        return said
    return [c for c in reversed(said) if _ANNOUNCES.search(c.text)]


def _key(entry: Entry, kind: tuple[str, Clause] | None) -> Clause | None:
    """The words that call it a key proposal: its list's heading, a remark beside it, or the words around its title."""
    if entry.listed:
        noted = [c for _, c in entry.said("remark", "status", "category") if _KEY.search(c.text)]
        return noted[0] if noted else kind[1] if kind and kind[0] == "重点" and _KEY.search(kind[1].text) else None
    passage, start, end = entry.title.passage, entry.title.start, entry.title.end
    before = re.search(
        r"重点(?:督办)?提案[一二三四五六七八九十\d]{0,3}[:：]?[《“]?$", passage.text[max(0, start - 14) : start]
    )
    after = _KEY_BEHIND.match(passage.text, end) or _MADE_KEY.match(passage.text, end)
    return entry.evidence if before or after else None
