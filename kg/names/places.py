"""Names of places: divisions, countries and landmarks that lists have, and what the tagger takes for a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.clean import HAN
from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import NATION, Name
from kg.names.media import dateline
from kg.tagger import Tag
from kg.wordlist import WordList, either
from kg.words import Words

_TAGS = {"LOC", "ns"}
_BODY_TAG = "ORG"
_PERSON_TAGS = {"PER", "nr"}
_PROPER_TAGS = _TAGS | _PERSON_TAGS | {_BODY_TAG, "nt", "nz", "nw"}
_NAME_PART_TAGS = _PROPER_TAGS | {"n", "vn", "an", "j", "b", "s", "f", "t"}
_GRADE = re.compile(r"(?:国家|省|市|区|县)级")
_SITE = "site"
_SMALL = {"街道", "社区"}
_LONGEST_DIVISION = 15
_LONGEST_SITE = 24
_BEFORE_A_SITE = re.compile(r"(?:、|考察|参观|走进|来到|前往|视察|位于|[到在至赴了])$")
"""Where one goes or is, or the next of several such places: a site's whole name begins here."""
_AREA_OF_PLACE = re.compile(r"(?:市区|城区|县城|境内|地区|一带|沿线|沿岸|周边|全境|[东南西北中]部|[东南西北]岸)$")
_TOWN = re.compile(r"(?:街道|镇|乡|苏木)$")
_SLOGAN = re.compile(rf'["“][{HAN}]{{4}}["”]')
"""Four characters between quotation marks: `“强工兴城”`."""
_TITLE = re.compile(r"《[^《》]*》?")
_NO_PLACE = re.compile(
    "[新旧]?中国|中华|.*共和国|合众国|贵国|国家(?:考古遗址|城市湿地|湿地|森林|地质|矿山)?公园|大礼堂|[双两三四五六七八九十各诸][省市区县镇乡村]"
)
"""The home country, which every text speaks of, what is no country's name, a sort of park, places by their number."""
_REPUBLIC = re.compile("(?:人民|民主|社会主义|联邦|联合|伊斯兰|阿拉伯|多民族)*共和国$")
_SAID_OF_PLACES = re.compile(r"[的这那我某各其该]|之")
"""What makes of a place's tag a phrase: `这片高原`."""
_BEFORE_A_SHORT_FORM = re.compile(r"(?:来自|[在到至赴])$")
_OF_TWO = re.compile("关系|友谊|友好|两国|双方|合作|建交|经贸|贸易|双边|战略")
"""What two countries have, each told by one character: `中沙|关系`."""
_VILLAGE_FIRST = re.compile(rf"(?P<village>[{HAN}]{{1,4}}?村)[{HAN}]+")
_ABBREVIATED = re.compile(r"[中美俄英法德日韩印越朝蒙泰加澳欧亚非苏港台沪京津冀粤闽浙苏皖滇黔川渝]{2,}")
"""Places told by one character each: 中美, 沪杭; none of them is the name of one."""


class PlaceForms:
    """The forms of names of places."""

    def __init__(self, lexicon: Lexicon, words: Words, gazetteer: Gazetteer) -> None:
        self.words = words
        self.divisions = {d.short: d.name for d in lexicon.divisions if d.short}
        self.divisions |= {d.name: d.name for d in lexicon.divisions}
        self.listed = {word: row.name for row in lexicon.countries for word in (row.name, *row.aliases)}
        self.landmarks = {word: row.id for row in lexicon.landmarks for word in (row.id, *row.aliases)}
        self.listed |= self.landmarks
        self.listed |= self.divisions
        self.gazetteer = gazetteer
        self.shorts = gazetteer.short_forms
        self.long = WordList(word for word in self.landmarks if len(word) > 2)
        self.suffixes = {s.id: s for s in lexicon.place_suffixes}
        self.ending = re.compile(f"(?:{either(self.suffixes)})$")
        sites = [s.id for s in lexicon.place_suffixes if s.kind == _SITE and len(s.id) > 1]
        self.site = re.compile(f"(?:{either(sites)})$")
        self.visited = re.compile(rf"(?:到|在|走进|位于|参观)(?P<stem>[{HAN}]{{2,4}}?)(?:{either(sites)})")
        """A site of a proper name where one goes or is: `到听雨书房看书`."""

    def find(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """Every place that the text speaks of, overlaps and all; not those in a title (《…》)."""
        names = [
            *self._tagged(text, tags, home),
            *self._landmarks(text, tags),
            *self._sites(text, tags),
            *self._visited(text),
            *self._reported_from(text),
        ]
        names += self._villages(text, names)
        others = [m.span() for form in (_TITLE, _SLOGAN) for m in form.finditer(text)]
        return [n for n in names if not any(a <= n.start and n.end <= b for a, b in others)]

    def _tagged(self, text: str, tags: Sequence[Tag], home: str) -> Iterator[Name]:
        """What the tagger takes for a place and that a list has or that ends as places do."""
        last = None
        for start, end in self._place_spans(text, tags):
            for a, b in self._apart(text, start, end):
                place = self._place(text, a, b, home, beside=last is not None and a - last in {0, 1})
                if place:
                    yield place
                    last = place.end

    def _place_spans(self, text: str, tags: Sequence[Tag]) -> Iterable[tuple[int, int]]:
        for i, tag in enumerate(tags):
            if tag.kind == _BODY_TAG:
                yield from self._places_of_body(text, tag)
            if tag.kind not in _TAGS:
                continue
            yield tag.start, tag.end
            end, j = tag.end, i + 1
            while j < len(tags) and tags[j].start == end and self._continues(text, tag, tags[j]):
                end = tags[j].end
                j += 1
            if end != tag.end:
                yield tag.start, end

    def _places_of_body(self, text: str, tag: Tag) -> Iterator[tuple[int, int]]:
        """A body that begins with a division (`前进街道民生议事堂`), and one that is a site too (`某某纪念馆`)."""
        division = re.match(rf"[{HAN}]{{2,4}}?(?:街道|镇|乡)", text[tag.start : tag.end])
        if division:
            yield tag.start, tag.start + division.end()
        elif self.site.search(text, tag.start, tag.end):
            yield tag.start, tag.end

    def _continues(self, text: str, first: Tag, tag: Tag) -> bool:
        """Whether a word goes on with a place's name: a site's ending, or a town's name behind what alone is none."""
        word = text[tag.start : tag.end]
        if text[first.start : tag.end] in self.listed:
            return True
        if tag.kind in _TAGS and _TOWN.search(word) and first.end == tag.start:
            alone = text[first.start : first.end]
            return not (self._is_listed(alone) or self.ending.search(alone))
        if text[first.start : first.end] in self.landmarks and first.end == tag.start:
            return bool(_GRADE.fullmatch(word))  # a region has no airport: 京津冀|机场
        suffix = self.suffixes.get(word)
        return (
            bool(_GRADE.fullmatch(word))
            or (suffix is not None and suffix.kind == _SITE)
            or (tag.kind in _TAGS and bool(self.ending.search(word)) and word in self.suffixes)
        )

    def _apart(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Places that the tagger joined, each for itself (`江州|河口县|城关镇`), and a place without its `境内`."""
        village = _VILLAGE_FIRST.fullmatch(text, start, end) if _TOWN.search(text[:start]) else None
        if village:  # `某镇|云台村|柳林路`
            yield from (village.span("village"), (village.end("village"), end))
            return
        area = _AREA_OF_PLACE.search(text, start, end)
        if area and text[start:end] not in self.listed and self._is_listed(text[start : area.start()]):
            end = area.start()
        for length in range(min(end - start - 1, _LONGEST_DIVISION), 1, -1):
            word, rest = text[start : start + length], text[start + length : end]
            run_on = len(rest) == 1 and self.divisions.get(word) == word
            if word in self.divisions and (run_on or self._stands_alone(rest, behind=word)):
                yield start, start + length
                if not run_on:
                    yield from self._apart(text, start + length, end)
                return
        yield start, end

    def _is_listed(self, word: str) -> bool:
        return len(word) > 1 and (word in self.listed or word in self.shorts or self.words.names_place(word))

    def _stands_alone(self, rest: str, behind: str) -> bool:
        """Whether what follows a division is a place by itself: `江州市|东坡公园`, but `江州国际机场`."""
        if rest in self.suffixes:
            return False
        if rest in self.listed or rest in self.shorts:
            return True
        ending = self.ending.search(rest)
        if not ending or ending.start() == 0:
            return False
        return self.divisions[behind] == behind or not self._is_common(rest[: ending.start()])

    def _place(self, text: str, start: int, end: int, home: str, *, beside: bool) -> Name | None:
        """The place that a span names; `beside` another one, a short form that is also a word is one too."""
        word = text[start:end]
        if len(word) == 2 and "中" in word and _OF_TWO.match(text, end):
            return None
        full = self._listed(word, home)
        if len(word) < 2 or (full is None and _NO_PLACE.fullmatch(word)):
            return None
        if full is None and word in self.shorts and (beside or self._may_be_short(word, text[:start])):
            full = self._full(word, within=text[:start])
        if full is None and (self._in_dictionary(word) or self._ends_as_place(word) or self._is_town(word)):
            full = word
        return Name("Place", start, end, word, full) if full else None

    def _listed(self, word: str, home: str) -> str | None:
        country = _REPUBLIC.sub("", word)
        if word in self.listed or country in self.listed:
            return self.listed.get(word) or self.listed[country]
        return self.shorts.get(home, home) if home != NATION and word in {home, home[:-1]} else None

    def _may_be_short(self, word: str, before: str) -> bool:
        """Whether a short form is no everyday word here: `三明` behind 来自, never `合作`."""
        return (
            self.words.names_place(word)
            or not self.words.known(word)
            or (not self.words.common(word) and bool(_BEFORE_A_SHORT_FORM.search(before)))
        )

    def _full(self, word: str, within: str) -> str:
        """The division of a short form, where that is a prefecture, says its level or stands behind what it lies in."""
        full = self.shorts[word]
        codes = self.gazetteer.named(full)
        above = [self.gazetteer.name(step) for code in codes for step in self.gazetteer.chain(code)[1:]]
        behind = any(within.endswith((name, name[:-1])) for name in above)
        said = word[-1] == full[-1] or behind or any(code.endswith("00") for code in codes)
        return full if said else word

    def _is_town(self, word: str) -> bool:
        """Whether an unknown word is some town's name without its level: 干谷驿."""
        return len(word) > 2 and not self.words.known(word) and self.gazetteer.has_town(word)

    def _in_dictionary(self, word: str) -> bool:
        named = self.words.names_place(word) and word not in self.suffixes
        return named and not _ABBREVIATED.fullmatch(word) and not self._is_generic(word)

    def _ends_as_place(self, word: str) -> bool:
        ending = self.ending.search(word)
        if not ending or ending.start() == 0 or self._is_generic(word) or _SAID_OF_PLACES.search(word):
            return False
        suffix, stem = self.suffixes[ending.group()], word[: ending.start()]
        return suffix.kind in _SMALL or not self._is_common(stem)

    def _is_generic(self, word: str) -> bool:
        ending = self.ending.search(word)
        decoys = self.suffixes[ending.group()].decoys if ending else ()
        return word not in self.divisions and any(word.endswith(decoy) for decoy in decoys)

    def _is_common(self, stem: str) -> bool:
        """Whether a stem is made of dictionary words alone: `现代农业`, `样板`."""
        if stem in self.divisions or any(stem[:n] in self.divisions for n in range(2, len(stem))):
            return False
        return self.words.common(stem) or (
            len(stem) >= 4 and self.words.common(stem[:2]) and self.words.known(stem[2:])
        )

    def _landmarks(self, text: str, tags: Sequence[Tag]) -> Iterator[Name]:
        """Landmarks of three or more characters, whatever the tagger takes them for; not inside another's name."""
        inside = [t for t in tags if t.kind in _PERSON_TAGS or t.kind in {_BODY_TAG, "nt"}]
        for start, end in self.long.spans(text):
            if not any(t.start < end and start < t.end for t in inside):
                yield Name("Place", start, end, text[start:end], self.listed[text[start:end]])

    def _sites(self, text: str, tags: Sequence[Tag]) -> Iterator[Name]:
        """Sites of several words: from where one goes, or the first proper one, to the site's ending."""
        for i, tag in enumerate(tags):
            if tag.kind in _NAME_PART_TAGS and self.site.search(text, tag.start, tag.end):
                start = self._site_start(text, tags[: i + 1])
                if start is not None and tag.end - start <= _LONGEST_SITE:
                    *_, whole = self._apart(text, start, tag.end)
                    yield Name.at("Place", text, *whole)

    def _site_start(self, text: str, tags: Sequence[Tag]) -> int | None:
        run = len(tags) - 1
        while run and tags[run - 1].kind in _NAME_PART_TAGS and tags[run - 1].end == tags[run].start:
            run -= 1
        proper = next((t.start for t in tags[run:-1] if t.kind in _PROPER_TAGS), None)
        if proper is None or self._is_region(text[proper : tags[-1].start]):
            return None
        start = tags[run].start
        return start if _BEFORE_A_SITE.search(text[:start]) else proper

    def _is_region(self, stem: str) -> bool:
        """Whether a stem is the country's or a region's, which has many of what follows: 中国湿地, 京津冀机场."""
        return bool(_NO_PLACE.fullmatch(stem)) or stem in self.landmarks

    def _visited(self, text: str) -> Iterator[Name]:
        for match in self.visited.finditer(text):
            if not self._is_plain(match["stem"]) and not self.words.crosses(text, match.start("stem")):
                yield Name.at("Place", text, match.start("stem"), match.end())

    def _is_plain(self, stem: str) -> bool:
        """Whether a stem is a word, or two common ones of which none is a name: `清洁能源`."""
        return self.words.known(stem) or (self._is_common(stem) and not self.words.is_name(stem[:2]))

    def _reported_from(self, text: str) -> Iterator[Name]:
        """The place of a dateline: `某某网临湖电`."""
        _, (start, end) = dateline(text)
        word = text[max(0, start) : max(0, end)]
        full = self.listed.get(word) or self.shorts.get(word)
        if full:
            yield Name("Place", start, end, word, full)

    def _villages(self, text: str, names: Sequence[Name]) -> Iterator[Name]:
        """A village or community behind the place that it lies in."""
        ends = {n.end for n in names}
        for match in re.finditer(rf"(?<=街道|.镇|.乡)((?![和与及])[{HAN}]{{2,4}}?(?:社区|村))(?![{HAN}]*?委会)", text):
            if match.start() in ends and not self._is_generic(match.group(1)):
                yield Name.at("Place", text, *match.span(1))
