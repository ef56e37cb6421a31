"""The quarters of the calendar year, for which figures are published (Code of Practice, paragraph 8.5)."""

import re
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter by its year and number: the first begins on 1 January."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Quarter":
        """The quarter written as 2026-Q3. Raises ValueError, which says how one is written."""
        match = _WRITTEN.fullmatch(text)
        if match is None or match[1] == "0000":
            raise ValueError(f"“{text}” is no quarter: write the year and the number of the quarter, as in 2026-Q3")
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        last_month = 3 * self.number
        return date(self.year, last_month, 30 if last_month in (6, 9) else 31)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"
