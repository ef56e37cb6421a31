"""What an authority sets for its own release checks, and the bounds of one check."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from shared.contracts.ruleset import ruleset_in_force

MEGABYTE = 1024 * 1024


class PolicyError(Exception):
    """The policy file cannot be used. The message says which line or key, and what it should be."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The bounds of one check; what needs more is not checked and so does not leave (R-U1, R-U2). Sizes in bytes,
    times in seconds."""

    file_size: int = 100 * MEGABYTE
    inflated: int = 400 * MEGABYTE
    """All parts of all archives together, counted while they are inflated."""
    ratio: int = 200
    """How often larger a part of more than `small_part` may be than its compressed bytes."""
    small_part: int = 8 * MEGABYTE
    parts: int = 20_000
    """In one archive."""
    embedded: int = 200
    """Files inside the file, all depths together."""
    depth: int = 4
    pixels: int = 100_000_000
    pages: int = 2_000
    cpu: int = 60
    wall: int = 120
    memory: int = 1024 * MEGABYTE
    """Address space of the child beyond what it has when it begins."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The settings of one authority's checks.

    `allowed` are contact details that may stand in what leaves, as they are written; `crime_references` and
    `foi_references` are regular expressions; `small_number_below` flags counts from 1 to one less; `dense` is from how
    many rows on personal data blocks; `roll` is the file of the nominal roll as hashed tokens, with `roll_sha256`, so
    that the policy's own bytes say all; `names_model` is a folder with a pinned spaCy model, off when empty.
    """

    ruleset: str = ""
    allowed: tuple[str, ...] = ()
    crime_references: tuple[str, ...] = ()
    custody_references: tuple[str, ...] = ()
    foi_references: tuple[str, ...] = ()
    small_number_below: int = 5
    dense: int = 10
    long_text: int = 400
    bytes_per_value: int = 20_000
    roll: str = ""
    roll_sha256: str = ""
    names_model: str = ""
    names_model_sha256: str = ""
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def allowed_forms(self) -> frozenset[str]:
        """What is allowed, without spaces and in small letters, for comparing."""
        return frozenset(plain(each) for each in self.allowed)


def plain(text: str) -> str:
    """Without spaces and in small letters: `SK9 5AF` and `sk95af` are the same."""
    return "".join(text.split()).lower()


def read_policy(path: Path | None, allowed: tuple[str, ...] = ()) -> Policy:
    """The policy in a TOML file, or the one that comes with Candour; `allowed` is added to what it allows.

    Raises `PolicyError`.
    """
    own = Policy(ruleset=ruleset_in_force(None))
    if path is None:
        return replace(own, allowed=allowed)
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        ruleset = ruleset_in_force(path)
    except OSError as error:
        raise PolicyError(f"The policy file {path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"The policy file {path} is not TOML: {error}.") from None
    limits = told.pop("limits", {})
    if not isinstance(limits, dict):
        raise PolicyError("limits must be a table: write [limits] above its settings.")
    read = replace(own, limits=replace(own.limits, **_checked(limits, Limits, "limits.")), ruleset=ruleset)
    read = replace(read, **_checked(told, Policy, "", but=("ruleset", "limits")))
    if read.roll:
        read = replace(read, roll=str((path.parent / read.roll).resolve()))
    if read.names_model:
        read = replace(read, names_model=str((path.parent / read.names_model).resolve()))
    return replace(read, allowed=(*allowed, *read.allowed))


def _checked(told: Mapping[str, Any], kind: type, within: str, but: tuple[str, ...] = ()) -> dict[str, Any]:
    known = {each.name: each.type for each in fields(kind) if each.name not in but}
    checked: dict[str, Any] = {}
    for name, value in told.items():
        if name not in known:
            raise PolicyError(f"{within}{name} is no setting. There are: {', '.join(known)}.")
        checked[name] = _value(f"{within}{name}", known[name], value)
    return checked


def _value(name: str, kind: Any, value: Any) -> Any:
    if kind is int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise PolicyError(f"{name} must be a whole number of 1 or more.")
        return value
    if kind is str:
        if not isinstance(value, str):
            raise PolicyError(f"{name} must be a text in quotation marks.")
        return value
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise PolicyError(f"{name} must be a list of texts.")
    if name.endswith("references"):
        for each in value:
            try:
                re.compile(each)
            except re.error as error:
                raise PolicyError(f"{name}: {each} is no regular expression: {error}.") from None
    return tuple(value)
