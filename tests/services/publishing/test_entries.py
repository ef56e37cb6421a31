"""The API for staff."""

import pytest

from services.publishing import commands, queries
from services.publishing.domain import ENTRY, PERMISSIONS
from shared.chassis.errors import StaleVersion
from shared.chassis.identity import Actor
from tests.services.publishing.conftest import at
from tests.services.publishing.replies import ALL_DENIED, NINE_QUESTIONS, TWO_AUTHORITIES, numbered
from tests.support import log_of, new_case_id

ROLES = (
    "foi-officer",
    "decision-maker",
    "approver",
    "reviewer",
    "publisher",
    "party",
    "auditor",
    "information-manager",
    "web-form",
    "ops",
)
BODIES = {"hold": {"reason": "A name was missed."}, "withdrawal": {"reason": "personal-data"}}
COMMANDS = {
    "hold entry": "hold",
    "resume entry": "resume",
    "release entry": "release",
    "withdraw entry": "withdrawal",
}
CHECKS = {"read checks", "check again", "accept findings", "make clean copy"}
"""Actions of the release check, which has tests of its own."""
WAYS = {"hold": "hold", "resume": "resume", "release": "release", "withdraw": "withdrawal"}
TO_STATE = {
    "prepared": (),
    "held": ("hold",),
    "released": ("release",),
    "withdrawn": ("withdrawal",),
}


def do(client, case_id, way, version):
    return client.post(f"/entries/{case_id}/{way}", json=BODIES.get(way), headers=at(version))


def events(runtime):
    kept = [envelope for envelope in log_of(runtime) if envelope.type.startswith("foi.publishing.entry-")]
    return [
        (envelope.type.removeprefix("foi.publishing.entry-").removesuffix(".v1"), envelope.data) for envelope in kept
    ]


@pytest.mark.parametrize("action", sorted(set(PERMISSIONS) - CHECKS))
def test_each_action_is_open_to_its_roles_and_to_no_others(action, client_as):
    for role in ROLES:
        client = client_as(role)
        if action == "read entries":
            answers = [client.get("/entries"), client.get(f"/entries/{new_case_id()}")]
        else:
            answers = [do(client, new_case_id(), COMMANDS[action], 1)]
        permitted = role in PERMISSIONS[action]
        for answer in answers:
            assert (answer.status_code != 403) is permitted, f"{role}: {action}"
            assert answer.status_code in ({200, 404} if permitted else {403})


def test_without_a_token_nothing_is_told(app, others):
    case_id = others.answered()
    assert app.test_client().get(f"/entries/{case_id}").status_code == 401
    assert do(app.test_client(), case_id, "release", 1).status_code == 401


@pytest.mark.parametrize("state", ENTRY.states)
@pytest.mark.parametrize("action", sorted(WAYS))
def test_each_state_allows_what_the_lifecycle_says(state, action, others, publisher):
    case_id = others.answered(ALL_DENIED)
    version = 1
    for way in TO_STATE[state]:
        version = do(publisher, case_id, way, version).json["version"]
    answer = do(publisher, case_id, WAYS[action], version)
    if action in ENTRY.allowed(state):
        assert answer.status_code == 200
        assert answer.json["state"] == ENTRY.next(state, action)
        assert answer.json["allowed"] == list(ENTRY.allowed(answer.json["state"]))
        assert answer.headers["ETag"] == f'"{version + 1}"'
    else:
        assert answer.status_code == 409
        assert answer.json.get("allowed", []) == list(ENTRY.allowed(state))
        assert publisher.get(f"/entries/{case_id}").json["state"] == state


@pytest.mark.parametrize("way", sorted(WAYS.values()))
def test_a_change_needs_the_version_that_was_read(way, others, publisher):
    case_id = others.answered(ALL_DENIED)
    missing = publisher.post(f"/entries/{case_id}/{way}", json=BODIES.get(way))
    assert missing.status_code == 428
    stale = do(publisher, case_id, way, 7)
    assert stale.status_code == 412
    assert stale.json["current_version"] == 1


def test_of_two_who_change_the_same_version_one_wins(runtime, others, publisher):
    case_id = others.answered(ALL_DENIED)
    me = Actor(id="b.khan", roles=frozenset({"publisher"}), role="publisher")
    with runtime.reading(me) as uow:
        read = queries.entry_row(uow, case_id)
    assert do(publisher, case_id, "hold", 1).status_code == 200
    with pytest.raises(StaleVersion), runtime.unit_of_work(me) as uow:
        commands.release_now(uow, read)
    assert publisher.get(f"/entries/{case_id}").json["state"] == "held"
    assert [name for name, _ in events(runtime)] == ["prepared", "held"]


@pytest.mark.parametrize(
    ("way", "body"),
    [
        ("hold", {}),
        ("hold", {"reason": ""}),
        ("hold", {"reason": " \n"}),
        ("hold", {"reason": "x" * 501}),
        ("hold", {"reason": "Ask jane@example.org."}),
        ("hold", {"reason": "Call 020 7946 0000."}),
        ("hold", {"reason": "Fine.", "more": 1}),
        ("withdrawal", {}),
        ("withdrawal", {"reason": "because"}),
    ],
)
def test_what_breaks_a_rule_is_told_with_its_field_rule_and_next_step(way, body, others, publisher):
    case_id = others.answered(ALL_DENIED)
    answer = publisher.post(f"/entries/{case_id}/{way}", json=body, headers=at(1))
    assert answer.status_code == 422
    [finding, *_] = answer.json["errors"]
    assert finding["field"] in ("reason", "more")
    assert finding["next_step"]
    assert finding["rule"].startswith("PUB-") or finding["field"] == "more"
    assert "jane" not in answer.text


def test_an_unknown_entry_is_404(publisher):
    assert publisher.get(f"/entries/{new_case_id()}").status_code == 404
    for way in WAYS.values():
        assert do(publisher, new_case_id(), way, 1).status_code == 404


def test_a_released_entry_is_told_of_once_for_each_site(runtime, others, publisher):
    case_id = others.answered(TWO_AUTHORITIES)
    answer = do(publisher, case_id, "release", 1)
    assert [place["site"] for place in answer.json["sites"]] == ["norfolk", "suffolk"]
    assert events(runtime)[1:] == [
        ("released", {"site": "norfolk", "path": "/norfolk/disclosures/foi-001905-19"}),
        ("released", {"site": "suffolk", "path": "/suffolk/disclosures/foi-001905-19"}),
    ]
    do(publisher, case_id, "withdrawal", 2)
    assert events(runtime)[-1] == ("withdrawn", {"sites": ["norfolk", "suffolk"], "reason": "personal-data"})


def test_an_entry_withdrawn_before_its_release_was_on_no_site(runtime, others, publisher):
    do(publisher, others.answered(ALL_DENIED), "withdrawal", 1)
    assert events(runtime)[-1] == ("withdrawn", {"sites": [], "reason": "personal-data"})


def test_a_hold_says_why_until_it_is_taken_off(runtime, others, publisher):
    case_id = others.answered(ALL_DENIED)
    assert do(publisher, case_id, "hold", 1).json["hold_reason"] == "A name was missed."
    resumed = do(publisher, case_id, "resume", 2).json
    assert resumed["hold_reason"] is None
    assert events(runtime)[1:] == [
        ("held", {"reason": "A name was missed."}),
        ("resumed", {"release_on": "2026-06-22"}),
    ]


def test_entries_come_in_pages_by_state_and_site(others, publisher):
    ids = [others.answered(numbered(number)) for number in range(5)]
    others.answered(NINE_QUESTIONS)
    do(publisher, ids[0], "hold", 1)
    seen, after = [], ""
    for _ in range(5):
        page = publisher.get(f"/entries?limit=2&site=cleveland{after}").json
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert sorted(seen) == sorted(ids)
    assert [item["id"] for item in publisher.get("/entries?state=held").json["items"]] == [ids[0]]
    assert len(publisher.get("/entries?state=prepared").json["items"]) == 5
    assert publisher.get("/entries?state=lost").status_code == 422
    assert publisher.get("/entries?site=atlantis").status_code == 422
    assert publisher.get("/entries?after=nonsense").status_code == 422


def test_one_entry_shows_what_will_be_public_and_a_list_does_not(others, publisher):
    case_id = others.answered(NINE_QUESTIONS)
    assert publisher.get(f"/entries/{case_id}").json["content"]["reference"] == "01.FOI.23.029461"
    assert "content" not in publisher.get("/entries").json["items"][0]
