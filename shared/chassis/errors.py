"""What domain code raises when it cannot do as asked. It knows no status codes: `http.problems` maps these."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing wrong with what was sent: which field, what is wrong, by which rule, and what to do next."""

    field: str
    message: str
    rule: str = ""
    next_step: str = ""


class Problem(Exception):
    """The base of every refusal that a person is told about."""


class NotFound(Problem):
    """There is no `what` known by `identifier`."""

    def __init__(self, what: str, identifier: str) -> None:
        super().__init__(f"There is no {what} {identifier}.")
        self.what = what
        self.identifier = identifier


class Invalid(Problem):
    """What was sent breaks at least one rule; `findings` says which, and the mend."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{finding.field}: {finding.message}" for finding in findings))
        self.findings = tuple(findings)


class Refused(Problem):
    """The thing is not in a state, or the person not in a place, in which this can be done now."""

    def __init__(self, detail: str, *, rule: str = "", next_step: str = "", allowed: Sequence[str] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.rule = rule
        self.next_step = next_step
        self.allowed = tuple(allowed)


class Forbidden(Problem):
    """This person may not do this, whatever the state of the thing."""

    def __init__(self, detail: str, *, rule: str = "", next_step: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.rule = rule
        self.next_step = next_step


class StaleVersion(Problem):
    """Somebody else changed the thing since it was read; `current` is its version now."""

    def __init__(self, current: int) -> None:
        super().__init__(f"It has changed since you read it: it is now at version {current}.")
        self.current = current
