"""Parties and people's organisations that take part, and who is said to be of a democratic party."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.clean import HAN
from kg.lexicon import Lexicon, Party
from kg.model import NATION, Article, Fact, Mention, Passage
from kg.names import Names
from kg.sectors import Scheme, scheme_of
from kg.sentences import Clause, around
from kg.tagger import Tag

_OF_A_PARTY = re.compile(r"[党盟会社]员|全[党盟会社]|成员|组织|机关|各级|界")
"""The nouns that may stand right behind a party's short name."""
_ROW = r"[、，,和与及\s]+"
_WITH_PARTIES = re.compile(
    rf"(?:民主党派(?:中央)?{_ROW}|主席[{HAN}·]{{2,5}}{_ROW})(?P<nation>全国)?(?P<body>[{HAN}]{{2,3}})"
)
_MEMBER = re.compile(r"(?:党员|盟员|会员|社员|成员)")
_SPEAKS_FOR = re.compile(r"(?:委员|常委)?代表")
_OWN = re.compile(r"中央|[省市区县旗州]委")
_COMMAS = frozenset("，,；;。（）()")
_NATIONAL = "全国"


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """What running text names as taking part, and whose members people are said to be."""
    scheme = scheme_of(background.lexicon.sector_types)
    for block in article.blocks:
        for cell in block.cells if block.kind != "row" else ():
            seats = [(start, end) for start, end, _ in scheme.rows(cell.text)] if "界" in cell.text else []
            yield from _organisations(cell, seats, article, scheme, background.lexicon)
            for party, named in _named(cell, background.lexicon.parties):
                if _is_party(named, seats, names):
                    yield named.mention("Organization", party.name)
                for person in _members(named, names):
                    mention = Clause(cell, person.start, person.end).mention("Person", person.text)
                    evidence = around(cell, min(named.start, person.start), max(named.end, person.end))
                    yield named.mention("Organization", party.name)
                    yield evidence.fact(mention, "zx:party", named.mention("Organization", party.name), "party.member")


def _named(passage: Passage, parties: Sequence[Party]) -> Iterator[tuple[Party, Clause]]:
    """Where a passage has a party's full or short name, also inside a longer name."""
    for party in parties:
        for match in re.finditer(f"{party.name}|{party.short}", passage.text):
            yield party, Clause(passage, *match.span())


def _is_party(named: Clause, seats: Sequence[tuple[int, int]], names: Names) -> bool:
    """Whether a party's name stands for the party, and not in the name of a body, of a seat or of something else."""
    held = [*seats, *((n.start, n.end) for n in names.of(named.passage, "Organization"))]
    whole = len(named.text) > 2 or _is_word(named, names.words(named.passage))
    return whole and not any(start <= named.start < end for start, end in held)


def _is_word(named: Clause, words: Sequence[Tag]) -> bool:
    """Whether two characters are a word of their own: no part of one, nor the head of a noun (`推进|民建|设施`)."""
    behind = next((word for word in words if word.start == named.end), None)
    noun = behind is not None and behind.kind in {"n", "vn"} and not _OF_A_PARTY.match(named.passage.text, named.end)
    return any(word.start == named.start for word in words) and not noun


def _members(named: Clause, names: Names) -> Iterator[Clause]:
    """Whom the words behind a party's name make its member: `某某，…，民盟盟员`, `某某代表民盟中央`."""
    passage, text = named.passage, named.passage.text
    people = [Clause(passage, n.start, n.end) for n in names.of(passage, "Person")]
    before = [person for person in people if person.end <= named.start]
    if match := _MEMBER.match(text, named.end):
        yield from _told(before, named, match.end())
    elif _OWN.match(text, named.end):
        yield from (person for person in before[-1:] if _SPEAKS_FOR.fullmatch(text, person.end, named.start))


def _told(before: Sequence[Clause], named: Clause, end: int) -> list[Clause]:
    """Of whom a life says the membership between two commas: the only person whom its sentence names before."""
    text = named.passage.text
    apart = text[end : end + 1] in _COMMAS and text[max(0, named.start - 1) : named.start] in _COMMAS
    begin = around(named.passage, named.start, named.end).start
    own = [person for person in before if person.start >= begin]
    told = apart and text[end - 2 : end] != "成员" and len({person.text for person in own}) == 1
    return own[:1] if told else []


def _organisations(
    passage: Passage, seats: Sequence[tuple[int, int]], article: Article, scheme: Scheme, lexicon: Lexicon
) -> Iterator[Mention]:
    """People's organisations in a row with the parties: the nation's, or in a text of a place the place's own."""
    parties = {party.short for party in lexicon.parties}
    for match in _WITH_PARTIES.finditer(passage.text):
        start, end = match.span("body")
        word = match["body"]
        if word in scheme.organisations - parties and not any(a <= start < b for a, b in seats):
            own = (match["nation"] or (article.home if article.home != NATION else _NATIONAL)) + word
            yield Clause(passage, start, end).mention("Organization", _in_full(own, lexicon))


def _in_full(organisation: str, lexicon: Lexicon) -> str:
    """The full name of an organisation that all know by a short one."""
    return next((organ.id for organ in lexicon.organs if organisation in organ.aliases), organisation)
