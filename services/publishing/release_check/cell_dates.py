"""Dates and times of cells, which are numbers of days under a format code."""

import calendar
from datetime import UTC, datetime, timedelta

from services.publishing.release_check.format_codes import Section, general, literal

_MONTHS = tuple(calendar.month_name)
_DAYS = tuple(calendar.day_name)


def moment(section: Section, value: float, epoch_1904: bool) -> str:
    """A number as the date or time that it stands for; as a number where there is no such date."""
    # The calendar from 1900 has a 29 February 1900, which there never was.
    first = (1904, 1, 1) if epoch_1904 else (1899, 12, 30 if value >= 60 else 31)
    try:
        instant = datetime(*first, tzinfo=UTC) + timedelta(seconds=round(value * 86400))
    except (OverflowError, ValueError):
        return general(value)
    letters = section.date_letters
    clock = "%H:%M:%S" if "s" in letters else "%H:%M"
    if "elapsed" in section.kinds:
        minutes, seconds = divmod(round(value * 86400), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if {"y", "d", "m"} <= letters:
        return instant.strftime(f"%Y-%m-%d {clock}" if "h" in letters else "%Y-%m-%d")
    if letters & {"h", "s"} and not letters & {"y", "d"}:
        return instant.strftime(clock)
    return "".join(_date_part(kind, text, instant) for kind, text in section.tokens)


def _date_part(kind: str, text: str, instant: datetime) -> str:
    if kind != "date":
        return literal(kind, text)
    letter, length = text[0].lower(), len(text)
    if letter == "y":
        return f"{instant.year}" if length > 2 else f"{instant.year % 100:02}"
    if letter == "m" and length > 2:
        return _MONTHS[instant.month][: 3 if length == 3 else None]
    if letter == "d" and length > 2:
        return _DAYS[instant.weekday()][: 3 if length == 3 else None]
    number = {"m": instant.month, "d": instant.day, "h": instant.hour, "s": instant.second}[letter]
    return f"{number:02}" if length > 1 else str(number)
