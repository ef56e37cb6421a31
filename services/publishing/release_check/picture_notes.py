"""What programs write into a picture beside it: XMP, IPTC and Photoshop's own resources (REL-14)."""

import re
from collections.abc import Iterator

from services.publishing.release_check.exif import inspect_exif
from services.publishing.release_check.looking import Look

_XMP_PLACE = re.compile(rb"\bexif:GPS(?:Latitude|Longitude|Dest|Area)|\b(?:Iptc4xmpExt|Iptc4xmpCore):Location")
_XMP_PREVIEW = re.compile(rb"xmpGImg:image|xmp:Thumbnails|xap:Thumbnails")
_XMP_LAYERS = re.compile(rb"photoshop:TextLayers")

# Photoshop's numbers of resources that say how a picture is printed or shown.
_HOW_IT_IS_SHOWN = frozenset(
    (
        *(1000, 1001, 1002, 1003, 1005, 1007, 1010, 1011, 1013, 1016, 1017, 1024, 1026, 1030, 1032, 1034, 1037, 1039),
        *(1041, 1044, 1049, 1054, 1057, 1061, 1062, 1064, 1072, 1082, 1083, 10000),
    )
)
_PREVIEWS = (1033, 1036)
_IPTC, _EXIF, _XMP = 1028, (1058, 1059), 1060


def inspect_xmp(look: Look, data: bytes, where: str) -> None:
    """Note what an XMP packet tells, whatever its encoding."""
    plain = data.replace(b"\x00", b"")
    look.found("picture_details", f"{where}, XMP")
    if _XMP_PLACE.search(plain):
        look.found("gps", f"{where}, XMP")
    if _XMP_PREVIEW.search(plain):
        look.found("thumbnail", f"{where}, XMP")
    if _XMP_LAYERS.search(plain):
        look.found("layered_image", f"{where}, XMP")


def inspect_photoshop(look: Look, data: bytes, where: str) -> None:
    """Note what a run of Photoshop resources holds: previews, IPTC captions, Exif and XMP once more."""
    others = []
    for number, content in _resources(data):
        if number in _PREVIEWS:
            look.found("thumbnail", f"{where}, Photoshop data")
        elif number in _EXIF:
            inspect_exif(look, content, f"{where}, Photoshop data")
        elif number == _XMP:
            inspect_xmp(look, content, f"{where}, Photoshop data")
        elif number == _IPTC:
            look.found("picture_details", f"{where}, IPTC")
        elif number not in _HOW_IT_IS_SHOWN and content.strip(b"\x00"):
            others.append(str(number))
    if others:
        look.found("picture_details", f"{where}, Photoshop data", f"resources {', '.join(others)}"[:200])


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while data[at : at + 4] in (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR"):
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        name = 1 + data[at + 6] if at + 6 < len(data) else 1
        size_at = at + 6 + name + name % 2
        size = int.from_bytes(data[size_at : size_at + 4], "big")
        yield number, data[size_at + 4 : size_at + 4 + size]
        at = size_at + 4 + size + size % 2
