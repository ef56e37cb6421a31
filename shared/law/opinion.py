"""The chief officer's own reasonable opinion, on which section 36 rests (EXM-07)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from shared.law.exemptions import Provision
from shared.law.findings import Finding
from shared.law.grounds import LIKELIHOODS, Grounds, Opinion

_CHIEF = re.compile(
    r"\b(?:(?<!deputy )(?<!assistant )chief\s+constable|(?<!deputy )(?<!assistant )commissioner|chief\s+officer)\b",
    re.IGNORECASE,
)
_BENEATH = re.compile(
    r"\b(?:deputy|assistant|acting|on\s+behalf|for\s+the|superintendent|staff\s+officer|head\s+of)\b", re.IGNORECASE
)


def check_opinion(provisions: Sequence[Provision], grounds: Grounds, on: date | None) -> Iterator[Finding]:
    """What is wrong with the opinion that the provisions need; `on` is the day of the letter, where it is known.

    Statistical information needs none (section 36(4)). An opinion on a limb for withholding does not serve to neither
    confirm nor deny: that needs a fresh one on 36(3).
    """
    needing = tuple(each.text for each in provisions if each.exemption.opinion)
    if not needing or grounds.statistical:
        if grounds.opinion is not None and not needing:
            message = "an opinion is recorded, yet section 36 is not relied on"
            yield Finding("opinion", "EXM-07", message, "cite the limb of section 36, or remove the opinion")
        return
    if grounds.opinion is None:
        message = f"{', '.join(needing)} rests on the chief officer's own reasonable opinion, and none is recorded"
        next_step = "record who gave it, when, on which limbs and with which likelihood, or decide on another exemption"
        yield Finding("opinion", "EXM-07", message, next_step)
        return
    yield from _given(grounds.opinion, needing, on)
    if grounds.opinion.likelihood in LIKELIHOODS and grounds.harm.likelihood not in ("", grounds.opinion.likelihood):
        message = f"the opinion is that it {grounds.opinion.likelihood} happen, the harm says {grounds.harm.likelihood}"
        yield Finding("harm.likelihood", "EXM-07", message, "state the likelihood of the opinion")


def _given(opinion: Opinion, needing: Sequence[str], on: date | None) -> Iterator[Finding]:
    if not opinion.office.strip():
        yield Finding(
            "opinion.office", "EXM-07", "nothing says who gave the opinion", "name the chief officer's office"
        )
    elif not _CHIEF.search(opinion.office) or _BENEATH.search(opinion.office):
        message = f"“{opinion.office.strip()}” is not the chief officer, who alone can give the opinion"
        yield Finding("opinion.office", "EXM-07", message, "have the Chief Constable or Commissioner give it")
    if opinion.on is None:
        yield Finding("opinion.on", "EXM-07", "the opinion is not dated", "give the day on which it was given")
    elif on is not None and opinion.on > on:
        message = f"the opinion of {opinion.on.isoformat()} is later than the refusal of {on.isoformat()}"
        yield Finding("opinion.on", "EXM-07", message, "refuse only once the opinion has been given")
    for text in needing:
        if text not in opinion.citations:
            message = f"the opinion does not cover {text}"
            fresh = (
                "ask for a fresh opinion on it" if text == "36(3)" else "have it cover the limb, or cite what it covers"
            )
            yield Finding("opinion.citations", "EXM-07", message, fresh)
    if opinion.likelihood not in LIKELIHOODS:
        message = f"the likelihood in the opinion is {opinion.likelihood or 'not stated'}"
        yield Finding("opinion.likelihood", "EXM-07", message, f"choose one of: {', '.join(LIKELIHOODS)}")
