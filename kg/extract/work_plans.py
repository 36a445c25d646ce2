"""Work plans: the main tasks, the topics inside them with their form (专题协商, 课题研究 …), and last year's review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.background import Background
from kg.lexicon import Term
from kg.model import Article, Block, Concept, Fact, Mention, Passage, Year
from kg.names import Names
from kg.sentences import Clause, sentences, whole

_PLAN = re.compile(r"主要任务|重点任务|工作要点|重点工作|工作安排|工作计划|工作思路|工作部署|协商计划")
_REVIEW = re.compile(r"回顾|总结")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])\s*")
_ABOUT = r"(?:围绕|紧扣|聚焦|针对|就)"
_TAIL = r"(?:等(?:[^,，。；;、]{0,6}?(?:主题|问题|课题|议题|内容|方面|重点|工作|领域))?)?"
_WITH = r"(?:(?<=[,，])(?:会同|联合|与|和|同)[^,，。；;、]{2,16}?)?"
"""`围绕某某，与某局开展…`: with whom."""
_BEGIN = r"(?:开展|举办|组织|召开|进行|实施)"
_QUOTED = re.compile(r'["“][^"“”]+["”]')
_SHORTEST, _LONGEST = 4, 40


def find(article: Article, names: Names, background: Background) -> Iterator[Mention | Fact]:
    """The plan's main tasks and topics, and what the review counts as done, each with its place in the order."""
    for item in (*_planned(article, background), *_reviewed(article)):
        yield from _task(item, article, background)


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a plan or a review."""

    title: Clause
    kind: str
    """A concept of `taskKind`."""
    year: int | None
    planned: bool
    position: int
    evidence: Clause
    rule: str
    main: Clause | None = None
    """The main task that it is a part of."""


def _reviewed(article: Article) -> Iterator[_Item]:
    """The items under a heading that looks back."""
    items = [b for b in article.blocks if b.kind == "item" and b.under and _REVIEW.search(b.under[0].text)]
    for position, block in enumerate(items, start=1):
        title, year = whole(block.passage), _year(block.under[0], article)
        yield _Item(title, "工作回顾", year, False, position, title, "task.review")


def _planned(article: Article, background: Background) -> Iterator[_Item]:
    """The numbered headings of a plan, and the topics in the paragraphs below them."""
    headings = [b.passage for b in article.blocks if b.kind == "heading" and b.number is None]
    plan = next((h for h in headings if _PLAN.search(h.text)), None)
    if plan is None:
        return
    year, forms = _year(plan, article), _forms(background.lexicon.consultation_forms)
    for block in article.blocks:
        if block.kind == "heading" and block.number is not None:
            title = _title(block.passage)
            yield _Item(title, "主要任务", year, True, block.number, whole(block.passage), "task.heading")
        elif block.kind == "paragraph" and (main := _main_task(block)):
            found = [(c, *each) for c in sentences(block.passage) for each in topics(c, forms)]
            for position, (clause, topic, kind) in enumerate(found, start=1):
                yield _Item(topic, kind, year, True, position, clause, "task.topic", main)


def topics(clause: Clause, forms: dict[str, str]) -> Iterator[tuple[Clause, str]]:
    """The topics that a sentence sets and the form in which each is dealt with.

    `围绕甲、乙等主题,开展…专题协商` names the topics first, `组织协商式监督,围绕甲、乙等问题` the form first.
    """
    form = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    first = re.compile(
        rf"{_ABOUT}(?P<list>[^。；;,，]+?){_TAIL}[,，]?{_WITH}{_BEGIN}{{1,2}}(?P<how>(?:(?!{_BEGIN})[^,，。；;]){{0,16}}?)(?P<form>{form})"
    )
    second = re.compile(rf"{_BEGIN}(?P<form>{form})[,，]{_ABOUT}(?P<list>[^。；;,，]+?){_TAIL}(?=[,，。；;])")
    found = list(first.finditer(clause.text))
    taken = {m.start("list") for m in found}
    found += [m for m in second.finditer(clause.text) if m.start("list") not in taken]
    for match in found:
        for start, end in _items(match["list"]):
            begin = clause.start + match.start("list")
            yield Clause(clause.passage, begin + start, begin + end), forms[match["form"]]


def _items(listed: str) -> Iterator[tuple[int, int]]:
    """The entries of a list joined by 、, which may stand inside quotes too."""
    for match in re.finditer(r'(?:"[^"]*"|“[^”]*”|《[^》]*》|[^、])+', listed):
        start, end = match.span()
        if _QUOTED.fullmatch(match.group()):
            start, end = start + 1, end - 1
        if _SHORTEST <= end - start <= _LONGEST:
            yield start, end


def _forms(terms: Sequence[Term]) -> dict[str, str]:
    return {word: term.id for term in terms for word in (term.id, *term.aliases)}


def _task(item: _Item, article: Article, background: Background) -> Iterator[Mention | Fact]:
    task, evidence, rule = item.title.mention("Task"), item.evidence, item.rule
    yield task
    yield item.title.fact(task, "dcterms:title", item.title.text, rule)
    yield evidence.fact(task, "zx:taskKind", Concept("taskKind", item.kind), rule)
    status = Concept("actionStatus", "planned" if item.planned else "done")
    yield evidence.fact(task, "schema:actionStatus", status, rule)
    yield evidence.fact(task, "zx:listPosition", item.position, rule)
    if item.year:
        yield evidence.fact(task, "zx:forYear", Year(item.year), rule)
    if article.committee:
        committee = Mention("Organization", article.committee, item.title.span, "")
        yield evidence.fact(task, "zx:committee", committee, rule)
    if item.main:
        yield evidence.fact(task, "dcterms:isPartOf", item.main.mention("Task"), rule)
    yield from background.index(task, item.title.text, evidence)


def _title(passage: Passage) -> Clause:
    number = _NUMBER.match(passage.text)
    return Clause(passage, number.end() if number else 0, len(passage.text))


def _main_task(block: Block) -> Clause | None:
    """The numbered heading that a paragraph stands under."""
    return _title(block.under[-1]) if block.under and _NUMBER.match(block.under[-1].text) else None


def _year(heading: Passage, article: Article) -> int | None:
    named = _YEAR.search(heading.text)
    return int(named[1]) if named else article.year
