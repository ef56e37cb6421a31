"""The clean copy of a document that waits: rebuilt from what is visible, checked again, to be attached instead."""

import pytest

from services.operations.poisoned_workbook import poisoned
from services.publishing.domain import PERMISSIONS
from tests.services.publishing.test_entries import ROLES
from tests.support import new_case_id, take_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = (("Year", "Stops"), ("2024", "120"), ("2025", "=1+1"))
HIDDEN = (("Surname", "Collar"), ("Goldcrest", "90001"), ("Redstart", "90002"))


@pytest.fixture
def check(others, runtime, ticker, decider):
    """The check of a spreadsheet with a hidden sheet and a pivot cache."""
    case_id = new_case_id()
    others.wants_to_leave(case_id, poisoned("Stops", SHOWN, "Staff", HIDDEN), "stops 2025.xlsx", XLSX)
    take_in(runtime)
    ticker.run_once()
    (found,) = decider.get(f"/checks?case={case_id}").json["items"]
    assert found["state"] == "blocked"
    return found


@pytest.fixture
def decider(client_as):
    return client_as("decision-maker")


def test_a_clean_copy_is_made_of_the_visible_sheet_and_passes(check, decider):
    copy = decider.get(check["links"]["clean_copy"]).json
    assert copy["summary"] == "8 rows in 2 sheets became 3 rows in 1 sheet"
    (file,) = copy["files"]
    assert (file["name"], file["verdict"], file["findings"]) == ("stops 2025.csv", "pass", [])
    answer = decider.get(file["links"]["self"])
    assert answer.mimetype == "text/csv"
    assert answer.data.decode("utf-8-sig") == "Year,Stops\r\n2024,120\r\n2025,'=1+1\r\n"


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_a_spreadsheet_becomes_what_is_asked_for_and_holds_nothing_that_was_hidden(check, decider, form):
    (file,) = decider.get(f"{check['links']['clean_copy']}?form={form}").json["files"]
    assert (file["name"], file["verdict"]) == (f"stops 2025.{form}", "pass")
    content = decider.get(file["links"]["self"]).data
    assert len(content) == file["size"]
    assert b"Goldcrest" not in content


def test_another_form_is_refused_and_the_choice_told(check, decider):
    answer = decider.get(f"{check['links']['clean_copy']}?form=pdf")
    assert answer.status_code == 422
    assert "csv" in answer.text


def test_a_document_that_cannot_be_cleaned_says_why_and_what_to_do(others, runtime, decider):
    case_id = new_case_id()
    others.wants_to_leave(case_id, b"\x00\x01 no file of any kind", "broken.xlsx", XLSX)
    take_in(runtime)
    (check,) = decider.get(f"/checks?case={case_id}").json["items"]
    refused = decider.get(check["links"]["clean_copy"])
    assert (refused.status_code, refused.json["rule"]) == (409, "REL-19")
    assert refused.json["next_step"]


def test_a_file_that_is_not_of_the_copy_is_not_found(check, decider):
    assert decider.get(f"{check['links']['clean_copy']}/other.csv").status_code == 404


def test_a_clean_copy_is_for_those_who_work_on_the_reply(client_as):
    for role in ROLES:
        answer = client_as(role).get(f"/checks/{new_case_id()}/clean-copy")
        assert answer.status_code == (404 if role in PERMISSIONS["make clean copy"] else 403), role
