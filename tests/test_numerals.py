"""Terms and ordinals as texts write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.numerals import value, written


@given(st.integers(1, 999))
def test_a_number_that_was_written_is_read_again(number: int) -> None:
    assert value(written(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三十二", 32),
        ("一百零五", 105),
        ("一百一十", 110),
        ("二〇", 20),
        ("14", 14),
        ("２６", 26),
        ("十", 10),
        ("两", 2),
    ],
)
def test_numerals_of_every_form(text: str, number: int) -> None:
    assert value(text) == number
