"""Membership in a democratic party: told by an office in one of its bodies, or by a word for its members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.model import Fact, Mention, Name, Passage
from kg.posts import Holding
from kg.sentences import Clause
from kg.wordlist import either

_LEADS = ("主席", "主委", "主任委员", "常委", "委员", "秘书长")
"""The posts in a party's body that none but its members hold; its offices may have others."""
_LONGEST_MEMBER = 16


class Membership:
    """How texts tell whose party a person is of; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._parties = {w: p for p in lexicon.parties for w in (p.name, p.short, *p.aliases) if w}
        party = f"(?P<party>{either(self._parties)})"
        self._party_body = re.compile(rf"(?:[{HAN}]{{1,8}}?[省市区县州旗])?{party}")
        self._party_member = re.compile(rf"{party}(?:党员|盟员|会员|社员|成员)")

    def of_post(self, person: Mention, holding: Holding, evidence: Clause) -> Iterator[Mention | Fact]:
        """The democratic party of somebody who holds an office of one of its bodies."""
        body = holding.body
        match = self._party_body.match(body.text) if body else None
        if body and match and holding.word.endswith(_LEADS):
            words = Clause(body.passage, body.start + match.start("party"), body.start + match.end("party"))
            yield from self._of_party(person, words, evidence, "party.post")

    def stated(self, person: Mention, words: Clause, evidence: Clause) -> Iterator[Mention | Fact]:
        """The democratic party whose member the words call somebody: `民革党员`."""
        match = self._party_member.fullmatch(words.text)
        if match:
            named = Clause(words.passage, words.start, words.start + match.end("party"))
            yield from self._of_party(person, named, evidence, "party.member")

    def before(self, name: Name, passage: Passage) -> Clause | None:
        """The words that call somebody a party's member, right before the name."""
        found = self._party_member.finditer(passage.text, max(0, name.start - _LONGEST_MEMBER), name.start)
        return next((Clause(passage, *m.span()) for m in found if m.end() == name.start), None)

    def _of_party(self, person: Mention, words: Clause, evidence: Clause, rule: str) -> Iterator[Mention | Fact]:
        party = words.mention("Organization", self._parties[words.text].name)
        yield party
        yield evidence.fact(person, "zx:party", party, rule)
