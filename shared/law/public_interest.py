"""The public interest test of a refusal: factors each way and a balance, for each exemption or for several together
(EXM-03, EXM-10, EXM-11, EXM-12, RN-08, RN-09).
"""

import re
from collections.abc import Iterator, Sequence

from shared.law.exemptions import Provision
from shared.law.findings import Finding
from shared.law.grounds import NCND_SIDES, WITHHOLDING_SIDES, Grounds
from shared.law.harm import about_the_act

_IRRELEVANT = (
    (
        r"\bcurio(?:us|sity)\b|\binterest(?:s|ing)?\s+(?:to|of)\s+the\s+(?:applicant|requester)\b|\bprivate\s+interests?\b",
        "private interest or curiosity",
    ),
    (
        r"\bmis(?:understand\w*|understood|interpret\w*|construed?|represent\w*|leading|lead)\b|"
        r"\bout\s+of\s+context\b|\btoo\s+(?:complex|complicated|technical)\b",
        "that the information might be misunderstood, which an explanation answers",
    ),
    (
        r"\b(?:bad|adverse|negative|unwelcome)\s+(?:press|publicity|headlines|media|coverage)\b|"
        r"\bembarrass\w*\b|\breputation\w*\b|\bmedia\s+(?:interest|attention|coverage)\b",
        "bad press or embarrassment",
    ),
)


def check_public_interest(provisions: Sequence[Provision], grounds: Grounds, *, ncnd: bool) -> Iterator[Finding]:
    """What is wrong with the factors and the balance of grounds that rely on these provisions."""
    qualified = [each.text for each in provisions if each.qualified]
    if qualified:
        yield from _weighed(qualified, grounds, NCND_SIDES if ncnd else WITHHOLDING_SIDES)
        if grounds.as_at is None:
            message = "nothing says as at which day the public interest was judged"
            next_step = "give the day of the request, or the last day for answering it"
            yield Finding("as_at", "EXM-11", message, next_step, "W")
    yield from _sides(grounds, NCND_SIDES if ncnd else WITHHOLDING_SIDES)
    yield from _pool(provisions, qualified, grounds)
    yield from _relevant(grounds)
    for path, text in balances(grounds):
        yield from about_the_act(path, "RN-08", text, ncnd=ncnd)


def balances(grounds: Grounds) -> Iterator[tuple[str, str]]:
    """Every balance of the grounds that is not empty, each with its field."""
    fields = [("balance", grounds.balance)]
    fields += [(f"balances[{number}].text", each.text) for number, each in enumerate(grounds.balances)]
    return ((path, text) for path, text in fields if text.strip())


def _weighed(qualified: Sequence[str], grounds: Grounds, sides: Sequence[str]) -> Iterator[Finding]:
    """EXM-03: each qualified provision has a factor each way and shares in a balance."""
    for side in sides:
        of_side = [each for each in grounds.factors if each.side == side and each.text.strip()]
        without = [text for text in qualified if not any(text in (each.citations or qualified) for each in of_side)]
        if without:
            message = f"{', '.join(without)} is qualified and there is no public interest factor {side}"
            yield Finding("factors", "EXM-03", message, f"add at least one factor {side}")
    apart = {text for each in grounds.balances if each.text.strip() for text in each.citations}
    without = [] if grounds.balance.strip() else [text for text in qualified if text not in apart]
    if without:
        message = f"{', '.join(without)} is qualified and the public interest is not balanced"
        yield Finding("balance", "EXM-03", message, "say which way the public interest lies, and why")


def _sides(grounds: Grounds, sides: Sequence[str]) -> Iterator[Finding]:
    """RN-08: the balance of a refusal to confirm or deny is about confirming or denying, never about disclosure."""
    for number, factor in enumerate(grounds.factors):
        if factor.side not in sides:
            message = f"“{factor.side}” is not a side of this public interest test"
            yield Finding(f"factors[{number}].side", "RN-08", message, f"choose one of: {', '.join(sides)}")


def _pool(provisions: Sequence[Provision], qualified: Sequence[str], grounds: Grounds) -> Iterator[Finding]:
    """EXM-10: only the qualified exemptions relied on are weighed, together or apart; absolute ones are not."""
    weighed = [(f"factors[{number}].citations", each.citations) for number, each in enumerate(grounds.factors)]
    weighed += [(f"balances[{number}].citations", each.citations) for number, each in enumerate(grounds.balances)]
    absolute = {each.text for each in provisions if not each.qualified}
    for path, citations in weighed:
        for text in citations:
            if text in absolute:
                message = f"{text} is absolute and is not weighed"
                yield Finding(path, "EXM-10", message, "leave it out of the public interest test")
            elif text not in qualified:
                message = f"{text} is weighed but not relied on"
                yield Finding(path, "EXM-10", message, "cite it for the part, or leave it out")
    for number, each in enumerate(grounds.balances):
        if not each.citations or not each.text.strip():
            missing = "which exemptions it weighs" if not each.citations else "which way the public interest lies"
            yield Finding(f"balances[{number}]", "EXM-10", f"the balance does not say {missing}", "add it")


def _relevant(grounds: Grounds) -> Iterator[Finding]:
    """EXM-12: what the Commissioner and the Tribunal leave out of account."""
    for number, factor in enumerate(grounds.factors):
        for pattern, what in _IRRELEVANT:
            if found := re.search(pattern, factor.text, re.IGNORECASE):
                message = f"“{found[0]}”: {what} does not count in the public interest"
                next_step = "remove the factor, or say what in it belongs to the exemption"
                yield Finding(f"factors[{number}].text", "EXM-12", message, next_step, "W")


def check_nothing_to_weigh(provisions: Sequence[Provision], grounds: Grounds) -> Iterator[Finding]:
    """RN-09: where nothing is qualified there is no public interest test, and mostly no harm."""
    if any(each.qualified for each in provisions):
        return
    cited = ", ".join(each.text for each in provisions)
    if grounds.factors or any(balances(grounds)):
        message = f"{cited} is absolute and takes no public interest test"
        yield Finding("balance", "RN-09", message, "remove the factors and the balance", "W")
    if grounds.harm.text.strip() and not any(each.harm_required for each in provisions):
        yield Finding("harm.text", "RN-09", f"{cited} is absolute and takes no harm", "remove the harm", "W")
