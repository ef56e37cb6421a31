"""What cannot be handled is parked with its case; the others go on, and a person mends it with `candour parked`."""

from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from services.publishing.models import brief, entry
from shared.chassis.events.envelope import Envelope
from shared.chassis.events.log import walk
from shared.chassis.events.parking import NOBODY
from tests.integration.survival.running import read_json, running, until
from tests.integration.survival.voices import Topic, accepted, dispatched, signed_off
from tests.services.publishing.replies import ALL_DENIED, numbered
from tests.support import new_case_id

pytestmark = [pytest.mark.broker, pytest.mark.slow]


@pytest.fixture(scope="module")
def stack(tmp_path_factory, kafka):
    """Publishing, which needs documents to handle some of its messages."""
    with running(tmp_path_factory.mktemp("parked"), KAFKA_BOOTSTRAP_SERVERS=kafka.address) as stack:
        stack.migrate("publishing")
        stack.runtime("publishing").broker.ensure_topic()
        stack.work("publishing")
        stack.serve("publishing")
        yield stack


@pytest.fixture
def topic(stack):
    topic = Topic(stack.runtime("publishing").broker)
    yield topic
    topic.close()


@pytest.fixture
def case_id():
    return new_case_id()


def reasons(stack, case_id: str) -> list[str]:
    """Why the messages of a case are parked, in their order."""
    return [row.reason for row in stack.parked("publishing") if row.subject == case_id]


def wait_until_parked(stack, case_id: str, *wanted: str) -> list[dict]:
    """Return what `candour parked list --json` says of the case, once these are the reasons."""
    until(lambda: reasons(stack, case_id) == list(wanted), f"parked: {wanted}")
    listed = stack.command("parked", "list", "publishing", "--json")
    assert listed.returncode == 0, listed.stderr
    return [each for each in read_json(listed) if each["case"] == case_id]


def is_known(stack, case_id: str) -> bool:
    return case_id in {row.case_id for row in stack.rows("publishing", brief)}


def wait_until_the_others_go_on(stack, topic) -> None:
    other = new_case_id()
    topic.says("intake", 1, accepted(numbered(7)), other)
    until(lambda: is_known(stack, other), "another case goes on")
    assert reasons(stack, other) == []


def parked_gauge(stack) -> float:
    token = stack.caller("monitoring", "ops").token
    shown = stack.look("publishing", "/metrics", Authorization=f"Bearer {token}")
    assert shown.status == 200
    families = {family.name: family for family in text_string_to_metric_families(shown.text)}
    [sample] = families["candour_parked_messages"].samples
    return sample.value


def skipped(stack, case_id: str) -> list[Envelope]:
    """The events that tell of skipped messages of the case."""
    with stack.runtime("publishing").engine.connect() as connection:
        found = [Envelope.from_bytes(row.body) for row in walk(connection)]
    return [each for each in found if each.type == "candour.message.skipped.v1" and each.subject == case_id]


def test_a_message_that_refers_to_a_missing_document_waits_with_its_case_until_that_is_there(stack, topic, case_id):
    topic.says("intake", 1, accepted(ALL_DENIED), case_id)
    topic.says("decision", 1, signed_off(ALL_DENIED), case_id)
    topic.says("intake", 2, dispatched(), case_id)
    topic.says("decision", 2, replace(signed_off(ALL_DENIED), draft=2), case_id)
    first, second = wait_until_parked(stack, case_id, "failed", "behind")
    assert (first["type"], first["detail"]) == ("foi.intake.response-dispatched.v1", "BlobMissing")
    assert (first["service"], first["attempts"]) == ("publishing", 5)
    assert second["type"] == "foi.decision.signed-off.v1"
    wait_until_the_others_go_on(stack, topic)
    assert parked_gauge(stack) >= 2

    in_vain = stack.command("parked", "retry", "publishing", "--case", case_id)
    assert (in_vain.returncode, in_vain.stdout) == (1, "0 of 2 handled; 2 still parked.\n")
    assert [row.attempts for row in stack.parked("publishing") if row.reason == "failed"] == [6]

    stack.runtime("publishing").blobs.put(ALL_DENIED.to_bytes(), media_type="application/json", name="response.json")
    mended = stack.command("parked", "retry", "publishing", "--case", case_id)
    assert (mended.returncode, mended.stdout) == (0, "2 of 2 handled; 0 still parked.\n")
    assert reasons(stack, case_id) == []
    assert case_id in {row.id for row in stack.rows("publishing", entry)}


def test_an_unreadable_message_is_skipped_with_a_reason_and_its_case_goes_on(stack, topic, case_id):
    topic.send(case_id, b"\xff\x00 this is no event")
    topic.says("intake", 1, accepted(numbered(8)), case_id)
    first, second = wait_until_parked(stack, case_id, "unreadable", "behind")
    assert first["type"] is None
    assert first["detail"].startswith("not JSON")
    wait_until_the_others_go_on(stack, topic)

    person = ("--person", "i.jay")
    waits = stack.command("parked", "skip", "publishing", second["at"], "--reason", "It is in the way.", *person)
    assert waits.returncode == 1
    assert "only waits behind an earlier one" in waits.stderr
    nothing = stack.command("parked", "skip", "publishing", "0/999999", "--reason", "It is in the way.", *person)
    assert nothing.returncode == 1
    assert "parked message" in nothing.stderr
    assert stack.command("parked", "skip", "publishing", "here", "--reason", "Why.", *person).returncode == 2
    assert stack.command("parked", "skip", "publishing", first["at"], *person).returncode == 2, "a reason is needed"
    assert skipped(stack, case_id) == []

    done = stack.command("parked", "skip", "publishing", first["at"], "--reason", "Random bytes.", *person)
    assert (done.returncode, done.stdout) == (0, "Skipped, and recorded with the reason.\n")
    until(lambda: is_known(stack, case_id) and not reasons(stack, case_id), "the case goes on")
    [told] = skipped(stack, case_id)
    assert told.data == {"skipped_type": "unreadable", "reason": "Random bytes."}
    assert (told.actor_id, told.actor_role) == ("i.jay", "ops")


def test_an_event_in_a_shape_that_nobody_knows_is_skipped_and_counted_as_taken(stack, topic, case_id):
    topic.says_in_other_words("intake", 1, accepted(numbered(9)), case_id)
    [first] = wait_until_parked(stack, case_id, "unknown shape")
    done = stack.command(
        "parked", "skip", "publishing", first["at"], "--reason", "Sent by mistake.", "--person", "i.jay"
    )
    assert done.returncode == 0
    assert skipped(stack, case_id)[0].data["skipped_type"] == "foi.intake.case-accepted.v1"
    topic.says("intake", 2, accepted(numbered(9)), case_id)
    until(lambda: is_known(stack, case_id), "the next event of the case is not taken for a gap")
    assert reasons(stack, case_id) == []


def test_a_missing_event_is_waited_for_unless_a_person_says_go_on(stack, topic, case_id):
    topic.says("intake", 2, accepted(numbered(10)), case_id)
    [first] = wait_until_parked(stack, case_id, "gap")
    assert first["detail"] == "event 1 of intake is missing before event 2"
    assert stack.command("parked", "retry", "publishing", "--case", case_id).returncode == 1
    assert not is_known(stack, case_id)
    assert stack.command("parked", "retry", "publishing", "--case", case_id, "--despite-gap").returncode == 0
    assert is_known(stack, case_id)


def test_a_message_of_nobody_holds_up_nobody(stack, topic):
    topic.send(None, b"")
    [first] = wait_until_parked(stack, NOBODY, "unreadable")
    wait_until_the_others_go_on(stack, topic)
    told = stack.command("parked", "list")
    assert told.returncode == 1, "not every service has a database here"
    listed = stack.command("parked", "list", "publishing")
    assert f"case {NOBODY}  at {first['at']}  unreadable" in listed.stdout
    wrong = stack.command("doctor")
    assert (wrong.returncode, "run `candour parked list publishing`" in wrong.stdout) == (1, True)
    skip = ("parked", "skip", "publishing", first["at"], "--reason", "Empty.", "--person", "i.jay")
    assert stack.command(*skip).returncode == 0
    assert stack.command(*skip).returncode == 1, "it is gone"
