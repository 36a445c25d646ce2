"""Rows are counted in the bytes of a result, whatever its values hold and wherever the bytes are cut."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from kg.serve.counted_rows import CountedRows
from kg.serve.refusals import TooManyRows

FORMATS = [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV]

nasty = st.text(alphabet='a"\\\n\r\t{}[],:<>&result 区', max_size=12)
cells = st.one_of(st.none(), nasty.map(Literal), st.just(NamedNode("urn:a")), st.integers().map(Literal))
tables = st.lists(st.tuples(cells, cells), max_size=6)


def result(rows: list[tuple[Literal | None, Literal | None]]) -> QuerySolutions:
    values = " ".join(f"({' '.join('UNDEF' if cell is None else str(cell) for cell in row)})" for row in rows)
    found = Store().query(f"SELECT ?a ?b WHERE {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the rows
@given(rows=tables, cut=st.integers(min_value=1, max_value=40), place=st.sampled_from(range(len(FORMATS))))
def test_every_row_is_counted_once(rows: list[tuple[Literal | None, Literal | None]], cut: int, place: int) -> None:
    form = FORMATS[place]
    written = result(rows).serialize(format=form)
    assert written is not None
    counted = CountedRows(form, most=len(rows))
    for start in range(0, len(written), cut):
        counted.write(written[start : start + cut])
    assert counted.getvalue() == written
    headings = 1 if form in (QueryResultsFormat.CSV, QueryResultsFormat.TSV) else 0
    assert counted.rows == len(rows) + headings


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_one_row_too_many_stops_the_writing(form: QueryResultsFormat) -> None:
    rows: list[tuple[Literal | None, Literal | None]] = [(Literal("a"), None)] * 5
    result(rows).serialize(CountedRows(form, most=5), format=form)
    with pytest.raises(TooManyRows, match="more than 4 rows"):
        result(rows).serialize(CountedRows(form, most=4), format=form)
