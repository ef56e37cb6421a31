"""Documents that go with the reply."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from shared.chassis.blobs import BlobMissing
from tests.services.decision import said
from tests.services.decision.said import DISCLOSED, NOT_HELD, send
from tests.support import log_of

CSV = b"year,number\n2025,3\n"


def spreadsheet():
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return made.getvalue()


def attach(client, case_id, content=CSV, *, name="notes.csv", parts=("2",), kind="text/csv", **headers):
    version = client.get(f"/cases/{case_id}").json["version"]
    return client.post(
        f"/cases/{case_id}/attachments",
        query_string={"name": name, "parts": list(parts)},
        data=content,
        headers={**said.at(version), "Content-Type": kind, **headers},
    )


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (CSV, "notes.csv", "text/csv"),
        (b"%PDF-1.7\n...", "Guidance 2026.pdf", "application/pdf"),
        (spreadsheet(), "figures.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("Größe".encode(), "note.txt", "text/plain"),
        (b"PK\x03\x04...", "f.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04...", "f.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"\x89PNG\r\n\x1a\n", "map.png", "image/png"),
        (b"\xff\xd8\xff\xe0", "map.jpg", "image/jpeg"),
    ],
)
def test_a_document_is_attached_and_comes_back_as_it_was(case_id, decider, approver, content, name, kind):
    done = attach(decider, case_id, content, name=name, kind=kind)
    assert (done.status_code, done.headers["ETag"]) == (201, '"2"')
    assert done.headers["Location"] == done.json["links"]["self"]
    back = approver.get(done.json["links"]["self"])
    assert (back.data, back.mimetype) == (content, kind)
    (listed,) = decider.get(f"/cases/{case_id}").json["attachments"]
    assert (listed["name"], listed["size"], listed["parts"]) == (name, len(content), ["2"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "notes.pdf"}, "name"),
        ({"name": "../notes.csv"}, "name"),
        ({"parts": ["9"]}, "parts.0"),
        ({"parts": ["1.1"]}, "parts.0"),
        ({"parts": []}, "parts"),
        ({"content": b"\xff\xfe\x00"}, "body"),
        ({"content": b"PK\x03\x04", "kind": "application/pdf", "name": "a.pdf"}, "body"),
        ({"content": b"PK\x03\x04", "kind": "application/vnd.oasis.opendocument.spreadsheet", "name": "a.ods"}, "body"),
    ],
)
def test_a_document_that_does_not_fit_is_refused(case_id, decider, change, field):
    answer = attach(decider, case_id, **change)
    assert answer.status_code == 422, answer.text
    assert {found["field"] for found in answer.json["errors"]} == {field}


def test_another_kind_of_document_is_not_taken(case_id, decider):
    assert attach(decider, case_id, kind="application/vnd.ms-excel.sheet.macroEnabled.12").status_code == 415
    assert attach(decider, case_id, b"").status_code == 400


def test_the_same_document_or_name_is_not_attached_twice(case_id, decider):
    attach(decider, case_id)
    assert attach(decider, case_id, name="again.csv").status_code == 409
    assert attach(decider, case_id, b"other\n").status_code == 422


def test_the_same_upload_sent_twice_with_one_key_is_attached_once(case_id, decider):
    headers = {**said.at(1), "Content-Type": "text/csv", "Idempotency-Key": "k1"}
    path = f"/cases/{case_id}/attachments?name=notes.csv&parts=2"
    first, second = (decider.post(path, data=CSV, headers=headers) for _ in range(2))
    assert (first.status_code, first.json) == (second.status_code, second.json)
    assert second.headers["Idempotent-Replay"] == "true"
    assert len(decider.get(f"/cases/{case_id}").json["attachments"]) == 1


def test_a_document_is_taken_off(case_id, decider):
    link = attach(decider, case_id).json["links"]["self"]
    assert send(decider, "DELETE", link).json["attachments"] == []
    assert decider.get(link).status_code == 404
    assert send(decider, "DELETE", link).status_code == 404


def test_a_document_cannot_go_with_a_part_that_discloses_nothing(case_id, decider, checked):
    attach(decider, case_id)
    checked()
    said.decided(decider, case_id)
    send(decider, "PUT", f"/cases/{case_id}/parts/2", NOT_HELD)
    answer = send(decider, "POST", f"/cases/{case_id}/submission")
    assert answer.status_code == 422
    (found,) = answer.json["errors"]
    assert found["field"].startswith("attachments.")
    send(decider, "PUT", f"/cases/{case_id}/parts/2", DISCLOSED)
    assert send(decider, "POST", f"/cases/{case_id}/submission").status_code == 200


def test_a_document_is_shared_when_it_is_signed_off_and_not_before(case_id, decider, approver, runtime, checked):
    digest = attach(decider, case_id).json["digest"]
    checked()
    said.decided(decider, case_id)
    case = send(decider, "POST", f"/cases/{case_id}/submission").json
    checked()
    with pytest.raises(BlobMissing):
        runtime.blobs.get(digest)
    send(approver, "POST", f"/cases/{case_id}/sign-off", {"letter": case["draft"]["letter"]})
    assert runtime.blobs.get(digest) == CSV
    assert log_of(runtime)[-1].data["documents"] == [
        {"digest": digest, "media_type": "text/csv", "size": len(CSV), "name": "notes.csv"}
    ]
    assert "notes.csv (CSV, 19 bytes), for question 2" in approver.get(f"/cases/{case_id}/letter?format=text").text
