"""The lexicon: one CSV file a kind, read into frozen rows.

A file's header is its row's fields; a field that holds several values parts them by `|`. A data folder of one's own may
hold files of the same names: their rows are added to the package's, and a row with the same key replaces it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from kg.errors import KgError


class MalformedLexicon(KgError):
    """A lexicon row that can't be read, with its file and line."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A policy theme: what a text calls it, where it stands, and what must not be taken for it."""

    id: str
    name: str
    en: str
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    """The ids of the theme above it and, after it, of themes of other policy areas that its words say as well."""
    cap: int | None
    """Comparative Agendas Project major topic: top themes only."""
    cap_sub: int | None
    wuwei: str
    """Its place in 五位一体: 经济建设, 政治建设, 文化建设, 社会建设, 生态文明建设 or 其他."""
    examples: tuple[str, ...]
    """Phrases in which it must be found."""
    decoys: tuple[str, ...]
    """Phrases that hold one of its words and in which it must not be found: a decoy blocks its words there."""


@dataclass(frozen=True, slots=True)
class SectorType:
    """A walk of life (界别) of the national scheme."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    first_term: int
    """The first term of the national committee whose scheme has it."""
    last_term: int | None
    """The last one; empty while it is in force."""


@dataclass(frozen=True, slots=True)
class Party:
    """A democratic party (民主党派)."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A word that names what a person is: a post, a title, a calling."""

    id: str
    capacity: str
    """群众, 委员, 干部/工作人员, 专家学者, 媒体 or 企业: in what capacity its bearer speaks."""
    level: str
    """`cn` for a post that only the nation has; else empty."""
    before_name: bool
    """Whether it may stand directly before the name it belongs to (`主任王某`)."""
    after_name: bool
    """Whether a surname or a name may stand directly before it (`王主任`, `董奶奶`)."""


@dataclass(frozen=True, slots=True)
class Surname:
    """A family name; compound ones have two characters."""

    id: str


@dataclass(frozen=True, slots=True)
class Suffix:
    """How a name of a kind ends: `街道` (a place), `委员会` (a body), `议事堂` (an initiative)."""

    id: str
    kind: str
    """Of a body: 党组织, 政府, 学校 …; of a place: 省, 市, 区, 街道, 社区 or `site`; of an initiative: its kind."""
    decoys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organ:
    """A body that every reader knows by name: an organ of the nation, a people's organisation, a medium of record."""

    id: str
    """Its full name."""
    kind: str
    aliases: tuple[str, ...]
    """Its short forms, and the names that it bore."""
    decoys: tuple[str, ...]
    """Phrases that hold one of its words and do not speak of it as a body."""


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division of the national statistical code."""

    id: str
    """The code, six digits."""
    name: str
    short: str
    """The name without its level (`浙江`), where it is used alone; else empty."""
    within: str
    """The code of the division above; empty for a province."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state, of today or of the last hundred years."""

    id: str
    """ISO 3166-1 alpha-2; of a former state ISO 3166-3."""
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A river, a mountain, a sea, a region that bears a name and is no division."""

    id: str
    """Its name."""
    kind: str
    """河流, 山脉, 区域 …"""
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EthnicGroup:
    """One of the 56 ethnic groups (民族), as the names of autonomous divisions have it."""

    id: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field with its other wordings: a form of consultation, a kind of plan item."""

    id: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb that tells what somebody says, wishes or sees."""

    id: str
    kind: str
    """期盼, 建议, 看法 or 表态."""
    form: str
    """How the words follow: 言 `说，…`, 告 `告诉某某，…`, 愿 `希望…` (said with the verb), 述 `介绍了…`, 见 `发现…`,
    提 `提出…`."""


@dataclass(frozen=True, slots=True)
class TitleWord:
    """A word of proposals' titles that says little of what they are about, or the same as another one."""

    id: str
    kind: str
    """套语 (加强, 建议: says nothing), 举措 (what is to be done), 范围 (where, or for whom) or 同义."""
    sense: str
    """Of 举措 the sort of measure (监管 and 治理 are both 管理); of 同义 the word that it stands for."""


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """How a saved question may be asked in words."""

    id: str
    """The saved question's name."""
    asks: tuple[str, ...]
    """What it may be asked for: the nouns of question-words.csv that may stand beside 哪些 or 多少, and 谁."""
    forms: tuple[str, ...]
    """Bags of words and slots; `kg.ask.forms` tells how they are written."""
    examples: tuple[str, ...]
    """Questions that ask it, with slots such as `〔议题〕` for names; the first is shown to be filled in."""
    decoys: tuple[str, ...]
    """Questions that look like it and must not be taken for it."""
    also: tuple[str, ...]
    """What a further clause may ask for, since the answer tells it: words of question-words.csv."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A word that character recognition breaks, and the word that was printed."""

    id: str
    printed: str


@dataclass(frozen=True, eq=False)  # read once: compared by identity
class Lexicon:
    """Every table of the lexicon, each in its file's order."""

    themes: tuple[ThemeRow, ...] = field(metadata={"file": "themes.csv", "row": ThemeRow})
    sector_types: tuple[SectorType, ...] = field(metadata={"file": "sector-types.csv", "row": SectorType})
    parties: tuple[Party, ...] = field(metadata={"file": "parties.csv", "row": Party})
    posts: tuple[Post, ...] = field(metadata={"file": "posts.csv", "row": Post})
    surnames: tuple[Surname, ...] = field(metadata={"file": "surnames.csv", "row": Surname})
    divisions: tuple[Division, ...] = field(metadata={"file": "divisions.csv", "row": Division})
    countries: tuple[Country, ...] = field(metadata={"file": "countries.csv", "row": Country})
    landmarks: tuple[Landmark, ...] = field(metadata={"file": "landmarks.csv", "row": Landmark})
    ethnic_groups: tuple[EthnicGroup, ...] = field(metadata={"file": "ethnic-groups.csv", "row": EthnicGroup})
    body_suffixes: tuple[Suffix, ...] = field(metadata={"file": "body-suffixes.csv", "row": Suffix})
    tagged_body_suffixes: tuple[Suffix, ...] = field(metadata={"file": "tagged-body-suffixes.csv", "row": Suffix})
    organs: tuple[Organ, ...] = field(metadata={"file": "organs.csv", "row": Organ})
    place_suffixes: tuple[Suffix, ...] = field(metadata={"file": "place-suffixes.csv", "row": Suffix})
    initiative_suffixes: tuple[Suffix, ...] = field(metadata={"file": "initiative-suffixes.csv", "row": Suffix})
    consultation_forms: tuple[Term, ...] = field(metadata={"file": "consultation-forms.csv", "row": Term})
    meeting_kinds: tuple[Term, ...] = field(metadata={"file": "meeting-kinds.csv", "row": Term})
    speech_verbs: tuple[SpeechVerb, ...] = field(metadata={"file": "speech-verbs.csv", "row": SpeechVerb})
    table_columns: tuple[Term, ...] = field(metadata={"file": "table-columns.csv", "row": Term})
    member_columns: tuple[Term, ...] = field(metadata={"file": "member-columns.csv", "row": Term})
    title_words: tuple[TitleWord, ...] = field(metadata={"file": "title-words.csv", "row": TitleWord})
    question_words: tuple[Term, ...] = field(metadata={"file": "question-words.csv", "row": Term})
    question_forms: tuple[QuestionForm, ...] = field(metadata={"file": "question-forms.csv", "row": QuestionForm})
    confusions: tuple[Confusion, ...] = field(metadata={"file": "ocr-confusions.csv", "row": Confusion})


TABLES: dict[str, tuple[str, type]] = {f.name: (f.metadata["file"], f.metadata["row"]) for f in fields(Lexicon)}
"""Table name → its file's name and its row's type."""


def load(*folders: Path) -> Lexicon:
    """Read the lexicon from folders, later ones adding to earlier ones.

    Raises MalformedLexicon with file:line for a row that can't be read.
    """
    tables: dict[str, Any] = {}
    for table, (name, row) in TABLES.items():
        rows: dict[str, Any] = {}
        for folder in folders:
            if (folder / name).is_file():
                rows |= {entry.id: entry for _, entry in read_table(folder / name, row)}
        tables[table] = tuple(rows.values())
    return Lexicon(**tables)


def read_table(path: Path, row: type[Any]) -> Iterator[tuple[int, Any]]:
    """The rows of one file with the line that each starts on, counting from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as e:
        raise MalformedLexicon(
            f"not UTF-8 (byte {e.start})", where=f"{path.name}:1", hint="save the file as CSV UTF-8"
        ) from e
    reader = csv.reader(io.StringIO(text))
    names = [f.name for f in fields(row)]
    header = next(reader, [])
    if header != names:
        raise MalformedLexicon(
            f"the header is {','.join(header)}", where=f"{path.name}:1", hint=f"it should be {','.join(names)}"
        )
    types = get_type_hints(row)
    line = reader.line_num + 1
    for cells in reader:
        if len(cells) != len(names):
            raise MalformedLexicon(
                f"{len(cells)} cells where there should be {len(names)}",
                where=f"{path.name}:{line}",
                hint="put a cell that holds a comma in double quotes",
            )
        values = {n: _value(c.strip(), types[n], n, f"{path.name}:{line}") for n, c in zip(names, cells, strict=True)}
        if not values["id"]:
            raise MalformedLexicon("the id is empty", where=f"{path.name}:{line}", hint="every row needs one")
        yield line, row(**values)
        line = reader.line_num + 1


def _value(cell: str, kind: object, name: str, where: str) -> str | int | bool | tuple[str, ...] | None:
    if kind == tuple[str, ...]:
        return tuple(part for part in cell.split("|") if part)
    if kind is bool:
        if cell not in {"yes", "no"}:
            raise MalformedLexicon(f"{name} is {cell!r}", where=where, hint="write yes or no")
        return cell == "yes"
    if kind is str:
        return cell
    if not cell and kind is not int:
        return None
    if not cell.isdecimal():
        raise MalformedLexicon(f"{name} is {cell!r}", where=where, hint="write a whole number")
    return int(cell)


def words(rows: Iterable[Any]) -> dict[str, Any]:
    """Every wording of the rows → its row: id or name, short name, aliases."""
    found: dict[str, Any] = {}
    for row in rows:
        for word in (getattr(row, "name", row.id), getattr(row, "short", ""), *getattr(row, "aliases", ())):
            if word:
                found.setdefault(word, row)
    return found
