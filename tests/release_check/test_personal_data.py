"""Identifiers in what leaves: each is found as it is usually written, and its likenesses are not. All are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.check_digits import is_cro_number, is_nhs_number, is_pnc_id
from services.publishing.release_check.personal_data import hits
from services.publishing.release_check.policy import Policy
from tests.release_check.checking import POLICY
from tests.release_check.saying import blocks, found, told

LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"

HIT = [
    ("Her number is JT 40 21 63 B, as the form says.", "national_insurance_number", "block"),
    ("National Insurance number: JT402163B", "national_insurance_number", "block"),
    ("NINO JT402163B", "national_insurance_number", "block"),
    ("Ref JT402163B was entered.", "national_insurance_number", "review"),
    ("NHS number 943 476 5919", "nhs_number", "block"),
    ("NHS No: 9434765919", "nhs_number", "block"),
    ("DOB: 04/07/1983", "date_of_birth", "block"),
    ("date of birth 4 July 1983", "date_of_birth", "block"),
    ("Date of Birth - 1983-07-04", "date_of_birth", "block"),
    ("D.O.B. 04.07.83", "date_of_birth", "block"),
    ("The man, born on 4th July 1983, was seen.", "date_of_birth", "review"),
    ("Sort code 40-12-09, account number 31926819", "bank_account", "block"),
    ("Pay to account 31926819 (40-12-09) by BACS", "bank_account", "block"),
    ("sort code 401209 account 31926819", "bank_account", "block"),
    ("IBAN GB29 NWBK 6016 1331 9268 19", "bank_account", "block"),
    ("card 4539 1488 0343 6467", "bank_account", "block"),
    ("PNC ID 2003/0062845E", "pnc_id", "block"),
    ("see 2003/0062845E", "pnc_id", "block"),
    ("PNC: 03/62845E", "pnc_id", "block"),
    ("see 03/62845E", "pnc_id", "review"),
    ("CRO 51072/62R", "cro_number", "block"),
    ("see 051072/62R", "cro_number", "review"),
    ("CRO SF83/50058Z", "cro_number", "block"),
    ("Custody record number 12AB/4471/23", "custody_reference", "block"),
    ("custody ref: AB/004471/2023", "custody_reference", "block"),
    ("recorded as 42/12345/23", "crime_reference", "review"),
    ("crime 20/123456/23 was filed", "crime_reference", "review"),
    ("crime reference 4423001234567", "crime_reference", "review"),
    ("CAD 4471/12MAR23", "crime_reference", "review"),
    ("the van AB12 CDE was stopped", "vehicle_registration", "review"),
    ("the van AB12CDE was stopped", "vehicle_registration", "review"),
    ("vehicle registration M123 ABC", "vehicle_registration", "review"),
    ("12 Example Street, Sometown, NR1 3QA", "postcode", "review"),
    ("EC1A 1BB", "postcode", "review"),
    ("Ring 07700 900123 after six", "phone_number", "review"),
    ("Ring 07700900123", "phone_number", "review"),
    ("Ring +44 (0)7700 900 123", "phone_number", "review"),
    ("Ring 07700\u00a0900\u2011123", "phone_number", "review"),
    ("Sort code 40–12–09, account number 31926819", "bank_account", "block"),
    ("national insurance number jt402163b", "national_insurance_number", "block"),
    ("12 Example Street, sometown, nr1 3qa", "postcode", "review"),
    ("Ring +447700900123", "phone_number", "review"),
    ("Ring 0044 7700 900123", "phone_number", "review"),
    ("Tel. 01632 960 123", "phone_number", "review"),
    ("Tel. (020) 7946 0123", "phone_number", "review"),
    ("Tel. 0117-496-0123", "phone_number", "review"),
    ("jo.bloggs@anyforce.police.uk", "email_address", "review"),
    ("write to j.bloggs@mail.invalid", "email_address", "review"),
    ("mark.post@anyforce.police.uk", "email_address", "review"),
    ("caseworker@mexico.org.uk", "email_address", "review"),
    ("bloggs1234@anyforce.police.uk", "email_address", "review"),
    ("PC 4471 Bloggs attended", "collar_number", "review"),
    ("DC 4471 BLOGGS attended", "collar_number", "review"),
    ("it was seen by PC 4471 and others", "collar_number", "review"),
    ("collar number 4471", "collar_number", "review"),
    ("Warrant No. 123456", "collar_number", "review"),
    ("shoulder no: E4471", "collar_number", "review"),
    ("Staff ID 123456", "collar_number", "review"),
]

MISSED = [
    "FOI 001905/19",
    "Our reference: 01.FOI.23.029461",
    "Reference 151_18",
    "Reference 100 - 25",
    "FOI 2022/25709, and 0765.2022-23, and 01234.2022-23",
    "FOI reference 23/1234",
    "Complaint IC-290877-R0N9, decision FS50900107",
    "Section 40(2) and section 40(3A)(a), section 31(1)(a) and (b), and section 17(1)",
    "The Freedom of Information Act 2000, section 12(1) and SI 2004/3244",
    "Write to the Information Commissioner, Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF",
    "Telephone 0303 123 1113, or icocasework@ico.org.uk, or https://ico.org.uk/make-a-complaint/",
    "Call 101, or 999 in an emergency, or 0800 555 111",
    "foi@anyforce.police.uk, data.protection@anyforce.police.uk, FOI.Unit@anyforce.police.uk",
    "informationrights@anyforce.police.uk and press-office@anyforce.police.uk",
    "request-123456-abcdef12@whatdotheyknow.com",
    "between 1 April 2022 and 31 March 2023",
    "from 01/04/2022 to 31/03/2023 at 14:30",
    "from 01-02-2023 14:30 to 01-03-2023 15:30",
    "01.04.2022 31.03.2023 01.04.2023",
    "Early 0700 1500, late 1500 2300, night 2300 0700",
    "0600 1400 2200 0600 1400 2200",
    "£1,234,567.89 in 2021/22 and £01,632,960 in 2022/23",
    "0.01632960123 0.07700900123",
    "Postcode districts NR1, NR2, IP33, SW1A and EC1A",
    "The A47, the M6, the B1108 and the A11(M)",
    "Ford Focus ST 2.0, Vauxhall Vivaro, BMW 330d, Peugeot 308 SW",
    "Body armour AB1234, plate HG3 RF1, part 7310-99-123-4567",
    "PC 1234\nPS 456\nInsp 78\nCh Insp 12",
    "PC 1234 PS 456 Insp 78 Total 1768",
    "PC 1,234 and PS 2023",
    "Staff numbers: 3400. Staff number 2019/20: 12",
    "DI 2022 and PC 2021 budgets",
    "Custody records 2022/23: 4,012. Custody record number 2019/20",
    "Crime number 2022/23 and 2023/24",
    "CAD 1234 incidents",
    "Officers born before 01/01/1980, and born after 1 January 1990",
    "Date of birth is recorded on form 12/34",
    "Sort by 12-03-21 and 13-03-21; item 12345678",
    "NHS spending 1234567890",
    "Contract 943 476 5919",
    "Ref 2003/0062845F and 03/62845F",
    "Ref 051072/62A, exhibit AB/1, exhibit 22/1A",
    "1 in 12 of 345 cases; 12/13/14; 24/7/365",
    "Call signs BX21, TJ10, NP99; units 2A1, 3B2",
    "Class 3A, Grade 4B, Band 8A, AO 12, EN60 950",
    "https://www.anyforce.police.uk/foi/2023/07700900123/AB12CDE?x=NR1+3QA",
    "SE15 AND SE22 THE AREAS",
    "on the m1 2nd lane, e1 4th floor",
    "IC 1234 Male, SI 1212 The, IS 4471 Systems",
    "ISBN 978-0-11-341234-5, VAT GB 123 4567 89",
    "Taser X26 serial X26P-12345 and 9mm Glock 17",
    "Operation 12345, POLIT 23, HOLMES2, ANPR 2.0",
    "12.5% 33.3% 66.7% 100%",
    "Lat 52.6309 Long 1.2974",
    "Grid reference TG 233 085",
    "UTF-8, ISO 27001:2013, BS EN 13849-1",
    "10000000 10000001 1234567890123456",
    "Home Office code 8/1, 105/1, 195/94, 30/1",
    "Form HORT/1, MG11, MG6C, VDRS, CRIMINT+",
    "Class A 1971 c.38, PACE 1984 Code C 3.5",
]


@pytest.mark.parametrize(("text", "code", "severity"), HIT)
def test_an_identifier_is_found_in_running_text(text: str, code: str, severity: str) -> None:
    assert (code, severity) in told(text)


@pytest.mark.parametrize(("text", "code", "severity"), HIT)
def test_an_identifier_is_found_in_a_cell(text: str, code: str, severity: str) -> None:
    assert (code, severity) in told(tables=[[["Item", "Remark"], ["1", text], ["2", "nothing"]]])


@pytest.mark.parametrize("text", MISSED)
def test_what_only_looks_like_an_identifier_is_no_finding(text: str) -> None:
    assert told(text) == set()
    assert told(tables=[[["Item", "Remark"], ["1", text]]]) == set()


@pytest.mark.parametrize("text", [text for text, _, severity in HIT if severity == "review"])
def test_a_single_uncertain_identifier_blocks_nothing(text: str) -> None:
    assert blocks(text) == set()


def test_what_the_policy_allows_is_no_finding_however_it_is_spaced() -> None:
    policy = Policy(allowed=("01632 960123", "NR1 3QA", "jo.bloggs@anyforce.police.uk", "40-12-09"))
    text = "Ring (01632) 960 123 or +44 1632 960123, NR13QA, Jo.Bloggs@anyforce.police.uk; sort code 40-12-09, 31926819"
    assert told(text, policy=policy) == set()
    assert told(text) != set()


def test_references_of_the_policy_are_told_from_those_of_crimes() -> None:
    policy = Policy(
        foi_references=(r"99/\d{5}/\d{2}",), crime_references=(r"ZX\d{6}",), custody_references=(r"QQ-\d{4}",)
    )
    assert told("Your request 99/12345/23", policy=policy) == set()
    assert told("crime ZX123456", policy=policy) == {("crime_reference", "review")}
    assert told("held as QQ-1234", policy=policy) == {("custody_reference", "block")}


def test_one_finding_tells_a_page_with_many_numbers_and_shows_none() -> None:
    (finding,) = [each for each in found("Ring 01632 960123\nor 01632 960124\n") if each.code == "phone_number"]
    assert finding.where == "page 1, 2 places"
    assert finding.excerpt == "0•••• 9•••••"


def test_a_table_tells_how_many_rows_and_which_is_the_first() -> None:
    (finding,) = found(tables=[[["Where"], ["NR1 3QA"], ["Norwich"], ["NR1 3QB"]]])
    assert (finding.code, finding.where) == ("postcode", "sheet 1, 2 rows, the first is row 2")


def test_ten_people_in_a_table_block_the_release_and_nine_do_not() -> None:
    rows = [["Remark"], *([f"seen by PC 44{number} Bloggs"] for number in range(10, 20))]
    assert "dense_personal_data" in blocks(tables=[rows])
    assert blocks(tables=[rows[:-1]]) == set()


def test_ten_people_on_the_pages_of_a_document_block_the_release() -> None:
    pages = [f"seen by PC 44{number} Bloggs" for number in range(10, 20)]
    assert blocks(*pages) == {"dense_personal_data"}
    assert blocks("\n".join(pages)) == {"dense_personal_data"}
    assert blocks(*pages[:-1]) == set()


def test_the_same_address_at_the_foot_of_every_page_is_one_person() -> None:
    assert blocks(*(f"Page {page}\njo.bloggs@anyforce.police.uk" for page in range(40))) == set()


def test_a_list_of_stations_with_postcodes_and_telephones_blocks_nothing() -> None:
    rows = [["Station", "Address", "Postcode", "Telephone", "E-mail"]]
    rows += [
        [f"Ward {number} Station", f"{number} High Street", f"NR{number} 3QA", f"01632 9601{number}", "foi@x.police.uk"]
        for number in range(10, 40)
    ]
    assert blocks(tables=[rows]) == set()


def test_crimes_row_by_row_with_their_streets_block_the_release() -> None:
    rows = [["Ref", "Place"], *([f"42/123{number}/23", f"NR1 {number % 10}QA"] for number in range(10, 40))]
    assert "dense_personal_data" in blocks(tables=[rows])
    assert blocks(tables=[[row[:1] for row in rows]]) == set()


def test_nothing_is_joined_from_two_cells() -> None:
    assert told(tables=[[["sort code 40-12-09"], ["31926819"], ["DOB"], ["see above"], ["04/07/1983"]]]) == set()


@given(st.integers(0, 9_999_999), st.integers(1950, 2029))
@settings(max_examples=25, deadline=None)
def test_a_pnc_id_has_exactly_one_check_letter(serial: int, year: int) -> None:
    assert sum(is_pnc_id(f"{year}/{serial:07}{letter}") for letter in LETTERS) == 1
    assert sum(is_cro_number(f"{serial % 1_000_000:06}/{year % 100:02}{letter}") for letter in LETTERS) == 1


@given(st.integers(0, 999_999_999))
@settings(max_examples=25, deadline=None)
def test_an_nhs_number_has_at_most_one_check_digit(front: int) -> None:
    assert sum(is_nhs_number(f"{front:09}{last}") for last in range(10)) <= 1


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_looked_through(text: str) -> None:
    for hit in hits(text, POLICY):
        assert 0 <= hit.start < hit.end <= len(text)
    found(text, tables=[[[text, text]]])
