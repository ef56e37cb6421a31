"""Cases are found by state, by how pressing they are, by authority and by words."""

import pytest

from tests.services.intake.acts import act
from tests.services.intake.conftest import confirm, log

DAYS = {
    "2026-05-14": "overdue",
    "2026-05-15": "0-5",
    "2026-05-21": "0-5",
    "2026-05-22": "6-10",
    "2026-05-31": "6-10",
    "2026-06-01": "11-15",
    "2026-06-07": "11-15",
    "2026-06-08": "16-20",
    "2026-06-15": "16-20",
}
"""Days of receipt, and how pressing such a case is on Monday 15 June 2026."""


@pytest.fixture
def several(officer):
    return [log(officer, received_on=day, authorities=["gwent"]) for day in sorted(DAYS, reverse=True)]


def found(client, **query):
    answer = client.get("/cases", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json["items"]


def test_cases_come_the_most_pressing_first(officer, several):
    assert [item["received_on"] for item in found(officer)] == sorted(DAYS)
    page = officer.get("/cases?limit=4").json
    rest = officer.get("/cases", query_string={"limit": 10, "after": page["next"]}).json
    assert [item["received_on"] for item in page["items"] + rest["items"]] == sorted(DAYS)


@pytest.mark.parametrize("band", ["overdue", "0-5", "6-10", "11-15", "16-20", "over 20"])
def test_cases_are_found_by_their_due_band(officer, several, band):
    items = found(officer, due_band=band)
    assert [item["received_on"] for item in items] == [day for day, its in sorted(DAYS.items()) if its == band]
    assert {item["due_band"] for item in items} <= {band}


def test_overdue_cases_are_found_and_so_are_the_others(officer, several):
    assert [item["received_on"] for item in found(officer, overdue="true")] == ["2026-05-14"]
    assert len(found(officer, overdue="false")) == len(DAYS) - 1


def test_an_answered_case_is_not_pressing_any_more(officer, ready, relay, tick, clock):
    officer.post(f"{ready['links']['self']}/dispatch", json={}, headers={"If-Match": f'"{ready["version"]}"'})
    assert tick() == 1
    clock.move(days=60)
    assert found(officer, overdue="true") == found(officer, due_band="overdue") == []
    (item,) = found(officer, overdue="false", state="answered")
    assert (item["due_band"], item["answered_on"]) == (None, "2026-06-15")


def test_cases_are_found_by_state_and_authority(officer):
    one = confirm(officer, log(officer))
    two = log(officer, authorities=["gwent"])
    assert [item["id"] for item in found(officer, state="parts confirmed")] == [one["id"]]
    assert len(found(officer, state=["parts confirmed", "received"])) == 2
    assert [item["id"] for item in found(officer, authority="suffolk")] == [one["id"]]
    assert [item["id"] for item in found(officer, authority="gwent")] == [two["id"]]
    assert found(officer, authority="gwent", state="accepted") == []
    assert [item["authorities"] for item in found(officer)] == [["norfolk", "suffolk"], ["gwent"]]


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("000001/26", 1),
        ("FOI", 1),
        ("CENTRAL database", 1),
        ("access referrals", 1),
        ("central dogs", 0),
        ("%", 0),
        ("_", 0),
        ("Zephyrine", 0),
        (" ", 1),
    ],
)
def test_cases_are_found_by_words_of_reference_title_and_parts_and_never_by_who_asked(officer, accepted, words, many):
    assert len(found(officer, q=words)) == many


@pytest.mark.parametrize("query", ["state=lost", "due_band=soon", "overdue=perhaps", "q=", "authority=No", "name=x"])
def test_a_filter_that_does_not_exist_is_told(officer, query):
    assert officer.get(f"/cases?{query}").status_code == 422


def test_a_case_of_which_nothing_is_due_comes_last_and_is_in_no_band(officer, clock):
    waiting, running = log(officer), log(officer)
    act(officer, waiting, "seek_clarification", method="post")
    assert [item["id"] for item in officer.get("/cases").json["items"]] == [running["id"], waiting["id"]]
    first = officer.get("/cases?limit=1").json
    (last,) = officer.get(f"/cases?limit=1&after={first['next']}").json["items"]
    assert (last["id"], last["due_on"], last["due_band"]) == (waiting["id"], None, None)
    clock.move(days=60)
    for filters in ("overdue=true", "due_band=overdue", "due_band=over 20"):
        assert waiting["id"] not in [item["id"] for item in officer.get(f"/cases?{filters}").json["items"]]
