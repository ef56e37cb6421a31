"""An officer settles the parts in wording that tells nothing of who asked, and accepts the case."""

import pytest
from sqlalchemy import select

from services.intake.models import part
from tests.services.intake import requests_in_own_words as words
from tests.services.intake.conftest import confirm, log, proposed, send
from tests.support import log_of

QUESTION = {"label": "1", "kind": "question", "wording": "How many dogs?"}


def put(client, case, *parts, version=None):
    body = {"parts": [{**QUESTION, **each} for each in parts]}
    return send(client, case["links"]["parts"], body, version or case["version"], "PUT")


def test_a_proposal_leaves_out_whoever_asked(officer, received):
    answer = officer.post(received["links"]["proposal"])
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"1"'
    labels = {each["label"]: each for each in answer.json["parts"]}
    assert list(labels) == ["pre", "1", "2", "3", "4", "5", "6", "end"]
    assert labels["pre"]["wording"].startswith("We have been told")
    assert labels["end"]["wording"] == "Kind regards,\n[removed]"
    assert [labels[label]["removed"] for label in ("pre", "1", "end")] == [True, False, True]
    assert "quilla" not in answer.text.lower()


def test_a_proposal_changes_nothing(officer, received, runtime):
    officer.post(received["links"]["proposal"])
    assert officer.get(received["links"]["self"]).json == received
    assert len(log_of(runtime)) == 1


@pytest.mark.parametrize("text", words.ALL)
def test_what_is_proposed_can_be_confirmed_as_it_is(officer, text):
    case = log(officer, text=f"Dear Sir,\n\n{text}\n\nYours faithfully,\nQuilla Zephyrine\nquilla.z@example.org")
    shown = confirm(officer, case)
    assert shown["state"] == "parts confirmed"
    assert shown["parts"] == proposed(officer, shown)


def test_confirmed_parts_are_told_to_the_others(officer, received, runtime):
    answer = put(officer, received, {}, {"label": "1a", "parent": "1", "kind": "list_item", "wording": "large ones"})
    assert (answer.status_code, answer.json["state"], answer.json["version"]) == (200, "parts confirmed", 2)
    recorded = log_of(runtime)[-1]
    assert recorded.type == "foi.intake.parts-confirmed.v1"
    assert recorded.data["parts"] == [
        {"label": "1", "parent": None, "kind": "question", "wording": "How many dogs?"},
        {"label": "1a", "parent": "1", "kind": "list_item", "wording": "large ones"},
    ]


def test_confirming_again_replaces_the_parts(officer, confirmed, runtime):
    answer = put(officer, confirmed, {}, version=2)
    assert answer.status_code == 200
    with runtime.engine.connect() as connection:
        assert [row.label for row in connection.execute(select(part))] == ["1"]
    assert len(log_of(runtime)) == 3


WORDINGS = [
    "Quilla Zephyrine asks how many",
    "as zephyrine asks",
    "answer to quilla.z@example.org",
    "answer to somebody@example.org",
    "ring 01603 123456",
    "Dear Sam, how many?",
    "see @somebody",
]


@pytest.mark.parametrize("wording", WORDINGS)
def test_wording_that_tells_of_a_person_is_refused(officer, received, runtime, wording):
    answer = put(officer, received, {}, {"label": "2", "wording": wording})
    assert answer.status_code == 422
    assert {(error["field"], error["rule"]) for error in answer.json["errors"]} == {
        ("parts.1.wording", "CON-01/PUB-02")
    }
    assert all(error["next_step"] for error in answer.json["errors"])
    assert "zephyrine" not in answer.text.lower()
    assert officer.get(received["links"]["self"]).json["parts"] == []
    assert len(log_of(runtime)) == 1


MISTAKES = [
    ([{"label": "one"}, {"label": "preamble"}], "parts.1.label"),
    ([{}, {}], "parts.1.label"),
    ([{"parent": "2"}, {"label": "2"}], "parts.0.parent"),
    ([{"parent": "1"}], "parts.0.parent"),
    ([{"kind": "context"}], "parts"),
    ([{"kind": "riddle"}], "parts.0.kind"),
    ([{"wording": " "}], "parts.0.wording"),
    ([{"visible_label": "Zephyrine?"}], "parts.0.visible_label"),
    ([{"visible_label": "Zephyrine"}], "parts.0.visible_label"),
    ([], "parts"),
]


@pytest.mark.parametrize(("parts", "field"), MISTAKES)
def test_parts_that_do_not_hang_together_are_refused(officer, received, parts, field):
    answer = put(officer, received, *parts)
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json["errors"]]
    assert all(error["next_step"] for error in answer.json["errors"])


def test_acceptance_tells_the_others_all_they_need(officer, confirmed, runtime):
    body = {"title": "Dogs", "topics": ["dogs", "national-statistics"]}
    answer = send(officer, f"{confirmed['links']['self']}/acceptance", body, 2)
    assert (answer.status_code, answer.json["state"], answer.json["title"]) == (200, "accepted", "Dogs")
    assert answer.json["accepted_at"] == "2026-06-15T09:00:00+00:00"
    assert {"confirm parts", "accept", "dispatch"}.isdisjoint(answer.json["allowed"])
    told = log_of(runtime)[-1]
    assert told.type == "foi.intake.case-accepted.v1"
    assert told.data == {
        "reference": "FOI 000001/26",
        "title": "Dogs",
        "authorities": ["norfolk", "suffolk"],
        "topics": ["dogs", "national-statistics"],
        "received_on": "2026-06-12",
        "due_on": "2026-07-14",
        "parts": [{name: each[name] for name in ("label", "parent", "kind", "wording")} for each in confirmed["parts"]],
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "Dogs of Ms Zephyrine", "topics": []}, "title"),
        ({"title": " ", "topics": []}, "title"),
        ({"title": "Dogs", "topics": ["Dogs"]}, "topics.0"),
        ({"title": "Dogs", "topics": ["dogs\n"]}, "topics.0"),
        ({"title": "Dogs"}, "topics"),
    ],
)
def test_a_title_or_topic_that_will_not_do_is_refused(officer, confirmed, body, field):
    answer = send(officer, f"{confirmed['links']['self']}/acceptance", body, 2)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert "ephyrine" not in answer.text
