"""The way of a request that changes something: versions, keys, refusals, and what is told of each."""

import threading
from hashlib import sha256
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.chassis.http.idempotency import idempotency_key, prune
from tests.support import log_of
from tests.unit.http import notes


def test_what_is_created_is_201_with_its_place_and_its_version(writer, written):
    answer = writer.get(f"/notes/{written['id']}")
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"1"'
    created = writer.post("/notes", json={"text": "second"})
    assert created.headers["Location"] == created.json["links"]["self"]
    assert created.headers["ETag"] == '"1"'


def test_a_change_needs_the_version_that_was_read(writer, written):
    pin = f"/notes/{written['id']}/pin"
    missing = writer.post(pin)
    assert (missing.status_code, missing.json["type"]) == (428, "/problems/version-required")
    done = writer.post(pin, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    stale = writer.post(pin, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json["current_version"], stale.headers["ETag"]) == (412, 2, '"2"')


@pytest.mark.parametrize("etag", ["1", "*", 'W/"1"', '"1", "2"', '"x"', '"-1"', '"1' + "0" * 30 + '"', ""])
def test_a_malformed_version_is_400(writer, written, etag):
    answer = writer.post(f"/notes/{written['id']}/pin", headers={"If-Match": etag})
    assert answer.status_code == 400


def test_an_action_that_the_state_does_not_allow_is_409_with_what_it_does(writer, written):
    pin = f"/notes/{written['id']}/pin"
    writer.post(pin, headers={"If-Match": '"1"'})
    answer = writer.post(pin, headers={"If-Match": '"2"'})
    assert (answer.status_code, answer.json["allowed"]) == (409, ["tear"])
    assert "pinned" in answer.json["detail"]


def test_what_is_not_there_is_404(writer):
    assert writer.get(f"/notes/{uuid4()}").json["type"] == "/problems/not-found"
    assert writer.get("/notes/not-a-uuid").status_code == 404
    assert writer.get("/notes/%00").status_code == 404


def test_what_a_person_may_not_do_whatever_their_role_is_403_with_the_rule(writer, written):
    answer = writer.delete(f"/notes/{written['id']}")
    assert (answer.status_code, answer.json["rule"]) == (403, "board rule 2")


def test_a_rule_of_the_domain_is_told_like_a_mistake_in_the_form(writer):
    answer = writer.post("/notes", json={"text": "rude"})
    assert answer.status_code == 422
    assert answer.json["errors"] == [
        {"field": "text", "message": "It is rude.", "rule": "board rule 1", "next_step": "Be polite."}
    ]


def test_of_two_who_do_the_same_at_once_the_second_is_told(writer, written):
    answer = writer.post("/notes", json={"text": written["text"]})
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/refused")
    assert "INSERT" not in answer.text
    assert "note.text" not in answer.text


def test_a_refused_command_leaves_neither_state_nor_event(runtime, writer):
    notes.trouble["trouble"] = RuntimeError("canary")
    answer = writer.post("/notes", json={"text": "x"}, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 500
    assert "canary" not in answer.text
    assert answer.json["correlation_id"] == answer.headers["X-Correlation-ID"]
    assert log_of(runtime) == []
    notes.trouble.clear()
    assert writer.post("/notes", json={"text": "x"}, headers={"Idempotency-Key": "k"}).status_code == 201


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("select canary", {}, Exception("canary")),
        InterfaceError("select canary", {}, Exception("canary")),
        PoolTimeout("canary"),
    ],
)
def test_a_database_that_is_away_is_503_and_says_when_to_try_again(writer, error):
    notes.trouble["trouble"] = error
    answer = writer.post("/notes", json={"text": "x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "canary" not in answer.text


def test_a_broken_constraint_that_is_no_duplicate_is_our_mistake(writer):
    notes.trouble["trouble"] = IntegrityError("canary", {}, Exception("canary"))
    answer = writer.post("/notes", json={"text": "x"})
    assert answer.status_code == 500
    assert "canary" not in answer.text


def test_the_same_post_with_the_same_key_gives_the_first_answer_byte_for_byte(runtime, writer):
    headers = {"Idempotency-Key": str(uuid4())}
    first = writer.post("/notes", json={"text": "once"}, headers=headers)
    again = writer.post("/notes", json={"text": "once"}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    for header in ("ETag", "Location", "Content-Type"):
        assert again.headers[header] == first.headers[header]
    assert again.headers["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first.headers
    assert len(log_of(runtime)) == 1


def test_a_key_belongs_to_one_request_of_one_person(writer, client_as):
    headers = {"Idempotency-Key": "key-1"}
    assert writer.post("/notes", json={"text": "a"}, headers=headers).status_code == 201
    other = writer.post("/notes", json={"text": "b"}, headers=headers)
    assert (other.status_code, other.json["type"]) == (422, "/problems/key-used-before")
    somebody = client_as("writer", person="b.jones").post("/notes", json={"text": "c"}, headers=headers)
    assert somebody.status_code == 201
    assert "Idempotent-Replay" not in somebody.headers


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 129, "schlüssel"])
def test_a_malformed_key_is_400(writer, key):
    answer = writer.post("/notes", json={"text": "a"}, headers={"Idempotency-Key": key})
    assert answer.status_code == 400


def test_many_with_the_same_key_at_once_have_one_effect(runtime, client_as):
    answers = []

    def send():
        answers.append(client_as("writer").post("/notes", json={"text": "race"}, headers={"Idempotency-Key": "race"}))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert sum("Idempotent-Replay" not in answer.headers for answer in answers) == 1
    assert len(log_of(runtime)) == 1


def test_old_keys_are_forgotten(runtime, clock, writer):
    writer.post("/notes", json={"text": "a"}, headers={"Idempotency-Key": "old"})
    clock.move(days=8)
    writer.post("/notes", json={"text": "b"}, headers={"Idempotency-Key": "new"})
    clock.move(days=-1)
    with runtime.engine.begin() as connection:
        assert prune(connection, clock.now()) == 1
        (kept,) = connection.execute(select(idempotency_key.c.key)).scalars()
    assert kept == sha256(b"new").hexdigest()  # never the words themselves: they may be somebody's name
