"""Bad input: always a 4xx that says what is wrong and where, never a 5xx, never a second reading of the same bytes."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.chassis.http.body import parse
from shared.chassis.http.problems import Trouble

UNREADABLE = {
    "empty": b"",
    "not JSON": b"{",
    "trailing text": b'{"text":"a"} x',
    "comment": b'{"text":"a"} // x',
    "duplicate names": b'{"text":"a","text":"b"}',
    "duplicate names deep inside": b'{"text":"a","lines":[{"words":"a","words":"b"}]}',
    "duplicate by escape": b'{"text":"a","t\\u0065xt":"b"}',
    "NaN": b'{"text":NaN}',
    "Infinity": b'{"text":-Infinity}',
    "a number beyond floats": b'{"text":1e400}',
    "a whole number beyond 64 bits": b'{"text":9223372036854775808}',
    "a whole number of 10,000 digits": b'{"text":' + b"9" * 10_000 + b"}",
    "51 deep": b'{"text":' + b"[" * 50 + b"]" * 50 + b"}",
    "100,000 deep": b"[" * 100_000 + b"]" * 100_000,
    "100,000 deep, not closed": b"[" * 100_000,
    "NUL by escape": b'{"text":"a\\u0000b"}',
    "NUL in a name": b'{"te\\u0000xt":"a"}',
    "raw NUL": b'{"text":"a\x00b"}',
    "lone surrogate": b'{"text":"\\ud800"}',
    "surrogates the wrong way round": b'{"text":"\\udc00\\ud800"}',
    "byte order mark": b'\xef\xbb\xbf{"text":"a"}',
    "invalid UTF-8": b'{"text":"\xff"}',
    "overlong UTF-8": b'{"text":"\xc0\xaf"}',
    "surrogate in UTF-8": b'{"text":"\xed\xa0\x80"}',
    "UTF-16": '{"text":"a"}'.encode("utf-16"),
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_body_that_can_be_read_in_two_ways_or_none_is_400(writer, raw):
    answer = writer.post("/notes", data=raw, content_type="application/json")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["rule"].startswith("json-")
    assert answer.json["detail"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a":9223372036854775807}', {"a": 2**63 - 1}),
        (b'{"a":"\\ud83d\\ude00 \\u00e9"}', {"a": "😀 é"}),
        (b"[" * 50 + b"]" * 50, None),
        (b'{"__proto__":{"a":1}}', {"__proto__": {"a": 1}}),
        (b'["[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["]', ["[" * 56]),
    ],
)
def test_what_is_unusual_but_means_one_thing_is_read(raw, value):
    assert value is None or parse(raw) == value
    parse(raw)


@given(st.recursive(st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(), st.lists))
def test_what_we_read_is_what_any_other_reader_reads(value):
    raw = json.dumps(value).encode()
    refused_by_rule = False
    try:
        read = parse(raw)
    except Trouble as trouble:
        refused_by_rule = trouble.members["rule"] in ("json-character", "json-nesting")
    assert refused_by_rule or read == value


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
def test_no_bytes_whatever_are_our_mistake(writer, raw):
    answer = writer.post("/notes", data=raw, content_type="application/json")
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "media_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "image/png"],
)
def test_another_media_type_is_415(writer, media_type):
    answer = writer.post("/notes", data=b'{"text":"a"}', content_type=media_type or None)
    assert answer.status_code == 415


def test_a_compressed_body_is_415(writer):
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert writer.post("/notes", data=b"x", headers=headers).status_code == 415


def test_a_body_of_2_mb_is_413(writer):
    answer = writer.post("/notes", data=b'{"text":"' + b"x" * 2_000_000 + b'"}', content_type="application/json")
    assert (answer.status_code, answer.json["type"]) == (413, "/problems/too-large")


def in_chunks(client, content, **environ):
    """Send a body as a server hands it on that has put the chunks together: without a length."""
    return client.post(
        "/notes",
        input_stream=io.BytesIO(content),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, **environ},
    )


def test_a_body_in_chunks_is_read_whole_or_not_at_all(writer):
    assert in_chunks(writer, b'{"text":"a"}').status_code == 201
    for length in (1_048_577, 1_048_578, 3_000_000):
        assert in_chunks(writer, b'{"text":"b"}'.ljust(length)).status_code == 413
    assert in_chunks(writer, b'{"text":"c"}'.ljust(1_048_576)).status_code == 201


def test_a_body_that_is_broken_off_does_not_pass_for_the_whole(writer):
    assert in_chunks(writer, b'{"text":"a"}', CONTENT_LENGTH="40").status_code == 400


def test_each_mistake_names_the_field_the_rule_and_the_next_step(writer):
    answer = writer.post("/notes", json={"text": "x" * 501, "lines": [{"words": "a"}, {"word": 1}], "status": "x"})
    assert answer.status_code == 422
    errors = {error["field"]: error for error in answer.json["errors"]}
    assert set(errors) == {"text", "lines.1.words", "lines.1.word", "status"}
    assert errors["text"]["rule"] == "board rule 3"
    assert errors["text"]["next_step"] == "Write 1 to 500 characters."
    assert errors["lines.1.words"]["next_step"] == "Send this field."
    assert "words" in errors["lines.1.word"]["next_step"]
    assert "lines, text" in errors["status"]["next_step"]
    assert all(error["message"] for error in errors.values())


@pytest.mark.parametrize("value", [[], "text", 1, None, True])
def test_a_body_that_is_not_an_object_is_422(writer, value):
    answer = writer.post("/notes", data=json.dumps(value), content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "body"


def test_a_command_that_takes_no_body_refuses_one_that_says_something(writer, written):
    pin, headers = f"/notes/{written['id']}/pin", {"If-Match": '"1"'}
    assert writer.post(pin, json={"state": "torn"}, headers=headers).status_code == 422
    assert writer.post(pin, data=b"torn", content_type="text/plain", headers=headers).status_code == 415
    assert writer.post(pin, json={}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("limit=" + "9" * 30, "limit"),
        ("limit=1&limit=2", "limit"),
        ("after=", "after"),
        ("after=x", "after"),
        ("after=%00", "after"),
        ("sate=written", "sate"),
        ("state=unknown", "state.0"),
    ],
)
def test_a_wrong_filter_is_422_rather_than_passed_over(writer, query, field):
    answer = writer.get(f"/notes?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


def test_a_query_that_takes_no_parameters_refuses_them(writer, written):
    assert writer.get(f"/notes/{written['id']}?x=1").status_code == 422


def test_a_document_may_be_longer_and_is_taken_as_it_is(writer, written):
    place = f"/notes/{written['id']}/picture"
    answer = writer.put(f"{place}?loud=true", data=b"\x89" * 1_500_000, content_type="image/png")
    assert (answer.status_code, answer.json) == (200, {"loud": True})
    assert writer.put(place, data=b"x" * 2_000_001, content_type="image/png").status_code == 413
    assert writer.put(place, data=b"x", content_type="application/json").status_code == 415
    assert writer.put(place, data=b"", content_type="image/png").status_code == 400


def test_a_document_comes_back_under_a_name_that_breaks_no_header(writer, written):
    answer = writer.get(f"/notes/{written['id']}/picture")
    assert (answer.status_code, answer.content_type, answer.data) == (200, "image/png", b"\x89PNG")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''caf%C3%A9%20%221%22.png"
