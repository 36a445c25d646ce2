"""What a list of proposals is a list of, by the heading or the sentence that announces it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.docket import Entry
from kg.model import Passage
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


def list_kind(entry: Entry, said: str = "") -> tuple[str, Clause] | None:
    """The kind of the list by the nearest words above it that say one; a sentence must announce the list.

    `said` is the kind that the text's sidecar gives, which has the last word; then each entry's own words stand for it.
    """
    if said and entry.listed:
        return said, entry.evidence
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
