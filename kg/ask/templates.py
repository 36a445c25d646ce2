"""The examples of question-forms.csv: questions with a slot where a name would stand, `哪些界别关注〔议题〕？`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ask.forms import KINDS, Form, forms_of
from kg.ask.matching import Asked, best, fits
from kg.ask.reading import Slot, Vocabulary, folded, read
from kg.lexicon import Lexicon

SLOT = re.compile(rf"〔(?P<kind>{'|'.join(KINDS)})[2-9]?〕")
"""A slot in an example: `〔界别〕`, and for a second one of its kind `〔界别2〕`."""


class Templates:
    """Reads the examples of a lexicon without any graph: its slots stand for themselves."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Raises kg.ask.forms.MalformedForm for a form that can't be read."""
        self._vocabulary = Vocabulary.of(lexicon)
        self._forms: Sequence[Form] = forms_of(lexicon)
        self._rows = lexicon.question_forms

    def asked(self, example: str) -> Asked | None:
        """What an example asks, each parameter with its slot as the value; None where it is not understood."""
        return best(fits(read(folded(example), self._vocabulary, _names), self._forms))

    def listing(self) -> list[dict[str, object]]:
        """The forms to fill in, as plain data for a page: one a saved question, from its first example.

        `[{"question": "conveners", "form": "〔界别〕的召集人是谁？", "params": {"sector": "〔界别〕"}}]`: put a name
        for each slot, and ask the saved question with the parameters that those slots have; what is no slot stays.
        """
        found: list[dict[str, object]] = []
        for row in self._rows:
            asked = self.asked(row.examples[0]) if row.examples else None
            if asked is not None:
                found.append({"question": row.id, "form": row.examples[0], "params": dict(asked.params)})
        return found


def filled(example: str, values: Sequence[tuple[str, str]]) -> str:
    """An example with names in its slots.

    >>> filled("哪些界别关注〔议题〕？", [("〔议题〕", "营商环境")])
    '哪些界别关注营商环境？'
    """
    for slot, value in values:
        example = example.replace(slot, value)
    return example


def _names(text: str) -> tuple[Slot, ...]:
    bare = text.removeprefix("《").removesuffix("》")
    found = SLOT.fullmatch(bare)
    return (Slot(found["kind"], bare),) if found else ()
