"""The authorities that have the legal duty to answer, as data: a new force is a table in `authorities.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from shared.chassis.events.values import Code
from shared.contracts.values import Reference


class AuthoritiesWrong(Exception):
    """The file of authorities cannot be used; the message names the authority, the setting and the mend."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A website with a disclosure log of its own. `code` is its first path segment on the public site."""

    code: Code
    name: str


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A police force or body with the legal duty.

    `reference` writes the public reference: {number} (with a width as in {number:06d}), {yy} and {yyyy}; `year`
    says whether that year begins in January ("calendar") or in April ("financial"). `last_numbers` gives, for a
    year, the last number that was used before Candour took over. Authorities with the same `series` number their
    cases in one row.
    """

    code: Code
    name: str
    language: str
    reference: str
    year: str
    series: str
    review_address: str
    review_email: str
    sites: tuple[Site, ...]
    last_numbers: Mapping[str, int] = field(default_factory=dict)

    def reference_year(self, received_on: date) -> int:
        """The year that a request received on this day is numbered in."""
        if self.year == "financial" and (received_on.month, received_on.day) < (4, 1):
            return received_on.year - 1
        return received_on.year

    def write_reference(self, year: int, number: int) -> Reference:
        return Reference(self.reference.format(number=number, yy=f"{year % 100:02d}", yyyy=f"{year:04d}"))


def contact_details() -> tuple[str, ...]:
    """The addresses that authorities give out themselves: they may stand in whatever leaves."""
    return tuple(
        each for authority in authorities().values() for each in (authority.review_email, authority.review_address)
    )


_file: Path | None = None


def use(file: Path | None) -> None:
    """Take the authorities from this file, in this process, before any service is loaded; None: Candour's own."""
    global _file  # noqa: PLW0603 (one process serves one set of authorities, chosen once when it starts)
    _file = file
    authorities.cache_clear()


@cache
def authorities() -> Mapping[str, Authority]:
    """The authorities by code. Raises `AuthoritiesWrong`."""
    source = _file if _file is not None else resources.files(__package__) / "authorities.toml"
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))["authority"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise AuthoritiesWrong(f"{source}: cannot be read as [authority.<code>] tables: {error}") from None
    return {code: _authority(code, table) for code, table in tables.items()}


def sites() -> Mapping[str, Site]:
    """Every site by its code."""
    return {site.code: site for authority in authorities().values() for site in authority.sites}


def _authority(code: str, table: Mapping[str, Any]) -> Authority:
    try:
        made = Authority(
            code=Code(code),
            name=table["name"],
            language=table.get("language", "en"),
            reference=table["reference"],
            year=table.get("year", "calendar"),
            series=table.get("series", code),
            review_address=table["review_address"],
            review_email=table["review_email"],
            sites=tuple(Site(code=Code(name), name=title) for name, title in table["sites"].items()),
            last_numbers=table.get("last_numbers", {}),
        )
        if made.year not in ("calendar", "financial"):
            raise ValueError("year must be calendar or financial")
        if not re.search(r"\{number(:0\d+d)?\}", made.reference):
            raise ValueError("reference must contain {number}")
        made.write_reference(2026, 1)
    except (KeyError, ValueError) as error:
        raise AuthoritiesWrong(f"authority.{code}: {error}") from None
    return made
