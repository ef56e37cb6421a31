"""What the public can read, and where."""

from datetime import date

from shared.chassis.events.contract import event, fact
from shared.chassis.events.values import BlindText, Code, Digest
from shared.contracts.values import SitePath


@fact
class Found:
    """One kind of finding of a release check, by its code, and in how many places. What was found stays in the report.

    `rule` is the REL rule in small letters; `severity` is `block` or `review`.
    """

    code: Code
    rule: Code
    severity: Code
    places: int


@event("foi.publishing.document-checked.v1")
class DocumentChecked:
    """The release check of these bytes is done under this ruleset. `verdict` is `pass`, `review` or `block`; `report`
    is the whole report in the store, with what it quotes made unreadable."""

    digest: Digest
    ruleset: Code
    verdict: Code
    report: Digest
    findings: tuple[Found, ...]


@event("foi.publishing.findings-accepted.v1")
class FindingsAccepted:
    """A second officer has looked at what the check of these bytes asked to be looked at, and lets them go."""

    digest: Digest
    ruleset: Code
    reason: BlindText


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
