import dataclasses

import pytest

from shared.chassis.http.app import create_site


@pytest.fixture
def visitor(runtime):
    return runtime.site().test_client()


def test_the_public_reads_pages_without_a_token(visitor, written):
    answer = visitor.get("/")
    assert (answer.status_code, answer.text) == (200, "<p>1 notes</p>")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert visitor.head("/").status_code == 200
    assert visitor.get("/live").status_code == 200
    assert visitor.get("/ready").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_the_public_can_change_nothing(visitor, method):
    for path in ("/", "/nothing"):
        answer = visitor.open(path, method=method)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/notes", "/metrics", "/openapi.json", "/docs"])
def test_nothing_of_the_api_is_on_the_public_site(visitor, path):
    assert visitor.get(path).status_code == 404


def test_trouble_is_a_page_for_people_and_json_for_programs(visitor):
    page = visitor.get("/no<script>", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert '<html lang="en-GB">' in page.text
    assert "<h1>Not found</h1>" in page.text
    assert "<script>" not in page.text
    told = visitor.get("/no", headers={"Accept": "application/json"})
    assert (told.status_code, told.content_type) == (404, "application/problem+json")
    assert told.json["type"] == "/problems/not-found"


def test_an_unexpected_error_tells_the_public_nothing_of_itself(visitor):
    answer = visitor.get("/broken")
    assert answer.status_code == 500
    assert "canary" not in answer.text
    assert answer.headers["X-Correlation-ID"] in answer.text


def test_a_service_without_pages_has_no_site(runtime):
    runtime.service = dataclasses.replace(runtime.service, site=None)
    with pytest.raises(ValueError, match="no pages"):
        create_site(runtime)
