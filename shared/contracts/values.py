"""The kinds of value of the FOI language, beside the general ones in `shared.chassis.events.values`."""

import re

from shared.chassis.events.contract import fact
from shared.chassis.events.values import BlindText, Code, Digest, MediaType, Value


class Reference(Value):
    """A case's public reference, in its authority's own writing: `01.FOI.23.029461`, `FOI 001905/19`."""

    __slots__ = ()
    pattern = re.compile(r"(?=.*[0-9])(?=.{3,40}\Z)(?:FOI|[0-9]+|[ ._/-])+")
    shape = "a reference: digits and FOI, separated by spaces and . _ / -"


class Label(Value):
    """A part's canonical label: `1`, `1a`, `4a.1`, `5c.i`, `1.1a`, `R2.1`."""

    __slots__ = ()
    pattern = re.compile(r"(?:R[0-9]+\.)?[0-9a-z]{1,4}(?:\.(?:[0-9ivx]{1,5}|[0-9]{0,2}[a-z])){0,3}")
    shape = "a label such as 1, 1a or 4a.1"


class CitationText(Value):
    """A provision of the Act in canonical writing: `24(1)`, `31(1)(a)`, `40(5B)(a)(i)`."""

    __slots__ = ()
    pattern = re.compile(r"[0-9]{1,2}[A-Z]?(?:\([0-9]{1,2}[A-Z]{0,2}\))?(?:\([a-z]{1,4}\)){0,2}")
    shape = "a citation such as 24(1) or 31(1)(a)"


class FileName(Value):
    """The name that a document is given to the public under."""

    __slots__ = ()
    pattern = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,118}\.[a-z0-9]{2,5}")
    shape = "a file name: letters, digits, spaces and . _ - with an ending"


class SitePath(Value):
    """Where an entry stands on a site, from its root."""

    __slots__ = ()
    pattern = re.compile(r"/[a-z0-9][a-z0-9/._-]{0,150}")
    shape = "a path in small letters"


@fact
class Part:
    """One question of a case, or the context, preamble or closing around the questions, in applicant-blind wording."""

    label: Label
    parent: Label | None
    kind: Code
    wording: BlindText


@fact
class Office:
    """A party as it may be released: an organisation and a position, never a person."""

    party: Code
    organisation: BlindText
    position: BlindText


@fact
class Document:
    """A file in the blob store."""

    digest: Digest
    media_type: MediaType
    size: int
    name: FileName


@fact
class PartOutcome:
    """What was decided about one part, with every provision relied on."""

    label: Label
    outcome: Code
    citations: tuple[CitationText, ...]
