"""The load: threads that take cases along, and threads that only log more of them."""

import threading
import time
from datetime import UTC, datetime
from random import Random

from sqlalchemy import select

from services.consultation.models import party
from services.operations.chaos.life import Life
from services.operations.chaos.notes import Notes
from services.operations.chaos.people import GivenUp, People, tokens
from services.operations.chaos.rig import Rig
from shared.chassis.clock import civil_date

MOST_CASES = 2_000
LOG_PAUSE = 0.05
"""Seconds between two requests of a thread that only logs."""


class Load:
    """`lives` threads take one case after the other all the way, `logging` threads only log requests, each with a
    `pause` in between."""

    def __init__(
        self, rig: Rig, notes: Notes, seed: int, *, lives: int, logging: int, pause: float = LOG_PAUSE
    ) -> None:
        self._rig = rig
        self._notes = notes
        self._seed = seed
        self._pause = pause
        self._no_new = threading.Event()
        self._end = float("inf")
        with rig.engine("consultation").connect().execution_options(reading=True) as connection:
            parties = list(connection.execute(select(party.c.id)).scalars())
        self._tokens = tokens(rig.config, parties)
        self._threads = [
            threading.Thread(target=self._work, args=(number, number < lives), name=f"load-{number}", daemon=True)
            for number in range(lives + logging)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float) -> None:
        """Begin nothing new; return when what is under way is done, or was given up after `patience` seconds."""
        self._end = time.monotonic() + patience
        self._no_new.set()
        for thread in self._threads:
            thread.join()

    def _work(self, number: int, all_the_way: bool) -> None:
        random = Random(f"{self._seed}-{number}")  # noqa: S311 (a run that can be repeated, not a secret)
        people = People(self._rig.config, self._tokens, self._notes, lambda: time.monotonic() > self._end)
        today = civil_date(datetime.now(UTC))
        turn = 0
        try:
            while not self._no_new.is_set() and len(self._notes.marks) < MOST_CASES:
                turn += 1
                mark = f"m{self._seed}.{number}.{turn}"
                life = Life(people, self._notes, self._rig.services, random, mark, today)
                life.log()
                if all_the_way:
                    life.live()
                else:
                    self._no_new.wait(self._pause)
        except GivenUp:
            return
        finally:
            people.close()
