"""What any letter is once it has been read: paragraphs in order, each with its place in the file."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Form = Literal["text", "HTML", "PDF", "Word"]
Kind = Literal["text", "heading", "item", "quote", "row"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, heading, list item, quoted line or table row.

    `place` says where it stands ("line 12", "page 2", "paragraph 7"); `level` is a heading's level, 0 for anything
    else or where the file does not say.
    """

    text: str
    place: str
    kind: Kind = "text"
    level: int = 0


@dataclass(frozen=True)
class Trace:
    """What a file carries beside its words, such as a tracked change; `quote` is the text concerned."""

    what: str
    quote: str
    place: str


@dataclass(frozen=True)
class Document:
    """A letter as it was read."""

    form: Form
    paragraphs: tuple[Paragraph, ...]
    traces: tuple[Trace, ...] = ()


class Unreadable(ValueError):
    """The file is no letter that can be read; the message says why and what to do instead."""


_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip


def plain(text: str) -> str:
    """The words without typography: straight quotes and hyphens, single blanks, no invisible characters."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(_PLAIN)).strip()
