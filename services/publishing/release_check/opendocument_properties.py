"""What an OpenDocument file says of itself: meta.xml and settings.xml (REL-13)."""

from collections.abc import Collection, Mapping

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, local, text_of
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.report import masked

_OF_META: Mapping[str, str] = {
    "initial-creator": "author",
    "creator": "author",
    "printed-by": "author",
    "user-defined": "custom_property",
    "keyword": "document_property",
    "subject": "document_property",
    "description": "document_property",
    "template": "attached_template",
}
_OF_SETTINGS: Mapping[str, str] = {
    "PrinterName": "printer_settings",
    "PrinterSetup": "printer_settings",
    "PrintFaxName": "printer_settings",
    "CurrentDatabaseDataSource": "mail_merge",
    "EmbeddedDatabaseName": "connection",
    "RedlineProtectionKey": "protection",
    "ModifyPasswordInfo": "protection",
    "TrackedChangesProtectionKey": "protection",
}


def note_meta(look: Look, root: Element) -> None:
    """Who made it, when it was printed by whom, keywords, properties of its own."""
    seen: dict[str, list[str]] = {}
    for each in all_named(root, *_OF_META):
        told = text_of(each).strip() or attribute(each, "href") or attribute(each, "title")
        if told and (local(each) != "template" or is_path(attribute(each, "href"))):
            seen.setdefault(_OF_META[local(each)], []).append(told)
        if is_path(told):
            seen.setdefault("local_path", []).append(told)
    for code, told_of in seen.items():
        look.found(code, "the properties", masked("; ".join(told_of)))
    look.text("the title", " ".join(text_of(each) for each in all_named(root, "title")))


def note_settings(look: Look, root: Element, sheets: Collection[str]) -> None:
    """Printers, databases, keys, and sheets that the settings remember and the file no longer has."""
    seen: dict[str, str] = {}
    for item in all_named(root, "config-item"):
        told = text_of(item).strip()
        name = attribute(item, "name")
        if told and name in _OF_SETTINGS:
            seen.setdefault(_OF_SETTINGS[name], name)
        elif is_path(told):
            seen.setdefault("local_path", name)
    for code, name in seen.items():
        # The database that is chosen is remembered in files that have no field from it; fields block by themselves.
        look.found(code, f"the settings: {name}", severity="review" if code == "mail_merge" else "")
    if sheets:
        remembered = [
            attribute(entry, "name")
            for entries in all_named(root, "config-item-map-named")
            if attribute(entries, "name") == "Tables"
            for entry in all_named(entries, "config-item-map-entry")
        ]
        gone = [name for name in remembered if name and name not in sheets]
        if gone:
            look.found("titles_of_parts", "the settings", masked(", ".join(gone)))
