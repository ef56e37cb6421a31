"""What no client library would say, said to a service that is really served: it is refused, and others are served."""

import re
import time
from collections.abc import Iterator

import pytest

from tests.contracts.openapi.furnished import furnish
from tests.contracts.openapi.serving import Answer, Served, answer_on, serving

pytestmark = pytest.mark.timeout(120)
JSON = "Content-Type: application/json\r\n"
CHUNKED = f"{JSON}Transfer-Encoding: chunked\r\n"
WITHIN = 8.0
"""Seconds that no answer here may take."""
OF_THE_MACHINERY = re.compile(r"Traceback|site-packages|werkzeug|flask|python|File \"|gunicorn", re.IGNORECASE)


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("raw")


@pytest.fixture(scope="module")
def token(state) -> str:
    here = furnish("intake", state)
    here.runtime.engine.dispose()
    return here.token("foi-officer")["Authorization"]


@pytest.fixture(scope="module")
def served(state, token) -> Iterator[Served]:
    with serving("intake", state) as served:
        yield served


def said(token: str, start: str, headers: str = "", body: bytes = b"", version: str = "1.1") -> bytes:
    """A request as bytes, by somebody who may."""
    head = f"{start} HTTP/{version}\r\nHost: a\r\nAuthorization: {token}\r\n{headers}\r\n"
    return head.encode("latin-1") + body


def at_work(served: Served) -> bool:
    return served.say(b"GET /live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status == 200


def sound_refusal(answer: Answer) -> bool:
    """Refused in time, without a word of what is behind."""
    told = not OF_THE_MACHINERY.search(answer.text) and not re.search(r"\d", answer.headers.get("server", ""))
    return told and answer.seconds < WITHIN and "set-cookie" not in answer.headers


BODIES: dict[str, tuple[str, bytes, set[int]]] = {
    "a chunk's size that is no number": (CHUNKED, b"zz\r\nabc\r\n0\r\n\r\n", {400}),
    "a chunk's size below nothing": (CHUNKED, b"-1\r\nabc\r\n0\r\n\r\n", {400}),
    "a chunk's size beyond all memory": (CHUNKED, b"ffffffffffffffff\r\nabc\r\n0\r\n\r\n", {400, 413}),
    "a chunk's size with a sign": (CHUNKED, b"+2\r\n{}\r\n0\r\n\r\n", {400}),
    "a chunk that is cut short": (CHUNKED, b"10\r\nabc", {400}),
    "chunks without an end": (CHUNKED, b"2\r\n{}", {400}),
    "a chunk without its line end": (CHUNKED, b"2\r\n{}xx0\r\n\r\n", {400}),
    "a chunk with an extension": (CHUNKED, b"2;a=b\r\n{}\r\n0\r\n\r\n", {400, 422}),
    "3 MB in chunks": (CHUNKED, (b"10000\r\n" + b" " * 65_536 + b"\r\n") * 48 + b"0\r\n\r\n", {413}),
    "two lengths": (f"{JSON}Content-Length: 2\r\nContent-Length: 3\r\n", b"{}x", {400}),
    "the same length twice": (f"{JSON}Content-Length: 2\r\nContent-Length: 2\r\n", b"{}", {400}),
    "a list of lengths": (f"{JSON}Content-Length: 2, 2\r\n", b"{}", {400}),
    "a length below nothing": (f"{JSON}Content-Length: -1\r\n", b"{}", {400}),
    "a length with a sign": (f"{JSON}Content-Length: +2\r\n", b"{}", {400}),
    "a length in hexadecimal": (f"{JSON}Content-Length: 0x2\r\n", b"{}", {400}),
    "a length beyond all memory": (f"{JSON}Content-Length: {'9' * 30}\r\n", b"{}", {400, 413}),
    "less than its length": (f"{JSON}Content-Length: 20\r\n", b"{}", {400}),
    "a length and chunks": (f"{JSON}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n", {400}),
    "chunks and a length": (f"{CHUNKED}Content-Length: 2\r\n", b"2\r\n{}\r\n0\r\n\r\n", {400}),
    "an unknown transfer coding": (f"{JSON}Transfer-Encoding: xchunked\r\n", b"{}", {400, 501}),
    "a compressed transfer": (f"{JSON}Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n", {400, 501}),
    "chunked twice": (CHUNKED + "Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", {400}),
    "a space before the colon": (f"{JSON}Transfer-Encoding : chunked\r\n", b"0\r\n\r\n", {400}),
    "chunked behind a line break": (f"{JSON}X-A: b\r\n Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", {400}),
    "an expectation that nobody knows": (f"{JSON}Expect: wonders\r\nContent-Length: 2\r\n", b"{}", {417}),
    "a method in a header": (f"{JSON}X-HTTP-Method-Override: DELETE\r\nContent-Length: 2\r\n", b"{}", {422}),
}


@pytest.mark.parametrize(("headers", "body", "statuses"), BODIES.values(), ids=BODIES.keys())
def test_a_body_whose_end_can_be_disputed_is_refused(served, token, headers, body, statuses):
    answer = served.say(said(token, "POST /cases", headers, body))
    assert answer.status in statuses, answer.text
    assert sound_refusal(answer), answer


DISPUTED = {kind: (headers, body) for kind, (headers, body, statuses) in BODIES.items() if statuses <= {400, 501}}


@pytest.mark.parametrize(("headers", "body"), DISPUTED.values(), ids=DISPUTED.keys())
def test_what_stands_behind_such_a_body_is_not_taken_for_another_request(served, token, headers, body):
    """Whoever stands between might see one request where this service sees two."""
    with served.connect(timeout=WITHIN) as connection:
        connection.sendall(said(token, "POST /cases", headers, body) + said(token, "GET /cases"))
        answer = answer_on(connection, time.monotonic())
    assert answer.status >= 400
    assert answer.closed
    assert b'"items"' not in answer.body


STARTS: dict[str, tuple[str, set[int]]] = {
    "no version": ("GET /cases\r\nX: ", {400}),
    "up and away": ("GET /docs/../../../etc/passwd", {404}),
    "up, escaped": ("GET /docs/%2e%2e/%2e%2e/docs.py", {404}),
    "up, half escaped": ("GET /docs/..%2f..%2fdocs.py", {404}),
    "up, escaped twice": ("GET /docs/%252e%252e%252fdocs.py", {404}),
    "up, with the other slash": ("GET /docs/..\\..\\docs.py", {404}),
    "from the root": ("GET /docs//etc/passwd", {404}),
    "from the root, escaped": ("GET /docs/%2fetc%2fpasswd", {404}),
    "two slashes": ("GET //etc/passwd", {404}),
    "NUL": ("GET /docs/docs.html%00.css", {404}),
    "not UTF-8": ("GET /cases/%ff%fe", {404}),
    "a percent sign alone": ("GET /cases/%zz%", {404}),
    "a path of 100 KB": (f"GET /{'a' * 100_000}", {414}),
    "a query of 100 KB": (f"GET /cases?q={'a' * 100_000}", {414}),
    "no path": ("GET *", {400}),
    "a tunnel": ("CONNECT example.org:443", {400, 404, 405}),
    "an echo": ("TRACE /cases", {405}),
    "options of everything": ("OPTIONS *", {400, 404, 405}),
    "a method in small letters": ("get /cases", {400, 405}),
    "a method of 5 KB": (f"{'A' * 5_000} /cases", {400}),
    "a method that nobody knows": ("BREW /cases", {405}),
    "somebody else's address": ("GET http://example.org:99999999/nothing", {400, 404}),
}


@pytest.mark.parametrize(("start", "statuses"), STARTS.values(), ids=STARTS.keys())
def test_a_strange_request_line_leads_nowhere(served, token, start, statuses):
    answer = served.say(said(token, start))
    assert answer.status in statuses, answer.text
    assert sound_refusal(answer), answer
    assert b"root:" not in answer.body


HEADERS: dict[str, tuple[str, set[int]]] = {
    "100 KB in one": (f"X-A: {'a' * 100_000}\r\n", {431}),
    "a thousand": ("".join(f"X-{number}: a\r\n" for number in range(1_000)), {431}),
    "NUL": ("X-A: a\0b\r\n", {400}),
    "a bare carriage return": ("X-A: a\rX-B: c\r\n", {400}),
    "no colon": ("nonsense\r\n", {400}),
    "a continued line": ("X-A: a\r\n b\r\n", {400}),
    "not ASCII": ("X-Correlation-ID: \xff\xfe\r\n", {200, 400}),
    "two schemes": ("X-Forwarded-Proto: https\r\nX-Forwarded-Protocol: http\r\n", {200, 400}),
    "another host": ("X-Forwarded-Host: example.org\r\nForwarded: for=1;host=example.org\r\n", {200}),
    "another protocol": ("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n", {200}),
    "a web socket": ("Upgrade: websocket\r\nConnection: Upgrade\r\n", {200, 400, 404, 405}),
    "a name with an underscore": ("X_HTTP_AUTHORIZATION: x\r\n", {200, 400}),
    "the application's place": ("SCRIPT_NAME: /elsewhere\r\n", {200, 400}),
    "the application's path": ("PATH_INFO: /live\r\n", {200, 400}),
}


@pytest.mark.parametrize(("headers", "statuses"), HEADERS.values(), ids=HEADERS.keys())
def test_a_strange_header_changes_nothing(served, token, headers, statuses):
    answer = served.say(said(token, "GET /cases", headers))
    assert answer.status in statuses, answer.text
    assert sound_refusal(answer), answer
    assert answer.status != 200 or b'"items"' in answer.body


@pytest.mark.parametrize("name", ["X-User", "X-Forwarded-User", "Remote-User", "REMOTE_USER", "X-Roles", "X-Role"])
def test_nobody_is_somebody_by_a_header(served, name):
    raw = f"GET /cases HTTP/1.1\r\nHost: a\r\n{name}: foi-officer\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n"
    assert served.say(raw.encode()).status == 401


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n" * 1_000,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET /live HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + b"x" * 100,
        b"GET /live HTTP/1.1\nHost: a\n\n",
        b"GET /live HTTP/9.9\r\nHost: a\r\n\r\n",
        b"GET /live\r\n",
        bytes(range(256)) * 10,
        b"x" * 200_000,
        b"",
    ],
    ids=["empty lines", "HTTP/2", "PROXY", "TLS", "bare line feeds", "HTTP/9.9", "HTTP/0.9", "noise", "x", "nothing"],
)
def test_what_is_not_this_protocol_is_refused_or_hung_up_on(served, raw):
    answer = served.say(raw)
    assert answer.status in {0, 400, 414, 431}, answer.text
    assert sound_refusal(answer)
    assert at_work(served)


def test_old_clients_are_served(served, token):
    assert served.say(said(token, "GET /cases", version="1.0")).status == 200


def test_fewer_unfinished_requests_than_threads_hinder_nobody_else(served, token):
    """Some begin to speak and then say no more. Each keeps a thread, of which there are eight: against more of them
    than that only a proxy helps that hands on nothing but whole requests."""
    begun = [
        b"GET /live HTTP/1.1\r\nHost: a\r\nX-",
        said(token, "POST /cases", f"{JSON}Content-Length: 50\r\n", b"{"),
        said(token, "POST /cases", CHUNKED, b"5\r\n{"),
    ]
    waiting = [served.connect() for _ in range(6)]
    try:
        for connection, raw in zip(waiting, begun * 2, strict=True):
            connection.sendall(raw)
        for _ in range(5):
            assert at_work(served)
    finally:
        for connection in waiting:
            connection.close()
    assert at_work(served)


def test_nothing_that_was_said_here_ended_in_an_error_of_ours(served):
    """Last in the file, so that it sees what all of the above left in the log."""
    assert at_work(served)
    log = served.log.read_text()
    assert [line for line in log.splitlines() if "Traceback" in line or "internal-error" in line] == []
