"""A notice: a letter that a force gives on the way to its reply, or after it.

A notice is blind as the reply is: it holds no name and no salutation, and its texts are free of who asked. Texts are as
an officer writes them: an empty line begins a paragraph, and lines that begin with "- " are a list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from shared.chassis.errors import Finding, Invalid
from shared.letters.letter import Letter
from shared.letters.notice_rules import not_after
from shared.letters.writing import write


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What every notice holds: `authorities` are the codes of those that give it, the first day is `received_on`."""

    kind: ClassVar[str]
    reference: str
    title: str
    authorities: tuple[str, ...]
    received_on: date

    def faults(self, on: date) -> Iterator[Finding]:
        """What keeps the notice from being given on this day."""
        yield from not_after(self.received_on, on, "received_on", "CLK-01", "the day of the notice")


def render(notice: Notice, on: date) -> Letter:
    """The notice as a letter dated `on`, with the particulars of complaint as they stand on that day.

    Raises `Invalid` where it would not be lawful or not make sense, naming field, rule and mend; `Refused` where the
    particulars, an authority, or a template in its language are not known.
    """
    if faults := list(notice.faults(on)):
        raise Invalid(faults)
    given = {each.name: getattr(notice, each.name) for each in fields(notice) if each.name != "authorities"}
    return write(notice.kind, notice.authorities, on, **given)
