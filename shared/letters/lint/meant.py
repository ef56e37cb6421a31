"""Whether a sentence that has the words of a decision means one: not supposed, not negated, not of the Act at large."""

import re

from shared.letters.lint.letter import Passage
from shared.letters.lint.sections import ARGUING
from shared.letters.lint.vocabulary import rows, words

_NCND = next(row["any"] for row in rows("statements", "statement") if row["says"] == "ncnd")
RECITAL = words("statements", "recital")
"""How a sentence speaks of the Act in general, and of no request."""
_SUPPOSED = words("statements", "supposed")
_SUPPOSED_REFUSAL = words("statements", "supposed_refusal")
_NEGATED = words("statements", "negated")
_OF_SAYING_SO = words("statements", "of_saying_so")
_NOT_GIVEN = words("statements", "not_given")
_NO_DISCLOSURE = words("statements", "no_disclosure")
_GIVEN_BEFORE = re.compile(r"\bas (?:we|i) (?:have )?(?:previously )?(?:disclos|releas)", re.IGNORECASE)
_IF_SO = words("statements", "if_so")
_NOT_REFUSED = words("statements", "not_refused")
_NOT_THE_ANSWER = words("statements", "supposed_public")
_OF_ANYBODY = words("statements", "of_anybody")
_OWN = re.compile(r"\b(?:we|I|police|constabulary|constabularies|force|service)\b", re.IGNORECASE)
_DUTY_RECITED = words("statements", "duty_recited")
_DUTY_CONDITIONAL = words("statements", "duty_conditional")
_WE_DENY = words("statements", "we_deny")
_WE_ONCE_DID = re.compile(r"\b(?:we|I|police|constabulary|force|service) neither confirmed\b", re.IGNORECASE)
_BEGINS_WITH_A_SECTION = re.compile(r"^\W*(?:sections?|s\.?|adran) ?\d", re.IGNORECASE)
_KEEPING = re.compile(r"\b(?:have|keep|maintain|possess|record|collect|capture|retain|collate)$", re.IGNORECASE)
_KEEPS = words("statements", "keeps")
_NOT_GIVING = re.compile(r"not (?:be )?(?:disclos|releas|provid|suppl|shar|divulg)", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:nothing|no information|none of it)\b[^.]{0,30}$", re.IGNORECASE)
_ONLY_IF = words("statements", "only_if")
_WE_REFUSE = words("statements", "we_refuse")
_REFUSED_OUTRIGHT = words("statements", "refused_outright")
_WEIGHED = words("statements", "weighed")
_WITHHOLDS = re.compile(r"\bwithh(?:old|eld)", re.IGNORECASE)
_TELLS_THE_REQUEST = re.compile(
    r"^\W*you (?:have )?(?:also )?(?:asked|requested|wanted|wrote|sought)\b"
    r"[^.]*(?::|\bhow (?:many|often|much)\b|\bwhether\b)",
    re.IGNORECASE,
)
"""A sentence that repeats in its own words what was asked."""
_DECIDES_AMONG_REASONS = frozenset(("ncnd", "withheld", "not_held", "cost_refused", "extended", "reviewed"))


def means(says: str, match: re.Match[str], sentence: str, passage: Passage) -> bool:
    """Whether the sentence decides what its words `says` by themselves."""
    if sentence.endswith("?") or _TELLS_THE_REQUEST.match(sentence):
        return False
    if passage.role in ARGUING and says not in _DECIDES_AMONG_REASONS:
        return False
    before = sentence[: match.start()]
    if says == "ncnd":
        return _denies(sentence, passage)
    if says in ("held", "not_held"):
        return _holds(says, match, sentence)
    if says in ("withheld", "refused"):
        return _withholds(match, sentence, passage)
    if says == "disclosed":
        return _discloses(match, sentence)
    if says in ("already_accessible", "intended_for_publication"):
        recited = RECITAL.search(sentence) and not re.search(r"\b(?:section|s\.?) ?2[12]\b", sentence)
        return not (recited or _NOT_THE_ANSWER.search(sentence))
    if says == "extended":
        return not _IF_SO.search(before)
    if says in ("cost_refused", "vexatious", "repeated", "fee"):
        return not _NOT_REFUSED.search(sentence)
    return True


def _holds(says: str, match: re.Match[str], sentence: str) -> bool:
    if _SUPPOSED.search(sentence) or RECITAL.search(sentence) or _NCND.search(sentence):
        return False
    if says == "held":
        return not (_NEGATED.search(sentence[: match.start()]) or _OF_SAYING_SO.search(sentence))
    return _about_holding(match, sentence)


def _about_holding(match: re.Match[str], sentence: str) -> bool:
    """ "We do not have a policy" says that none is held; "we do not keep officers waiting" says nothing of the kind."""
    after = sentence[match.end() : match.end() + 60]
    return not _KEEPING.search(match[0]) or bool(_KEEPS.match(after)) or not after.strip(" .")


def _discloses(match: re.Match[str], sentence: str) -> bool:
    before = sentence[: match.start()]
    first = match[0].split()[0]
    if _NEGATED.search(f"{before}{first} ") or _NOT_GIVEN.search(before):
        return False
    return not (_NO_DISCLOSURE.search(sentence) or RECITAL.search(sentence) or _GIVEN_BEFORE.search(sentence))


def _denies(sentence: str, passage: Passage) -> bool:
    if _WE_ONCE_DID.search(sentence) or _DUTY_RECITED.search(sentence):
        return False
    if _DUTY_CONDITIONAL.search(sentence) and not re.search(
        r"\b(?:we|i) (?:\w+ ){0,2}neither", sentence, re.IGNORECASE
    ):
        return False
    own = _OWN.search(sentence) or re.search(r"does not (?:apply|arise)", sentence)
    if _BEGINS_WITH_A_SECTION.match(sentence) and not own:
        return False
    if _OF_ANYBODY.search(sentence) and not _OWN.search(_OF_ANYBODY.sub("", sentence)):
        return False
    return passage.role not in ARGUING or bool(_WE_DENY.search(sentence))


def _withholds(match: re.Match[str], sentence: str, passage: Passage) -> bool:
    before = sentence[: match.start()]
    if _NOTHING.search(before) or (_NEGATED.search(before) and not _NOT_GIVING.search(match[0])):
        return False
    if _SUPPOSED_REFUSAL.search(before[-80:]) or _ONLY_IF.match(sentence[match.end() :]):
        return False
    if _NCND.search(sentence) and not _WITHHOLDS.search(sentence):
        return False
    if RECITAL.search(sentence) and not _WE_REFUSE.search(sentence):
        return False
    if passage.role in ARGUING:
        return bool(_REFUSED_OUTRIGHT.search(match[0])) and not _WEIGHED.search(before)
    return True
