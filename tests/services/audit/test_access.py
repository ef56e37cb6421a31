"""Who may look at what: every role with every action, and nobody without a token."""

import pytest

from services.audit.domain import PERMISSIONS
from services.audit.service import service
from tests.support import new_case_id

ROLES = (
    "foi-officer",
    "decision-maker",
    "approver",
    "reviewer",
    "publisher",
    "party",
    "auditor",
    "information-manager",
    "web-form",
    "ops",
)
CASE, NOBODYS = new_case_id(), new_case_id()
PATHS = {
    "read cases": ("/cases", f"/cases/{CASE}"),
    "read timeline": (f"/cases/{CASE}/timeline",),
    "read events": ("/events", f"/events/{NOBODYS}"),
    "verify": ("/verification",),
    "read statistics": (
        "/statistics/quarters/2026-Q2",
        "/statistics/quarters/2026-Q2/figures.csv",
        "/statistics/backlog",
    ),
}
PAIRS = [(action, path) for action, paths in PATHS.items() for path in paths]


def test_the_table_of_paths_covers_every_operation():
    rules = {operation.rule for routes in service.routes for operation in routes.operations}
    assert len(rules) == sum(map(len, PATHS.values()))
    assert PATHS.keys() == PERMISSIONS.keys()


@pytest.mark.parametrize(("action", "path"), PAIRS)
def test_a_role_may_do_what_the_permissions_say_and_nothing_else(client_as, action, path):
    for role in ROLES:
        answer = client_as(role).get(path)
        if role in PERMISSIONS[action]:
            assert answer.status_code in (200, 404), role
        else:
            assert answer.status_code == 403, role
            assert action in answer.json["detail"]
            assert sorted(PERMISSIONS[action])[0] in answer.json["rule"]


@pytest.mark.parametrize("path", [path for paths in PATHS.values() for path in paths])
def test_nobody_comes_in_without_a_token(app, path):
    assert app.test_client().get(path).status_code == 401


@pytest.mark.parametrize("path", [path for paths in PATHS.values() for path in paths])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed_from_outside(auditor, path, method):
    assert getattr(auditor, method)(path).status_code == 405


@pytest.mark.parametrize("path", [f"/cases/{NOBODYS}", f"/cases/{NOBODYS}/timeline", f"/events/{NOBODYS}"])
def test_what_nobody_has_heard_of_is_not_found(auditor, path):
    answer = auditor.get(path)
    assert (answer.status_code, NOBODYS in answer.json["detail"]) == (404, True)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("/cases/{}?as_at=yesterday", "as_at"),
        ("/cases/{}/timeline?as_at=2026-02-30", "as_at"),
        ("/cases/{}?as_at=9999-12-31", "as_at"),
        ("/cases/{}?as_of=2026-01-01", "as_of"),
        ("/cases?reference=", "reference"),
        ("/cases?after=x", "after"),
        ("/events?case_id=7", "case_id"),
        ("/events?limit=101", "limit"),
        ("/events?after=W10", "after"),
        ("/statistics/quarters/2026-Q5", "quarter"),
        ("/statistics/quarters/2030-Q1", "as_at"),
        ("/statistics/quarters/2026-Q2?as_at=2026-03-31", "as_at"),
        ("/statistics/quarters/2026-Q2?as_at=2030-01-01", "as_at"),
        ("/statistics/quarters/2026-Q2?authority=nowhere", "authority"),
        ("/statistics/quarters/2026-Q2/figures.csv?authority=nowhere", "authority"),
        ("/statistics/backlog?as_at=never", "as_at"),
    ],
)
def test_a_wrong_question_is_told_with_its_field_and_the_next_step(auditor, whole_case, query, field):
    answer = auditor.get(query.format(whole_case))
    assert answer.status_code == 422
    (finding,) = answer.json["errors"]
    assert finding["field"] == field
    assert finding["next_step"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30", "2026-10-25", "2026-03-29"])
def test_every_day_that_has_an_end_can_be_asked_for(auditor, whole_case, day):
    assert auditor.get(f"/cases/{whole_case}?as_at={day}").status_code == 200
