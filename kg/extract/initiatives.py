"""Initiatives: the campaigns, platforms, brands and mechanisms that a committee names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns made of the lexicon's words, and the words that they are read by."""

    quoted: tuple[re.Pattern[str], ...]
    several: re.Pattern[str]
    listed: re.Pattern[str]
    one: re.Pattern[str]
    kinds: dict[str, str]
    known: frozenset[str]
    """Names of policies and of other people's platforms."""
    general: frozenset[str]
    """The forms in which committees consult and meet: no initiatives in themselves."""
    of_form: re.Pattern[str]


@lru_cache(maxsize=4)
def _forms(suffixes: tuple[Suffix, ...], terms: tuple[Term, ...]) -> _Forms:
    kinds = {s.id: s.kind for s in suffixes if len(s.id) > 1}
    platforms = either(s for s, kind in kinds.items() if kind == "平台" and not s.endswith("平台"))
    general = frozenset(word for term in terms for word in (term.id, *term.aliases))
    called, name = either(kinds), rf"[{HAN}A-Za-z0-9·+]"
    set_up = rf"(?P<verb>{_SET_UP})[{HAN}]{{0,4}}"
    quoted = rf'["“]{name}{{2,14}}["”]'
    return _Forms(
        (
            re.compile(
                rf'{set_up}["“](?P<name>{name}{{2,14}})["”](?P<between>(?:等)?(?:(?!的)[{HAN}]){{0,10}}?)(?P<kind>{called})'
            ),
            # A name that the kind follows at once needs no verb before it: `以"某某年"活动为载体`.
            re.compile(
                rf'(?P<verb>)["“](?P<name>{name}{{2,14}})["”](?P<between>(?:[{HAN}]{{2}})?)'
                r"(?P<kind>活动|制度|机制|品牌|平台)(?!化)"
            ),
            # Nor does one that ends as its kind does: `办好"某某论坛"`.
            re.compile(rf'{set_up}["“](?P<name>{name}{{2,10}}(?P<between>)(?P<kind>论坛|讲堂|课堂|沙龙|{called}))["”]'),
        ),
        re.compile(
            rf"{_SET_UP}[{HAN}]{{0,4}}(?P<list>{quoted}(?:[、和与及]?{quoted})+)等?[{HAN}]{{0,4}}?(?P<kind>{called})"
        ),
        re.compile(rf"(?P<verb>{_SET_UP})(?P<list>(?:[{HAN}]{{2,4}}(?:{platforms})、?)+)"),
        re.compile(rf"(?P<name>[{HAN}]{{2,4}}?(?P<kind>{platforms}))(?:、|$)"),
        kinds,
        frozenset(decoy for s in suffixes for decoy in s.decoys),
        general,
        re.compile(either(general)),
    )


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """What is quoted and called a brand or a platform (`打造"某某"党建品牌`), and what ends as platforms do."""
    lexicon = background.lexicon
    forms = _forms(lexicon.initiative_suffixes, (*lexicon.consultation_forms, *lexicon.meeting_kinds))
    kinds: dict[str, str] = {}
    for block in article.blocks:
        if block.kind in {"paragraph", "item"}:
            for clause, said in (*_quoted(block.passage, forms), *_unquoted(block.passage, forms)):
                evidence = around(clause.passage, clause.start, clause.end)
                initiative = clause.mention("Initiative")
                yield initiative
                value = Concept("initiativeKind", kinds.setdefault(clause.text, said))  # as it is first called
                yield evidence.fact(initiative, "zx:initiativeKind", value, "initiative.form")
                yield from background.index(initiative, clause.text, evidence)
                if article.committee:
                    committee = Mention("Organization", article.committee, initiative.span, "")
                    yield evidence.fact(initiative, "zx:committee", committee, "initiative.form")


def _quoted(passage: Passage, forms: _Forms) -> Iterator[tuple[Clause, str]]:
    for match in (m for form in forms.quoted for m in form.finditer(passage.text)):
        founded = _FOUNDED.match(match["verb"])
        # 召开"某某"专题协商会: the topic of one meeting
        of_form = forms.of_form.search(match["between"] + match["kind"])
        if not (of_form and not founded) and match["name"] + match["kind"] not in forms.known:
            yield Clause(passage, *match.span("name")), forms.kinds.get(match["kind"], "平台")
    # Names side by side with one kind behind the last: `开展"某某""某某"等活动`.
    for match in forms.several.finditer(passage.text):
        for each in re.finditer(r'["“]([^"“”]+)["”]', match["list"]):
            start, end = (match.start("list") + at for at in each.span(1))
            yield Clause(passage, start, end), forms.kinds[match["kind"]]


def _unquoted(passage: Passage, forms: _Forms) -> Iterator[tuple[Clause, str]]:
    """`做优政企协商会`, `推进民生议事堂、协商驿站建设`, `开展委员大走访活动`.

    A form of consultation (`召开专题协商会`) is an initiative only where the committee sets it up: `探索民生协商会`.
    """
    for match in forms.listed.finditer(passage.text):
        for name in forms.one.finditer(match["list"]):
            only_held = name["name"] in forms.general and not _FOUNDED.match(match["verb"])
            if not re.match(_SET_UP, name["name"]) and not only_held:
                start, end = (match.start("list") + at for at in name.span("name"))
                yield Clause(passage, start, end), forms.kinds[name["kind"]]
    for match in _CAMPAIGN.finditer(passage.text):
        yield Clause(passage, *match.span("name")), "活动"
