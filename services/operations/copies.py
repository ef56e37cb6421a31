"""The three copies of every event: in its service's log, in the ledger and on the topic, read side by side."""

import heapq
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection

from services.audit import verification
from services.audit.commands import chain_of
from shared.chassis.events import log
from shared.chassis.events.broker import Broker, Received
from shared.chassis.events.parking import readable

LOG, LEDGER, TOPIC = "log", "ledger", "topic"
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One event as one place has it. `digest` is the SHA-256 of its bytes; `body` those bytes, except for the topic's.

    `at` is the partition and offset of the topic's copy; `misstated` what is wrong with the ledger's own columns.
    """

    place: str
    source: str
    position: int
    event_id: str
    type: str
    subject: str
    number: int
    digest: str
    chain: str
    body: bytes = b""
    at: tuple[int, int] | None = None
    misstated: str = ""

    @property
    def said(self) -> tuple[str, str, str]:
        """What must be the same everywhere."""
        return self.event_id, self.digest, self.chain


class TopicCopies:
    """What the topic holds, put in the order of the logs. In a nameless database on disk: memory stays flat."""

    def __init__(self) -> None:
        self.unreadable = 0
        self.ends: dict[int, int] = {}
        self._database = sqlite3.connect("")
        self._database.execute(
            "create table copy"
            " (source, position integer, event_id, digest, chain, type, subject, number, partition, at,"
            " primary key (source, position, event_id, digest, chain)) without rowid"
        )

    def read(self, broker: Broker) -> None:
        """Read the whole topic. An event that is there several times is kept once; two that differ are both kept.

        `ends` is then the end of each partition as far as it was read. Raises `BrokerUnavailable`.
        """
        with self._database:
            self._database.executemany(
                "insert or ignore into copy values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._rows(broker.read_all())
            )

    def of(self, source: str) -> Iterator[Copy]:
        """The topic's copies of one service's events, in the order of its log."""
        for row in self._database.execute(
            "select position, event_id, type, subject, number, digest, chain, partition, at from copy"
            " where source = ? order by position, partition, at",
            (source,),
        ):
            position, event_id, kind, subject, number, digest, chain, *at = row
            yield Copy(
                place=TOPIC,
                source=source,
                position=position,
                event_id=event_id,
                type=kind,
                subject=subject,
                number=number,
                digest=digest,
                chain=chain,
                at=(at[0], at[1]),
            )

    def sources(self) -> dict[str, int]:
        """Whose events are on the topic, and how many."""
        return dict(self._database.execute("select source, count(*) from copy group by source"))

    def close(self) -> None:
        self._database.close()

    def _rows(self, messages: Iterable[Received]) -> Iterator[tuple[str | int, ...]]:
        for message in messages:
            self.ends[message.partition] = message.offset + 1
            envelope = readable(message)
            if envelope is None or not abs(envelope.sequence) <= _LARGEST >= abs(envelope.number):
                self.unreadable += 1
                continue
            yield (
                envelope.source,
                envelope.sequence,
                envelope.id,
                sha256(message.value).hexdigest(),
                chain_of(message),
                envelope.type,
                envelope.subject,
                envelope.number,
                message.partition,
                message.offset,
            )


def of_log(connection: Connection, source: str) -> Iterator[Copy]:
    """A service's own copies, in order."""
    for row in log.walk(connection):
        yield Copy(
            place=LOG,
            source=source,
            position=row.position,
            event_id=row.event_id,
            type=row.type,
            subject=row.subject,
            number=row.number,
            digest=sha256(row.body).hexdigest(),
            chain=row.hash,
            body=row.body,
        )


def of_ledger(connection: Connection, source: str) -> Iterator[Copy]:
    """The ledger's copies of one service's events, in order."""
    for row in verification.walk(connection, source):
        yield Copy(
            place=LEDGER,
            source=source,
            position=row.position,
            event_id=row.event_id,
            type=row.type,
            subject=row.subject,
            number=row.number,
            digest=sha256(row.body).hexdigest(),
            chain=row.chain,
            body=row.body,
            misstated=verification.misstated(row),
        )


def side_by_side(*places: Iterable[Copy]) -> Iterator[tuple[int, list[Copy]]]:
    """Every position that any of the places has, with all copies of it."""
    by_position = attrgetter("position")
    for position, copies in groupby(heapq.merge(*places, key=by_position), key=by_position):
        yield position, list(copies)
