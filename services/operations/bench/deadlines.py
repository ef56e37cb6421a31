"""P16: what working out a deadline costs."""

from datetime import date, timedelta
from timeit import repeat

from services.operations.bench.place import Place
from services.operations.bench.report import Bound, Measurement
from shared.law.clock import due_date

_DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(300)]


def measure(_place: Place, quick: bool) -> list[Measurement]:
    rounds = 20 if quick else 60

    def work_out() -> None:
        for day in _DAYS:
            due_date(day)

    best = min(repeat(work_out, number=3, repeat=rounds)) / 3 / len(_DAYS)
    return [
        Measurement(
            id="P16", what="a deadline of section 10", unit="µs", real=best * 1e6, bound=Bound("at most", 4, "real")
        )
    ]
