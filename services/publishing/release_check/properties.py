"""What an Office package says of itself: its properties, which programs fill in without being asked (REL-13)."""

import re
from collections.abc import Iterable, Mapping

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, local, text_of
from services.publishing.release_check.office_relationships import PROPERTIES
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked

_PATH = re.compile(
    r"(?i)(?<![a-z])[a-z]:[\\/](?!/)\S|\\\\[\w.$?-]+\\|\bfile:|(?<![\w.:/])/(?:users|home|volumes|mnt|private|var)/\w"
)
_GUID = re.compile(r"(?i)\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?")
_LISTED = 5
"""Names of properties that a finding tells one by one."""

_CODES: Mapping[str, str] = {
    "creator": "author",
    "lastModifiedBy": "author",
    "Company": "company",
    "Manager": "manager_property",
    "subject": "document_property",
    "keywords": "document_property",
    "description": "document_property",
    "category": "document_property",
    "contentStatus": "document_property",
    "identifier": "document_property",
    "HyperlinkBase": "document_property",
}
_TITLES = ("title",)
"""Properties that a reader's program may show, such as in its title bar."""


def is_path(text: str) -> bool:
    """Whether a text names a place on a drive, a server or somebody's machine."""
    return _PATH.search(text) is not None


def inspect(package: Package, look: Look) -> None:
    """Find the core, extended and custom properties, and the list of sheets that an older save left behind."""
    for each in package.relationships(""):
        if each.kind in PROPERTIES and not each.external and each.target in package.container:
            root = package.xml(each.target)
            if root is not None and local(root) == "Properties" and next(all_named(root, "property"), None) is not None:
                _custom(look, each.target, all_named(root, "property"))
            else:
                _simple(look, each.target, root)
                _titles_of_parts(package, look, root)


def _simple(look: Look, part: str, root: Element) -> None:
    for each in root:
        name, value = local(each), text_of(each).strip()
        if not value:
            continue
        where = f"{_in_words(name)} in part {part}"
        if name == "Template" and is_path(value):
            look.found("attached_template", where, masked(value))
        elif is_path(value):
            look.found("local_path", where, masked(value))
        if name in _CODES:
            look.found(_CODES[name], where, masked(value))
        if name in _TITLES or _CODES.get(name) == "document_property":
            look.text(where, value)


def _custom(look: Look, part: str, properties: Iterable[Element]) -> None:
    """One finding for all; values are read for personal data as well, since a label may name an officer."""
    names = []
    for each in properties:
        name, value = attribute(each, "name"), text_of(each).strip()
        names.append(name)
        where = f"property {name} in part {part}"
        if is_path(value):
            look.found("local_path", where, masked(value))
        if not (_GUID.fullmatch(value) or _MOMENT.fullmatch(value)):
            look.text(where, value)
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    look.found("custom_property", f"{', '.join(names[:_LISTED])}{more} in part {part}")


def _titles_of_parts(package: Package, look: Look, root: Element) -> None:
    titles = [
        text_of(each).strip() for vector in all_named(root, "TitlesOfParts") for each in all_named(vector, "lpstr")
    ]
    main = package.xml(package.main) if titles else None
    if main is None or local(main) != "workbook":
        return
    sheets = {attribute(each, "name") for each in all_named(main, "sheet")}
    names = {attribute(each, "name") for each in all_named(main, "definedName")}
    gone = [each for each in titles if each and not _is_there(each, sheets, names)]
    if gone:
        number = f"{len(gone)} titles" if len(gone) > 1 else "a title"
        look.found("titles_of_parts", f"{number} in its properties", masked(", ".join(gone)))


def _is_there(title: str, sheets: set[str], names: set[str]) -> bool:
    """A title is a sheet, a defined name, or a name of one sheet: `'Staff list'!Print_Area`."""
    sheet, mark, _ = title.rpartition("!")
    if mark:
        return (sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet) in sheets
    return title in sheets or title in names


def _in_words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
