"""Cases and events in pages, and the exact bytes of one event."""

from hashlib import sha256

import pytest

from services.audit.models import ledger
from tests.services.audit.happenings import ACCEPTED, CAME, LIFE
from tests.support import new_case_id, take_in


def all_pages(client, path, **query):
    items, after = [], {}
    while True:
        answer = client.get(path, query_string={**query, **after})
        assert answer.status_code == 200, answer.text
        items += answer.json["items"]
        if answer.json["next"] is None:
            return items
        after = {"after": answer.json["next"]}


@pytest.fixture
def cases(runtime, intake):
    ids = [new_case_id() for _ in range(5)]
    for case_id in ids:
        intake.says(CAME, subject=case_id)
    take_in(runtime)
    return ids


def test_cases_come_in_pages_in_the_order_of_their_coming(auditor, cases):
    assert [case["id"] for case in all_pages(auditor, "/cases", limit=2)] == cases


def test_a_case_in_the_list_says_how_things_stand(auditor, whole_case):
    (case,) = auditor.get("/cases").json["items"]
    assert case == {
        "id": whole_case,
        "reference": "01.FOI.26.000017",
        "title": "Prevent referrals",
        "received_on": "2026-06-12",
        "due_on": "2026-07-10",
        "dispatched_on": "2026-07-09",
        "last_type": "foi.publishing.entry-withdrawn.v1",
        "last_at": "2026-08-11T09:00:00+00:00",
        "events": len(LIFE),
        "links": {"self": f"/cases/{whole_case}", "timeline": f"/cases/{whole_case}/timeline"},
    }


def test_a_case_is_found_by_its_whole_reference(auditor, whole_case):
    found = auditor.get("/cases", query_string={"reference": "01.FOI.26.000017"}).json["items"]
    assert [case["id"] for case in found] == [whole_case]
    assert auditor.get("/cases", query_string={"reference": "01.FOI.26"}).json["items"] == []


def test_events_come_in_the_order_of_each_services_log(auditor, whole_case):
    events = all_pages(auditor, "/events", limit=4)
    assert len(events) == len(LIFE)
    assert [(one["source"], one["position"]) for one in events] == sorted(
        (one["source"], one["position"]) for one in events
    )


def test_events_are_found_by_source_type_and_case(auditor, whole_case, cases):
    def count(**query):
        return len(all_pages(auditor, "/events", **query))

    assert count() == len(LIFE) + len(cases)
    assert count(source="decision") == sum(name == "decision" for _, name, _ in LIFE)
    assert count(type=ACCEPTED.event_type) == 1
    assert count(case_id=whole_case, source="intake") == sum(name == "intake" for _, name, _ in LIFE)
    assert count(source="nobody") == 0


def test_the_exact_bytes_of_an_event_can_be_had(auditor, whole_case, rows):
    listed = auditor.get("/events", query_string={"source": "intake", "limit": 1}).json["items"][0]
    answer = auditor.get(listed["links"]["self"])
    assert answer.mimetype == "application/cloudevents+json"
    assert sha256(answer.data).hexdigest() == listed["digest"]
    assert answer.data == next(row.body for row in rows(ledger) if row.event_id == listed["event_id"])
