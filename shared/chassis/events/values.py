"""The only kinds of value that an event may hold. Each checks itself when made, so that a plain text cannot pass.

An event lives for ever and goes to everybody; a person's details do neither. That is why an event has no plain
`str`: a field is a code, an identifier, a digest, or a text that has been cleared of personal data.
"""

import re
import unicodedata
from typing import ClassVar, Self

_EMAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\.[^\s@<>()]{2,}|[\w.+-]+@localhost")
_TELEPHONE = re.compile(r"(?<![\w.])(?:\+\d{1,3}|00\d{2}|0)(?:[\s().\u2010-\u2015-]{0,2}\d){9,11}(?!\w)")
_SALUTATION = re.compile(r"^\s*(?:dear|hi|hello)\s+(?!sir|madam|requester|applicant)\w", re.IGNORECASE | re.MULTILINE)
_HANDLE = re.compile(r"(?<![\w.@])@\w{2,30}")


class Value(str):
    """A text of one shape. Making one that does not fit raises `ValueError` with the reason."""

    __slots__ = ()
    pattern: ClassVar[re.Pattern[str]]
    shape: ClassVar[str]

    def __new__(cls, text: str) -> Self:
        if not isinstance(text, str):
            raise TypeError(f"{cls.__name__} is made from a text, not from {type(text).__name__}")
        cls.check(text)
        return super().__new__(cls, text)

    @classmethod
    def check(cls, text: str) -> None:
        if not cls.pattern.fullmatch(text):
            raise ValueError(f"not {cls.shape}")


class Identifier(Value):
    """An opaque key: a UUID in its usual writing."""

    __slots__ = ()
    pattern = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
    shape = "a UUID in small letters"


class Code(Value):
    """A word of a closed vocabulary: small letters, digits, and single hyphens, dots or underscores between them."""

    __slots__ = ()
    pattern = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:[-._][a-z0-9]+)*")
    shape = "a code: small letters and digits with single - . _ between them, at most 64 long"


class Digest(Value):
    """The SHA-256 of a document, in hexadecimal."""

    __slots__ = ()
    pattern = re.compile(r"[0-9a-f]{64}")
    shape = "a SHA-256 digest: 64 hexadecimal digits"


class MediaType(Value):
    """What kind of file a document is."""

    __slots__ = ()
    pattern = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,90}")
    shape = "a media type such as text/csv"


class BlindText(Value):
    """A text that tells nothing of the person who asked: no e-mail address, telephone number, handle or salutation.

    Whoever knows who asked checks for that person's own details as well before making one.
    """

    __slots__ = ()
    longest: ClassVar[int] = 20_000
    shape = "a text free of personal contact details"

    @classmethod
    def check(cls, text: str) -> None:
        if len(text) > cls.longest:
            raise ValueError(f"is longer than {cls.longest:,} characters")
        written = unicodedata.normalize("NFKC", text)  # full-width letters and signs are read as the usual ones
        for pattern, what in _PERSONAL:
            if pattern.search(written):
                raise ValueError(f"holds {what}")


_PERSONAL = (
    (_EMAIL, "an e-mail address"),
    (_TELEPHONE, "a telephone number"),
    (_SALUTATION, "a salutation that may name somebody"),
    (_HANDLE, "a social media handle"),
)
