"""People who work through outages: they ask again where there was no answer, and look again where refused."""

import http.client
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from services.operations.chaos.findings import INTERNAL_ERROR, REFUSED, Finding
from services.operations.chaos.notes import Act, Notes
from services.operations.client import Answer, Caller
from services.operations.stack import addresses
from shared.chassis.config import Config
from shared.chassis.local_issuer import LocalIssuer

PAUSE = 0.1
"""Seconds between two tries, and between two looks."""
ROLES = {
    "o.finch": ("foi-officer",),
    "d.marsh": ("decision-maker",),
    "a.heron": ("approver",),
    "p.wren": ("publisher",),
}
AGAIN = frozenset({404, 409, 412, 428})
"""Answers after which one looks how things stand: somebody, or oneself before an outage, was faster or slower."""

View = dict[str, Any]


class GivenUp(Exception):
    """The time is over, or the act was refused for good."""


def tokens(config: Config, parties: list[str]) -> dict[str, str]:
    """A token for everybody who takes part; a party's liaison goes by the party's code."""
    issuer = LocalIssuer.of(config)
    found = {person: issuer.token(person, roles, None, timedelta(hours=6)) for person, roles in ROLES.items()}
    return found | {party: issuer.token(f"{party}.liaison", ["party"], party, timedelta(hours=6)) for party in parties}


class People:
    """Everybody whom one thread of the load speaks for. `over` tells that the time is up."""

    def __init__(self, config: Config, tokens: dict[str, str], notes: Notes, over: Callable[[], bool]) -> None:
        self._callers = {person: Caller(addresses(config), token) for person, token in tokens.items()}
        self._notes = notes
        self._over = over

    def create(self, person: str, service: str, path: str, body: Any, key: str, act: Act | None = None) -> View:
        """Send a POST that creates something until it is answered, always under the same key."""
        while True:
            if act:
                self._notes.trying(act)
            answer = self._send(person, service, "POST", path, body, Idempotency_Key=key)
            if answer is not None and answer.status < 300:
                if act:
                    self._notes.acknowledge(act)
                created: View = answer.body
                return created
            self._pause(answer, f"POST {service}{path}")

    def change(
        self,
        person: str,
        service: str,
        method: str,
        path: str,
        body: Any,
        acts: list[Act],
        *,
        at: str,
        done: Callable[[View], bool],
    ) -> None:
        """Change what stands at the path `at`, once: look first, and after every trouble look again whether it is
        done by now."""
        while True:
            read = self._send(person, service, "GET", at)
            if read is not None and read.status == 200:
                if done(read.body):
                    break
                for act in acts:
                    self._notes.trying(act)
                read = self._send(person, service, method, path, body, If_Match=read.version)
                if read is not None and read.status < 300:
                    break
            self._pause(read, f"{method} {service}{path}")
        for act in acts:
            self._notes.acknowledge(act)

    def until(self, person: str, service: str, path: str, reached: Callable[[View], bool]) -> View:
        """Look until what is at the path is as it should be."""
        while True:
            answer = self._send(person, service, "GET", path)
            if answer is not None and answer.status == 200 and reached(answer.body):
                found: View = answer.body
                return found
            self._pause(answer, f"GET {service}{path}")

    def close(self) -> None:
        for caller in self._callers.values():
            caller.close()

    def _send(
        self, person: str, service: str, method: str, path: str, body: Any = None, **headers: str
    ) -> Answer | None:
        try:
            answer = self._callers[person].send(service, method, path, body, **headers)
        except (OSError, http.client.HTTPException):
            self._notes.count("no answer")
            return None
        replayed = " once more" if "idempotent-replay" in answer.headers else ""
        self._notes.count(f"{answer.status}{replayed}")
        return answer

    def _pause(self, answer: Answer | None, request: str) -> None:
        """Wait a little before the next try. Raises `GivenUp` where there should be none."""
        status, said = (answer.status, str(answer.body)[:500]) if answer is not None else (0, "")
        if status == 500:
            self._trouble(INTERNAL_ERROR, request, "it was answered with 500")
        if 400 <= status < 500 and status not in AGAIN:
            self._trouble(REFUSED, request, f"it was refused with {status}: {said}")
            raise GivenUp
        if self._over():
            raise GivenUp
        time.sleep(PAUSE)

    def _trouble(self, kind: str, request: str, what: str) -> None:
        service = request.split()[1].split("/")[0]
        self._notes.trouble(Finding(kind=kind, service=service, what=f"{request}: {what}"))
