import json

import pytest
from sqlalchemy import text

from shared.chassis.events.log import event_log_head


def test_a_service_with_its_database_in_shape_is_live_and_ready(app):
    client = app.test_client()
    assert client.get("/live").json == {"status": "live"}
    ready = client.get("/ready")
    assert (ready.status_code, ready.json["checks"]) == (200, {"database": "ok", "migrations": "ok"})


def test_a_service_that_lacks_a_migration_is_not_ready_and_says_which(app, runtime):
    with runtime.engine.begin() as connection:
        connection.execute(text("delete from alembic_version where version_num = 'notes_0001'"))
    answer = app.test_client().get("/ready")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json["checks"] == {"database": "ok", "migrations": "missing: notes_0001"}


@pytest.fixture
def without_database(runtime, monkeypatch, tmp_path):
    """The database is gone: where its file was, there is a folder."""
    from shared.chassis.database import open_engine

    (tmp_path / "gone").mkdir()
    runtime.engine.dispose()
    lost = open_engine(f"sqlite:///{tmp_path}/gone")
    monkeypatch.setattr(runtime, "engine", lost)
    yield
    lost.dispose()


def test_without_its_database_a_service_is_live_but_not_ready_and_answers_503(app, writer, client_as, without_database):
    assert writer.get("/live").status_code == 200
    ready = writer.get("/ready")
    assert ready.status_code == 503
    assert ready.json["checks"]["database"] != "ok"
    for answer in (writer.get("/notes"), writer.post("/notes", json={"text": "x"})):
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "candour_database_up 0.0" in client_as("ops").get("/metrics").text


def test_a_database_that_never_answers_does_not_hold_up_the_answer(app, runtime, monkeypatch):
    import threading

    stuck = threading.Event()
    monkeypatch.setattr("shared.chassis.http.health.PATIENCE", 0.05)
    monkeypatch.setattr(runtime, "migrations_pending", lambda: stuck.wait(20) and [])
    client = app.test_client()
    assert client.get("/ready").status_code == 503
    assert client.get("/ready").status_code == 503
    stuck.set()


def test_every_series_of_the_routes_exists_before_the_first_request(client_as):
    text_format = client_as("ops").get("/metrics").text
    for status in ("2xx", "4xx", "5xx"):
        series = 'candour_http_requests_total{method="PUT",route="/notes/<uuid:note_id>/picture",service="notes",'
        assert f'{series}status="{status}"}} ' in text_format
    assert 'candour_parked_messages{service="notes"} 0.0' in text_format


def test_requests_are_counted_by_route_and_class_of_status(writer, client_as):
    def count(client):
        lines = client.get("/metrics").text.splitlines()
        wanted = 'candour_http_requests_total{method="POST",route="/notes",service="notes",status="2xx"} '
        return next(float(line.removeprefix(wanted)) for line in lines if line.startswith(wanted))

    ops = client_as("ops")
    before = count(ops)
    writer.post("/notes", json={"text": "x"})
    assert count(ops) == before + 1


def test_the_description_says_every_status_that_can_come_back(writer):
    document = writer.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    pin = document["paths"]["/notes/{note_id}/pin"]["post"]
    assert {"200", "401", "403", "404", "409", "412", "422", "428", "503"} <= set(pin["responses"])
    problem = document["components"]["responses"]["Problem409"]["content"]
    assert list(problem) == ["application/problem+json"]
    assert document["components"]["schemas"]["WriteNote"]["additionalProperties"] is False
    assert document["components"]["schemas"]["Line"]["additionalProperties"] is False
    assert json.dumps(document).count('"Idempotency-Key"') == 1


def test_every_answer_has_the_headers_that_make_a_browser_careful(writer, app):
    for answer in (writer.get("/notes"), writer.get("/nothing"), app.test_client().get("/notes")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Correlation-ID"]


def test_a_method_that_is_not_possible_is_405_with_those_that_are(writer):
    answer = writer.delete("/notes")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert answer.content_type == "application/problem+json"
    assert writer.options("/notes").status_code == 405
    assert writer.open("/notes", method="BREW").status_code == 405


@pytest.mark.parametrize("name", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "/etc/passwd", "swagger/../../app.py"])
def test_the_docs_give_out_nothing_but_their_own_files(writer, name):
    assert writer.get(f"/docs/{name}").status_code == 404


def test_the_vendored_files_are_the_ones_that_were_published():
    from hashlib import sha256

    from shared.chassis.http.docs import STATIC

    sums = [line.split() for line in (STATIC / "swagger/VERSION").read_text().splitlines() if line[:1].isalnum()]
    listed = {name: digest for digest, name in (words for words in sums if len(words) == 2)}
    assert set(listed) == {"swagger-ui.css", "swagger-ui-bundle.js"}
    for name, digest in listed.items():
        assert sha256((STATIC / "swagger" / name).read_bytes()).hexdigest() == digest


def test_the_log_is_reached_by_the_same_transaction(runtime, writer):
    writer.post("/notes", json={"text": "x"})
    with runtime.engine.connect() as connection:
        assert connection.execute(event_log_head.select()).one().position == 1
