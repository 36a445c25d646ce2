"""What is wrong with the lexicon, row by row, so that whoever adds one can put it right.

`kg.lexicon` refuses what it can't read; this module also finds what can be read and yet misleads: a word that two
themes claim, a theme that hangs in the air, rows out of order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from kg.ask.checks import wrong
from kg.ask.reading import KINDS_OF_WORDS
from kg.lexicon import TABLES, Lexicon, MalformedLexicon, SectorType, ThemeRow, read_table, words
from kg.themes import BrokenThesaurus, ThemeMatcher

CAP_CODES = frozenset({*range(1, 11), *range(12, 22), 23})
"""The major topics of the Comparative Agendas Project's codebook."""
WUWEI = ("经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设", "其他")
CAPACITIES = ("群众", "委员", "干部/工作人员", "专家学者", "媒体", "企业")
LEVELS = ("", "cn")

_WITH_BLANKS = frozenset({"en"})
"""Fields whose values are in a language that parts its words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a row.

    >>> print(Finding("posts.csv", 7, "capacity is '官'", "write one of 群众, 委员"))
    posts.csv:7: capacity is '官'; write one of 群众, 委员
    """

    file: str
    """The file's name; its path where several of the folders have one of that name."""
    line: int
    """The line that the row starts on, counting from 1."""
    what: str
    hint: str

    def __str__(self) -> str:
        """`file:line: what; hint`."""
        return f"{self.file}:{self.line}: {self.what}; {self.hint}"


class _Row(NamedTuple):
    file: str
    line: int
    entry: Any

    def finding(self, what: str, hint: str) -> Finding:
        return Finding(self.file, self.line, what, hint)


_Check = Callable[[Sequence[_Row]], Iterable[Finding]]


def lint(*folders: Path) -> list[Finding]:
    """Everything wrong in the lexicon that these folders make up together, by table, file and line.

    As in `kg.lexicon.load`, a row of a later folder replaces an earlier one's of the same id.
    """
    findings: list[Finding] = []
    tables: dict[str, tuple[_Row, ...]] = {}
    for table, (name, row) in TABLES.items():
        paths = [folder / name for folder in folders if (folder / name).is_file()]
        merged: dict[str, _Row] = {}
        told: set[Finding] = set()
        for path in paths:
            file = path.name if len(paths) == 1 else str(path)
            rows, malformed = _read(path, file, row)
            told |= {*malformed, *_blanks(path, file, row), *_order(rows)}
            merged |= {r.entry.id: r for r in rows}
        tables[table] = tuple(merged.values())
        told |= {found for check in _CHECKS.get(table, ()) for found in check(tables[table])}
        told |= set(_question_forms(tables)) if table == "question_forms" else set()
        findings += sorted(told, key=lambda f: (f.file, f.line, f.what))
    return findings


# -- the file ---------------------------------------------------------------------------------------------------------
def _read(path: Path, file: str, row: type[Any]) -> tuple[list[_Row], list[Finding]]:
    """The rows that can be read, and why the others can't.

    `read_table` stops at a malformed row, so what stands behind that row is read again as a table of its own.
    """
    rows: list[_Row] = []
    findings: list[Finding] = []
    with TemporaryDirectory() as folder:
        rest = Path(folder) / path.name
        rest.write_bytes(path.read_bytes())
        before = 0
        while True:
            try:
                for line, entry in read_table(rest, row):
                    rows.append(_Row(file, before + line, entry))
                return rows, findings
            except MalformedLexicon as error:
                line = int(error.where.rpartition(":")[2])
                findings.append(Finding(file, before + line, error.what, error.hint))
                if line == 1:
                    return rows, findings
                header, *body = rest.read_text(encoding="utf-8-sig").split("\n")
                rest.write_text("\n".join([header, *body[line - 1 :]]), encoding="utf-8")
                before += line - 1


def _blanks(path: Path, file: str, row: type[Any]) -> Iterator[Finding]:
    """Values with white space around or inside, and `|` with nothing beside it."""
    reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig", errors="replace")))
    names = [f.name for f in fields(row)]
    line = 1
    for cells in reader:
        for name, cell in zip(names, cells, strict=False):
            parts = cell.split("|")
            if any(p != p.strip() or (name not in _WITH_BLANKS and len(p.split()) > 1) for p in parts):
                yield Finding(file, line, f"{name} has a blank in {cell!r}", "take it out")
            if len(parts) > 1 and not all(p.strip() for p in parts):
                yield Finding(file, line, f"{name} has an empty value in {cell!r}", "take the spare | out")
        line = reader.line_num + 1


def _order(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Rows whose id another row of the file has, or that don't stand in the order of their ids' code points."""
    lines: dict[str, int] = {}
    last = ""
    for row in rows:
        key = row.entry.id
        if key in lines:
            yield row.finding(f"{key} already stands on line {lines[key]}", "keep one of the two")
        elif key < last:
            yield row.finding(f"{key} stands after {last}", "sort the rows by id, in code point order")
        lines.setdefault(key, row.line)
        last = max(last, key)


# -- any table --------------------------------------------------------------------------------------------------------
def _one_of(name: str, allowed: Sequence[str]) -> _Check:
    def check(rows: Sequence[_Row]) -> Iterator[Finding]:
        for row in rows:
            value = getattr(row.entry, name)
            if value not in allowed:
                yield row.finding(f"{name} is {value!r}", f"write one of {', '.join(filter(None, allowed))}")

    return check


def _shared_words(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Words that two rows claim, so that a text's word would mean either."""
    for word, first, second in _claimed_twice(rows):
        yield second.finding(f"{word} belongs to {first.entry.id} and to {second.entry.id}", "leave it in one of them")


def _claimed_twice(rows: Sequence[_Row]) -> Iterator[tuple[str, _Row, _Row]]:
    claims: dict[str, list[_Row]] = {}
    for row in rows:
        for word in dict.fromkeys(w.casefold() for w in words([row.entry])):
            claims.setdefault(word, []).append(row)
    for word, claimants in claims.items():
        for first, second in combinations(claimants, 2):
            yield word, first, second


def _decoys_hold_id(rows: Sequence[_Row]) -> Iterator[Finding]:
    for row in rows:
        for decoy in row.entry.decoys:
            if row.entry.id not in decoy:
                yield row.finding(f"the decoy {decoy} does not hold {row.entry.id}", "it blocks nothing: take it out")


def _organ_decoys(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Decoys that hold none of the organ's words."""
    for row in rows:
        for decoy in row.entry.decoys:
            if not any(word in decoy for word in words([row.entry])):
                yield row.finding(f"the decoy {decoy} has none of {row.entry.id}'s words", "take it out")


# -- themes -----------------------------------------------------------------------------------------------------------
def _theme_tree(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Themes whose chain upwards breaks off or runs in a circle, or that name a second theme of their own area."""
    above = {row.entry.id: next(iter(row.entry.broader), "") for row in rows}
    for row in rows:
        theme: ThemeRow = row.entry
        unknown = next((id_ for id_ in theme.broader if id_ not in above), None)
        if unknown is not None:
            yield row.finding(f"broader is {unknown}, which no row has as its id", "name a theme, or leave it empty")
        elif _top(theme.id, above) is None:
            yield row.finding(f"the themes above {theme.id} lead back to it", "let them end at a top theme")
        else:
            tops = [_top(id_, above) for id_ in theme.broader]
            if len(set(tops)) < len(tops):
                yield row.finding(
                    f"broader is {'|'.join(theme.broader)}, two of one area", "each must be of an area of its own"
                )


def _top(theme: str, above: dict[str, str]) -> str | None:
    """The top theme that it stands under; None where its chain runs in a circle."""
    for _ in above:
        if not above.get(theme):
            return theme
        theme = above[theme]
    return None


def _theme_codes(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Top themes bear a major topic, each another; the themes below bear none."""
    owners: dict[int, str] = {}
    for row in rows:
        theme: ThemeRow = row.entry
        if theme.cap is None:
            if not theme.broader:
                yield row.finding(f"the top theme {theme.id} has no cap", "give its major topic, or a broader theme")
        elif theme.broader:
            yield row.finding(f"{theme.id} has a cap and stands under {theme.broader[0]}", "only top themes have one")
        elif theme.cap not in CAP_CODES:
            yield row.finding(f"cap is {theme.cap}", "write a major topic: 1 to 10, 12 to 21 or 23")
        elif owners.setdefault(theme.cap, theme.id) != theme.id:
            yield row.finding(f"cap {theme.cap} is {owners[theme.cap]}'s", "each top theme has its own")


def _theme_phrases(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Examples and decoys that hold none of the theme's words."""
    for row in rows:
        theme: ThemeRow = row.entry
        own = [word.casefold() for word in (theme.name, *theme.aliases)]
        for kind, phrases in (("example", theme.examples), ("decoy", theme.decoys)):
            for phrase in phrases:
                if not any(word in phrase.casefold() for word in own):
                    yield row.finding(f"the {kind} {phrase} has none of {theme.id}'s words", "add the word or drop it")


def _theme_hits(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Examples in which neither the theme nor one below it is found, and decoys in which the theme is."""
    tables: dict[str, Any] = dict.fromkeys(TABLES, ())
    try:
        matcher = ThemeMatcher(Lexicon(**tables | {"themes": tuple(row.entry for row in rows)}))
    except BrokenThesaurus:
        return  # the other checks tell why, with the line
    for row in rows:
        theme: ThemeRow = row.entry
        for phrase in theme.examples:
            if not any(theme.id in (hit.theme, *matcher.ancestors(hit.theme)) for hit in matcher.find(phrase)):
                yield row.finding(f"{theme.id} is not found in its example {phrase}", "see which word wins there")
        for phrase in theme.decoys:
            if any(theme.id == hit.theme for hit in matcher.find(phrase)):
                yield row.finding(f"{theme.id} is found in its decoy {phrase}", "see which word wins there")


# -- sector types -----------------------------------------------------------------------------------------------------
def _sector_terms(rows: Sequence[_Row]) -> Iterator[Finding]:
    for row in rows:
        sector: SectorType = row.entry
        if sector.last_term is not None and sector.last_term < sector.first_term:
            yield row.finding(f"last_term {sector.last_term} is before first_term", "write the terms in their order")


def _sector_words(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Words that two walks of life of one term claim, unless the word joins the two (`文体` is 文化艺术 and 体育)."""
    for word, first, second in _claimed_twice(rows):
        if _same_term(first.entry, second.entry) and not _joins(word, first.entry, second.entry):
            yield second.finding(
                f"{word} belongs to {first.entry.id} and to {second.entry.id}", "leave it in one of them"
            )


def _same_term(a: SectorType, b: SectorType) -> bool:
    return (b.last_term is None or a.first_term <= b.last_term) and (a.last_term is None or b.first_term <= a.last_term)


def _joins(word: str, a: SectorType, b: SectorType) -> bool:
    """Whether a word is an alias of both and holds a character of each one's name that the other's lacks."""
    if not (word in a.aliases and word in b.aliases):
        return False
    ours, theirs = {*word} & {*a.short}, {*word} & {*b.short}
    return bool(ours - theirs) and bool(theirs - ours)


# -- divisions and confusions -----------------------------------------------------------------------------------------
def _division_codes(rows: Sequence[_Row]) -> Iterator[Finding]:
    codes = {row.entry.id for row in rows}
    for row in rows:
        code, within = row.entry.id, row.entry.within
        if not (code.isascii() and code.isdecimal() and len(code) == 6):
            yield row.finding(f"id is {code!r}", "write the six digits of the division's code")
        if within and within not in codes:
            yield row.finding(f"within is {within}, which no row has as its id", "name the division above")
        elif not within and not code.endswith("0000"):
            yield row.finding(f"{code} stands within nothing", "only a province does: name the division above")


def _division_shorts(rows: Sequence[_Row]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for row in rows:
        short = row.entry.short
        if short and owners.setdefault(short, row.entry.id) != row.entry.id:
            yield row.finding(f"{short} is short for {owners[short]} too", "leave it empty where it may mean either")


def _confusion_lengths(rows: Sequence[_Row]) -> Iterator[Finding]:
    for row in rows:
        broken, printed = row.entry.id, row.entry.printed
        if len(broken) != len(printed) or broken == printed:
            yield row.finding(f"{broken} is printed {printed!r}", "write as many characters, not all the same")


def _title_senses(rows: Sequence[_Row]) -> Iterator[Finding]:
    """A measure is of a sort and a synonym stands for a word, which is no synonym itself; other words have no sense."""
    synonyms = {row.entry.id for row in rows if row.entry.kind == "同义"}
    for row in rows:
        if (row.entry.kind in {"举措", "同义"}) != bool(row.entry.sense):
            yield row.finding(
                f"{row.entry.id} has the sense {row.entry.sense!r}", "举措 and 同义 have one, others none"
            )
        elif row.entry.kind == "同义" and row.entry.sense in synonyms:
            yield row.finding(f"{row.entry.sense} stands for another word itself", "write that one")


# -- questions --------------------------------------------------------------------------------------------------------
def _question_forms(tables: Mapping[str, Sequence[_Row]]) -> Iterator[Finding]:
    """Forms with words that the table of words lacks, and examples and decoys that fail: a check across two tables."""
    rows = {row.entry.id: row for row in tables["question_forms"]}
    known: dict[str, Any] = dict.fromkeys(TABLES, ())
    for name in ("question_words", "question_forms"):
        known[name] = tuple(row.entry for row in tables[name])
    for id_, what, hint in wrong(Lexicon(**known)):
        yield rows[id_].finding(what, hint)


_CHECKS: dict[str, tuple[_Check, ...]] = {
    "themes": (_shared_words, _theme_tree, _theme_codes, _one_of("wuwei", WUWEI), _theme_phrases, _theme_hits),
    "sector_types": (_sector_terms, _sector_words),
    "parties": (_shared_words,),
    "posts": (_one_of("capacity", CAPACITIES), _one_of("level", LEVELS)),
    "divisions": (_division_codes, _division_shorts),
    "countries": (_shared_words,),
    "landmarks": (_shared_words,),
    "body_suffixes": (_decoys_hold_id,),
    "tagged_body_suffixes": (_decoys_hold_id,),
    "organs": (_shared_words, _organ_decoys),
    "place_suffixes": (_decoys_hold_id,),
    "initiative_suffixes": (_decoys_hold_id,),
    "consultation_forms": (_shared_words,),
    "meeting_kinds": (_shared_words,),
    "speech_verbs": (_one_of("kind", ("期盼", "建议", "看法", "表态")), _one_of("form", tuple("言告愿述见提"))),
    "table_columns": (_shared_words,),
    "member_columns": (_shared_words,),
    "title_words": (_one_of("kind", ("套语", "举措", "范围", "同义")), _title_senses),
    "question_words": (_one_of("kind", KINDS_OF_WORDS), _shared_words),
    "confusions": (_confusion_lengths,),
}
