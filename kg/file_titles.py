"""The titles that a file has: those of the proposals that it lists, or its own."""

from __future__ import annotations

from pathlib import Path

from kg.background import Background
from kg.docket.titles import recommends
from kg.errors import UsageError
from kg.extract import extract
from kg.read import read
from kg.settings import Settings


def titles_of(path: Path, settings: Settings) -> list[str]:
    """The titles of a list or a ledger in its order, each once; of any other text its own title.

    A text whose own title is a proposal's, and that names no more than one proposal, is that proposal.

    Raises Unreadable where the file can't be read, UsageError where it has no title.
    """
    facts = extract(read(path, settings.limits), Background.of(settings.lexicons))
    listed = list(dict.fromkeys(m.name for m in facts.mentions if m.kind == "Proposal"))
    own = "" if facts.title == facts.document.id else facts.title
    if own and (not listed or (len(listed) == 1 and recommends(own))):
        return [own]
    if not listed:
        raise UsageError("no title was found in it", where=path.name, hint="kg read shows how it is understood")
    return listed
