"""Text in the markup of a document at places where no program shows any."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named
from services.publishing.release_check.report import masked

_WITH_TEXT = (
    *("t", "instrText", "delText", "delInstrText", "fldData"),
    *("posOffset", "align", "pctPosHOffset", "pctPosVOffset", "pctWidth", "pctHeight", "attrName", "binData"),
    *("FieldCodes", "LinkType", "LockedField", "ClientData", "Anchor"),
)
"""Elements that have text: what is shown, what other inspectors judge, and numbers and names of the program's own."""
_STRAY = etree.XPath(
    f"//*[not({' or '.join(f'local-name()={name!r}' for name in _WITH_TEXT)})]/text()[normalize-space()]"
)


def inspect(root: Any, where: str, look: Look) -> None:
    """Note text between the elements of a part (REL-11). Extensions of later programs may have such text with good
    reason, so that somebody has to look."""
    if _length(root.itertext()) == _length(each.text or "" for each in all_named(root, *_WITH_TEXT)):
        return
    stray = [str(each) for each in _STRAY(root)]
    if stray:
        look.found("hidden_text", f"{where}, between the elements", masked(" ".join(stray)), severity="review")


def _length(texts: Iterable[str]) -> int:
    """Counting is quick, and where all text is in its place there is nothing to search for."""
    return sum(map(len, "".join(texts).split()))
