import base64

import pytest


def test_nothing_but_live_and_ready_answers_without_a_token(app):
    client = app.test_client()
    open_to_all = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if client.open(rule.rule.replace("<uuid:note_id>", "0" * 8), method="GET").status_code != 401
    ]
    assert sorted(open_to_all) == ["/live", "/ready"]
    assert client.get("/no-such-place").status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5", "Negotiate x"])
def test_a_missing_or_senseless_token_is_401_with_a_challenge(app, header):
    answer = app.test_client().get("/notes", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json["type"] == "/problems/not-authenticated"


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/docs/docs.js", "/docs/swagger/swagger-ui.css"])
def test_a_browser_reads_the_docs_with_the_token_as_its_password(app, issuer, path):
    client = app.test_client()
    assert client.get(path).headers["WWW-Authenticate"].startswith("Basic")
    password = base64.b64encode(f"me:{issuer.token('a.patel', [])}".encode()).decode()
    with client.get(path, headers={"Authorization": f"Basic {password}"}) as answer:
        assert answer.status_code == 200
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert client.get("/notes", headers={"Authorization": f"Basic {password}"}).status_code == 401
    wrong = client.get(path, headers={"Authorization": "Basic bWU6eA=="})
    assert wrong.status_code == 401
    assert wrong.headers["WWW-Authenticate"].startswith("Basic")


def test_a_role_that_does_not_permit_the_action_is_403_with_the_roles_that_do(client_as):
    answer = client_as("reader").post("/notes", json={"text": "x"})
    assert answer.status_code == 403
    assert "writer" in answer.json["rule"]
    assert answer.json["next_step"]


def test_the_event_names_the_person_and_the_role_that_permitted_the_act(runtime, client_as):
    from tests.support import log_of

    assert client_as("reader", "writer").post("/notes", json={"text": "x"}).status_code == 201
    [envelope] = log_of(runtime)
    assert (envelope.actor_id, envelope.actor_role) == ("a.patel", "writer")


def test_metrics_are_for_the_role_ops(client_as):
    assert client_as("writer").get("/metrics").status_code == 403
    assert client_as("ops").get("/metrics").status_code == 200


def test_a_route_whose_action_nobody_may_do_stops_the_app_from_being_built(runtime):
    import dataclasses

    from shared.chassis.http.app import create_app

    runtime.service = dataclasses.replace(runtime.service, permissions={})
    with pytest.raises(ValueError, match="no permission 'write'"):
        create_app(runtime)
