"""A mail catcher that remembers every message it took: the oracle counts what left the house."""

from email import message_from_bytes
from threading import Lock
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """Takes all mail at a port of the loopback interface. `taken` holds (recipient, Message-ID) in order."""

    def __init__(self, port: int) -> None:
        self.taken: list[tuple[str, str]] = []
        self._lock = Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        identifier = message_from_bytes(envelope.content)["Message-ID"] or ""
        with self._lock:
            self.taken += [(recipient, identifier) for recipient in envelope.rcpt_tos]
        return "250 OK"
