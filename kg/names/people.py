"""People's names: the tagger's that begin with a surname, and those that the form of the text around them shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import NATION, Name
from kg.tagger import Tag
from kg.wordlist import WordList, either
from kg.words import Words

_TAGS = {"PER", "nr"}
_ENDS_A_NAME = {"w", "v", "p", "d", "u", "c", "r"}
_NEVER_IN_A_NAME = {"w", "p", "u", "c"}
_DOTS = "·•・．‧∙"
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[{_DOTS}][{HAN}]{{1,8}})+")
_REST_OF_DOTTED = re.compile(rf"[{HAN}]{{1,5}}(?![{HAN}])")
_WHOLE_NAME = re.compile(rf"^[{HAN}]{{2,4}}$|^{_DOTTED.pattern}$")
_UNNAMED = "某"
_NO_PERSON = ("领导", "负责人", "界", "界别", "组", "委", "办", "局", "部", "报", "社", "台", "网")
"""How names of seats and bodies end that are as short as a person's."""
_NO_NAME = re.compile(r"[的了着们地某]|等$|^曾[任在于经获]|^.[企方姓籍]$")
"""What the tagger takes for a name and no name holds: particles, a verb after 曾, `台企`, `德方`, `张姓`."""
_UNIT_BEFORE = re.compile(r"[时分点岁日月年元]$")
"""After a number's unit 许 says about how much."""
_PARTY_BEFORE = re.compile("(?:我们|[全建入为向对爱])$")
"""Where 党 is the party."""
_TERM_BEFORE = re.compile(r"(?:至今|以来|[起后年月日曾先兼现，,。；;]|^)$")
"""After a time 任 is a verb."""
_OF_PERSON = re.compile(rf"[（(](?:女|男|[{HAN}]{{1,5}}族)(?:[,，、][{HAN}]{{1,6}})*[)）]")
"""What only a person's name is followed by: `（女，回族）`."""
_BEFORE_LISTED = re.compile(r"(?:^|[、，,：:；;。\s])$")
_PROFILE = re.compile(
    rf"^(?P<name>[{HAN}{_DOTS}]{{2,12}}?)(?:先生|女士)?(?:[，,：:（(\s]+(?:[男女][，,。）)\s]|[{HAN}]{{1,4}}族[，,。]"
    r"|(?:19|20)\d\d年)|汉族[，,]|(?:先生|女士)[，,：:])"
)
"""How a biography begins: the name, and at once what only a person has."""
_ADDRESSES = ("先生", "女士")
_DOCTRINE = re.compile(r"(?:思想|理论|主义)")
_MOST_OF_DOCTRINE = 14
_SIGNS = re.compile(
    rf"(?:编辑|责编|审核|校对|审校|终审|图文|文图|供稿|撰稿|撰文)[:：]\s*(?P<name>[{HAN}]{{2,4}})(?=[\s,，、;；。)）]|$)"
)
"""Who made a report, in a line of its own or in brackets: `（图文：某某；审核：某某）`."""
_SPEAKS = re.compile(rf"(?:^|(?<=[，,。；;：:\s]))(?P<name>[{HAN}]{{2,4}})(?P<title>委员|常委|代表)")
"""A member who speaks at the head of a clause: `某某委员发言说`."""
_MARK_OF_A_LIST = frozenset("、，,;；。和及与等")
_OTHER_ENDS = {"村", "镇", "县"}
"""How places end that the tagger may take for people."""
_EVERYDAY = 30_000
"""How often, in the corpus of the dictionary, a word of one character stands that goes on behind a name (在, 说)."""
_RARE = 1_000
"""Likewise for a word that a given name may be (西山)."""
_LEAST_LISTED = 3
"""So many names in one list, and what else stands in it is a name too."""


class PeopleForms:
    """The forms of people's names."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.words = words
        self.surnames = {s.id for s in lexicon.surnames}
        self.countries = {word for c in lexicon.countries for word in (c.name, *c.aliases)}
        self.posts = {p.id for p in lexicon.posts}
        self.callings = {p.id: p.capacity != "群众" or p.id in _ADDRESSES for p in lexicon.posts if p.after_name}
        """What may stand behind a surname, and whether it is a title of office or an address."""
        self.verbs = {v.id for v in lexicon.speech_verbs}
        self.before = WordList(p.id for p in lexicon.posts if p.before_name)
        self.says = re.compile(f"[则也还就又]?(?:{either(v.id for v in lexicon.speech_verbs)})")
        suffixes = (*lexicon.body_suffixes, *(s for s in lexicon.place_suffixes if s.kind == "site"))
        self.institutions = {s.id for s in suffixes if len(s.id) > 1}

    def is_whole_name(self, text: str) -> bool:
        """Whether a text of its own (a cell, a word of a by-line) has the form of a person's name."""
        other = text in self.posts or text.endswith(_NO_PERSON)
        return bool(_WHOLE_NAME.match(text)) and not other and self._is_proper(text)

    def may_sign(self, text: str) -> bool:
        """Whether a word of a by-line, where nothing but names stands behind a post, can be a name."""
        return bool(_WHOLE_NAME.match(text)) and text not in self.posts and not text.endswith(_NO_PERSON)

    def find(self, text: str, tags: Sequence[Tag], home: str) -> list[Name]:
        """The tagger's people that look like one, and those that a post, a list or a bracket shows."""
        shown = [*self._in_brackets(text), *self._at_the_head(text), *self._signing(text), *self._speaking(text)]
        spans = {(a, b) for a, b in shown if not _at_home(text, a, b, home)}
        for i, tag in enumerate(tags):
            if tag.kind in _TAGS and not any(a < tag.end and tag.start < b for a, b in shown):
                spans.update(self._tagged(text, tag, tags[i + 1 :], home))
        taken = {i for a, b in spans for i in range(a, b)}
        named = {b for _, b in spans}
        for post, start in self.before.spans(text):
            known = start in taken or post in named  # `某某总书记|明确指出`: the post is of the name before it
            end_behind = None if known else self._behind_a_post(text, start, tags, home)
            if end_behind:
                spans.add((start, end_behind))
        spans.update(self._listed(text, spans))
        return [_name(text, start, end) for start, end in sorted(spans)]

    def stands_alone(self, text: str, start: int, end: int) -> bool:
        """Whether a surname with a title is somebody here: one who speaks, or stands behind a post (`居民董奶奶`)."""
        return self._stands_behind_post(text, start) or bool(self.says.match(text, end))

    def _tagged(self, text: str, tag: Tag, after: Sequence[Tag], home: str) -> Iterator[tuple[int, int]]:
        """A name that the tagger saw, with what it cut off and without what it took in."""
        start, end = self._trimmed(text, tag.start, self._end(text, tag, after))
        after = [t for t in after if t.start >= end]
        outside = not (_quoted(text, start, end) or _at_home(text, start, end, home))
        if outside and self._is_person(text, start, end, after):
            yield start, end

    def _end(self, text: str, tag: Tag, after: Sequence[Tag]) -> int:
        """The end of a name with a title (`董奶奶`), with the part behind a dot, or with its last character."""
        surname = text[tag.start : tag.end]
        if surname in self.surnames and after and text[after[0].start : after[0].end] in self.callings:
            return after[0].end
        if after and text[tag.end : tag.end + 1] in _DOTS and tag.end + 1 < len(text):
            further = next((t.end for t in after if t.start == tag.end + 1), tag.end)
            whole = _REST_OF_DOTTED.match(text, further) if further == tag.end + 2 else None
            return whole.end() if whole else further
        if len(surname) == 2 and surname[0] in self.surnames and after and after[0].start == tag.end:
            return self._grown(text, tag, after)
        return tag.end

    def _grown(self, text: str, tag: Tag, after: Sequence[Tag]) -> int:
        """The end of a name of two characters whose third the tagger took for a word, as what follows it shows."""
        first, follows = after[0], after[1] if len(after) > 1 and after[1].start == after[0].end else None
        word = text[first.start : first.end]
        if len(word) == 1 and first.kind in {"p", "d"} and text[first.end : first.end + 1] in _MARK_OF_A_LIST:
            return first.end  # no preposition and no adverb stands before a mark: `某某从、…`
        if not re.fullmatch(f"[{HAN}]+", word) or not self._stands_behind_post(text, tag.start):
            return tag.end
        if len(word) == 2 and not self.words.known(word) and first.kind not in _TAGS:
            return tag.end + 1
        everyday = self.words.frequency(word) >= _EVERYDAY or bool(self.says.match(word)) or word in self.posts
        if len(word) > 1 or everyday or word in "等任":
            return tag.end
        goes_on = {"d": {"a", "v"}, "v": {"w", "v", "d"}, "n": {"v", "w", "d", "p"}, "a": {"v", "w", "d", "p"}}
        ends = follows is None or follows.kind in goes_on.get(first.kind, ())
        return first.end if ends else tag.end

    def _trimmed(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The span without 等 or 摄 behind it, and without the 男 or 女 that a biography goes on with; nor any post."""
        # `副委员|长某某·某某`: the tagger took the end of the post into the name.
        if _DOTTED.fullmatch(text, start, end):
            start = next((b for a, b in self.before.spans(text) if a < start < b < end), start)
        name, follows = text[start:end], text[end : end + 1]
        sexed = name[-1] in "男女" and follows in {",", "，"}
        if len(name) > 2 and (name.endswith("等") or sexed or (name[-1] == "摄" and follows in {")", "）", ""})):
            return start, end - 1
        return start, end

    def _is_person(self, text: str, start: int, end: int, after: Sequence[Tag]) -> bool:
        name = text[start:end]
        if _DOTTED.fullmatch(name):
            return True
        behind = self._stands_behind_post(text, start)
        if not _WHOLE_NAME.match(name) or not (self._surname(name) or (behind and self._is_proper(name))):
            return False
        if self._is_another_word(text, start, end, after):
            return False
        if name[len(self._surname(name)) :] in self.callings or behind:
            return True
        # What a word runs out of (`康养福|地`) and an idiom are no names; two characters right before a common noun are
        # as often a part of the noun (`惠老政策`).
        runs_on = self.words.crosses(text, end) and text[end : end + 1] != "等"
        if runs_on or (len(name) == 4 and not self._is_long_name(text, name, end)):
            return False
        noun = next((text[t.start : t.end] for t in after if t.start == end and t.kind in {"n", "vn"}), None)
        in_noun = noun is not None and noun not in self.posts
        return not (len(name) == 2 and (in_noun or self._is_plain(text, start, end)))

    def _is_plain(self, text: str, start: int, end: int) -> bool:
        """Whether two characters are an everyday word (`明确`), or run on from the word before (`中方|愿`)."""
        name, listed = text[start:end], text[start - 1 : start] == "、" or text[end : end + 1] in {"、", "等"}
        word = self.words.known(name) and not self.words.tag(name).startswith("n")
        return not listed and not self.says.match(text, end) and (word or self.words.crosses(text, start))

    def _is_long_name(self, text: str, name: str, end: int) -> bool:
        """Whether four characters are a name without a post before them: of a surname of two, or a speaker's."""
        acts = self.says.match(text, end) or any(text[end : end + n] in self.callings for n in (2, 3))
        return not self.words.known(name) and (len(self._surname(name)) == 2 or bool(acts))

    def _is_another_word(self, text: str, start: int, end: int, after: Sequence[Tag]) -> bool:
        """Whether the characters are no name, or the head of an institution's or a doctrine's."""
        name = text[start:end]
        before = text[max(0, start - 4) : start]
        about = name[0] == "许" and _UNIT_BEFORE.search(before) and name[1:] not in self.callings
        serves = name[0] == "任" and _TERM_BEFORE.search(before) and not self._stands_behind_post(text, start)
        place = name in self.countries or (len(name) == 3 and name[-1] in _OTHER_ENDS)
        manner = self.words.tag(name) == "ad"  # 总书记|明确|指出
        other = (
            manner
            or name in self.verbs
            or name in self.posts
            or place
            or (name[0] == "党" and _PARTY_BEFORE.search(before))
        )
        if _NO_NAME.search(name) or other or about or (serves and not self.says.match(text, end)):
            return True
        return self._begins_an_institution(text, end, after) or _begins_a_doctrine(text, end, after)

    def _begins_an_institution(self, text: str, end: int, after: Sequence[Tag]) -> bool:
        """Whether a hospital's or a memorial hall's word follows at once: `某某某纪念馆`."""
        follows = next((text[t.start : t.end] for t in after if t.start == end), "")
        return follows in self.institutions and follows not in self.posts

    def _stands_behind_post(self, text: str, start: int) -> bool:
        return any(end == start for _, end in self.before.spans(text))

    def _surname(self, name: str) -> str:
        return next((name[:n] for n in (2, 1) if name[:n] in self.surnames and len(name) > n), "")

    def _is_proper(self, name: str) -> bool:
        """A surname and a given name, or four characters that are not two words (`次旺扎西`)."""
        if len(name) == 4 and len(self._surname(name)) < 2 and not _DOTTED.fullmatch(name):
            return not (self.words.known(name[:2]) and self.words.known(name[2:]))
        return bool(self._surname(name) or _DOTTED.fullmatch(name))

    def _in_brackets(self, text: str) -> Iterator[tuple[int, int]]:
        """Names that a bracket with sex or people follows, each from a mark on: `、某某（女，回族）`."""
        for bracket in _OF_PERSON.finditer(text):
            for length in (2, 3, 4):
                start = bracket.start() - length
                name = text[max(0, start) : bracket.start()]
                if start >= 0 and _BEFORE_LISTED.search(text[:start]) and self.is_whole_name(name):
                    yield start, bracket.start()

    def _at_the_head(self, text: str) -> Iterator[tuple[int, int]]:
        """The name that a biography begins with."""
        head = _PROFILE.match(text)
        if head and self.is_whole_name(head["name"]) and not self.words.known(head["name"]):
            yield head.span("name")

    def _is_listed_name(self, text: str, start: int, end: int) -> bool:
        """Whether a surname and a rare word stand between a post and a mark: `主席任西山、`."""
        name, given = text[start:end], text[start + 1 : end]
        form = len(name) == 3 and name[0] in self.surnames and text[end : end + 1] in _MARK_OF_A_LIST
        rare = self.words.frequency(given) < _RARE
        whole = form and rare and not (self.words.known(name) or self.words.known(name[:2]))
        return whole and not _NO_NAME.search(name) and not self.words.crosses(text, start)

    def _signing(self, text: str) -> Iterator[tuple[int, int]]:
        """Those who made the report."""
        return (m.span("name") for m in _SIGNS.finditer(text) if self.is_whole_name(m["name"]))

    def _speaking(self, text: str) -> Iterator[tuple[int, int]]:
        """Members who speak, by names of which no part is a word."""
        for match in _SPEAKS.finditer(text):
            name = match["name"]
            words = any(map(self.words.known, _stretches(name)))
            if not words and self.is_whole_name(name) and self.says.match(text, match.end()):
                yield match.span("name")

    def _listed(self, text: str, spans: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """What stands between 、 in a list of people and begins with a surname: a name too, if it is a word as well."""
        starts, ends = {a for a, _ in spans}, {b for _, b in spans}
        for run in filter(None, _lists(text)):
            at_its_ends = (run[0][0] - 1 in ends) + (run[-1][1] + 1 in starts)
            if at_its_ends + sum(part in spans for part in run) >= _LEAST_LISTED:
                yield from (part for part in run if part not in spans and self.is_whole_name(text[slice(*part)]))

    def _behind_a_post(self, text: str, start: int, tags: Sequence[Tag], home: str) -> int | None:
        """Where a name right behind a post ends: before a verb of saying, or at the end of whole words."""
        first = next((t for t in tags if t.start == start), None)
        if first is None or first.kind in _NEVER_IN_A_NAME:
            return None
        for length in (3, 2, 4):
            name = text[start : start + length]
            says = start + length + text.startswith("等", start + length)
            fits = len(name) == length and _WHOLE_NAME.match(name) and self._is_proper(name)
            if fits and not _NO_NAME.search(name) and self.says.match(text, says):
                return start + length
        end = max(_word_ends(start, tags), default=start)
        name = text[start:end]
        if self._is_listed_name(text, start, start + 3) and any(t.end == start + 3 for t in tags):
            return start + 3
        follows = end == len(text) or any(t.start == end and t.kind in {"w", "v", "p", "d"} for t in tags)
        whole = 2 <= len(name) <= 3 and bool(self._surname(name)) and not any(map(self.words.known, _stretches(name)))
        return end if whole and follows and not _NO_NAME.search(name) and not _at_home(text, start, end, home) else None


def _name(text: str, start: int, end: int) -> Name:
    """A person's name, its dots written in one way."""
    words = text[start:end]
    return Name("Person", start, end, words, re.sub(f"[{_DOTS}]", "·", words))


def _lists(text: str) -> Iterator[list[tuple[int, int]]]:
    """The parts of each list of short names: what stands between one 、 and the next."""
    run: list[tuple[int, int]] = []
    for before, mark in pairwise(m.start() for m in re.finditer("、", text)):
        if re.fullmatch(rf"[{HAN}{_DOTS}]{{2,12}}", text[before + 1 : mark]):
            run.append((before + 1, mark))
        else:
            yield run
            run = []
    yield run


def _stretches(name: str) -> Iterator[str]:
    """The stretches of two and more characters of a name."""
    return (name[a:b] for a in range(len(name)) for b in range(a + 2, len(name) + 1))


def _word_ends(start: int, tags: Sequence[Tag]) -> Iterator[int]:
    """The ends of the words that follow one another from a place on, up to the next verb or mark."""
    end = start
    for tag in tags:
        if tag.start == end:
            if tag.kind in _ENDS_A_NAME:
                return
            end = tag.end
            yield end


def _begins_a_doctrine(text: str, end: int, after: Sequence[Tag]) -> bool:
    """Whether nouns lead from a name to 思想, 理论 or 主义: `某某生态文明思想`."""
    for tag in after:
        if tag.start != end or tag.kind in _ENDS_A_NAME:
            return False
        if _DOCTRINE.search(text[tag.start : tag.end]):
            return True
        end = tag.end
    return False


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether the words fill a pair of quotation marks, as a brand's name does."""
    return start > 0 and text[start - 1] in '"“' and text[end : end + 1] in {'"', "”"}


def _at_home(text: str, start: int, end: int, home: str) -> bool:
    """Whether the words overlap the home division's name without its level."""
    if home == NATION:
        return False
    return any(m.start() < end and start < m.end() for m in re.finditer(re.escape(home[:-1]), text))
