"""What a paragraph tells around its quotations: its clauses, and the people whom each of them is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.clean import HAN
from kg.model import Mention, Name, Passage
from kg.names import Names
from kg.sentences import Clause
from kg.speech.quotations import Quotation, masked

_MARKS = re.compile(r"[,，;；:：。！？!?]")
_PREFIX_END = re.compile(r".*(?:的|时|后|中|上|下|间|（\0*）)")
"""What a subject may follow whatever stands before it: the end of a clause that describes it, of a time or a place."""
_INTO_OBJECT = frozenset("向对给跟同与把被让请为和替以")
_EMPTY = frozenset({"代表", "是", "来", "去", "执行", "代理"})
"""Words that the tagger calls verbs and that stand in a subject."""
_SUBJECTS = frozenset({"n", "nz", "nw", "nt", "ns", "ORG", "LOC", "vn", "r"})
_CHAIN = re.compile(
    rf"(?:委员|代表|常委|同志|先生|女士|院士|教授)?(?:（\0+）)?(?P<by>[、和与及]|以及)[{HAN}\0“”·]{{0,24}}$"
)
_TOGETHER = re.compile(rf"[{HAN}]{{0,8}}(?:时|中|后)")
_OF_A_NAME = re.compile(
    r"(?:总书记|同志|主席|委员|代表)*(?:的|关于|重要|新时代|(?:经济|生态文明|法治|文化|外交|强军)思想)"
)
"""What follows a name that stands in the name of a doctrine or of one's work, where the person does nothing."""
_UNDER = re.compile(r"(?:同志|总书记|主席)?[^,，]{0,8}(?:下|里|家|家中|身上|身边|为核心|那里)$")
"""What follows a name in `在某某领导下`."""
_SELF = re.compile(r"(?:我|咱|本人|笔者)")
_PRONOUN = re.compile(r"(?<![其让请])[他她](?![们人的国乡])")
_NOBODY = re.compile(r"(?:大家|双方|与会|会议|委员们|代表们|他们|她们|各方|记者)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The people that a clause is about: none where it is in the first person, or where 他 points to nobody known."""

    names: tuple[Name, ...]
    end: int
    """Where they have been named."""
    first_person: bool = False


class Story:
    """A paragraph with its quotations blotted out, so that offsets hold."""

    def __init__(self, passage: Passage, quoted: Sequence[Quotation], names: Names) -> None:
        self.passage = passage
        self.text = masked(passage.text, quoted)
        self.people = [p for p in names.of(passage, "Person") if self.text[p.start : p.end] == p.text]
        self.bodies = names.of(passage, "Organization")
        self.tags = {t.start: t for t in names.words(passage) if self.text[t.start] != "\0"}

    def clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The clauses between two places, without their marks."""
        for match in _MARKS.finditer(self.text, start, end):
            if match.start() > start:
                yield start, match.start()
            start = match.end()
        if start < end:
            yield start, end

    def subject_of(self, begin: int, close: int, last: tuple[Name, ...] = ()) -> Subject | None:
        """The subject of the clause `text[begin:close]`; `last` is whom 他 or 她 points to."""
        first = next((p for p in self.people if begin <= p.start and p.end <= close), None)
        pronoun = self._pronoun(begin, close)
        if pronoun is not None and (first is None or pronoun < first.start):
            return Subject(last, pronoun + 1)
        if first is not None and self.is_subject(first.start, begin) and self._acts(first, begin, close):
            chain = tuple(self._chain(first, close))
            return Subject(chain, chain[-1].end)
        if _SELF.match(self.text, begin, close):
            return Subject((), begin, first_person=True)
        return None

    def subject(self, start: int, end: int) -> tuple[Name, ...]:
        """The person, or the people in a row, that the sentence is about by its form."""
        for begin, close in self.clauses(start, end):
            here = self.subject_of(begin, close)
            if here and here.names:
                return here.names
        return ()

    def subjects(self, start: int, end: int, last: tuple[Name, ...]) -> Iterator[tuple[tuple[Name, ...], int]]:
        """The people that the clauses are about, with where each of them was named."""
        for begin, close in self.clauses(start, end):
            here = self.subject_of(begin, close, last)
            if here and not here.first_person:
                last = here.names
                yield here.names, here.end

    def acting(self, start: int, end: int) -> Iterator[Name]:
        """The people who are the subject of a clause."""
        for begin, close in self.clauses(start, end):
            here = self.subject_of(begin, close)
            yield from here.names if here else ()

    def is_pronoun(self, start: int, end: int) -> bool:
        """Whether a clause of the sentence has 他 or 她 for its subject."""
        return any(self._pronoun(begin, close) for begin, close in self.clauses(start, end))

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
            if tag.kind == "v" and any(body.start <= tag.start < body.end for body in self.bodies):
                at = tag.end  # 教师|进修|校
                continue
            if (tag.kind == "v" and word not in _EMPTY) or (tag.kind in {"p", "c"} and word in _INTO_OBJECT):
                return False
            at = tag.end
        return True

    def is_about_others(self, start: int, end: int) -> bool:
        """Whether the last clause has a subject that is no person with a name (`一位老人`)."""
        *_, (begin, close) = [(start, start), *self.clauses(start, end)]
        if self.subject_of(begin, close):
            return False
        return self.is_nobody(begin, close) or self.has_other_subject(begin, close)

    def has_other_subject(self, begin: int, close: int) -> bool:
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
            nouns += tag.kind in _SUBJECTS
            begin = tag.end
        return False

    def is_nobody(self, begin: int, close: int) -> bool:
        """Whether a clause begins with those who have no name: 大家, 会议."""
        return bool(_NOBODY.match(self.text, begin, close))

    def spoken_for(self, start: int, end: int) -> tuple[Mention, ...]:
        """The bodies in `代表某党市委发言`."""
        found: list[Mention] = []
        for match in re.compile("代表").finditer(self.text, start, end):
            at = match.end()
            while body := next((b for b in self.bodies if b.start == at and b.end <= end), None):
                found.append(Clause(self.passage, body.start, body.end).mention("Organization", body.full))
                at = body.end + (self.text[body.end : body.end + 1] in {"、", "和"})
        return tuple(found)

    def _chain(self, first: Name, close: int) -> Iterator[Name]:
        """The people that are named in a row: `甲、乙和丙`; but of two that meet (`甲与乙座谈时`) the first alone."""
        yield first
        end = first.end
        for person in (p for p in self.people if first.end <= p.start and p.end <= close):
            link = _CHAIN.match(self.text[end : person.start])
            if link is None or (link["by"] != "、" and _TOGETHER.match(self.text, person.end, close)):
                return
            yield person
            end = person.end

    def _acts(self, person: Name, begin: int, close: int) -> bool:
        """Whether a name stands for its person, and not in the name of a doctrine or in `在某某领导下`."""
        under = "在" in self.text[begin : person.start] and _UNDER.match(self.text[person.end : close])
        return not under and not _OF_A_NAME.match(self.text, person.end, close)

    def _pronoun(self, begin: int, close: int) -> int | None:
        """Where 他 or 她 stands as the clause's subject."""
        found = (m.start() for m in _PRONOUN.finditer(self.text, begin, close))
        return next((at for at in found if self.is_subject(at, begin)), None)
