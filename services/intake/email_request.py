"""Reads a request that came by e-mail (RFC 5322): who wrote, what, and on which day it was delivered.

Mail is written by anybody's software, well or badly, so nothing here trusts it: what cannot be read is passed over,
never an error.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import TypeVar

from shared.chassis.clock import civil_date
from shared.chassis.private import Private

LONGEST_TEXT = 100_000
"""Characters of a request that are kept to be worked with. The original is kept whole."""
LONGEST_PAGE = 200_000
"""Characters of an HTML message that are read; the parser takes time out of proportion on malformed longer ones."""

T = TypeVar("T")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ol", "ul", "table"}
)
_UNREAD = frozenset({"script", "style", "head", "title"})


@dataclass(frozen=True)
class EmailRequest:
    """What an e-mail says. `received_on` is None where its headers do not tell; an empty text has no words."""

    name: Private | None
    email: Private | None
    text: Private
    received_on: date | None


def read_email(raw: bytes) -> EmailRequest:
    """The request in an e-mail as it was delivered. The topmost Received header is the one that our own server
    wrote, so its day is the day of receipt (CLK-02); `Date` is the sender's word for it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    name, address = _writer(message)
    return EmailRequest(
        name=Private(name) if name else None,
        email=Private(address) if address else None,
        text=Private(_text(message)),
        received_on=_received_on(message),
    )


def _writer(message: EmailMessage) -> tuple[str, str]:
    for header in ("Reply-To", "From"):
        for mailbox in _mailboxes(message, header):
            address = _clean(mailbox.addr_spec).strip()
            if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", address):
                return " ".join(_clean(mailbox.display_name).split()) or _name_in_from(message), address
    return "", ""


def _name_in_from(message: EmailMessage) -> str:
    names = (" ".join(_clean(mailbox.display_name).split()) for mailbox in _mailboxes(message, "From"))
    return next(filter(None, names), "")


def _mailboxes(message: EmailMessage, header: str) -> tuple[Address, ...]:
    return _or_nothing(lambda: tuple(message[header].addresses)) or ()


def _text(message: EmailMessage) -> str:
    """The subject, which often says what the body does not, above the body."""
    subject = _clean(str(_or_nothing(lambda: message["Subject"]) or ""))
    part = _or_nothing(lambda: message.get_body(preferencelist=("plain", "html")))
    body = ""
    if part is not None:
        body = _decoded(part)
        if part.get_content_type() == "text/html":
            body = _without_markup(body)
    lines = [line.rstrip() for line in _clean(body).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n\n".join(filter(None, (" ".join(subject.split()), "\n".join(lines).strip())))
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}\n\n[The rest stands in the original.]"


def _decoded(part: MIMEPart) -> str:
    content = _or_nothing(part.get_content)
    if isinstance(content, str):
        return content
    payload = _or_nothing(lambda: part.get_payload(decode=True))  # a character set that does not exist
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _received_on(message: EmailMessage) -> date | None:
    received = _or_nothing(lambda: message.get_all("Received")) or [""]
    dates = (str(received[0]).rpartition(";")[2], str(_or_nothing(lambda: message["Date"]) or ""))
    return next((day for text in dates if (day := _day(text)) is not None), None)


def _day(text: str) -> date | None:
    instant = _or_nothing(lambda: parsedate_to_datetime(text))
    if instant is None:
        return None
    if instant.tzinfo is None:  # "-0000": the time is in UTC and the sender's zone unknown
        instant = instant.replace(tzinfo=UTC)
    return _or_nothing(lambda: civil_date(instant))


def _or_nothing(read: Callable[[], T]) -> T | None:
    """What is read, or None: on malformed headers Python's parser raises errors of many kinds."""
    try:
        return read()
    except Exception:
        return None


def _clean(text: str) -> str:
    return _UNSAFE.sub("", text)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unread += tag in _UNREAD
        if tag in _BLOCKS:
            self.words.append("\n\n" if tag in ("p", "table") else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(self._unread - (tag in _UNREAD), 0)
        if tag == "p":
            self.words.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(re.sub(r"\s+", " ", data))


def _without_markup(text: str) -> str:
    """The words of an HTML page, a paragraph for a paragraph."""
    parser = _Words()
    with suppress(AssertionError):  # what it raises on malformed declarations
        parser.feed(text[:LONGEST_PAGE])
        parser.close()
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(parser.words)).strip()
