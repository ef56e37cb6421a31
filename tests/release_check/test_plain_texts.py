"""Texts and tables of values hide little, and that little is found."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.inspection import tables_of
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.pictures import jpeg

CLEAN = {
    "answer.txt": "We hold the information.\r\n\r\nIt is attached.\r\n",
    "answer.csv": "Year,Count,Change\r\n2022,120,-5\r\n2023,130,+10%\r\n2024,140,-\r\n",
    "with semicolons.csv": "Year;Count\n2022;120\n2023;130\n",
    "with tabs.csv": "Year\tAmount\n2022\t-£1,200.50\n2023\t(1.5)\n",
    "telephone.csv": "Office,Hours\nFront desk,9-5\n",
    "one column.csv": "Month\nJanuary\nFebruary\n",
    "rows between.csv": "Table 1\n" + ",\n" * 10 + "Year,Count\n2022,120\n",
    "with joiners.txt": "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 zero\u200bwidth",
    "answer.json": json.dumps([{"Year": 2022, "Count": 120}, {"Year": 2023, "Count": 130}]),
    "nested.json": json.dumps({"years": [{"year": 2022, "by month": [10, 20]}], "note": None}),
}

HIDING = [
    ("formula_text", "a.csv", 'Year,Link\n2022,"=HYPERLINK(""http://example.invalid"")"\n'),
    ("formula_text", "a.csv", "Year,Note\n2022,+SUM(A1)\n"),
    ("formula_text", "a.csv", "Year,Note\n2022,-2+3+cmd|' /C calc'!A0\n"),
    ("formula_text", "a.csv", "Year,Note\n2022,@SUM(A1)\n"),
    ("formula_text", "a.csv", 'Year,Note\n2022,"\tSUM(A1)"\n'),
    ("formula_text", "a.csv", "Year;Note\n2022;=A1\n"),
    ("values_far_outside", "a.csv", "Year,Count\n2022,120\n" + ",\n" * 30 + "Example,A. N.\n"),
    ("values_far_outside", "a.csv", "Year,Count\n2022,120" + "," * 40 + "A. N. Example\n"),
    ("values_far_outside", "a.txt", "We hold it." + "\n" * 80 + "A. N. Example"),
    ("values_far_outside", "a.txt", "We hold it." + " " * 300 + "A. N. Example"),
    ("hidden_text", "a.txt", "The file is \u202egpj.exe"),
    ("hidden_text", "a.csv", "Year\n2022\u200b\u200c\u200b\u200b\u200c\u200b\u200c\u200b\n"),
    ("hidden_text", "a.txt", "We hold it." + "".join(chr(0xE0000 + ord(each)) for each in "hidden")),
    ("hidden_text", "a.txt", "We hold\x85it\x9d."),
    ("credential", "a.txt", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n"),
    ("credential", "a.txt", "Server=db;User Id=report;Password=example-only;"),
    ("parser_disagreement", "a.json", '{"count": 12, "count": 13}'),
    ("unreadable", "a.json", '{"count": '),
    ("unreadable", "a.json", "[" * 100_000),
    ("unreadable", "a.txt", "We hold\x00it."),
    ("unreadable", "a.csv", 'Year,"' + "x" * 200_000),
]


def written(text: str) -> bytes:
    return text.encode("utf-8")


@pytest.mark.parametrize("name", CLEAN)
def test_an_ordinary_text_passes(name: str) -> None:
    assert codes(checked(written(CLEAN[name]), name), "block") == set()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_of_a_text_makes_no_difference(encoding: str) -> None:
    assert codes(checked("Year,Cost\n2022,£120\n".encode(encoding), "a.csv"), "block") == set()
    assert codes(checked("Year,Cost\n2022,=A1&£\n".encode(encoding), "a.csv"), "block") == {"formula_text"}


@pytest.mark.parametrize(("code", "name", "text"), HIDING, ids=[each[0] for each in HIDING])
def test_what_a_text_hides_blocks_the_release(code: str, name: str, text: str) -> None:
    assert code in codes(checked(written(text), name), "block")


def test_a_file_written_as_letters_is_inspected_and_needs_a_look() -> None:
    picture = base64.b64encode(jpeg() + bytes(range(256))).decode()
    report = checked(written(f"See below.\n{picture}\n"), "a.txt")
    assert "embedded_object" in codes(report, "review")
    assert "trailing_data" in codes(report, "block")


def test_marks_of_direction_that_programs_leave_behind_need_only_a_look() -> None:
    report = checked(written("Call \u202a101\u202c."), "a.txt")
    assert codes(report) == {"hidden_text"}
    assert report.verdict == "review"


def test_a_number_cannot_hide_behind_characters_without_width() -> None:
    (table,) = tables_of(written("Year,Count\n2022,1\u200b20\n"), "a.csv", POLICY)
    assert list(table.rows) == [["Year", "Count"], ["2022", "120"]]


def test_a_list_of_objects_is_a_table() -> None:
    (table,) = tables_of(written('[{"Year": 2022}, {"Year": 2023, "Count": 130}]'), "a.json", POLICY)
    assert list(table.rows) == [["Year", "Count"], ["2022", ""], ["2023", "130"]]


def test_formulas_of_a_column_are_one_finding_with_its_rows() -> None:
    rows = "".join(f"{year},=A{year}\n" for year in range(2020, 2026))
    report = checked(written(f"Year,Count\n{rows}"), "a.csv")
    assert [each.where for each in report.findings if each.code == "formula_text"] == ["column B, rows 2 to 7"]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="0123456789.,%£() ", min_size=1, max_size=20).map(str.strip), st.sampled_from("+-"))
def test_signed_numbers_and_telephone_numbers_are_no_formulas(number: str, sign: str) -> None:
    report = checked(written(f'Year,Change\n2022,"{sign}{number.replace("£", "")}"\n'), "a.csv")
    assert "formula_text" not in codes(report)


@settings(max_examples=25, deadline=None)
@given(st.from_regex(r"[=+@-][A-Z]{2,8}\([A-Z]{1,2}[0-9]{1,2}\)", fullmatch=True), st.sampled_from(",;\t|"))
def test_formulas_are_found_behind_any_delimiter(formula: str, delimiter: str) -> None:
    rows = "".join(f"{year}{delimiter}{formula}\n" for year in (2022, 2023))
    assert "formula_text" in codes(checked(written(f"Year{delimiter}Value\n{rows}"), "a.csv"), "block")
