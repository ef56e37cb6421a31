"""Refusals that rest on no exemption: cost (section 12), vexatious and repeated requests (section 14).

Each has its own record and its own notice (section 17(5)), and takes neither harm nor a public interest test (CST-09,
CST-11, ACC-01, ACC-02, RN-09).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shared.law.cost import Estimate, check_estimate
from shared.law.findings import Finding
from shared.law.grounds import Grounds

PROVISIONS_OF: dict[str, tuple[str, ...]] = {
    "cost_refused": ("12(1)", "12(2)"),
    "vexatious": ("14(1)",),
    "repeated": ("14(2)",),
}
"""What each of these outcomes may rest on, by its code."""

_SHORT_OF_STAFF = re.compile(
    r"\b(?:short[- ]?staffed|understaffed|staff(?:ing)?\s+(?:shortages?|levels|vacanc\w+)|backlogs?|"
    r"lack\s+of\s+(?:staff|resources)|limited\s+resources)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bvexatious\s+(?:requesters?|applicants?|persons?|individuals?|complainants?)\b|"
    r"\b(?:you|he|she|they|the\s+(?:requester|applicant))\s+(?:is|are|was|were)\s+(?:being\s+)?vexatious\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class EarlierRequest:
    """The request that a repeated one repeats (ACC-02). Whether the requester is the same is for intake to confirm.

    `similarity` says in what it is the same or substantially similar, `interval` why no reasonable interval has passed.
    """

    reference: str = ""
    complied_with: bool = False
    same_requester: bool = False
    similarity: str = ""
    interval: str = ""


def check_procedural(
    outcome: str, grounds: Grounds, estimate: Estimate | None, considered: str, earlier: EarlierRequest | None
) -> Iterator[Finding]:
    """What is missing or wrong in a refusal with one of these outcomes."""
    yield from _rests_on(outcome, grounds, estimate)
    yield from _nothing_of_an_exemption(outcome, grounds)
    if outcome == "cost_refused":
        yield from check_cost(estimate)
    if outcome == "vexatious":
        yield from _considered(considered)
    if outcome == "repeated":
        yield from _repeats(earlier or EarlierRequest())


def check_cost(estimate: Estimate | None) -> Iterator[Finding]:
    """The estimate that a refusal on cost rests on: there is one, and it holds (CST-01 to CST-10)."""
    if estimate is None:
        message = "the refusal on cost rests on no estimate"
        yield Finding(
            "estimate", "CST-05", message, "record what has to be searched, how many records, and how long each takes"
        )
        return
    for finding in check_estimate(estimate):
        yield replace(finding, field=f"estimate.{finding.field}")


def _rests_on(outcome: str, grounds: Grounds, estimate: Estimate | None) -> Iterator[Finding]:
    rule = "CST-11" if outcome == "cost_refused" else "RN-03"
    allowed = PROVISIONS_OF[outcome]
    if len(grounds.citations) != 1 or grounds.citations[0] not in allowed:
        message = f"the refusal rests on {', '.join(grounds.citations) or 'nothing'}"
        next_step = f"cite {' or '.join(allowed)} and nothing else; decide exempt parts apart from it"
        yield Finding("citations", rule, message, next_step)
    elif estimate is not None and outcome == "cost_refused" and grounds.citations != (estimate.provision,):
        of = "establishing whether it is held" if estimate.only_whether_held else "complying"
        message = f"the estimate is of the cost of {of}, yet {grounds.citations[0]} is cited"
        yield Finding("citations", "CST-09", message, f"cite {estimate.provision}")


def _nothing_of_an_exemption(outcome: str, grounds: Grounds) -> Iterator[Finding]:
    if replace(grounds, citations=()).given():
        on_cost = outcome == "cost_refused"
        message = (
            f"section {'12' if on_cost else '14'} is no exemption and takes neither harm nor a public interest test"
        )
        next_step = "remove the harm, the factors and the balance"
        yield Finding("harm.text", "CST-11" if on_cost else "RN-09", message, next_step, "B" if on_cost else "W")


def _considered(text: str) -> Iterator[Finding]:
    if not text.strip():
        message = "nothing says why the request is vexatious"
        next_step = "weigh its burden, motive, value or serious purpose, and any harassment or distress"
        yield Finding("considered", "ACC-01", message, next_step, "W")
    if found := _SHORT_OF_STAFF.search(text):
        message = f"“{found[0]}”: being short of staff is not the burden of a vexatious request"
        yield Finding(
            "considered", "ACC-01", message, "say what the request itself would take, and for what value", "W"
        )
    if found := _PERSON.search(text):
        message = f"“{found[0]}”: a request may be vexatious, a person never is"
        yield Finding("considered", "ACC-01", message, "speak of the request", "W")


def _repeats(earlier: EarlierRequest) -> Iterator[Finding]:
    asked = (
        ("reference", "which earlier request it repeats", "give its reference"),
        ("same_requester", "that the same person made both", "have intake confirm it; else answer the request"),
        (
            "complied_with",
            "that the earlier one was complied with",
            "a refused request founds no repeat: decide it afresh",
        ),
        ("similarity", "in what they are the same or substantially similar", "compare what was asked"),
        (
            "interval",
            "why no reasonable interval has passed",
            "say how long ago it was and how often the matter changes",
        ),
    )
    for name, what, next_step in asked:
        value = getattr(earlier, name)
        if not (value.strip() if isinstance(value, str) else value):
            yield Finding(f"earlier.{name}", "ACC-02", f"nothing says {what}", next_step)
