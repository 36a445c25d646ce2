"""Turns: paragraphs read in order, knowing who was named and who spoke last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.clean import HAN
from kg.model import Mention, Name, Passage
from kg.names import Names
from kg.sentences import Clause, sentences
from kg.speech.heads import Head, Heads, Verbs
from kg.speech.labels import asks
from kg.speech.labels import label as labelled
from kg.speech.quotations import Quotation, quotations
from kg.speech.story import Story
from kg.speech.subjects import greeted, proposed

_LEAST = 6
"""Characters of reported words that are a statement."""
_TELLS = re.compile(
    r"近日|日前|随后|当天|会前|会后|会上|其间|期间|据悉|据了解|据统计|记者|图为|活动中|会议|大家|与会|委员们|代表们|座谈会"
    r"|双方|\d{1,2}[月日时]|[^，,。]{0,6}(?:上午|下午|晚上)|[^，,。]{0,8}(?:期间|会上)[，,]|（"
)
"""How a sentence begins that tells of something, and is no more of what was said."""
_SIGNATURE = re.compile(r"(?<=[。！？!?])\s*[（(][^（）()。]{2,24}[)）]\s*$")
"""The reporter's name at a paragraph's end, and the like."""
_DATELINE = re.compile(
    rf"(?:[{HAN}]{{2,4}}(?:网|社|报)|本[报台网])(?:消息|[^,，。：:]{{0,14}}[日月]?[讯电])(?:（\0*）|\(\0*\))?[:：\s]?"
)
_AS_SAID = re.compile(r"时|后|之后|的时候")
"""`说“…”时，…`: after a quotation that is all that was said."""
_PAPER = "文章|讲话|致辞|贺词|贺信|贺电|演讲"
_WROTE = re.compile(rf"(?:总书记|同志|委员)*(?:在[^。，]{{2,40}}上)?的?(?:重要|署名)*(?:{_PAPER})")
_GIVES = re.compile(rf"[^。；]{{0,60}}?(?:致|发表|作|发来|向[^。，]{{2,30}}致)[^。，；]{{0,8}}?(?:{_PAPER})")
_PUBLISHES = re.compile(r"发表|刊发|播发|刊登")
_PAPER_SAYS = re.compile(rf"(?:这篇|该)?(?:{_PAPER})(?:中|还|最后)*(?:指出|强调|认为|提出|写道|说)[,，:：]?")


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said: the exact words, and who said them."""

    speaker: Name
    where: Passage
    """The paragraph that names the speaker."""
    words: Clause
    evidence: Clause
    """The words with the attribution around them."""
    form: str
    """`quoted`, `reported`, `signed` (all of an article), `proposed` (the subject of what one is to propose)."""
    spoken_for: tuple[Mention, ...] = ()
    """The bodies for which one speaks (`代表某党市委发言`)."""


@dataclass(frozen=True, slots=True)
class _People:
    """People with the paragraph that names them."""

    names: tuple[Name, ...]
    where: Passage


@dataclass(slots=True)
class _Turn:
    """Reported words that may go on in the next sentence."""

    who: _People
    start: int
    words: int
    end: int
    goes_on: bool
    spoken_for: tuple[Mention, ...] = ()


def read(run: Sequence[Passage], names: Names, verbs: Verbs) -> Iterator[Utterance]:
    """The utterances of paragraphs that follow one another.

    A quotation belongs to the person named before it (`某某说：“…”`) or, where it begins its sentence, after it
    (`“…”某某认为`); a pronoun points to the person whom the text told of last. A line that begins with a name and a
    colon is that person's.
    """
    yield from _Reader(run, names, verbs).read()


class _Paragraph:
    """One paragraph: its speech in quotation marks, and what is told around it."""

    def __init__(self, passage: Passage, marks: Sequence[Quotation], names: Names, verbs: Verbs) -> None:
        self.passage = passage
        self.story = Story(passage, marks, names)
        self.heads = Heads(self.story, verbs)
        self.text = self.story.text
        self.quotes = [q for q in marks if q.spoken]
        self.marks = {q.start: q for q in marks}

    def units(self) -> list[tuple[int, int]]:
        """The sentences with their quotations held together; several speakers are parted (`甲建议…；乙提出…`)."""
        opening = {q.start + 1: q.start for q in self.quotes}  # a straight mark behind a stop may open
        ends = [opening.get(c.end, c.end) for c in sentences(self.passage)]
        cuts = [e for e in ends if not any(q.start < e < q.end for q in self.quotes)]
        # `“…。”某某认为`: the quotation that fills a sentence belongs with the next one, which says whose it is.
        cuts = [e for e in cuts if not self._is_filled(e)]
        parts = [m.end() for m in re.finditer("[;；]", self.text)]
        cuts += [e for e in parts if self.heads.begins_turn(e, len(self.text))]
        # A headline that runs into the report: `…强调要做实事 某某社某地1月2日电`.
        cuts += [at for m in _DATELINE.finditer(self.text) for at in m.span()]
        edges = sorted({0, *cuts, len(self.text)})
        return list(pairwise(edges))

    def _is_filled(self, end: int) -> bool:
        quote = next((q for q in self.quotes if q.end == end), None)
        if quote is None or end == len(self.text):
            return False
        return not quote.start or self.text[quote.start - 1] in '。！？!?"”'


class _Reader:
    """Goes through the paragraphs; its state is who was named, who spoke, and whose words are still open."""

    def __init__(self, run: Sequence[Passage], names: Names, verbs: Verbs) -> None:
        self.run, self.names, self.verbs = run, names, verbs
        self.labels = [labelled(p, names) for p in run]
        asked = [asks(p) for p in run]
        self.is_dialogue = sum(asked) + sum(label is not None for label in self.labels) > 2
        self.named: _People | None = None
        """Whom a pronoun points to."""
        self.spoke: _People | None = None
        """Who spoke in the sentence before."""
        self.answers: _People | None = None
        """Whose answer the paragraphs without a label go on with, in a dialogue."""
        self.author: _People | None = None
        """Whose article, speech or message the text reports."""
        self.author_for: tuple[Mention, ...] = ()
        """For whom the author speaks."""
        self.told: _People | None = None
        """The one person that the sentence before was about."""
        self.before: _People | None = None
        """Who spoke in the sentence before that."""
        self.turn: _Turn | None = None

    def read(self) -> Iterator[Utterance]:
        quoted = quotations([p.text for p in self.run])
        for passage, label, marks in zip(self.run, self.labels, quoted, strict=True):
            if asks(passage):
                self.answers = None
            elif label is not None:
                self.named = self.spoke = self.answers = _People((label[0],), passage)
                yield from _said(self.named, passage, label[1], len(passage.text), 0, len(passage.text), "quoted")
            else:
                yield from self._paragraph(_Paragraph(passage, marks, self.names, self.verbs))

    def _paragraph(self, paragraph: _Paragraph) -> Iterator[Utterance]:
        units, end = paragraph.units(), len(paragraph.text)
        heads = (paragraph.heads.first(a, b, ()) for a, b in units)
        if self.is_dialogue and self.answers and not any(h.speakers for h in heads if h):
            yield from _said(self.answers, paragraph.passage, 0, end, 0, end, "quoted")
            return
        for start, end in units:
            yield from self._unit(paragraph, start, end)
        yield from self._close(paragraph)

    def _unit(self, paragraph: _Paragraph, start: int, end: int) -> Iterator[Utterance]:
        quotes = [q for q in paragraph.quotes if start <= q.start < end]
        head = self._head(paragraph, start, end)
        self.before = self.spoke
        if quotes and not (head and _holds(head, quotes, paragraph.text)):
            yield from self._close(paragraph)
            self.spoke = None
            yield from self._quoted(paragraph, start, end, quotes)
        elif self.turn and head and not head.named and head.speakers == self.turn.who.names:
            self.turn.end = end
        elif head is not None:
            yield from self._close(paragraph)
            self.spoke = None
            self._open(paragraph, head, start, end)
        elif self.turn and self._goes_on(paragraph, start, end):
            self.turn.end = end
        else:
            yield from self._close(paragraph)
            self.spoke = None
            yield from self._proposed(paragraph, start, end)
        self._meet(paragraph, start, end)

    def _head(self, paragraph: _Paragraph, start: int, end: int) -> Head | None:
        if self.author and (says := _PAPER_SAYS.match(paragraph.text, start, end)):
            return Head(self.author.names, says.end(), goes_on=True, spoken_for=self.author_for)
        return paragraph.heads.first(start, end, self._pointed_to(), self.spoke.names if self.spoke else ())

    def _pointed_to(self) -> tuple[Name, ...]:
        """Whom 他 or 她 points to: the one person that the text told of last."""
        return self.named.names if self.named and len(self.named.names) == 1 else ()

    def _meet(self, paragraph: _Paragraph, start: int, end: int) -> None:
        """Whom the sentence is about, and whose article it reports."""
        about = paragraph.story.subject(start, end)
        self.told = _People(about, paragraph.passage) if len(about) == 1 else None
        if not about and self.named and len(self.named.names) == 1 and paragraph.story.is_pronoun(start, end):
            self.told = self.named
        if about:
            self.named = _People(about, paragraph.passage)
        for person in paragraph.story.people:
            if start <= person.start < end and self._is_author(paragraph, person, start, end, about):
                self.author = _People((person,), paragraph.passage)
                self.author_for = paragraph.story.spoken_for(person.end, end)

    def _is_author(self, paragraph: _Paragraph, person: Name, start: int, end: int, about: tuple[Name, ...]) -> bool:
        """`某刊发表某某的文章`, `某某代表某单位致贺词`."""
        if _PUBLISHES.search(paragraph.text, start, person.start):
            return bool(_WROTE.match(paragraph.text, person.end, end))
        return about == (person,) and bool(_GIVES.match(paragraph.text, person.end, end))

    def _people(self, found: tuple[Name, ...], paragraph: _Paragraph) -> _People:
        """People with the paragraph that names them: this one, or the one of whom a pronoun reminds."""
        for known in (self.named, self.spoke, self.before, self.author):
            if known and known.names == found and found[0] not in paragraph.story.people:
                return known
        return _People(found, paragraph.passage)

    def _open(self, paragraph: _Paragraph, head: Head, start: int, end: int) -> None:
        if head.speakers and end - head.words >= _LEAST:
            who = self._people(head.speakers, paragraph)
            mark = paragraph.marks.get(head.words)
            if mark and _AS_SAID.match(paragraph.text, mark.end):
                self.turn = _Turn(who, start, mark.begin, mark.close, False, head.spoken_for)
            else:
                self.turn = _Turn(who, start, head.words, end, head.goes_on, head.spoken_for)
            self.spoke = who

    def _close(self, paragraph: _Paragraph) -> Iterator[Utterance]:
        turn, self.turn = self.turn, None
        if turn:
            end = turn.words + len(paragraph.passage.text[turn.words : turn.end].rstrip())
            at = turn.words, end, turn.start, max(turn.end, end)
            args = (turn.who, paragraph.passage, *at, "reported", turn.spoken_for)
            yield from _said(*args)

    def _goes_on(self, paragraph: _Paragraph, start: int, end: int) -> bool:
        """Whether a sentence without an attribution is more of what was said: it tells of nobody and of no event."""
        story, text = paragraph.story, paragraph.text
        if self.turn is None or not self.turn.goes_on or _TELLS.match(text, start, end):
            return False
        if story.is_pronoun(start, end):
            return False
        return next(story.acting(start, end), None) is None

    def _proposed(self, paragraph: _Paragraph, start: int, end: int) -> Iterator[Utterance]:
        """What the person that the sentence is about sets out to propose or to speak on."""
        found = list(paragraph.story.subjects(start, end, self._pointed_to()))
        for (who, begin), (_, limit) in pairwise([*found, ((), end)]):
            what = proposed(paragraph.text, begin, limit) if len(who) == 1 else None
            greeting = greeted(paragraph.text, begin, limit) if len(who) == 1 else None
            people = self._people(who, paragraph) if what or greeting else None
            if people and what:
                yield from _said(people, paragraph.passage, what.start, what.end, start, end, "proposed")
            elif people and greeting:
                spoken_for = paragraph.story.spoken_for(begin, limit)
                at = greeting.start, greeting.end, start, end
                yield from _said(people, paragraph.passage, *at, "reported", spoken_for)

    def _quoted(self, paragraph: _Paragraph, start: int, end: int, quotes: Sequence[Quotation]) -> Iterator[Utterance]:
        """The quotations of a sentence, each of whom the words before it name, or those right after it."""
        reach = start
        for quote, until in zip(quotes, [*(q.start for q in quotes[1:]), end], strict=True):
            who = self._led(paragraph, reach, quote) or self._trailed(paragraph, quote.end, until)
            alone = quote.start == start and not _has_words(paragraph.text, quote.end, until)
            if quote.carried or (who is None and alone):
                who = self.before or (self.told if self.told and self.told.where is paragraph.passage else None)
            if who is not None and who.names:
                yield from _said(who, paragraph.passage, quote.begin, quote.close, start, end, "quoted")
                self.spoke = who
            reach = quote.end
        # `“…”某某建议，…`: what is reported after the quotation.
        head = paragraph.heads.first(reach, end, self._pointed_to())
        if head is not None:
            self._open(paragraph, head, start, end)

    def _led(self, paragraph: _Paragraph, start: int, quote: Quotation) -> _People | None:
        """Who speaks by the words before a quotation, the last clause of them first."""
        story, text = paragraph.story, paragraph.text
        if not _has_words(text, start, quote.start):
            return None
        *_, (last, _) = story.clauses(start, quote.start)
        spoke = self.spoke.names if self.spoke else ()
        for begin in (last, start):
            head = paragraph.heads.first(begin, quote.start, self._pointed_to(), spoke)
            if head is not None:
                return self._people(head.speakers, paragraph) if head.speakers else _People((), paragraph.passage)
            if begin == last and story.is_about_others(begin, quote.start):
                return _People((), paragraph.passage)
        about = [who for who, _ in story.subjects(start, quote.start, self._pointed_to()) if who]
        led = text[quote.start - 1] in ":：" or paragraph.passage.text[quote.close - 1] in "。！？!?"
        return self._people(about[-1], paragraph) if about and led else None

    def _trailed(self, paragraph: _Paragraph, start: int, end: int) -> _People | None:
        story = paragraph.story
        if not _has_words(paragraph.text, start, end):
            return None
        head = paragraph.heads.first(start, end, self._pointed_to())
        found = head.speakers if head else next((who for who, _ in story.subjects(start, end, ()) if who), ())
        return self._people(found, paragraph) if found else None


def _said(
    who: _People,
    passage: Passage,
    begin: int,
    close: int,
    start: int,
    end: int,
    form: str,
    spoken_for: tuple[Mention, ...] = (),
) -> Iterator[Utterance]:
    """The same words of each of the speakers."""
    if signature := _SIGNATURE.search(passage.text, begin, close):
        close = signature.start()
    words, evidence = Clause(passage, begin, close), Clause(passage, start, end)
    if words.text.strip():
        yield from (Utterance(name, who.where, words, evidence, form, spoken_for) for name in who.names)


def _holds(head: Head, quotes: Sequence[Quotation], text: str) -> bool:
    """Whether reported words begin before the first quotation and hold it, as no colon leads to it."""
    first = quotes[0]
    return bool(head.speakers) and head.words < first.start - 1 and text[first.start - 1] not in ":："


def _has_words(text: str, start: int, end: int) -> bool:
    return bool(re.search(f"[{HAN}]", text[start:end]))
