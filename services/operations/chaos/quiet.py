"""Waiting until everything that was begun has come to its end, and what was counted until then."""

import re
import time
from datetime import UTC, datetime

from services.operations.chaos.findings import INTERNAL_ERROR, NEVER_QUIET, Finding
from services.operations.chaos.rig import Rig
from services.operations.client import Caller
from shared.chassis import timers
from shared.chassis.events import relay
from shared.chassis.events.broker import BrokerUnavailable
from shared.chassis.events.log import event_log_head

_SEEN_BEFORE = re.compile(r'^candour_messages_total\{[^}]*outcome="seen before"[^}]*\} (\S+)$', re.MULTILINE)


def wait_until_quiet(rig: Rig, patience: float) -> list[Finding]:
    """Return when no log has anything to send, no consumer anything to take in and no timer is due, twice in a row;
    who was still busy after `patience` seconds."""
    end = time.monotonic() + patience
    before: dict[str, int] = {}
    while True:
        busy = _busy(rig)
        positions = {} if busy else _positions(rig)
        if positions and positions == before:
            return []
        before = positions
        if time.monotonic() > end:
            return [Finding(kind=NEVER_QUIET, service=name, what=what) for name, what in (busy or _moving(rig)).items()]
        time.sleep(0.1)


def _busy(rig: Rig) -> dict[str, str]:
    """The services that have something left to do, and what; the first thing of each."""
    found = {}
    for name in rig.services:
        with rig.engine(name).connect().execution_options(reading=True) as connection:
            waiting, _ = relay.backlog(connection)
            due, _ = timers.overdue(connection, datetime.now(UTC))
        if waiting or due:
            found[name] = f"{waiting} events not sent, {due} timers due"
    if found:
        return found
    for name in rig.services:
        runtime = rig.runtime(name)
        try:
            behind = sum(runtime.broker.lag(runtime.group).values())
        except BrokerUnavailable:
            return {name: "the broker does not answer"}
        if behind:
            return {name: f"{behind} messages not taken in"}
    return {}


def _positions(rig: Rig) -> dict[str, int]:
    found = {}
    for name in rig.services:
        with rig.engine(name).connect().execution_options(reading=True) as connection:
            found[name] = int(connection.execute(event_log_head.select()).one().position)
    return found


def _moving(rig: Rig) -> dict[str, str]:
    return {"all": f"{', '.join(rig.services)} go on recording events"}


def seen_before(rig: Rig) -> tuple[int, list[Finding]]:
    """How many messages the consumers, the killed ones too, were given once more and left alone, by their own count;
    and which services do not tell."""
    caller = Caller.as_person(rig.config, "harness", "ops")
    total, silent = 0, []
    for name in rig.services:
        answer = caller.send(name, "GET", "/metrics")
        if answer.status != 200:
            what = f"GET /metrics was answered with {answer.status}"
            silent.append(Finding(kind=INTERNAL_ERROR, service=name, what=what))
        else:
            total += sum(int(float(number)) for number in _SEEN_BEFORE.findall(answer.body))
    caller.close()
    return total, silent
