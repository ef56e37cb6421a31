"""The marks with which people number their questions: `1:`, `1a.`, `1 –`, `- 1`, `Q1`, `a)`, `(i)`, `1.2`."""

import re
from dataclasses import dataclass, replace

_STRONG = r"\s*[.:)\]–—-]+(?=\s|$)"
_LEAD = r"(?P<mark>\s*(?P<lead>(?:[-*•·–]\s+)?(?:question\s+|q\.?\s*)?)\(?"
_NUMBER_AND_LETTER = re.compile(
    _LEAD + r"(?P<number>\d{1,2})\.?\(?(?P<letter>[a-z])\s*[.:)\]–—-]*(?=\s|$))\s*", re.IGNORECASE
)
_NUMBER_AND_NUMBER = re.compile(_LEAD + r"(?P<number>\d{1,2})\.(?P<second>\d{1,2})[.:)]?(?=\s))\s*", re.IGNORECASE)
_NUMBER = re.compile(_LEAD + rf"(?P<number>\d{{1,2}}){_STRONG})\s*", re.IGNORECASE)
_BARE_NUMBER = re.compile(_LEAD + r"(?P<number>\d{1,2}))\s+(?=[^\W\d_])", re.IGNORECASE)
_LETTER = re.compile(r"(?P<mark>\s*\(?(?P<letter>[a-z])[.:)])(?:\s+|$)", re.IGNORECASE)
_ROMAN = re.compile(r"(?P<mark>\s*\(?(?P<roman>[ivx]{1,5})[.:)])(?:\s+|$)", re.IGNORECASE)
_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_GAP = 2
"""How many numbers a request may leave out in its own numbering."""


@dataclass(frozen=True)
class Place:
    """Where the numbering stands: the last number, letter, roman numeral and second number; 0 and "" for none."""

    number: int = 0
    letter: str = ""
    roman: int = 0
    second: int = 0

    @property
    def label(self) -> str:
        """The canonical label of the number and letter, such as 1a; empty before the first."""
        return f"{self.number or ''}{self.letter}"


@dataclass(frozen=True)
class Mark:
    """A mark at the beginning of a line: the label and parent that it means, how it is written, where the text
    begins in the line, and where the numbering stands after it."""

    label: str
    parent: str | None
    written: str
    line_from: int
    place: Place


def read_mark(line: str, place: Place) -> Mark | None:
    """The mark that the line begins with, if it is the next in its turn after `place`."""
    return (
        _number_and_letter(line, place)
        or _number_and_number(line, place)
        or _number(line, place)
        or _roman(line, place)
        or _letter(line, place)
    )


def _mark(label: str, parent: str | None, found: re.Match[str], place: Place) -> Mark:
    return Mark(label, parent, found["mark"].strip(), found.end(), place)


def _number_and_letter(line: str, place: Place) -> Mark | None:
    found = _NUMBER_AND_LETTER.match(line)
    if found is None:
        return None
    number, letter = int(found["number"]), found["letter"].lower()
    next_place = Place(number, letter)
    if number == place.number and _follows(letter, place.letter):
        return _mark(next_place.label, str(number), found, next_place)
    if _in_turn(number, place.number) and letter == "a":
        return _mark(next_place.label, None, found, next_place)
    return None


def _number_and_number(line: str, place: Place) -> Mark | None:
    found = _NUMBER_AND_NUMBER.match(line)
    if found is None:
        return None
    number, second = int(found["number"]), int(found["second"])
    next_place = Place(number, second=second)
    if number == place.number and second == place.second + 1:
        return _mark(f"{number}.{second}", str(number), found, next_place)
    if _in_turn(number, place.number) and second == 1:
        return _mark(f"{number}.{second}", None, found, next_place)
    return None


def _number(line: str, place: Place) -> Mark | None:
    found = _NUMBER.match(line)
    if found is not None and _in_turn(int(found["number"]), place.number):
        return _mark(found["number"].lstrip("0"), None, found, Place(int(found["number"])))
    found = _BARE_NUMBER.match(line)
    if found is None or int(found["number"]) != place.number + 1:
        return None
    if found["lead"] or line[found.end()].isupper():  # else it may be an amount in a sentence
        return _mark(found["number"].lstrip("0"), None, found, Place(int(found["number"])))
    return None


def _letter(line: str, place: Place) -> Mark | None:
    found = _LETTER.match(line)
    if found is None or not _follows(found["letter"].lower(), place.letter):
        return None
    next_place = Place(place.number, found["letter"].lower())
    return _mark(next_place.label, str(place.number) if place.number else None, found, next_place)


def _roman(line: str, place: Place) -> Mark | None:
    found = _ROMAN.match(line)
    numeral = found["roman"].lower() if found else ""
    if found is None or not place.label or numeral != (*_ROMANS, None)[place.roman + 1]:
        return None
    if place.letter and _follows(numeral, place.letter):  # "i" after "h" is a letter
        return None
    return _mark(f"{place.label}.{numeral}", place.label, found, replace(place, roman=place.roman + 1))


def _follows(letter: str, last: str) -> bool:
    return len(letter) == 1 and ord(letter) == (ord(last) + 1 if last else ord("a"))


def _in_turn(number: int, last: int) -> bool:
    return last < number <= last + 1 + (_GAP if last else 0)
