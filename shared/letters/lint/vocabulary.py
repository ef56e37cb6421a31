"""The words by which the rules recognise what a letter says: data, one file for each module that looks for them.

A file holds lists of alternatives, each a regular expression; they are matched without regard to case, those in its
table `exact` as written. A table that is a list of rows ([[...]]) has its alternatives in `any`.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _file(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath("words", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words(file: str, name: str) -> re.Pattern[str]:
    """The expression of this name in `words/<file>.toml`."""
    data = _file(file)
    exact = data.get("exact", {})
    return expression(exact[name], exact=True) if name in exact else expression(data[name])


def rows(file: str, table: str) -> list[dict[str, Any]]:
    """The rows of a table, each with its `any` as one expression."""
    return [{**row, "any": expression(row["any"], exact=row.get("exact", False))} for row in _file(file)[table]]


def expression(alternatives: list[str], *, exact: bool = False) -> re.Pattern[str]:
    """One expression that finds any of the alternatives."""
    return re.compile("|".join(alternatives), 0 if exact else re.IGNORECASE)
