"""The harm that a refusal rests on: stated, with its likelihood, of the right act (EXM-04, RN-06, RN-07)."""

import re
from collections.abc import Iterator, Sequence

from shared.law.exemptions import Provision
from shared.law.findings import Finding
from shared.law.grounds import LIKELIHOODS, Harm

_HEDGED = re.compile(
    r"\b(?:may|might|could)\s+(?:\w+\s+){0,2}?(?:possibly|potentially|perhaps|well|be|lead|cause|result|harm|prejudice|"
    r"undermine|compromise|allow|enable|reveal|identify|endanger|deter|damage|affect|impact|put|place|have)\b|"
    r"\bcould\s+(?:possibly|potentially)\b|\bpossibly\b|\bpotentially\b",
    re.IGNORECASE,
)
_OF_CONFIRMING = re.compile(
    r"\b(?:confirm\w*|deny|denies|denied|denial|denying|neither|admit\w*|acknowledg\w*)\b|\bwhether\b", re.IGNORECASE
)
_OF_DISCLOSING = re.compile(
    r"\b(?:disclos\w+|publish\w*|publication|releas\w+|reveal\w*\s+(?:the|this|these|such))\b", re.IGNORECASE
)


def check_harm(provisions: Sequence[Provision], harm: Harm, *, ncnd: bool, needed: bool) -> Iterator[Finding]:
    """What is wrong with the harm stated for these provisions; `needed`: one of them requires it (EXM-04)."""
    needing = ", ".join(each.text for each in provisions if each.harm_required)
    act = "confirming or denying that the information is held" if ncnd else "disclosing the information"
    if needed and not harm.text.strip():
        message = f"no harm is stated, which {needing} needs"
        yield Finding("harm.text", "EXM-04", message, f"say what harm {act} would do, to whom, and how it follows")
    if (needed and harm.likelihood not in LIKELIHOODS) or harm.likelihood not in ("", *LIKELIHOODS):
        message = f"the likelihood of the harm is {harm.likelihood or 'not stated'}"
        yield Finding("harm.likelihood", "EXM-04", message, f"choose one of: {', '.join(LIKELIHOODS)}")
    yield from about_the_act("harm.text", "RN-06", harm.text, ncnd=ncnd)
    if hedged := _HEDGED.search(harm.text):
        message = f"“{hedged[0]}” is not a likelihood that the Act knows"
        chosen = harm.likelihood if harm.likelihood in LIKELIHOODS else " or ".join(LIKELIHOODS)
        yield Finding("harm.text", "RN-07", message, f"write {chosen}, once and consistently", "W")
    yield from _in_the_words_of_the_act(provisions, harm)


def about_the_act(field: str, rule: str, text: str, *, ncnd: bool) -> Iterator[Finding]:
    """RN-06 and RN-08: grounds to neither confirm nor deny are about confirming, grounds to withhold about disclosing.

    Only a text that speaks of the wrong act alone is found; one that speaks of neither, or of both, may be right.
    """
    right, wrong = (_OF_CONFIRMING, _OF_DISCLOSING) if ncnd else (_OF_DISCLOSING, _OF_CONFIRMING)
    found = (
        wrong.search(text) if ncnd else re.search(r"\b(?:confirming\s+(?:or|nor)\s+den|neither\s+confirm)", text, re.I)
    )
    if found and not right.search(text):
        meant, said = ("confirming or denying", "disclosing") if ncnd else ("disclosing", "confirming or denying")
        message = f"it is about {said} the information (“{found[0]}”), where {meant} is refused"
        yield Finding(field, rule, message, f"say what {meant} would do")


def _in_the_words_of_the_act(provisions: Sequence[Provision], harm: Harm) -> Iterator[Finding]:
    for exemption in {each.section: each.exemption for each in provisions}.values():
        word = exemption.harm_word
        if word != "prejudice" and harm.text.strip() and word not in harm.text.lower():
            message = f"the harm of section {exemption.section} is to {word}, which the text does not say"
            next_step = f"say whose {exemption.title.lower()} it {harm.likelihood or 'would'} {word}, and how"
            yield Finding("harm.text", "EXM-04", message, next_step, "W")
