"""Initiatives: the campaigns, platforms, brands and mechanisms that a committee names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.clean import HAN
from kg.lexicon import Suffix
from kg.model import Article, Concept, Fact, Mention, Passage
from kg.names import Names
from kg.sentences import Clause, around

_SET_UP = (
    "(?:开展|打造|深化|落实|建设|建立|升级|推进|推出|实施|创建|搭建|培育"
    "|做优|做实|做强|探索|举办|召开|用好|推广|拓展|擦亮)"
)
_CAMPAIGN = re.compile(rf"{_SET_UP}(?P<name>[{HAN}]{{2,6}}?(?:走访|行动|年|月))活动")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """What is quoted and called a brand or a platform (`打造"某某"党建品牌`), and what ends as platforms do."""
    suffixes = background.lexicon.initiative_suffixes
    for block in article.blocks:
        if block.kind in {"paragraph", "item"}:
            for clause, kind in (*_quoted(block.passage, suffixes), *_unquoted(block.passage, suffixes)):
                evidence = around(clause.passage, clause.start, clause.end)
                initiative = clause.mention("Initiative")
                yield initiative
                value = Concept("initiativeKind", kind)
                yield evidence.fact(initiative, "zx:initiativeKind", value, "initiative.form")


def _quoted(passage: Passage, suffixes: Sequence[Suffix]) -> Iterator[tuple[Clause, str]]:
    kinds = {s.id: s.kind for s in suffixes if len(s.id) > 1}
    called = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    between = rf"(?:等)?(?:(?!的)[{HAN}]){{0,10}}?"
    pattern = re.compile(
        rf'{_SET_UP}[{HAN}]{{0,4}}["“](?P<name>[{HAN}A-Za-z0-9·+]{{2,14}})["”]{between}(?P<kind>{called})'
    )
    for match in pattern.finditer(passage.text):
        yield Clause(passage, *match.span("name")), kinds[match["kind"]]


def _unquoted(passage: Passage, suffixes: Sequence[Suffix]) -> Iterator[tuple[Clause, str]]:
    """`做优政企协商会`, `推进民生议事堂、协商驿站建设`, `开展委员大走访活动`."""
    kinds = {s.id: s.kind for s in suffixes if s.kind == "平台" and len(s.id) > 1 and not s.id.endswith("平台")}
    called = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    listed = re.compile(rf"{_SET_UP}(?P<list>(?:[{HAN}]{{2,4}}(?:{called})、?)+)")
    one = re.compile(rf"(?P<name>[{HAN}]{{2,4}}?(?P<kind>{called}))(?:、|$)")
    for match in listed.finditer(passage.text):
        for name in one.finditer(match["list"]):
            begin = match.start("list")
            yield Clause(passage, begin + name.start("name"), begin + name.end("name")), kinds[name["kind"]]
    for match in _CAMPAIGN.finditer(passage.text):
        yield Clause(passage, *match.span("name")), "活动"
