"""The authorities that a request may be made to."""

from collections.abc import Sequence

from shared.chassis.errors import Finding, Invalid
from shared.contracts.authorities import Authority, authorities


def authorities_named(codes: Sequence[str], field: str) -> list[Authority]:
    """The authorities by their codes, or `Invalid` about the field that named them."""
    table = authorities()
    mend = f"Choose from: {', '.join(table)}."
    findings = [Finding(field, "There is no such authority.", next_step=mend) for code in codes if code not in table]
    if findings:
        raise Invalid(findings)
    return [table[code] for code in codes]


def everyday_words() -> set[str]:
    """Words that are no sign of a person here although some people have them for a name."""
    return {word for each in authorities().values() for word in each.name.split()}
