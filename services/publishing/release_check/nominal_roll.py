"""The nominal roll: a force's own staff list, kept as hashed tokens and looked for in what leaves (REL-20).

The file has one line for its form, one for its salt, and then one token on each line, sorted. A token is the beginning
of the HMAC-SHA256, under the salt, of a surname alone, with a forename, with an initial, or with a collar number.
Tokens keep the list from being read, not from being tried: whoever holds the file can ask it whether a certain name is
on it. It is to be kept as the staff list is.
"""

import hmac
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, pairwise
from pathlib import Path

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.hits import PERSON, Hit
from services.publishing.release_check.policy import plain
from services.publishing.release_check.vocabulary import WORDS

_FORM = "candour-nominal-roll 1 hmac-sha256"
_DIGITS = 16
"""Hexadecimal digits of a token: by chance one name in 10^15 would be on a roll of 10,000 people."""
SALT_SIZE = 16

_WORD = r"[^\W\d_][\w'’-]{0,40}\.?"
_RUN = re.compile(rf"(?<![\w'’-]){_WORD}(?:(?:,[ \t]*|[ \t]+|[ \t]*\n[ \t]*)(?:{_WORD}|[A-Z]{{0,2}}\d{{2,7}}))+")
_PIECE = re.compile(r"[^\s,]+")
_MOST_WORDS_OF_A_SURNAME = 3
_LONGEST_CELL = 40


@dataclass(frozen=True, kw_only=True)
class Person:
    """One line of the staff list. `collar` may be empty."""

    surname: str
    forename: str
    collar: str = ""


def tokens_of(people: Iterable[Person], salt: bytes) -> bytes:
    """The roll of these people, as it is kept in a file."""
    hashed: set[str] = set()
    for person in people:
        surname, forename = _normal(person.surname), _normal(person.forename)
        hashed |= {_token(salt, surname, each) for each in ("", forename[:1], forename)}
        if person.collar:
            hashed.add(_token(salt, surname, person.collar.strip().lower()))
    return "\n".join([_FORM, f"salt {salt.hex()}", *sorted(hashed), ""]).encode("ascii")


class Roll:
    """The people of a roll, who can be found and cannot be listed."""

    def __init__(self, salt: bytes, tokens: frozenset[str]) -> None:
        self._salt = salt
        self._tokens = tokens
        self._known: dict[tuple[str, str], bool] = {}

    @classmethod
    def read(cls, path: str, digest: str) -> "Roll":
        """The roll in a file whose SHA-256 is `digest`. Raises `Unreadable` for any other."""
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise Unreadable(f"cannot be checked: the nominal roll cannot be read ({error.strerror})") from None
        if sha256(data).hexdigest() != digest.lower():
            raise Unreadable("cannot be checked: the nominal roll is not the one that the policy names")
        form, _, rest = data.decode("ascii", "replace").partition("\n")
        salt, _, tokens = rest.partition("\n")
        if form != _FORM or not re.fullmatch(r"salt (?:[0-9a-f]{2}){8,}", salt) or not tokens.strip():
            raise Unreadable("cannot be checked: the nominal roll is not in the form of `candour roll`")
        return cls(bytes.fromhex(salt[5:]), frozenset(tokens.split()))

    def hits(self, text: str, allowed: Collection[str] = ()) -> Iterator[Hit]:
        """Where people of the roll are named: `Jo Smith`, `SMITH, Jo`, `J. Smith`, `PC 1234 Smith`. A name stands in
        capitals or with a capital at its beginning."""
        self._known.clear()
        for run in _RUN.finditer(text):
            pieces = [(each.start(), each.group()) for each in _PIECE.finditer(text, run.start(), run.end())]
            yield from self._in_run(text, pieces, allowed)

    def _in_run(self, text: str, pieces: list[tuple[int, str]], allowed: Collection[str]) -> Iterator[Hit]:
        index = 0
        while index < len(pieces):
            width = self._width(pieces, index)
            if width:
                start, last = pieces[index][0], pieces[index + width - 1]
                end = last[0] + len(last[1])
                if plain(text[start:end]) not in allowed:
                    yield Hit("nominal_roll", PERSON, start, end)
            index += width or 1

    def _width(self, pieces: list[tuple[int, str]], index: int) -> int:
        """How many words from here on are somebody's name, the fewest that are."""
        words = [word for _, word in pieces[index : index + 1 + _MOST_WORDS_OF_A_SURNAME]]
        end = next((place for place, word in enumerate(words) if not _may_stand(word)), len(words))
        if not _may_begin(words[0]):
            return 0
        for width in range(2, end + 1):
            if _may_begin(words[width - 1]) and any(self._has(*pair) for pair in _pairs(words[:width])):
                return width
        return 0

    def rows(self, rows: Sequence[Sequence[str]], allowed: Collection[str] = ()) -> tuple[list[int], int]:
        """The rows, counted from 1, in which a surname stands beside a forename or a collar number, or one cell
        further; and how many different names that are."""
        surnames = {each for each in set(chain.from_iterable(rows)) if self._is_surname(each)}
        pairs: set[tuple[str, str]] = set()
        for row in rows:
            if not surnames.isdisjoint(row):
                pairs.update(pair for pair in _neighbours(row) if not surnames.isdisjoint(pair))
        known = {pair for pair in pairs if self._is_person(pair, allowed)}
        named = [number for number, row in enumerate(rows, 1) if known and not known.isdisjoint(_neighbours(row))]
        return named, len(known)

    def _is_surname(self, cell: str) -> bool:
        return 1 < len(cell) <= _LONGEST_CELL and cell[0].isalpha() and self._knows(_normal(cell), "")

    def _is_person(self, pair: tuple[str, str], allowed: Collection[str]) -> bool:
        one, other = pair
        if not (0 < len(one) <= _LONGEST_CELL and 0 < len(other) <= _LONGEST_CELL):
            return False
        if not (one[0].isalpha() or other[0].isalpha()) or plain(one + other) in allowed:
            return False
        return any(
            self._has(_normal(surname), _other(forename))
            or (_is_initials(forename) and self._has(_normal(surname), _normal(forename)[:1]))
            for surname, forename in (pair, (other, one))
            if surname[0].isalpha()
        )

    def has(self, surname: str, forename: str) -> bool:
        """Whether somebody of this name is on the roll; a forename of one letter is an initial."""
        return self._has(_normal(surname), _normal(forename))

    def _has(self, surname: str, other: str) -> bool:
        return bool(surname and other) and self._knows(surname, "") and self._knows(surname, other)

    def _knows(self, surname: str, other: str) -> bool:
        pair = (surname, other)
        if pair not in self._known:
            self._known[pair] = _token(self._salt, surname, other) in self._tokens
        return self._known[pair]


def _pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    """Surname and forename as these words may be meant, in either order, with middle names or a surname of several
    words between."""
    first, last = words[0], words[-1]
    rest, front = _normal("".join(words[1:])), _normal("".join(words[:-1]))
    yield rest, _other(first)
    yield front, _other(last)
    if len(words) > 2:
        yield _normal(last), _other(first)


def _neighbours(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from pairwise(row)
    yield from zip(row, row[2:], strict=False)


def _is_initials(text: str) -> bool:
    return len(text) <= 5 and text.isupper() and text[0].isalpha()


def _may_stand(word: str) -> bool:
    return _may_begin(word) or word in WORDS["particles"]


def _may_begin(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _other(word: str) -> str:
    return word.lower() if any(map(str.isdigit, word)) else _normal(word)


def _normal(name: str) -> str:
    """Letters only, without accents, in small letters: `O’Néill` and `ONEILL` are the same."""
    if name.isascii():
        return "".join(filter(str.isalpha, name)).lower()
    plainer = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in plainer if each.isalpha())


def _token(salt: bytes, surname: str, other: str) -> str:
    return hmac.digest(salt, f"{surname}|{other}".encode(), "sha256").hex()[:_DIGITS]
