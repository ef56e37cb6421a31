"""The ledger shows by itself that it is what came, and where it is not."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from services.audit.models import ledger
from services.audit.verification import check_source
from shared.chassis.events.log import link
from tests.services.audit.happenings import CAME
from tests.support import new_case_id, take_in


@pytest.fixture
def six(unguarded, intake):
    """Six events of intake in a ledger without its guard."""
    envelopes = [intake.says(CAME, subject=new_case_id()) for _ in range(6)]
    take_in(unguarded)
    return [envelope.id for envelope in envelopes]


def at(position):
    return (ledger.c.source == "intake") & (ledger.c.position == position)


def edit(connection):
    body = connection.execute(select(ledger.c.body).where(at(3))).scalar_one()
    connection.execute(update(ledger).where(at(3)).values(body=bytes(body).replace(b"web-form", b"web-farm")))


def edit_and_link_again(connection):
    edit(connection)
    previous = connection.execute(select(ledger.c.chain).where(at(2))).scalar_one()
    body = connection.execute(select(ledger.c.body).where(at(3))).scalar_one()
    connection.execute(update(ledger).where(at(3)).values(chain=link(previous, bytes(body))))


def swap(connection):
    bodies = dict(connection.execute(select(ledger.c.position, ledger.c.body)).all())
    for position, other in ((3, 4), (4, 3)):
        connection.execute(update(ledger).where(at(position)).values(body=bodies[other]))


def remove(connection):
    connection.execute(delete(ledger).where(at(3)))


def change_a_column(connection):
    connection.execute(update(ledger).where(at(3)).values(actor_id="somebody.else"))


def spoil(connection):
    connection.execute(update(ledger).where(at(3)).values(body=b"{"))


def test_a_ledger_as_it_came_is_intact(auditor, whole_case):
    shown = auditor.get("/verification").json
    assert shown["intact"]
    assert [(one["source"], one["contiguous"], one["fault"]) for one in shown["sources"]] == [
        (name, True, None) for name in ("consultation", "decision", "intake", "publishing")
    ]


def test_an_empty_ledger_is_intact(auditor):
    assert auditor.get("/verification").json == {"intact": True, "sources": []}


@pytest.mark.parametrize(
    ("attack", "position"),
    [(edit, 3), (edit_and_link_again, 4), (swap, 3), (remove, 3), (change_a_column, 3), (spoil, 3)],
)
def test_tampering_with_the_ledger_is_found_and_the_event_named(unguarded, six, auditor, attack, position):
    with unguarded.engine.begin() as connection:
        attack(connection)
    shown = auditor.get("/verification").json
    (source,) = shown["sources"]
    assert not shown["intact"]
    assert not source["intact"]
    assert source["fault"]["position"] == position
    assert source["fault"]["event_id"] == (None if attack is remove else six[position - 1])


def test_an_event_that_has_not_come_yet_is_named_as_missing(runtime, intake, auditor):
    envelope = intake.says(CAME, subject=new_case_id())
    intake.sends(replace(envelope, id=new_case_id(), subject=new_case_id(), sequence=3))
    take_in(runtime)
    (source,) = auditor.get("/verification").json["sources"]
    assert (source["contiguous"], source["events"], source["last_position"]) == (False, 2, 3)
    assert (source["fault"]["position"], source["fault"]["event_id"]) == (2, None)


def test_a_change_behind_a_gap_is_told_before_the_gap(unguarded, six):
    with unguarded.engine.begin() as connection:
        connection.execute(delete(ledger).where(at(2)))
        connection.execute(update(ledger).where(at(5)).values(chain="0" * 64))
        found = check_source(connection, "intake")
    assert found is not None
    assert (found.service, found.position, found.event_id) == ("intake", 5, six[4])


def test_a_ledger_whose_beginning_was_cut_off_is_found(unguarded, six):
    with unguarded.engine.begin() as connection:
        connection.execute(delete(ledger).where(at(1)))
        found = check_source(connection, "intake")
    assert found is not None
    assert (found.position, found.event_id) == (1, None)
