"""What a list of proposals is a list of: all that were accepted, the excellent, the key ones, or an excerpt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.background import Background
from kg.docket import Entry, entries
from kg.list_kinds import list_kind
from kg.model import Article, Concept, Fact, Mention
from kg.names import Names
from kg.sentences import Clause
from kg.tables import is_mark

_KEY = re.compile(r"重点(?:督办)?提案")
_NOT_KEY = re.compile(r"[非拟不]|建议|候选|推荐")
_ACCEPTED = "全部立案"
_LEFT_OUT = re.compile(r"(?:不予?|未予?)(?:受理|立案)|撤|转|来信|社情民意")
_SAID_KEY = re.compile(r"(?:区|市|省|县)?(?:级)?重点(?:督办)?(?:提案|件)?")
_KEY_BEHIND = re.compile(
    r"(?:[》、\s]|《[^《》]*》|[（(][^（）()]*[)）])*(?:等[\d一二三四五六七八九十]*[件个份项]?)?(?:的)?重点(?:督办)?提案"
)
_MADE_KEY = re.compile(
    r"(?:[》、和与及\s]|《[^《》]*》)*[^。；;]{0,24}(?:列[为入]|确定为|作为|被评为|成为|是)[^。；;，,]{0,14}重点(?:督办)?提案"
)


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """The kind of every list of the article, for each proposal that stands in it; and which are key proposals."""
    for entry in entries(article, names, background):
        if entry.form != "提案":
            continue
        proposal = entry.mention()
        kind = list_kind(entry, article.document.about.list_kind)
        standing = [clause.text for _, clause in entry.said("status")]
        if kind and kind[0] == _ACCEPTED and any(_LEFT_OUT.search(text) for text in standing):
            kind = None  # a ledger of what was accepted that also says what was not
        if kind:
            label, words = kind
            yield words.fact(proposal, "zx:listKind", Concept("listKind", label), "list.kind")
            if label == _ACCEPTED and not standing:
                yield words.fact(proposal, "zx:status", Concept("status", "立案"), "list.kind")
        if words_of_key := _key(entry, kind):
            yield words_of_key.fact(proposal, "zx:keyProposal", True, "list.key")


def _key(entry: Entry, kind: tuple[str, Clause] | None) -> Clause | None:
    """The words that call it a key proposal: its list's heading, a remark beside it, or the words around its title."""
    if entry.listed:
        if any(is_mark(c.text) or _SAID_KEY.fullmatch(c.text) for _, c in entry.said("key")):
            return entry.evidence
        said = [c for _, c in entry.said("remark", "status", "category") if _KEY.search(c.text)]
        noted = [c for c in said if not _NOT_KEY.search(c.text)]
        return noted[0] if noted else kind[1] if kind and kind[0] == "重点" and _KEY.search(kind[1].text) else None
    passage, start, end = entry.title.passage, entry.title.start, entry.title.end
    before = re.search(
        r"重点(?:督办)?提案[一二三四五六七八九十\d]{0,3}[:：]?[《“]?$", passage.text[max(0, start - 14) : start]
    )
    after = _KEY_BEHIND.match(passage.text, end) or _MADE_KEY.match(passage.text, end)
    return entry.evidence if before or after else None
