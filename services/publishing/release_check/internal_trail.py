"""What was written inside the force and slipped out below a reply: quoted mails, lists of those in copy (REL-26)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.publishing.release_check.looking import Look
from services.publishing.release_check.passages import LINE, Passages
from services.publishing.release_check.report import BLOCK, REVIEW, masked

_LETTER = re.compile(
    r"\bDear\b|Freedom of Information|thank you for your (?:request|e-?mail|letter)|Yours (?:sincerely|faithfully)",
    re.I,
)
"""Words of a reply. A trail below them was left there; one without them may be what was asked for."""


class _Sign(NamedTuple):
    words: re.Pattern[str]
    severity: str


_FIELD = r"[ \t>*]*{}[ \t*]*:[ \t*]*[^\s][^\n]*"
_SENT = r"[ \t>*]*(?:Sent|Date)[ \t*]*:[^\n]{0,100}?\d{1,2}:\d{2}[^\n]*"
_SIGNS = (
    _Sign(
        re.compile(r"-{3,} ?(?:Original|Forwarded) (?:Message|Appointment) ?-{3,}|Begin forwarded message:", re.I),
        BLOCK,
    ),
    _Sign(
        re.compile(
            rf"^{_FIELD.format('From')}\n(?:[^\n]*\n){{0,3}}?{_SENT}\n(?:[^\n]*\n){{0,3}}?{_FIELD.format('To')}",
            re.M,
        ),
        BLOCK,
    ),
    _Sign(
        re.compile(
            rf"^{_FIELD.format('From')}\n(?:[^\n]*\n){{0,3}}?{_FIELD.format('To')}\n(?:[^\n]*\n){{0,3}}?{_SENT}",
            re.M,
        ),
        BLOCK,
    ),
    _Sign(re.compile(r"^[ \t>]*On [^\n]{6,80}\d{1,2}:\d{2}(?s:.){2,160}? wrote:[ \t]*$", re.M), BLOCK),
    _Sign(re.compile(r"^[ \t>]*[CcBb][Cc][Cc]?[ \t]*:(?:[^\n@]*@){2}", re.M), BLOCK),
    _Sign(re.compile(r"^[ \t>]*[CcBb][Cc][Cc]?[ \t]*:[^\n;@]{3,80};[^\n;@]{3,80}", re.M), REVIEW),
    _Sign(re.compile(r"^(?:[ \t]*>[ \t]*>[^\n]*\n?){5,}", re.M), REVIEW),
    _Sign(
        re.compile(r"^Sent from (?:my )?(?:i?Phone|iPad|Outlook|mobile|Samsung|Galaxy|Android)\b", re.M | re.I), REVIEW
    ),
    _Sign(
        re.compile(
            r"^(?:Kind |Best |Many )?(?:regards|thanks)\b[^\n]*\n(?:[^\n]*\n){0,10}?[^\n]*"
            r"\b(?:mob(?:ile)?|m)\b[ .:]{0,3}(?:0|\+44)[\d ()]{9,14}",
            re.M | re.I,
        ),
        REVIEW,
    ),
)


def inspect(look: Look) -> None:
    """Find internal trails in the running text. In a table there are none.

    A released exchange of mails is a trail from its first line on; that is what a second officer can see, so it does
    not block. One below a reply does.
    """
    if not look.texts:
        return
    passages = Passages([text for _, text in look.texts], LINE)
    told: set[tuple[str, str]] = set()
    for start, end, severity in _trails(passages.whole):
        where = look.texts[passages.index(start)][0].removeprefix(look.within)
        below_a_reply = _LETTER.search(passages.whole, 0, start)
        grave = BLOCK if severity == BLOCK and below_a_reply else REVIEW
        if (where, grave) not in told:
            told.add((where, grave))
            look.found("internal_trail", where, masked(passages.whole[start:end]), severity=grave)


def _trails(text: str) -> Iterator[tuple[int, int, str]]:
    for sign in _SIGNS:
        for match in sign.words.finditer(text):
            yield match.start(), match.end(), sign.severity
