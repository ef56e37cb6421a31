"""What the markup of a Word text keeps beside its words: tracked changes, and data hung on the text (REL-11)."""

from typing import Any

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, holds, text_of
from services.publishing.release_check.report import masked
from services.publishing.release_check.word_formats import is_switched_on

_TRACKED = {
    "tracked_insertion": (
        "ins",
        "cellIns",
        "conflictIns",
        "customXmlInsRangeStart",
        "customXmlConflictInsRangeStart",
    ),
    "tracked_deletion": (
        "del",
        "cellDel",
        "cellMerge",
        "delText",
        "delInstrText",
        "conflictDel",
        "customXmlDelRangeStart",
        "customXmlConflictDelRangeStart",
    ),
    "tracked_move": (
        "moveFrom",
        "moveTo",
        "moveFromRangeStart",
        "moveToRangeStart",
        "customXmlMoveFromRangeStart",
        "customXmlMoveToRangeStart",
    ),
    "tracked_format": (
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "tblGridChange",
        "trPrChange",
        "tcPrChange",
        "numberingChange",
    ),
}
_PROGRAMS_OWN = ("_Hlk", "_GoBack", "_Toc", "_Ref", "_Hlt", "_MON_", "_PictureBullets", "_ENREF", "_Int_", "_heading=")
"""Hidden bookmarks that Word and its kin make by themselves; their names say nothing."""


def inspect(root: Any, where: str, look: Look) -> None:
    """Note what the elements of one text part are, whatever they stand in."""
    note_tracked(root, where, look)
    _note_marks(root, where, look)
    _note_form_fields(root, where, look)


def note_tracked(root: Any, where: str, look: Look) -> None:
    """Note tracked changes, also in parts that hold no text, such as the styles."""
    for code, names in _TRACKED.items():
        found = [each for each in all_named(root, *names) if _is_of_word(each)]
        if found:
            text = " ".join(text_of(each) for each in found[:20])
            look.found(code, f"{where}, {_places(len(found))}", masked(text))


def _note_marks(root: Any, where: str, look: Look) -> None:
    if holds(root, "altChunk"):
        look.found("embedded_object", f"{where}, another document that is shown as part of it")
    if holds(root, "contentPart"):
        look.found("ink", where)
    if any(is_switched_on(each) for each in all_named(root, "collapsed")):
        # The reader may open it, and sees that there is something.
        look.found("hidden_text", f"{where}, below a heading that is folded up", severity="review")
    names = [attribute(each, "name") for each in all_named(root, "bookmarkStart")]
    hidden = [name for name in names if name.startswith("_") and not name.startswith(_PROGRAMS_OWN)]
    if hidden:
        look.found("bookmark", f"{where}, {_places(len(hidden))}", masked(" ".join(hidden)))
    people = [each for mark in all_named(root, "permStart") if (each := attribute(mark, "ed"))]
    if people:
        # Who may edit a range is no list of who commented, and no more than an account's name.
        look.found("person", f"{where}, permission to edit", masked(" ".join(people)), severity="review")
    values = [
        attribute(each, "val")
        for tag in all_named(root, "smartTagPr", "customXmlPr")
        for each in all_named(tag, "attr")
    ]
    if any(values):
        look.found("custom_xml_data", f"{where}, tags in the text", masked(" ".join(values)), severity="review")


def _note_form_fields(root: Any, where: str, look: Look) -> None:
    # "Choose an item" is a choice without a value.
    choices = [
        _choice(each)
        for each in all_named(root, "listItem", "listEntry")
        if attribute(each, "value") or attribute(each, "val")
    ]
    if choices:
        look.found("data_validation_list", f"{where}, choices of a form field", masked(" / ".join(choices)))
    words = [attribute(each, "val") for each in all_named(root, "helpText", "statusText")]
    if any(words):
        look.found("hidden_text", f"{where}, help of a form field", masked(" / ".join(words)), severity="review")


def _choice(item: Any) -> str:
    return attribute(item, "displayText") or attribute(item, "value") or attribute(item, "val")


def _is_of_word(element: Any) -> bool:
    """Drawings call the start of a line `moveTo` as well."""
    return "wordprocessingml" in element.tag or "office/word" in element.tag


def _places(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"
