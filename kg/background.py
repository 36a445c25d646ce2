"""What every rule may look things up in: the lexicon, the forms of names, the themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon, load
from kg.member_cells import MemberCells
from kg.membership import Membership
from kg.model import Concept, Fact, Mention, Node, Theme
from kg.names import Forms
from kg.posts import Posts
from kg.sentences import Clause
from kg.speech import Speech
from kg.themes import ThemeMatcher
from kg.words import Words


@dataclass(frozen=True, eq=False)  # made once: compared by identity
class Background:
    """Made once and used for every text; nothing in it changes."""

    lexicon: Lexicon
    words: Words
    forms: Forms
    posts: Posts
    membership: Membership
    speech: Speech
    members: MemberCells
    themes: ThemeMatcher

    @classmethod
    def of(cls, folders: Iterable[Path]) -> Background:
        """From the folders of the lexicon, later ones adding to earlier ones. Raises MalformedLexicon."""
        lexicon = load(*folders)
        words = Words.load()
        forms, themes = Forms(lexicon, words), ThemeMatcher(lexicon, words.crosses)
        members = MemberCells(lexicon, forms)
        posts, membership, speech = Posts(lexicon), Membership(lexicon), Speech(lexicon.speech_verbs)
        return cls(lexicon, words, forms, posts, membership, speech, members, themes)

    @property
    def gazetteer(self) -> Gazetteer:
        """The divisions of China."""
        return self.forms.gazetteer

    @cached_property
    def body_kinds(self) -> dict[str, str]:
        """How names of bodies end → the kind of body."""
        return {suffix.id: suffix.kind for suffix in self.lexicon.body_suffixes}

    def index(self, record: Mention | Node, text: str, evidence: Clause) -> Iterator[Fact]:
        """The themes of a record by its text (a title, a quotation, an initiative's name), and the main one.

        A proposal, a case, a task or a statement has the main theme's place in 五位一体 too.
        """
        themes, main = self.themes.themes_of(text)
        for theme in themes:
            yield evidence.fact(record, "zx:theme", Theme(theme), "theme.lexicon")
        if main is not None:
            yield evidence.fact(record, "zx:mainTheme", Theme(main), "theme.main")
        if main is not None and record.kind != "Initiative":
            category = Concept("category", self.themes.category(main))
            yield evidence.fact(record, "zx:category", category, "category.of-main-theme")
