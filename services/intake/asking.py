"""Tells by its words whether a sentence asks for information, and whether a line signs a letter off.

A sentence has one of five senses: it asks; it refines what the one before it asked ("Please break this down by
year"); it announces questions that follow; it is a remark about the request itself, its form, its handling or its
writer's thanks; or it states something. The words are in phrases.toml.
"""

import re
import tomllib
from importlib.resources import files
from typing import Literal

from services.intake.sentences import sentences

Sense = Literal["asks", "refines", "announces", "remarks", "states"]

_PHRASES = tomllib.loads((files(__package__) / "phrases.toml").read_text(encoding="utf-8"))


def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _PHRASES[name]), re.IGNORECASE)


def _words(*names: str) -> re.Pattern[str]:
    words = "|".join(word for name in names for word in _PHRASES[name].split())
    return re.compile(rf"\b(?:{words})\b|[\d\W_]+", re.IGNORECASE)


_QUESTION, _WISH, _OUTRIGHT = _any_of("question"), _any_of("wish"), _any_of("outright")
_THING, _GOES_ON = _any_of("thing"), _any_of("goes_on")
_ANNOUNCEMENT, _NO_ANNOUNCEMENT = _any_of("announcement"), _any_of("no_announcement")
_TOPIC = _any_of("topic")
_REFINEMENT, _FRAGMENT, _ADDITION = _any_of("refinement"), _any_of("fragment"), _any_of("addition")
_EXPLANATION, _EARLIER = _any_of("explanation"), _any_of("earlier")
_REMARK, _NOTE, _FORM = _any_of("remark"), _any_of("note"), _any_of("form")
_FINITE, _STATEMENT = _any_of("finite"), _any_of("statement")
_GREETING, _SIGN_OFF, _THANKS = _any_of("greeting"), _any_of("sign_off"), _any_of("thanks")
_OF_NO_ACCOUNT, _OF_FORM = _words("of_no_account"), _words("of_no_account", "of_form")

_LONGEST = 2_000
"""Characters of a sentence that are looked at."""
_LONGEST_LINE = 120
"""Characters of a line in which a farewell is looked for."""

_LEAD_IN = re.compile(
    r"[\s>*•·–—|-]*(?:(?:and|also|but|or|so|then|next|(?:and )?(?:finally|lastly)|first(?:ly)?|second(?:ly)?"
    r"|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|in addition(?: to (?:this|that|the above))?|additionally|furthermore"
    r"|moreover|separately|p\.?s\.?|hefyd)\b[\s,:–-]*){0,3}",
    re.IGNORECASE,
)
_GOES_ON_ASKING = re.compile(r"(?:and|also|plus)\b,? (?:an?|the|any|all|your|copies|details)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:i|we|you|am|is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|must|said|says|want|need)\b",
    re.IGNORECASE,
)
_FEW = 20
"""Words of a thing in a list at most."""
_QUESTION_MARK = re.compile(r"\?(?=[\s\"”’')\]|.?!,;]|$)")
_TOLD_AGAIN = re.compile(r":\s*(?:“[^“”]*”|\"[^\"]*\")")
_ASKED_ALL_THE_SAME = re.compile(r"\bhow (?:many|much|long|often)\b|\b(?:what|which|who|why|does|did)\b", re.IGNORECASE)
_VERB_OF_ITS_OWN = re.compile(
    r"(?:\s+(?!who\b|that\b|which\b|where\b|whose\b|you\b|they\b|whom\b)[\w'/-]+){0,7}?\s+(?:is|are|was|were|has|have|had"
    r"|notes?|says|said|states|stated|shows?|showed|lists|mentions?|refers?|indicates?|describes?|explains?|claims?"
    r"|requires?|will|would|should|can|may)\b"
)


def sense(sentence: str) -> Sense:
    """What a sentence does in a request."""
    said = _said(sentence)
    if not said or _GREETING.search(said):
        return "states"
    bare = said[_lead_in(said) :]
    asked = bool(_QUESTION_MARK.search(_TOLD_AGAIN.sub(":", bare)))
    wanted = asked or bool(_WISH.search(bare))
    if _is_remark(bare, asked=asked, wanted=wanted):
        return "remarks"
    if _EXPLANATION.search(bare) and not asked:
        return "states"
    if _REFINEMENT.search(bare):
        return "refines" if wanted or not _FRAGMENT.search(bare) else "states"
    if _EARLIER.search(bare) or not (wanted or _QUESTION.search(bare)):
        return "states"
    return "announces" if announces(bare) and not _OUTRIGHT.search(bare) else "asks"


def _is_remark(bare: str, *, asked: bool, wanted: bool) -> bool:
    if _REMARK.search(bare):
        return not (asked and _ASKED_ALL_THE_SAME.search(bare))
    if _NOTE.search(bare):
        return not wanted
    return bool(_FORM.search(bare)) and not _OF_FORM.sub("", bare)


def announces(text: str) -> bool:
    """Whether the text only says that questions follow, or asks for information without saying which."""
    said = _said(text)
    if _NO_ANNOUNCEMENT.search(said):
        return False
    return bool(_ANNOUNCEMENT.search(said)) or not _OF_NO_ACCOUNT.sub("", said)


def is_fragment(text: str) -> bool:
    """Whether the text is a few words without a verb, such as a thing in a list."""
    said = _said(text)
    return 1 < len(said.split()) <= _FEW and not _VERB.search(said) and sense(text) == "states" and not greets(text)


def goes_on_asking(sentence: str) -> bool:
    """Whether the sentence lives on the one before it: "Also the traffic plan."."""
    return bool(_GOES_ON_ASKING.match(_said(sentence))) and is_fragment(sentence)


def names_a_topic(text: str) -> bool:
    """Whether the text is one sentence that wants to know about something, without saying what."""
    return len(sentences(text)) == 1 and bool(_TOPIC.search(_said(text))) and not _NO_ANNOUNCEMENT.search(_said(text))


def adds(sentence: str) -> bool:
    """Whether a sentence that asks says no more than what else to tell with the answer to the question before it."""
    return bool(_ADDITION.search(_said(sentence)))


def leaves_to_a_list(text: str) -> bool:
    """Whether the text stops where a list is to go on, as "Please send copies of:" does."""
    return bool(_GOES_ON.search(_said(text[-_LONGEST_LINE:])))


def only_states(text: str) -> bool:
    """Whether all sentences of the text plainly state something."""
    told = sentences(text)
    return bool(told) and all(sense(each) in ("states", "remarks") and _STATEMENT.search(_said(each)) for each in told)


def tells(text: str) -> bool:
    """Whether the last sentence of the text states something, so that a list after it only tells."""
    last = sentences(text)[-1] if text.strip() else ""
    return bool(_FINITE.search(last)) and sense(last) == "states" and not names_what_is_wanted(last)


def asks(text: str) -> bool:
    """Whether any sentence of the text asks for information, as a question or as a wish."""
    return any(sense(each) == "asks" for each in sentences(text))


def asks_or_refines(text: str) -> bool:
    """Whether any sentence of the text asks for something, be it more of what was asked before."""
    return any(sense(each) in ("asks", "refines") for each in sentences(text))


def names_what_is_wanted(text: str) -> bool:
    """Whether the text is a thing that people ask for, as "the number of dogs" or "a copy of the policy"."""
    said = _said(text)
    bare = said[_lead_in(said) :]
    found = _THING.search(bare)
    return found is not None and not _VERB_OF_ITS_OWN.match(bare, found.end())


def is_courtesy(paragraph: str) -> bool:
    """Whether the paragraph is about the request or its writer and asks for no information."""
    senses = [sense(each) for each in sentences(paragraph)]
    return "remarks" in senses[:2] and not {"asks", "refines"} & set(senses)


def greets(text: str) -> bool:
    """Whether the line is a salutation."""
    return bool(_GREETING.search(_said(text)))


def signs_off(text: str) -> bool:
    """Whether the text begins with a line that signs off, such as "Yours faithfully,"."""
    return bool(_SIGN_OFF.search(text.strip().split("\n")[0][:_LONGEST_LINE]))


def thanks(text: str) -> bool:
    """Whether the text begins with a line that is nothing but thanks."""
    return bool(_THANKS.search(text.strip().split("\n")[0][:_LONGEST_LINE]))


def _said(text: str) -> str:
    return " ".join(text[:_LONGEST].replace("’", "'").split())


def _lead_in(text: str) -> int:
    found = _LEAD_IN.match(text)
    assert found is not None
    return found.end()
