"""What the public can read, and where."""

from datetime import date

from shared.chassis.events.contract import event
from shared.chassis.events.values import BlindText, Code
from shared.contracts.values import SitePath


@event("foi.publishing.entry-prepared.v1")
class EntryPrepared:
    """The disclosure log entry stands ready; it is released on `release_on` unless somebody acts before."""

    sites: tuple[Code, ...]
    release_on: date


@event("foi.publishing.entry-held.v1")
class EntryHeld:
    """Somebody has stopped the release, and why."""

    reason: BlindText


@event("foi.publishing.entry-resumed.v1")
class EntryResumed:
    """The hold is off."""

    release_on: date


@event("foi.publishing.entry-released.v1")
class EntryReleased:
    """The entry can be read on one site; there is one of these for each site."""

    site: Code
    path: SitePath


@event("foi.publishing.entry-withdrawn.v1")
class EntryWithdrawn:
    """The entry is gone from every site and a tombstone stands in its place (PUB-07)."""

    sites: tuple[Code, ...]
    reason: Code
