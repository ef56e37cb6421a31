"""The days that a letter names: when the request came, when the letter was written, when an answer was due."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shared.letters.lint.vocabulary import words

_MONTHS = {
    name: n
    for n, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december"), 1,
    )
}  # fmt: skip
_SHORT = {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_MONTH = "|".join((*_MONTHS, *_SHORT))
_ORDINAL = r"(?:\s*(?:<su[pb]>)?\s*(?:st|nd|rd|th)\s*(?:</su[pb]>)?)?"
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:day\s+)?(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}}){_ORDINAL},?\s+(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d{2}))\b",
    re.IGNORECASE,
)
_RECEIVED = words("dates", "received")
_NOT_RECEIVED = words("dates", "not_received")
_CLARIFIED = re.compile(r"\b(?:clarif\w+|refin\w+)", re.IGNORECASE)
_DUE = words("dates", "due")
_SENT = words("dates", "sent")
_YOU_ASKED = re.compile(r"\s*,?\s*(?:we|was|is when)?\s*(?:received|you (?:asked|wrote|requested|sent))", re.IGNORECASE)
_RECEIVED_ABOVE = re.compile(
    r"^\W*(?:date )?(?:(?:your )?request )?received\b.{0,12}$|^date of (?:receipt|request)\W*$", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.;])\s")
_ALONE = 30
"""Characters within which a date stands in a line that names it."""
_HEAD = 25
"""Paragraphs among which a letter's own date stands."""


@dataclass(frozen=True)
class Dates:
    """What was found; None where the letter does not say. `clarified`: when it was made clear what was meant."""

    received: date | None = None
    sent: date | None = None
    due: date | None = None
    clarified: date | None = None


def dates_in(text: str) -> Iterator[tuple[re.Match[str], date]]:
    """Every possible date in a text with its place."""
    for match in _DATE.finditer(text):
        try:
            yield match, _date(match)
        except ValueError:
            continue


def _date(match: re.Match[str]) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if match["d"]:
        year = int(match["y"])
        return date(year + 2000 if year < 100 else year, int(match["m"]), int(match["d"]))
    month = (match["month"] or match["month2"]).lower()
    number = _MONTHS.get(month) or _SHORT[month]
    return date(int(match["year"] or match["year2"]), number, int(match["day"] or match["day2"]))


def dates_of(paragraphs: Sequence[str]) -> Dates:
    """The days that matter, by the words around them; the first date that stands alone is the letter's own."""
    found: dict[str, date] = {}
    for n, text in enumerate(paragraphs):
        above = paragraphs[n - 1] if n else ""
        last = 0
        for match, day in dates_in(text):
            before = _SENTENCE.split(text[last : match.start()][-110:])[-1]
            place = _Place(n, text, above, before, text[match.end() : match.end() + 60], match)
            last = match.end()
            name = next((name for name, fits in _NAMES if name not in found and fits(place)), None)
            if name:
                found[name] = day
    return Dates(**found)


@dataclass(frozen=True)
class _Place:
    """Where a date stands: in which paragraph, and the words around it."""

    number: int
    text: str
    above: str
    before: str
    after: str
    match: re.Match[str]

    @property
    def alone(self) -> bool:
        return len(self.text) <= self.match.end() - self.match.start() + 14


_ANSWERED = re.compile(r"^\W*(?:date )?(?:of )?(?:answered|replied|responded|sent|issued)(?: on)?\W*$", re.IGNORECASE)


def _is_sent(place: _Place) -> bool:
    named = bool(_SENT.match(place.text)) and place.match.start() <= _ALONE
    named = named or bool(place.number < _HEAD and _ANSWERED.match(place.before))
    of_something_else = re.search(r"receiv", place.text, re.IGNORECASE) or _DUE.search(place.before)
    return named or (place.number < _HEAD and place.alone and not of_something_else)


def _is_due(place: _Place) -> bool:
    return bool(_DUE.search(place.before)) and not re.search(r"\breview|complain", place.text, re.IGNORECASE)


def _is_clarified(place: _Place) -> bool:
    return bool(_CLARIFIED.search(place.before) and _RECEIVED.search(f"{place.before} {place.after}"))


def _is_received(place: _Place) -> bool:
    said = _RECEIVED.search(place.before) or _YOU_ASKED.match(place.after)
    return bool(said) and not _NOT_RECEIVED.search(place.before)


def _is_received_by_heading(place: _Place) -> bool:
    return place.alone and bool(_RECEIVED_ABOVE.match(place.above))


_NAMES: tuple[tuple[str, Callable[[_Place], bool]], ...] = (
    ("received", _is_received_by_heading),
    ("sent", _is_sent),
    ("due", _is_due),
    ("clarified", _is_clarified),
    ("received", _is_received),
)
