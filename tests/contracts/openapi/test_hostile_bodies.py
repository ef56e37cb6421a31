"""Hostile bodies for every operation that takes one: always a 4xx that tells what is wrong, and nothing happens."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from services import SERVICES
from shared.chassis.http.problems import MEDIA_TYPE
from tests.contracts.openapi.furnished import Furnished, operations
from tests.contracts.openapi.sound import SOUND, Request, sound
from tests.contracts.openapi.test_access import one

CANARY = "kanarienvogel"
TAKING = [(name, each.name) for name in SERVICES for each in operations(name) if each.body is not None]
UPLOADING = [(name, each.name) for name in SERVICES for each in operations(name) if each.media_types]
TAKING_NOTHING = [
    (name, each.name)
    for name in SERVICES
    for each in operations(name)
    if each.method != "GET" and each.body is None and not each.media_types
]
OF_THE_MACHINERY = re.compile(
    r"Traceback|File \"|site-packages|werkzeug|flask|marshmallow|sqlalchemy|sqlite|psycopg|gunicorn|python|"
    r"\bline \d+, in\b|Exception\b|0x[0-9a-f]{6}",
    re.IGNORECASE,
)
ALLOWED = {400, 413, 415, 422}


def spoilt(body: dict[str, Any]) -> dict[str, bytes]:
    """The body made unreadable, or readable in two ways."""
    whole = json.dumps(body).encode()
    name = json.dumps(next(iter(body)))
    opening = b"{" + name.encode() + b":"
    return {
        "2 MB": b'{"text":"' + CANARY.encode() * 160_000 + b'"}',
        "2 MB of white space": whole + b" " * 2_000_000,
        "invalid UTF-8": opening + b'"' + CANARY.encode() + b'\xff"}',
        "overlong UTF-8": opening + b'"' + CANARY.encode() + b'\xc0\xaf"}',
        "UTF-16": json.dumps(body).encode("utf-16"),
        "byte order mark": b"\xef\xbb\xbf" + whole,
        "raw NUL": opening + b'"' + CANARY.encode() + b'\x00"}',
        "escaped NUL": opening + b'"' + CANARY.encode() + b'\\u0000"}',
        "lone surrogate": opening + b'"' + CANARY.encode() + b'\\ud800"}',
        "duplicate names": whole[:-1] + b"," + name.encode() + b':"' + CANARY.encode() + b'"}',
        "NaN": opening + b"NaN}",
        "Infinity": opening + b"-Infinity}",
        "1e400": opening + b"1e400}",
        "2**63+1": opening + str(2**63 + 1).encode() + b"}",
        "10**400": opening + b"1" + b"0" * 400 + b"}",
        "100,000 lists deep": opening + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "100,000 objects deep": opening * 100_000,
        "100,000 names": b"{" + b",".join(b'"n%d":1' % number for number in range(70_000)) + b"}",
        "not closed": whole[:-1],
        "two values": whole + whole,
        "nothing": b"",
        "white space": b"  ",
        "a list": b"[" + whole + b"]",
        "a text": b'"' + CANARY.encode() + b'"',
        "a number": b"1",
        "null": b"null",
        "a form": b"text=" + CANARY.encode(),
        "XML": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "pickle": b"\x80\x04\x95\x00",
    }


MEDIA_TYPES = (
    "",
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/json; charset=utf-16",
    "application/json, text/plain",
    "message/rfc822",
    f"application/{CANARY}",
)
NOT_FOR_SENDERS = {
    "id": "0198c0de-0000-7000-8000-000000000001",
    "version": 99,
    "state": "signed off",
    "role": "approver",
    "roles": ["approver"],
    "actor": "a.patel",
    "decided_by": "a.patel",
    "created_at": "2026-01-01T00:00:00Z",
    "__proto__": {"state": CANARY},
    "__class__": CANARY,
}
"""What a careless service would take into its tables."""


def judged(answer: Any, here: Furnished, before: int) -> str:
    """What is wrong with the answer to a hostile body; empty where nothing is."""
    faults = []
    if answer.status_code not in ALLOWED:
        faults.append(f"status {answer.status_code}")
    if answer.content_type != MEDIA_TYPE:
        faults.append(f"content type {answer.content_type}")
    elif (answer.json["status"], bool(answer.json["detail"])) != (answer.status_code, True):
        faults.append("a problem that does not say what it is")
    if CANARY in answer.text or CANARY in str(answer.headers):
        faults.append("the value comes back")
    if found := OF_THE_MACHINERY.search(answer.text):
        faults.append(f"it tells '{found[0]}'")
    if {"Server", "X-Powered-By", "Set-Cookie"} & set(answer.headers.keys()):
        faults.append("headers that are not ours")
    if len(answer.data) > 60_000:
        faults.append(f"{len(answer.data)} bytes long")
    if here.events() != before:
        faults.append("something happened")
    return f"{', '.join(faults)}: {answer.text[:300]}" if faults else ""


@pytest.mark.parametrize(("name", "operation_name"), TAKING)
def test_a_body_that_cannot_be_read_is_refused_and_changes_nothing(furnished, name, operation_name):
    here, operation = furnished(name), one(name, operation_name)
    request, client = sound(here, operation), here.client(here.permitted(operation))
    before = here.events()
    wrong = {kind: judged(request.sent(client, raw), here, before) for kind, raw in spoilt(request.body).items()}
    for media_type in MEDIA_TYPES:
        answer = request.sent(client, **{"Content-Type": media_type})
        wrong[media_type] = judged(answer, here, before) or "" if answer.status_code == 415 else answer.status_code
    for coding in ("gzip", "br", "identity, gzip", "x"):
        wrong[coding] = judged(request.sent(client, b"\x1f\x8b", **{"Content-Encoding": coding}), here, before)
    assert {kind: fault for kind, fault in wrong.items() if fault} == {}


def inside(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in the body there is an object."""
    if isinstance(value, dict):
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in parts:
        yield from inside(inner, (*path, key))


def changed(body: dict[str, Any], path: tuple[Any, ...], value: Any) -> bytes:
    """The body with another value at one place."""
    copy = json.loads(json.dumps(body))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(copy).encode()


@pytest.mark.parametrize(("name", "operation_name"), TAKING)
def test_what_is_not_the_senders_to_say_is_named_and_refused(furnished, name, operation_name):
    here, operation = furnished(name), one(name, operation_name)
    request, client = sound(here, operation), here.client(here.permitted(operation))
    before = here.events()
    for path in inside(request.body):
        for field, value in NOT_FOR_SENDERS.items():
            answer = request.sent(client, changed(request.body, (*path, field), value))
            assert judged(answer, here, before) == ""
            assert answer.status_code == 422
            assert ".".join(map(str, (*path, field))) in [error["field"] for error in answer.json["errors"]]


HOSTILE_VALUES = (
    None,
    True,
    -1,
    2**63 - 1,
    1.5,
    "",
    " ",
    [],
    {},
    [[]],
    {"surprise": CANARY},
    CANARY * 40_000,
    "\u202e\u2066\ufeff\ufffe\U0010ffff",
    "\x1b[31m\r\nSet-Cookie: a=b\r\n\t\x7f\x85\u2028",
    "'; DROP TABLE event_log; --",
    "%s%n{0}{{7*7}}${7*7}<script>alert(1)</script>",
    "../../../../etc/passwd\\..\\",
    "9999-12-31",
    "0000-00-00",
    "ß" * 1_000 + "e\u0301" * 1_000,
    "(" * 5_000,
    "1" * 5_000,
    "a@" * 5_000,
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in the body there is anything."""
    if path:
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in parts:
        yield from leaves(inner, (*path, key))


@pytest.mark.parametrize(("name", "operation_name"), TAKING)
def test_no_value_in_any_field_is_our_mistake(furnished, name, operation_name):
    """What is a sound value by chance may be taken; whatever is refused is refused in words of ours."""
    here, operation = furnished(name), one(name, operation_name)
    request, client = sound(here, operation), here.client(here.permitted(operation))
    wrong = []
    for path in leaves(request.body):
        for value in HOSTILE_VALUES:
            before = here.events()
            answer = request.sent(client, changed(request.body, path, value))
            if answer.status_code in (200, 201):
                request = sound(here, operation)
            elif answer.status_code == 409:
                assert answer.content_type == MEDIA_TYPE
            elif fault := judged(answer, here, before):
                wrong.append((path, str(value)[:40], fault))
    assert wrong == []


@pytest.mark.parametrize(("name", "operation_name"), UPLOADING)
def test_a_document_that_is_too_long_or_of_another_kind_is_refused(furnished, name, operation_name):
    here, operation = furnished(name), one(name, operation_name)
    request, client = sound(here, operation), here.client(here.permitted(operation))
    before = here.events()
    answers = {
        "too long": request.sent(client, b"x" * (operation.max_body + 1)),
        "nothing": request.sent(client, b""),
        "JSON": request.sent(client, b"{}", **{"Content-Type": "application/json"}),
        "no kind": request.sent(client, **{"Content-Type": ""}),
        "compressed": request.sent(client, **{"Content-Encoding": "gzip"}),
    }
    assert {kind: fault for kind, answer in answers.items() if (fault := judged(answer, here, before))} == {}
    assert answers["too long"].status_code == 413


@pytest.mark.parametrize(("name", "operation_name"), TAKING_NOTHING)
def test_an_operation_that_takes_no_body_takes_none(furnished, name, operation_name):
    here, operation = furnished(name), one(name, operation_name)
    request, client = sound(here, operation), here.client(here.permitted(operation))
    before = here.events()
    for raw in (b'{"state":"%s"}' % CANARY.encode(), b"[]", b"{", b"\xff", b"1" * 2_000_000):
        assert judged(request.sent(client, raw), here, before) == ""


QUERIES = (
    "limit=-1",
    "limit=1e3",
    "limit=" + "9" * 400,
    "after=" + CANARY,
    "after=%00",
    "after=%ff%fe",
    "after=W10",
    "after=" + "W1tbW1tbW1tb" * 80,
    "after=bnVsbA",
    "surprise=1",
    "limit[]=1",
    "limit=1&limit=2",
)


@pytest.mark.parametrize("name", SERVICES)
def test_a_query_that_means_nothing_is_refused(furnished, name):
    here = furnished(name)
    for operation in operations(name):
        if operation.method != "GET" or operation.produces:
            continue
        request, client = sound(here, operation), here.client(here.permitted(operation))
        for query in QUERIES:
            spoilt_request = Request("GET", f"{request.path}?{query}", {}, None, None, "")
            answer = spoilt_request.sent(client)
            assert answer.status_code == 422, (operation.name, query, answer.text)
            assert judged(answer, here, here.events()) == ""


def test_every_operation_that_takes_a_body_is_tried():
    takers = {key for key, what in SOUND.items() if what.body is not None or what.document is not None}
    assert takers == set(TAKING) | set(UPLOADING)
