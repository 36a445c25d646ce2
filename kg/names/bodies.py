"""Names of bodies: organs that all know, those of a level or a party, media, and those that end as bodies do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import NATION, Name
from kg.names import media
from kg.names.endings import Endings
from kg.names.extents import Extents
from kg.names.levels import Levels
from kg.names.organs import Organs
from kg.tagger import Tag
from kg.wordlist import either
from kg.words import Words

_PLACES = {"LOC", "ns"}
_PARTY_UNITS = (
    *("支部", "支社", "总支", "支部委员会", "总支委员会", "基层委员会", "小组", "委员会", "工委"),
    *(level + committee for level in "省市区县州" for committee in ("委", "委会")),
)
_HEAD = re.compile(rf"(?P<head>[{HAN}]*?政协)[{HAN}]+委(?:员会)?")
_DIVISION = re.compile(rf"(?P<head>[{HAN}]{{0,9}}?(?:自治区|[省市区县州旗]))(?!委)[{HAN}]+")
_AND = r"(?:《[^》]*》)?(?:[、和及与]|、?以及)"
_COMMITTEE = rf"(?:(?!政协)[{HAN}](?!和?全国|委员会)){{1,9}}?[{HAN}]委员会(?![{HAN}]?员|第)"
_ITEM = rf"[{HAN}A-Za-z（）()·]{{2,16}}"
_LISTED = re.compile(rf"(?:{_ITEM}、)+{_ITEM}等[{HAN}\d]{{0,8}}?(?:企业|公司|高校|院校|媒体)")
_CELL = re.compile(
    rf"(?P<head>[{HAN}）)]+?)(?P<unit>党委|党组|党支部|党总支|纪委)(?=[副原]?书记|成员|委员|第一书记|常委|理论学习|会议)"
)
_HAVE_CELLS = ("区", "县", "市", "省", "旗", "州", "盟", "镇", "乡", "街道", "社区", "村", "兵团", "师")
"""How those end whose party cell is a body of its own: divisions and settlements."""
_UNIT = re.compile(
    r"(?:公司|集团|银行|证券|厂|学院|大学|医院|协会)"
    rf"(?P<unit>[{HAN}]{{0,9}}(?:党委|党组|党支部|党总支|纪委|团委|董事会|董事局|监事会|理事会|部|处|科|室|办|车间))$"
)
"""A unit of a company or a school: a post in it is a post of the whole."""
_SHARING = {"政府", "司法", "群团"}
"""Kinds of bodies that are enumerated without their division: `市发改委、财政局`."""
_OFFICES = {"部", "处", "科", "室", "办"}
"""Weak endings of what is a unit, where its head's post or a firm's stands behind: `某局电力科|科长`."""
_HEAD_OF_OFFICE = re.compile("[副正]?(?:科长|科员|处长|室主任|主任|主管|干部|干事|干警|职员)")
_OF_MANY = re.compile("^[全各]|政协|人大|政府|代表|[党界委]")
"""What the tagger may take for a body beside a post, and is a level's or many bodies'."""
_NAME = re.compile(rf"[{HAN}A-Za-z0-9·•（）()—－–-]{{3,}}")
_QUOTES = {"“”", '""'}
_SHOWN_IN_QUOTES = {"企业", "学校", "医院", "文化", "科研", "群团", "政府", "媒体"}
"""Kinds of bodies whose names may stand in quotation marks; a group or a platform there is a brand."""


class BodyForms:
    """The forms of names of bodies."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.forms = {word for term in lexicon.consultation_forms for word in (term.id, *term.aliases)}
        self.levels = Levels(lexicon, words)
        self.organs = Organs(lexicon, words)
        self.endings = Endings(lexicon, words)
        self.extents = Extents(lexicon, words)
        parties = either(word for row in lexicon.parties for word in (row.name, row.short, *row.aliases))
        units = either(_PARTY_UNITS)
        committees = either(s.id for s in lexicon.body_suffixes if s.kind == "政协" and s.id.endswith(("委", "委员会")))
        offices = either(s.id for s in lexicon.body_suffixes if s.kind in _SHARING and len(s.id) > 2)
        self.committee = re.compile(rf"{_AND}(?P<unit>(?:{committees})(?!员)|{_COMMITTEE})")
        self.department = re.compile(rf"{_AND}(?P<unit>{offices})(?=[、，。；和及等与共联会主办参有负]|$)")
        self.party_body = re.compile(rf"(?:{parties})(?:中央(?!委员)|(?:(?!界|委员)[{HAN}]){{0,8}}?(?:{units}))")

    def find(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """The bodies that a text names; of those that overlap the caller keeps the longest."""
        organs = list(self.organs.find(text, tags))
        levels = [n for n in self.levels.find(text, tags, home) if n.text not in self.organs]
        parties = [Name.at("Organization", text, *m.span()) for m in self.party_body.finditer(text)]
        known = [*organs, *(n for n in levels if n.text.endswith("委员会"))]
        ended = [*self._ended(text, tags, home), *self._holding_posts(text, tags, home)]
        names = [*organs, *levels, *parties, *media.find(text), *(n for n in ended if not _swallows(n, known, tags))]
        return [*names, *self._of_shared_heads(text, names), *self._listed(text, names)]

    def _ended(self, text: str, tags: Sequence[Tag], home: str) -> Iterator[Name]:
        """What ends as bodies do and has a proper part before the ending."""
        for word, ending, end, suffix in self.endings.find(text, tags):
            start = self.extents.start(text, tags[: word + 1], ending, end, suffix)
            if start is None or _is_brand(text, start, end, suffix.kind) or _is_unit(text, start, end):
                continue
            office = suffix.id in _OFFICES and (
                _HEAD_OF_OFFICE.match(text, end) or self.endings.firm_post_at(text, end)
            )
            if not office and text[start:end] not in self.forms:
                yield from _named(text, start, end, home)

    def _holding_posts(self, text: str, tags: Sequence[Tag], home: str) -> Iterator[Name]:
        """What the tagger takes for a body and has a firm's post right behind it, without an ending: `某某|总经理`."""
        for tag in tags:
            if tag.kind != "ORG" or not self.endings.firm_post_at(text, tag.end):
                continue
            start = self.extents.trimmed(text, tag.start, tag.end)
            unit = _UNIT.search(text, start, tag.end)
            end = unit.start("unit") if unit else self.extents.without_unit(text, start, tag.end)
            name = text[start:end]
            if not self.words.common(name) and not _OF_MANY.search(name):
                yield from _named(text, start, end, home)

    def _of_shared_heads(self, text: str, names: Sequence[Name]) -> Iterator[Name]:
        """What follows a body in an enumeration and shares its head: `某政协提案委、|经济委`, `某市发改委、|财政局`."""
        for name in names:
            for head, unit in ((_HEAD, self.committee), (_DIVISION, self.department)):
                whole = head.fullmatch(name.full)
                end = name.end
                while whole and (further := unit.match(text, end)):
                    end = further.end()
                    yield Name("Organization", *further.span("unit"), further["unit"], whole["head"] + further["unit"])

    def _listed(self, text: str, names: Sequence[Name]) -> Iterator[Name]:
        """The items of an enumeration of companies or schools of which one is known to be one (`甲公司、乙等企业`)."""
        ends = {n.end for n in names}
        for match in _LISTED.finditer(text) if "等" in text else ():
            items = [(match.start() + m.start(), match.start() + m.end()) for m in _items(match.group())]
            if any(text[at : at + 1] == "、" and at in ends for at in range(*match.span())):
                yield from (
                    Name.at("Organization", text, start, end)
                    for start, end in items
                    if not self.words.known(text[start:end]) and not self.extents.holds_a_post(text[start:end])
                )


def _items(listed: str) -> Iterator[re.Match[str]]:
    """The items of an enumeration but the first, before which other words may stand."""
    return re.finditer("(?<=、)[^、]{3,}?(?=、|等)", listed)


def _named(text: str, start: int, end: int, home: str) -> Iterator[Name]:
    """A body under its full name: of a level, under its division's where that is the text's home (`市教育局`)."""
    name = text[start:end]
    if _NAME.fullmatch(name):
        party = "中共" if name[1] == "委" else ""
        full = party + home[:-1] + name if home != NATION and name.startswith(home[-1]) else name
        yield Name("Organization", start, end, name, full)


def _is_brand(text: str, start: int, end: int, kind: str) -> bool:
    """Whether the name fills a pair of quotation marks and is not of a kind that stands there."""
    around = text[start - 1 : start] + text[end : end + 1]
    return (around in _QUOTES and kind not in _SHOWN_IN_QUOTES) or (around == "《》" and kind != "媒体")


def _is_unit(text: str, start: int, end: int) -> bool:
    """Whether the name runs on into a unit whose posts are the whole's: `某公司|财务部`, `某局|党组|书记`."""
    cell = _CELL.match(text, start)
    is_cell = cell is not None and cell.end() == end and not cell["head"].endswith(_HAVE_CELLS)
    return is_cell or _UNIT.search(text, start, end) is not None


def _swallows(name: Name, known: Sequence[Name], tags: Sequence[Tag]) -> bool:
    """Whether a name is an organ's, or took in what stands before one (`某某|全国政协`), or several organs at once."""
    inside = [k for k in known if name.start <= k.start and k.end <= name.end]
    if any(name.start < k.start < name.end < k.end for k in known):
        return True  # `某某部|国务院` of two organs in a row
    last = next((k for k in inside if k.end == name.end), None)
    if last is not None:
        return not any(t.kind in _PLACES and t.start == name.start and t.end == last.start for t in tags)
    return len(inside) > 1
