"""Write docs/questions.md from kg/queries/*.rq: `python docs/make_questions_page.py`.

A test makes the page again and compares, so that it never tells of a question that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.query import Question, saved

PAGE = Path(__file__).parent / "questions.md"

HEAD = """\
# 常用问题 / The saved questions

Generated from [`kg/queries/`](../kg/queries) by `python docs/make_questions_page.py`: change the files there, not this
page. A new question is a new file there; the command line, this page and the tests pick it up.

`kg query --list` names the questions, `kg query NAME` asks one, and `--param NAME=VALUE` narrows it. Names match in
part, and a theme's narrower themes count with it. `--format csv` and `--format json` give the same rows to other
programs. Every question runs on the default graph, which holds each fact once; the words behind a fact stand in the
evidence graphs, which `evidence` reads. A `.rq` file works as it is on any SPARQL server that holds `build/graph.nq`:
put a value into its `VALUES ?NAME_asked { … }` block. The graph itself holds the questions too, as
`sh:SPARQLExecutable` in `https://w3id.org/zhengxie/graph/questions`, where query editors look for examples.

A question with the column 名单类型 counts 提案 (no letters, no suggestions of deputies) within one kind of list:
全部立案, 优秀, 重点, 节选, or 未知 where no text says. A proposal in two lists is counted once in each; where proposals
are listed, it is one row with both; `people` and `organizations` tell each kind's number beside its name. In `agenda`
and `themes` the rows without a list kind count cases, statements and tasks. A member's proposals count for the member's
seat, those of a party's body for the party. What is not there is said of the texts
read so far (已录入材料中暂无…), never of the world.

| name | 问题 |
|---|---|
"""


def page() -> str:
    """The whole page as Markdown."""
    questions = saved()
    rows = (f"| [`{one.name}`](#{one.name}) | {one.question} |\n" for one in questions)
    return HEAD + "".join(rows) + "".join(line for one in questions for line in _section(one))


def _section(one: Question) -> Iterator[str]:
    yield f"\n## {one.name}\n\n{one.question}\n{one.english}\n\n"
    yield f"Columns: {'、'.join(one.columns.values())}.\n"
    if one.params:
        yield "\n| parameter | meaning | default |\n|---|---|---|\n"
        yield from (f"| `{p.name}` | {p.meaning} | {p.default} |\n" for p in one.params)
    sample = "".join(f" --param {p.name}={example(p.meaning)}" for p in one.params[:1])
    yield f"\n```\nkg query {one.name}{sample}\n```\n"


def example(meaning: str) -> str:
    """The value that a parameter's meaning gives as an example: the first in “…”."""
    found = re.search("“(.+?)”", meaning)
    return found[1] if found else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
