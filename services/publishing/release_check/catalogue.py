"""Every finding that a release check can make: its stable code, the REL rule, how grave it is, and how to mend it."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One code. `severity` is what it usually is: `block` or `review`; where a finding is made with another one, its
    inspector says why. `what` completes "The file …"."""

    rule: str
    severity: str
    what: str
    mend: str


def _read() -> dict[str, Entry]:
    text = files(__package__).joinpath("catalogue.toml").read_text("utf-8")
    return {code: Entry(**entry) for code, entry in tomllib.loads(text).items()}


CATALOGUE = _read()
