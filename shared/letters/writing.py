"""Writes a letter: the words of its template, in the look of a page and in that of plain text.

`templates/<language>/` has the words, one file for each kind of letter; `looks/` says how each kind of block looks.
The same data written for the same day gives the same bytes.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from textwrap import fill
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

from shared.chassis.errors import Refused
from shared.contracts.authorities import Authority, authorities
from shared.law.particulars import NoParticulars, Particulars, particulars
from shared.letters import words
from shared.letters.letter import Letter
from shared.letters.versions import VERSIONS

WIDTH = 78
"""Characters in a line of the plain text."""

LOOKS = ("html", "text")


def write(kind: str, codes: Sequence[str], on: date, **given: Any) -> Letter:
    """The letter of this kind from these authorities, with the particulars of complaint as they stand on a day.

    Raises `Refused` where those, an authority's, or a template in its language are not known.
    """
    senders = _authorities(codes)
    language = _language(kind, senders)
    given |= {"authorities": senders, "law": _particulars(on), "on": on}
    html, text = (
        _look(look).get_template(f"templates/{language}/{kind}.jinja").render(look=f"looks/{look}.jinja", **given)
        for look in LOOKS
    )
    return Letter(
        kind=kind,
        template=f"{language}.{kind}",
        version=VERSIONS[language][kind],
        html=html.lstrip().encode(),
        text=_tidy(text).encode(),
    )


@cache
def _look(look: str) -> Environment:
    made = Environment(
        loader=PrefixLoader(
            {folder: PackageLoader("shared.letters", folder) for folder in ("templates", "looks")},
        ),
        autoescape=look == "html",  # noqa: S701 (plain text has no markup to escape)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update({**words.FILTERS, "filled": _filled, "flat": _flat})
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


def _authorities(codes: Sequence[str]) -> list[Authority]:
    known = authorities()
    missing = [code for code in codes if code not in known]
    if missing:
        next_step = "Add it to the file of authorities that this installation reads."
        raise Refused(f"Nothing is known of the authority {words.joined(missing)}.", rule="RN-13", next_step=next_step)
    return [known[code] for code in codes]


def _language(kind: str, senders: Sequence[Authority]) -> str:
    """The one language that all of them write in (VAL-05)."""
    languages = sorted({each.language for each in senders})
    if len(languages) > 1:
        detail = f"The authorities of this letter write in different languages: {', '.join(languages)}."
        raise Refused(detail, rule="VAL-05", next_step="Give them the same language in the file of authorities.")
    (language,) = languages
    if kind not in VERSIONS.get(language, {}):
        detail = f"There is no template of the letter “{kind}” in the language “{language}”."
        next_step = f"Add shared/letters/templates/{language}/{kind}.jinja, or send the letter in one of: "
        raise Refused(detail, rule="VAL-05", next_step=next_step + ", ".join(VERSIONS) + ".")
    return language


def _particulars(on: date) -> Particulars:
    try:
        return particulars(on)
    except NoParticulars as missing:
        raise Refused(str(missing), rule="RN-13") from None
