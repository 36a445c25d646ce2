"""Statements: what a named person said or wished for, in what capacity, in which words, about which themes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from kg.background import Background
from kg.model import Article, Concept, Fact, Mention, Name, Node, Passage
from kg.names import Names
from kg.posts import Holding
from kg.sentences import Clause
from kg.speech.turns import Utterance

_RULES = {
    "quoted": "statement.quoted",
    "reported": "statement.reported",
    "signed": "statement.signed",
    "proposed": "statement.proposed",
}
_BEGIN = (
    r"(?:^|[,，。；;：:！!？?“\"])"
    r"(?:所以|因此|为此|同时|此外|另外|最后|并|也|还|我们?|本人|她|他|很|最|特别|更|衷心|真心|就){0,4}"
)
"""Where a clause of what is said begins, its subject and adverbs read over."""
_WISHES = re.compile(rf"{_BEGIN}(?:希望|期望|期盼|期待|盼|渴望|祝愿|祝)")
_ADVISES = re.compile(rf"{_BEGIN}(?:建议|呼吁|提议|倡议)")
_SHOULD = re.compile(rf"{_BEGIN}(?:要(?!想|说|是|不)|应|必须|需要|亟需|亟待)|[^反相适对回供响]应(?:当|该|进一步|加强)")
_WILL = re.compile(rf"{_BEGIN}[^,，。；;]{{0,12}}?(?:将|会)(?:继续|持续|进一步|始终|全力|把|以)")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every utterance of a named person: quoted, reported, written, or announced by its subject.

    A statement is a speaker's continuous turn in one paragraph, however many sentences it has: one quotation, reported
    speech up to the next attribution, a paragraph of one's own article. Who says the same as another has one's own.
    """
    utterances = background.speech.of(article.blocks, names)
    held = _held({u.speaker.full for u in utterances}, article, names, background)
    for utterance in utterances:
        yield from _statement(utterance, held[utterance.speaker.full], names, background)


def _held(
    speakers: Collection[str], article: Article, names: Names, background: Background
) -> dict[str, list[tuple[Holding, Passage]]]:
    """The speakers' posts, wherever the article tells them: one is introduced once and then only named."""
    held: dict[str, list[tuple[Holding, Passage]]] = defaultdict(list)
    for block in article.blocks:
        for cell in block.cells if block.kind != "byline" else ():
            for person in (p for p in names.of(cell, "Person") if p.full in speakers):
                holdings = background.posts.of(person, cell, names)
                held[person.full] += [(h, cell) for h in holdings if not _speaks_for(person, h, cell, names)]
    return held


def _speaks_for(person: Name, holding: Holding, cell: Passage, names: Names) -> bool:
    """`某某代表某单位发言`: what looks like the post of a deputy is the verb."""
    behind = holding.role.start == person.end
    return behind and any(n.start == holding.role.end for n in names.of(cell, "Organization"))


def _statement(
    utterance: Utterance,
    held: Sequence[tuple[Holding, Passage]],
    names: Names,
    background: Background,
) -> Iterator[Mention | Fact]:
    speaker, words, evidence = utterance.speaker, utterance.words, utterance.evidence
    rule = _RULES[utterance.form]
    statement = Node("Statement", words.span, (speaker.full, words.text))
    person = Clause(utterance.where, speaker.start, speaker.end).mention("Person", speaker.full)
    yield evidence.fact(statement, "zx:speaker", person, rule)
    yield words.fact(statement, "zx:quote", words.text, rule)
    capacity = _capacity([holding for holding, _ in held])
    for body in utterance.spoken_for:
        yield evidence.fact(statement, "zx:onBehalfOf", body, "statement.on-behalf")
    if capacity:
        yield evidence.fact(statement, "zx:capacity", Concept("capacity", capacity), "statement.capacity")
    kind = _kind(utterance, capacity)
    yield words.fact(statement, "zx:statementKind", Concept("statementKind", kind), "statement.kind")
    if place := _place(held, names):
        yield evidence.fact(statement, "zx:place", place, "statement.place")
    yield from background.index(statement, words.text, words)


def _capacity(holdings: Sequence[Holding]) -> str | None:
    """In what capacity one speaks: a member as a member, an official as one, whatever else they are too."""
    held = [h.post.capacity for h in holdings]
    order = ("委员", "干部/工作人员", "专家学者", "企业", "媒体", "群众")
    return next((c for c in order if c in held), None)


def _kind(utterance: Utterance, capacity: str | None) -> str:
    """Wish, proposal, view or commitment: by the verb that leads to the words, else by how their clauses begin."""
    if utterance.form == "proposed":
        return "建议"
    words = utterance.words.text
    wished, advised = _WISHES.search(words), _ADVISES.search(words)
    if wished and (not advised or wished.start() <= advised.start()):
        return "期盼"
    if advised or (capacity == "委员" and _SHOULD.search(words)):
        return "建议"
    return "表态" if _WILL.search(words) and capacity != "群众" else "看法"


def _place(held: Sequence[tuple[Holding, Passage]], names: Names) -> Mention | None:
    """The smallest division that a post of the speaker names."""
    for holding, passage in held:
        body = holding.body
        inside = [n for n in names.of(passage, "Place") if body and body.start <= n.start and n.end <= body.end]
        if inside:
            return _mention(inside[-1], passage)
    return None


def _mention(name: Name, passage: Passage) -> Mention:
    return Clause(passage, name.start, name.end).mention("Place", name.full)
