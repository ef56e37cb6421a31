"""Reads what a file asks of the clock: a list of objects with id, regime, clock, received and events."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.operations.deadline_words import CLOCKS, EVENTS, REGIMES, named
from shared.law.calendar import DIVISIONS, FIRST_DAY, LAST_DAY, Calendar, CalendarEnds, Holiday, in_words
from shared.law.clock_events import MOVES, TOUCHES_NOTHING, ClockEvent, ClockRefused
from shared.law.extensions import NO_GROUND
from shared.law.regimes import REGIMES as LAW

Json = dict[str, Any]
CIVIL = ZoneInfo("Europe/London")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

# The first of these keys that an object has is read.
_TYPE = ("type", "kind", "event", "name")
_ON = ("on", "date", "day", "dated", "at", "given_on", "sent_on", "received_on")
_PARTS = ("parts", "part", "labels")
_RESENT = ("resent_on", "resent", "received_on")
_ESTIMATE = ("estimate", "estimated_on", "estimated_date", "estimated", "new_date", "extended_to", "until")
# The day of a document, or of a proclamation, may lie before that of its receipt.
_BEFORE_RECEIPT = ("document", "holiday_proclaimed")
# What keys that say for what the time is extended have in their names.
_CITED = re.compile("exempt|citation|^cite|provision|section|limb|ground|qualified|public_interest")
_REASON = re.compile("reason|because|cause|why|justif|purpose")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of a file: what its word means, and what goes with it. `event` is None for the command's own kinds."""

    kind: str
    on: date
    event: ClockEvent | None
    days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One object of a file, understood."""

    clock: str
    regime: str
    received: date
    parts: tuple[str, ...]
    happenings: tuple[Happening, ...]
    holidays: tuple[Holiday, ...]
    days: int | None

    @property
    def events(self) -> tuple[ClockEvent, ...]:
        return tuple(each.event for each in self.happenings if each.event is not None)

    def calendar(self, regime: str) -> Calendar:
        """The regime's calendar with the days that the file says were proclaimed."""
        return LAW[regime].calendar.with_added(self.holidays)

    def last(self, *kinds: str) -> date | None:
        """The day of the latest of these kinds."""
        return max((each.on for each in self.happenings if each.kind in kinds), default=None)


def read_asked(row: Any) -> Asked:
    """What one object asks. Raises ClockRefused, naming the field."""
    if not isinstance(row, dict):
        raise ClockRefused("CLK-01", "", "This is no object.", 'Give objects such as {"id": "…", "received": "…"}.')
    clock, regime = _clock(row), _regime(row)
    received = civil_day(row.get("received", row.get("received_on")), "received")
    events = row.get("events")
    events = [] if events is None else events
    if not isinstance(events, list):
        raise ClockRefused("CLK-01", "events", "This is no list.", "Give a list of events, empty if there are none.")
    happenings = tuple(found for place, each in enumerate(events) for found in _happenings(each, f"events.{place}"))
    for place, each in enumerate(happenings):
        if each.on < received and each.kind not in _BEFORE_RECEIPT:
            problem = f"{in_words(each.on)} is before the date of receipt, {in_words(received)}."
            raise ClockRefused("CLK-01", f"events.{place}.on", problem, "Correct one of the two dates.")
    holidays = tuple(_holidays(events))
    return Asked(
        clock=clock,
        regime=regime,
        received=received,
        parts=_texts(row.get("parts"), "parts"),
        happenings=happenings,
        holidays=holidays,
        days=_number(row.get("days"), "days"),
    )


def civil_day(value: Any, field: str) -> date:
    """A civil date from ISO text; of a moment, the day that it is then in Europe/London (CLK-01)."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        day = _day(text)
    except ValueError:
        shown = "Nothing" if value is None else f"“{value}”"
        problem = f"There is no day {text}." if _ISO_DAY.match(text) else f"{shown} is no date."
        raise ClockRefused("CLK-01", field, problem, "Give an existing day as YYYY-MM-DD.") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ClockRefused("CLK-05", field, str(CalendarEnds(in_words(day))), "Check the year.")
    return day


def _day(text: str) -> date:
    if _ISO_DAY.match(text):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment.astimezone(CIVIL).date() if moment.tzinfo else moment.date()


def _clock(row: Mapping[str, Any]) -> str:
    text = row.get("clock") or "response"
    found = named(CLOCKS, str(text))
    if found is None:
        known = ", ".join(sorted({name for _, name in CLOCKS}))
        raise ClockRefused("CLK-01", "clock", f"There is no clock “{text}”.", f"Use one of: {known}.")
    return found


def _regime(row: Mapping[str, Any]) -> str:
    text = row.get("regime")
    if found := named(REGIMES[:3], str(row.get("clock") or "")):
        return found
    if text is None:
        return "foia"
    found = named(REGIMES, str(text))
    if found is None:
        raise ClockRefused("CLK-23", "regime", f"There is no regime “{text}”.", "Use one of: foia, eir, foisa, sar.")
    return found


def _first(row: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((row[key] for key in keys if key in row), None)


def _texts(value: Any, field: str) -> tuple[str, ...]:
    if value is None or value is False or value == "":
        return ()
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int) for item in items):
        raise ClockRefused("CLK-08", field, "This is no list of texts.", "Give a list of texts.")
    return tuple(str(item).strip() for item in items)


def _number(value: Any, field: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 366:
        raise ClockRefused("CLK-19", field, f"“{value}” is no number of days.", "Give a whole number from 1 to 366.")
    return value


def _happenings(row: Any, field: str) -> Iterator[Happening]:
    if not isinstance(row, dict):
        raise ClockRefused("CLK-01", field, "This is no object.", 'Give objects such as {"type": "…", "on": "…"}.')
    word = str(_first(row, _TYPE) or "")
    kind = named(EVENTS, word)
    if kind is None:
        known = ", ".join(sorted((*MOVES, *TOUCHES_NOTHING)))
        raise ClockRefused("CLK-01", f"{field}.type", f"“{word}” is no event of a clock.", f"Use one of: {known}.")
    on = civil_day(_first(row, _ON), f"{field}.on")
    days = _number(row.get("days"), f"{field}.days")
    kind, event = _event(kind, word, row, on, field)
    yield Happening(kind=kind, on=on, event=event, days=days)
    if kind == "redirected" and (again := _first(row, _RESENT)) is not None:
        day = civil_day(again, f"{field}.resent_on")
        yield Happening(
            kind="resent", on=day, event=ClockEvent(kind="resent", on=day, parts=event.parts if event else ())
        )


def _event(kind: str, word: str, row: Mapping[str, Any], on: date, field: str) -> tuple[str, ClockEvent | None]:
    parts = _texts(_first(row, _PARTS), f"{field}.parts")
    sufficient = not (row.get("sufficient") is False or row.get("insufficient") is True or kind == "insufficient")
    if kind == "insufficient":
        kind = "clarification_received"
    if kind == "responded" and (row.get("partial") is True or row.get("full") is False):
        kind = "partly_responded"
    if kind == "partly_responded" and parts:
        kind = "responded"
    if kind == "identity":
        received = re.search(r"receiv|provid|suppl|confirm|verif", word.lower())
        return ("identity_received", None) if received else (kind, ClockEvent(kind="identity_asked", on=on))
    if kind == "time_extended":
        return kind, _extension(word, row, on, parts, field)
    if kind not in MOVES and kind not in TOUCHES_NOTHING:
        return kind, None
    return kind, ClockEvent(kind=kind, on=on, parts=parts, sufficient=sufficient)  # type: ignore[arg-type]


def _extension(word: str, row: Mapping[str, Any], on: date, parts: tuple[str, ...], field: str) -> ClockEvent:
    """A notice of extension. What stands where a citation should, but has no number, is a reason. Where nothing is
    cited, a notice of a public interest extension with its estimate is taken to have named the exemption, as a summary
    of it leaves that out; any other is taken to have named none.
    """
    said = {key: True if row[key] == "qualified" else row[key] for key in row if _CITED.search(key)}
    denied = any(value is None or value is False for value in said.values())
    texts = [text for key, value in said.items() if value is not True for text in _texts(value, f"{field}.{key}")]
    told = any(value is not True for value in said.values())
    citations = tuple(text for text in texts if re.search("[0-9]", text) and not denied)
    reasons = [text for text in texts if not re.search("[0-9]", text) and text.lower() != "none"]
    reasons += [text for key in row if _REASON.search(key) for text in _texts(row[key], f"{field}.{key}")]
    if NO_GROUND.search(word):
        reasons.append(word)
    estimate = _first(row, _ESTIMATE)
    implied = True in said.values() or (estimate is not None and re.search(r"pit|public", word.lower()))
    apart = [row.get(key) is True for key in ("complex", "voluminous")]
    both = all(apart) if {"complex", "voluminous"} & row.keys() else row.get("complex_and_voluminous")
    return ClockEvent(
        kind="time_extended",
        on=on,
        parts=parts,
        citations=None if implied and not told else citations,
        estimate=None if estimate is None else civil_day(estimate, f"{field}.estimate"),
        reason="; ".join(reasons),
        exceptional=row.get("exceptional") is True,
        complex_and_voluminous=both if isinstance(both, bool) else None,
    )


def _holidays(events: Sequence[Mapping[str, Any]]) -> Iterator[Holiday]:
    """Days that a file says were proclaimed while the request was open."""
    for place, row in enumerate(events):
        day = row.get("holiday", row.get("date"))
        if named(EVENTS, str(_first(row, _TYPE))) == "holiday_proclaimed" and day is not None:
            field = f"events.{place}"
            divisions = _texts(row.get("divisions", row.get("division")), f"{field}.division") or tuple(DIVISIONS)
            on = civil_day(_first(row, _ON), f"{field}.on")
            title = str(row.get("title", "Proclaimed day"))
            holiday = civil_day(day, f"{field}.holiday")
            yield Holiday(holiday, divisions, title, "proclamation", "the file read", first_seen=on, announced=on)
