"""`kg similar`: was this proposed before, and how was it answered?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import NotFound, UsageError
from kg.options import BuildDir, DataDir, Format

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rich.text import Text

    from kg.lexicon import Lexicon
    from kg.precedents import Precedent
    from kg.proposal_search import Found, Repeated
    from kg.repeats import Comparison
    from kg.settings import Settings

_LIMIT = 10
_NO_DATA = "无数据"
_HEAD = ("form", "committee", "session", "year", "number", "proposers", "lists")
_ANSWER = ("status", "lead", "handlers", "outcome", "feedback", "replied")
_MISSED = frozenset({"session", "proposers", "lead", "outcome", "replied"})
"""What people are told where no text gives it."""
_OF_EACH = ("title", *_HEAD, *_ANSWER, "places")

_Row = dict[str, object]
_Mask = Callable[[str], str]


def similar(
    asked: Annotated[
        str | None, typer.Argument(metavar="[TITLE | FILE]", help="A title, or a file that has one or many.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Print which proposals of the graph repeat another one.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many: for a title (else 10), with --all in all (else all).")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How they are printed.")] = Format.table,
    data: DataDir = None,
    build: BuildDir = Path("build"),
) -> None:
    """Print the proposals most similar to a title: who made them when, who handled them, how they were answered."""
    if (asked is not None) == all_:
        raise UsageError("give either a title, a file or --all", hint="kg similar '关于加强…的建议'")
    if form is Format.turtle:
        raise UsageError("similar proposals are printed as table, csv or json", hint="--format json")
    from kg.lexicon import load
    from kg.proposal_search import ProposalSearch
    from kg.settings import settings
    from kg.store import open_store

    chosen = settings(data)
    lexicon = load(*chosen.lexicons)
    store = open_store(build)
    titles = [] if asked is None else _titles(asked, chosen)
    search = ProposalSearch(store, lexicon)
    if asked is None:
        repeated = search.repeated()
        _tell_of_pairs(repeated, limit)
        mask = _mask(store, lexicon, chosen, [p for each in repeated[:limit] for p in (each.earlier, each.later)])
        _print_repeated(repeated[:limit], mask, form)
        return
    found: list[Found] = []
    for title in titles:
        try:
            near, number = search.near(title, limit or _LIMIT)
        except UsageError as e:
            if len(titles) == 1:
                raise
            console.say(f"kg: {e}")  # the other titles of the list can be asked
            continue
        _tell(title, len(near), number)
        found += near
    mask = _mask(store, lexicon, chosen, [precedent for each in found for precedent in each.precedents])
    _print_found(found, mask, form)


def _titles(asked: str, chosen: Settings) -> list[str]:
    """The titles of a file, or the one that was given."""
    from kg.read import READERS

    path = Path(asked)
    try:
        is_file = path.is_file()
    except OSError:  # too long for a file's name: a title
        is_file = False
    if is_file:
        from kg.file_titles import titles_of

        return titles_of(path, chosen)
    if path.suffix.lower() in READERS:
        raise NotFound("no such file", where=asked, hint="check the path")
    return [asked]


def _tell(title: str, printed: int, number: int) -> None:
    if not number:
        console.say(f"no proposal here is similar to {title}")
    elif printed < number:
        console.say(f"{number} proposals are similar to {title}; the first {printed} are printed (--limit)")


def _tell_of_pairs(repeated: Sequence[Repeated], limit: int | None) -> None:
    if not repeated:
        console.say("no proposal here repeats another one")
    elif limit and limit < len(repeated):
        console.say(f"{len(repeated)} proposals repeat another one; the first {limit} are printed (--limit)")


# -- what is not shown ------------------------------------------------------------------------------------------------
def _mask(store: Store, lexicon: Lexicon, chosen: Settings, printed: Sequence[Precedent]) -> _Mask:
    """What hides the names of private citizens; the whole graph is read for it only where the words hold a name."""
    from pyoxigraph import QuerySolutions

    from kg.view.gather import gather
    from kg.view.masking import masks
    from kg.vocab import PREFIXES

    names = store.query("SELECT ?name WHERE { ?p a zx:Person ; skos:prefLabel|skos:altLabel ?name }", prefixes=PREFIXES)
    assert isinstance(names, QuerySolutions)
    together = "\n".join(words for each in printed for words in (each.title, each.text("outcome")))
    if chosen.names == "full" or not any(row["name"].value in together for row in names):
        return str
    return masks(gather(store), lexicon).text


# -- as rows ----------------------------------------------------------------------------------------------------------
def _print_found(found: Sequence[Found], mask: _Mask, form: Format) -> None:
    rows = [row for each in found for row in _found_rows(each, mask)]
    if form is Format.json:
        console.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    elif form is Format.csv:
        _write_csv(("asked", "verdict", "likeness", *_OF_EACH, "shared", "missing", "added"), rows)
    else:
        asked = ""
        for each in found:
            if each.asked != asked:
                _heading(each.asked, first=not asked)
            asked = each.asked
            _print_card(each, mask)


def _print_repeated(repeated: Sequence[Repeated], mask: _Mask, form: Format) -> None:
    rows = [
        {
            "likeness": each.likeness,
            "ordered": each.ordered,
            **{f"earlier_{name}": value for name, value in _fields(each.earlier, mask).items()},
            **{f"later_{name}": value for name, value in _fields(each.later, mask).items()},
            "shared": _shared(each.comparison, each.earlier, mask),
        }
        for each in repeated
    ]
    if form is Format.json:
        console.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    elif form is Format.csv:
        both = [f"{when}_{name}" for when in ("earlier", "later") for name in _OF_EACH]
        _write_csv(("likeness", "ordered", *both, "shared"), rows)
    else:
        for each in repeated:
            _print_pair(each, mask)


def _found_rows(found: Found, mask: _Mask) -> Iterator[_Row]:
    words = found.comparison
    for precedent in found.precedents:
        yield {
            "asked": found.asked,
            "verdict": _verdict(found),
            "likeness": found.likeness,
            **_fields(precedent, mask),
            "shared": list(map(mask, words.shared)),
            "missing": list(words.missing),
            "added": list(map(mask, words.added)),
        }


def _verdict(found: Found) -> str:
    return "重复" if found.comparison.repeats else "相近"


def _fields(precedent: Precedent, mask: _Mask) -> _Row:
    """What is known of it; a value that no text gives is empty."""
    own: _Row = {"title": mask(precedent.title), "year": precedent.year, "places": list(precedent.places)}
    said = {name: mask(precedent.text(name)) for name in (*_HEAD, *_ANSWER) if name != "year"}
    sources = {name: [s.where for s in precedent.fields.get(name, ())] for name in said if said[name]}
    named = mask(precedent.title) == precedent.title  # the IRI holds the title
    return {**own, **said, "sources": sources, "proposal": precedent.proposal if named else ""}


def _shared(comparison: Comparison | None, precedent: Precedent, mask: _Mask) -> list[str]:
    return [mask(word) for word in (comparison.shared if comparison else (precedent.title,))]


def _write_csv(columns: Sequence[str], rows: Sequence[_Row]) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _cell(row[column]) for column in columns} for row in rows)
    console.write(out.getvalue())


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "、".join(value) if isinstance(value, list) else value


# -- for people -------------------------------------------------------------------------------------------------------
def _heading(asked: str, *, first: bool) -> None:
    from rich.text import Text

    console.for_people().print(Text("" if first else "\n") + Text(f"所问：{asked}", style="dim"))


def _print_card(found: Found, mask: _Mask) -> None:
    from rich.text import Text

    paper = console.for_people()
    words = found.comparison
    head = Text(f"\n{_verdict(found)} {found.likeness:.2f}  ", style="bold" if words.repeats else "")
    paper.print(head + _underlined(mask(found.precedents[0].title), words.shared))
    for precedent in found.precedents:
        _print_precedent(paper.print, precedent, mask)
    told = (("共同的词", words.shared), ("只在所问", words.missing), ("只在此件", words.added))
    line = "　".join(f"{name}：{'、'.join(map(mask, each))}" for name, each in told if each)
    paper.print(Text(f"  {line}"))


def _print_pair(repeated: Repeated, mask: _Mask) -> None:
    from rich.text import Text

    paper = console.for_people()
    first, then = ("先", "后") if repeated.ordered else ("甲（先后不明）", "乙")
    shared = repeated.comparison.shared if repeated.comparison else ()
    words = "、".join(_shared(repeated.comparison, repeated.earlier, mask))
    paper.print(Text(f"\n重复 {repeated.likeness:.2f}  共同的词：{words}"))
    for name, precedent in ((first, repeated.earlier), (then, repeated.later)):
        paper.print(Text(f"  {name}：") + _underlined(mask(precedent.title), shared))
        _print_precedent(paper.print, precedent, mask)


def _print_precedent(print_line: Callable[[Text], None], precedent: Precedent, mask: _Mask) -> None:
    """When and by whom, how it was answered, and where that stands: a line each."""
    from rich.text import Text

    from kg.precedents import FIELDS

    for names in (_HEAD, _ANSWER):
        said = ((FIELDS[n][0] if n in FIELDS else "年份", n) for n in names)
        values = [(heading, _value(precedent, name, mask)) for heading, name in said]
        print_line(Text("  " + "　".join(f"{heading}：{value}" for heading, value in values if value)))
    print_line(Text("  出处：" + "、".join(precedent.places), style="dim"))


def _value(precedent: Precedent, name: str, mask: _Mask) -> str:
    value = precedent.year if name == "year" else mask(precedent.text(name))
    return value or (_NO_DATA if name in _MISSED else "")


def _underlined(title: str, shared: Sequence[str]) -> Text:
    """A title with the words that both have underlined, where they stand in it as they were compared."""
    from rich.text import Text

    text = Text(title)
    text.highlight_words(list(shared), style="underline")
    return text
