"""The covering words of a reply: all that is addressed to one person or depends on the day of sending.

The letter itself has none of it, because it is approved before it is sent and published after.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from shared.chassis.private import Private
from shared.law.calendar import in_words
from shared.law.clock import RESPONSE_DAYS, in_time, working_day_number

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Covering:
    """What the words are made from. `documents` are the names of the files that go with the letter."""

    name: Private | None
    reference: str
    received_on: date
    due_on: date
    sent_on: date
    documents: Sequence[str] = ()

    def subject(self) -> str:
        return f"Your request {self.reference} under the Freedom of Information Act 2000"

    def paragraphs(self) -> list[str]:
        """The words, personal data: only for the message to the requester."""
        name = self.name.reveal().strip() if self.name else ""
        words = [
            f"Dear {name or 'requester'},",
            f"This is the reply to your request {self.reference} under the Freedom of Information Act 2000.",
            f"We received it on {in_words(self.received_on)}. It was to be answered by {in_words(self.due_on)}. "
            f"This reply is sent on {in_words(self.sent_on)}.",
        ]
        if not in_time(self.received_on, self.sent_on):
            day = working_day_number(self.received_on, self.sent_on)
            words.append(
                f"The reply is late and we are sorry. Section 10(1) of the Act requires us to answer promptly and "
                f"within {RESPONSE_DAYS} working days; this is working day {day}. You may complain about the delay as "
                "well as about the reply itself; the end of the letter says how."
            )
        if self.documents:
            words.append(f"Attached: {', '.join(self.documents)}.")
        return words

    def text(self, letter: str) -> str:
        """The plain message: the covering words above the letter."""
        return "\n\n".join([*self.paragraphs(), "-" * 72, letter.strip()]) + "\n"

    def html(self, letter: str) -> str:
        """The letter's page with the covering words at its top."""
        words = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in self.paragraphs())
        block = f'<section aria-label="Covering message">\n{words}<hr>\n</section>\n'
        found = _BODY.search(letter)
        return f"{letter[: found.end()]}\n{block}{letter[found.end() :]}" if found else block + letter
