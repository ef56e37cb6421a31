"""Nothing is submitted or signed off that has not passed the release check under the rules in force."""

from hashlib import sha256

import pytest

from shared.chassis.blobs import BlobMissing
from shared.chassis.events.values import BlindText, Code, Digest
from shared.contracts.publishing import FindingsAccepted
from shared.contracts.ruleset import RULES
from tests.services.decision import said
from tests.services.decision.said import send
from tests.services.decision.test_attaching import CSV, attach
from tests.support import log_of, take_in

DIGEST = sha256(CSV).hexdigest()


@pytest.fixture
def attached(case_id, decider):
    """The case decided, with a document that has not been checked yet."""
    said.decided(decider, case_id)
    assert attach(decider, case_id).status_code == 201
    return case_id


def submission(decider, case_id):
    return send(decider, "POST", f"/cases/{case_id}/submission")


def submitted_documents(runtime):
    return [each.data["document"] for each in log_of(runtime) if each.type == "foi.decision.document-submitted.v1"]


def test_an_attached_document_is_put_to_the_check_and_read_by_the_check_alone(attached, runtime):
    (document,) = submitted_documents(runtime)
    assert document == {"digest": DIGEST, "media_type": "text/csv", "size": len(CSV), "name": "notes.csv"}
    assert runtime.unchecked_blobs.get(DIGEST) == CSV
    with pytest.raises(BlobMissing):
        runtime.blobs.get(DIGEST)


@pytest.mark.parametrize(
    ("verdict", "standing", "rule", "words"),
    [
        (None, "waiting", "REL-27", "“notes.csv” has not been checked for release yet."),
        ("block", "blocked", "REL-01", "does not let “notes.csv” leave: hidden_sheet."),
        ("review", "review", "REL-01", "of “notes.csv” asks for a second look: hidden_sheet."),
        ("outdated", "outdated", "REL-27", "“notes.csv” was checked under rules that are no longer in force."),
    ],
)
def test_what_has_not_passed_is_not_submitted(attached, decider, checked, verdict, standing, rule, words):
    if verdict == "outdated":
        checked(ruleset="0")
    elif verdict:
        checked(verdict)
    answer = submission(decider, attached)
    assert answer.status_code == 422
    (found,) = answer.json["errors"]
    assert (found["field"], found["rule"]) == (f"attachments.{DIGEST}", rule)
    assert words in found["message"]
    assert found["next_step"]
    shown = decider.get(f"/cases/{attached}").json
    assert [each["field"] for each in shown["unready"]] == [found["field"]]
    (check,) = shown["checks"]
    assert (check["name"], check["standing"]) == ("notes.csv", standing)


def test_a_second_officer_s_acceptance_counts_for_the_rules_it_was_given_under(
    attached, decider, runtime, checked, publishing
):
    checked("review")
    for ruleset in ("0", RULES):
        assert submission(decider, attached).status_code == 422
        accepted = FindingsAccepted(digest=Digest(DIGEST), ruleset=Code(ruleset), reason=BlindText("Read and fine."))
        publishing.says(accepted, subject=attached)
        take_in(runtime)
    assert submission(decider, attached).status_code == 200


def test_the_letter_in_every_form_must_pass_before_it_is_signed_off(attached, decider, approver, checked, runtime):
    checked()
    case = submission(decider, attached).json
    names = [each["name"] for each in submitted_documents(runtime)]
    assert names == ["notes.csv", "letter.html", "letter.txt", "letter.pdf", "response.json"]
    body = {"letter": case["draft"]["letter"]}
    for form, waiting in (("letter.html", 4), ("letter.txt", 3), ("letter.pdf", 2), ("response.json", 1)):
        refused = send(approver, "POST", f"/cases/{attached}/sign-off", body)
        assert (refused.status_code, refused.json["rule"]) == (409, "REL-27")
        assert f"“{form}” has not been checked" in refused.json["detail"]
        assert refused.json["detail"].endswith(f"And {waiting - 1} more.") == (waiting > 1)
        checked(only=form)
    assert send(approver, "POST", f"/cases/{attached}/sign-off", body).status_code == 200


def test_new_rules_stop_the_sign_off_until_everything_was_checked_under_them(attached, decider, approver, checked):
    checked()
    case = submission(decider, attached).json
    checked(ruleset="0")
    refused = send(approver, "POST", f"/cases/{attached}/sign-off", {"letter": case["draft"]["letter"]})
    assert "under rules that are no longer in force" in refused.json["detail"]


def test_the_same_bytes_are_not_checked_again_while_the_rules_stand(attached, decider, approver, checked, runtime):
    checked()
    submission(decider, attached)
    checked()
    send(approver, "POST", f"/cases/{attached}/return", {"reason": "Wait."})
    submission(decider, attached)
    assert len(submitted_documents(runtime)) == 5
