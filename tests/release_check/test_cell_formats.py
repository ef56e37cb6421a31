"""What a reader sees of a value under a number format, and which formats show nothing of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.cell_formats import can_mask, displayed, is_masked, is_shown_as_stored
from services.publishing.release_check.colours import BLACK, WHITE, Palette, contrast

ACCOUNTS = '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1E+15"),
        (12.5, "", "12.5"),
        (7, "0", "7"),
        (-7, "0", "-7"),
        (1234.5, "0.00", "1234.50"),
        (1234567, "#,##0", "1,234,567"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (0.256, "0%", "26%"),
        (0.256, "0.0%", "25.6%"),
        (12, "£#,##0.00", "£12.00"),
        (12, "[$£-809]#,##0", "£12"),
        (5, "[Red]0", "5"),
        (-0.004, "0.00", "0.00"),
        (7, "000", "007"),
        (123456, '00"-"00"-"00', "12-34-56"),
        (7700900123, "00000 000000", "07700 900123"),
        (1500, "#,", "2"),
        (1234, "0.00E+00", "1.23E+03"),
        (1.5, "# ?/?", "1 1/2"),
        (3, '[<5]"fewer than 5";0', "fewer than 5"),
        (7, '[<5]"fewer than 5";0', "7"),
        (5, ";;;", ""),
        ("x", ";;;", ""),
        ("x", "0.00", "x"),
        ("x", '"Ref "@', "Ref x"),
        (0, "0;-0;;@", ""),
        (45678, "dd/mm/yyyy", "2025-01-21"),
        (45678, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2025-01-21"),
        (45678.5, "dd/mm/yyyy hh:mm", "2025-01-21 12:00"),
        (45678, "mmm-yy", "Jan-25"),
        (45678, "mmmm yyyy", "January 2025"),
        (59, "dd/mm/yyyy", "1900-02-28"),
        (61, "dd/mm/yyyy", "1900-03-01"),
        (0.5, "h:mm", "12:00"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (1e12, "dd/mm/yyyy", "1E+12"),
    ],
)
def test_a_value_is_shown_as_its_format_says(value: str | float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


def test_dates_of_old_macintosh_workbooks_count_from_1904() -> None:
    assert displayed(0, "dd/mm/yyyy", True) == "1904-01-01"


@pytest.mark.parametrize(
    ("value", "code", "masked"),
    [
        (5, ";;;", True),
        ("x", ";;;", True),
        (3, '[<5]"*";0', True),
        (1, '[<5]"fewer than 5";0', True),
        (7, '[<5]"*";0', False),
        (3, "#,", True),
        (5, "**;**;**;**", True),
        (3, '"withheld"', True),
        (0, ACCOUNTS, False),
        (5, ACCOUNTS, False),
        ("x", ACCOUNTS, False),
        (0, "0;-0;;@", False),
        (1, '"Yes";;"No"', False),
        (2, '[=1]"a";[=2]"b";0', False),
        ("x", ";;", False),
        (45678, "mmm", False),
    ],
)
def test_a_format_that_shows_nothing_of_a_value_is_known(value: str | float, code: str, masked: bool) -> None:
    assert is_masked(value, code) is masked
    assert can_mask(code) or not masked


@given(st.floats(allow_nan=False), st.text(alphabet='0#?.,;@%"*_<5[]=-/dmyhsE+', max_size=12))
@settings(max_examples=25, deadline=None)
def test_any_format_code_at_all_shows_something_or_nothing(value: float, code: str) -> None:
    assert isinstance(displayed(value, code), str)
    assert is_masked(value, code) in (True, False)
    assert not (is_masked(value, code) and is_shown_as_stored(code) and not can_mask(code))


@given(st.integers(-(10**9), 10**9))
@settings(max_examples=25, deadline=None)
def test_grouping_takes_nothing_from_a_number(number: int) -> None:
    assert int(displayed(number, "#,##0").replace(",", "")) == number


def test_colours_that_cannot_be_told_apart_have_little_contrast() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, (253, 253, 253)) < 1.05
    assert Palette().colour({"theme": "0"}, BLACK) == WHITE
