"""Who may do what: every operation asks for an action, every action names roles, every role is explained."""

import re

import pytest

from services import SERVICES
from services.registry import service_named
from shared.chassis.http.views import Routes
from shared.chassis.identity import OPAQUE, SYSTEM_ROLE
from tests.repository.files import text_of

each_service = pytest.mark.parametrize("name", SERVICES)
EXPLAINED = set(
    re.findall(r"^\| `([a-z-]+)` \|", text_of("docs/architecture.md").partition("## Roles")[2], re.MULTILINE)
)


def asked_for(name: str) -> set[str]:
    return {
        operation.action
        for routes in service_named(name).routes
        if isinstance(routes, Routes)
        for operation in routes.operations
    }


@each_service
def test_every_operation_asks_for_an_action_that_somebody_may_do(name):
    permissions = service_named(name).permissions
    assert {action for action in asked_for(name) if not permissions.get(action)} == set()


@each_service
def test_no_permission_is_left_over(name):
    assert set(service_named(name).permissions) - asked_for(name) == set()


@each_service
def test_every_role_is_explained(name):
    assert set().union(*service_named(name).permissions.values()) - EXPLAINED == set()


def test_no_explained_role_is_without_a_permission():
    held = {role for name in SERVICES for roles in service_named(name).permissions.values() for role in roles}
    assert EXPLAINED - held == {"ops"}  # acts through the `candour` command only


def test_no_permission_is_given_to_the_machines_own_role_or_to_one_that_no_token_can_claim():
    for name in SERVICES:
        for roles in service_named(name).permissions.values():
            assert SYSTEM_ROLE not in roles
            assert all(OPAQUE.fullmatch(role) for role in roles)


def test_no_one_role_can_both_decide_and_sign_off():
    permissions = service_named("decision").permissions
    assert permissions["sign off"] & (permissions["decide a part"] | permissions["submit"]) == set()
