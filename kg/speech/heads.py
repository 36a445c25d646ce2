"""Who is said to speak in a sentence, and where the words begin: `某某在会上说，…`, `她还建议…`, `在某某看来，…`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.clean import HAN
from kg.lexicon import SpeechVerb
from kg.model import Mention, Name, Passage
from kg.names import Names
from kg.sentences import Clause
from kg.speech.quotations import Quotation, masked
from kg.wordlist import either

_MARKS = re.compile(r"[,，;；:：。！？!?]")
_STOPS = "。！？!?"
_LEAST_SAID = 8
"""Characters of reported words that are worth a statement."""
_ADVERB, _SHORT, _LONG = 4, 8, 60
"""Characters between a speaker and the verb: an adverb, a title and an adverb, time and place."""
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
_FOR = re.compile(r"代表")
_CHAIN = re.compile(
    rf"(?:委员|代表|常委|同志|先生|女士|院士|教授)?(?:（\0+）)?(?P<by>[、和与及]|以及)[{HAN}\0“”·]{{0,24}}$"
)
_PREFIX_END = re.compile(r".*(?:的|时|后|中|上|下|间|（\0*）)")
_INTO_OBJECT = frozenset("向对给跟同与把被让请为和替以")
_OF_A_NAME = re.compile(
    r"(?:总书记|同志|主席|委员|代表)*(?:的|关于|重要|新时代|(?:经济|生态文明|法治|文化|外交|强军)思想)"
)
"""What follows a name that stands in the name of a doctrine or of one's work, where the person does nothing."""
_UNDER = re.compile(r"(?:同志|总书记|主席)?[^,，]{0,8}(?:下|里|家|家中|身上|身边|为核心|那里)$")
"""What follows a name in `在某某领导下`."""
_EMPTY = frozenset({"代表", "是", "来", "去", "执行", "代理"})
"""Words that the tagger calls verbs and that stand in a subject."""
_SELF = re.compile(r"(?:我|咱|本人|笔者)")
_NOBODY = re.compile(r"(?:大家|双方|与会|会议|委员们|代表们|他们|她们|各方|记者)")
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
    at: int
    """Where the clause with the verb begins."""
    words: int
    """Where the words begin; the sentence's end where it has none."""
    goes_on: bool = False
    """Whether the next sentences may be the same person's words: those of a wish or a speech, not a story told."""
    named: bool = True
    """Whether the sentence says who speaks, and does not only begin with the verb."""
    spoken_for: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class _Subject:
    names: tuple[Name, ...]
    end: int
    first_person: bool = False


class Verbs:
    """The verbs of saying, ready to be looked for."""

    def __init__(self, rows: Sequence[SpeechVerb]) -> None:
        self.rows = {v.id: v for v in rows}
        self.pattern = re.compile(either(self.rows))
        self.while_saying = re.compile(rf"(?:时|之后|后|中)(?:[,，]|.{{0,6}}(?:{self.pattern.pattern}))")


class Narration:
    """A paragraph without its quotations, with the people and the verbs of saying in it."""

    def __init__(self, passage: Passage, quoted: Sequence[Quotation], names: Names, verbs: Verbs) -> None:
        self.passage = passage
        self.text = masked(passage.text, quoted)
        self.people = [p for p in names.of(passage, "Person") if self.text[p.start : p.end] == p.text]
        self.bodies = names.of(passage, "Organization")
        self.tags = {t.start: t for t in names.words(passage) if self.text[t.start] != "\0"}
        self.verbs = verbs

    def head(self, start: int, end: int, last: tuple[Name, ...], spoke: tuple[Name, ...] = ()) -> Head | None:
        """The first attribution in `text[start:end]`.

        `last` is whom a pronoun points to, `spoke` who goes on where a sentence begins with the verb.
        """
        subject, own = spoke, False
        for begin, close in self.clauses(start, end):
            if seen := self._seen_as(begin, close, end):
                return seen
            here = self._subject(begin, close, last)
            if here and here.first_person:
                return None
            if here and own and self._is_addressed(begin, close):
                verb = self._verb(here.end, close, end)
                return self._made(subject, None, own, (begin, end), verb) if verb else None
            if here:
                subject = last = here.names
                own = True
                verb = self._verb(here.end, close, end)
                told = self._told_apart(here, close)
            else:
                verb, told = self._inherited(begin, close, end), True
                if verb is None and (self._is_nobody(begin, close) or self._has_own_subject(begin, close)):
                    if self._nobody_says(begin, close):
                        return Head((), begin, end)
                    subject = ()
            if verb is not None:
                return self._made(subject if told else (), here, own, (begin, end), verb)
        return None

    def subject(self, start: int, end: int) -> tuple[Name, ...]:
        """The person, or the people in a row, that the sentence is about by its form."""
        for begin, close in self.clauses(start, end):
            here = self._subject(begin, close, ())
            if here and here.names:
                return here.names
        return ()

    def subjects(self, start: int, end: int, last: tuple[Name, ...]) -> Iterator[tuple[tuple[Name, ...], int]]:
        """The people that the clauses are about, with where each of them was named."""
        for begin, close in self.clauses(start, end):
            here = self._subject(begin, close, last)
            if here and not here.first_person:
                last = here.names
                yield here.names, here.end

    def acting(self, start: int, end: int) -> Iterator[Name]:
        """The people who are the subject of a clause."""
        for begin, close in self.clauses(start, end):
            here = self._subject(begin, close, ())
            yield from here.names if here else ()

    def begins_turn(self, start: int, end: int) -> bool:
        """Whether the first clause has a subject and a verb of saying, whoever it is that speaks."""
        close = next((c for _, c in self.clauses(start, end)), start)
        here = self._subject(start, close, ())
        if here:
            return bool(here.names and self._verb(here.end, close, end))
        return self._has_own_subject(start, close) and self._nobody_says(start, close)

    def is_about_others(self, start: int, end: int) -> bool:
        """Whether the last clause has a subject that is no person with a name (`一位老人`)."""
        *_, (begin, close) = [(start, start), *self.clauses(start, end)]
        if self._subject(begin, close, ()):
            return False
        return self._is_nobody(begin, close) or self._has_own_subject(begin, close)

    def is_pronoun(self, start: int, end: int) -> bool:
        """Whether a clause of the sentence has 他 or 她 for its subject."""
        return any(self._pronoun(begin, close) for begin, close in self.clauses(start, end))

    def clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The clauses between two places, without their marks."""
        for match in _MARKS.finditer(self.text, start, end):
            if match.start() > start:
                yield start, match.start()
            start = match.end()
        if start < end:
            yield start, end

    def is_subject(self, start: int, clause: int) -> bool:
        """Whether what stands at a place can be its clause's subject: no verb and no preposition governs it."""
        reach = _PREFIX_END.match(self.text, clause, start)
        at = reach.end() if reach else clause
        while at < start:
            tag = self.tags.get(at)
            if tag is None:
                at += 1
                continue
            word = self.text[tag.start : tag.end]
            if (tag.kind == "v" and word not in _EMPTY) or (tag.kind in {"p", "c"} and word in _INTO_OBJECT):
                return False
            at = tag.end
        return True

    def _subject(self, begin: int, close: int, last: tuple[Name, ...]) -> _Subject | None:
        first = next((p for p in self.people if begin <= p.start and p.end <= close), None)
        pronoun = self._pronoun(begin, close)
        if pronoun is not None and (first is None or pronoun < first.start):
            return _Subject(last, pronoun + 1)
        if first is not None and self.is_subject(first.start, begin) and self._acts(first, begin, close):
            chain = tuple(self._chain(first, close))
            return _Subject(chain, chain[-1].end)
        if _SELF.match(self.text, begin, close):
            return _Subject((), begin, first_person=True)
        return None

    def _acts(self, person: Name, begin: int, close: int) -> bool:
        under = "在" in self.text[begin : person.start] and _UNDER.match(self.text[person.end : close])
        return not under and not _OF_A_NAME.match(self.text, person.end, close)

    def _pronoun(self, begin: int, close: int) -> int | None:
        for at in range(begin, close):
            alone = self.text[at] in "他她" and self.text[at + 1 : at + 2] not in {"们", "人", "的", "国", "乡"}
            if alone and self.text[at - 1 : at] not in {"其", "让", "请"} and self.is_subject(at, begin):
                return at
        return None

    def _chain(self, first: Name, close: int) -> Iterator[Name]:
        """The people that are named in a row with 、 or 和: `甲、乙和丙`."""
        yield first
        end, through = first.end, ""
        for person in (p for p in self.people if first.end <= p.start and p.end <= close):
            link = _CHAIN.match(self.text[end : person.start])
            if link is None or (link["by"] != "、" and self._verbal(person.end, close)) or through:
                return
            yield person
            end = person.end

    def _verbal(self, start: int, close: int) -> bool:
        """Whether two people meet one another here (`甲与乙座谈时说`), so that the first alone speaks."""
        return bool(re.match(rf"[{HAN}]{{0,8}}(?:时|中|后)", self.text[start:close]))

    def _told_apart(self, here: _Subject, close: int) -> bool:
        """Several speakers that each say something else can't be told apart."""
        return len(here.names) < 2 or "分别" not in self.text[here.end : close]

    def _verb(self, start: int, close: int, end: int) -> re.Match[str] | None:
        """The verb of saying whose subject ends at `start`."""
        for match in self.verbs.pattern.finditer(self.text, start, close):
            if self._fits(match, start, close, end):
                return match
        return None

    def _fits(self, match: re.Match[str], start: int, close: int, end: int) -> bool:
        gap, final = self.text[start : match.start()], match.end() == close
        form = self.verbs.rows[match.group()].form
        if self._is_noun(match, len(gap)) or gap.endswith(("不", "没", "没有", "未", "所", "互")):
            return False
        by_place = bool(_CIRCUMSTANCE.search(gap)) and len(gap) <= _LONG
        if final:
            return by_place or len(gap) <= _SHORT or (form in {"言", "见"} and len(gap) <= _LONG)
        if not (by_place or len(gap) <= _SHORT) or self._said_to(gap, match, end):
            return False
        after = self.text[match.end() : match.end() + 1]
        if form == "告":
            return bool(_TOLD_TO.match(self.text, match.end(), end))
        if form == "述":
            return after in {"了", "过"} or not re.search("[向对给]", gap)
        return after in set("要应将") if form == "提" else after not in _DONE

    def _said_to(self, gap: str, match: re.Match[str], end: int) -> bool:
        """`对…表示欢迎`, `表示感谢。`: a courtesy, and nothing that is said."""
        rest = _MARKS.split(self.text[match.end() : end])
        told = self.verbs.rows[match.group()].form == "言"
        return told and (bool(re.search("[对向]", gap)) or (len(rest[0]) < _LEAST_SAID and not any(rest[1:])))

    def _is_noun(self, match: re.Match[str], gap: int) -> bool:
        """`的期望`, `所说的`, `听取介绍后`: the verb's word names a thing, is part of another word, or tells of one."""
        text, at, end = self.text, match.start(), match.end()
        if text[max(0, at - 1) : at] in set("的所些条项据") or text[end : end + 1] in set("的者书稿权函"):
            return True
        if self.verbs.while_saying.match(text, end):
            return True
        tag = self.tags.get(at)
        if end - at == 1 and self.tags and (tag is None or tag.end != end):
            return True  # 说 in 小说, 称 in 名称
        named = tag is not None and tag.end == end and tag.kind in {"n", "vn", "nz"} and gap > 2
        return named and not self._opens(end) and not text.endswith("发言", 0, at)

    def _opens(self, end: int) -> bool:
        return self.text[end : end + 1] in set(":：")

    def _is_addressed(self, begin: int, close: int) -> bool:
        """`感激地对赶来的某某说`: after a clause about the speaker, the person named is spoken to."""
        return bool(_TO.match(self.text, begin, close))

    def _inherited(self, begin: int, close: int, end: int) -> re.Match[str] | None:
        """The verb of a clause that begins with it (`…，并强调，…`), so that its subject is the clause's before."""
        for match in self.verbs.pattern.finditer(self.text, begin, close):
            leads = self._only_adverbs(begin, match.start()) and not self._is_noun(match, 0)
            if leads and self._takes_words(match, close, end):
                return match
        return None

    def _takes_words(self, match: re.Match[str], close: int, end: int) -> bool:
        form, final = self.verbs.rows[match.group()].form, match.end() == close
        if form == "提":
            return final or self.text[match.end() : match.end() + 1] in set("要应")
        if self.text[match.start() - 1 : match.start()] == "互":
            return False
        if not final and form != "述" and self.text[match.end() : match.end() + 1] in _DONE:
            return False
        if form == "述":
            return final or self.text[match.end() : match.end() + 1] == "了"
        # `听取汇报，要求…` tells of what was done.
        told = form == "言" and match.group() != "要求" and not self._said_to("", match, end)
        return final or form == "愿" or told

    def _only_adverbs(self, begin: int, at: int) -> bool:
        if self.text[max(begin, at - 1) : at] == "地":
            return True
        within = _IN_PAPER.match(self.text, begin, at)
        begin = within.end() if within else begin
        while begin < at:
            tag = self.tags.get(begin)
            if tag is None or tag.kind not in {"d", "ad", "c", "f", "u", "m"}:
                return False
            begin = tag.end
        return True

    def _has_own_subject(self, begin: int, close: int) -> bool:
        """Whether a clause without a person has another subject, so that none goes over from the clause before."""
        nouns = 0
        while begin < close:
            tag = self.tags.get(begin)
            if tag is None and self.text[begin] == "\0":
                begin += 1
                continue
            if tag is None or tag.kind == "p":
                return False
            if tag.kind in {"v", "vd"}:
                return nouns > 0
            nouns += tag.kind in {"n", "nz", "nw", "nt", "ns", "ORG", "LOC", "vn", "r"}
            begin = tag.end
        return False

    def _is_nobody(self, begin: int, close: int) -> bool:
        return bool(_NOBODY.match(self.text, begin, close))

    def _nobody_says(self, begin: int, close: int) -> bool:
        """`会议指出，…`, `报告提出，…`, `大家希望…`: words of nobody that has a name."""
        for match in self.verbs.pattern.finditer(self.text, begin + 1, close):
            reports = self.verbs.rows[match.group()].form != "提" or match.group() == "提出"
            said = match.end() == close or self._is_nobody(begin, close)
            if reports and said and not self._is_noun(match, _SHORT):
                return True
        return False

    def _seen_as(self, begin: int, close: int, end: int) -> Head | None:
        for person in (p for p in self.people if begin <= p.start and p.end <= close):
            before = self.text[begin : person.start]
            for lead, trail in _SEEN:
                match = trail.match(self.text, person.end, end) if lead.search(before) else None
                if match:
                    told = match.group()[-1] in ",，:：是"
                    return Head((person,), begin, match.end() if told else end, goes_on=True)
        return None

    def _made(
        self, speakers: tuple[Name, ...], here: _Subject | None, own: bool, at: tuple[int, int], verb: re.Match[str]
    ) -> Head:
        begin, end = at
        row = self.verbs.rows[verb.group()]
        words = verb.end()
        if row.form == "告" and (told_to := _TOLD_TO.match(self.text, words, end)):
            words = told_to.end()
        if row.form == "述" and self.text[words : words + 1] in {"了", "过"}:
            words += 1
        while words < end and self.text[words] in ",，:：":
            words += 1
        told = verb.start() if row.form == "愿" else words
        goes_on = row.form != "述" or self.text[verb.end() : verb.end() + 1] in set(",，:：")
        spoken_for = self.spoken_for(here.end, verb.start()) if here else ()
        return Head(speakers, begin, told, goes_on, own, spoken_for)

    def spoken_for(self, start: int, end: int) -> tuple[Mention, ...]:
        """The bodies in `代表某党市委发言`."""
        found: list[Mention] = []
        for match in _FOR.finditer(self.text, start, end):
            at = match.end()
            while body := next((b for b in self.bodies if b.start == at and b.end <= end), None):
                found.append(Clause(self.passage, body.start, body.end).mention("Organization", body.full))
                at = body.end + (self.text[body.end : body.end + 1] in {"、", "和"})
        return tuple(found)
