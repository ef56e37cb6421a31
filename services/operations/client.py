"""A caller of the services' HTTP interfaces: one person, one token, connections that are kept open."""

import http.client
import json
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from services.operations import OperationFailed
from services.operations.stack import addresses
from shared.chassis.config import Config
from shared.chassis.local_issuer import LocalIssuer

IDLE = 2.0
"""Seconds after which a kept connection is not trusted any more: the server closes it after five."""


@dataclass(frozen=True)
class Answer:
    """What a service answered. `body` is the parsed JSON, or the text where it is none; `content` the bytes of it."""

    status: int
    body: Any
    headers: dict[str, str]
    content: bytes = b""

    @property
    def version(self) -> str:
        """The ETag, to be sent back as If-Match."""
        return self.headers.get("etag", "")


class Unexpected(OperationFailed):
    """A service answered something else than what the caller counts on; the message quotes its problem."""

    def __init__(self, request: str, answer: Answer) -> None:
        super().__init__(f"{request} was answered with {answer.status}: {_words(answer.body)}")
        self.answer = answer


@dataclass
class Caller:
    """One person at the services. Not for several threads at once."""

    addresses: dict[str, str]
    token: str
    _connections: dict[str, http.client.HTTPConnection] = field(default_factory=dict)
    _used: dict[str, float] = field(default_factory=dict)

    @classmethod
    def as_person(cls, config: Config, person: str, *roles: str, party: str | None = None) -> "Caller":
        """Somebody with a token of the local issuer."""
        token = LocalIssuer.of(config).token(person, roles, party, timedelta(hours=12))
        return cls(addresses(config), token)

    def get(self, service: str, path: str, **query: str) -> Any:
        """The body of a GET that must succeed."""
        return self.ask(service, "GET", f"{path}?{urlencode(query)}" if query else path).body

    def ask(self, service: str, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send a request; raise `Unexpected` unless it is answered with success."""
        answer = self.send(service, method, path, body, **headers)
        if answer.status >= 400:
            raise Unexpected(f"{method} {service}{path}", answer)
        return answer

    def send(
        self, service: str, method: str, path: str, body: Any = None, *, media_type: str = "", **headers: str
    ) -> Answer:
        """Send a request and take whatever comes. `body` is bytes, or goes as JSON. Header names are given with
        underscores. Raises `OSError` or `http.client.HTTPException` when there is no answer."""
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.token}"}
        if raw is not None:
            sent["Content-Type"] = media_type or "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self._connection(service)
        try:
            connection.request(method, path, raw, sent)
            received = connection.getresponse()
            content = received.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            del self._connections[service]
            raise
        found = {name.lower(): value for name, value in received.getheaders()}
        return Answer(received.status, _parsed(content, found.get("content-type", "")), found, content)

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def _connection(self, service: str) -> http.client.HTTPConnection:
        now, kept = time.monotonic(), self._connections.get(service)
        if kept is None or now - self._used[service] > IDLE:
            if kept is not None:
                kept.close()
            host = urlsplit(self.addresses[service]).netloc
            self._connections[service] = http.client.HTTPConnection(host, timeout=30)
        self._used[service] = now
        return self._connections[service]


def _parsed(content: bytes, media_type: str) -> Any:
    if "json" in media_type:
        return json.loads(content)
    return content.decode("utf-8", "replace")


def _words(problem: Any) -> str:
    if not isinstance(problem, dict):
        return str(problem)[:300]
    findings = [
        " ".join(str(item[name]) for name in ("field", "message", "rule", "next_step") if item.get(name))
        for item in problem.get("errors", [])
    ]
    return "; ".join([str(problem.get("detail") or problem.get("title")), *findings])
