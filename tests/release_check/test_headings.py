"""Columns of people block; columns of places, counts and offices do not. All people are invented."""

import pytest

from services.publishing.release_check.policy import Policy
from tests.release_check.saying import Rows, blocks, found, told

SURNAMES = [
    "Bloggs",
    "Sample",
    "Tester",
    "Fictley",
    "Madeup",
    "Placehold",
    "Noname",
    "Exampley",
    "Specimen",
    "Mockford",
    "Draftly",
    "Pretendy",
]
FORENAMES = ["Jo", "Sam", "Alex", "Chris", "Terry", "Kim", "Lee", "Pat", "Robin", "Leslie", "Ashley", "Jordan"]
STAFF = list(zip(SURNAMES, FORENAMES, strict=True))
COLLARS = [str(1000 + 37 * number) for number in range(12)]


def column(title: str, values: list[str], beside: str = "Station") -> Rows:
    return [[title, beside], *([value, f"Area {number % 3}"] for number, value in enumerate(values))]


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("Surname", SURNAMES),
        ("SURNAME", [each.upper() for each in SURNAMES]),
        ("Last name", SURNAMES),
        ("Forename(s)", FORENAMES),
        ("First Name", FORENAMES),
        ("Name", [f"{first} {last}" for last, first in STAFF]),
        ("Officer", [f"PC {first} {last}" for last, first in STAFF]),
        ("Victim", [f"{last}, {first}" for last, first in STAFF]),
        ("Witness name", [f"{last}, {first}" for last, first in STAFF]),
        ("Name", [f"{first[0]} {last}" for last, first in STAFF]),
        ("Officer name", [f"{last.upper()}, {first[0]}." for last, first in STAFF]),
        ("Paid to", [f"{last} {first}" for last, first in STAFF]),
        ("Paid to", [f"{first} A {last}" for last, first in STAFF]),
        ("Collar No.", COLLARS),
        ("Collar number", [f"E{each}" for each in COLLARS]),
        ("Warrant number", COLLARS),
        ("Shoulder no", COLLARS),
        ("Staff ID", COLLARS),
        ("Payroll No", COLLARS),
        ("Employee number", COLLARS),
        ("Nominal ref", [f"N{each}" for each in COLLARS]),
        ("Custody Ref", [f"AB/{each}/23" for each in COLLARS]),
        ("Home address", [f"{each} Example Street" for each in COLLARS]),
        ("Victim postcode", [f"NR{number} 3QA" for number in range(1, 13)]),
        ("Officer e-mail", [f"{each}@anyforce.police.uk" for each in SURNAMES]),
        ("Home telephone", [f"01632 9601{number}" for number in range(10, 22)]),
    ],
)
def test_a_column_of_people_blocks_the_release(title: str, values: list[str]) -> None:
    assert "personal_column" in blocks(tables=[column(title, values)])


@pytest.mark.parametrize(
    ("title", "values", "code"),
    [
        ("DOB", [f"{day:02}/07/1983" for day in range(1, 13)], "date_of_birth"),
        ("Date of Birth", ["1983-07-04 00:00:00", "1984-01-30 00:00:00", "1979-11-02 00:00:00"], "date_of_birth"),
        ("NI Number", ["JT402163B", "JT402164B", "JT402165A"], "national_insurance_number"),
        ("NHS No", ["9434765919", "9434765870", "4010232137"], "nhs_number"),
        ("Sort code", ["20-45-77", "40-11-22", "20-45-78"], "bank_account"),
        ("Bank account", ["20-45-77 31926819", "40-11-22 12345678", "31926811"], "bank_account"),
    ],
)
def test_a_column_of_identifiers_blocks_the_release_by_its_own_code(title: str, values: list[str], code: str) -> None:
    assert code in blocks(tables=[column(title, values)])


def test_names_in_two_columns_without_a_heading_block_the_release() -> None:
    assert blocks(tables=[[[str(number), *each, "Area"] for number, each in enumerate(STAFF)]]) == {"personal_column"}


def test_a_heading_below_titles_and_an_empty_row_is_found() -> None:
    rows: Rows = [["Staff at 31 March", ""], ["", ""], *column("Surname", SURNAMES)]
    (finding,) = [each for each in found(tables=[rows]) if each.severity == "block"]
    assert finding.where == "sheet 1, column 1 (Surname), 12 different values"
    assert all(each not in finding.excerpt for each in SURNAMES)


def test_a_second_table_below_the_first_on_a_sheet_is_found() -> None:
    counts = [["Rank", "Men", "Women"], ["Constable", "1200", "900"], ["Sergeant", "200", "150"], ["", "", ""]]
    assert "personal_column" in blocks(tables=[[*counts, *column("Surname", SURNAMES)]])


def test_a_list_with_other_tables_below_it_is_found() -> None:
    counts = [["", ""], ["Offence", "Number"], *([f"Theft {each}", "12"] for each in NUMBERED * 3)]
    assert "personal_column" in blocks(tables=[[*column("Surname", SURNAMES), *counts]])


def test_a_heading_that_is_repeated_on_every_page_is_one_column() -> None:
    rows = [row for pair in zip(SURNAMES, COLLARS, strict=True) for row in (["Surname", "Collar no"], list(pair))]
    assert "personal_column" in blocks(tables=[rows])


def test_few_people_of_whom_two_things_are_told_block_the_release() -> None:
    rows = [["Surname", "Collar number"], *([last, number] for last, number in zip(SURNAMES, COLLARS, strict=True))]
    assert "personal_column" in blocks(tables=[rows[:5]])


def test_few_names_alone_are_for_a_person_to_look_at() -> None:
    rows = [["Surname", "Post"], ["Bloggs", "Chief Constable"], ["Sample", "Deputy"], ["Tester", "Assistant"]]
    assert told(tables=[rows]) == {("personal_column", "review")}


def test_names_that_the_policy_allows_are_no_column_of_people() -> None:
    names = [f"{first} {last}" for last, first in STAFF]
    assert blocks(tables=[column("Name", names)], policy=Policy(allowed=tuple(names))) == set()
    assert blocks(tables=[column("Surname", SURNAMES)], policy=Policy(allowed=tuple(SURNAMES))) == set()


FIELDS = ["Surname", "Forename", "Gender", "Ethnicity", "Build", "Height", "Alias", "Town", "Religion", "DOB", "Colour"]
NUMBERED = [str(number) for number in range(12)]
CLEAN: list[tuple[str, Rows]] = [
    ("victims counted", [["Ward", "Victims", "Suspects"], *([f"Ward {each}", each, each] for each in NUMBERED)]),
    ("victims by sex", [["Victim", "Offences"], ["Male", "120"], ["Female", "130"], ["Not known", "4"]]),
    ("witnesses by kind", [["Witness", "Number"], *([f"Witness {each}", "4"] for each in "ABCDEFGHIJKL")]),
    ("officers counted", [["Station", "Officers"], *([f"Station {each}", each] for each in NUMBERED)]),
    ("anonymous officers", [["Officer name", "Complaints"], *([f"Officer {each}", "2"] for each in "ABCDEFGHIJKL")]),
    ("withheld", [["Surname", "Rank"], *(["[s40(2)]", "PC"] for _ in NUMBERED)]),
    ("redacted", [["Surname", "Rank"], *(["Redacted", "PC"] for _ in NUMBERED)]),
    ("staff numbers", [["Department", "Staff number"], ["CID", "412"], ["Response", "1244"], ["Total", "1656"]]),
    ("warrants", [["Year", "Warrant", "Arrest"], *([f"20{each}", "12", "9"] for each in range(10, 22))]),
    ("warrants numbered", [["Year", "Warrant number"], ["2021", "412"], ["2022", "588"], ["2023", "1000"]]),
    ("custody", [["Suite", "Custody number"], ["North", "4000"], ["South", "4000"], ["West", "4000"]]),
    ("stations", [["Name of station", "Postcode"], *([f"Station {each}", f"NR{each} 3QA"] for each in range(1, 13))]),
    ("forces", [["Force name", "E-mail address"], *([f"Force {each}", f"foi@f{each}.police.uk"] for each in NUMBERED)]),
    ("districts", [["Post code district", "Burglaries"], *([f"NR{each}", each] for each in NUMBERED)]),
    ("departments", [["Department name", "Address of website"], *([f"Unit {each}", "www.x.uk"] for each in "ABCDE")]),
    ("telephones", [["Station", "Telephone"], *([f"Area {each}", f"01632 9601{each}"] for each in range(10, 25))]),
    ("fields of a system", [["Field", "Held?"], *([each, "Yes"] for each in FIELDS)]),
    (
        "fields alone",
        [["Fields"], *([each] for each in FIELDS)],
    ),
    (
        "most common surnames",
        [["Surname", "Arrests"], *([last, str(40 - number)] for number, last in enumerate(SURNAMES))],
    ),
    ("police dogs", [["Name", "Breed"], *([each, "German Shepherd"] for each in FORENAMES)]),
    (
        "dogs by station",
        [["Dog", "Station"], *([each, town] for each, town in zip(FORENAMES, ["Norwich", "Ely"] * 6, strict=True))],
    ),
    ("running numbers", [["Officer ID", "Outcome"], *([str(1000 + each), "Words"] for each in range(20))]),
    ("officers by post", [["Officer", "Mileage"], *([each, "10"] for each in ("Chief Constable", "ACC Crime"))]),
    ("accounts", [["Owner", "Subject"], *([f"Finance {each}", "Maths"] for each in NUMBERED)]),
    (
        "wards",
        [
            ["Ward", "Thefts"],
            *(
                [each, "41"]
                for each in (
                    "Victoria Park", "Stanley Road", "Alexandra Ward", "Charlotte Street", "George Street", "Abbey",
                    "St James", "King George", "Lewis Green", "Grace Hill", "Martin Mere", "Castle", "Florence Road",
                )
            ),
        ],
    ),
    ("makes", [["Make", "Model"], *(["Ford", f"Focus {each}"] for each in NUMBERED)]),
    ("fleet", [["Call sign", "Vehicle"], *([f"BX2{each}", "Vauxhall Vivaro"] for each in NUMBERED)]),
    ("budget", [["Cost centre", "Budget"], *([f"10{each}23", f"{each}41,000.00"] for each in range(10, 25))]),
    ("numbers of ten digits", [["Contract"], *([f"10000000{each}"] for each in range(10, 30))]),
    ("dates", [["Date received", "Date closed"], *([f"{each}/07/2023", f"{each}/08/2023"] for each in range(10, 25))]),
    ("rank, sex and grade", [["Rank", "Gender", "Department"], *(["Constable", "Female", "CID"] for _ in range(20))]),
    ("crime references", [["Crime ref", "Offence"], *([f"42/123{each}/23", "Theft"] for each in range(10, 30))]),
]  # fmt: skip


@pytest.mark.parametrize("rows", [rows for _, rows in CLEAN], ids=[name for name, _ in CLEAN])
def test_an_ordinary_table_of_a_release_blocks_nothing(rows: Rows) -> None:
    assert blocks(tables=[rows]) == set()


def test_long_free_text_in_a_table_is_for_a_person_to_read_and_in_a_letter_is_not() -> None:
    long = "The officer attended and spoke to everybody there. " * 12
    assert told(tables=[[["Summary"], [long], [long + "."]]]) == {("long_free_text", "review")}
    assert told(long) == set()


def test_nhs_numbers_without_a_heading_are_for_a_person_to_look_at() -> None:
    assert told(tables=[[["9434765919"], ["9434765870"], ["4010232137"]]]) == {("nhs_number", "review")}
    assert told(tables=[[["9434765919"], ["9434765871"], ["4010232138"]]]) == set()


def test_a_list_of_names_in_the_lines_of_a_page_blocks_the_release() -> None:
    lines = [f"{last} {first} Constable 31,{number}00" for number, (last, first) in enumerate(STAFF, 10)]
    assert blocks("Pay at 31 March\n" + "\n".join(lines)) == {"dense_personal_data"}
    assert blocks("Pay at 31 March", *lines) == {"dense_personal_data"}
    assert told("\n".join(lines[:9])) == set()
    assert blocks("\r\n".join(lines)) == {"dense_personal_data"}
    assert told("\n".join(lines[:1] * 20)) == set()
    assert told("\nThis is a line of a letter.\nSo is this.\nAnd this.\n".join(lines)) == set()


def test_lines_that_begin_with_places_and_offences_are_no_list_of_names() -> None:
    places = ["Victoria Road", "Stanley Park", "George Street", "Grace Hill", "Martin Lane", "Florence Close"]
    assert told("\n".join(f"{each} {number}" for each in places for number in range(4))) == set()
