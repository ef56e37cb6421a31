"""What two releases of one table give away together."""

import pytest

from services.publishing.release_check.inspection import inspect
from tests.release_check.checking import POLICY, codes
from tests.release_check.counting import found, told
from tests.release_check.made.archives import zipped

THEN = "Offence | Men | Women\nBurglary | 15 | 3\nRobbery | 16 | 17\nTheft | 20 | 21"
PAIRS = [
    (THEN.replace("| 3\n", "| *\n"), THEN, "withheld here, shown before"),
    (THEN, THEN.replace("| 3\n", "| *\n"), "shown here, withheld before"),
    (
        "Offence | Men | Women | Total\nBurglary | * | * | 61\nRobbery | 16 | 17 | 33",
        "Offence | Men | Women | Total\nBurglary | * | * | 60\nRobbery | 16 | 17 | 33",
        "withheld both times, and the totals tell by how much it has changed",
    ),
    (
        "Place | Q1 | Q2 | Q3 | Total\nNorth | * | * | * | 63\nSouth | 10 | 12 | 13 | 35",
        "Place | Q1 | Q2 | Total\nNorth | * | * | 60\nSouth | 10 | 12 | 22",
        "can be worked out from the totals of both",
    ),
    (
        "Quarter | Arrests | Charges\nQ1 | * | 20\nQ2 | * | 21\nQ3 | * | 22\nTotal | 63 | 63",
        "Quarter | Arrests | Charges\nQ1 | * | 20\nQ2 | * | 21\nTotal | 60 | 41",
        "can be worked out from the totals of both",
    ),
]
OTHERS = [
    "Rank | Men | Women\nSergeant | 15 | *\nInspector | 16 | 17\nSuperintendent | 20 | 21",
    "Offence | Men | Women\nBurglary | 25 | *\nRobbery | 26 | 27\nTheft | 30 | 31",
    THEN,
]


@pytest.mark.parametrize(("now", "then", "how"), PAIRS)
def test_a_count_that_an_earlier_release_gives_away_is_for_a_person_to_look_at(now: str, then: str, how: str) -> None:
    differing = [each for each in found(now, earlier=[then]) if each.code == "differencing"]
    assert [how in each.excerpt for each in differing] == [True]
    assert differing[0].severity == "review"


@pytest.mark.parametrize("now", OTHERS)
def test_a_table_of_something_else_is_not_compared(now: str) -> None:
    assert "differencing" not in told(now, earlier=[THEN])


@pytest.mark.parametrize(("now", "then", "how"), PAIRS)
def test_a_table_gives_nothing_away_beside_itself(now: str, then: str, how: str) -> None:
    assert "differencing" not in told(now, earlier=[now])


def test_labels_are_the_same_in_other_letters_and_another_order() -> None:
    now = "Offence | WOMEN | MEN [1]\nTHEFT | 21 | 20\nROBBERY | 17 | 16\nBURGLARY | * | 15"
    assert "differencing" in told(now, earlier=[THEN])


def test_files_are_compared_with_files_that_were_released_before() -> None:
    then = b"Offence,Men,Women\nBurglary,15,3\nRobbery,16,17\n"
    now = then.replace(b",3\n", b",*\n")
    assert codes(inspect(now, "now.csv", POLICY, [("then.csv", then)])) == {"differencing"}
    assert codes(inspect(now, "now.csv", POLICY)) == set()


def test_a_table_inside_another_file_is_compared_as_well() -> None:
    then = b"Offence,Men,Women\nBurglary,15,3\nRobbery,16,17\n"
    now = zipped({"now.csv": then.replace(b",3\n", b",*\n")})
    assert "differencing" in codes(inspect(now, "now.zip", POLICY, [("then.csv", then)]))
