"""附三: what the proposals are about over the meetings, beside plan and citizens' concerns, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from kg import network
from kg.ledger import Row, Session, gb_order
from kg.network.counts import LEAST_RECORDS
from kg.network.crosstabs import TOTAL
from kg.network.facts import End
from kg.network.records import UNKNOWN
from kg.report.handling import outcomes
from kg.report.parts import NO_DATA, Cell, Heading, Part, Run, Table, Text, count, sentence
from kg.report.rounding import rounded
from kg.report.scope import Frame, Scope
from kg.report.tally import percentages

TITLE: Final = "附三　议程"

_CHANNELS: Final = {"提案": "件", "工作计划": "项", "群众关切": "条"}
"""What is laid beside one another → its measure word."""
_METHOD: Final = (
    "一件提案只按主要议题归入一个议题大类；大类是议题在主题词表中的最上位。没有主要议题的不计入。",
    "多样性H是香农熵（自然对数），H/ln T以主题词表全部大类数T为准，从0（只有一类）到1（各类相同）；"
    "等效类数是e的H次方。件数少时H偏低。变化是占比之差（百分点）；总变动是各类占比之差绝对值之和的一半，从0到1。"
    "件数越少，偶然的变动越大。",
    f"重合度是两边各类占比中较小者之和，从0到1；只说谈的是不是同类议题，不说意见是否相同。任何一边少于{LEAST_RECORDS}件（项、条）的不推算。",
    "办理结果照材料原文，A、B、C等类别的含义由各地自定。“无数据”指材料对这一行没有写明任何办理结果。",
)


def section(scope: Scope) -> Iterator[Part]:
    """Attention and its changes for each kind of list, overlap with plan and concerns, outcomes by theme and kind."""
    scheme = _Scheme(scope)
    yield Heading(2, "（一）各次会议的议题分布")
    for kind in dict.fromkeys(frame.list_kind for frame in scope.frames):
        yield from _attention([frame for frame in scope.frames if frame.list_kind == kind], scheme)
    yield Heading(2, "（二）与工作计划、群众关切的重合")
    yield from _overlap(scope, scheme)
    yield Heading(2, "（三）办理结果")
    for frame, heading in scope.headed():
        yield from heading
        yield from _outcomes(frame, scheme)
    yield Heading(2, "方法与局限")
    yield from (Text((words,), "note") for words in _METHOD)


class _Scheme:
    """The top themes of the thesaurus, and the one that a proposal belongs to."""

    def __init__(self, scope: Scope) -> None:
        self.facts = scope.facts
        self._tops = self.facts.tops()
        self.size = len(set(self._tops.values()))

    def top(self, main: End | None) -> str | None:
        """The label of a theme's top theme; None where there is no theme."""
        return self._tops.get(main.iri, main).label if main else None


# -- attention --------------------------------------------------------------------------------------------------------
def _attention(frames: Sequence[Frame], scheme: _Scheme) -> Iterator[Part]:
    """The topics of some meetings, whose lists are of one kind, beside one another."""
    by_topic = [_by_topic(frame, scheme) for frame in frames]
    for frame, found in zip(frames, by_topic, strict=True):
        with_topic = [row for rows in found.values() for row in rows]
        without = [row for row in frame.rows if not row.main_theme]
        yield sentence(
            *(frame.named, "中，有主要议题的", frame.count(with_topic, "有主要议题"), "件"),
            *("，没有的", frame.count(without, "没有主要议题"), "件。"),
        )
    if not any(by_topic):
        return
    yield _topics(frames, by_topic)
    agendas = network.agendas(
        network.Attention(period, topic, len(rows))
        for period, found in zip(periods(frames), by_topic, strict=True)
        for topic, rows in found.items()
    )
    yield from _diverse(frames, agendas, scheme)
    if len(frames) == 1:
        yield sentence("只有一次会议（一个年度）的同类名单，议题的变化要两次以上才能看出，不列。")
    else:
        yield from _changes(frames, agendas)


def _by_topic(frame: Frame, scheme: _Scheme) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in frame.rows:
        if topic := scheme.top(row.main_theme):
            found.setdefault(topic, []).append(row)
    return found


def periods(frames: Sequence[Frame]) -> list[int]:
    """A number for each frame, in its order: the next one only where the texts say that the meeting is the next.

    Meetings of one term follow one another by their numbers, others and honours by years; where texts tell neither,
    a number is left out, so that no change is computed from one to the other.
    """
    numbers: list[int] = []
    for frame in frames:
        follows = numbers and _follows(frames[len(numbers) - 1], frame)
        numbers.append(numbers[-1] + (1 if follows else 2) if numbers else 0)
    return numbers


def _follows(before: Frame, after: Frame) -> bool:
    one, other = _session(before), _session(after)
    if one and other and one.term is not None and one.term == other.term:
        return (one.ordinal or 0) + 1 == (other.ordinal or 0) and one.ordinal is not None
    years = [_year(before, one), _year(after, other)]
    return None not in years and years[1] == (years[0] or 0) + 1


def _session(frame: Frame) -> Session | None:
    """The meeting that the frame is of."""
    named = {s for row in frame.rows for s in row.sessions if s.label.removeprefix(frame.committee) == frame.time}
    return min(named, key=lambda session: session.order, default=None)


def _year(frame: Frame, session: Session | None) -> int | None:
    if session:
        return session.year
    year = frame.time.removesuffix("年度")
    return int(year) if year.isdecimal() else None


def _topics(frames: Sequence[Frame], by_topic: Sequence[Mapping[str, Sequence[Row]]]) -> Table:
    """A line a topic, a column a frame, with shares where the frame is large enough; in the order of names."""
    topics = sorted({topic for found in by_topic for topic in found}, key=gb_order)
    rows: list[list[Cell]] = [[(topic,)] for topic in (*topics, TOTAL)]
    for frame, found in zip(frames, by_topic, strict=True):
        numbers = [len(found.get(topic, ())) for topic in topics]
        total = sum(numbers)
        shares = [f"（{_percent(tenths)}）" if total >= LEAST_RECORDS else "" for tenths in percentages(numbers)]
        for line, topic, share in zip(rows, topics, shares, strict=False):
            number = frame.count(found.get(topic, ()), topic)
            line.append((number, share) if share and number != "0" else (number,))
        rows[-1].append((frame.count((row for each in found.values() for row in each), "议题大类合计"),))
    head = ("议题大类", *(frame.time or "届次未注明" for frame in frames))
    body = tuple(tuple(line) for line in rows)
    return Table(f"议题大类（件）：{_listed(frames)}", head, body, frozenset(range(1, len(head))), total=True)


def _listed(frames: Sequence[Frame]) -> str:
    """The kind of list that they are of, or the one frame's name."""
    if len(frames) == 1:
        return frames[0].name
    return "名单类型未注明" if frames[0].list_kind == UNKNOWN else frames[0].list_kind


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"


def _diverse(frames: Sequence[Frame], agendas: Mapping[int, network.Agenda], scheme: _Scheme) -> Iterator[Part]:
    """How widely the attention of each frame is spread."""
    rows: list[tuple[Cell, ...]] = []
    small: list[str] = []
    for frame, period in zip(frames, periods(frames), strict=True):
        agenda = agendas.get(period, network.Agenda({}))
        found = network.diversity(agenda, max(scheme.size, len(agenda.weights), 2))
        if found is None:
            small.append(f"{frame.time or '届次未注明的'}{agenda.size}件")
            continue
        rows.append(
            (
                *((frame.time or "届次未注明",), (str(agenda.size),), (str(len(agenda.weights)),)),
                *((rounded(found.entropy),), (rounded(found.normalised),), (rounded(found.effective, 1),)),
            )
        )
    if rows:
        head = ("会议", "件数", "涉及大类", "多样性H", f"H/ln T（T={scheme.size}）", "等效类数")
        yield Table(f"议题的多样性：{_listed(frames)}", head, tuple(rows), frozenset(range(1, len(head))))
    if small:
        yield sentence(f"有主要议题的提案，{'、'.join(small)}，少于{LEAST_RECORDS}件，不推算占比和多样性。")


def _changes(frames: Sequence[Frame], agendas: Mapping[int, network.Agenda]) -> Iterator[Part]:
    """From each meeting to the one that follows it."""
    at = dict(zip(periods(frames), frames, strict=True))
    moved = network.year_on_year(agendas)
    told = [change for change in moved if change.changes is not None]
    for change in told:
        before, after = at[change.period - 1].time, at[change.period].time
        yield sentence(
            f"{after}（{change.sizes[1]}件）与{before}（{change.sizes[0]}件）相比，总变动{rounded(change.shift)}。"
        )
    if told:
        points = [{one.topic: one.points for one in change.changes or ()} for change in told]
        topics = sorted({topic for each in points for topic in each}, key=gb_order)
        head = ("议题大类", *(f"{at[c.period - 1].time}→{at[c.period].time}" for c in told))
        rows = tuple((((topic,), *((_signed(each.get(topic)),) for each in points))) for topic in topics)
        title = f"占比的变化（百分点）：{_listed(frames)}"
        yield Table(title, head, rows, frozenset(range(1, len(head))))
    if len(told) < len(frames) - 1:
        yield sentence(f"前后两次不相连、或有一次少于{LEAST_RECORDS}件的，不推算变化。")


def _signed(points: Fraction | None) -> str:
    """Percentage points with their sign; a dash where neither meeting has the topic.

    >>> _signed(Fraction(13, 4)), _signed(Fraction(-1)), _signed(Fraction(0)), _signed(None)
    ('+3.2', '−1.0', '0.0', '—')
    """
    if points is None:
        return "—"
    tenths = round(points * 10)
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


# -- beside plan and concerns -----------------------------------------------------------------------------------------
def _overlap(scope: Scope, scheme: _Scheme) -> Iterator[Part]:
    """How far each frame's proposals are on the topics of the committee's plan and of citizens' concerns."""
    records = [r for r in scope.records if r.frame.committee == scope.committee]
    listed = {"工作计划": network.plan_items(scheme.facts), "群众关切": network.concerns(scheme.facts)}
    other = {name: _of_these(records, frozenset(iris)) for name, iris in listed.items()}
    if not any(other.values()):
        yield sentence("工作计划、群众关切：", NO_DATA, "（没有录入这两类材料），不推算重合度。")
        return
    about = {name: _on_topics(rows, scheme) for name, rows in other.items()}
    for frame in scope.frames:
        channels = {"提案": {topic: [r.iri for r in rows] for topic, rows in _by_topic(frame, scheme).items()}, **about}
        yield from _beside(frame, channels)


def _of_these(records: Iterable[network.Record], iris: frozenset[str]) -> list[network.Record]:
    return [record for record in records if record.iri in iris]


def _on_topics(records: Iterable[network.Record], scheme: _Scheme) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record in records:
        if topic := scheme.top(record.main or (record.themes[0] if len(record.themes) == 1 else None)):
            found.setdefault(topic, []).append(record.iri)
    return found


def _beside(frame: Frame, channels: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Part]:
    """The sizes of all, always; the overlap of those that are large enough."""
    agendas = {
        name: network.agenda_of(network.Attention(0, topic, len(iris)) for topic, iris in found.items())
        for name, found in channels.items()
    }
    sizes: list[Run] = []
    for name, found in channels.items():
        iris = [iri for each in found.values() for iri in each]
        sizes += ["、" if sizes else "", name, count(iris, f"{frame.name}：{name}（有主要议题）"), _CHANNELS[name]]
    pairs = network.congruence(agendas)
    told = [pair for pair in pairs if pair.overlap is not None]
    yield sentence(
        *(f"{frame.name}，有主要议题的：", sizes, "。"),
        "" if told else f"没有两类都达到{LEAST_RECORDS}，不推算重合度。",
    )
    if told:
        head = ("一类", "另一类", "件（项、条）数", "重合度")
        rows = tuple(((p.one,), (p.other,), (f"{p.sizes[0]}、{p.sizes[1]}",), (rounded(p.overlap),)) for p in told)
        yield Table(f"议题的重合度：{frame.name}", head, rows, frozenset({3}))


# -- what came of them ------------------------------------------------------------------------------------------------
def _outcomes(frame: Frame, scheme: _Scheme) -> Iterator[Part]:
    """By top theme and by proposer's kind: counts alone, each proposal in one cell."""
    if not any(outcomes(row) for row in frame.rows):
        yield sentence(frame.named, "的办理结果：", NO_DATA, "，不按议题和提案者类型分列。")
        return
    yield _crossed(frame, "议题大类", lambda row: scheme.top(row.main_theme))
    yield _crossed(frame, "提案者类型", lambda row: "、".join(row.kinds) or None)


def _crossed(frame: Frame, what: str, value: Callable[[Row], str | None]) -> Table:
    found: dict[tuple[str, str], list[Row]] = {}
    pairs: list[tuple[str | None, str | None]] = []
    for row in frame.rows:
        pair = (value(row), "、".join(outcomes(row)) or None)
        pairs.append(pair)
        found.setdefault((pair[0] or network.UNSTATED, pair[1] or network.UNSTATED), []).append(row)
    crossed = network.cross_table(pairs)

    def number(row: str, column: str) -> Cell:
        if row != TOTAL and column != TOTAL and crossed.count(row, column) is None:
            return (NO_DATA,)
        those = (r for at, rows in found.items() if row in (at[0], TOTAL) and column in (at[1], TOTAL) for r in rows)
        return (frame.count(those, f"{row}—{column}"),)

    columns = (*sorted(crossed.columns, key=_unsaid_last), TOTAL)
    lines = (*sorted(crossed.rows, key=_unsaid_last), TOTAL)
    rows = tuple(((line,), *(number(line, column) for column in columns)) for line in lines)
    head = (what, *columns)
    return Table(f"办理结果与{what}（件）：{frame.name}", head, rows, frozenset(range(1, len(head))), total=True)


def _unsaid_last(label: str) -> tuple[object, ...]:
    return (label == network.UNSTATED, gb_order(label))
