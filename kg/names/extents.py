"""How far back from its ending the name of a body reaches, and whether what stands there names anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.clean import HAN
from kg.lexicon import Lexicon, Suffix
from kg.tagger import Tag
from kg.wordlist import either
from kg.words import Words

_TAGGED = {"ORG", "nt"}
_PLACES = {"LOC", "ns"}
_PEOPLE = {"PER", "nr"}
_PROPER_TAGS = _TAGGED | _PLACES | _PEOPLE | {"nz", "nw"}
_NAME_PART_TAGS = _PROPER_TAGS | {"n", "vn", "s", "an", "j", "b", "f"}
_COMMON_TAGS = {"n", "vn", "an", "v", "a", "nz"}
_IN_BRACKETS = {"LOC", "ns", "n", "nz"}
_LONGEST = 34
"""Characters of the longest names of bodies."""
_LEVELS = {"自治区", "自治州", "自治县", "省", "市", "区", "县", "旗", "州", "盟", "镇", "乡"}
"""The words that stand for a division in the short form of its body: `市教育局`."""
_BEFORE_A_LEVEL = frozenset("全本我各该每跨外这那两")
"""What makes a level a common noun: 全市, 各县."""
_OFFICIAL = {"政府", "司法", "党组织", "政协", "群团", "军队", "医院", "学校", "科研", "文化", "媒体"}
"""Kinds of bodies that a level has: `县医院`, `省文联`."""
_NATIONAL = ("全国", "中央", "国家", "中华")
_OF_STATE = {"政府", "群团", "党组织", "司法"}
_OF_THE_NATION = ("委员会", "协会", "学会", "联合会", "指导组", "督导组", "巡视组", "工作组", "领导小组")
_INSTITUTIONS = ("政协", "人大", "武警", "海军", "空军")
"""Words that are no proper names and yet say whose a body is: 政协书画院."""
_OF_THE_STATE = ("政协", "人大", "人民政协")
"""Institutions as such: with a weak ending behind them they name nobody (`政协常委|会`)."""
_VAGUE = {"公司", "集团", "工厂", "学校", "酒店", "商场", "超市", "农场", "俱乐部", "诊所", "联盟"}
"""Endings that a place and common nouns do not make a name with: `某地快递公司`."""
_FIRM = ("有限公司", "责任公司")
"""Endings that only firms have, whatever stands before them."""
_OF_A_SCHOOL = "系"
_CLOSED = {"企业", "政府"}
"""Kinds whose names do not begin with another body's: a firm's line of business, a government's office."""
_OF_PEOPLE = ("协会", "联合会", "联谊会", "学会", "俱乐部", "商会", "之家")
"""Endings that people of a calling unite under: `某地企业家|协会`."""
_TAKES_A_POST = {"任", "曾任", "历任", "现任", "兼任", "担任"}
_TEAMS = ("组", "团", "队")
_ACTS = ("考察", "参观", "视察", "走访")
"""What teams do, and bodies' names do not end with before their ending."""
_LEADING = {
    *("先后", "兼", "曾", "现", "原", "在", "经", "由", "与", "和", "及"),
    *("向", "对", "据", "按", "报", "受", "请", "从", "将", "把", "以", "因", "为", "是", "到", "入", "等", "被", "让"),
    *("致", "驻", "同"),
}
"""Words that stand before a body and that the tagger may take into its name: `经|县政协`, `任|某公司`."""
_STAYS = frozenset("在驻赴来抵离返住")
"""Before a place of one character, which is no part of the body behind it: `在京|某某局`."""
_SPEAKS_FOR = "代表"
_JOINS = {"兼", "率", "代表", "及", "、", "暨", "和"}
"""Words behind a post that another body follows: `某社社长|兼|某公司`."""
_OFFICES = {"处", "科", "室", "办"}
_INNER = re.compile("[局厅委部院会社校馆厂]|公司|集团|中心|大学|政府|政协|人大")
"""What an office is inside of: `某市财政局|国资科`."""
_UNITS = ("部", "处", "科", "室", "办")
_TOGETHER = {"联合", "会同", "携手"}
"""Words between two bodies that act together: `某委员会|联合|某局`."""
_AND = {"和", "与", "及"}
_DASHES = {"—", "－", "-", "–"}
_BRACKETS = {"(": ")", "（": "）"}
_SORTS = {"企业", "学校", "科研", "医院", "媒体"}
_TWO = re.compile("[和与及]")
_IN_NAMES = {"东方", "人民", "光明", "国际"}
"""Common words that names of bodies begin with."""
_NO_NAME = re.compile(
    r"^(?:国家|[省市县区乡镇])级|^(?:国内|国外|海外|某|新时代|新征程)|^[省市县区旗州]+$|类$|部分$|由各|各地"
    r"|[一二三四五六七八九十两几多数\d](?:大|家|个|所|名|支|座|间|站)"
    r"|有关|相关|次会议|政治局常?委|^新[晋任当]|国家[和与及]|^(?:政协)?委员$|^(?:人大)?代表$"
)
"""What no name holds: a level as a grade, several levels, an age, a number of things, a sort; who sits on one."""


class Extents:
    """Finds where bodies begin; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._words = words
        self._divisions = {d.name for d in lexicon.divisions} | {d.short for d in lexicon.divisions if d.short}
        self._countries = {word for c in lexicon.countries for word in (c.name, *c.aliases)}
        self._posts = {p.id for p in lexicon.posts}
        self._callings = {p.id for p in lexicon.posts if p.capacity not in {"委员", "干部/工作人员"}}
        self._endings = tuple(s.id for s in lexicon.body_suffixes)
        self._weak = {s.id for s in lexicon.tagged_body_suffixes}
        inside = either((*_TAKES_A_POST, *_JOINS, *_TOGETHER, *_BRACKETS, _SPEAKS_FOR))
        self._may_hold_more = re.compile(rf"\A(?:{either(_LEADING)})|{inside}")

    def start(self, text: str, tags: Sequence[Tag], ending: int, end: int, suffix: Suffix) -> int | None:
        """Where the body begins whose ending lies at `ending`–`end`, the last of the words; None where it names nobody.

        It begins at the first proper part of the run of name parts before the ending.
        """
        proper: int | None = None
        tagged = named = False
        for tag in self._run(text, tags, ending, end):
            word = text[tag.start : min(tag.end, end)]
            if tag is not tags[-1] and self._is_another(tag, word, tagged, proper, suffix):
                break
            if len(word) == 1 and tag.kind in _PLACES and text[tag.start - 1 : tag.start] in _STAYS:
                break
            tagged = tagged or tag.kind in _TAGGED
            if tag.start < ending and self._is_proper(tag, word):
                proper = tag.start
                named = named or tag.kind not in _PLACES
            elif tag.start < ending and self._is_head(text, tag, word, end, suffix):
                return None if _NO_NAME.search(text[tag.start : ending]) and tag.start + 1 < ending else tag.start
        fits = (named or suffix.id not in _VAGUE) and (tagged or suffix.id != _OF_A_SCHOOL)
        if proper is None or not fits:
            return None
        start = self.trimmed(text, proper, end)
        return None if self._is_generic(text[start:ending], suffix, _begins_with_a_name(start, ending, tags)) else start

    def trimmed(self, text: str, start: int, end: int) -> int:
        """The start without what the tagger took in before the name: a verb or preposition, another body's post."""
        if not self._may_hold_more.search(text, start, end):
            return start
        at = int(text[start] == "任" and not re.match(f"[{HAN}]", text[start - 1 : start] or HAN[0]))
        posted = False
        for (word, begin, stop), (after, _, behind) in pairwise(self._words.cut(text[start:end])):
            posted = posted or word in self._posts
            if word in _TAKES_A_POST or (begin == at and word in _LEADING) or (posted and word == _SPEAKS_FOR):
                at = stop
            elif word in self._posts and after in _JOINS:
                at = behind
            elif self._parts(text[: start + begin], word) or self._is_open(word, text[start + stop : end]):
                at = stop
        return start + at

    def _parts(self, before: str, word: str) -> bool:
        return word in _TOGETHER and before.endswith(self._endings)

    def _is_open(self, word: str, after: str) -> bool:
        return word in _BRACKETS and _BRACKETS[word] not in after

    def holds_a_post(self, words: str) -> bool:
        """Whether a post is among the words, so that they are no name of a body."""
        return any(word in self._posts for word, _, _ in self._words.cut(words))

    def without_unit(self, text: str, start: int, end: int) -> int:
        """The end without the unit inside a firm that a post belongs to: `某某科技|财务部`."""
        cut = self._words.cut(text[start:end])
        last = cut[-1][1] if len(cut[-1][0]) > 1 or len(cut) < 2 else cut[-2][1]
        return start + last if text[start:end].endswith(_UNITS) and last > 1 else end

    def _run(self, text: str, tags: Sequence[Tag], ending: int, end: int) -> Iterator[Tag]:
        """The words before the end that may be parts of one name, the last first; not those in brackets."""
        edge = end
        bracketed = False
        for n in range(len(tags) - 1, -1, -1):
            tag = tags[n]
            word = text[tag.start : min(tag.end, end)]
            if min(tag.end, end) != edge or end - tag.start > _LONGEST:
                return
            edge = tag.start
            if word in _BRACKETS.values() or (bracketed and word in _BRACKETS):
                bracketed = not bracketed
            elif bracketed and tag.kind not in _IN_BRACKETS:
                return
            elif not bracketed and (tag.end > ending or self._may_continue(text, tag, word, end)):
                yield tag
            elif not bracketed and not self._joins(text, tags, n):
                return

    def _may_continue(self, text: str, tag: Tag, word: str, end: int) -> bool:
        """Whether a word may be a part of the name that ends at `end`: no number of things, nobody's post."""
        if tag.kind == "m" or word[0].isdecimal():
            return word.startswith("第") or (word.isdecimal() and text.startswith("部队", tag.end))
        if word in self._posts:
            return word in self._callings and text[:end].endswith(_OF_PEOPLE)
        return tag.kind in _NAME_PART_TAGS

    def _joins(self, text: str, tags: Sequence[Tag], n: int) -> bool:
        """Whether a word joins two parts of one name: `社会|和|法制|委员会`, `某国|—|某国|友好协会`."""
        if not 0 < n < len(tags) - 1:
            return False
        before, after = tags[n - 1], tags[n + 1]
        word = text[tags[n].start : tags[n].end]
        if word in _DASHES:
            return before.kind in _PLACES and after.kind in _PROPER_TAGS
        ended = text[before.start : before.end].endswith(self._endings)
        return word in _AND and not ended and before.kind in _COMMON_TAGS and after.kind in _COMMON_TAGS

    def _is_another(self, tag: Tag, word: str, tagged: bool, proper: int | None, suffix: Suffix) -> bool:
        """Whether a word is another's name and no part of the body's, which begins behind it."""
        if tag.kind in _TAGGED:
            whole = suffix.kind in _CLOSED and suffix.id in self._weak and word.endswith(self._endings)
            return whole or (tagged and proper == tag.end)
        return tag.kind in _PEOPLE and proper is not None

    def _is_proper(self, tag: Tag, word: str) -> bool:
        rare = tag.kind == "n" and len(word) > 1 and not self._words.known(word)
        return tag.kind in _PROPER_TAGS or rare or word in _INSTITUTIONS

    def _is_head(self, text: str, tag: Tag, word: str, end: int, suffix: Suffix) -> bool:
        """Whether a word says whose body it is without a name: the level (`市|旅游局`), the nation (`全国|…委员会`)."""
        if word in _NATIONAL:
            return text[:end].endswith(_OF_THE_NATION)
        before = text[tag.start - 1 : tag.start]
        of_level = word in _LEVELS or (word[:-1] in _LEVELS and word.endswith("委"))
        return of_level and suffix.kind in _OFFICIAL and before not in _BEFORE_A_LEVEL

    def _is_generic(self, stem: str, suffix: Suffix, begins_with_a_name: bool) -> bool:
        """Whether what stands before the ending names nobody: 社区|医院, 林业职业|中学, 国内九大快递|公司."""
        if stem.startswith(_OF_THE_STATE) and (suffix.id in self._weak or suffix.kind == "党组织"):
            return True
        if stem in _LEVELS or stem.removesuffix("委") in _LEVELS or stem in _NATIONAL:
            return suffix.kind not in _OFFICIAL
        short = len(suffix.id) == 1 and (len(stem) < 3 or (suffix.id in _OFFICES and not _INNER.search(stem)))
        if len(stem) < 2 or short or _NO_NAME.search(stem) or self._is_sort(stem, suffix):
            return True
        if self._tells(stem, suffix):
            return True
        if begins_with_a_name or stem in self._divisions or stem.startswith(_INSTITUTIONS):
            return False
        if suffix.id.endswith(_FIRM) or (suffix.kind in _OF_STATE and stem.startswith(_NATIONAL)):
            return False
        cut = [word for word, _, _ in self._words.cut(stem)]
        several = len(cut) > 1 and all(len(word) > 1 and self._describes(word) for word in cut)
        return several or self._describes(stem)

    def _tells(self, stem: str, suffix: Suffix) -> bool:
        """Whether a verb stands before the ending: `陈列|公司收藏品`, `考察|工作室建设`."""
        if suffix.id in _VAGUE and len(stem) == 2:
            return self._words.common(stem) and self._words.tag(stem) == "v"
        return not suffix.id.endswith(_TEAMS) and stem.endswith(_ACTS)

    def _is_sort(self, stem: str, suffix: Suffix) -> bool:
        """Whether a country's bodies of a sort are meant (`英国|大学`), or things of two sorts (`风险部和|公司`)."""
        return (stem in self._countries and suffix.kind in _SORTS) or (suffix.id in _VAGUE and bool(_TWO.search(stem)))

    def _describes(self, word: str) -> bool:
        """Whether a word is a common one, and no name."""
        known = self._words.is_name(word) or word in self._divisions or word in _IN_NAMES
        return self._words.common(word) and not known


def _begins_with_a_name(start: int, ending: int, tags: Sequence[Tag]) -> bool:
    return any(t.start == start and t.end <= ending and t.kind in _PROPER_TAGS for t in tags)
