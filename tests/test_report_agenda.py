"""The appendices on ties and agenda: what is more than chance is marked, too little is a sentence, and sums agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import ledger_graphs
import ledgers
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg import network
from kg.ledger import Reply, Row, Session, read_ledger
from kg.network.facts import End
from kg.network.records import Record
from kg.report import agenda, ties
from kg.report.closeness import closeness
from kg.report.parts import NO_DATA, Cell, Figure, Part, Table, Text, figures
from kg.report.scope import Scope, scope_of

COMMITTEE = End("committee", "…/山南区政协", "山南区政协")
THEMES = [End("theme", f"…/{name}", name) for name in ("教育", "交通", "养老")]


def meeting(ordinal: int, year: int | None = None, term: int = 3) -> Session:
    return Session(f"…/s{term}{ordinal}", f"山南区政协{term}届{ordinal}次会议", year, term, ordinal)


def proposal(name: str, session: Session, theme: End | None = None, outcome: str = "", kind: str = "") -> Row:
    replies = (Reply(f"…/r{name}", "2031-06-01", outcome, "", ""),) if outcome else ()
    bare = Row(
        *(f"…/{name}", f"关于{name}的建议", "", None, COMMITTEE, (session,), (), "提案", ("全部立案",), (), None, ()),
        *((), False, None, (), (), (), False, (), (), (), ()),
    )
    return replace(bare, main_theme=theme, kinds=(kind,) if kind else (), replies=replies)


def read(runs: Cell) -> str:
    return "".join(run.text if isinstance(run, Figure) else run for run in runs)


def words(parts: Iterable[Part]) -> str:
    return "\n".join(read(part.runs) for part in parts if isinstance(part, Text))


def tables(parts: Iterable[Part], caption: str) -> list[Table]:
    return [part for part in parts if isinstance(part, Table) and part.caption.startswith(caption)]


def scope(rows: Iterable[Row]) -> Scope:
    return scope_of(Store(), list(rows))


def many(session: Session, shares: Iterable[int]) -> list[Row]:
    """So many proposals on each theme."""
    return [
        proposal(f"{session.label}{theme.label}{i}", session, theme)
        for theme, times in zip(THEMES, shares, strict=False)
        for i in range(times)
    ]


# -- agenda -----------------------------------------------------------------------------------------------------------
@st.composite
def answered(draw: st.DrawFn) -> list[Row]:
    said = st.tuples(
        st.sampled_from([meeting(1), meeting(2)]),
        st.sampled_from([None, *THEMES]),
        st.sampled_from(["", "A类", "已解决"]),
        st.sampled_from(["", "党派", "委员个人"]),
    )
    return [proposal(str(i), *each) for i, each in enumerate(draw(st.lists(said, min_size=1, max_size=45)))]


@given(answered())
def test_every_proposal_stands_in_one_cell_and_the_margins_agree(rows: list[Row]) -> None:
    for table in tables(agenda.section(scope(rows)), "办理结果与"):
        counted = [[0 if read(cell) == NO_DATA else int(read(cell)) for cell in line[1:]] for line in table.rows]
        assert all(sum(line[:-1]) == line[-1] for line in counted)
        assert [sum(column[:-1]) for column in zip(*counted, strict=True)] == counted[-1]


@given(answered())
def test_a_figure_of_the_agenda_opens_as_many_records_as_it_says(rows: list[Row]) -> None:
    known = {row.iri for row in rows}
    for figure in figures(agenda.section(scope(rows))):
        assert int(figure.text) == len(figure.of)
        assert set(figure.of) <= known


def test_a_row_of_which_no_outcome_is_written_says_no_data_and_never_nought() -> None:
    one = meeting(1)
    found = scope([proposal("甲", one, THEMES[0], "已解决"), proposal("乙", one, THEMES[1])])
    (table,) = tables(agenda.section(found), "办理结果与议题大类")
    assert table.head == ("议题大类", "已解决", "未注明", "合计")
    assert [[read(cell) for cell in line] for line in table.rows] == [
        ["交通", NO_DATA, "1", "1"],
        ["教育", "1", "0", "1"],
        ["合计", "1", "1", "2"],
    ]
    silent = words(agenda.section(scope([proposal("甲", one, THEMES[0])])))
    assert f"的办理结果：{NO_DATA}" in silent


def test_one_meeting_has_shares_and_diversity_and_no_change() -> None:
    parts = list(agenda.section(scope(many(meeting(1), (20, 20)))))
    (table,) = tables(parts, "议题大类")
    assert [read(line[1]) for line in table.rows] == ["20（50.0%）", "20（50.0%）", "40"]
    (diverse,) = tables(parts, "议题的多样性")
    assert [read(cell) for cell in diverse.rows[0]] == ["3届1次会议", "40", "2", "0.69", "1", "2"]
    assert "要两次以上才能看出" in words(parts) and not tables(parts, "占比的变化")


def test_a_meeting_is_compared_with_the_one_before_it() -> None:
    parts = list(agenda.section(scope([*many(meeting(1), (20, 20)), *many(meeting(2), (30, 0, 10))])))
    (table,) = tables(parts, "占比的变化")
    assert {read(line[0]): read(line[1]) for line in table.rows} == {"教育": "+25.0", "交通": "−50.0", "养老": "+25.0"}
    assert "总变动0.5" in words(parts)


def test_no_change_is_told_across_a_meeting_that_is_not_there_or_of_few_proposals() -> None:
    for rows in (
        [*many(meeting(1), (20, 20)), *many(meeting(3), (30, 10))],
        [*many(meeting(1), (20, 20)), *many(meeting(2), (10, 10))],
        [*many(meeting(5), (20, 20)), *many(meeting(1, term=4), (30, 10))],
    ):
        parts = list(agenda.section(scope(rows)))
        assert not tables(parts, "占比的变化")
        assert "不推算变化" in words(parts)


def test_a_new_term_follows_where_the_years_do() -> None:
    rows = [*many(meeting(5, 2031), (20, 20)), *many(meeting(1, 2032, term=4), (30, 10))]
    assert tables(agenda.section(scope(rows)), "占比的变化")


def test_few_proposals_have_neither_shares_nor_diversity() -> None:
    parts = list(agenda.section(scope(many(meeting(1), (10, 10)))))
    (table,) = tables(parts, "议题大类")
    assert not tables(parts, "议题的多样性")
    assert "%" not in "".join(read(cell) for line in table.rows for cell in line)
    assert "少于30件，不推算占比和多样性" in words(parts)


# -- closeness --------------------------------------------------------------------------------------------------------
def of_sectors(choice: Iterable[tuple[int, Iterable[int]]]) -> list[Part]:
    """The parts for records of one sector on some themes each."""
    frame = network.Frame("proposals", COMMITTEE, "全部立案")
    themes = [End("theme", f"…/{n}", f"议题{n}") for n in range(8)]
    rows = [
        Record(f"…/{n}", frame, ((End("sector", f"…/e{end}", f"{end}界"),),), tuple(themes[i] for i in about), None)
        for n, (end, about) in enumerate(choice)
    ]
    incidence = network.incidence_of(rows)
    assert incidence is not None
    counts = network.counted(incidence, ["sector"])
    assert counts is not None
    return list(closeness("界别", "三届二次会议（全部立案）", incidence, counts))


def test_sectors_of_like_themes_are_marked_and_grouped_with_the_caution() -> None:
    own = {0: (0, 1), 1: (0, 1), 2: (0, 1), 3: (2, 3), 4: (2, 3), 5: (2, 3)}
    parts = of_sectors((end, [own[end][n % 2] if n < 9 else 4]) for end in own for n in range(12))
    (pairs,) = tables(parts, "议题相近的界别（超出偶然的在前")
    marks = [(read(line[0]), read(line[1]), read(line[-1])) for line in pairs.rows]
    assert {(int(a[0]) // 3 == int(b[0]) // 3, mark) for a, b, mark in marks} == {(True, "★是"), (False, "否")}
    (groups,) = tables(parts, "议题相近的界别分组")
    assert [read(line[0]) for line in groups.rows] == ["0界、1界、2界", "3界、4界、5界"]
    assert "不表示立场一致，也不表示有组织上的联系" in words(parts)


def test_sectors_that_follow_the_common_agenda_are_in_no_group() -> None:
    parts = of_sectors((end, [n % 5]) for end in range(6) for n in range(10))
    assert "超出偶然的0对" in words(parts) and "不作分组" in words(parts)
    assert not tables(parts, "议题相近的界别分组")
    assert "★" not in str(parts)


def test_too_few_records_say_nothing_of_closeness() -> None:
    assert of_sectors((end, [end % 2]) for end in range(4) for _ in range(7)) == []


# -- ties of a ledger -------------------------------------------------------------------------------------------------
def test_a_theme_of_one_sector_is_told_with_its_words_and_concentration_with_its_caution() -> None:
    put = ledgers.proposals(120)
    alone = next(p for p in put if len(p.proposers) == 1 and p.proposers[0].seat == "教育界").proposers
    put = [replace(p, proposers=alone) if "消防安全" in p.title else p for p in put]
    store = ledger_graphs.store_of([ledger_graphs.document(ledgers.plain(put))])
    parts = list(ties.section(scope_of(store, read_ledger(store))))
    assert "“消防安全”：已录入的" in words(parts) and "均由1个界别（教育界）提出" in words(parts)
    (marked,) = tables(parts, "界别与具体议题（超出偶然的在前")
    first = [read(cell) for cell in marked.rows[0]]
    assert (first[0], first[1], first[-1]) == ("教育界", "消防安全", "★是")
    (concentrated,) = tables(parts, "各界别的议题集中度")
    names = [read(line[0]) for line in concentrated.rows]
    assert names == sorted(names, key=lambda name: name.encode("gb18030"))
    assert "不是排名" in words(parts)
