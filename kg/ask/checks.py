"""What is wrong with the rows of question-forms.csv: words that no table has, examples that are not understood."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ask.forms import KINDS, MalformedForm, parse
from kg.ask.reading import NOUN, WHO
from kg.ask.templates import Templates
from kg.lexicon import Lexicon, QuestionForm

Wrong = tuple[str, str, str]
"""The row's id, what is wrong, and what to do."""


def wrong(lexicon: Lexicon) -> Iterator[Wrong]:
    """Every form that can't be read or names an unknown word; if there is none, every example and decoy that fails."""
    broken = [found for row in lexicon.question_forms for found in _broken(row, lexicon)]
    yield from broken
    if not broken:
        templates = Templates(lexicon)
        for row in lexicon.question_forms:
            yield from _failing(row, templates)


def _broken(row: QuestionForm, lexicon: Lexicon) -> Iterator[Wrong]:
    kinds = {word.id: word.kind for word in lexicon.question_words}
    if not row.examples:
        yield row.id, f"{row.id} has no example", "write a question that asks it, with slots such as 〔议题〕"
    for noun in row.asks:
        if kinds.get(noun) not in {NOUN, WHO}:
            yield row.id, f"asks is {noun}", f"write a word of question-words.csv of the kind {NOUN} or {WHO}"
    for text in row.forms:
        try:
            form = parse(row.id, text)
        except MalformedForm as error:
            yield row.id, error.what, error.hint
            continue
        for name in sorted(name for item in form.items if not item.param for name in item.names - kinds.keys()):
            yield row.id, f"the form {text} has {name}, which is no id in question-words.csv", "use one, or add the row"


def _failing(row: QuestionForm, templates: Templates) -> Iterator[Wrong]:
    for example in row.examples:
        asked = templates.asked(example)
        if asked is None or asked.question != row.id:
            taken = asked.question if asked else "nothing"
            yield (
                row.id,
                f"the example {example} asks {taken}",
                f"its slots are 〔{'〕〔'.join(KINDS)}〕; see docs/ask.md",
            )
    for decoy in row.decoys:
        asked = templates.asked(decoy)
        if asked is not None and asked.question == row.id:
            yield row.id, f"the decoy {decoy} is taken for {row.id}", "tighten the form"
