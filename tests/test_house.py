"""The house stays as drawn: who may import whom, and what a start of the command line may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent

HOUSE = {
    # The foundation: the nouns, what can go wrong, where the shipped tables lie, what a data folder sets.
    "model": "",
    "errors": "",
    "limits": "",
    "resources": "",
    "inline": "",
    "lexicon": "errors",
    "settings": "errors limits resources",
    "privacy": "lexicon",
    # A file's bytes become a text, a text becomes blocks.
    "read.lines": "model errors limits",
    "read.encoding": "errors",
    "read.archive": "errors limits",
    "read.word_xml": "errors read.archive",
    "read.word_styles": "read.word_xml",
    "read.word_numbering": "read.word_xml",
    "read.word": "model limits read.lines read.archive read.word_xml read.word_styles read.word_numbering",
    "read.old_office": "model errors limits read.archive read.word",
    "read.glyphs": "",
    "read.layout": "read.glyphs",
    "read.grids": "read.glyphs read.layout",
    "read.flow": "read.glyphs read.layout",
    "read.pdfium": "errors limits read.glyphs",
    "read.pdf": """
        model errors limits read.lines read.archive read.glyphs read.layout read.grids read.flow read.pdfium
    """,
    "read.xml_stream": "errors read.archive",
    "read.cell_words": "",
    "read.sheet": "errors limits read.lines",
    "read.workbook_parts": "errors limits read.lines read.cell_words read.sheet read.xml_stream",
    "read.excel": """
        model limits read.archive read.old_office read.cell_words read.sheet read.workbook_parts read.xml_stream
    """,
    "read.open_sheet": "model errors limits read.lines read.archive read.cell_words read.sheet read.xml_stream",
    "read.csv_file": "model errors limits read.encoding read.cell_words read.sheet",
    "read.markup": "errors read.lines read.word_numbering",
    "read.boilerplate": "read.markup",
    "read.page_description": "model read.lines read.markup",
    "read.web": """
        model errors limits read.lines read.encoding read.markup read.boilerplate read.page_description
    """,
    "read.markdown": "model limits read.lines read.encoding read.markup read.page_description",
    "read.web_archive": "model errors limits read.archive read.web",
    "read.*": "model errors limits read.lines read.archive read.encoding",
    "read": """
        model errors limits read.word read.old_office read.excel read.open_sheet read.csv_file read.pdf
        read.web read.web_archive read.markdown read.*
    """,
    "clean": "model lexicon",
    "traditional": "model clean",
    "blocks.*": "model lexicon clean",
    "blocks": "model lexicon clean traditional blocks.*",
    # What a text is made of: sentences, words, numbers, names.
    "numerals": "",
    "sentences": "model",
    "words": "",
    "tagger": "errors",
    "wordlist": "lexicon",
    "gazetteer": "model resources lexicon wordlist",
    "names.*": "model lexicon clean words tagger wordlist gazetteer",
    "names.media": "model clean",
    "names.bodies": "model lexicon clean words tagger wordlist names.* names.media",
    "names.places": "model lexicon clean words tagger wordlist gazetteer names.media",
    "names.home": "model clean words tagger gazetteer names.media",
    "names": "model lexicon clean words tagger gazetteer names.* names.bodies names.places names.home",
    # The forms that several kinds of fact share, and what every rule may look things up in.
    "meetings.numbered": "model clean numerals sentences names",
    "meetings.*": "model lexicon clean numerals sentences wordlist names meetings.numbered",
    "meetings": "model lexicon sentences names meetings.numbered meetings.*",
    "consultations": "model lexicon clean numerals sentences wordlist names meetings meetings.numbered meetings.*",
    "dates": "model sentences",
    "articles": "model blocks names meetings.numbered dates",
    "themes": "errors lexicon",
    "sectors": "model lexicon sentences wordlist",
    "case_lists": "model lexicon clean sentences wordlist",
    "posts": "model lexicon clean sentences names wordlist",
    "affiliations": "model clean sentences names posts",
    "membership": "model lexicon clean sentences wordlist posts",
    "speech.quotations": "",
    "speech.subjects": "clean",
    "speech.story": "model clean sentences names speech.quotations",
    "speech.heads": "model lexicon clean wordlist speech.story",
    "speech.labels": "model clean names speech.story",
    "speech.turns": """
        model clean sentences names speech.quotations speech.subjects speech.story speech.heads speech.labels
    """,
    "speech": "model lexicon sentences names speech.heads speech.labels speech.turns",
    "column_names": "lexicon",
    "member_cells": "model lexicon clean sentences names column_names",
    "matters": "lexicon numerals traditional",
    "repeats": "clean matters",
    "background": "model lexicon gazetteer sentences words names themes posts membership speech member_cells",
    "rosters": "model lexicon clean blocks.* numerals sentences meetings.numbered sectors background member_cells",
    # The proposals of an article: its tables and labels, titles and proposers, and the places that give them.
    "tables": "model lexicon column_names",
    "docket.labels": "model lexicon clean sentences wordlist tables",
    "docket.titles": "model sentences",
    "docket.agents": "model clean sentences names sectors background",
    "docket.entry": "model clean numerals sentences names meetings.numbered docket.agents docket.titles",
    "docket.*": """
        model clean numerals sentences names meetings.numbered background tables
        docket.labels docket.titles docket.agents docket.entry
    """,
    "docket": "model names background docket.agents docket.entry docket.*",
    "list_kinds": "model sentences docket",
    "realised": "model",
    "keyphrases": "model themes words",
    # The rules: one kind of fact a file.
    "extract.*": """
        model lexicon clean numerals sentences tagger wordlist names meetings meetings.numbered dates consultations
        sectors case_lists posts affiliations speech.turns member_cells background rosters tables docket docket.agents
        list_kinds
    """,
    "extract": "model blocks blocks.* tagger names affiliations articles background realised tables extract.*",
    "work": "model background extract",
    # A question in words, as far as no graph is needed: what the lint of the lexicon reads too.
    "ask.forms": "errors lexicon",
    "ask.reading": "lexicon",
    "ask.apposition": "ask.reading",
    "ask.matching": "ask.apposition ask.forms ask.reading",
    "ask.templates": "lexicon ask.forms ask.reading ask.matching",
    "ask.checks": "lexicon ask.forms ask.reading ask.templates",
    "lint": "lexicon themes ask.reading ask.checks",
    # All texts' facts become entities, and these become quads.
    "duplicates": "model traditional",
    "resolve": "model lexicon gazetteer",
    "identity": "model lexicon resolve",
    # How right the facts are, beside facts annotated by hand.
    "evaluate.gold": "errors lexicon model resolve",
    "evaluate.*": "model evaluate.gold",
    "evaluate": "model errors lexicon read evaluate.gold evaluate.*",
    "vocab": "errors resources",
    "triples": "model resources lexicon traditional gazetteer resolve vocab",
    # What stands on the disk.
    "generations": "errors",
    "store": "errors generations",
    # The graph in which people who are not public are hidden.
    "masked.citizens": "lexicon privacy vocab",
    "masked.texts": "model lexicon blocks privacy",
    "masked.terms": "vocab privacy masked.citizens masked.texts",
    "masked": "lexicon vocab store masked.citizens masked.texts masked.terms",
    # What is asked of a graph that stands there.
    "validate": "resources vocab",
    "query": "errors resources vocab store",
    "remote_store": "errors",
    "upload": "errors vocab remote_store",
    "lab": "inline query store vocab",
    "saved_examples": "query vocab",
    "card": "errors resolve vocab",
    "ask.names": "lexicon numerals resolve sectors vocab ask.forms ask.reading",
    "ask.understand": "errors lexicon query words ask.forms ask.matching ask.names ask.reading",
    "ask.suggest": "lexicon query vocab ask.forms ask.matching ask.templates ask.understand",
    "ask.evidence": "card vocab",
    "ask": "",
    "precedents": "card vocab",
    "proposal_search": "errors lexicon matters precedents repeats themes vocab words",
    "file_titles": "background docket.titles errors extract read settings",
    "network.facts": "errors vocab",
    "network.records": "errors vocab network.facts",
    "network.counts": "network.facts network.records",
    "network.graphs": "network.facts network.records network.counts",
    "network.association": "network.facts network.records network.counts",
    "network.significance": "network.association network.counts",
    "network.conditional_poisson": "",
    "network.backbone": "network.counts network.significance network.conditional_poisson",
    "network.measures": "network.association network.counts network.significance",
    "network.support": "network.facts network.counts",
    "network.communities": "network.facts network.support",
    "network.brokerage": "network.facts network.support",
    "network.specialisation": "network.counts",
    "network.agenda": "network.counts",
    "network.crosstabs": "",
    "network.ties": """
        errors vocab network.facts network.records network.counts network.graphs network.backbone network.measures
    """,
    "network.published": "vocab network.records network.ties",
    "network.coverage": "network.facts network.records network.counts network.ties",
    "network.gaps": "vocab network.facts network.records",
    "network.paths": "errors vocab network.facts network.ties",
    "network": """
        network.facts network.records network.counts network.graphs network.association network.significance
        network.backbone network.measures network.support network.communities network.brokerage
        network.specialisation network.agenda network.crosstabs network.ties network.published network.coverage
        network.gaps network.paths
    """,
    "ledger": "network.facts network.records",
    # The graph as tables and as networks, and the files that other programs read.
    "class_tables": "resources vocab",
    "property_graph": "vocab class_tables",
    "export.description": "triples vocab",
    "export.*": "vocab class_tables property_graph",
    "export": "errors generations store export.description export.*",
    "occasions": "network.facts network.records network.coverage ledger",
    # The page. Its parts, each with its own row, build on one another; its pages are blind to one another.
    "view.linebreaks": "",
    "view.palette": "",
    "view.categories": "",
    "view.pinyin": "",
    "view.wording": "vocab",
    "view.gather": "vocab",
    "view.masking": "lexicon privacy view.gather",
    "view.quotations": "model lexicon privacy blocks column_names card view.gather view.masking",
    "view.sections": "",
    "view.cards": "lexicon vocab column_names view.gather view.masking view.quotations view.sections",
    "view.packed": "view.cards view.quotations view.sections view.wording",
    "view.sheets.material": "ledger view.cards view.sections",
    "view.sheets.record_tables": "network.records ledger view.cards view.sections view.sheets.material",
    "view.sheets.conflicts": "resources vocab view.sections view.sheets.material",
    "view.sheets.similar": """
        lexicon words themes matters repeats ledger view.sections view.sheets.material view.sheets.record_tables
    """,
    "view.sheets.*": """
        network.gaps ledger occasions view.cards view.sections
        view.sheets.material view.sheets.record_tables view.sheets.conflicts view.sheets.similar
    """,
    "view.sheets": """
        lexicon words ledger view.cards view.quotations view.sections
        view.sheets.material view.sheets.conflicts view.sheets.similar view.sheets.*
    """,
    "view.picture_order": "",
    "view.picture": "ledger occasions view.cards view.linebreaks view.palette view.picture_order",
    "view.overview": "network ledger occasions view.categories view.cards",
    "view.ledger_table": "ledger occasions view.cards",
    "view.facets": "ledger view.categories view.cards",
    "view.page_data": """
        resources lexicon words ledger view.wording view.gather view.masking view.quotations view.sections view.cards
        view.sheets view.picture view.overview view.ledger_table view.facets
    """,
    "view.*": """
        inline
        view.palette view.pinyin view.cards view.sections view.quotations view.packed view.picture view.page_data
    """,
    "view": "lexicon words view.page_data view.*",
    # The yearly review. What it is made of, each with its own row; its sections and its files are blind to one another.
    "report.parts": "",
    "report.scope": "errors network.facts network.records ledger occasions report.parts",
    "report.tally": "network.counts ledger report.parts report.scope",
    "report.evidence": "lexicon privacy column_names view.gather view.masking view.quotations",
    "report.document": "report.parts report.evidence",
    "report.charts": "view.palette report.parts",
    "report.wordml": "",
    "report.word_look": "",
    "report.rounding": "",
    "report.closeness": "network network.facts network.graphs ledger report.parts report.rounding",
    "report.*": """
        inline vocab network network.facts network.records network.counts network.backbone ledger occasions view.palette
        report.parts report.scope report.tally report.evidence report.document report.charts
        report.wordml report.word_look report.rounding report.closeness
    """,
    "report.agenda": """
        network network.facts network.records network.counts network.crosstabs ledger
        report.parts report.rounding report.scope report.tally report.*
    """,
    "report": """
        lexicon network.counts ledger report.parts report.scope report.evidence report.document report.*
        report.agenda
    """,
    # The service: what it promises, what it says, one query in its process, the processes, the web.
    "serve.refusals": "errors",
    "serve.limits": "",
    "serve.formats": "",
    "serve.counted_rows": "serve.refusals",
    "serve.screening": "vocab serve.refusals",
    "serve.answering": "vocab serve.formats serve.counted_rows serve.refusals serve.screening",
    "serve.worker": "serve.answering serve.refusals",
    "serve.pool": "serve.answering serve.limits serve.refusals",
    "serve.served": "errors generations store serve.refusals",
    "serve.guard": "serve.refusals",
    "serve.protocol": """
        serve.answering serve.formats serve.limits serve.pool serve.refusals serve.served
    """,
    "serve.addresses": "vocab",
    "serve.things": "card vocab serve.addresses serve.refusals",
    "serve.figures": "serve.answering serve.pool serve.refusals",
    "serve.description": "vocab serve.figures",
    "serve.editor": "query resources vocab",
    "serve.app": """
        resources serve.refusals serve.limits serve.formats serve.pool serve.served serve.guard serve.protocol
        serve.addresses serve.things serve.figures serve.description serve.editor
    """,
    "serve.run": "errors generations serve.limits serve.app",
    "serve": "",
    # The door for notebooks: kg.open.
    "library": "errors vocab store query class_tables property_graph",
    "kg": "library",
    # The order of the steps.
    "build": "*",
    # The command line: one command a file; what prints, and the options that several commands have.
    "console": "",
    "options": "",
    "commands.*": "*",
    "commands": "",
    "cli": "kg errors console commands.* commands",
    "__main__": "cli",
}
"""Place → the places that it may import, in the house's order.

A place is a module without its `kg.`; `folder.*` is each file of a folder that has no row of its own, and those are
blind to one another; `folder` is its registry; `*` is every place before. A new file in such a folder needs no row. Any
other new module needs one, where it stands on the line from text to page; a new word in a row is a decision about the
design and no formality.
"""

HEAVY = {"jieba", "rdflib", "networkx", "numpy", "scipy", "matplotlib", "docx", "pyshacl", "pyvis"}
"""Libraries that cost a noticeable part of a second to load: a command loads those that it needs, and no others."""


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "kg"


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def place(module: str) -> str:
    """The row of the table that a module falls under."""
    folder = f"{module.rpartition('.')[0]}.*"
    return folder if module not in HOUSE and folder in HOUSE else module


def may_import(row: str) -> set[str]:
    """A row's places, `*` resolved."""
    before = list(HOUSE)[: list(HOUSE).index(row)]
    return set(before if HOUSE[row] == "*" else HOUSE[row].split())


def imports(module: str) -> Iterator[tuple[int, str]]:
    """Every import of a module of ours with its line, those inside functions and for type checkers too."""
    is_folder = MODULES[module].name == "__init__.py"
    here = ["kg", *([] if module == "kg" else module.split("."))]
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) - node.level + is_folder] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{source}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name == "kg" or name.startswith("kg."):
                yield node.lineno, longest_module(name.removeprefix("kg."))


def longest_module(name: str) -> str:
    """`model.Span` names something in the module `model`, `read.text` the module itself."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or "kg"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_row_allows(module: str) -> None:
    row = place(module)
    assert row in HOUSE, (
        f"kg.{module} has no row in tests/test_house.py: say there where it stands, and what it may import"
    )
    allowed = may_import(row)
    for line, target in imports(module):
        assert place(target) in allowed, (
            f"{MODULES[module].relative_to(PACKAGE.parent)}:{line} imports kg.{target}, "
            f"and the row {row!r} of tests/test_house.py allows only: {', '.join(sorted(allowed))}"
        )


def test_the_table_runs_in_one_direction() -> None:
    seen: set[str] = set()
    for name in HOUSE:
        later = may_import(name) - seen
        assert not later, f"{name} may import {', '.join(sorted(later))}, which stands no earlier than it does"
        seen.add(name)


def test_the_table_names_no_place_that_is_gone() -> None:
    gone = set(HOUSE) - {place(module) for module in MODULES} - set(MODULES)
    assert not gone, f"rows without a module in tests/test_house.py: {', '.join(sorted(gone))}"


def test_no_file_is_named_for_being_useful() -> None:
    """A name such as utils says nothing of its one job, so that anything goes in."""
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core", "base"}
    assert not [name for name in MODULES if name.rpartition(".")[2] in vague]


def modules_loaded_by(code: str, folder: Path) -> set[str]:
    """The top-level modules that a fresh Python has loaded once the code has run."""
    tell = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    script = f"try:\n    {code}\nfinally:\n    {tell}\n"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def test_the_command_line_starts_without_heavy_libraries(tmp_path: Path) -> None:
    loaded = modules_loaded_by("import kg.cli", tmp_path)
    assert "kg" in loaded
    assert not loaded & HEAVY


def test_listing_the_questions_loads_no_heavy_library_and_needs_no_graph(tmp_path: Path) -> None:
    code = "import sys, kg.cli; sys.argv = ['kg', 'query', '--list']; kg.cli.main()"
    assert not modules_loaded_by(code, tmp_path) & HEAVY
