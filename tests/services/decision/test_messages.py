"""What other services say takes effect once, and the projections can be built again from it."""

from sqlalchemy import delete, select

from services.decision.models import metadata
from services.decision.service import service
from shared.chassis.events.consumer import handle
from shared.chassis.events.envelope import Envelope
from tests.services.decision import said
from tests.services.decision.said import DISCLOSED, send
from tests.support import new_case_id, take_in


def test_a_case_that_is_announced_twice_is_taken_in_once(runtime, intake, decider):
    case_id = new_case_id()
    envelope = intake.says(said.accepted(), subject=case_id)
    intake.sends(envelope)
    take_in(runtime)
    send(decider, "PUT", f"/cases/{case_id}/parts/2", DISCLOSED)
    intake.sends(envelope)
    take_in(runtime)
    case = decider.get(f"/cases/{case_id}").json
    assert (case["version"], case["decided"], len(case["parts"])) == (2, 1, 4)


def test_advice_that_is_delivered_twice_is_there_once(case_id, consultation, broker, runtime, decider):
    for received in broker.read_all():
        consultation.sends(Envelope.from_bytes(received.value))
    take_in(runtime)
    assert len(decider.get(f"/cases/{case_id}").json["advice"]) == 1


def test_advice_that_comes_late_is_no_longer_overdue(accept, consult, decider):
    case_id = accept()
    consult(case_id, said.opened(), said.overdue(), said.answered())
    (given,) = decider.get(f"/cases/{case_id}").json["advice"]
    assert (given["state"], given["reply_by"]) == ("answered", "2026-06-26")


def test_who_was_consulted_is_shown_when_it_is_over(accept, consult, decider):
    case_id = accept()
    assert decider.get(f"/cases/{case_id}").json["consulted"] is None
    consult(case_id, said.concluded())
    assert decider.get(f"/cases/{case_id}").json["consulted"] == [
        {
            "party": "ctphq",
            "organisation": "Counter Terrorism Policing Headquarters",
            "position": "Freedom of information lead",
            "asked_on": "2026-06-15",
            "replied": True,
        }
    ]


def test_a_case_whose_reply_has_left_is_finished(case_id, intake, runtime, decider):
    intake.says(said.dispatched(), subject=case_id)
    take_in(runtime)
    assert decider.get(f"/cases/{case_id}").json["finished"] is True


def test_the_projections_come_out_the_same_when_they_are_built_again(case_id, intake, runtime, broker, clock):
    intake.says(said.dispatched(), subject=case_id)
    take_in(runtime)
    before = everything(runtime)
    clock.move(days=30)
    with runtime.engine.begin() as connection:
        for table in service.projections:
            connection.execute(delete(table))
        for received in broker.read_all():
            envelope = Envelope.from_bytes(received.value)
            uow = runtime.consuming(connection, envelope, [])
            handle(service.subscriptions, uow, envelope, acting=False)
            assert uow.pending == []
    assert everything(runtime) == before


def everything(runtime):
    with runtime.engine.connect() as connection:
        tables = metadata.sorted_tables
        return {table.name: connection.execute(select(table).order_by(*table.primary_key)).all() for table in tables}
