"""What is done about a request in hand or answered, and what intake has told of it, in few words."""

from datetime import UTC, date, datetime, time
from email import message_from_bytes, policy
from typing import Any

from flask.testing import FlaskClient

from services.intake.clock_routes import clocks
from services.intake.handling_routes import handling
from services.intake.review_routes import reviews
from shared.chassis.clock import FixedClock
from tests.services.intake.bodies import AFTERWARDS, HANDLING
from tests.services.intake.conftest import send
from tests.support import log_of

PATHS = {
    operation.name: operation.rule.partition("/<uuid:case_id>")[2]
    for group in (clocks, handling, reviews)
    for operation in group.operations
}
BODIES = {**HANDLING, **AFTERWARDS}


def tried(client: FlaskClient, case: dict[str, Any], operation: str, **changes: Any) -> Any:
    """The answer to an operation on the case at its newest version, with its usual body but for the changes."""
    here = case["links"]["self"]
    body = {name: value for name, value in {**BODIES[operation], **changes}.items() if value is not None}
    return send(client, f"{here}{PATHS[operation]}", body, client.get(here).json["version"])


def act(client: FlaskClient, case: dict[str, Any], operation: str, **changes: Any) -> dict[str, Any]:
    """The same where it succeeds: the case as it is then."""
    answer = tried(client, case, operation, **changes)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json
    return shown


def on(clock: FixedClock, day: date) -> None:
    """Let it be nine o'clock of that day."""
    clock.instant = datetime.combine(day, time(9), UTC)


def told(runtime: Any, name: str) -> list[dict[str, Any]]:
    """What intake has told by events of the type `foi.intake.<name>.v1`."""
    return [envelope.data for envelope in log_of(runtime) if envelope.type == f"foi.intake.{name}.v1"]


def texts(relay: Any) -> list[str]:
    """The plain text of each message that the mail relay was given."""
    messages = [message_from_bytes(raw, policy=policy.default) for raw in relay.messages]
    return [message.get_body(("plain",)).get_content().replace("\r\n", "\n") for message in messages]
