"""What a service has already taken in: event ids, and how far it is with each subject of each producer."""

from collections.abc import Iterable

from sqlalchemy import Column, Connection, Integer, String, Table, delete, select

from shared.chassis.database import Instant, chassis_metadata, insert_new, insert_or_update

inbox = Table(
    "inbox",
    chassis_metadata,
    Column("event_id", String(36), primary_key=True),
    Column("type", String(100), nullable=False),
    Column("taken_at", Instant, nullable=False),
)

subject_progress = Table(
    "subject_progress",
    chassis_metadata,
    Column("subject", String(36), primary_key=True),
    Column("source", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)

gap_waiver = Table("gap_waiver", chassis_metadata, Column("subject", String(36), primary_key=True))
"""Subjects for which an operator has said: go on although an event is missing. Used up by the next gap."""


class Gap(Exception):
    """An event of this subject is missing before this one; applying it now would be out of order."""


class Progress:
    """How far a batch of messages brings each subject; read once, written once."""

    def __init__(self, connection: Connection, subjects: Iterable[str]) -> None:
        self._connection = connection
        rows = connection.execute(select(subject_progress).where(subject_progress.c.subject.in_(set(subjects))))
        self._numbers = {(row.subject, row.source): row.number for row in rows}
        self._changed: set[tuple[str, str]] = set()

    def is_next(self, subject: str, source: str, number: int) -> bool:
        """Whether this event is the one that follows. False: it was taken in before. Raises `Gap`."""
        last = self._numbers.get((subject, source), 0)
        if number <= last:
            return False
        if number > last + 1 and not self._waived(subject):
            raise Gap(f"event {last + 1} of {source} is missing before event {number}")
        self._numbers[subject, source] = number
        self._changed.add((subject, source))
        return True

    def save(self) -> None:
        if self._changed:
            insert_or_update(
                self._connection,
                subject_progress,
                [
                    {"subject": subject, "source": source, "number": self._numbers[subject, source]}
                    for subject, source in sorted(self._changed)
                ],
            )

    def _waived(self, subject: str) -> bool:
        return self._connection.execute(delete(gap_waiver).where(gap_waiver.c.subject == subject)).rowcount == 1


def waive_gap(connection: Connection, subject: str) -> None:
    insert_new(connection, gap_waiver, [{"subject": subject}], gap_waiver.c.subject)
