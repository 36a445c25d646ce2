"""Where a text is at home: the division whose bodies it calls by their level alone (`区政协`), and its code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.clean import HAN
from kg.gazetteer import Gazetteer
from kg.model import NATION
from kg.names.media import dateline
from kg.tagger import Tag
from kg.words import Words

_PLACE_TAGS = {"LOC", "ns"}
_BEGINS_A_BODY = _PLACE_TAGS | {"ORG", "nt"}
_NEVER_IN_A_NAME = {"v", "p", "c", "d", "u", "r", "m", "w"}
"""Kinds of words that no division's name holds: `还就|市政协`, `开好|市政协`, `10余位|区政协委员`."""
LEVELS = "省市区县旗州盟"
_LEVEL = f"自治区|[{LEVELS}]"
_SHORT_OF_LEVEL = re.compile(
    rf"(?:(?<![{HAN}])(?<![{LEVELS}]、)|(?<=[在经由对于向从度据是了到]))(?P<whose>{_LEVEL})(?:政协|党?委(?!员)|(?:人民)?政府|人大)"
    rf"|[我全](?P<all>[{LEVELS}])"
)
_BODY_BEGINS = re.compile(
    rf"[{LEVELS}](?=政协|委(?!员)|人民|政府|人大|支部|总支|工委|工商联|总工会|妇联)|(?<!会同)[{LEVELS}](?=[{HAN}]{{2,6}}局)"
)
_NO_DIVISION = re.compile(
    r"[全我本各该共]|年|.{0,2}(?:民[革盟建进]|农工|致公|九三|中共)|.*[经在届次度与和的由从昨不按是被把向了全我]"
    r"|自治[区州县旗]$"
    r"|(?:高新|经开|经济开发|开发|新)区$"
    r"|.*(?:社|地|小|园|辖|片|示范|样板|先行|城|校|景)区$"
)
"""What no division's name begins with or holds, and the areas that are none: a party before it, 小区, 园区."""
_NAMED_AGAIN = 3
"""How often a division that no list has must be named, or its bodies by their level, where no body bears its name."""
_TERM = r"第?[一二三四五六七八九十\d]+届"
_IN_FULL = re.compile(
    rf"(?:中国人民政治协商会议|政协)(?:{_TERM}(?P<a>[{HAN}]{{2,12}}?)|(?P<b>[{HAN}]{{2,12}}?){_TERM})委员会"
    rf"|政协(?P<c>[{HAN}]{{1,7}}?[{LEVELS}])(?:{_TERM}[^委，。]{{0,12}}会议|委员会)"
)
"""A committee in full: `政协第三届某区委员会`, `中国人民政治协商会议某区第三届委员会`, `政协某区三届四次会议`."""
_SHORT_BODY = re.compile("政协|广播电视台|融媒体中心")
_LAST_DIVISION = re.compile(rf"(?:^|[{LEVELS}])(?P<last>[^{LEVELS}]+(?:自治)?[{LEVELS}])$")
_LONGEST_UNLISTED = 5
"""Characters of a division's name that no list has, its level among them."""
_AUTONOMOUS = re.compile("族自治[州县旗]$")
_OF_NATION = re.compile("全国政协|全国人大|党?中央(?!委员)|国务院(?!特殊|政府|津贴)|国家监委")
_LEADER = re.compile("总书记|国家主席|党中央")
_OF_MEDIUM = re.compile("(?:在线|日报|晚报|晨报|新闻网|网|报)$")


class HomeForms:
    """How texts show where they are at home."""

    def __init__(self, words: Words, gazetteer: Gazetteer) -> None:
        self.words, self.gazetteer = words, gazetteer

    def find(self, texts: Sequence[str], tagged: Sequence[Sequence[Tag]]) -> str:
        """The home division of a text, by its passages and their words; `cn` where it is the nation's or in doubt.

        The level is the one that most short forms have (`区政协`, `全区`), the name the most named division of that
        level; where only short names stand (`临湖`), the gazetteer's. A text that speaks more of the nation's bodies is
        the nation's. Where there is no short form, the one division whose 政协 the text names is its home, unless it
        names it once among national matters.
        """
        levels = Counter(m["whose"] or m["all"] for text in texts for m in _SHORT_OF_LEVEL.finditer(text))
        begun = {n for text, tags in zip(texts, tagged, strict=True) for n in self._beginning_a_body(text, tags)}
        begun |= {name for text in texts for name in _in_full(text)}
        if not levels:
            return self._only_one(texts, begun)
        places = {text[t.start : t.end] for text, tags in zip(texts, tagged, strict=True) for t in tags if _is_place(t)}
        told = {n for text, tags in zip(texts, tagged, strict=True) for n in self._before_bodies(text, tags)}
        fitting = self._fitting(texts, levels, begun, told, places) or self._by_short_names(texts, levels, places)
        home = _foremost({name: (levels[_level(name)], name in begun, n) for name, n in fitting.items()})
        national = sum(len(_OF_NATION.findall(text)) for text in texts)
        local = levels.total() + sum(text.count(home + body) for text in texts for body in ("政协", "委", "政府", "人"))
        return home if home and local >= national else NATION

    def code(self, home: str, texts: Iterable[str]) -> str:
        """The national code of a home; where several have its name, of the one whose city or province precedes it."""
        codes = self.gazetteer.named(home)
        if len(codes) > 1:
            whole = "".join(texts)
            codes = tuple(code for code in codes if any(f"{name}{home}" in whole for name in self._above(code)))
        return codes[0] if len(codes) == 1 else ""

    def _above(self, code: str) -> Iterator[str]:
        """The names, full and short, of the divisions that one lies in."""
        for above in self.gazetteer.chain(code)[1:]:
            name = self.gazetteer.name(above)
            yield from (name, name.removesuffix(name[-1]))

    def _only_one(self, texts: Sequence[str], begun: set[str]) -> str:
        last = [name for name in begun if not any(name != other and name.endswith(other) for other in begun)]
        if len(last) != 1:
            return NATION
        (home,) = last
        named = sum(text.count(f"{home}政协") for text in texts)
        national = any(_OF_NATION.search(text) or _LEADER.search(text) for text in texts)
        in_title = home in texts[0] and not _OF_NATION.search(texts[0])
        return home if not national or in_title or named > 1 else NATION

    def _fitting(
        self, texts: Sequence[str], levels: Counter[str], begun: set[str], told: set[str], places: set[str]
    ) -> dict[str, int]:
        """The divisions of those levels that the text names in full, and how much speaks for each."""
        datelines = _datelines(texts)
        named = {
            name: sum(text.count(name) for text in texts)
            + 3 * (self._is_division(name) + (name[:-1] in datelines))
            + (name in places)
            for name in told | begun | places
            if levels[_level(name)] and len(name) > 2 and (self._is_division(name) or not _NO_DIVISION.match(name))
        }
        title = texts[0] if len(texts) > 1 else ""
        sure = {n for n in named if n in told or n in title or max(named[n], levels[_level(n)]) >= _NAMED_AGAIN}
        fit = {name: n for name, n in named.items() if name in begun or self._may_be_division(name, n)}
        return {name: n for name, n in fit.items() if name in begun or name in sure}

    def _by_short_names(self, texts: Sequence[str], levels: Counter[str], places: set[str]) -> dict[str, int]:
        """The division of those levels that a text only calls by a short name, more often than all others together."""
        times: Counter[str] = Counter()
        datelines = _datelines(texts)
        named = Counter(short for text in texts for short in self._of_known_bodies(text))
        for short in places | datelines | set(named):
            full = self.gazetteer.short_forms.get(short, short)
            if full != short and levels[_level(full)] and len(self.gazetteer.named(full)) == 1:
                times[full] += sum(text.count(short) for text in texts) + (short in datelines) + named[short]
        return {name: n for name, n in times.items() if n > 1 and 2 * n > times.total()}

    def _may_be_division(self, name: str, times: int) -> bool:
        """Whether a name that no list has may be a division's: no everyday word, unless it is named again and again."""
        stem = name[:-1]
        ends_in_word = len(stem) > 2 and self.words.common(stem[-2:])
        return self._is_division(name) or times > 2 or not (self.words.common(stem) or ends_in_word)

    def _innermost(self, name: str) -> str:
        """A division without the one that it lies in and that stands before it: `福建|泉州市`."""
        inner = (name[n:] for n in (2, 3) if self._is_division(name[:n]) and self._is_division(name[n:]))
        return next(inner, name)

    def _is_division(self, name: str) -> bool:
        return bool(self.gazetteer.named(name))

    def _beginning_a_body(self, text: str, tags: Iterable[Tag]) -> Iterator[str]:
        """The division at the head of what the tagger takes for one name: `山南区` in 山南区政协."""
        levels = [m.start() for m in re.finditer(f"[{LEVELS}](?=政协)", text)]
        for tag in tags:
            if tag.kind in _BEGINS_A_BODY:
                names = [text[tag.start : at + 1] for at in levels if at - tag.start >= 2 and at < tag.end]
                for name in names:
                    short = len(name) <= _LONGEST_UNLISTED or _AUTONOMOUS.search(name) or self._is_division(name)
                    if short and re.fullmatch(f"[{HAN}]+", name) and not _NO_DIVISION.match(name):
                        yield self._innermost(name)

    def _before_bodies(self, text: str, tags: Iterable[Tag]) -> Iterator[str]:
        """What may be a division's name before a body, two to four characters and the level: 中共`山南县`委."""
        other = {at for t in tags if t.kind in _NEVER_IN_A_NAME for at in range(t.start, t.end)}
        for match in _BODY_BEGINS.finditer(text):
            for length in (2, 3, 4):
                start = match.start() - length
                name = text[max(0, start) : match.end()]
                if len(name) != length + 1 or not re.fullmatch(f"[{HAN}]+", name) or self.words.crosses(text, start):
                    continue
                if self._is_division(name) or other.isdisjoint(range(start, match.start())):
                    yield self._innermost(name)

    def _of_known_bodies(self, text: str) -> Iterator[str]:
        """The short names that bodies go by: `临湖政协`; a county's stations too, as a city's report on all of it."""
        for match in _SHORT_BODY.finditer(text):
            for length in (2, 3):
                short = text[max(0, match.start() - length) : match.start()]
                codes = self.gazetteer.named(self.gazetteer.short_forms.get(short, ""))
                if codes and (match[0] == "政协" or not codes[0].endswith("00")):
                    yield short


def _in_full(text: str) -> Iterator[str]:
    """The divisions whose committees a text names in full."""
    for match in _IN_FULL.finditer(text):
        last = _LAST_DIVISION.search(match["a"] or match["b"] or match["c"])
        if last:
            yield last["last"]


def _datelines(texts: Sequence[str]) -> set[str]:
    """Where a news item says that it comes from, at its head: `某某网临湖5月1日电`, `临湖在线讯`."""
    found: set[str] = set()
    for text in texts[:3]:
        medium, (start, end) = dateline(text)
        found |= {text[max(0, start) : max(0, end)], _OF_MEDIUM.sub("", medium)} - {""}
    return found


def _foremost(fitting: Mapping[str, tuple[int, bool, int]]) -> str:
    """The division for which most speaks; none where as much speaks for another of another name."""
    first, *others = sorted(fitting, key=lambda name: (fitting[name], len(name), name), reverse=True) or [""]
    rivals = (name for name in others if fitting[name] == fitting[first])
    return "" if any(not first.endswith(name) for name in rivals) else first


def _is_place(tag: Tag) -> bool:
    return tag.kind in _PLACE_TAGS


def _level(name: str) -> str:
    return "自治区" if name.endswith("自治区") else name[-1]


def committee_of(home: str, texts: Sequence[str], bodies: Sequence[str]) -> str | None:
    """The committee whose work a text tells: its home division's where it is named, else the most named one.

    One that is named in passing among the nation's matters is none.
    """
    own = f"{home}政协"
    if own in bodies or (home != NATION and any(own in text or home in _in_full(text) for text in texts)):
        return own
    named = Counter(b for b in bodies if b.endswith("政协") and len(b) > 2)
    most = max(sorted(named), key=lambda b: named[b], default=None)
    if most is None or named[most] > 1 or most in texts[0]:
        return most
    passing = most != "全国政协" and any(_OF_NATION.search(text) for text in texts)
    return None if passing else most
