"""The covering words of a reply or a notice: all that is addressed to one person or depends on the day of sending.

The letter itself has none of it, because it is approved before it is sent and may be published after.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from shared.chassis.private import Private
from shared.law.calendar import in_words
from shared.law.clock import RESPONSE_DAYS

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Covering:
    """What goes around every letter. The words are personal data: only for the message to the requester."""

    name: Private | None
    reference: str

    def subject(self) -> str:
        return f"Your request {self.reference} under the Freedom of Information Act 2000"

    def paragraphs(self) -> list[str]:
        """Greeting and covering words."""
        name = self.name.reveal().strip() if self.name else ""
        return [f"Dear {name or 'requester'},", *self.words()]

    def words(self) -> list[str]:
        return [f"This is about your request {self.reference} under the Freedom of Information Act 2000."]

    def text(self, letter: str) -> str:
        """The plain message: the covering words above the letter."""
        return "\n\n".join([*self.paragraphs(), "-" * 72, letter.strip()]) + "\n"

    def html(self, letter: str) -> str:
        """The letter's page with the covering words at its top."""
        words = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in self.paragraphs())
        block = f'<section aria-label="Covering message">\n{words}<hr>\n</section>\n'
        found = _BODY.search(letter)
        return f"{letter[: found.end()]}\n{block}{letter[found.end() :]}" if found else block + letter


@dataclass(frozen=True, kw_only=True)
class ReplyCovering(Covering):
    """What goes around a reply. `clarified_on` is the new date of receipt that a clarification brought, `late_on` the
    working day of a reply that is late, and `documents` are the names of the files that go with the letter."""

    received_on: date
    due_on: date
    sent_on: date
    clarified_on: date | None = None
    late_on: int | None = None
    documents: Sequence[str] = ()

    def words(self) -> list[str]:
        clarified = f", and the further information on {in_words(self.clarified_on)}" if self.clarified_on else ""
        words = [
            f"This is the reply to your request {self.reference} under the Freedom of Information Act 2000.",
            f"We received it on {in_words(self.received_on)}{clarified}. It was to be answered by "
            f"{in_words(self.due_on)}. This reply is sent on {in_words(self.sent_on)}.",
        ]
        if self.late_on is not None:
            words.append(
                f"The reply is late and we are sorry. Section 10(1) of the Act requires us to answer promptly and "
                f"within {RESPONSE_DAYS} working days; this is working day {self.late_on}. You may complain about the "
                "delay as well as about the reply itself; the end of the letter says how."
            )
        if self.documents:
            words.append(f"Attached: {', '.join(self.documents)}.")
        return words
