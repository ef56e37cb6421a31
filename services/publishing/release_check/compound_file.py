"""Compound files, in which old Office programs keep documents: what their storages and properties tell, whatever the
document itself is."""

from collections.abc import Mapping
from typing import Any

from services.publishing.release_check.looking import Look
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.report import masked

STORAGES: Mapping[str, str] = {
    "_vba_project_cur": "vba_macro",
    "_vba_project": "vba_macro",
    "macros": "vba_macro",
    "vba": "vba_macro",
    "_sx_db_cur": "pivot_cache_records",
    "_sx_db": "pivot_cache_records",
    "objectpool": "embedded_object",
    "\x01ole10native": "embedded_object",
    "\x06dataspaces": "rights_management",
    "\tdrmcontent": "rights_management",
    "\x09drmviewercontent": "rights_management",
    "encryptedpackage": "encrypted",
    "encryptioninfo": "encrypted",
    "encryptedsummary": "encrypted",
    "encryption": "encrypted",
    "revision log": "revision_log",
    "user names": "person",
    "msodatastore": "custom_xml_data",
    "xmlsignatures": "author",
    "_xmlsignatures": "author",
    "_signatures": "author",
    "versions": "previous_version",
}
"""Names of storages and streams, in small letters, at any depth."""
_OBJECTS_OF_WORKBOOKS = "mbd"
_MORE_PROPERTIES = "\x05DocumentSummaryInformation"
_SETS_AT = 24
"""Where it says how many sets of properties follow; the second are the document's own."""
_PASSWORD_SPACES = "\x06dataspaces/transforminfo/strongencryptiontransform"  # noqa: S105

_PROPERTIES: Mapping[str, str] = {
    "author": "author",
    "last_saved_by": "author",
    "company": "company",
    "manager": "manager_property",
    "subject": "document_property",
    "keywords": "document_property",
    "comments": "document_property",
    "category": "document_property",
}


def inspect_storages(look: Look, compound: Any) -> None:
    """Note macros, objects, pivot caches, encryption and whatever else has a storage of its own, once for each."""
    paths = ["/".join(path).lower() for path in compound.listdir(streams=True, storages=True)]
    # Programs write this for a password as well as for rights management.
    is_password_only = any(path.startswith(_PASSWORD_SPACES) for path in paths)
    told: dict[str, str] = {}
    for path in paths:
        for name in path.split("/"):
            code = STORAGES.get(name, "embedded_object" if name.startswith(_OBJECTS_OF_WORKBOOKS) else "")
            if code == "rights_management" and is_password_only:
                code = "encrypted"
            if code:
                told.setdefault(code, "".join(each for each in name if each.isprintable()))
    for code, name in told.items():
        look.found(code, f"storage {name}")


def inspect_summary(look: Look, compound: Any) -> None:
    """Note the properties of the document (REL-13) and its preview picture (REL-14)."""
    if compound.exists(_MORE_PROPERTIES):
        header = compound.openstream(_MORE_PROPERTIES).read(_SETS_AT + 4)
        if int.from_bytes(header[_SETS_AT:], "little") > 1:
            look.found("custom_property", "the document's own properties")
    told = compound.get_metadata()
    for name, code in _PROPERTIES.items():
        if text := _text(getattr(told, name, None)):
            look.found(code, f"property {name.replace('_', ' ')}", masked(text))
            if code == "document_property":
                look.text(f"property {name}", text)
    if is_path(template := _text(told.template)):
        look.found("attached_template", "property template", masked(template))
    if told.thumbnail:
        look.found("thumbnail", "the properties")


def _text(value: Any) -> str:
    return value.decode("cp1252", "replace").strip("\x00 ") if isinstance(value, bytes) else ""
