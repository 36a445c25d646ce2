"""How a proposal stands: whether it was accepted, merged, withdrawn or passed on, and what it was merged into."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.background import Background
from kg.docket import Entry, entries
from kg.model import Article, Concept, Fact, Mention
from kg.names import Names
from kg.sentences import Clause

_OPEN = re.compile(r"^(?:拟|建议|待|尚未|等待|是否)|审查中")
"""What was not decided yet."""
_STATUSES = (
    ("不予立案", re.compile(r"(?:不予|未予|不|未|未能|没有)(?:受理|立案)")),
    ("并案", re.compile(r"并案|并入|合并")),
    ("撤案", re.compile(r"撤案|撤回|撤销")),
    ("立案", re.compile("立案")),
    (
        "转办",
        re.compile(r"转办|转送|转交|转有关|(?:作为?|转为?|按|以|列为)(?:委员)?(?:来信|信访|社情民意|意见建议|建议)"),
    ),
    ("交办", re.compile("交办")),
)
"""Concept of `status` → how a column says so; the first that it says is meant."""
_NUMBER = r"[A-Z]{0,2}\d{1,12}"
_MERGED = re.compile(
    rf"(?:并入|并案至|合并至|合并到|主案|主提案|与)(?:为|是|[:：])?\s*(?:提案|流水号|提案编号|编号|案号)?\s*[:：]?\s*(?P<n>(?:第\s*)?{_NUMBER}\s*号?)"
)
_NOTES = ("status", "remark")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """What columns and labels say of how the article's proposals stand."""
    found = entries(article, names, background)
    numbered = _by_number(found)
    for entry in found:
        proposal = entry.mention()
        for _, clause in entry.said("status"):
            if status := _status(clause.text):
                yield entry.evidence.fact(proposal, "zx:status", Concept("status", status), "handling.status")
        into = _merged_into(entry.said(*_NOTES), numbered)
        if into is not None and into is not entry:
            yield entry.evidence.fact(proposal, "zx:mergedInto", into.mention(), "handling.status")


def _status(words: str) -> str | None:
    """The first status that words say; none for what is not decided."""
    if _OPEN.search(words):
        return None
    return next((status for status, form in _STATUSES if form.search(words)), None)


def _by_number(found: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    """Number or serial number → those that bear it."""
    numbered: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        for digits in {_digits(n.text) for n in (entry.number, entry.serial) if n}:
            numbered[digits].append(entry)
    return numbered


def _merged_into(said: Sequence[tuple[str, Clause]], numbered: Mapping[str, list[Entry]]) -> Entry | None:
    """The proposal whose number the words name, where it is one."""
    for _, clause in said:
        if merged := _MERGED.search(clause.text):
            into = numbered.get(_digits(merged["n"]), [])
            if len(into) == 1:
                return into[0]
    return None


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).lstrip("0")
