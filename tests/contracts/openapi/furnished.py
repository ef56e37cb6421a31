"""A service with something in every state in it, and who may come to it: what the tests of all five APIs share."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from services.registry import service_named
from shared.chassis.clock import FixedClock
from shared.chassis.events.log import event_log
from shared.chassis.events.memory import MemoryBroker
from shared.chassis.http.handling import Operation
from shared.chassis.http.views import Routes
from shared.chassis.local_issuer import LocalIssuer
from shared.chassis.runtime import Runtime
from shared.contracts import TOPIC
from tests.support import MORNING, runtime_for

PARTIES = ("ctphq", "home-office")


def operations(name: str) -> list[Operation]:
    """Everything that a service offers."""
    routes = service_named(name).routes
    return [operation for group in routes if isinstance(group, Routes) for operation in group.operations]


@dataclass
class Furnished:
    """One service, its applications, and where its things are: path arguments by operation, else for all."""

    name: str
    runtime: Runtime
    broker: MemoryBroker
    issuer: LocalIssuer
    places: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.app = self.runtime.app()
        self.service = self.runtime.service
        self._turns: dict[str, Any] = {}

    def token(self, *roles: str, party: str = PARTIES[0]) -> dict[str, str]:
        """The header of a person who holds these roles; who signs off is never who submits."""
        claim = party if "party" in roles else None
        return {"Authorization": f"Bearer {self.issuer.token('.'.join(roles) or 'nobody', roles, claim)}"}

    def permitted(self, operation: Operation) -> str:
        """A role that may do it: staff where there is a choice."""
        return min(self.service.permissions[operation.action], key=lambda role: (role == "party", role))

    def client(self, *roles: str, party: str = PARTIES[0]) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = self.token(*roles, party=party)["Authorization"]
        return client

    def place(self, operation: Operation) -> dict[str, str]:
        """Path arguments that lead to something there is; each time the next one that fits the operation."""
        found = self.places.get(operation.name) or self.places[""]
        return next(self._turns.setdefault(operation.name, cycle(found)))

    def version(self, path: str) -> dict[str, str]:
        """The header that says that the newest version of what is at the path was read."""
        whole = "/".join(path.partition("?")[0].split("/")[:3])
        readers = next(iter(operations(self.name)))
        answer = self.client(self.permitted(readers), "auditor", "foi-officer", "information-manager").get(whole)
        return {"If-Match": answer.headers.get("ETag", '"1"')}

    def events(self) -> int:
        """How many events the service has recorded: what was refused must have recorded none."""
        with self.runtime.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(event_log)).scalar_one()


def path_of(operation: Operation, place: dict[str, str]) -> str:
    """The operation's path with its arguments put in."""
    path = operation.rule
    for name, value in place.items():
        for written in (f"<uuid:{name}>", f"<{name}>"):
            path = path.replace(written, value)
    assert "<" not in path, f"{operation.name} has an argument that nothing here fills: {path}"
    return path


def furnish(name: str, state: Path, **settings: str) -> Furnished:
    """The service on a new SQLite, with things in it that came about by events and commands."""
    from tests.contracts.openapi.furniture import FURNITURE

    broker = MemoryBroker(TOPIC)
    clock = FixedClock(MORNING)
    runtime = runtime_for(service_named(name), state, clock, broker, **settings)
    issuer = LocalIssuer(state / "identity", env="test")
    made = Furnished(name, runtime, broker, issuer)
    place: Callable[[Furnished, FixedClock], None] = FURNITURE[name]
    place(made, clock)
    return made


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()
