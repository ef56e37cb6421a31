"""Who and where, as a PDF's properties tell it: the information dictionary and the XMP metadata (REL-13)."""

import re

from lxml import etree

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, local, read_xml
from services.publishing.release_check.pdf_objects import DOCUMENT, Met, Objects
from services.publishing.release_check.report import masked

_INFORMATION: dict[str, str] = {
    "/Author": "author",
    "/Subject": "document_property",
    "/Keywords": "document_property",
    "/Company": "company",
    "/Manager": "manager_property",
    **dict.fromkeys(
        (
            "/Title",
            "/Producer",
            "/Creator",
            "/CreationDate",
            "/ModDate",
            "/SourceModified",
            "/Trapped",
            "/PTEX.Fullbanner",
        ),
        "",
    ),
}
"""The code of each entry; "" for what tells nothing; every other one is a property of the file's own."""
_XMP: dict[str, str] = {
    **dict.fromkeys(("creator", "Author", "contributor", "AuthorsPosition", "CaptionWriter", "owner"), "author"),
    **dict.fromkeys(("publisher", "Company", "Owner"), "company"),
    "Manager": "manager_property",
    **dict.fromkeys(
        ("subject", "Keywords", "description", "Subject", "identifier", "source", "relation"), "document_property"
    ),
    **dict.fromkeys(
        ("History", "DerivedFrom", "Ingredients", "Versions", "ManagedFrom", "Pantry"), "document_property"
    ),
    **dict.fromkeys(("rights", "UsageTerms", "Headline", "Label", "Nickname", "Comments"), "document_property"),
    "Thumbnails": "thumbnail",
    **dict.fromkeys(("title", "date", "format", "language", "type", "Producer", "Trapped", "PDFVersion"), ""),
    **dict.fromkeys(("CreatorTool", "CreateDate", "ModifyDate", "MetadataDate", "SourceModified"), ""),
    **dict.fromkeys(("DocumentID", "InstanceID", "OriginalDocumentID", "RenditionClass", "VersionID"), ""),
    **dict.fromkeys(("part", "conformance", "amd", "rev", "corr", "schemas", "Marked", "RenditionParams"), ""),
    **dict.fromkeys(("MaxPageSize", "NPages", "HasVisibleTransparency", "HasVisibleOverprint", "PlateNames"), ""),
    **dict.fromkeys(("SwatchGroups", "Fonts", "StartupProfile", "GTS_PDFXVersion", "ColorMode", "ICCProfile"), ""),
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML = "http://www.w3.org/XML/1998/namespace"
_PLACE = re.compile(r"(?:^|[\s\"'(])(?:file:/|[A-Za-z]:[\\/]|\\\\\w|/(?:home|Users|Volumes|mnt|srv)/)")
_FONT_PROGRAMS = ("/Type1C", "/CIDFontType0C", "/OpenType")


def inspect_properties(look: Look, objects: Objects) -> None:
    """Note what the properties of the file, its pages and its pictures tell; the title is for everybody to read."""
    for met in objects.met:
        if met.key == "/Info" and not met.is_stream:
            _inspect_information(look, met)
        is_font = "/Length1" in met.thing or met.name("/Subtype") in _FONT_PROGRAMS
        metadata = met.thing.get("/Metadata")
        if metadata is not None and not is_font and hasattr(metadata, "read_bytes"):
            where = "properties" if met.key == "/Root" else f"{DOCUMENT if not met.where else met.where}, its metadata"
            _inspect_xmp(look, where, metadata.read_bytes())


def _inspect_information(look: Look, met: Met) -> None:
    for key in met.thing.keys():  # noqa: SIM118  the library's dictionary is no mapping
        said = met.text(key).strip("\x00 \t\r\n")
        _note(look, "properties", key.removeprefix("/"), said, _INFORMATION.get(key, "custom_property"))
    look.text("properties", met.text("/Title"))


def _inspect_xmp(look: Look, where: str, data: bytes) -> None:
    if not data.strip(b"\x00 \t\r\n"):
        return
    look.bounds.inflate(len(data))
    try:
        root = read_xml(data.strip(b"\x00 \t\r\n"), "its metadata")
    except Unreadable:
        look.found("unknown_part", where, "metadata that are no XML")
        return
    for description in root.iter(f"{{{_RDF}}}Description"):
        parent = description.getparent()
        if parent is None or local(parent) not in ("RDF", "xmpmeta"):
            continue
        for key, value in description.items():
            if not key.startswith((f"{{{_RDF}}}", f"{{{_XML}}}", "about")):
                _note_xmp(look, where, key.rpartition("}")[2], str(value))
        for each in description:
            if local(each):
                _note_xmp(look, where, local(each), _all_text(each))
    if any(isinstance(each, etree._Comment) for each in root.iter()):
        look.found("document_property", f"{where}, a comment in the metadata")


def _note_xmp(look: Look, where: str, name: str, said: str) -> None:
    _note(look, where, name, said, _XMP.get(name, "custom_property"))
    if name == "title":
        look.text(where, said)


def _all_text(element: Element) -> str:
    """What the element says in its text and attributes, all depths together."""
    said = [text for text in element.itertext() if text.strip()]
    for each in element.iter():
        said += (value for key, value in each.items() if not key.startswith((f"{{{_RDF}}}", f"{{{_XML}}}")))
    return " ".join(said)


def _note(look: Look, where: str, name: str, said: str, code: str) -> None:
    if not said.strip():
        return
    if code:
        look.found(code, f"{where}, {name}", masked(said))
    if _PLACE.search(said):
        look.found("local_path", f"{where}, {name}", masked(said))
