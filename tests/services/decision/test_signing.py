"""Four eyes: one person submits the reply, another returns it or signs off exactly the bytes that were read."""

from hashlib import sha256

import pytest

from services.decision.letters import FORMS
from shared.chassis.blobs import BlobMissing
from shared.chassis.events.contract import load
from shared.contracts.response import Response
from shared.letters.versions import VERSIONS
from tests.services.decision import said
from tests.services.decision.said import ADVICE, DISCLOSED, WITHHELD, send
from tests.support import log_of


def last(runtime):
    envelope = log_of(runtime)[-1]
    return load(envelope.type, envelope.data)


def test_what_is_not_ready_is_not_submitted_and_all_that_is_missing_is_told(accept, consult, decider):
    case_id = accept()
    consult(case_id, said.opened(), said.answered())
    answer = send(decider, "POST", f"/cases/{case_id}/submission")
    assert answer.status_code == 422
    assert [(found["field"], found["rule"]) for found in answer.json["errors"]] == [
        ("parts.1", "RN-01"),
        ("parts.2", "RN-01"),
        (f"advice.{ADVICE}", "CON-02"),
        ("consulted", "CON-03"),
    ]
    assert all(found["next_step"] for found in answer.json["errors"])


def test_the_submitted_bytes_are_named_and_nobody_else_can_read_them_yet(submitted, runtime, approver):
    draft = submitted["draft"]
    assert (submitted["state"], draft["number"], draft["submitted_by"]) == ("awaiting sign-off", 1, "d.maker")
    assert draft["overall"] == "disclosed_in_part"
    event = last(runtime)
    assert (event.draft, event.letter, event.response) == (1, draft["letter"], draft["response"])
    letter = approver.get(submitted["links"]["letter"])
    assert letter.mimetype == "text/html"
    assert sha256(letter.data).hexdigest() == draft["letter"]
    text = approver.get(submitted["links"]["letter"] + "?format=text")
    assert (text.mimetype, sha256(text.data).hexdigest()) == ("text/plain", draft["letter_text"])
    for digest in (draft["letter"], draft["letter_text"], draft["response"]):
        with pytest.raises(BlobMissing):
            runtime.blobs.get(digest)


def test_what_is_signed_off_can_be_sent_and_published(submitted, approver, runtime):
    body = {"letter": submitted["draft"]["letter"]}
    done = send(approver, "POST", f"/cases/{submitted['id']}/sign-off", body)
    assert (done.status_code, done.json["state"], done.json["allowed"]) == (200, "signed off", [])
    event = last(runtime)
    assert (event.draft, event.overall, event.letter) == (1, "disclosed_in_part", body["letter"])
    assert [(each.label, each.outcome, each.citations) for each in event.outcomes] == [
        ("1", "withheld", ("31(1)(a)", "31(1)(b)", "24(1)")),
        ("2", "disclosed", ()),
    ]
    assert sha256(runtime.blobs.get(event.letter_text)).hexdigest() == event.letter_text
    response = Response.from_bytes(runtime.blobs.get(event.response))
    assert [(part.label, part.outcome) for part in response.parts] == [
        ("0", ""),
        ("1", "withheld"),
        ("1.1", ""),
        ("2", "disclosed"),
    ]
    assert response.parts[3].answer == DISCLOSED["answer"]


def test_only_the_letter_that_was_read_can_be_signed_off(submitted, approver):
    path = f"/cases/{submitted['id']}/sign-off"
    other = send(approver, "POST", path, {"letter": "0" * 64})
    assert (other.status_code, other.json["rule"]) == (409, "four eyes")
    assert send(approver, "POST", path, {"letter": submitted["draft"]["letter"] + "0"}).status_code == 422


@pytest.mark.parametrize("act", ["decided", "decided and replaced", "weighed", "attached", "took off", "submitted"])
def test_nobody_signs_off_what_they_had_a_hand_in(case_id, decider, client_as, checked, act):
    both = client_as("b.oth", "decision-maker", "approver")
    if act == "decided and replaced":
        send(both, "PUT", f"/cases/{case_id}/parts/1", WITHHELD)
    said.decided(decider, case_id)
    if act == "decided":
        send(both, "PUT", f"/cases/{case_id}/parts/1", WITHHELD)
    if act == "weighed":
        send(both, "POST", f"/cases/{case_id}/advice/{ADVICE}/weighing", {"followed": True, "reason": "Sound."})
    if act in ("attached", "took off"):
        who = both if act == "attached" else decider
        document = attached(who, case_id)
        if act == "took off":
            send(both, "DELETE", document["links"]["self"])
    checked()
    send(both if act == "submitted" else decider, "POST", f"/cases/{case_id}/submission")
    checked()
    case = both.get(f"/cases/{case_id}").json
    assert case["state"] == "awaiting sign-off"
    body = {"letter": case["draft"]["letter"]}
    refused = send(both, "POST", f"/cases/{case_id}/sign-off", body)
    assert (refused.status_code, refused.json["rule"]) == (403, "four eyes")
    other = client_as("o.ther", "decision-maker", "approver")
    assert send(other, "POST", f"/cases/{case_id}/sign-off", body).status_code == 200


def attached(client, case_id):
    path = f"/cases/{case_id}/attachments?name=notes.csv&parts=2"
    version = client.get(f"/cases/{case_id}").json["version"]
    done = client.post(path, data=b"year,number\n2025,3\n", headers={**said.at(version), "Content-Type": "text/csv"})
    assert done.status_code == 201, done.text
    return done.json


def test_a_returned_draft_is_worked_on_and_submitted_again(submitted, decider, approver, runtime, checked):
    case_id = submitted["id"]
    returned = send(approver, "POST", f"/cases/{case_id}/return", {"reason": "Say more about the harm."})
    assert returned.json["draft"]["returned_reason"] == "Say more about the harm."
    assert (returned.json["state"], returned.json["draft"]["letter"]) == ("deciding", None)
    assert (last(runtime).draft, last(runtime).reason) == (1, "Say more about the harm.")
    better = {**WITHHELD, "harm": {"text": "A plan would be made around them.", "likelihood": "would"}}
    send(decider, "PUT", f"/cases/{case_id}/parts/1", better)
    again = send(decider, "POST", f"/cases/{case_id}/submission").json
    assert (again["draft"]["number"], again["draft"]["returned_reason"]) == (2, None)
    assert again["draft"]["letter"] != submitted["draft"]["letter"]
    checked()
    assert send(approver, "POST", f"/cases/{case_id}/sign-off", {"letter": again["draft"]["letter"]}).status_code == 200


def test_an_unchanged_draft_has_the_same_bytes_when_it_is_submitted_again(submitted, decider, approver, clock):
    send(approver, "POST", f"/cases/{submitted['id']}/return", {"reason": "Wait a day."})
    clock.move(days=1)
    again = send(decider, "POST", f"/cases/{submitted['id']}/submission").json
    assert again["draft"]["letter"] == submitted["draft"]["letter"]
    assert again["draft"]["response"] == submitted["draft"]["response"]


def test_a_preview_says_that_it_is_one_and_what_is_not_decided(case_id, decider):
    send(decider, "PUT", f"/cases/{case_id}/parts/2", DISCLOSED)
    preview = decider.get(f"/cases/{case_id}/letter?format=text").text
    assert "This is a preview of a draft." in preview
    assert "- Question 1: not decided yet." in preview
    assert DISCLOSED["answer"] in preview


def test_the_submitted_letter_is_no_preview(submitted, approver):
    assert "preview" not in approver.get(submitted["links"]["letter"]).text


def test_a_day_that_no_particulars_are_known_for_is_told_as_such(case_id, decider, clock):
    said.decided(decider, case_id)
    clock.move(days=-365 * 12)
    answer = send(decider, "POST", f"/cases/{case_id}/submission")
    assert (answer.status_code, answer.json["rule"]) == (409, "RN-13")


def test_an_authority_that_is_not_known_is_told_as_such(accept, decider):
    answer = decider.get(f"/cases/{accept(said.accepted('atlantis'))}/letter")
    assert (answer.status_code, answer.json["rule"]) == (409, "RN-13")
    assert "atlantis" in answer.json["detail"]


def test_the_letter_is_to_be_had_in_four_forms_before_and_after_submission(accept, consult, decider, runtime):
    case_id = accept()
    consult(case_id, said.opened(), said.answered(), said.concluded())
    said.decided(decider, case_id)
    assert letters_begin(decider, case_id) == {**BEGINNINGS, "text": b"This is a preview"[:8]}
    assert b"preview" in letter(decider, case_id, "html").data
    case = send(decider, "POST", f"/cases/{case_id}/submission").json
    assert letters_begin(decider, case_id) == BEGINNINGS
    assert b"preview" not in letter(decider, case_id, "html").data
    assert runtime.private_blobs.get(case["draft"]["letter_pdf"]) == letter(decider, case_id, "pdf").data
    assert letter(decider, case_id, "docx").data == letter(decider, case_id, "docx").data
    assert letter(decider, case_id, "odt").status_code == 422


BEGINNINGS = {"html": b"<!doctyp", "text": b"RESPONSE", "pdf": b"%PDF-1.7", "docx": b"PK\x03\x04\x14\x00\x00\x00"}


def letter(client, case_id, form):
    return client.get(f"/cases/{case_id}/letter?format={form}")


def letters_begin(client, case_id):
    answers = {form: letter(client, case_id, form) for form in FORMS}
    assert {form: answer.mimetype for form, answer in answers.items()} == FORMS
    return {form: answer.data[:8] for form, answer in answers.items()}


def test_the_template_and_the_pdf_are_recorded_and_shared_when_the_letter_is_signed_off(submitted, approver, runtime):
    draft = submitted["draft"]
    assert (draft["template"], draft["template_version"]) == ("en.reply", VERSIONS["en"]["reply"])
    send(approver, "POST", f"/cases/{submitted['id']}/sign-off", {"letter": draft["letter"]})
    signed = last(runtime)
    assert (signed.letter_pdf, signed.template) == (draft["letter_pdf"], "en.reply")
    assert signed.template_version == draft["template_version"]
    assert runtime.blobs.get(signed.letter_pdf).startswith(b"%PDF-1.7")


def test_a_letter_with_a_grave_fault_is_not_submitted(accept, consult, decider):
    case_id = accept()
    consult(case_id, said.opened(), said.answered(), said.concluded())
    said.decided(decider, case_id)
    send(decider, "PUT", f"/cases/{case_id}/parts/2", {**said.DISCLOSED, "answer": "Notes are kept [INSERT PERIOD]."})
    answer = send(decider, "POST", f"/cases/{case_id}/submission")
    assert answer.status_code == 422
    assert ("letter", "RN-18") in {(each["field"], each["rule"]) for each in answer.json["errors"]}
    assert decider.get(f"/cases/{case_id}").json["state"] == "deciding"


def test_a_letter_from_elsewhere_is_read_and_its_faults_are_told(case_id, decider, runtime):
    path = f"/cases/{case_id}/letter-lint"
    text = "Dear applicant,\n\nWe can neither confirm nor deny that we hold it, under section 24(1).\n"
    answer = decider.post(path, data=text.encode(), content_type="text/plain").json
    assert answer["verdict"] == "block"
    assert "RN-04" in {each["rule"] for each in answer["findings"]}
    assert all(each["why"] and each["mend"] for each in answer["findings"])
    broken = decider.post(path, data=b"%PDF-1.7 broken", content_type="application/pdf")
    assert (broken.status_code, broken.json["errors"][0]["field"]) == (422, "letter")
    assert log_of(runtime) == []
