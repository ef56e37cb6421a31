"""Finds and removes whoever asked from a text that others will read (CON-01, PUB-02).

The surname alone gives a person away and is looked for; a first name alone is not, nor is a town, for both stand in
many requests by chance. A surname that is also a word of requests counts only beside the rest of the name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from shared.chassis.errors import Finding, Invalid
from shared.chassis.events.values import BlindText
from shared.chassis.private import Private

RULE = "CON-01/PUB-02"
REMOVED = "[removed]"

_EVERYDAY = frozenset(files(__package__).joinpath("everyday_surnames.txt").read_text(encoding="utf-8").split())
"""Surnames that are words of ordinary requests too."""
_NOT_A_SURNAME = frozenset({"ltd", "limited", "plc", "llp", "cic", "jr", "sr", "phd", "esq"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev"})

_CONTACTS = (
    re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\.[^\s@<>()]{2,}"),
    re.compile(r"(?<![\w.])(?:\+44|0)(?:[\s()-]{0,2}\d){9,10}(?!\w)"),
    re.compile(r"(?<![\w.@/])@\w{2,30}"),
)
"""An e-mail address, a telephone number, a handle: anybody's."""
_SALUTATION = re.compile(r"^[ \t]*dear\b[^\n]{0,200}\n?", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Requester:
    """What is known of the person who asked."""

    name: Private | None = None
    email: Private | None = None
    postal_address: Private | None = None
    handle: Private | None = None


class Details:
    """The details of one requester, made ready to be looked for in texts. `everyday` are words of this
    installation that are names too, such as those in the names of its authorities."""

    def __init__(self, person: Requester, everyday: Iterable[str] = ()) -> None:
        self._everyday = _EVERYDAY | {word.casefold() for word in everyday}
        self._searches = tuple((re.compile(pattern), what) for pattern, what in self._telling(person))

    def found_in(self, text: str) -> list[str]:
        """What in the text tells who asked, in words that do not: "the requester's surname"."""
        text = unicodedata.normalize("NFC", text)
        return list(dict.fromkeys(what for search, what in self._searches if search.search(text)))

    def findings(self, text: str, field: str) -> list[Finding]:
        """The same as findings on a field, together with what no blind text may hold."""
        mend = "Word it so that it asks the same and tells nothing of who asked."
        reasons = [f"holds {what}" for what in self.found_in(text)] or _not_blind(text)
        return [Finding(field, f"It {reason}.", RULE, mend) for reason in reasons]

    def cleared(self, text: str, field: str) -> BlindText:
        """The text as one that everybody may read, or `Invalid`."""
        if findings := self.findings(text, field):
            raise Invalid(findings)
        return BlindText(text)

    def removed_from(self, text: str) -> str:
        """The text without the requester's details, contact details and salutations."""
        text = unicodedata.normalize("NFC", text)
        for search in _CONTACTS:
            text = search.sub(REMOVED, text)
        for search, _ in self._searches:
            text = search.sub(REMOVED, text)
        return _SALUTATION.sub("", text).strip()

    def _telling(self, person: Requester) -> Iterator[tuple[str, str]]:
        """Patterns, the longer ones of each kind first, with what they find."""
        if person.email:
            address = person.email.reveal()
            local = address.partition("@")[0]
            yield _words(address), "the requester's e-mail address"
            if len(local) >= 5 and local.casefold() not in self._everyday:
                yield _words(local), "the requester's e-mail address"
        if person.handle:
            handle = person.handle.reveal().strip().lstrip("@")
            if handle:
                yield _words("@" + handle), "the requester's handle"
            if len(handle) >= 4 and handle.casefold() not in self._everyday:
                yield _words(handle), "the requester's handle"
        if person.postal_address:
            for line in re.split(r"[\n,]", person.postal_address.reveal()):
                if len(line.strip()) >= 5 and any(letter.isdigit() for letter in line):
                    yield _words(line), "the requester's address"
        if person.name:
            yield from self._of_name(person.name.reveal())

    def _of_name(self, name: str) -> Iterator[tuple[str, str]]:
        last, comma, first = name.partition(",")
        words = [word for word in (f"{first} {last}" if comma else name).split() if not _is_ornament(word)]
        if not words:
            return
        surname = words[-1]
        everyday = surname.casefold() in self._everyday
        if len(words) > 1 and (len(words[0].strip(".")) > 1 or not everyday):
            yield _words(" ".join(words)), "the requester's name"
            yield _words(f"{words[0]} {surname}"), "the requester's name"
        if len(surname) < 3:
            return
        if not everyday:
            yield _words(surname), "the requester's surname"
            return
        titles = "|".join(sorted(_TITLES))
        yield rf"(?i:(?<!\w)(?:{titles})\.?\s+{re.escape(surname)}(?!\w))", "the requester's name"
        if len(words) > 1:  # case matters here: "A Young" may be somebody, "a young man" is not
            initial, family = re.escape(words[0][0].upper()), re.escape(surname.capitalize())
            yield rf"(?<!\w){initial}\.?\s+{family}(?!\w)", "the requester's name"


def _not_blind(text: str) -> list[str]:
    try:
        BlindText(text)
    except ValueError as reason:
        return [str(reason)]
    return []


def _is_ornament(word: str) -> bool:
    return word.strip(".,").casefold() in _TITLES | _NOT_A_SURNAME


def _words(text: str) -> str:
    """A pattern for the text as whole words, whatever case, white space and apostrophes it is written with."""
    inner = r"\s+".join(re.escape(word) for word in unicodedata.normalize("NFC", text).replace("’", "'").split())
    return rf"(?i:(?<!\w){inner}(?!\w))".replace("'", "['’]")
