"""Characters that a reader does not see, and that turn what he sees around (REL-11)."""

import re

from services.publishing.release_check.looking import Look
from services.publishing.release_check.report import masked

_OVERRIDES = re.compile("[\u202d\u202e]")
_DIRECTIONS = re.compile("[\u202a-\u202c\u2066-\u2069]")
# A flag of England, Scotland or Wales ends in such letters, and is seen.
_UNSEEN_LETTERS = re.compile("(?<!\U0001f3f4)(?<![\U000e0001-\U000e007f])[\U000e0001-\U000e007f]+")
_RUNS = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff]{8,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
_WITHOUT_WIDTH = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")

_KINDS = (
    (_OVERRIDES, "characters that turn the order of the text around", "block"),
    (_DIRECTIONS, "characters that set the direction of the text", "review"),
    (_UNSEEN_LETTERS, "letters that are never shown", "block"),
    (_RUNS, "a run of characters without width, which may spell something", "block"),
    (_CONTROLS, "control characters", "block"),
)


def inspect_invisible(look: Look, where: str, text: str) -> None:
    """Note invisible characters in a visible text. A single one without width, as web pages and e-mail programs
    leave them behind, is nothing."""
    for pattern, what, severity in _KINDS:
        if seen := pattern.search(text):
            around = text[max(0, seen.start() - 20) : seen.start()]
            look.found("hidden_text", f"{where}: {what}", masked(around), severity=severity)


def seen(text: str) -> str:
    """The text without characters that have no width, so that a number cannot hide from a pattern behind one."""
    return _WITHOUT_WIDTH.sub("", text)
