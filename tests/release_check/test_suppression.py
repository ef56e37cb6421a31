"""Whether withheld counts can be worked out: no false certainty, and none missed in small tables."""

from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.count_cells import STAR, Figure
from services.publishing.release_check.figures import Figures
from services.publishing.release_check.suppression import Bounds, Recovered, audit, solved, sums_of
from tests.release_check.counting import found, told

EXACT = [
    # One star in a row with totals.
    "Offence | Men | Women | Total\nBurglary | 5 | * | 7\nRobbery | 6 | 7 | 13\nTotal | 11 | 9 | 20",
    # Two stars in a row whose columns have totals.
    "Offence | Men | Women | Total\nBurglary | * | * | 7\nRobbery | 6 | 7 | 13\nTotal | 11 | 9 | 20",
    # A tight block of two by two.
    "Offence | Men | Women | Total\nBurglary | * | * | 2\nRobbery | * | * | 6\nTotal | 4 | 4 | 8",
    # Masks that look like headings, below the headings.
    "Offence | Men | Women | Total\nBurglary | c | c |\nRobbery | 6 | 7 | 13\nTotal | 8 | 9 | 17",
    "Offence | Men | Women | Total\nBurglary | 1-4 | c |\nRobbery | 6 | 7 | 13\nTotal | 8 | 9 | 17",
    # Only a total below, and other words for mask and total.
    "Offence | Arrests\nBurglary | <5\nRobbery | 10\nAll offences | 12",
    "Offence | Arrests\nAll | 1,012\nBurglary | [c]\nRobbery | 1,010",
    "Offence | Arrests\nBurglary | suppressed\nRobbery | 10\nGrand total | 12",
    # A wrong total elsewhere.
    "Offence | Men | Women | Total\nBurglary | 5 | * | 7\nRobbery | 6 | 7 | 14\nTheft | 8 | 9 | 17\nFraud | 8 | 8 | 16",
    # A total that is withheld, of parts that are not.
    "Offence | Men | Women | Total\nBurglary | 5 | 2 | *\nRobbery | 6 | 7 | 13",
    # Sub-totals, and the grand total of all.
    "Place | Arrests\nNorth | *\nSouth | 10\nSub-total | 12\nEast | 10\nWest | 20\nSub-total | 30\nGrand total | 42",
    # A dash that is nought, and one that is a mask.
    "Offence | Men | Women | Total\nBurglary | 5 | * | 7\nRobbery | 6 | - | 6\nTotal | 11 | 2 | 13",
]
OPEN = [
    "Offence | Men | Women | Total\nBurglary | * | * | 57\nRobbery | * | * | 33\nTotal | 45 | 45 | 90",
    "Offence | Men | Women | Total\nBurglary | * | * | 5\nRobbery | * | * | 5\nTotal | 5 | 5 | 10",
    "Offence | Men | Women\nBurglary | * | 7\nRobbery | 6 | *",
    "Offence | Men | Women | Total\nBurglary | 5 | * | *\nRobbery | 6 | 7 | 13",
    "Offence | Arrests\nBurglary | *\nRobbery | 10\nTotal | *",
]


@pytest.mark.parametrize("table", EXACT)
def test_a_withheld_count_that_the_totals_give_away_is_for_a_person_to_look_at(table: str) -> None:
    [finding] = [each for each in found(table) if each.code == "recoverable_number"]
    assert finding.severity == "review"
    assert "worked out exactly" in finding.excerpt


@pytest.mark.parametrize("table", OPEN)
def test_withheld_counts_that_the_totals_leave_open_are_left_alone(table: str) -> None:
    assert "recoverable_number" not in told(table)


def test_a_range_narrower_than_the_mask_is_told_without_its_numbers() -> None:
    table = "Offence | Men | Women | Total\nBurglary | * | * | 6\nRobbery | * | * | 6\nTotal | 6 | 6 | 12"
    [finding] = found(table)
    assert finding.excerpt == "4 withheld cells to within 3, taking the mask for 1 to 4"
    assert finding.where == "sheet 1, columns B to C, rows 2 to 3"


def test_a_total_that_is_no_sum_of_the_others_gives_nothing_away() -> None:
    table = "Year | Total | Appeals | Refused\n2019 | 90 | 7 | 8\n2020 | 80 | * | 9\n2021 | 70 | 8 | 6"
    assert told(table) == set()


def test_cells_that_only_all_sums_together_give_away_are_found() -> None:
    """A staircase: the sums of two rows less those of two columns leave one cell."""
    table = (
        "Place | A | B | C | D | E | Total\n"
        "North | * | * | 50 | 50 | 50 | 210\n"
        "South | * | * | * | 50 | 50 | 190\n"
        "East | 50 | 50 | * | * | * | 190\n"
        "West | 50 | 50 | 50 | * | * | 210\n"
        "Total | 160 | 160 | 160 | 160 | 160 | 800"
    )
    [finding] = found(table)
    assert finding.excerpt == "2 withheld cells can be worked out exactly"


def table_of(values: list[list[int]], hidden: set[tuple[int, int]]) -> Figures:
    """A table with totals of its rows and columns, in which some counts are withheld."""
    whole = [[*row, sum(row)] for row in values]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    cells = [
        [STAR if (row, column) in hidden else Figure(each, each) for column, each in enumerate(line)]
        for row, line in enumerate(whole)
    ]
    height, width = len(whole), len(whole[0])
    return Figures(
        row_labels=[*(f"row {at}" for at in range(height - 1)), "total"],
        column_labels=[*(f"column {at}" for at in range(width - 1)), "total"],
        row_numbers=range(2, height + 2),
        column_numbers=range(2, width + 2),
        cells=cells,
        percentages={},
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[int]], set[tuple[int, int]]]:
    height, width = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    values = [[draw(st.integers(0, 9)) for _ in range(width)] for _ in range(height)]
    hidden = {(row, at) for row in range(height) for at in range(width) if 1 <= values[row][at] <= 4}
    return values, hidden


def possible(values: list[list[int]], hidden: list[tuple[int, int]]) -> list[set[int]]:
    """By trying all: what each withheld count can be."""
    rows, columns = [sum(row) for row in values], [sum(column) for column in zip(*values, strict=True)]
    can: list[set[int]] = [set() for _ in hidden]
    for guess in product(range(1, 5), repeat=len(hidden)):
        trial = [row[:] for row in values]
        for (row, column), each in zip(hidden, guess, strict=True):
            trial[row][column] = each
        if [sum(row) for row in trial] == rows and [sum(column) for column in zip(*trial, strict=True)] == columns:
            for known, each in zip(can, guess, strict=True):
                known.add(each)
    return can


@settings(max_examples=25, deadline=None)
@given(tables())
def test_what_can_be_worked_out_is_what_trying_all_counts_leaves(
    table: tuple[list[list[int]], set[tuple[int, int]]],
) -> None:
    values, hidden = table
    hidden = set(sorted(hidden)[:6])
    recovered = audit(table_of(values, hidden), 5)
    expected = possible(values, sorted(hidden))
    widths = {(each.row, each.column): each.values for each in recovered}
    for place, can in zip(sorted(hidden), expected, strict=True):
        assert (widths.get(place, 4) == 1) == (len(can) == 1)
        assert widths.get(place, 4) >= len(can)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 300), min_size=4, max_size=4), min_size=3, max_size=5), st.data())
def test_no_bound_excludes_what_a_withheld_count_is(values: list[list[int]], data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(values) - 1), st.integers(0, 3))
    figures = table_of(values, data.draw(st.sets(places, max_size=9)))
    bounds = solved(Bounds.of(chain.from_iterable(figures.cells)), sums_of(figures))
    whole = chain.from_iterable(table_of(values, set()).cells)
    assert bounds is not None
    assert all(low <= each.low <= high for low, each, high in zip(bounds.low, whole, bounds.high, strict=True))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(1, 300), min_size=3, max_size=3), min_size=3, max_size=4))
def test_a_count_is_not_told_to_be_certain_when_another_one_would_fit(values: list[list[int]]) -> None:
    """Moving one from corner to corner of a block of two by two changes no total."""
    recovered = audit(table_of(values, {(0, 0), (0, 1), (1, 0), (1, 1)}), 5)
    assert [each for each in recovered if each.values == 1 and not each.by_mask] == []


def test_a_lone_withheld_cell_among_many_is_told_by_its_place() -> None:
    figures = table_of([[10, 20, 30], [40, 50, 60]], {(1, 2)})
    assert audit(figures, 5) == [Recovered(1, 2, 1, by_mask=False)]
