"""Which law correspondence comes under, and who deals with it (TRI rules): words suggest it, an officer decides.

The data is `triage.toml`, whose head explains each key.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from shared.law.findings import Finding


@dataclass(frozen=True)
class Route:
    """One way to deal with correspondence: the `regime` and the `clock` it comes under, and what is different there."""

    code: str
    rule: str
    title: str
    regime: str
    clock: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """That the words hint at a route, and why. `quotes` are the requester's own words: they stay at the front desk."""

    rule: str
    route: str
    regime: str
    why: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Clue:
    route: str
    pattern: re.Pattern[str]
    why: str


_DATA = tomllib.loads(files(__package__).joinpath("triage.toml").read_text(encoding="utf-8"))
ROUTES: dict[str, Route] = {
    row["code"]: Route(**{**row, "differences": tuple(row["differences"])}) for row in _DATA["route"]
}
"""Every route by its code, in the order of the rules."""
REGIMES = tuple(dict.fromkeys(route.regime for route in ROUTES.values()))
"""The laws that a route can come under; "none" is no access regime at all, "mixed" more than one."""
_CLUES = tuple(
    _Clue(row["route"], re.compile(row["pattern"].replace(" ", r"\s+"), re.IGNORECASE), row["why"])
    for row in _DATA["clue"]
)


def suggest(text: str) -> tuple[Suggestion, ...]:
    """Where a request in these words may belong, in the order of the rules; never empty.

    Without any clue it is a request under the Act (TRI-04). With clues, the Act stays among the suggestions: what is
    asked may always be recorded information. Two clues or more suggest that it is mixed (TRI-10) as well.
    """
    found: dict[str, Suggestion] = {}
    for clue in _CLUES:
        quotes = tuple(dict.fromkeys(" ".join(match[0].split()) for match in clue.pattern.finditer(text)))
        if quotes:
            found[clue.route] = _suggestion(clue.route, clue.why, quotes)
    otherwise = "whatever else is asked is asked for as recorded information" if found else "it asks for information"
    found["freedom-of-information"] = _suggestion("freedom-of-information", otherwise)
    if len(found) > 2:
        found["mixed"] = _suggestion("mixed", "its words hint at more than one of these")
    return tuple(found[code] for code in ROUTES if code in found)


def check_route(route: str) -> tuple[Finding, ...]:
    """What is wrong with the route that an officer has chosen; empty when there is one of this code."""
    if route in ROUTES:
        return ()
    return (Finding("route", "TRI-04", f"“{route}” is no route", f"choose one of: {', '.join(ROUTES)}"),)


def _suggestion(route: str, why: str, quotes: tuple[str, ...] = ()) -> Suggestion:
    return Suggestion(ROUTES[route].rule, route, ROUTES[route].regime, why, quotes)
