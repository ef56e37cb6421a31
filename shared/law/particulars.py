"""What a letter tells the requester about complaining, as it stood on a day (section 17(7); RN-13, RN-14)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, TypeVar


@dataclass(frozen=True)
class Act:
    """The Act by the name that letters use."""

    valid_from: date
    name: str
    source: str


@dataclass(frozen=True)
class InternalReview:
    """The Code's periods for an internal review, all in working days (CLK-18)."""

    valid_from: date
    ask_within_working_days: int
    answer_within_working_days: int
    exceptional_working_days: int
    source: str


@dataclass(frozen=True)
class Regulator:
    """To whom a requester complains under section 50; `address` is one line of an envelope per item."""

    valid_from: date
    name: str
    address: tuple[str, ...]
    website: str
    source: str


@dataclass(frozen=True)
class Particulars:
    """All of it as it stood on `on`."""

    on: date
    act: Act
    internal_review: InternalReview
    regulator: Regulator


class NoParticulars(Exception):
    """No row of the data was yet valid on the day asked for."""


def _read() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files(__package__).joinpath("particulars.toml").read_text(encoding="utf-8"))


_DATA = _read()
_ACTS = tuple(Act(**row) for row in _DATA["act"])
_REVIEWS = tuple(InternalReview(**row) for row in _DATA["internal_review"])
_REGULATORS = tuple(Regulator(**{**row, "address": tuple(row["address"])}) for row in _DATA["regulator"])


_Row = TypeVar("_Row", Act, InternalReview, Regulator)


def particulars(on: date) -> Particulars:
    """What a letter dated `on` must say. Raises NoParticulars before the first row of the data."""
    return Particulars(on, _standing(_ACTS, on), _standing(_REVIEWS, on), _standing(_REGULATORS, on))


def _standing(rows: tuple[_Row, ...], on: date) -> _Row:
    valid = [row for row in rows if row.valid_from <= on]
    if not valid:
        kind = type(rows[0]).__name__
        raise NoParticulars(
            f"There is no {kind} valid on {on.isoformat()}; the first is valid from {rows[0].valid_from.isoformat()}. "
            "Add the earlier row to shared/law/particulars.toml."
        )
    return max(valid, key=lambda row: row.valid_from)
