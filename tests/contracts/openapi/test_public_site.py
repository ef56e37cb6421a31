"""The public site, asked for anything whatever: a page, or in plain words why there is none; never an error of ours."""

import random
from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.chassis.http.site import POLICY
from tests.contracts.openapi.furnished import furnish

STATUSES = {200, 304, 308, 400, 404, 405, 410, 422}
SITE, SLUG = "metropolitan", "01-foi-23-029461"
PIECES = (
    *("", ".", "..", "/", "//", "%", "%00", "%2e%2e", "%2f", "%5c", "%ff", "\\", "~", "~root", "|", ";", "?", "#", "&"),
    *("static", "disclosures", "documents", "feed.atom", "disclosures.json", ".json", ".git", "etc", "passwd", "..;"),
    *(SITE, SLUG, "gwent", "cleveland", "site.css", "0" * 64, "live", "ready", "metrics", "openapi.json", "docs"),
    *("\u202e", "\x1b[31m", "<script>", "'", '"', "{{7*7}}", "a" * 5_000, "é", "e\u0301", "\ufffd", "\U0001f600"),
)
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW")
ACCEPTS = ("", "*/*", "text/html", "application/json", "application/problem+json", "text/html;q=nan", "x", "\xff")
TOKENS = (
    *("", "x", "%00", "W10", "bnVsbA", "W251bGwsbnVsbF0", "e30", "MQ", "=", "====", "..", "W1tdLFtdXQ"),
    *("after", "a" * 8_000, "%ff%fe", "\ud7ff", "[]", "-1"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    here = furnish("publishing", tmp_path_factory.mktemp("site"))
    yield here.runtime.site()
    here.runtime.engine.dispose()


def checked(answer):
    """The answer, if it is one that anybody may be given."""
    assert answer.status_code in STATUSES, (answer.status_code, answer.request.path)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert "Server" not in answer.headers
    assert not any("\n" in value or "\r" in value for value in answer.headers.values())
    assert "<script>" not in answer.text
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text
    if answer.status_code == 405:
        assert answer.headers["Allow"] == "GET, HEAD"
    if answer.status_code == 308:
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith("//")
    return answer


paths = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=7).map("/".join)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    path=paths,
    query=st.dictionaries(st.sampled_from(("after", "q", "limit", "", "after[]")), st.text(max_size=30), max_size=3),
    method=st.sampled_from(METHODS),
    accept=st.sampled_from(ACCEPTS),
    known=st.sampled_from(
        ("", "1", '"x"', "*", "W/", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT")
    ),
)
def test_whatever_is_asked_for_is_answered_properly(site, path, query, method, accept, known):
    headers = {"Accept": accept, "If-None-Match": known, "If-Modified-Since": known, "Range": "bytes=5-1,-9"}
    with site.test_client().open(
        quote("/" + path.lstrip("/"), safe="/%"), method=method, query_string=query, headers=headers
    ) as answer:
        checked(answer)
        assert answer.status_code in (404, 405) or method in ("GET", "HEAD")


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("page", [f"/{SITE}/", f"/{SITE}/disclosures.json"])
def test_a_page_token_that_nobody_gave_out_is_refused(site, token, page):
    answer = checked(site.test_client().get(page, query_string={"after": token}))
    assert answer.status_code in (400, 422)
    assert len(token) < 5 or token not in answer.text


def test_a_page_token_that_was_tampered_with_is_never_our_mistake(site):
    choose = random.Random(20_260_615)
    good = urlsafe_b64encode(b'["2026-06-15T09:00:00+00:00","0198c0de-0000-7000-8000-000000000001"]').decode()
    client = site.test_client()
    assert checked(client.get(f"/{SITE}/?after={good.rstrip('=')}")).status_code == 200
    for _ in range(150):
        spoilt = bytearray(good.encode())
        for _ in range(choose.randint(1, 4)):
            spoilt[choose.randrange(len(spoilt))] = choose.randrange(33, 127)
        checked(client.get(f"/{SITE}/", query_string={"after": spoilt.decode()}))


VALUES = (
    '["9999-12-31T23:59:59+00:00","x"]',
    '["0001-01-01T00:00:00+14:00","x"]',
    '["9999-12-31T23:59:59-14:00","x"]',
    '["2026-06-15","x"]',
    '["2026-06-15T09:00:00","x"]',
    '["2026-06-15T09:00:00Z",1]',
    '["2026-06-15T09:00:00Z","\\ud800"]',
    '["2026-06-15T09:00:00Z","\\u0000"]',
    "[1e400,1]",
    "[true,null]",
    "[" * 700,
    "1" * 700,
    '{"a":1}',
)


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_a_page_token_with_other_things_inside_is_never_our_mistake(site, value):
    token = urlsafe_b64encode(value.encode()).decode().rstrip("=")
    assert checked(site.test_client().get(f"/{SITE}/?after={token}")).status_code in (200, 422)


@pytest.mark.parametrize(
    "query", ["a=" + "b" * 8_000, "&".join(f"a{number}=1" for number in range(1_000)), "a" * 8_000, "=&=&=", "%", ";;;"]
)
@pytest.mark.parametrize("page", ["/", f"/{SITE}/", f"/{SITE}/feed.atom", f"/{SITE}/disclosures/{SLUG}"])
def test_a_huge_or_senseless_query_is_never_our_mistake(site, query, page):
    checked(site.test_client().get(f"{page}?{query}"))


UP = ("..", "%2e%2e", ".%2e", "..%2f..", "..%5c..", "..\\..", "....//", "%252e%252e", "..%c0%af..", "..;")


@pytest.mark.parametrize("up", UP)
def test_no_path_leads_out_of_the_site(site, up):
    for start in ("/static", f"/{SITE}", f"/{SITE}/disclosures", f"/{SITE}/disclosures/{SLUG}/documents/{'0' * 64}"):
        for end in ("etc/passwd", "pages.py", "site/pages.py", "publishing.db"):
            with site.test_client().get(f"{start}/{up}/{up}/{up}/{end}") as answer:
                assert checked(answer).status_code in (400, 404)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.org"},
        {"Host": "a" * 5_000},
        {"Host": '"><script>'},
        {"X-Forwarded-Host": "example.org", "X-Forwarded-Proto": "javascript"},
        {"X-Correlation-ID": "a" * 5_000},
        {"X-Correlation-ID": "<script>"},
        {"traceparent": "00-" + "z" * 500},
        {"Cookie": "session=" + "a" * 5_000},
        {"Authorization": "Bearer " + "a" * 5_000},
        {"X-HTTP-Method-Override": "DELETE"},
        {"Accept-Language": "a" * 5_000},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_changes_what_anybody_sees(site, headers):
    for page in ("/", f"/{SITE}/", f"/{SITE}/feed.atom", f"/{SITE}/disclosures/{SLUG}", "/nothing/"):
        answer = checked(site.test_client().get(page, headers=headers))
        assert "example.org" not in str(answer.headers)
        assert answer.status_code == (404 if page == "/nothing/" else 200) or "Host" in headers


@pytest.mark.parametrize("host", ["localhost", "example.org", "example.org@localhost", '"><script>', "", "a:b"])
def test_the_way_to_a_page_with_its_slash_stays_on_this_host(site, host):
    answer = checked(site.test_client().get(f"/{SITE}?after=x", headers={"Host": host}))
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/{SITE}/?after=x")
