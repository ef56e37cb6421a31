"""Small counts in tables, and what is no count however small it is."""

import pytest

from services.publishing.release_check.count_cells import STAR, UNBOUNDED, Figure, figure
from tests.release_check.checking import checked, codes
from tests.release_check.counting import found, told

COUNTS = [
    "Offence | Number of arrests\nBurglary | 12\nRobbery | 3\nTheft | 40",
    "Arrests by year\nOffence | 2019 | 2020\nBurglary | 12 | 15\nRobbery | 3 | 22",
    "Stop and search | | \n | Male | Female\nBedford | 112 | 2\nLuton | 1,203 | 77\nTotal | 1,315 | 79",
    "Outcome | Total\nDismissed | 4\nWarned | 9\nNotes: figures are of 1 June",
    "Ethnicity | Officers |  % \nWhite | 12 | 85.7%\nBlack | 2 | 14.3%",
    "Year | Requests\n2019 | 3\n2020 | 50\n2021 | 61",
    "Station | A | B\nNorth | 3 (12%) | 11\nSouth | 14 | 10",
    "Offence | 2015\nBurglary | 2015\nRobbery | 3\nTheft | 40",
]
NO_COUNTS = [
    "Rank | Age | Floor\n1 | 3 | 2\n2 | 4 | 3",
    "Offence | Average days\nBurglary | 3\nRobbery | 4",
    "Offence | Cost (£)\nBurglary | 3\nRobbery | 4",
    "Offence | Rate per 1,000\nBurglary | 3\nRobbery | 2",
    "No. | Question\n1 | How many?\n2 | Where?\n3 | Why?",
    "Question | Answer\n1 | Yes\n2 | No\n3 | Yes",
    "Item | Collar number\nBadge | 3\nBadge | 4",
    "Offence | Percentage\nBurglary | 3\nRobbery | 4",
    "Offence | Arrests\nBurglary | 12\nRobbery | 0\nTheft | 5",
    "Crime type | Beat | Outcome code\nBurglary | 3 | 1\nBurglary | 3 | 2\nTheft | 1 | 1",
    "Force | Date\nA | 1/2/2020\nB | 3/4/2020",
    "Name | Value\nA | some words\nB | 3\nC | more words",
    "",
    "Only a title",
]


@pytest.mark.parametrize("table", COUNTS)
def test_a_small_count_is_for_a_person_to_look_at(table: str) -> None:
    assert "small_number" in told(table)
    assert {each.severity for each in found(table)} == {"review"}


@pytest.mark.parametrize("table", NO_COUNTS)
def test_a_small_number_that_counts_nobody_is_left_alone(table: str) -> None:
    assert told(table) == set()


def test_a_table_has_one_finding_that_says_where_its_small_counts_are() -> None:
    [finding] = found("Offence | 2019 | 2020\nBurglary | 2 | 15\nRobbery | 3 | 1\nTheft | 12 | 13")
    assert finding.where == "sheet 1, columns B to C, rows 2 to 3"
    assert finding.excerpt == "3 counts of 1 to 4"


def test_tables_below_each_other_are_read_one_by_one() -> None:
    table = "Offence | Arrests\nBurglary | 12\n | \nRank | Age\n | \nOffence | Cost\nTheft | 3"
    assert told(table) == set()
    assert told(table.replace("12", "2")) == {"small_number"}


def test_a_very_large_table_is_looked_through_for_small_counts() -> None:
    lines = [f"Place {number} | {number + 5} | {number}" for number in range(10, 9_000)]
    large = "\n".join(["Area | Number of arrests | Reference", *lines])
    assert told(large) == set()
    assert told(large + "\nLast | 3 | 4") == {"small_number"}


def test_small_counts_of_a_whole_file_are_found() -> None:
    report = checked(b"Offence,Number of arrests\nBurglary,12\nRobbery,3\n", "arrests.csv")
    assert codes(report) == {"small_number"}
    assert report.verdict == "review"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1,204", Figure(1204, 1204)),
        (" 12 ", Figure(12, 12)),
        ("3.0", Figure(3, 3)),
        ("nil", Figure(0, 0)),
        ("<5", Figure(0, 4, withheld=True)),
        ("fewer than 5", Figure(0, 4, withheld=True)),
        ("3 or fewer", Figure(0, 3, withheld=True)),
        ("≤ 4", Figure(0, 4, withheld=True)),
        ("1 to 4", Figure(1, 4, withheld=True)),
        ("*", STAR),
        ("[c]", STAR),
        ("Suppressed", STAR),
        ("s40(2)", STAR),
        ("-", Figure(0, UNBOUNDED)),
        ("12.5", None),
        ("£3", None),
        ("01/02/2020", None),
        ("2019/20", None),
        ("some words", None),
        ("9" * 400, None),
    ],
)
def test_a_cell_tells_a_count_or_its_bounds_or_neither(cell: str, told: Figure | None) -> None:
    assert figure(cell) == told


@pytest.mark.parametrize(
    "table",
    [
        "Offence | Arrests | %\nBurglary | * | 5%\nRobbery | * | 35%\nTheft | 12 | 60%\nTotal | 20 | 100%",
        "Force | Requests | Granted %\nA | 12 | 25%\nB | 40 | 50%",
        "Offence | Arrests | Percentage\nBurglary | <5 | 0%\nRobbery | 12 | 60",
        "Offence | Arrests | Percentage\nBurglary | * | 100%",
    ],
)
def test_a_percentage_that_gives_a_small_count_away_is_for_a_person_to_look_at(table: str) -> None:
    assert "tell_tale_percentage" in told(table)


@pytest.mark.parametrize(
    "table",
    [
        "Offence | Arrests | %\nBurglary | * | 5%\nRobbery | * | 35%\nTheft | 6000 | 60%\nTotal | 10000 | 100%",
        "Force | Requests | Granted %\nA | 1200 | 25%\nB | 4000 | 50%",
        "Offence | Arrests | %\nBurglary | 8 | 40%\nRobbery | 12 | 60%",
        "Offence | Arrests | %\nBurglary | 8 | 40%\nRobbery | 12 | 60%\nTotal | 20 | 100%",
    ],
)
def test_a_percentage_that_gives_nothing_away_is_left_alone(table: str) -> None:
    assert "tell_tale_percentage" not in told(table)
