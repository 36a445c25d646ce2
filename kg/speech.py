"""Who says what in a paragraph: quotations and reported speech, each with its speaker, by the form of the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lexicon import Term
from kg.model import Name, Passage
from kg.names import Names
from kg.sentences import Clause, sentences

_QUOTE = re.compile(r'"(?P<straight>[^"]*)"|“(?P<curly>[^“”]*(?:“[^”]*”[^“”]*)*)”')
_SPOKEN = re.compile(r"[,，。!！?？;；]")
_LEAST_SPOKEN = 10
_ALSO = re.compile(r"(?:此外|另外|同时|并且|而且|另一方面)[,，]?")
_MAKES_SOMETHING = {"提出", "建议", "提议", "提案", "提交"}
"""Verbs that with 了 tell of a proposal made, and not what was said."""
_MOST_BETWEEN = 12
"""Characters between a speaker's name and the verb of saying (`某某接受采访时表示`)."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said: the exact words, and who said them."""

    speaker: Name
    words: Clause
    evidence: Clause
    """The words with the attribution around them."""
    direct: bool
    """Whether the text quotes the words or reports them."""


def utterances(passage: Passage, names: Names, verbs: Sequence[Term]) -> list[Utterance]:
    """Every utterance of a named person in a passage, in order.

    A quotation belongs to the person named in its own sentence: before it (`某某说:"…"`) or, where the sentence begins
    with it, right after it (`"…"某某认为`); or to the person that a pronoun there points to. Reported speech begins
    with a name or a pronoun and a verb of saying, and goes on over sentences that begin with such a verb or with 此外.

    >>> text = "林某说:“希望多办夜校,方便居民。”"
    >>> people = (Name("Person", 0, 2, "林某", "林某"),)
    >>> passage = Passage(text, tuple(range(len(text))))
    >>> [u.words.text for u in utterances(passage, Names("cn", None, {0: people}, {}), (Term("说", "看法", ()),))]
    ['希望多办夜校,方便居民。']
    """
    return list(_Paragraph(passage, names, verbs).read())


class _Paragraph:
    def __init__(self, passage: Passage, names: Names, verbs: Sequence[Term]) -> None:
        self.passage, self.text = passage, passage.text
        self.people = names.of(passage, "Person")
        self.quotes = [m.span() for m in _QUOTE.finditer(self.text) if _is_speech(self.text, *m.span())]
        ordered = sorted((v.id for v in verbs), key=len, reverse=True)
        self.verb = re.compile("|".join(map(re.escape, ordered)))
        self.pronoun = re.compile(
            rf"(?:^|[,，。;；])(?:此外,|同时,|对此,)?[她他](?:还|也|则|曾)?(?:{self.verb.pattern})"
        )
        self.subject = re.compile(rf"(?P<gap>[^,，。;；:：\"“”《]{{0,{_MOST_BETWEEN}}}?)(?P<verb>{self.verb.pattern})")

    def read(self) -> Iterator[Utterance]:
        speaker: Name | None = None
        reporting = False
        for sentence in self._sentences():
            quoted = [q for q in self.quotes if sentence.start <= q[0] < sentence.end]
            named = self._speaker(sentence, quoted, speaker)
            if reporting and named is None and not quoted and (more := self._adds(sentence)) and speaker:
                yield Utterance(speaker, more, sentence, False)
                continue
            reporting = False
            if named is None and not self._goes_on(sentence):
                continue
            speaker = named or speaker
            if speaker is None:
                continue
            for begin, end in quoted:
                yield Utterance(speaker, Clause(self.passage, begin + 1, end - 1), sentence, True)
            reported = self._reported(sentence, quoted, speaker)
            if reported is not None:
                reporting = True
                yield Utterance(speaker, reported, sentence, False)

    def _sentences(self) -> list[Clause]:
        """Sentences of the passage with quotations held together, and joined to the attribution that follows them."""
        ends = [c.end for c in sentences(self.passage)]
        cuts = [e for e in ends if not any(a < e < b for a, b in self.quotes)]
        # `"…。"某某认为`: the quotation that fills a sentence belongs with the next one, which says whose it is.
        cuts = [e for e in cuts if not self._whole_quotation(e) or e == len(self.text)]
        starts = [0, *cuts]
        return [Clause(self.passage, a, b) for a, b in zip(starts, [*cuts, len(self.text)], strict=True) if a < b]

    def _whole_quotation(self, end: int) -> bool:
        quote = next((q for q in self.quotes if q[1] == end), None)
        if quote is None:
            return False
        before = self.text[: quote[0]]
        return not before or before[-1] in '。！？!?"”'

    def _speaker(self, sentence: Clause, quoted: Sequence[tuple[int, int]], last: Name | None) -> Name | None:
        narrated = [p for p in self.people if sentence.start <= p.start < sentence.end and not self._inside(p, quoted)]
        for person in narrated:
            if quoted or self._says(person, sentence, quoted):
                return person
        pronoun = self.pronoun.search(self._narration(sentence, quoted))
        if pronoun:
            return last or self._last_named(sentence.start)
        return None

    def _last_named(self, before: int) -> Name | None:
        named = [p for p in self.people if p.end <= before and not self._inside(p, self.quotes)]
        return named[-1] if named else None

    def _says(self, person: Name, sentence: Clause, quoted: Sequence[tuple[int, int]]) -> bool:
        """Whether the sentence goes on from the name to a verb of saying, directly or by way of a pronoun."""
        if self.subject.match(self.text, person.end, sentence.end):
            return True
        return bool(self.pronoun.search(self.text[person.end : sentence.end]))

    def _adds(self, sentence: Clause) -> Clause | None:
        """What a sentence adds to reported speech before it (`此外,…`); None where it names anybody or does not."""
        joint = _ALSO.match(sentence.text)
        named = any(sentence.start <= p.start < sentence.end for p in self.people)
        return Clause(self.passage, sentence.start + joint.end(), sentence.end) if joint and not named else None

    def _goes_on(self, sentence: Clause) -> bool:
        return bool(self.verb.match(sentence.text))

    def _reported(self, sentence: Clause, quoted: Sequence[tuple[int, int]], speaker: Name) -> Clause | None:
        """The words after the verb of saying, up to the sentence's end; none where they stand in quotation marks."""
        begin = speaker.end if sentence.start <= speaker.start < sentence.end else sentence.start
        for match in self.verb.finditer(self.text, begin, sentence.end):
            if any(a <= match.start() < b for a, b in quoted) or self._is_noun(match.start(), match.end()):
                continue
            start = match.end()
            while start < sentence.end and self.text[start] in ",，:：":
                start += 1
            if any(a == start for a, _ in quoted) or sentence.end - start < _LEAST_SPOKEN:
                return None
            return Clause(self.passage, match.start() if self._wish(match.group()) else start, sentence.end)
        return None

    def _is_noun(self, start: int, end: int) -> bool:
        """`的期望`, `所说的`, `提出了…的建议`: the verb's word names a thing, or tells of one."""
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        told = self.text[start:end] in _MAKES_SOMETHING and after in {"了", "过"}
        return before in {"的", "所", "些", "条"} or after == "的" or told

    def _wish(self, verb: str) -> bool:
        """`希望…` is said with its verb; `表示,…` is not."""
        return verb in {"希望", "期望", "期盼", "期待", "盼望", "盼", "渴望", "建议", "呼吁", "提议"}

    def _narration(self, sentence: Clause, quoted: Sequence[tuple[int, int]]) -> str:
        kept, start = [], sentence.start
        for begin, end in quoted:
            kept.append(self.text[start:begin])
            start = end
        return "".join([*kept, self.text[start : sentence.end]])

    @staticmethod
    def _inside(person: Name, quoted: Sequence[tuple[int, int]]) -> bool:
        return any(a <= person.start < b for a, b in quoted)


def _is_speech(text: str, start: int, end: int) -> bool:
    """Whether a quotation is speech: it stands after a mark or begins the text, and has clauses; a slogan does not."""
    introduced = start == 0 or text[start - 1] in ':：,，。！？!?"”'
    return introduced and end - start >= _LEAST_SPOKEN + 2 and bool(_SPOKEN.search(text[start:end]))
