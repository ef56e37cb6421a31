"""The letter: rendered from the reply as data and nothing else, so that it cannot say what was not decided.

`letter.jinja` has the words, once; `html.jinja` and `text.jinja` say how each kind of block looks. The same reply
rendered for the same day gives the same bytes. Salutation, date of sending and covering words are not part of it.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from textwrap import fill

from jinja2 import Environment, PackageLoader, StrictUndefined

from services.decision import words
from services.decision.grouping import grouped
from shared.chassis.errors import Refused
from shared.contracts.authorities import Authority, authorities
from shared.contracts.response import Response
from shared.law.particulars import NoParticulars, Particulars, particulars

WIDTH = 78
"""Characters in a line of the plain text."""


@dataclass(frozen=True)
class Letter:
    """One letter in its two forms, UTF-8."""

    html: bytes
    text: bytes


def render(response: Response, on: date, *, preview: bool = False) -> Letter:
    """The letter that gives this reply, with the particulars of complaint as they stand on a day.

    Raises `Refused` where those, or an authority's, are not known.
    """
    given = {
        "response": response,
        "authorities": _authorities(response),
        "law": _particulars(on),
        "parts": grouped(response),
        "preview": preview,
    }
    html, text = (_look(look).get_template("letter.jinja").render(look=f"{look}.jinja", **given) for look in LOOKS)
    return Letter(html=html.lstrip().encode(), text=_tidy(text).encode())


LOOKS = ("html", "text")


@cache
def _look(look: str) -> Environment:
    made = Environment(
        loader=PackageLoader("services.decision"),
        autoescape=look == "html",  # noqa: S701 (plain text has no markup to escape)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    named = ("joined", "questions", "sections", "capital", "day", "size", "kind", "title", "about", "paragraphs")
    chosen = ("needing_harm", "by_kind", "qualified", "absolute", "alternatives")
    made.filters.update({name: getattr(words, name) for name in (*named, *chosen)})
    made.filters.update({"filled": _filled, "flat": _flat})
    return made


def _flat(words_: str) -> str:
    """Without the line breaks and indents that the template is written with."""
    return type(words_)(" ".join(words_.split()))


def _filled(text: str, first: str = "", following: str = "") -> str:
    return fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def _authorities(response: Response) -> list[Authority]:
    known = authorities()
    missing = [code for code in response.authorities if code not in known]
    if missing:
        next_step = "Add it to the file of authorities that this installation reads."
        raise Refused(f"Nothing is known of the authority {words.joined(missing)}.", rule="RN-13", next_step=next_step)
    return [known[code] for code in response.authorities]


def _particulars(on: date) -> Particulars:
    try:
        return particulars(on)
    except NoParticulars as missing:
        raise Refused(str(missing), rule="RN-13") from None
