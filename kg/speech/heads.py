"""Who is said to speak in a sentence, and where the words begin: `某某在会上说，…`, `她还建议…`, `在某某看来，…`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.clean import HAN
from kg.lexicon import SpeechVerb
from kg.model import Mention, Name
from kg.speech.story import Story, Subject
from kg.wordlist import either

_LEAST_SAID = 8
"""Characters after 表示 that are more than a courtesy."""
_SHORT, _LONG = 8, 60
"""Characters between a speaker and the verb: a title and an adverb; time and place."""
_CIRCUMSTANCE = re.compile(
    rf"(?:时|中|上|后|下|期间|之际|现场|通道|发言|采访|讲话|致辞|座谈|\d日|今天|上午|下午)"
    rf"(?:[{HAN}]{{0,4}}地|还|也|又|再次|进一步|明确|一致|郑重)?$"
)
_TOLD_TO = re.compile(rf"[{HAN}]{{1,8}}[,，:：]")
"""Whom one tells (`告诉媒体，…`)."""
_TO = re.compile(rf"(?:[{HAN}]{{1,5}}地)?[向对跟](?!此|于)")
_IN_PAPER = re.compile(rf"在[{HAN}\0《》“”]{{1,16}}?[中上里]")
_DONE = frozenset("了过着到给")
"""After a verb of saying that has an object and no words: `回答了问题`."""
_BY, _BROUGHT_IN = re.compile(r"[经由][^,，。；]*$"), 16
"""`经某某介绍，加入…`: who brought another in, and how far before the end of the name that shows."""
_CLAUSE_END = frozenset(",，:：")
_NOT = ("不", "没", "没有", "未", "所", "互")
_ADVERBS = frozenset({"d", "ad", "c", "f", "u", "m"})
_SEEN = (
    (re.compile(r"(?:^|[^存现正])在[^,，]{0,25}$"), re.compile(r"[^,，。]{0,6}?看来[,，]")),
    (re.compile(r"(?:据|按照)[^,，]{0,25}$"), re.compile(r"[^,，。]{0,6}?(?:介绍|透露|回忆|解释|讲述|说)说?[,，:：]")),
    (re.compile(r"(?:如|像|用)[^,，]{0,25}$"), re.compile(r"[^,，。]{0,6}?(?:所说|所言|的话说)的?[,，:：]")),
    (re.compile(r"^"), re.compile(r"[^,，。的]{0,4}的(?:一席话|一番话|话音|这番话|发言)")),
    (re.compile(r"[接收]到"), re.compile(r"[^,，。]{0,4}来[电信函](?:称|说|表示)[,，:：]?")),
    (
        re.compile(r"$|^(?![^,，]*[在据如像])[^,，]{0,25}$"),
        re.compile(
            r"[^,，。的]{0,4}的[^,，。]{0,6}(?:建议|看法|愿望|希望|期盼|心愿|观点|体会|感受|回答)(?:就?是|[:：])[,，:：]?"
        ),
    ),
)
"""What stands before a name and after it where no verb of saying has the person for its subject."""


@dataclass(frozen=True, slots=True)
class Head:
    """Who is said to speak: nobody where it is a meeting, a report, or somebody without a name."""

    speakers: tuple[Name, ...]
    words: int
    """Where the words begin; the sentence's end where it has none."""
    goes_on: bool = False
    """Whether the next sentences may be the same person's words: those of a wish or a speech, not a story told."""
    named: bool = True
    """Whether the sentence says who speaks, and does not only begin with the verb."""
    spoken_for: tuple[Mention, ...] = ()


class Verbs:
    """The verbs of saying, ready to be looked for."""

    def __init__(self, rows: Sequence[SpeechVerb]) -> None:
        self.rows = {v.id: v for v in rows}
        self.pattern = re.compile(either(self.rows))
        self.while_saying = re.compile(rf"(?:时|之后|后|中)(?:[,，]|.{{0,6}}(?:{self.pattern.pattern}))")

    def form(self, match: re.Match[str]) -> str:
        """How the words follow the verb that was found."""
        return self.rows[match.group()].form


class Heads:
    """Finds the attributions of a paragraph."""

    def __init__(self, story: Story, verbs: Verbs) -> None:
        self.story, self.text, self.verbs = story, story.text, verbs

    def first(self, start: int, end: int, last: tuple[Name, ...], spoke: tuple[Name, ...] = ()) -> Head | None:
        """The first attribution in `text[start:end]`.

        `last` is whom a pronoun points to, `spoke` who goes on where a sentence begins with the verb.
        """
        story, subject, own = self.story, spoke, False
        for begin, close in story.clauses(start, end):
            if seen := self._seen_as(begin, close, end):
                return seen
            here = story.subject_of(begin, close, last)
            if here and here.first_person:
                return None
            addressed = here is not None and own and _TO.match(self.text, begin, close)
            if here and not addressed:
                subject, last, own = here.names, here.names, True
            verb = self._verb(here.end, close, end) if here else self._inherited(begin, close, end)
            if verb is not None:
                speakers = subject if here is None or self._is_one_speech(here, close) else ()
                return self._made(speakers, None if addressed else here, own, end, verb)
            if here is None and (story.is_nobody(begin, close) or story.has_other_subject(begin, close)):
                if self._nobody_says(begin, close):
                    return Head((), end)
                subject = ()
        return None

    def begins_turn(self, start: int, end: int) -> bool:
        """Whether the first clause has a subject and a verb of saying, whoever it is that speaks."""
        close = next((c for _, c in self.story.clauses(start, end)), start)
        here = self.story.subject_of(start, close)
        if here:
            return bool(here.names and self._verb(here.end, close, end))
        return self.story.has_other_subject(start, close) and self._nobody_says(start, close)

    def _is_one_speech(self, here: Subject, close: int) -> bool:
        """Whether all of several speakers say the same; those who each say something else can't be told apart."""
        return len(here.names) < 2 or "分别" not in self.text[here.end : close]

    def _verb(self, start: int, close: int, end: int) -> re.Match[str] | None:
        """The verb of saying whose subject ends at `start`."""
        found = self.verbs.pattern.finditer(self.text, start, close)
        return next((m for m in found if self._fits(m, start, close, end)), None)

    def _fits(self, match: re.Match[str], start: int, close: int, end: int) -> bool:
        gap, final = self.text[start : match.start()], match.end() == close
        if self._is_noun(match, len(gap)) or gap.endswith(_NOT):
            return False
        if self.verbs.form(match) == "述" and _BY.search(self.text, max(0, start - _BROUGHT_IN), start):
            return False
        by_place = bool(_CIRCUMSTANCE.search(gap)) and len(gap) <= _LONG
        if final and self.verbs.form(match) in {"言", "见"}:
            return len(gap) <= _LONG
        return (by_place or len(gap) <= _SHORT) and (final or self._has_words(match, gap, end))

    def _has_words(self, match: re.Match[str], gap: str, end: int) -> bool:
        """Whether what was said follows a verb with no mark after it."""
        form, after = self.verbs.form(match), self.text[match.end() : match.end() + 1]
        if form == "告":
            return bool(_TOLD_TO.match(self.text, match.end(), end))
        if form == "述":
            return after in {"了", "过"} or not re.search("[向对给]", gap)
        if form == "提":
            return after in set("要应将")
        return after not in _DONE and not self._is_courtesy(gap, match, end)

    def _is_courtesy(self, gap: str, match: re.Match[str], end: int) -> bool:
        """`对…表示欢迎`, `表示感谢。`: nothing that is said."""
        rest = re.split("[,，;；:：。！？!?]", self.text[match.end() : end])
        short = len(rest[0]) < _LEAST_SAID and not any(rest[1:])
        return self.verbs.form(match) == "言" and (bool(re.search("[对向]", gap)) or short)

    def _is_noun(self, match: re.Match[str], gap: int) -> bool:
        """`的期望`, `所说的`, `听取介绍后`: the verb's word names a thing, is part of another word, or tells of one."""
        text, at, end = self.text, match.start(), match.end()
        if text[max(0, at - 1) : at] in set("的所些条项据") or text[end : end + 1] in set("的者书稿权函"):
            return True
        if self.verbs.while_saying.match(text, end):
            return True
        tag = self.story.tags.get(at)
        if end - at == 1 and self.story.tags and (tag is None or tag.end != end):
            return True  # 说 in 小说, 称 in 名称
        named = tag is not None and tag.end == end and tag.kind in {"n", "vn", "nz"} and gap > 2
        return named and text[end : end + 1] not in {":", "："} and not text.endswith("发言", 0, at)

    def _inherited(self, begin: int, close: int, end: int) -> re.Match[str] | None:
        """The verb of a clause that begins with it (`…，并强调，…`), so that its subject is the clause's before."""
        for match in self.verbs.pattern.finditer(self.text, begin, close):
            leads = self._only_adverbs(begin, match.start()) and not self._is_noun(match, 0)
            if leads and (match.end() == close or self._goes_into_words(match, end)):
                return match
        return None

    def _goes_into_words(self, match: re.Match[str], end: int) -> bool:
        form, after = self.verbs.form(match), self.text[match.end() : match.end() + 1]
        if form == "述":
            return after == "了"
        # `听取汇报，要求…` tells of what was done.
        return form != "告" and match.group() != "要求" and self._has_words(match, "", end)

    def _only_adverbs(self, begin: int, at: int) -> bool:
        if self.text[max(begin, at - 1) : at] in {"互", "地"}:
            return self.text[at - 1] == "地"
        within = _IN_PAPER.match(self.text, begin, at)
        begin = within.end() if within else begin
        while begin < at:
            tag = self.story.tags.get(begin)
            if tag is None or tag.kind not in _ADVERBS:
                return False
            begin = tag.end
        return True

    def _nobody_says(self, begin: int, close: int) -> bool:
        """`会议指出，…`, `报告提出，…`, `大家希望…`: words of nobody that has a name."""
        for match in self.verbs.pattern.finditer(self.text, begin + 1, close):
            reports = self.verbs.form(match) != "提" or match.group() == "提出"
            said = match.end() == close or self.story.is_nobody(begin, close)
            if reports and said and not self._is_noun(match, _SHORT):
                return True
        return False

    def _seen_as(self, begin: int, close: int, end: int) -> Head | None:
        for person in (p for p in self.story.people if begin <= p.start and p.end <= close):
            before = self.text[begin : person.start]
            for lead, trail in _SEEN:
                match = trail.match(self.text, person.end, end) if lead.search(before) else None
                if match:
                    told = match.group()[-1] in ",，:：是"
                    return Head((person,), match.end() if told else end, goes_on=True)
        return None

    def _made(self, speakers: tuple[Name, ...], here: Subject | None, own: bool, end: int, verb: re.Match[str]) -> Head:
        form, words = self.verbs.form(verb), verb.end()
        if form == "告" and (told_to := _TOLD_TO.match(self.text, words, end)):
            words = told_to.end()
        if form == "述" and self.text[words : words + 1] in {"了", "过"}:
            words += 1
        # `回应表示，…`
        again = self.verbs.pattern.match(self.text, words, end)
        if again and self.verbs.form(again) == "言" and self.text[again.end() : again.end() + 1] in _CLAUSE_END:
            words = again.end()
        while words < end and self.text[words] in _CLAUSE_END:
            words += 1
        goes_on = form != "述" or self.text[verb.end() : verb.end() + 1] in _CLAUSE_END
        spoken_for = self.story.spoken_for(here.end, verb.start()) if here else ()
        return Head(speakers, verb.start() if form == "愿" else words, goes_on, own, spoken_for)
