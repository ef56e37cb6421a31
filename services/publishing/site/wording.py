"""How codes, dates and sizes read on a page."""

import re
from datetime import date, datetime
from urllib.parse import quote

from shared.chassis.clock import civil_date
from shared.contracts.authorities import Authority, authorities
from shared.contracts.response import KINDS_OF_DOCUMENT, AnsweredPart, Attachment, CostEstimate, Response
from shared.law.cost import ACTIVITIES, in_hours, in_pounds
from shared.law.exemptions import PROVISIONS
from shared.law.outcomes import OUTCOMES, OVERALL
from shared.law.particulars import NoParticulars, Particulars, particulars

_STATEMENTS = {
    "withheld": "This information is held, and it is withheld.",
    "ncnd": "It is neither confirmed nor denied that this information is held.",
    "not_held": "This information is not held.",
    "already_accessible": "This information is held, and it can already be obtained elsewhere.",
    "cost_refused": "To answer this would cost more than the limit in section 12 of the Act.",
    "vexatious": "This was refused as vexatious under section 14(1) of the Act.",
    "repeated": "This was refused as a repeated request under section 14(2) of the Act.",
}
_WHY = {
    "withheld": "Why it is withheld",
    "partly_disclosed": "Why the rest is withheld",
    "ncnd": "Why it is neither confirmed nor denied",
    "already_accessible": "Why it is not given here",
}
_ASIDES = {"preamble": "The request begins", "context": "The request says", "closing": "The request ends"}
WITHDRAWALS = {
    "personal-data": "It held personal data.",
    "inaccurate": "It was inaccurate.",
    "superseded": "It has been superseded.",
    "other": "Another reason.",
}


def statement(part: AnsweredPart) -> str:
    """What the decision on a part says of the information, in a sentence; empty where the answer says it."""
    if part.outcome == "partly_disclosed" and part.reasons is not None:
        return "Part of this information is given here, and the rest is withheld."
    return _STATEMENTS.get(part.outcome, "")


def estimated(estimate: CostEstimate) -> str:
    """What an estimate comes to, in a sentence: `20 hours at £25 an hour would cost £500; the limit is £450.`"""
    took = in_hours(estimate.minutes)
    rate, cost, limit = map(in_pounds, (estimate.pence_per_hour, estimate.pence, estimate.limit_pence))
    return f"{took} at {rate} an hour would cost {cost}; the limit is {limit}."


def why(part: AnsweredPart) -> str:
    return _WHY.get(part.outcome, "Why")


def aside(part: AnsweredPart) -> str:
    return _ASIDES.get(part.kind, "The request says")


def outcome(code: str) -> str:
    """The title of a part's outcome."""
    return OUTCOMES[code].title if code in OUTCOMES else code


def overall(code: str) -> str:
    """The title of what a whole reply comes to."""
    return OVERALL.get(code, code)


def activity(code: str) -> str:
    """What work an estimate counts."""
    return ACTIVITIES[code].title if code in ACTIVITIES else code


def exemption(citation: str) -> str:
    """What a provision is about: `Law enforcement: the prevention or detection of crime`."""
    known = PROVISIONS.get(citation)
    return f"{known.exemption.title}: {known.about}" if known else ""


def day(on: date) -> str:
    """`3 July 2026`."""
    return f"{on.day} {on:%B %Y}"


def civil(written: str) -> str:
    """A day that the reply has in writing: `3 July 2026` for `2026-07-03`."""
    return day(date.fromisoformat(written))


def day_of(instant: datetime) -> str:
    """The civil day of an instant, Europe/London."""
    return day(civil_date(instant))


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs; line ends within one are kept."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip()) if part.strip()]


def kind_of_file(document: Attachment) -> str:
    return KINDS_OF_DOCUMENT.get(document.media_type, document.media_type)


def size(document: Attachment) -> str:
    """`820 bytes`, `14 KB`, `2.3 MB`."""
    if document.size < 1_000:
        return f"{document.size} bytes"
    if document.size < 1_000_000:
        return f"{document.size / 1_000:.0f} KB"
    return f"{document.size / 1_000_000:.1f} MB"


def document_address(path: str, document: Attachment) -> str:
    """Where a document of the entry at `path` is fetched."""
    return f"{path}/documents/{document.digest}/{quote(document.name)}"


def answering(response: Response) -> list[Authority]:
    """The authorities that gave the reply, by their tables in the file of authorities."""
    return [authorities()[code] for code in response.authorities if code in authorities()]


def rights(answered_on: date) -> Particulars | None:
    """What the law said about reviews and complaints on that day; None before the first row of its data."""
    try:
        return particulars(answered_on)
    except NoParticulars:
        return None
