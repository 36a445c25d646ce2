"""Initiatives: the campaigns, platforms, brands and mechanisms that a committee names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.clean import HAN
from kg.lexicon import Suffix, Term
from kg.model import Article, Concept, Fact, Mention, Passage
from kg.names import Names
from kg.sentences import Clause, around
from kg.wordlist import either

_SET_UP = (
    "(?:开展|打造|深化|落实|建设|建立|升级|推进|推出|实施|创建|搭建|培育"
    "|做优|做实|做强|探索|建好|办好|健全|举办|召开|用好|推广|拓展|擦亮)"
)
_FOUNDED = re.compile("建好|办好|健全|做优|做实|做强|探索|打造|深化|建立|升级|推出|创建|搭建|培育|用好|擦亮")
_CAMPAIGN = re.compile(
    rf"{_SET_UP}(?P<name>[{HAN}]{{2,6}}?(?:走访|家访|行动|年|月)(?=活动)"
    rf"|(?:委员|界别|政协|协商)[{HAN}]{{2,4}}?行动(?=[,，。;；、]))"
)


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """What is quoted and called a brand or a platform (`打造"某某"党建品牌`), and what ends as platforms do."""
    suffixes, forms = background.lexicon.initiative_suffixes, _forms(background)
    for block in article.blocks:
        if block.kind in {"paragraph", "item"}:
            for clause, kind in (*_quoted(block.passage, suffixes, forms), *_unquoted(block.passage, suffixes, forms)):
                evidence = around(clause.passage, clause.start, clause.end)
                initiative = clause.mention("Initiative")
                yield initiative
                value = Concept("initiativeKind", kind)
                yield evidence.fact(initiative, "zx:initiativeKind", value, "initiative.form")
                if article.committee:
                    committee = Mention("Organization", article.committee, initiative.span, "")
                    yield evidence.fact(initiative, "zx:committee", committee, "initiative.form")


def _forms(background: Background) -> list[Term]:
    """The forms in which committees consult and meet: no initiatives in themselves."""
    return [*background.lexicon.consultation_forms, *background.lexicon.meeting_kinds]


def _quoted(passage: Passage, suffixes: Sequence[Suffix], forms: Sequence[Term]) -> Iterator[tuple[Clause, str]]:
    kinds = {s.id: s.kind for s in suffixes if len(s.id) > 1}
    known = {decoy for s in suffixes for decoy in s.decoys}
    general = re.compile(either(word for term in forms for word in (term.id, *term.aliases)))
    called = either(kinds)
    between = rf"(?:等)?(?:(?!的)[{HAN}]){{0,10}}?"
    set_up = rf"(?P<verb>{_SET_UP})[{HAN}]{{0,4}}"
    pattern = re.compile(
        rf'{set_up}["“](?P<name>[{HAN}A-Za-z0-9·+]{{2,14}})["”](?P<between>{between})(?P<kind>{called})'
    )
    # A name that the kind follows at once needs no verb before it: `以"某某年"活动为载体`.
    near = re.compile(
        rf'(?P<verb>)["“](?P<name>[{HAN}A-Za-z0-9·+]{{2,14}})["”](?P<between>(?:[{HAN}]{{2}})?)(?P<kind>活动|制度|机制|品牌|平台)(?!化)'
    )
    # Nor does one that ends as its kind does: `办好"某某论坛"`.
    own = re.compile(
        rf'{set_up}["“](?P<name>[{HAN}A-Za-z0-9·+]{{2,10}}(?P<between>)(?P<kind>论坛|讲堂|课堂|沙龙|{called}))["”]'
    )
    for match in (*pattern.finditer(passage.text), *near.finditer(passage.text), *own.finditer(passage.text)):
        founded = _FOUNDED.match(match["verb"])
        of_form = general.search(match["between"] + match["kind"])  # 召开"某某"专题协商会: the topic of one meeting
        if not (of_form and not founded) and match["name"] + match["kind"] not in known:
            yield Clause(passage, *match.span("name")), kinds.get(match["kind"], "平台")
    yield from _several(passage, kinds)


def _several(passage: Passage, kinds: dict[str, str]) -> Iterator[tuple[Clause, str]]:
    """Names side by side with one kind behind the last: `开展"某某""某某"等活动`."""
    name = rf'["“][{HAN}A-Za-z0-9·+]{{2,14}}["”]'
    row = re.compile(
        rf"{_SET_UP}[{HAN}]{{0,4}}(?P<list>{name}(?:[、和与及]?{name})+)等?[{HAN}]{{0,4}}?(?P<kind>{either(kinds)})"
    )
    for match in row.finditer(passage.text):
        for each in re.finditer(name, match["list"]):
            begin = match.start("list")
            yield Clause(passage, begin + each.start() + 1, begin + each.end() - 1), kinds[match["kind"]]


def _unquoted(passage: Passage, suffixes: Sequence[Suffix], forms: Sequence[Term]) -> Iterator[tuple[Clause, str]]:
    """`做优政企协商会`, `推进民生议事堂、协商驿站建设`, `开展委员大走访活动`.

    A form of consultation (`召开专题协商会`) is an initiative only where the committee sets it up: `探索民生协商会`.
    """
    kinds = {s.id: s.kind for s in suffixes if s.kind == "平台" and len(s.id) > 1 and not s.id.endswith("平台")}
    called = either(kinds)
    general = {word for term in forms for word in (term.id, *term.aliases)}
    listed = re.compile(rf"(?P<verb>{_SET_UP})(?P<list>(?:[{HAN}]{{2,4}}(?:{called})、?)+)")
    one = re.compile(rf"(?P<name>[{HAN}]{{2,4}}?(?P<kind>{called}))(?:、|$)")
    for match in listed.finditer(passage.text):
        for name in one.finditer(match["list"]):
            held = re.match(_SET_UP, name["name"]) or (name["name"] in general and not _FOUNDED.match(match["verb"]))
            if not held:
                begin = match.start("list")
                yield Clause(passage, begin + name.start("name"), begin + name.end("name")), kinds[name["kind"]]
    for match in _CAMPAIGN.finditer(passage.text):
        yield Clause(passage, *match.span("name")), "活动"
