"""Statements: what a named person said or wished for, in what capacity, in which words, about which themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.background import Background
from kg.lexicon import Term
from kg.model import Article, Concept, Fact, Mention, Name, Node, Passage
from kg.names import Names
from kg.posts import Holding
from kg.sentences import Clause
from kg.speech import Utterance, utterances

_COMMITMENT = ("将", "会继续", "会持续", "会进一步")


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """Every utterance of a named person, a quotation or reported speech."""
    held = _held(article, names, background)
    for block in article.blocks:
        if block.kind in {"paragraph", "item"}:
            for utterance in utterances(block.passage, names, background.lexicon.speech_verbs):
                yield from _statement(utterance, block.passage, held[utterance.speaker.full], names, background)


def _held(article: Article, names: Names, background: Background) -> dict[str, list[tuple[Holding, Passage]]]:
    """The posts of everyone in the article: a speaker is introduced once and then only named."""
    held: dict[str, list[tuple[Holding, Passage]]] = defaultdict(list)
    for block in article.blocks:
        for cell in block.cells if block.kind != "byline" else ():
            for person in names.of(cell, "Person"):
                held[person.full] += [(h, cell) for h in background.posts.of(person, cell, names)]
    return held


def _statement(
    utterance: Utterance,
    passage: Passage,
    held: Sequence[tuple[Holding, Passage]],
    names: Names,
    background: Background,
) -> Iterator[Mention | Fact]:
    speaker, words, evidence = utterance.speaker, utterance.words, utterance.evidence
    rule = "statement.quoted" if utterance.direct else "statement.reported"
    statement = Node("Statement", words.span, (speaker.full, words.text))
    person = Clause(passage, speaker.start, speaker.end).mention("Person", speaker.full)
    yield evidence.fact(statement, "zx:speaker", person, rule)
    yield words.fact(statement, "zx:quote", words.text, rule)
    capacity = _capacity([holding for holding, _ in held])
    if capacity:
        yield evidence.fact(statement, "zx:capacity", Concept("capacity", capacity), "statement.capacity")
    kind = _kind(words.text, capacity, background.lexicon.speech_verbs)
    yield words.fact(statement, "zx:statementKind", Concept("statementKind", kind), "statement.kind")
    if place := _place(held, names):
        yield evidence.fact(statement, "zx:place", place, "statement.place")
    yield from background.index(statement, words.text, words)


def _capacity(holdings: Sequence[Holding]) -> str | None:
    """In what capacity one speaks: a member as a member, an official as one, whatever else they are too."""
    held = [h.post.capacity for h in holdings]
    order = ("委员", "干部/工作人员", "专家学者", "企业", "媒体", "群众")
    return next((c for c in order if c in held), None)


def _kind(text: str, capacity: str | None, verbs: Sequence[Term]) -> str:
    """Wish, proposal, view or commitment, by the verbs in the words."""
    kinds = {v.kind for v in verbs if v.id in text and v.kind in {"期盼", "建议"}}
    if "期盼" in kinds:
        return "期盼"
    if "建议" in kinds:
        return "建议"
    committed = capacity == "干部/工作人员" and any(word in text for word in _COMMITMENT)
    return "表态" if committed else "看法"


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
