"""What publishing makes of the events of the other services."""

from dataclasses import replace
from hashlib import sha256

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from services.publishing.models import entry, metadata
from services.publishing.service import service
from shared.chassis.events import parking
from shared.chassis.events.consumer import Consumer
from shared.chassis.events.replay import differences, replay
from shared.chassis.events.values import Code, Digest
from shared.contracts.values import CitationText, Label, PartOutcome
from tests.services.publishing.replies import ALL_DENIED, NINE_QUESTIONS, TWO_AUTHORITIES
from tests.support import log_of, new_case_id, send_out, take_in


def rows(runtime, table):
    with runtime.reading(None) as uow:
        return uow.all(select(table))


def recorded(runtime):
    return [envelope for envelope in log_of(runtime) if envelope.type.startswith("foi.publishing.entry-")]


def test_when_a_reply_has_left_its_entry_stands_ready(runtime, others):
    case_id = others.answered(TWO_AUTHORITIES)
    [made] = rows(runtime, entry)
    assert (made.id, made.state, made.version) == (case_id, "prepared", 1)
    assert made.release_on.isoformat() == "2026-06-22"
    assert made.content["parts"][0]["answer"] == "No."
    assert (made.in_time, made.working_day) == (False, 27)
    [envelope] = recorded(runtime)
    assert envelope.type == "foi.publishing.entry-prepared.v1"
    assert envelope.subject == case_id
    assert envelope.data == {"sites": ["norfolk", "suffolk"], "release_on": "2026-06-22"}


def test_a_duplicate_delivery_changes_nothing(runtime, others):
    case_id = new_case_id()
    others.accepted(NINE_QUESTIONS, case_id)
    others.signed_off(NINE_QUESTIONS, case_id)
    others.dispatched(NINE_QUESTIONS, case_id)
    for received in list(runtime.broker.read_all()):
        runtime.broker.store([received])
    assert take_in(runtime) == 6
    assert len(rows(runtime, entry)) == len(recorded(runtime)) == 1


def test_a_reply_that_leaves_a_second_time_is_the_same_entry(runtime, others):
    case_id = others.answered(ALL_DENIED)
    others.dispatched(ALL_DENIED, case_id)
    take_in(runtime)
    assert len(rows(runtime, entry)) == len(recorded(runtime)) == 1


def test_a_letter_other_than_the_one_signed_off_is_held_for_a_person(runtime, others):
    case_id = new_case_id()
    others.accepted(ALL_DENIED, case_id)
    others.signed_off(ALL_DENIED, case_id)
    others.dispatched(ALL_DENIED, case_id, letter="f" * 64)
    take_in(runtime)
    [made] = rows(runtime, entry)
    assert made.state == "held"
    assert "PUB-05" in made.hold_reason
    assert [envelope.type for envelope in recorded(runtime)][-1] == "foi.publishing.entry-held.v1"


def test_a_request_for_ones_own_data_is_held(runtime, others):
    own = PartOutcome(label=Label("1"), outcome=Code("ncnd"), citations=(CitationText("40(5A)"),))
    others.answered(ALL_DENIED, outcomes=(own,))
    [made] = rows(runtime, entry)
    assert made.state == "held"
    assert "PUB-03" in made.hold_reason


def test_a_reply_that_is_not_in_the_store_is_parked_and_taken_up_when_it_is(runtime, others, monkeypatch):
    monkeypatch.setattr("shared.chassis.events.consumer.PAUSES", ())
    late = replace(ALL_DENIED, received_on="2026-03-03").to_bytes()
    others.answered(ALL_DENIED, response=Digest(sha256(late).hexdigest()))
    assert rows(runtime, entry) == []
    runtime.blobs.put(late, media_type="application/json", name="response.json")
    with runtime.engine.begin() as connection:
        assert parking.ask_for_retry(connection, None) == 1
    assert Consumer(runtime, runtime.broker.subscribe(runtime.group, "1")).retry_parked() == 1
    [made] = rows(runtime, entry)
    assert made.content["received_on"] == "2026-03-03"


def test_an_authority_that_nobody_knows_is_parked_with_what_to_do(runtime, others, monkeypatch):
    monkeypatch.setattr("shared.chassis.events.consumer.PAUSES", ())
    others.answered(replace(ALL_DENIED, authorities=("nowhere",)))
    [parked] = rows(runtime, parking.parked_message)
    assert "no authority 'nowhere'" in parked.detail


def test_two_references_that_read_alike_stand_at_two_addresses(runtime, others, publisher):
    for _ in range(2):
        others.answered(ALL_DENIED)
    items = publisher.get("/entries").json["items"]
    paths = {place["path"] for item in items for place in item["sites"]}
    assert paths == {"/cleveland/disclosures/100-25", "/cleveland/disclosures/100-25-2"}


def test_what_is_made_of_events_alone_can_be_made_again(runtime, others, tmp_path):
    others.answered(NINE_QUESTIONS)
    again = replay(service, runtime.config, runtime.broker, tmp_path / "again.db")
    assert differences(runtime.engine, again.engine, service.projections) == []
    again.engine.dispose()


def test_the_events_go_out_on_the_topic(runtime, others):
    others.answered(ALL_DENIED)
    assert send_out(runtime) >= 1


def test_the_migrations_make_the_tables_that_the_code_expects(runtime):
    def ours(item, name, kind, reflected, compared):
        return kind != "table" or name in metadata.tables

    with runtime.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_backlog_can_be_measured_from_the_first_day(runtime, others, client_as):
    numbers = client_as("ops").get("/metrics").text
    assert 'candour_entries{state="prepared"} 0.0' in numbers
    others.answered(ALL_DENIED)
    assert 'candour_entries{state="prepared"} 1.0' in client_as("ops").get("/metrics").text
