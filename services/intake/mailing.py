"""Writes a reply or a notice as a message and hands it to the mail relay.

The message is the same however often it is tried: its Message-ID is made from the case and the draft or notice. If the
machine dies after the relay took it and before that is committed, it goes out once more under the same Message-ID;
receivers show one of the two.
"""

import smtplib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from services.intake.checking import Outgoing
from services.intake.covering import Covering
from shared.chassis.errors import Refused
from shared.chassis.private import Private
from shared.contracts.ruleset import OUTDATED, PASSED, WAITING

PATIENCE = 10.0
"""Seconds that the relay has for each answer."""
LOOK_AGAIN = timedelta(seconds=30)
"""After which a message that waits for its release check is looked at again, should its report not have come before."""


class NotTaken(Exception):
    """The relay did not take the message. `kind` says why and names nobody; `final`: trying again would not help."""

    def __init__(self, kind: str, *, final: bool) -> None:
        super().__init__(kind)
        self.kind = kind
        self.final = final


class NotChecked(NotTaken):
    """The message was not handed over yet: its release check is not done, or was done under other rules."""

    def __init__(self) -> None:
        super().__init__("release check", final=False)


def require_passed(stands: str) -> None:
    """Raises `NotChecked` for a message that waits for its release check, `NotTaken` for one that may not leave."""
    if stands in (WAITING, OUTDATED):
        raise NotChecked
    if stands != PASSED:
        raise NotTaken("release check", final=True)


def recipient(email: Private | None, name: Private | None) -> Address:
    """The address to send to, or `Refused` when there is none that mail can be sent to."""
    refused = Refused(
        "There is no address that e-mail can be sent to.",
        rule="VAL-03",
        next_step="Post the letter, or reply where the request came from, then say so with method 'post'.",
    )
    if email is None or not email.reveal().isascii():
        raise refused
    try:
        return Address(display_name=name.reveal() if name else "", addr_spec=email.reveal())
    except (ValueError, IndexError, MessageError):
        raise refused from None


def message_id(case_id: str, what: int | str, sender: str) -> str:
    """`what` tells the messages of one case apart: the number of the draft, `n1` for its first notice."""
    return f"<{case_id}.{what}@{sender.rpartition('@')[2] or 'candour.invalid'}>"


def message(
    covering: Covering,
    *,
    to: Address,
    sender: str,
    identifier: str,
    at: datetime,
    letter: str,
    letter_text: str,
    documents: Sequence[Outgoing] = (),
) -> EmailMessage:
    """The letter as a message: covering words and letter as text and as a page, with the documents attached."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = sender
    made["To"] = to
    made["Subject"] = covering.subject()
    made["Date"] = format_datetime(at)
    made["Message-ID"] = identifier
    made.set_content(covering.text(letter_text))
    made.add_alternative(covering.html(letter), subtype="html")
    for document in documents:
        maintype, _, subtype = document.media_type.partition("/")
        made.add_attachment(document.content, maintype=maintype, subtype=subtype, filename=document.name)
    return made


def hand_over(made: EmailMessage, relay: str) -> None:
    """Give the message to the relay at an smtp:// or smtps:// address. Raises `NotTaken`."""
    parts = urlsplit(relay)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        client = kind(parts.hostname or "127.0.0.1", parts.port or 0, timeout=PATIENCE)
    except (OSError, smtplib.SMTPException):
        raise NotTaken("relay unreachable", final=False) from None
    try:
        client.send_message(made)
    except smtplib.SMTPRecipientsRefused as refusal:
        final = all(code >= 500 for code, _ in refusal.recipients.values())
        raise NotTaken("address refused", final=final) from None
    except smtplib.SMTPDataError as refusal:
        raise NotTaken("message refused", final=refusal.smtp_code >= 500) from None
    except (OSError, smtplib.SMTPException):
        raise NotTaken("relay failed", final=False) from None
    finally:
        with suppress(OSError, smtplib.SMTPException):  # what it says to goodbye changes nothing
            client.quit()
