"""What lies in a PDF beside its pages: files, switched-off layers, previews, programs' own data, pictures that are not
drawn (REL-12, REL-14, REL-15, REL-16)."""

import re
from typing import Any

import pikepdf

from services.publishing.release_check.looking import Look
from services.publishing.release_check.pdf_objects import DOCUMENT, Met, Objects
from services.publishing.release_check.report import BLOCK, REVIEW, masked

_PAGE_KEYS = frozenset(
    [
        "/Type",
        "/Parent",
        "/LastModified",
        "/Resources",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/BoxColorInfo",
        "/Contents",
        "/Rotate",
        "/Group",
        "/Thumb",
        "/B",
        "/Dur",
        "/Trans",
        "/Annots",
        "/AA",
        "/Metadata",
        "/PieceInfo",
        "/StructParents",
        "/ID",
        "/PZ",
        "/SeparationInfo",
        "/Tabs",
        "/TemplateInstantiated",
        "/PresSteps",
        "/UserUnit",
        "/VP",
        "/AF",
        "/OutputIntents",
        "/DPart",
    ]
)
_CATALOGUE_KEYS = frozenset(
    [
        "/Type",
        "/Version",
        "/Extensions",
        "/Pages",
        "/PageLabels",
        "/Names",
        "/Dests",
        "/ViewerPreferences",
        "/PageLayout",
        "/PageMode",
        "/Outlines",
        "/Threads",
        "/OpenAction",
        "/AA",
        "/URI",
        "/AcroForm",
        "/Metadata",
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang",
        "/SpiderInfo",
        "/OutputIntents",
        "/PieceInfo",
        "/OCProperties",
        "/Perms",
        "/Legal",
        "/Requirements",
        "/Collection",
        "/NeedsRendering",
        "/DSS",
        "/AF",
        "/DPartRoot",
    ]
)
_DETAILS = (b"Exif\x00", b"http://ns.adobe.com/", b"Photoshop 3.0\x00")
_JPEG_HEAD = 128 * 1024
_DRAW = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
_DRAWS = re.compile(rb"T[jJ]\b|\bDo\b|\bBI\b|['\"]\s")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def inspect_leftovers(look: Look, pdf: pikepdf.Pdf, objects: Objects) -> None:
    """Note all of them; files inside are inspected in their turn."""
    pages = {page.obj.objgen for page in pdf.pages}
    files: set[tuple[int, int]] = set()
    for met in objects.met:
        _inspect_file(look, met, files)
        _inspect_layers(look, met)
        if "/Thumb" in met.thing:
            look.found("thumbnail", met.where)
        if "/PieceInfo" in met.thing:
            look.found("page_piece_data", met.where, severity=BLOCK if _holds_data(met.thing["/PieceInfo"]) else REVIEW)
        if "/Alternates" in met.thing:
            look.found("layered_image", f"{met.where}, a picture with another one to be printed")
        if met.name("/Type") in ("/Page", "/Template") and met.thing.objgen not in pages:
            look.found("orphan_part", f"object {met.thing.objgen[0]}, a page that is not among the pages")
        if met.name("/Subtype") == "/Image" and met.is_stream:
            _inspect_picture(look, met)
    for number, page in enumerate(pdf.pages, start=1):
        _inspect_keys(look, page.obj, f"page {number}", _PAGE_KEYS)
    _inspect_keys(look, pdf.Root, DOCUMENT, _CATALOGUE_KEYS)
    _inspect_undrawn(look, pdf, objects)


def _inspect_file(look: Look, met: Met, files: set[tuple[int, int]]) -> None:
    if met.key == "/Root" and "/Collection" in met.thing:
        look.found("portfolio", DOCUMENT)
    if "/EF" in met.thing and isinstance(met.thing["/EF"], pikepdf.Dictionary):
        name = met.text("/UF") or met.text("/F") or "attachment"
        look.found("attachment", met.where, masked(name))
        for each in met.thing["/EF"].values():
            _inspect_inside(look, each, name, files)
    elif met.is_stream and met.name("/Type") == "/EmbeddedFile":
        if met.thing.objgen not in files:
            look.found("attachment", met.where)
        _inspect_inside(look, met.thing, "attachment", files)


def _inspect_inside(look: Look, stream: Any, name: str, files: set[tuple[int, int]]) -> None:
    if isinstance(stream, pikepdf.Stream) and stream.objgen not in files:
        files.add(stream.objgen)
        look.inside(name, _bytes(look, stream))


def _inspect_layers(look: Look, met: Met) -> None:
    """A layer that is off as the file is opened, or off on screen; and what shows only while a layer is off."""
    if met.key == "/OCProperties" and isinstance(usual := met.thing.get("/D"), pikepdf.Dictionary):
        off = [str(each.get("/Name", "")) for each in usual.get("/OFF", ())]
        if off or str(usual.get("/BaseState", "")) == "/OFF":
            look.found("hidden_layer", DOCUMENT, masked(", ".join(off)))
    if met.name("/Type") == "/OCMD" and ("/VE" in met.thing or met.name("/P") in ("/AllOff", "/AnyOff")):
        look.found("hidden_layer", f"{met.where}, content that shows while a layer is off")
    if met.name("/Type") == "/OCG":
        usage = met.thing.get("/Usage", {})
        for purpose, key, severity in (("/View", "/ViewState", BLOCK), ("/Print", "/PrintState", REVIEW)):
            if str(usage.get(purpose, {}).get(key, "")) == "/OFF":
                look.found("hidden_layer", f"{met.where}, off for {purpose[1:].lower()}ing", severity=severity)


def _holds_data(private: Any) -> bool:
    """Whether a program's private data are more than marks and dates."""
    waiting, seen = [private], set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Stream):
            return True
        if isinstance(thing, pikepdf.String) and not str(thing).startswith("D:"):
            return True
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
            if thing.is_indirect and thing.objgen in seen:
                continue
            seen.add(thing.objgen)
            children = thing.values() if isinstance(thing, pikepdf.Dictionary) else list(thing)
            waiting += (each for each in children if isinstance(each, pikepdf.Object))
    return False


def _inspect_keys(look: Look, thing: Any, where: str, known: frozenset[str]) -> None:
    """Entries that no edition of the standard has, where they are more than a switch."""
    odd = [key for key, value in thing.items() if key not in known and isinstance(value, pikepdf.Object)]
    told = [key[1:] for key in odd if not isinstance(thing[key], pikepdf.Name)]
    if told:
        look.found("unknown_part", f"{where}, entries {', '.join(told[:5])}", severity=REVIEW)


def _inspect_picture(look: Look, met: Met) -> None:
    filters = met.thing.get("/Filter")
    last = filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) == 1 else filters
    raw = met.thing.read_raw_bytes() if str(last) in ("/DCTDecode", "/JPXDecode") else b""
    if str(last) == "/DCTDecode" and any(each in raw[:_JPEG_HEAD] for each in _DETAILS):
        look.inside(f"{met.where}, picture {met.thing.objgen[0]}.jpeg", raw)
    elif str(last) == "/JPXDecode" and any(each in raw[:_JPEG_HEAD] for each in (b"xml ", b"uuid")):
        look.found("picture_details", f"{met.where}, picture {met.thing.objgen[0]}")


def _inspect_undrawn(look: Look, pdf: pikepdf.Pdf, objects: Objects) -> None:
    """Pictures and forms that a page may draw by their name, and that nothing draws."""
    offered: dict[tuple[int, int], tuple[Any, str]] = {}
    drawn: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        _compare(offered, drawn, page.resources, _content(look, page.obj.get("/Contents")), f"page {number}")
    for met in objects.met:
        if "/Resources" in met.thing and met.name("/Type") != "/Page":
            fonts = met.thing.get("/CharProcs", {})
            streams = [met.thing] if met.is_stream else list(fonts.values())
            _compare(
                offered, drawn, met.thing["/Resources"], b"\n".join(_bytes(look, each) for each in streams), met.where
            )
    for unused in offered.keys() - drawn:
        thing, where = offered[unused]
        is_picture = str(thing.get("/Subtype", "")) == "/Image"
        if is_picture or _DRAWS.search(_bytes(look, thing)):
            look.found("orphan_part", f"{where}, {'a picture' if is_picture else 'a drawing'} that no page shows")


def _compare(
    offered: dict[tuple[int, int], tuple[Any, str]],
    drawn: set[tuple[int, int]],
    resources: Any,
    content: bytes,
    where: str,
) -> None:
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(named, pikepdf.Dictionary):
        return
    used = {"/" + _ESCAPE.sub(_escaped, each).decode("utf-8", "replace") for each in _DRAW.findall(content)}
    for name, thing in named.items():
        if isinstance(thing, pikepdf.Stream):
            offered.setdefault(thing.objgen, (thing, where))
            if name in used:
                drawn.add(thing.objgen)


def _escaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match.group(1), 16)])


def _content(look: Look, contents: Any) -> bytes:
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(_bytes(look, each) for each in parts if isinstance(each, pikepdf.Stream))


def _bytes(look: Look, stream: Any) -> bytes:
    """A stream's content, counted. Raises `TooLarge`."""
    content: bytes = stream.read_bytes()
    look.bounds.inflate(len(content))
    return content
