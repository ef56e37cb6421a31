import base64
import json

import pytest


@pytest.fixture
def many(writer, clock):
    for number in range(7):
        assert writer.post("/notes", json={"text": f"note {number}"}).status_code == 201
        clock.move(seconds=number % 2)  # some are written in the same instant


def walk(client, path, limit):
    shown, after = [], None
    for _ in range(20):
        page = client.get(path, query_string={"limit": limit, **({"after": after} if after else {})}).json
        assert len(page["items"]) <= limit
        shown += [item["text"] for item in page["items"]]
        after = page["next"]
        if after is None:
            return shown
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_of_any_size_show_every_row_once_and_in_order(many, writer, limit):
    expected = [f"note {number}" for number in range(7)]
    assert walk(writer, "/notes", limit) == expected
    assert walk(writer, "/latest", limit) == expected[::-1]


def test_a_row_that_goes_meanwhile_takes_no_other_with_it(many, writer, runtime):
    from sqlalchemy import delete

    from tests.unit.http.notes import note

    first = writer.get("/notes?limit=3").json
    with runtime.engine.begin() as connection:
        connection.execute(delete(note).where(note.c.id == first["items"][-1]["id"]))
    following = writer.get("/notes", query_string={"limit": 3, "after": first["next"]}).json
    assert [item["text"] for item in following["items"]] == ["note 3", "note 4", "note 5"]


def test_filters_hold_over_pages(many, writer):
    assert len(writer.get("/notes?state=written&state=torn").json["items"]) == 7
    assert writer.get("/notes?state=torn").json == {"items": [], "next": None}


@pytest.mark.parametrize(
    "position",
    [
        [],
        ["2026-06-15T09:00:00+00:00"],
        ["2026-06-15T09:00:00", "x"],
        [1, "x"],
        ["2026-06-15T09:00:00+00:00", 1],
        ["2026-06-15T09:00:00+00:00", "a\x00"],
        ["2026-06-15T09:00:00+00:00", "\ud800"],
        ["2026-06-15T09:00:00+00:00", None],
        {"a": 1},
        "x",
        [["x"], {}],
    ],
)
def test_a_token_that_was_tampered_with_is_422(many, writer, position):
    token = base64.urlsafe_b64encode(json.dumps(position).encode()).decode()
    answer = writer.get("/notes", query_string={"after": token})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["next_step"]


@pytest.mark.parametrize("token", ["é", "a", "====", "W1tb" * 200, "bm90IGpzb24"])
def test_a_token_that_is_none_is_422(writer, token):
    assert writer.get("/notes", query_string={"after": token}).status_code == 422
