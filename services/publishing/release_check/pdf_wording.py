"""What a PDF says beside its pages: bookmarks, descriptions, replacement texts, structure titles (REL-15)."""

import re
from collections.abc import Iterator, Sequence

from services.publishing.release_check.looking import Look
from services.publishing.release_check.pdf_objects import Met, Objects
from services.publishing.release_check.pdf_pages import PageText
from services.publishing.release_check.report import BLOCK, REVIEW, masked

_PLACES = {
    "/Alt": "a description",
    "/ActualText": "a replacement text",
    "/E": "an expansion of an abbreviation",
    "/TU": "a field's description",
}
_NOT_A_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w{3,}")
_SHORTEST = 3
"""Letters of a covered text from which its being repeated is no chance."""


def inspect_wording(look: Look, objects: Objects, pages: Sequence[PageText]) -> None:
    """Note which of these texts repeat what a page covers, or replace what it shows by other words. All of them are
    there for a reader, so they count as text of the file."""
    covered = {_plain(run) for page in pages for run in page.hidden}
    covered |= {_plain(word) for page in pages for run in page.hidden for word in _WORD.findall(run)}
    covered = {each for each in covered if len(each) >= _SHORTEST}
    shown = _plain("".join(page.seen for page in pages))
    for met in objects.met:
        for place, said in _said(met):
            look.text(f"{met.where}, {place}", said)
            severity = _severity(place, said, covered, shown)
            if severity:
                look.found("covered_alternative_text", f"{met.where}, {place}", masked(said), severity=severity)


def _said(met: Met) -> Iterator[tuple[str, str]]:
    for key, place in _PLACES.items():
        if said := met.text(key):
            yield place, said
    if met.name("/S") and "/P" in met.thing and (title := met.text("/T")):
        yield "a structure title", title
    is_bookmark = "/Parent" in met.thing and any(
        key in met.thing for key in ("/Dest", "/A", "/Next", "/Prev", "/First")
    )
    if is_bookmark and (title := met.text("/Title")):
        yield "a bookmark", title
    if met.name("/Subtype") == "/Link" and (says := met.text("/Contents")):
        yield "a link's description", says


def _severity(place: str, said: str, covered: set[str], shown: str) -> str:
    """A text that repeats what is covered blocks. A bookmark or replacement text ought to say what the page shows:
    where it has other words, they may be those that were taken out of the page."""
    plain = _plain(said)
    if any(each in plain and each not in shown for each in covered):
        return BLOCK
    if place in ("a bookmark", "a replacement text") and any(_plain(word) not in shown for word in _WORD.findall(said)):
        return REVIEW
    return ""


def _plain(text: str) -> str:
    return _NOT_A_LETTER.sub("", text.casefold())
