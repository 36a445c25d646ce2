"""Lines that say whose words follow: `某某：…`, `某某委员：` above paragraphs, the headline of one's own article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.clean import HAN
from kg.model import Block, Name, Passage
from kg.names import Names
from kg.speech.story import Story

_LEAST, _LEAST_SPOKEN = 20, 10
"""Characters of a paragraph that says something, of an answer."""
_LABEL = re.compile(r"[^,，。;；！？!?：:“”]{0,40}?(?:[（(][^（）()]{1,20}[)）])?\s?[:：]")
_ASKS = re.compile(rf"(?:[{HAN}]{{0,8}}(?:记者|主持人|主播)|问|网友)[:：]")
_ENTRY = re.compile(r"\s*(?:[男女][,，。;；]|.{0,30}出生|.{0,20}年\d{1,2}月生)")
"""What follows a name in a list of people, where it is no speech."""
_TITLED = re.compile(rf"[^,，。；;！？!?：:“”]{{0,40}}?(?P<end>(?:委员|代表|常委|同志)?)\s?[:：]\s?[{HAN}“《\"]")
_LABEL_LENGTH = 60
_TITLE = re.compile(r"\s?(?:委员|代表|常委|同志|主席|副主席)?(?:[（(][^（）()]{1,20}[)）])?")
_SAYS = re.compile(r"[。；;！!？?]|[说向对问]")
_SPEAKER = re.compile(r"[（(]?(?:发言人|发言者|作者)\s?[:：]?\s*")
_OWN = re.compile(r"(?:^|[,，。；;：:])(?:为此[,，])?(?:我|建议|应(?:当|该)?|要(?!求)|必须|一是|尊敬的|各位)")
_REPORTER = re.compile(r"记者|通讯员|报道|联播|本报讯|[社网]\S{0,12}[日消][息电]")


def author(blocks: Sequence[Block], names: Names) -> tuple[Name, Passage] | None:
    """Whose words all paragraphs of an article are, with the line that says so; None where nobody's are.

    The person is named above the text and nowhere in it, no reporter signs it, and it speaks for itself.
    """
    body = paragraphs(blocks)
    if not any(_OWN.search(p.text) for p in body) or any(_REPORTER.search(b.passage.text) for b in blocks):
        return None
    for block in blocks:
        person = _signs(block, names)
        if person is not None and not any(person.text in passage.text for passage in body):
            return person, block.passage
    return None


def paragraphs(blocks: Sequence[Block]) -> list[Passage]:
    """The paragraphs of an article that say something."""
    return [b.passage for b in blocks if b.kind in {"paragraph", "item"} and len(b.passage.text) >= _LEAST]


def label(passage: Passage, names: Names) -> tuple[Name, int] | None:
    """`某政协委员 某某：…`: the person whose name ends a label, and where the words begin."""
    match = _LABEL.match(passage.text)
    if match is None:
        return None
    person = next((p for p in reversed(names.of(passage, "Person")) if p.end <= match.end()), None)
    rest = passage.text[match.end() :]
    if person is None or not _TITLE.fullmatch(passage.text[person.end : match.end() - 1].rstrip()):
        return None
    if any(passage.text[p.end : p.end + 1] in {":", "："} for p in names.of(passage, "Person") if p is not person):
        return None  # several speakers on one line
    spoken = len(rest) >= _LEAST_SPOKEN and rest.rstrip()[-1] in '。！？!?”"…' and not _ENTRY.match(rest)
    story = Story(passage, (), names)
    return (person, match.end()) if spoken and story.is_subject(person.start, 0) else None


def asks(passage: Passage) -> bool:
    """Whether a line is the question of one who has no name: `记者：…`."""
    return bool(_ASKS.match(passage.text))


def owner(block: Block, names: Names) -> Name | None:
    """Whose words the paragraphs below a line are that is nothing but a name with its posts and a colon."""
    text = block.passage.text
    if block.kind == "row" or not text.endswith((":", "：")) or len(text) > _LABEL_LENGTH:
        return None
    people = names.of(block.passage, "Person")
    rest = text[people[0].end : -1] if len(people) == 1 else text
    return people[0] if _TITLE.fullmatch(rest) and not _SAYS.search(text[: people[0].start]) else None


def _signs(block: Block, names: Names) -> Name | None:
    """The one person of a line that says whose the text is."""
    text, people = block.passage.text, names.of(block.passage, "Person")
    if len(people) != 1 or len(text) > _LABEL_LENGTH:
        return None
    person = people[0]
    titled = _TITLED.match(text) if block.kind == "heading" else None
    if titled and person.end == titled.start("end"):
        return person
    speaker = _SPEAKER.match(text)
    return person if speaker and not re.search("[，。]", text[: person.start]) else None
