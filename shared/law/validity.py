"""Whether a request is valid under section 8: in writing, from whom, an address, what is wanted (VAL rules).

It is not a hard test, and nothing here turns a request away: the doubts are shown to an officer, who decides.
"""

from dataclasses import dataclass
from datetime import date

from shared.law.findings import Finding
from shared.law.requester_names import NameForm

DOUBTS: dict[str, Finding] = {
    "not-in-writing": Finding(
        "written",
        "VAL-01",
        "The request is not in writing, which section 8(1)(a) asks for.",
        "Write it down as the person says it and have it confirmed (section 16); under the Environmental Information"
        " Regulations it is valid as it is.",
    ),
    "no-name": Finding(
        "name",
        "VAL-02",
        "The request does not say who asks.",
        "Ask once, kindly, for the name; section 8(1)(b) asks for one. No proof of identity is needed.",
        "W",
    ),
    "single-name": Finding(
        "name",
        "VAL-02",
        "The name is a first name or a pseudonym alone.",
        "Ask once, kindly, for the full name; the person could not complain to the regulator without it.",
        "W",
    ),
    "no-address": Finding(
        "address",
        "VAL-03",
        "There is no address to which a reply could go.",
        "Ask for one if there is any way to; an e-mail address or an account that can be written to is enough.",
    ),
    "no-description": Finding(
        "description",
        "VAL-04",
        "It is not plain which information is wanted.",
        "Ask for what is needed to identify and locate the information, promptly (section 1(3)).",
        "W",
    ),
    "on-behalf": Finding(
        "on_behalf_of",
        "VAL-08",
        "Somebody asks for somebody else.",
        "The applicant is the person named as asking; keep both names.",
        "I",
    ),
    "received-earlier": Finding(
        "received_on",
        "VAL-10",
        "The request reached somebody else in the authority earlier.",
        "Give the day on which it first reached anybody in the authority, from the headers of the original message.",
    ),
}
"""Every doubt about a request by its code: the field it is about, the rule, what is doubtful, what to do."""

GROUNDS = ("VAL-01", "VAL-02", "VAL-03", "VAL-04")
"""The only rules for which a request can be found not valid: the three limbs of section 8(1)."""

NEVER_INVALID: dict[str, str] = {
    "VAL-05": "it need not mention the Act, use a form or give a reason, and it may be in Welsh",
    "VAL-06": "who asks, and what for, is no matter of section 8",
    "VAL-08": "it may be made for somebody else",
    "VAL-09": "it may hold many questions, or go to many authorities",
    "VAL-10": "it may be made to anybody in the authority",
}
"""What a request is sometimes turned away for, by rule, and why it may not be."""


@dataclass(frozen=True, kw_only=True)
class RequestFacts:
    """What validity turns on. It holds no name and no address: only their kind.

    `written` includes electronic text and a note taken at the person's dictation; `reply_possible`: there is some
    address, postal or electronic, at which the person can be answered; `describes`: recorded information could answer
    it (a request is not invalid for being broad). `first_delivered_on` is the day that it reached anybody in the
    authority, where that is known to differ from `received_on`.
    """

    written: bool
    name: NameForm
    reply_possible: bool
    describes: bool
    on_behalf: bool = False
    environmental: bool = False
    received_on: date | None = None
    first_delivered_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ValidityDecision:
    """The officer's decision. Where the request is not valid, `rules` say why and `advice` how to put it right."""

    valid: bool
    rules: tuple[str, ...] = ()
    advice: str = ""


def doubts(facts: RequestFacts) -> tuple[str, ...]:
    """The codes of DOUBTS that a request earns, in their order."""
    earlier = facts.first_delivered_on is not None and facts.first_delivered_on != facts.received_on
    earned = {
        "not-in-writing": not facts.written and not facts.environmental,
        "no-name": facts.name == "none",
        "single-name": facts.name in ("single", "pseudonym"),
        "no-address": not facts.reply_possible,
        "no-description": not facts.describes,
        "on-behalf": facts.on_behalf,
        "received-earlier": earlier,
    }
    return tuple(code for code in DOUBTS if earned[code])


def check(facts: RequestFacts) -> tuple[Finding, ...]:
    """The same doubts as findings."""
    return tuple(DOUBTS[code] for code in doubts(facts))


def check_decision(decision: ValidityDecision) -> tuple[Finding, ...]:
    """What is wrong with a decision on validity (VAL-07). A valid request needs nothing more."""
    if decision.valid:
        return ()
    findings = [
        Finding("rules", rule, f"a request is not invalid for this: {NEVER_INVALID[rule]}", "take the request in")
        for rule in decision.rules
        if rule in NEVER_INVALID
    ]
    unknown = [rule for rule in decision.rules if rule not in NEVER_INVALID and rule not in GROUNDS]
    if unknown or not decision.rules:
        message = f"{', '.join(unknown)} is no rule of validity" if unknown else "nothing says why it is not valid"
        findings.append(Finding("rules", "VAL-07", message, f"name one or more of {', '.join(GROUNDS)}"))
    if not decision.advice.strip():
        message = "advice is owed to the person although the request is not valid (section 16)"
        findings.append(Finding("advice", "VAL-07", message, "say what is missing and how to put it right"))
    return tuple(findings)
