"""`kg ask`: a question in Chinese words, answered by the saved question that it asks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import NotFound, UsageError
from kg.options import BuildDir, DataDir, Format, Names

if TYPE_CHECKING:
    from kg.ask.evidence import Quotation
    from kg.ask.matching import Asked
    from kg.ask.suggest import Suggestion
    from kg.ask.understand import Reading
    from kg.query import Question, Result

_ABOUT_THE_FILE = re.compile(r"^# (?:param|column) .*\n", re.MULTILINE)


def ask(
    question: Annotated[str, typer.Argument(help="A question in Chinese, for instance 哪些界别关注营商环境？")],
    form: Annotated[Format, typer.Option("--format", help="How the answer is printed.")] = Format.table,
    explain: Annotated[bool, typer.Option("--explain", help="Say how each word was read.")] = False,
    data: DataDir = None,
    build: BuildDir = Path("build"),
    names: Annotated[Names, typer.Option(help="Whether people who are not public are shown.")] = Names.full,
) -> None:
    """Answer a question in words by the saved question that it asks, or say which questions could be answered."""
    from kg import query as queries
    from kg.ask.evidence import quotations
    from kg.ask.suggest import suggestions
    from kg.ask.understand import Asker
    from kg.lexicon import load
    from kg.settings import settings
    from kg.store import open_store

    if form is Format.turtle:
        raise UsageError("an answer is printed as table, csv or json", hint="--format json")
    store = open_store(build, names.value)
    lexicon = load(*settings(data).lexicons)
    reading = Asker(store, lexicon).understand(question)
    if explain:
        _explain(reading)
    if reading.asked is None:
        near = suggestions(store, lexicon, reading)
        raise _unsure(question, reading, near)
    saved, params = queries.question(reading.asked.question), dict(reading.asked.params)
    sparql = _ABOUT_THE_FILE.sub("", queries.filled(saved.text, params))
    console.say(f"理解为：{saved.question}{_frame(saved, reading.asked)}\n{_command(reading.asked)}\n\n{sparql}")
    result = queries.ask(store, saved.text, params, saved.columns)
    if form is Format.csv:
        console.write(result.to_csv())
        return
    rows = list(result.rows())
    if not rows:
        console.say(f"已录入材料中没有可以回答“{saved.question}”的记录{_frame(saved, reading.asked)}。")
    proof = quotations(store, rows, list(params.values()))
    if form is Format.json:
        console.write(_as_json(question, reading.asked, sparql, result, rows, proof))
    else:
        _print(result.titles, rows, proof)


def _unsure(question: str, reading: Reading, near: Sequence[Suggestion]) -> NotFound:
    console.say("能回答的相近问题：", least=console.Verbosity.quiet)
    for each in near:
        console.say(f"  {each.text}    {_command(each.asked)}", least=console.Verbosity.quiet)
    return NotFound(f"没有把握“{question}”问的是什么：{reading.doubt}", hint="换成上面的问法，或者用 kg query")


def _frame(saved: Question, asked: Asked) -> str:
    """Which parameters were filled in, with what they mean."""
    meanings = {param.name: param.meaning.split(" / ")[0] for param in saved.params}
    told = [f"{meanings.get(name, name).split('，')[0]}＝{value}" for name, value in asked.params]
    return f"（{'；'.join(told)}）" if told else ""


def _command(asked: Asked) -> str:
    """The call of `kg query` that asks the same."""
    params = (
        f" --param {name}={value}" if value.isalnum() else f" --param '{name}={value}'" for name, value in asked.params
    )
    return f"kg query {asked.question}{''.join(params)}"


def _explain(reading: Reading) -> None:
    for piece in reading.pieces:
        if piece.word:
            meaning = f"{piece.kind}：{piece.word}"
        else:
            meaning = "，".join(f"{slot.kind}＝{slot.value}" for slot in piece.slots) or "不认识"
        console.say(f"  {piece.text}  {meaning}", least=console.Verbosity.quiet)
    for fit in reading.fits:
        console.say(f"  {fit.score} 分  {_command(fit.asked)}", least=console.Verbosity.quiet)


def _print(titles: Sequence[str], rows: Sequence[Sequence[str]], proof: Sequence[Quotation]) -> None:
    from rich.text import Text

    console.table(titles, rows)
    if proof:
        paper = console.for_people()
        paper.print("\n依据（其余用 kg show 名称）：")
        for one in proof:
            paper.print(Text(f"  「{one.words}」 ") + Text(one.where, style="dim"))


def _as_json(
    question: str,
    asked: Asked,
    sparql: str,
    result: Result,
    rows: Sequence[Sequence[str]],
    proof: Sequence[Quotation],
) -> str:
    answer = {
        "asked": question,
        "question": asked.question,
        "params": dict(asked.params),
        "sparql": sparql,
        "rows": [dict(zip(result.columns, row, strict=True)) for row in rows],
        "evidence": [{"words": one.words, "where": one.where} for one in proof],
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
